import type { Arrange } from '../engine/order.ts'
import type { Rules } from '../rules/index.ts'
import type { NodeFacts } from './constraint.ts'
import type { Overlay, OverlayAllocator } from './overlay.ts'
import type { IngressPorts } from './ports.ts'
import type { Allocation, Service, TaskChange } from './service.ts'

/** What the managers of a swarm know. Every part of `swarm/` works on this one object. */
export interface ClusterState {
  readonly rules: Rules
  /** Of what the managers do in an order left to chance. */
  readonly arrange: Arrange
  readonly allocator: OverlayAllocator
  readonly ports: IngressPorts
  /** In order of joining; a node that has left stays, without being alive. */
  readonly nodes: Map<string, ClusterNode>
  /** Nodes that have left, of machines that have joined once more. */
  former: readonly ClusterNode[]
  /** In order of creation. */
  readonly overlays: Map<string, Overlay>
  /** How many networks have been made so far. */
  made: number
  readonly services: Map<string, Service>
  /** Plain containers on attachable networks, by `attachmentKey`. */
  readonly attachments: Map<string, Attachment>
  /** What nodes have yet to do. Whoever runs the nodes empties it. */
  readonly changes: TaskChange[]
  /** `false` once a task was placed where the scheduler could have taken another node. */
  placementsCertain: boolean
  /** An address was freed, so that what could not be allocated is tried again. */
  freed: boolean
  /** How many addresses have been given so far. */
  given: number
  /** Names of the networks two or more services of the stack being deployed are on; their order is random. */
  contested: ReadonlySet<string>
}

export interface ClusterNode extends NodeFacts {
  readonly name: string
  role: 'manager' | 'worker'
  labels: ReadonlyMap<string, string>
  alive: boolean
  /** Whether it takes new tasks, and keeps those it has. */
  availability: 'active' | 'pause' | 'drain'
  /** Addresses of a node that has left: taken until it is removed. */
  kept: readonly Allocation[]
  /** Its own address on each network its tasks are on, by network. */
  readonly loadBalancers: Map<string, Allocation>
}

interface Attachment {
  readonly container: string
  readonly node: string
  readonly allocation: Allocation
}

export const INGRESS = 'ingress'

/** Neither a node's name nor a container's has a blank in it. */
export function attachmentKey(node: string, network: string, container: string): string {
  return `${node} ${container} ${network}`
}
