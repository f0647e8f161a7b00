/**
 * Where things stand from left to right: the order of each row, and as many straight lines as go together. A card with
 * several lines that cannot be straight otherwise is made as wide as they need.
 */
import type { Constraint } from './axis.ts'
import { canStretch, type Frame, frameOf, halfOf, type PartOptions, type Place } from './frame.ts'
import type { Graph } from './graph.ts'
import type { Layers } from './layers.ts'
import { type Chip, type Looks, OUT, type Shape, type Side, shapeOf } from './look.ts'
import { isFree, type Rows } from './rows.ts'

export interface Columns {
  readonly width: number
  /** Of each block. */
  readonly shapes: readonly Shape[]
  readonly left: readonly number[]
  /** Of each net's band; `slots`: where lines of other networks pass it, since it is drawn over all hosts. */
  readonly spans: readonly Span[]
  /** x of each lane, by its index in `Rows.items`. */
  readonly lanes: ReadonlyMap<number, number>
  readonly hosts: readonly { readonly left: number; readonly right: number }[]
}

export interface Span {
  readonly left: number
  readonly right: number
  readonly slots: readonly number[]
}

/** A joint keeps this from the ends of its band. */
export const BAND_PAD = 10

/**
 * @returns Least width, and the places, which are looked for only when they are asked for: width alone tells whether
 * grids have to be narrower.
 */
export function columnsOf(
  graph: Graph,
  layers: Layers,
  rows: Rows,
  looks: Looks,
  options: PartOptions,
): { readonly width: number; places(): Columns } {
  const position = new Map<number, number>()
  for (const row of rows.order) for (const [place, item] of row.entries()) position.set(item, place)
  const shapes = shapesOf(graph, layers, rows, looks, options, position)
  const frame = frameOf(graph, rows, looks, shapes, options, new Set())
  return {
    width: frame.axis.extent(),
    places() {
      const straight = straightLinks(rows, position)
      const bent = straighten(frame, straight, options.width)
      if (bent.size === 0) return solved(frame, layers)
      const wide = frameOf(graph, rows, looks, shapes, options, bent)
      straighten(wide, straight, options.width)
      return solved(wide, layers)
    },
  }
}

/** Shapes of blocks, now that it is known which of their networks lie above, and in which order. */
function shapesOf(
  graph: Graph,
  layers: Layers,
  { items, links }: Rows,
  looks: Looks,
  options: PartOptions,
  position: ReadonlyMap<number, number>,
): readonly Shape[] {
  const sides: (Side & { readonly at: number })[][] = graph.blocks.map((block, index) =>
    block.out && (layers.blocks[index] ?? 1) === 1 ? [{ net: OUT, side: 'up', at: -1 }] : [],
  )
  for (const { upper, lower, net } of links) {
    const [above, below] = [items[upper], items[lower]]
    if (below?.kind === 'block') sides[below.ref]?.push({ net, side: 'up', at: position.get(upper) ?? 0 })
    if (above?.kind === 'block') sides[above.ref]?.push({ net, side: 'down', at: position.get(lower) ?? 0 })
  }
  return graph.blocks.map((block, index) => {
    const level = layers.blocks[index] ?? 1
    const own = (sides[index] ?? []).sort((a, b) => a.at - b.at)
    const isLong = (side: Side['side']): boolean =>
      own.some(
        (one) => one.side === side && one.net !== OUT && Math.abs((layers.nets[one.net] ?? 0) - level) > 1,
      ) ||
      (side === 'up' && block.out && level > 1)
    return shapeOf(looks, block, own, options.columns[index] ?? 1, options.networks, {
      up: isLong('up'),
      down: isLong('down'),
      onCards: options.onCards,
    })
  })
}

