import { freeAddress, PIN_PLACEMENT, takeAddress } from './addresses.ts'
import type { Task } from './service.ts'
import { type ClusterNode, type ClusterState, INGRESS } from './state.ts'

/** Tasks that are to run on a node, in order of their services. */
export function tasksOn(state: ClusterState, node: string): readonly Task[] {
  const tasks: Task[] = []
  for (const service of state.services.values())
    for (const task of service.tasks) if (task.node === node) tasks.push(task)
  return tasks
}

function networksOn(state: ClusterState, node: ClusterNode): ReadonlySet<string> {
  const networks = new Set([INGRESS])
  for (const task of tasksOn(state, node.name)) for (const network of task.networks) networks.add(network)
  for (const attachment of state.attachments.values())
    if (attachment.node === node.name) networks.add(attachment.allocation.network)
  return networks
}

/**
 * Gives a node an address of its own on each network one of its tasks is on, and takes back those of networks it
 * no longer needs. The ingress network is always needed.
 *
 * @param together whether other nodes get theirs at the same time, in any order.
 * @see swarmkit `manager/allocator/network.go: reallocateNode, allocateNode, getNodeNetworks`
 */
export function settleNode(state: ClusterState, name: string, together: boolean): void {
  const node = state.nodes.get(name)
  if (node === undefined) return
  const needed = networksOn(state, node)
  for (const network of needed) {
    if (node.loadBalancers.has(network) || state.overlays.get(network)?.managed !== true) continue
    const moment = together ? 'one-of-a-batch' : 'alone'
    const allocation = takeAddress(state, network, null, moment, PIN_PLACEMENT)
    if (allocation !== null) node.loadBalancers.set(network, allocation)
  }
  for (const [network, allocation] of node.loadBalancers) {
    if (needed.has(network)) continue
    node.loadBalancers.delete(network)
    freeAddress(state, allocation)
  }
}

/**
 * Notes that tasks of a network were placed on some of `fitting`, and whether that was by chance. Where two such
 * choices differ, the number of nodes that need an address is left to chance, and with it all that follows.
 */
export function noteChoice(
  state: ClusterState,
  network: string,
  fitting: readonly string[],
  certain: boolean,
): void {
  const overlay = state.overlays.get(network)
  const served = fitting.every((name) => state.nodes.get(name)?.loadBalancers.has(network))
  if (overlay === undefined || served) return
  const before = overlay.choice
  const same = before !== null && before.length === fitting.length && before.every((n) => fitting.includes(n))
  if (before !== null && !same) overlay.disorder ||= PIN_PLACEMENT
  else if (!certain) overlay.choice = fitting
}

/** Forgets the choices that made no difference after all: every node has an address. */
export function closeChoices(state: ClusterState): void {
  for (const overlay of state.overlays.values()) {
    const all = overlay.choice?.every((n) => state.nodes.get(n)?.loadBalancers.has(overlay.name) === true)
    if (all === true) overlay.choice = null
  }
}
