/**
 * Variables of one arrangement on the axis, and what holds in any case: the order of each row, what lies in which host,
 * pills of the way in beside each other.
 */
import { type Axis, createAxis } from './axis.ts'
import type { Graph } from './graph.ts'
import { type Chip, GAP, type Looks, OUT, type Shape } from './look.ts'
import { type Item, isFree, type Rows } from './rows.ts'

export interface BandSizes {
  least(net: number): number
  /** @param slots Where lines of other networks pass it, from its left edge. */
  height(net: number, width: number, slots: readonly number[]): number
}

export interface PartOptions {
  /** Columns of each block. */
  readonly columns: readonly number[]
  readonly networks: readonly number[]
  readonly bands: BandSizes
  /** Width that no line is kept straight beyond. */
  readonly width: number
  /** Between the insides of two hosts. */
  readonly hostGap: number
  /** Least inner width of each host. */
  readonly hostLeast: readonly number[]
  readonly sweeps: number
  readonly onCards: boolean
  /** How far a band over all hosts goes beyond what they hold, on either side. */
  readonly overhang: number
}

/** A variable, or a place beside it. */
export interface Place {
  readonly variable: number
  readonly by: number
}

export interface Frame {
  readonly graph: Graph
  readonly rows: Rows
  readonly shapes: readonly Shape[]
  readonly options: PartOptions
  readonly axis: Axis
  /** Edges of the band of a net. The left edge of a block has the block's own index. */
  leftOf(net: number): number
  rightOf(net: number): number
  /** Variable of each lane, by its index in `Rows.items`. */
  readonly lanes: ReadonlyMap<number, number>
  /** Cards that are as wide as their lines need: their right edge, and the first of their exits. */
  readonly stretched: ReadonlyMap<number, { readonly right: number; readonly exits: number }>
  hostLeft(host: number): number
  hostRight(host: number): number
  readonly end: number
  /** Where the wires of a block for a net leave it. */
  exitsOf(block: number, net: number): readonly Place[]
  /** Where a link to a net ends at an item that is no band. */
  endsOf(item: number, net: number): readonly Place[]
}

/** Lanes keep this from what they pass. */
const LANE = 12
/** A chip keeps this from the corner of its card, and that from its neighbour. */
const CORNER = 2
const CHIP_GAP = 6

/** @param wide Cards that are as wide as their lines need. */
export function frameOf(
  graph: Graph,
  rows: Rows,
  looks: Looks,
  shapes: readonly Shape[],
  options: PartOptions,
  wide: ReadonlySet<number>,
): Frame {
  const { items } = rows
  const leftOf = (net: number): number => graph.blocks.length + 2 * net
  let count = graph.blocks.length + 2 * graph.nets.length
  const lanes = new Map<number, number>()
  for (const [index, item] of items.entries()) if (item.kind === 'lane') lanes.set(index, count++)
  const stretched = new Map<number, { readonly right: number; readonly exits: number }>()
  for (const block of wide) {
    stretched.set(block, { right: count, exits: count + 1 })
    count += 1 + (shapes[block]?.exits.length ?? 0)
  }
  const hosts = count
  const end = hosts + 2 * graph.hosts
  const exitsOf = (block: number, net: number): readonly Place[] =>
    (shapes[block]?.exits ?? []).flatMap((exit, index) => {
      if (exit.net !== net) return []
      const own = stretched.get(block)
      return [own === undefined ? { variable: block, by: exit.x } : { variable: own.exits + index, by: 0 }]
    })
  const frame: Frame = {
    graph,
    rows,
    shapes,
    options,
    axis: createAxis(end + 1),
    leftOf,
    rightOf: (net) => leftOf(net) + 1,
    lanes,
    stretched,
    hostLeft: (host) => hosts + 2 * host,
    hostRight: (host) => hosts + 2 * host + 1,
    end,
    exitsOf,
    endsOf(index, net) {
      const item = items[index]
      if (item?.kind === 'block') return exitsOf(item.ref, net)
      return item?.kind === 'lane' ? [{ variable: lanes.get(index) ?? end, by: 0 }] : []
    },
  }
  for (const [net] of graph.nets.entries())
    frame.axis.hold(leftOf(net), leftOf(net) + 1, options.bands.least(net))
  for (const block of wide) holdCard(frame, block)
  holdRows(frame)
  holdEntries(frame, looks)
  return frame
}

