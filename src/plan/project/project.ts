import type { NetworkEntry, ServiceEntry } from '../../topology/topology.ts'

/** How a compose project calls what it makes. */
export interface Project {
  /** `null`: the author gave none, so services and networks keep their own names. */
  readonly name: string | null
  /** 1 for docker-compose. */
  readonly version: 1 | 2
}

/** Key of the network a service without `networks:` is on. */
export const DEFAULT_NETWORK = 'default'

/** Names the engine has networks under already; a project without a name must keep clear of them. */
const ENGINE_NETWORKS = ['bridge', 'host', 'none']

export function networkName(project: Project, key: string, entry: NetworkEntry | undefined): string {
  if (entry?.name !== null && entry !== undefined) return entry.name.value
  if (entry?.external === true) return key
  if (project.name !== null) return `${project.name}_${key}`
  return ENGINE_NETWORKS.includes(key) ? `compose_${key}` : key
}

/**
 * @param number from 1.
 * @param replicas how many the service has; a single one of a project without a name is called like the service.
 */
export function containerName(
  project: Project,
  service: ServiceEntry,
  number: number,
  replicas: number,
): string {
  if (service.containerName !== null) return service.containerName.value
  if (project.name === null) return replicas === 1 && number === 1 ? service.key : `${service.key}-${number}`
  const separator = project.version === 1 ? '_' : '-'
  return [project.name, service.key, number].join(separator)
}

/** Mark of a project's containers, also of one without a name. */
export function projectLabel(project: Project): string {
  return project.name ?? ''
}
