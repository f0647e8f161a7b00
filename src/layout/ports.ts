/** Where on a box's upper and lower side each net meets it. */
import type { Across, Interval } from './columns.ts'
import type { Grid } from './label-rows.ts'
import type { Nets, Piece, Pin, Port } from './nets.ts'
import type { Padding } from './row-items.ts'
import type { Rows } from './rows.ts'
import { push, type Tree } from './tree.ts'

/** Distance of a port from the corner, and of two ports of one side. */
const CORNER = 12
const SPACING = 14

export interface Extent {
  readonly left: number
  readonly right: number
}

/** How much wider a box may become, to each side, for the boxes that hang on it. */
const MOST_GROWN = 48

/** A piece or a part of one: a trunk's drops straight from a bar are parts of their own. */
export interface Part {
  readonly piece: Piece
  readonly top: ReadonlyMap<Pin, number>
  readonly bottom: ReadonlyMap<Pin, number>
}

/** How wide a box must be for its ports. */
export function widthForPorts(nets: Nets): Map<string, number> {
  const counts = new Map<string, number>()
  for (const port of nets.ports) {
    const key = `${port.side} ${port.end}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const widths = new Map<string, number>()
  for (const port of nets.ports) {
    const count = counts.get(`${port.side} ${port.end}`) ?? 1
    widths.set(port.end, Math.max(widths.get(port.end) ?? 0, 2 * CORNER + (count - 1) * SPACING))
  }
  return widths
}

/** How far from a corner a line may end; the sides of what is no rectangle may slope. */
export function cornerOf(tree: Tree, end: string): number {
  const box = tree.boxes.get(end)
  return box && !box.stretch ? CORNER + Math.min(box.width, box.height) / 4 : CORNER
}

/** Left and right of all boxes and groups; bars reach over what hangs on them as far as their row allows. */
export function extentsOf(
  tree: Tree,
  rows: Rows,
  grid: Grid,
  nets: Nets,
  across: Across,
  widths: ReadonlyMap<string, number>,
  padding: Padding,
): Map<string, Extent> {
  const extents = new Map<string, Extent>()
  for (const group of tree.groups.keys()) extents.set(group, across.groupX(group))
  for (const column of rows.columns) {
    for (const id of column.boxes) {
      const half = (widths.get(id) ?? 0) / 2
      const x = across.columnX(column)
      extents.set(id, { left: x - half, right: x + half })
    }
  }
  for (const box of tree.boxes.values()) {
    const own = extents.get(box.id)
    if (!own || !box.stretch) continue
    if (!box.classes.includes('bar')) {
      const reach = reachedFor(box.id, own, nets, extents)
      const room = roomFor(box.id, tree, grid, across, extents, padding)
      const wanted = Math.max(own.left - reach.left, reach.right - own.right) + CORNER
      const by = Math.min(MOST_GROWN, wanted, own.left - room.left, room.right - own.right)
      if (wanted > CORNER && by > 0) extents.set(box.id, { left: own.left - by, right: own.right + by })
      continue
    }
    const wanted = nets.pieces.flatMap((piece) =>
      opposite(piece, box.id).map((pin) => centre(pin, extents, across)),
    )
    const whole = spanOf(box.id, tree, rows, nets, across)
    if (whole) wanted.push(whole.left + 3 * CORNER, whole.right - 3 * CORNER)
    const room = roomFor(box.id, tree, grid, across, extents, padding)
    const left = Math.min(own.left, Math.max(room.left, Math.min(...wanted) - 2 * CORNER))
    const right = Math.max(own.right, Math.min(room.right, Math.max(...wanted) + 2 * CORNER))
    extents.set(box.id, { left, right })
  }
  return extents
}

/** How far a box that several boxes hang on would have to reach to stand above or below all of them. */
function reachedFor(id: string, own: Extent, nets: Nets, extents: ReadonlyMap<string, Extent>): Extent {
  let { left, right } = own
  for (const side of ['top', 'bottom'] as const) {
    const pieces = nets.pieces.filter((piece) =>
      [...piece[side === 'top' ? 'bottom' : 'top']].some((pin) => pin.kind === 'port' && pin.end === id),
    )
    if (pieces.length < 2) continue
    for (const pin of pieces.flatMap((piece) => [...piece[side]])) {
      const other = pin.kind === 'port' ? extents.get(pin.end) : undefined
      if (!other) continue
      const narrow = Math.min(3 * CORNER, (other.right - other.left) / 2)
      left = Math.min(left, other.right - narrow)
      right = Math.max(right, other.left + narrow)
    }
  }
  return { left, right }
}

/** What a bar alone in its row spans: its group, or, outside groups, the groups it leads into. */
function spanOf(id: string, tree: Tree, rows: Rows, nets: Nets, across: Across): Extent | null {
  const column = rows.columnOf.get(id)
  const scope = column?.scope ?? null
  const alone = rows.columns.every((c) => c === column || c.scope !== scope || c.rank !== column?.rank)
  if (!alone) return null
  if (scope !== null) return across.groupX(scope)
  const groups = nets.routes
    .filter(({ edge }) => edge.from === id || edge.to === id)
    .flatMap(({ edge }) => tree.around(edge.from === id ? edge.to : edge.from).slice(0, 1))
    .map(across.groupX)
  if (groups.length === 0) return null
  return { left: Math.min(...groups.map((g) => g.left)), right: Math.max(...groups.map((g) => g.right)) }
}

/** Pins of a piece on the other side of the channel than the ports of `end`. */
function opposite(piece: Piece, end: string): Pin[] {
  const isOwn = (pin: Pin): boolean => pin.kind === 'port' && pin.end === end
  if ([...piece.top].some(isOwn)) return [...piece.bottom]
  return [...piece.bottom].some(isOwn) ? [...piece.top] : []
}

function centre(pin: Pin, extents: ReadonlyMap<string, Extent>, across: Across): number {
  if (pin.kind === 'strand') return across.strandX(pin)
  const { left, right } = extents.get(pin.end) ?? { left: 0, right: 0 }
  return (left + right) / 2
}

/** How far a bar may reach: to its neighbours in the row, else to the border of its group. */
function roomFor(
  id: string,
  tree: Tree,
  grid: Grid,
  across: Across,
  extents: ReadonlyMap<string, Extent>,
  padding: Padding,
): Extent {
  const scope = tree.around(id).at(-1) ?? null
  const items: readonly Interval[] = across.inRow(grid.rowOf(id), scope)
  const at = items.findIndex((item) => item.id === id)
  const now = (item: Interval): Extent => (item.id === '' ? item : (extents.get(item.id) ?? item))
  const [before, after] = [items[at - 1], items[at + 1]]
  const border = scope === null ? null : across.groupX(scope)
  const gap = 16
  return {
    left: before
      ? now(before).right + gap
      : border && scope !== null
        ? border.left + padding.start(scope)
        : Number.NEGATIVE_INFINITY,
    right: after ? now(after).left - gap : border ? border.right - padding.end : Number.POSITIVE_INFINITY,
  }
}

/** Fixes every port and cuts straight drops from bars out of their pieces. */
export function partsOf(
  nets: Nets,
  tree: Tree,
  grid: Grid,
  extents: ReadonlyMap<string, Extent>,
  across: Across,
): Part[] {
  const isBar = (end: string): boolean => tree.boxes.get(end)?.classes.includes('bar') ?? false
  const x = portPositions(tree, grid, nets, extents, across, isBar)
  const xOf = (pin: Pin): number => (pin.kind === 'strand' ? across.strandX(pin) : (x.get(pin) ?? 0))
  const parts: { piece: Piece; top: Map<Pin, number>; bottom: Map<Pin, number> }[] = []
  /** Where lines leave a bar straight, by its side. */
  const drops = new Map<string, number[]>()
  const side = (port: Port): string => `${port.side} ${port.end}`
  for (const piece of nets.pieces) {
    const top = new Map([...piece.top].map((pin) => [pin, xOf(pin)]))
    const bottom = new Map([...piece.bottom].map((pin) => [pin, xOf(pin)]))
    const hub = [...piece.top, ...piece.bottom].find(
      (pin): pin is Port => pin.kind === 'port' && isBar(pin.end),
    )
    const reach = hub && extents.get(hub.end)
    const [hubSide, leafSide] = hub && piece.top.has(hub) ? [top, bottom] : [bottom, top]
    if (hub && reach && hubSide.size === 1) {
      for (const [pin, at] of [...leafSide]) {
        if (at < reach.left + CORNER || at > reach.right - CORNER) continue
        leafSide.delete(pin)
        push(drops, side(hub), at)
        const [a, b] = [new Map<Pin, number>([[hub, at]]), new Map([[pin, at]])]
        parts.push(hubSide === top ? { piece, top: a, bottom: b } : { piece, top: b, bottom: a })
      }
      if (leafSide.size === 0) continue
    }
    parts.push({ piece, top, bottom })
  }
  for (const { top, bottom } of parts) {
    if (new Set([...top.values(), ...bottom.values()]).size === 1) continue
    for (const pins of [top, bottom]) {
      for (const [pin, x] of pins) {
        const extent = pin.kind === 'port' && isBar(pin.end) ? extents.get(pin.end) : undefined
        if (pin.kind === 'strand' || !extent) continue
        const at = apartFrom(drops.get(side(pin)) ?? [], x, extent)
        pins.set(pin, at)
        push(drops, side(pin), at)
      }
    }
  }
  return parts
}

/** Moves ports off the lines that come from the other side of their channel, where both have to step sideways. */
function keepClear(
  nets: Nets,
  done: Map<Pin, number>,
  xOf: (pin: Pin) => number,
  extents: ReadonlyMap<string, Extent>,
): void {
  const crooked = nets.pieces.filter((piece) => new Set([...piece.top, ...piece.bottom].map(xOf)).size > 1)
  const channels = new Map<number, Piece[]>()
  for (const piece of crooked) push(channels, piece.channel, piece)
  const siblings = new Map<string, Port[]>()
  for (const port of nets.ports) push(siblings, `${port.side} ${port.end}`, port)
  for (const pieces of channels.values()) {
    for (const piece of pieces) {
      const others = pieces.filter((other) => other.net !== piece.net)
      for (const [own, facing] of [
        [piece.top, others.flatMap((other) => [...other.bottom])],
        [piece.bottom, others.flatMap((other) => [...other.top])],
      ] as const) {
        for (const pin of own) {
          if (pin.kind === 'strand') continue
          const x = xOf(pin)
          const near = facing.map(xOf)
          const extent = extents.get(pin.end)
          if (!extent || near.every((other) => Math.abs(other - x) >= SPACING / 2)) continue
          const beside = (siblings.get(`${pin.side} ${pin.end}`) ?? [])
            .filter((port) => port !== pin)
            .map(xOf)
          done.set(pin, apartFrom([...near, ...beside], x, extent))
        }
      }
    }
  }
}

function portPositions(
  tree: Tree,
  grid: Grid,
  nets: Nets,
  extents: ReadonlyMap<string, Extent>,
  across: Across,
  isBar: (end: string) => boolean,
): Map<Pin, number> {
  const pieceOf = new Map<Pin, Piece>()
  for (const piece of nets.pieces)
    for (const pin of [...piece.top, ...piece.bottom]) if (pin.kind === 'port') pieceOf.set(pin, piece)
  const sides = new Map<string, Port[]>()
  for (const port of nets.ports) if (pieceOf.has(port)) push(sides, `${port.side} ${port.end}`, port)
  const done = new Map<Pin, number>()
  /** Lines that cross the border of a group where one of its own may end. */
  const passing = (port: Port): number[] => {
    if (!tree.groups.has(port.end)) return []
    const { first, last } = grid.spanOf(port.end)
    const outside = port.side === 'top' ? first - 1 : last
    const inner = [...done].flatMap(([pin, x]) => {
      if (pin.kind === 'strand' || pin.side !== port.side || !tree.around(pin.end).includes(port.end))
        return []
      return tree.boxes.has(pin.end) && grid.rowOf(pin.end) !== (port.side === 'top' ? first : last)
        ? []
        : [x]
    })
    const strands = nets.strands.filter((strand) => strand.net !== port.net)
    const crossing = strands.filter((strand) => strand.first <= outside + 1 && outside <= strand.last)
    return [...inner, ...crossing.map(across.strandX)]
  }
  const at = (pin: Pin): number =>
    pin.kind === 'strand' ? across.strandX(pin) : (done.get(pin) ?? centre(pin, extents, across))
  const others = (port: Port): Pin[] => {
    const piece = pieceOf.get(port)
    return piece ? [...piece.top, ...piece.bottom].filter((pin) => pin !== port) : []
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
  const width = (port: Port | undefined): number => {
    const extent = port && extents.get(port.end)
    return extent ? extent.right - extent.left : 0
  }
  const bySize = [...sides.values()].sort((a, b) => {
    const late = ([port]: readonly Port[]): number =>
      tree.groups.has(port?.end ?? '') ? 2 : isBar(port?.end ?? '') ? 1 : 0
    return late(a) - late(b) || b.length - a.length || width(a[0]) - width(b[0])
  })
  for (const ports of bySize) {
    const extent = extents.get(ports[0]?.end ?? '') ?? { left: 0, right: 0 }
    const own = (extent.left + extent.right) / 2
    const corner = cornerOf(tree, ports[0]?.end ?? '')
    const wants = ports.map((port) => {
      const pins = others(port)
      const [only] = pins
      const target = mean(pins.map(at))
      if (pins.length !== 1 || !only)
        return { port, target, wish: isHub(port, pieceOf.get(port)) ? target : own }
      const reach = only.kind === 'port' && !done.has(only) ? extents.get(only.end) : undefined
      // The other port is still free: what both sides have in common, nearest the narrower one's middle.
      const away = only.kind === 'port' ? cornerOf(tree, only.end) : 0
      const wish = reach ? Math.min(Math.max(own, reach.left + away), reach.right - away) : at(only)
      return { port, target, wish }
    })
    wants.sort((a, b) => a.target - b.target || a.port.net - b.port.net)
    const wishes = wants.map((want) => want.wish)
    const [low, high] = [extent.left + corner, extent.right - corner]
    // Nearer to the corner where that saves a step of a few pixels.
    const near = wishes.filter((x) => low - CORNER / 2 <= x && x <= high + CORNER / 2)
    spread(wishes, Math.min(low, ...near), Math.max(high, ...near)).forEach((x, i) => {
      const want = wants[i]
      if (want) done.set(want.port, apartFrom(passing(want.port), Math.round(x), extent))
    })
  }
  keepClear(nets, done, at, extents)
  return done
}

/** The nearest place that keeps clear of lines that cross the same border. */
function apartFrom(others: readonly number[], x: number, { left, right }: Extent): number {
  if (others.length === 0) return x
  const candidates = [x, ...others.flatMap((other) => [other - SPACING / 2, other + SPACING / 2])]
  const free = candidates.filter(
    (at) =>
      left + CORNER / 2 <= at &&
      at <= right - CORNER / 2 &&
      others.every((other) => Math.abs(other - at) >= SPACING / 2),
  )
  return free.reduce((best, at) => (Math.abs(at - x) < Math.abs(best - x) ? at : best), free[0] ?? x)
}

/** The one pin of its side, with several on the other. */
function isHub(port: Port, piece: Piece | undefined): boolean {
  if (!piece) return false
  return piece.top.has(port) ? piece.top.size === 1 : piece.bottom.size === 1
}

/** Keeps order and spacing, and stays near the wishes, within `low` and `high`. */
function spread(wishes: readonly number[], low: number, high: number): number[] {
  const count = wishes.length
  const space = count > 1 ? Math.min(SPACING, (high - low) / (count - 1)) : 0
  const right: number[] = []
  for (const [i, wish] of wishes.entries())
    right.push(Math.max(wish, low + i * space, (right[i - 1] ?? low - space) + space))
  const left: number[] = []
  for (let i = count - 1; i >= 0; i--)
    left[i] = Math.min(wishes[i] ?? 0, high - (count - 1 - i) * space, (left[i + 1] ?? high + space) - space)
  const mid = right.map((value, i) => (value + (left[i] ?? value)) / 2)
  return mid.map((value, i) => Math.min(Math.max(value, low + i * space), high - (count - 1 - i) * space))
}
