/**
 * What the site's Markdown can do beside figures: headings with ids and links to themselves, `[[toc]]`, tables and code
 * that scroll by keyboard, and the text of each block, above its figure (`showSource`) or folded below it (`foldSource`).
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { highlightListings } from './highlight.js'
import { slug } from './slug.js'

/** @param {import('@11ty/eleventy').UserConfig} eleventyConfig */
export default function (eleventyConfig) {
  eleventyConfig.amendLibrary('md', (md) => {
    md.set({ typographer: false })
    md.core.ruler.push('headings', (state) => {
      const headings = nameHeadings(state.tokens)
      placeContents(state, headings)
    })
    md.core.ruler.push('empty_headings', (state) => unheadEmpty(state.tokens))
    md.core.ruler.push('block_sources', (state) => {
      if (state.env.showSource) showSources(state)
      else if (state.env.foldSource) foldSources(state)
    })
    scrollable(md)
  })
}

/** Gives every heading an id, each once. */
function nameHeadings(tokens) {
  const taken = new Map()
  const headings = []
  tokens.forEach((token, index) => {
    if (token.type !== 'heading_open') return
    const text = plainText(tokens[index + 1])
    const base = slug(text) || 'section'
    const count = taken.get(base) ?? 0
    taken.set(base, count + 1)
    const id = count === 0 ? base : `${base}-${count + 1}`
    token.attrSet('id', id)
    headings.push({ level: Number(token.tag.slice(1)), id, text })
    linkToItself(tokens[index + 1], id)
  })
  return headings
}

/** For the pointer alone: a keyboard reaches the same place by the list of contents. */
function linkToItself(inline, id) {
  const link = new inline.constructor('html_inline', '', 0)
  link.content = ` <a class="anchor" href="#${encodeURIComponent(id)}" aria-hidden="true" tabindex="-1">#</a>`
  inline.children.push(link)
}

const plainText = (inline) =>
  inline.children
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('')

/** The empty corner of a table is no heading. */
function unheadEmpty(tokens) {
  tokens.forEach((token, index) => {
    if (token.type !== 'th_open' || tokens[index + 1].content.trim() !== '') return
    token.tag = 'td'
    tokens[index + 2].tag = 'td'
  })
}

/** A paragraph that is `[[toc]]` becomes the list of the headings down to the fourth level, which are a lab's steps. */
function placeContents(state, headings) {
  const at = state.tokens.findIndex(({ type, content }) => type === 'inline' && content.trim() === '[[toc]]')
  if (at < 1) return
  const listed = headings.filter(({ level }) => level >= 2 && level <= 4)
  const { escapeHtml } = state.md.utils
  const item = ({ level, id, text }) =>
    `<li class="toc-${level}"><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a></li>`
  const token = new state.Token('html_block', '', 0)
  const name = escapeHtml(state.env.contents ?? '')
  token.content = `<nav class="toc" aria-label="${name}">\n<ol>\n${listed.map(item).join('\n')}\n</ol>\n</nav>\n`
  state.tokens.splice(at - 1, 3, token)
}

/**
 * Above each block stands what was written; a block that takes its model from a file has that file too, folded. A page
 * of files alone (`showSource: files`) leaves their fences out.
 */
function showSources(state) {
  state.tokens = state.tokens.flatMap((token) => {
    if (!ours(token)) return [token]
    const file = infoValue(token.info, 'src')
    const written = file === undefined || state.env.showSource !== 'files' ? [listing(state, token)] : []
    return [...written, ...(file === undefined ? [] : folded(state, file)), token]
  })
}

/** Our fences, which the plugin gives a type of their own when it has read them. */
const ours = ({ type, info }) =>
  /^(fence|docker_network_block)$/.test(type) && /^docker-network(?=\s|$)/.test(info)
const infoValue = (info, key) => new RegExp(`\\s${key}=(\\S+)`).exec(info)?.[1]

/** Below each figure its model, folded. Figures of a lab's steps have none: their commands stand beside them. */
function foldSources(state) {
  const models = new Map(
    state.tokens.filter(ours).map((token) => [infoValue(token.info, 'model'), token.content]),
  )
  state.tokens = state.tokens.flatMap((token) => {
    if (!ours(token) || /\s(hidden|print=|step=|src=)/.test(token.info)) return [token]
    const used = infoValue(token.info, 'use')
    const model = (used === undefined ? token.content : models.get(used)) ?? ''
    if (model === '') return [token]
    const [open, close] = ['<div class="with-model">\n', '</div>\n'].map((content) =>
      Object.assign(new state.Token('html_block', '', 0), { content }),
    )
    return [open, token, ...fold(state, model, state.env.foldSource), close]
  })
}

function fold(state, model, summary) {
  const [open, source, close] = [
    new state.Token('html_block', '', 0),
    new state.Token('fence', 'code', 0),
    new state.Token('html_block', '', 0),
  ]
  open.content = `<details class="source"><summary>${summary}</summary>\n`
  Object.assign(source, { info: 'yaml', content: model })
  close.content = '</details>\n'
  return [open, source, close]
}

function listing(state, { info, content }) {
  const token = new state.Token('fence', 'code', 0)
  token.info = 'md'
  token.content = `\`\`\`${info}\n${content}\`\`\`\n`
  return token
}

function folded(state, file) {
  const { page, model } = state.env
  return fold(state, readFileSync(join(dirname(page.inputPath), file), 'utf8'), model)
}

/** A line may end at a blank of a command, not behind the hyphens of a flag or inside an address. */
function inlineCode(html) {
  const words = html.split(' ')
  const whole = (word) =>
    /[-/.:]/.test(word) && word.length <= 32 ? `<span class="whole">${word}</span>` : word
  return `<code>${words.map(whole).join(' ')}</code>`
}

/** A table or a listing wider than a phone scrolls in its own box, also without a pointer. */
function scrollable(md) {
  md.renderer.rules.table_open = () => '<div class="scroll" role="group" tabindex="0">\n<table>\n'
  md.renderer.rules.table_close = () => '</table>\n</div>\n'
  md.renderer.rules.code_inline = (tokens, index) => inlineCode(md.utils.escapeHtml(tokens[index].content))
  const fence = md.renderer.rules.fence
  md.renderer.rules.fence = (tokens, index, options, env, renderer) =>
    highlightListings(fence(tokens, index, options, env, renderer).replace(/^<pre>/, '<pre tabindex="0">'))
}
