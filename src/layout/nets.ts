/**
 * The wires: edges that share a trunk make one net. A net runs up and down in strands, which keep one x over
 * the rows they pass, and sideways only in the channels between rows.
 */
import type { LayoutEdge } from './graph.ts'
import { type Grid, hubOf, labelNearUpper, type TrunkEnds, trunkClass, trunkEnds } from './label-rows.ts'
import { push, type Scope, type Tree } from './tree.ts'
import type { End, Way } from './ways.ts'

/** Where a net meets the upper or lower side of a box or group. */
export interface Port {
  readonly kind: 'port'
  readonly end: string
  readonly side: 'top' | 'bottom'
  readonly net: number
}

export interface Strand {
  readonly kind: 'strand'
  readonly index: number
  readonly net: number
  readonly first: number
  readonly last: number
  /** Innermost group around it, by row from `first` on. */
  readonly scopes: readonly Scope[]
  /** Row of the label it carries, and the label's extent across; -1 without. */
  readonly labelRow: number
  readonly labelWidth: number
  /** The ends it would like to be straight above or below of; the first one counts most. */
  readonly near: readonly string[]
  /** To which side of that it would rather go, in pixels: lines that come down to a trunk go right of those that leave one. */
  readonly aside: number
}

export type Pin = Port | Strand

/** What of a net lies in one channel: `top` pins come from the row above it, `bottom` pins from below. */
export interface Piece {
  readonly net: number
  /** Lies between row `channel - 1` and row `channel`. */
  readonly channel: number
  readonly top: Set<Pin>
  readonly bottom: Set<Pin>
  /** Above 0: within groups of this depth although they end above the channel. */
  readonly depth: number
}

export interface Hop {
  readonly piece: Piece
  readonly from: Pin
  readonly to: Pin
}

export interface Route {
  readonly edge: LayoutEdge
  readonly net: number
  /** From `edge.from` on. */
  readonly hops: readonly Hop[]
  readonly labelOn: Strand | null
}

export interface Nets {
  readonly ports: readonly Port[]
  readonly strands: readonly Strand[]
  readonly pieces: readonly Piece[]
  readonly routes: readonly Route[]
}

const ASIDE = 12

export function netsOf(tree: Tree, grid: Grid, ways: readonly Way[]): Nets {
  const ends = trunkEnds(ways)
  const trunks = new Map<string, (Way & { kind: 'down' })[]>()
  const builder = new NetBuilder(tree, grid)
  let net = 0
  for (const way of ways) {
    if (way.kind === 'down') {
      const hub = hubOf(tree, way, ends)
      push(trunks, `${hub} ${trunkClass(way)}\n${way[hub].id}`, way)
    } else if (way.kind === 'under') builder.under(net++, way)
  }
  for (const members of trunks.values()) builder.trunk(net++, members, ends)
  return builder
}

class NetBuilder implements Nets {
  readonly ports: Port[] = []
  readonly strands: Strand[] = []
  readonly pieces: Piece[] = []
  readonly routes: Route[] = []
  readonly #tree: Tree
  readonly #grid: Grid

  constructor(tree: Tree, grid: Grid) {
    this.#tree = tree
    this.#grid = grid
  }

