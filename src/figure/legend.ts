import type { Changes } from '../plan/changes.ts'
import type { LegendWords, Words } from '../words/words.ts'
import type { FigureBox, FigureEdge, LegendEntry } from './figure.ts'
import { type Focus, restSentence } from './focus.ts'
import type { Sequence } from './sequence.ts'

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
    sequences,
  }: {
    readonly changes: Changes | null
    readonly focus: Focus | null
    /** `null` in another view. */
    readonly sequences: readonly Sequence[] | null
  },
): readonly LegendEntry[] {
  const kinds: (keyof LegendWords)[] = []
  const isSequence = sequences !== null
  // A sequence has lanes, without borders of their own.
  for (const mark of ['internal', 'stopped'] as const)
    if (!isSequence && boxes.some((box) => box.marks.includes(mark))) kinds.push(mark)
  // A sequence has no such line: it is the way.
  if (!isSequence && edges.some((edge) => edge.marks.includes('hot'))) kinds.push('hot')
  const texts = sequences?.flatMap(textsOf) ?? boxes.flatMap((box) => box.lines.map(({ text }) => text))
  if (texts.some((text) => text.includes('†'))) kinds.push('chance')
  const changed = (['new', 'gone', 'changed'] as const).filter(
    // How many tasks a service has is seen by the tasks.
    (kind) =>
      !isSequence && changes?.list.some(({ kind: own, thing }) => own === kind && thing.is !== 'service'),
  )
  const rest = focus === null ? [] : restSentence(focus.rest, words)
  return [
    ...rest.map((text) => ({ kind: 'rest', swatch: 'none' as const, text })),
    ...changed.map((kind) => ({ kind, swatch: 'box' as const, text: words.change.legend[kind] })),
    ...kinds.map((kind) => ({ kind, swatch: swatchOf(kind), text: words.legend[kind] })),
  ]
}

const textsOf = ({ lanes, rows }: Sequence): readonly string[] => [
  ...lanes.flatMap(({ lines }) => lines),
  ...rows.flatMap((row) => (row.kind === 'message' ? row.headers.map(({ text }) => text) : [])),
]

function swatchOf(kind: keyof LegendWords): LegendEntry['swatch'] {
  if (kind === 'chance') return 'none'
  return kind === 'hot' ? 'line' : 'box'
}
