/** Looks for the arrangement of a graph that costs least. */
import { bandLayout, leastBand, wideBand } from './band.ts'
import { type Part, type PartOptions, partOf } from './columns.ts'
import { type Block, type Graph, graphOf } from './graph.ts'
import { type Layers, layerings, neighbours, type Sizes } from './layers.ts'
import { GAP, type Looks, shapeOf } from './look.ts'
import { orderRows, type Rows } from './order.ts'
import type { Point } from './placed.ts'
import { strataOf } from './strata.ts'

export interface ArrangeOptions {
  /** Inner width that is to be kept, in px. */
  readonly width: number
  readonly hostGap: number
  readonly hostLeast: readonly number[]
  /** Whether bands are as wide as their texts on one line; `null` where what costs less is taken. */
  readonly wide: boolean | null
  /** Whether pills stand on the cards, since the edge of the host is not in sight. */
  readonly onCards: boolean
  /** Whether every band runs over the whole width, and lines pass through it. @default false */
  readonly ladder?: boolean
  /** Width at which the words of a band are broken; its own unless given. */
  readonly words?: number
}

export interface Arranged {
  readonly graph: Graph
  readonly part: Part
  readonly cost: number
  /** Width at which the words of its bands are broken; their own where absent. */
  readonly words?: number
}

/** Work that one figure may cost: candidates that are ordered, and of them those that are placed. */
const EFFORT = { ordered: 28, placed: 4 }
/** For large graphs, where each candidate is dear. */
const LESS = { ordered: 6, placed: 2 }
const LARGE = 60

export function arrange(
  looks: Looks,
  cards: readonly number[],
  networks: readonly number[],
  options: ArrangeOptions,
): Arranged {
  const graph = graphOf(looks.scene, cards, networks, options.ladder === true)
  const widths = widthsOf(looks, graph, networks)
  const sizes = sizesOf(looks, graph, networks, options.width, widths)
  const isLarge = graph.blocks.length + graph.nets.length > LARGE
  const effort = isLarge ? LESS : EFFORT
  const strata = strataOf(looks.scene.view)
  const levels = strata === null ? layerings(graph, sizes, effort.ordered) : strata(graph, sizes)
  const ranked = levels.map((layers, rank) => ({
    layers,
    rank,
    rows: orderRows(graph, layers),
  }))
  const ordered = [...ranked, ...(isLarge || strata !== null ? [] : untangled(graph, ranked, sizes))]
    .sort((a, b) => a.rows.crossings * 2 + a.rank * 0.15 - (b.rows.crossings * 2 + b.rank * 0.15))
    .slice(0, effort.placed)
  let best: Arranged | null = null
  for (const { layers, rows } of ordered) {
    for (const wide of options.wide === null ? (isLarge ? [false] : [true, false]) : [options.wide]) {
      const part = placed(looks, graph, layers, rows, networks, options, { isLarge, wide, widths })
      const cost = costOf(part, layers, options.width)
      if (best === null || cost < best.cost - 1e-6) best = { graph, part, cost }
    }
  }
  if (best === null) throw new Error('a graph without a layering')
  return best
}

interface Ranked {
  readonly layers: Layers
  readonly rank: number
  readonly rows: Rows
}

/** Where the best order still has crossings: the same with one network on another level, if that has fewer. */
function untangled(graph: Graph, ranked: readonly Ranked[], sizes: Sizes): readonly Ranked[] {
  const found: Ranked[] = []
  let best = ranked.reduce((least, one) => (one.rows.crossings < least.rows.crossings ? one : least))
  for (let round = 0; round < 3 && best.rows.crossings > 0; round++) {
    const before = best
    for (const layers of neighbours(graph, best.layers, sizes)) {
      const rows = orderRows(graph, layers)
      if (rows.crossings < best.rows.crossings) best = { layers, rank: 0, rows }
    }
    if (best === before) break
    found.push(best)
  }
  return found
}

function sizesOf(
  looks: Looks,
  graph: Graph,
  networks: readonly number[],
  width: number,
  widths: Widths,
): Sizes {
  return {
    nets: networks.map((network) => {
      const scene = looks.scene.networks[network]
      return scene === undefined ? 0 : leastBand(scene)
    }),
    blocks: graph.blocks.map((_, index) => widths(index, 1)),
    full: graph.blocks.map((block, index) =>
      Math.min(width / Math.max(1, graph.hosts), widths(index, block.cards.length)),
    ),
    width,
  }
}

/** Widths of blocks by their columns, each computed once. */
function widthsOf(looks: Looks, graph: Graph, networks: readonly number[]): Widths {
  const known: number[][] = graph.blocks.map(() => [])
  return (index, columns) => {
    const block = graph.blocks[index]
    const own = known[index]
    if (block === undefined || own === undefined) return 0
    own[columns] ??= blockWidth(looks, block, networks, columns)
    return own[columns] ?? 0
  }
}

type Widths = (block: number, columns: number) => number

/** Width of a block before it is known which of its networks lie above. */
function blockWidth(looks: Looks, block: Block, networks: readonly number[], columns: number): number {
  const half = Math.ceil(block.nets.length / 2)
  const sides = block.nets.map((net, index) => ({
    net,
    side: index < half ? ('up' as const) : ('down' as const),
  }))
  return shapeOf(looks, block, sides, columns, networks).width
}

