/** The values of a plan that prose may name. Each subject has properties; `''` means there is no such value here. */
import type { Plan, PlanContainer, PlanHost, PlanNetwork, PlanService } from '../plan/plan.ts'

export type Subject =
  | { readonly kind: 'network'; readonly network: PlanNetwork }
  | { readonly kind: 'container'; readonly container: PlanContainer; readonly network: string | null }
  | { readonly kind: 'endpoint'; readonly network: PlanNetwork; readonly endpoint: string }
  | { readonly kind: 'service'; readonly service: PlanService; readonly network: string | null }
  | { readonly kind: 'host'; readonly host: PlanHost }

/** A value, or why there is none. */
export type Value =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string; readonly hint: string | null }

const none = (reason: string, hint: string | null = null): Value => ({ ok: false, reason, hint })
const given = (text: string, reason: string, hint: string | null = null): Value =>
  text === '' ? none(reason, hint) : { ok: true, text }

export const PROPERTIES = {
  network: [
    'subnet',
    'subnet6',
    'subnets',
    'gateway',
    'gateway6',
    'ip-range',
    'vni',
    'driver',
    'scope',
    'name',
    'host',
    'device',
    'parent',
  ],
  container: [
    'ip',
    'ip6',
    'cidr',
    'cidr6',
    'mac',
    'gateway',
    'gateway6',
    'interface',
    'subnet',
    'port',
    'ports',
    'host',
    'hostname',
    'image',
    'state',
    'network',
    'route',
  ],
  endpoint: ['ip', 'ip6', 'cidr', 'cidr6', 'mac', 'host'],
  service: ['vip', 'port', 'ports', 'replicas', 'image', 'mode'],
  host: ['ip', 'address', 'interface', 'role'],
} as const satisfies Record<Subject['kind'], readonly string[]>

/** Subjects a name may mean, the likeliest first. */
export function subjectsOf(plan: Plan, name: string): readonly Subject[] {
  const found: Subject[] = []
  const network = plan.networks.get(name)
  if (network !== undefined) found.push({ kind: 'network', network })
  const container = plan.containers.get(name)
  if (container !== undefined) found.push({ kind: 'container', container, network: null })
  const service = plan.services.get(name)
  if (service !== undefined) found.push({ kind: 'service', service, network: null })
  const host = plan.hosts.find((one) => one.name === name)
  if (host !== undefined) found.push({ kind: 'host', host })
  for (let at = name.indexOf('@'); at > 0; at = name.indexOf('@', at + 1)) {
    const subject = name.slice(0, at)
    const where = name.slice(at + 1)
    const on = plan.networks.get(where)
    if (on === undefined) continue
    const joined = plan.containers.get(subject)
    if (joined !== undefined) found.push({ kind: 'container', container: joined, network: where })
    const balanced = plan.services.get(subject)
    if (balanced !== undefined) found.push({ kind: 'service', service: balanced, network: where })
    if (joined === undefined && on.endpoints.has(subject))
      found.push({ kind: 'endpoint', network: on, endpoint: subject })
  }
  return found
}

/** The value of a property; `null` when such a subject has no property of that name. */
export function propertyOf(plan: Plan, subject: Subject, property: string): Value | null {
  switch (subject.kind) {
    case 'network':
      return networkValue(subject.network, property)
    case 'container':
      return containerValue(plan, subject.container, subject.network, property)
    case 'endpoint':
      return endpointValue(subject.network, subject.endpoint, property)
    case 'service':
      return serviceValue(plan, subject.service, subject.network, property)
    case 'host':
      return hostValue(subject.host, property)
    default:
      return subject satisfies never
  }
}

const isV6 = (text: string): boolean => text.includes(':')
const address = (cidr: string): string => cidr.split('/')[0] ?? ''

