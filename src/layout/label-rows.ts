/** Puts a row between two rows of boxes wherever an edge's label has to lie. */
import type { Span } from './ranks.ts'
import type { Rows } from './rows.ts'
import type { Tree } from './tree.ts'
import { push } from './tree.ts'
import type { Way } from './ways.ts'

/** All rows, those for labels included. */
export interface Grid {
  readonly count: number
  readonly rowOf: (box: string) => number
  readonly spanOf: (group: string) => Span
  /** The last row, after a row as boxes alone make them, that groups deeper than `depth` may reach. */
  readonly rowUnder: (boxRow: number, depth: number) => number
  /** Row of an edge's label; absent without one, and for labels beside the boxes of a row. */
  readonly labelRow: ReadonlyMap<string, number>
}

interface Gap {
  /** Lies after this row of boxes. */
  readonly after: number
  /** Groups of this depth and less that end here reach below the label. */
  readonly depth: number
}

export function gridOf(tree: Tree, rows: Rows, ways: readonly Way[]): Grid {
  const gaps = new Map<string, Gap>()
  const ends = trunkEnds(ways)
  for (const way of ways) {
    const gap = way.edge.labelWidth > 0 ? gapFor(tree, way, ends) : null
    if (gap) gaps.set(way.edge.id, gap)
  }
  const inGap = new Map<number, number[]>()
  for (const { after, depth } of gaps.values())
    if (!inGap.get(after)?.includes(depth)) push(inGap, after, depth)

  const rowAt: number[] = []
  const labelAt = new Map<string, number>()
  let count = 0
  for (let row = 0; row < rows.count; row++) {
    rowAt.push(count++)
    for (const depth of (inGap.get(row) ?? []).sort((a, b) => b - a)) labelAt.set(`${row} ${depth}`, count++)
  }
  const spans = new Map(
    [...rows.groups].map(([id, { first, last }]) => {
      const depth = tree.around(id).length + 1
      const inside = (inGap.get(last) ?? []).filter((d) => d >= depth).length
      return [id, { first: rowAt[first] ?? 0, last: (rowAt[last] ?? 0) + inside }]
    }),
  )
  return {
    count,
    rowUnder: (row, depth) => (rowAt[row] ?? 0) + (inGap.get(row) ?? []).filter((d) => d > depth).length,
    rowOf: (box) => rowAt[rows.boxes.get(box) ?? 0] ?? 0,
    spanOf: (group) => spans.get(group) ?? { first: 0, last: 0 },
    labelRow: new Map([...gaps].map(([id, { after, depth }]) => [id, labelAt.get(`${after} ${depth}`) ?? 0])),
  }
}

/** How many edges of one class leave an end downwards or upwards: those share a trunk. */
export type TrunkEnds = (id: string, side: 'top' | 'bottom', way: Way) => number

export const trunkClass = (way: Way): string =>
  way.edge.free ? `free ${way.edge.id}` : way.edge.classes.join(' ')

export function trunkEnds(ways: readonly Way[]): TrunkEnds {
  const counts = new Map<string, number>()
  const key = (id: string, side: string, way: Way): string => `${side} ${trunkClass(way)}\n${id}`
  const count = (k: string): void => void counts.set(k, (counts.get(k) ?? 0) + 1)
  for (const way of ways) {
    if (way.kind !== 'down') continue
    if (way.clear.upper) count(key(way.upper.id, 'bottom', way))
    if (way.clear.lower) count(key(way.lower.id, 'top', way))
  }
  return (id, side, way) => counts.get(key(id, side, way)) ?? 0
}

/** The end whose trunk the edge joins: a bar's, else that of the end with more edges. */
export function hubOf(tree: Tree, way: Way & { kind: 'down' }, ends: TrunkEnds): 'upper' | 'lower' {
  const isBar = (id: string): boolean => tree.boxes.get(id)?.classes.includes('bar') ?? false
  const [upper, lower] = [isBar(way.upper.id) && way.clear.upper, isBar(way.lower.id) && way.clear.lower]
  if (upper !== lower) return upper ? 'upper' : 'lower'
  return ends(way.lower.id, 'top', way) > ends(way.upper.id, 'bottom', way) ? 'lower' : 'upper'
}

/** A label lies outside the groups that its edge enters, else beside the end that is not the hub. */
export function labelNearUpper(tree: Tree, way: Way & { kind: 'down' }, ends: TrunkEnds): boolean {
  const upper = tree.around(way.upper.id).length
  const lower = tree.around(way.lower.id).length
  if (upper !== lower) return upper < lower
  return hubOf(tree, way, ends) === 'lower'
}

function gapFor(tree: Tree, way: Way, ends: TrunkEnds): Gap | null {
  switch (way.kind) {
    case 'side':
      return null
    case 'under':
      return { after: way.below, depth: way.scope === null ? 0 : tree.around(way.scope).length + 1 }
    case 'down':
      return {
        after: labelNearUpper(tree, way, ends) ? way.upper.rows.last : way.lower.rows.first - 1,
        depth: 0,
      }
  }
}
