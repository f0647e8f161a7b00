import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawFigure } from '../../src/figure/draw.ts'
import { toMermaid } from '../../src/mermaid/flowchart.ts'
import { createSvgRenderer, type SvgRenderer } from '../../src/svg/index.ts'
import { en } from '../../src/words/en.ts'
import { wordsFor } from '../../src/words/words-for.ts'
import { attachment, container, host, network, PETS, plan, SHOP, settings } from '../support/plan.ts'
import { seeds } from '../support/seeds.ts'

/** A figure in which `text` is what an author called everything. */
function named(text: string): string {
  const one = plan({
    hosts: [host(text, { address: '10.1.1.1/24' })],
    networks: [network('n', { name: text, host: text, subnets: ['10.0.0.0/8'], gateways: ['10.0.0.1'] })],
    containers: [
      container(text, {
        host: text,
        image: text,
        endpoints: new Map([['n', attachment('10.0.0.2/8')]]),
        defaultRoute: { network: 'n', via: '10.0.0.1' },
        ports: ['0.0.0.0:80->80/tcp'],
      }),
    ],
  })
  return toMermaid(drawFigure(one, settings({ title: text, show: ['images'] }), en))
}

const HARMFUL: readonly string[] = [
  '"quote"',
  '`tick`',
  '%%{init: {"theme":"dark"}}%%',
  '%% comment',
  'click a "http://x" href',
  '<b>x</b>',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'end',
  'subgraph x',
  'direction LR',
  'a;b',
  '#35;',
  '#quot;',
  '&#x3c;',
  'line\nbreak',
  '한국어 이름',
  '_under_',
  '**bold**',
  '1. list',
  '- item',
  '> quote',
  'http://a.b/c',
  'a@b.c',
  'style x fill:#f00;',
  'classDef a fill:#fff;',
  '\\n',
  '[x]',
  '{x}',
  'a|b',
  '-->',
  '"]; click',
  '`"] x["',
  ':::cls',
  '@{ shape: x }',
  'e1@',
  '\u202Ertl',
  '__proto__',
  'accTitle: x',
  '---\nconfig:\n  theme: dark\n---',
  ' ',
  '\u0000',
]

describe('text of a figure', () => {
  it('pins every option that decides how a Mermaid host draws it', () => {
    const front = toMermaid(drawFigure(SHOP, settings({}), en)).split('---')[1] ?? ''
    for (const option of [
      'layout: docker-network',
      'look: classic',
      'theme: base',
      'htmlLabels: false',
      'handDrawnSeed: 1',
      'deterministicIds: true',
      'securityLevel: strict',
      'wrappingWidth:',
      'curve: linear',
      'subGraphTitleMargin:',
    ])
      expect(front).toContain(option)
  })

  it('names boxes and groups before the first edge, in declared order', () => {
    const text = toMermaid(drawFigure(PETS, settings({}), en))
    const firstEdge = text.search(/-e1@/)
    const places = ['h_node1[', 'c_db_1(', 'c_web_1(', 'h_node2[', 'c_web_2('].map((part) =>
      text.indexOf(part),
    )
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(Math.max(...places)).toBeLessThan(firstEdge)
    expect(Math.min(...places)).toBeGreaterThan(0)
  })

  it('gives every box, group and edge its kind as a class', () => {
    const figure = drawFigure(PETS, settings({}), wordsFor('ko'))
    const text = toMermaid(figure)
    const members = [...text.matchAll(/^ {2}class (\S+) (\S+)$/gm)].flatMap((line) =>
      (line[1] ?? '').split(',').map((id) => `${id} ${line[2] ?? ''}`),
    )
    for (const part of [...figure.boxes, ...figure.groups])
      expect(members).toContain(`${part.id} ${part.kind}`)
    // Mermaid does not pass the classes of an edge on, so its id says them too.
    for (const edge of figure.edges) expect(members).toContain(`${edge.kind}-${edge.id} ${edge.kind}`)
  })
})

describe('nothing an author writes leaks out of its label', () => {
  let renderer: SvgRenderer
  beforeAll(() => {
    renderer = createSvgRenderer({ cacheDirectory: null })
  })
  afterAll(() => renderer.close())

  /** The drawing without its texts. */
  const wordless = (svg: string): string => svg.replace(/<(title|desc|text|style)\b[\s\S]*?<\/\1>/g, '')
  const elements = (svg: string): string =>
    [...wordless(svg).matchAll(/<(\w+)/g)].map((tag) => tag[1]).join(' ')
  const edgesIn = (text: string): number => [...text.matchAll(/^ {2}\w+ [a-z-]+-e\d+@/gm)].length

  const shows = async (texts: readonly string[]): Promise<void> => {
    const plain = named('plain')
    const [first, ...rest] = await renderer.render([plain, ...texts.map(named)])
    if (first?.status !== 'fulfilled') throw first?.reason
    for (const [at, drawn] of rest.entries()) {
      const text = texts[at] ?? ''
      expect(
        drawn.status,
        `${JSON.stringify(text)}: ${drawn.status === 'rejected' ? String(drawn.reason) : ''}`,
      ).toBe('fulfilled')
      if (drawn.status !== 'fulfilled') continue
      expect(elements(drawn.value.svg), JSON.stringify(text)).toBe(elements(first.value.svg))
      expect(wordless(drawn.value.svg)).not.toMatch(/\son\w+=|href=|javascript:|url\((?!#)/i)
      expect(edgesIn(named(text))).toBe(edgesIn(plain))
    }
  }

  it('draws the same parts whatever they are called', () => shows(HARMFUL))

  for (const seed of seeds())
    it(`draws the same parts for any names (seed ${seed.toString()})`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.oneof(
              fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
              fc
                .array(fc.constantFrom(...HARMFUL.filter((one) => one !== '')), {
                  minLength: 1,
                  maxLength: 3,
                })
                .map((parts) => parts.join('')),
            ),
            { minLength: 4, maxLength: 4 },
          ),
          (texts) => shows(texts),
        ),
        { seed, numRuns: 20 },
      )
    })
})
