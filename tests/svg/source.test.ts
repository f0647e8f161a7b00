import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/svg/engine.ts'
import { findMermaid } from '../../src/svg/mermaid-host.ts'
import { MermaidTextError } from '../../src/svg/mermaid-text-error.ts'
import { createSourceReader } from '../../src/svg/source.ts'
import { seeds } from '../support/seeds.ts'

const safeSource = createSourceReader()
const BODY = 'flowchart TB\n  a --> b\n'
const withFrontMatter = (yaml: string): string => `---\n${yaml}\n---\n${BODY}`

describe('front matter', () => {
  it('keeps the layout, the title and spacings', () => {
    const text = safeSource(
      withFrontMatter('title: 그림 1\nconfig:\n  layout: docker-network\n  flowchart:\n    nodeSpacing: 40'),
    )
    expect(text).toBe(
      `---\n{"title":"그림 1","config":{"layout":"docker-network","flowchart":{"nodeSpacing":40}}}\n---\n${BODY}`,
    )
  })

  it.each([
    'config:\n  themeCSS: "*{background:url(https://evil.example/x)}"',
    'config:\n  securityLevel: loose',
    'config:\n  htmlLabels: true',
    'config:\n  fontFamily: "x; } * { background: url(https://evil.example/x)"',
    'config:\n  look: handDrawn',
    'config:\n  secure: []',
    'config:\n  themeVariables:\n    primaryColor: "url(https://evil.example/x)"',
    'config:\n  themeVariables:\n    fontFamily: "url(https://evil.example/x)"',
    'config:\n  themeVariables:\n    fontSize: "16px; background: url(https://evil.example/x)"',
    'config:\n  layout: "x<script>"',
    'config:\n  dompurifyConfig:\n    ADD_TAGS: [script]',
    'config:\n  __proto__:\n    polluted: yes',
    'config:\n  flowchart:\n    htmlLabels: true',
    'displayMode: compact',
    'title: "<script>alert(1)</script>"',
    'config: [1, 2]',
    'just text',
  ])('loses %j', (yaml) => {
    expect(safeSource(withFrontMatter(yaml))).toBe(BODY)
  })

  it('that is not YAML is an error with the reason', () => {
    expect(() => safeSource(withFrontMatter('config: [1'))).toThrow(MermaidTextError)
    expect(() => safeSource(withFrontMatter('a: &x 1\nb: [*x, *x]'))).toThrow(MermaidTextError)
  })
})

describe('colours', () => {
  it('go, and what sets text stays', () => {
    expect(
      safeSource(
        'flowchart TB\n  a --> b\n  classDef x fill:#fff,stroke:#000,color:#111\n  classDef y fill:#fff,font-size:18px,font-weight:bold;\n  style a stroke-width:4px\n  class a x\n',
      ),
    ).toBe('flowchart TB\n  a --> b\n  classDef y font-size:18px,font-weight:bold\n  class a x\n')
  })

  it('of a label that looks like a statement are text', () => {
    const text = 'flowchart TB\n  a["`one\n  style b fill:#fff\n  classDef x fill:#000`"] --> b\n'
    expect(safeSource(text)).toBe(text)
  })

  it('of a theme go, since the finished figure has its own', () => {
    expect(
      safeSource(withFrontMatter('config:\n  theme: dark\n  themeVariables:\n    lineColor: "#fff"')),
    ).toBe(BODY)
  })
})

describe('directives', () => {
  it.each([
    '%%{init: {"themeCSS": "*{background:url(https://evil.example/x)}"}}%%',
    "%%{ initialize : {'securityLevel':'loose'} }%%",
    '%%{\n  init:\n  {"htmlLabels": true}\n}%%',
    '%%{wrap}%%',
    '%%%%{x}%%{init: {"securityLevel": "loose"}}%%',
    '%%{init: {"a": "%%{b}%%"}}%%',
    '%%{init: {"securityLevel": "loose"}',
  ])('are taken out: %j', (directive) => {
    for (const text of [`${directive}\n${BODY}`, `${BODY}${directive}`]) {
      let safe = ''
      try {
        safe = safeSource(text)
      } catch (error) {
        // One that is never closed takes the rest of the text with it.
        expect(error).toBeInstanceOf(MermaidTextError)
      }
      expect(safe).not.toMatch(/%%\s*\{/)
    }
  })

  it.each(seeds())('never remain, however they are put together (seed %i)', (seed) => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('%%', '{', '}', '%', 'init', ':', ' ', '\n', 'x', '"'), { maxLength: 40 }),
        (parts) => {
          const safe = safeSource(`flowchart TB\n${parts.join('')}`)
          expect(safe).not.toMatch(/%%\{/)
        },
      ),
      { seed, numRuns: 2000 },
    )
  })

  it('leave comments alone', () => {
    expect(safeSource(`%% a comment\n${BODY}`)).toBe(`%% a comment\n${BODY}`)
  })
})

describe('what Mermaid makes of hostile text', () => {
  const engine = createEngine(findMermaid('mermaid', `${import.meta.dirname}/../../package.json`))
  it.each([
    `%%{init: {"themeCSS": "*{background:url(https://evil.example/x)}"}}%%\n${BODY}`,
    withFrontMatter('config:\n  themeCSS: "*{background:url(https://evil.example/x)}"'),
    withFrontMatter('config:\n  themeVariables:\n    lineColor: "url(https://evil.example/x)"'),
  ])('has no request in it: %j', async (text) => {
    expect((await engine.draw('m', text)).svg).not.toContain('evil.example')
  })

  it('does not change how the next figure is drawn', async () => {
    const before = await engine.draw('m', BODY)
    await engine.draw('m', withFrontMatter('config:\n  themeVariables:\n    fontSize: 30px\n  theme: dark'))
    expect(await engine.draw('m', BODY)).toEqual(before)
  })
})
