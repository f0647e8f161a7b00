/** Across the rows: an x for every column, strand and group border. */
import type { Grid } from './label-rows.ts'
import type { Nets, Strand } from './nets.ts'
import { pullsOf } from './pulls.ts'
import { zoneOf } from './ranks.ts'
import { type Crosswise, type Padding, type RowItems, rowItemsOf, separationsOf } from './row-items.ts'
import type { Column, Rows } from './rows.ts'
import { sweep, type Zone } from './sweep.ts'
import type { Scope, Tree } from './tree.ts'
import { Variables } from './variables.ts'
import type { Way } from './ways.ts'

export interface Across {
  readonly columnX: (column: Column) => number
  readonly strandX: (strand: Strand) => number
  readonly groupX: (group: string) => { readonly left: number; readonly right: number }
  /** Centre of the label of an edge between neighbours. */
  readonly sideLabelX: ReadonlyMap<string, number>
  /** What lies in a row of a group from left to right, as intervals, for stretching bars. */
  readonly inRow: (row: number, scope: Scope) => readonly Interval[]
}

export interface Interval {
  readonly id: string
  /** Index of the strand, -1 for anything else. */
  readonly strand: number
  readonly left: number
  readonly right: number
}

/** Twice: with boxes and groups alone, and, where these came to lie, with the strands between them. */
export function placeAcross(
  tree: Tree,
  rows: Rows,
  grid: Grid,
  nets: Nets,
  ways: readonly Way[],
  padding: Padding,
): Across {
  const sides = ways.filter((way) => way.kind === 'side')
  const variables = new Variables(tree, rows, nets, sides)
  const crosswise: Crosswise = { tree, rows, grid, nets, sides, padding, variables }
  const inwards = [...tree.groups.keys()]
    .sort((a, b) => tree.around(b).length - tree.around(a).length)
    .map((group) => variables.left(group))
  const pulls = pullsOf(tree, rows.columns, nets, sides, variables)
  const zones = zonesOf(crosswise)
  const settled = (items: readonly RowItems[]): number[] =>
    sweep(separationsOf(crosswise, items), pulls, inwards, zones)
  const rough = settled(rowItemsOf(crosswise, firstOrder(crosswise), false))
  const items = rowItemsOf(crosswise, rough, true)
  return acrossOf(crosswise, items, settled(items))
}

/** Order of writing as a first guess at x: groups in their own order, boxes between them by their index. */
function firstOrder({ tree, rows, variables }: Crosswise): number[] {
  const estimate: number[] = []
  const index = new Map([...tree.boxes.keys()].map((id, i) => [id, i]))
  const firstBox = (scope: string): number =>
    Math.min(
      Number.MAX_SAFE_INTEGER,
      ...tree.boxesIn(scope).map((box) => index.get(box.id) ?? 0),
      ...tree.groupsIn(scope).map((group) => firstBox(group.id)),
    )
  for (const column of rows.columns) estimate[column.index] = (index.get(column.boxes[0] ?? '') ?? 0) * 1000
  const visit = (scope: Scope): void => {
    let order = 0
    tree.groupsIn(scope).forEach((group, i) => {
      const first = firstBox(group.id)
      order = Math.max(order, first === Number.MAX_SAFE_INTEGER ? order : first * 1000 - 1)
      for (const variable of variables.of(group.id)) estimate[variable] = order + i / 1000
      visit(group.id)
    })
  }
  visit(null)
  return estimate
}

function zonesOf(crosswise: Crosswise): Zone[] {
  const { tree, variables } = crosswise
  const zones = new Map<string, { groups: Zone['groups'][number][]; around: number }>()
  for (const group of tree.groups.values()) {
    const scope = tree.around(group.id).at(-1) ?? null
    const name = `${scope ?? ''}\n${zoneOf(group)}`
    const zone = zones.get(name) ?? { groups: [], around: scope === null ? -1 : variables.left(scope) }
    zones.set(name, zone)
    zone.groups.push({ left: variables.left(group.id), members: membersOf(crosswise, group.id) })
  }
  return [...zones.values()]
}

/** All variables of what lies in a group, itself included. */
function membersOf({ tree, rows, nets, sides, variables }: Crosswise, group: string): number[] {
  const inside = (scope: Scope): boolean =>
    scope === group || (scope !== null && tree.around(scope).includes(group))
  const inner = [...tree.groups.keys()].filter((id) => tree.around(id).includes(group))
  return [
    ...variables.of(group),
    ...inner.flatMap((id) => variables.of(id)),
    ...rows.columns.filter((column) => inside(column.scope)).map((column) => column.index),
    ...nets.strands.filter((strand) => strand.scopes.some(inside)).map((strand) => variables.strand(strand)),
    ...sides.flatMap((way, i) => (inside(way.left.scope) ? [variables.side(i)] : [])),
  ]
}

function acrossOf(
  { sides, variables }: Crosswise,
  rowItems: readonly RowItems[],
  settled: readonly number[],
): Across {
  const at = (variable: number): number => settled[variable] ?? 0
  const least = Math.min(...rowItems.flatMap(({ items }) => items.map((item) => at(item.left) - item.half)))
  const by = Number.isFinite(least) ? -least : 0
  return {
    columnX: (column) => Math.round(at(column.index) + by),
    strandX: (strand) => Math.round(at(variables.strand(strand)) + by),
    groupX: (group) => ({
      left: Math.round(at(variables.left(group)) + by),
      right: Math.round(at(variables.left(group) + 1) + by),
    }),
    sideLabelX: new Map(sides.map((way, i) => [way.edge.id, Math.round(at(variables.side(i)) + by)])),
    inRow: (row, scope) =>
      (rowItems.find((one) => one.row === row && one.scope === scope)?.items ?? []).map((item) => ({
        id: item.id,
        strand: variables.strandIndex(item.left),
        left: at(item.left) - item.half + by,
        right: at(item.right) + item.half + by,
      })),
  }
}