/** Links that may be straight together: all that no other of the same gap crosses, lanes before joints. */
function straightLinks({ items, links }: Rows, position: ReadonlyMap<number, number>): readonly number[] {
  const byGap = new Map<number, number[]>()
  for (const [index, link] of links.entries()) {
    const level = items[link.upper]?.level ?? 0
    const gap = byGap.get(level)
    if (gap === undefined) byGap.set(level, [index])
    else gap.push(index)
  }
  const crosses = (a: number, b: number): boolean => {
    const [one, other] = [links[a], links[b]]
    if (one === undefined || other === undefined) return false
    const above = (position.get(one.upper) ?? 0) - (position.get(other.upper) ?? 0)
    const below = (position.get(one.lower) ?? 0) - (position.get(other.lower) ?? 0)
    return (
      above * below < 0 &&
      !isFree(items[one.upper], items[other.upper]) &&
      !isFree(items[one.lower], items[other.lower])
    )
  }
  const lanes = (index: number): number =>
    Number(items[links[index]?.upper ?? 0]?.kind === 'lane') +
    Number(items[links[index]?.lower ?? 0]?.kind === 'lane')
  const straight: number[] = []
  for (const gap of byGap.values()) {
    const chosen: number[] = []
    gap.sort((a, b) => (links[b]?.weight ?? 0) - (links[a]?.weight ?? 0) || a - b)
    for (const index of gap) if (chosen.every((other) => !crosses(index, other))) chosen.push(index)
    straight.push(...chosen)
  }
  // Inner pieces of long lines first, as Gansner et al. weigh them: a bend there is seen most.
  const weight = (index: number): number => links[index]?.weight ?? 0
  return straight.sort((a, b) => lanes(b) - lanes(a) || weight(b) - weight(a) || a - b)
}

/** Keeps as many of these links straight as go together. @returns cards of several lines some of which bend. */
function straighten(frame: Frame, straight: readonly number[], width: number): ReadonlySet<number> {
  const { rows, shapes, axis } = frame
  const limit = Math.max(width, axis.extent()) + 0.5
  const bent = new Set<number>()
  for (const index of straight) {
    const link = rows.links[index]
    if (link === undefined) continue
    const [upper, lower] = [rows.items[link.upper], rows.items[link.lower]]
    const band = upper?.kind === 'band' ? upper : lower?.kind === 'band' ? lower : null
    let isStraight = true
    if (band !== null) {
      const ends = frame.endsOf(upper === band ? link.lower : link.upper, link.net)
      const under = ends.flatMap(({ variable, by }): readonly Constraint[] => [
        { from: frame.leftOf(band.ref), to: variable, by: BAND_PAD - by },
        { from: variable, to: frame.rightOf(band.ref), by: BAND_PAD + by },
      ])
      isStraight = axis.attempt(under, limit)
    } else {
      const [a] = frame.endsOf(link.upper, link.net)
      const [b] = frame.endsOf(link.lower, link.net)
      if (a !== undefined && b !== undefined)
        isStraight = axis.join(a.variable, b.variable, a.by - b.by, limit)
    }
    if (isStraight) continue
    for (const item of [upper, lower])
      if (item?.kind === 'block' && canStretch(shapes[item.ref])) bent.add(item.ref)
  }
  return bent
}

type At = (x: Float64Array) => number | null

