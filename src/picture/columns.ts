/**
 * Where things stand from left to right: the order of each row, and as many straight lines as go together. A card with
 * several lines that cannot be straight otherwise is made as wide as they need.
 */
import { type Axis, type Constraint, createAxis, type Wish } from './axis.ts'
import type { Graph } from './graph.ts'
import type { Layers } from './layers.ts'
import { type CardShape, GAP, type Looks, OUT, type Shape, type Side, shapeOf } from './look.ts'
import { type Item, isFree, type Rows } from './rows.ts'

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

export interface Span {
  readonly left: number
  readonly right: number
  readonly slots: readonly number[]
}

/** A joint keeps this from the ends of its band. */
export const BAND_PAD = 10
/** Lanes keep this from what they pass. */
const LANE = 12
/** A chip keeps this from the corner of its card, and that from its neighbour. */
const CORNER = 2
const CHIP_GAP = 6

export function columnsOf(
  graph: Graph,
  layers: Layers,
  rows: Rows,
  looks: Looks,
  options: PartOptions,
): Columns {
  const position = new Map<number, number>()
  for (const row of rows.order) for (const [place, item] of row.entries()) position.set(item, place)
  const shapes = shapesOf(graph, layers, rows, looks, options, position)
  const straight = straightLinks(rows, position)
  const rigid = layOut(graph, layers, rows, looks, shapes, options, straight, new Set())
  return rigid.bent.size === 0
    ? rigid.columns()
    : layOut(graph, layers, rows, looks, shapes, options, straight, rigid.bent).columns()
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

interface LaidOut {
  /** Cards of several lines some of which would bend. */
  readonly bent: ReadonlySet<number>
  columns(): Columns
}

/** @param wide Cards that are as wide as their lines need. */
function layOut(
  graph: Graph,
  layers: Layers,
  rows: Rows,
  looks: Looks,
  shapes: readonly Shape[],
  options: PartOptions,
  straight: readonly number[],
  wide: ReadonlySet<number>,
): LaidOut {
  const { items, links, order } = rows
  // Variables: left edge of each block, both edges of each band, each lane, right edge and exits of each wide card, both
  // edges of each host, the end of all.
  const leftOf = (net: number): number => graph.blocks.length + 2 * net
  const rightOf = (net: number): number => leftOf(net) + 1
  let count = graph.blocks.length + 2 * graph.nets.length
  const laneVariable = new Map<number, number>()
  for (const [index, item] of items.entries()) if (item.kind === 'lane') laneVariable.set(index, count++)
  const stretched = new Map<number, { readonly right: number; readonly exits: number }>()
  for (const block of wide) {
    stretched.set(block, { right: count, exits: count + 1 })
    count += 1 + (shapes[block]?.exits.length ?? 0)
  }
  const hosts = count
  const hostLeft = (host: number): number => hosts + 2 * host
  const hostRight = (host: number): number => hostLeft(host) + 1
  const end = hostLeft(graph.hosts)
  const axis = createAxis(end + 1)

  const edges = (index: number): { left: number; right: number; width: number } => {
    const item = items[index]
    if (item?.kind === 'band') return { left: leftOf(item.ref), right: rightOf(item.ref), width: 0 }
    if (item?.kind === 'block') {
      const right = stretched.get(item.ref)?.right
      return right === undefined
        ? { left: item.ref, right: item.ref, width: shapes[item.ref]?.width ?? 0 }
        : { left: item.ref, right, width: 0 }
    }
    const lane = laneVariable.get(index) ?? end
    return { left: lane, right: lane, width: 0 }
  }
  for (const [net] of graph.nets.entries()) axis.hold(leftOf(net), rightOf(net), options.bands.least(net))
  for (const [block, { right, exits }] of stretched) {
    const shape = shapes[block]
    if (shape === undefined) continue
    axis.hold(block, right, shape.width)
    for (const side of ['up', 'down'] as const) {
      let last: { variable: number; half: number } | null = null
      for (const [index, exit] of shape.exits.entries()) {
        if (exit.side !== side) continue
        const half = (chipAt(shape, index)?.rect.width ?? 0) / 2
        const variable = exits + index
        if (last === null) axis.hold(block, variable, half + CORNER)
        else axis.hold(last.variable, variable, last.half + half + CHIP_GAP)
        last = { variable, half }
      }
      if (last !== null) axis.hold(last.variable, right, last.half + CORNER)
    }
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
  axis.hold(hostRight(graph.hosts - 1), end, 0)

  /** Where the wires of a block for a net leave it. */
  const exitsOf = (block: number, net: number): readonly Place[] =>
    (shapes[block]?.exits ?? []).flatMap((exit, index) => {
      if (exit.net !== net) return []
      const own = stretched.get(block)
      return [own === undefined ? { variable: block, by: exit.x } : { variable: own.exits + index, by: 0 }]
    })
  const ends = (index: number, net: number): readonly Place[] => {
    const item = items[index]
    if (item?.kind === 'block') return exitsOf(item.ref, net)
    return item?.kind === 'lane' ? [{ variable: laneVariable.get(index) ?? end, by: 0 }] : []
  }
  holdEntries(graph, rows, looks, shapes, (index) => ends(index, OUT)[0], axis, { hostLeft, hostRight })
  const limit = Math.max(options.width, axis.extent()) + 0.5
  const bent = new Set<number>()
  for (const index of straight) {
    const link = links[index]
    if (link === undefined) continue
    const [upper, lower] = [items[link.upper], items[link.lower]]
    const band = upper?.kind === 'band' ? upper : lower?.kind === 'band' ? lower : null
    let isStraight = true
    if (band !== null) {
      const under: Constraint[] = ends(upper === band ? link.lower : link.upper, link.net).flatMap(
        ({ variable, by }) => [
          { from: leftOf(band.ref), to: variable, by: BAND_PAD - by },
          { from: variable, to: rightOf(band.ref), by: BAND_PAD + by },
        ],
      )
      isStraight = axis.attempt(under, limit)
    } else {
      const [a] = ends(link.upper, link.net)
      const [b] = ends(link.lower, link.net)
      if (a !== undefined && b !== undefined)
        isStraight = axis.join(a.variable, b.variable, a.by - b.by, limit)
    }
    if (isStraight) continue
    for (const item of [upper, lower])
      if (item?.kind === 'block' && canStretch(shapes[item.ref])) bent.add(item.ref)
  }

  const near = graph.nets.map((): Place[] => [])
  const far = graph.nets.map((): Place[] => [])
  for (const [index, block] of graph.blocks.entries())
    for (const net of block.nets) {
      const single = block.nets.length === 1 && !stretched.has(index)
      const width = shapes[index]?.width ?? 0
      for (const place of single ? [{ variable: index, by: 0 }] : exitsOf(index, net)) {
        near[net]?.push({ ...place, by: single ? 0 : place.by - HALF_CHIP })
        far[net]?.push({ ...place, by: single ? width : place.by + HALF_CHIP })
      }
    }
  const at = (x: Float64Array, { variable, by }: Place): number => (x[variable] ?? 0) + by
  const centre = (x: Float64Array, net: number): number =>
    ((x[leftOf(net)] ?? 0) + (x[rightOf(net)] ?? 0)) / 2
  const wishes: ((x: Float64Array) => number | null)[] = graph.blocks.map((block, index) => (x) => {
    if (block.nets.length === 0) return null
    const right = stretched.get(index)?.right
    const width = right === undefined ? (shapes[index]?.width ?? 0) : (x[right] ?? 0) - (x[index] ?? 0)
    return block.nets.reduce((sum, net) => sum + centre(x, net), 0) / block.nets.length - width / 2
  })
  for (const [net] of graph.nets.entries())
    wishes.push(
      // Bands are as wide as what hangs on them.
      (x) => (near[net]?.length ? Math.min(...(near[net] ?? []).map((place) => at(x, place))) : null),
      (x) => (far[net]?.length ? Math.max(...(far[net] ?? []).map((place) => at(x, place))) : null),
    )
  for (const index of laneVariable.keys()) {
    const lane = items[index]
    const [exit] = lane === undefined ? [] : exitsOf(lane.ref, lane.net)
    wishes.push((x) => (exit === undefined ? null : at(x, exit)))
  }
  for (const [block, { exits }] of stretched) {
    const shape = shapes[block]
    const own = shape?.exits ?? []
    // As narrow as its lines allow.
    wishes.push((x) =>
      Math.max(
        (x[block] ?? 0) + (shape?.width ?? 0),
        ...own.map((_, index) => (x[exits + index] ?? 0) + (shape === undefined ? 0 : halfOf(shape, index))),
      ),
    )
    for (const [index, exit] of own.entries())
      wishes.push((x) =>
        exit.net === OUT ? (x[block] ?? 0) + exit.x : clampTo(x, exit.net, x[exits + index] ?? 0),
      )
  }
  const clampTo = (x: Float64Array, net: number, value: number): number =>
    Math.min(
      Math.max(value, (x[leftOf(net)] ?? 0) + BAND_PAD),
      Math.max((x[leftOf(net)] ?? 0) + BAND_PAD, (x[rightOf(net)] ?? 0) - BAND_PAD),
    )
  // Hosts are as narrow as what they hold.
  for (let host = 0; host < graph.hosts; host++)
    wishes.push(
      (x) => (x[hostLeft(host)] ?? 0) + FAR,
      () => 0,
    )
  const wish: Wish = (x, variable) => wishes[variable]?.(x) ?? null

  return {
    bent,
    columns() {
      const x = axis.solve(wish, options.sweeps)
      const round = (variable: number): number => Math.round((x[variable] ?? 0) * 2) / 2
      const lanes = new Map([...laneVariable].map(([item, variable]) => [item, round(variable)]))
      const slotsAt = (level: number): readonly number[] =>
        [...lanes]
          .flatMap(([item, at]) => (items[item]?.level === level && items[item]?.net !== OUT ? [at] : []))
          .sort((a, b) => a - b)
      return {
        width: round(end),
        shapes: shapes.map((shape, block) => {
          const own = stretched.get(block)
          if (own === undefined) return shape
          const left = round(block)
          return wider(
            shape,
            round(own.right) - left,
            shape.exits.map((_, index) => round(own.exits + index) - left),
          )
        }),
        left: graph.blocks.map((_, block) => round(block)),
        spans: graph.nets.map((net, index) =>
          net.host < 0
            ? {
                left: -options.overhang,
                right: round(end) + options.overhang,
                slots: slotsAt(layers.nets[index] ?? 2),
              }
            : { left: round(leftOf(index)), right: round(rightOf(index)), slots: [] },
        ),
        lanes,
        hosts: Array.from({ length: graph.hosts }, (_, host) => ({
          left: round(hostLeft(host)),
          right: round(hostRight(host)),
        })),
      }
    },
  }
}

/** Pills of the way in stand beside each other on the edge of their host. */
function holdEntries(
  graph: Graph,
  { items, order }: Rows,
  looks: Looks,
  shapes: readonly Shape[],
  entryOf: (item: number) => Place | undefined,
  axis: Axis,
  { hostLeft, hostRight }: { hostLeft(host: number): number; hostRight(host: number): number },
): void {
  let last: { readonly place: Place; readonly half: number; readonly host: number } | null = null
  for (const index of order[1] ?? []) {
    const item = items[index]
    const block = graph.blocks[item?.ref ?? -1]
    if (item === undefined || block?.out !== true || (item.kind === 'lane' && item.net !== OUT)) continue
    const place = entryOf(index)
    if (item.kind === 'band' || place === undefined) continue
    // A grid of cards has its pills on the cards.
    const half = isComb(shapes[item.ref]) ? 0 : looks.chip(block.cards[0] ?? 0, OUT).width / 2
    axis.hold(hostLeft(item.host), place.variable, half - place.by - EDGE)
    axis.hold(place.variable, hostRight(item.host), half + place.by - EDGE)
    if (last !== null && last.host === item.host)
      axis.hold(last.place.variable, place.variable, last.half + half + CHIP_GAP + last.place.by - place.by)
    last = { place, half, host: item.host }
  }
}

/** A pill may stand out over what its host holds, by less than the host's own edge. */
const EDGE = 10

const isComb = (shape: Shape | undefined): boolean => shape?.combs.some((comb) => comb.net === OUT) === true

/** A variable, or a place beside it. */
interface Place {
  readonly variable: number
  readonly by: number
}

/** What a band covers beside the joint of a card that hangs on others too. */
const HALF_CHIP = 30
/** Farther than any figure is wide. */
const FAR = 1e6

/** One card with several lines. */
const canStretch = (shape: Shape | undefined): boolean =>
  shape !== undefined && shape.cards.length === 1 && shape.exits.length > 1

function chipAt(shape: Shape, exit: number): CardShape['chips'][number] | undefined {
  const one = shape.exits[exit]
  return shape.cards[one?.card ?? -1]?.chips.find((chip) => chip.side === one?.side && chip.net === one.net)
}

const halfOf = (shape: Shape, exit: number): number => (chipAt(shape, exit)?.rect.width ?? 0) / 2 + CORNER

/** The shape of one card at another width, its chips at other places. */
function wider(shape: Shape, width: number, exits: readonly number[]): Shape {
  const moved = (chip: CardShape['chips'][number]): CardShape['chips'][number] => {
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
