/** Looks for the arrangement of a graph that costs least. */
import { bandLayout, leastBand, wideBand } from './band.ts'
import type { PartOptions } from './columns.ts'
import { type Block, type Graph, graphOf } from './graph.ts'
import { inversionsOf, type Layers, type Sizes } from './layers.ts'
import { GAP, type Looks, shapeOf } from './look.ts'
import { type Part, partOf } from './part.ts'
import { crossings } from './polyline.ts'
import type { Rows } from './rows.ts'
import { type Found, search } from './search.ts'
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
  /** Width at which the words of a band are broken; its own unless given. */
  readonly words?: number
  /** How far a band over all hosts goes beyond what they hold, on either side. */
  readonly overhang: number
}

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
const PLACED = 4
const FEWER = 2
const LARGE = 60

/** Orders of a graph that may be placed, the most promising first: what does not depend on how texts are broken. */
export interface Candidates {
  readonly graph: Graph
  readonly networks: readonly number[]
  readonly widths: Widths
  readonly isLarge: boolean
  readonly ordered: readonly Found[]
}

/**
 * @param width Inner width that is to be kept, in px.
 * @param ladder Whether every band runs over the whole width, and lines pass through it.
 */
export function candidatesOf(
  looks: Looks,
  cards: readonly number[],
  networks: readonly number[],
  width: number,
  ladder = false,
): Candidates {
  const graph = graphOf(looks.scene, cards, networks, ladder)
  const widths = widthsOf(looks, graph, networks)
  const sizes = sizesOf(looks, graph, networks, width, widths)
  const isLarge = graph.blocks.length + graph.nets.length > LARGE
  const ordered = search(graph, sizes, strataOf(looks.scene.view))
  return { graph, networks, widths, isLarge, ordered }
}

export function arrange(looks: Looks, candidates: Candidates, options: ArrangeOptions): Arranged {
  const { graph, isLarge } = candidates
  let best: Arranged | null = null
  const most = isLarge ? FEWER : PLACED
  for (const [index, { layers, rows }] of candidates.ordered.entries()) {
    // The first few, and more while lines cross that bend.
    if (index >= most && (best === null || best.crossed === 0 || index >= 2 * most)) break
    // Its crossings alone cost more than another in all.
    if (best !== null && rows.crossings * CROSSING > best.cost) continue
    for (const wide of options.wide === null ? (isLarge ? [false] : [true, false]) : [options.wide]) {
      const part = placed(looks, candidates, layers, rows, options, wide)
      const crossed = crossingPoints(part)
      const cost = costOf(part, layers, options.width, crossed)
      if (best === null || cost < best.cost - 1e-6) best = { graph, part, cost, crossed }
    }
  }
  if (best === null) throw new Error('a graph without a layering')
  return best
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
  { graph, networks, widths, isLarge }: Candidates,
  layers: Layers,
  rows: Rows,
  options: ArrangeOptions,
  wide: boolean,
): Part {
  const columns = graph.blocks.map((block) => block.cards.length)
  const partOptions = (): PartOptions => ({
    columns,
    networks,
    width: options.width,
    hostGap: options.hostGap,
    hostLeast: options.hostLeast,
    onCards: options.onCards,
    overhang: options.overhang,
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
      height: (net, width, slots) => {
        const network = looks.scene.networks[networks[net] ?? -1]
        if (network === undefined) return 0
        // Where words have a column of their own, nothing passes through it.
        return options.words === undefined
          ? bandLayout(network, width, slots).height
          : bandLayout(network, options.words).height
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
const CROSSING = 260
const SLOT = 90
const BEND = 12
const TOO_WIDE = 4
const INVERSION = 6

function costOf(part: Part, layers: Layers, width: number, crossed: number): number {
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
    inversionsOf(layers.nets) * INVERSION
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
