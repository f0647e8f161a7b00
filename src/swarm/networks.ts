import type { NetworkCreate, Refusal } from '../engine/operation.ts'
import { parsePrefix } from '../net/index.ts'
import type { Certainty } from './certainty.ts'
import { type Overlay, VXLAN_OPTION } from './overlay.ts'
import {
  ATTACHABLE_INGRESS,
  badSubnet,
  ingressInUse,
  networkExists,
  networkInUse,
  SECOND_INGRESS,
} from './refusals.ts'
import { allocateService, refusedName, usesNetwork } from './services.ts'
import { type ClusterState, INGRESS } from './state.ts'
import { allocateTasks } from './tasks.ts'

/**
 * Creates a network of swarm scope. One whose subnet overlaps another is accepted all the same, and gets none.
 *
 * @param along how many networks Docker creates along with it in any order, and how many of them take a default
 * subnet; both count it itself. `isKnown`: its subnets are what somebody has asked for.
 * @see moby `daemon/cluster/networks.go: CreateNetwork`; swarmkit `manager/controlapi/network.go: CreateNetwork`
 */
export function createOverlay(
  state: ClusterState,
  request: NetworkCreate,
  along: { readonly networks: number; readonly automatic: number; readonly isKnown: boolean },
): Refusal | null {
  const { name, subnets } = request
  if (state.overlays.has(name)) return networkExists(name, request.origins?.name)
  if (request.ingress && request.attachable) return ATTACHABLE_INGRESS
  const refusal = refusedName(name, request.origins?.name)
  if (refusal !== null) return refusal
  const bad = subnets.find((s) => s.subnet !== '' && parsePrefix(s.subnet) === null)
  if (bad !== undefined) return badSubnet(bad.subnet, bad.origins?.subnet)
  if (request.ingress && state.overlays.has(INGRESS)) return SECOND_INGRESS
  const overlay: Overlay = {
    name,
    serial: state.made++,
    request,
    managed: request.driver === 'overlay',
    state: null,
    certainty: along.isKnown ? subnetCertainty(request, along.automatic) : 'one-of-several',
    vniCertainty: vniCertainty(request, along.networks),
    choice: null,
    disorder: '',
    last: null,
    freedByChance: false,
  }
  state.overlays.set(name, overlay)
  state.allocator.allocate(overlay)
  return null
}

/** A network created by a command of its own. */
export const ALONE = { networks: 1, automatic: 1, isKnown: true }

function subnetCertainty({ subnets }: NetworkCreate, automatic: number): Certainty {
  if (subnets.some((s) => s.subnet !== '')) return 'declared'
  return automatic > 1 ? 'one-of-several' : 'computed'
}

function vniCertainty({ options }: NetworkCreate, networks: number): Certainty {
  if (options.has(VXLAN_OPTION)) return 'declared'
  return networks > 1 ? 'one-of-several' : 'computed'
}

/** swarmkit `manager/controlapi/network.go: removeNetwork, removeIngressNetwork` */
export function removeOverlay(state: ClusterState, overlay: Overlay): Refusal | null {
  const user = [...state.services.values()].find((service) => usesNetwork(service, overlay.name))
  if (user !== undefined) {
    return overlay.name === INGRESS
      ? ingressInUse(user.spec.name)
      : networkInUse(overlay.name, `service ${user.spec.name}`)
  }
  const attached = [...state.attachments.values()].find((a) => a.allocation.network === overlay.name)
  if (attached !== undefined) return networkInUse(overlay.name, `task ${attached.container}`)
  for (const node of state.nodes.values()) node.loadBalancers.delete(overlay.name)
  state.allocator.release(overlay)
  state.overlays.delete(overlay.name)
  state.freed = true
  return null
}

/**
 * After something was freed, what could not be allocated is tried again: networks, then services, then tasks.
 * @see swarmkit `manager/allocator/network.go: doNetworkAlloc`, case `state.EventCommit`
 */
export function retryUnallocated(state: ClusterState): void {
  if (!state.freed) return
  state.freed = false
  for (const overlay of state.overlays.values()) state.allocator.allocate(overlay)
  for (const service of state.services.values()) {
    if (!service.allocated) allocateService(state, service)
    allocateTasks(
      state,
      service,
      service.tasks.filter((task) => !task.allocated),
    )
  }
}
