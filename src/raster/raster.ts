/**
 * SVG of a figure as PNG, for feeds, mail and previews of links, none of which show SVG. Without a browser and
 * synchronous; the same bytes on any machine, since letters come from the font that ships.
 */
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { FONT_FAMILY } from '../font/font-family.ts'

/** The optional package that paints is not installed; the message says how to get it. */
export class RasterError extends Error {
  override readonly name = 'RasterError'
}

export interface RasterOptions {
  /** Device pixels for each CSS pixel. @default 2 */
  readonly scale?: number | undefined
  /** A CSS colour behind the drawing; nothing where that is `null`. @default '#ffffff' */
  readonly background?: string | null | undefined
}

/** What is used of `@resvg/resvg-js`; its types need not be installed. */
interface Resvg {
  render(): { asPng(): Uint8Array }
}
type ResvgClass = new (svg: string, options: object) => Resvg

const FONTS = new URL('../../assets/fonts/', import.meta.url)
const fontFiles = [400, 700].map((weight) => fileURLToPath(new URL(`noto-sans-kr-${weight}.ttf`, FONTS)))

const isClass = (value: unknown): value is ResvgClass => typeof value === 'function'

function resvg(): ResvgClass {
  let loaded: unknown
  try {
    loaded = createRequire(import.meta.url)('@resvg/resvg-js')
  } catch {
    throw new RasterError(
      'a PNG is painted by @resvg/resvg-js, which is not installed: npm install @resvg/resvg-js',
    )
  }
  const found: unknown = Reflect.get(Object(loaded), 'Resvg')
  if (!isClass(found)) throw new RasterError('this release of @resvg/resvg-js is not known; 2.6 is')
  return found
}

/**
 * @param svg One `<svg>`, in its light colours: stylesheets with variables are not read.
 * @throws {RasterError} where the optional package is missing.
 */
export function rasterPng(svg: string, options: RasterOptions = {}): Uint8Array {
  const { scale = 2, background = '#ffffff' } = options
  const Painter = resvg()
  const painter = new Painter(svg, {
    fitTo: { mode: 'zoom', value: scale },
    ...(background === null ? {} : { background }),
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: FONT_FAMILY },
  })
  return painter.render().asPng()
}
