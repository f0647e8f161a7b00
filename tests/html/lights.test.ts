import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import dockerNetwork from '../../src/markdown-it/plugin.ts'
import { pictureStyle } from '../../src/picture/style.ts'

const BLOCK = `\`\`\`docker-network
networks: { front: {}, back: {} }
services:
  db: { networks: [back] }
  web: { networks: [front, back], depends_on: [db], ports: ["8080:80"] }
\`\`\`
`
const render = (text: string): string => new MarkdownIt().use(dockerNetwork).render(text)

describe('what belongs together', () => {
  const html = render(`See {dn:web}, {dn:back} and \`{dn:web}\`.\n\n${BLOCK}`)

  it('has a class by which the stylesheet lights it', () => {
    expect(html).toMatch(/class="box container dn-c2 dn-n1 dn-n2"/)
    expect(html).toMatch(
      /class="chip interface dn-hue1 dn-c2 dn-n1"|class="chip interface dn-c2 dn-n1 dn-hue1"/,
    )
    expect(html).toMatch(/class="band bridge [^"]*dn-n2[^"]*dn-c1[^"]*dn-c2/)
    const css = readFileSync(join(import.meta.dirname, '../../assets/docker-network.css'), 'utf8').replace(
      /\s+/g,
      ' ',
    )
    expect(css).toContain('.dn-c2:is(:hover, :focus-within, :target)')
    expect(css).toContain(':not(.dn-n2)')
  })

  it('leaves the rest pale, on a ground that no line shows through', () => {
    const [, lit = ''] = pictureStyle().split('@media screen{')
    const rules = [...(lit.split('\n}')[0] ?? '').matchAll(/^(.*)\{(.*)\}$/gm)]
    expect(rules.length).toBeGreaterThan(2)
    for (const [, selector = '', body = ''] of rules)
      if (/(^|;)(fill-)?opacity:/.test(body))
        for (const one of selector.split(/,(?=\.docker-network)/))
          expect(one).toMatch(/(:is\(\.edge,\.dot\)|>:is\(text,\.sign,\.inner\))$/)
  })

  it('is a link in prose, not in code', () => {
    const [, link, inCode] = html.match(/See (.*?) and <code>(.*?)<\/code>/) ?? []
    expect(link).toMatch(
      /<a class="docker-network-link" href="#dn-\w+-1-c2">web<\/a>, <a [^>]*-n2">back<\/a>/,
    )
    expect(inCode).toBe('web')
  })

  it('is a link in the table of addresses', () => {
    expect(html).toMatch(
      /<tr class="docker-network-one-of-several dn-c1"><td>back<\/td><th scope="row"><a href="#dn-\w+-1-c1">db<\/a>/,
    )
  })

  it('has a place for every link, and no place twice', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id)
  })

  it('is text where no figure shows it', () => {
    expect(render(`{dn:web}\n\n${BLOCK.replace('docker-network\n', 'docker-network hidden\n')}`)).toContain(
      '<p>web</p>',
    )
  })
})
