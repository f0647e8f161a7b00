import type { ServiceCreate, ServicePortRequest } from '../engine/operation.ts'
import type { Address } from '../net/index.ts'
import type { Certainty } from './certainty.ts'
import type { Constraint } from './constraint.ts'

/** An address the manager gave to a VIP, a task, a container or a node. */
export interface Allocation {
  readonly network: string
  readonly address: Address
  /** Prefix length of the subnet. */
  readonly length: number
  readonly certainty: Certainty
  /** What to do so that it no longer depends on chance; `''` when it does not. */
  readonly pin: string
  /** Grows with every address the manager gives. */
  readonly order: number
}

/** A published port as it stands: an automatic one has its number. */
export interface PublishedServicePort extends ServicePortRequest {
  /** Whether the manager chose it. */
  readonly automatic: boolean
}

/** A service and its tasks. Changes as commands come in. */
export interface Service {
  spec: ServiceCreate
  /** What it was before the last change; `null` before any. */
  previous: ServiceCreate | null
  constraints: readonly Constraint[]
  /** Whether its VIPs and ports could be given; its tasks wait until they can. */
  allocated: boolean
  /** The network that had no address for it, `''` for none. */
  lacks: string
  /** By network. */
  readonly vips: Map<string, Allocation>
  ports: readonly PublishedServicePort[]
  /** In slot order, or in order of nodes for a global service. */
  tasks: Task[]
}

/** One container of a service, to be run somewhere. */
export interface Task {
  /** `web.1`; `web.HOST` for a global service, and for the first of a job once it has a node. */
  name: string
  readonly service: string
  /** From 1, of a job from 0; 0 for a task of a global service. */
  readonly slot: number
  /** Networks of swarm scope it is on: ingress first when needed, then those of the service. */
  readonly networks: readonly string[]
  readonly spec: ServiceCreate
  /** Whether it has an address on each of its networks, which it needs before it is placed. */
  allocated: boolean
  /** The network that had no address for it, `''` for none. */
  lacks: string
  readonly addresses: Map<string, Allocation>
  /** Name of the node that runs it, `''` while there is none. */
  node: string
  placement: Certainty
  /** Whether its container has been told to start. */
  started: boolean
}

/** A container to start on or to remove from its node, in order. */
export interface TaskChange {
  readonly kind: 'start' | 'stop'
  readonly task: Task
  /** Whether other containers start on that node at the same time, in any order. */
  readonly together: boolean
}

/** Whether the routing mesh has to carry a service. */
export function needsIngress(spec: ServiceCreate): boolean {
  return spec.endpointMode === 'vip' && spec.ports.some((port) => port.mode === 'ingress')
}

/** Ports a task takes for itself on its node. */
export function hostPorts(spec: ServiceCreate): readonly string[] {
  return spec.ports
    .filter((port) => port.mode === 'host' && port.published !== null)
    .map((port) => `${port.published}/${port.protocol}`)
}
