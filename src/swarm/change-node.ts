/** `docker node update|promote|demote|rm`: what becomes of the tasks of a node that changes. */
import { isGlobal, type NodeUpdate, type Refusal } from '../engine/operation.ts'
import type { Span } from '../problem/problem.ts'
import { freeAddress } from './addresses.ts'
import { nodeMatches } from './constraint.ts'
import { ambiguousNode, labelNotThere, nodeIsManager, nodeIsUp, nodeNotFound } from './refusals.ts'
import type { Service, Task } from './service.ts'
import { addTasks, moveTasks } from './services.ts'
import type { ClusterNode, ClusterState } from './state.ts'
import { endTask } from './tasks.ts'

/** A node by its name, one that has left included. */
export function findNode(state: ClusterState, name: string, at?: Span): ClusterNode | Refusal {
  const found = [...state.former.filter((node) => node.name === name)]
  const there = state.nodes.get(name)
  if (there !== undefined) found.push(there)
  const [node] = found
  if (node === undefined) return nodeNotFound(name, at)
  return found.length > 1 ? ambiguousNode(name, found.length, at) : node
}

/**
 * Availability and labels of a node. Its tasks go where they may run, or wait.
 *
 * @see swarmkit `manager/orchestrator/{replicated/tasks,global/global,constraintenforcer/constraint_enforcer}.go`
 */
export function updateNode(state: ClusterState, node: ClusterNode, update: NodeUpdate): Refusal | null {
  const labels = new Map([...node.labels, ...update.labelAdd])
  for (const key of update.labelRemove) if (!labels.delete(key)) return labelNotThere(key)
  node.labels = labels
  node.availability = update.availability ?? node.availability
  settleTasks(state, node)
  return null
}

/** After a node has changed: tasks that may not stay on it are made anew elsewhere. */
export function settleTasks(state: ClusterState, node: ClusterNode): void {
  if (!node.alive) return
  const moving = new Map<Service, readonly Task[]>()
  for (const service of state.services.values()) {
    const stays = node.availability !== 'drain' && nodeMatches(service.constraints, node)
    const here = service.tasks.filter((task) => task.node === node.name)
    if (isGlobal(service.spec)) {
      if (!stays) for (const task of here) endTask(state, service, task)
      // A job has run on the nodes that there were.
      if (service.spec.mode === 'global') addTasks(state, service)
    } else if (!stays && here.length > 0) moving.set(service, here)
  }
  moveTasks(state, moving)
}

/**
 * Forgets a node that has left, and gives back what it had.
 * @see swarmkit `manager/controlapi/node.go: RemoveNode`
 */
export function removeNode(state: ClusterState, name: string, at?: Span): Refusal | null {
  const node = findNode(state, name, at)
  if ('code' in node) return node
  if (node.role === 'manager') return nodeIsManager(name, at)
  if (node.alive) return nodeIsUp(name, at)
  for (const allocation of node.kept) freeAddress(state, allocation)
  state.former = state.former.filter((one) => one !== node)
  if (state.nodes.get(name) === node) state.nodes.delete(name)
  return null
}
