/**
 * Order within the rows, with few crossings: barycentre sweeps (Sugiyama, Tagawa, Toda 1981) and transposition of
 * neighbours (Gansner, Koutsofios, North, Vo 1993), with the declared order as the tie-break. Lines that pass a row lie
 * in it as lanes.
 */
import { createCounter } from './crossing-counts.ts'
import type { Graph } from './graph.ts'
import type { Layers } from './layers.ts'
import { type Item, itemsOf, type Rows } from './rows.ts'

/** Sweeps from one start; few figures gain anything after the sixth. */
const SWEEPS = 8
/** Rounds of transposition after a sweep. */
const ROUNDS = 6

/**
 * @param enough Crossings that an order may have at most to be of use; one that is farther off after half of the sweeps
 * is not pursued.
 * @param start Places of the items in their rows to begin with, instead of the declared order.
 */
export function orderRows(
  graph: Graph,
  layers: Layers,
  enough = Number.POSITIVE_INFINITY,
  start: ((item: Item) => number) | null = null,
): Rows {
  const { items, links } = itemsOf(graph, layers)
  const height = Math.max(2, ...layers.nets, ...layers.blocks) + 1
  const rows: number[][] = Array.from({ length: height }, () => [])
  for (const [index, item] of items.entries()) rows[item.level]?.push(index)
  const place = start ?? ((item: Item): number => item.declared)
  const key = items.map(place)
  for (const row of rows)
    row.sort(
      (a, b) =>
        (items[a]?.host ?? 0) - (items[b]?.host ?? 0) ||
        (key[a] ?? 0) - (key[b] ?? 0) ||
        (items[a]?.declared ?? 0) - (items[b]?.declared ?? 0),
    )
  const counter = createCounter(items, links, rows)
  let best = { rows: rows.map((row) => [...row]), crossings: counter.total() }
  let steps = links.length
  for (let sweep = 0; sweep < SWEEPS && best.crossings > 0; sweep++) {
    if (sweep === SWEEPS / 2 && best.crossings > 2 * enough) break
    steps += 4 * links.length
    const downwards = sweep % 2 === 0
    for (let step = 0; step < height; step++) {
      const level = downwards ? step : height - 1 - step
      sortRow(rows[level] ?? [], items, counter.centres(level, downwards), sweep % 4 > 1)
      counter.settle(level)
    }
    transpose(rows, items, counter)
    const crossings = counter.total()
    if (crossings < best.crossings) best = { rows: rows.map((row) => [...row]), crossings }
  }
  for (const [level, row] of best.rows.entries()) {
    rows[level]?.splice(0, row.length, ...row)
    counter.settle(level)
  }
  mirror(rows, items, counter)
  restore(rows, items, counter)
  return { items, links, order: rows, crossings: best.crossings, steps }
}

/** By host, then by centre; those of one centre keep their order, or turn it round. */
function sortRow(
  row: number[],
  items: readonly Item[],
  centres: ReadonlyMap<number, number>,
  turned: boolean,
): void {
  if (turned) row.reverse()
  row.sort(
    (a, b) => (items[a]?.host ?? 0) - (items[b]?.host ?? 0) || (centres.get(a) ?? 0) - (centres.get(b) ?? 0),
  )
}

type Counter = ReturnType<typeof createCounter>

/** Swaps neighbours while that takes crossings away. */
function transpose(rows: readonly number[][], items: readonly Item[], counter: Counter): void {
  for (let round = 0; round < ROUNDS; round++) {
    let improved = false
    for (const [level, row] of rows.entries())
      for (let i = 0; i + 1 < row.length; i++) {
        const [left = 0, right = 0] = [row[i], row[i + 1]]
        if (items[left]?.host !== items[right]?.host) continue
        if (counter.gain(left, right) <= 0) continue
        counter.swap(level, i)
        improved = true
      }
    if (!improved) return
  }
}

/** Turns what a host holds round where that is nearer to the order of writing: as many lines cross. */
function mirror(rows: readonly number[][], items: readonly Item[], counter: Counter): void {
  const sums = new Map<number, number>()
  for (const row of rows)
    for (let i = 0; i + 1 < row.length; i++) {
      const [a, b] = [items[row[i] ?? 0], items[row[i + 1] ?? 0]]
      if (a === undefined || b === undefined || a.host !== b.host || a.kind === 'lane' || b.kind === 'lane')
        continue
      sums.set(a.host, (sums.get(a.host) ?? 0) + Math.sign(a.declared - b.declared))
    }
  for (const [level, row] of rows.entries()) {
    const turned = row.map((item) => ({ item, host: items[item]?.host ?? 0 })).reverse()
    const places = row.flatMap((item, place) => ((sums.get(items[item]?.host ?? 0) ?? 0) > 0 ? [place] : []))
    const mirrored = turned.filter(({ host }) => (sums.get(host) ?? 0) > 0)
    // Hosts stand side by side, so each fills its own places again.
    mirrored.sort((a, b) => a.host - b.host)
    for (const [index, place] of places.entries()) row[place] = mirrored[index]?.item ?? row[place] ?? 0
    counter.settle(level)
  }
}

/** Neighbours that stand against the order of writing for nothing change places. */
function restore(rows: readonly number[][], items: readonly Item[], counter: Counter): void {
  for (let round = 0; round < ROUNDS; round++) {
    let improved = false
    for (const [level, row] of rows.entries())
      for (let i = 0; i + 1 < row.length; i++) {
        const [left = 0, right = 0] = [row[i], row[i + 1]]
        const [a, b] = [items[left], items[right]]
        if (a === undefined || b === undefined || a.host !== b.host || a.declared <= b.declared) continue
        if (a.kind === 'lane' || b.kind === 'lane' || counter.gain(left, right) < 0) continue
        counter.swap(level, i)
        improved = true
      }
    if (!improved) return
  }
}
