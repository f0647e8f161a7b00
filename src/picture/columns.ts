/** From order to places: x by constraints that keep lines straight, y by rows and the channels between them. */
import { type Constraint, solve } from './constraints.ts'
import type { Graph } from './graph.ts'
import type { Layers } from './layers.ts'
import { GAP, type Looks, OUT, type Shape, type Side, shapeOf } from './look.ts'
import { freeOf, type Rows } from './order.ts'
import type { Point, Rect } from './placed.ts'

export interface Part {
  readonly width: number
  readonly height: number
  readonly bands: readonly { readonly net: number; readonly rect: Rect; readonly slots: readonly number[] }[]
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
}

export interface BandSizes {
  least(net: number): number
  height(net: number, width: number): number
}

export interface PartOptions {
  /** Columns of each block. */
  readonly columns: readonly number[]
  readonly networks: readonly number[]
  readonly bands: BandSizes
  /** Between the insides of two hosts. */
  readonly hostGap: number
  /** Least inner width of each host. */
  readonly hostLeast: readonly number[]
  readonly sweeps: number
  readonly onCards: boolean
}

/** From a band to the chips of the row beside it. */
const CHANNEL = 16
const TRACK = 9
/** A joint keeps this from the ends of its band. */
const BAND_PAD = 10
/** Lanes keep this from what they pass. */
const LANE = 12

