import type { Changes } from '../plan/changes.ts'
import type { LegendWords, Words } from '../words/words.ts'
import type { FigureBox, FigureEdge, LegendEntry } from './figure.ts'
import { type Focus, restSentence } from './focus.ts'

/**
 * What the drawing does not say by itself: broken borders, the dagger. In a fixed order.
 */
export function legendOf(
  boxes: readonly FigureBox[],
  edges: readonly FigureEdge[],
  words: Words,
  {
    changes,
    focus,
    isSequence,
  }: { readonly changes: Changes | null; readonly focus: Focus | null; readonly isSequence: boolean },
): readonly LegendEntry[] {
  const kinds: (keyof LegendWords)[] = []
  for (const mark of ['internal', 'stopped'] as const)
    if (boxes.some((box) => box.marks.includes(mark))) kinds.push(mark)
  // A sequence has no such line: it is the way.
  if (!isSequence && edges.some((edge) => edge.marks.includes('hot'))) kinds.push('hot')
  if (boxes.some((box) => box.lines.some((line) => line.text.includes('†')))) kinds.push('chance')
  const changed = (['new', 'gone', 'changed'] as const).filter(
    (kind) => !isSequence && changes?.list.some((change) => change.kind === kind),
  )
  const rest = focus === null ? [] : restSentence(focus.rest, words)
  return [
    ...rest.map((text) => ({ kind: 'rest', swatch: 'none' as const, text })),
    ...changed.map((kind) => ({ kind, swatch: 'box' as const, text: words.change.legend[kind] })),
    ...kinds.map((kind) => ({ kind, swatch: swatchOf(kind), text: words.legend[kind] })),
  ]
}

function swatchOf(kind: keyof LegendWords): LegendEntry['swatch'] {
  if (kind === 'chance') return 'none'
  return kind === 'hot' ? 'line' : 'box'
}