/** Chips of a card beside each other on its edges. */
function holdCard({ axis, shapes, stretched }: Frame, block: number): void {
  const [shape, own] = [shapes[block], stretched.get(block)]
  if (shape === undefined || own === undefined) return
  axis.hold(block, own.right, shape.width)
  for (const side of ['up', 'down'] as const) {
    let last: { variable: number; half: number } | null = null
    for (const [index, exit] of shape.exits.entries()) {
      if (exit.side !== side) continue
      const half = (chipAt(shape, index)?.rect.width ?? 0) / 2
      const variable = own.exits + index
      if (last === null) axis.hold(block, variable, half + CORNER)
      else axis.hold(last.variable, variable, last.half + half + CHIP_GAP)
      last = { variable, half }
    }
    if (last !== null) axis.hold(last.variable, own.right, last.half + CORNER)
  }
}

/** What a row holds, from left to right, within its hosts. */
function holdRows(frame: Frame): void {
  const { graph, rows, shapes, options, axis, hostLeft, hostRight } = frame
  const { items, order } = rows
  const edges = (index: number): { left: number; right: number; width: number } => {
    const item = items[index]
    if (item?.kind === 'band')
      return { left: frame.leftOf(item.ref), right: frame.rightOf(item.ref), width: 0 }
    if (item?.kind === 'block') {
      const right = frame.stretched.get(item.ref)?.right
      return right === undefined
        ? { left: item.ref, right: item.ref, width: shapes[item.ref]?.width ?? 0 }
        : { left: item.ref, right, width: 0 }
    }
    const lane = frame.lanes.get(index) ?? frame.end
    return { left: lane, right: lane, width: 0 }
  }
  const gapOf = (a: Item | undefined, b: Item | undefined): number =>
    a?.kind === 'lane' || b?.kind === 'lane' ? LANE : GAP
  for (let host = 0; host < graph.hosts; host++) {
    axis.hold(hostLeft(host), hostRight(host), options.hostLeast[host] ?? 0)
    if (host > 0) axis.hold(hostRight(host - 1), hostLeft(host), options.hostGap)
  }
  for (const row of order)
    for (const [place, item] of row.entries()) {
      const host = items[item]?.host ?? -1
      const own = edges(item)
      axis.hold(hostLeft(Math.max(host, 0)), own.left, 0)
      // The next thing to the right that it may not lie over, and for what may lie over each other one further.
      for (let next = place + 1; next < row.length; next++) {
        const other = row[next] ?? 0
        if (isFree(items[item], items[other])) continue
        if (items[other]?.host === host)
          axis.hold(own.right, edges(other).left, own.width + gapOf(items[item], items[other]))
        if (!row.slice(next + 1, next + 2).some((after) => isFree(items[other], items[after]))) break
      }
    }
  for (const row of order)
    for (const item of row) {
      const host = items[item]?.host ?? -1
      const own = edges(item)
      axis.hold(own.right, hostRight(host < 0 ? graph.hosts - 1 : host), own.width)
    }
  axis.hold(hostRight(graph.hosts - 1), frame.end, 0)
}

/** Pills of the way in stand beside each other on the edge of their host. */
function holdEntries(frame: Frame, looks: Looks): void {
  const { graph, rows, shapes, axis } = frame
  let last: { readonly place: Place; readonly half: number; readonly host: number } | null = null
  for (const index of rows.order[1] ?? []) {
    const item = rows.items[index]
    const block = graph.blocks[item?.ref ?? -1]
    if (item === undefined || item.kind === 'band' || block?.out !== true) continue
    if (item.kind === 'lane' && item.net !== OUT) continue
    const [place] = frame.endsOf(index, OUT)
    if (place === undefined) continue
    // A grid of cards has its pills on the cards.
    const isComb = shapes[item.ref]?.combs.some((comb) => comb.net === OUT) === true
    const half = isComb ? 0 : looks.chip(block.cards[0] ?? 0, OUT).width / 2
    axis.hold(frame.hostLeft(item.host), place.variable, half - place.by - EDGE)
    axis.hold(place.variable, frame.hostRight(item.host), half + place.by - EDGE)
    if (last !== null && last.host === item.host)
      axis.hold(last.place.variable, place.variable, last.half + half + CHIP_GAP + last.place.by - place.by)
    last = { place, half, host: item.host }
  }
}

/** A pill may stand out over what its host holds, by less than the host's own edge. */
const EDGE = 10

/** One card with several lines. */
export const canStretch = (shape: Shape | undefined): boolean =>
  shape !== undefined && shape.cards.length === 1 && shape.exits.length > 1

function chipAt(shape: Shape, exit: number): Chip | undefined {
  const one = shape.exits[exit]
  return shape.cards[one?.card ?? -1]?.chips.find((chip) => chip.side === one?.side && chip.net === one.net)
}

/** What a card reaches beyond an exit at least. */
export const halfOf = (shape: Shape | undefined, exit: number): number =>
  shape === undefined ? 0 : (chipAt(shape, exit)?.rect.width ?? 0) / 2 + CORNER
