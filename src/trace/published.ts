/**
 * Published ports of a host: who has which, by DNAT in the kernel or by docker-proxy.
 * @see moby `libnetwork/drivers/bridge/port_mapping_linux.go`, `cmd/docker-proxy`
 */
import { formatAddress } from '../net/index.ts'
import type { PlanContainer, PlanHost, PlanNetwork } from '../plan/plan.ts'
import { publishingNetwork } from '../plan/published.ts'
import { hasPort } from './listen.ts'
import type { Packet } from './packet.ts'
import { policyOf } from './policy.ts'
import type { Walk } from './walk.ts'
import { addressOf, familyOf, isLoopback } from './world.ts'

export interface Binding {
  readonly container: PlanContainer
  readonly network: PlanNetwork
  /** Address on the host it is bound to: `0.0.0.0`, `::`, or one of the host's. */
  readonly hostIp: string
  readonly hostPort: number
  readonly port: number
}

/** All bindings of a port of a host, on whichever address. */
export function bindingsOf(walk: Walk, host: PlanHost, port: number | null): readonly Binding[] {
  const bindings: Binding[] = []
  for (const container of walk.plan.containers.values()) {
    if (container.host !== host.name || container.state !== 'running') continue
    const network = publishingNetwork(walk.plan, container)
    if (network === null) continue
    for (const { ip, port: hostPort, target, protocol } of container.ports)
      if (hostPort === port && protocol === walk.protocol)
        bindings.push({ container, network, hostIp: formatAddress(ip), hostPort, port: target })
  }
  return bindings
}

/** A container that asks for a port of the host and gets none, for the network it publishes on is routed. */
export function routedAt(walk: Walk, host: PlanHost, port: number, family: 4 | 6): PlanContainer | null {
  for (const container of walk.plan.containers.values()) {
    if (container.host !== host.name || container.state !== 'running') continue
    const network = publishingNetwork(walk.plan, container)
    if (network === null || policyOf(network, family).gateway !== 'routed') continue
    if (hasPort(container.asksFor, port, walk.protocol)) return container
  }
  return null
}

/** Whether a binding is for an address: any of its family, or that very one. */
export function isFor({ hostIp }: Binding, address: string): boolean {
  return hostIp === address || hostIp === (familyOf(address) === 4 ? '0.0.0.0' : '::')
}

/** Where the kernel sends a packet for a published port of the host, before anybody on the host sees it. */
export function dnatOf(walk: Walk, host: PlanHost, packet: Packet): Binding | null {
  const family = familyOf(packet.address)
  const proxied = host.daemon.userlandProxy
  const { from } = packet
  // `-A OUTPUT ! -d 127.0.0.0/8`, for docker-proxy is there; IPv6 cannot leave ::1 at all.
  if (isLoopback(packet.address) && (proxied || family === 6)) return null
  // `-A DOCKER -i BRIDGE -j RETURN`
  if (from !== null && policyOf(from, family).skipsDnat) return null
  for (const binding of bindingsOf(walk, host, packet.port)) {
    const { network, container } = binding
    if (!isFor(binding, packet.address)) continue
    if (addressOf(container.endpoints.get(network.key) ?? NOWHERE, family) === '') continue
    const { filtered, gateway } = policyOf(network, family)
    if (!filtered || gateway === 'routed') continue
    // `! -i BRIDGE`: docker-proxy serves the bridge's own containers.
    if (proxied && from === network) continue
    return binding
  }
  return null
}

const NOWHERE = { ipv4: null, ipv6: null }
