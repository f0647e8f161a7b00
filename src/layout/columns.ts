/** Across the rows: an x for every column, strand and group border. */
import type { Grid } from './label-rows.ts'
import type { Nets, Strand } from './nets.ts'
import { zoneOf } from './ranks.ts'
import { BOX_GAP, type Column, type Rows } from './rows.ts'
import { type Separation, Separations } from './separation.ts'
import { push, type Scope, type Tree } from './tree.ts'
import type { Way } from './ways.ts'

/** Room inside groups, in pixels across the rows. */
export interface Padding {
  /** Before the first thing of a group; also holds the title where the rows run sideways. */
  readonly start: (group: string) => number
  readonly end: number
  /** Room the title takes in the first row of its group; 0 where the rows run sideways. */
  readonly title: (group: string) => number
}

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

type Kind = 'box' | 'strand' | 'label' | 'group'

interface Item {
  readonly id: string
  readonly kind: Kind
  /** Variables of its left and right side and how far they lie from these; one variable for boxes and strands. */
  readonly left: number
  readonly right: number
  readonly half: number
  readonly at: number
}

const GAPS: Readonly<Record<Kind, Readonly<Record<Kind, number>>>> = {
  box: { box: BOX_GAP, strand: 14, label: 14, group: 26 },
  strand: { box: 14, strand: 14, label: 12, group: 16 },
  label: { box: 14, strand: 12, label: 16, group: 16 },
  group: { box: 26, strand: 16, label: 16, group: 30 },
}

/**
 * With groups drawn to each other; then each by itself; then, their borders fixed, what is in them comes to rest (a row
 * as wide as its group would go on moving it, and the others lag behind); then, groups closed up and fixed, what is
 * around them.
 */
const SWEEPS = 14
const SETTLING = 10
const ALIGNING = 14
const LAST = 8
/** How much a box is drawn to the middle of its group, against 1 for an edge of its own. */
const CENTRING = 0.3
const CENTRING_ALONE = 3
const CENTRING_ROOT = 0.05

