/**
 * What is to be laid out, and where it came to lie. Lengths in CSS pixels, y grows downwards.
 * Knows neither Mermaid nor Docker; the classes are how a figure says what a part is.
 */

export interface LayoutGraph {
  readonly direction: 'TB' | 'LR'
  /** In order of writing: that is the order they are drawn in, left to right. */
  readonly groups: readonly LayoutGroup[]
  readonly boxes: readonly LayoutBox[]
  readonly edges: readonly LayoutEdge[]
}

export interface LayoutGroup {
  readonly id: string
  /** Id of the group around it, or `null`. */
  readonly parent: string | null
  readonly titleWidth: number
  readonly titleHeight: number
  readonly classes: readonly string[]
}

/** The first class is the box's kind: boxes of one kind and depth lie on one rank. */
export interface LayoutBox {
  readonly id: string
  readonly parent: string | null
  readonly width: number
  readonly height: number
  /** `bar` stretches a box over what hangs on it; `bus` gives it a rank of its own. */
  readonly classes: readonly string[]
  /** May come out wider and higher than asked for (a plain rectangle). */
  readonly stretch: boolean
}

export interface LayoutEdge {
  readonly id: string
  /** The upper end in `TB`, the left one in `LR`. A box or a group. */
  readonly from: string
  readonly to: string
  /** 0 without a label. */
  readonly labelWidth: number
  readonly labelHeight: number
  readonly classes: readonly string[]
  /** Drawn, but takes no part in ranking (a dependency, a packet's hop). */
  readonly free: boolean
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** `x`, `y` are the centre. */
export interface PlacedBox extends Point {
  readonly width: number
  readonly height: number
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly boxes: ReadonlyMap<string, PlacedBox>
  readonly groups: ReadonlyMap<string, PlacedBox & { readonly title: Point }>
  /** From the border of the one end to the border of the other. */
  readonly edges: ReadonlyMap<string, PlacedEdge>
}

export interface PlacedEdge {
  /** Every step is horizontal or vertical. */
  readonly points: readonly Point[]
  /** Centre of the label, on the line; `null` without one. */
  readonly label: Point | null
  /** Edges of one trunk share their way from the common end; absent from other edges' ways. */
  readonly trunk: string
}
