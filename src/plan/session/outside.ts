/**
 * Networks that a file calls external, and of which no command says anything: they are there when something asks for
 * them, as the file describes them or as `externalRequests` takes them to be.
 */
import type { Operation, Refusal } from '../../engine/operation.ts'
import { placed } from '../../engine/refusal.ts'
import { formatPrefix, overlaps, type Prefix } from '../../net/index.ts'
import type { NetworkEntry } from '../../topology/topology.ts'
import { externalPin, externalRequests, isDescribed, isThereAlready } from '../project/external.ts'
import { networkName } from '../project/project.ts'
import { addressSpace } from './hosts.ts'
import { type HostState, placeKey, type Session } from './session.ts'

/** A network made outside of the block. */
export interface External {
  readonly entry: NetworkEntry
  readonly name: string
}

/**
 * Somebody has made it before. A subnet that meets another one's cannot be what it has.
 *
 * @returns why there is none of that description.
 */
export function makeExternal(session: Session, host: HostState, { entry, name }: External): Refusal | null {
  const { pools, onLink } = addressSpace(host.engine.facts)
  const surroundings = { driver: 'bridge' as const, pools, taken: onLink }
  let refusal: Refusal | null = null
  for (const request of externalRequests(session.topology, entry, name, surroundings)) {
    refusal = host.engine.execute(request)
    if (refusal?.code !== 'POOL_OVERLAP') break
  }
  session.spans.networks.set(placeKey(host.entry.name, name), entry.span)
  const network = host.engine.network(name)
  if (network === null) return refusal && placed(refusal, entry.span)
  host.chance.networkMade(network)
  if (isDescribed(entry)) return null
  session.assumptions.push({ entry, name })
  const subnets = network.subnets.flatMap(({ lease }) => (lease === null ? [] : [formatPrefix(lease.subnet)]))
  host.chance.assume(network, externalPin(entry.key, subnets))
  return null
}

/** What the command is about was there before it. */
export function makeOutside(session: Session, host: HostState, operation: Operation): void {
  const { topology, outside, swarm } = session
  const named = namedNetworks(operation)
  if (named.length === 0) return
  const project = { name: topology.name?.value ?? null, version: 2 as const }
  const asked = [...topology.networks.values()]
    .filter(({ external }) => external)
    .map((entry) => ({ entry, name: networkName(project, entry.key, entry) }))
    .filter(
      ({ name }) => (named === ALL || named.includes(name)) && outside.has(name) && !isThereAlready(name),
    )
  if (asked.length === 0) return
  if (swarm.role(host.entry.name) === 'manager')
    swarm.makeOutside(host.entry.name, new Set(asked.map(({ name }) => name)))
  else for (const one of asked) if (host.engine.network(one.name) === null) makeExternal(session, host, one)
}

const ALL: readonly string[] = ['*']

function namedNetworks(operation: Operation): readonly string[] {
  switch (operation.op) {
    case 'network-prune':
      return ALL
    case 'network-rm':
      return operation.names
    case 'network-connect':
      return [operation.endpoint.network]
    case 'container-create':
      return operation.endpoints.map(({ network }) => network)
    case 'service-create':
      return operation.networks.map(({ network }) => network)
    default:
      return []
  }
}

/** Which default pools are left depends on what others have made before. @param made keys by name. */
export function markBehind(
  { assumptions }: Session,
  host: HostState,
  made: ReadonlyMap<string, string>,
): void {
  for (const { name } of assumptions) {
    const before = host.engine.network(name)
    const inPools = before?.subnets.find(({ lease }) => lease !== null && isInPools(host, lease.subnet))
    if (before === null || inPools === undefined) continue
    const { pin } = host.chance.ofSubnet(before, inPools)
    for (const one of made.keys()) {
      const network = host.engine.network(one)
      const chosen = network?.subnets.find(
        ({ family, given, lease }) => family === 4 && !given && lease !== null,
      )
      if (network === null || chosen === undefined || host.chance.ofSubnet(network, chosen).pin !== '')
        continue
      host.chance.markNetwork(network, 4, pin)
    }
    return
  }
}

/** Whether a subnet is in the way of the default pools of a host. */
export function isInPools({ engine }: HostState, subnet: Prefix): boolean {
  return addressSpace(engine.facts).pools.some(({ base }) => overlaps(base, subnet))
}
