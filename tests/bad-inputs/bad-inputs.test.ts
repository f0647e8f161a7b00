import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { drawPlanned, planSource } from '../../src/compile.ts'
import { fileSource } from '../../src/problem/report.ts'

/** One mistake of an author and what is said about it. `severity` is error unless written. */
interface BadInput {
  readonly name: string
  readonly input: string
  readonly code: string
  readonly severity?: 'error' | 'warning'
  /** `line:column` of the place that is marked. */
  readonly at: string
  readonly message: string
  readonly hint: string
  /** Codes of what is said besides, in order; nothing unless written. */
  readonly also?: readonly string[]
}

const folder = import.meta.dirname
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
const inputs = files.map(
  (file) => [file, parse(readFileSync(join(folder, file), 'utf8')) as BadInput[]] as const,
)

describe('bad inputs', () => {
  it('are at least 150, none twice', () => {
    const names = inputs.flatMap(([file, list]) => list.map((one) => `${file} ${one.name}`))
    expect(names.length).toBeGreaterThanOrEqual(150)
    expect(new Set(names).size).toBe(names.length)
  })

  for (const [file, list] of inputs) {
    describe(file, () => {
      it.each(list)('$code: $name', ({ input, code, severity, at, message, hint, also }) => {
        const { problems } = drawPlanned(planSource(input))
        const found = problems.find((problem) => problem.code === code)
        expect(found, `reported: ${problems.map((problem) => problem.code).join(', ')}`).toBeDefined()
        const { line, column } = fileSource('post.md', input).position(found!.span.start)
        expect({ at: `${line}:${column}`, severity: found!.severity }).toEqual({
          at,
          severity: severity ?? 'error',
        })
        expect(found!.message).toBe(message)
        expect(found!.hint).toContain(hint)
        expect(found!.span.end).toBeLessThanOrEqual(input.length)
        const others = problems.filter((problem) => problem !== found)
        expect(others.map((problem) => problem.code)).toEqual(also ?? [])
      })
    })
  }
})
