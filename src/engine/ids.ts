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
  return {
    next() {
      let id = ''
      while (id.length < 64) {
        // Numerical Recipes' linear congruence: no randomness is needed, only ids that differ.
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        id += state.toString(16).padStart(8, '0')
      }
      return id
    },
  }
}

/** What `docker ps` shows of an id: 12 digits. */
export function shortId(id: string): string {
  return id.slice(0, 12)
}
