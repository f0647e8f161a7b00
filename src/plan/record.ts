/** What the engines hold at the end, as the plan everything downstream reads. */
import type { Container, Endpoint, Interface, Network } from '../engine/state.ts'
import { formatAddress, formatCidr } from '../net/index.ts'
import { SURE, type Sureness } from './chance.ts'
import { isIdKnown } from './hosts.ts'
import type { PlanAttachment, PlanContainer, PlanEndpoint, PlanNetwork, PublishedPort } from './plan.ts'
import { type HostState, placeKey, type Session } from './session.ts'

/** Keys of things by host and name: `NAME`, or `NAME@HOST` where several hosts have one. */
export interface Keys {
  network(host: HostState, network: Network): string
  container(host: string, name: string): string
}

export function planKeys(session: Session): Keys {
  const networks = new Map<string, number>()
  const containers = new Map<string, number>()
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
  const { certainty, pin } = networkSureness(session, host, network)
  return {
    key,
    name: network.name,
    driver: network.driver,
    scope: network.scope,
    host: host.entry.name,
    subnets: network.subnets.map((s) => s.text),
    gateways: network.subnets.map((s) => (s.gateway === null ? '' : formatAddress(s.gateway))),
    ipRanges: network.subnets.map(({ rangeText }) => rangeText),
    auxAddresses: auxAddresses(network),
    internal: network.internal,
    attachable: network.attachable,
    ingress: false,
    ipv4: network.ipv4,
    ipv6: network.ipv6,
    policy: network.policy,
    vni: [],
    vniCertainty: 'computed',
    options: network.options,
    device: network.device,
    parent: network.parent,
    certainty,
    pin,
    endpoints: new Map(
      [...network.endpoints.values()].map((e) => [e.name, planEndpoint(session, host, e, keys)]),
    ),
    span: session.spans.networks.get(placeKey(host.entry.name, network.name)) ?? null,
  }
}

function auxAddresses({ subnets }: Network): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const { aux } of subnets) for (const [name, address] of aux) texts.set(name, formatAddress(address))
  return texts
}

/** The IPv6 default pool follows from the engine's id; without it the subnet is an example. */
function networkSureness(session: Session, host: HostState, network: Network): Sureness {
  const own = host.chance.ofNetwork(network)
  if (own.certainty === 'one-of-several') return own
  return dependsOnId(session, host, network) ? { certainty: 'one-of-several', pin: 'daemon.id' } : own
}

function dependsOnId({ topology }: Session, host: HostState, network: Network): boolean {
  if (isIdKnown(topology, host.entry)) return false
  if ((host.entry.daemon ?? topology.daemon).defaultAddressPools.some((p) => p.base.value.includes(':')))
    return false
  return network.subnets.some((s) => s.family === 6 && !s.given && s.lease !== null)
}

function planEndpoint(session: Session, host: HostState, endpoint: Endpoint, keys: Keys): PlanEndpoint {
  const { certainty, pin } = endpointSureness(session, host, endpoint)
  return {
    name: endpoint.name,
    kind: endpointKind(session, host, endpoint),
    host: host.entry.name,
    container: endpoint.container === '' ? '' : keys.container(host.entry.name, endpoint.container),
    ipv4: cidrText(endpoint.ipv4),
    ipv6: cidrText(endpoint.ipv6),
    mac: endpoint.mac,
    certainty,
    pin,
  }
}

function endpointKind({ swarm }: Session, host: HostState, endpoint: Endpoint): PlanEndpoint['kind'] {
  if (endpoint.name.startsWith('gateway_')) return 'gateway'
  return swarm.task(host.entry.name, endpoint.container) === null ? 'container' : 'task'
}

function endpointSureness(session: Session, host: HostState, endpoint: Endpoint): Sureness {
  const own = host.chance.ofEndpoint(endpoint)
  if (own.certainty !== 'computed') return own
  const task = session.swarm.task(host.entry.name, endpoint.container)
  if (task !== null && task.localCertainty !== 'computed') {
    return { certainty: task.localCertainty, pin: task.localPin }
  }
  if (endpoint.ipv6 !== null && dependsOnId(session, host, endpoint.network)) {
    return { certainty: 'one-of-several', pin: 'daemon.id' }
  }
  return own
}

const cidrText = (cidr: Endpoint['ipv4']): string =>
  cidr === null ? '' : formatCidr(cidr.address, cidr.length)

export function hostContainers(session: Session, host: HostState, keys: Keys): PlanContainer[] {
  return [...host.engine.containers()].map((container) => planContainer(session, host, container, keys))
}

