import type { FigureCase, FigureSet } from '../../tests/support/figures.ts'
import type { Measured } from './measured.ts'

export interface Drawn extends FigureCase {
  readonly mermaid: string
  readonly svg: string
  readonly containers: number
  /** Networks that have a container. */
  readonly networks: number
  readonly ours: Measured
  /** Placing it once more, warm, in ms. */
  readonly time: number
  readonly dagre: Measured | null
  /** `null` where it was not drawn, or where the peer failed. */
  readonly elk: Measured | null
}

export interface Bar {
  readonly text: string
  /** `null`: not measured in this run. */
  readonly met: boolean | null
}

const sum = (values: readonly number[]): number => Math.round(values.reduce((a, b) => a + b, 0))

/** The better peer's crossings, and ours are compared with it. */
const better = ({ dagre, elk }: Drawn): number | null => {
  const counts = [dagre, elk].flatMap((one) => (one === null ? [] : [one.crossings]))
  return counts.length === 0 ? null : Math.min(...counts)
}

export function table(drawn: readonly Drawn[], list: boolean): string {
  const head = [
    'figure',
    'crossings',
    'dagre',
    'elk',
    'length',
    'dagre',
    'bends',
    'width',
    'dagre',
    'height',
    'ms',
  ]
  const rows = (list ? drawn : []).map((one) => [one.name, ...cells([one])])
  const sets = [...new Set(drawn.map((one) => one.set))].map((set: FigureSet) => {
    const members = drawn.filter((one) => one.set === set)
    return [`${set} (${members.length})`, ...cells(members)]
  })
  const all = [head, ...rows, ...sets, [`all (${drawn.length})`, ...cells(drawn)]]
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  return all
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n')
}

function cells(drawn: readonly Drawn[]): readonly string[] {
  const ours = (key: keyof Measured): string => String(sum(drawn.map((one) => one.ours[key])))
  const peer = (name: 'dagre' | 'elk', key: keyof Measured): string => {
    const values = drawn.flatMap((one) => one[name]?.[key] ?? [])
    return values.length < drawn.length ? '–' : String(sum(values))
  }
  return [
    ours('crossings'),
    peer('dagre', 'crossings'),
    peer('elk', 'crossings'),
    ours('length'),
    peer('dagre', 'length'),
    ours('bends'),
    ours('width'),
    peer('dagre', 'width'),
    ours('height'),
    sum(drawn.map((one) => one.time)).toString(),
  ]
}

/** What has to hold of all figures together. */
export function barsOf(drawn: readonly Drawn[]): readonly Bar[] {
  const compared = drawn.flatMap((one) => {
    const peer = better(one)
    return peer === null ? [] : [{ one, peer, dagre: one.dagre }]
  })
  const none = compared.length === 0
  const notWorse = compared.filter(({ one, peer }) => one.ours.crossings <= peer)
  const worse = compared.filter(({ one, peer }) => one.ours.crossings > peer)
  const share = notWorse.length / Math.max(1, compared.length)
  const crossings = sum(compared.map(({ one }) => one.ours.crossings))
  const peers = sum(compared.map(({ peer }) => peer))
  const withDagre = compared.filter(({ dagre }) => dagre !== null)
  const total = (key: 'length' | 'width', whose: 'ours' | 'dagre'): number =>
    sum(withDagre.map(({ one }) => one[whose]?.[key] ?? 0))
  const [length, lengthDagre] = [total('length', 'ours'), total('length', 'dagre')]
  const [width, widthDagre] = [total('width', 'ours'), total('width', 'dagre')]
  const small = drawn.filter((one) => one.containers <= 12 && one.networks <= 4)
  const wide = small.filter((one) => one.ours.width > 700)
  const names = (list: readonly Drawn[]): string =>
    list.length === 0
      ? ''
      : `: ${list
          .slice(0, 30)
          .map((one) => `${one.name} ${one.ours.crossings}`)
          .join(', ')}`
  return [
    {
      text: `crossings not more than the better peer in ${(share * 100).toFixed(1)} % (≥ 95 %)${names(worse.map(({ one }) => one))}`,
      met: none ? null : share >= 0.95,
    },
    {
      text: `sum of crossings ${crossings}, better peer ${peers} (≤ half)`,
      met: none ? null : crossings <= peers / 2,
    },
    { text: `length of lines ${length}, dagre ${lengthDagre}`, met: none ? null : length <= lengthDagre },
    {
      text: `width ${width}, ${(width / Math.max(1, widthDagre)).toFixed(2)} of dagre's (≤ 0.6)`,
      met: none ? null : width <= 0.6 * widthDagre,
    },
    {
      text: `${small.length} figures of ≤ 12 containers on ≤ 4 networks, wider than 700 px: ${wide.length}${names(wide)}`,
      met: wide.length === 0,
    },
    {
      text: `with crossings though planar in a peer or small: ${names(drawn.filter((one) => one.ours.crossings > 0)).slice(2)}`,
      met: null,
    },
  ]
}
