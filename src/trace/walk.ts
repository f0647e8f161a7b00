import type { Plan, PlanContainer } from '../plan/plan.ts'
import type { DropReason } from './drop-reason.ts'
import type { Hop, HopEvent, HopPlace, TraceEffect, TraceProtocol } from './trace.ts'

/** How a packet's way ended. */
export type End = 'delivered' | 'dropped'

/** A packet on its way: what it is for, and the hops so far. */
export interface Walk {
  readonly plan: Plan
  readonly port: number | null
  readonly protocol: TraceProtocol
  readonly hops: Hop[]
  /** Container that was asked for by name, whatever it listens on; `''` for none. */
  readonly asked: string
  /** `false` after a choice that is left to chance. */
  certain: boolean
  /** Container that has the packet at the end, or `''`. */
  destination: string
  /** Its source address as it is now; `''` where it is not known. */
  source: string
  /** The source address is an example, of a machine nobody gave one, and is not to be told. */
  isExample: boolean
  effect: TraceEffect
}

export const OUTSIDE: HopPlace = { host: '', sandbox: 'outside', container: '', network: '', interface: '' }

export function inContainer(container: PlanContainer, network: string): HopPlace {
  const attachment = container.endpoints.get(network)
  return {
    host: container.host,
    sandbox: container.mode === 'host' ? 'host' : 'container',
    container: container.name,
    network,
    interface: attachment?.interface ?? '',
  }
}

export function inHost(host: string, network: string, device: string): HopPlace {
  return { host, sandbox: 'host', container: '', network, interface: device }
}

export function inOverlay(host: string, network: string, device: string): HopPlace {
  return { host, sandbox: 'overlay', container: '', network, interface: device }
}

export function add(walk: Walk, place: HopPlace, event: HopEvent): void {
  // As quick as one assignment; a spread of two objects, the second of many forms, takes twenty times as long.
  walk.hops.push(Object.assign({}, place, event))
}

/** The source address from here on. */
export function setSource(walk: Walk, source: string): void {
  walk.source = source
  walk.isExample = false
}

/** The source address as a hop tells it. */
export const toldSource = ({ source, isExample }: Walk): string => (isExample ? '' : source)

/** The source address becomes another. @param target of the iptables rule that does it. */
export function masquerade(
  walk: Walk,
  place: HopPlace,
  to: string,
  target: 'MASQUERADE' | 'SNAT' = 'MASQUERADE',
): void {
  add(walk, place, { kind: 'masquerade', target, from: toldSource(walk), to })
  setSource(walk, to)
}

/** @param rule the firewall rule or setting that decides, as it is written. */
export function drop(
  walk: Walk,
  place: HopPlace,
  reason: DropReason,
  subject: string,
  other: string,
  rule = '',
): End {
  add(walk, place, { kind: 'drop', reason, subject, other, rule })
  walk.effect = effectOf(reason, walk.protocol)
  return 'dropped'
}

/**
 * What the sender notices. A datagram's sender is told of a closed port (RFC 1122, 4.1.3.1), but not that a neighbour
 * did not answer (Linux `net/ipv4/udp.c: __udp4_lib_err`).
 */
function effectOf(reason: DropReason, protocol: TraceProtocol): TraceEffect {
  switch (reason) {
    case 'name-unknown':
    case 'name-on-default-bridge':
      return 'unknown-name'
    case 'not-running':
    case 'no-task':
    case 'no-subnet':
      return 'not-sent'
    case 'port-closed':
    case 'published-elsewhere':
    case 'routed-only':
    case 'not-listening':
      return 'refused'
    case 'no-route':
    case 'lost-sandbox':
      return 'unreachable'
    case 'host-and-child':
    case 'macvlan-private':
    case 'no-underlay':
    case 'no-neighbour':
    case 'tentative':
      return protocol === 'udp' ? 'timeout' : 'unreachable'
    case 'isolation':
    case 'internal':
    case 'icc':
    case 'unpublished':
    case 'port-held':
    case 'answer-dropped':
    case 'no-way-back':
    case 'answer-from-elsewhere':
      return 'timeout'
    default:
      return reason satisfies never
  }
}

/** The packet is where it was to go. */
export function deliver(walk: Walk, place: HopPlace, address: string, mac: string): End {
  add(walk, place, { kind: 'deliver', address, mac, source: toldSource(walk) })
  walk.destination = place.container
  walk.effect = 'answered'
  return 'delivered'
}
