import {
  type ContainerCreate,
  type EndpointRequest,
  type Labels,
  type NetworkCreate,
  NO_WISHES,
  PLAIN_NETWORK,
} from '../../engine/operation.ts'
import type { AttachmentEntry, NetworkEntry, ServiceEntry, Topology } from '../../topology/topology.ts'
import { containerName, DEFAULT_NETWORK, networkName, type Project, projectLabel } from './project.ts'

/** Networks of the block a service is on, by key, primary first: highest `priority`, then name. */
export function attachmentsOf(service: ServiceEntry): readonly AttachmentEntry[] {
  if (service.networkMode !== null || service.provided) return []
  if (service.networks === null || service.networks.size === 0) {
    return [
      {
        network: DEFAULT_NETWORK,
        span: service.span,
        ipv4Address: null,
        ipv6Address: null,
        macAddress: null,
        aliases: [],
        linkLocalIps: [],
        priority: 0,
        gwPriority: null,
        interfaceName: null,
      },
    ]
  }
  // docker/compose `pkg/compose/create.go` by compose-go `types: NetworksByPriority`.
  return [...service.networks.values()].sort(
    (a, b) => b.priority - a.priority || (a.network < b.network ? -1 : a.network > b.network ? 1 : 0),
  )
}

export function networkRequest(
  name: string,
  entry: NetworkEntry | undefined,
  project: Project,
): NetworkCreate {
  const made = writtenNetwork(entry)
  return {
    ...made,
    name,
    // docker-compose 1 makes all of its networks attachable.
    attachable: project.version === 1 || made.attachable,
    labels: new Map([
      ...(entry?.labels ?? []),
      ...projectLabels(project, entry?.key ?? DEFAULT_NETWORK, 'network'),
    ]),
  }
}

/** What a file says of a network, whoever makes it: `docker compose up` or `docker stack deploy`. */
export function writtenNetwork(entry: NetworkEntry | undefined): NetworkCreate {
  return {
    ...PLAIN_NETWORK,
    driver: entry?.driver?.value ?? 'bridge',
    subnets: (entry?.ipam ?? [])
      .filter((i) => i.subnet !== null || i.ipRange !== null || i.gateway !== null)
      .map((i) => ({
        subnet: i.subnet?.value ?? '',
        ipRange: i.ipRange?.value ?? '',
        gateway: i.gateway?.value ?? '',
        auxAddresses: new Map([...i.auxAddresses].map(([key, { value }]) => [key, value])),
        origins: {
          subnet: i.subnet?.span,
          ipRange: i.ipRange?.span,
          gateway: i.gateway?.span,
          auxAddresses: new Map([...i.auxAddresses].map(([key, { span }]) => [key, span])),
        },
      })),
    internal: entry?.internal ?? false,
    attachable: entry?.attachable ?? false,
    ipv4: entry?.enableIpv4 ?? null,
    ipv6: entry?.enableIpv6 ?? null,
    options: new Map([...(entry?.driverOpts ?? [])].map(([key, { value }]) => [key, value])),
    labels: entry?.labels ?? new Map(),
    origins: {
      name: entry?.name?.span ?? entry?.span,
      driver: entry?.driver?.span,
      options: new Map([...(entry?.driverOpts ?? [])].map(([key, { span }]) => [key, span])),
    },
  }
}

/** @see docker/compose `pkg/api/labels.go` */
function projectLabels(project: Project, key: string, kind: 'service' | 'network'): Labels {
  return new Map([
    ['com.docker.compose.project', projectLabel(project)],
    [`com.docker.compose.${kind}`, key],
  ])
}

