import {
  type Address,
  contains,
  formatAddress,
  type Prefix,
  parseAddress,
  parsePrefix,
} from '../net/index.ts'
import type { Holder, PortRequest, Refusal } from './operation.ts'
import { bindingOrder, isBindingOrderOpen, listed, type Wanted } from './port-order.ts'
import { EPHEMERAL_PORTS, type PortAnswer, type Protocol } from './ports.ts'
import { refuse, reword } from './refusal.ts'
import type { Container, Endpoint, EngineState, Interface, PublishedBinding, Sandbox } from './state.ts'

const ANY4: Address = { family: 4, value: 0n }
const ANY6: Address = { family: 6, value: 0n }

/**
 * Publishes a container's ports on the network of its default route, if that is a bridge.
 *
 * @returns the endpoint's refusal; then nothing is published.
 * @see moby `libnetwork/drivers/bridge/port_mapping_linux.go: addPortMappings`
 */
export function publishPorts(state: EngineState, container: Container, sandbox: Sandbox): Refusal | null {
  const gateway = sandbox.default4 ?? sandbox.default6
  if (gateway === null) return null
  const { policy, internal } = gateway.endpoint.network
  if (policy.link !== 'bridge' || internal) return null
  const all = wantedPorts(container)
  const bindings = new Map<Wanted, readonly PublishedBinding[]>()
  for (const wanted of bindingOrder(state, all)) {
    const result = bind(state, wanted, gateway)
    if (!('code' in result)) {
      bindings.set(wanted, result)
      continue
    }
    release(state, [...bindings.values()].flat())
    const { endpoint } = gateway
    const who = `${endpoint.name} (${state.ids.next()})`
    return reword(
      result,
      `driver failed programming external connectivity on endpoint ${who}: ${result.message}`,
    )
  }
  sandbox.ports = listed(state, all).flatMap((wanted) => bindings.get(wanted) ?? [])
  return null
}

/** Whether a port of a container depends on which of its ports is bound first, and that is left to chance. */
export const bindsByChance = (state: EngineState, container: Container): boolean =>
  isBindingOrderOpen(state, wantedPorts(container))

export function unpublishPorts(state: EngineState, sandbox: Sandbox): void {
  release(state, sandbox.ports)
  sandbox.ports = []
}

function release({ portAllocator }: EngineState, bindings: readonly PublishedBinding[]): void {
  for (const b of bindings) portAllocator.release(b.hostIp, b.protocol, b.hostPort)
}

function wantedPorts(container: Container): Wanted[] {
  const wanted: Wanted[] = []
  for (const port of container.ports) for (const one of spread(port)) wanted.push(one)
  if (!container.publishAll) return wanted
  const published = new Set(wanted.map((w) => `${w.port}/${w.protocol}`))
  for (const text of container.expose) {
    const exposed = parseExposed(text)
    if (exposed === null) continue
    const { protocol } = exposed
    for (let port = exposed.first; port <= exposed.last; port++) {
      if (!published.has(`${port}/${protocol}`))
        wanted.push({ hostIp: '', port, protocol, range: null, origin: undefined })
    }
  }
  return wanted
}

/** `80`, `3000-3005/udp`; `null` for anything else. */
export function parseExposed(
  text: string,
): { readonly first: number; readonly last: number; readonly protocol: Protocol } | null {
  const match = /^([0-9]+)(?:-([0-9]+))?(?:\/(tcp|udp|sctp))?$/.exec(text)
  if (match === null) return null
  const protocol = match[3] === 'udp' || match[3] === 'sctp' ? match[3] : 'tcp'
  return { first: Number(match[1]), last: Number(match[2] ?? match[1]), protocol }
}

/** `9000-9002:9000-9002` is three ports; `7000-7005:80` is one with a choice. */
function spread({ hostIp, published: given, target, protocol, origin }: PortRequest): Wanted[] {
  const wanted: Wanted[] = []
  // Port 0 of the host is any.
  const published = given?.last === 0 ? null : given
  for (let port = target.first; port <= target.last; port++) {
    const offset = port - target.first
    const isParallel = target.last > target.first && published !== null
    const range = isParallel ? { first: published.first + offset, last: published.first + offset } : published
    wanted.push({ hostIp, port, protocol, range, origin })
  }
  return wanted
}

