/** How far the ink of texts reaches, for drawings whose boxes follow it as a browser's do. */
import { INK_TABLE } from './ink-table.ts'
import {
  BMP,
  createFontMeter,
  type FontMeter,
  readCovered,
  readValues,
  type SetIn,
  scaleOf,
} from './meter.ts'

export interface TextStyle extends SetIn {
  /** Slanted by the browser: the font has no italic. */
  readonly italic: boolean
}

/** How far a stretch of text runs from where it starts, in CSS pixels. */
export interface TextExtent {
  /** As `widthOf`. */
  readonly width: number
  /** Where the ink starts; whole pixels before a glyph's origin, so negative where a glyph leans out. */
  readonly inkStart: number
  /** Where the ink ends; may lie behind `width`. */
  readonly inkEnd: number
}

export interface InkMeter extends FontMeter {
  extentOf(text: string, style: TextStyle): TextExtent
}

/** Where the outline of each code point starts and ends, from the pen; slanted ones in quarters of a unit. */
interface Ink {
  readonly starts: Int16Array
  readonly ends: Int16Array
}

function readInk(covered: readonly number[], starts: string, ends: string): Ink {
  const ink = { starts: new Int16Array(BMP), ends: new Int16Array(BMP) }
  const values = [readValues(starts), readValues(ends)] as const
  covered.forEach((point, i) => {
    ink.starts[point] = values[0][i] ?? 0
    ink.ends[point] = values[1][i] ?? 0
  })
  return ink
}

const toSixtyFourths = (length: number): number => Math.round(length * 64) / 64

/** Reads the tables once; the meter is then free of side effects. */
export function createInkMeter(): InkMeter {
  const meter = createFontMeter()
  const covered = readCovered()
  const inksOf = (weight: 400 | 700) => {
    const table = INK_TABLE.weights[weight]
    return {
      upright: readInk(covered, table.inkStarts, table.inkEnds),
      slanted: readInk(covered, table.slantedStarts, table.slantedEnds),
    }
  }
  const inks = { regular: inksOf(400), bold: inksOf(700) }
  return {
    ...meter,
    extentOf(text, style) {
      const { upright, slanted } = style.bold ? inks.bold : inks.regular
      const ink = style.italic ? slanted : upright
      const scale = scaleOf(style.size)
      const inkScale = style.italic ? scale / 4 : scale
      let [inkStart, inkEnd] = [0, 0]
      const width = meter.walk(text, style, (point, pen) => {
        const start = ink.starts[point] ?? 0
        const end = ink.ends[point] ?? 0
        if (start === end) return
        // The extent of a glyph is rounded outwards to whole pixels where it is drawn.
        inkStart = Math.min(inkStart, pen * scale + Math.floor(toSixtyFourths(start * inkScale)))
        inkEnd = Math.max(inkEnd, pen * scale + Math.ceil(toSixtyFourths(end * inkScale)))
      })
      return { width, inkStart, inkEnd }
    },
  }
}
