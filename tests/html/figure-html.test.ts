import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { figureHtml } from '../../src/html/figure-html.ts'
import { drawPicture } from '../../src/picture/draw.ts'
import { en } from '../../src/words/en.ts'

describe('the figure in a page', () => {
  const compiled = compile('services: { web: { image: nginx } }')
  if (!compiled.ok) throw new Error('it is refused')
  const { figure, mermaid, scene } = compiled
  const holder = (drawing: string): string => {
    const html = figureHtml(figure, drawing, { id: 'x', words: en, theme: 'auto', mermaid })
    return /<div class="docker-network-drawing"[^>]*>/.exec(html)?.[0] ?? ''
  }

  it('stops the keyboard only at a drawing that may scroll', () => {
    expect(holder('<pre class="mermaid">flowchart</pre>')).toContain('tabindex="0"')
    expect(holder(drawPicture(scene, 'p').svg)).toBe('<div class="docker-network-drawing">')
  })
})
