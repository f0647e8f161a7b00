import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { isHarmless } from '../harmless.ts'
import { type Cache, cacheKey, createCache } from './cache.ts'
import { codeVersion } from './code-version.ts'
import type { Engine } from './engine.ts'
import type { finishSvg } from './finish.ts'
import { findMermaid, type MermaidPackage } from './mermaid-host.ts'

export { MermaidError } from './mermaid-host.ts'
export { MermaidTextError } from './mermaid-text-error.ts'

/** A drawn figure. */
export interface SvgImage {
  /** One `<svg>` element, well-formed as XML too. */
  readonly svg: string
  /** Natural size in CSS pixels. */
  readonly width: number
  readonly height: number
  /**
   * Characters the font of the figures lacks. They were given room by estimate, and a reader sees them in
   * another font.
   */
  readonly missing: readonly string[]
}

export interface SvgOptions {
  /** Folder of the project, from which Mermaid is found. @default the working directory */
  readonly root?: string
  /** Name Mermaid is installed under. @default 'mermaid' */
  readonly mermaid?: string
  /** Where finished figures are kept between builds, relative to `root`; `null`: nowhere. @default '.cache/docker-network' */
  readonly cacheDirectory?: string | null
  /** Bytes the kept figures may take; the least recently used are dropped. @default 64 MiB */
  readonly cacheSize?: number
}

/** Turns Mermaid text into SVG, without a browser. */
export interface SvgRenderer {
  /**
   * Draws the texts, each different one once. The results stand in the order of the texts; one that cannot be
   * drawn is rejected with an `Error` that says why, and does not keep the others from being drawn.
   */
  render(texts: readonly string[]): Promise<PromiseSettledResult<SvgImage>[]>
  /** The figure if it was drawn before, by this renderer or into its cache; else `null`. Never draws. */
  peek(text: string): SvgImage | null
  /** Frees what the renderer holds. It may not be used afterwards. */
  close(): Promise<void>
}

const MEBIBYTE = 1024 * 1024

/** Figures kept in memory; a large site under a development server has about as many. */
const REMEMBERED = 5000

/** Figures drawn between two looks at the size of the cache; one more look is taken at the end. */
const TRIM_EVERY = 500

const isImage = (value: unknown): value is SvgImage =>
  typeof value === 'object' &&
  value !== null &&
  typeof Reflect.get(value, 'svg') === 'string' &&
  typeof Reflect.get(value, 'width') === 'number' &&
  typeof Reflect.get(value, 'height') === 'number' &&
  Array.isArray(Reflect.get(value, 'missing'))

function readImage(content: string | null): SvgImage | null {
  if (content === null) return null
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    return null
  }
  // Who else writes to the folder is not known: an entry is trusted no more than what was typed.
  return isImage(value) && isHarmless(value.svg) ? value : null
}

/**
 * Makes a renderer. Mermaid is looked for when a figure is first asked for, and loaded when one has to be
 * drawn, so a renderer that is not used, or finds everything in its cache, costs next to nothing.
 */
export function createSvgRenderer(options: SvgOptions = {}): SvgRenderer {
  const { mermaid = 'mermaid', cacheDirectory = '.cache/docker-network', cacheSize = 64 * MEBIBYTE } = options
  const root = resolve(options.root ?? '.')
  const cache: Cache | null =
    cacheDirectory === null ? null : createCache(resolve(root, cacheDirectory), cacheSize)
  const remembered = new Map<string, SvgImage>()
  const drawing = new Map<string, Promise<SvgImage>>()
  let found: { readonly mermaid: MermaidPackage; readonly version: string } | null = null
  let engine: Promise<Engine & { readonly finishSvg: typeof finishSvg }> | null = null
  let written = 0

  const find = () => {
    found ??= { mermaid: findMermaid(mermaid, join(root, 'package.json')), version: codeVersion() }
    return found
  }
  const keyOf = (text: string): string => {
    const { mermaid: host, version } = find()
    return cacheKey(text, host.version, version)
  }
  const remember = (text: string, image: SvgImage): SvgImage => {
    remembered.set(text, image)
    const [oldest] = remembered.keys()
    if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest)
    return image
  }

  const peek = (text: string): SvgImage | null => {
    const known = remembered.get(text)
    if (known !== undefined || cache === null) return known ?? null
    const kept = readImage(cache.read(keyOf(text)))
    return kept === null ? null : remember(text, kept)
  }

  const draw = async (text: string): Promise<SvgImage> => {
    engine ??= Promise.all([import('./engine.ts'), import('./finish.ts')]).then(
      ([{ createEngine }, { finishSvg }]) => ({ ...createEngine(find().mermaid), finishSvg }),
    )
    const id = `dn-${createHash('sha256').update(text).digest('hex').slice(0, 10)}`
    const { draw: drawText, finishSvg } = await engine
    const { svg, missing } = await drawText(id, text)
    const image = { ...finishSvg(svg, { id }), missing }
    cache?.write(keyOf(text), JSON.stringify(image))
    written++
    if (written % TRIM_EVERY === 0) cache?.trim()
    return remember(text, image)
  }

  const imageOf = async (text: string): Promise<SvgImage> => {
    const known = peek(text)
    if (known !== null) return known
    const begun = drawing.get(text) ?? draw(text).finally(() => drawing.delete(text))
    drawing.set(text, begun)
    return begun
  }

  return {
    peek,
    async render(texts) {
      const different = [...new Set(texts)]
      const settled = await Promise.allSettled(different.map(imageOf))
      const results = new Map(different.map((text, i) => [text, settled[i]]))
      return texts.flatMap((text) => results.get(text) ?? [])
    },
    async close() {
      await Promise.allSettled(drawing.values())
      if (written > 0) cache?.trim()
      remembered.clear()
      engine = null
    },
  }
}

/** Draws one figure. Rejects when the text cannot be drawn. To draw many, make a renderer. */
export async function renderSvg(text: string, options: SvgOptions = {}): Promise<SvgImage> {
  const renderer = createSvgRenderer(options)
  try {
    const [result] = await renderer.render([text])
    if (result?.status === 'fulfilled') return result.value
    throw result?.reason
  } finally {
    await renderer.close()
  }
}
