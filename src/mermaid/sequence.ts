import type { Sequence } from '../figure/sequence.ts'
import { sequenceText, statementText } from './escape.ts'

/** Sequences as the text of one Mermaid `sequenceDiagram`; a second way follows the first under a note with its letter. */
export function toSequenceDiagram(
  title: string,
  description: readonly string[],
  sequences: readonly Sequence[],
): string {
  const lines = [
    'sequenceDiagram',
    `  accTitle: ${statementText(title)}`,
    `  accDescr: ${statementText(description.join(' '))}`,
  ]
  const ids = new Map<string, string>()
  for (const { lanes } of sequences)
    for (const lane of lanes) {
      if (ids.has(lane.key)) continue
      const id = `l${ids.size + 1}`
      ids.set(lane.key, id)
      lines.push(`  participant ${id} as ${lane.lines.map(sequenceText).join('<br/>')}`)
    }
  for (const { letter, text, lanes, rows } of sequences) {
    const idOf = (index: number): string => ids.get(lanes[index]?.key ?? '') ?? 'l1'
    if (letter !== '')
      lines.push(`  Note over ${idOf(0)}: ${sequenceText(`${letter}. ${text.replace('->', '→')}`)}`)
    for (const row of rows) {
      if (row.kind === 'event') {
        lines.push(`  Note over ${idOf(row.lane)}: ${sequenceText(`${row.drop ? '✕ ' : ''}${row.title}`)}`)
        continue
      }
      const said = [row.title, ...row.headers.map((header) => header.text)].filter((one) => one !== '')
      const arrow = row.reply ? '-->>' : '->>'
      lines.push(`  ${idOf(row.from)}${arrow}${idOf(row.to)}: ${said.map(sequenceText).join('<br/>') || '□'}`)
    }
  }
  lines.push('')
  return lines.join('\n')
}
