/**
 * Order within the rows, with few crossings: barycentre sweeps (Sugiyama, Tagawa, Toda 1981) and transposition of
 * neighbours (Gansner, Koutsofios, North, Vo 1993), with the declared order as the tie-break. Lines that pass a row lie
 * in it as lanes.
 */
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
}

const SWEEPS = 8

export function orderRows(graph: Graph, layers: Layers): Rows {
  const { items, links } = itemsOf(graph, layers)
  const height = Math.max(2, ...layers.nets, ...layers.blocks) + 1
  const rows: number[][] = Array.from({ length: height }, () => [])
  for (const [index, item] of items.entries()) rows[item.level]?.push(index)
  const up: number[][] = items.map(() => [])
  const down: number[][] = items.map(() => [])
  const gaps: number[][] = Array.from({ length: height }, () => [])
  for (const [index, link] of links.entries()) {
    up[link.lower]?.push(index)
    down[link.upper]?.push(index)
    gaps[items[link.upper]?.level ?? 0]?.push(index)
  }
  const byHost = (a: number, b: number): number => (items[a]?.host ?? 0) - (items[b]?.host ?? 0)
  for (const row of rows)
    row.sort((a, b) => byHost(a, b) || (items[a]?.declared ?? 0) - (items[b]?.declared ?? 0))
  const position = new Array<number>(items.length).fill(0)
  const settle = (row: readonly number[]): void => {
    for (const [place, item] of row.entries()) position[item] = (place + 0.5) / row.length
  }
  for (const row of rows) settle(row)
  const isFree = freeOf(graph, items)
  const count = (): number => {
    let sum = 0
    for (const gap of gaps) sum += crossingsOf(gap, links, position, isFree)
    return sum
  }
  let best = { rows: rows.map((row) => [...row]), crossings: count() }
  const keep = (): void => {
    const crossings = count()
    if (crossings < best.crossings) best = { rows: rows.map((row) => [...row]), crossings }
  }
  for (let sweep = 0; sweep < SWEEPS && best.crossings > 0; sweep++) {
    const downwards = sweep % 2 === 0
    for (let step = 0; step < height; step++) {
      const row = rows[downwards ? step : height - 1 - step] ?? []
      const centre = new Map(
        row.map((item) => {
          const near = (downwards ? up[item] : down[item]) ?? []
          let [sum, weight] = [0, 0]
          for (const index of near) {
            const link = links[index]
            if (link === undefined) continue
            sum += (position[downwards ? link.upper : link.lower] ?? 0) * link.weight
            weight += link.weight
          }
          return [item, weight === 0 ? (position[item] ?? 0) : sum / weight]
        }),
      )
      row.sort((a, b) => byHost(a, b) || (centre.get(a) ?? 0) - (centre.get(b) ?? 0))
      settle(row)
    }
    transpose(rows, position, (item) => [...(up[item] ?? []), ...(down[item] ?? [])], items, links, isFree)
    keep()
  }
  for (const [level, row] of best.rows.entries()) {
    rows[level] = row
    settle(row)
  }
  restore(rows, position, (item) => [...(up[item] ?? []), ...(down[item] ?? [])], items, links, isFree)
  return { items, links, order: rows, crossings: count() }
}

function itemsOf(graph: Graph, layers: Layers): { items: readonly Item[]; links: readonly Link[] } {
  const items: Item[] = []
  const links: Link[] = []
  const bands = graph.nets.map((net, index) => {
    const level = layers.nets[index] ?? 2
    items.push({ kind: 'band', ref: index, net: -2, host: net.host, level, declared: index })
    return items.length - 1
  })
  for (const [index, block] of graph.blocks.entries()) {
    const level = layers.blocks[index] ?? 1
    const declared = block.cards[0] ?? 0
    items.push({ kind: 'block', ref: index, net: -2, host: block.host, level, declared })
    const own = items.length - 1
    const weight = block.cards.length
    const lane = (net: number, at: number): number => {
      items.push({ kind: 'lane', ref: index, net, host: block.host, level: at, declared })
      return items.length - 1
    }
    for (const net of block.nets) {
      const target = layers.nets[net] ?? 2
      const step = target > level ? 1 : -1
      let last = own
      for (let at = level + step; at !== target + step; at += step) {
        const next = at === target ? (bands[net] ?? 0) : lane(net, at)
        links.push(
          step > 0 ? { upper: last, lower: next, net, weight } : { upper: next, lower: last, net, weight },
        )
        last = next
      }
    }
    if (block.out) {
      let last = own
      for (let at = level - 1; at >= 1; at--) {
        const next = lane(OUT, at)
        links.push({ upper: next, lower: last, net: OUT, weight: 1 })
        last = next
      }
    }
  }
  return { items, links }
}

