import type { ParsedCommand } from '../../command/parse.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Arrange } from '../../engine/order.ts'
import type { Report, Span } from '../../problem/problem.ts'
import type { CommandEntry, HostEntry, Topology } from '../../topology/topology.ts'
import type { Chance } from '../chance/chance.ts'
import type { PlanStep } from '../plan.ts'
import type { Assumption, Foreign, Outside } from '../project/external.ts'
import type { SwarmSession } from '../stack/swarm-session.ts'
import type { Budget } from './budget.ts'
import type { Causes } from './causes.ts'
import type { Foreground } from './foreground.ts'

/** A machine of the block while its plan is made. */
export interface HostState {
  readonly entry: HostEntry
  readonly engine: Engine
  readonly chance: Chance
}

/** Everything the making of one plan changes. */
export interface Session {
  readonly topology: Topology
  /** A command of the block, as it is read. */
  readonly parsed: (command: CommandEntry) => ParsedCommand
  readonly hosts: ReadonlyMap<string, HostState>
  readonly first: HostState
  readonly swarm: SwarmSession
  readonly steps: PlanStep[]
  readonly report: Report
  /** What is left of the things the block may make. */
  readonly budget: Budget
  /** Where containers and networks were written, by host and name. */
  readonly spans: { readonly containers: Map<string, Span>; readonly networks: Map<string, Span> }
  /** Networks that were there before the block. */
  readonly outside: Outside
  /** Networks that are made outside of the block, and what they have is not said. */
  readonly assumptions: Assumption[]
  /** What services share by their mode, and nothing of the block makes. */
  readonly foreign: Foreign[]
  /** Of what is done in an order left to chance. */
  readonly arrange: Arrange
  /** Ports the engine chose for containers started together, by host and name: left to chance. */
  readonly chancePorts: Set<string>
  /** Ports that may be free or not, `HOST PROTOCOL PORT`: one of those left to chance was given back. */
  readonly loosePorts: Set<string>
  /** The name by which commands call the block itself as a compose file; `null` until one does. */
  readonly ownFiles: { name: string | null }
  /** Networks that compose has made, by host and name: what their file said of them. */
  readonly projectNetworks: Map<string, string>
  /** Failures that have been told, by what is missing for them. */
  readonly causes: Causes
  /** By host. */
  readonly foreground: Map<string, Foreground>
}

/** Key of something on a host in a map of the session. */
export function placeKey(host: string, name: string): string {
  return `${host}\n${name}`
}
