import type { Plan, PlanContainer } from '../plan/plan.ts'
import type { DropReason, Hop, HopEvent, HopPlace, TraceProtocol } from './trace.ts'

/** How a packet's way ended. */
export type End = 'delivered' | 'dropped'

/** A packet on its way: what it is for, and the hops so far. */
export interface Walk {
  readonly plan: Plan
  readonly port: number | null
  readonly protocol: TraceProtocol
  readonly hops: Hop[]
  /** `false` after a choice that is left to chance. */
  certain: boolean
  /** Container that has the packet at the end, or `''`. */
  destination: string
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

export function drop(walk: Walk, place: HopPlace, reason: DropReason, subject: string, other: string): End {
  add(walk, place, { kind: 'drop', reason, subject, other })
  return 'dropped'
}

/** The packet is where it was to go. */
export function deliver(walk: Walk, place: HopPlace, address: string, mac: string): End {
  add(walk, place, { kind: 'deliver', address, mac })
  walk.destination = place.container
  return 'delivered'
}