export function partOf(graph: Graph, layers: Layers, rows: Rows, looks: Looks, options: PartOptions): Part {
  const { items, order, links } = rows
  const position = new Map<number, number>()
  for (const row of order) for (const [place, item] of row.entries()) position.set(item, place)
  const shapes = graph.blocks.map((block, index) => {
    const sides = sidesOf(index, rows, layers, position, block.out)
    const level = layers.blocks[index] ?? 1
    const long = (side: 'up' | 'down'): boolean =>
      sides.some(
        (one) => one.side === side && one.net !== OUT && Math.abs((layers.nets[one.net] ?? 0) - level) > 1,
      ) ||
      (side === 'up' && block.out && level > 1)
    return shapeOf(looks, block, sides, options.columns[index] ?? 1, options.networks, {
      up: long('up'),
      down: long('down'),
      onCards: options.onCards,
    })
  })
  // Variables: left edge of each block, both edges of each band, each lane, both edges of each host, the end of all.
  const blockAt = (block: number): number => block
  const leftOf = (net: number): number => graph.blocks.length + 2 * net
  const rightOf = (net: number): number => leftOf(net) + 1
  const lanes = items.flatMap((item, index) => (item.kind === 'lane' ? [index] : []))
  const laneVariable = new Map(
    lanes.map((item, index) => [item, graph.blocks.length + 2 * graph.nets.length + index]),
  )
  const hostLeft = (host: number): number =>
    graph.blocks.length + 2 * graph.nets.length + lanes.length + 2 * host
  const hostRight = (host: number): number => hostLeft(host) + 1
  const end = hostLeft(graph.hosts)
  const constraints: Constraint[] = []
  const add = (from: number, to: number, by: number, rank = 0): void => {
    constraints.push({ from, to, by, rank })
  }
  const edges = (index: number): { left: number; right: number; width: number } => {
    const item = items[index]
    if (item?.kind === 'band') return { left: leftOf(item.ref), right: rightOf(item.ref), width: 0 }
    if (item?.kind === 'block')
      return { left: blockAt(item.ref), right: blockAt(item.ref), width: shapes[item.ref]?.width ?? 0 }
    const lane = laneVariable.get(index) ?? end
    return { left: lane, right: lane, width: 0 }
  }
  for (const [net] of graph.nets.entries()) add(leftOf(net), rightOf(net), options.bands.least(net))
  const isFree = freeOf(graph, items)
  const gapOf = (a: number, b: number): number =>
    items[a]?.kind === 'lane' || items[b]?.kind === 'lane' ? LANE : GAP
  for (const row of order)
    for (const [place, item] of row.entries()) {
      const host = items[item]?.host ?? -1
      const own = edges(item)
      add(hostLeft(Math.max(host, 0)), own.left, 0)
      add(own.right, hostRight(host < 0 ? graph.hosts - 1 : host), own.width)
      add(own.right, end, own.width)
      // The next thing to the right that it may not lie over, and for what may lie over each other one further.
      for (let next = place + 1; next < row.length; next++) {
        const other = row[next] ?? 0
        if (isFree(item, other)) continue
        if (items[other]?.host === host) add(own.right, edges(other).left, own.width + gapOf(item, other))
        if (!row.slice(next + 1, next + 2).some((after) => isFree(other, after))) break
      }
    }
  for (let host = 0; host < graph.hosts; host++) {
    add(hostLeft(host), hostRight(host), options.hostLeast[host] ?? 0)
    if (host + 1 < graph.hosts) add(hostRight(host), hostLeft(host + 1), options.hostGap)
    add(hostRight(host), end, 0)
  }
  // Straight lines: all that no other straight one of the same gap crosses.
  const straight = new Set<number>()
  const byGap = new Map<number, number[]>()
  for (const [index, link] of links.entries()) {
    const level = items[link.upper]?.level ?? 0
    byGap.set(level, [...(byGap.get(level) ?? []), index])
  }
  const crosses = (a: number, b: number): boolean => {
    const [one, other] = [links[a], links[b]]
    if (one === undefined || other === undefined) return false
    const above = (position.get(one.upper) ?? 0) - (position.get(other.upper) ?? 0)
    const below = (position.get(one.lower) ?? 0) - (position.get(other.lower) ?? 0)
    return above * below < 0 && !isFree(one.upper, other.upper) && !isFree(one.lower, other.lower)
  }
  for (const gap of byGap.values()) {
    const byWeight = [...gap].sort((a, b) => (links[b]?.weight ?? 0) - (links[a]?.weight ?? 0) || a - b)
    const chosen: number[] = []
    for (const index of byWeight)
      if (chosen.every((other) => !crosses(index, other))) {
        chosen.push(index)
        straight.add(index)
      }
  }
  /** Where the wires of a block for a net leave it, from its left edge. */
  const exitsOf = (block: number, net: number): readonly number[] =>
    shapes[block]?.exits.filter((exit) => exit.net === net).map((exit) => exit.x) ?? []
  const ends = (index: number, net: number): readonly { variable: number; by: number }[] => {
    const item = items[index]
    if (item?.kind === 'block')
      return exitsOf(item.ref, net).map((by) => ({ variable: blockAt(item.ref), by }))
    return item?.kind === 'lane' ? [{ variable: laneVariable.get(index) ?? end, by: 0 }] : []
  }
  for (const index of straight) {
    const link = links[index]
    if (link === undefined) continue
    const [upper, lower] = [items[link.upper], items[link.lower]]
    const band = upper?.kind === 'band' ? upper : lower?.kind === 'band' ? lower : null
    if (band !== null) {
      const other = upper === band ? link.lower : link.upper
      for (const { variable, by } of ends(other, link.net)) {
        add(leftOf(band.ref), variable, BAND_PAD - by, 2)
        add(variable, rightOf(band.ref), BAND_PAD + by, 2)
      }
    } else {
      const [a] = ends(link.upper, link.net)
      const [b] = ends(link.lower, link.net)
      if (a === undefined || b === undefined) continue
      add(a.variable, b.variable, a.by - b.by, 1)
      add(b.variable, a.variable, b.by - a.by, 1)
    }
  }
  const linkedBlocks = graph.nets.map((_, net) =>
    graph.blocks.flatMap((block, index) => (block.nets.includes(net) ? [index] : [])),
  )
  const centre = (x: readonly number[], net: number): number =>
    ((x[leftOf(net)] ?? 0) + (x[rightOf(net)] ?? 0)) / 2
  const laneOf = new Map([...laneVariable].map(([item, variable]) => [variable, item]))
  const desires = (x: readonly number[], variable: number): number | null => {
    if (variable < graph.blocks.length) {
      const block = graph.blocks[variable]
      const shape = shapes[variable]
      if (block === undefined || shape === undefined || block.nets.length === 0) return null
      const middle = block.nets.reduce((sum, net) => sum + centre(x, net), 0) / block.nets.length
      return middle - shape.width / 2
    }
    const net = Math.floor((variable - graph.blocks.length) / 2)
    if (net < graph.nets.length) {
      // Bands are as wide as what hangs on them.
      const near = linkedBlocks[net] ?? []
      if (near.length === 0) return null
      if (variable === leftOf(net)) return Math.min(...near.map((block) => x[block] ?? 0))
      return Math.max(...near.map((block) => (x[block] ?? 0) + (shapes[block]?.width ?? 0)))
    }
    const item = items[laneOf.get(variable) ?? -1]
    if (item !== undefined) {
      const [by = 0] = exitsOf(item.ref, item.net)
      return (x[item.ref] ?? 0) + by
    }
    if (variable >= end) return null
    return (variable - hostLeft(0)) % 2 === 0 ? Number.POSITIVE_INFINITY : 0
  }
  const { x } = solve(end + 1, constraints, desires, end, options.sweeps)
  return draw({ graph, layers, rows, shapes, x, leftOf, rightOf, laneVariable, hostLeft, hostRight, options })
}

