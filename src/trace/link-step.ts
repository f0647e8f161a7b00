/**
 * On the LAN that the hosts are on, and on links that have no host of the block: other hosts, children of macvlan and
 * ipvlan, machines that are none of Docker's.
 */
import type { PlanContainer, PlanHost, PlanNetwork } from '../plan/plan.ts'
import { receive } from './receive.ts'
import { add, deliver, drop, type End, inHost, OUTSIDE, type Walk } from './walk.ts'
import { endpointAt, hostAddress, isL3, isOnParent, isOnUnderlay, isOwnAddress, socket } from './world.ts'

/**
 * A packet on the underlay, sent by a host (or by a machine beside them, `from` being `''`).
 *
 * @returns The host that it comes to, where its way goes on there (`acrossLink`).
 */
export function ontoLink(walk: Walk, from: string, address: string, port: number | null): End | PlanHost {
  const { plan } = walk
  const subject = socket(address, port)
  const other = plan.hosts.find((host) => host.name !== from && hostAddress(host) === address)
  if (other !== undefined) return other
  const child = childAt(walk, address)
  if (child !== null) {
    const { container, network } = child
    if (isL3(network) || !isOnUnderlay(plan, network))
      return drop(walk, OUTSIDE, 'no-neighbour', subject, '', linkRule(network))
    const mac = endpointAt(network, address)?.mac ?? ''
    add(walk, inHost(container.host, network.key, network.parent), { kind: 'bridge', address, mac })
    return receive(walk, container, network, address, port)
  }
  if (isDockers(walk, address)) return drop(walk, OUTSIDE, 'no-neighbour', subject, '')
  return deliver(walk, OUTSIDE, subject, '')
}

/** Why the LAN does not know the children of a network. */
export function linkRule(network: PlanNetwork): string {
  if (isL3(network)) return `ipvlan_mode=${network.policy.mode}`
  return network.internal ? '--internal' : `parent=${network.parent}`
}

/** The child of a macvlan or ipvlan network with that address. */
export function childAt(
  walk: Walk,
  address: string,
): { readonly container: PlanContainer; readonly network: PlanNetwork } | null {
  for (const network of walk.plan.networks.values()) {
    const endpoint = isOnParent(network) ? endpointAt(network, address) : null
    const container = walk.plan.containers.get(endpoint?.container ?? '')
    if (container !== undefined) return { container, network }
  }
  return null
}

/** Whether an address is of some Docker network, which no router outside knows. */
function isDockers({ plan }: Walk, address: string): boolean {
  if (plan.hosts.some((host) => isOwnAddress(plan, host, address) && hostAddress(host) !== address))
    return true
  return [...plan.networks.values()].some((n) => !isOnParent(n) && endpointAt(n, address) !== null)
}
