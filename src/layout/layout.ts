/**
 * Lays out a figure of hosts, networks and containers. Boxes lie in rows and never move out of their order;
 * lines run straight down within rows and sideways only in the channels between them, so that no line can
 * meet a box, title or label that is not its own. Pure: the same graph gives the same layout.
 */
import { type Across, placeAcross } from './columns.ts'
import { type Down, placeDown } from './down.ts'
import type { Layout, LayoutBox, LayoutGraph, PlacedBox, PlacedEdge, Point } from './graph.ts'
import { type Grid, gridOf } from './label-rows.ts'
import { type Nets, netsOf, type Pin, type Route } from './nets.ts'
import { type Extent, extentsOf, type Part, partsOf, widthForPorts } from './ports.ts'
import type { Padding } from './row-items.ts'
import { type Column, type Rows, rowsOf } from './rows.ts'
import { straightened } from './straight.ts'
import { type Tree, treeOf } from './tree.ts'
import { type Way, waysOf } from './ways.ts'

/** Around the whole figure. */
const MARGIN = 8
const GROUP_PADDING = 18
const TITLE_PADDING = 14

export function layoutGraph(graph: LayoutGraph): Layout {
  const sideways = graph.direction === 'LR'
  const tree = treeOf(sideways ? turnedGraph(graph) : graph)
  const rows = rowsOf(tree, !sideways)
  const ways = waysOf(tree, rows)
  const grid = gridOf(tree, rows, ways)
  const nets = netsOf(tree, grid, ways)
  const widths = widened(tree, rows, nets)
  const padding = paddingOf(tree, sideways)
  const settled = placeAcross(tree, wider(rows, widths), grid, nets, ways, padding)
  const extents = extentsOf(tree, rows, grid, nets, settled, widths, padding)
  const across = { ...settled, strandX: straightened(tree, grid, nets, settled, extents, padding) }
  const parts = partsOf(nets, tree, grid, extents, across)
  const heights = heightsOf(tree, grid, ways)
  const down = placeDown(tree, grid, parts, heights.rows, !sideways)
  const placed = new Placement(tree, grid, across, extents, parts, down, heights.boxes, sideways)
  return placed.layout(nets.routes, ways)
}

/** With every length across for along, so that columns run sideways. */
function turnedGraph(graph: LayoutGraph): LayoutGraph {
  return {
    direction: graph.direction,
    groups: graph.groups,
    boxes: graph.boxes.map((box) => ({ ...box, width: box.height, height: box.width })),
    edges: graph.edges.map((edge) => ({
      ...edge,
      labelWidth: edge.labelHeight,
      labelHeight: edge.labelWidth,
    })),
  }
}

function paddingOf(tree: Tree, sideways: boolean): Padding {
  const group = (id: string) => tree.groups.get(id) ?? { titleWidth: 0, titleHeight: 0 }
  return {
    start: (id) => (sideways ? group(id).titleHeight + TITLE_PADDING : GROUP_PADDING),
    end: GROUP_PADDING,
    title: (id) => (sideways ? 0 : TITLE_PADDING + group(id).titleWidth + TITLE_PADDING),
  }
}

/** Wide enough for their ports, where they may be, and even, so that their middles are whole pixels. */
function widened(tree: Tree, rows: Rows, nets: Nets): ReadonlyMap<string, number> {
  const least = widthForPorts(nets)
  return new Map(
    [...rows.widths].map(([id, width]) => {
      const fixed = !tree.boxes.get(id)?.stretch
      return [id, fixed ? width : Math.max(Math.ceil(width / 2) * 2, least.get(id) ?? 0)]
    }),
  )
}

function wider(rows: Rows, widths: ReadonlyMap<string, number>): Rows {
  const columnOf = new Map<string, Column>()
  const columns = rows.columns.map((column) => {
    const wide = { ...column, width: Math.max(...column.boxes.map((id) => widths.get(id) ?? 0)) }
    for (const id of column.boxes) columnOf.set(id, wide)
    return wide
  })
  return { ...rows, columns, columnOf }
}

