/** Moves strands a little where that makes an edge one straight line. */
import type { Across, Interval } from './columns.ts'
import type { Grid } from './label-rows.ts'
import type { Nets, Strand } from './nets.ts'
import { cornerOf, type Extent } from './ports.ts'
import type { Padding } from './row-items.ts'
import { push, type Tree } from './tree.ts'

const GAP = 14

/** @returns x of every strand. */
export function straightened(
  tree: Tree,
  grid: Grid,
  nets: Nets,
  across: Across,
  extents: ReadonlyMap<string, Extent>,
  padding: Padding,
): (strand: Strand) => number {
  const moved = new Map<number, number>()
  const xOf = (strand: Strand): number => moved.get(strand.index) ?? across.strandX(strand)
  const ends = endsOf(nets)
  for (const strand of nets.strands) {
    const reaches = (ends.get(strand) ?? []).map((id) => reachOf(tree, extents, id))
    const low = Math.ceil(Math.max(...reaches.map((reach) => reach.left)))
    const high = Math.floor(Math.min(...reaches.map((reach) => reach.right)))
    if (reaches.length !== 2 || low > high) continue
    const x = across.strandX(strand)
    const wanted = Math.min(Math.max(x, low), high)
    const room = roomOf(strand, grid, across, padding, nets, extents, xOf)
    if (wanted !== x && room.left <= wanted && wanted <= room.right) moved.set(strand.index, wanted)
  }
  return xOf
}

/** The two boxes that a strand joins, where it joins no more. */
function endsOf(nets: Nets): Map<Strand, string[]> {
  const ends = new Map<Strand, string[]>()
  for (const piece of nets.pieces) {
    const pins = [...piece.top, ...piece.bottom]
    for (const pin of pins) {
      if (pin.kind !== 'strand') continue
      const others = pins.filter((other) => other !== pin)
      for (const other of others)
        push(ends, pin, other.kind === 'port' && others.length === 1 ? other.end : '')
    }
  }
  for (const [strand, ids] of ends) if (ids.includes('')) ends.set(strand, [])
  return ends
}

function reachOf(tree: Tree, extents: ReadonlyMap<string, Extent>, id: string): Extent {
  const { left, right } = extents.get(id) ?? { left: 0, right: 0 }
  const corner = cornerOf(tree, id)
  return { left: left + corner, right: right - corner }
}

/** How far a strand may go without coming near its neighbours in any row it passes. */
function roomOf(
  strand: Strand,
  grid: Grid,
  across: Across,
  padding: Padding,
  nets: Nets,
  extents: ReadonlyMap<string, Extent>,
  xOf: (strand: Strand) => number,
): Extent {
  let [left, right] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  strand.scopes.forEach((scope, i) => {
    const row = strand.first + i
    const half = row === strand.labelRow ? strand.labelWidth / 2 : 0
    const items = across.inRow(row, scope)
    const at = items.findIndex((item) => item.strand === strand.index)
    const now = (item: Interval): Extent => {
      const box = extents.get(item.id)
      if (box) return box
      const other = nets.strands[item.strand]
      const by = other ? xOf(other) - across.strandX(other) : 0
      return { left: item.left + by, right: item.right + by }
    }
    const [before, after] = [items[at - 1], items[at + 1]]
    const around = scope === null ? null : across.groupX(scope)
    const title = scope !== null && grid.spanOf(scope).first === row ? padding.title(scope) : 0
    if (before) left = Math.max(left, now(before).right + GAP + half)
    if (after) right = Math.min(right, now(after).left - GAP - half)
    if (around) {
      left = Math.max(left, around.left + Math.max(GAP, title) + half)
      right = Math.min(right, around.right - GAP - half)
    }
  })
  return { left, right }
}
