/**
 * What a shell inside a container shows, in the format of BusyBox (Alpine and the like). What the kernel or the engine
 * draws at random stands in angle brackets; trailing blanks are left out.
 */
import {
  type Cidr,
  comparePrefixes,
  formatAddress,
  formatCidr,
  formatPrefix,
  lastValue,
  parseMac,
  prefixOf,
} from '../net/index.ts'
import { addressesOf } from '../plan/certainty.ts'
import type { Plan, PlanContainer } from '../plan/plan.ts'

const LIFETIME = '       valid_lft forever preferred_lft forever'

/** The container whose sandbox `container` uses: itself, or the one it joined with `container:`. */
export function sandboxOf(plan: Plan, container: PlanContainer): PlanContainer {
  const seen = new Set<string>()
  let at = container
  while (at.mode === 'container' && !seen.has(at.name)) {
    seen.add(at.name)
    const next = plan.containers.get(at.sharedWith)
    if (next === undefined) return at
    at = next
  }
  return at
}

/** `ip addr`. */
export function ipAddr(plan: Plan, container: PlanContainer): readonly string[] {
  const hasIpv6 = [...sandboxOf(plan, container).endpoints.values()].some(({ ipv6 }) => ipv6 !== null)
  const lines = [
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000',
    '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
    '    inet 127.0.0.1/8 scope host lo',
    LIFETIME,
    // Older engines switch IPv6 off in a container without an address of it, ::1 included.
    ...(plan.rules.loopbackIpv6 || hasIpv6 ? ['    inet6 ::1/128 scope host', LIFETIME] : []),
  ]
  // Made in the sandbox an interface is numbered there; else it brings its number from the host.
  const numbered = plan.rules.interfaceMadeInSandbox
  const attachments = [...sandboxOf(plan, container).endpoints]
  let inside = 1
  for (const [i, [key, attachment]] of attachments.entries()) {
    // A child of the parent interface, and of an overlay's namespace, brings its number from there, and the end on
    // docker_gwbridge beside an overlay too; and what has left keeps its own.
    const network = plan.networks.get(key)
    const isMadeInside = numbered && network?.policy.link === 'bridge' && network.name !== 'docker_gwbridge'
    const isInOrder = !/^eth\d+$/.test(attachment.interface) || attachment.interface === `eth${i}`
    const index = isMadeInside && isInOrder ? String(++inside) : '<n>'
    const flags = '<BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN>'
    lines.push(
      `${index}: ${attachment.interface}@if<n>: ${flags} mtu ${mtuOf(plan, key)} qdisc noqueue`,
      `    link/ether ${attachment.mac === '' ? '<random>' : attachment.mac} brd ff:ff:ff:ff:ff:ff`,
    )
    if (attachment.ipv4 !== null) {
      lines.push(
        `    inet ${formatCidr(attachment.ipv4)} brd ${broadcastOf(attachment.ipv4)} scope global ${attachment.interface}`,
        LIFETIME,
      )
    }
    if (attachment.ipv6 !== null) {
      lines.push(`    inet6 ${formatCidr(attachment.ipv6)} scope global flags 02`, LIFETIME)
      lines.push(`    inet6 ${linkLocal(attachment.mac)}/64 scope link`, LIFETIME)
    }
  }
  return lines
}

function mtuOf(plan: Plan, key: string): string {
  const network = plan.networks.get(key)
  const set = network?.options.get('com.docker.network.driver.mtu')
  if (set !== undefined && set !== '') return set
  // VXLAN takes 50 bytes of each frame (moby `libnetwork/drivers/overlay/overlay.go: vxlanEncap`).
  return network?.driver === 'overlay' ? '1450' : '1500'
}

function broadcastOf(cidr: Cidr): string {
  return formatAddress({ family: cidr.address.family, value: lastValue(prefixOf(cidr)) })
}

/** The kernel's own address from the MAC (RFC 4291, appendix A). */
function linkLocal(text: string): string {
  const mac = parseMac(text)
  if (mac === null) return 'fe80::<from the MAC>'
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = mac
  let value = 0xfe80n << 112n
  for (const [i, byte] of [a ^ 2, b, c, 0xff, 0xfe, d, e, f].entries())
    value |= BigInt(byte) << BigInt(8 * (7 - i))
  return formatAddress({ family: 6, value })
}

/** `ip route`. */
export function ipRoute(plan: Plan, container: PlanContainer): readonly string[] {
  const sandbox = sandboxOf(plan, container)
  const route = sandbox.defaultRoute
  const via = route === null ? null : sandbox.endpoints.get(route.network)
  const subnets = [...sandbox.endpoints.values()]
    .flatMap(({ interface: device, ipv4 }) => (ipv4 === null ? [] : [{ device, ipv4 }]))
    .sort((a, b) => comparePrefixes(prefixOf(a.ipv4), prefixOf(b.ipv4)))
  return [
    ...(route === null || via === undefined || via === null
      ? []
      : [
          route.via === null
            ? `default dev ${via.interface} scope link`
            : `default via ${formatAddress(route.via)} dev ${via.interface}`,
        ]),
    ...subnets.map(
      ({ device, ipv4 }) =>
        `${formatPrefix(prefixOf(ipv4))} dev ${device} scope link  src ${formatAddress(ipv4.address)}`,
    ),
  ]
}

