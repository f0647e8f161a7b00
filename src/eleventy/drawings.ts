/** The pictures of a build: which are wanted, which are there already, and in which form a page gets them. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { escapeHtml } from '../html/escape.ts'
import { drawingHtml } from '../html/figure-html.ts'
import type { DrawRequest } from '../markdown-it/plugin.ts'
import { drawPicture, pagePicture, standalonePicture } from '../picture/draw.ts'
import { rasterPng } from '../raster/raster.ts'
import { renameSvg, standaloneSvg } from '../svg/finish.ts'
import type { SvgImage, SvgRenderer } from '../svg/index.ts'
import { wordsFor } from '../words/words-for.ts'
import type { Strategy } from './strategy.ts'
import { NOT_FOR_ELEVENTY_IMG } from './transform.ts'

export interface DrawingsOptions {
  readonly strategy: Strategy
  /** Path in the site under which image files lie, with `/` at both ends. */
  readonly imagePath: string
  /** Makes the renderer when the first picture is wanted; `null` where pictures are our own and there at once. */
  readonly createRenderer: (() => SvgRenderer) | null
}

export type ImageFormat = 'svg' | 'png'

export interface Drawings {
  /** HTML of a picture: final when it is there already, else a stand-in that `finish` replaces. */
  place(request: DrawRequest): string
  /** A page with its stand-ins replaced; the page itself, and no promise, when it has none. */
  finish(html: string): string | Promise<string>
  /**
   * Inline drawings of a page as `<img>`, for feeds and mail.
   *
   * @param urlOf Makes the address of a path in the site. @default the path itself
   * @param format Of the files. @default as the strategy says
   */
  asImages(html: string, urlOf?: (path: string) => string, format?: ImageFormat): Promise<string>
  /** Begins a build whose files go to `output`, or nowhere when that is `null`. */
  begin(output: string | null): void
  counts(): { readonly figures: number; readonly drawn: number }
  close(): Promise<void>
}

type Image = Pick<SvgImage, 'svg' | 'width' | 'height'>

const STAND_IN = /<!--docker-network ([0-9a-f-]+)-->[\s\S]*?<!--\/docker-network-->/g
const INLINE =
  /(<div class="docker-network-drawing"[^>]*?)(?: aria-label="([^"]*)")?>\s*(<svg\b[\s\S]*?<\/svg>)(?:\s*<svg\b[\s\S]*?<\/svg>)?\s*<\/div>/g