/** @param dependsOn names of the containers it waits for. */
export function containerRequest(
  topology: Topology,
  project: Project,
  service: ServiceEntry,
  number: number,
  replicas: number,
  dependsOn: readonly string[],
): ContainerCreate {
  const name = containerName(project, service, number, replicas)
  const endpoints = attachmentsOf(service).map((attachment) =>
    endpointRequest(topology, project, service, attachment, name),
  )
  const mode = networkModeOf(topology, project, service)
  const bare = mode === 'host' || mode === 'none' || mode.startsWith('container:')
  return {
    op: 'container-create',
    start: false,
    name,
    image: service.image ?? '',
    hostname: service.hostname?.value ?? '',
    networkMode: endpoints[0]?.network ?? mode,
    endpoints:
      endpoints.length > 0 || bare
        ? endpoints
        : [{ ...NO_WISHES, network: mode, origins: { network: service.networkMode?.span } }],
    ports: service.ports.map(({ hostIp, published, target, protocol, span }) => ({
      hostIp,
      published,
      target,
      protocol,
      origin: span,
    })),
    publishAll: false,
    expose: service.expose.map((e) => e.value),
    // Links of a project are names on each of its networks.
    links: [],
    names: {
      extraHosts: service.extraHosts.map((e) => e.value),
      dns: service.dns.map((e) => e.value),
      dnsSearch: service.dnsSearch.map((e) => e.value),
      dnsOptions: service.dnsOptions.map((e) => e.value),
    },
    mac: service.macAddress?.value ?? '',
    labels: new Map([...service.labels, ...projectLabels(project, service.key, 'service')]),
    autoRemove: false,
    restart: service.restart,
    foreground: false,
    compose: {
      project: projectLabel(project),
      service: service.key,
      number,
      form: topology.written.services.get(service.key),
    },
    dependsOn,
    origins: {
      name: service.containerName?.span ?? service.span,
      hostname: service.hostname?.span,
      networkMode: service.networkMode?.span,
      expose: service.expose.map(({ span }) => span),
      mac: service.macAddress?.span,
    },
  }
}

function endpointRequest(
  topology: Topology,
  project: Project,
  service: ServiceEntry,
  attachment: AttachmentEntry,
  container: string,
): EndpointRequest {
  return {
    network: networkName(project, attachment.network, topology.networks.get(attachment.network)),
    ipv4: attachment.ipv4Address?.value ?? '',
    ipv6: attachment.ipv6Address?.value ?? '',
    mac: attachment.macAddress?.value ?? '',
    aliases: [container, service.key, ...attachment.aliases.map((a) => a.value)],
    linkLocalIps: attachment.linkLocalIps.map((l) => l.value),
    gwPriority: attachment.gwPriority ?? 0,
    interfaceName: attachment.interfaceName?.value ?? '',
    links: service.links.flatMap(({ value }) => linkOf(topology, project, value)),
    origins: {
      network: attachment.span,
      ipv4: attachment.ipv4Address?.span,
      ipv6: attachment.ipv6Address?.span,
      mac: attachment.macAddress?.span,
      aliases: [service.span, service.span, ...attachment.aliases.map(({ span }) => span)],
      linkLocalIps: attachment.linkLocalIps.map(({ span }) => span),
      interfaceName: attachment.interfaceName?.span,
    },
  }
}

/** `SERVICE:ALIAS` with the name of the service's first container. @see compose `pkg/compose/convergence.go: getLinks` */
function linkOf(topology: Topology, project: Project, link: string): readonly string[] {
  const [key = '', alias = key] = link.split(':')
  const target = topology.services.get(key)
  if (target === undefined) return []
  const name = containerName(project, target, 1, target.replicas?.value ?? 1)
  return alias === name ? [name] : [`${name}:${alias}`]
}

/** `service:X` is the first container of X. */
function networkModeOf(topology: Topology, project: Project, service: ServiceEntry): string {
  const mode = service.networkMode?.value ?? ''
  if (!mode.startsWith('service:')) return mode === 'default' ? 'bridge' : mode
  const target = topology.services.get(mode.slice('service:'.length))
  if (target === undefined) return mode
  return `container:${containerName(project, target, 1, target.replicas?.value ?? 1)}`
}
