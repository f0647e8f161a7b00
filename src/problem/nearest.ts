import { distance } from 'fastest-levenshtein'

/** Longer words are not compared: no key or name is that long. */
const LONGEST = 60

/**
 * The word of `known` that was probably meant, or `null` when none is near. Capitals, `-` and `_` do not count; of
 * equally near words the one that begins alike, then the first.
 */
export function nearest(word: string, known: readonly string[]): string | null {
  if (word.length > LONGEST) return null
  const wanted = bare(word)
  let best: string | null = null
  let least = Math.max(1, Math.ceil(wanted.length * 0.4)) + 0.75
  for (const candidate of known) {
    const other = bare(candidate)
    const away = distance(wanted, other) + (other[0] === wanted[0] ? 0 : 0.5)
    if (away < least) {
      least = away
      best = candidate
    }
  }
  return best
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[-_ ]/g, '')
}
