/**
 * In what order things are done whose order Docker leaves open, because it walks a Go map or does them at once. Takes
 * them in the order of our own, gives some order of the same.
 */
export type Arrange = <T>(items: readonly T[]) => readonly T[]

/** Our own: by name, slot, or time of joining. */
export const IN_ORDER: Arrange = (items) => items

export const BACKWARD: Arrange = (items) => items.toReversed()

/** One of all orders, another for each call and each number; always the same ones for a number. */
export function shuffled(number: number): Arrange {
  let state = (number * 2_654_435_761 + 1) | 0
  // xorshift32, G. Marsaglia 2003
  const below = (end: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % end
  }
  return (items) => {
    const rest = [...items]
    return items.flatMap(() => rest.splice(below(rest.length), 1))
  }
}
