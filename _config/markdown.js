/** What the site's Markdown can do beside figures: headings with ids, `[[toc]]`, tables and code that scroll by keyboard. */
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
  })
  return headings
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

/** A paragraph that is `[[toc]]` becomes the list of the headings of second and third level. */
function placeContents(state, headings) {
  const at = state.tokens.findIndex(({ type, content }) => type === 'inline' && content.trim() === '[[toc]]')
  if (at < 1) return
  const listed = headings.filter(({ level }) => level === 2 || level === 3)
  const { escapeHtml } = state.md.utils
  const item = ({ level, id, text }) =>
    `<li class="toc-${level}"><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a></li>`
  const token = new state.Token('html_block', '', 0)
  token.content = `<ol class="toc">\n${listed.map(item).join('\n')}\n</ol>\n`
  state.tokens.splice(at - 1, 3, token)
}

/** A table or a listing wider than a phone scrolls in its own box, also without a pointer. */
function scrollable(md) {
  md.renderer.rules.table_open = () => '<div class="scroll" role="group" tabindex="0">\n<table>\n'
  md.renderer.rules.table_close = () => '</table>\n</div>\n'
  const fence = md.renderer.rules.fence
  md.renderer.rules.fence = (tokens, index, options, env, renderer) =>
    fence(tokens, index, options, env, renderer).replace(/^<pre>/, '<pre tabindex="0">')
}
