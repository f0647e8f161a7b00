/** `verify` and `import` of what `docker inspect` might print: real answers with any of their values replaced. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile, planSource } from '../../src/compile.ts'
import { importTopology } from '../../src/verify/import.ts'
import { readInspect } from '../../src/verify/inspect.ts'
import { verifyPlan } from '../../src/verify/verify.ts'
import { NEVER } from '../support/never.ts'
import { LONG, seeds } from '../support/seeds.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const fixture = (name: string): Json[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../verify', name), 'utf8')) as Json[]
const REAL: readonly Json[] = [...fixture('networks-20.json'), ...fixture('containers-20.json')]

const OTHER: readonly Json[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  '',
  'x',
  ' ',
  '[]',
  '10.0.0.0/33',
  '10.0.0.0/8',
  '0.0.0.0/0',
  '::/0',
  'fd00::1',
  '999.1.1.1',
  '172.17.0.1/16',
  '70000/tcp',
  '80/tcp',
  '/web',
  '//',
  'a: b',
  '*x',
  '- -',
  '#',
  '<script>',
  '\u202e',
  '\ud800',
  '\u0000',
  'line\nline',
  'x'.repeat(5000),
  [],
  [null],
  [[]],
  {},
  { '': null },
  { __proto__: { a: 1 } },
  JSON.parse('{"__proto__": "x", "constructor": {}, "toString": null}'),
]

/** Every place in a value, by the keys that lead there. */
function pathsOf(value: Json, at: readonly string[] = []): readonly (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [at]
  return [at, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...at, key]))]
}

/** A copy with another value at a place, or none there; the key itself may be another one. */
function changed(
  value: Json,
  [key, ...rest]: readonly string[],
  to: Json | undefined,
  as: string | null,
): Json {
  if (key === undefined) return to ?? null
  if (Array.isArray(value)) {
    const items = value.flatMap((item, i) =>
      String(i) !== key ? [item] : rest.length === 0 && to === undefined ? [] : [changed(item, rest, to, as)],
    )
    return items
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (name !== key) return [[name, inner]]
      if (rest.length === 0 && to === undefined) return []
      return [[rest.length === 0 && as !== null ? as : name, changed(inner, rest, to, as)]]
    }),
  )
}

const mutation = fc.record({
  where: fc.nat(),
  to: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom<Json | undefined>(...OTHER, undefined) },
    {
      weight: 1,
      arbitrary: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
    },
  ),
  as: fc.option(fc.constantFrom('', 'x', '__proto__', 'IPAM', '80/tcp', '\u202e', '<b>'), { freq: 6 }),
})
const answer = fc
  .tuple(
    fc.subarray([...REAL], { minLength: 1 }),
    fc.array(mutation, { minLength: 1, maxLength: 6 }),
    fc.boolean(),
  )
  .map(([real, mutations, twice]) => {
    let all: Json = twice ? [...real, ...real] : real
    for (const { where, to, as } of mutations) {
      const paths = pathsOf(all)
      all = changed(all, paths[where % paths.length] ?? [], to, as)
    }
    return JSON.stringify(all)
  })

describe.each(seeds())('seed %i', (seed) => {
  it('is read, or refused with a reason; the draft of it is a block that can be planned', () => {
    const { plan: other } = planSource('services: { web: { ports: ["80:80"] }, db: {} }')
    if (other === null) throw new Error('not planned')
    fc.assert(
      fc.property(answer, (text) => {
        const read = readInspect(text)
        if (!read.ok) {
          expect(read.message).not.toBe('')
          expect(read.message).not.toMatch(NEVER)
          return
        }
        const draft = importTopology(read.value, undefined)
        const again = importTopology(read.value, undefined)
        expect(JSON.stringify(again)).toBe(JSON.stringify(draft))
        const { plan, problems } = planSource(draft.text)
        for (const { message, code } of problems) expect(message, code).not.toMatch(/\bNaN\b|\[object /)
        for (const one of [plan, other])
          if (one !== null)
            expect(JSON.stringify(verifyPlan(one, read.value))).not.toMatch(/\bNaN\b|\[object /)
        compile(draft.text)
      }),
      { seed, numRuns: 20 * LONG },
    )
  }, 3_600_000)
})
