/** Colours of code, put in while the site is built: spans with classes, whose colours are in the style sheet. */
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import dockerfile from 'highlight.js/lib/languages/dockerfile'
import ini from 'highlight.js/lib/languages/ini'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import lua from 'highlight.js/lib/languages/lua'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'

/** The flags of commands too, which are what a listing of ours is about. */
function shell(engine) {
  const language = bash(engine)
  language.contains.push({ className: 'attr', begin: /(?<=\s)--?[A-Za-z][\w-]*/ })
  return language
}

const LANGUAGES = { bash: shell, css, diff, dockerfile, ini, javascript, json, lua, typescript, xml, yaml }
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language)

/** A prompt, with the host it is typed on where there are several. */
const PROMPT = /^(?:\[[\w.-]+\] )?\$ /

/** @param {import('@11ty/eleventy').UserConfig} eleventyConfig */
export default function (eleventyConfig) {
  eleventyConfig.addFilter('highlight', highlight)
  // What a block prints is the plugin's, which no rule of markdown-it's sees.
  eleventyConfig.addTransform('prints', function (content) {
    return typeof content === 'string' && this.page.outputPath?.endsWith('.html')
      ? content.replace(
          /<pre class="docker-network-print[^>]*>[^<]*<code[^>]*>[^<]*<\/code>/g,
          highlightListings,
        )
      : content
  })
}

/** Listings in the HTML of a fence, ours and markdown-it's; one with elements in it stays as it is. */
export function highlightListings(html) {
  return html.replace(
    /(<code class="language-([\w-]+)">)([^<]*)(<\/code>)/g,
    (_, open, language, text, close) => open + highlight(unescaped(text), language) + close,
  )
}

/** HTML of some code. A text in no known language is only escaped. */
function highlight(code, language) {
  if (language === 'console') return session(code)
  if (hljs.getLanguage(language) === undefined) return escaped(code)
  return hljs.highlight(code, { language }).value
}

/**
 * What is typed at a terminal has the colours of a shell, what is printed none, and a prompt is not copied. Each line is
 * an element, so that one too long for the page goes on below, a little to the right.
 */
function session(code) {
  const lines = code.split('\n')
  const isScript = !lines.some((line) => PROMPT.test(line))
  let continued = false
  return lines
    .map((line) => {
      const prompt = PROMPT.exec(line)?.[0] ?? ''
      const typed = isScript || prompt !== '' || continued
      continued = typed && line.endsWith('\\')
      if (!typed) return escaped(line)
      const { value } = hljs.highlight(line.slice(prompt.length), { language: 'bash' })
      return prompt === '' ? value : `<span class="prompt">${escaped(prompt)}</span>${value}`
    })
    .map((line, index, all) => (index < all.length - 1 ? `${line}\n` : line))
    .map((line) => (line === '' ? '' : `<span class="line">${line}</span>`))
    .join('')
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const unescaped = (text) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&amp;', '&')
