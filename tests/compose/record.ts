/** What two readers of one project are compared by: services and networks in full, as plain data. */
import { activeProject } from '../../src/plan/project/check.ts'
import { attachmentsOf } from '../../src/plan/project/request.ts'
import type { PortEntry, ServiceEntry, Topology } from '../../src/topology/topology.ts'
import type { ComposeModel, ComposePort, ComposeService } from './oracle.ts'

export interface ProjectRecord {
  readonly services: Readonly<Record<string, object>>
  readonly networks: Readonly<Record<string, object>>
}

const sorted = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))

/** What compose read. Networks that nobody joins are left out, as it leaves them out itself. */
export function recordOfCompose(model: ComposeModel): ProjectRecord {
  const used = new Set(Object.values(model.services ?? {}).flatMap((one) => Object.keys(one.networks ?? {})))
  return {
    services: sorted(Object.entries(model.services ?? {}).map(([key, one]) => [key, serviceOfCompose(one)])),
    networks: sorted(
      Object.entries(model.networks ?? {})
        .filter(([key]) => used.has(key))
        .map(([key, one]) => [
          key,
          {
            name: one.name ?? '',
            external: one.external === true,
            driver: one.driver ?? '',
            options: sorted(
              Object.entries(one.driver_opts ?? {}).map(([name, value]) => [name, String(value)]),
            ),
            internal: one.internal === true,
            attachable: one.attachable === true,
            ipv4: one.enable_ipv4 ?? null,
            ipv6: one.enable_ipv6 ?? null,
            ipamDriver: one.ipam?.driver ?? '',
            ipam: (one.ipam?.config ?? []).map((item) => ({
              subnet: item.subnet ?? '',
              range: item.ip_range ?? '',
              gateway: item.gateway ?? '',
              aux: sorted(Object.entries(item.aux_addresses ?? {})),
            })),
          },
        ]),
    ),
  }
}

function serviceOfCompose(one: ComposeService): object {
  return {
    container: one.container_name ?? '',
    hostname: one.hostname ?? '',
    mac: one.mac_address ?? '',
    mode: one.network_mode ?? '',
    networks: sorted(
      Object.entries(one.networks ?? {}).map(([key, attachment]) => [
        key,
        {
          ipv4: attachment?.ipv4_address ?? '',
          ipv6: attachment?.ipv6_address ?? '',
          mac: attachment?.mac_address ?? '',
          aliases: attachment?.aliases ?? [],
          linkLocal: attachment?.link_local_ips ?? [],
          priority: attachment?.priority ?? 0,
          gateway: attachment?.gw_priority ?? 0,
          interface: attachment?.interface_name ?? '',
        },
      ]),
    ),
    ports: (one.ports ?? []).map(portOfCompose),
    expose: one.expose ?? [],
    dependsOn: sorted(
      Object.entries(one.depends_on ?? {}).map(([key, { required }]) => [key, required !== false]),
    ),
    links: one.links ?? [],
    profiles: one.profiles ?? [],
    replicas: one.scale ?? one.deploy?.replicas ?? 1,
    deploy: one.deploy?.mode ?? 'replicated',
    endpoint: one.deploy?.endpoint_mode ?? 'vip',
    constraints: one.deploy?.placement?.constraints ?? [],
  }
}

const portOfCompose = (port: ComposePort): string =>
  `${port.host_ip ?? ''} ${port.published ?? ''} ${port.target} ${port.protocol ?? 'tcp'} ${port.mode ?? 'ingress'}`

