import { describe, expect, it } from 'vitest'
import { drawPlanned, planSource } from '../../src/compile.ts'
import { PROBLEM_CODES } from '../../src/problem/code.ts'
import { CODE_GROUPS, codeEntries } from '../../src/problem/codes.ts'
import { CODES_TABLE } from '../../src/problem/codes-table.ts'

const entries = codeEntries()

/** They are about all of a block. */
const WHOLE: ReadonlySet<string> = new Set(['EMPTY_BLOCK', 'BLOCK_TOO_LARGE'])
/** It is seen where the text ends too early. */
const AT_END: ReadonlySet<string> = new Set(['YAML_SYNTAX'])

describe('the table of codes', () => {
  it('has each code, and no other', () => {
    const rows = CODES_TABLE.trim()
      .split('\n')
      .map((line) => line.slice(0, line.indexOf(' ')))
    expect(rows).toEqual([...PROBLEM_CODES])
  })
  it('has every column of every line, and no code twice', () => {
    const lines = CODES_TABLE.trim().split('\n')
    expect(entries.size).toBe(lines.length)
    for (const line of lines) {
      const [code, severity, group, ...texts] = line.split(' | ')
      expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/)
      expect(['error', 'warning']).toContain(severity)
      expect(CODE_GROUPS).toContain(group)
      expect(texts.length, code).toBeGreaterThanOrEqual(5)
      for (const text of texts) expect(text.trim(), code).not.toBe('')
      expect(texts[1], `${code} in Korean`).toMatch(/[가-힣]/)
      expect(texts[3], `${code} in Korean`).toMatch(/[가-힣]/)
    }
  })
  it.each([...entries.values()].filter((entry) => entry.example !== null))(
    '$code: the example has the problem, with the severity of the table',
    ({ code, severity, example }) => {
      const { problems } = drawPlanned(planSource(example ?? ''))
      const found = problems.find((problem) => problem.code === code)
      expect(found, `reported: ${problems.map((p) => `${p.code} ${p.message}`).join('; ')}`).toBeDefined()
      expect(found?.severity).toBe(severity)
      expect(found?.hint.length, 'hint').toBeGreaterThan(10)
      // A place of its own: the words that are wrong, not the block; of a block without anything there are none.
      const { start, end } = found?.span ?? { start: -1, end: -1 }
      expect(start).toBeGreaterThanOrEqual(0)
      expect(end).toBeLessThanOrEqual(example?.length ?? 0)
      const words = example?.slice(start, end) ?? ''
      if (!WHOLE.has(code) && !AT_END.has(code)) expect(words, 'place').not.toBe('')
      if (!WHOLE.has(code) && example?.includes('\n'))
        expect(words.length, 'place').toBeLessThan(example.length)
    },
  )
})
