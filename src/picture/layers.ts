/**
 * Which networks lie above which. Networks have even levels from 2 on, blocks odd ones from 1 on, so that a block lies
 * between the bands it hangs on; level 0 is the way in. A graph of networks and containers is bipartite, so a
 * breadth-first search from anywhere gives levels without a line that passes another row.
 */
import type { Block, Graph } from './graph.ts'
import { GAP } from './look.ts'
import { ascentsOf, distancesFrom } from './tiers.ts'

export interface Layers {
  readonly nets: readonly number[]
  readonly blocks: readonly number[]
}

export interface Sizes {
  /** Least width of each net's band, and of each block in one column. */
  readonly nets: readonly number[]
  readonly blocks: readonly number[]
  /** The same with all cards of a block side by side, as far as there is room. */
  readonly full: readonly number[]
  readonly width: number
}

/** Up to this many networks every order of levels is looked at: 541 for five (Fubini numbers). */
const EXHAUSTIVE = 5
/** Blocks and networks that may be looked at while levels are improved. */
const WORK = 8_000
/** About what a pill of the way in needs beside the line it stands on. */
const PILL = 50
/** What a reader loses where a deeper network lies above one that packets reach before it. */
const ASCENT = 0.7
/** Rounds of improvement for larger graphs; each looks at every network once. */
const ROUNDS = 4

/** Candidates, the most promising first; all different. Never empty. */
export function layerings(graph: Graph, sizes: Sizes, most: number): readonly Layers[] {
  const found = new Map<string, { layers: Layers; cost: number }>()
  const add = (levels: readonly number[]): number => {
    const nets = compact(graph, levels)
    const key = nets.join()
    const known = found.get(key)
    if (known !== undefined) return known.cost
    const layers = { nets, blocks: levelBlocks(graph, nets, sizes) }
    const cost = estimate(graph, layers, sizes)
    found.set(key, { layers, cost })
    return cost
  }
  const count = graph.nets.length
  if (count <= EXHAUSTIVE) for (const levels of weakOrders(count)) add(levels)
  else {
    // Estimates that may be made: each looks at every block, so large graphs have fewer.
    const most = Math.floor(WORK / (graph.blocks.length + count))
    const starts = [...searches(graph), graph.nets.map((_, index) => index)]
    for (const [index, start] of starts.entries())
      improve(start, add, () => found.size < (most * (index + 1)) / starts.length)
  }
  if (found.size === 0) add(graph.nets.map(() => 0))
  return [...found.values()]
    .sort((a, b) => a.cost - b.cost)
    .slice(0, most)
    .map(({ layers }) => layers)
}

/** All ways to put `count` things on levels, none of them empty. */
function* weakOrders(count: number): Generator<readonly number[]> {
  const levels = new Array<number>(count).fill(0)
  const total = count ** count
  for (let n = 0; n < total; n++) {
    let rest = n
    let used = 0
    let top = 0
    for (let i = 0; i < count; i++) {
      const level = rest % count
      rest = Math.floor(rest / count)
      levels[i] = level
      used |= 1 << level
      top = Math.max(top, level)
    }
    if (used === (1 << (top + 1)) - 1) yield [...levels]
  }
}

/** From this distance on a chain is folded: up and down by turns, as many networks in a pair of rows as one of these. */
const LONG = 4
const FOLDS: readonly number[] = [4, 6, 8]

/** Breadth-first levels from the way in and from each network, also with every second network folded upwards. */
function searches(graph: Graph): readonly (readonly number[])[] {
  const entered = graph.blocks.filter((block) => block.out)
  const roots: (readonly number[])[] = [
    [...new Set(entered.flatMap((block) => block.nets))],
    ...graph.nets.map((_, index) => [index]),
  ].filter((root) => root.length > 0)
  return roots.slice(0, 12).flatMap((root) => {
    const levels = distancesFrom(root, graph.nets.length, graph.blocks)
    return [
      levels,
      levels.map((level, index) => (index % 2 === 0 ? level : -level)),
      ...(Math.max(...levels) < LONG
        ? []
        : FOLDS.map((fold) => levels.map((level) => 2 * Math.floor(level / fold) + (level % 2)))),
    ]
  })
}

/** Moves one network at a time to the level that costs least. */
function improve(
  start: readonly number[],
  add: (levels: readonly number[]) => number,
  goesOn: () => boolean,
): void {
  let levels = [...start]
  let cost = add(levels)
  for (let round = 0; round < ROUNDS; round++) {
    const before = cost
    for (let net = 0; net < levels.length; net++) {
      const [low, high] = [Math.min(...levels) - 1, Math.max(...levels) + 1]
      const near = levels[net] ?? 0
      const targets =
        high - low < 12
          ? Array.from({ length: high - low + 1 }, (_, i) => low + i)
          : [near - 1, near + 1, near - 2, near + 2]
      for (const target of targets) {
        if (!goesOn()) return
        const tried = levels.map((level, index) => (index === net ? target : level))
        const value = add(tried)
        if (value < cost) {
          cost = value
          levels = tried
        }
      }
    }
    if (cost >= before) return
  }
}

/** Levels without holes, from 2 on in steps of 2. Networks of the whole swarm get a level each. */
export function compact(graph: Graph, levels: readonly number[]): readonly number[] {
  const order = levels
    .map((level, net) => ({
      level: graph.nets[net]?.ingress === true ? Number.NEGATIVE_INFINITY : level,
      net,
      spans: (graph.nets[net]?.host ?? 0) < 0,
    }))
    .sort((a, b) => a.level - b.level || Number(a.spans) - Number(b.spans) || a.net - b.net)
  const result = new Array<number>(levels.length).fill(2)
  let next = 0
  let last: { level: number; spans: boolean } | null = null
  for (const { level, net, spans } of order) {
    if (last === null || last.level !== level || spans || last.spans) next += 2
    result[net] = next
    last = { level, spans }
  }
  return result
}

