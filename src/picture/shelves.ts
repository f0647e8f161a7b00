/** Parts of a host that do not hang together, packed beside and below each other. */
import type { Arranged } from './arrange.ts'

export interface Shelves {
  readonly rows: readonly (readonly Arranged[])[]
  /** Widths of columns that all rows keep to; `null` where each row goes by its own parts. */
  readonly columns: readonly number[] | null
  readonly width: number
  readonly height: number
}

export const SHELF_GAP = 22
/** Parts that do not fill their shelf are spread over it where they stay this near to each other. */
const SPREAD = 44
/** Height that a figure may gain by a column for each part, which is easier to read than ragged rows. */
const GRID_COSTS = 24

/** In declared order: as a grid where that is no higher, else as many on a shelf as fit. */
export function shelvesOf(parts: readonly Arranged[], width: number): Shelves {
  const ragged = raggedOf(parts, width)
  const grid = gridOf(parts, width) ?? belowFirst(parts, width)
  return grid !== null && grid.height <= ragged.height + GRID_COSTS ? grid : ragged
}

/** The first alone, which is too wide for any column, and a grid of the others. */
function belowFirst(parts: readonly Arranged[], width: number): Shelves | null {
  const [first, ...others] = parts
  const grid = others.length < MANY ? null : gridOf(others, width)
  if (first === undefined || grid === null || first.part.width > width) return null
  const rows = [[first], ...grid.rows]
  const whole = Math.max(first.part.width, grid.width)
  return { rows, columns: grid.columns, width: whole, height: heightOf(rows) }
}

/** Of so few, rows of their own widths look no worse. */
const MANY = 6

const tallest = (row: readonly Arranged[]): number => Math.max(0, ...row.map(({ part }) => part.height))

const heightOf = (rows: readonly (readonly Arranged[])[]): number =>
  rows.reduce((sum, row) => sum + tallest(row) + SHELF_GAP, rows.length === 0 ? 0 : -SHELF_GAP)

const sumOf = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width + SHELF_GAP, widths.length === 0 ? 0 : -SHELF_GAP)

const rowWidth = (row: readonly Arranged[]): number => sumOf(row.map(({ part }) => part.width))

function raggedOf(parts: readonly Arranged[], width: number): Shelves {
  const rows: Arranged[][] = []
  for (const part of parts) {
    const last = rows.at(-1)
    if (last !== undefined && rowWidth([...last, part]) <= width) last.push(part)
    else rows.push([part])
  }
  return { rows, columns: null, width: Math.max(0, ...rows.map(rowWidth)), height: heightOf(rows) }
}

/** As many columns as fit, where there are parts for two rows at least. */
function gridOf(parts: readonly Arranged[], width: number): Shelves | null {
  for (let count = Math.ceil(parts.length / 2); count > 1; count--) {
    const columns = Array.from({ length: count }, (_, column) =>
      Math.max(...parts.filter((_, index) => index % count === column).map(({ part }) => part.width)),
    )
    if (sumOf(columns) > width) continue
    const rows = Array.from({ length: Math.ceil(parts.length / count) }, (_, row) =>
      parts.slice(row * count, (row + 1) * count),
    )
    return { rows, columns, width: sumOf(columns), height: heightOf(rows) }
  }
  return null
}

export interface Shelved {
  readonly arranged: Arranged
  readonly row: number
  readonly x: number
  readonly y: number
}

/** Where each part stands in a room of this width. */
export function placesOf({ rows, columns, width: own }: Shelves, width: number): readonly Shelved[] {
  const places: Shelved[] = []
  let y = 0
  for (const [row, parts] of rows.entries()) {
    const spare = width - (columns === null ? rowWidth(parts) : own)
    const count = columns === null ? parts.length : columns.length
    const isSpread = count > 1 && spare / (count - 1) <= SPREAD
    // One part alone stands in the middle, and so does a figure of one shelf.
    const isCentred = !isSpread && (rows.length === 1 || columns !== null || parts.length === 1)
    const gap = SHELF_GAP + (isSpread ? spare / (count - 1) : 0)
    let x = isCentred ? spare / 2 : 0
    for (const [column, arranged] of parts.entries()) {
      const room = columns?.[column] ?? arranged.part.width
      if (arranged.part.width > room + 0.5) x = (width - room) / 2
      places.push({ arranged, row, x: Math.round(x + (room - arranged.part.width) / 2), y })
      x += room + gap
    }
    y += tallest(parts) + SHELF_GAP
  }
  return places
}
