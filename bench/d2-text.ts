/**
 * The same figure in D2's language: its boxes, groups, edges and their labels, read from Mermaid text as
 * `plainMermaid` writes it.
 */
export function d2Text(plain: string): string {
  const lines: string[] = ['direction: down']
  /** Where each box stands, as D2 names it: `host.net`. */
  const paths = new Map<string, string>()
  const edges: string[] = []
  const groups: string[] = []
  for (const line of plain.split('\n').map((one) => one.trim())) {
    const group = /^subgraph (\w+)\["(.*)"\]$/.exec(line)
    const box = /^(\w+)[[({]+"(.*)"[\])}]+$/.exec(line)
    const edge = /^(\w+) (-\.->|-->|---|-\.-|<-->|==>|===)(?:\|"(.*)"\|)? ?(\w+)$/.exec(line)
    if (group !== null) {
      groups.push(group[1] ?? '')
      lines.push(`${group[1]}: ${labelOf(group[2])} {`)
    } else if (line === 'end') {
      groups.pop()
      lines.push('}')
    } else if (box !== null) {
      paths.set(box[1] ?? '', [...groups, box[1]].join('.'))
      lines.push(`${box[1]}: ${labelOf(box[2])}`)
    } else if (edge !== null) edges.push(line)
  }
  const end = (name: string): string => paths.get(name) ?? name
  for (const line of edges) {
    const [, from = '', arrow = '', label, to = ''] = /^(\w+) (\S+?)(?:\|"(.*)"\|)? ?(\w+)$/.exec(line) ?? []
    const sign = arrow.includes('>') ? (arrow.includes('<') ? '<->' : '->') : '--'
    lines.push(`${end(from)} ${sign} ${end(to)}${label === undefined ? '' : `: ${labelOf(label)}`}`)
  }
  return lines.join('\n')
}

const labelOf = (text = ''): string => JSON.stringify(text.replaceAll('<br/>', '\n'))
