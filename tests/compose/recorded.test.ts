/** What the real compose read of generated projects (`npm run test:compose -- --record`), held against us without it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isError } from '../../src/compile.ts'
import { readMemory } from './memory.ts'
import { compact, recordOfTopology } from './record.ts'

interface Recorded {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly expected: object
}

const recorded: readonly Recorded[] = JSON.parse(
  readFileSync(join(import.meta.dirname, 'recorded.json'), 'utf8'),
)

describe('projects are read as Docker Compose 2.40 reads them', () => {
  it('has recordings', () => {
    expect(recorded.length).toBeGreaterThan(30)
  })
  it.each(recorded.map((one) => [one.name, one] as const))('%s', (name, { files, expected }) => {
    const { topology, problems } = readMemory(files, { rootName: name })
    expect(problems.filter(isError)).toEqual([])
    expect(topology === null ? null : compact(recordOfTopology(topology, name))).toEqual(expected)
  })
})
