/** The networks that the engines hold at the end, as the plan everything downstream reads. */
import type { Endpoint, Network } from '../../engine/state.ts'
import type { Cidr, Family } from '../../net/index.ts'
import type { Sureness } from '../chance/chance.ts'
import type { PlanAddress, PlanEndpoint, PlanNetwork, PlanSubnet } from '../plan.ts'
import { daemonOf, isIdKnown } from '../session/hosts.ts'
import { type HostState, placeKey, type Session } from '../session/session.ts'

type Addresses = Pick<PlanEndpoint, 'ipv4' | 'ipv6'>

/** Keys of things by host and name: `NAME`, or `NAME@HOST` where several hosts have one. */
export interface Keys {
  network(host: HostState, network: Network): string
  container(host: string, name: string): string
  /** Stand in the network and in the container. */
  addresses(host: HostState, endpoint: Endpoint): Addresses
}

export function planKeys(session: Session): Keys {
  const networks = new Map<string, number>()
  const containers = new Map<string, number>()
  const addresses = new Map<Endpoint, Addresses>()
  for (const { engine } of session.hosts.values()) {
    for (const { name } of engine.networks()) networks.set(name, (networks.get(name) ?? 0) + 1)
    for (const { name } of engine.containers()) containers.set(name, (containers.get(name) ?? 0) + 1)
  }
  const keyIn = (counts: ReadonlyMap<string, number>, host: string, name: string): string =>
    (counts.get(name) ?? 0) > 1 ? `${name}@${host}` : name
  return {
    network: ({ entry }, network) =>
      network.scope === 'swarm' ? network.name : keyIn(networks, entry.name, network.name),
    container: (host, name) => keyIn(containers, host, name),
    addresses(host, endpoint) {
      const known = addresses.get(endpoint)
      if (known !== undefined) return known
      const own = addressesOf(session, host, endpoint)
      addresses.set(endpoint, own)
      return own
    },
  }
}

/** Networks of one host without host and none, which have no addresses. */
export function hostNetworks(session: Session, host: HostState, keys: Keys): PlanNetwork[] {
  return [...host.engine.networks()]
    .filter((network) => network.driver !== 'host' && network.driver !== 'null')
    .map((network) => planNetwork(session, host, network, keys))
}

function planNetwork(session: Session, host: HostState, network: Network, keys: Keys): PlanNetwork {
  const key = keys.network(host, network)
  return {
    key,
    name: network.name,
    serial: network.predefined ? -1 : network.id.serial,
    driver: network.driver,
    scope: network.scope,
    host: host.entry.name,
    subnets: network.subnets.map((subnet) => planSubnet(session, host, network, subnet)),
    internal: network.internal,
    attachable: network.attachable,
    ingress: false,
    ipv4: network.ipv4,
    ipv6: network.ipv6,
    policy: network.policy,
    wasJoined: network.wasJoined,
    vni: [],
    vniCertainty: 'computed',
    options: network.options,
    device: network.device,
    parent: network.parent,
    endpoints: new Map(
      [...network.endpoints.values()].map((e) => [e.name, planEndpoint(session, host, e, keys)]),
    ),
    span: session.spans.networks.get(placeKey(host.entry.name, network.name)) ?? null,
  }
}

function planSubnet(
  session: Session,
  host: HostState,
  network: Network,
  subnet: Network['subnets'][number],
): PlanSubnet {
  const { cidr, given, range, gateway, gatewayGiven, aux, lease, family } = subnet
  const own = host.chance.ofSubnet(network, subnet)
  const isExample = family === 6 && own.certainty !== 'one-of-several' && dependsOnId(session, host, network)
  const sureness = isExample ? BY_ID : own
  return { ...cidr, ...sureness, given, used: lease !== null, range, gateway, gatewayGiven, aux }
}

/** The IPv6 default pool follows from the engine's id; without it what is taken from it is an example. */
export const BY_ID: Sureness = { certainty: 'one-of-several', pin: 'daemon.id' }

function dependsOnId({ topology }: Session, host: HostState, network: Network): boolean {
  if (isIdKnown(topology, host.entry)) return false
  if (daemonOf(topology, host.entry).defaultAddressPools.some((p) => p.base.value.includes(':'))) return false
  return network.subnets.some((s) => s.family === 6 && !s.given && s.lease !== null)
}

function planEndpoint(session: Session, host: HostState, endpoint: Endpoint, keys: Keys): PlanEndpoint {
  return {
    name: endpoint.name,
    kind: endpointKind(session, host, endpoint),
    host: host.entry.name,
    container: endpoint.container === '' ? '' : keys.container(host.entry.name, endpoint.container),
    ...keys.addresses(host, endpoint),
    mac: endpoint.mac,
  }
}

function addressesOf(session: Session, host: HostState, endpoint: Endpoint): Addresses {
  return {
    ipv4: planAddress(endpoint.ipv4, () => addressSureness(session, host, endpoint, 4)),
    ipv6: planAddress(endpoint.ipv6, () => addressSureness(session, host, endpoint, 6)),
  }
}

export function planAddress(cidr: Cidr | null, sureness: () => Sureness): PlanAddress | null {
  if (cidr === null) return null
  const { certainty, pin } = sureness()
  return { address: cidr.address, length: cidr.length, certainty, pin }
}

function endpointKind({ swarm }: Session, host: HostState, endpoint: Endpoint): PlanEndpoint['kind'] {
  if (endpoint.name.startsWith('gateway_')) return 'gateway'
  return swarm.task(host.entry.name, endpoint.container) === null ? 'container' : 'task'
}

function addressSureness(session: Session, host: HostState, endpoint: Endpoint, family: Family): Sureness {
  const own = host.chance.ofAddress(endpoint, family)
  if (own.certainty !== 'computed') return own
  const task = session.swarm.task(host.entry.name, endpoint.container)
  if (task !== null && task.localCertainty !== 'computed') {
    return { certainty: task.localCertainty, pin: task.localPin }
  }
  return family === 6 && dependsOnId(session, host, endpoint.network) ? BY_ID : own
}
