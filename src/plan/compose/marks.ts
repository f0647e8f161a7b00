/**
 * What of a `compose up` Docker leaves to chance: networks are made in random order (compose up to 5.1), services
 * without a depends_on path between them and replicas start in parallel.
 *
 * @see docker/compose v2.40 `pkg/compose/create.go: ensureNetworks`, `dependencies.go: run`
 */
import type { Endpoint, Network } from '../../engine/state.ts'
import { formatCidr, lastValue, type Prefix } from '../../net/index.ts'
import type { ServiceEntry } from '../../topology/topology.ts'
import type { Dependencies } from '../project/dependency.ts'
import { networkName, type Project } from '../project/project.ts'
import { attachmentsOf } from '../project/request.ts'
import { isInPools } from '../session/outside.ts'
import { type HostState, placeKey, type Session } from '../session/session.ts'
import type { Started, Starting } from './up.ts'

/**
 * @param made keys of the networks one up has made on a host, by name.
 * @param refused whether another one was not, because its subnet was taken.
 */
export function markNetworks(
  host: HostState,
  made: ReadonlyMap<string, string>,
  project: Project,
  refused: boolean,
): void {
  // docker-compose 1 makes them in a fixed order.
  if (project.version === 1) return
  const { engine, chance } = host
  const networks = [...made.keys()]
    .flatMap((name) => engine.network(name) ?? [])
    .filter((n) => n.scope === 'local')
  for (const family of [4, 6] as const) {
    const chosen = networks.filter((n) => n.subnets.some((s) => s.family === family && isChosen(s)))
    const highest = chosen.flatMap((n) => n.subnets).filter((s) => s.family === family && isChosen(s))
    const reach = highest.reduce(
      (max, s) => (s.lease !== null && s.lease.subnet.first > max ? s.lease.subnet.first : max),
      -1n,
    )
    const rivals = networks.some(
      (n) =>
        !chosen.includes(n) &&
        n.subnets.some((s) => s.family === family && s.lease !== null && isRival(host, s, reach, family)),
    )
    if (chosen.length < 2 && !(rivals || refused)) continue
    for (const network of chosen) {
      chance.markNetwork(
        network,
        family,
        `networks.${made.get(network.name) ?? network.name}.ipam.config: [{ subnet: ${subnetOf(network, family)} }]`,
      )
    }
  }
}

type Subnet = Network['subnets'][number]

const isChosen = (subnet: Subnet): boolean => !subnet.given && subnet.lease !== null

/** A subnet given in the midst of the default pools: made later, it might find its place taken. */
function isRival(host: HostState, subnet: Subnet, reach: bigint, family: 4 | 6): boolean {
  if (subnet.lease === null || family === 6) return false
  return isInPools(host, subnet.lease.subnet) && subnet.lease.subnet.first < reach
}

const subnetOf = (network: Network, family: 4 | 6): string =>
  formatCidr(network.subnets.find((s) => s.family === family && isChosen(s))?.cidr ?? null)

/** @param started containers one up has started, in our order. */
export function markStarts(
  session: Session,
  project: Project,
  started: readonly Started[],
  dependencies: Dependencies,
): void {
  const byNetwork = new Map<Network, Member[]>()
  for (const one of started) {
    const keys = networkKeys(session, project, one.service)
    for (const { endpoint } of one.interfaces) {
      if (endpoint.network.scope === 'swarm') continue
      const list = byNetwork.get(endpoint.network) ?? []
      const { name } = endpoint.network
      list.push({ ...one, endpoint, key: keys.get(name) ?? name, isWritten: keys.has(name) })
      byNetwork.set(endpoint.network, list)
    }
  }
  for (const [network, members] of byNetwork) {
    for (const family of [4, 6] as const) markNetwork(network, members, family, dependencies)
  }
  markPorts(session, started, dependencies)
}

const holds = (block: Prefix, value: bigint): boolean => block.first <= value && value <= lastValue(block)

interface Member extends Starting {
  readonly endpoint: Endpoint
  /** Key of the network in the block. */
  readonly key: string
  /** Whether the service is on the network by what the block says. */
  readonly isWritten: boolean
}

/** Keys of the networks a service is on, by the names they have. */
function networkKeys(
  { topology }: Session,
  project: Project,
  service: ServiceEntry,
): ReadonlyMap<string, string> {
  return new Map(
    attachmentsOf(service).map(({ network }) => [
      networkName(project, network, topology.networks.get(network)),
      network,
    ]),
  )
}

function markNetwork(
  network: Network,
  members: readonly Member[],
  family: 4 | 6,
  dependencies: Dependencies,
): void {
  const value = ({ endpoint }: Member): bigint | null =>
    (family === 4 ? endpoint.ipv4 : endpoint.ipv6)?.address.value ?? null
  const isStatic = ({ endpoint }: Member): boolean => (family === 4 ? endpoint.declared4 : endpoint.declared6)
  const dynamic = members.filter((m) => value(m) !== null && !isStatic(m))
  const reach = dynamic.reduce((max, m) => ((value(m) ?? 0n) > max ? (value(m) ?? 0n) : max), -1n)
  const isGivenOut = (address: bigint): boolean =>
    network.subnets.some(
      ({ family: own, lease }) =>
        lease !== null && own === family && holds(lease.range ?? lease.subnet, address),
    )
  // A fixed address among those given out: started later, its owner might find it taken.
  const inReach = members.filter(
    (m) => isStatic(m) && (value(m) ?? reach) < reach && isGivenOut(value(m) ?? 0n),
  )
  const rivals = [...dynamic, ...inReach]
  const comparable = createComparable(rivals, dependencies)
  let isLoose = false
  for (const member of dynamic) {
    // One that has ended left its address to those that start later, whichever that was.
    if (comparable(member) && !isLoose) continue
    isLoose ||= member.container.state !== 'running'
    member.host.chance.markEndpoint(member.endpoint, family, pinOf(network, member))
  }
}

/** Whether a container starts in a fixed order to all of `rivals`. */
function createComparable(
  rivals: readonly Starting[],
  dependencies: Dependencies,
): (one: Starting) => boolean {
  const counts = new Map<string, number>()
  for (const { service } of rivals) counts.set(service.key, (counts.get(service.key) ?? 0) + 1)
  const fixed = dependencies.fixedAmong([...counts.keys()])
  return ({ service }) => counts.get(service.key) === 1 && fixed.has(service.key)
}

/** A fixed address needs a network of the block, with a subnet. */
function pinOf(network: Network, { service, endpoint, key, isWritten }: Member): string {
  if (!isWritten) {
    return `services.${service.key}.depends_on`
  }
  if ((service.replicas?.value ?? 1) > 1) {
    return `services.${service.key}: write the replicas as services of their own, each with ipv4_address`
  }
  const setting = endpoint.ipv4 !== null && !endpoint.declared4 ? 'ipv4_address' : 'ipv6_address'
  const subnet = network.subnets.some((s) => s.given) ? '' : ` and networks.${key}.ipam.config.subnet`
  return `services.${service.key}.networks.${key}.${setting}${subnet}, or depends_on`
}

/** Ports taken from a range or the ephemeral ones by containers that start together. */
function markPorts(session: Session, started: readonly Starting[], dependencies: Dependencies): void {
  const choosing = started.filter((s) => s.container.sandbox?.ports.some((p) => p.dynamic) ?? false)
  const comparable = createComparable(choosing, dependencies)
  for (const one of choosing) {
    if (!comparable(one)) session.chancePorts.add(placeKey(one.host.entry.name, one.container.name))
  }
}
