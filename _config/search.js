/**
 * What the page of the search looks through: for each language an index of the sections of all pages, made by MiniSearch
 * when the pages are written, and asked for by that page alone. No server is needed, and no network beyond the site.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import MiniSearch from 'minisearch'
import { parse } from 'parse5'
import { OPTIONS } from './search-options.js'

/** @param {import('@11ty/eleventy').UserConfig} eleventyConfig */
export default function (eleventyConfig) {
  // A build of one page alone adds to those before it.
  const pages = new Map()
  eleventyConfig.on('eleventy.after', async ({ directories, results, runMode, outputMode }) => {
    if (outputMode !== 'fs') return
    for (const { url, content } of results)
      if (typeof url === 'string' && url.endsWith('/')) pages.set(url, sectionsOf(url, content))
    const folder = join(directories.output, 'search-app')
    mkdirSync(folder, { recursive: true })
    for (const language of ['ko', 'en']) {
      const index = new MiniSearch(OPTIONS)
      index.addAll([...pages.values()].flat().filter((section) => section.language === language))
      writeFileSync(join(folder, `${language}.json`), JSON.stringify(index))
    }
    await build({
      entryPoints: [join(import.meta.dirname, 'search-client.js')],
      outfile: join(folder, 'search.js'),
      bundle: true,
      format: 'esm',
      minify: runMode === 'build',
    })
  })
}

/** Letters of a section that are looked through; tables of codes go on for ever. */
const MOST = 4000
/** Pictures, what moves about, and listings of what other texts are made of. */
const PASSED_OVER = new Set(['svg', 'nav', 'script', 'style', 'button', 'details'])

/** A page cut at its headings that have ids. A page that says `noindex` has none. */
export function sectionsOf(url, html) {
  const document = parse(html)
  const root = document.childNodes.find(({ nodeName }) => nodeName === 'html')
  const language = attribute(root, 'lang') ?? 'en'
  const main = find(root, (node) => node.nodeName === 'main')
  if (main === null || /<meta name="robots" content="noindex/.test(html)) return []
  const title = textOf(find(main, ({ nodeName }) => nodeName === 'h1')).trim()
  const sections = [{ id: url, language, title, heading: '', text: '' }]
  const walk = (node) => {
    if (PASSED_OVER.has(node.nodeName)) return
    const id = /^h[234]$/.test(node.nodeName) ? attribute(node, 'id') : undefined
    if (id !== undefined) {
      const heading = textOf(node)
        .replace(/\s*#\s*$/, '')
        .trim()
      sections.push({ id: `${url}#${id}`, language, title, heading, text: '' })
      return
    }
    if (node.nodeName === '#text') sections.at(-1).text += node.value
    else for (const child of node.childNodes ?? []) walk(child)
    if (/^(p|li|td|th|dd|dt|tr|pre|div|h1)$/.test(node.nodeName)) sections.at(-1).text += ' '
  }
  walk(main)
  return sections.map(({ text, ...section }) => ({
    ...section,
    text: text.replace(/\s+/g, ' ').trim().slice(0, MOST),
  }))
}

const attribute = (node, name) => node.attrs?.find((one) => one.name === name)?.value
const textOf = (node) =>
  node === null ? '' : (node.value ?? (node.childNodes ?? []).map((child) => textOf(child)).join(''))

function find(node, wanted) {
  if (wanted(node)) return node
  for (const child of node.childNodes ?? []) {
    const found = find(child, wanted)
    if (found !== null) return found
  }
  return null
}
