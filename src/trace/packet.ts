import type { PlanNetwork } from '../plan/plan.ts'

/** A packet a host has in hand. */
export interface Packet {
  /** The bridge it came in by; `null` from a link or from the host itself. */
  readonly from: PlanNetwork | null
  /** Interface of the host it came in by; `''` from a bridge or from the host itself. */
  readonly link: string
  /** Where it goes now. */
  readonly address: string
  readonly port: number | null
  /** The host itself sent it. */
  readonly local: boolean
}
