/**
 * What is done to finished output. eleventy-img takes every `<img>` of a page for a file of the input folder, unless an
 * attribute tells it not to; that attribute is taken out again. And a feed, which has no stylesheet, gets images.
 */
import type { EleventyConfig } from './eleventy.ts'

/** @see https://www.11ty.dev/docs/plugins/image/#opt-out-of-the-image-transform */
export const NOT_FOR_ELEVENTY_IMG = 'eleventy:ignore'

/** Before an image of ours, which is known by its name; in a feed its HTML may be escaped or in JSON. */
const MARK = new RegExp(
  `((?:<|&lt;)img) ${NOT_FOR_ELEVENTY_IMG}(?:=(?:""|\\\\"\\\\"|&quot;&quot;))?(?= src=(?:\\\\?"|&quot;)[^"&]*/[0-9a-f]{16}\\.svg)`,
  'g',
)

export const withoutMarks = (output: string): string =>
  output.includes(NOT_FOR_ELEVENTY_IMG) ? output.replace(MARK, '$1') : output

/** What Eleventy calls a transform on. `baseHref` is there where a feed asks for addresses that are whole. */
interface TransformContext {
  readonly baseHref?: unknown
}

/** @param asImages Puts images in place of inline drawings, under addresses that `urlOf` makes of paths in the site. */
export function installTransform(
  eleventyConfig: EleventyConfig,
  asImages: (html: string, urlOf: (path: string) => string) => Promise<string>,
): void {
  eleventyConfig.addTransform('docker-network', function (this: TransformContext, content) {
    if (typeof content !== 'string') return content
    const base = typeof this?.baseHref === 'string' && URL.canParse(this.baseHref) ? this.baseHref : null
    if (base === null || !content.includes('docker-network-drawing')) return withoutMarks(content)
    const prefix = (eleventyConfig.pathPrefix ?? '/').replace(/\/$/, '')
    return asImages(content, (path) => new URL(prefix + path, base).href).then(withoutMarks)
  })
}
