/** Looks for the arrangement of a graph that costs least. */

import type { Candidates } from './candidates.ts'
import { type ArrangeOptions, fitted } from './fit.ts'
import type { Graph } from './graph.ts'
import { inversionsOf, type Layers } from './layers.ts'
import type { Looks } from './look.ts'
import type { Part } from './part.ts'
import { crossings } from './polyline.ts'
import { ascentsOf } from './tiers.ts'

export interface Arranged {
  readonly graph: Graph
  readonly part: Part
  readonly cost: number
  /** Width at which the words of its bands are broken; their own where absent. */
  readonly words?: number
  /** Points where lines cross. */
  readonly crossed: number
}

/** Candidates that are placed, and those of large graphs, where each is dear. */
const PLACED = 6
const FEWER = 2

export function arrange(looks: Looks, candidates: Candidates, options: ArrangeOptions): Arranged {
  const { graph, isLarge } = candidates
  let best: Arranged | null = null
  const most = isLarge ? FEWER : PLACED
  let placed = 0
  for (const { layers, rows } of candidates.ordered) {
    // The first few; more where that one is too wide, and those with fewer crossings where lines cross.
    if (best !== null && placed >= most) {
      const isWide = best.part.width > options.width + 0.5
      if (placed >= 3 * most || (best.crossed === 0 && !isWide)) break
      if (!isWide && rows.crossings >= best.crossed) continue
    }
    // Its crossings alone cost more than another in all.
    if (best !== null && rows.crossings * CROSSING > best.cost) continue
    placed++
    for (const wide of isLarge ? [false] : options.wide === null ? [true, false] : [options.wide]) {
      const part = fitted(looks, candidates, layers, rows, options, wide)
      const crossed = crossingPoints(part)
      const cost = costOf(part, graph, layers, options.width, crossed)
      if (best === null || cost < best.cost - 1e-6) best = { graph, part, cost, crossed }
    }
  }
  if (best === null) throw new Error('a graph without a layering')
  return best
}

/** A crossing is worth this many px of line; the others are in px, or in crossings, of what a reader loses by them. */
const CROSSING = 400
const SLOT = 90
const BEND = 12
const TOO_WIDE = 12
const INVERSION = 16
const ASCENT = 200

function costOf(part: Part, { descents }: Graph, layers: Layers, width: number, crossed: number): number {
  const lines = part.wires.map((wire) => wire.points)
  let length = 0
  let bends = 0
  for (const points of lines) {
    bends += Math.max(0, points.length - 2)
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1], points[i]]
      if (a !== undefined && b !== undefined) length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
    }
  }
  const slots = part.bands.reduce((sum, band) => sum + band.slots.length, 0)
  return (
    crossed * CROSSING +
    slots * SLOT +
    bends * BEND +
    length +
    Math.max(0, part.width - width) * TOO_WIDE +
    part.height * 0.7 +
    part.width * 0.04 +
    inversionsOf(layers.nets) * INVERSION +
    ascentsOf(descents, layers.nets) * ASCENT
  )
}

/** Lines of one network meet, they do not cross. */
function crossingPoints({ wires, crossings: counted }: Part): number {
  // Of so many, places change little.
  if (wires.length > MANY) return counted
  let sum = 0
  for (let i = 0; i < wires.length; i++)
    for (let j = i + 1; j < wires.length; j++) {
      const [a, b] = [wires[i], wires[j]]
      if (a !== undefined && b !== undefined && a.net !== b.net) sum += crossings(a.points, b.points).length
    }
  return sum
}

const MANY = 250
