/** A model as compose.yaml. */
import { stringify } from 'yaml'
import { addressText, formatAddress, formatCidr, formatSocket } from '../net/index.ts'
import type { ExposedPort, Plan, PlanContainer, PlanNetwork, PublishedPort } from '../plan/plan.ts'
import type {
  AttachmentEntry,
  Dependency,
  NetworkEntry,
  PortEntry,
  ServiceEntry,
  Topology,
} from '../topology/topology.ts'

/** A YAML value; maps keep the author's own keys harmless. */
type Yaml = string | number | boolean | readonly Yaml[] | ReadonlyMap<string, Yaml>

/**
 * With `services:`, what the author wrote of networks and services, in short forms and without comments.
 * From `commands:` alone, the running containers with every subnet and address written out, since compose would
 * start them in another order.
 */
export function composeFile(plan: Plan, topology: Topology): string {
  const model = topology.services.size > 0 ? fromTopology(topology) : fromPlan(plan)
  return stringify(model, { lineWidth: 0 }).trimEnd()
}

function map(...pairs: readonly (readonly [string, Yaml | null])[]): ReadonlyMap<string, Yaml> {
  return new Map(pairs.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])))
}

const nonEmpty = (list: readonly Yaml[]): Yaml | null => (list.length === 0 ? null : list)
const orNull = (text: string): Yaml | null => (text === '' ? null : text)

function fromTopology(topology: Topology): Yaml {
  const services = new Map(
    [...topology.services].map(([key, service]) => [key, serviceOf(service, topology)]),
  )
  const networks = new Map([...topology.networks].map(([key, network]) => [key, networkOf(network)]))
  return map(
    ['name', topology.name?.value ?? null],
    ['services', services],
    ['networks', networks.size === 0 ? null : networks],
  )
}

/** With settings only where one of them changes what is started. */
function dependsOn(all: readonly Dependency[]): Yaml | null {
  if (all.every(({ ended, required }) => !ended && required))
    return nonEmpty([...new Set(all.map(({ value }) => value))])
  return map(
    ...all.map(({ value, ended, required }): [string, Yaml] => [
      value,
      map(
        ['condition', ended ? 'service_completed_successfully' : 'service_started'],
        ['required', required ? null : false],
      ),
    ]),
  )
}

function serviceOf(service: ServiceEntry, { services }: Topology): Yaml {
  const deploy = map(
    ['mode', service.mode === 'replicated' ? null : service.mode],
    ['replicas', service.replicas?.value ?? null],
    ['endpoint_mode', service.endpointMode === 'dnsrr' ? 'dnsrr' : null],
    [
      'placement',
      service.constraints.length === 0 ? null : map(['constraints', service.constraints.map((c) => c.value)]),
    ],
  )
  const waitsFor = service.dependsOn.filter(({ value, required }) => required || services.has(value))
  return map(
    ['image', service.image],
    ['container_name', service.containerName?.value ?? null],
    ['hostname', service.hostname?.value ?? null],
    ['network_mode', service.networkMode?.value ?? null],
    ['networks', service.networks === null ? null : attachmentsOf(service.networks)],
    ['mac_address', service.macAddress?.value ?? null],
    ['ports', nonEmpty(service.ports.map(portOf))],
    ['expose', nonEmpty(service.expose.map((port) => port.value))],
    ['depends_on', dependsOn(waitsFor)],
    ['profiles', nonEmpty(service.profiles.map((profile) => profile.value))],
    ['links', nonEmpty(service.links.map((link) => link.value))],
    ['extra_hosts', nonEmpty(service.extraHosts.map((one) => one.value))],
    ['dns', nonEmpty(service.dns.map((one) => one.value))],
    ['dns_search', nonEmpty(service.dnsSearch.map((one) => one.value))],
    ['dns_opt', nonEmpty(service.dnsOptions.map((one) => one.value))],
    ['deploy', deploy.size === 0 ? null : deploy],
  )
}

function attachmentsOf(networks: ReadonlyMap<string, AttachmentEntry>): Yaml {
  const settings = [...networks].map(([key, one]) => [key, attachmentOf(one)] as const)
  if (settings.every(([, setting]) => setting.size === 0)) return settings.map(([key]) => key)
  return new Map(settings)
}

