import type { NetworkCreate, Refusal, ServiceCreate, ServicePortRequest } from '../../engine/operation.ts'
import { refuse } from '../../engine/refusal.ts'
import type { Report, Span } from '../../problem/problem.ts'
import { type Said, say, worded } from '../../problem/say.ts'
import type { Stack } from '../../swarm/index.ts'
import type { NetworkEntry, PortEntry, ServiceEntry, Topology } from '../../topology/topology.ts'
import { MOST_REFUSALS, undefinedNetworks } from '../project/check.ts'
import { isThereAlready } from '../project/external.ts'
import { DEFAULT_NETWORK, networkName } from '../project/project.ts'
import { writtenNetwork } from '../project/request.ts'

/** A block's networks and services as `docker stack deploy` sends them. */
export interface BlockStack {
  readonly stack: Stack
  /** Networks that the file says exist. */
  readonly existing: readonly { readonly entry: NetworkEntry; readonly name: string }[]
  /** Networks of drivers of local scope: the client has the engine make them, and services cannot use them. */
  readonly localNetworks: readonly NetworkCreate[]
}

/**
 * What `docker stack deploy` makes of a block: the networks its services use, then the services. Both stand in
 * alphabetical order here; Docker takes them from Go maps.
 *
 * @param project name of the stack; `''` leaves names as they are written.
 * @see docker/cli `cli/command/stack/swarm/deploy_composefile.go`, `cli/compose/convert/`
 */
export function stackOf(topology: Topology, project: string): BlockStack {
  const services = [...topology.services.values()].sort((a, b) => compare(a.key, b.key))
  const used = new Set<string>()
  for (const service of services) for (const key of networkKeysOf(service)) used.add(key)
  const alone = services.length === 0
  const networks = [...topology.networks.values()].filter((n) => alone || used.has(n.key))
  const requests = networks
    .filter((entry) => !entry.external)
    .map((entry) => networkRequest(topology, project, entry.key))
  if (used.has(DEFAULT_NETWORK) && !topology.networks.has(DEFAULT_NETWORK))
    requests.push(networkRequest(topology, project, DEFAULT_NETWORK))
  requests.sort((a, b) => compare(a.name, b.name))
  return {
    existing: externalNetworks(topology, project).filter(({ entry }) => networks.includes(entry)),
    stack: {
      networks: requests.filter((n) => isClusterDriver(n)),
      services: services.map((service) => serviceRequest(topology, project, service)),
    },
    localNetworks: requests.filter((n) => !isClusterDriver(n)),
  }
}

/** Networks that the file says exist, whether a service is on them or not. */
export function externalNetworks(topology: Topology, project: string): BlockStack['existing'] {
  return [...topology.networks.values()]
    .filter((entry) => entry.external)
    .map((entry) => ({ entry, name: nameOf(topology, project, entry.key) }))
    .filter(({ name }) => !isThereAlready(name))
    .sort((a, b) => compare(a.name, b.name))
}

/** Names of what a stack of that name has in this block, for `docker stack rm`. */
export function stackNames(
  topology: Topology,
  project: string,
): { readonly services: readonly string[]; readonly networks: readonly string[] } {
  const { stack } = stackOf(topology, project)
  return { services: stack.services.map((s) => s.name), networks: stack.networks.map((n) => n.name) }
}

/** The key of the service entry a swarm service comes from, or `null`. */
export function entryOf(topology: Topology, project: string, serviceName: string): ServiceEntry | null {
  return topology.services.get(keyIn(project, serviceName) ?? '') ?? null
}

/** The key of what has that name in a stack, `null` for what is none of it. */
function keyIn(project: string, name: string): string | null {
  const front = named(project, '')
  return name.startsWith(front) ? name.slice(front.length) : null
}

/** The entry of the network of that name in a stack, or `null`. */
export function networkEntryOf(topology: Topology, project: string, name: string): NetworkEntry | null {
  const names = namesOf(topology, project)
  return names.get(name) ?? null
}

/** By topology and project, since a stack may have thousands. */
const NAMES = new WeakMap<Topology, Map<string, ReadonlyMap<string, NetworkEntry>>>()

