/** Every setting of a figure is obeyed or told, in every view, in the fence and on the command line. */
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { type Compiled, compile } from '../../src/compile.ts'
import { unusedSettings } from '../../src/figure/unused.ts'
import dockerNetwork from '../../src/markdown-it/plugin.ts'
import { placeScene } from '../../src/picture/draw.ts'
import { problemRecord } from '../../src/problem/report.ts'
import { FIGURE_PARTS, type FigureSettings, VIEWS, type View } from '../../src/topology/topology.ts'

const SWARM = `hosts: { a: { address: 192.168.56.11/24, role: manager }, b: { address: 192.168.56.12/24, role: worker } }
swarm: true
networks: { o: { driver: overlay, attachable: true } }
services:
  db: { image: postgres, networks: [o], deploy: { placement: { constraints: [node.hostname == a] } } }
  web: { image: nginx, networks: [o], ports: ["8080:80"], deploy: { replicas: 2 } }
chance: ok
`
const HOST = `engine: 26
hosts: { h: { address: 192.168.56.10/24 } }
networks: { n: { internal: true }, m: {} }
services:
  db: { image: postgres, networks: { n: { aliases: [pg] } } }
  web: { image: nginx, networks: [n, m], ports: ["8080:80"], depends_on: [db] }
commands:
  - docker run -d --name idle busybox
  - docker run -d --name dead busybox
  - docker stop dead
chance: ok
`
const span = { start: 0, end: 0 }
const MODELS = [
  [SWARM, 'web.1 -> db'],
  [HOST, 'web -> db'],
] as const
const UNUSED = 'KEY_WITHOUT_EFFECT'

/** A sequence needs a way, whatever else is asked. */
const wayOf = (view: View, way: string): FigureSettings['highlight'] =>
  view === 'sequence' ? [{ value: way, span }] : []

function compiled(text: string, figure: Partial<FigureSettings>): Extract<Compiled, { readonly ok: true }> {
  const result = compile(text, { figure })
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join())
  return result
}

const drawn = (text: string, figure: Partial<FigureSettings>): string => {
  const { scene, figure: own } = compiled(text, figure)
  return JSON.stringify([placeScene(scene), own.legend], (_, value) =>
    typeof value === 'bigint' ? `${value}` : value,
  )
}

describe.each(VIEWS)('in view %s', (view) => {
  it.each(FIGURE_PARTS)('the part %s is drawn, or the author is told', (part) => {
    const changes = MODELS.some(([text, way]) => {
      const highlight = wayOf(view, way)
      const plain = drawn(text, { view, highlight })
      return [{ show: [part] }, { hide: [part] }].some(
        (wish) => drawn(text, { view, highlight, ...wish }) !== plain,
      )
    })
    for (const wish of [{ show: [part] }, { hide: [part] }]) {
      const { problems } = compiled(HOST, { view, highlight: wayOf(view, 'web -> db'), ...wish })
      const told = problems.filter(({ code }) => code === UNUSED)
      expect(told.map(({ message }) => message)).toEqual(
        changes ? [] : [`${Object.keys(wish)[0]}=${part} has no effect in the view ${view}`],
      )
    }
  })
})

const POST = `\`\`\`docker-network model=lab hidden
hosts: { h: { address: 192.168.56.10/24 } }
commands:
  - docker network create back
  - docker network create front
  - docker run -d --name db --network back redis
  - docker run -d --name web --network back -p 80:80 nginx
  - docker network connect front web
  - docker run -d --name edge --network front nginx
\`\`\`

`

interface Rendered {
  readonly html: string
  readonly problems: readonly { readonly code: string; readonly at: string }[]
}

function render(info: string): Rendered {
  const problems: Rendered['problems'][number][] = []
  const text = `${POST}\`\`\`docker-network use=lab ${info}\n\`\`\`\n`
  const md = new MarkdownIt().use(dockerNetwork, {
    report: (found) => {
      for (const one of found) {
        const { code, line, column } = problemRecord(one)
        problems.push({ code, at: text.split('\n')[line - 1]?.slice(column - 1) ?? '' })
      }
    },
  })
  // Ids of a post follow from its text.
  return { html: md.render(text).replace(/dn-[0-9a-z]{4,8}-2/g, 'dn-x-2'), problems }
}

