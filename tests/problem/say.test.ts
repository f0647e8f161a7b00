import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { drawPlanned, planSource } from '../../src/compile.ts'
import { codeEntries } from '../../src/problem/codes.ts'
import { textIn, wordsIn } from '../../src/problem/in-language.ts'
import { KOREAN } from '../../src/problem/korean.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { fileSource, formatProblemIn } from '../../src/problem/report.ts'
import { say } from '../../src/problem/say.ts'
import { pins, sayings } from './sayings.ts'

const places = (template: string): string => [...new Set(template.match(/%[1-9]/g))].sort().join()
/** Of two letters at least: the others are the same in each language. */
const hasWords = (template: string): boolean => /[a-z]{2}/i.test(template.replaceAll(/%[1-9]/g, ''))

const said = [...sayings(), ...pins()].filter(({ template }) => hasWords(template))

describe('what an author is told', () => {
  it('is in the table of Korean, all of it', () => {
    const missing = said.filter(({ template }) => KOREAN[template] === undefined)
    expect(missing).toEqual([])
    expect(said.length).toBeGreaterThan(500)
  })
  it('is in the table only where it is said', () => {
    const known = new Set(said.map(({ template }) => template))
    expect(Object.keys(KOREAN).filter((template) => !known.has(template))).toEqual([])
  })
  it.each(Object.entries(KOREAN))('%s has the same values in Korean', (english, korean) => {
    expect(places(korean)).toBe(places(english))
    expect(korean.endsWith('.')).toBe(english.endsWith('.'))
  })
  it.each(Object.values(KOREAN))('no particle depends on the sound of a value: %s', (korean) => {
    expect(korean).not.toMatch(
      /%[1-9]["'`)\]}]*(?:은|는|이|가|을|를|과|와|으로|로|이나|나|라고|이라고)(?=[\s.,)]|$)/,
    )
  })
  it('is put together of parts in one language', () => {
    const part = say`${say`network`}, ${'web'}`
    expect(textIn(part)).toBe('network, web')
    expect(textIn(part, 'ko-KR')).toBe('네트워크, web')
    expect(textIn(part, 'fr')).toBe('network, web')
  })
})

const folder = join(import.meta.dirname, '../bad-inputs')
const inputs = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')) as { name: string; input: string }[])

const examples = [...codeEntries().values()].flatMap(({ code, example }) =>
  example === null ? [] : [{ name: code as string, input: example }],
)

/** What programs say themselves, names and code: between quotes, behind "Docker: " or a colon, or with signs of code. */
const isProse = (text: string): boolean =>
  /(?:^|[.,;] )[A-Za-z]+(?: [a-z]+){3}/.test(
    text
      .replaceAll(/"[^"]*"/g, '""')
      .replaceAll(/: .*$/g, '')
      .replaceAll(/\([^)]*\)/g, ''),
  )

describe('a bad input in Korean', () => {
  it.each([...inputs, ...examples])('$name', ({ input }) => {
    const { problems } = drawPlanned(planSource(input))
    for (const problem of problems) expectKorean(problem)
  })
})

function expectKorean(problem: Problem): void {
  const { message, hint, related } = wordsIn(problem, 'ko')
  for (const text of [message, hint, ...related]) {
    expect(text, problem.message).toMatch(/[가-힣]/)
    expect(isProse(text), text).toBe(false)
  }
  const source = fileSource('compose.yaml', ' ')
  expect(formatProblemIn('ko')({ problem, source })).toContain('\n  도움말: ')
}