/** One set of variables: columns, then strands, side labels, then left and right borders of groups. */
export function placeAcross(
  tree: Tree,
  rows: Rows,
  grid: Grid,
  nets: Nets,
  ways: readonly Way[],
  padding: Padding,
): Across {
  const sides = ways.filter((way) => way.kind === 'side')
  const groupIds = [...tree.groups.keys()]
  const strandAt = rows.columns.length
  const sideAt = strandAt + nets.strands.length
  const groupAt = sideAt + sides.length
  const size = groupAt + 2 * groupIds.length
  const groupVar = new Map(groupIds.map((id, i) => [id, groupAt + 2 * i]))
  const leftOf = (group: string): number => groupVar.get(group) ?? 0

  const inScope = new Map<string, Item[]>()
  const key = (row: number, scope: Scope): string => `${row} ${scope ?? ''}`

  function itemsOf(estimate: readonly number[], withStrands: boolean): void {
    inScope.clear()
    const at = (variable: number): number => estimate[variable] ?? 0
    for (const id of rows.boxes.keys()) {
      const column = rows.columnOf.get(id)
      if (!column) continue
      const { index, scope, width } = column
      const item: Item = { id, kind: 'box', left: index, right: index, half: width / 2, at: at(index) }
      push(inScope, key(grid.rowOf(id), scope), item)
    }
    for (const group of groupIds) {
      const { first, last } = grid.spanOf(group)
      const left = leftOf(group)
      const item: Item = {
        id: group,
        kind: 'group',
        left,
        right: left + 1,
        half: 0,
        at: (at(left) + at(left + 1)) / 2,
      }
      for (let row = first; row <= last; row++)
        push(inScope, key(row, tree.around(group).at(-1) ?? null), item)
    }
    sides.forEach((way, i) => {
      const [a, b] = [rows.columnOf.get(way.left.id), rows.columnOf.get(way.right.id)]
      if (way.edge.labelWidth === 0 || !a || !b) return
      const item: Item = {
        id: way.edge.id,
        kind: 'label',
        left: sideAt + i,
        right: sideAt + i,
        half: way.edge.labelWidth / 2,
        at: (at(a.index) + at(b.index)) / 2,
      }
      push(inScope, key(grid.rowOf(way.left.id), way.left.scope), item)
    })
    if (!withStrands) return
    for (const strand of nets.strands) {
      const variable = strandAt + strand.index
      const x = strandEstimate(strand, at)
      strand.scopes.forEach((scope, i) => {
        const labelled = strand.first + i === strand.labelRow
        const half = labelled ? strand.labelWidth / 2 : 0
        const kind = labelled ? 'label' : 'strand'
        push(inScope, key(strand.first + i, scope), {
          id: '',
          kind,
          left: variable,
          right: variable,
          half,
          at: x,
        })
      })
    }
  }

  const variablesOf = (id: string): readonly number[] => {
    const column = rows.columnOf.get(id)
    if (column) return [column.index]
    const left = groupVar.get(id)
    return left === undefined ? [] : [left, left + 1]
  }
  const middle = (id: string, at: (variable: number) => number): number => {
    const variables = variablesOf(id)
    return variables.reduce((sum, v) => sum + at(v), 0) / Math.max(1, variables.length)
  }

  /** Inside all groups it enters and right of their titles, outside all groups it passes. */
  function strandEstimate(strand: Strand, at: (variable: number) => number): number {
    let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    let afterTitles = low
    const foreign = new Map<string, { readonly left: number; readonly right: number }>()
    strand.scopes.forEach((scope, i) => {
      const row = strand.first + i
      for (const group of scope === null ? [] : [...tree.around(scope), scope]) {
        const titled = grid.spanOf(group).first === row ? padding.title(group) : 0
        low = Math.max(low, at(leftOf(group)) + 0.5)
        afterTitles = Math.max(afterTitles, at(leftOf(group)) + titled)
        high = Math.min(high, at(leftOf(group) + 1) - 0.5)
      }
      for (const { id } of tree.groupsIn(scope)) {
        const { first, last } = grid.spanOf(id)
        if (first <= row && row <= last)
          foreign.set(id, { left: at(leftOf(id)) - 0.5, right: at(leftOf(id) + 1) + 0.5 })
      }
    })
    const wanted = Math.max(
      low,
      Math.min(high, Math.max(afterTitles, middle(strand.near[0] ?? '', at) + strand.aside)),
    )
    const around = [...foreign.values()]
    const free = (x: number): boolean => !around.some(({ left, right }) => left < x && x < right)
    const candidates = [wanted, ...around.flatMap(({ left, right }) => [left, right])].filter(
      (x) => low <= x && x <= high && free(x),
    )
    const away = (x: number): number => Math.abs(x - wanted)
    return candidates.reduce((best, x) => (away(x) < away(best) ? x : best), candidates[0] ?? wanted)
  }

  function separations(): Separations {
    const list: Separation[] = []
    for (const group of groupIds) {
      const distance = padding.start(group) + padding.end
      const titled = padding.title(group) ? padding.title(group) + padding.end : 0
      list.push({ before: leftOf(group), after: leftOf(group) + 1, distance: Math.max(distance, titled) })
    }
    for (const [name, unsorted] of inScope) {
      const items = [...unsorted].sort(
        (a, b) => a.at - b.at || rankOfKind(a) - rankOfKind(b) || a.left - b.left,
      )
      inScope.set(name, items)
      items.forEach((item, i) => {
        const next = items[i + 1]
        if (!next) return
        const distance = item.half + GAPS[item.kind][next.kind] + next.half
        list.push({ before: item.right, after: next.left, distance })
      })
      const [row, ...rest] = name.split(' ')
      const scope = rest.join(' ')
      const [first, last] = [items[0], items.at(-1)]
      if (scope === '' || !first || !last) continue
      const titled = grid.spanOf(scope).first === Number(row) ? padding.title(scope) : 0
      const before = Math.max(padding.start(scope), titled)
      list.push({ before: leftOf(scope), after: first.left, distance: before + first.half })
      list.push({ before: last.right, after: leftOf(scope) + 1, distance: last.half + padding.end })
    }
    return new Separations(size, list)
  }

  const inwards = [...groupIds].sort((a, b) => tree.around(b).length - tree.around(a).length).map(leftOf)
  const pulls = pullsOf(tree, rows.columns, nets, sides, variablesOf, strandAt, sideAt)
  itemsOf(firstOrder(tree, rows, variablesOf), false)
  const zones = zonesOf()
  const rough = sweep(separations(), size, pulls, inwards, zones)
  itemsOf(rough, true)
  return result(sweep(separations(), size, pulls, inwards, zones))

  function zonesOf(): Zone[] {
    const zones = new Map<string, { groups: Zone['groups'][number][]; around: number }>()
    for (const group of tree.groups.values()) {
      const scope = tree.around(group.id).at(-1) ?? null
      const name = `${scope ?? ''}\n${zoneOf(group)}`
      const zone = zones.get(name) ?? { groups: [], around: scope === null ? -1 : leftOf(scope) }
      zones.set(name, zone)
      zone.groups.push({ left: leftOf(group.id), members: membersOf(group.id) })
    }
    return [...zones.values()]
  }

  /** All variables of what lies in a group, itself included. */
  function membersOf(group: string): number[] {
    const inside = (scope: Scope): boolean =>
      scope === group || (scope !== null && tree.around(scope).includes(group))
    return [
      leftOf(group),
      leftOf(group) + 1,
      ...groupIds
        .filter((id) => tree.around(id).includes(group))
        .flatMap((id) => [leftOf(id), leftOf(id) + 1]),
      ...rows.columns.filter((column) => inside(column.scope)).map((column) => column.index),
      ...nets.strands.filter((strand) => strand.scopes.some(inside)).map((strand) => strandAt + strand.index),
      ...sides.flatMap((way, i) => (inside(way.left.scope) ? [sideAt + i] : [])),
    ]
  }

  function result(settled: readonly number[]): Across {
    const at = (variable: number): number => settled[variable] ?? 0
    const least = Math.min(...[...inScope.values()].flat().map((item) => at(item.left) - item.half))
    const by = Number.isFinite(least) ? -least : 0
    return {
      columnX: (column) => Math.round(at(column.index) + by),
      strandX: (strand) => Math.round(at(strandAt + strand.index) + by),
      groupX: (group) => ({
        left: Math.round(at(leftOf(group)) + by),
        right: Math.round(at(leftOf(group) + 1) + by),
      }),
      sideLabelX: new Map(sides.map((way, i) => [way.edge.id, Math.round(at(sideAt + i) + by)])),
      inRow: (row, scope) =>
        (inScope.get(key(row, scope)) ?? []).map((item) => ({
          id: item.id,
          strand: strandAt <= item.left && item.left < sideAt ? item.left - strandAt : -1,
          left: at(item.left) - item.half + by,
          right: at(item.right) + item.half + by,
        })),
    }
  }
}