/** What we read. @param name What compose calls the project when nothing gives it a name. */
export function recordOfTopology(whole: Topology, name: string): ProjectRecord {
  const topology = activeProject(whole, whole.profiles, [])
  const project = { name: topology.name?.value ?? name, version: 2 as const }
  const services = [...topology.services.values()]
  const used = new Set(services.flatMap((one) => attachmentsOf(one).map(({ network }) => network)))
  return {
    services: sorted(services.map((one) => [one.key, serviceOf(one)])),
    networks: sorted(
      [...used].map((key) => {
        const entry = topology.networks.get(key)
        return [
          key,
          {
            name: entry?.name?.value ?? (entry?.external === true ? key : `${project.name}_${key}`),
            external: entry?.external ?? false,
            driver: entry?.driver?.value ?? '',
            options: sorted([...(entry?.driverOpts ?? [])].map(([option, { value }]) => [option, value])),
            internal: entry?.internal ?? false,
            attachable: entry?.attachable ?? false,
            ipv4: entry?.enableIpv4 ?? null,
            ipv6: entry?.enableIpv6 ?? null,
            ipamDriver: entry?.ipamDriver?.value ?? '',
            ipam: (entry?.ipam ?? []).map((item) => ({
              subnet: item.subnet?.value ?? '',
              range: item.ipRange?.value ?? '',
              gateway: item.gateway?.value ?? '',
              aux: sorted([...item.auxAddresses].map(([host, { value }]) => [host, value])),
            })),
          },
        ]
      }),
    ),
  }
}

function serviceOf(one: ServiceEntry): object {
  const dependsOn = new Map(one.dependsOn.map(({ value, required }) => [value, required]))
  for (const { value } of one.links) {
    const parts = value.split(':')
    const target = parts.length === 2 ? (parts[0] ?? '') : value
    if (!dependsOn.has(target)) dependsOn.set(target, true)
  }
  const mode = one.networkMode?.value ?? ''
  if (mode.startsWith('service:')) {
    const target = mode.slice('service:'.length)
    if (!dependsOn.has(target)) dependsOn.set(target, true)
  }
  return {
    container: one.containerName?.value ?? '',
    hostname: one.hostname?.value ?? '',
    mac: one.macAddress?.value ?? '',
    mode,
    networks: sorted(
      attachmentsOf(one).map((attachment) => [
        attachment.network,
        {
          ipv4: attachment.ipv4Address?.value ?? '',
          ipv6: attachment.ipv6Address?.value ?? '',
          mac: attachment.macAddress?.value ?? '',
          aliases: attachment.aliases.map(({ value }) => value),
          linkLocal: attachment.linkLocalIps.map(({ value }) => value),
          priority: attachment.priority,
          gateway: attachment.gwPriority ?? 0,
          interface: attachment.interfaceName?.value ?? '',
        },
      ]),
    ),
    ports: one.ports.flatMap(portsOf),
    expose: one.expose.map(({ value }) => value),
    dependsOn: sorted(dependsOn),
    links: one.links.map(({ value }) => value),
    profiles: one.profiles.map(({ value }) => value),
    replicas: one.replicas?.value ?? 1,
    deploy: one.mode,
    endpoint: one.endpointMode,
    constraints: one.constraints.map(({ value }) => value),
  }
}

/** A range as compose prints it: each port of its own, or one from a range. */
function portsOf({ hostIp, published, target, protocol, mode }: PortEntry): string[] {
  const count = target.last - target.first + 1
  return Array.from({ length: count }, (_, i) => {
    const outside =
      published === null
        ? ''
        : published.first === published.last && count === 1
          ? String(published.first)
          : published.last - published.first + 1 === count
            ? String(published.first + i)
            : `${published.first}-${published.last}`
    return `${hostIp} ${outside} ${target.first + i} ${protocol} ${mode}`
  })
}

/** Without what says nothing: empty texts, lists and maps, `null` and `false`. For recordings that are kept. */
export function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .map(([key, inner]): [string, unknown] => [key, compact(inner)])
    .filter(([, inner]) => inner !== '' && inner !== null && inner !== false && inner !== 0)
    .filter(([, inner]) => typeof inner !== 'object' || Object.keys(inner ?? {}).length > 0)
  return Object.fromEntries(kept)
}