function placed(
  looks: Looks,
  graph: Graph,
  layers: Layers,
  rows: Rows,
  networks: readonly number[],
  options: ArrangeOptions,
  { isLarge, wide, widths }: { readonly isLarge: boolean; readonly wide: boolean; readonly widths: Widths },
): Part {
  const columns = graph.blocks.map((block) => block.cards.length)
  const partOptions = (): PartOptions => ({
    columns,
    networks,
    hostGap: options.hostGap,
    hostLeast: options.hostLeast,
    onCards: options.onCards,
    sweeps: isLarge ? 6 : 24,
    bands: {
      least: (net) => {
        const network = looks.scene.networks[networks[net] ?? -1]
        return network === undefined
          ? 0
          : wide
            ? Math.min(wideBand(network), options.width)
            : leastBand(network)
      },
      height: (net, width) => {
        const network = looks.scene.networks[networks[net] ?? -1]
        return network === undefined ? 0 : bandLayout(network, options.words ?? width).height
      },
    },
  })
  const width = (block: number): number => widths(block, columns[block] ?? 1)
  /** Narrows the widest grid of the widest row; false when nothing can be narrower. */
  const narrow = (limit: number): boolean => {
    let worst: { width: number; blocks: readonly number[] } | null = null
    for (let level = 1; level <= Math.max(1, ...layers.blocks); level += 2) {
      const blocks = graph.blocks.flatMap((_, block) => (layers.blocks[block] === level ? [block] : []))
      const total = blocks.reduce((sum, block) => sum + width(block) + GAP, -GAP)
      if (total > limit && blocks.some((block) => (columns[block] ?? 1) > 1) && total > (worst?.width ?? 0))
        worst = { width: total, blocks }
    }
    if (worst === null) return false
    const widest = worst.blocks
      .filter((block) => (columns[block] ?? 1) > 1)
      .sort((a, b) => width(b) - width(a))[0]
    if (widest === undefined) return false
    const cards = graph.blocks[widest]?.cards.length ?? 1
    const now = columns[widest] ?? 1
    const rowsNow = Math.ceil(cards / now)
    // As many columns as make one row more, evenly filled.
    columns[widest] = Math.min(now - 1, Math.ceil(cards / (rowsNow + 1)))
    return true
  }
  const inner = options.width - options.hostGap * Math.max(0, graph.hosts - 1)
  while (narrow(inner));
  let part = partOf(graph, layers, rows, looks, partOptions())
  for (let round = 0; round < 5 && part.width > options.width + 0.5; round++) {
    if (!narrow(inner - (part.width - options.width)) && !narrow(0)) break
    part = partOf(graph, layers, rows, looks, partOptions())
  }
  return part
}

/** A crossing is worth this many px of line; the others are in px, or in crossings, of what a reader loses by them. */
const CROSSING = 160
const SLOT = 90
const BEND = 12
const TOO_WIDE = 4
const INVERSION = 6

export function costOf(part: Part, layers: Layers, width: number): number {
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
  let inversions = 0
  for (let a = 0; a < layers.nets.length; a++)
    for (let b = a + 1; b < layers.nets.length; b++)
      if ((layers.nets[a] ?? 0) > (layers.nets[b] ?? 0)) inversions++
  const slots = part.bands.reduce((sum, band) => sum + band.slots.length, 0)
  return (
    crossingPoints(part) * CROSSING +
    slots * SLOT +
    bends * BEND +
    length +
    Math.max(0, part.width - width) * TOO_WIDE +
    part.height * 0.7 +
    part.width * 0.04 +
    inversions * INVERSION
  )
}

function crossingPoints(part: Part): number {
  const { wires } = part
  if (wires.length > 250) return part.crossings
  let sum = 0
  for (const [index, a] of wires.entries())
    for (const b of wires.slice(index + 1)) if (a.net !== b.net) sum += crossings(a.points, b.points).length
  return sum
}

/** Points where two lines of horizontal and vertical pieces cross. */
export function crossings(a: readonly Point[], b: readonly Point[]): readonly Point[] {
  const found: Point[] = []
  for (let i = 1; i < a.length; i++)
    for (let j = 1; j < b.length; j++) {
      const [p, q, r, s] = [a[i - 1], a[i], b[j - 1], b[j]]
      if (p === undefined || q === undefined || r === undefined || s === undefined) continue
      const point = p.y === q.y ? meet(p, q, r, s) : meet(r, s, p, q)
      if (point !== null) found.push(point)
    }
  return found
}

/** Where the horizontal piece pq and the vertical piece rs cross inside of both. */
function meet(p: Point, q: Point, r: Point, s: Point): Point | null {
  if (p.y !== q.y || r.x !== s.x) return null
  const isInside =
    r.x > Math.min(p.x, q.x) &&
    r.x < Math.max(p.x, q.x) &&
    p.y > Math.min(r.y, s.y) &&
    p.y < Math.max(r.y, s.y)
  return isInside ? { x: r.x, y: p.y } : null
}
