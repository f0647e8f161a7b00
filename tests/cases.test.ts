import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compile } from '../src/compile.ts'

const CASES = join(import.meta.dirname, 'cases')

/** A folder is a case: `topology.yaml` goes in, `figure.mmd` comes out. Read a golden before you accept it. */
describe('Mermaid text of whole topologies', () => {
  for (const name of readdirSync(CASES))
    it(name, async () => {
      const compiled = compile(readFileSync(join(CASES, name, 'topology.yaml'), 'utf8'), { language: 'en' })
      expect(compiled.problems.filter((problem) => problem.severity === 'error')).toEqual([])
      if (!compiled.ok) throw new Error('not drawn')
      await expect(compiled.mermaid).toMatchFileSnapshot(join(CASES, name, 'figure.mmd'))
    })
})
