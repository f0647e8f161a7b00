/** Plain containers on networks of the swarm. */
import type { Refusal } from '../engine/operation.ts'
import type { Address } from '../net/index.ts'
import { freeAddress, takeAddress } from './addresses.ts'
import { findTask } from './find-task.ts'
import { noteChoice, settleNode } from './nodes.ts'
import { attachTimedOut, networkNotFound, notAttachable } from './refusals.ts'
import type { Allocation } from './service.ts'
import { attachmentKey, type ClusterState } from './state.ts'

/**
 * The container's address first, then one of its node; a second call gives the same.
 * @see moby `daemon/cluster/networks.go: AttachNetwork`; swarmkit `manager/resourceapi/allocator.go`
 */
export function attach(
  state: ClusterState,
  network: string,
  container: string,
  node: string,
  wanted: Address | null,
): Allocation | Refusal {
  const had = allocationOf(state, network, container, node)
  if (had !== null) return had
  const overlay = state.overlays.get(network)
  if (overlay === undefined) return networkNotFound(network)
  if (!overlay.request.attachable) return notAttachable(network)
  const allocation = takeAddress(state, network, wanted, 'alone', '')
  if (allocation === null) return attachTimedOut(wanted === null ? 'NO_AVAILABLE_ADDRESS' : 'ADDRESS_IN_USE')
  state.attachments.set(attachmentKey(node, network, container), { container, node, allocation })
  noteChoice(state, network, [node], true)
  settleNode(state, node, false)
  return allocation
}

/** The allocation of a plain container or a task, by its container's name; `null` for none. */
export function allocationOf(
  state: ClusterState,
  network: string,
  container: string,
  node: string,
): Allocation | null {
  const attachment = state.attachments.get(attachmentKey(node, network, container))
  if (attachment !== undefined) return attachment.allocation
  return findTask(state.services, container, node)?.addresses.get(network) ?? null
}

export function detach(state: ClusterState, network: string, container: string, node: string): boolean {
  const key = attachmentKey(node, network, container)
  const attachment = state.attachments.get(key)
  if (attachment === undefined) return false
  state.attachments.delete(key)
  freeAddress(state, attachment.allocation)
  settleNode(state, node, false)
  return true
}
