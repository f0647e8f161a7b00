import type { Refusal } from '../engine/operation.ts'
import { refuse } from '../engine/refusal.ts'
import type { ProblemCode } from '../problem/code.ts'
import { nearest } from '../problem/nearest.ts'
import type { Span } from '../problem/problem.ts'
import { type Said, say } from '../problem/say.ts'

/** What the client says no to before it asks the engine; `at` is the word that is wrong, none for all of the line. */
export function refused(code: ProblemCode, message: string | Said, at?: Span | null, hint?: Said): Refusal {
  return { ...refuse(code, message), at: at ?? undefined, hint }
}

/** A refusal with the one of `known` that is nearest to `given` as hint. */
export function refuseUsage(
  code: ProblemCode,
  message: string,
  command: string,
  at: Span,
  given = '',
  known: readonly string[] = [],
): Refusal {
  const near = nearest(given, known)
  return refused(
    code,
    message,
    at,
    near === null ? say`See "${command} --help".` : say`Did you mean "${near}"?`,
  )
}