/** `ip -6 route`; empty without IPv6. */
export function ip6Route(plan: Plan, container: PlanContainer): readonly string[] {
  const sandbox = sandboxOf(plan, container)
  const attachments = [...sandbox.endpoints.values()].flatMap(({ interface: device, ipv6 }) =>
    ipv6 === null ? [] : [{ device, ipv6 }],
  )
  if (attachments.length === 0) return []
  const route = sandbox.defaultRoute6
  const via = route === null ? undefined : sandbox.endpoints.get(route.network)
  return [
    ...attachments.map(
      (attachment) => `${formatPrefix(prefixOf(attachment.ipv6))} dev ${attachment.device}  metric 256`,
    ),
    ...attachments.map((attachment) => `fe80::/64 dev ${attachment.device}  metric 256`),
    ...(route === null || via === undefined
      ? []
      : [
          `default${route.via === null ? '' : ` via ${formatAddress(route.via)}`} dev ${via.interface}  metric 1024`,
        ]),
  ]
}

/** `/etc/hosts`. A container without a host name of its own is called by its random id. */
export function hostsFile(plan: Plan, container: PlanContainer): readonly string[] {
  const sandbox = sandboxOf(plan, container)
  const zero = plan.rules.hostsFileCanonical ? '' : '0'
  const name = sandbox.hostname === '' ? `<id of ${sandbox.name}>` : sandbox.hostname
  const own = [...sandbox.endpoints].filter(([key]) => {
    const network = plan.networks.get(key)
    return network?.name !== 'docker_gwbridge' && network?.ingress !== true
  })
  return [
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    `fe00::${zero}\tip6-localnet`,
    `ff00::${zero}\tip6-mcastprefix`,
    'ff02::1\tip6-allnodes',
    'ff02::2\tip6-allrouters',
    ...sandbox.extraHosts
      .filter(({ address }) => address !== '')
      .map(({ name: extra, address }) => `${address}\t${extra}`),
    ...linkLines(plan, sandbox),
    ...own.flatMap(([, attachment]) =>
      addressesOf(attachment).map(({ address }) => `${formatAddress(address)}\t${name}`),
    ),
  ]
}

/**
 * On the default bridge a link is a line with its alias, and the name the linked container has for itself.
 * @see moby `daemon/container_operations.go: buildSandboxOptions`
 */
function linkLines(plan: Plan, sandbox: PlanContainer): readonly string[] {
  const lines = new Map<string, string>()
  for (const [alias, key] of sandbox.links) {
    const target = plan.containers.get(key)
    const address = target?.endpoints.get('bridge')?.ipv4?.address ?? null
    if (target === undefined || address === null || !sandbox.endpoints.has('bridge')) continue
    // A link without an alias of its own goes by the container's name alone.
    if (alias === target.name && [...sandbox.links].some(([other, one]) => one === key && other !== alias))
      continue
    const own = target.hostname === '' ? `<id of ${target.name}>` : target.hostname
    lines.set(
      alias,
      `${formatAddress(address)}\t${alias} ${own}${alias === target.name ? '' : ` ${target.name}`}`,
    )
  }
  return [...lines.values()]
}

/**
 * `/etc/resolv.conf` without its comments: the engine's own resolver, except where only the default bridge is joined.
 * What the container was given, or else its host, comes behind.
 * @see moby `libnetwork/internal/resolvconf/resolvconf.go: TransformForIntNS, TransformForLegacyNw`
 */
export function resolvConf(plan: Plan, container: PlanContainer): readonly string[] {
  const sandbox = sandboxOf(plan, container)
  const { servers, search, options } = sandbox.dnsSettings
  const userDefined = [...sandbox.endpoints.keys()].some((key) => {
    const network = plan.networks.get(key)
    return network !== undefined && network.name !== 'bridge' && network.name !== 'docker_gwbridge'
  })
  const domains = search.filter((domain) => domain !== '.')
  const hosts = plan.hosts.find((one) => one.name === sandbox.host)?.nameservers ?? []
  const own = servers.length > 0 ? servers : hosts
  return [
    ...(userDefined
      ? ['nameserver 127.0.0.11']
      : own.length === 0
        ? ["# the host's own resolv.conf"]
        : own.map((server) => `nameserver ${server}`)),
    ...(domains.length === 0 ? [] : [`search ${domains.join(' ')}`]),
    ...optionLines(options, userDefined),
  ]
}

function optionLines(options: readonly string[], userDefined: boolean): readonly string[] {
  const all =
    userDefined && !options.some((one) => one.startsWith('ndots:')) ? [...options, 'ndots:0'] : options
  return all.length === 0 ? [] : [`options ${all.join(' ')}`]
}
