import type { EdgeKind, Figure, FigureBox, FigureEdge } from '../figure/figure.ts'
import { labelText, plainText, statementText } from './escape.ts'
import { toSequenceDiagram } from './sequence.ts'
import { boxClasses, CLASS_STYLES, edgeClasses, groupClasses } from './theme.ts'

/**
 * Every option that decides how a Mermaid host draws the text, so that no default of a later Mermaid does.
 * `docker-network` is the layout this package registers; elsewhere Mermaid falls back to dagre.
 */
const CONFIG = `config:
  layout: docker-network
  look: classic
  theme: base
  htmlLabels: false
  securityLevel: strict
  handDrawnSeed: 1
  deterministicIds: true
  markdownAutoWrap: false
  themeVariables:
    fontSize: 14px
    lineColor: "#52525b"
    primaryColor: "#ffffff"
    primaryTextColor: "#18181b"
    primaryBorderColor: "#52525b"
    edgeLabelBackground: "#ffffff"
  flowchart:
    htmlLabels: false
    curve: linear
    padding: 10
    nodeSpacing: 32
    rankSpacing: 44
    wrappingWidth: 2000
    subGraphTitleMargin: { top: 6, bottom: 12 }`

/**
 * The figure as Mermaid flowchart text: complete, and readable as it stands. Boxes and groups come in the order they
 * are drawn in, before all edges, and an edge names its upper end first.
 */
export function toMermaid(figure: Figure): string {
  if (figure.sequences.length > 0)
    return toSequenceDiagram(figure.title, figure.description, figure.sequences)
  const lines = [
    '---',
    CONFIG,
    '---',
    `flowchart ${figure.direction === 'right' ? 'LR' : 'TB'}`,
    `  accTitle: ${statementText(figure.title)}`,
    `  accDescr: ${statementText(figure.description.join(' '))}`,
  ]
  writeParts(lines, figure, '', '  ')
  for (const edge of figure.edges) lines.push(`  ${edgeLine(edge)}`)
  writeClasses(lines, figure)
  lines.push('')
  return lines.join('\n')
}

/** Groups and boxes that lie directly in a group (`''`: in none), in order of drawing. */
function writeParts(lines: string[], figure: Figure, group: string, indent: string): void {
  const groups = figure.groups.filter((one) => one.parent === group)
  const below: FigureBox[] = []
  for (const box of figure.boxes) {
    if (box.group !== group) continue
    const isBelow = group === '' && groups.length > 0 && figure.edges.some((edge) => edge.to === box.id)
    if (isBelow) below.push(box)
    else lines.push(`${indent}${boxLine(box)}`)
  }
  for (const { id, title } of groups) {
    lines.push(`${indent}subgraph ${id}[${labelText([{ role: 'name', text: title }])}]`)
    writeParts(lines, figure, id, `${indent}  `)
    lines.push(`${indent}end`)
  }
  for (const box of below) lines.push(`${indent}${boxLine(box)}`)
}

function boxLine(box: FigureBox): string {
  const label = labelText(box.lines)
  switch (box.kind) {
    case 'client':
    case 'outside':
    case 'service':
      return `${box.id}([${label}])`
    case 'nat':
      return `${box.id}{{${label}}}`
    case 'container':
    case 'task':
      return `${box.id}(${label})`
    case 'nic':
    case 'veth':
    case 'network':
    case 'vxlan':
    case 'underlay':
      return `${box.id}[${label}]`
    default:
      return box.kind satisfies never
  }
}

const LINES: Readonly<Record<EdgeKind, string>> = {
  attach: '---',
  publish: '---',
  route: '---',
  masquerade: '---',
  tunnel: '-.-',
  uplink: '===',
  shared: '-.-',
  dependency: '-.->',
}

/** Mermaid keeps an edge's classes from whoever lays it out and from the SVG, but not its id. */
const edgeId = (edge: FigureEdge): string => `${edgeClasses(edge).join('-')}-${edge.id}`

/** A published port points inwards: to the lower end where the client stands above, else it has no head. */
function edgeLine(edge: FigureEdge): string {
  const line = edge.kind === 'publish' && edge.from === 'client' ? '-->' : LINES[edge.kind]
  const label = edge.label.length === 0 ? '' : `|${plainText(edge.label)}|`
  return `${edge.from} ${edgeId(edge)}@${line}${label} ${edge.to}`
}

/** `classDef` for the classes that occur, then which part has which. */
function writeClasses(lines: string[], figure: Figure): void {
  const members = new Map<string, string[]>()
  const add = (id: string, classes: readonly string[]): void => {
    for (const name of classes) {
      const ids = members.get(name)
      if (ids === undefined) members.set(name, [id])
      else ids.push(id)
    }
  }
  for (const box of figure.boxes) add(box.id, boxClasses(box))
  for (const group of figure.groups) add(group.id, groupClasses(group))
  for (const edge of figure.edges) add(edgeId(edge), edgeClasses(edge))
  const used = [...CLASS_STYLES.keys()].filter((name) => members.has(name))
  for (const name of members.keys()) if (!CLASS_STYLES.has(name)) used.push(name)
  for (const name of used) {
    const style = CLASS_STYLES.get(name)
    if (style !== undefined) lines.push(`  classDef ${name} ${style}`)
  }
  for (const name of used) lines.push(`  class ${members.get(name)?.join(',') ?? ''} ${name}`)
}
