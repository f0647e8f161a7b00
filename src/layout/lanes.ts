/** Sideways steps get lanes of their own, ordered so that verticals do not lie on each other and few lines cross. */
import type { Part } from './ports.ts'

/** By part: the number of its lane within channel and depth, from 0; parts that run straight have none. */
export interface Lanes {
  readonly lane: ReadonlyMap<Part, number>
  readonly count: number
}

/** Two lines nearer than this look like one. */
const CLEAR = 8

interface Lane {
  readonly part: Part
  readonly low: number
  readonly high: number
  readonly top: readonly number[]
  readonly bottom: readonly number[]
}

/** @param parts - Of one channel and depth. */
export function lanesOf(parts: readonly Part[]): Lanes {
  const all: Lane[] = []
  for (const part of parts) {
    const top = [...part.top.values()]
    const bottom = [...part.bottom.values()]
    const low = Math.min(...top, ...bottom)
    const high = Math.max(...top, ...bottom)
    if (high - low > 0.5 || top.length + bottom.length < 2) all.push({ part, low, high, top, bottom })
  }
  const order = ordered(all)
  const lane = new Map<Part, number>()
  order.forEach((item, i) => {
    const above = order
      .slice(0, i)
      .filter((other) => other.low - CLEAR < item.high && item.low < other.high + CLEAR)
    lane.set(item.part, Math.max(0, ...above.map((other) => (lane.get(other.part) ?? 0) + 1)))
  })
  return { lane, count: Math.max(0, ...[...lane.values()].map((n) => n + 1)) }
}

/** From above to below: whoever would lie on another's vertical waits, then whoever crosses least goes first. */
function ordered(lanes: readonly Lane[]): Lane[] {
  const costs = lanes.map((a) => lanes.map((b) => (a === b ? 0 : costAbove(a, b))))
  const cost = (a: number, b: number): number => costs[a]?.[b] ?? 0
  const rest = lanes.map((_, i) => i)
  const order: Lane[] = []
  while (rest.length > 0) {
    const price = (a: number): number =>
      rest.reduce((sum, b) => sum + cost(a, b) - Math.min(cost(b, a), 1000), 0)
    const prices = rest.map(price)
    const [next] = rest.splice(prices.indexOf(Math.min(...prices)), 1)
    const lane = lanes[next ?? 0]
    if (lane) order.push(lane)
  }
  return order
}

/** Crossings if `a` lies above `b`; verticals on each other weigh more than any number of crossings. */
function costAbove(a: Lane, b: Lane): number {
  const crossings =
    b.top.filter((x) => a.low < x && x < a.high).length +
    a.bottom.filter((x) => b.low < x && x < b.high).length
  const overlaps = a.bottom.filter((x) => b.top.some((other) => Math.abs(other - x) < CLEAR)).length
  return crossings + 1_000_000 * overlaps
}
