/**
 * The view `sequence`: lanes side by side, the packet's messages from lane to lane below each other. Where lanes have no
 * room beside each other, as on a phone, each message is a card of its own.
 */

import { circled } from '../figure/hop-words.ts'
import { type Lane, type Sequence, type SequenceRow, sequencesOf } from '../figure/sequence.ts'
import { broken, CELL_PAD, fitted, linesHeight, linesIn, linesWidth, type StyledLine } from './cells.ts'
import { ADDRESS, baseline, DETAIL, lineHeight, NAME, room, type TextStyle, textAt } from './measure.ts'
import type {
  CellKind,
  PlacedCell,
  PlacedFigure,
  PlacedLabel,
  PlacedLine,
  Point,
  Rect,
  Subject,
} from './placed.ts'
import type { Scene } from './scene.ts'
import { createSheet, emptyFigure, type Sheet } from './sheet.ts'

const MARGIN = 4
/** Narrower than this no lane has a name. */
const LEAST_LANE = 92
const MOST_LANE = 190

interface Canvas {
  readonly scene: Scene
  readonly sheet: Sheet
  readonly width: number
  readonly lines: PlacedLine[]
  readonly cells: PlacedCell[]
  readonly labels: PlacedLabel[]
}

export function placeSequence(scene: Scene, width: number): PlacedFigure {
  const sequences = sequencesOf(scene.plan, scene.traces, scene.words)
  const most = Math.max(1, ...sequences.map(({ lanes }) => lanes.length))
  const isWide = most * LEAST_LANE <= width - 2 * MARGIN
  const own = isWide ? Math.min(width, Math.max(420, most * MOST_LANE + 2 * MARGIN)) : width
  const canvas: Canvas = { scene, sheet: createSheet(), width: own, lines: [], cells: [], labels: [] }
  let y = MARGIN
  for (const sequence of sequences) {
    if (sequence.letter !== '') {
      const text = `${sequence.letter}  ${sequence.text.replace('->', '→')}`
      y = label(canvas, fitted(text, NAME, own - 2 * MARGIN), y)
    }
    y = (isWide ? lanesOf(canvas, sequence, y) : cardsOf(canvas, sequence, y)) + 16
  }
  const { lines, cells, labels } = canvas
  return {
    ...emptyFigure(scene),
    width: Math.ceil(own),
    height: Math.ceil(y - 16) + MARGIN,
    lines,
    cells,
    labels,
  }
}

function label({ sheet, labels }: Canvas, text: string, y: number): number {
  const subject = { is: 'client' } as const
  const placed = textAt(text, NAME, MARGIN, baseline(y, NAME), 'start')
  labels.push({ id: sheet.id(subject, 'way'), subject, emphasis: 'plain', hue: null, text: placed })
  return y + lineHeight(NAME) + 6
}

function subjectOf(lane: Lane): Subject {
  switch (lane.kind) {
    case 'task':
      return { is: 'container', container: lane.container }
    case 'bridge':
      return { is: 'network', network: lane.network, host: lane.host }
    case 'host':
    case 'dns':
      return { is: 'host', host: lane.host }
    case 'tunnel':
      return { is: 'vxlan', host: lane.host }
    case 'vip':
      return { is: 'mesh', host: lane.host }
    case 'client':
      return { is: 'client' }
    case 'outside':
      return { is: 'outside' }
    default:
      return lane.kind satisfies never
  }
}

function cell(
  canvas: Canvas,
  lane: Lane,
  kind: CellKind,
  rect: Rect,
  lines: readonly StyledLine[],
  suffix: string,
): PlacedCell {
  const subject = subjectOf(lane)
  const hue = canvas.scene.networks.find(({ key }) => key === lane.network)?.hue ?? null
  const placed: PlacedCell = {
    id: canvas.sheet.id(subject, suffix),
    subject,
    emphasis: 'plain',
    hue: lane.kind === 'bridge' ? hue : null,
    kind,
    ...rect,
    texts: linesIn(lines, rect),
  }
  canvas.cells.push(placed)
  return placed
}

const headLines = (lane: Lane, width: number): readonly StyledLine[] =>
  lane.lines.flatMap((text, index) => {
    const style = index === 0 ? NAME : DETAIL
    return pieces(text, style, width).map((piece) => ({ text: piece, style }))
  })

