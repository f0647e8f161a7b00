import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { place } from '../../src/picture/place.ts'
import type { PlacedFigure } from '../../src/picture/placed.ts'

function placed(source: string): PlacedFigure {
  const compiled = compile(source)
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('; '))
  return place(compiled.scene, { width: 700 })
}

/** Upper edges of the bands, in the order of these networks. */
const tops = (figure: PlacedFigure, networks: readonly string[]): readonly number[] =>
  networks.map(
    (name) =>
      figure.bands.find(({ subject }) => subject.is === 'network' && subject.network === name)?.y ??
      Number.NaN,
  )

/** Networks in a chain, with a container between each and the next and `leaves` more on each. */
function chain(networks: readonly string[], { declared = networks, ports = '', leaves = 1 } = {}): string {
  const services = networks.flatMap((network, at) => {
    const next = networks[at + 1]
    const own = Array.from(
      { length: leaves },
      (_, leaf) => `  z${network}${leaf}: { image: x, networks: [${network}] }`,
    )
    return [
      ...own,
      ...(next === undefined ? [] : [`  b${network}: { image: x, networks: [${network}, ${next}] }`]),
    ]
  })
  const entry = ports === '' ? [] : [`  entry: { image: x, networks: [${networks[0]}], ports: ["${ports}"] }`]
  return ['networks:', ...declared.map((name) => `  ${name}: {}`), 'services:', ...entry, ...services].join(
    '\n',
  )
}

describe('tiers', () => {
  const TIERS = ['front', 'middle', 'store', 'vault']
  it.each([
    ...[2, 3, 4].map((count) => ({ count, turned: false, ports: '80:80' })),
    ...[2, 3].map((count) => ({ count, turned: true, ports: '80:80' })),
    ...[3, 4].map((count) => ({ count, turned: false, ports: '' })),
  ])(
    'lie below each other from the way in: $count, declared from the last: $turned, port "$ports"',
    (one) => {
      const networks = TIERS.slice(0, one.count)
      const declared = one.turned ? [...networks].reverse() : networks
      for (const leaves of [0, 1, 2]) {
        const found = tops(placed(chain(networks, { declared, ports: one.ports, leaves })), networks)
        expect(found).toEqual([...found].sort((a, b) => a - b))
        expect(new Set(found).size).toBe(one.count)
      }
    },
  )

  it.each([8, 10, 12, 15])('%i networks in a chain go to and fro instead of down in steps', (count) => {
    const networks = Array.from({ length: count }, (_, at) => `hop${at}`)
    const figure = placed(chain(networks, { leaves: 0 }))
    expect(figure.width).toBeLessThanOrEqual(700)
    expect(new Set(figure.bands.map(({ y }) => y)).size).toBeLessThanOrEqual(Math.ceil(count / 2))
  })
})

describe('depends_on, where it is shown', () => {
  const source = (shown: string) => `networks: { app: {} }
services:
  last: { image: x, networks: [app], depends_on: [b1, b2] }
  b1: { image: x, networks: [app], depends_on: [a1, a2, a3] }
  b2: { image: x, networks: [app], depends_on: [a1] }
  a1: { image: x, networks: [app] }
  a2: { image: x, networks: [app] }
  a3: { image: x, networks: [app] }
figure: { ${shown} }
`
  const rowOf = (figure: PlacedFigure, name: string): number => {
    const box = figure.boxes.find(({ subject }) => subject.is === 'container' && subject.container === name)
    return (box?.y ?? Number.NaN) + (box?.height ?? Number.NaN)
  }

  it('ranks containers: those of one rank in a row, what starts later below', () => {
    const figure = placed(source('show: [depends_on]'))
    const tops = ['a1', 'b1', 'last'].map((name) => rowOf(figure, name))
    expect(tops).toEqual([...tops].sort((a, b) => a - b))
    expect(new Set(tops).size).toBe(3)
    expect(rowOf(figure, 'a1')).toBe(rowOf(figure, 'a3'))
  })

  it('does not where it is not shown', () => {
    const figure = placed(source('title: plain'))
    expect(rowOf(figure, 'b1')).toBe(rowOf(figure, 'last'))
  })
})
