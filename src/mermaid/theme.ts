/**
 * How a figure looks in a Mermaid host that knows nothing of this package: classes by kind, light colours. The SVG
 * this package makes drops them for its own stylesheet.
 */
import type { FigureBox, FigureEdge, FigureGroup } from '../figure/figure.ts'

/** Classes of a box: its kind, the driver of a network, and what else is to be seen of it. */
export const boxClasses = (box: FigureBox): readonly string[] => [box.kind, ...box.marks]
export const edgeClasses = (edge: FigureEdge): readonly string[] => [edge.kind, ...edge.marks]
export const groupClasses = (group: FigureGroup): readonly string[] => [group.kind, ...group.marks]

/** Later ones win, so the marks of a box stand behind its kind. */
export const CLASS_STYLES: ReadonlyMap<string, string> = new Map([
  ['client', 'fill:#ffffff,stroke:#52525b,color:#18181b,stroke-dasharray:4 3'],
  ['outside', 'fill:#ffffff,stroke:#52525b,color:#18181b,stroke-dasharray:4 3'],
  ['nic', 'fill:#f4f4f5,stroke:#52525b,color:#18181b'],
  ['veth', 'fill:#ffffff,stroke:#71717a,color:#18181b'],
  ['nat', 'fill:#fdf2f8,stroke:#be185d,color:#500724'],
  ['network', 'fill:#f4f4f5,stroke:#52525b,color:#18181b,stroke-width:2px'],
  ['container', 'fill:#e8f1fd,stroke:#1d63ed,color:#0b214a'],
  ['task', 'fill:#e8f1fd,stroke:#1d63ed,color:#0b214a'],
  ['service', 'fill:#eef2ff,stroke:#4338ca,color:#1e1b4b'],
  ['vxlan', 'fill:#f3e8ff,stroke:#7c3aed,color:#2e1065,stroke-dasharray:6 3'],
  ['underlay', 'fill:#ecfdf5,stroke:#047857,color:#022c22,stroke-width:2px'],
  ['bridge', 'fill:#fff4e0,stroke:#b45309,color:#451a03,stroke-width:2px'],
  ['overlay', 'fill:#f3e8ff,stroke:#7c3aed,color:#2e1065,stroke-width:2px'],
  ['macvlan', 'fill:#ecfdf5,stroke:#047857,color:#022c22,stroke-width:2px'],
  ['ipvlan', 'fill:#ecfeff,stroke:#0e7490,color:#083344,stroke-width:2px'],
  ['ingress', 'fill:#fae8ff,stroke:#a21caf,color:#4a044e,stroke-width:2px'],
  ['internal', 'stroke-dasharray:8 3'],
  ['stopped', 'fill:#f4f4f5,stroke:#71717a,color:#3f3f46,stroke-dasharray:3 3'],
  ['host', 'fill:#fafafa,stroke:#71717a,color:#18181b'],
  ['sandbox', 'fill:#e8f1fd,stroke:#1d63ed,color:#0b214a'],
  ['services', 'fill:#ffffff,stroke:#a1a1aa,color:#18181b,stroke-dasharray:4 3'],
  ['new', 'stroke:#0a6b3d,stroke-width:4px'],
  ['gone', 'stroke:#b3261e,stroke-dasharray:3 3'],
  ['changed', 'stroke:#7a4d00,stroke-width:4px,stroke-dasharray:8 3'],
  ['hot', 'stroke:#dc2626,stroke-width:3px'],
])