/** A name that is too long is broken behind one of its signs. */
function pieces(text: string, style: TextStyle, width: number): readonly string[] {
  if (room(text, style) <= width) return [text]
  const lines: string[] = []
  for (const part of text.split(/(?<=[-_. ])/)) {
    const longer = `${lines.at(-1) ?? ''}${part}`
    if (lines.length > 0 && room(longer.trimEnd(), style) <= width) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines.map((line) => fitted(line.trimEnd(), style, width))
}

/** @returns Where it ends. */
function lanesOf(canvas: Canvas, sequence: Sequence, top: number): number {
  const { lanes, rows } = sequence
  const { width, sheet } = canvas
  const step = (width - 2 * MARGIN) / lanes.length
  const middle = (index: number): number => Math.round(MARGIN + step * (index + 0.5))
  const heads = lanes.map((lane) => headLines(lane, step - 12))
  const height = Math.max(...heads.map(linesHeight)) + 12
  const placed = lanes.map((lane, index) => {
    const rect = { x: middle(index) - (step - 8) / 2, y: top, width: step - 8, height }
    return cell(canvas, lane, 'lane', rect, heads[index] ?? [], 'lane')
  })
  let y = top + height + 12
  const drawn: PlacedLine[] = []
  for (const row of rows) {
    if (row.kind === 'event') {
      const lane = lanes[row.lane]
      if (lane === undefined) continue
      const lines = eventLines(row, Math.min(width - 4 * MARGIN, 260))
      const rect = clamped(middle(row.lane), y, lines, width)
      cell(canvas, lane, row.drop ? 'drop' : 'event', rect, lines, 'event')
      y += rect.height + 12
    } else {
      const [from, to] = [middle(row.from), middle(row.to)]
      const lane = lanes[row.from]
      if (lane === undefined) continue
      const lines = messageLines(row, Math.min(width - 4 * MARGIN, 330))
      const rect = clamped((from + to) / 2, y, lines, width)
      if (lines.length > 0) {
        cell(canvas, lane, 'packet', rect, lines, 'packet')
        y += rect.height + 9
      }
      drawn.push(
        arrow(canvas, lane, row, [
          { x: from, y },
          { x: to, y },
        ]),
      )
      y += 14
    }
  }
  for (const [index, lane] of lanes.entries()) {
    const subject = subjectOf(lane)
    const head = placed[index]
    const x = middle(index)
    const points = [
      { x, y: top + height },
      { x, y },
    ]
    const rest = { arrow: 'none' as const, way: 0, from: head?.id ?? '', to: '', gaps: [], dots: [] }
    canvas.lines.push({
      id: sheet.id(subject, 'life'),
      subject,
      emphasis: 'plain',
      hue: null,
      kind: 'lifeline',
      points,
      ...rest,
    })
  }
  canvas.lines.push(...drawn)
  return y
}

function arrow(
  { sheet }: Canvas,
  lane: Lane,
  row: SequenceRow & { readonly kind: 'message' },
  points: readonly Point[],
): PlacedLine {
  const subject = subjectOf(lane)
  return {
    id: sheet.id(subject, row.reply ? 'reply' : 'message'),
    subject,
    emphasis: 'plain',
    hue: null,
    kind: row.reply ? 'reply' : 'message',
    points,
    arrow: 'end',
    way: 0,
    from: '',
    to: '',
    gaps: [],
    dots: [],
  }
}

/** Round a middle, inside of the figure. */
function clamped(middle: number, y: number, lines: readonly StyledLine[], width: number): Rect {
  const own = Math.min(width - 2 * MARGIN, linesWidth(lines) + 2 * CELL_PAD)
  const x = Math.max(MARGIN, Math.min(width - MARGIN - own, middle - own / 2))
  return { x: Math.round(x), y, width: own, height: linesHeight(lines) + 8 }
}

/** `③`, `⑤–⑧`. */
function numbered(numbers: readonly number[], text: string): string {
  const [first] = numbers
  if (first === undefined) return text
  const last = numbers.at(-1) ?? first
  return `${circled(first)}${last === first ? '' : `–${circled(last)}`} ${text}`.trimEnd()
}

const eventLines = (row: SequenceRow & { readonly kind: 'event' }, width: number): readonly StyledLine[] =>
  broken(numbered(row.numbers, row.drop ? `✕ ${row.title}` : row.title), ADDRESS, width).map((text) => ({
    text,
    style: ADDRESS,
  }))

/** What is another than before is bold. */
function messageLines(row: SequenceRow & { readonly kind: 'message' }, width: number): readonly StyledLine[] {
  const title = numbered(row.numbers, row.title)
  return [
    ...(title === '' ? [] : broken(title, ADDRESS, width).map((text) => ({ text, style: ADDRESS }))),
    ...row.headers.flatMap(({ text, changed }) => {
      const style = changed ? { ...ADDRESS, role: 'address' as const } : DETAIL
      return broken(changed ? `▸ ${text}` : text, style, width).map((line) => ({ text: line, style }))
    }),
  ]
}

/** One card below the other, for a phone. */
function cardsOf(canvas: Canvas, { lanes, rows }: Sequence, top: number): number {
  const { width } = canvas
  const inner = width - 2 * MARGIN
  let y = top
  const nameOf = (index: number): string => {
    const lane = lanes[index]
    // A VIP goes by its address: its service may be at the other end.
    const isVip = lane?.kind === 'vip' && lane.lines.at(-1)?.startsWith('VIP ')
    return (isVip ? lane?.lines.at(-1) : lane?.lines[0]) ?? ''
  }
  for (const [at, row] of rows.entries()) {
    const lane = lanes[row.kind === 'event' ? row.lane : row.from]
    if (lane === undefined) continue
    const ends = row.kind === 'event' ? nameOf(row.lane) : `${nameOf(row.from)} → ${nameOf(row.to)}`
    const body =
      row.kind === 'event' ? eventLines(row, inner - 2 * CELL_PAD) : messageLines(row, inner - 2 * CELL_PAD)
    const lines = [
      ...broken(ends, NAME, inner - 2 * CELL_PAD).map((text) => ({ text, style: NAME })),
      ...body,
    ]
    const rect = { x: MARGIN, y, width: inner, height: linesHeight(lines) + 10 }
    const kind = row.kind === 'event' ? (row.drop ? 'drop' : 'event') : 'packet'
    cell(canvas, lane, kind, rect, lines, 'card')
    y += rect.height
    if (at < rows.length - 1) {
      const x = Math.round(width / 2)
      const isReply = row.kind === 'message' && row.reply
      canvas.lines.push(
        arrow(
          canvas,
          lane,
          { kind: 'message', numbers: [], from: 0, to: 0, reply: isReply, title: '', headers: [] },
          [
            { x, y },
            { x, y: y + 14 },
          ],
        ),
      )
      y += 14
    }
  }
  return y
}