const rankOfKind = (item: Item): number => (item.kind === 'strand' || item.kind === 'label' ? 1 : 0)

/** Order of writing as a first guess at x: groups in their own order, boxes between them by their index. */
function firstOrder(tree: Tree, rows: Rows, variablesOf: (id: string) => readonly number[]): number[] {
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
      order = Math.max(
        order,
        firstBox(group.id) === Number.MAX_SAFE_INTEGER ? order : firstBox(group.id) * 1000 - 1,
      )
      for (const variable of variablesOf(group.id)) estimate[variable] = order + i / 1000
      visit(group.id)
    })
  }
  visit(null)
  return estimate
}

/** `variable` is drawn to the mean of `to` (variables), and not the other way round. */
interface Pull {
  readonly variable: number
  readonly to: number
  readonly weight: number
}

/** Nothing is drawn out of its group: a box follows boxes of its own depth and deeper ones. */
function pullsOf(
  tree: Tree,
  columns: readonly Column[],
  nets: Nets,
  sides: readonly Way[],
  variablesOf: (id: string) => readonly number[],
  strandAt: number,
  sideAt: number,
): readonly (readonly Pull[])[] {
  const all: Pull[] = []
  const pull = (ids: readonly number[], to: readonly number[], weight: number): void => {
    for (const variable of ids) for (const t of to) all.push({ variable, to: t, weight: weight / to.length })
  }
  const depth = (id: string): number => tree.around(id).length
  // A bar comes to what hangs on it.
  const weightOf = (end: string): number => (tree.boxes.get(end)?.classes.includes('bar') ? 0.2 : 1)
  const degrees = new Map<number, number>()
  for (const port of nets.ports) degrees.set(port.net, (degrees.get(port.net) ?? -1) + 1)
  for (const { edge, net } of nets.routes) {
    const many = Math.max(1, degrees.get(net) ?? 1)
    const [a, b] = [variablesOf(edge.from), variablesOf(edge.to)]
    if (depth(edge.from) <= depth(edge.to)) pull(a, b, weightOf(edge.to) / many)
    if (depth(edge.to) <= depth(edge.from)) pull(b, a, weightOf(edge.from) / many)
  }
  for (const strand of nets.strands) {
    const own = [strandAt + strand.index]
    strand.near.forEach((id, i) => {
      pull(own, variablesOf(id), i === 0 ? 6 : 1 / strand.near.length)
    })
  }
  const isAlone = (column: Column): boolean =>
    columns.every((c) => c === column || c.scope !== column.scope || c.rank !== column.rank)
  /** Hangs on one box only, and that has neighbours. */
  const follows = ({ boxes, scope }: Column): boolean => {
    const linked = nets.routes.flatMap(({ edge }) =>
      boxes.includes(edge.from) ? [edge.to] : boxes.includes(edge.to) ? [edge.from] : [],
    )
    const columnsOf = new Set(linked.map((id) => columns.find((c) => c.boxes.includes(id))))
    const [only] = columnsOf
    return columnsOf.size === 1 && only !== undefined && only.scope === scope && !isAlone(only)
  }
  const outermost = tree.groupsIn(null).flatMap((group) => variablesOf(group.id))
  for (const column of columns) {
    if (column.scope === null) {
      if (!nets.routes.some(({ edge }) => column.boxes.includes(edge.from) || column.boxes.includes(edge.to)))
        pull([column.index], outermost, CENTRING_ROOT)
      continue
    }
    if (isAlone(column) && follows(column)) continue
    pull([column.index], variablesOf(column.scope), isAlone(column) ? CENTRING_ALONE : CENTRING)
  }
  sides.forEach((way, i) => {
    if (way.kind !== 'side') return
    pull([sideAt + i], variablesOf(way.left.id), 1)
    pull([sideAt + i], variablesOf(way.right.id), 1)
  })
  const grouped: Pull[][] = []
  for (const p of all) {
    const list = grouped[p.variable] ?? []
    grouped[p.variable] = list
    list.push(p)
  }
  return grouped
}

