/**
 * Which way an edge takes, before anything has a place: straight down, sideways to a neighbour, or out below
 * and up again. Ways are chosen so that no sideways step can meet a group it does not belong to.
 */
import type { LayoutEdge } from './graph.ts'
import { known, type Span } from './ranks.ts'
import type { Rows } from './rows.ts'
import type { Scope, Tree } from './tree.ts'

/** A box's or group's side of an edge. */
export interface End {
  readonly id: string
  readonly scope: Scope
  readonly rows: Span
}

export type Way =
  /** From the bottom of `upper` to the top of `lower`. */
  | {
      readonly kind: 'down'
      readonly edge: LayoutEdge
      readonly upper: End
      readonly lower: End
      readonly scope: Scope
      /** No group stands between the rows next to the end, so its trunk may reach to any side. */
      readonly clear: { readonly upper: boolean; readonly lower: boolean }
    }
  /** Between neighbours of one row. */
  | { readonly kind: 'side'; readonly edge: LayoutEdge; readonly left: End; readonly right: End }
  /** Out at the bottom of both, joined below row `below`. */
  | {
      readonly kind: 'under'
      readonly edge: LayoutEdge
      readonly a: End
      readonly b: End
      readonly scope: Scope
      readonly below: number
    }

/** The innermost group both lie in. An end that is a group lies in the group around it. */
function commonScope(tree: Tree, a: string, b: string): Scope {
  const pathB = tree.around(b)
  const shared = tree.around(a).filter((id, i) => pathB[i] === id)
  return shared.at(-1) ?? null
}

/** Edges between unknown ends, from a thing to itself, or from a group to what lies in it, have no way. */
export function waysOf(tree: Tree, rows: Rows): Way[] {
  const taken = new Set<string>()
  const ways: Way[] = []
  for (const edge of tree.graph.edges) {
    if (!known(tree, edge) || edge.from === edge.to) continue
    if (tree.around(edge.from).includes(edge.to) || tree.around(edge.to).includes(edge.from)) continue
    ways.push(wayOf(tree, rows, edge, taken))
  }
  return ways
}

function wayOf(tree: Tree, rows: Rows, edge: LayoutEdge, taken: Set<string>): Way {
  const end = (id: string): End => {
    const row = rows.boxes.get(id) ?? 0
    return {
      id,
      scope: tree.around(id).at(-1) ?? null,
      rows: rows.groups.get(id) ?? { first: row, last: row },
    }
  }
  const a = end(edge.from)
  const b = end(edge.to)
  const scope = commonScope(tree, edge.from, edge.to)
  const depth = scope === null ? 0 : tree.around(scope).length + 1
  const unit = (id: string): Span => rows.groups.get(tree.around(id)[depth] ?? '') ?? end(id).rows
  const [ua, ub] = [unit(edge.from), unit(edge.to)]
  const spansIn = (around: Scope): Span[] =>
    tree.groupsIn(around).map((group) => rows.groups.get(group.id) ?? { first: 0, last: 0 })
  const spans = spansIn(scope)
  const clearBelow = (row: number, around = scope): boolean =>
    !spansIn(around).some(({ first, last }) => first <= row && last > row)

  /** A box in one row with groups: these may reach a row further down, for a label. */
  const besideGroups = ({ id, scope: around, rows: { last: row } }: End): boolean =>
    rows.boxes.has(id) && spansIn(around).some(({ first, last }) => first <= row && row <= last)

  const beside = spans.some(({ first, last }) => first <= a.rows.first && a.rows.first <= last)
  const neighbours = !beside && rows.boxes.has(a.id) && rows.boxes.has(b.id) && a.scope === b.scope
  if (neighbours && a.rows.first === b.rows.first) {
    const [ca, cb] = [rows.columnOf.get(a.id), rows.columnOf.get(b.id)]
    const pair = [a.id, b.id].sort().join('\n')
    if (ca && cb && ca.rank === cb.rank && Math.abs(ca.place - cb.place) === 1 && !taken.has(pair)) {
      taken.add(pair)
      const [left, right] = ca.place < cb.place ? [a, b] : [b, a]
      return { kind: 'side', edge, left, right }
    }
  }
  const upper = ua.last < ub.first ? a : ub.last < ua.first ? b : null
  if (upper) {
    const lower = upper === a ? b : a
    const clear = {
      upper:
        clearBelow(unit(upper.id).last) && !besideGroups(upper) && clearBelow(upper.rows.last, upper.scope),
      lower: clearBelow(unit(lower.id).first - 1) && clearBelow(lower.rows.first - 1, lower.scope),
    }
    const adjacent = lower.rows.first === upper.rows.last + 1
    if ((clear.upper && clear.lower) || (!adjacent && (clear.upper || clear.lower)) || spans.length === 0)
      return { kind: 'down', edge, upper, lower, scope, clear }
  }
  let below = Math.max(ua.last, ub.last)
  while (!clearBelow(below)) below++
  return { kind: 'under', edge, a, b, scope, below }
}
