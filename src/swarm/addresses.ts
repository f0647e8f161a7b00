import { type Address, formatCidr, formatMac, macOfAddress } from '../net/index.ts'
import type { Overlay } from './overlay.ts'
import type { Allocation } from './service.ts'
import type { ClusterState } from './state.ts'

/** Why an address may be another one in a real swarm. `alone`: nothing else is allocated at that moment. */
export type Moment = 'alone' | 'one-of-a-batch'

/** To be said with the network's key and subnet, which only the plan knows. */
export const PIN_SUBNET = 'networks.NETWORK.ipam.config'
const PIN_ORDER = 'docker service create under commands:, one service after the other'
export const PIN_REPLICAS = 'deploy.replicas: 1 (the tasks of a service get theirs in any order)'
export const PIN_NODE_ORDER =
  'deploy.replicas: 1 instead of mode: global (nodes are gone through in any order)'
export const PIN_PLACEMENT = 'deploy.placement.constraints: [node.hostname == HOST]'
export const PIN_KEPT = 'the final number of replicas from the start (which tasks stay is open)'
const PIN_ONE_SUBNET = 'one subnet only (Docker takes an address of any of them)'

/**
 * Gives an address of a network, the next one or a certain one; `null` when there is none.
 *
 * @see moby `libnetwork/cnmallocator/networkallocator.go: allocateNetworkIPs, setIPAMSerialAlloc`
 */
export function takeAddress(
  state: ClusterState,
  network: string,
  wanted: Address | null,
  moment: Moment,
  pin: string,
): Allocation | null {
  const overlay = state.overlays.get(network)
  if (overlay === undefined) return null
  const taken = state.allocator.takeAddress(overlay, wanted)
  if (taken === null) return null
  const order = state.given++
  if (wanted !== null) return { network, ...taken, certainty: 'declared', pin: '', order }
  const wentRound = overlay.last !== null && taken.address.value < overlay.last.value
  overlay.last = taken.address
  if (wentRound && overlay.freedByChance && holdsChance(state, network)) overlay.disorder ||= PIN_KEPT
  const doubt = doubtOf(state, overlay, moment, pin)
  return { network, ...taken, certainty: doubt === '' ? 'computed' : 'one-of-several', pin: doubt, order }
}

function doubtOf(state: ClusterState, overlay: Overlay, moment: Moment, pin: string): string {
  if (overlay.certainty === 'one-of-several') return PIN_SUBNET
  if ((overlay.state?.subnets.length ?? 0) > 1) return PIN_ONE_SUBNET
  if (state.contested.has(overlay.name)) return PIN_ORDER
  if (moment === 'one-of-a-batch') return pin
  return overlay.disorder
}

export function freeAddress(state: ClusterState, allocation: Allocation): void {
  const overlay = state.overlays.get(allocation.network)
  if (overlay !== undefined) {
    state.allocator.releaseAddress(overlay, allocation.address)
    overlay.freedByChance ||= isChance(allocation)
  }
  state.freed = true
}

/** After tasks were ended: where none of those with a chance address is left, which addresses are free is certain. */
export function settleFreed(state: ClusterState): void {
  for (const overlay of state.overlays.values())
    if (overlay.freedByChance) overlay.freedByChance = holdsChance(state, overlay.name)
}

function holdsChance(state: ClusterState, network: string): boolean {
  for (const allocation of allocationsOn(state, network)) if (isChance(allocation)) return true
  return false
}

const isChance = ({ certainty }: Allocation): boolean => certainty === 'one-of-several'

/** What the managers have given on a network: to VIPs, tasks, plain containers, nodes. */
function* allocationsOn(state: ClusterState, network: string): Iterable<Allocation> {
  for (const { allocation } of state.attachments.values())
    if (allocation.network === network) yield allocation
  for (const holder of holdersIn(state)) {
    const allocation = holder.get(network)
    if (allocation !== undefined) yield allocation
  }
}

function* holdersIn({ services, nodes }: ClusterState): Iterable<ReadonlyMap<string, Allocation>> {
  for (const { vips, tasks } of services.values()) {
    yield vips
    for (const task of tasks) yield task.addresses
  }
  for (const node of nodes.values()) yield node.loadBalancers
}

/** `10.0.1.2/24` */
export function cidrOf(allocation: Allocation): string {
  return formatCidr(allocation)
}

/**
 * An endpoint on an overlay has the MAC of its IPv4 address, in every release.
 * @see moby `libnetwork/drivers/overlay/ov_endpoint.go: CreateEndpoint`
 */
export function overlayMac(allocation: Allocation): string {
  return allocation.address.family === 4 ? formatMac(macOfAddress(allocation.address)) : ''
}
