/** Sizes of texts and of the marks around them, from the tables of the font. */
import { createFontMeter, type FontMeter } from '../font/meter.ts'
import type { PlacedText, Rect, TextRole } from './placed.ts'

let meter: FontMeter | null = null
/** The tables take a moment to read, and are the same for every figure. */
const fontMeter = (): FontMeter => {
  meter ??= createFontMeter()
  return meter
}

export interface TextStyle {
  readonly role: TextRole
  readonly size: number
  readonly bold: boolean
}

export const NAME: TextStyle = { role: 'name', size: 14, bold: true }
export const DETAIL: TextStyle = { role: 'detail', size: 12, bold: false }
export const ADDRESS: TextStyle = { role: 'address', size: 12, bold: true }
export const FACT: TextStyle = { role: 'address', size: 12, bold: false }
/** Of a mark that names no more than its kind. */
export const VETH: TextStyle = { role: 'address', size: 12, bold: false }
export const HOST: TextStyle = { role: 'name', size: 15, bold: true }

/** Distance of base lines in em, as of Docker's own figures; Hangul needs a little more than Latin. */
const LEADING = 1.3
/** A reader's font may be a tenth wider than ours. */
const SPARE = 1.1

export const lineHeight = (style: TextStyle): number => Math.round(style.size * LEADING)

/** Room a text needs, also in a wider font. */
export const room = (text: string, style: TextStyle): number => Math.ceil(widthOf(text, style) * SPARE)

export const widthOf = (text: string, { size, bold }: TextStyle): number =>
  text === '' ? 0 : fontMeter().widthOf(text, { size, bold })

export function textAt(
  text: string,
  style: TextStyle,
  x: number,
  y: number,
  anchor: PlacedText['anchor'] = 'middle',
): PlacedText {
  const width = Math.round(widthOf(text, style) * 10) / 10
  return { role: style.role, text, x, y, anchor, size: style.size, bold: style.bold, width }
}

/** Its letters, from the top of capitals to what hangs below the base line. */
export const rectOfText = (text: PlacedText): Rect => ({
  x: text.x - (text.anchor === 'middle' ? text.width / 2 : text.anchor === 'end' ? text.width : 0),
  y: text.y - text.size,
  width: text.width,
  height: text.size * 1.2,
})

/** Lines of one style below each other, centred in a box on both axes. */
export function centred(lines: readonly string[], style: TextStyle, box: Rect): readonly PlacedText[] {
  const step = lineHeight(style)
  const top = box.y + (box.height - step * lines.length) / 2
  return lines.map((text, index) =>
    textAt(text, style, box.x + box.width / 2, baseline(top + step * index, style)),
  )
}

/** Base line of a line whose box begins at `top`: capitals and digits stand in the middle of it. */
export const baseline = (top: number, style: TextStyle): number =>
  Math.round((top + lineHeight(style) / 2 + style.size * 0.36) * 10) / 10

export const CHIP_PAD = 8

export function chipSize(
  lines: readonly string[],
  style: TextStyle = ADDRESS,
): { width: number; height: number } {
  const width = Math.max(...lines.map((text) => room(text, style)), 12) + 2 * CHIP_PAD
  return { width, height: lineHeight(style) * lines.length + 4 }
}