/** Sides of a block, in the order in which their targets stand in the rows above and below. */
function sidesOf(
  block: number,
  { items, links }: Rows,
  layers: Layers,
  position: ReadonlyMap<number, number>,
  out: boolean,
): readonly Side[] {
  const own = items.findIndex((item) => item.kind === 'block' && item.ref === block)
  const ups = links
    .filter((link) => link.lower === own)
    .map((link) => ({ net: link.net, side: 'up' as const, at: position.get(link.upper) ?? 0 }))
  const downs = links
    .filter((link) => link.upper === own)
    .map((link) => ({ net: link.net, side: 'down' as const, at: position.get(link.lower) ?? 0 }))
  const byPlace = (a: { at: number }, b: { at: number }): number => a.at - b.at
  return [
    ...(out && (layers.blocks[block] ?? 1) === 1 ? [{ net: OUT, side: 'up' as const }] : []),
    ...ups.sort(byPlace),
    ...downs.sort(byPlace),
  ]
}

interface Solved {
  readonly graph: Graph
  readonly layers: Layers
  readonly rows: Rows
  readonly shapes: readonly Shape[]
  readonly x: readonly number[]
  leftOf(net: number): number
  rightOf(net: number): number
  readonly laneVariable: ReadonlyMap<number, number>
  hostLeft(host: number): number
  hostRight(host: number): number
  readonly options: PartOptions
}

interface Strand {
  readonly net: number
  readonly block: number
  readonly exit: number
  /** x in each gap it passes, from the block on; gap g lies between level g and g + 1. */
  readonly steps: { gap: number; near: number; far: number; track: number }[]
  /** Level it ends at; the upper edge for the way in. */
  readonly target: number
}

