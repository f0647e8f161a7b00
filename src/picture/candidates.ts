/** What may be placed: layers and orders of a graph, looked for once, however its texts are broken. */
import { leastBand } from './band.ts'
import { type Block, type Graph, graphOf } from './graph.ts'
import { estimate, levelBlocks, type Sizes } from './layers.ts'
import { type Looks, shapeOf } from './look.ts'
import { orderRows } from './order.ts'
import { CROSSING, type Found, search } from './search.ts'
import { strataOf } from './strata.ts'

/** Blocks and networks from which on each candidate is dear. */
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

/** The same with networks over all hosts in a given order, from top to bottom. @param order Their keys. */
export function inOrder(
  looks: Looks,
  { graph, networks, widths, isLarge, ordered }: Candidates,
  width: number,
  order: readonly string[],
): Candidates {
  const sizes = sizesOf(looks, graph, networks, width, widths)
  const nets = order.flatMap((key) => {
    const at = networks.findIndex((network) => looks.scene.networks[network]?.key === key)
    return at < 0 ? [] : [at]
  })
  const found = new Map<string, Found>()
  for (const { layers } of ordered) {
    if (found.size >= REORDERED) break
    const levels = nets.map((net) => layers.nets[net] ?? 2).sort((a, b) => a - b)
    const moved = [...layers.nets]
    for (const [place, net] of nets.entries()) moved[net] = levels[place] ?? 2
    const key = moved.join()
    if (found.has(key)) continue
    const own = { nets: moved, blocks: levelBlocks(graph, moved, sizes) }
    const rows = orderRows(graph, own, Number.POSITIVE_INFINITY)
    found.set(key, { layers: own, rows, score: estimate(graph, own, sizes) + CROSSING * rows.crossings })
  }
  const sorted = [...found.values()].sort((a, b) => a.score - b.score)
  return { graph, networks, widths, isLarge, ordered: sorted }
}

/** Layers that are looked at in a given order. */
const REORDERED = 12

export function sizesOf(
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
export function widthsOf(looks: Looks, graph: Graph, networks: readonly number[]): Widths {
  const known: number[][] = graph.blocks.map(() => [])
  return (index, columns) => {
    const block = graph.blocks[index]
    const own = known[index]
    if (block === undefined || own === undefined) return 0
    own[columns] ??= blockWidth(looks, block, networks, columns)
    return own[columns] ?? 0
  }
}

export type Widths = (block: number, columns: number) => number

/** Width of a block before it is known which of its networks lie above. */
function blockWidth(looks: Looks, block: Block, networks: readonly number[], columns: number): number {
  const half = Math.ceil(block.nets.length / 2)
  const sides = block.nets.map((net, index) => ({
    net,
    side: index < half ? ('up' as const) : ('down' as const),
  }))
  return shapeOf(looks, block, sides, columns, networks).width
}
