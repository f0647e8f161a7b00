/**
 * Where offsets become lines: a text an author wrote, and a problem in it as text for a terminal.
 * Everything before this file speaks in offsets.
 */

import { logFile, logLine } from './clean.ts'
import type { ProblemCode } from './code.ts'
import { hiddenParts } from './hidden.ts'
import { textIn, wordsIn } from './in-language.ts'
import type { Problem, Severity, Span } from './problem.ts'
import { say } from './say.ts'

/** 1-based, as editors count; columns in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * A text with spans in it, and the file it stands in. For a block of a Markdown post the text is the block's body,
 * while positions and lines are the post's own.
 */
export interface Source {
  /** Path as the reader of the message knows it; `<stdin>` for standard input. */
  readonly file: string
  /**
   * Whether a page may show lines of it: those of the post itself and what its reader typed, never those of a file that
   * the post names, which may hold what nobody meant to publish.
   */
  readonly quotable: boolean
  /** Where an offset of the text stands in the file. */
  position(offset: number): Position
  /** A line of the file, without its end; `''` when there is none of that number. */
  line(number: number): string
  /** Line at which the YAML of the text begins; `null` where it is none. Without it, the first one. */
  yamlBegin?(): number | null
  /** For several texts in one: the one an offset stands in. */
  partAt?(offset: number): SourcePart
}

/** A text among several, and the offset at which it begins. */
export interface SourcePart {
  readonly start: number
  readonly source: Source
}

/** Several texts, in order of their offsets, as one. At least one. */
export function joinedSource(parts: readonly SourcePart[]): Source {
  const starts = parts.map(({ start }) => start)
  const partAt = (offset: number): SourcePart => {
    const part = parts[lineIndexAt(starts, offset)] ?? parts[0]
    if (part === undefined) throw new Error('a source has at least one text')
    return part
  }
  const first = partAt(0).source
  return parts.length === 1
    ? first
    : { ...first, position: (offset) => positionIn(partAt(offset), offset), partAt }
}

const positionIn = ({ start, source }: SourcePart, offset: number): Position =>
  source.position(offset - start)

/** Where a span stands: the text it is in, and itself in that text. */
export function narrowed(source: Source, span: Span): { readonly source: Source; readonly span: Span } {
  const part = source.partAt?.(span.start)
  if (part === undefined) return { source, span }
  return { source: part.source, span: { start: span.start - part.start, end: span.end - part.start } }
}

/** The file, line and column of an offset. */
export function placeOf(source: Source, offset: number): Position & { readonly file: string } {
  const at = narrowed(source, { start: offset, end: offset })
  return { file: at.source.file, ...at.source.position(at.span.start) }
}

/** A problem with its place made out. */
export interface PlacedProblem {
  readonly problem: Problem
  readonly source: Source
}

/** A problem as editors and other tools want it. */
export interface ProblemRecord {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly code: ProblemCode
  readonly severity: Severity
  readonly message: string
  readonly hint: string
  readonly related: readonly {
    readonly message: string
    readonly file: string
    readonly line: number
    readonly column: number
  }[]
}

const LINE_END = /\r\n?|\n/g

/** Offsets at which the lines of `text` begin. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (const match of text.matchAll(LINE_END)) starts.push(match.index + match[0].length)
  return starts
}

/** Index of the last of `starts` that is not after `offset`. */
export function lineIndexAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** A file that is one text: positions are those of the text itself. */
export function fileSource(file: string, text: string, quotable = false): Source {
  const starts = lineStarts(text)
  return {
    file,
    quotable,
    position(offset) {
      const index = lineIndexAt(starts, offset)
      return { line: index + 1, column: offset - (starts[index] ?? 0) + 1 }
    },
    line(number) {
      const start = starts[number - 1]
      return start === undefined ? '' : text.slice(start, starts[number]).replace(/\r\n?$|\n$/, '')
    },
  }
}

export const problemRecord = (placed: PlacedProblem): ProblemRecord => recordIn(placed, 'en')

/** Records with message, hint and notes in a language. */
export const problemRecordIn =
  (language: string) =>
  (placed: PlacedProblem): ProblemRecord =>
    recordIn(placed, language)

function recordIn({ problem, source }: PlacedProblem, language: string): ProblemRecord {
  const words = wordsIn(problem, language)
  const { start, end } = problem.span
  const from = placeOf(source, start)
  const to = placeOf(source, Math.max(start, end))
  return {
    file: from.file,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    code: problem.code,
    severity: problem.severity,
    message: words.message,
    hint: words.hint,
    related: problem.related.map((other, index) => ({
      message: words.related[index] ?? '',
      ...placeOf(source, other.span.start),
    })),
  }
}

/** `file:line:column CODE message`, then the line with a caret under it, the hint, and the other sides. */
export const formatProblem = (placed: PlacedProblem): string => formatIn(placed, 'en')

export const formatProblemIn =
  (language: string) =>
  (placed: PlacedProblem): string =>
    formatIn(placed, language)

function formatIn(placed: PlacedProblem, language: string): string {
  const { problem, source } = placed
  const words = wordsIn(problem, language)
  const message = logLine(words.message)
  const text = problem.severity === 'warning' ? textIn(say`warning: ${message}`, language) : message
  return [
    `${placeText(source, problem.span)} ${problem.code} ${text}`,
    ...codeFrame(source, problem.span, problem.code),
    `  ${textIn(say`hint: ${logLine(words.hint)}`, language)}`,
    ...problem.related.map(({ span }, index) => {
      const note = say`note: ${logLine(words.related[index] ?? '')} at ${placeText(source, span)}`
      return `  ${textIn(note, language)}`
    }),
  ].join('\n')
}

/** `file:line:column` */
export function placeText(source: Source, span: Span): string {
  const { file, line, column } = placeOf(source, span.start)
  return `${logFile(file)}:${line}:${column}`
}

/** Longest stretch of a line that a frame shows; a line of a megabyte must not fill the terminal. */
const FRAME_WIDTH = 120

/** The line of a span and a caret line under it; nothing when the line is empty. What may be a password is `…`. */
export function codeFrame(
  whole: Source,
  wholeSpan: Span,
  code: ProblemCode | null = null,
): readonly string[] {
  const { source, span } = narrowed(whole, wholeSpan)
  // A file of variables has passwords: its line is told, and not what stands there, in a log as little as in a page.
  if (/(?:^|[/\\])\.env[^/\\]*$|\.env$/.test(source.file)) return []
  const from = source.position(span.start)
  const to = source.position(Math.max(span.start, span.end))
  const written = source.line(from.line)
  if (written.trim() === '') return []
  const last = to.line === from.line ? to.column - 1 : written.trimEnd().length
  const { line, at } = hiddenParts(source, from.line, { start: from.column - 1, end: last }, code)
  const start = at(from.column - 1)
  const cut = Math.max(0, start - FRAME_WIDTH / 2)
  const shown = line.slice(cut, cut + FRAME_WIDTH)
  const gutter = String(from.line)
  const before = cells(shown.slice(0, start - cut))
  const carets = '^'.repeat(
    Math.max(1, cells(shown.slice(start - cut, Math.min(at(last) - cut, shown.length))).length),
  )
  return [`  ${gutter} | ${logLine(shown)}`, `  ${' '.repeat(gutter.length)} | ${before}${carets}`]
}

/** Blanks as wide as `text` on a terminal: East Asian letters take two cells, a tab stays one. */
function cells(text: string): string {
  return Array.from(text, (letter) => (letter === '\t' ? '\t' : WIDE.test(letter) ? '  ' : ' ')).join('')
}
const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]/u
