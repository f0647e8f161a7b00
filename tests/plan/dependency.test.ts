import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderServices } from '../../src/plan/project/dependency.ts'
import { readTopology } from '../../src/topology/read.ts'
import { seeds } from '../support/seeds.ts'

/** Services s0, s1, …, each with the numbers of those it waits for. */
function dependenciesOf(needs: readonly (readonly number[])[]) {
  const lines = needs.map((list, i) => `  s${i}: { depends_on: [${list.map((n) => `s${n}`).join(', ')}] }`)
  const topology = readTopology(['services:', ...lines].join('\n'), () => {})
  if (topology === null) throw new Error('not read')
  return orderServices(topology.services)
}

describe('the order of services', () => {
  it('has a ring named from its first service on', () => {
    expect(dependenciesOf([[2], [0], [1]])).toEqual({ ok: false, cycle: ['s0', 's2', 's1', 's0'] })
  })

  it('of ten thousand in a chain takes no ten thousand sets', () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => (i === 0 ? [] : [i - 1]))
    const ordered = dependenciesOf(chain)
    if (!ordered.ok) throw new Error('a ring')
    expect(ordered.dependencies.fixedAmong(ordered.dependencies.order).size).toBe(10_000)
  })
})

for (const seed of seeds()) {
  it(`is fixed for exactly those that every other one is ordered with (seed ${seed})`, () => {
    const graph = fc
      .array(fc.array(fc.nat(30), { maxLength: 3 }), { minLength: 1, maxLength: 40 })
      .map((lists) => lists.map((list, i) => [...new Set(list.filter((n) => n < i))]))
    fc.assert(
      fc.property(graph, fc.array(fc.nat(39), { minLength: 1 }), (needs, chosen) => {
        const ordered = dependenciesOf(needs)
        if (!ordered.ok) throw new Error('a ring')
        const before = needs.map((list): Set<number> => new Set(list))
        for (const own of before) for (const n of own) for (const m of before[n]!) own.add(m)
        const keys = [...new Set(chosen.map((n) => n % needs.length))]
        const fixed = keys.filter((a) => keys.every((b) => a === b || before[a]!.has(b) || before[b]!.has(a)))
        expect([...ordered.dependencies.fixedAmong(keys.map((n) => `s${n}`))].sort()).toEqual(
          fixed.map((n) => `s${n}`).sort(),
        )
        const place = new Map(ordered.dependencies.order.map((key, i) => [key, i]))
        for (const [i, list] of needs.entries()) {
          for (const n of list) expect(place.get(`s${n}`)!).toBeLessThan(place.get(`s${i}`)!)
        }
      }),
      { seed, numRuns: 200 },
    )
  })
}
