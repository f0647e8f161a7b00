import type { Engine } from '../engine/engine.ts'
import type { Refusal } from '../engine/operation.ts'
import type { Report, Span } from '../problem/problem.ts'
import type { HostEntry, Topology } from '../topology/topology.ts'
import { adviseOn } from './advice.ts'
import type { Budget } from './budget.ts'
import type { Chance } from './chance.ts'
import type { Assumption } from './external.ts'
import type { PlanStep } from './plan.ts'
import type { SwarmSession } from './swarm-session.ts'
import type { Foreground } from './terminal.ts'

/** A machine of the block while its plan is made. */
export interface HostState {
  readonly entry: HostEntry
  readonly engine: Engine
  readonly chance: Chance
}

/** Everything the making of one plan changes. */
export interface Session {
  readonly topology: Topology
  readonly hosts: ReadonlyMap<string, HostState>
  readonly first: HostState
  readonly swarm: SwarmSession
  readonly steps: PlanStep[]
  readonly report: Report
  /** What is left of the things the block may make. */
  readonly budget: Budget
  /** Where containers and networks were written, by host and name. */
  readonly spans: { readonly containers: Map<string, Span>; readonly networks: Map<string, Span> }
  /** Whether networks that the block calls external exist, though no command has made them. */
  readonly hasOutside: boolean
  /** Networks that are made outside of the block, and what they have is not said. */
  readonly assumptions: Assumption[]
  /** Ports the engine chose for containers started together, by host and name: left to chance. */
  readonly chancePorts: Set<string>
  /** By host. */
  readonly foreground: Map<string, Foreground>
}

/** Key of something on a host in a map of the session. */
export function placeKey(host: string, name: string): string {
  return `${host}\n${name}`
}

/** Records a step; a failure nobody marked as meant is a problem of the author's. */
export function recordStep(
  session: Session,
  step: {
    readonly host: string
    readonly command: string
    readonly refusal: Refusal | null
    readonly span: Span | null
    readonly expected: boolean
    /** The author knows of it already. */
    readonly told?: boolean
    /** Where exactly it is wrong, if narrower than `span`. */
    readonly faultSpan: Span | null
    readonly hint: string | null
  },
): void {
  const { host, command, refusal, span, expected } = step
  session.steps.push({
    host,
    command,
    ok: refusal === null,
    error: refusal === null ? null : { code: refusal.code, message: refusal.message },
    expected,
    span,
  })
  // A limit of ours is none of the errors an author can mean to show.
  const isMeant = expected && refusal?.code !== 'BLOCK_TOO_LARGE'
  if (refusal === null || isMeant || step.told === true) return
  tellRefusal(session, host, refusal, step.faultSpan ?? span, step.hint)
}

/** A refusal as a problem, with advice unless there is a hint already. */
export function tellRefusal(
  session: Session,
  host: string,
  refusal: Refusal,
  place: Span | null,
  hint: string | null = null,
): void {
  const advice = hint === null ? adviseOn(session, host, refusal, place) : null
  session.report({
    code: refusal.code,
    severity: 'error',
    message: oneLine(refusal.message),
    hint: hint ?? advice?.hint ?? null,
    span: advice?.span ?? place ?? { start: 0, end: 0 },
    related: advice?.related ?? [],
  })
}

/** An engine's list of faults on one line. */
function oneLine(message: string): string {
  return message.replace(/:\n\*? ?/g, ': ').replace(/\n\*? ?/g, '; ')
}
