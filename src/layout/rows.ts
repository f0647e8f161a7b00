/** Ranks become rows: a rank with more boxes than fit side by side wraps into several. */
import type { LayoutBox } from './graph.ts'
import { ranksOf, type Span } from './ranks.ts'
import { push, type Scope, type Tree } from './tree.ts'

/** Boxes of one group below each other in a rank that wraps. */
export interface Column {
  readonly index: number
  readonly scope: Scope
  /** Widest box. */
  readonly width: number
  readonly boxes: readonly string[]
  readonly rank: number
  /** From 0 within the rank and group. */
  readonly place: number
}

/** Rows as the boxes alone make them; `label-rows.ts` puts rows for labels between. */
export interface Rows {
  readonly count: number
  readonly boxes: ReadonlyMap<string, number>
  readonly groups: ReadonlyMap<string, Span>
  readonly columns: readonly Column[]
  readonly columnOf: ReadonlyMap<string, Column>
  /** Wanted extent across the rows: boxes of one kind in one rank and group come out equal. */
  readonly widths: ReadonlyMap<string, number>
}

export const BOX_GAP = 26
/** Where a rank begins to wrap, in pixels across all groups of a level: of one group, and of several. */
const WRAP_WIDTH = 1000
const WRAP_WIDTH_OF_SEVERAL = 1070
/** The same for bars, and for boxes on several bars: lines that go round each other cost more than width does. */
const WRAP_WIDTH_OF_TANGLED = 1350
/** So many bars lie one above the other where they do not fit side by side. */
const MOST_STACKED = 4
/** And so many boxes in one column that hang on a stack. */
const MOST_OVER_STACK = 6
/** Beyond so many rows a wider figure reads better than a higher one. */
const MOST_ROWS = 9

export function rowsOf(tree: Tree, titled: boolean): Rows {
  const ranks = ranksOf(tree, titled)
  const inRank = new Map<number, Map<Scope, LayoutBox[]>>()
  for (const box of tree.boxes.values()) {
    const rank = ranks.boxes.get(box.id) ?? 0
    const scopes = inRank.get(rank) ?? new Map<Scope, LayoutBox[]>()
    inRank.set(rank, scopes)
    push(scopes, tree.around(box.id).at(-1) ?? null, box)
  }
  const widths = new Map<string, number>()
  const rowsPerRank: number[] = []
  const columns: Column[] = []
  const columnOf = new Map<string, Column>()
  const subRows = new Map<string, number>()
  for (const scopes of inRank.values())
    for (const boxes of scopes.values()) for (const [id, width] of equalWidths(boxes)) widths.set(id, width)
  const wrapping = wrappingOf(
    [...inRank].map(([rank, scopes]) => {
      const boxes = [...scopes.values()]
      const ofBars = boxes.every((list) => list.every(isBar))
      return {
        rank,
        widths: boxes.map((list) => list.map((box) => widths.get(box.id) ?? box.width)),
        ofBars,
        nested: [...scopes.keys()].every((scope) => scope !== null && tree.around(scope).length > 0),
        bars: Math.max(...boxes.map((list) => barsOf(tree, list).size)),
      }
    }),
  )
  for (let rank = 0; rank < ranks.count; rank++) {
    const scopes = [...(inRank.get(rank) ?? new Map<Scope, LayoutBox[]>())]
    const rows = wrapping.get(rank) ?? 1
    const across = (boxes: readonly LayoutBox[]): number => Math.ceil(boxes.length / rows)
    rowsPerRank.push(Math.max(1, ...scopes.map(([, boxes]) => Math.ceil(boxes.length / across(boxes)))))
    for (const [scope, boxes] of scopes) {
      const count = across(boxes)
      for (let place = 0; place < count; place++) {
        const members = boxes.filter((_, i) => i % count === place).map((box) => box.id)
        const width = Math.max(...members.map((id) => widths.get(id) ?? 0))
        const column = { index: columns.length, scope, width, boxes: members, rank, place }
        columns.push(column)
        members.forEach((id, row) => {
          columnOf.set(id, column)
          subRows.set(id, row)
        })
      }
    }
  }
  const firstRow: number[] = []
  let count = 0
  for (const rows of rowsPerRank) {
    firstRow.push(count)
    count += rows
  }
  firstRow.push(count)
  const row = (rank: number): number => firstRow[rank] ?? count
  return {
    count,
    columns,
    columnOf,
    widths,
    boxes: new Map([...ranks.boxes].map(([id, rank]) => [id, row(rank) + (subRows.get(id) ?? 0)])),
    groups: new Map(
      [...ranks.groups].map(([id, { first, last }]) => [id, { first: row(first), last: row(last + 1) - 1 }]),
    ),
  }
}

