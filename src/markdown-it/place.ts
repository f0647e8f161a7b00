/**
 * From a block of a rendered Markdown text back to the line and column of the file it was written in: past the
 * front matter, through lists and block quotes, with any line ends, and also when a template engine has changed
 * the text in between.
 */
import { lineIndexAt, lineStarts, type Source } from '../problem/report.ts'

/** The file a Markdown text came from. */
export interface Origin {
  readonly file: string
  /** The file as it lies on the disk, or `null` when it cannot be had. Asked for only when there is a problem to place. */
  readonly text: () => string | null
}

/** A Markdown text as markdown-it saw it, and where it came from. */
export interface MarkdownText {
  readonly origin: Origin
  /** With `\n` line ends, as markdown-it normalises them. */
  readonly lines: readonly string[]
  /** The file, split once for all its blocks; asked for only when there is a problem to place. */
  readonly written: () => Written | null
}

interface Written {
  readonly lines: readonly string[]
  /** Lines of the file before the text, which is then the end of the file; `null` where a template has changed it. */
  readonly front: number | null
  /** Where each line stands, by its text. */
  readonly places: { readonly ofText: LinePlaces; readonly ofFile: LinePlaces } | null
}
type LinePlaces = ReadonlyMap<string, readonly number[]>

export function markdownText(src: string, origin: Origin): MarkdownText {
  let known: string | null | undefined
  const text = (): string | null => {
    if (known === undefined) known = origin.text()
    return known
  }
  const lines = splitLines(src)
  let split: Written | null | undefined
  const written = (): Written | null => {
    if (split === undefined) {
      const all = text()
      split = all === null ? null : writtenIn(splitLines(all.replace(/^\ufeff/, '')), lines)
    }
    return split
  }
  return { origin: { ...origin, text }, lines, written }
}

function writtenIn(lines: readonly string[], text: readonly string[]): Written {
  const front = lines.length - text.length
  if (front >= 0 && sameLines(lines, front, text)) return { lines, front, places: null }
  return { lines, front: null, places: { ofText: placesOf(text), ofFile: placesOf(lines) } }
}

function placesOf(lines: readonly string[]): LinePlaces {
  const places = new Map<string, number[]>()
  for (const [index, line] of lines.entries()) {
    const known = places.get(line)
    if (known === undefined) places.set(line, [index])
    else known.push(index)
  }
  return places
}

const splitLines = (text: string): readonly string[] => text.split(/\r\n?|\n/)

/**
 * Index, in its file, of line `from` of a Markdown text.
 *
 * Mostly the text is simply the end of the file. After a template engine it is not; then lines `from` to `to`
 * (exclusive) are looked for, and of several equal stretches the one with the same number in order is taken.
 */
function fileLine(markdown: MarkdownText, from: number, to: number): number {
  const written = markdown.written()
  if (written === null) return from
  const { lines, front, places } = written
  if (front !== null || places === null) return (front ?? 0) + from
  const wanted = markdown.lines.slice(from, to)
  const nth = occurrences(markdown.lines, wanted, places.ofText).indexOf(from)
  const found = occurrences(lines, wanted, places.ofFile)
  return found[nth] ?? found[0] ?? Math.max(0, lines.length - markdown.lines.length) + from
}

const sameLines = (lines: readonly string[], at: number, wanted: readonly string[]): boolean =>
  wanted.every((line, index) => lines[at + index] === line)

/** Looked for where the rarest of the lines stands. */
function occurrences(
  lines: readonly string[],
  wanted: readonly string[],
  places: LinePlaces,
): readonly number[] {
  let rarest = 0
  let there: readonly number[] | null = null
  for (const [index, line] of wanted.entries()) {
    const all = places.get(line) ?? []
    if (there !== null && all.length >= there.length) continue
    rarest = index
    there = all
  }
  return (there ?? []).map((at) => at - rarest).filter((at) => at >= 0 && sameLines(lines, at, wanted))
}

/**
 * A stretch of Markdown lines as a `Source`: `text` is what stands in them without what a list or a quote puts in front.
 * It is YAML where it does not begin with the stretch.
 */
function linesSource(markdown: MarkdownText, from: number, to: number, text: string, first: number): Source {
  let known: number | null = null
  const begin = (): number => {
    known ??= fileLine(markdown, from, to)
    return known
  }
  const starts = lineStarts(text)
  const textLines = splitLines(text)
  return {
    file: markdown.origin.file,
    quotable: true,
    position(offset) {
      const index = lineIndexAt(starts, offset)
      const markdownLine = markdown.lines[from + first + index] ?? ''
      const textLine = textLines[index] ?? ''
      const indent = markdownLine.endsWith(textLine) ? markdownLine.length - textLine.length : 0
      return {
        line: begin() + first + index + 1,
        column: indent + offset - (starts[index] ?? 0) + 1,
      }
    },
    yamlBegin: () => (first === 0 ? null : begin() + first + 1),
    line(number) {
      // Of the text, not of its file: where a template made the text, another line may stand there.
      return markdown.lines[number - 1 - begin() + from] ?? ''
    },
  }
}

/** The body of a fence; `map` is the token's `[first line, line after the last]`. */
export function bodySource(markdown: MarkdownText, map: readonly [number, number], body: string): Source {
  return linesSource(markdown, map[0], map[1], body, 1)
}

/** The info string of a fence. */
export function infoSource(markdown: MarkdownText, map: readonly [number, number], info: string): Source {
  const line = markdown.lines[map[0]] ?? ''
  const column = Math.max(0, line.lastIndexOf(info))
  const source = linesSource(markdown, map[0], map[1], line, 0)
  return { ...source, position: (offset) => source.position(column + offset) }
}

/** Lines of running text, whole. */
export function proseSource(markdown: MarkdownText, map: readonly [number, number]): Source {
  const text = markdown.lines.slice(map[0], map[1]).join('\n')
  return linesSource(markdown, map[0], map[1], text, 0)
}
