import type { EdgeKind, Figure, FigureBox, FigureEdge } from '../figure/figure.ts'
import { labelText, plainText, statementText } from './escape.ts'
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
  const lines = [
    '---',
    CONFIG,
    '---',
    `flowchart ${figure.direction === 'right' ? 'LR' : 'TB'}`,
    `  accTitle: ${statementText(figure.title)}`,
    `  accDescr: ${statementText(figure.description.join(' '))}`,
    ...partsIn(figure, '', '  '),
    ...figure.edges.map((edge) => `  ${edgeLine(edge)}`),
    ...classLines(figure).map((line) => `  ${line}`),
  ]
  return `${lines.join('\n')}\n`
}

/** Groups and boxes that lie directly in a group (`''`: in none), in order of drawing. */
function partsIn(figure: Figure, group: string, indent: string): readonly string[] {
  const boxes = figure.boxes.filter((box) => box.group === group)
  const groups = figure.groups.filter((one) => one.parent === group)
  const isBelow = (box: FigureBox): boolean =>
    group === '' && figure.edges.some((edge) => edge.to === box.id) && groups.length > 0
  return [
    ...boxes.filter((box) => !isBelow(box)).map((box) => `${indent}${boxLine(box)}`),
    ...groups.flatMap((one) => [
      `${indent}subgraph ${one.id}[${labelText([{ role: 'name', text: one.title }])}]`,
      ...partsIn(figure, one.id, `${indent}  `),
      `${indent}end`,
    ]),
    ...boxes.filter(isBelow).map((box) => `${indent}${boxLine(box)}`),
  ]
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
const edgeId = (edge: FigureEdge): string => [...edgeClasses(edge), edge.id].join('-')

/** A published port points inwards: to the lower end where the client stands above, else it has no head. */
function edgeLine(edge: FigureEdge): string {
  const line = edge.kind === 'publish' && edge.from === 'client' ? '-->' : LINES[edge.kind]
  const label = edge.label.length === 0 ? '' : `|${plainText(edge.label)}|`
  return `${edge.from} ${edgeId(edge)}@${line}${label} ${edge.to}`
}

/** `classDef` for the classes that occur, then which part has which. */
function classLines(figure: Figure): readonly string[] {
  const members = new Map<string, string[]>()
  const add = (id: string, classes: readonly string[]): void => {
    for (const name of classes) members.set(name, [...(members.get(name) ?? []), id])
  }
  for (const box of figure.boxes) add(box.id, boxClasses(box))
  for (const group of figure.groups) add(group.id, groupClasses(group))
  for (const edge of figure.edges) add(edgeId(edge), edgeClasses(edge))
  const names = [...CLASS_STYLES.keys(), ...[...members.keys()].filter((name) => !CLASS_STYLES.has(name))]
  const used = names.filter((name) => members.has(name))
  return [
    ...used.flatMap((name) => {
      const style = CLASS_STYLES.get(name)
      return style === undefined ? [] : [`classDef ${name} ${style}`]
    }),
    ...used.map((name) => `class ${(members.get(name) ?? []).join(',')} ${name}`),
  ]
}