/** Boxes of one kind in a row come out equally wide, unless one is so wide that the others would look lost. */
function equalWidths(boxes: readonly LayoutBox[]): [string, number][] {
  const kinds = new Map<string, LayoutBox[]>()
  for (const box of boxes) push(kinds, box.classes[0] ?? '', box)
  return boxes.map((box) => {
    const peers = (kinds.get(box.classes[0] ?? '') ?? []).map((peer) => peer.width).sort((a, b) => a - b)
    const widest = peers.at(-1) ?? box.width
    const middle = peers[Math.floor((peers.length - 1) / 2)] ?? box.width
    const equal = box.stretch && !isBar(box) && widest <= middle * 1.7
    return [box.id, equal ? widest : box.width]
  })
}

const isBar = (box: LayoutBox): boolean => box.classes.includes('bar')

/** The bars that some of the boxes hang on. */
function barsOf(tree: Tree, boxes: readonly LayoutBox[]): ReadonlySet<string> {
  const own = new Set(boxes.map((box) => box.id))
  const linked = tree.graph.edges.flatMap(({ from, to }) =>
    own.has(from) ? [to] : own.has(to) ? [from] : [],
  )
  return new Set(linked.filter((id) => tree.boxes.get(id)?.classes.includes('bar')))
}

/** Widths of the boxes of a rank, by group. */
type RankWidths = readonly (readonly number[])[]

interface RankShape {
  readonly rank: number
  readonly widths: RankWidths
  readonly ofBars: boolean
  /** In groups in groups: interfaces, of which no container has many. */
  readonly nested: boolean
  /** How many bars the boxes of a group hang on, at most. */
  readonly bars: number
}

/**
 * Into how many rows each rank wraps. A rank that cannot be narrower than some width, even in as many rows as
 * there may be, leaves the others that width too.
 */
function wrappingOf(ranks: readonly RankShape[]): Map<number, number> {
  const most = ({ widths, nested }: RankShape): number =>
    nested ? 1 : Math.min(MOST_ROWS, Math.max(1, ...widths.map((list) => list.length)))
  const least = (shape: RankShape): number => widthIn(shape.widths, most(shape))
  const narrowest = [...ranks].sort((a, b) => least(b) - least(a))
  let room = ranks.some(({ widths }) => widths.length > 1) ? WRAP_WIDTH_OF_SEVERAL : WRAP_WIDTH
  let stacked = false
  const wrapping = new Map<number, number>()
  for (const shape of narrowest) {
    // In several rows, the lines of one bar go round the boxes of another.
    const own = shape.ofBars || shape.bars > 1 ? Math.max(room, WRAP_WIDTH_OF_TANGLED) : room
    let rows = 1
    while (rows < most(shape) && widthIn(shape.widths, rows) > own) rows++
    if (rows > 1 && shape.ofBars && most(shape) <= MOST_STACKED) {
      rows = most(shape)
      stacked = true
    }
    wrapping.set(shape.rank, rows)
    room = Math.max(room, widthIn(shape.widths, rows))
  }
  // Between two columns, lines would have to come down on the middle of a stack.
  for (const shape of stacked ? ranks : [])
    if (shape.bars > 0 && (wrapping.get(shape.rank) ?? 1) > 1 && most(shape) <= MOST_OVER_STACK)
      wrapping.set(shape.rank, most(shape))
  return wrapping
}

function widthIn(scopes: RankWidths, rows: number): number {
  const widths = scopes.map((boxes) => {
    const across = Math.ceil(boxes.length / rows)
    const columns = Array.from({ length: across }, (_, place) =>
      Math.max(...boxes.filter((_, i) => i % across === place)),
    )
    return columns.reduce((sum, width) => sum + width + BOX_GAP, 0)
  })
  return widths.reduce((sum, width) => sum + width, 0)
}
