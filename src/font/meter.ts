import { FONT_TABLE } from './font-table.ts'

/** What a stretch of text is set in. */
export interface SetIn {
  /** Font size in CSS pixels. */
  readonly size: number
  readonly bold: boolean
}

/** Distances of a line box from the baseline, in whole CSS pixels. */
export interface LineHeight {
  readonly ascent: number
  readonly descent: number
}

/** Measures text as Chromium does when it has the fonts of `assets/fonts`. */
export interface FontMeter {
  /** Width, kerned, in CSS pixels, rounded up to 1/64 px as Chromium's layout does. */
  widthOf(text: string, style: SetIn): number
  /** The same, told of each glyph on the way: its code point, and where the pen is in font units. */
  walk(text: string, style: SetIn, visit: (point: number, pen: number) => void): number
  lineOf(size: number): LineHeight
  /** Characters of `text` the font has no glyph for: a reader sees them in another font. In order, each once. */
  missingIn(text: string): readonly string[]
}

/**
 * Width of a character the font lacks, in em. A CJK character takes a full em in any font and nearly every
 * other character less; emoji take up to 1.37 em (Segoe UI Emoji). A box may become too wide, not too narrow.
 */
const MISSING_ADVANCE = 1
const EMOJI_ADVANCE = 1.4

export const BMP = 0x10000
/** Stands for an advance where there is no glyph. */
const NO_GLYPH = 0xffff

interface WeightTable {
  /** Advance per code point in font units; `NO_GLYPH` where there is none. */
  readonly advances: Uint16Array
  readonly left: Uint8Array
  readonly right: Uint8Array
  /** `kern[left * columns + right]`, in font units. */
  readonly kern: Int16Array
  readonly columns: number
}

export function readValues(runs: string): number[] {
  const values: number[] = []
  for (const run of runs.split(' ')) {
    const [value = '', count = '1'] = run.split('.')
    const v = Number.parseInt(value, 36)
    for (let n = Number.parseInt(count, 36); n > 0; n--) values.push(v)
  }
  return values
}

export function readCovered(): number[] {
  const points: number[] = []
  let end = 0
  for (const run of FONT_TABLE.covered.split(' ')) {
    const [gap = '', count = '1'] = run.split('.')
    end += Number.parseInt(gap, 36)
    for (let n = Number.parseInt(count, 36); n > 0; n--) points.push(end++)
  }
  return points
}

function readWeight(covered: readonly number[], table: (typeof FONT_TABLE.weights)[400 | 700]): WeightTable {
  const advances = new Uint16Array(BMP).fill(NO_GLYPH)
  const left = new Uint8Array(BMP)
  const right = new Uint8Array(BMP)
  const at = {
    advances: readValues(table.advances),
    left: readValues(table.left),
    right: readValues(table.right),
  }
  covered.forEach((point, i) => {
    advances[point] = at.advances[i] ?? 0
    left[point] = at.left[i] ?? 0
    right[point] = at.right[i] ?? 0
  })
  const rows = table.kern.split('|').map(readValues)
  const columns = (rows[0]?.length ?? 0) + 1
  const kern = new Int16Array((rows.length + 1) * columns)
  rows.forEach((row, r) => {
    row.forEach((value, c) => {
      kern[(r + 1) * columns + c + 1] = value
    })
  })
  return { advances, left, right, kern, columns }
}

const LIGATURES = FONT_TABLE.ligatures.split(' ')
/** Longest first: `ffi` before `ff`. */
const LIGATURE = new RegExp([...LIGATURES].sort((a, b) => b.length - a.length).join('|'), 'g')
const PRIVATE = 0xe000

/** Puts the table's private-use characters where letters run together. */
function joinLigatures(text: string): string {
  return text.includes('f')
    ? text.replace(LIGATURE, (letters) => String.fromCharCode(PRIVATE + LIGATURES.indexOf(letters)))
    : text
}

/** Advance of a character without a glyph, in em. */
function missingAdvance(char: string): number {
  if (/[\p{M}\p{Cf}]/u.test(char)) return 0
  return /\p{Extended_Pictographic}/u.test(char) ? EMOJI_ADVANCE : MISSING_ADVANCE
}

/**
 * Pixels per font unit as FreeType has it: a 16.16 number that scales to 1/64 px. Its rounding shows:
 * three characters of 1 em at 16 px are 48 px and a little, so Chromium's layout takes 48 1/64.
 */
export const scaleOf = (size: number): number =>
  Math.round((size * 64 * 0x10000) / FONT_TABLE.unitsPerEm) / 0x10000 / 64

function measure(
  text: string,
  size: number,
  table: WeightTable,
  visit: (point: number, pen: number) => void,
): number {
  let [pen, before] = [0, 0]
  for (const char of joinLigatures(text)) {
    const point = char.codePointAt(0) ?? 0
    const advance = point < BMP ? (table.advances[point] ?? NO_GLYPH) : NO_GLYPH
    if (advance === NO_GLYPH) {
      pen += missingAdvance(char) * FONT_TABLE.unitsPerEm
      before = 0
      continue
    }
    if (before !== 0) pen += table.kern[before * table.columns + (table.right[point] ?? 0)] ?? 0
    visit(point, pen)
    pen += advance
    before = table.left[point] ?? 0
  }
  return Math.ceil(pen * scaleOf(size) * 64 - 1e-6) / 64
}

const NOBODY = (): void => {}

/** Reads the table of measures once; the meter is then free of side effects. */
export function createFontMeter(): FontMeter {
  const covered = readCovered()
  const regular = readWeight(covered, FONT_TABLE.weights[400])
  const bold = readWeight(covered, FONT_TABLE.weights[700])
  return {
    widthOf: (text, { size, bold: isBold }) => measure(text, size, isBold ? bold : regular, NOBODY),
    walk: (text, { size, bold: isBold }, visit) => measure(text, size, isBold ? bold : regular, visit),
    lineOf(size) {
      const exact = (FONT_TABLE.descent * size) / FONT_TABLE.unitsPerEm
      const ascent = Math.round((FONT_TABLE.ascent * size) / FONT_TABLE.unitsPerEm)
      const descent = Math.round(exact)
      // Where rounding would cut the descent, Chromium on Linux takes a pixel from the ascent
      // (third_party/blink/renderer/platform/fonts/font_metrics.cc, AscentDescentWithHacks).
      return descent < exact ? { ascent: ascent - 1, descent: descent + 1 } : { ascent, descent }
    },
    missingIn(text) {
      const missing = new Set<string>()
      for (const char of text) {
        const point = char.codePointAt(0) ?? 0
        const has = point < BMP && regular.advances[point] !== NO_GLYPH && !isPrivate(point)
        if (!has && point >= 0x20) missing.add(char)
      }
      return [...missing]
    },
  }
}

const isPrivate = (point: number): boolean => point >= PRIVATE && point < PRIVATE + LIGATURES.length
