/** What draws what across the rows, and how much. */
import type { Nets } from './nets.ts'
import type { Column } from './rows.ts'
import type { Scope, Tree } from './tree.ts'
import type { Side, Variables } from './variables.ts'

/** How much a box is drawn to the middle of its group, against 1 for an edge of its own. */
const CENTRING = 0.1
const CENTRING_ALONE = 3
const CENTRING_ROOT = 0.05
/** How much a box is drawn to a bar: a bar comes to what hangs on it. */
const TO_BAR = 0.2
/** How much a strand is drawn to the end it leads to, against 1 for all ends near it. */
const TO_END = 6

/** A variable is drawn to another one, and not the other way round. */
export interface Pull {
  readonly to: number
  readonly weight: number
}

/** By variable. Nothing is drawn out of its group: a box follows boxes of its own depth and deeper ones. */
export function pullsOf(
  tree: Tree,
  columns: readonly Column[],
  nets: Nets,
  sides: readonly Side[],
  variables: Variables,
): readonly (readonly Pull[])[] {
  const pulls = Array.from({ length: variables.size }, (): Pull[] => [])
  const pull = (ids: readonly number[], to: readonly number[], weight: number): void => {
    for (const id of ids) for (const t of to) pulls[id]?.push({ to: t, weight: weight / to.length })
  }
  const placed = new Set(columns.filter((column) => hangsInside(tree, nets, column)))
  const depth = (id: string): number => tree.around(id).length
  const isPlaced = (id: string): boolean => columns.some((c) => placed.has(c) && c.boxes.includes(id))
  const weightOf = (end: string, other: string): number => {
    if (!tree.boxes.get(end)?.classes.includes('bar')) return 1
    return isPlaced(other) ? 0 : TO_BAR
  }
  const degrees = new Map<number, number>()
  for (const port of nets.ports) degrees.set(port.net, (degrees.get(port.net) ?? -1) + 1)
  for (const { edge, net } of nets.routes) {
    const many = Math.max(1, degrees.get(net) ?? 1)
    const [a, b] = [variables.of(edge.from), variables.of(edge.to)]
    if (depth(edge.from) <= depth(edge.to)) pull(a, b, weightOf(edge.to, edge.from) / many)
    if (depth(edge.to) <= depth(edge.from)) pull(b, a, weightOf(edge.from, edge.to) / many)
  }
  for (const strand of nets.strands) {
    strand.near.forEach((id, i) => {
      pull([variables.strand(strand)], variables.of(id), i === 0 ? TO_END : 1 / strand.near.length)
    })
  }
  const outermost = tree.groupsIn(null).flatMap((group) => variables.of(group.id))
  for (const column of columns) {
    const own = [column.index]
    const alone = isAlone(columns, column)
    if (column.scope === null) {
      if (linkedTo(nets, column).length === 0) pull(own, outermost, CENTRING_ROOT)
    } else if (alone ? !follows(columns, nets, column) : !placed.has(column))
      pull(own, variables.of(column.scope), alone ? CENTRING_ALONE : CENTRING)
  }
  sides.forEach((way, i) => {
    pull([variables.side(i)], variables.of(way.left.id), 1)
    pull([variables.side(i)], variables.of(way.right.id), 1)
  })
  return pulls
}

/** What the boxes of a column have an edge with. */
const linkedTo = (nets: Nets, { boxes }: Column): string[] =>
  nets.routes.flatMap(({ edge: { from, to } }) =>
    boxes.includes(from) ? [to] : boxes.includes(to) ? [from] : [],
  )

/** Whether no other column stands beside it in its group. */
const isAlone = (columns: readonly Column[], column: Column): boolean =>
  columns.every((c) => c === column || c.scope !== column.scope || c.rank !== column.rank)

/** Hangs on one box of its group only, and that has neighbours. */
function follows(columns: readonly Column[], nets: Nets, column: Column): boolean {
  const found = new Set(linkedTo(nets, column).map((id) => columns.find((c) => c.boxes.includes(id))))
  const [only] = found
  return found.size === 1 && only !== undefined && only.scope === column.scope && !isAlone(columns, only)
}

/** Hangs on what lies in a group beside it, which says better where to stand than a bar or the middle of all does. */
function hangsInside(tree: Tree, nets: Nets, column: Column): boolean {
  const inside = (scope: Scope, id: string): boolean =>
    scope !== null && tree.around(id).slice(0, -1).includes(scope)
  return linkedTo(nets, column).some((id) => inside(column.scope, id))
}
