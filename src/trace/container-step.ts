/** A packet leaves a container: to a neighbour on one of its networks, or by its default route. */
import { addressText } from '../net/index.ts'
import type { PlanContainer, PlanNetwork } from '../plan/plan.ts'
import { routeAtHost, toHostItself } from './host-step.ts'
import { crossOverlay } from './overlay-step.ts'
import { add, deliver, drop, type End, inContainer, inHost, OUTSIDE, type Walk } from './walk.ts'
import {
  endpointAt,
  familyOf,
  hostAddress,
  hostOf,
  isInside,
  isOnParent,
  isOwnAddress,
  socket,
  textOf,
} from './world.ts'

/** @param container one with a sandbox of its own. */
export function sendFromContainer(walk: Walk, container: PlanContainer, address: string): End {
  const destination = socket(address, walk.port)
  if (isLoopback(container, address)) {
    add(walk, inContainer(container, ''), { kind: 'loopback', address })
    return deliver(walk, inContainer(container, ''), destination, '')
  }
  for (const [key, { ipv4, ipv6 }] of container.endpoints) {
    const own = familyOf(address) === 4 ? ipv4 : ipv6
    const network = walk.plan.networks.get(key)
    if (network === undefined || !isInside(address, own)) continue
    add(walk, inContainer(container, key), { kind: 'send', source: textOf(own), destination, via: '' })
    return toNeighbour(walk, container, network, textOf(own), address)
  }
  return byDefaultRoute(walk, container, address)
}

function isLoopback(container: PlanContainer, address: string): boolean {
  if (address.startsWith('127.') || address === '::1') return true
  return [...container.endpoints.values()].some(
    (a) => textOf(a.ipv4) === address || textOf(a.ipv6) === address,
  )
}

function toNeighbour(
  walk: Walk,
  container: PlanContainer,
  network: PlanNetwork,
  source: string,
  address: string,
): End {
  if (network.driver === 'overlay') return crossOverlay(walk, network, container.host, source, address)
  if (isOnParent(network)) return acrossParent(walk, container, network, address)
  const host = hostOf(walk.plan, container.host)
  const place = inHost(container.host, network.key, network.device)
  const subject = socket(address, walk.port)
  const endpoint = endpointAt(network, address)
  add(walk, place, { kind: 'bridge', address, mac: endpoint?.mac ?? '' })
  if (host !== null && isOwnAddress(walk.plan, host, address)) {
    return toHostItself(walk, host, { from: network, source, address, local: false })
  }
  const target = walk.plan.containers.get(endpoint?.container ?? '')
  if (endpoint === null || target === undefined)
    return drop(walk, place, 'no-neighbour', subject, network.key)
  // A link opens the linked container's ports all the same.
  const linked = [...container.links.values()].includes(target.name)
  if (!network.policy.icc && !linked) {
    return drop(walk, place, 'icc', subject, network.key)
  }
  return deliver(walk, inContainer(target, network.key), subject, endpoint.mac)
}

/**
 * macvlan and ipvlan: siblings reach each other in the kernel, others by the parent's link; never their own host.
 * @see Linux `drivers/net/macvlan.c`, `drivers/net/ipvlan/ipvlan_core.c`
 */
function acrossParent(walk: Walk, container: PlanContainer, network: PlanNetwork, address: string): End {
  const { plan } = walk
  const place = inHost(container.host, network.key, network.parent)
  const subject = socket(address, walk.port)
  const host = hostOf(plan, container.host)
  if (host !== null && address === hostAddress(host))
    return drop(walk, place, 'host-and-child', subject, host.name)
  for (const other of plan.networks.values()) {
    const endpoint = isOnParent(other) ? endpointAt(other, address) : null
    const target = plan.containers.get(endpoint?.container ?? '')
    if (endpoint === null || target === undefined) continue
    const { mode } = network.policy
    if (target.host === container.host && (mode === 'private' || mode === 'vepa')) {
      return drop(walk, place, 'macvlan-private', subject, network.key)
    }
    add(walk, place, { kind: 'bridge', address, mac: endpoint.mac })
    return deliver(walk, inContainer(target, other.key), subject, endpoint.mac)
  }
  if (network.internal) return drop(walk, place, 'no-neighbour', subject, network.key)
  add(walk, place, { kind: 'bridge', address, mac: '' })
  return leaveByParent(walk, address)
}

/** On the link of the parent: another host, or a machine that is none of Docker's. */
function leaveByParent(walk: Walk, address: string): End {
  const other = walk.plan.hosts.find((host) => hostAddress(host) === address)
  if (other === undefined) return deliver(walk, OUTSIDE, socket(address, walk.port), '')
  add(walk, inHost(other.name, '', other.interface), {
    kind: 'arrive',
    source: '',
    destination: socket(address, walk.port),
  })
  return toHostItself(walk, other, { from: null, source: '', address, local: false })
}

function byDefaultRoute(walk: Walk, container: PlanContainer, address: string): End {
  const { plan } = walk
  const destination = socket(address, walk.port)
  const route = familyOf(address) === 4 ? container.defaultRoute : container.defaultRoute6
  const network = plan.networks.get(route?.network ?? '')
  const attachment = container.endpoints.get(route?.network ?? '')
  if (route === null || network === undefined || attachment === undefined) {
    const internal = [...container.endpoints.keys()].find((key) => plan.networks.get(key)?.internal === true)
    return drop(walk, inContainer(container, internal ?? ''), 'no-route', destination, internal ?? '')
  }
  const via = addressText(route.via)
  const source = textOf(familyOf(address) === 4 ? attachment.ipv4 : attachment.ipv6)
  add(walk, inContainer(container, network.key), { kind: 'send', source, destination, via })
  if (isOnParent(network)) {
    const place = inHost(container.host, network.key, network.parent)
    // ipvlan l3 routes without a gateway: the parent's link is asked for the address itself.
    add(walk, place, { kind: 'bridge', address: via || address, mac: '' })
    return leaveByParent(walk, address)
  }
  const host = hostOf(plan, container.host)
  if (host === null) return drop(walk, OUTSIDE, 'no-underlay', destination, container.host)
  const place = inHost(host.name, network.key, network.device)
  add(walk, place, { kind: 'bridge', address: via, mac: '' })
  return routeAtHost(walk, host, { from: network, source, address, local: false })
}
