import type { Refusal } from '../engine/operation.ts'
import { nearest } from '../problem/nearest.ts'
import type { Span } from '../problem/problem.ts'

/** What the client says no to before it asks the engine. */
export interface Refused {
  readonly refusal: Refusal
  /** For the author: what to write instead, or `null`. */
  readonly hint: string | null
  /** The word of the command line that is wrong, `null` for all of it. */
  readonly at: Span | null
}

export function refused(
  code: string,
  message: string,
  at: Span | null = null,
  hint: string | null = null,
): Refused {
  return { refusal: { code, message }, hint, at }
}

/** A refusal with the one of `known` that is nearest to `given` as hint. */
export function refuseUsage(
  code: string,
  message: string,
  command: string,
  at: Span,
  given = '',
  known: readonly string[] = [],
): Refused {
  const near = nearest(given, known)
  return refused(code, message, at, near === null ? `See "${command} --help".` : `Did you mean "${near}"?`)
}
