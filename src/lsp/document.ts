/** An open text with what was read from it, and the way between its lines and the texts of its blocks. */
import type { Input, InputBlock } from '../input/input.ts'
import { lineIndexAt, lineStarts, type Source } from '../problem/report.ts'

/** 0-based line and UTF-16 column, as the protocol counts. */
export interface Place {
  readonly line: number
  readonly character: number
}

export interface PlaceRange {
  readonly start: Place
  readonly end: Place
}

export interface Analysis {
  readonly uri: string
  /** Absolute. */
  readonly path: string
  readonly text: string
  readonly input: Input
}

/** Where a cursor is: in the body or the info string of a block, or in the prose around them. */
export type Cursor =
  | { readonly in: 'body'; readonly block: InputBlock; readonly offset: number }
  | { readonly in: 'info'; readonly block: InputBlock; readonly offset: number }
  | { readonly in: 'prose'; readonly offset: number }

export function cursorAt(analysis: Analysis, place: Place): Cursor {
  for (const block of analysis.input.blocks) {
    const { body, info } = block.written
    const inBody = offsetIn(body.text, body.source, place)
    if (inBody !== null) return { in: 'body', block, offset: inBody }
    const inInfo = info === null ? null : offsetIn(info.text, info.source, place)
    if (inInfo !== null) return { in: 'info', block, offset: inInfo }
  }
  return { in: 'prose', offset: offsetOf(analysis.text, place) }
}

/** Offset of a place of the file in a text that is part of it; `null` when it is elsewhere. */
function offsetIn(text: string, source: Source, place: Place): number | null {
  const starts = lineStarts(text)
  const index = place.line + 1 - source.position(0).line
  const start = starts[index]
  if (start === undefined) return null
  // What ends with a line feed has no line behind it.
  if (index > 0 && start === text.length && text.endsWith('\n')) return null
  const end = (starts[index + 1] ?? text.length + 1) - 1
  const offset = start + place.character + 1 - source.position(start).column
  return offset >= start && offset <= end ? offset : null
}

export function offsetOf(text: string, place: Place): number {
  const starts = lineStarts(text)
  const start = starts[Math.min(place.line, starts.length - 1)] ?? 0
  return Math.min(text.length, start + place.character)
}

export function placeOf(text: string, offset: number): Place {
  const starts = lineStarts(text)
  const line = lineIndexAt(starts, offset)
  return { line, character: offset - (starts[line] ?? 0) }
}

/** A stretch of a block's text as a range of its file. */
export function rangeIn(source: Source, span: { readonly start: number; readonly end: number }): PlaceRange {
  const from = source.position(span.start)
  const to = source.position(Math.max(span.start, span.end))
  return {
    start: { line: from.line - 1, character: from.column - 1 },
    end: { line: to.line - 1, character: to.column - 1 },
  }
}

/** The block that gives a model its name; `''` is the first without one. */
export function blockOfModel(analysis: Analysis, name: string): InputBlock | null {
  return (
    analysis.input.blocks.find(
      ({ model, written }) => model?.name === name && written.body.text.trim() !== '',
    ) ?? null
  )
}
