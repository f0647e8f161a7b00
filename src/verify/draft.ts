/** Writes the block for what was inspected, with as much pinned as asked for. */
import { stringify } from 'yaml'
import { compareAddresses, parseCidr, withoutLength } from '../net/index.ts'
import { rulesOf } from '../rules/index.ts'
import type { EngineVersion } from '../version.ts'
import { createCommandOf, hostPort, restCommandsOf, runCommandsOf } from './commands.ts'
import type { Inspected, InspectedNetwork } from './inspect.ts'
import { type Keys, keysOf } from './keys.ts'
import { type Sandbox, sandboxesOf } from './sandboxes.ts'

/** What is written although Docker would choose it by itself; network keys, or network and endpoint with a space. */
export interface Pins {
  /** Whether all networks are made by command, those with an ip-range last: with one, IPAM lets subnets overlap. */
  readonly ordered: boolean
  /** Networks made by command: those no service uses. */
  readonly commanded: Set<string>
  readonly gateways: Set<string>
  readonly addresses: Set<string>
  readonly macs: Set<string>
}
export const NOTHING_PINNED: Pins = {
  ordered: false,
  commanded: new Set(),
  gateways: new Set(),
  addresses: new Set(),
  macs: new Set(),
}

type Section = Map<string, unknown>

/** Networks every engine has, or that swarm makes. */
const isDockers = ({ name, driver, ingress }: InspectedNetwork): boolean =>
  name === 'bridge' || name === 'docker_gwbridge' || ingress || driver === 'host' || driver === 'null'

export function draftBlock(inspected: Inspected, engine: EngineVersion, pins: Pins): string {
  const keys = keysOf(inspected)
  const swarm = inspected.networks.some(({ scope }) => scope === 'swarm')
  const networks = inspected.networks
    .filter((network) => !isDockers(network))
    .sort((a, b) => (keys.network(a) < keys.network(b) ? -1 : 1))
  const sandboxes = sandboxesOf(inspected)
  const byName = new Map(sandboxes.map((sandbox) => [sandbox.name, sandbox]))
  // What does not run, or shares with one that does not, is made once the others have their addresses.
  const isRest = (sandbox: Sandbox): boolean =>
    sharersOf(sandbox, byName).some(({ state }) => state !== 'running')
  // On the default bridge nothing can be pinned, so the order of commands has to give the addresses.
  const isCommanded = (sandbox: Sandbox): boolean => {
    const { task, attachments } = sharersOf(sandbox, byName).at(-1) ?? sandbox
    if (isRest(sandbox)) return true
    // Links of a service are for all of its networks, and may make a ring that Compose does not take.
    const isLinked = attachments.some(({ links }) => links.length > 0)
    return (
      task === null && (swarm || isLinked || attachments.some(({ network }) => network.name === 'bridge'))
    )
  }
  const isLocal = (network: InspectedNetwork): boolean => swarm && network.scope !== 'swarm'
  const block: Section = new Map()
  if (keys.project !== '') block.set('name', keys.project)
  block.set('engine', Number(engine))
  if (swarm) block.set('swarm', true)
  setIfAny(block, 'hosts', hostsOf(networks, sandboxes))
  setIfAny(block, 'daemon', daemonOf(inspected, engine))
  const declared = networks.filter((network) => !isLocal(network) && !pins.commanded.has(network.name))
  setIfAny(
    block,
    'networks',
    new Map(
      declared.map((network) => [
        keys.network(network),
        pins.ordered ? externalOf(network, keys) : networkOf(network, keys, pins),
      ]),
    ),
  )
  setIfAny(
    block,
    'services',
    servicesOf(
      sandboxes.filter((sandbox) => !isCommanded(sandbox)),
      keys,
      pins,
    ),
  )
  const commands = [
    ...networks
      .filter((network) => pins.ordered || !declared.includes(network))
      .sort((a, b) => (pins.ordered ? Number(hasRange(a)) - Number(hasRange(b)) : 0))
      .map((network) => createCommandOf(network, pins.gateways.has(network.name))),
    ...(pins.ordered ? ['docker compose up -d'] : []),
    ...runCommandsOf(
      inOrderOfStart(
        sandboxes.filter((sandbox) => isCommanded(sandbox) && !isRest(sandbox)),
        byName,
      ),
      pins.macs,
    ),
    ...restCommandsOf(
      inOrderOfStart(
        sandboxes.filter((sandbox) => isRest(sandbox) && sandbox.task === null),
        byName,
      ),
      new Set(sandboxes.filter((sandbox) => !isRest(sandbox)).flatMap(({ ports }) => ports.map(hostPort))),
    ),
  ]
  if (commands.length > 0) block.set('commands', commands)
  return stringify(block, { lineWidth: 0 })
}