  /** @param ways - With one hub, on one side of it. */
  trunk(net: number, ways: readonly (Way & { kind: 'down' })[], ends: TrunkEnds): void {
    const [first] = ways
    if (!first) return
    const hubSide = hubOf(this.#tree, first, ends)
    const leafSide = hubSide === 'upper' ? 'lower' : 'upper'
    const down = hubSide === 'upper' ? 1 : -1
    const hub = first[hubSide]
    const hubRow = this.#edgeRow(hub, down)
    const hubPort = this.#port(hub.id, down > 0 ? 'bottom' : 'top', net)
    const shared: (Way & { kind: 'down' })[] = []
    for (const way of ways) {
      const labelRow = this.#grid.labelRow.get(way.edge.id)
      const nearHub = labelRow !== undefined && labelNearUpper(this.#tree, way, ends) === down > 0
      if (nearHub || !way.clear[leafSide] || ways.length === 1)
        this.#lonely(net, way, hubSide, hubPort, hubRow)
      else shared.push(way)
    }
    const families = new Map<Scope, (Way & { kind: 'down' })[]>()
    for (const way of shared) push(families, way[leafSide].scope, way)
    for (const family of families.values()) this.#family(net, family, hubSide, hubPort, hubRow)
  }

  /** A leaf with a strand of its own. */
  #lonely(
    net: number,
    way: Way & { kind: 'down' },
    hubSide: 'upper' | 'lower',
    hub: Port,
    hubRow: number,
  ): void {
    const down = hubSide === 'upper' ? 1 : -1
    const leaf = way[hubSide === 'upper' ? 'lower' : 'upper']
    const leafRow = this.#edgeRow(leaf, -down)
    const port = this.#port(leaf.id, down > 0 ? 'top' : 'bottom', net)
    const near = way.clear.upper ? (way.clear.lower ? [leaf.id, hub.end] : [way.lower.id]) : [way.upper.id]
    const ends = [leaf.id, hub.end]
    const chain = this.#chain(net, [hubRow + down, leafRow - down], down, ends, near, way.edge)
    const hops = this.#along(net, hub, hubRow, chain, down, leafRow, port)
    const labelled = chain.find((strand) => strand.labelRow >= 0) ?? null
    this.#finish(net, way.edge, hops, way.edge.from === hub.end, labelled)
  }

  /** Leaves of one group: one riser past all rows but the last, from which the others branch off. */
  #family(
    net: number,
    ways: readonly (Way & { kind: 'down' })[],
    hubSide: 'upper' | 'lower',
    hub: Port,
    hubRow: number,
  ): void {
    const down = hubSide === 'upper' ? 1 : -1
    const leaves = ways.map((way) => {
      const leaf = way[hubSide === 'upper' ? 'lower' : 'upper']
      const leafRow = this.#edgeRow(leaf, -down)
      const port = this.#port(leaf.id, down > 0 ? 'top' : 'bottom', net)
      const labelRow = this.#grid.labelRow.get(way.edge.id)
      if (labelRow === undefined)
        return { way, leaf, attachRow: leafRow, pin: port, port, leafRow, strand: null }
      const strand = this.#strand(net, [labelRow, leafRow - down], down, [leaf.id], [leaf.id], way.edge)
      return { way, leaf, attachRow: strand ? labelRow : leafRow, pin: strand ?? port, port, leafRow, strand }
    })
    const far =
      down > 0 ? Math.max(...leaves.map((l) => l.attachRow)) : Math.min(...leaves.map((l) => l.attachRow))
    const sample = leaves[0]?.leaf.id ?? hub.end
    const near = [hub.end, ...leaves.map((l) => l.leaf.id)]
    const risers = this.#chain(net, [hubRow + down, far - down], down, [sample, hub.end], near, null)
    for (const { way, attachRow, pin, port, leafRow, strand } of leaves) {
      const hops = this.#along(net, hub, hubRow, risers, down, attachRow, pin)
      if (strand) hops.push(this.#hop(net, leafRow - down, down, strand, port))
      this.#finish(net, way.edge, hops, way.edge.from === hub.end, strand)
    }
  }

  /** From a hub along as much of a chain as lies before `row`, where `pin` is. */
  #along(
    net: number,
    hub: Port,
    hubRow: number,
    chain: readonly Strand[],
    down: number,
    row: number,
    pin: Pin,
  ): Hop[] {
    const hops: Hop[] = []
    let [at, from]: [number, Pin] = [hubRow, hub]
    for (const strand of chain) {
      if (down > 0 ? strand.first >= row : strand.last <= row) break
      hops.push(this.#hop(net, at, down, from, strand))
      from = strand
      at = down > 0 ? Math.min(strand.last, row - 1) : Math.max(strand.first, row + 1)
    }
    hops.push(this.#hop(net, at, down, from, pin))
    return hops
  }

  under(net: number, way: Way & { kind: 'under' }): void {
    const { edge, a, b, scope } = way
    const labelRow = this.#grid.labelRow.get(edge.id)
    const depth = scope === null ? 0 : this.#tree.around(scope).length + 1
    const bottom = labelRow ?? this.#grid.rowUnder(way.below, depth)
    const closes = scope !== null && this.#grid.spanOf(scope).last === bottom
    const rise = (
      end: End,
      label: LayoutEdge | null,
    ): { pin: Pin; port: Port; row: number; strand: Strand | null } => {
      const port = this.#port(end.id, 'bottom', net)
      const row = this.#edgeRow(end, 1)
      const strand = this.#strand(net, [row + 1, bottom], 1, [end.id], [end.id], label)
      return { pin: strand ?? port, port, row, strand }
    }
    const left = rise(a, edge)
    const right = rise(b, null)
    const hops: Hop[] = []
    if (left.strand) hops.push(this.#hop(net, left.row, 1, left.port, left.strand))
    const piece = this.#piece(net, bottom + 1, closes ? depth : 0)
    piece.top.add(left.pin).add(right.pin)
    hops.push({ piece, from: left.pin, to: right.pin })
    if (right.strand) {
      const back = this.#hop(net, right.row, 1, right.port, right.strand)
      hops.push({ piece: back.piece, from: back.to, to: back.from })
    }
    this.#finish(net, edge, hops, true, left.strand)
  }

  #finish(
    net: number,
    edge: LayoutEdge,
    hops: readonly Hop[],
    forward: boolean,
    strand: Strand | null,
  ): void {
    const turned = [...hops].reverse().map(({ piece, from, to }): Hop => ({ piece, from: to, to: from }))
    const labelOn = strand && strand.labelRow >= 0 ? strand : null
    this.routes.push({ edge, net, hops: forward ? hops : turned, labelOn })
  }

  /** The row of an end that faces away from it: a group's first or last. */
  #edgeRow(end: End, down: number): number {
    if (!this.#tree.groups.has(end.id)) return this.#grid.rowOf(end.id)
    const { first, last } = this.#grid.spanOf(end.id)
    return down > 0 ? last : first
  }

  #port(end: string, side: 'top' | 'bottom', net: number): Port {
    const port: Port = { kind: 'port', end, side, net }
    this.ports.push(port)
    return port
  }

  /** Strands from row `from` to row `to`; several where one x cannot do, beside some groups and inside others. */
  #chain(
    net: number,
    [from, to]: readonly [number, number],
    down: number,
    within: readonly string[],
    near: readonly string[],
    label: LayoutEdge | null,
  ): Strand[] {
    const runs: { from: number; to: number; scope: Scope; beside: boolean }[] = []
    for (let row = from; down > 0 ? row <= to : row >= to; row += down) {
      const scope = this.#scopeAt(row, within)
      const beside = this.#tree.groupsIn(scope).some((group) => {
        const { first, last } = this.#grid.spanOf(group.id)
        return first <= row && row <= last
      })
      const last = runs.at(-1)
      if (last?.scope === scope) Object.assign(last, { to: row, beside: beside || last.beside })
      else runs.push({ from: row, to: row, scope, beside })
    }
    const joined = runs.reduce<typeof runs>((list, run) => {
      const last = list.at(-1)
      if (last && !last.beside && !run.beside) last.to = run.to
      else list.push(run)
      return list
    }, [])
    return joined.flatMap((run) => this.#strand(net, [run.from, run.to], down, within, near, label) ?? [])
  }

  /** From row `from` to row `to`, downwards or upwards; `null` where there is no row between. */
  #strand(
    net: number,
    [from, to]: readonly [number, number],
    down: number,
    within: readonly string[],
    near: readonly string[],
    label: LayoutEdge | null,
  ): Strand | null {
    const first = Math.min(from, to)
    const last = Math.max(from, to)
    if (down > 0 ? to < from : from < to) return null
    const scopes: Scope[] = []
    for (let row = first; row <= last; row++) scopes.push(this.#scopeAt(row, within))
    const wanted = label ? (this.#grid.labelRow.get(label.id) ?? -1) : -1
    const labelRow = first <= wanted && wanted <= last ? wanted : -1
    const labelWidth = label && labelRow >= 0 ? label.labelWidth : 0
    const strand: Strand = {
      kind: 'strand',
      index: this.strands.length,
      net,
      first,
      last,
      scopes,
      labelRow,
      labelWidth,
      near,
      aside: -down * ASIDE,
    }
    this.strands.push(strand)
    return strand
  }

  /** The innermost group around one of `ids` that reaches over `row`. */
  #scopeAt(row: number, ids: readonly string[]): Scope {
    let scope: Scope = null
    for (const id of ids) {
      for (const group of this.#tree.around(id)) {
        const { first, last } = this.#grid.spanOf(group)
        const deeper = scope === null || this.#tree.around(group).length > this.#tree.around(scope).length
        if (first <= row && row <= last && deeper) scope = group
      }
    }
    return scope
  }

  #hop(net: number, row: number, down: number, near: Pin, far: Pin): Hop {
    const piece = this.#piece(net, down > 0 ? row + 1 : row, 0, near)
    ;(down > 0 ? piece.top : piece.bottom).add(near)
    ;(down > 0 ? piece.bottom : piece.top).add(far)
    return { piece, from: near, to: far }
  }

  /** The piece of a net in a channel that already has `pin`, or a new one. */
  #piece(net: number, channel: number, depth: number, pin?: Pin): Piece {
    const found = this.pieces.find(
      (p) => p.net === net && p.channel === channel && pin && (p.top.has(pin) || p.bottom.has(pin)),
    )
    if (found) return found
    const piece: Piece = { net, channel, top: new Set(), bottom: new Set(), depth }
    this.pieces.push(piece)
    return piece
  }
}
