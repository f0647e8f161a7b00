/** What table nat makes of the source of a packet that leaves a host, or enters one of its bridges from it. */
import type { PlanHost, PlanNetwork } from '../plan/plan.ts'
import type { Packet } from './packet.ts'
import { policyOf, sourceFromHost, sourceOf } from './policy.ts'
import type { Binding } from './published.ts'
import type { HopPlace } from './trace.ts'
import { inHost, masquerade, type Walk } from './walk.ts'
import {
  bridgeTo,
  familyOf,
  gatewayOf,
  hostAddress,
  isInside,
  isLoopback,
  isOwnAddress,
  subnetsOf,
} from './world.ts'

const bridgePlace = (host: PlanHost, network: PlanNetwork) => inHost(host.name, network.key, network.device)

/**
 * POSTROUTING of a packet that leaves by a bridge.
 * @see moby `setup_ip_tables_linux.go: setupIPTablesInternal`, `programNAT`; `port_mapping_linux.go: setPerPortNAT`
 */
export function translateSource(
  walk: Walk,
  host: PlanHost,
  packet: Packet,
  out: PlanNetwork,
  binding: Binding | null,
): void {
  const { source, plan } = walk
  const family = familyOf(packet.address)
  const gateway = gatewayOf(out, family)
  if (source === '' || gateway === '' || source === gateway) return
  const place = bridgePlace(host, out)
  if (!host.daemon.userlandProxy && policyOf(out, family).filtered) {
    if (isOwnAddress(plan, host, source) || isLoopback(source)) {
      leaveAs(walk, place, sourceFromHost(out, family), gateway)
      return
    }
    // A container to itself has a rule of its own, which knows nothing of `host_ipv4`.
    if (binding !== null && source === packet.address) {
      masquerade(walk, place, gateway)
      return
    }
  }
  const origin = masqueradeOf(walk, host, out)
  if (origin !== null) leaveAs(walk, place, sourceOf(origin, family), gateway)
}

/** @param given `host_ipv4` or `host_ipv6` of the bridge, `''` where it has none. @param own address of the way out. */
export function leaveAs(walk: Walk, place: HopPlace, given: string | null, own: string): void {
  if (given === null || given === '') masquerade(walk, place, own)
  else masquerade(walk, place, given, 'SNAT')
}

/** The bridge whose rule `-s SUBNET ! -o BRIDGE -j MASQUERADE` takes the packet. */
export function masqueradeOf(walk: Walk, host: PlanHost, out: PlanNetwork | null): PlanNetwork | null {
  const { source, plan } = walk
  if (source === '') return null
  const family = familyOf(source)
  for (const network of plan.networks.values()) {
    if (network.host !== host.name || network.policy.link !== 'bridge' || network === out) continue
    if (sourceOf(network, family) === null) continue
    if (subnetsOf(network, family).some((subnet) => isInside(source, subnet))) return network
  }
  return null
}

/** MASQUERADE knows no exception for the host itself: a packet from a bridge's address gets that of an interface. */
export function leaveAsHost(walk: Walk, host: PlanHost, place: ReturnType<typeof inHost>): void {
  if (isLoopback(walk.source)) return
  const network = bridgeTo(walk.plan, host.name, walk.source)
  if (network === null || sourceOf(network, familyOf(walk.source)) === null) return
  if (familyOf(walk.source) === 4) masquerade(walk, place, hostAddress(host))
}