/** Boxes of one kind in one row come out equally high. */
function heightsOf(tree: Tree, grid: Grid, ways: readonly Way[]) {
  const rows = new Array<number>(grid.count).fill(0)
  const kinds = new Map<string, number>()
  const grow = (row: number, height: number): void => {
    rows[row] = Math.max(rows[row] ?? 0, height)
  }
  const kind = (box: LayoutBox): string => `${grid.rowOf(box.id)} ${box.classes[0] ?? ''}`
  for (const box of tree.boxes.values()) {
    grow(grid.rowOf(box.id), box.height)
    kinds.set(kind(box), Math.max(kinds.get(kind(box)) ?? 0, box.height))
  }
  if (tree.graph.direction === 'TB')
    for (const group of tree.groups.values()) grow(grid.spanOf(group.id).first, group.titleHeight)
  for (const way of ways) {
    const row = way.kind === 'side' ? grid.rowOf(way.left.id) : grid.labelRow.get(way.edge.id)
    if (row !== undefined) grow(row, way.edge.labelHeight)
  }
  const boxes = new Map<string, number>()
  for (const box of tree.boxes.values())
    boxes.set(box.id, box.stretch ? (kinds.get(kind(box)) ?? box.height) : box.height)
  return { rows, boxes }
}

class Placement {
  readonly #tree: Tree
  readonly #grid: Grid
  readonly #across: Across
  readonly #extents: ReadonlyMap<string, Extent>
  readonly #down: Down
  readonly #heights: ReadonlyMap<string, number>
  readonly #sideways: boolean
  readonly #partOf = new Map<Pin, Part[]>()

  constructor(
    tree: Tree,
    grid: Grid,
    across: Across,
    extents: ReadonlyMap<string, Extent>,
    parts: readonly Part[],
    down: Down,
    heights: ReadonlyMap<string, number>,
    sideways: boolean,
  ) {
    this.#tree = tree
    this.#grid = grid
    this.#across = across
    this.#extents = extents
    this.#down = down
    this.#heights = heights
    this.#sideways = sideways
    for (const part of parts)
      for (const pin of [...part.top.keys(), ...part.bottom.keys()]) {
        const list = this.#partOf.get(pin)
        if (list) list.push(part)
        else this.#partOf.set(pin, [part])
      }
  }

