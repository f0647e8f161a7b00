/**
 * Levels that a view prescribes, where the network view looks for the ones with the fewest lines. Networks have even
 * levels from 2 on and blocks odd ones, as in `layers.ts`.
 */
import type { View } from '../topology/topology.ts'
import type { Graph } from './graph.ts'
import { inversionsOf, type Layers, layerings, type Sizes } from './layers.ts'

export type Strata = (graph: Graph, sizes: Sizes) => readonly Layers[]

/** How a view orders its levels; `null` where any order will do. */
export function strataOf(view: View): Strata | null {
  if (view === 'datapath') return under
  return view === 'bus' ? ladder : null
}

/** Up to this many bars every order is looked at: 720 for six. */
const EVERY_ORDER = 6

/** A ladder: one bar on each level, containers below the first of theirs; the orders with the fewest passed bars. */
function ladder(graph: Graph): readonly Layers[] {
  const declared = graph.nets.map((_, index) => index)
  const orders = declared.length <= EVERY_ORDER ? [...permutations(declared)] : [declared]
  // Packets of the routing mesh come in from above.
  const isIngress = (net: number): number => Number(graph.nets[net]?.ingress !== true)
  return orders
    .map((chosen) => {
      const order = [...chosen].sort((a, b) => isIngress(a) - isIngress(b))
      const nets = new Array<number>(order.length).fill(2)
      for (const [place, net] of order.entries()) nets[net] = 2 + 2 * place
      const blocks = graph.blocks.map(
        (block) => 1 + Math.min(...block.nets.map((net) => nets[net] ?? 2), Infinity),
      )
      const layers = { nets, blocks: blocks.map((level) => (Number.isFinite(level) ? level : 3)) }
      return { layers, cost: passed(graph, layers) * 100 + inversionsOf(nets) }
    })
    .sort((a, b) => a.cost - b.cost)
    .slice(0, 6)
    .map(({ layers }) => layers)
}

/** Bars that lines pass on their way to another. */
const passed = (graph: Graph, { nets, blocks }: Layers): number =>
  graph.blocks.reduce(
    (sum, block, index) =>
      sum +
      block.nets.reduce(
        (own, net) => own + (Math.abs((nets[net] ?? 2) - (blocks[index] ?? 1)) - 1) * block.cards.length,
        0,
      ),
    0,
  )

function* permutations(list: readonly number[]): Generator<readonly number[]> {
  const [first, ...rest] = list
  if (first === undefined) {
    yield []
    return
  }
  for (const other of permutations(rest))
    for (let at = 0; at <= other.length; at++) yield [...other.slice(0, at), first, ...other.slice(at)]
}

/** Containers that hang on several bridges beside each other, all in one row. */
const ONE_ROW = 3

/**
 * Bridges above, containers below them, as packets come in: side by side, or on several levels where there is no room.
 * Networks of the whole swarm lie below, where no line to NAT has to pass them.
 */
function under(graph: Graph, sizes: Sizes): readonly Layers[] {
  const isLocal = (net: number): boolean => (graph.nets[net]?.host ?? 0) >= 0 && !isMarkOf(graph, net)
  if (graph.blocks.some(({ cards, nets }) => cards.length > ONE_ROW && nets.filter(isLocal).length > 1))
    return layerings(graph, sizes, 6)
  const found: Layers[] = []
  for (const room of [Number.POSITIVE_INFINITY, sizes.width, sizes.width / 2, 0]) {
    const nets = packed(graph, sizes, room)
    const levels = (block: Graph['blocks'][number], local: boolean): readonly number[] =>
      block.nets.filter((net) => isLocal(net) === local).map((net) => nets[net] ?? 2)
    const blocks = graph.blocks.map((block) => {
      const above = levels(block, true)
      if (above.length > 0) return 1 + Math.max(...above)
      const lowest = Math.min(...levels(block, false), 1e3) % 1e3
      // Tunnels come to their networks from below.
      return block.nets.some((net) => isMarkOf(graph, net)) ? Math.max(1, lowest - 1) : lowest + 1
    })
    if (found.every((one) => one.nets.join() !== nets.join())) found.push({ nets, blocks })
  }
  return found
}

/**
 * In declared order on levels, as many on one as there is room for with what hangs on them; those of the whole swarm
 * after the others.
 */
function packed(graph: Graph, sizes: Sizes, room: number): readonly number[] {
  const perHost = room / Math.max(1, graph.hosts)
  let level = 0
  let isMarked = false
  let used = new Map<number, number>()
  const levels = new Array<number>(graph.nets.length).fill(2)
  const order = graph.nets.map(({ host }, index) => ({ host, index }))
  for (const { host, index } of [
    ...order.filter((one) => one.host >= 0 && !isMarkOf(graph, one.index)),
    ...order.filter((one) => one.host < 0 || isMarkOf(graph, one.index)),
  ]) {
    const own = graph.blocks.reduce(
      (sum, block, at) => sum + (block.nets[0] === index ? (sizes.blocks[at] ?? 0) + 14 : 0),
      0,
    )
    const width = Math.max(sizes.nets[index] ?? 0, own)
    // What spans all hosts has a level of its own.
    const isFull = used.has(host) && (used.get(host) ?? 0) + width > perHost
    const isFirstMark: boolean = isMarkOf(graph, index) && !isMarked
    isMarked ||= isFirstMark
    const needsNew = level === 0 || host < 0 || isFull || isFirstMark
    if (needsNew) {
      level += 2
      used = new Map()
    }
    used.set(host, (used.get(host) ?? 0) + width + 14)
    levels[index] = level
  }
  return levels
}

const isMarkOf = ({ nets }: Graph, net: number): boolean => nets[net]?.isMark === true
