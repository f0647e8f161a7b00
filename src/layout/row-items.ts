/** What lies in each row of each group, in which order, and how far apart. */
import type { Grid } from './label-rows.ts'
import type { Nets, Strand } from './nets.ts'
import { BOX_GAP, type Rows } from './rows.ts'
import { type Separation, Separations } from './separation.ts'
import type { Scope, Tree } from './tree.ts'
import type { Side, Variables } from './variables.ts'

/** Room inside groups, in pixels across the rows. */
export interface Padding {
  /** Before the first thing of a group; also holds the title where the rows run sideways. */
  readonly start: (group: string) => number
  readonly end: number
  /** Room the title takes in the first row of its group; 0 where the rows run sideways. */
  readonly title: (group: string) => number
}

/** All that is known before anything has a place across the rows. */
export interface Crosswise {
  readonly tree: Tree
  readonly rows: Rows
  readonly grid: Grid
  readonly nets: Nets
  readonly sides: readonly Side[]
  readonly padding: Padding
  readonly variables: Variables
}

type Kind = 'box' | 'strand' | 'label' | 'group'

export interface Item {
  readonly id: string
  readonly kind: Kind
  /** Variables of its left and right side and how far they lie from these; one variable for boxes and strands. */
  readonly left: number
  readonly right: number
  readonly half: number
  /** First guess at its x, which says its place in the row. */
  readonly at: number
}

export interface RowItems {
  readonly row: number
  readonly scope: Scope
  /** From left to right. */
  readonly items: readonly Item[]
}

export const GROUP_GAP = 30

const GAPS: Readonly<Record<Kind, Readonly<Record<Kind, number>>>> = {
  box: { box: BOX_GAP, strand: 14, label: 14, group: 26 },
  strand: { box: 14, strand: 14, label: 12, group: 16 },
  label: { box: 14, strand: 12, label: 16, group: 16 },
  group: { box: 26, strand: 16, label: 16, group: GROUP_GAP },
}

type Estimate = readonly number[]

/** @param estimate - Guess at x of every variable. */
export function rowItemsOf(crosswise: Crosswise, estimate: Estimate, withStrands: boolean): RowItems[] {
  const { tree, nets } = crosswise
  const found = new Map<string, { row: number; scope: Scope; items: Item[] }>()
  const put = (row: number, scope: Scope, item: Item): void => {
    const key = `${row} ${scope ?? ''}`
    const list = found.get(key)
    if (list) list.items.push(item)
    else found.set(key, { row, scope, items: [item] })
  }
  boxItems(crosswise, estimate, put)
  for (const group of tree.groups.keys()) groupItems(crosswise, estimate, group, put)
  sideItems(crosswise, estimate, put)
  for (const strand of withStrands ? nets.strands : []) strandItems(crosswise, estimate, strand, put)
  for (const { items } of found.values())
    items.sort((a, b) => a.at - b.at || rankOfKind(a) - rankOfKind(b) || a.left - b.left)
  return [...found.values()]
}

const rankOfKind = (item: Item): number => (item.kind === 'strand' || item.kind === 'label' ? 1 : 0)

type Put = (row: number, scope: Scope, item: Item) => void

function boxItems({ rows, grid }: Crosswise, estimate: Estimate, put: Put): void {
  for (const id of rows.boxes.keys()) {
    const column = rows.columnOf.get(id)
    if (!column) continue
    const { index, scope, width } = column
    const at = estimate[index] ?? 0
    put(grid.rowOf(id), scope, { id, kind: 'box', left: index, right: index, half: width / 2, at })
  }
}

function groupItems({ tree, grid, variables }: Crosswise, estimate: Estimate, id: string, put: Put): void {
  const { first, last } = grid.spanOf(id)
  const left = variables.left(id)
  const at = ((estimate[left] ?? 0) + (estimate[left + 1] ?? 0)) / 2
  const item: Item = { id, kind: 'group', left, right: left + 1, half: 0, at }
  for (let row = first; row <= last; row++) put(row, tree.around(id).at(-1) ?? null, item)
}