  layout(routes: readonly Route[], ways: readonly Way[]): Layout {
    const boxes = new Map([...this.#tree.boxes.keys()].map((id) => [id, this.#box(id)]))
    const groups = new Map([...this.#tree.groups.keys()].map((id) => [id, this.#group(id)]))
    const edges = new Map<string, PlacedEdge>()
    for (const route of routes) edges.set(route.edge.id, this.#edge(route))
    for (const way of ways) if (way.kind === 'side') edges.set(way.edge.id, this.#side(way))
    for (const edge of this.#tree.graph.edges)
      if (!edges.has(edge.id)) edges.set(edge.id, { points: [], label: null, trunk: edge.id })
    const all = [...boxes.values(), ...groups.values()]
    const points = [...edges.values()].flatMap((edge) => edge.points)
    const low = (at: (p: PlacedBox) => number, of: (p: Point) => number): number =>
      Math.min(...all.map(at), ...points.map(of))
    const high = (at: (p: PlacedBox) => number, of: (p: Point) => number): number =>
      Math.max(...all.map(at), ...points.map(of))
    const none = all.length === 0
    const dx = none
      ? 0
      : MARGIN -
        low(
          (b) => b.x - b.width / 2,
          (p) => p.x,
        )
    const dy = none
      ? 0
      : MARGIN -
        low(
          (b) => b.y - b.height / 2,
          (p) => p.y,
        )
    const move = <P extends Point>(p: P): P => ({ ...p, x: p.x + dx, y: p.y + dy })
    return {
      width: none
        ? 0
        : high(
            (b) => b.x + b.width / 2,
            (p) => p.x,
          ) +
          dx +
          MARGIN,
      height: none
        ? 0
        : high(
            (b) => b.y + b.height / 2,
            (p) => p.y,
          ) +
          dy +
          MARGIN,
      boxes: new Map([...boxes].map(([id, box]) => [id, move(box)])),
      groups: new Map([...groups].map(([id, group]) => [id, { ...move(group), title: move(group.title) }])),
      edges: new Map(
        [...edges].map(([id, edge]) => [
          id,
          { ...edge, points: edge.points.map(move), label: edge.label && move(edge.label) },
        ]),
      ),
    }
  }

  #turn(x: number, y: number): Point {
    return this.#sideways ? { x: y, y: x } : { x, y }
  }

  #placed(x: number, y: number, width: number, height: number): PlacedBox {
    const [w, h] = this.#sideways ? [height, width] : [width, height]
    return { ...this.#turn(x, y), width: w, height: h }
  }

  #box(id: string): PlacedBox {
    const { left, right } = this.#extents.get(id) ?? { left: 0, right: 0 }
    const row = this.#grid.rowOf(id)
    const y = (this.#down.rowTop(row) + this.#down.rowBottom(row)) / 2
    return this.#placed((left + right) / 2, y, right - left, this.#heights.get(id) ?? 0)
  }

  #group(id: string): PlacedBox & { title: Point } {
    const { left, right } = this.#across.groupX(id)
    const { top, bottom } = this.#down.groupY(id)
    const group = this.#tree.groups.get(id)
    const [width, height] = [group?.titleWidth ?? 0, group?.titleHeight ?? 0]
    const row = this.#grid.spanOf(id).first
    const title = this.#sideways
      ? { x: top + TITLE_PADDING + width / 2, y: left + TITLE_PADDING / 2 + height / 2 }
      : { x: left + TITLE_PADDING + width / 2, y: (this.#down.rowTop(row) + this.#down.rowBottom(row)) / 2 }
    return { ...this.#placed((left + right) / 2, (top + bottom) / 2, right - left, bottom - top), title }
  }

  /** Where a net leaves a box or group. */
  #portY(end: string, side: 'top' | 'bottom'): number {
    if (this.#tree.groups.has(end)) return this.#down.groupY(end)[side]
    const row = this.#grid.rowOf(end)
    const middle = (this.#down.rowTop(row) + this.#down.rowBottom(row)) / 2
    const half = (this.#heights.get(end) ?? 0) / 2
    return side === 'top' ? middle - half : middle + half
  }

  #edge(route: Route): PlacedEdge {
    const points: Point[] = []
    route.hops.forEach((hop, i) => {
      const part = (this.#partOf.get(hop.from) ?? []).find(
        ({ piece, top, bottom }) => piece === hop.piece && (top.has(hop.to) || bottom.has(hop.to)),
      )
      if (!part) return
      const x = (pin: Pin): number => part.top.get(pin) ?? part.bottom.get(pin) ?? 0
      const lane = this.#down.laneY.get(part)
      if (i === 0 && hop.from.kind === 'port')
        points.push({ x: x(hop.from), y: this.#portY(hop.from.end, hop.from.side) })
      if (lane !== undefined && x(hop.from) !== x(hop.to))
        points.push({ x: x(hop.from), y: lane }, { x: x(hop.to), y: lane })
      if (i === route.hops.length - 1 && hop.to.kind === 'port')
        points.push({ x: x(hop.to), y: this.#portY(hop.to.end, hop.to.side) })
    })
    const label = route.labelOn && {
      x: this.#across.strandX(route.labelOn),
      y: (this.#down.rowTop(route.labelOn.labelRow) + this.#down.rowBottom(route.labelOn.labelRow)) / 2,
    }
    return {
      points: points.map((p) => this.#turn(p.x, p.y)),
      label: label && this.#turn(label.x, label.y),
      trunk: `trunk ${route.net}`,
    }
  }

  #side({ edge, left, right }: Way & { kind: 'side' }): PlacedEdge {
    const row = this.#grid.rowOf(left.id)
    const y = (this.#down.rowTop(row) + this.#down.rowBottom(row)) / 2
    const a = this.#turn(this.#extents.get(left.id)?.right ?? 0, y)
    const b = this.#turn(this.#extents.get(right.id)?.left ?? 0, y)
    const label = edge.labelWidth ? this.#turn(this.#across.sideLabelX.get(edge.id) ?? 0, y) : null
    return { points: edge.from === left.id ? [a, b] : [b, a], label, trunk: edge.id }
  }
}
