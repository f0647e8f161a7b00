import {
  isGlobal,
  type NetworkCreate,
  type NodeUpdate,
  PLAIN_NETWORK,
  type Refusal,
  type ServiceCreate,
  type ServiceUpdate,
} from '../engine/operation.ts'
import type { Arrange } from '../engine/order.ts'
import type { DefaultPool } from '../ipam/index.ts'
import type { Address } from '../net/index.ts'
import type { Span } from '../problem/problem.ts'
import type { Rules } from '../rules/index.ts'
import { allocationOf, attach, detach } from './attachments.ts'
import { findNode, removeNode, settleTasks, updateNode } from './change-node.ts'
import { ALONE, createOverlay, removeOverlay, retryUnallocated } from './networks.ts'
import { settleNode } from './nodes.ts'
import { createOverlayAllocator, type Overlay } from './overlay.ts'
import { createIngressPorts } from './ports.ts'
import { globalCannotScale, networkNotFound, serviceNotFound } from './refusals.ts'
import type { Allocation, Service, TaskChange } from './service.ts'
import {
  addTasks,
  createService,
  removeService,
  rollbackService,
  scaleService,
  updateService,
} from './services.ts'
import { deployStack, type Stack } from './stack.ts'
import { type ClusterNode, type ClusterState, INGRESS } from './state.ts'
import { endTask, schedule } from './tasks.ts'

/** A node as it joins. */
interface NewNode {
  readonly name: string
  readonly role: 'manager' | 'worker'
  /** Address without prefix length, or `''`. */
  readonly ip: string
  readonly labels: ReadonlyMap<string, string>
}

/**
 * The managers of one swarm: what they are told, and what they give out. Knows no engines: what nodes have to do
 * comes out of `changes`.
 */
export interface Cluster {
  readonly nodes: ReadonlyMap<string, ClusterNode>
  readonly overlays: ReadonlyMap<string, Overlay>
  readonly services: ReadonlyMap<string, Service>
  /** What overlays without a subnet are cut from. */
  readonly pools: readonly DefaultPool[]
  /** Containers to start and to remove since the last call, in order. */
  changes(): readonly TaskChange[]
  join(node: NewNode): void
  /** The node is gone: its tasks go to others, where they fit. */
  leave(name: string): void
  /**
   * Another manager leads from now on: what was allocated stays, the cursors of serial allocation begin anew.
   * @see swarmkit `manager/allocator/network.go: doNetworkInit`
   */
  changeLeader(): void
  createNetwork(request: NetworkCreate): Refusal | null
  /** @param at where the name was written. */
  removeNetwork(name: string, at?: Span): Refusal | null
  createService(spec: ServiceCreate): Refusal | null
  scaleService(name: string, replicas: number, at?: Span): Refusal | null
  updateService(update: ServiceUpdate): Refusal | null
  removeService(name: string, at?: Span): Refusal | null
  rollbackService(name: string, at?: Span): Refusal | null
  /** What a name stands for among the nodes, those that have left included. */
  node(name: string, at?: Span): ClusterNode | Refusal
  /** Availability and labels. */
  updateNode(node: ClusterNode, update: NodeUpdate): Refusal | null
  changeRole(node: ClusterNode, role: 'manager' | 'worker'): void
  removeNode(name: string, at?: Span): Refusal | null
  /** The first refusal ends it, as in Docker's client. */
  deployStack(stack: Stack): Refusal | null
  /** A plain container on an attachable network. */
  attach(network: string, container: string, node: string, wanted: Address | null): Allocation | Refusal
  detach(network: string, container: string, node: string): void
  /** The allocation of a plain container or a task, by its container's name; `null` for none. */
  allocationOf(network: string, container: string, node: string): Allocation | null
}

/**
 * A swarm with its ingress network, and no node yet.
 *
 * @param pools `--default-addr-pool`, cut by `--default-addr-pool-mask-length`.
 * @see swarmkit `manager/allocator/network.go: doNetworkInit`
 */
