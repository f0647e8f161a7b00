/** Texts that know where each of their letters stands in the block, whatever quoting and folding stood between. */
import type { Span } from './problem.ts'

export interface Written {
  readonly text: string
  /** All of it as written, quotes and escapes with it. */
  readonly span: Span
  /**
   * Where each letter (UTF-16 unit) begins and ends: twice as many numbers as letters. `null` when the letters stand
   * one behind the other from `span.start` on.
   */
  readonly letters: readonly number[] | null
}

/** A text that stands in the block letter for letter. */
export function writtenAt(text: string, start: number): Written {
  return { text, span: { start, end: start + text.length }, letters: null }
}

/** A text of which only the place as a whole is known. */
export function writtenSomewhere(text: string, span: Span): Written {
  const letters: number[] = []
  for (let i = 0; i < text.length; i++) letters.push(span.start, span.end)
  return { text, span, letters }
}

/** Where the letters from `from` to before `to` were written. */
export function placeIn({ span, letters }: Written, from: number, to: number): Span {
  if (letters === null) return { ...span, start: span.start + from, end: span.start + to }
  if (from < to)
    return { ...span, start: letters[2 * from] ?? span.start, end: letters[2 * to - 1] ?? span.end }
  const at = letters[2 * from] ?? letters.at(-1) ?? span.start
  return { ...span, start: at, end: at }
}

/** The letters from `from` to before `to`. */
export function partOf(written: Written, from: number, to: number = written.text.length): Written {
  return {
    text: written.text.slice(from, to),
    span: placeIn(written, from, to),
    letters: written.letters?.slice(2 * from, 2 * to) ?? null,
  }
}

/** One text after the other. A blank between two of them stands where the first one ends. */
export function joinWritten(parts: readonly Written[]): Written {
  const [first] = parts
  if (first === undefined || parts.length === 1) return first ?? writtenAt('', 0)
  const letters: number[] = []
  for (const part of parts) {
    for (let i = 0; i < part.text.length; i++) {
      const { start, end } = placeIn(part, i, i + 1)
      letters.push(start, end)
    }
  }
  const end = parts.at(-1)?.span.end ?? first.span.end
  return { text: parts.map(({ text }) => text).join(''), span: { ...first.span, end }, letters }
}

/** The parts between the separators, a single letter. */
export function splitWritten(written: Written, separator: string): readonly Written[] {
  if (!written.text.includes(separator)) return [written]
  const parts: Written[] = []
  for (let from = 0; ; ) {
    const at = written.text.indexOf(separator, from)
    parts.push(partOf(written, from, at < 0 ? written.text.length : at))
    if (at < 0) return parts
    from = at + 1
  }
}

export function trimStart(written: Written): Written {
  return partOf(written, written.text.length - written.text.trimStart().length)
}

export function trimEnd(written: Written): Written {
  return partOf(written, 0, written.text.trimEnd().length)
}