/** Groups of one zone, left to right, and all that belongs to each: it moves with its group. */
interface Zone {
  readonly groups: readonly { readonly left: number; readonly members: readonly number[] }[]
  /** Left border of the group around; -1 for none. */
  readonly around: number
}

/**
 * Moves everything towards what it is drawn to, and groups towards each other and under the middle of what is
 * around them, many times, never giving up a distance.
 * @param groups - Variables of the left borders of groups, inner groups first; the right border follows.
 */
function sweep(
  separations: Separations,
  size: number,
  pulls: readonly (readonly Pull[])[],
  groups: readonly number[],
  zones: readonly Zone[],
): number[] {
  const inside = new Set(zones.flatMap((zone) => zone.groups.flatMap((group) => group.members)))
  const borders = new Set(
    zones
      .filter((zone) => zone.around < 0)
      .flatMap((zone) => zone.groups.flatMap(({ left }) => [left, left + 1])),
  )
  let x = separations.pushRight(new Array<number>(size).fill(0))
  const settle = (wanted: readonly number[]): void => {
    x = separations.settle(wanted)
    for (const left of groups) {
      x[left + 1] = separations.earliest(x, left + 1)
      x[left] = separations.latest(x, left)
    }
  }
  for (let n = 0; n < SWEEPS; n++) {
    const wanted = drawn(x, pulls)
    gather(zones, x, wanted)
    settle(wanted)
  }
  for (let n = 0; n < SETTLING; n++) settle(drawn(x, pulls))
  const reach = separations.reachOf(x, borders)
  for (let n = 0; n < ALIGNING; n++) settle(drawn(x, pulls).map(reach))
  closeUp(separations, zones, x)
  const outside = pulls.map((list, i) => (inside.has(i) ? [] : list))
  for (let n = 0; n < LAST; n++) settle(drawn(x, outside))
  return x
}

