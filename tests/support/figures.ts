/**
 * Figures that are measured and judged: what people draw, in our own words. Each is a block of the figure language. Used
 * by the geometry tests and by `npm run bench:figures`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { topologies } from './topologies.ts'

export interface FigureCase {
  readonly set: FigureSet
  readonly name: string
  readonly source: string
}

/**
 * - `ten`: topologies that are also drawn as sheets beside their peers
 * - `gallery`: content/gallery
 * - `kinds`: what once was drawn badly, one of each kind
 * - `shapes`: shapes of real compose files: tiers, rings, stars, routers, pods, monitoring, VPNs, VLANs, stacks
 * - `random`: 200 made by seed
 */
export type FigureSet = 'ten' | 'gallery' | 'kinds' | 'shapes' | 'random'

const FOLDERS: Readonly<Record<Exclude<FigureSet, 'random'>, string>> = {
  ten: join(import.meta.dirname, 'figures/ten'),
  gallery: join(import.meta.dirname, '../../content/gallery'),
  kinds: join(import.meta.dirname, 'figures/kinds'),
  shapes: join(import.meta.dirname, 'figures/shapes'),
}

export function figureCases(set: FigureSet): readonly FigureCase[] {
  if (set === 'random') return randomCases(20261126, 200)
  const folder = FOLDERS[set]
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      set,
      name: file.replace('.yaml', ''),
      source: readFileSync(join(folder, file), 'utf8'),
    }))
}

/** Half from the arbitrary of the property tests, half compose files of up to twelve networks. */
function randomCases(seed: number, count: number): readonly FigureCase[] {
  const half = Math.floor(count / 2)
  const sources = [
    ...fc.sample(topologies(), { seed, numRuns: half }),
    ...fc.sample(composeGraphs(), { seed, numRuns: count - half }),
  ]
  return sources.map((source, index) => ({
    set: 'random',
    name: `random-${String(index + 1).padStart(3, '0')}`,
    source,
  }))
}

/** Networks as trees, rings and clusters, each with members of its own; a few containers on several. */
function composeGraphs(): fc.Arbitrary<string> {
  return fc
    .record({
      networks: fc.integer({ min: 1, max: 12 }),
      members: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 12, maxLength: 12 }),
      joins: fc.array(
        fc.record({
          first: fc.nat(11),
          step: fc.constantFrom(1, 1, 1, 2, 5),
          many: fc.constantFrom(2, 2, 2, 3),
        }),
        { maxLength: 8 },
      ),
      ports: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
    })
    .map(({ networks, members, joins, ports }) => {
      const services: string[] = []
      const add = (name: string, on: readonly string[]): void => {
        const port = ports[services.length] === true && services.length % 3 === 0
        const published = port ? `, ports: ["${8000 + services.length}:80"]` : ''
        services.push(`  ${name}: { image: x, networks: [${on.join(', ')}]${published} }`)
      }
      for (let n = 0; n < networks; n++)
        for (let m = 0; m < (members[n] ?? 0); m++) add(`m${n}${'abcd'[m]}`, [`net${n}`])
      for (const [index, { first, step, many }] of joins.entries()) {
        const on = Array.from({ length: many }, (_, i) => `net${(first + i * step) % networks}`)
        add(`j${index}`, [...new Set(on)])
      }
      if (services.length === 0) add('only', ['net0'])
      const declared = Array.from({ length: networks }, (_, n) => `  net${n}: {}`)
      return ['networks:', ...declared, 'services:', ...services].join('\n')
    })
}
