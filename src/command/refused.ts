import type { Refusal } from '../engine/operation.ts'
import { nearest } from '../problem/nearest.ts'

/** What the client says no to before it asks the engine. */
export interface Refused {
  readonly refusal: Refusal
  /** For the author: what to write instead, or `null`. */
  readonly hint: string | null
  /** The word of the command line that is wrong, `''` for all of it. */
  readonly word: string
}

export function refused(code: string, message: string, word = '', hint: string | null = null): Refused {
  return { refusal: { code, message }, hint, word }
}

/** A refusal with the nearest of `known` as hint. */
export function refuseUsage(
  code: string,
  message: string,
  command: string,
  word: string,
  known: readonly string[] = [],
): Refused {
  const near = nearest(word, known)
  return refused(code, message, word, near === null ? `See "${command} --help".` : `Did you mean "${near}"?`)
}
