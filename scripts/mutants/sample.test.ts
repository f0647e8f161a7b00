/** A sample of the mutants of a room, tried within one run of Vitest; started by `scripts/mutants.ts`. */
import { appendFileSync, readFileSync } from 'node:fs'
import { it } from 'vitest'
import { bundle, instrument } from './bundle.ts'
import { ROOMS } from './rooms.js'
import { createTrial } from './trial.ts'

const { MUTANT_ROOM = '', MUTANT_LIST = '', MUTANT_RESULTS = '', MUTANT_FOLDERS = '' } = process.env

it('tries the mutants', async () => {
  const [name = '', files = '**/*.ts'] = MUTANT_ROOM.split(':')
  const all = new Map(Object.entries(ROOMS)).get(name) ?? []
  const folders = MUTANT_FOLDERS === '' ? all : MUTANT_FOLDERS.split(',')
  const { mutants, sources } = await instrument(`src/${name}/${files}`)
  const { noted } = await import(/* @vite-ignore */ await bundle(sources, folders))
  const trial = await createTrial(noted)
  const tell = (line: object): void => appendFileSync(MUTANT_RESULTS, `${JSON.stringify(line)}\n`)
  tell({ tests: trial.tests, broken: trial.broken })
  const byId = new Map(mutants.map((mutant) => [mutant.id, mutant]))
  const wanted: readonly string[] = JSON.parse(readFileSync(MUTANT_LIST, 'utf8'))
  // In the order they were drawn in, so that the first of them are a sample too.
  for (const id of wanted) {
    const mutant = byId.get(id)
    if (mutant === undefined) continue
    tell({ begun: mutant.id })
    tell({ id: mutant.id, ...(await trial.fateOf(mutant)) })
  }
}, 3_600_000)