function networkValue(network: PlanNetwork, property: string): Value | null {
  const { key } = network
  const at = (six: boolean): number => network.subnets.findIndex((subnet) => isV6(subnet) === six)
  const gateway = (six: boolean): string =>
    network.gateways.filter((one) => one !== '' && isV6(one) === six)[0] ?? ''
  switch (property) {
    case 'subnet':
      return given(network.subnets[at(false)] ?? network.subnets[0] ?? '', `network "${key}" has no subnet`)
    case 'subnet6':
      return given(network.subnets[at(true)] ?? '', `network "${key}" has no IPv6 subnet`)
    case 'subnets':
      return given(network.subnets.join(', '), `network "${key}" has no subnet`)
    case 'gateway':
      return given(gateway(false) === '' ? gateway(true) : gateway(false), `network "${key}" has no gateway`)
    case 'gateway6':
      return given(gateway(true), `network "${key}" has no IPv6 gateway`)
    case 'ip-range':
      return given(network.ipRanges.find((range) => range !== '') ?? '', `network "${key}" has no ip_range`)
    case 'vni':
      return given(network.vni.join(', '), `network "${key}" has no VNI: its driver is ${network.driver}`)
    case 'driver':
      return given(network.driver, '')
    case 'scope':
      return given(network.scope, '')
    case 'name':
      return given(network.name, '')
    case 'host':
      return given(network.host, `network "${key}" is not on one host alone`)
    case 'device': {
      const hint = 'Set the option com.docker.network.bridge.name.'
      return given(network.device, `the device of network "${key}" has a random name`, hint)
    }
    case 'parent':
      return given(network.parent, `network "${key}" has no parent interface`)
    default:
      return null
  }
}

function containerValue(
  plan: Plan,
  container: PlanContainer,
  network: string | null,
  property: string,
): Value | null {
  const { name } = container
  const perContainer = containerOnly(container, property)
  if (perContainer !== null) return perContainer
  if (!(PROPERTIES.container as readonly string[]).includes(property)) return null
  const on = network ?? soleNetwork(plan, container)
  if (typeof on === 'object') return on
  const attachment = container.endpoints.get(on)
  if (attachment === undefined) {
    const reason =
      container.state === 'running' ? `container "${name}" is not on network "${on}"` : notRunning(container)
    return none(reason)
  }
  switch (property) {
    case 'ip':
      return given(
        address(attachment.ipv4 === '' ? attachment.ipv6 : attachment.ipv4),
        `"${name}" has no address there`,
      )
    case 'ip6':
      return given(address(attachment.ipv6), `"${name}" has no IPv6 address on "${on}"`)
    case 'cidr':
      return given(
        attachment.ipv4 === '' ? attachment.ipv6 : attachment.ipv4,
        `"${name}" has no address there`,
      )
    case 'cidr6':
      return given(attachment.ipv6, `"${name}" has no IPv6 address on "${on}"`)
    case 'mac': {
      const hint = 'Give it one with mac_address, or use engine 27 or earlier.'
      return given(attachment.mac, `the MAC address of "${name}" is random, a new one at every start`, hint)
    }
    case 'gateway':
      return given(attachment.gateway, `"${name}" has no gateway on "${on}"`)
    case 'gateway6':
      return given(attachment.gateway6, `"${name}" has no IPv6 gateway on "${on}"`)
    case 'interface':
      return given(attachment.interface, `"${name}" has no interface on "${on}"`)
    case 'network':
      return given(on, '')
    default: {
      const joined = plan.networks.get(on)
      return joined === undefined ? null : networkValue(joined, property)
    }
  }
}

/** Values that do not depend on a network. */
function containerOnly(container: PlanContainer, property: string): Value | null {
  const { name } = container
  const published = container.ports.filter((port) => port.host !== '' && !port.host.startsWith('['))
  switch (property) {
    case 'port':
      return given(hostPort(published[0]?.host ?? ''), `container "${name}" publishes no port`)
    case 'ports':
      return given(
        published.map((port) => `${hostPort(port.host)}:${port.container.replace('/tcp', '')}`).join(', '),
        `container "${name}" publishes no port`,
      )
    case 'host':
      return given(container.host, '')
    case 'hostname':
      return given(container.hostname, `the host name of "${name}" is its random id`, 'Write hostname.')
    case 'image':
      return given(container.image, `container "${name}" has no image`)
    case 'state':
      return given(container.state, '')
    case 'route':
      return given(container.defaultRoute?.via ?? '', `container "${name}" has no default route`)
    default:
      return null
  }
}