/** The picture alone: words below it are not what a view is taken for. */
const pictureOf = ({ html }: Rendered): string =>
  (/<svg [\s\S]*<\/svg>/.exec(html)?.[0] ?? html).replace(/ class="[^"]*"/g, '')

const KEYS: readonly (readonly [key: string, value: string])[] = [
  ['step', '4'],
  ['since', '3'],
  ['steps', '3..5'],
  ['highlight', 'web -> db'],
  ['focus', 'edge'],
  ['title', 'a title'],
  ['caption', 'a caption'],
  ['lang', 'ko'],
  ['theme', 'dark'],
  ['direction', 'right'],
  ['id', 'own'],
  ['class', 'wide'],
  ['from', '2'],
  ['to', '3'],
]

describe.each(VIEWS)('a fence with view=%s', (view) => {
  it.each(KEYS)('obeys %s= or tells what it leaves out, at its place', (key, value) => {
    const way = view === 'sequence' && key !== 'highlight' ? ' highlight="web -> edge"' : ''
    const [plain, asked] = [render(`view=${view}${way}`), render(`view=${view}${way} ${key}="${value}"`)]
    const ofPicture = ['step', 'since', 'highlight', 'focus'].includes(key)
    const isObeyed = ofPicture ? pictureOf(asked) !== pictureOf(plain) : asked.html !== plain.html
    const told = asked.problems.filter(({ code }) => code === UNUSED || code === 'DIRECTION_OF_TEXT')
    const isSequence = view === 'sequence' && key === 'highlight'
    if (key === 'direction') expect(told).toHaveLength(1)
    else expect(isObeyed || isSequence).toBe(told.length === 0)
    for (const { at } of told) expect(at.startsWith(value)).toBe(true)
  })
})

describe('a fence that draws nothing', () => {
  const OF_FIGURES = [
    'view="bus"',
    ...KEYS.map(([key, value]) => `${key}="${value}"`),
    'show="macs"',
    'hide="client"',
  ]

  it.each(OF_FIGURES)('tells that %s has no effect beside print=, or prints another text', (written) => {
    // Where nothing could be another: the last step, one language, a text without an id.
    if (/^(?:step|lang|id|class|to)=/.test(written)) return
    const value = /"(.*)"/.exec(written)?.[1] ?? ''
    for (const print of ['changes', 'script', 'addresses']) {
      const [plain, asked] = [render(`print=${print}`), render(`print=${print} ${written}`)]
      const told = asked.problems
        .filter(({ at }) => at.startsWith(value) || at.includes('steps='))
        .map(({ code }) => code)
      const isTold = told.some((code) => code === UNUSED || code === 'FENCE_BAD_VALUE')
      expect({ print, isTold }).toEqual({
        print,
        isTold: asked.html === plain.html || written.startsWith('steps'),
      })
    }
  })

  it.each(OF_FIGURES.filter((written) => !/^(?:lang)=/.test(written)))(
    'tells that %s has no effect in a hidden block',
    (written) => {
      expect(render(`hidden ${written}`).problems.map(({ code }) => code)).toContain(UNUSED)
    },
  )
})

it('says nothing of a setting of the model that another view has no use for', () => {
  const text = `${HOST}figure: { highlight: ["web -> db"], show: [macs] }\n`
  expect(compiled(text, { view: 'addresses' }).problems.map(({ code }) => code)).not.toContain(UNUSED)
  const own = text.replace('figure: {', 'figure: { view: addresses,')
  expect(compiled(own, {}).problems.map(({ code }) => code)).toEqual([UNUSED, UNUSED])
})

it('has a table with no view and no part that there is not', () => {
  const none = { highlight: [], focus: [], show: [], hide: [], since: false }
  for (const view of VIEWS) expect(unusedSettings(view, none)).toEqual([])
})
