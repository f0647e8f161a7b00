/** Cells in rows: what the views `addresses`, `matrix` and `sequence` are put together of. */
import { baseline, lineHeight, room, type TextStyle, textAt } from './measure.ts'
import type { PlacedText, Rect } from './placed.ts'

export interface StyledLine {
  readonly text: string
  readonly style: TextStyle
}

export const CELL_PAD = 8
export const CELL_GAP = 6

export const linesWidth = (lines: readonly StyledLine[]): number =>
  Math.max(0, ...lines.map(({ text, style }) => room(text, style)))

export const linesHeight = (lines: readonly StyledLine[]): number =>
  lines.reduce((sum, { style }) => sum + lineHeight(style), 0)

/** Lines in a box, centred on both axes, or beginning at its left edge. */
export function linesIn(
  lines: readonly StyledLine[],
  box: Rect,
  anchor: 'start' | 'middle' = 'middle',
): readonly PlacedText[] {
  let top = box.y + (box.height - linesHeight(lines)) / 2
  const x = anchor === 'middle' ? box.x + box.width / 2 : box.x + CELL_PAD
  return lines.map(({ text, style }) => {
    const placed = textAt(text, style, x, baseline(top, style), anchor)
    top += lineHeight(style)
    return placed
  })
}

/** A text that is too long for a place is cut in its middle: its two ends tell names apart. */
export function fitted(text: string, style: TextStyle, width: number): string {
  if (room(text, style) <= width) return text
  const letters = [...text]
  for (let kept = letters.length - 1; kept > 2; kept--) {
    const head = Math.ceil(kept / 2)
    const short = `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (kept - head)).join('')}`
    if (room(short, style) <= width) return short
  }
  return '…'
}

/**
 * Words on as many lines as they need. A word longer than a line is broken behind its own dots and dashes, and what is
 * too long even then, anywhere.
 */
export function broken(text: string, style: TextStyle, width: number): readonly string[] {
  const lines: string[] = []
  const put = (piece: string, gap: string): void => {
    const longer = `${lines.at(-1) ?? ''}${gap}${piece}`
    if (lines.length > 0 && room(longer, style) <= width) lines[lines.length - 1] = longer
    else if (room(piece, style) <= width) lines.push(piece)
    else for (const letter of piece) letters(letter)
  }
  /** Begun on a line of its own. */
  const letters = (letter: string): void => {
    const longer = `${lines.at(-1) ?? ''}${letter}`
    if (lines.length > 0 && room(longer, style) <= width) lines[lines.length - 1] = longer
    else lines.push(letter)
  }
  for (const word of text.split(' ')) {
    if (room(word, style) <= width) put(word, ' ')
    else
      for (const [index, piece] of word.split(/(?<=[-._/:@])/).entries()) put(piece, index === 0 ? ' ' : '')
  }
  return lines
}

export interface FlowItem {
  readonly lines: readonly StyledLine[]
}

/** Items of one width in rows that fill a width; a row is as high as its highest. */
export function flow(items: readonly FlowItem[], origin: { x: number; y: number }, width: number): Flowed {
  const widest = Math.max(1, ...items.map(({ lines }) => linesWidth(lines) + 2 * CELL_PAD))
  const across = Math.max(1, Math.min(items.length, Math.floor((width + CELL_GAP) / (widest + CELL_GAP))))
  const own = across === items.length ? widest : Math.floor((width - CELL_GAP * (across - 1)) / across)
  const rects: Rect[] = []
  let y = origin.y
  for (let first = 0; first < items.length; first += across) {
    const row = items.slice(first, first + across)
    const height = Math.max(...row.map(({ lines }) => linesHeight(lines))) + 8
    for (const index of row.keys())
      rects.push({ x: origin.x + index * (own + CELL_GAP), y, width: own, height })
    y += height + CELL_GAP
  }
  return { rects, bottom: Math.max(origin.y, y - CELL_GAP), width: across * (own + CELL_GAP) - CELL_GAP }
}

interface Flowed {
  readonly rects: readonly Rect[]
  readonly bottom: number
  readonly width: number
}
