/** One thing that is done, by a command or by a front end. */
import type { Operation, Refusal } from '../engine/operation.ts'
import type { ProblemCode } from '../problem/code.ts'
import type { Span } from '../problem/problem.ts'
import type { PlanStep } from './plan.ts'

export interface Step {
  readonly host: string
  readonly command: string
  readonly refusal: Refusal | null
  /** Where it was asked for: a command, or an entry of the compose file. */
  readonly span: Span | null
  /** The author marked the failure as meant. */
  readonly expected: boolean
  /** The operation of a command that was refused; none for what a front end does by itself. */
  readonly op?: Operation['op'] | undefined
  /** What it is to make by a name: `network back`. */
  readonly makes?: readonly string[] | undefined
}

/** What is not simulated here, whatever the engine would make of it: no error that an author can mean to show. */
const OURS: readonly ProblemCode[] = ['BLOCK_TOO_LARGE', 'UNSUPPORTED_COMMAND']

export const isLimitOfOurs = (code: ProblemCode): boolean => OURS.includes(code)

export function planStep({ host, command, refusal, span, expected }: Step): PlanStep {
  const error = refusal === null ? null : { code: refusal.code, message: refusal.message }
  return { host, command, ok: refusal === null, error, expected, span }
}