/** Where each variable would rather be. */
function wishesOf(frame: Frame): readonly At[] {
  const { graph, rows, shapes, stretched, exitsOf, leftOf, rightOf } = frame
  // What hangs on each net, from its left to its right edge.
  const near = graph.nets.map((): Place[] => [])
  const far = graph.nets.map((): Place[] => [])
  for (const [index, block] of graph.blocks.entries())
    for (const net of block.nets) {
      if (block.nets.length === 1 && !stretched.has(index)) {
        near[net]?.push({ variable: index, by: 0 })
        far[net]?.push({ variable: index, by: shapes[index]?.width ?? 0 })
      } else
        for (const { variable, by } of exitsOf(index, net)) {
          near[net]?.push({ variable, by: by - HALF_CHIP })
          far[net]?.push({ variable, by: by + HALF_CHIP })
        }
    }
  const at = (x: Float64Array, variable: number): number => x[variable] ?? 0
  const extreme = (places: readonly Place[], of: (...values: number[]) => number): At =>
    places.length === 0
      ? () => null
      : (x) => {
          let found = at(x, places[0]?.variable ?? 0) + (places[0]?.by ?? 0)
          for (const { variable, by } of places) found = of(found, at(x, variable) + by)
          return found
        }
  const wishes: At[] = graph.blocks.map((block, index) => (x) => {
    if (block.nets.length === 0) return null
    const right = stretched.get(index)?.right
    const width = right === undefined ? (shapes[index]?.width ?? 0) : at(x, right) - at(x, index)
    let sum = 0
    for (const net of block.nets) sum += at(x, leftOf(net)) + at(x, rightOf(net))
    return sum / 2 / block.nets.length - width / 2
  })
  // Bands are as wide as what hangs on them.
  for (const [net] of graph.nets.entries())
    wishes.push(extreme(near[net] ?? [], Math.min), extreme(far[net] ?? [], Math.max))
  for (const index of frame.lanes.keys()) {
    const lane = rows.items[index]
    const [exit] = lane === undefined ? [] : exitsOf(lane.ref, lane.net)
    wishes.push((x) => (exit === undefined ? null : at(x, exit.variable) + exit.by))
  }
  for (const [block, { exits }] of stretched) {
    const shape = shapes[block]
    const own = shape?.exits ?? []
    // As narrow as its lines allow.
    wishes.push((x) =>
      Math.max(
        at(x, block) + (shape?.width ?? 0),
        ...own.map((_, index) => at(x, exits + index) + halfOf(shape, index)),
      ),
    )
    for (const [index, exit] of own.entries())
      wishes.push((x) => {
        if (exit.net === OUT) return at(x, block) + exit.x
        const low = at(x, leftOf(exit.net)) + BAND_PAD
        return Math.min(
          Math.max(at(x, exits + index), low),
          Math.max(low, at(x, rightOf(exit.net)) - BAND_PAD),
        )
      })
  }
  // Hosts are as narrow as what they hold.
  for (let host = 0; host < graph.hosts; host++)
    wishes.push(
      (x) => at(x, frame.hostLeft(host)) + FAR,
      () => 0,
    )
  return wishes
}

/** What a band covers beside the joint of a card that hangs on others too. */
const HALF_CHIP = 30
/** Farther than any figure is wide. */
const FAR = 1e6

function solved(frame: Frame, layers: Layers): Columns {
  const { graph, rows, shapes, options, stretched } = frame
  const wishes = wishesOf(frame)
  const x = frame.axis.solve((places, variable) => wishes[variable]?.(places) ?? null, options.sweeps)
  const round = (variable: number): number => Math.round((x[variable] ?? 0) * 2) / 2
  const lanes = new Map([...frame.lanes].map(([item, variable]) => [item, round(variable)]))
  const slotsAt = (level: number): readonly number[] =>
    [...lanes]
      .flatMap(([index, at]) => {
        const item = rows.items[index]
        return item?.level === level && item.net !== OUT ? [at] : []
      })
      .sort((a, b) => a - b)
  return {
    width: round(frame.end),
    shapes: shapes.map((shape, block) => {
      const own = stretched.get(block)
      if (own === undefined) return shape
      const left = round(block)
      const exits = shape.exits.map((_, index) => round(own.exits + index) - left)
      return wider(shape, round(own.right) - left, exits)
    }),
    left: graph.blocks.map((_, block) => round(block)),
    spans: graph.nets.map((net, index) =>
      net.host < 0
        ? {
            left: -options.overhang,
            right: round(frame.end) + options.overhang,
            slots: slotsAt(layers.nets[index] ?? 2),
          }
        : { left: round(frame.leftOf(index)), right: round(frame.rightOf(index)), slots: [] },
    ),
    lanes,
    hosts: Array.from({ length: graph.hosts }, (_, host) => ({
      left: round(frame.hostLeft(host)),
      right: round(frame.hostRight(host)),
    })),
  }
}

/** The shape of one card at another width, its chips at other places. */
function wider(shape: Shape, width: number, exits: readonly number[]): Shape {
  const moved = (chip: Chip): Chip => {
    const index = shape.exits.findIndex((exit) => exit.side === chip.side && exit.net === chip.net)
    const x = exits[index] ?? chip.x
    return { ...chip, x, rect: { ...chip.rect, x: x - chip.rect.width / 2 } }
  }
  return {
    ...shape,
    width,
    cards: shape.cards.map((card) => ({
      ...card,
      rect: { ...card.rect, width },
      chips: card.chips.map(moved),
    })),
    exits: shape.exits.map((exit, index) => ({ ...exit, x: exits[index] ?? exit.x })),
  }
}
