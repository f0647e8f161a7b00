/**
 * Looks for layers and orders of a graph that cost little: the layerings that promise most are ordered, and the best of
 * them improved by moving one network or one block at a time (hill climbing). What a layering costs before anything is
 * ordered is a lower bound, so most moves are rejected without being ordered. Work is counted in steps, never in time,
 * so the same graph gives the same figure on any machine.
 */
import type { Graph } from './graph.ts'
import { compact, estimate, type Layers, layerings, levelBlocks, type Sizes, topOf } from './layers.ts'
import { orderRows } from './order.ts'
import type { Rows } from './rows.ts'
import type { Strata } from './strata.ts'

export interface Found {
  readonly layers: Layers
  readonly rows: Rows
  /** What it costs as far as that can be told without places, in rows that a line passes. */
  readonly score: number
}

/** Steps that may be taken for one graph; one is a link that is looked at in one order, or a block that is levelled. */
const STEPS = 120_000
/** Layerings that are ordered, and of them those that are improved at most. */
const ORDERED = 120
const CLIMBED = 12
/** What is so much worse than the best is not ordered: it would have to be far smaller to be taken after all. */
const WORSE = 2
/** A crossing weighs more than a line that passes two rows. */
export const CROSSING = 5

/**
 * Never empty; the best first, all different.
 *
 * @param strata Levels that a view prescribes; `null` where any will do.
 */
export function search(graph: Graph, sizes: Sizes, strata: Strata | null): readonly Found[] {
  const size = graph.blocks.reduce((sum, block) => sum + block.nets.length + 1, graph.nets.length)
  let steps = STEPS
  const found = new Map<string, Found>()
  /** Orders these layers, if they may be better than `bound`. */
  const add = (layers: Layers, bound: number): Found | null => {
    const key = `${layers.nets.join()} ${layers.blocks.join()}`
    const known = found.get(key)
    if (known !== undefined) return known
    const cost = estimate(graph, layers, sizes)
    steps -= size
    if (cost >= bound) return null
    const rows = orderRows(graph, layers, (bound - cost) / CROSSING)
    steps -= rows.steps
    const one = { layers, rows, score: cost + rows.crossings * CROSSING }
    found.set(key, one)
    return one
  }
  let least = Number.POSITIVE_INFINITY
  for (const layers of strata === null ? layerings(graph, sizes, ORDERED) : strata(graph, sizes)) {
    least = Math.min(least, add(layers, least + WORSE)?.score ?? least)
    if (steps < STEPS / 2) break
  }
  const starts = strata === null ? [...found.values()].sort(byScore) : []
  let fewest = Number.POSITIVE_INFINITY
  for (const [index, start] of starts.entries()) {
    // One may do; others are tried while lines cross.
    if (fewest === 0 || index >= CLIMBED || steps <= 0) break
    let best = start
    for (let isBetter = true; isBetter && steps > 0; ) {
      isBetter = false
      for (const layers of moves(graph, best.layers, sizes)) {
        if (steps <= 0) break
        const one = add(layers, best.score - 1e-9)
        if (one === null || one.score >= best.score - 1e-9) continue
        best = one
        isBetter = true
        break
      }
    }
    fewest = Math.min(fewest, best.rows.crossings)
  }
  const sorted = [...found.values()].sort(byScore)
  // Of many layers one is found without; of few each counts.
  return strata === null || size > LARGE ? sorted : again(graph, sorted)
}

/** Layers whose lines cross, ordered anew from other beginnings: sweeps end where they first stick. */
function again(graph: Graph, sorted: readonly Found[]): readonly Found[] {
  let steps = STEPS / 2
  const found = sorted.map((one): Found => {
    let best = one
    for (let start = 1; start <= STARTS && best.rows.crossings > 0 && steps > 0; start++) {
      const rows = orderRows(graph, one.layers, best.rows.crossings, ({ declared }) =>
        scattered(declared, start),
      )
      steps -= rows.steps
      const saved = one.rows.crossings - rows.crossings
      if (rows.crossings < best.rows.crossings)
        best = { layers: one.layers, rows, score: one.score - saved * CROSSING }
    }
    return best
  })
  return found.sort(byScore)
}

/** Other beginnings, and links from which on there are none. */
const STARTS = 4
const LARGE = 160

/** A place that looks like chance, and is the same on any machine. */
const scattered = (declared: number, start: number): number =>
  Math.imul(declared * 31 + start * 7919 + 17, 0x9e3779b1) >>> 8

const byScore = (a: Found, b: Found): number => a.score - b.score

/** The same layers with one network on another level, or on one of its own, or with one block elsewhere. */
function* moves(graph: Graph, { nets, blocks }: Layers, sizes: Sizes): Generator<Layers> {
  const bottom = Math.max(...nets) + 1
  for (const net of nets.keys())
    for (let level = 1; level <= bottom; level++) {
      if (level === nets[net]) continue
      const levels = compact(
        graph,
        nets.map((one, index) => (index === net ? level : one)),
      )
      yield { nets: levels, blocks: levelBlocks(graph, levels, sizes) }
    }
  // One row more than the networks need, for what lies beyond those that hang on them.
  for (const [index, level] of blocks.entries())
    for (const target of [level - 2, level + 2])
      if (target >= topOf(graph) && target <= bottom + 2)
        yield { nets, blocks: blocks.map((one, at) => (at === index ? target : one)) }
}