function attachmentOf(one: AttachmentEntry): ReadonlyMap<string, Yaml> {
  return map(
    ['ipv4_address', one.ipv4Address?.value ?? null],
    ['ipv6_address', one.ipv6Address?.value ?? null],
    ['mac_address', one.macAddress?.value ?? null],
    ['aliases', nonEmpty(one.aliases.map((alias) => alias.value))],
    ['link_local_ips', nonEmpty(one.linkLocalIps.map((ip) => ip.value))],
    ['priority', one.priority === 0 ? null : one.priority],
    ['gw_priority', one.gwPriority],
    ['interface_name', one.interfaceName?.value ?? null],
  )
}

function portOf(port: PortEntry): Yaml {
  const range = ({ first, last }: { first: number; last: number }): string =>
    first === last ? String(first) : `${first}-${last}`
  if (port.mode === 'host') {
    return map(
      ['target', port.target.first],
      ['published', port.published === null ? null : range(port.published)],
      ['protocol', port.protocol === 'tcp' ? null : port.protocol],
      ['host_ip', orNull(port.hostIp)],
      ['mode', 'host'],
    )
  }
  const ip = port.hostIp === '' ? '' : `${port.hostIp.includes(':') ? `[${port.hostIp}]` : port.hostIp}:`
  const published = port.published === null ? (ip === '' ? '' : ':') : `${range(port.published)}:`
  return `${ip}${published}${range(port.target)}${port.protocol === 'tcp' ? '' : `/${port.protocol}`}`
}

function networkOf(network: NetworkEntry): Yaml {
  const config = network.ipam.map((one) =>
    map(
      ['subnet', one.subnet?.value ?? null],
      ['ip_range', one.ipRange?.value ?? null],
      ['gateway', one.gateway?.value ?? null],
      ['aux_addresses', one.auxAddresses.size === 0 ? null : texts(one.auxAddresses)],
    ),
  )
  return map(
    ['name', network.name?.value ?? null],
    ['external', network.external ? true : null],
    ['driver', network.driver?.value ?? null],
    ['driver_opts', network.driverOpts.size === 0 ? null : texts(network.driverOpts)],
    ['internal', network.internal ? true : null],
    ['attachable', network.attachable ? true : null],
    ['enable_ipv4', network.enableIpv4],
    ['enable_ipv6', network.enableIpv6],
    ['ipam', config.length === 0 ? null : map(['config', config])],
  )
}

function texts(entries: ReadonlyMap<string, { readonly value: string }>): Yaml {
  return new Map([...entries].map(([key, { value }]) => [key, value]))
}

function fromPlan(plan: Plan): Yaml {
  const containers = [...plan.containers.values()].filter(
    (container) => container.service === '' || !plan.swarm,
  )
  const used = new Set(containers.flatMap((container) => [...container.endpoints.keys()]))
  const own = [...plan.networks.values()].filter(
    (network) =>
      used.has(network.key) && !['bridge', 'host', 'none', 'docker_gwbridge'].includes(network.name),
  )
  return map(
    [
      'services',
      new Map(
        containers.map((container) => [container.name, pinnedService(plan, container, waitsFor(containers))]),
      ),
    ],
    [
      'networks',
      own.length === 0 ? null : new Map(own.map((network) => [network.key, pinnedNetwork(network)])),
    ],
  )
}

/**
 * Nothing pins an address of the default bridge but the order of starting: each container waits for the one before it
 * there, and for those it has links to.
 */
function waitsFor(containers: readonly PlanContainer[]): ReadonlyMap<string, readonly string[]> {
  const onDefault = containers
    .filter(({ endpoints }) => endpoints.has('bridge'))
    .sort((a, b) => (valueOn(a) < valueOn(b) ? -1 : 1))
  const names = new Set(containers.map(({ name }) => name))
  return new Map(
    containers.map((container) => {
      const before = onDefault[onDefault.indexOf(container) - 1]
      const linked = [...container.links.values()].filter((name) => names.has(name))
      return [container.name, [...new Set([...(before === undefined ? [] : [before.name]), ...linked])]]
    }),
  )
}

