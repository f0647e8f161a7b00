import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { place } from '../../src/picture/place.ts'
import type { PlacedFigure } from '../../src/picture/placed.ts'

function placed(source: string): PlacedFigure {
  const compiled = compile(source)
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('; '))
  return place(compiled.scene, { width: 700 })
}

const cards = (count: number, body: (index: number) => string): string =>
  Array.from({ length: count }, (_, at) => `  c${String(at).padStart(2, '0')}: { image: x${body(at)} }`).join(
    '\n',
  )

/** How many containers stand in each row, from the top. */
function rows(figure: PlacedFigure): readonly number[] {
  const bottoms = figure.boxes
    .filter(({ subject }) => subject.is === 'container')
    .map(({ y }) => Math.round(y))
  return [...new Set(bottoms)].sort((a, b) => a - b).map((y) => bottoms.filter((own) => own === y).length)
}

describe('a grid of containers', () => {
  it.each([1, 2])('has columns for the many, and rows of their own for %i that are far wider', (wide) => {
    const local = (at: number): string => `, ports: ["127.0.0.1:1567${at}:15672"]`
    const figure = placed(`services:\n${cards(12, (at) => (at < wide ? local(at) : ''))}`)
    const [first = 0, second = 0] = rows(figure)
    expect(first).toBeGreaterThanOrEqual(4)
    expect(second).toBeGreaterThanOrEqual(4)
    expect(figure.width).toBeLessThanOrEqual(700)
  })

  it('breaks ports on several lines of a pill where that keeps open containers in one row', () => {
    const ports = Array.from({ length: 5 }, (_, at) => 100 * (at + 1))
    const many = (at: number): string =>
      `, ports: [${ports.map((port) => `"${port + at}:${port}"`).join(', ')}]`
    for (const count of [2, 3, 4]) expect(rows(placed(`services:\n${cards(count, many)}`))).toEqual([count])
  })

  it.each([3, 4, 5])(
    'bars of view bus have their words on one line where these fit beside %i lines',
    (count) => {
      const nets = Array.from({ length: count }, (_, at) => `n${at}`)
      const figure = placed(`networks: { ${nets.map((net) => `${net}: {}`).join(', ')} }
services:
  hub: { image: x, networks: [${nets.join(', ')}] }
${nets.map((net) => `  on${net}: { image: x, networks: [${net}] }\n  to${net}: { image: x, networks: [${net}] }`).join('\n')}
figure: { view: bus }`)
      const lines = figure.bands.map(({ texts }) => new Set(texts.map(({ y }) => Math.round(y / 4))).size)
      expect(Math.max(...lines)).toBe(1)
    },
  )
})

describe('a figure that no column would hold', () => {
  const networks = Array.from({ length: 14 }, (_, at) => `n${at}`)
  const source = `networks: { ${networks.map((net, at) => `${net}: { ipam: { config: [{ subnet: 10.${at}.0.0/24 }] } }`).join(', ')} }
services:
${cards(60, (at) => `, networks: [${[...new Set([at % 14, (at * 5 + 3) % 14, (at * 11 + 7) % 14])].map((net) => `n${net}`).join(', ')}]`)}
`

  it('names far networks on their containers, each address once', () => {
    const compiled = compile(source)
    if (!compiled.ok) throw new Error('is refused')
    const figure = place(compiled.scene, { width: 700 })
    expect(figure.width).toBeLessThanOrEqual(700)
    const wanted = compiled.scene.cards.flatMap(({ container, joints }) =>
      joints.map(({ network, lines }) => `${container} ${network} ${lines.join(' ')}`),
    )
    const has = figure.chips.flatMap(({ subject, texts }) => {
      if (subject.is !== 'attachment') return []
      const said = texts.map(({ text }) => text).join(' ')
      const bare = said.startsWith(`${subject.network} `) ? said.slice(subject.network.length + 1) : said
      const isJoined = figure.lines.some(
        (line) =>
          line.subject.is === 'attachment' &&
          line.subject.container === subject.container &&
          line.subject.network === subject.network,
      )
      // Either a line says which network it is, or its name.
      expect(isJoined).toBe(bare === said)
      return [`${subject.container} ${subject.network} ${bare}`]
    })
    expect([...has].sort()).toEqual([...wanted].sort())
  })

  it('keeps all lines of a way that is shown', () => {
    const compiled = compile(`${source}figure: { highlight: "c00 -> c14" }`)
    if (!compiled.ok) throw new Error('is refused')
    const figure = place(compiled.scene, { width: 700 })
    expect(figure.badges.length).toBeGreaterThan(0)
    for (const { subject, texts } of figure.chips)
      if (subject.is === 'attachment') expect(texts[0]?.text).not.toContain(subject.network)
  })
})
