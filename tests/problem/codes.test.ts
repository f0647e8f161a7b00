import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawPlanned, planSource } from '../../src/compile.ts'
import { CODE_GROUPS, codeEntries } from '../../src/problem/codes.ts'
import { CODES_TABLE } from '../../src/problem/codes-table.ts'

const SRC = resolve(import.meta.dirname, '../../src')
/** Upper-case words in the source that are no codes of problems. */
const NO_CODES = new Set([
  // of the YAML library
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'MISSING_CHAR',
  'TAB_AS_INDENT',
  'UNEXPECTED_TOKEN',
  // of Node, and names of errors and environment variables
  'ERR_PARSE_ARGS',
  'DOCKER_NETWORK',
  'DOCKER_NETWORK_CHROMIUM',
  'COMPOSE_PROFILES',
  'COMPOSE_PROJECT_NAME',
])
const FOLDERS_WITHOUT = ['verify', 'svg', 'layout', 'words']

function codesInSource(): Set<string> {
  const found = new Set<string>()
  for (const file of readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || FOLDERS_WITHOUT.some((folder) => file.startsWith(`${folder}/`))) continue
    if (file === 'problem/codes-table.ts') continue
    for (const [, code = ''] of readFileSync(join(SRC, file), 'utf8').matchAll(
      /'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g,
    )) {
      if (!NO_CODES.has(code)) found.add(code)
    }
  }
  return found
}

const entries = codeEntries()

describe('the table of codes', () => {
  it('has each code that the source uses, and no other', () => {
    expect([...entries.keys()].sort()).toEqual([...codesInSource()].sort())
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
    },
  )
})
