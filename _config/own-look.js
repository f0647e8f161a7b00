/**
 * The gallery's figure with a hook, as a program of a reader's own would draw it: by the library. A hook of the whole
 * site would draw every page anew in each build, because nobody knows what a function says without asking it.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { highlightListings } from './highlight.js'
import { handbook } from './own-look-hook.js'
import { source } from './source.js'

const HOOK = readFileSync(new URL('own-look-hook.js', import.meta.url), 'utf8')

/** @param {import('@11ty/eleventy').UserConfig} eleventyConfig */
export default async function (eleventyConfig) {
  const { figureSvg } = await source()
  eleventyConfig.amendLibrary('md', (md) => {
    const fence = md.renderer.rules.fence
    md.renderer.rules.fence = (tokens, index, options, env, renderer) => {
      const { info, content } = tokens[index]
      return info === 'own-look'
        ? ownLook(md, join(dirname(env.page.inputPath), content.trim()), env)
        : fence(tokens, index, options, env, renderer)
    }
  })

  function ownLook(md, file, { lang }) {
    const drawn = figureSvg(readFileSync(file, 'utf8'), {
      id: 'own-look',
      language: lang,
      transformers: [handbook],
    })
    if (!drawn.ok) throw new Error(`${file}: ${drawn.problems.map(({ message }) => message).join(', ')}`)
    const code = `<pre tabindex="0"><code class="language-js">${md.utils.escapeHtml(HOOK)}</code></pre>`
    return `${highlightListings(code)}\n<figure class="docker-network own-look"><div class="docker-network-drawing">${drawn.svg}</div></figure>\n`
  }
}
