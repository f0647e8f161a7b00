import { describe, expect, it } from 'vitest'
import { isAtLeast, type Program, REGISTER, type Release, WORDING } from '../../src/rules/index.ts'
import { RULES, type RuleCase, WORDS } from './cases.ts'
import { see } from './see.ts'

const range = (major: number, last: number): Release[] =>
  Array.from({ length: last + 1 }, (_, minor): Release => `${major}.${minor}`)

const ENGINES: readonly Release[] = [
  '20.10',
  '23.0',
  '24.0',
  '25.0',
  ...range(26, 1),
  ...range(27, 5),
  ...range(28, 5),
  ...range(29, 7),
]
const COMPOSES: readonly Release[] = ['2.16', ...range(2, 40).slice(26), ...range(5, 5)]

const all = { ...REGISTER, ...WORDING }
const cases: Readonly<Record<string, RuleCase>> = { ...RULES, ...WORDS }

/** A release and the last one before the next edge. */
function sides(program: Program, { sees }: RuleCase): readonly (readonly [Release, unknown])[] {
  const releases = program === 'compose' ? COMPOSES : ENGINES
  return sees.flatMap(([since, seen], i) => {
    const next = sees[i + 1]?.[0]
    const last = releases.filter((one) => next === undefined || !isAtLeast(one, next)).at(-1) ?? since
    return last === since ? [[since, seen] as const] : [[since, seen] as const, [last, seen] as const]
  })
}

describe('every rule, on each side of its edges', () => {
  for (const [name, rule] of Object.entries(all)) {
    const own = cases[name]
    it(`${name} has a case, with the releases of its edges`, () => {
      expect(own, `write a case for ${name} in tests/rules/cases.ts`).toBeDefined()
      const known = own?.sees.map(([since]) => since) ?? []
      for (const { since } of rule.edges) expect(known, `${name} turns at ${since}`).toContain(since)
    })
    if (own === undefined) continue
    it.each(sides(rule.of, own))(`${name}: in ${rule.of} %s`, (release, seen) => {
      expect(own.look(see(rule.of, release, own))).toEqual(seen)
    })
  }
})

describe('the register', () => {
  it('names the release and the source of every change', () => {
    for (const [name, { edges, source }] of Object.entries(all)) {
      expect(source, name).not.toBe('')
      expect(edges.length, name).toBeGreaterThan(0)
      for (const [i, { since }] of edges.entries())
        expect(i === 0 || !isAtLeast(edges[i - 1]!.since, since), `${name} ${since}`).toBe(true)
    }
  })
})