function draw(solved: Solved): Part {
  const { graph, layers, rows, shapes, x, leftOf, rightOf, options } = solved
  const at = (variable: number): number => Math.round((x[variable] ?? 0) * 2) / 2
  const spans = graph.nets.map((_, net) => ({ left: at(leftOf(net)), right: at(rightOf(net)) }))
  const strands = strandsOf(solved, at, spans)
  const height = rows.order.length
  const channels = Array.from({ length: height }, (_, gap) => assignTracks(strands, gap))
  const rowHeight = Array.from({ length: height }, (_, level) => {
    const bands = graph.nets.flatMap((_, net) => {
      const span = spans[net]
      return layers.nets[net] === level && span !== undefined
        ? [options.bands.height(net, span.right - span.left)]
        : []
    })
    const blocks = graph.blocks.flatMap((_, block) =>
      layers.blocks[block] === level ? [shapes[block]?.height ?? 0] : [],
    )
    return Math.max(0, ...bands, ...blocks)
  })
  const top: number[] = []
  let y = 0
  for (let level = 0; level < height; level++) {
    top.push(y)
    const tracks = channels[level] ?? 0
    const isEmpty = (rowHeight[level] ?? 0) === 0
    y += (rowHeight[level] ?? 0) + (isEmpty ? 0 : CHANNEL) + (tracks > 0 ? tracks * TRACK + 4 : 0)
  }
  const bottomOf = (level: number): number => (top[level] ?? 0) + (rowHeight[level] ?? 0)
  const blocks = graph.blocks.map((block, index) => {
    const shape = shapes[index]
    const level = layers.blocks[index] ?? 1
    // What hangs on something below only stands on it.
    const standing =
      !block.out && block.nets.length > 0 && block.nets.every((net) => (layers.nets[net] ?? 0) > level)
    const down = standing ? (rowHeight[level] ?? 0) - (shape?.height ?? 0) : 0
    return { block: index, at: { x: at(index), y: (top[level] ?? 0) + down }, shape }
  })
  const last = height - 1
  const total = bottomOf(last)
  const bandY = graph.nets.map((_, net) => {
    const level = layers.nets[net] ?? 2
    return { y: top[level] ?? 0, height: rowHeight[level] ?? 0 }
  })
  const wires = strands.map((strand): Wire => {
    const block = blocks[strand.block]
    const shape = shapes[strand.block]
    const exit = shape?.exits[strand.exit]
    const startX = (block?.at.x ?? 0) + (exit?.x ?? 0)
    const isUp = exit?.side === 'up'
    const comb = exit?.card === -1 ? shape?.combs.find((one) => one.side === exit.side) : undefined
    const chip = shape?.cards[exit?.card ?? -1]?.chips.find(
      (one) => one.side === exit?.side && one.net === exit.net,
    )
    const inner = comb
      ? (isUp ? Math.max : Math.min)(...comb.rails.map((rail) => rail.y))
      : chip === undefined
        ? 0
        : isUp
          ? strand.net === OUT && !options.onCards && shape?.combs.every((one) => one.side !== 'up') === true
            ? chip.rect.y + chip.rect.height / 2
            : chip.rect.y
          : chip.rect.y + chip.rect.height
    const points: Point[] = [{ x: startX, y: (block?.at.y ?? 0) + inner }]
    for (const step of strand.steps) {
      if (step.near === step.far) continue
      const level = step.gap
      const trackY =
        bottomOf(level) + ((rowHeight[level] ?? 0) === 0 ? 0 : CHANNEL / 2) + 4 + step.track * TRACK
      points.push({ x: step.near, y: trackY }, { x: step.far, y: trackY })
    }
    const finalX = strand.steps.at(-1)?.far ?? startX
    const band = bandY[strand.net]
    const finalY = strand.net === OUT || band === undefined ? 0 : isUp ? band.y + band.height : band.y
    points.push({ x: finalX, y: finalY })
    return { net: strand.net, block: strand.block, exit: strand.exit, points: tidy(points) }
  })
  const bands = graph.nets.map((net, index) => {
    const span = spans[index] ?? { left: 0, right: 0 }
    const place = bandY[index] ?? { y: 0, height: 0 }
    const rect = { x: span.left, y: place.y, width: span.right - span.left, height: place.height }
    const slots = wires
      .filter((wire) => wire.net !== index && wire.net !== OUT && net.host < 0)
      .flatMap(({ points }) =>
        points.slice(1).flatMap((point, i) => {
          const before = points[i]
          if (before === undefined || before.x !== point.x) return []
          const [low, high] = [Math.min(before.y, point.y), Math.max(before.y, point.y)]
          // Such a band is drawn over all hosts, however little of it is needed.
          const inside = low <= rect.y && high >= rect.y + rect.height
          return inside ? [point.x] : []
        }),
      )
    return { net: index, rect, slots: [...new Set(slots)].sort((a, b) => a - b) }
  })
  return {
    width: at(solved.hostLeft(graph.hosts)),
    height: total,
    bands,
    blocks: blocks.flatMap(({ block, at: place, shape }) =>
      shape === undefined ? [] : [{ block, at: place, shape }],
    ),
    wires,
    hosts: Array.from({ length: graph.hosts }, (_, host) => ({
      left: at(solved.hostLeft(host)),
      right: at(solved.hostRight(host)),
    })),
    crossings: rows.crossings,
  }
}

