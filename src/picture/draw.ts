import { place } from './place.ts'
import type { Scene } from './scene.ts'
import { type PictureTheme, standaloneStyle } from './style.ts'
import { type WrittenSvg, writeSvg } from './write-svg.ts'

/** Column of a blog, in CSS pixels. */
export const COLUMN = 700

/**
 * Draws a scene as one `<svg>` for a page that has the stylesheet of the package.
 *
 * @param id Begins every id of the drawing; unique in its page.
 */
export const drawPicture = (scene: Scene, id: string): WrittenSvg =>
  writeSvg(place(scene, { width: COLUMN }), { id })

/** A drawing with its stylesheet inside, for `<img>`, feeds and downloads: no page styles reach there. */
export const standalonePicture = (svg: string, theme: PictureTheme = 'auto'): string =>
  svg.replace(/^<svg [^>]*>/, (open) => `${open}\n<style>${standaloneStyle(theme)}</style>`)

/** A drawing under other ids, for a second copy in one page. */
export function renamedPicture(svg: string, id: string): string {
  const old = /^<svg [^>]*?\bid="([\w-]+)"/.exec(svg)?.[1]
  if (old === undefined) return svg
  return svg.replace(/<[^>]*>/g, (markup) =>
    markup
      .replaceAll(`id="${old}`, `id="${id}`)
      .replaceAll(`by="${old}-`, `by="${id}-`)
      .replaceAll(`#${old}-`, `#${id}-`),
  )
}
