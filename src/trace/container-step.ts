/** A packet leaves a container: to itself, to a neighbour on one of its networks, or by its default route. */
import { addressText } from '../net/index.ts'
import type { PlanContainer, PlanNetwork } from '../plan/plan.ts'
import { isLinked } from './filter.ts'
import { atHost } from './host-step.ts'
import { isClosed } from './listen.ts'
import { crossOverlay } from './overlay-step.ts'
import { acrossParent, byRouter } from './parent-step.ts'
import { deviceOf, policyOf } from './policy.ts'
import { receive } from './receive.ts'
import { add, deliver, drop, type End, inContainer, inHost, OUTSIDE, type Walk } from './walk.ts'
import {
  addressesOf,
  addressOf,
  endpointAt,
  familyOf,
  hostOf,
  isLoopback,
  isNeighbour,
  isOnParent,
  isOwnAddress,
  socket,
} from './world.ts'

/** @param container one with a sandbox of its own. */
export function sendFromContainer(walk: Walk, container: PlanContainer, address: string): End {
  const destination = socket(address, walk.port)
  if (isOwn(container, address)) return toItself(walk, container, address)
  const family = familyOf(address)
  for (const [key, attachment] of container.endpoints) {
    const network = walk.plan.networks.get(key)
    if (network === undefined || !isNeighbour(attachment, address)) continue
    walk.source = addressOf(attachment, family)
    add(walk, inContainer(container, key), { kind: 'send', source: walk.source, destination, via: '' })
    return toNeighbour(walk, container, network, address)
  }
  return byDefaultRoute(walk, container, address)
}

function isOwn(container: PlanContainer, address: string): boolean {
  return (
    isLoopback(address) || [...container.endpoints.values()].some((a) => addressesOf(a).includes(address))
  )
}

function toItself(walk: Walk, container: PlanContainer, address: string): End {
  const place = inContainer(container, '')
  const subject = socket(address, walk.port)
  const hasIpv6 = [...container.endpoints.values()].some((a) => addressOf(a, 6) !== '')
  if (familyOf(address) === 6 && !hasIpv6 && !walk.plan.rules.loopbackIpv6)
    return drop(walk, place, 'no-route', subject, '', 'net.ipv6.conf.all.disable_ipv6=1')
  walk.source = address.startsWith('127.') ? '127.0.0.1' : address
  add(walk, place, { kind: 'loopback', address })
  if (isClosed(walk.plan, container, walk.port, walk.protocol))
    return drop(walk, place, 'not-listening', subject, container.name)
  return deliver(walk, place, subject, '')
}

function toNeighbour(walk: Walk, container: PlanContainer, network: PlanNetwork, address: string): End {
  if (network.driver === 'overlay') return crossOverlay(walk, network, container.host, walk.source, address)
  if (isOnParent(network)) return acrossParent(walk, container, network, address)
  const host = hostOf(walk.plan, container.host)
  const place = inHost(container.host, network.key, network.device)
  const subject = socket(address, walk.port)
  const endpoint = endpointAt(network, address)
  add(walk, place, { kind: 'bridge', address, mac: endpoint?.mac ?? '' })
  if (host !== null && isOwnAddress(walk.plan, host, address))
    return atHost(walk, host, { from: network, link: '', address, port: walk.port, local: false })
  const target = walk.plan.containers.get(endpoint?.container ?? '')
  if (target === undefined) return drop(walk, place, 'no-neighbour', subject, network.key)
  if (
    !network.policy.icc &&
    policyOf(network, familyOf(address)).filtered &&
    !isLinked(walk, container, target, network)
  ) {
    const rule = `-A FORWARD -i ${deviceOf(network)} -o ${deviceOf(network)} -j DROP (enable_icc=false)`
    const end = drop(walk, place, 'icc', subject, network.key, rule)
    // The bridged question of neighbour discovery goes through ip6tables too, so that there is no neighbour.
    if (familyOf(address) === 6 && walk.protocol !== 'udp') walk.effect = 'unreachable'
    return end
  }
  return receive(walk, target, network, address, walk.port)
}

function byDefaultRoute(walk: Walk, container: PlanContainer, address: string): End {
  const { plan } = walk
  const destination = socket(address, walk.port)
  const family = familyOf(address)
  const route = family === 4 ? container.defaultRoute : container.defaultRoute6
  const network = plan.networks.get(route?.network ?? '')
  const attachment = container.endpoints.get(route?.network ?? '')
  if (route === null || network === undefined || attachment === undefined) {
    const internal = [...container.endpoints.keys()].find((key) => plan.networks.get(key)?.internal === true)
    const rule = internal === undefined ? '' : '--internal'
    return drop(walk, inContainer(container, internal ?? ''), 'no-route', destination, internal ?? '', rule)
  }
  walk.source = addressOf(attachment, family)
  add(walk, inContainer(container, network.key), {
    kind: 'send',
    source: walk.source,
    destination,
    via: addressText(route.via),
  })
  if (isOnParent(network)) return byRouter(walk, container, network, addressText(route.via), address)
  const host = hostOf(plan, container.host)
  if (host === null) return drop(walk, OUTSIDE, 'no-underlay', destination, container.host)
  const place = inHost(host.name, network.key, network.device)
  add(walk, place, { kind: 'bridge', address: addressText(route.via), mac: '' })
  return atHost(walk, host, { from: network, link: '', address, port: walk.port, local: false })
}