function hostPort(host: string): string {
  return host.slice(host.lastIndexOf(':') + 1)
}

/** The one network of a container (docker_gwbridge aside), or why there is none. */
function soleNetwork(plan: Plan, container: PlanContainer): string | Value {
  const all = [...container.endpoints.keys()]
  const own = all.filter((key) => {
    const network = plan.networks.get(key)
    return network?.name !== 'docker_gwbridge' && network?.ingress !== true
  })
  const candidates = own.length > 0 ? own : all
  const [first, second] = candidates
  if (first === undefined) {
    return none(
      container.state === 'running'
        ? `container "${container.name}" is on no network`
        : notRunning(container),
    )
  }
  if (second === undefined) return first
  const hint = `Write ${candidates.map((key) => `${container.name}@${key}`).join(' or ')}.`
  return none(`container "${container.name}" is on several networks`, hint)
}

function notRunning(container: PlanContainer): string {
  return `container "${container.name}" is not running (${container.state}), so it has no address`
}

function endpointValue(network: PlanNetwork, name: string, property: string): Value | null {
  const endpoint = network.endpoints.get(name)
  if (endpoint === undefined) return null
  switch (property) {
    case 'ip':
      return given(
        address(endpoint.ipv4 === '' ? endpoint.ipv6 : endpoint.ipv4),
        `"${name}" has no address there`,
      )
    case 'ip6':
      return given(address(endpoint.ipv6), `"${name}" has no IPv6 address there`)
    case 'cidr':
      return given(endpoint.ipv4 === '' ? endpoint.ipv6 : endpoint.ipv4, `"${name}" has no address there`)
    case 'cidr6':
      return given(endpoint.ipv6, `"${name}" has no IPv6 address there`)
    case 'mac':
      return given(endpoint.mac, `the MAC address of "${name}" is random`)
    case 'host':
      return given(endpoint.host, '')
    default:
      return null
  }
}

function serviceValue(
  plan: Plan,
  service: PlanService,
  network: string | null,
  property: string,
): Value | null {
  const { name } = service
  switch (property) {
    case 'vip':
      return vipOf(plan, service, network)
    case 'port':
      return given(String(service.ports[0]?.published ?? ''), `service "${name}" publishes no port`)
    case 'ports':
      return given(
        service.ports.map((port) => `${port.published}:${port.target}`).join(', '),
        `service "${name}" publishes no port`,
      )
    case 'replicas':
      return given(String(service.tasks.length), '')
    case 'image':
      return given(service.image, `service "${name}" has no image`)
    case 'mode':
      return given(service.mode, '')
    default:
      return null
  }
}

function vipOf(plan: Plan, service: PlanService, network: string | null): Value {
  const { name } = service
  if (network !== null)
    return given(address(service.vips.get(network) ?? ''), `service "${name}" has no VIP on "${network}"`)
  const own = [...service.vips].filter(([key]) => plan.networks.get(key)?.ingress !== true)
  const vips = own.length > 0 ? own : [...service.vips]
  const [first, second] = vips
  if (first === undefined) {
    return none(`service "${name}" has no VIP: its endpoint mode is ${service.endpointMode}`)
  }
  if (second === undefined) return { ok: true, text: address(first[1]) }
  const hint = `Write ${vips.map(([key]) => `${name}@${key}.vip`).join(' or ')}.`
  return none(`service "${name}" has several VIPs`, hint)
}

function hostValue(host: PlanHost, property: string): Value | null {
  switch (property) {
    case 'ip':
      return given(
        address(host.address),
        `host "${host.name}" has no address`,
        'Write its address under hosts.',
      )
    case 'address':
      return given(host.address, `host "${host.name}" has no address`, 'Write its address under hosts.')
    case 'interface':
      return given(host.interface, '')
    case 'role':
      return given(host.role, `host "${host.name}" is in no swarm`)
    default:
      return null
  }
}