function planContainer(session: Session, host: HostState, container: Container, keys: Keys): PlanContainer {
  const hostName = host.entry.name
  const { sandbox } = container
  const task = session.swarm.task(hostName, container.name)
  const shared = host.engine.container(container.sharedWith)
  return {
    name: keys.container(hostName, container.name),
    host: hostName,
    state: container.state,
    image: container.image,
    service: task?.service ?? container.compose?.service ?? '',
    hostname: container.hostname,
    mode: container.mode,
    sharedWith: shared === null ? container.sharedWith : keys.container(hostName, shared.name),
    endpoints: new Map(
      (sandbox?.interfaces ?? []).map((i) => [
        keys.network(host, i.endpoint.network),
        planAttachment(session, host, container, i),
      ]),
    ),
    defaultRoute: routeOf(host, sandbox?.default4 ?? null, 4, keys),
    defaultRoute6: routeOf(host, sandbox?.default6 ?? null, 6, keys),
    ports: publishedPorts(session, host, container),
    dns: dnsNames(container, task !== null),
    dependsOn: container.dependsOn.map((name) => keys.container(hostName, name)),
    links: linksOf(host, container, keys),
    placement: task?.placement ?? 'computed',
    span: session.spans.containers.get(placeKey(hostName, container.name)) ?? null,
  }
}

function routeOf(
  host: HostState,
  chosen: Interface | null,
  family: 4 | 6,
  keys: Keys,
): PlanContainer['defaultRoute'] {
  const gateway = (family === 4 ? chosen?.gateway4 : chosen?.gateway6) ?? null
  if (chosen === null || gateway === null) return null
  const via = gateway.address === null ? '' : formatAddress(gateway.address)
  return { network: keys.network(host, chosen.endpoint.network), via }
}

function planAttachment(
  session: Session,
  host: HostState,
  container: Container,
  { name, chance, endpoint, request, gateway4, gateway6 }: Interface,
): PlanAttachment {
  const { network } = endpoint
  const sureness =
    network.scope === 'swarm'
      ? (session.swarm.allocation(host.entry.name, network.name, container.name) ?? SURE)
      : endpointSureness(session, host, endpoint)
  const gatewayText = (gateway: Interface['gateway4']): string =>
    gateway === null || gateway.address === null ? '' : formatAddress(gateway.address)
  return {
    interface: name,
    interfaceCertainty: chance ? 'one-of-several' : request.interfaceName !== '' ? 'declared' : 'computed',
    ipv4: cidrText(endpoint.ipv4),
    ipv6: cidrText(endpoint.ipv6),
    mac: endpoint.mac,
    gateway: gatewayText(gateway4),
    gateway6: gatewayText(gateway6),
    aliases: request.aliases,
    certainty: sureness.certainty,
  }
}

function publishedPorts(session: Session, host: HostState, container: Container): PublishedPort[] {
  const isChance =
    container.sandbox?.portsByChance === true ||
    session.chancePorts.has(placeKey(host.entry.name, container.name))
  const published = (container.sandbox?.ports ?? []).map((binding): PublishedPort => {
    const ip = formatAddress(binding.hostIp)
    const certainty = !binding.dynamic ? 'declared' : isChance ? 'one-of-several' : 'computed'
    return {
      host: `${ip.includes(':') ? `[${ip}]` : ip}:${binding.hostPort}`,
      container: `${binding.containerPort}/${binding.protocol}`,
      certainty,
    }
  })
  const shown = new Set(published.map((p) => p.container))
  const exposed = container.expose
    .map((text) => (text.includes('/') ? text : `${text}/tcp`))
    .filter((text) => !shown.has(text))
    .map((text): PublishedPort => ({ host: '', container: text, certainty: 'declared' }))
  return [...published, ...exposed]
}

/**
 * Docker's resolver answers on user-defined networks only.
 * @see moby `daemon/container_operations.go: buildEndpointDNSNames`
 */
function dnsNames(container: Container, isTask: boolean): string[] {
  const interfaces = (container.sandbox?.interfaces ?? []).filter((i) => !i.endpoint.network.predefined)
  const onUserNetwork = interfaces.filter((i) => !i.endpoint.name.startsWith('gateway_'))
  if (onUserNetwork.length === 0) return []
  const names = new Set([container.name])
  // Aliases of a swarm service are its own, not those of one task.
  if (!isTask) for (const { request } of onUserNetwork) for (const alias of request.aliases) names.add(alias)
  if (container.hostname !== '') names.add(container.hostname)
  return [...names]
}

/** A link goes by its alias, by the container's own name, or by both where they are the same. */
function linksOf(host: HostState, container: Container, keys: Keys): ReadonlyMap<string, string> {
  const links = new Map<string, string>()
  for (const link of container.links) {
    const [target = '', alias = target] = link.split(':')
    if (host.engine.container(target) === null) continue
    const key = keys.container(host.entry.name, target)
    links.set(alias, key)
    links.set(target, key)
  }
  return links
}
