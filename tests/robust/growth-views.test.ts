/** A page with each of the views, and each key that adds to them: counted work, each dimension doubled twice. */
import '../support/start-counting.ts'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import dockerNetwork from '../../src/index.ts'
import { growth } from '../support/work.ts'

const list = (count: number, item: (i: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, i) => item(i)).join(between)
const subnet = (i: number): string => `10.${(i >> 8) & 255}.${i & 255}.0/24`
const networks = (count: number): string =>
  `networks:\n${list(count, (i) => `  n${i}: { ipam: { config: [{ subnet: ${subnet(i)} }] } }\n`)}`
const wide = 'networks: { n: { ipam: { config: [{ subnet: 10.0.0.0/8 }] } } }\n'
const services = (count: number): string =>
  `${wide}services:\n${list(count, (i) => `  s${i}: { image: x, networks: [n] }\n`)}`
const chain = (count: number): string =>
  `${networks(count)}services:\n${list(count - 1, (i) => `  s${i}: { image: x, networks: [n${i}, n${i + 1}] }\n`)}`
const swarm = (hosts: number): string =>
  `hosts:\n${list(hosts, (i) => `  h${i}: { address: 192.168.${56 + (i >> 7)}.${(i & 127) + 10}/16, role: manager }\n`)}swarm: true\nservices: { a: { image: x, deploy: { mode: global } } }\n`
const runs = (count: number): string => `commands:\n${'  - docker run -d alpine\n'.repeat(count)}`

/** Size at the beginning, info string and block of a size. */
type Dimension = readonly [size: number, info: (n: number) => string, block: (n: number) => string]

const always = (info: string) => (): string => info
const PAGES: Readonly<Record<string, Dimension>> = {
  'view=matrix: containers': [150, always('view=matrix'), services],
  'view=matrix: cells': [
    256,
    always('view=matrix'),
    (n) => {
      const side = Math.round(Math.sqrt(n))
      return `${networks(side)}services:\n${list(side, (i) => `  s${i}: { networks: [${list(side, (j) => `n${j}`, ', ')}] }\n`)}`
    },
  ],
  'view=addresses: networks': [
    80,
    always('view=addresses'),
    (n) => `${networks(n)}services:\n${list(n, (i) => `  s${i}: { networks: [n${i}] }\n`)}`,
  ],
  'view=addresses: containers': [150, always('view=addresses'), services],
  'view=addresses: pools': [
    50,
    always('view=addresses'),
    (n) =>
      `daemon: { default-address-pools: [${list(n, (i) => `{ base: ${subnet(i)}, size: 24 }`, ', ')}] }\nservices: { a: {} }\n`,
  ],
  'view=sequence: containers': [150, always('view=sequence highlight="s0 -> s1"'), services],
  'view=datapath: containers': [150, always('view=datapath'), services],
  'view=datapath: networks': [10, always('view=datapath'), chain],
  'view=datapath: hosts': [10, always('view=datapath'), swarm],
  'view=overlay: hosts': [10, always('view=overlay'), swarm],
  'view=bus: networks': [10, always('view=bus'), chain],
  'view=bus: containers': [150, always('view=bus'), services],
  'since=: commands': [80, always('since=0'), runs],
  'steps=: figures': [4, (n) => `steps=1..${n}`, () => runs(20)],
  'focus=: containers': [150, always('focus=s0'), services],
  'focus=: names': [160, (n) => `focus="${list(n, (i) => `s${i}`, ', ')}"`, (n) => services(n + 2)],
  icons: [
    160,
    always(''),
    (n) => `${services(n)}figure: { icons: { ${list(n, (i) => `s${i}: database`, ', ')} } }\n`,
  ],
  'print=iptables: ports': [
    40,
    always('print=iptables'),
    (n) => `services: { a: { ports: [${list(n, (i) => `"${1000 + 2 * i}:${i + 1}"`, ', ')}] } }\n`,
  ],
  'print=changes: commands': [20, always('print=changes since=0'), runs],
}

/**
 * Lines of these are looked for on a grid of all that is drawn, which has a limit (`MOST` in `picture/route.ts`): at these
 * sizes it grows with the figure, as many lines as points on a side, beyond them it does not.
 */
const ON_A_GRID = new Set(['view=datapath: networks', 'view=datapath: hosts'])

describe('a page grows in proportion to', () => {
  it.each(Object.entries(PAGES))(
    '%s',
    (name, [size, info, block]) => {
      const action = (n: number) => {
        const text = `\`\`\`docker-network ${info(n)}\n${block(n)}\`\`\`\n`
        return () => {
          const html = new MarkdownIt().use(dockerNetwork, { lint: false }).render(text)
          if (html.includes('docker-network-error')) throw new Error(html.slice(0, 500))
        }
      }
      expect(growth(size, action)).toBeLessThan(ON_A_GRID.has(name) ? 8.2 : 3)
    },
    300_000,
  )
})
