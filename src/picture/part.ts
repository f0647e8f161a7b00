/** Part of a figure that hangs together, in coordinates of its own: from order to places. */
import { channelsOf, type Strand } from './channels.ts'
import type { Columns } from './columns.ts'
import type { PartOptions } from './frame.ts'
import type { Graph } from './graph.ts'
import type { Layers } from './layers.ts'
import { OUT, type Shape } from './look.ts'
import type { Point, Rect } from './placed.ts'
import { tidy } from './polyline.ts'
import type { Rows } from './rows.ts'

export interface Part {
  readonly width: number
  readonly height: number
  readonly bands: readonly { readonly net: number; readonly rect: Rect; readonly slots: readonly number[] }[]
  /** By the blocks of the graph. */
  readonly blocks: readonly { readonly block: number; readonly at: Point; readonly shape: Shape }[]
  /** From a block to a band; for the way in from the block to the upper edge of the part. */
  readonly wires: readonly Wire[]
  /** Inner left and right edge of each host; equal where a host has nothing here. */
  readonly hosts: readonly { readonly left: number; readonly right: number }[]
  readonly crossings: number
}

export interface Wire {
  readonly net: number
  readonly block: number
  /** Which of the block's exits. */
  readonly exit: number
  readonly points: readonly Point[]
  /** Where it branches off another line of its network. */
  readonly dots: readonly Point[]
}

/** From a band to the chips of the row beside it. */
const CHANNEL = 16
const TRACK = 9

export function partOf(
  graph: Graph,
  layers: Layers,
  rows: Rows,
  columns: Columns,
  options: PartOptions,
): Part {
  const { strands, tracks } = channelsOf(graph, layers, rows, columns)
  const levels = levelsOf(graph, layers, rows, columns, options, tracks)
  const blocks = columns.shapes.map((shape, index) => {
    const block = graph.blocks[index]
    const level = layers.blocks[index] ?? 1
    // What hangs on something below only stands on it.
    const nets = block?.nets ?? []
    const isStanding =
      block?.out !== true && nets.length > 0 && nets.every((net) => (layers.nets[net] ?? 0) > level)
    const down = isStanding ? levels.height(level) - shape.height : 0
    return { block: index, at: { x: columns.left[index] ?? 0, y: levels.top(level) + down }, shape }
  })
  const wires = strands.map((strand): Wire => {
    const points = pointsOf(strand, blocks, layers, levels, options.onCards)
    const { net, block, exit } = strand
    return { net, block, exit, points, dots: strand.branches ? points.slice(-2, -1) : [] }
  })
  return {
    width: columns.width,
    height: levels.top(rows.order.length - 1) + levels.height(rows.order.length - 1),
    bands: graph.nets.map((_, index) => {
      const span = columns.spans[index] ?? { left: 0, right: 0, slots: [] }
      const level = layers.nets[index] ?? 2
      const rect = {
        x: span.left,
        y: levels.top(level),
        width: span.right - span.left,
        height: levels.height(level),
      }
      return { net: index, rect, slots: span.slots }
    }),
    blocks,
    wires,
    hosts: columns.hosts,
    crossings: rows.crossings,
  }
}

interface Levels {
  top(level: number): number
  height(level: number): number
  /** y of a track in the gap below a level. */
  track(gap: number, track: number): number
}

/** Rows below each other, with the tracks of their lines between. */
function levelsOf(
  graph: Graph,
  layers: Layers,
  { order }: Rows,
  { spans, shapes }: Columns,
  { bands }: PartOptions,
  tracks: readonly number[],
): Levels {
  const heights = order.map((_, level) =>
    Math.max(
      0,
      ...spans.map(({ left, right, slots }, net) =>
        layers.nets[net] === level
          ? bands.height(
              net,
              right - left,
              slots.map((x) => x - left),
            )
          : 0,
      ),
      ...graph.blocks.map((_, block) => (layers.blocks[block] === level ? (shapes[block]?.height ?? 0) : 0)),
    ),
  )
  const tops: number[] = []
  let y = 0
  for (const [level, height] of heights.entries()) {
    tops.push(y)
    const count = tracks[level] ?? 0
    y += height + (height === 0 ? 0 : CHANNEL) + (count > 0 ? count * TRACK + 4 : 0)
  }
  return {
    top: (level) => tops[level] ?? 0,
    height: (level) => heights[level] ?? 0,
    track: (gap, track) =>
      (tops[gap] ?? 0) +
      (heights[gap] ?? 0) +
      ((heights[gap] ?? 0) === 0 ? 0 : CHANNEL / 2) +
      4 +
      track * TRACK,
  }
}

/** From the chip of a card, or the innermost rail of a comb, along the tracks to the band. */
function pointsOf(
  strand: Strand,
  blocks: Part['blocks'],
  layers: Layers,
  levels: Levels,
  onCards: boolean,
): readonly Point[] {
  const found = blocks[strand.block]
  const exit = found?.shape.exits[strand.exit]
  if (found === undefined || exit === undefined) return []
  const isUp = exit.side === 'up'
  const startX = found.at.x + exit.x
  const points: Point[] = [{ x: startX, y: found.at.y + startOf(found.shape, strand, onCards) }]
  for (const step of strand.steps) {
    if (step.near === step.far) continue
    const y = levels.track(step.gap, step.track)
    points.push({ x: step.near, y }, { x: step.far, y })
  }
  const level = layers.nets[strand.net] ?? 0
  const end = strand.net === OUT ? 0 : levels.top(level) + (isUp ? levels.height(level) : 0)
  points.push({ x: strand.steps.at(-1)?.far ?? startX, y: end })
  return tidy(points)
}

/** Where the line of an exit begins, from the upper edge of its block. */
function startOf(shape: Shape, strand: Strand, onCards: boolean): number {
  const exit = shape.exits[strand.exit]
  if (exit === undefined) return 0
  const isUp = exit.side === 'up'
  const comb = exit.card === -1 ? shape.combs.find((one) => one.side === exit.side) : undefined
  if (comb !== undefined) return (isUp ? Math.max : Math.min)(...comb.rails.map((rail) => rail.y))
  const chip = shape.cards[exit.card]?.chips.find((one) => one.side === exit.side && one.net === exit.net)
  if (chip === undefined) return 0
  if (!isUp) return chip.rect.y + chip.rect.height
  // The pill of the way in stands on the edge of the host; its line goes on to the card.
  const isOnHost = strand.net === OUT && !onCards && shape.combs.every((one) => one.side !== 'up')
  return chip.rect.y + (isOnHost ? chip.rect.height / 2 : 0)
}
