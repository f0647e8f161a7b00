import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { COLUMN, pagePicture } from '../../src/picture/draw.ts'
import { figureCases } from '../support/figures.ts'
import { hopsOn } from '../support/steps.ts'

/** Inner width of a phone of 360 px, less margins of the page. */
const SEEN = 344
const LEAST = 9

/** The drawing of a page that a phone shows. */
function onPhone(source: string): { readonly svg: string; readonly hops: readonly string[] } | null {
  const compiled = compile(source, { language: 'en' })
  if (!compiled.ok) return null
  const { traces } = compiled.scene
  const hops = traces.flatMap(({ hops: own, reached }, way) =>
    own
      .map((_, at) => `${traces.length > 1 ? 'ABC'[way] : ''}${at + 1}`)
      .filter((_, at) => reached || at < own.length - 1),
  )
  const svgs = pagePicture(compiled.scene, 'x').split(/(?=<svg )/)
  return { svg: svgs.at(-1) ?? '', hops }
}

/** Heights of the letters that a reader sees, in px, in so much width. */
function letters(svg: string, seen = SEEN): readonly number[] {
  const width = Number(/ width="(\d+)"/.exec(svg)?.[1])
  return [...svg.matchAll(/font-size="([\d.]+)"/g)].map(
    ([, size]) => Number(size) * Math.min(1, seen / width),
  )
}

const badges = (svg: string): readonly string[] =>
  [...svg.matchAll(/class="[^"]*\bbadge (?:step|reached)\b.*?<text[^>]*>([^<]+)</g)].flatMap(([, text]) =>
    text === undefined ? [] : hopsOn(text),
  )

const STACK = (hosts: number, highlight: string): string => `swarm: true
hosts:
${Array.from({ length: hosts }, (_, at) => `  n${at}: { address: 10.7.0.${at + 1}/24 }`).join('\n')}
networks: { front: { driver: overlay }, back: { driver: overlay } }
services:
  web: { image: x, networks: [front], ports: ["80:80"], deploy: { replicas: ${hosts} } }
  api: { image: x, networks: [front, back], deploy: { replicas: ${hosts} } }
  db: { image: x, networks: [back] }
figure: { highlight: ${highlight} }
`

const CASES = (['gallery', 'kinds', 'ten', 'shapes'] as const).flatMap((set) =>
  figureCases(set).map((one) => [one.name, one.source] as const),
)

it('a list of a swarm has the number of the tunnel that the wide drawing has', () => {
  const source = STACK(2, '[]').replace('figure: {', 'figure: { view: overlay,')
  const phone = onPhone(source)?.svg ?? ''
  expect(phone).toContain('>VNI 4097')
  expect(phone).toContain('>VNI 4098')
})

describe('in a column of 700 px', () => {
  it.each(CASES)('letters are at least 9 px high: %s', (_, source) => {
    const compiled = compile(source, { language: 'en' })
    if (!compiled.ok) return
    const [svg = ''] = pagePicture(compiled.scene, 'x').split(/\n(?=<svg )/)
    expect(Math.min(...letters(svg, COLUMN))).toBeGreaterThanOrEqual(LEAST)
  })
})

/** Words of a drawing, without those that only say how a line runs: a list has other rows for steps of a way. */
const wordsOf = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)]
    .flatMap(([, text]) => (text ?? '').split(/[\s·,]+/))
    .filter((word) => word !== '' && !/^(?:×\d+|↔|[A-Z]?\d+–\d+)$/.test(word))

describe('on a phone', () => {
  it.each(CASES)('nothing is lost that the wide drawing says: %s', (_, source) => {
    for (const view of [null, 'datapath', 'overlay', 'bus'] as const) {
      const compiled = compile(source, { language: 'en', figure: { view } })
      if (!compiled.ok) return
      const [wide = '', narrow = ''] = pagePicture(compiled.scene, 'x').split(/\n(?=<svg )/)
      if (narrow === '') continue
      // A name may be broken.
      const said = wordsOf(narrow).join('')
      expect(wordsOf(wide).filter((word) => !said.includes(word))).toEqual([])
    }
  })

  it.each(CASES)('letters are at least 9 px high: %s', (_, source) => {
    const shown = onPhone(source)
    if (shown !== null) expect(Math.min(...letters(shown.svg))).toBeGreaterThanOrEqual(LEAST)
  })

  it.each(
    [3, 4, 5].flatMap((hosts) =>
      ['["client -> web:80"]', '["client -> web:80", "api -> db"]'].map((way) => [hosts, way] as const),
    ),
  )('a way over %i hosts has each of its hops, %s', (hosts, way) => {
    const shown = onPhone(STACK(hosts, way))
    if (shown === null) throw new Error('has no figure')
    expect(Math.min(...letters(shown.svg))).toBeGreaterThanOrEqual(LEAST)
    expect([...badges(shown.svg)].sort()).toEqual([...shown.hops].sort())
    expect(shown.hops.length).toBeGreaterThan(5)
  })
})
