/** What stands in the rows of a layering: bands, blocks, and a lane wherever a line passes a row. */
import type { Graph } from './graph.ts'
import type { Layers } from './layers.ts'
import { OUT } from './look.ts'

export interface Item {
  readonly kind: 'band' | 'block' | 'lane'
  /** Index of the net or block; for a lane of its block. */
  readonly ref: number
  /** Net a lane leads to, else -2. */
  readonly net: number
  readonly host: number
  readonly level: number
  /** Place in the order of writing. */
  readonly declared: number
  /** A band over all hosts: lanes may pass through it anywhere, since it is drawn from end to end. */
  readonly spans: boolean
}

export interface Link {
  /** Indices in `Rows.items`; `upper` lies one level above `lower`. */
  readonly upper: number
  readonly lower: number
  readonly net: number
  readonly weight: number
}

export interface Rows {
  readonly items: readonly Item[]
  readonly links: readonly Link[]
  /** By level, from left to right: indices in `items`. */
  readonly order: readonly (readonly number[])[]
  readonly crossings: number
  /** Links looked at until this order was found. */
  readonly steps: number
}

export function itemsOf(
  graph: Graph,
  layers: Layers,
): { readonly items: readonly Item[]; readonly links: readonly Link[] } {
  const items: Item[] = []
  const links: Link[] = []
  const add = (item: Omit<Item, 'spans'>): number =>
    items.push({ ...item, spans: item.kind === 'band' && item.host < 0 }) - 1
  const bands = graph.nets.map((net, index) =>
    add({
      kind: 'band',
      ref: index,
      net: -2,
      host: net.host,
      level: layers.nets[index] ?? 2,
      declared: index,
    }),
  )
  for (const [index, block] of graph.blocks.entries()) {
    const level = layers.blocks[index] ?? 1
    const { host } = block
    const declared = block.cards[0] ?? 0
    const own = add({ kind: 'block', ref: index, net: -2, host, level, declared })
    const lead = (net: number, target: number, end: number | null, weight: number): void => {
      const step = target > level ? 1 : -1
      let last = own
      for (let at = level + step; at !== target + step; at += step) {
        const next =
          at === target && end !== null
            ? end
            : add({ kind: 'lane', ref: index, net, host, level: at, declared })
        links.push(
          step > 0 ? { upper: last, lower: next, net, weight } : { upper: next, lower: last, net, weight },
        )
        last = next
      }
    }
    for (const net of block.nets) {
      const target = layers.nets[net] ?? 2
      // Lines that pass another row leave the block together.
      lead(net, target, bands[net] ?? 0, Math.abs(target - level) > 1 ? 1 : block.cards.length)
    }
    if (block.out && level > 1) lead(OUT, 1, null, 1)
  }
  return { items, links }
}

/** Whether two neighbours of a row may lie over each other: a lane and a band over all hosts. */
export const isFree = (a: Item | undefined, b: Item | undefined): boolean =>
  a !== undefined && b !== undefined && ((a.spans && b.kind === 'lane') || (b.spans && a.kind === 'lane'))
