/** Figures as PNG, for programs under Node. */
import { type CompileOptions, compile } from './compile.ts'
import type { Failed } from './library.ts'
import { drawPicture, framedPicture } from './picture/draw.ts'
import type { Problem } from './problem/problem.ts'
import { type RasterOptions, rasterPng } from './raster/raster.ts'

export interface FigurePngOptions extends CompileOptions, RasterOptions {
  /**
   * Size of the image in CSS pixels, with the figure in the middle, as large as fits: 1200 × 630 for `og:image`. The
   * figure's own size unless given.
   */
  readonly frame?: { readonly width: number; readonly height: number } | undefined
}

export type FigurePng =
  | {
      readonly ok: true
      readonly png: Uint8Array
      /** CSS pixels; times `scale` in the file. */
      readonly width: number
      readonly height: number
      /** Warnings. */
      readonly problems: readonly Problem[]
    }
  | Failed

/**
 * The figure of a model as PNG, in light colours. Needs the optional peer `@resvg/resvg-js`.
 *
 * @param source Body of a block, a compose file or a topology.
 * @throws {RasterError} where that is not installed. Never for what an author wrote.
 */
export function figurePng(source: string, options: FigurePngOptions = {}): FigurePng {
  const compiled = compile(source, options)
  if (!compiled.ok) return { ok: false, problems: compiled.problems }
  const drawn = drawPicture(compiled.scene, 'docker-network')
  const { svg, width, height } = options.frame === undefined ? drawn : framedPicture(drawn, options.frame)
  return { ok: true, png: rasterPng(svg, options), width, height, problems: compiled.problems }
}