function strandsOf(
  { graph, rows, shapes, layers, laneVariable }: Solved,
  at: (variable: number) => number,
  spans: readonly { readonly left: number; readonly right: number }[],
): Strand[] {
  const laneAt = new Map(
    [...laneVariable].map(([item, variable]) => {
      const lane = rows.items[item]
      return [`${lane?.ref ?? 0} ${lane?.net ?? 0} ${lane?.level ?? 0}`, at(variable)]
    }),
  )
  const taken = new Map<string, number[]>()
  const strands: Strand[] = []
  for (const [index] of graph.blocks.entries())
    for (const [exitIndex, exit] of (shapes[index]?.exits ?? []).entries()) {
      const level = layers.blocks[index] ?? 1
      const target = exit.net === OUT ? 0 : (layers.nets[exit.net] ?? 2)
      const step = target > level ? 1 : -1
      let now = at(index) + exit.x
      const steps: Strand['steps'] = []
      for (let next = level + step; next !== target + step; next += step) {
        const gap = step > 0 ? next - 1 : next
        const isEnd = next === target
        let far = now
        if (!isEnd) far = laneAt.get(`${index} ${exit.net} ${next}`) ?? now
        else if (exit.net !== OUT) {
          const span = spans[exit.net] ?? { left: now, right: now }
          far = freeJoint(now, span, taken, `${gap} ${exit.net}`)
        }
        steps.push({ gap, near: now, far, track: 0 })
        now = far
      }
      strands.push({ net: exit.net, block: index, exit: exitIndex, steps, target })
    }
  return strands
}

/** The joint on a band next to `x`, apart from the others on that side. */
function freeJoint(
  x: number,
  { left, right }: { readonly left: number; readonly right: number },
  taken: Map<string, number[]>,
  key: string,
): number {
  const others = taken.get(key) ?? []
  taken.set(key, others)
  const [low, high] = [left + BAND_PAD - 2, right - BAND_PAD + 2]
  let joint = Math.min(Math.max(x, low), Math.max(low, high))
  if (joint !== x)
    for (let shift = 0; shift < 12 && others.some((other) => Math.abs(other - joint) < 8); shift++) {
      const inwards = joint <= low + 40 ? 1 : -1
      joint += inwards * 10
    }
  others.push(joint)
  return joint
}

/** Tracks of the horizontal pieces in one gap: those that overlap lie below each other. Returns how many there are. */
function assignTracks(strands: readonly Strand[], gap: number): number {
  const pieces = strands.flatMap((strand) =>
    strand.steps
      .filter((step) => step.gap === gap && step.near !== step.far)
      .map((step) => ({ strand, step })),
  )
  if (pieces.length === 0) return 0
  // A piece whose upper end lies under another's upper half goes above it, so that they cross once at most.
  const ends = pieces.map(({ strand, step }) => {
    const isUp = strand.target - gap <= 0
    const [upper, lower] = isUp ? [step.far, step.near] : [step.near, step.far]
    return { step, upper, lower, low: Math.min(upper, lower), high: Math.max(upper, lower) }
  })
  const cost = (above: (typeof ends)[number], below: (typeof ends)[number]): number => {
    const within = (value: number, one: (typeof ends)[number]): number =>
      value > one.low && value < one.high ? 1 : 0
    const near = (value: number, one: (typeof ends)[number]): number =>
      value >= one.low - 4 && value <= one.high + 4 ? 0.1 : 0
    return (
      within(below.upper, above) +
      within(above.lower, below) +
      near(below.upper, above) +
      near(above.lower, below)
    )
  }
  const order = [...ends].sort((a, b) => a.low - b.low)
  for (let round = 0; round < order.length; round++) {
    let moved = false
    for (let i = 0; i + 1 < order.length; i++) {
      const [a, b] = [order[i], order[i + 1]]
      if (a === undefined || b === undefined || cost(a, b) <= cost(b, a)) continue
      order[i] = b
      order[i + 1] = a
      moved = true
    }
    if (!moved) break
  }
  // Left edge (Hashimoto and Stevens 1971), keeping that order between pieces that meet.
  const tracks: (typeof ends)[] = []
  for (const piece of order) {
    let track = 0
    for (const [index, others] of tracks.entries())
      if (others.some((other) => piece.low < other.high + 8 && other.low < piece.high + 8)) track = index + 1
    piece.step.track = track
    tracks[track] = [...(tracks[track] ?? []), piece]
  }
  return tracks.length
}

/** Without points that change nothing. */
export function tidy(points: readonly Point[]): readonly Point[] {
  const result: Point[] = []
  for (const point of points) {
    const last = result.at(-1)
    const before = result.at(-2)
    if (last !== undefined && last.x === point.x && last.y === point.y) continue
    if (
      before !== undefined &&
      last !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))
    )
      result.pop()
    result.push(point)
  }
  return result
}
