import { describe, expect, it } from 'vitest'
import { type Compiled, compile } from '../../src/compile.ts'
import { badgeHalf } from '../../src/picture/badges.ts'
import { place } from '../../src/picture/place.ts'
import type { PlacedFigure } from '../../src/picture/placed.ts'
import { SIGN } from '../../src/picture/signs.ts'
import { TOPOLOGY_VIEWS, type View } from '../../src/topology/topology.ts'
import { rectOfText } from '../geometry/placed-judge.ts'
import { figureCases } from '../support/figures.ts'
import { hopsOn } from '../support/steps.ts'

interface Drawn {
  readonly result: Extract<Compiled, { readonly ok: true }>
  readonly figure: PlacedFigure
}

function drawn(source: string, view: View | null = null, width = 700): Drawn {
  const result = compile(source, { figure: { view } })
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.message).join('; '))
  return { result, figure: place(result.scene, { width }) }
}

const withWays = [...figureCases('gallery'), ...figureCases('kinds')].filter(({ source }) =>
  source.includes('highlight:'),
)

describe('a highlighted way', () => {
  it.each(withWays.flatMap((one) => TOPOLOGY_VIEWS.map((view) => [one.name, view, one.source] as const)))(
    'has a badge for each hop, from 1 on, none on another: %s as %s',
    (_, view, source) => {
      for (const width of [700, 360]) {
        const { result, figure } = drawn(source, view, width)
        for (const [index, trace] of result.scene.traces.entries()) {
          const letter = result.scene.traces.length > 1 ? String.fromCharCode(65 + index) : ''
          const own = figure.badges.filter((badge) => badge.way === index + 1)
          const told = trace.hops.length - (trace.reached ? 0 : 1)
          const numbers = Array.from({ length: told }, (_, at) => `${letter}${at + 1}`)
          expect(own.flatMap((badge) => (badge.text === '' ? [] : hopsOn(badge.text)))).toEqual(numbers)
          expect(own.filter((badge) => badge.kind === 'drop')).toHaveLength(trace.reached ? 0 : 1)
        }
        for (const [at, badge] of figure.badges.entries()) {
          expect(badge.x).toBeGreaterThan(0)
          expect(badge.x).toBeLessThan(figure.width)
          for (const other of figure.badges.slice(at + 1))
            expect(
              Math.abs(badge.x - other.x) >= 12 || Math.abs(badge.y - other.y) >= 12,
              `${badge.text} and ${other.text}`,
            ).toBe(true)
        }
        for (const line of figure.lines.filter(({ kind }) => kind === 'way'))
          for (const { x, y } of line.points) {
            expect(x).toBeGreaterThanOrEqual(0)
            expect(x).toBeLessThanOrEqual(figure.width)
            expect(y).toBeLessThanOrEqual(figure.height)
          }
      }
    },
  )

  it('has one badge where several hops happen in one place', () => {
    const { figure } = drawn(`hosts: { h: { address: 10.7.0.1/24 } }
networks: { red: {} }
services: { web: { image: nginx, networks: [red], ports: ["80:80"] } }
figure: { highlight: ["client -> web:80"] }
`)
    expect(figure.badges.map((badge) => badge.text)).toEqual(['1', '2–5', '6'])
  })

  it.each(withWays.map((one) => [one.name, one.source] as const))(
    'covers no words and no sign with a badge: %s',
    (_, source) => {
      const { figure } = drawn(source)
      const parts = [...figure.enclosures, ...figure.bands, ...figure.boxes, ...figure.chips, ...figure.pills]
      const words = parts.flatMap((part) =>
        part.texts.map((text) => ({ what: text.text, ...rectOfText(text, 1) })),
      )
      const signs = figure.boxes.flatMap(({ id, sign }) =>
        sign === undefined
          ? []
          : [{ what: `sign of ${id}`, x: sign.x, y: sign.y, width: SIGN, height: SIGN }],
      )
      const covered = figure.badges.flatMap(({ text, x, y, radius }) => {
        const half = badgeHalf(text)
        return [...words, ...signs]
          .filter(
            (one) =>
              one.x < x + half &&
              x - half < one.x + one.width &&
              one.y < y + radius &&
              y - radius < one.y + one.height,
          )
          .map(({ what }) => `${text} covers ${what}`)
      })
      expect(covered).toEqual([])
    },
  )

  const bridge = `networks: { red: {}, blue: {} }
services:
  alice: { image: x, networks: [red] }
  carol: { image: x, networks: [red] }
  bob: { image: x, networks: [blue] }
`

  it('has an arrowhead where it arrives, and lights what it passes alone', () => {
    const { figure } = drawn(`${bridge}figure: { highlight: ["alice -> carol"] }`)
    const ways = figure.lines.filter((line) => line.kind === 'way')
    expect(ways.map((line) => line.arrow)).toEqual(['end'])
    const plain = [...figure.boxes, ...figure.bands].filter((part) => part.emphasis === 'plain')
    expect(plain.map((part) => part.id).sort()).toEqual(['c_alice', 'c_carol', 'n_red'])
  })

  it('has a cross at the very place where the packet is dropped, and no arrowhead there', () => {
    const { figure } = drawn(`${bridge}figure: { highlight: ["alice -> 172.18.0.2"] }`)
    const cross = figure.badges.find((badge) => badge.kind === 'drop')!
    const red = figure.bands.find((band) => band.id === 'n_red')!
    expect(cross.y).toBeGreaterThanOrEqual(red.y)
    expect(cross.y).toBeLessThanOrEqual(red.y + red.height)
    const way = figure.lines.filter((line) => line.kind === 'way')
    expect(way.at(-1)?.arrow).toBe('none')
    expect(way.at(-1)?.points.at(-1)).toEqual({ x: cross.x, y: cross.y })
  })

  it('has a cross at its sender where it gets no further', () => {
    const { figure } = drawn(`${bridge}figure: { highlight: ["alice -> bob"] }`)
    const [cross, ...others] = figure.badges
    const alice = figure.boxes.find((box) => box.id === 'c_alice')!
    expect([cross?.kind, others.length, alice.emphasis]).toEqual(['drop', 0, 'plain'])
    expect(Math.abs(cross!.x - alice.x)).toBeLessThanOrEqual(12)
  })

  it('keeps two apart: letters, numbers of their own, and not on one line', () => {
    const { figure } = drawn(`${bridge}figure: { highlight: ["alice -> carol", "carol -> alice"] }`)
    expect(figure.badges.flatMap((badge) => hopsOn(badge.text))).toEqual(
      expect.arrayContaining(['A1', 'A2', 'B1', 'B2']),
    )
    const [a, b] = [1, 2].map((way) => figure.lines.find((line) => line.way === way)!)
    expect(a!.points).not.toEqual([...b!.points].reverse())
  })

  it('goes over what the view shows: interface, rule, bridge', () => {
    const { figure } = drawn(
      'hosts: { host: { address: 192.168.56.10/24 } }\nnetworks: { app: {} }\nservices: { web: { image: x, networks: [app], ports: ["80:80", "81:81"] } }\nfigure: { highlight: ["client -> web:80"] }',
      'datapath',
    )
    const plain = (list: readonly { readonly id: string; readonly emphasis: string }[]) =>
      list.filter((part) => part.emphasis === 'plain').map((part) => part.id)
    expect(plain(figure.boxes)).toEqual(expect.arrayContaining(['client', 'nat_host', 'c_web']))
    expect(plain(figure.bands)).toEqual(['n_app'])
    expect(plain(figure.chips)).toContain('nic_host_eth0')
  })

  it('goes through the tunnel in view overlay, below its words', () => {
    const source = withWays.find((one) => one.name === '32-highlight-overlay')!.source
    const { figure } = drawn(source, 'overlay')
    const [label] = figure.labels
    const [first, second] = figure.bands[0]!.segments
    const through = figure.lines
      .filter((line) => line.kind === 'way')
      .flatMap((line) => line.points)
      .filter(({ x }) => x >= first!.x + first!.width - 1 && x <= second!.x + 1)
    expect(through.length).toBeGreaterThanOrEqual(2)
    for (const { y } of through.slice(1, 3)) expect(y).toBeGreaterThan(label!.text.y)
  })
})