const valueOn = ({ endpoints }: PlanContainer): bigint => endpoints.get('bridge')?.ipv4?.address.value ?? 0n

function pinnedService(
  plan: Plan,
  container: PlanContainer,
  order: ReadonlyMap<string, readonly string[]>,
): Yaml {
  const endpoints = [...container.endpoints].filter(
    ([key]) => plan.networks.get(key)?.name !== 'docker_gwbridge',
  )
  const onDefault = endpoints.some(([key]) => plan.networks.get(key)?.name === 'bridge')
  const mode =
    container.mode === 'container'
      ? // The sandbox of one that is gone is on no network.
        container.sharedWith === ''
        ? 'none'
        : `service:${container.sharedWith}`
      : container.mode === 'networks'
        ? onDefault && endpoints.length === 1
          ? 'bridge'
          : null
        : container.mode
  const published = container.ports.filter(({ ip }) => ip.family === 4 || ip.value !== 0n)
  const networks = new Map(
    endpoints
      .filter(([key]) => plan.networks.get(key)?.name !== 'bridge')
      .map(([key, attachment]) => [
        key,
        map(
          ['ipv4_address', orNull(addressText(attachment.ipv4?.address))],
          ['ipv6_address', orNull(addressText(attachment.ipv6?.address))],
          ['aliases', nonEmpty(attachment.aliases.filter((alias) => alias !== container.name))],
        ),
      ]),
  )
  return map(
    ['image', container.image],
    ['container_name', container.name],
    ['hostname', orNull(container.hostname)],
    ['network_mode', mode],
    ['networks', networks.size === 0 || mode !== null ? null : networks],
    ['ports', nonEmpty(published.map(portText))],
    ['expose', nonEmpty(container.exposed.map(exposedText))],
    ['depends_on', nonEmpty(order.get(container.name) ?? [])],
    // Up starts what no profile keeps back, and this one holds no address.
    ['profiles', container.state === 'running' ? null : [container.state]],
    ['links', nonEmpty(linkTexts(container))],
    ['extra_hosts', nonEmpty(container.extraHosts.map(({ name, address }) => `${name}:${address}`))],
    ['dns', nonEmpty(container.dnsSettings.servers)],
    ['dns_search', nonEmpty(container.dnsSettings.search)],
    ['dns_opt', nonEmpty(container.dnsSettings.options)],
  )
}

/** A link is in the plan by its alias and by the container's own name. */
function linkTexts({ links }: PlanContainer): readonly string[] {
  return [...links].flatMap(([alias, name]) => {
    const isOwn = alias === name
    const hasAlias = [...links].some(([other, one]) => one === name && other !== name)
    return isOwn ? (hasAlias ? [] : [name]) : [`${name}:${alias}`]
  })
}

function exposedText({ first, last, protocol }: ExposedPort): string {
  return `${first === last ? first : `${first}-${last}`}${protocol === 'tcp' ? '' : `/${protocol}`}`
}

function portText({ ip, port, target, protocol }: PublishedPort): string {
  const host = ip.value === 0n ? String(port) : formatSocket(ip, port)
  return `${host}:${target}${protocol === 'tcp' ? '' : `/${protocol}`}`
}

function pinnedNetwork(network: PlanNetwork): Yaml {
  const config = network.subnets.map((subnet) =>
    map(
      ['subnet', formatCidr(subnet)],
      ['ip_range', orNull(formatCidr(subnet.range))],
      ['gateway', orNull(addressText(subnet.gateway))],
      [
        'aux_addresses',
        subnet.aux.size === 0 ? null : new Map([...subnet.aux].map(([k, v]) => [k, formatAddress(v)])),
      ],
    ),
  )
  return map(
    ['name', network.name],
    ['driver', network.driver === 'bridge' ? null : network.driver],
    ['driver_opts', network.options.size === 0 ? null : new Map([...network.options])],
    ['internal', network.internal ? true : null],
    ['attachable', network.attachable ? true : null],
    ['enable_ipv6', network.ipv6 ? true : null],
    ['ipam', config.length === 0 ? null : map(['config', config])],
  )
}