const setIfAny = (section: Section, key: string, value: ReadonlyMap<string, unknown>): void => {
  if (value.size > 0) section.set(key, value)
}

/** A macvlan's parent has to be an interface of the host. */
function hostsOf(networks: readonly InspectedNetwork[], sandboxes: readonly Sandbox[]): Section {
  const parents = new Set(
    networks.map(({ options }) => (options.get('parent') ?? '').replace(/\.\d{1,5}$/, '')),
  )
  parents.delete('')
  const host: Section = new Map()
  // `eth0` is the interface of a host that says nothing.
  const [first = 'eth0'] = parents
  if (!parents.delete('eth0') && parents.delete(first)) host.set('interface', first)
  // Only their names matter; 192.0.2.0/24 is for documentation (RFC 5737).
  setIfAny(host, 'interfaces', new Map([...parents].map((name, index) => [name, `192.0.2.${index + 1}/32`])))
  // Ports are bound to addresses that the host has.
  const bound = [
    ...new Set(
      sandboxes.flatMap(({ ports }) => ports.map((port) => /^([0-9.]+):[0-9]*:/.exec(port)?.[1] ?? '')),
    ),
  ].filter((ip) => ip !== '' && !ip.startsWith('127.') && ip !== '0.0.0.0')
  const [main, ...more] = bound
  if (main !== undefined) host.set('address', `${main}/24`)
  if (more.length > 0)
    host.set(
      'interfaces',
      new Map<string, unknown>([
        ...[...parents].map((name, index) => [name, `192.0.2.${index + 1}/32`] as const),
        ...more.map((ip, index) => [`bound${index}`, `${ip}/32`] as const),
      ]),
    )
  if (host.size === 0) return host
  return new Map([['host', host]])
}

/** The settings by which docker0 has another subnet than the first of the default pools. */
function daemonOf({ networks, containers }: Inspected, engine: EngineVersion): Section {
  const section: Section = new Map()
  const bridge = networks.find(({ name }) => name === 'bridge')
  const [v4, v6] = [
    bridge?.ipam.find(({ subnet }) => !subnet.includes(':')),
    bridge?.ipam.find(({ subnet }) => subnet.includes(':')),
  ]
  if (v4 !== undefined && (v4.subnet !== '172.17.0.0/16' || !['', '172.17.0.1'].includes(v4.gateway))) {
    const [first = '', length = ''] = v4.subnet.split('/')
    const told = containers
      .flatMap(({ attachments }) => attachments)
      .find(({ network, gateway }) => network === 'bridge' && gateway !== '')
    const lowest = first.replace(/(?<!\d)\d+$/, (last) => String(Number(last) + 1))
    section.set('bip', `${v4.gateway || told?.gateway || lowest}/${length}`)
  }
  if (v4 !== undefined && v4.ipRange !== '') section.set('fixed-cidr', v4.ipRange)
  if (bridge?.ipv6 === true) {
    section.set('ipv6', true)
    // Where fixed-cidr-v6 is a range too, a subnet without one is of the pools.
    if (v6 !== undefined && v6.ipRange === '' && rulesOf(engine).fixedCidrV6IsRange)
      section.set('default-address-pools', [
        { base: '172.17.0.0/16', size: 16 },
        { base: v6.subnet, size: Number(v6.subnet.split('/')[1]) },
      ])
    else if (v6 !== undefined) section.set('fixed-cidr-v6', v6.subnet)
  }
  return section
}

const hasRange = ({ ipam }: InspectedNetwork): boolean => ipam.some(({ ipRange }) => ipRange !== '')

const externalOf = (network: InspectedNetwork, keys: Keys): Section =>
  new Map<string, unknown>([
    ['external', true],
    ...(keys.network(network) === network.name ? [] : [['name', network.name] as const]),
  ])

function networkOf(network: InspectedNetwork, keys: Keys, pins: Pins): Section | null {
  const section: Section = new Map()
  if (keys.nameOf(keys.network(network)) !== network.name) section.set('name', network.name)
  if (network.driver !== 'bridge') section.set('driver', network.driver)
  const options = [...network.options].filter(([name]) => !IMPLIED_OPTIONS.has(name))
  setIfAny(section, 'driver_opts', new Map(options))
  if (network.internal) section.set('internal', true)
  if (network.attachable) section.set('attachable', true)
  if (network.ipv6) section.set('enable_ipv6', true)
  const config = network.ipam.map(({ subnet, ipRange, gateway, auxAddresses }): Section => {
    const entry: Section = new Map([['subnet', subnet]])
    if (ipRange !== '') entry.set('ip_range', ipRange)
    if (gateway !== '' && pins.gateways.has(network.name)) entry.set('gateway', gateway)
    setIfAny(entry, 'aux_addresses', auxAddresses)
    return entry
  })
  if (config.length > 0) section.set('ipam', new Map([['config', config]]))
  return section.size > 0 ? section : null
}