/** Whether a lane and a band may lie over each other: bands over all hosts, and the way in behind a band of its own. */
export function freeOf(graph: Graph, items: readonly Item[]): (a: number, b: number) => boolean {
  const overlaps = (lane: Item, band: Item): boolean =>
    lane.kind === 'lane' &&
    band.kind === 'band' &&
    ((graph.nets[band.ref]?.host ?? 0) < 0 ||
      (lane.net === OUT && (graph.blocks[lane.ref]?.nets.includes(band.ref) ?? false)))
  return (a, b) => {
    const [one, other] = [items[a], items[b]]
    return one !== undefined && other !== undefined && (overlaps(one, other) || overlaps(other, one))
  }
}

type Free = (a: number, b: number) => boolean

/** Weighted crossings in the gap below a row. A pair of lines of one network is a trunk, not a crossing. */
function crossingsOf(
  gap: readonly number[],
  links: readonly Link[],
  position: readonly number[],
  free: Free,
): number {
  let sum = 0
  for (let i = 0; i < gap.length; i++) {
    const a = links[gap[i] ?? 0]
    if (a === undefined) continue
    for (let j = i + 1; j < gap.length; j++) {
      const b = links[gap[j] ?? 0]
      if (b !== undefined) sum += crossing(a, b, position, free)
    }
  }
  return sum
}

function crossing(a: Link, b: Link, position: readonly number[], free: Free): number {
  if (a.upper === b.upper || a.lower === b.lower) return 0
  const above = (position[a.upper] ?? 0) - (position[b.upper] ?? 0)
  const below = (position[a.lower] ?? 0) - (position[b.lower] ?? 0)
  if (above * below >= 0 || free(a.upper, b.upper) || free(a.lower, b.lower)) return 0
  return a.weight * b.weight
}

type Touching = (item: number) => readonly number[]

/** Crossings between the lines of two neighbours, as they stand and as they would stand the other way round. */
function swapGain(
  left: number,
  right: number,
  touching: Touching,
  links: readonly Link[],
  position: number[],
  free: Free,
): number {
  const [a, b] = [touching(left), touching(right)]
  const count = (): number => {
    let sum = 0
    for (const i of a)
      for (const j of b) {
        const [one, other] = [links[i], links[j]]
        if (one === undefined || other === undefined) continue
        if ((one.upper === left) !== (other.upper === right)) continue
        sum += crossing(one, other, position, free)
      }
    return sum
  }
  const before = count()
  const kept = position[left] ?? 0
  position[left] = position[right] ?? 0
  position[right] = kept
  const after = count()
  position[right] = position[left] ?? 0
  position[left] = kept
  return before - after
}

function transpose(
  rows: readonly number[][],
  position: number[],
  touching: Touching,
  items: readonly Item[],
  links: readonly Link[],
  free: Free,
): void {
  for (let round = 0; round < 6; round++) {
    let improved = false
    for (const row of rows)
      for (let i = 0; i + 1 < row.length; i++) {
        const [left = 0, right = 0] = [row[i], row[i + 1]]
        if (items[left]?.host !== items[right]?.host) continue
        if (swapGain(left, right, touching, links, position, free) <= 0) continue
        swap(row, i, position)
        improved = true
      }
    if (!improved) return
  }
}

/** Neighbours that stand against the order of writing for nothing change places. */
function restore(
  rows: readonly number[][],
  position: number[],
  touching: Touching,
  items: readonly Item[],
  links: readonly Link[],
  free: Free,
): void {
  for (let round = 0; round < 4; round++) {
    let improved = false
    for (const row of rows)
      for (let i = 0; i + 1 < row.length; i++) {
        const [left = 0, right = 0] = [row[i], row[i + 1]]
        const [a, b] = [items[left], items[right]]
        if (a === undefined || b === undefined || a.host !== b.host || a.declared <= b.declared) continue
        if (a.kind === 'lane' || b.kind === 'lane') continue
        if (swapGain(left, right, touching, links, position, free) < 0) continue
        swap(row, i, position)
        improved = true
      }
    if (!improved) return
  }
}

function swap(row: number[], index: number, position: number[]): void {
  const [left = 0, right = 0] = [row[index], row[index + 1]]
  row[index] = right
  row[index + 1] = left
  const kept = position[left] ?? 0
  position[left] = position[right] ?? 0
  position[right] = kept
}
