/** The picture that a link to the site is shown with elsewhere: the figure of each language's first page, as PNG. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { source } from './source.js'

const PAGES = { ko: 'content/index.md', en: 'content/en/index.md' }
/** In CSS pixels, as the Open Graph protocol's users crop it. */
const FRAME = { width: 1200, height: 630 }

/** @param {import('@11ty/eleventy').UserConfig} eleventyConfig */
export default function (eleventyConfig) {
  eleventyConfig.on('eleventy.before', async ({ directories, outputMode }) => {
    if (outputMode !== 'fs') return
    const { figurePng } = await source()
    mkdirSync(directories.output, { recursive: true })
    for (const [language, page] of Object.entries(PAGES)) {
      if (!existsSync(page)) continue
      const [, model = ''] = /^```docker-network\n([\s\S]*?)^```$/m.exec(readFileSync(page, 'utf8')) ?? []
      const drawn = figurePng(model, { language, frame: FRAME })
      if (drawn.ok) writeFileSync(join(directories.output, `share-${language}.png`), drawn.png)
    }
  })
}