/** Each block between its networks where that costs least; leaves where there is most room. */
export function levelBlocks(graph: Graph, nets: readonly number[], sizes: Sizes): readonly number[] {
  const bottom = Math.max(2, ...nets) + 1
  const used = new Float64Array((bottom + 1) * graph.hosts)
  const isRow = new Uint8Array(bottom + 1)
  let rows = 0
  const result = new Array<number>(graph.blocks.length).fill(1)
  const width = sizes.width / Math.max(1, graph.hosts)
  const top = topOf(graph)
  for (const index of byDegree(graph)) {
    const block = graph.blocks[index]
    if (block === undefined) continue
    const { low, high } = rangeOf(block, nets)
    const own = sizes.full[index] ?? 0
    let [best, least] = [top, Number.POSITIVE_INFINITY]
    const last = Math.min(bottom, high + 1)
    for (let level = Math.max(top, low - 1); level <= last; level += 2) {
      const taken = used[level * graph.hosts + block.host] ?? 0
      const cost =
        spanCost(block, level, nets) +
        Math.max(0, taken + own - width) / 60 +
        taken / 4000 +
        // A row of its own makes the figure higher.
        (rows > 0 && isRow[level] === 0 ? 0.4 : 0) +
        // A network's own containers hang below it, unless they are where packets come in.
        (level < low && !block.out ? 0.3 : 0)
      if (cost < least - 1e-9) [best, least] = [level, cost]
    }
    result[index] = best
    if (isRow[best] === 0) rows++
    isRow[best] = 1
    const at = best * graph.hosts + block.host
    used[at] = (used[at] ?? 0) + own + GAP
  }
  return result
}

/** Uppermost level of blocks: below the network that packets come in by, if there is one. */
export const topOf = ({ nets }: Graph): number => (nets.some((net) => net.ingress) ? 3 : 1)

/** Levels of the uppermost and lowest network of a block. */
function rangeOf(block: Block, nets: readonly number[]): { readonly low: number; readonly high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, 0]
  for (const net of block.nets) {
    const level = nets[net] ?? 2
    low = Math.min(low, level)
    high = Math.max(high, level)
  }
  return block.nets.length === 0 ? { low: 2, high: 2 } : { low, high }
}

const degrees = new WeakMap<Graph, readonly number[]>()

/** Blocks on many networks first: they have the least choice. */
function byDegree(graph: Graph): readonly number[] {
  const known = degrees.get(graph)
  if (known !== undefined) return known
  const order = [...graph.blocks.keys()].sort(
    (a, b) => (graph.blocks[b]?.nets.length ?? 0) - (graph.blocks[a]?.nets.length ?? 0) || a - b,
  )
  degrees.set(graph, order)
  return order
}

/** A line that passes another row is worth a crossing or more. */
function spanCost(block: Block, level: number, nets: readonly number[]): number {
  let cost = block.out ? Math.min(level - 1, 2) * 0.6 + Math.max(0, level - 3) * 0.8 : 0
  let [up, down] = [0, 0]
  for (const net of block.nets) {
    const at = nets[net] ?? 0
    cost += (Math.abs(at - level) - 1) * 0.75
    if (at < level) up++
    else down++
  }
  // In a grid with both networks on one side, each line crosses those of all other cards.
  const cards = block.cards.length
  if (cards > 1 && (up > 1 || down > 1)) cost += (cards * (cards - 1)) / 2
  if (cards > 1 && up + (block.out ? 1 : 0) > 1) cost += cards * 0.5
  // Joints above and below make a card narrower than all on one side.
  return cost + Math.max(0, Math.max(up, down) - 1) * 0.15
}

export function estimate(graph: Graph, { nets, blocks }: Layers, sizes: Sizes): number {
  let cost = 0
  for (const [index, block] of graph.blocks.entries()) cost += spanCost(block, blocks[index] ?? 1, nets)
  const rows = Math.max(0, ...nets, ...blocks)
  const widths = new Float64Array((rows + 1) * graph.hosts).fill(-GAP)
  const put = (level: number, host: number, width: number): void => {
    const at = level * graph.hosts + host
    widths[at] = (widths[at] ?? 0) + width + GAP
  }
  for (const [index, level] of nets.entries()) {
    const host = graph.nets[index]?.host ?? 0
    if (host >= 0) put(level, host, sizes.nets[index] ?? 0)
  }
  for (const [index, level] of blocks.entries()) {
    const block = graph.blocks[index]
    if (block === undefined) continue
    put(level, block.host, sizes.blocks[index] ?? 0)
    for (const net of block.nets) {
      const target = nets[net] ?? 2
      for (let at = Math.min(level, target) + 1; at < Math.max(level, target); at++) put(at, block.host, 0)
    }
    if (block.out) for (let at = 1; at < level; at++) put(at, block.host, at === 1 ? PILL : 0)
  }
  const perHost = sizes.width / Math.max(1, graph.hosts)
  for (const width of widths) cost += Math.max(0, width - perHost) / 40
  return cost + rows * 0.12 + inversionsOf(nets) * 0.06 + ascentsOf(graph.descents, nets) * ASCENT
}

/** Pairs of networks that do not stand in the order they were declared, from top to bottom. */
export function inversionsOf(levels: readonly number[]): number {
  let count = 0
  for (let a = 0; a < levels.length; a++)
    for (let b = a + 1; b < levels.length; b++) if ((levels[a] ?? 0) > (levels[b] ?? 0)) count++
  return count
}
