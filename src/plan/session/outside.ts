/**
 * Networks that a file calls external, and of which no command says anything: they are there when something asks for
 * them, as the file describes them or as `externalRequests` takes them to be.
 */
import { type Operation, PLAIN_CONTAINER, PLAIN_NETWORK, type Refusal } from '../../engine/operation.ts'
import { placed } from '../../engine/refusal.ts'
import { formatPrefix, overlaps, type Prefix } from '../../net/index.ts'
import { nearest } from '../../problem/nearest.ts'
import type { Located } from '../../problem/problem.ts'
import type { NetworkEntry, ServiceEntry } from '../../topology/topology.ts'
import { containerTarget } from '../project/dependency.ts'
import {
  containerThing,
  externalPin,
  externalRequests,
  type Foreign,
  isDescribed,
  isThereAlready,
} from '../project/external.ts'
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

/** The container or network that a service shares by its mode, as `docker run` or `docker network create` makes it. */
export function makeForeign(session: Session, host: HostState, { networkMode }: ServiceEntry): void {
  const shared = networkMode === null ? null : foreignOf(session, host, networkMode)
  if (shared === null) return
  const { kind, name, command } = shared
  const { engine, chance } = host
  session.foreign.push(shared)
  if (kind === 'container') {
    engine.execute({ ...PLAIN_CONTAINER, name, start: true })
    for (const { endpoint } of engine.container(name)?.sandbox?.interfaces ?? [])
      chance.assumeEndpoint(endpoint, command)
    return
  }
  engine.execute({ ...PLAIN_NETWORK, name })
  const network = engine.network(name)
  if (network === null) return
  chance.networkMade(network)
  chance.assume(network, command)
}

const OWN_MODE = /^(?:$|default$|host$|none$|bridge$|service:)/

function foreignOf(
  { topology, outside }: Session,
  { engine }: HostState,
  { value: mode, span }: Located<string>,
): Foreign | null {
  const { services, networks } = topology
  if (OWN_MODE.test(mode)) return null
  if (mode.startsWith('container:')) {
    const name = mode.slice('container:'.length)
    const isOurs = containerTarget(mode, services).length > 0 || services.has(name)
    const near = [...services.values()].map(({ key, containerName }) => containerName?.value ?? key)
    if (name === '' || isOurs || engine.container(name) !== null || nearest(name, near) !== null) return null
    if (!outside.has(containerThing(name))) return null
    return { kind: 'container', name, span, command: `docker run -d --name ${name} IMAGE` }
  }
  // What nearly spells something of the file, or a mode, is not somebody else's.
  const known = ['bridge', 'host', 'none', 'default', ...networks.keys(), ...services.keys()]
  if (mode.includes(':') || nearest(mode, known) !== null || known.includes(mode)) return null
  if (engine.network(mode) !== null || !outside.has(mode)) return null
  return { kind: 'network', name: mode, span, command: `docker network create ${mode}` }
}

/** What the command is about was there before it. */
export function makeOutside(session: Session, host: HostState, operation: Operation): void {
  const { topology, outside, swarm } = session
  const named = namedNetworks(operation)
  makeNamedForeign(session, host, named, namedContainers(operation))
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

/** Of what services share by their mode, that which a command is about. */
function makeNamedForeign(
  session: Session,
  host: HostState,
  networks: readonly string[],
  containers: readonly string[],
): void {
  if (networks.length + containers.length === 0) return
  for (const service of session.topology.services.values()) {
    const shared = service.networkMode === null ? null : foreignOf(session, host, service.networkMode)
    if (shared === null) continue
    const named = shared.kind === 'container' ? containers : networks
    if (named === ALL || named.includes(shared.name)) makeForeign(session, host, service)
  }
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
    case 'network-disconnect':
      return [operation.network]
    case 'container-create':
      return operation.endpoints.map(({ network }) => network)
    case 'service-create':
      return operation.networks.map(({ network }) => network)
    default:
      return []
  }
}

function namedContainers(operation: Operation): readonly string[] {
  switch (operation.op) {
    case 'container-start':
    case 'container-stop':
    case 'container-restart':
    case 'container-kill':
    case 'container-rm':
    case 'container-update':
      return operation.names
    case 'container-rename':
      return [operation.name]
    case 'network-connect':
    case 'network-disconnect':
      return [operation.container]
    case 'container-create':
      return operation.networkMode.startsWith('container:')
        ? [operation.networkMode.slice('container:'.length)]
        : []
    default:
      return []
  }
}

/** Which default pools are left depends on what others have made before. @param made keys by name. */
export function markBehind(
  { assumptions, foreign }: Session,
  host: HostState,
  made: ReadonlyMap<string, string>,
): void {
  const guessed = [...assumptions, ...foreign.filter(({ kind }) => kind === 'network')]
  for (const { name } of guessed) {
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
