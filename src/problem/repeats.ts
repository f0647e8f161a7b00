import type { Problem } from './problem.ts'

/**
 * `later` problems without those that say again what one of `first` said.
 *
 * A wrong address is found by the reader, which knows the exact place, and again by the engine that is given it. The
 * engine's problem is dropped when it has the code of an earlier error and stands at the same place, or its message
 * names the very text at that place.
 */
export function withoutRepeats(
  first: readonly Problem[],
  later: readonly Problem[],
  source: string,
): readonly Problem[] {
  const errors = first.filter((problem) => problem.severity === 'error')
  if (errors.length === 0) return later
  return later.filter((problem) => !errors.some((error) => repeats(problem, error, source)))
}

/** Shorter texts could stand in a message by accident. */
const LEAST_LETTERS = 3

function repeats(problem: Problem, error: Problem, source: string): boolean {
  if (problem.code !== error.code) return false
  if (problem.span.start === error.span.start && problem.span.end === error.span.end) return true
  const text = source.slice(error.span.start, error.span.end).replaceAll(/["']/g, '')
  return text.length >= LEAST_LETTERS && problem.message.includes(text)
}
