/** A block that `check` passes can be drawn, at a cost in proportion to what is seen: each dimension is doubled twice. */
import '../support/start-counting.ts'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { drawPicture } from '../../src/picture/draw.ts'
import { growth } from '../support/work.ts'

const list = (count: number, item: (i: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, i) => item(i)).join(between)
const wide = 'networks: { n: { ipam: { config: [{ subnet: 10.0.0.0/8 }] } } }\n'
const networks = (count: number): string =>
  `networks:\n${list(count, (i) => `  n${i}: { ipam: { config: [{ subnet: 10.${i}.0.0/24 }] } }\n`)}`

/** The size at the beginning, and the text for a size. */
const MODELS: Readonly<Record<string, readonly [number, (n: number) => string]>> = {
  services: [80, (n) => `${wide}services:\n${list(n, (i) => `  s${i}: { image: x, networks: [n] }\n`)}`],
  replicas: [80, (n) => `${wide}services: { a: { image: x, networks: [n], scale: ${n} } }\n`],
  networks: [
    20,
    (n) => `${networks(n)}services:\n${list(n, (i) => `  s${i}: { image: x, networks: [n${i}] }\n`)}`,
  ],
  'networks in a chain': [
    16,
    (n) =>
      `${networks(n)}services:\n${list(n - 1, (i) => `  s${i}: { image: x, networks: [n${i}, n${i + 1}] }\n`)}`,
  ],
  'published ports': [
    40,
    (n) => `services: { a: { image: x, ports: [${list(n, (i) => `"${1000 + 2 * i}:${i + 1}"`, ', ')}] } }\n`,
  ],
  'hosts of a swarm': [
    16,
    (n) =>
      `hosts:\n${list(n, (i) => `  h${i}: { address: 192.168.56.${i + 10}/24, role: manager }\n`)}swarm: true\nservices: { a: { image: x, deploy: { mode: global } } }\n`,
  ],
  'dependencies that are shown': [
    64,
    (n) => {
      const side = Math.round(Math.sqrt(n) * 2)
      return `${wide}services:\n${list(side, (i) => `  s${i}: { image: x, networks: [n], depends_on: [${list(i, (j) => `s${j}`, ', ')}] }\n`)}figure: { show: [depends_on] }\n`
    },
  ],
  aliases: [
    80,
    (n) =>
      `${wide}services: { a: { networks: { n: { aliases: [${list(n, (i) => `al${i}`, ', ')}] } } } }\nfigure: { show: [aliases] }\n`,
  ],
  'letters of a title': [400, (n) => `services: { a: {} }\nfigure: { title: "${'x '.repeat(n)}" }\n`],
}
const VIEWS = ['network', 'datapath', 'overlay', 'bus', 'matrix', 'addresses']

describe('drawing grows in proportion to', () => {
  it.each(Object.entries(MODELS))(
    '%s',
    (name, [size, text]) => {
      const action = (n: number) => {
        const compiled = compile(text(n))
        if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('; '))
        return () => drawPicture(compiled.scene, 'a')
      }
      // Cards on one network are tried in one row more after the other, until they are narrow enough: with n√n.
      expect(growth(size, action)).toBeLessThan(/^(?:services|replicas)$/.test(name) ? 3.3 : 2.75)
    },
    300_000,
  )
})

describe('what can be planned can be drawn', () => {
  const LARGE: Readonly<Record<string, string>> = {
    'three hundred services that depend on fifty each': `services:\n${list(300, (i) => `  s${i}: { image: x, depends_on: [${list(Math.min(i, 50), (j) => `s${i - 1 - j}`, ', ')}] }\n`)}figure: { show: [depends_on] }\n`,
    'a thousand replicas': `${wide}services: { a: { image: x, networks: [n], scale: 1000 } }\n`,
    'a thousand ports': `services: { a: { image: x, ports: [${list(1000, (i) => `"${1000 + 2 * i}:${i + 1}"`, ', ')}] } }\n`,
    'a name without blanks': `services: { a: { image: "${'x'.repeat(5000)}" } }\n`,
  }
  it.each(Object.entries(LARGE))(
    '%s',
    (_, text) => {
      for (const view of VIEWS) {
        const compiled = compile(text, { figure: { view: view as 'network' } })
        if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('; '))
        const { svg } = drawPicture(compiled.scene, 'a')
        expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\s*$/)
        expect(svg).not.toMatch(/\bNaN\b|Infinity/)
      }
    },
    300_000,
  )
})
