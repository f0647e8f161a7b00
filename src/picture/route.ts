/**
 * Lines that follow no row: found by A* (Hart, Nilsson, Raphael 1968) on the orthogonal grid of the lines that pass
 * beside what is drawn, with a price for bends and crossings, as connectors are routed by Wybrow, Marriott and
 * Stuckey (2009).
 */
import type { Point, Rect } from './placed.ts'
import { tidy } from './polyline.ts'
import { stepPrices } from './route-prices.ts'

export interface Obstacles {
  /** What no line may enter. */
  readonly rects: readonly Rect[]
  /** Lines that are there already: crossing one has a price, lying on one is forbidden. */
  readonly lines: readonly (readonly Point[])[]
}

/** Distance kept from what is passed. */
const CLEAR = 7
const BEND = 24
/** Grid points beyond which no way is looked for: the figure is then too large for one to be followed by eye. */
const MOST = 60_000

/** From `start` to `end`, neither inside of an obstacle but the ones given in `through`; `null` when there is no way. */
export function route(start: Point, end: Point, { rects, lines }: Obstacles): readonly Point[] | null {
  const xs = coordinates(
    [start.x, end.x],
    rects.flatMap((rect) => [rect.x - CLEAR, rect.x + rect.width + CLEAR]),
  )
  const ys = coordinates(
    [start.y, end.y],
    rects.flatMap((rect) => [rect.y - CLEAR, rect.y + rect.height + CLEAR]),
  )
  const width = xs.length
  if (width * ys.length > MOST) return null
  const [from, to] = [indexOf(start, xs, ys), indexOf(end, xs, ys)]
  // Two states a point: come horizontally, come vertically.
  const cost = new Float64Array(width * ys.length * 2).fill(Number.POSITIVE_INFINITY)
  const before = new Int32Array(width * ys.length * 2).fill(-1)
  const heap: Heap = { keys: [], values: [] }
  for (const vertical of [0, 1]) {
    cost[from * 2 + vertical] = 0
    push(heap, 0, from * 2 + vertical)
  }
  const prices = stepPrices(xs, ys, rects, lines)
  for (let state = pop(heap); state !== null; state = pop(heap)) {
    const at = state >> 1
    if (at === to) return walk(before, state, xs, ys)
    const [x, y] = [at % width, Math.floor(at / width)]
    for (const [dx, dy] of STEPS) {
      const [nx, ny] = [x + dx, y + dy]
      if (nx < 0 || ny < 0 || nx >= width || ny >= ys.length) continue
      const steps = dy === 0 ? prices.right : prices.down
      const price = steps[Math.min(y, ny) * width + Math.min(x, nx)] ?? Number.POSITIVE_INFINITY
      if (price === Number.POSITIVE_INFINITY) continue
      const vertical = dy === 0 ? 0 : 1
      const turn = at !== from && vertical !== (state & 1) ? BEND : 0
      const next = (ny * width + nx) * 2 + vertical
      const total = (cost[state] ?? 0) + price + turn
      if (total >= (cost[next] ?? 0)) continue
      cost[next] = total
      before[next] = state
      push(heap, total + Math.abs((xs[nx] ?? 0) - end.x) + Math.abs((ys[ny] ?? 0) - end.y), next)
    }
  }
  return null
}

const STEPS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const

const coordinates = (first: readonly number[], others: readonly number[]): readonly number[] =>
  [...new Set([...first, ...others].map((value) => Math.round(value * 2) / 2))].sort((a, b) => a - b)

const indexOf = (point: Point, xs: readonly number[], ys: readonly number[]): number =>
  ys.indexOf(Math.round(point.y * 2) / 2) * xs.length + xs.indexOf(Math.round(point.x * 2) / 2)

function walk(
  before: Int32Array,
  end: number,
  xs: readonly number[],
  ys: readonly number[],
): readonly Point[] {
  const points: Point[] = []
  for (let state = end; state >= 0; state = before[state] ?? -1) {
    const at = state >> 1
    points.push({ x: xs[at % xs.length] ?? 0, y: ys[Math.floor(at / xs.length)] ?? 0 })
  }
  return tidy(points.reverse())
}

/** A binary heap, least key first. */
interface Heap {
  readonly keys: number[]
  readonly values: number[]
}

function push({ keys, values }: Heap, key: number, value: number): void {
  let at = keys.length
  keys.push(key)
  values.push(value)
  while (at > 0) {
    const up = (at - 1) >> 1
    if ((keys[up] ?? 0) <= key) break
    keys[at] = keys[up] ?? 0
    values[at] = values[up] ?? 0
    at = up
  }
  keys[at] = key
  values[at] = value
}

function pop({ keys, values }: Heap): number | null {
  const first = values[0]
  if (first === undefined) return null
  const [key, value] = [keys.pop() ?? 0, values.pop() ?? 0]
  const count = keys.length
  if (count === 0) return first
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= count) break
    if (child + 1 < count && (keys[child + 1] ?? 0) < (keys[child] ?? 0)) child++
    if ((keys[child] ?? 0) >= key) break
    keys[at] = keys[child] ?? 0
    values[at] = values[child] ?? 0
    at = child
  }
  keys[at] = key
  values[at] = value
  return first
}
