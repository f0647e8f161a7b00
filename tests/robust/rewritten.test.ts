/** What values of a compose file become in the Markdown that `docker-network markdown` writes. */
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { readInputText } from '../../src/input/input.ts'
import { listingOf } from '../../src/markdown-it/rewrite.ts'
import { elementsOf, skeletonOf, textOf } from '../support/dom.ts'
import { NEVER } from '../support/never.ts'
import { seeds } from '../support/seeds.ts'

const md = new MarkdownIt({ html: true, linkify: true })
/** As YAML, with nothing to interpolate. */
const quoted = (value: string): string => JSON.stringify(value.replaceAll('$', '$$$$'))

/** The text of a post with `{V}` where the value of an image goes, rewritten. */
function rewritten(post: string, value: string): string {
  const block = `\`\`\`docker-network hidden\nservices: { web: { image: ${quoted(value)} } }\n\`\`\`\n\n`
  const input = readInputText('post.md', null, block + post.replaceAll('{V}', '{dn:web.image}'), {})
  expect(input.problems.filter(({ problem }) => problem.severity === 'error')).toEqual([])
  return input.rewrite(() => '')
}

const PLACES: Readonly<Record<string, string>> = {
  'running text': 'The image is {V}, you see.\nAnother {V}',
  'the beginning of a line': '{V}\n\n{V} and more\n{V} again',
  'the beginning of a paragraph in a list': '- a\n- {V}\n\n  {V}\n\n> {V}',
  'a code span': 'It is `{V}` and ``a {V} b`` and `x` `{V}`',
  'beside a tick that is alone': 'a ` tick {V} and `code` {V}',
  'beside a tick that is escaped': 'a \\` tick {V} ` {V}',
  'a table': '| a | b |\n|---|---|\n| {V} | `{V}` |\n| ` {V} | ` |',
  'a heading': '# {V}\n\n## A {V}\n\n{V}\n===\n\nx {V}\n---',
  'a link': '[{V}](https://example.org "{V}") ![{V}](a.png)',
  'an address': '[x](https://example.org/{V}/y) [y](<https://example.org/{V}>) <https://example.org/{V}>',
  'a whole address': '[x]({V}) [y](<{V}>) [z]\n\n[z]: {V}',
  emphasis: '*{V}* **{V}** _{V}_',
  HTML: '<b title="{V}" class=\'{V}\'>{V}</b>\n\n<div>\n{V}\n</div>\n\n<!-- {V} -->',
  'an attribute that is run': '<i onclick="f(\'{V}\')" style="color: {V}">x</i>',
  'an attribute that is an address': '<a href="{V}">x</a> <img src="{V}"> <a href=\'/a/{V}\'>y</a>',
  'a listing': '```console docker-network\n$ run {V}\n{V}\n```\n\nafter',
  'a listing of tildes': '~~~~ sh docker-network\n{V}\n~~~~\n\nafter',
  'a listing in a list in a quote': '> - a\n>\n>   ```sh docker-network\n>   {V}\n>   ```\n>\n> after',
  'a listing without an end': '```sh docker-network\n{V}',
}

const NASTY = [
  'nginx:1` <img src=x onerror=alert(1)> `',
  'redis\n```\n<script>alert(2)</script>\n```',
  'a\n\n<script>alert(3)</script>\n\n',
  '```',
  '~~~~~~',
  '# big',
  '## ',
  '- item',
  '+ item',
  '1. item',
  '2) item',
  '> quote',
  '=====',
  '---',
  '***',
  '    indented',
  '\tindented',
  '| a | b |',
  '|---|',
  '\\',
  '\\`',
  '``',
  '` `` ` ``',
  '*x* _y_ **z** ~~s~~',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '[x]: https://evil.example',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,<script>1</script>',
  '//evil.example/x',
  'https://evil.example/x',
  'www.evil.example',
  'me@evil.example',
  '<https://evil.example>',
  '</script><script>alert(1)</script>',
  '--><script>alert(1)</script>',
  '</div></code></pre><svg onload=alert(1)>',
  '" onmouseover="alert(1)',
  "' onmouseover='alert(1)",
  "');alert(1);('",
  '&lt;b&gt; &amp; &#60;',
  '{{ secrets.token }}',
  '{% include "x" %}',
  '{% raw %}',
  '{# x #}',
  '<%= x %>',
  '$' + '{x} #{y}',
  '{:onclick="x"}',
  ':smile: ==m== $x$ ^s^',
  '{dn:web.image}',
  '\\{dn:web.image}',
  '$& $1 $$',
  'a\u202eb\u2066c',
  'a\u0000b\u001b[2Jc',
  'a\ufffeb\uffff',
  'a\u2028b\u2029c\u0085d',
  '',
  '한글 🐳 x',
]

