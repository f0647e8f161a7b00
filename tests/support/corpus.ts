/** Blocks by kind, always the same: written by hand, and random ones by a fixed seed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { parse } from 'yaml'
import { ENGINE_VERSIONS, type EngineVersion } from '../../src/version.ts'
import { blockOf, type Sequence, sequence } from '../engine/sequence.ts'
import { swarmSequence } from '../engine/swarm-sequence.ts'
import { bridgeBlocks } from './bridges.ts'
import { commandBlocks, composeBlocks, stackBlocks, swarmBlocks } from './chance-blocks.ts'
import { figureCases } from './figures.ts'
import { topologies } from './topologies.ts'

export interface Block {
  readonly title: string
  readonly source: string
}

const SEED = 20261126
const ID = 'f3684ac8-05ce-4bc8-b2ee-2bb9bbe96f0c'

const titled = (name: string, sources: readonly string[]): readonly Block[] =>
  sources.map((source, i) => ({ title: `${name} ${i}`, source }))

function sampled(name: string, blocks: fc.Arbitrary<string>, count: number): readonly Block[] {
  return titled(name, fc.sample(blocks, { seed: SEED, numRuns: count }))
}

function played(name: string, from: fc.Arbitrary<Sequence>, count: number): readonly Block[] {
  const sequences = fc.sample(from, { seed: SEED, numRuns: count })
  return ENGINE_VERSIONS.flatMap((engine: EngineVersion) =>
    titled(
      `${engine} ${name}`,
      sequences.map((one) => blockOf(one, engine, one.commands.length, ID)),
    ),
  )
}

/** The engine's own: commands as `test:engine` types them, and bridges with every option. */
export const commands = (count: number): readonly Block[] => played('commands', sequence, count)
export const bridges = (count: number): readonly Block[] => sampled('bridges', bridgeBlocks, count)
export const swarms = (count: number): readonly Block[] => [
  ...played('node', swarmSequence, count),
  ...sampled('swarm', swarmBlocks(ENGINE_VERSIONS), count),
  ...sampled('stack', stackBlocks(ENGINE_VERSIONS), count),
]
export const projects = (count: number): readonly Block[] => [
  ...sampled('project', composeBlocks(ENGINE_VERSIONS), count),
  ...sampled('project and commands', commandBlocks(ENGINE_VERSIONS), count),
]

/** What authors draw: one to three hosts, with and without a swarm, all drivers. */
export const drawn = (count: number): readonly Block[] => [
  ...figureCases('ten').map(({ name, source }) => ({ title: `ten ${name}`, source })),
  ...sampled('drawn', topologies(), count),
]

/** What authors get wrong. */
export function mistakes(): readonly Block[] {
  const folder = join(import.meta.dirname, '../bad-inputs')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => {
      const list: readonly { name: string; input: string }[] = parse(readFileSync(join(folder, file), 'utf8'))
      return list.map(({ name, input }) => ({ title: `${file} ${name}`, source: input }))
    })
}

/** Blocks that were written for one room, `## NAME` before each. */
export function blocksIn(file: string): readonly Block[] {
  return readFileSync(file, 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n')
      return { title: part.slice(0, end), source: part.slice(end + 1) }
    })
}
