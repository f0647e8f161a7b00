import { describe, expect, it } from 'vitest'
import { isAtLeast } from '../../src/rules/index.ts'
import { see } from './see.ts'
import { CASES, ENTRIES, sides } from './sides.ts'

describe('every rule, on each side of its edges', () => {
  for (const [name, rule] of Object.entries(ENTRIES)) {
    const own = CASES[name]
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
    for (const [name, { edges, source }] of Object.entries(ENTRIES)) {
      expect(source, name).not.toBe('')
      expect(edges.length, name).toBeGreaterThan(0)
      for (const [i, { since }] of edges.entries())
        expect(i === 0 || !isAtLeast(edges[i - 1]!.since, since), `${name} ${since}`).toBe(true)
    }
  })
})