/** Options an engine or Compose adds by itself. */
const IMPLIED_OPTIONS = new Set([
  'com.docker.network.enable_ipv4',
  'com.docker.network.enable_ipv6',
  'com.docker.network.driver.overlay.vxlanid_list',
])

function servicesOf(sandboxes: readonly Sandbox[], keys: Keys, pins: Pins): Section {
  const services: Section = new Map()
  const tasks = new Map<string, Sandbox[]>()
  for (const sandbox of sandboxes) {
    if (sandbox.task === null) services.set(keys.service(sandbox.name), serviceOf(sandbox, keys, pins))
    else tasks.set(sandbox.task, [...(tasks.get(sandbox.task) ?? []), sandbox])
  }
  for (const [service, replicas] of tasks) {
    const [first] = replicas
    if (first === undefined) continue
    const section = serviceOf(first, keys, { ...pins, addresses: new Set(), macs: new Set() })
    if (replicas.length > 1) section.set('deploy', new Map([['replicas', replicas.length]]))
    services.set(service, section)
  }
  return services
}

function serviceOf(sandbox: Sandbox, keys: Keys, pins: Pins): Section {
  const section: Section = new Map()
  section.set('image', sandbox.image)
  if (sandbox.mode === 'host' || sandbox.mode === 'none') section.set('network_mode', sandbox.mode)
  else if (sandbox.mode.startsWith('container:'))
    section.set('network_mode', `service:${keys.service(sandbox.mode.slice('container:'.length))}`)
  else {
    const attachments = sandbox.attachments
      .filter(({ network }) => !isDockers(network))
      .map(({ network, ipv4, ipv6, mac, aliases, gwPriority }): [string, Section | null] => {
        const entry: Section = new Map()
        if (pins.addresses.has(network.name)) {
          if (ipv4 !== '') entry.set('ipv4_address', withoutLength(ipv4))
          if (ipv6 !== '') entry.set('ipv6_address', withoutLength(ipv6))
        }
        if (pins.macs.has(`${network.name} ${sandbox.name}`)) entry.set('mac_address', mac)
        if (aliases.length > 0) entry.set('aliases', aliases)
        if (gwPriority !== 0) entry.set('gw_priority', gwPriority)
        return [keys.network(network), entry.size > 0 ? entry : null]
      })
    setIfAny(section, 'networks', new Map(attachments))
  }
  if (sandbox.ports.length > 0) section.set('ports', [...sandbox.ports])
  const isAlone = !sandbox.mode.startsWith('container:')
  if (sandbox.hostname !== '' && isAlone && sandbox.mode !== 'host') section.set('hostname', sandbox.hostname)
  for (const [key, list] of [
    ['dns', sandbox.dns],
    ['dns_search', sandbox.dnsSearch],
    ['dns_opt', sandbox.dnsOptions],
    ['extra_hosts', sandbox.extraHosts],
  ] as const)
    if (list.length > 0 && isAlone) section.set(key, [...list])
  return section
}

/** The chain of those whose sandbox it shares, itself first. What was inspected may be anything, a ring too. */
function sharersOf(sandbox: Sandbox, all: ReadonlyMap<string, Sandbox>): readonly Sandbox[] {
  const chain = new Set<Sandbox>()
  let next: Sandbox | undefined = sandbox
  while (next !== undefined && !chain.has(next)) {
    chain.add(next)
    next = next.mode.startsWith('container:') ? all.get(next.mode.slice('container:'.length)) : undefined
  }
  return [...chain]
}

/**
 * Containers of the default bridge by their address there, after the others; one that shares a sandbox is behind the
 * one it shares with.
 */
function inOrderOfStart(sandboxes: readonly Sandbox[], all: ReadonlyMap<string, Sandbox>): Sandbox[] {
  const addressOn = (sandbox: Sandbox) =>
    parseCidr(sandbox.attachments.find(({ network }) => network.name === 'bridge')?.ipv4 ?? '')?.address
  const depth = (sandbox: Sandbox): number =>
    sandbox.mode.startsWith('container:') ? sharersOf(sandbox, all).length : 0
  return [...sandboxes].sort((a, b) => {
    const [first, second] = [addressOn(a), addressOn(b)]
    if (depth(a) !== depth(b)) return depth(a) - depth(b)
    if (first !== undefined && second !== undefined) return compareAddresses(first, second)
    return Number(first !== undefined) - Number(second !== undefined)
  })
}