/** Half the way from where everything is to the mean of what it is drawn to. */
function drawn(x: readonly number[], pulls: readonly (readonly Pull[])[]): number[] {
  return x.map((value, i) => {
    let sum = 0
    let weight = 0
    for (const pull of pulls[i] ?? []) {
      sum += (x[pull.to] ?? 0) * pull.weight
      weight += pull.weight
    }
    return weight ? (value + sum / weight) / 2 : value
  })
}

/** Moves each group, as it is, as far to the left as its distances allow, after the ones before it. */
function closeUp(separations: Separations, zones: readonly Zone[], x: number[]): void {
  for (const zone of zones) {
    for (const { members } of zone.groups.slice(1)) {
      const slack = separations.slackBefore(x, new Set(members))
      if (!Number.isFinite(slack)) continue
      for (const member of members) x[member] = (x[member] ?? 0) - slack
    }
  }
  const middle = (zone: Zone): number => {
    const [first, last] = [zone.groups[0]?.left ?? 0, zone.groups.at(-1)?.left ?? 0]
    return ((x[first] ?? 0) + (x[last + 1] ?? 0)) / 2
  }
  const width = (zone: Zone): number => 2 * (middle(zone) - (x[zone.groups[0]?.left ?? 0] ?? 0))
  const outermost = zones.filter((zone) => zone.around < 0).sort((a, b) => width(b) - width(a))
  for (const zone of outermost.slice(1)) {
    const members = new Set(zone.groups.flatMap((group) => group.members))
    const by = middle(outermost[0] ?? zone) - middle(zone)
    const most = by < 0 ? -separations.slackBefore(x, members) : separations.slackAfter(x, members)
    const move = by < 0 ? Math.max(by, most) : Math.min(by, most)
    for (const member of members) x[member] = (x[member] ?? 0) + move
  }
}

/** Closes the room between the groups of each zone, and centres zones. */
function gather(zones: readonly Zone[], x: readonly number[], wanted: number[]): void {
  const middles = new Map<number, number>()
  const extent = (zone: Zone): [number, number] => {
    const width = zone.groups.reduce((sum, { left }) => sum + (x[left + 1] ?? 0) - (x[left] ?? 0), 0)
    const begin = x[zone.groups[0]?.left ?? 0] ?? 0
    const end = x[(zone.groups.at(-1)?.left ?? 0) + 1] ?? 0
    return [(begin + end) / 2, width + (zone.groups.length - 1) * GAPS.group.group]
  }
  // The widest zone of a scope says where its middle is, unless the group around does.
  const byWidth = zones
    .map((zone) => ({ zone, extent: extent(zone) }))
    .sort((a, b) => b.extent[1] - a.extent[1])
  for (const { zone, extent } of byWidth) {
    const [own, width] = extent
    const { around } = zone
    const known = around < 0 ? middles.get(around) : ((x[around] ?? 0) + (x[around + 1] ?? 0)) / 2
    const middle = known ?? own
    middles.set(around, middle)
    let at = middle - width / 2
    for (const { left, members } of zone.groups) {
      const by = at - (x[left] ?? 0)
      for (const member of members) wanted[member] = (wanted[member] ?? 0) + by
      at += (x[left + 1] ?? 0) - (x[left] ?? 0) + GAPS.group.group
    }
  }
}
