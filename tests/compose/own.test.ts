/** Projects in the styles one meets (`own.txt`), held against what Docker Compose 2.40 reads of them (`own.json`). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isError, planModel } from '../../src/compile.ts'
import { normalName } from '../../src/compose/project-name.ts'
import { ownFiles, ownProjects } from './difference.ts'
import { readMemory } from './memory.ts'
import { compact, recordOfTopology } from './record.ts'

interface Recorded {
  readonly folder: string
  /** `null`: compose refuses it. */
  readonly expected: object | null
}

const recorded: readonly Recorded[] = JSON.parse(readFileSync(join(import.meta.dirname, 'own.json'), 'utf8'))

/** What compose refuses and we read, since it changes no address. */
const HARMLESS: Readonly<Record<string, string>> = {
  'odd-documents': 'an empty document among several',
  'empty-docs': 'an empty document among several',
  'odd-null-services': 'a key with nothing behind it',
  tilde: 'a key with nothing behind it',
  'labels-env-forms': 'an item of environment, which is not read',
  'ipv6-ports': 'IPv6 without brackets: refused by the Compose of Debian, taken by go-connections since 0.5',
}

/** What compose checks after reading. */
const planErrors = (files: Readonly<Record<string, string>>, rootName: string): number =>
  planModel(readMemory(files, { rootName })).problems.filter(isError).length

describe('projects in the styles one meets', () => {
  it('are many', () => expect(recorded.length).toBeGreaterThan(140))
  it.each(recorded.map((one) => [one.folder, one] as const))('%s', (folder, { expected }) => {
    const main = ownProjects().get(folder)
    const files = Object.fromEntries(
      [...ownFiles()].flatMap(([name, text]) => {
        if (!name.startsWith(`${folder}/`)) return []
        const path = name.slice(folder.length + 1)
        return [[path === main ? 'compose.yaml' : path, text.replace(/^\ufeff/, '')]]
      }),
    )
    const { topology, problems } = readMemory(files, { rootName: folder })
    const errors = problems.filter(isError).map(({ code, message }) => `${code} ${message}`)
    if (expected !== null) {
      expect(errors).toEqual([])
      expect(topology === null ? null : compact(recordOfTopology(topology, normalName(folder)))).toEqual(
        expected,
      )
    } else if (HARMLESS[folder] === undefined) {
      expect(errors.length + planErrors(files, folder)).toBeGreaterThan(0)
    } else expect(errors).toEqual([])
  })
})