/** Networks by their names in a stack; of several of one name the first. */
function namesOf(topology: Topology, project: string): ReadonlyMap<string, NetworkEntry> {
  const known = NAMES.get(topology) ?? new Map<string, ReadonlyMap<string, NetworkEntry>>()
  NAMES.set(topology, known)
  const before = known.get(project)
  if (before !== undefined) return before
  const entries = [...topology.networks.values()].reverse()
  const names = new Map(entries.map((entry) => [nameOf(topology, project, entry.key), entry]))
  known.set(project, names)
  return names
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const named = (project: string, key: string): string => (project === '' ? key : `${project}_${key}`)
const isClusterDriver = (n: NetworkCreate): boolean => n.driver === 'overlay'

const nameOf = ({ networks }: Topology, project: string, key: string): string =>
  networkName({ name: project === '' ? null : project, version: 2 }, key, networks.get(key))

/** Keys of the networks a service is on; the default one when it names none (`network_mode` is read past). */
function networkKeysOf({ networks }: ServiceEntry): readonly string[] {
  return networks === null || networks.size === 0 ? [DEFAULT_NETWORK] : [...networks.keys()]
}

function networkRequest(topology: Topology, project: string, key: string): NetworkCreate {
  const entry = topology.networks.get(key)
  return {
    ...writtenNetwork(entry),
    name: nameOf(topology, project, key),
    driver: entry?.driver?.value ?? 'overlay',
  }
}

/**
 * Why the client stops when it has made the networks, and before any service.
 * @see docker/cli `cli/compose/convert/service.go: convertServiceNetworks`
 */
export function stackFault(topology: Topology, project: string): Refusal | null {
  const services = [...topology.services.values()].sort((a, b) => compare(a.key, b.key))
  const [first, ...others] = services.flatMap((service) =>
    undefinedNetworks(topology, service).map(({ network, span }) =>
      refuse('UNDEFINED_NETWORK', `service ${service.key}: undefined network ${JSON.stringify(network)}`, {
        at: span,
        name: network,
        part: named(project, service.key),
      }),
    ),
  )
  return first === undefined ? null : { ...first, also: others.slice(0, MOST_REFUSALS) }
}

function serviceRequest(topology: Topology, project: string, service: ServiceEntry): ServiceCreate {
  const networks = networkKeysOf(service).map((key) => ({
    network: nameOf(topology, project, key),
    aliases: [...(service.networks?.get(key)?.aliases.map((a) => a.value) ?? []), service.key],
    origins: { network: service.networks?.get(key)?.span ?? service.span },
  }))
  return {
    op: 'service-create',
    name: named(project, service.key),
    image: service.image ?? '',
    mode: service.mode,
    replicas: service.replicas?.value ?? 1,
    endpointMode: service.endpointMode,
    networks,
    ports: service.ports.flatMap(portRequests),
    constraints: service.constraints.map((c) => c.value),
    hostname: service.hostname?.value ?? '',
    names: {
      extraHosts: service.extraHosts.map((e) => e.value),
      dns: service.dns.map((e) => e.value),
      dnsSearch: service.dnsSearch.map((e) => e.value),
      dnsOptions: service.dnsOptions.map((e) => e.value),
    },
    origins: { name: service.span, constraints: service.constraints.map(({ span }) => span) },
  }
}

function portRequests(port: PortEntry): readonly ServicePortRequest[] {
  const count = port.target.last - port.target.first + 1
  return Array.from({ length: count }, (_, i) => ({
    published: port.published === null ? null : port.published.first + i,
    target: port.target.first + i,
    protocol: port.protocol,
    mode: port.mode,
    origin: port.span,
  }))
}

/** Keys of a service that `docker stack deploy` reads past, with what it does instead. */
const WITHOUT_EFFECT: ReadonlyMap<string, Said> = new Map([
  ['depends_on', say`Leave it out: swarm starts all services at once.`],
  ['container_name', say`Leave it out: swarm names the containers of its tasks SERVICE.SLOT.ID.`],
  ['links', say`Leave it out: services find each other by name on a shared network.`],
  [
    'network_mode',
    say`Name networks under "networks:"; the network of the host is one with external: true and name: host.`,
  ],
  ['mac_address', say`Leave it out: an endpoint on an overlay has the MAC of its address.`],
  ['expose', say`Leave it out: every port is open between tasks on one network.`],
  ['scale', say`Use deploy.replicas.`],
])

/** Tells the author that what the figure shows of a job is a moment. */
export function reportJob(name: string, replicas: number, span: Span, report: Report): void {
  report({
    code: 'JOB_ENDS',
    severity: 'warning',
    ...worded(
      say`Tasks of "${name}" end, and have no address then: it is a job, of which "docker service ls" says 0/${replicas} (${replicas}/${replicas} completed)`,
      say`The figure shows them while they run; for tasks that stay write mode: replicated or global.`,
    ),
    span,
    related: [],
  })
}

/** Tells the author what in the block has no effect because its services are swarm services. */
export function reportIgnoredKeys(topology: Topology, report: Report): void {
  for (const service of topology.services.values()) {
    if (service.mode.endsWith('-job')) {
      const span = service.keySpans.get('deploy.mode') ?? service.span
      reportJob(service.key, service.replicas?.value ?? 1, span, report)
    }
    for (const [key, instead] of WITHOUT_EFFECT) {
      const span = service.keySpans.get(key)
      if (span === undefined) continue
      report({
        code: 'SWARM_IGNORES_KEY',
        severity: 'warning',
        ...worded(say`${key} has no effect on the swarm service "${service.key}"`, instead),
        span,
        related: [],
      })
    }
    for (const attachment of service.networks?.values() ?? []) {
      for (const address of [attachment.ipv4Address, attachment.ipv6Address]) {
        if (address === null) continue
        report({
          code: 'SWARM_IGNORES_KEY',
          severity: 'warning',
          ...worded(
            say`${address.value} has no effect: a swarm service cannot have a static address`,
            say`Leave the address out: the manager gives out the next free one.`,
          ),
          span: address.span,
          related: [],
        })
      }
    }
  }
}
