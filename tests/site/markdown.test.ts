import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import addSiteRules from '../../_config/markdown.js'
import dockerNetwork from '../../src/index.ts'

function rendered(text: string, env: object): string {
  const md = new MarkdownIt({ html: true }).use(dockerNetwork, { language: 'en' })
  addSiteRules({ amendLibrary: (_, amend) => amend(md) })
  return md.render(text, env)
}

const MODEL = 'networks: { lit: {} }\nservices: { web: { image: nginx, networks: [lit] } }\n'
const BLOCK = `\`\`\`docker-network model=lit\n${MODEL}\`\`\`\n`

describe('the Markdown of the site', () => {
  it('has the text of a block above its figure, where a page asks for it', () => {
    const html = rendered(BLOCK, { showSource: true })
    expect(html).toContain('```docker-network model=lit\n')
    expect(html.indexOf('networks: { lit: {} }')).toBeLessThan(html.indexOf('<figure'))
  })

  it('has the model of each figure folded below it, also where it is taken from another block', () => {
    const html = rendered(`${BLOCK}\n\`\`\`docker-network use=lit view=bus\n\`\`\`\n`, {
      foldSource: 'The model',
    })
    const folded = html.split('<details class="source"><summary>The model</summary>').slice(1)
    expect(folded).toHaveLength(2)
    for (const one of folded)
      expect(one.split('</details>')[0]?.replaceAll(/<[^>]*>/g, '')).toContain('networks: { lit: {} }')
  })

  it('folds nothing below a print, a hidden block or a step', () => {
    for (const info of ['print=commands', 'hidden', 'step=1'])
      expect(rendered(`\`\`\`docker-network ${info}\n${MODEL}\`\`\`\n`, { foldSource: 'x' })).not.toContain(
        'details class="source"',
      )
  })
})
