import { isGlobal } from '../engine/operation.ts'
import { freeAddress, type Moment, PIN_NODE_ORDER, PIN_REPLICAS, takeAddress } from './addresses.ts'
import { nodeMatches } from './constraint.ts'
import { closeChoices, noteChoice, settleNode, tasksOn } from './nodes.ts'
import { type Candidate, spread } from './scheduler.ts'
import { hostPorts, needsIngress, type Service, type Task } from './service.ts'
import { type ClusterNode, type ClusterState, INGRESS } from './state.ts'

/** Overlays a task of a service is on. Networks every node has (bridge, host, none) are none of them. */
export function taskNetworks(state: ClusterState, service: Service): readonly string[] {
  const own = service.spec.networks.map((n) => n.network).filter((name) => state.overlays.get(name)?.managed)
  return needsIngress(service.spec) ? [INGRESS, ...own.filter((name) => name !== INGRESS)] : own
}

/**
 * By its slot, or by its node where it has none, as the first task of a job.
 * @see swarmkit `api/naming/naming.go: Task`
 */
const taskName = (service: string, slot: number, node: string): string =>
  slot === 0 && node !== '' ? `${service}.${node}` : `${service}.${slot}`

export function newTask(state: ClusterState, service: Service, slot: number, node: string): Task {
  const { name } = service.spec
  return {
    name: taskName(name, slot, node),
    service: name,
    slot,
    networks: taskNetworks(state, service),
    spec: service.spec,
    allocated: false,
    lacks: '',
    addresses: new Map(),
    node,
    placement: 'computed',
    started: false,
  }
}

/**
 * Gives tasks their addresses before they are placed: all tasks of a batch one after the other. Docker takes them
 * in the order of a Go map; this takes them in slot order.
 *
 * @see swarmkit `manager/allocator/network.go: procTasksNetwork, allocateTask`
 */
export function allocateTasks(
  state: ClusterState,
  service: Service,
  tasks: readonly Task[],
  moment: Moment = tasks.length > 1 ? 'one-of-a-batch' : 'alone',
): void {
  if (!service.allocated) return
  const pin = isGlobal(service.spec) ? PIN_NODE_ORDER : PIN_REPLICAS
  for (const task of state.arrange(tasks)) {
    if (task.allocated) continue
    task.allocated = task.networks.every((network) => {
      if (task.addresses.has(network)) return true
      const allocation = takeAddress(state, network, null, moment, pin)
      if (allocation !== null) task.addresses.set(network, allocation)
      task.lacks = allocation === null ? network : ''
      return allocation !== null
    })
    if (!task.allocated) freeAddresses(state, task)
  }
}

function freeAddresses(state: ClusterState, task: Task): void {
  for (const allocation of task.addresses.values()) freeAddress(state, allocation)
  task.addresses.clear()
}

/** Ends a task: its container goes, then its addresses, then those of its node that nobody needs any more. */
export function endTask(state: ClusterState, service: Service, task: Task): void {
  service.tasks = service.tasks.filter((t) => t !== task)
  if (task.started) state.changes.push({ kind: 'stop', task, together: false })
  freeAddresses(state, task)
  if (task.node !== '') settleNode(state, task.node, false)
}

function fits(state: ClusterState, service: Service, node: ClusterNode): boolean {
  if (!node.alive || node.availability !== 'active' || !nodeMatches(service.constraints, node)) return false
  const wanted = hostPorts(service.spec)
  if (wanted.length === 0) return true
  return !tasksOn(state, node.name).some((task) => hostPorts(task.spec).some((port) => wanted.includes(port)))
}

/** How many tasks and attached containers each node has. */
type Load = Map<string, number>

function loadOf({ services, attachments }: ClusterState): Load {
  const load: Load = new Map()
  for (const service of services.values()) for (const { node } of service.tasks) add(load, node)
  for (const { node } of attachments.values()) add(load, node)
  return load
}

const add = (load: Load, node: string): void => void load.set(node, (load.get(node) ?? 0) + 1)

function candidate(load: Load, service: Service, node: ClusterNode): Candidate {
  return {
    node: node.name,
    ofService: service.tasks.filter((task) => task.node === node.name).length,
    total: load.get(node.name) ?? 0,
  }
}

/**
 * Places all tasks that have their addresses and no node yet, then gives the nodes theirs, and has the containers
 * started. A task that fits no node stays where it is.
 */
export function schedule(state: ClusterState): void {
  const placed: Task[] = []
  const load = loadOf(state)
  for (const service of state.services.values())
    for (const task of placeTasks(state, service, load)) placed.push(task)
  const nodes = new Set(placed.map((task) => task.node))
  for (const node of state.arrange([...nodes])) {
    const certain = placed.every((task) => task.node !== node || task.placement === 'computed')
    settleNode(state, node, nodes.size > 1 || !certain)
  }
  closeChoices(state)
  startAll(state, placed)
}

/** Has the containers of placed tasks started; those of one node start together. */
export function startAll(state: ClusterState, batch: readonly Task[]): void {
  const onNode = new Map<string, number>()
  for (const { node } of batch) onNode.set(node, (onNode.get(node) ?? 0) + 1)
  for (const task of state.arrange(batch)) {
    if (task.started) continue
    task.started = true
    state.changes.push({ kind: 'start', task, together: (onNode.get(task.node) ?? 0) > 1 })
  }
}

function placeTasks(state: ClusterState, service: Service, load: Load): readonly Task[] {
  const waiting = service.tasks.filter((task) => task.allocated && task.node === '')
  if (waiting.length === 0) return []
  const fitting = [...state.nodes.values()].filter((node) => fits(state, service, node))
  const capacity = hostPorts(service.spec).length > 0 ? 1 : Number.POSITIVE_INFINITY
  const { nodes, certain } = spread(
    waiting.length,
    state.arrange(fitting).map((node) => candidate(load, service, node)),
    capacity,
    state.placementsCertain,
  )
  const placed: Task[] = []
  // The scheduler walks a map of the tasks: which of them gets which node is any.
  const inTurn = fitting.length > 1 ? state.arrange(waiting) : waiting
  for (const [i, task] of inTurn.entries()) {
    const node = nodes[i]
    if (node === undefined) continue
    task.node = node
    add(load, node)
    task.name = taskName(service.spec.name, task.slot, node)
    task.placement = certain ? 'computed' : 'one-of-several'
    placed.push(task)
  }
  if (placed.length > 0) {
    if (!certain) state.placementsCertain = false
    const names = fitting.map((node) => node.name)
    for (const network of taskNetworks(state, service)) noteChoice(state, network, names, certain)
  }
  return placed
}