export function createCluster(rules: Rules, pools: readonly DefaultPool[], arrange: Arrange): Cluster {
  const state: ClusterState = {
    rules,
    arrange,
    allocator: createOverlayAllocator(rules, pools, arrange),
    ports: createIngressPorts(),
    nodes: new Map(),
    former: [],
    overlays: new Map(),
    made: 0,
    services: new Map(),
    attachments: new Map(),
    changes: [],
    placementsCertain: true,
    freed: false,
    given: 0,
    contested: new Set(),
  }
  createOverlay(state, INGRESS_REQUEST, ALONE)

  /** What follows every command once it has taken effect. */
  function settle(): void {
    retryUnallocated(state)
    schedule(state)
  }

  function settled<T extends Refusal>(refusal: T | null): T | null {
    settle()
    return refusal
  }

  return {
    nodes: state.nodes,
    overlays: state.overlays,
    services: state.services,
    pools,
    changes: () => state.changes.splice(0),
    join(node) {
      joinNode(state, node)
      settle()
    },
    leave(name) {
      leaveNode(state, name)
      settle()
    },
    changeLeader() {
      state.allocator.forgetCursors(state.overlays.values())
      state.ports.rewind()
    },
    createNetwork: (request) => settled(createOverlay(state, request, ALONE)),
    removeNetwork(name, at) {
      const overlay = state.overlays.get(name)
      return overlay === undefined ? networkNotFound(name, at) : settled(removeOverlay(state, overlay))
    },
    createService: (spec) => settled(createService(state, spec)),
    scaleService(name, replicas, at) {
      const service = state.services.get(name)
      if (service === undefined) return serviceNotFound(name, at)
      if (isGlobal(service.spec)) return { ...globalCannotScale(name), at }
      scaleService(state, service, replicas)
      return settled(null)
    },
    updateService(update) {
      const service = state.services.get(update.service)
      if (service === undefined) return serviceNotFound(update.service, update.origins?.service)
      return settled(updateService(state, service, update))
    },
    removeService(name, at) {
      const service = state.services.get(name)
      if (service === undefined) return serviceNotFound(name, at)
      removeService(state, service)
      return settled(null)
    },
    rollbackService(name, at) {
      const service = state.services.get(name)
      if (service === undefined) return serviceNotFound(name, at)
      return settled(rollbackService(state, service, at))
    },
    node: (name, at) => findNode(state, name, at),
    updateNode: (node, update) => settled(updateNode(state, node, update)),
    changeRole(node, role) {
      node.role = role
      settleTasks(state, node)
      settle()
    },
    removeNode: (name, at) => settled(removeNode(state, name, at)),
    deployStack: (stack) => settled(deployStack(state, stack)),
    attach: (network, container, node, wanted) => attach(state, network, container, node, wanted),
    detach(network, container, node) {
      if (detach(state, network, container, node)) settle()
    },
    allocationOf: (network, container, node) => allocationOf(state, network, container, node),
  }
}

const INGRESS_REQUEST: NetworkCreate = {
  ...PLAIN_NETWORK,
  name: INGRESS,
  driver: 'overlay',
  scope: 'swarm',
  ingress: true,
}

function joinNode(state: ClusterState, { name, role, ip, labels }: NewNode): void {
  // A machine that left and comes again is a new node: last in order, with addresses of its own.
  const before = state.nodes.get(name)
  if (before !== undefined) state.former = [...state.former, before]
  state.nodes.delete(name)
  const node: ClusterNode = {
    name,
    id: name,
    hostname: name,
    role,
    ip,
    labels,
    alive: true,
    availability: 'active',
    kept: [],
    loadBalancers: new Map(),
  }
  state.nodes.set(name, node)
  settleNode(state, name, false)
  for (const service of state.services.values()) if (service.spec.mode === 'global') addTasks(state, service)
}

/** A node that left is down for the managers: its tasks are made anew, its addresses stay taken. */
function leaveNode(state: ClusterState, name: string): void {
  const node = state.nodes.get(name)
  if (node === undefined) return
  node.alive = false
  for (const [key, attachment] of state.attachments)
    if (attachment.node === name) state.attachments.delete(key)
  for (const service of state.services.values()) {
    for (const task of service.tasks.filter((t) => t.node === name)) endTask(state, service, task)
    addTasks(state, service)
  }
  node.kept = [...node.loadBalancers.values()]
  node.loadBalancers.clear()
}
