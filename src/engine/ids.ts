/**
 * Ids in the form of Docker's random ones (64 hex digits), the same in every run. They occur in wordings only.
 */
export interface Ids {
  next(): string
}

/** @param seed ids of different seeds differ. */
export function createIds(seed: string): Ids {
  let state = 2166136261
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0
  // Numerical Recipes' linear congruence: no randomness is needed, only ids that differ.
  const word = (): string => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state.toString(16).padStart(8, '0')
  }
  return {
    next: () => (word() + word()).repeat(4),
  }
}

/** What `docker ps` shows of an id: 12 digits. */
export function shortId(id: string): string {
  return id.slice(0, 12)
}
