/** The scenes whose ways and prints were compared with running engines (`tests/ways`), as they come out here. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { Plan } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import { readTopology } from '../../src/topology/read.ts'
import type { Topology } from '../../src/topology/topology.ts'
import type { EngineVersion } from '../../src/version.ts'
import { blockOf } from '../ways/scene.ts'
import { SCENES } from '../ways/scenes.ts'

/** Those that were measured. */
const ENGINES: readonly EngineVersion[] = ['20', '26', '28', '29']
const ID = 'f3684ac8-05ce-4bc8-b2ee-2bb9bbe96f0c'

export interface Played {
  /** `28: two bridges, …` */
  readonly title: string
  readonly plan: Plan
  readonly topology: Topology
}

export function playedScenes(): readonly Played[] {
  return SCENES.flatMap((scene) =>
    ENGINES.flatMap((engine): Played[] => {
      if (scene.engines !== undefined && !scene.engines.includes(engine)) return []
      const topology = readTopology(blockOf(scene, engine, ID), () => {})
      if (topology === null) throw new Error(scene.name)
      return [{ title: `${engine}: ${scene.name}`, topology, plan: planNetworks(topology, () => {}) }]
    }),
  )
}

/**
 * Holds what a file of texts has, by heading, against what comes out now. Where `UPDATE_SCENES` is set the file is written
 * anew, to be read before it is kept.
 */
export function holdTo(file: string, made: ReadonlyMap<string, string>): void {
  if (process.env.UPDATE_SCENES !== undefined)
    writeFileSync(file, [...made].map(([heading, text]) => `## ${heading}\n${text.trimEnd()}\n`).join('\n'))
  const before = new Map(
    readFileSync(file, 'utf8')
      .split(/^## /m)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n')
        return [part.slice(0, end), part.slice(end + 1).trimEnd()]
      }),
  )
  for (const [heading, text] of before)
    expect([heading, made.get(heading)?.trimEnd()]).toEqual([heading, text])
  expect([...made.keys()]).toEqual([...before.keys()])
}
