import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { place } from '../../src/picture/place.ts'
import type { PlacedFigure } from '../../src/picture/placed.ts'
import { crossings } from '../../src/picture/polyline.ts'
import { faultsOf } from '../geometry/placed-judge.ts'
import { sceneFaults } from '../geometry/scene-judge.ts'

const stack = (hosts: number, rest = ''): string => `chance: ok
swarm: true
hosts:
${Array.from({ length: hosts }, (_, at) => `  node${at + 1}: { address: 10.7.0.${at + 1}/24, role: ${at < 3 ? 'manager' : 'worker'} }`).join('\n')}
underlay: { subnet: 10.7.0.0/24 }
networks: { front: { driver: overlay }, back: { driver: overlay } }
services:
  web: { image: x, networks: [front], ports: ["80:80"], deploy: { replicas: ${hosts} } }
  api: { image: x, networks: [front, back], deploy: { replicas: ${hosts} } }
  db: { image: x, networks: [back], deploy: { placement: { constraints: [node.hostname == node${hosts}] } } }
${rest}`

function drawn(source: string, width?: number): PlacedFigure {
  const compiled = compile(source, { language: 'en' })
  if (!compiled.ok) throw new Error(compiled.problems.map((one) => JSON.stringify(one.message)).join())
  const figure = place(compiled.scene, { width })
  expect([...faultsOf(figure, compiled.plan), ...sceneFaults(figure, compiled.scene)]).toEqual([])
  return figure
}

const crossed = ({ lines }: PlacedFigure): number =>
  lines.reduce(
    (sum, a, at) =>
      sum + lines.slice(at + 1).reduce((own, b) => own + crossings(a.points, b.points).length, 0),
    0,
  )

const rowsOf = ({ enclosures }: PlacedFigure): number =>
  new Set(enclosures.filter((one) => one.kind === 'host').map((one) => one.y)).size

describe('hosts that are too wide beside each other stand in two rows', () => {
  it.each([5, 6, 7])('%i hosts, without a crossing, each network one mark', (hosts) => {
    const figure = drawn(stack(hosts))
    expect(rowsOf(figure)).toBe(2)
    expect(figure.width).toBeLessThanOrEqual(hosts < 7 ? 700 : 760)
    expect(crossed(figure)).toBe(0)
    expect(figure.bands.filter((band) => band.bend !== undefined)).toHaveLength(3)
  })

  it('leads the client to the port of every host', () => {
    const figure = drawn(stack(5))
    const pills = figure.pills.filter((pill) => pill.kind === 'open')
    expect(pills).toHaveLength(5)
    for (const pill of pills)
      expect(
        figure.lines.filter((line) => line.subject.is === 'client' && line.to === pill.id),
        pill.id,
      ).toHaveLength(1)
  })

  it('says what a network is once, and its name at both bars', () => {
    const texts = drawn(stack(5)).bands.flatMap((band) => band.texts.map((one) => one.text))
    expect(texts.filter((text) => text.includes('10.0.0.0/24'))).toHaveLength(1)
    expect(texts.filter((text) => text === 'ingress')).toHaveLength(2)
  })

  it('draws a network where something of it is', () => {
    const source = stack(5).replace('node.hostname == node5', 'node.hostname == node1')
    const figure = drawn(
      source.replace('networks: [front, back], deploy: { replicas: 5 }', 'networks: [front]'),
    )
    const bars = figure.bands.filter(({ texts }) => texts.some(({ text }) => text === 'back'))
    expect(bars).toHaveLength(1)
    expect(bars[0]?.bend).toBeUndefined()
  })

  it('has ports of containers on the lower edge, too', () => {
    const mode = '[{ target: 80, published: 8080, mode: host }]'
    const figure = drawn(
      stack(5)
        .replace('["80:80"]', mode)
        .replace('web: {', 'web: { container_name: x,')
        .replace('container_name: x,', ''),
    )
    expect(rowsOf(figure)).toBe(2)
    expect(figure.pills.filter((pill) => pill.kind === 'open')).toHaveLength(5)
    expect(crossed(figure)).toBe(0)
  })

  it('a way goes along the bend', () => {
    const figure = drawn(stack(5, 'figure: { highlight: ["client -> node5:80", "api.1 -> db"] }'))
    const bends = figure.bands.flatMap(({ bend }) => (bend === undefined ? [] : [bend]))
    const along = figure.lines.filter(
      ({ kind, points }) =>
        kind === 'way' &&
        points.some(({ x, y }, at) =>
          bends.some(
            (bend) =>
              x > bend.x &&
              x < bend.x + bend.width &&
              points[at - 1]?.x === x &&
              Math.abs((points[at - 1]?.y ?? y) - y) > 60,
          ),
        ),
    )
    expect(along).toHaveLength(2)
  })

  it('few hosts stay in one row', () => {
    expect(rowsOf(drawn(stack(2)))).toBe(1)
    expect(rowsOf(drawn(stack(3)))).toBe(1)
  })
})