function sideItems({ rows, grid, sides, variables }: Crosswise, estimate: Estimate, put: Put): void {
  sides.forEach(({ edge, left, right }, i) => {
    const [a, b] = [rows.columnOf.get(left.id), rows.columnOf.get(right.id)]
    if (edge.labelWidth === 0 || !a || !b) return
    const own = variables.side(i)
    const at = ((estimate[a.index] ?? 0) + (estimate[b.index] ?? 0)) / 2
    const half = edge.labelWidth / 2
    put(grid.rowOf(left.id), left.scope, { id: edge.id, kind: 'label', left: own, right: own, half, at })
  })
}

function strandItems(crosswise: Crosswise, estimate: Estimate, strand: Strand, put: Put): void {
  const own = crosswise.variables.strand(strand)
  const at = strandEstimate(crosswise, strand, estimate)
  strand.scopes.forEach((scope, i) => {
    const labelled = strand.first + i === strand.labelRow
    const half = labelled ? strand.labelWidth / 2 : 0
    const kind = labelled ? 'label' : 'strand'
    put(strand.first + i, scope, { id: '', kind, left: own, right: own, half, at })
  })
}

/** Inside all groups it enters and right of their titles, outside all groups it passes. */
function strandEstimate(
  { tree, grid, padding, variables }: Crosswise,
  strand: Strand,
  estimate: Estimate,
): number {
  const left = (group: string): number => estimate[variables.left(group)] ?? 0
  const right = (group: string): number => estimate[variables.left(group) + 1] ?? 0
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  let afterTitles = low
  const foreign = new Map<string, { readonly left: number; readonly right: number }>()
  strand.scopes.forEach((scope, i) => {
    const row = strand.first + i
    for (const group of scope === null ? [] : [...tree.around(scope), scope]) {
      const titled = grid.spanOf(group).first === row ? padding.title(group) : 0
      low = Math.max(low, left(group) + 0.5)
      afterTitles = Math.max(afterTitles, left(group) + titled)
      high = Math.min(high, right(group) - 0.5)
    }
    for (const { id } of tree.groupsIn(scope)) {
      const { first, last } = grid.spanOf(id)
      if (first <= row && row <= last) foreign.set(id, { left: left(id) - 0.5, right: right(id) + 0.5 })
    }
  })
  const ends = variables.of(strand.near[0] ?? '')
  const end = ends.reduce((sum, v) => sum + (estimate[v] ?? 0), 0) / Math.max(1, ends.length)
  const wanted = Math.max(low, Math.min(high, Math.max(afterTitles, end + strand.aside)))
  const around = [...foreign.values()]
  const free = (x: number): boolean => !around.some((group) => group.left < x && x < group.right)
  const candidates = [wanted, ...around.flatMap((group) => [group.left, group.right])].filter(
    (x) => low <= x && x <= high && free(x),
  )
  const away = (x: number): number => Math.abs(x - wanted)
  return candidates.reduce((best, x) => (away(x) < away(best) ? x : best), candidates[0] ?? wanted)
}

/** Distances between neighbours, to the borders of groups, and between these. */
export function separationsOf(
  { tree, grid, padding, variables }: Crosswise,
  rowItems: readonly RowItems[],
): Separations {
  const list: Separation[] = []
  for (const group of tree.groups.keys()) {
    const left = variables.left(group)
    const distance = padding.start(group) + padding.end
    const titled = padding.title(group) ? padding.title(group) + padding.end : 0
    list.push({ before: left, after: left + 1, distance: Math.max(distance, titled) })
  }
  for (const { row, scope, items } of rowItems) {
    items.forEach((item, i) => {
      const next = items[i + 1]
      if (!next) return
      const distance = item.half + GAPS[item.kind][next.kind] + next.half
      list.push({ before: item.right, after: next.left, distance })
    })
    const [first, last] = [items[0], items.at(-1)]
    if (scope === null || !first || !last) continue
    const titled = grid.spanOf(scope).first === row ? padding.title(scope) : 0
    const before = Math.max(padding.start(scope), titled)
    const left = variables.left(scope)
    list.push({ before: left, after: first.left, distance: before + first.half })
    list.push({ before: last.right, after: left + 1, distance: last.half + padding.end })
  }
  return new Separations(variables.size, list)
}
