import type { Refusal } from '../../engine/operation.ts'
import { refuse } from '../../engine/refusal.ts'
import type { Span } from '../../problem/problem.ts'
import { say } from '../../problem/say.ts'
import type { Rules } from '../../rules/index.ts'
import type { AttachmentEntry, ServiceEntry, Topology } from '../../topology/topology.ts'
import { type Dependencies, orderServices } from './dependency.ts'
import { DEFAULT_NETWORK } from './project.ts'
import { attachmentsOf } from './request.ts'

/** Most refusals of a kind that are told. */
export const MOST_REFUSALS = 50

const INVALID = ': invalid compose project'

/**
 * What compose finds wrong with a project before it asks the engine for anything.
 *
 * @param version 1 for docker-compose, whose wording differs.
 * @param known all services of the project, those of profiles that are not active included.
 * @see compose-go `loader/validate.go: checkConsistency`, `validation/`, `graph/`; docker-compose 1.29 `config/`
 */
export function checkProject(
  topology: Topology,
  version: 1 | 2,
  known: Topology['services'] = topology.services,
): Refusal | Dependencies {
  for (const service of topology.services.values()) {
    const found = checkNames(service, version, topology.rules)
    if (found !== null) return found
  }
  const [first, ...others] = [...topology.services.values()].flatMap((service) =>
    checkReferences(topology, service, version, known),
  )
  if (first !== undefined) return { ...first, also: others.slice(0, MOST_REFUSALS) }
  const ordered = orderServices(topology.services)
  if (ordered.ok) return ordered.dependencies
  const span = placeOfNeed(topology.services.get(ordered.cycle[0] ?? ''), ordered.cycle[1] ?? '')
  const ring = ordered.cycle.join(' -> ')
  const message =
    version === 1
      ? `Circular dependency between ${ordered.cycle.slice(0, 2).join(' and ')}`
      : `dependency cycle detected: ${ring}`
  return refuse('DEPENDENCY_CYCLE', message, { at: span })
}

/** Where a service says that it waits for another. */
function placeOfNeed(service: ServiceEntry | undefined, needed: string): Span | undefined {
  const needs = [...(service?.dependsOn ?? []), ...(service?.links ?? [])]
  const named = needs.find(({ value }) => value.split(':')[0] === needed)
  return named?.span ?? service?.networkMode?.span ?? service?.span
}

/**
 * The project without the services whose profiles are neither active nor asked for by name.
 * @see compose-go `types/project.go: WithProfiles, WithServicesEnabled`
 */
export function activeProject(
  topology: Topology,
  profiles: readonly string[],
  named: readonly string[],
): Topology {
  const isActive = (service: ServiceEntry): boolean =>
    service.profiles.length === 0 ||
    named.includes(service.key) ||
    service.profiles.some(({ value }) => profiles.includes(value) || profiles.includes('*'))
  const services = [...topology.services].filter(([, service]) => isActive(service))
  return services.length === topology.services.size ? topology : { ...topology, services: new Map(services) }
}

/**
 * The project with an empty `network_mode:` as compose makes it come out: the default network where the project has
 * one, the default bridge where it has others, else none.
 * @see docker/compose `pkg/compose/create.go: defaultNetworkSettings`
 */
export function withoutEmptyModes(topology: Topology): Topology {
  const isEmpty = ({ networkMode }: ServiceEntry): boolean => networkMode?.value === ''
  const services = [...topology.services.values()]
  if (!services.some(isEmpty)) return topology
  const used = new Set(services.flatMap((service) => attachmentsOf(service).map(({ network }) => network)))
  const meant = used.has(DEFAULT_NETWORK) ? null : used.size > 0 ? 'bridge' : 'none'
  const settled = services.map((service) => {
    if (service.networkMode === null || !isEmpty(service)) return service
    return { ...service, networkMode: meant === null ? null : { ...service.networkMode, value: meant } }
  })
  return { ...topology, services: new Map(settled.map((service) => [service.key, service])) }
}

function checkNames(service: ServiceEntry, version: 1 | 2, rules: Rules): Refusal | null {
  const { key, containerName } = service
  if (!/^[a-zA-Z0-9._-]+$/.test(key)) {
    const message =
      version === 1
        ? `Invalid service name '${key}' - only [a-zA-Z0-9\\._\\-] characters are allowed`
        : rules.say.additionalKey('services', key)
    return refuse('INVALID_NAME', message, { at: service.span })
  }
  if (version === 1 || containerName === null) return null
  const name = containerName.value
  if (rules.checksContainerName && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    const message = `services.${key}.container_name '${name}' does not match pattern '[a-zA-Z0-9][a-zA-Z0-9_.-]+'`
    return refuse('INVALID_NAME', message, { at: containerName.span })
  }
  if ((service.replicas?.value ?? 1) <= 1) return null
  const message = `services.deploy.replicas: can't set container_name and ${key} as container name must be unique${INVALID}`
  return { ...refuse('NAME_IN_USE', message, { at: containerName.span }), hint: ONE_NAME }
}

/** Several containers cannot have one name. */
export const ONE_NAME = say`Delete "container_name:", or ask for one container.`

/** Networks that a service names and the file does not declare. The default one needs no word. */
export function undefinedNetworks({ networks }: Topology, service: ServiceEntry): readonly AttachmentEntry[] {
  return [...(service.networks?.values() ?? [])].filter(
    ({ network }) => network !== DEFAULT_NETWORK && !networks.has(network),
  )
}

function checkReferences(
  topology: Topology,
  service: ServiceEntry,
  version: 1 | 2,
  known: Topology['services'],
): readonly Refusal[] {
  const found: Refusal[] = []
  const { key, networks, networkMode } = service
  if (networks !== null && networks.size > 0 && networkMode !== null) {
    const message =
      version === 1
        ? "'network_mode' and 'networks' cannot be combined"
        : `service ${key} declares mutually exclusive \`network_mode\` and \`networks\`${INVALID}`
    found.push(refuse('CONFLICTING_OPTIONS', message, { at: networkMode.span }))
  }
  for (const attachment of undefinedNetworks(topology, service)) {
    const message =
      version === 1
        ? `Service "${key}" uses an undefined network "${attachment.network}"`
        : `service "${key}" refers to undefined network ${attachment.network}${INVALID}`
    found.push(refuse('UNDEFINED_NETWORK', message, { at: attachment.span, name: attachment.network }))
  }
  const mode = networkMode?.value ?? ''
  if (networkMode !== null && mode.startsWith('service:')) {
    const target = mode.slice('service:'.length)
    if (!topology.services.has(target)) {
      const message =
        version === 1
          ? `Service '${key}' uses the network stack of service '${target}' which is undefined.`
          : `service "${key}" depends on undefined service "${target}"${INVALID}`
      found.push(refuse('UNDEFINED_SERVICE', message, { at: networkMode.span, name: target }))
    }
  }
  // One that is not required may be left out for its profile; it has to be there all the same.
  const needed = service.dependsOn.filter(({ value, required }) => required || !known.has(value))
  for (const { value, span } of [...needed, ...service.links]) {
    const target = value.split(':')[0] ?? ''
    if (topology.services.has(target)) continue
    const message =
      version === 1
        ? `Service '${key}' depends on service '${target}' which is undefined.`
        : `service "${key}" depends on undefined service "${target}"${INVALID}`
    found.push(refuse('UNDEFINED_SERVICE', message, { at: span, name: target }))
  }
  return found
}
