/**
 * From one namespace on an overlay to another, on one host or across two.
 * @see moby `libnetwork/drivers/overlay/ov_network.go`, `libnetwork/service_linux.go`
 */

import type { PlanContainer, PlanNetwork, PlanService } from '../plan/plan.ts'
import { receive } from './receive.ts'
import { add, drop, type End, inContainer, inHost, inOverlay, masquerade, type Walk } from './walk.ts'
import { endpointAt, hostAddress, hostOf, isInside, runningOf, socket, textOf } from './world.ts'

/** IANA's port for VXLAN. moby `libnetwork/drivers/overlay/overlayutils/utils.go` */
const VXLAN_PORT = 4789

/** A packet enters an overlay on a host and goes to an address of it: a VIP's, or a container's. */
export function crossOverlay(
  walk: Walk,
  network: PlanNetwork,
  host: string,
  source: string,
  address: string,
): End {
  const service = [...walk.plan.services.values()].find((s) => textOf(s.vips.get(network.key)) === address)
  if (service === undefined) return toEndpoint(walk, network, host, address)
  add(walk, inOverlay(host, network.key, 'br0'), {
    kind: 'bridge',
    address,
    mac: loadBalancer(network, host)?.mac ?? '',
  })
  const task = balance(walk, network, host, service, address)
  if (task === null) return 'dropped'
  const own = textOf(loadBalancer(network, host)?.ipv4)
  if (own !== '' && source !== '')
    masquerade(walk, inOverlay(host, network.key, loadBalancer(network, host)?.name ?? ''), own, 'SNAT')
  return toEndpoint(walk, network, host, task)
}

function loadBalancer(network: PlanNetwork, host: string) {
  return [...network.endpoints.values()].find((e) => e.kind === 'load-balancer' && e.host === host)
}

/** IPVS in the namespace that holds the VIPs of a network on this host picks a task; `null` when there is none. */
function balance(
  walk: Walk,
  network: PlanNetwork,
  host: string,
  service: PlanService,
  vip: string,
): string | null {
  const place = inOverlay(host, network.key, loadBalancer(network, host)?.name ?? '')
  return choose(walk, { ...place }, network, service, vip)
}

/**
 * Round robin over the running tasks; the first stands for all of them.
 * @see moby `libnetwork/service_linux.go: addLBBackend`
 */
export function choose(
  walk: Walk,
  place: Parameters<typeof add>[1],
  network: PlanNetwork,
  service: PlanService,
  vip: string,
): string | null {
  const candidates = runningOf(walk.plan, service.name).flatMap((task) => {
    const address = textOf(task.endpoints.get(network.key)?.ipv4)
    return address === '' ? [] : [{ container: task.name, address }]
  })
  const chosen = candidates[0]
  if (chosen === undefined) {
    drop(walk, place, 'no-task', service.name, vip)
    return null
  }
  if (candidates.length > 1) walk.certain = false
  add(walk, place, { kind: 'ipvs', vip, service: service.name, candidates, chosen })
  return chosen.address
}

/** To the container with that address, through a VXLAN tunnel when it runs on another host. */
export function toEndpoint(walk: Walk, network: PlanNetwork, host: string, address: string): End {
  const endpoint = endpointAt(network, address)
  const target = endpoint === null ? null : (walk.plan.containers.get(endpoint.container) ?? null)
  if (endpoint === null || target === null) {
    const reason = network.subnets.length === 0 ? 'no-subnet' : 'no-neighbour'
    return drop(walk, inOverlay(host, network.key, 'br0'), reason, address, network.key)
  }
  add(walk, inOverlay(host, network.key, 'br0'), { kind: 'bridge', address, mac: endpoint.mac })
  if (endpoint.host !== host) tunnel(walk, network, host, endpoint.host, address)
  return arriveInTask(walk, network, target, address)
}

function tunnel(walk: Walk, network: PlanNetwork, from: string, to: string, address: string): void {
  const here = hostOf(walk.plan, from)
  const there = hostOf(walk.plan, to)
  if (here === null || there === null) return
  const subnet = network.subnets.findIndex((subnet) => isInside(address, subnet))
  const vni = network.vni[subnet === -1 ? 0 : subnet] ?? 0
  const outerSource = hostAddress(here)
  const outerDestination = hostAddress(there)
  add(walk, inOverlay(from, network.key, 'vxlan0'), {
    kind: 'encapsulate',
    vni,
    outerSource,
    outerDestination,
    udpPort: VXLAN_PORT,
    toHost: to,
    encrypted: network.options.has('encrypted'),
  })
  add(walk, inHost(from, '', here.interface), {
    kind: 'forward',
    destination: socket(outerDestination, VXLAN_PORT),
    out: here.interface,
  })
  add(walk, inHost(to, '', there.interface), {
    kind: 'arrive',
    source: outerSource,
    destination: socket(outerDestination, VXLAN_PORT),
  })
  add(walk, inOverlay(to, network.key, 'vxlan0'), { kind: 'decapsulate', vni, fromHost: from })
}

/** In the task the routing mesh's port becomes the port the task listens on. */
function arriveInTask(walk: Walk, network: PlanNetwork, target: PlanContainer, address: string): End {
  const place = inContainer(target, network.key)
  const port = network.ingress
    ? walk.plan.services
        .get(target.service)
        ?.ports.find((p) => p.mode === 'ingress' && p.published === walk.port)
    : undefined
  if (port !== undefined && port.target !== port.published) {
    add(walk, place, {
      kind: 'dnat',
      from: socket(address, port.published),
      to: socket(address, port.target),
    })
  }
  return receive(walk, target, network, address, port?.target ?? walk.port)
}