function bind(state: EngineState, wanted: Wanted, gateway: Interface): PublishedBinding[] | Refusal {
  const { endpoint } = gateway
  const ips = hostAddresses(state, wanted, endpoint)
  const foreign = ips.find((ip) => !isHostAddress(state, ip))
  const range = wanted.range ?? EPHEMERAL_PORTS
  if (foreign !== undefined) return cannotAssign(state, foreign, range.first, wanted, endpoint)
  if (ips.length === 0) return []
  const answer = state.portAllocator.request(ips, wanted.protocol, range)
  if (answer.kind !== 'given') return portInUse(state, answer, wanted, range.first)
  return ips.map((hostIp) => ({
    hostIp,
    hostPort: answer.port,
    containerPort: wanted.port,
    protocol: wanted.protocol,
    dynamic: range.first !== range.last,
  }))
}

function portInUse(
  state: EngineState,
  answer: Exclude<PortAnswer, { readonly kind: 'given' }>,
  { protocol, origin: at }: Wanted,
  port: number,
): Refusal {
  if (answer.kind === 'exhausted') return refuse('PORT_IN_USE', 'all ports are allocated', { at })
  if (answer.kind === 'taken') {
    // Without brackets also for IPv6.
    const where = `${formatAddress(answer.ip)}:${port}`
    return refuse('PORT_IN_USE', `Bind for ${where} failed: port is already allocated`, {
      at,
      port,
      holder: publisherOf(state, protocol, port),
    })
  }
  const where = `${protocol}${answer.ip.family} ${hostPort(formatAddress(answer.ip), answer.port)}`
  const who = state.facts.daemon.userlandProxy ? 'Error starting userland proxy: ' : ''
  return refuse('PORT_IN_USE', `${who}listen ${where}: bind: address already in use`, {
    at,
    port: answer.port,
    holder: publisherOf(state, protocol, answer.port),
  })
}

function publisherOf({ containers }: EngineState, protocol: Protocol, port: number): Holder | undefined {
  for (const { name, sandbox } of containers.values())
    if (sandbox?.ports.some((one) => one.hostPort === port && one.protocol === protocol))
      return { kind: 'container', container: name }
  return undefined
}

const hostPort = (ip: string, port: number): string =>
  ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`

/**
 * Host addresses a port is bound to. The unspecified address means IPv4 and IPv6: the latter directly for containers
 * with an IPv6 address, else through docker-proxy.
 */
function hostAddresses(state: EngineState, { hostIp }: Wanted, endpoint: Endpoint): Address[] {
  const { policy } = endpoint.network
  const address = hostIp === '' ? policy.hostBinding : parseAddress(hostIp)
  const isAny = address === null || (address.value === 0n && address.family === 4)
  const candidates = isAny ? (hostIp === '' ? [ANY4, ANY6] : [address ?? ANY4]) : [address]
  return candidates.filter((ip) => {
    // A routed network has no port of the host: the container's own is reached.
    if ((ip.family === 4 ? policy.ipv4 : policy.ipv6).gateway === 'routed') return false
    const served =
      ip.family === 6 ? endpoint.ipv6 !== null || state.facts.daemon.userlandProxy : endpoint.ipv4 !== null
    return served
  })
}

const PRIVATE: readonly Prefix[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
]
  .map(parsePrefix)
  .filter((p) => p !== null)
const LOOPBACK: readonly Prefix[] = ['127.0.0.0/8', '::1/128'].map(parsePrefix).filter((p) => p !== null)

function isHostAddress({ facts, networks }: EngineState, ip: Address): boolean {
  if (ip.value === 0n || LOOPBACK.some((p) => contains(p, ip))) return true
  if (!facts.interfacesKnown && PRIVATE.some((p) => contains(p, ip))) return true
  const own = facts.interfaces.some((i) =>
    i.addresses.some((a) => a.address.family === ip.family && a.address.value === ip.value),
  )
  if (own) return true
  return [...networks.values()].some(
    (n) =>
      n.policy.link === 'bridge' &&
      n.subnets.some((s) => s.gateway?.family === ip.family && s.gateway.value === ip.value),
  )
}

function cannotAssign(
  { facts }: EngineState,
  ip: Address,
  port: number,
  wanted: Wanted,
  endpoint: Endpoint,
): Refusal {
  const where = hostPort(formatAddress(ip), port)
  const own = (ip.family === 4 ? endpoint.ipv4 : endpoint.ipv6) ?? endpoint.ipv4 ?? endpoint.ipv6
  const target = own === null ? '' : hostPort(formatAddress(own.address), wanted.port)
  const { protocol } = wanted
  const text = facts.rules.say.portNotBound(`${protocol}${ip.family}`, where, `${target}/${protocol}`)
  return refuse('NO_SUCH_HOST_ADDRESS', text, { at: wanted.origin, address: ip })
}
