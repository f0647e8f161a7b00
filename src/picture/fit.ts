/** How many columns each grid of cards has, so that a part keeps its width. */
import { bandLayout, leastBand, wideBand } from './band.ts'
import type { Candidates, Widths } from './candidates.ts'
import { columnsOf } from './columns.ts'
import type { PartOptions } from './frame.ts'
import type { Graph } from './graph.ts'
import type { Layers } from './layers.ts'
import { GAP, type Looks } from './look.ts'
import { type Part, partOf } from './part.ts'
import type { Rows } from './rows.ts'

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
  /** The same for a band that lies on hosts alone: width of the first of them. */
  readonly partWords?: number
  /** How far a band over all hosts goes beyond what they hold, on either side. */
  readonly overhang: number
}

/** Times that grids are made narrower again, after the places of lines have been seen. */
const ROUNDS = 5
/** Sweeps towards where things would rather be; large graphs have fewer. */
const SWEEPS = { small: 24, large: 6 }

export function fitted(
  looks: Looks,
  { graph, networks, widths, isLarge }: Candidates,
  layers: Layers,
  rows: Rows,
  options: ArrangeOptions,
  wide: boolean,
): Part {
  const columns = graph.blocks.map((block) => block.cards.length)
  const networkOf = (net: number) => looks.scene.networks[networks[net] ?? -1]
  const partOptions: PartOptions = {
    columns,
    networks,
    width: options.width,
    hostGap: options.hostGap,
    hostLeast: options.hostLeast,
    onCards: options.onCards,
    overhang: options.overhang,
    sweeps: isLarge ? SWEEPS.large : SWEEPS.small,
    bands: {
      least(net) {
        const network = networkOf(net)
        if (network === undefined) return 0
        return wide ? Math.min(wideBand(network), options.width) : leastBand(network)
      },
      height(net, width, slots) {
        const network = networkOf(net)
        if (network === undefined) return 0
        // Where words have a column of their own, nothing passes through it.
        if (options.words !== undefined) return bandLayout(network, options.words).height
        const own = network.parts.length === 0 ? width : Math.min(width, options.partWords ?? width)
        return bandLayout(network, own, slots).height
      },
    },
  }
  const inner = options.width - options.hostGap * Math.max(0, graph.hosts - 1)
  const narrow = (limit: number): boolean => narrowGrid(graph, layers, columns, widths, limit)
  while (narrow(inner));
  let found = columnsOf(graph, layers, rows, looks, partOptions)
  let kept = [...columns]
  for (let round = 0; round < ROUNDS && found.width > options.width + 0.5; round++) {
    if (!narrow(inner - (found.width - options.width)) && !narrow(0)) break
    const next = columnsOf(graph, layers, rows, looks, partOptions)
    // Higher for nothing where another row is the widest.
    if (next.width > found.width - 0.5) continue
    found = next
    kept = [...columns]
  }
  columns.splice(0, columns.length, ...kept)
  return partOf(graph, layers, rows, found.places(), partOptions)
}

/** Takes columns from the widest grid of the widest row beyond `limit`; false when nothing can be narrower. */
function narrowGrid(graph: Graph, layers: Layers, columns: number[], widths: Widths, limit: number): boolean {
  const levels = Math.max(1, ...layers.blocks)
  const totals = new Array<number>(levels + 1).fill(-GAP)
  const widest = new Array<number>(levels + 1).fill(-1)
  const width = (block: number): number => widths(block, columns[block] ?? 1)
  for (const [block, level] of layers.blocks.entries()) {
    totals[level] = (totals[level] ?? 0) + width(block) + GAP
    const before = widest[level] ?? -1
    if ((columns[block] ?? 1) > 1 && (before < 0 || width(block) > width(before))) widest[level] = block
  }
  let row = -1
  for (const [level, total] of totals.entries())
    if (total > limit && (widest[level] ?? -1) >= 0 && (row < 0 || total > (totals[row] ?? 0))) row = level
  const block = widest[row]
  if (block === undefined) return false
  const cards = graph.blocks[block]?.cards.length ?? 1
  const now = columns[block] ?? 1
  // As many columns as make one row more, evenly filled.
  columns[block] = Math.min(now - 1, Math.ceil(cards / (Math.ceil(cards / now) + 1)))
  return true
}
