/** Figures in the formats of files. */
import { readFileSync } from 'node:fs'
import { element, escapeHtml, openTag } from '../html/escape.ts'
import { drawingHtml, figureHtml, type Theme } from '../html/figure-html.ts'
import type { Drawn } from '../markdown-it/post.ts'
import { drawPicture, pagePicture, standalonePicture } from '../picture/draw.ts'
import { RasterError, rasterPng } from '../raster/raster.ts'
import { renderPngs } from '../svg/png.ts'
import { wordsFor } from '../words/words-for.ts'
import { GENERATOR, markedPng } from './write.ts'

/** Formats by the ending of the file that is written. */
export const ENDINGS = {
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.svg': 'svg',
  '.html': 'html',
  '.htm': 'html',
  '.png': 'png',
} as const

export const FORMATS = ['mermaid', 'svg', 'html', 'png'] as const
export type Format = (typeof FORMATS)[number]

/** Whether several figures can stand in one file. */
export const takesSeveral = (format: Format): boolean => format === 'mermaid' || format === 'html'

/**
 * @param figures At least one, and one alone unless the format takes several.
 * @param isFragment HTML of the figures alone, for a page that has the stylesheet.
 */
export async function drawFigures(
  figures: readonly Drawn[],
  format: Format,
  theme: Theme,
  isFragment: boolean,
): Promise<string | Uint8Array> {
  const [first] = figures
  if (first === undefined) return ''
  switch (format) {
    case 'mermaid':
      return figures.map(({ mermaid }) => ensureNewline(mermaid)).join('\n')
    case 'svg':
      return ensureNewline(standalone(first, theme))
    case 'png': {
      const isDark = theme === 'dark'
      if (!isDark) {
        const painted = paintedPng(drawPicture(first.scene, 'dn-1-svg').svg)
        if (painted !== null) return markedPng(painted)
      }
      const [png] = await renderPngs([standalone(first, theme)], {
        theme: isDark ? 'dark' : 'light',
        background: isDark ? '#14171b' : '#ffffff',
      })
      return png === undefined ? '' : markedPng(png)
    }
    case 'html': {
      const html = figures.map((one, index) => htmlOf(one, `dn-${index + 1}`, theme)).join('\n')
      return isFragment ? html : pageOf(html, first, theme)
    }
    default:
      return format satisfies never
  }
}

/** Without a browser, where the optional package is installed; else `null`. */
function paintedPng(svg: string): Uint8Array | null {
  try {
    return rasterPng(svg)
  } catch (error) {
    if (error instanceof RasterError) return null
    throw error
  }
}

const standalone = ({ scene }: Drawn, theme: Theme): string =>
  standalonePicture(drawPicture(scene, 'dn-1-svg').svg, theme)

function htmlOf({ figure, mermaid, scene }: Drawn, id: string, theme: Theme): string {
  const options = { id, mermaid, words: wordsFor(figure.language), theme }
  const svg = pagePicture(scene, `${id}-svg`)
  return figureHtml(figure, drawingHtml(figure, { kind: 'svg', svg }, options), options)
}

/** A page that needs no other file, and no network. */
function pageOf(figures: string, { figure }: Drawn, theme: Theme): string {
  const scheme = theme === 'auto' ? 'light dark' : theme
  const page = `:root{color-scheme:${scheme}}body{max-width:60rem;margin:0 auto;padding:1rem 1.25rem 3rem;font-family:system-ui,sans-serif;background:Canvas;color:CanvasText}`
  return [
    '<!doctype html>',
    openTag('html', { lang: figure.language, 'data-theme': theme === 'auto' ? null : theme }),
    '<head>',
    '<meta charset="utf-8">',
    GENERATOR,
    '<meta name="viewport" content="width=device-width">',
    element('title', {}, escapeHtml(figure.title)),
    `<style>\n${page}\n${stylesheet()}</style>`,
    '</head>',
    '<body>',
    figures.trimEnd(),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** That of the package, without its fonts, which are files of their own. */
const stylesheet = (): string =>
  readFileSync(new URL('../../assets/docker-network.css', import.meta.url), 'utf8')
    .replace(/\/\*[\s\S]*?\*\/\n?/g, '')
    .replace(/@font-face \{[^}]*\}\n?/g, '')

const ensureNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`)
