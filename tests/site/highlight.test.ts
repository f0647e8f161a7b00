import { describe, expect, it } from 'vitest'
import { highlightListings } from '../../_config/highlight.js'

const listing = (language: string, text: string): string =>
  `<pre><code class="language-${language}">${text}</code></pre>`
const plain = (html: string): string => html.replaceAll(/<[^>]*>/g, '').replaceAll('&#x27;', "'")

describe('colours of code', () => {
  it.each([
    ['yaml', 'services: { web: { ports: [&quot;80:80&quot;] } } # a &lt;b&gt;', 'hljs-attr'],
    ['json', '{ &quot;a&quot;: [1, true, null] }', 'hljs-number'],
    ['sh', 'docker run -d --name web nginx # up', 'hljs-comment'],
    ['dockerfile', 'FROM nginx\nEXPOSE 80', 'hljs-keyword'],
    ['console', "$ docker inspect -f '{{.Id}}' web\n172.18.0.2 -d", 'hljs-string'],
  ])('%s keeps every letter', (language, text, colour) => {
    const coloured = highlightListings(listing(language, text))
    expect(coloured).toContain(`class="${colour}"`)
    const shown = plain(coloured).replaceAll('&quot;', '"')
    expect(shown).toBe(text.replaceAll('&quot;', '"'))
  })
  it('leave what a terminal prints as it is, and follow a command over several lines', () => {
    const lines = highlightListings(
      listing('console', '[node1] $ docker run \\\n  --rm x\nerror: --rm\n$ ls'),
    ).split('\n')
    expect(lines[0]).toContain('<span class="prompt">[node1] $ </span>')
    expect(lines[1]).toContain('hljs-attr')
    expect(plain(lines[2] ?? '')).toBe('error: --rm')
    expect(lines[2]).not.toContain('hljs')
  })
  it('leave a text of no known language, and elements', () => {
    const text = listing('text', 'a: --b &amp; c')
    expect(highlightListings(text)).toBe(text)
    const linked = listing('yaml', 'a: <b>c</b>')
    expect(highlightListings(linked)).toBe(linked)
  })
})
