/** What each step between neighbours of a grid costs: reckoned once for all of them, each obstacle where it lies. */
import type { Point, Rect } from './placed.ts'

const CROSSING = 90
/** Of a step that lies on a line. */
const ALONG = 400
/** How near a line in the same direction is as good as under the step. */
const NEAR = 2

export interface StepPrices {
  /** From a point to its right neighbour, by the point's number; infinite where a step is not allowed. */
  readonly right: Float64Array
  /** From a point to the one below. */
  readonly down: Float64Array
}

/** The points of a grid have the numbers `y * xs.length + x`. */
export function stepPrices(
  xs: readonly number[],
  ys: readonly number[],
  rects: readonly Rect[],
  lines: readonly (readonly Point[])[],
): StepPrices {
  const count = xs.length * ys.length
  const right = new Float64Array(count)
  const down = new Float64Array(count)
  for (let y = 0; y < ys.length; y++)
    for (let x = 0; x < xs.length; x++) {
      right[y * xs.length + x] = (xs[x + 1] ?? 0) - (xs[x] ?? 0)
      down[y * xs.length + x] = (ys[y + 1] ?? 0) - (ys[y] ?? 0)
    }
  const add = (prices: Float64Array, [left, end]: Range, [top, bottom]: Range, price: number): void => {
    for (let y = top; y < bottom; y++)
      for (let x = left; x < end; x++) {
        const at = y * xs.length + x
        prices[at] = (prices[at] ?? 0) + price
      }
  }
  for (const rect of rects) {
    const [l, r, t, b] = [rect.x - 1, rect.x + rect.width + 1, rect.y - 1, rect.y + rect.height + 1]
    add(right, stepsInto(xs, l, r), [firstAbove(ys, t), firstFrom(ys, b)], Number.POSITIVE_INFINITY)
    add(down, [firstAbove(xs, l), firstFrom(xs, r)], stepsInto(ys, t, b), Number.POSITIVE_INFINITY)
  }
  for (const line of lines)
    for (const [i, q] of line.entries()) {
      const p = line[i - 1]
      if (p === undefined) continue
      const [l, r, t, b] = [Math.min(p.x, q.x), Math.max(p.x, q.x), Math.min(p.y, q.y), Math.max(p.y, q.y)]
      if (t === b) add(right, stepsAlong(xs, l, r), pointsNear(ys, t), ALONG)
      else add(right, stepsAcross(xs, l, r), [firstAbove(ys, t), firstAbove(ys, b)], CROSSING)
      if (l === r) add(down, pointsNear(xs, l), stepsAlong(ys, t, b), ALONG)
      else add(down, [firstAbove(xs, l), firstAbove(xs, r)], stepsAcross(ys, t, b), CROSSING)
    }
  return { right, down }
}

/** Indexes from the first one up to, and without, the second. */
type Range = readonly [from: number, end: number]

/** Steps with more than their ends between two values. */
const stepsInto = (all: readonly number[], low: number, high: number): Range => [
  Math.max(0, firstAbove(all, low) - 1),
  Math.min(all.length - 1, firstFrom(all, high)),
]

/** Steps that end beyond the first value and begin at the second or before. */
const stepsAcross = (all: readonly number[], low: number, high: number): Range => [
  Math.max(0, firstAbove(all, low) - 1),
  Math.min(all.length - 1, firstAbove(all, high)),
]

/** Steps that touch what lies between two values, or come near it. */
const stepsAlong = (all: readonly number[], low: number, high: number): Range => [
  Math.max(0, firstFrom(all, low - NEAR) - 1),
  Math.min(all.length - 1, firstAbove(all, high + NEAR)),
]

const pointsNear = (all: readonly number[], value: number): Range => [
  firstFrom(all, value - NEAR),
  firstAbove(all, value + NEAR),
]

/** Index of the first that is above a value; their number where none is. */
const firstAbove = (all: readonly number[], value: number): number => firstWhere(all, (one) => one > value)

const firstFrom = (all: readonly number[], value: number): number => firstWhere(all, (one) => one >= value)

/** In rising order, so that whether it holds changes once. */
function firstWhere(all: readonly number[], holds: (value: number) => boolean): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(all[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}
