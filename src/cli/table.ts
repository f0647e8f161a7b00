/** Columns for a terminal. */
import { logLine } from '../problem/clean.ts'

const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]/gu

/** Cells a text takes on a terminal: East Asian letters take two. */
const widthOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0)

/** Widest column; one long name must not make every other line as long. */
const MAX_WIDTH = 200
const wider = (width: number, text: string): number => Math.max(width, Math.min(MAX_WIDTH, widthOf(text)))

/** Rows under a heading, each column as wide as its widest entry; a column without any entry is left out. */
export function textTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => row.map(logLine))
  const columns = heading.flatMap((title, index) => {
    const entries = lines.map((row) => row[index] ?? '')
    return entries.some((entry) => entry !== '')
      ? [{ index, title, width: entries.reduce(wider, widthOf(title)) }]
      : []
  })
  const line = (cell: (column: (typeof columns)[number]) => string): string =>
    columns
      .map((column) => cell(column) + ' '.repeat(Math.max(0, column.width - widthOf(cell(column)))))
      .join('  ')
      .trimEnd()
  return [line(({ title }) => title), ...lines.map((row) => line(({ index }) => row[index] ?? ''))].join('\n')
}
