/** The containers that the engines hold at the end, as the plan everything downstream reads. */
import { parseExposed } from '../../engine/publish.ts'
import type { Container, Interface } from '../../engine/state.ts'
import { addressText } from '../../net/index.ts'
import { SURE, type Sureness } from '../chance/chance.ts'
import type { ExposedPort, PlanAttachment, PlanContainer, PublishedPort } from '../plan.ts'
import { type HostState, placeKey, type Session } from '../session/session.ts'
import { type Keys, planAddress } from './record.ts'

export function hostContainers(session: Session, host: HostState, keys: Keys): PlanContainer[] {
  return [...host.engine.containers()].map((container) => planContainer(session, host, container, keys))
}

function planContainer(session: Session, host: HostState, container: Container, keys: Keys): PlanContainer {
  const hostName = host.entry.name
  const { sandbox } = container
  const task = session.swarm.task(hostName, container.name)
  const shared = host.engine.sharedContainer(container)
  return {
    name: keys.container(hostName, container.name),
    serial: container.id.serial,
    host: hostName,
    state: container.state,
    image: container.image,
    service: task?.service ?? container.compose?.service ?? '',
    hostname: container.hostname,
    mode: container.mode,
    sandboxLost: container.hasLostSandbox,
    sharedWith: shared === null ? '' : keys.container(hostName, shared.name),
    endpoints: new Map(
      (sandbox?.interfaces ?? []).map((i) => [
        keys.network(host, i.endpoint.network),
        planAttachment(session, host, container, i, keys),
      ]),
    ),
    defaultRoute: routeOf(host, sandbox?.default4 ?? null, 4, keys),
    defaultRoute6: routeOf(host, sandbox?.default6 ?? null, 6, keys),
    ports: publishedPorts(session, host, container),
    exposed: exposedPorts(container),
    dns: dnsNames(container, task !== null),
    dependsOn: container.dependsOn.map((name) => keys.container(hostName, name)),
    links: linksOf(host, container.links, keys),
    extraHosts: extraHosts(host, container),
    dnsSettings: {
      servers: container.names.dns,
      search: container.names.dnsSearch,
      options: container.names.dnsOptions,
    },
    publishes: publishes(container),
    asksFor: container.ports.flatMap(({ published, protocol }) =>
      published === null ? [] : [{ ...published, protocol }],
    ),
    listens: listens(container),
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
  return { network: keys.network(host, chosen.endpoint.network), via: gateway.address }
}

function planAttachment(
  session: Session,
  host: HostState,
  container: Container,
  { name, chance, endpoint, request, gateway4, gateway6 }: Interface,
  keys: Keys,
): PlanAttachment {
  const { network } = endpoint
  const given = (): Sureness => {
    const { certainty, pin } = session.swarm.allocation(host.entry.name, network.name, container.name) ?? SURE
    return { certainty, pin }
  }
  return {
    interface: name,
    interfaceCertainty: chance ? 'one-of-several' : request.interfaceName !== '' ? 'declared' : 'computed',
    ...(network.scope === 'swarm'
      ? { ipv4: planAddress(endpoint.ipv4, given), ipv6: planAddress(endpoint.ipv6, given) }
      : keys.addresses(host, endpoint)),
    mac: endpoint.mac,
    gateway: gateway4?.address ?? null,
    gateway6: gateway6?.address ?? null,
    aliases: request.aliases,
    gwPriority: request.gwPriority,
    links: linksOf(
      host,
      network.predefined
        ? []
        : [...(request.network === container.networkMode ? container.links : []), ...request.links],
      keys,
    ),
  }
}

function publishedPorts(session: Session, host: HostState, container: Container): PublishedPort[] {
  const isChance =
    container.sandbox?.portsByChance === true ||
    session.chancePorts.has(placeKey(host.entry.name, container.name))
  return (container.sandbox?.ports ?? []).map(
    (binding): PublishedPort => ({
      ip: binding.hostIp,
      port: binding.hostPort,
      target: binding.containerPort,
      protocol: binding.protocol,
      certainty: !binding.dynamic ? 'declared' : isChance ? 'one-of-several' : 'computed',
    }),
  )
}

function exposedPorts({ expose, sandbox }: Container): ExposedPort[] {
  const published = new Set((sandbox?.ports ?? []).map((p) => `${p.containerPort}/${p.protocol}`))
  return expose.flatMap((text): ExposedPort[] => {
    const port = parseExposed(text)
    const isPublished = port?.first === port?.last && published.has(`${port?.first}/${port?.protocol}`)
    return port === null || isPublished ? [] : [port]
  })
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

const NO_LINKS: ReadonlyMap<string, string> = new Map()

/** A link goes by its alias, by the container's own name, or by both where they are the same. */
function linksOf(host: HostState, texts: readonly string[], keys: Keys): ReadonlyMap<string, string> {
  if (texts.length === 0) return NO_LINKS
  const links = new Map<string, string>()
  for (const link of texts) {
    const [target = '', alias = target] = link.split(':')
    if (host.engine.container(target) === null) continue
    const key = keys.container(host.entry.name, target)
    links.set(alias, key)
    links.set(target, key)
  }
  return links
}

/**
 * `host-gateway` is the default bridge's own address.
 * @see moby `daemon/config/config.go: HostGatewayIP`, `opts/hosts.go: ValidateExtraHost`
 */
function extraHosts({ engine }: HostState, { names }: Container): PlanContainer['extraHosts'] {
  const bridge = [...engine.networks()].find((network) => network.predefined && network.driver === 'bridge')
  const gateway = bridge?.subnets.find((subnet) => subnet.family === 4)?.gateway
  return names.extraHosts.flatMap((text) => {
    const [, name = '', given = ''] = /^([^:=]+)[:=](.*)$/.exec(text) ?? []
    if (name === '') return []
    const address = given === 'host-gateway' ? addressText(gateway) : given.replace(/^\[(.*)\]$/, '$1')
    return [{ name, address, text }]
  })
}

function publishes({ ports, publishAll, expose }: Container): readonly ExposedPort[] {
  return [
    ...ports.map(({ target, protocol }) => ({ ...target, protocol })),
    ...(publishAll ? expose.flatMap((text) => parseExposed(text) ?? []) : []),
  ]
}

/** What a container exposes it is taken to listen on, and then on nothing else but what it publishes. */
function listens(container: Container): readonly ExposedPort[] | null {
  if (container.expose.length === 0) return null
  return [...container.expose.flatMap((text) => parseExposed(text) ?? []), ...publishes(container)]
}
