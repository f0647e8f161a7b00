/**
 * Which orders of a block have been planned. What comes out follows from how each choice was arranged, one after the
 * other, so an order that arranges them all as one before it did gives the same, and need not be planned.
 */
import type { Arrange } from '../../engine/order.ts'

export interface Choices<Outcome> {
  /** Plans in an order, and keeps what is made of it. */
  plan(arrange: Arrange, run: (arrange: Arrange) => Outcome): Outcome
  /** What was made of an order that is the same for this block; `null` for none. */
  known(arrange: Arrange): Outcome | null
  /** Whether every order that arranges anything has been planned. */
  isComplete(): boolean
}

/** A choice that was met, or the end of a plan. */
interface Point<Outcome> {
  /** How many things were to be arranged, two at least; `null` until a plan has come here, and at the end of one. */
  size: number | null
  /** By arrangement; `AS_GIVEN` where nothing was arranged, which is not the same as by chance in our own order. */
  readonly after: Map<string, Point<Outcome>>
  end: Outcome | null
}

const AS_GIVEN = 'as given'

export function createChoices<Outcome>(): Choices<Outcome> {
  const root: Point<Outcome> = { size: null, after: new Map(), end: null }
  return {
    plan(arrange, run) {
      let at = root
      const outcome = run((items) => {
        if (items.length < 2) return items
        const indices = countTo(items.length)
        const order = arrange(indices)
        at.size = items.length
        at = pointAfter(at, keyOf(order, order === indices))
        return order === indices ? items : order.flatMap((index) => items.slice(index, index + 1))
      })
      at.end = outcome
      return outcome
    },
    known(arrange) {
      let at: Point<Outcome> | undefined = root
      while (at !== undefined && at.size !== null) {
        const indices = countTo(at.size)
        const order = arrange(indices)
        at = at.after.get(keyOf(order, order === indices))
      }
      return at?.end ?? null
    },
    isComplete: () => isComplete(root),
  }
}

const counts: (readonly number[])[] = []

/** The same one each time. */
function countTo(size: number): readonly number[] {
  const known = counts[size]
  if (known !== undefined) return known
  const indices = Array.from({ length: size }, (_, index) => index)
  counts[size] = indices
  return indices
}

const keyOf = (order: readonly number[], asGiven: boolean): string => (asGiven ? AS_GIVEN : order.join())

function pointAfter<Outcome>({ after }: Point<Outcome>, key: string): Point<Outcome> {
  const known = after.get(key)
  if (known !== undefined) return known
  const next: Point<Outcome> = { size: null, after: new Map(), end: null }
  after.set(key, next)
  return next
}

function isComplete<Outcome>({ size, after, end }: Point<Outcome>): boolean {
  if (end !== null) return true
  const arranged = [...after].filter(([key]) => key !== AS_GIVEN)
  return (
    size !== null && arranged.length === factorial(size) && arranged.every(([, next]) => isComplete(next))
  )
}

const factorial = (size: number): number => (size < 2 ? 1 : size * factorial(size - 1))
