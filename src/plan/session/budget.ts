/** What the commands of a block may make together, counted before each of them is run. */

import { isGlobal, type Operation, type Refusal, type ServiceCreate } from '../../engine/operation.ts'
import { refuse } from '../../engine/refusal.ts'
import type { Container } from '../../engine/state.ts'
import type { Cluster, Service } from '../../swarm/index.ts'
import {
  containerSize,
  countPorts,
  excessOf,
  NOTHING,
  type Size,
  servicesSize,
  sum,
  times,
} from '../../topology/size.ts'
import type { Topology } from '../../topology/topology.ts'

export interface Budget {
  /** Takes a size from what is left. @returns a refusal when that is too little: then nothing more should be run. */
  take(size: Size): Refusal | null
  readonly spent: boolean
}

export function createBudget(): Budget {
  let used = NOTHING
  let spent = false
  return {
    take(size) {
      used = sum(used, size)
      const message = excessOf(used)
      if (message === null) return null
      spent = true
      return refuse('BLOCK_TOO_LARGE', message)
    },
    get spent() {
      return spent
    },
  }
}

/** Where an operation would be done. */
export interface Surroundings {
  readonly topology: Topology
  readonly container: (name: string) => Container | null
  /** The swarm of the machine, or `null`. */
  readonly cluster: Cluster | null
}

/** What an operation makes, or makes anew. A container that is only stopped or removed counts as one. */
export function operationSize(operation: Operation, around: Surroundings): Size {
  const { topology, container, cluster } = around
  switch (operation.op) {
    case 'container-create':
      return {
        ...NOTHING,
        containers: 1,
        endpoints: Math.max(1, operation.endpoints.length),
        ports: countPorts(operation.ports) + (operation.publishAll ? exposedPorts(operation.expose) : 0),
        names: operation.links.length + operation.endpoints.reduce((all, e) => all + e.aliases.length, 0),
      }
    case 'container-start':
    case 'container-restart':
      return operation.names.reduce((all, name) => sum(all, startSize(container(name))), NOTHING)
    case 'container-stop':
    case 'container-kill':
    case 'container-rm':
      return { ...NOTHING, containers: operation.names.length }
    case 'network-connect':
      return {
        ...NOTHING,
        endpoints: 1,
        names: operation.endpoint.aliases.length,
        revisits: container(operation.container)?.attachments.size ?? 0,
      }
    case 'service-create':
      return sum(times(taskCount(operation, cluster), taskSize(operation)), lookAt(cluster))
    case 'service-scale':
      return operation.replicas.reduce((all, { service, replicas }) => {
        const known = cluster?.services.get(service)
        return known === undefined
          ? all
          : sum(all, times(Math.abs(replicas - known.tasks.length), taskSize(known.spec)))
      }, lookAt(cluster))
    case 'service-update': {
      const known = cluster?.services.get(operation.service)
      if (known === undefined) return NOTHING
      const one = sum(taskSize(known.spec), {
        ...NOTHING,
        endpoints: operation.networkAdd.length,
        ports: operation.publishAdd.length,
      })
      const tasks = Math.max(operation.replicas ?? 0, known.tasks.length)
      // Tasks are replaced one by one, each among all of them.
      return sum(times(tasks, one), times(tasks, lookAt(cluster)))
    }
    case 'service-rm':
      return operation.names.reduce(
        (all, name) => sum(all, existing(cluster?.services.get(name))),
        lookAt(cluster),
      )
    // A node that comes gets a task of each global service; the tasks of one that goes are made elsewhere.
    case 'node-update':
    case 'node-rm':
    case 'service-rollback':
    case 'swarm-join':
    case 'swarm-leave':
    case 'stack-rm':
      return [...(cluster?.services.values() ?? [])].reduce((all, one) => sum(all, existing(one)), NOTHING)
    case 'stack-deploy':
      return servicesSize(topology)
    case 'compose-up':
      return [...topology.services.values()].reduce((all, service) => {
        const count = operation.scale.get(service.key) ?? service.replicas?.value ?? 1
        return sum(all, times(count, containerSize(service)))
      }, NOTHING)
    case 'compose-action':
    case 'compose-run':
      return [...topology.services.values()].reduce(
        (all, service) => sum(all, containerSize(service)),
        NOTHING,
      )
    case 'network-create':
      return { ...lookAt(cluster), networks: 1 }
    case 'network-disconnect':
    case 'network-rm':
    case 'network-prune':
    case 'swarm-init':
    case 'compose-down':
    case 'container-update':
    case 'container-rename':
    case 'container-prune':
    case 'engine-restart':
    case 'look':
      return NOTHING
    default:
      return operation satisfies never
  }
}

function startSize(container: Container | null): Size {
  if (container === null) return { ...NOTHING, containers: 1 }
  return {
    ...NOTHING,
    containers: 1,
    endpoints: container.attachments.size,
    ports: countPorts(container.ports) + (container.publishAll ? exposedPorts(container.expose) : 0),
  }
}

function taskCount(spec: ServiceCreate, cluster: Cluster | null): number {
  return isGlobal(spec)
    ? (cluster?.nodes.size ?? 1)
    : Math.min(spec.replicas, spec.maxConcurrent ?? spec.replicas)
}

function taskSize({ networks, ports }: ServiceCreate): Size {
  return {
    ...NOTHING,
    containers: 1,
    endpoints: networks.length + 1,
    ports: ports.length,
    names: networks.reduce((all, { aliases }) => all + aliases.length, 0),
  }
}

/** What the managers go over after each command. */
function lookAt(cluster: Cluster | null): Size {
  let revisits = 0
  for (const { tasks } of cluster?.services.values() ?? []) revisits += tasks.length + 1
  return { ...NOTHING, revisits }
}

const existing = (service: Service | undefined): Size =>
  service === undefined ? NOTHING : times(service.tasks.length, taskSize(service.spec))

/** Ports of `--expose 1-20000`. */
function exposedPorts(texts: readonly string[]): number {
  return texts.reduce((all, text) => {
    const [, first, last] = /^([0-9]{1,5})(?:-([0-9]{1,5}))?/.exec(text) ?? []
    return all + Math.max(1, Number(last ?? first ?? 1) - Number(first ?? 1) + 1)
  }, 0)
}