export function createDrawings(options: DrawingsOptions): Drawings {
  const waiting = new Map<string, DrawRequest>()
  let renderer: SvgRenderer | null = null
  let output: string | null = null
  let figures = 0
  let drawn = 0
  let number = 0

  const asFile = options.strategy === 'img' || options.strategy === 'png'

  const html = (request: DrawRequest, image: Image): string =>
    asFile ? imageHtml(request, image) : inlineHtml(request, image)

  const imageHtml = (request: DrawRequest, image: Image): string =>
    drawingHtml(
      request.figure,
      {
        kind: 'img',
        src: writeImage(image.svg, request.theme, options.strategy === 'png' ? 'png' : 'svg'),
        width: image.width,
        height: image.height,
      },
      { ...request, words: wordsFor(request.figure.language) },
    ).replace('<img ', `<img ${NOT_FOR_ELEVENTY_IMG} `)

  const writeImage = (inline: string, theme: DrawRequest['theme'], format: ImageFormat): string => {
    const isOurs = inline.includes('class="docker-network-picture')
    // Mermaid's drawing has no colours without a stylesheet that a painter would not read.
    const isPng = format === 'png' && isOurs
    const svg = isPng ? inline : isOurs ? standalonePicture(inline, theme) : standaloneSvg(inline, theme)
    const name = `${createHash('sha256').update(svg).digest('hex').slice(0, 16)}.${isPng ? 'png' : 'svg'}`
    if (output !== null) {
      const folder = join(output, options.imagePath)
      mkdirSync(folder, { recursive: true })
      const file = join(folder, name)
      if (!isPng) writeFileSync(file, svg)
      else if (!existsSync(file)) writeFileSync(file, rasterPng(svg))
    }
    return options.imagePath + name
  }

  const theRenderer = (): SvgRenderer => {
    if (options.createRenderer === null) throw new Error('no renderer')
    renderer ??= options.createRenderer()
    return renderer
  }

  const draw = async (requests: readonly DrawRequest[]): Promise<readonly string[]> => {
    const texts = requests.map((request) => request.mermaid)
    drawn += texts.filter((text) => theRenderer().peek(text) === null).length
    const results = await theRenderer().render(texts)
    return requests.map((request, index) => {
      const result = results[index]
      if (result?.status !== 'fulfilled') throw result?.reason ?? new Error('no drawing')
      return html(request, result.value)
    })
  }

  return {
    place(request) {
      figures += 1
      if (options.strategy === 'mermaid') return fallbackHtml(request)
      // Of Mermaid's diagrams, flowcharts alone are drawn in process.
      if (options.createRenderer === null || request.figure.sequences.length > 0) {
        drawn += 1
        return asFile
          ? imageHtml(request, drawPicture(request.scene, `${request.id}-svg`))
          : pagePicture(request.scene, `${request.id}-svg`)
      }
      const image = options.strategy === 'svg' ? theRenderer().peek(request.mermaid) : null
      if (image !== null) return inlineHtml(request, image)
      number += 1
      const key = number.toString(16)
      waiting.set(key, request)
      return `<!--docker-network ${key}-->${fallbackHtml(request)}<!--/docker-network-->`
    },
    finish(page) {
      const wanted = [...page.matchAll(STAND_IN)].flatMap(([, key = '']) => {
        const request = waiting.get(key)
        return request === undefined ? [] : [{ key, request }]
      })
      if (wanted.length === 0) return page
      return draw(wanted.map(({ request }) => request)).then((made) => {
        const byKey = new Map(wanted.map(({ key }, index) => [key, made[index] ?? '']))
        for (const { key } of wanted) waiting.delete(key)
        return page.replace(STAND_IN, (standIn, key: string) => byKey.get(key) ?? standIn)
      })
    },
    async asImages(
      page,
      urlOf = (path) => path,
      format: ImageFormat = options.strategy === 'png' ? 'png' : 'svg',
    ) {
      let result = ''
      let end = 0
      for (const match of page.matchAll(INLINE)) {
        const [all, open = '', written, svg = ''] = match
        // A picture of ours says its name itself; Mermaid's drawing is named by what is around it.
        const named = /<title\b[^>]*>([^<]*)<\/title>/.exec(svg)?.[1]?.replaceAll('"', '&quot;')
        const label = written ?? named ?? ''
        const [, width = '', height = ''] = /\bviewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
        const size = width === '' ? '' : ` width="${Math.ceil(+width)}" height="${Math.ceil(+height)}"`
        const src = escapeHtml(urlOf(writeImage(svg, themeAt(page, match.index), format)))
        result += `${page.slice(end, match.index)}${open}><img ${NOT_FOR_ELEVENTY_IMG} src="${src}" alt="${label}"${size}></div>`
        end = match.index + all.length
      }
      return result + page.slice(end)
    },
    begin(folder) {
      output = folder
      figures = 0
      drawn = 0
      waiting.clear()
    },
    counts: () => ({ figures, drawn }),
    async close() {
      await renderer?.close()
      renderer = null
    },
  }
}

/** The theme that the figure around a drawing fixes. */
function themeAt(page: string, drawing: number): DrawRequest['theme'] {
  const figure = page.lastIndexOf('<figure ', drawing)
  const theme = /^[^>]*\bdata-theme="(light|dark)"/.exec(page.slice(figure, drawing))?.[1]
  return theme === 'light' || theme === 'dark' ? theme : 'auto'
}

const fallbackHtml = (request: DrawRequest): string =>
  drawingHtml(request.figure, { kind: 'mermaid' }, { ...request, words: wordsFor(request.figure.language) })

const inlineHtml = (request: DrawRequest, image: Image): string => renameSvg(image.svg, `${request.id}-svg`)
