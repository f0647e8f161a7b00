/** Widest column; one long name must not make every other line as long. */
const MAX_WIDTH = 200

/** Rows as text columns, as docker's own tables are set: three blanks between columns, none at the end of a line. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [i, cell] of row.entries())
      widths[i] = Math.max(widths[i] ?? 0, Math.min(MAX_WIDTH, cell.length))
  }
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('   ')
      .trimEnd(),
  )
}
