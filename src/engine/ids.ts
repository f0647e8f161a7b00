/**
 * Ids in the form of Docker's random ones (64 hex digits), the same in every run. They occur in wordings only, so the
 * digits are worked out when one is printed.
 */
export interface Id {
  /** How many ids of its seed came before. */
  readonly serial: number
  toString(): string
}

export interface Ids {
  /** Equal to no other id. */
  next(): Id
}

/** @param seed ids of different seeds differ. */
export function createIds(seed: string): Ids {
  let given = 0
  return {
    next() {
      const before = given++
      return { serial: before, toString: () => digitsOf(seed, before) }
    },
  }
}

/** What `docker ps` shows of an id: 12 digits. */
export function shortId(id: Id): string {
  return id.toString().slice(0, 12)
}

/** @param before how many ids of this seed came before. */
function digitsOf(seed: string, before: number): string {
  let state = 2166136261
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0
  // Numerical Recipes' linear congruence: no randomness is needed, only ids that differ.
  let factor = 1664525
  let step = 1013904223
  const advance = (): number => {
    state = (Math.imul(state, factor) + step) >>> 0
    return state
  }
  // Past the words of those before, by steps that double.
  for (let words = before * 8; words > 0; words = Math.floor(words / 2)) {
    if (words % 2 === 1) advance()
    step = (Math.imul(step, factor) + step) >>> 0
    factor = Math.imul(factor, factor)
  }
  factor = 1664525
  step = 1013904223
  return Array.from({ length: 8 }, () => advance().toString(16).padStart(8, '0')).join('')
}