/** Of a page whose value is a harmless word. A code span and a listing may be written in HTML, which has the same elements. */
const plainSkeleton = new Map(
  Object.entries(PLACES).map(([place, post]) => [place, skeletonOf(md.render(rewritten(post, 'VALUE')))]),
)
const NEVER_ALL = new RegExp(`${NEVER.source}|\ufffd`, 'gu')

/** Only lines and characters that nothing may contain differ from what the value is. */
const shown = (text: string): string => text.replace(/\s+/g, '').replace(NEVER_ALL, '?')

function judge(place: string, value: string): void {
  const text = rewritten(PLACES[place] ?? '', value)
  const html = md.render(text)
  const what = `${place}: ${quoted(value)} as\n${text}`
  expect(skeletonOf(html), what).toBe(plainSkeleton.get(place))
  for (const { attrs } of elementsOf(html))
    for (const { name, value: written } of attrs) {
      if (['href', 'src'].includes(name) && !written.startsWith('https://example.org'))
        expect(written, what).not.toMatch(/^\s*(?:javascript|data|vbscript|https):|^\/\//i)
    }
  expect(html, what).not.toMatch(NEVER)
  expect(text, what).not.toMatch(/\{\{|\{%|\{#|<%|\$\{/)
}

describe('a value of a compose file in Markdown', () => {
  for (const place of Object.keys(PLACES))
    it.each(NASTY)(`is text in ${place}: %j`, (value) => {
      if (value === '') return
      judge(place, value)
    })

  it.each(['running text', 'a code span', 'a table', 'a heading', 'a listing', 'emphasis'])(
    'shows what it is in %s',
    (place) => {
      const post = PLACES[place] ?? ''
      for (const value of NASTY.filter((one) => one !== '')) {
        const wanted = textOf(md.render(rewritten(post, 'VALUE'))).replaceAll('VALUE', () => value)
        expect(shown(textOf(md.render(rewritten(post, value)))), value).toBe(shown(wanted))
      }
    },
  )

  it('is written plainly where it is plain', () => {
    expect(rewritten('A `{V}` and {V}\n\n```sh docker-network\n{V}\n```', 'nginx:1.25-alpine')).toContain(
      'A `nginx:1.25-alpine` and nginx:1.25-alpine\n\n```sh\nnginx:1.25-alpine\n```',
    )
  })

  it.each(seeds())('whatever it is (seed %i)', (seed) => {
    const signs = fc.constantFrom(
      ...'`~*_[](){}<>#+-.!|\\&;:"\'=$%^@/\n \t0aé\u202e\ud800'.split(''),
      '{{',
      '](',
      '-->',
      '```',
    )
    const value = fc
      .array(signs, { minLength: 1, maxLength: 12 })
      .map((all) => all.join(''))
      .filter((v) => v.trim() !== '' && !v.includes('\ud800'))
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(PLACES)), value, (place, one) => judge(place, one)),
      { seed, numRuns: 600 },
    )
  })
})

describe('prints in Markdown', () => {
  it.each(['`', '```', '~~~', '{{ x }}', '<script>alert(1)</script>', '{% x %} ````'])(
    'are one listing: %j',
    (value) => {
      for (const text of [value, `a\n${value}\n\n${value} b`]) {
        const html = md.render(`before\n\n${listingOf(text, 'console')}\n\nafter`)
        expect(skeletonOf(html)).toBe('p\npre\ncode class\np')
        expect(textOf(html)).toContain(text)
        expect(listingOf(text, 'console')).not.toMatch(/\{\{|\{%/)
      }
    },
  )
})
