import type { Engine } from '../engine/engine.ts'
import type { Refusal } from '../engine/operation.ts'

/** A machine that may become a node. */
export interface SwarmHost {
  readonly name: string
  /** Address on the underlay without prefix length, or `''`. */
  readonly ip: string
  /** Its interfaces with an IPv4 address, those Docker makes left out. */
  readonly links: readonly { readonly name: string; readonly ip: string }[]
  /** The role it has when its token does not tell. */
  readonly role: 'manager' | 'worker' | null
  /** Labels of the node. */
  readonly labels: ReadonlyMap<string, string>
  readonly engine: Engine
}

export interface RefusedTask {
  readonly task: string
  readonly service: string
  readonly host: string
  readonly refusal: Refusal
}
