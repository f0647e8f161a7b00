import { distance } from 'fastest-levenshtein'

/** Longer words are not compared: no key or name is that long. */
const LONGEST = 60

/**
 * The word of `known` that was probably meant, or `null` when none is near: one slip in three letters, no guesses
 * beyond (`foo` is not `top`), or its first three letters or more. Capitals, `-` and `_` do not count; of equally near
 * words the one that begins alike, then the first.
 */
export function nearest(word: string, known: readonly string[]): string | null {
  if (word.length > LONGEST) return null
  const wanted = bare(word)
  let best: string | null = null
  let least = Math.max(1, Math.floor((wanted.length + 1) / 3)) + 0.75
  for (const candidate of known) {
    const other = bare(candidate)
    const wrong = slips(wanted, other)
    const away = wrong + (other[0] === wanted[0] ? 0 : 0.5)
    if (away < least && (wrong === 0 || wrong < wanted.length)) {
      least = away
      best = candidate
    }
  }
  return best
}

/** Letters typed wrong; letters in the wrong order are one slip, and so is an end left off. */
function slips(typed: string, known: string): number {
  const away = distance(typed, known)
  if (away === 2 && sorted(typed) === sorted(known)) return 1
  return typed.length >= 3 && known.startsWith(typed) ? Math.min(away, 1) : away
}

function sorted(text: string): string {
  return [...text].sort().join('')
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[-_ ]/g, '')
}
