/** Which network and which endpoint of an engine is which of a plan: names differ under Compose and swarm. */
import type { Plan, PlanNetwork } from '../plan/plan.ts'
import type { Inspected, InspectedContainer, InspectedEndpoint, InspectedNetwork } from './inspect.ts'

/** An engine seen with the names of a plan. */
export interface NamedEngine {
  readonly host: string
  /** By key in `Plan.networks`; what the plan does not know is under the engine's own name in `others`. */
  readonly networks: ReadonlyMap<string, NamedNetwork>
  readonly others: readonly InspectedNetwork[]
  /** By key in `Plan.containers`, or the engine's own name. */
  readonly containers: ReadonlyMap<string, InspectedContainer>
}

export interface NamedNetwork {
  readonly network: InspectedNetwork
  /** By endpoint name of the plan, or the engine's own name. */
  readonly endpoints: ReadonlyMap<string, InspectedEndpoint>
}

const PROJECT = 'com.docker.compose.project'
const NETWORK = 'com.docker.compose.network'

/** Whether a network of the plan lives on this host's engine (swarm networks live on all). */
export const isOnHost = (network: PlanNetwork, host: string): boolean =>
  network.host === '' || network.host === host

export function nameEngine(plan: Plan, inspected: Inspected, host: string): NamedEngine {
  const nameById = containerNames(plan, inspected, host)
  const networks = new Map<string, NamedNetwork>()
  const taken = new Set<InspectedNetwork>()
  for (const planned of plan.networks.values()) {
    if (!isOnHost(planned, host)) continue
    const network = findNetwork(planned, inspected.networks)
    if (network === undefined || taken.has(network)) continue
    taken.add(network)
    const endpoints = network.endpoints.map((endpoint): [string, InspectedEndpoint] => [
      endpointName(plan, planned, endpoint, nameById, host),
      endpoint,
    ])
    networks.set(planned.key, { network, endpoints: new Map(endpoints) })
  }
  const containers = inspected.containers.map((container): [string, InspectedContainer] => [
    nameById.get(container.id) ?? container.name,
    container,
  ])
  return {
    host,
    networks,
    others: inspected.networks.filter((network) => !taken.has(network)),
    containers: new Map(containers),
  }
}

/** By name; failing that by Compose's label, so that a block without `name:` fits a project of any name. */
function findNetwork(
  planned: PlanNetwork,
  networks: readonly InspectedNetwork[],
): InspectedNetwork | undefined {
  const byName = networks.find((network) => network.name === planned.name)
  if (byName !== undefined) return byName
  const labelled = networks.filter((network) => network.labels.get(NETWORK) === planned.name)
  return labelled.length === 1 ? labelled[0] : undefined
}

function containerNames(plan: Plan, inspected: Inspected, host: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const network of inspected.networks) {
    const project = network.labels.get(PROJECT) ?? ''
    for (const { key, name } of network.endpoints)
      if (/^[0-9a-f]{64}$/.test(key) && !name.startsWith('gateway_'))
        names.set(key, containerName(plan, name, project, host))
  }
  for (const { id, name, labels } of inspected.containers)
    names.set(id, containerName(plan, name, labels.get(PROJECT) ?? '', host))
  return names
}

/** `web.1` for the task `web.1.k7…`, `web` for `project-web-1` where the plan says `web`; else as it is. */
function containerName(plan: Plan, name: string, project: string, host: string): string {
  if (plan.containers.has(name)) return name
  const task = /^(.+)\.([0-9]+|[0-9a-z]{25})\.[0-9a-z]{25}$/.exec(name)
  if (task !== null) {
    const [, service = '', slot = ''] = task
    return `${service}.${/^[0-9]+$/.test(slot) ? slot : host}`
  }
  if (project === '' || !/^[-_]/.test(name.slice(project.length)) || !name.startsWith(project)) return name
  const rest = name.slice(project.length + 1)
  const candidates = [rest, rest.replace(/_([0-9]+)$/, '-$1'), rest.replace(/[-_]1$/, '')]
  return candidates.find((candidate) => plan.containers.has(candidate)) ?? name
}

function endpointName(
  plan: Plan,
  planned: PlanNetwork,
  endpoint: InspectedEndpoint,
  nameById: ReadonlyMap<string, string>,
  host: string,
): string {
  // On docker_gwbridge an endpoint is called after its sandbox, whose id means nothing to a reader.
  if (/^gateway_[0-9a-f]{12}$/.test(endpoint.name))
    return `gateway_${nameById.get(endpoint.key) ?? endpoint.key}`
  if (planned.scope === 'swarm' && endpoint.name === `${planned.name}-endpoint` && plan.hosts.length > 1)
    return `${endpoint.name}@${host}`
  return nameById.get(endpoint.key) ?? endpoint.name
}
