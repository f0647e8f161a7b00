/**
 * A figure with every place settled: what the SVG writer writes and the geometry tests judge. Lengths are CSS pixels
 * of the drawing at its natural size, x to the right, y down, from the upper left corner. Order in every list is the
 * order of painting; the lists themselves are painted in the order of the fields of `PlacedFigure`, so that a band
 * covers the line that passes behind it. Nothing here knows SVG.
 */
import type { ChangeKind } from '../plan/changes.ts'
import type { Sign, View } from '../topology/topology.ts'

export interface PlacedFigure {
  readonly view: View
  readonly language: string
  /** Accessible name; never empty. */
  readonly title: string
  /** One short sentence; the long description stands beside the figure. */
  readonly description: string
  readonly width: number
  readonly height: number
  readonly enclosures: readonly PlacedEnclosure[]
  readonly lines: readonly PlacedLine[]
  readonly bands: readonly PlacedBand[]
  readonly boxes: readonly PlacedBox[]
  readonly chips: readonly PlacedChip[]
  readonly pills: readonly PlacedPill[]
  readonly labels: readonly PlacedLabel[]
  readonly badges: readonly PlacedBadge[]
  /** Of the views that are no map: painted above all others. */
  readonly cells?: readonly PlacedCell[]
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Rect extends Point {
  readonly width: number
  readonly height: number
}

/** What a part stands for, by keys of the plan. A tester matches parts with the plan by it. */
export type Subject =
  | { readonly is: 'client' }
  | { readonly is: 'outside' }
  /** Of `outside:`. */
  | { readonly is: 'machine'; readonly machine: string }
  | { readonly is: 'underlay' }
  | { readonly is: 'host'; readonly host: string }
  | { readonly is: 'nic'; readonly host: string; readonly device: string }
  /**
   * `network`: key in `Plan.networks`. `host`: the host of this mark where a network has one on each, the first of its
   * row where it is bent round hosts in two rows, else `''`.
   */
  | { readonly is: 'network'; readonly network: string; readonly host: string }
  /** `container`: key in `Plan.containers`. */
  | { readonly is: 'container'; readonly container: string }
  /** Containers with one sandbox; `container` owns it. */
  | { readonly is: 'pod'; readonly container: string }
  /** An endpoint. Exactly one chip for each that the view covers. */
  | { readonly is: 'attachment'; readonly container: string; readonly network: string }
  /** An endpoint of no container: load balancer, sandbox of the routing mesh. `endpoint`: key in `PlanNetwork.endpoints`. */
  | { readonly is: 'endpoint'; readonly endpoint: string; readonly network: string }
  /** `container` is `''` for a port of a swarm service in ingress mode; `service` is `''` for a container's own. */
  | {
      readonly is: 'port'
      readonly host: string
      readonly container: string
      readonly service: string
    }
  | { readonly is: 'vip'; readonly service: string; readonly network: string }
  | { readonly is: 'service'; readonly service: string }
  | { readonly is: 'nat'; readonly host: string }
  | { readonly is: 'vxlan'; readonly host: string }
  | { readonly is: 'proxy'; readonly host: string }
  /** The end of a veth pair on its bridge; `container` is `''` where one mark stands for several. */
  | { readonly is: 'veth'; readonly container: string; readonly network: string }
  /** The sandbox of the routing mesh on a host. */
  | { readonly is: 'mesh'; readonly host: string }
  /** Containers of a host that are on no network, stopped or failed. */
  | { readonly is: 'apart'; readonly host: string; readonly reason: Apart }
  | { readonly is: 'route'; readonly host: string }

/** Why a container is on no network of the picture. `undrawn`: it is on networks, none of which is drawn. */
export type Apart = 'host' | 'none' | 'undrawn' | 'stopped'

/** `dim`: a highlighted way passes elsewhere. Numbers of ways count from 1. */
export type Emphasis = 'plain' | 'dim' | 'way'

export interface PlacedPart {
  /** Unique in the figure: `[a-z][a-z0-9_]*`, from what it stands for, so stable between builds. */
  readonly id: string
  readonly subject: Subject
  readonly emphasis: Emphasis
  /** Of the network in its figure, from 0: colour and second sign; `null` for parts of no network. */
  readonly hue: number | null
  /** Classes of what it belongs to, for the stylesheet. */
  readonly lights?: readonly string[]
  /** What happened to it since an earlier step; absent where nothing did, or nobody asked. */
  readonly change?: ChangeKind
}

export type TextRole = 'name' | 'address' | 'detail'

/** One line of text at its baseline. */
export interface PlacedText {
  readonly role: TextRole
  readonly text: string
  readonly x: number
  /** Baseline. */
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly size: number
  readonly bold: boolean
  /** As the font's tables say; 0 for an empty text. */
  readonly width: number
}

/** A host, a pod (containers with one sandbox), or what stands apart. Lies around other parts. */
export interface PlacedEnclosure extends PlacedPart, Rect {
  readonly kind: 'host' | 'pod' | 'apart'
  readonly texts: readonly PlacedText[]
}

export type NetworkKind = 'bridge' | 'overlay' | 'macvlan' | 'ipvlan' | 'other'

/** A network: one solid bar in its colour. */
export interface PlacedBand extends PlacedPart, Rect {
  readonly kind: NetworkKind
  readonly ingress: boolean
  readonly internal: boolean
  /** Middles, in x, of breaks where a line of another network passes: it is not joined. */
  readonly slots: readonly number[]
  /** Where it lies, if not everywhere: between one of these and the next it is a tunnel. */
  readonly segments: readonly { readonly x: number; readonly width: number }[]
  /** Joins its right end to that of its other bar, in the lower of two rows of hosts. */
  readonly bend?: Rect
  readonly texts: readonly PlacedText[]
}

export type BoxKind =
  | 'client'
  | 'outside'
  | 'container'
  | 'task'
  | 'service'
  | 'nat'
  | 'vxlan'
  | 'proxy'
  | 'underlay'
  | 'mesh'
  /** A machine that is none of Docker's. */
  | 'machine'

export interface PlacedBox extends PlacedPart, Rect {
  readonly kind: BoxKind
  readonly stopped: boolean
  readonly texts: readonly PlacedText[]
  /** What it is, in a square of 16 pixels whose upper left corner is given. */
  readonly sign?: { readonly name: Sign; readonly x: number; readonly y: number }
}

export type LineKind =
  /** An endpoint: from its chip to its band. */
  | 'attach'
  /** The way in: from the client to a port, from a port to its container. */
  | 'publish'
  | 'tunnel'
  | 'route'
  | 'uplink'
  /** A highlighted packet's way. */
  | 'way'
  /** Of a sequence: a packet, its answer, and how long a lane is. */
  | 'message'
  | 'reply'
  | 'lifeline'
  /** Between rows of a matrix. */
  | 'rule'

/** Horizontal and vertical pieces; two neighbouring points are never the same. */
export interface PlacedLine extends PlacedPart {
  readonly kind: LineKind
  readonly points: readonly Point[]
  /** At which ends an arrowhead is drawn. */
  readonly arrow: 'none' | 'end'
  /** Number of the highlighted way, from 1; 0 for none. */
  readonly way: number
  /** Ids of the parts that its ends touch and may lie in; `''` where an end is free. */
  readonly from: string
  readonly to: string
  /** Points where it runs under a line that was painted earlier: there it leaves a gap. */
  readonly gaps: readonly Point[]
  /** Points where it branches off a line of its own network. */
  readonly dots: readonly Point[]
}

/** A small rounded mark glued to an edge: an interface with its address, a VIP on its band. */
export interface PlacedChip extends PlacedPart, Rect {
  readonly kind: 'interface' | 'nic' | 'vip' | 'endpoint' | 'veth'
  /** Id of the part on whose edge it sits. */
  readonly owner: string
  readonly texts: readonly PlacedText[]
}

/** An open port on the edge of its host. `local`: bound to an address of this host alone. */
export interface PlacedPill extends PlacedPart, Rect {
  readonly kind: 'open' | 'local'
  readonly owner: string
  readonly texts: readonly PlacedText[]
}

export type CellKind =
  /** Of an address space: what a block or an address is. */
  | 'taken'
  | 'blocked'
  | 'free'
  | 'edge'
  | 'gateway'
  | 'used'
  | 'reserved'
  | 'outside'
  /** Of a sequence: the head of a lane, what a message bears, what happens in a lane, where it ends. */
  | 'lane'
  | 'packet'
  | 'event'
  | 'drop'

/** A field of a view that is no map. */
export interface PlacedCell extends PlacedPart, Rect {
  readonly kind: CellKind
  readonly texts: readonly PlacedText[]
}

/** Words that belong to no box. */
export interface PlacedLabel extends PlacedPart {
  readonly text: PlacedText
}

/** A numbered step of a highlighted way, or the cross at the place where its packet is dropped. */
export interface PlacedBadge extends PlacedPart {
  readonly kind: 'step' | 'drop' | 'reached'
  /** From 1. */
  readonly way: number
  /** `1`, `A2`; `''` for a cross. */
  readonly text: string
  /** Centre. */
  readonly x: number
  readonly y: number
  readonly radius: number
}

/** What a program adds to a box. */
export interface Decorated {
  readonly classes: readonly string[]
  readonly link: string
}

/** By kind and key: `container web`. */
export type Decorations = ReadonlyMap<string, Decorated>
