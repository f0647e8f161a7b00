/**
 * macvlan and ipvlan: children reach each other in the kernel and others by the parent's link; never their own host.
 * @see Linux `drivers/net/macvlan.c`, `drivers/net/ipvlan/ipvlan_core.c`
 */
import type { PlanContainer, PlanNetwork } from '../plan/plan.ts'
import { acrossLink } from './host-step.ts'
import { linkRule } from './link-step.ts'
import { receive } from './receive.ts'
import { add, deliver, drop, type End, inHost, OUTSIDE, type Walk } from './walk.ts'
import {
  endpointAt,
  familyOf,
  gatewayOf,
  hostAddress,
  hostOf,
  isL3,
  isOf,
  isOnParent,
  isOnUnderlay,
  socket,
} from './world.ts'

/** To an address of the child's own subnet. */
export function acrossParent(
  walk: Walk,
  container: PlanContainer,
  network: PlanNetwork,
  address: string,
): End {
  const place = inHost(container.host, network.key, network.parent)
  const subject = socket(address, walk.port)
  const sibling = siblingAt(walk, container, network, address)
  if (sibling !== null) return toSibling(walk, container, network, sibling, address)
  const host = hostOf(walk.plan, container.host)
  if (host !== null && address === hostAddress(host))
    return drop(walk, place, 'host-and-child', subject, host.name)
  const isMadeUp = gatewayOf(network, familyOf(address)) === address && !hasRouter(walk, network)
  if (network.internal || isL3(network) || isMadeUp)
    return drop(walk, place, 'no-neighbour', subject, network.key, network.internal ? '--internal' : '')
  add(walk, place, { kind: 'bridge', address, mac: '' })
  if (isOnUnderlay(walk.plan, network)) return acrossLink(walk, container.host, address, walk.port)
  return deliver(walk, OUTSIDE, subject, '')
}

interface Sibling {
  readonly container: PlanContainer
  readonly network: PlanNetwork
}

/** A child on the same link: of the same parent, or of the LAN that both hosts are on. */
function siblingAt(walk: Walk, from: PlanContainer, network: PlanNetwork, address: string): Sibling | null {
  for (const other of walk.plan.networks.values()) {
    const endpoint = isOnParent(other) ? endpointAt(other, address) : null
    const container = walk.plan.containers.get(endpoint?.container ?? '')
    if (container === undefined) continue
    const isSame = other === network && container.host === from.host
    if (isSame || (!network.internal && !other.internal && other.parent === network.parent))
      return { container, network: other }
  }
  return null
}

function toSibling(
  walk: Walk,
  from: PlanContainer,
  network: PlanNetwork,
  sibling: Sibling,
  address: string,
): End {
  const place = inHost(from.host, network.key, network.parent)
  const { mode } = network.policy
  if (sibling.container.host === from.host && (mode === 'private' || mode === 'vepa')) {
    const subject = socket(address, walk.port)
    return drop(walk, place, 'macvlan-private', subject, network.key, `macvlan_mode=${mode}`)
  }
  const mac = endpointAt(sibling.network, address)?.mac ?? ''
  if (!isL3(network)) add(walk, place, { kind: 'bridge', address, mac })
  return receive(walk, sibling.container, sibling.network, address, walk.port)
}

/**
 * By the default route: a router on the link, or, of ipvlan l3, the host's own routes.
 * @param via `''` where the route is the interface itself.
 */
export function byRouter(
  walk: Walk,
  container: PlanContainer,
  network: PlanNetwork,
  via: string,
  address: string,
): End {
  const place = inHost(container.host, network.key, network.parent)
  const subject = socket(address, walk.port)
  const sibling = isL3(network) ? siblingAt(walk, container, network, address) : null
  if (sibling !== null) return toSibling(walk, container, network, sibling, address)
  const host = hostOf(walk.plan, container.host)
  if (host !== null && address === hostAddress(host) && isOnUnderlay(walk.plan, network))
    return drop(walk, place, 'host-and-child', subject, host.name)
  if (isL3(network)) {
    add(walk, place, { kind: 'forward', destination: subject, out: network.parent })
    const end = acrossLink(walk, container.host, address, walk.port)
    if (end === 'dropped') return end
    return drop(walk, OUTSIDE, 'no-way-back', subject, network.key, linkRule(network))
  }
  if (!hasRouter(walk, network))
    return drop(walk, place, 'no-neighbour', via, network.key, 'no gateway was given')
  add(walk, place, { kind: 'bridge', address: via, mac: '' })
  return acrossLink(walk, '', address, walk.port)
}

/** Whether somebody has the gateway's address: the author says so, or it is that of the hosts' own LAN. */
function hasRouter(walk: Walk, network: PlanNetwork): boolean {
  if (network.internal) return false
  if (isGiven(network)) return true
  const host = hostOf(walk.plan, network.host)
  return host === null || host.address === null || isOf(network, hostAddress(host))
}

const isGiven = ({ subnets }: PlanNetwork): boolean => subnets.some(({ gatewayGiven }) => gatewayGiven)

/** Whether a machine on the hosts' LAN knows the way to an address of a child. */
export function isKnownOutside(walk: Walk, network: PlanNetwork): boolean {
  if (isL3(network) || !isOnUnderlay(walk.plan, network)) return false
  const host = hostOf(walk.plan, network.host)
  return host === null || host.address === null || isOf(network, hostAddress(host)) || isGiven(network)
}
