/** What networks and containers of an engine are called in a block. */
import type { Inspected, InspectedNetwork } from './inspect.ts'

export interface Keys {
  /** Compose project, or `''`: then networks and services are called as on the engine. */
  readonly project: string
  network(network: InspectedNetwork): string
  /** The engine's name of a network with this key, unless `name:` says otherwise. */
  nameOf(key: string): string
  /** Of the service that makes the container of this name. */
  service(container: string): string
}

const PROJECT = 'com.docker.compose.project'
const NETWORK = 'com.docker.compose.network'

/** Keys as a Compose file has them where all is one project with one container for each service; else names. */
export function keysOf(inspected: Inspected): Keys {
  const networks = inspected.networks.filter(({ labels }) => labels.has(PROJECT))
  const projects = new Set(networks.map(({ labels }) => labels.get(PROJECT) ?? ''))
  const [project = ''] = projects
  const isOurs = (name: string): boolean => name.startsWith(`${project}-`) && name.endsWith('-1')
  const names = [
    ...inspected.containers.map(({ name }) => name),
    ...inspected.networks.flatMap(({ endpoints }) => endpoints.map(({ name }) => name)),
  ]
  if (projects.size !== 1 || project === '' || !names.every(isOurs)) return plainKeys(inspected)
  return {
    project,
    network: (network) => network.labels.get(NETWORK) ?? network.name,
    nameOf: (key) => `${project}_${key}`,
    service: (container) => container.slice(project.length + 1, -'-1'.length),
  }
}

/** Docker lets a network be called anything; a key is letters, digits, `.`, `_` and `-` (compose-go `schema`). */
function plainKeys(inspected: Inspected): Keys {
  const keys = new Map<string, string>()
  for (const { name } of inspected.networks) {
    const key = name.replaceAll(/[^a-zA-Z0-9._-]/g, '-')
    keys.set(name, [...keys.values()].includes(key) ? `${key}-${keys.size}` : key)
  }
  return {
    project: '',
    network: ({ name }) => keys.get(name) ?? name,
    nameOf: (key) => key,
    service: (container) => container,
  }
}
