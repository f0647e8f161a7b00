import type { LegendWords, Words } from '../words/words.ts'
import type { FigureBox, FigureEdge, LegendEntry } from './figure.ts'

const NETWORK_MARKS = ['ingress', 'overlay', 'bridge', 'macvlan', 'ipvlan', 'other'] as const
const EDGE_KINDS = ['dependency', 'shared'] as const

/**
 * What the drawing does not say by itself: colours of networks when there are several, broken borders, the dagger.
 * In a fixed order.
 */
export function legendOf(
  boxes: readonly FigureBox[],
  edges: readonly FigureEdge[],
  words: Words,
): readonly LegendEntry[] {
  const kinds: (keyof LegendWords)[] = []
  const seen = new Set<string | undefined>(boxes.map(networkKind))
  const networks = NETWORK_MARKS.filter((mark) => seen.has(mark))
  if (networks.length > 1) kinds.push(...networks)
  for (const mark of ['internal', 'stopped'] as const)
    if (boxes.some((box) => box.marks.includes(mark))) kinds.push(mark)
  for (const kind of EDGE_KINDS) if (edges.some((edge) => edge.kind === kind)) kinds.push(kind)
  if (edges.some((edge) => edge.marks.includes('hot'))) kinds.push('hot')
  if (boxes.some((box) => box.lines.some((line) => line.text.includes('†')))) kinds.push('chance')
  return kinds.map((kind) => ({ kind, swatch: swatchOf(kind), text: words.legend[kind] }))
}

function swatchOf(kind: keyof LegendWords): LegendEntry['swatch'] {
  if (kind === 'chance') return 'none'
  return kind === 'dependency' || kind === 'shared' || kind === 'hot' ? 'line' : 'box'
}

const networkKind = (box: FigureBox): (typeof NETWORK_MARKS)[number] | undefined =>
  box.kind === 'network' ? NETWORK_MARKS.find((mark) => box.marks.includes(mark)) : undefined
