/**
 * In what order things are done whose order Docker leaves open, because it walks a Go map or does them at once. Takes
 * them in the order of our own, gives some order of the same.
 */
export type Arrange = <T>(items: readonly T[]) => readonly T[]

/** Our own: by name, slot, or time of joining. */
export const IN_ORDER: Arrange = (items) => items

export const BACKWARD: Arrange = (items) => items.toReversed()
