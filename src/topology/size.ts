/**
 * How much a block asks for, counted before any of it is made: a line is short, what it asks for need not be. Lists that
 * come through aliases count as often as they are used.
 */

import {
  MAX_CONTAINERS,
  MAX_ENDPOINTS,
  MAX_NAMES,
  MAX_NETWORKS,
  MAX_PORTS,
  MAX_REVISITS,
} from '../compose/limits.ts'
import { problemAt } from '../compose/problem-at.ts'
import type { Problem, Span } from '../problem/problem.ts'
import { type Said, say } from '../problem/say.ts'
import type { ServiceEntry, Topology } from './topology.ts'

export interface Size {
  /** Containers, tasks of swarm services among them. */
  readonly containers: number
  /** Attachments of containers to networks. */
  readonly endpoints: number
  /** Published ports of containers; a range is as many. */
  readonly ports: number
  /** Aliases, links and dependencies of containers. */
  readonly names: number
  readonly networks: number
  /** Tasks and interfaces that are there already and are gone over once more. */
  readonly revisits: number
}

export const NOTHING: Size = { containers: 0, endpoints: 0, ports: 0, names: 0, networks: 0, revisits: 0 }

const LIMITS: readonly (readonly [keyof Size, number, Said])[] = [
  ['containers', MAX_CONTAINERS, say`containers`],
  ['endpoints', MAX_ENDPOINTS, say`endpoints`],
  ['ports', MAX_PORTS, say`published ports`],
  ['names', MAX_NAMES, say`aliases, links and dependencies`],
  ['networks', MAX_NETWORKS, say`networks`],
  ['revisits', MAX_REVISITS, say`further looks at its tasks and interfaces`],
]

export const sum = (a: Size, b: Size): Size => ({
  containers: a.containers + b.containers,
  endpoints: a.endpoints + b.endpoints,
  ports: a.ports + b.ports,
  names: a.names + b.names,
  networks: a.networks + b.networks,
  revisits: a.revisits + b.revisits,
})

export const times = (count: number, size: Size): Size => ({
  containers: count * size.containers,
  endpoints: count * size.endpoints,
  ports: count * size.ports,
  names: count * size.names,
  networks: count * size.networks,
  revisits: count * size.revisits,
})

/** What is too much about a size, in words; `null` when all of it fits. */
export function excessOf(size: Size): Said | null {
  const over = LIMITS.find(([part, most]) => size[part] > most)
  if (over === undefined) return null
  const [part, most, words] = over
  return say`The block asks for ${size[part]} ${words}; at most ${most} are planned`
}

export const SIZE_HINT = say`Ask for fewer replicas, networks or ports, or split the block.`

/** How many ports a list of ranges has. */
export const countPorts = (
  ports: readonly { readonly target: { readonly first: number; readonly last: number } }[],
): number => ports.reduce((all, { target }) => all + target.last - target.first + 1, 0)

/** One container of a service. */
export function containerSize(service: ServiceEntry): Size {
  const attachments = [...(service.networks?.values() ?? [])]
  return {
    ...NOTHING,
    containers: 1,
    endpoints: service.networkMode === null ? Math.max(1, attachments.length) : 1,
    ports: countPorts(service.ports),
    names:
      service.links.length +
      service.dependsOn.length +
      attachments.reduce((all, { aliases }) => all + aliases.length, 0),
  }
}

/** All containers of a service. @param hosts How many machines there are. */
function serviceSize(service: ServiceEntry, hosts: number): Size {
  return times(
    service.mode.startsWith('global') ? hosts : (service.replicas?.value ?? 1),
    containerSize(service),
  )
}

/** All services of a block. */
export function servicesSize({ services, hosts }: Topology): Size {
  return [...services.values()].reduce(
    (all, service) => sum(all, serviceSize(service, hosts.length)),
    NOTHING,
  )
}

/** The first service that does not fit any more. */
export function findOversize({ services, hosts }: Topology): Problem | null {
  let all = NOTHING
  for (const service of services.values()) {
    all = sum(all, serviceSize(service, hosts.length))
    const excess = excessOf(all)
    if (excess === null) continue
    return problemAt('BLOCK_TOO_LARGE', placeOf(service, all), excess, SIZE_HINT)
  }
  return null
}

function placeOf(service: ServiceEntry, { containers, endpoints }: Size): Span {
  if (containers > MAX_CONTAINERS) return service.replicas?.span ?? service.span
  if (endpoints > MAX_ENDPOINTS) return service.keySpans.get('networks') ?? service.span
  return service.span
}
