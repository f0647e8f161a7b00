/**
 * What is to be seen of a plan: boxes in groups, joined by edges, and the words around them.
 * Knows no Docker rule and no Mermaid syntax. Order in every list is the order it is drawn in.
 */
import type { Certainty } from '../plan/plan.ts'
import type { View } from '../topology/topology.ts'
import type { Light } from './lights.ts'
import type { Sequence } from './sequence.ts'

export interface Figure {
  readonly view: View
  /** `down`: from upper to lower end. `right`: from left to right. */
  readonly direction: 'down' | 'right'
  readonly language: string
  /** Accessible name of the figure; the author's, or made from the view and the hosts. Never empty. */
  readonly title: string
  /** What stands under the figure; `''` when the author wrote none. */
  readonly caption: string
  readonly groups: readonly FigureGroup[]
  readonly boxes: readonly FigureBox[]
  readonly edges: readonly FigureEdge[]
  /** One entry for each kind that is drawn; empty when hidden. */
  readonly legend: readonly LegendEntry[]
  /** The figure in sentences: hosts, networks, attachments, published ports, tunnels, hops. */
  readonly description: readonly string[]
  /** Every address the figure shows, once. */
  readonly addresses: readonly AddressRow[]
  /** One list for each highlighted way, in the order of the numbers in the figure. */
  readonly ways: readonly FigureWay[]
  /** Of the view `sequence`, in place of boxes and edges; else empty. */
  readonly sequences: readonly Sequence[]
  /** Containers and networks that links lead to. */
  readonly lights: readonly Light[]
}

export type GroupKind = 'host' | 'sandbox' | 'services'

export interface FigureGroup {
  /** Unique among groups and boxes: `[a-z][a-z0-9_]*`. */
  readonly id: string
  readonly kind: GroupKind
  /** Id of the group around it, or `''`. */
  readonly parent: string
  /** One line. */
  readonly title: string
  readonly marks: readonly Mark[]
}

export type BoxKind =
  | 'client'
  | 'outside'
  | 'nic'
  | 'veth'
  | 'nat'
  | 'network'
  | 'container'
  | 'task'
  | 'service'
  | 'vxlan'
  | 'underlay'

/** What else is to be seen of a part than its kind. */
export type Mark =
  /** Stretched over everything that is attached to it. */
  | 'bar'
  /** A bar of the view `bus`: has a row of its own. */
  | 'bus'
  | 'bridge'
  | 'overlay'
  | 'macvlan'
  | 'ipvlan'
  /** A driver of a plugin. */
  | 'other'
  | 'ingress'
  | 'internal'
  | 'stopped'
  /** On a highlighted way. */
  | 'hot'
  /** Since an earlier step. */
  | 'new'
  | 'gone'
  | 'changed'

export interface FigureBox {
  readonly id: string
  /** Id of the group it lies in, or `''`. */
  readonly group: string
  readonly kind: BoxKind
  readonly marks: readonly Mark[]
  readonly lines: readonly Line[]
}

export type LineRole =
  /** What the thing is called. */
  | 'name'
  /** An address; never wraps. */
  | 'address'
  /** Anything of second rank: image, driver, gateway. */
  | 'detail'

export interface Line {
  readonly role: LineRole
  readonly text: string
}

export type EdgeKind =
  /** An endpoint: sandbox to network. */
  | 'attach'
  /** A published port, from outside in. */
  | 'publish'
  /** The host's own way: bridge, NAT, interface. */
  | 'route'
  /** Out of a bridge through NAT. */
  | 'masquerade'
  | 'tunnel'
  /** From a host's interface to the network all hosts share. */
  | 'uplink'
  /** Two containers with one sandbox. */
  | 'shared'
  /** `depends_on`. Takes no part in ranking. */
  | 'dependency'

export interface FigureEdge {
  readonly id: string
  /** The upper end (left when `direction` is `right`), whatever the arrow says. */
  readonly from: string
  readonly to: string
  readonly kind: EdgeKind
  readonly marks: readonly Mark[]
  /** Lines of the label; empty for none. */
  readonly label: readonly string[]
}

export interface LegendEntry {
  /** Class of the thing in the drawing. */
  readonly kind: string
  /** What stands before the words: a box or a line as in the drawing, or nothing. */
  readonly swatch: 'box' | 'line' | 'none'
  readonly text: string
}

export interface AddressRow {
  /** Name of the network as the engine calls it. */
  readonly network: string
  readonly host: string
  /** Container, service, or endpoint that has the address. */
  readonly owner: string
  /** Mark of the container or network among the figure's lights; `''` where it has none. */
  readonly mark: string
  readonly role: 'container' | 'task' | 'load-balancer' | 'gateway' | 'vip'
  /** Without prefix length. */
  readonly address: string
  readonly certainty: Certainty
}

export interface FigureWay {
  /** `A`, `B`, … where there are several; `''` for the only one. */
  readonly letter: string
  /** As the author wrote it: `client -> web:8000`. */
  readonly text: string
  readonly reached: boolean
  readonly hops: readonly { readonly number: number; readonly text: string }[]
}
