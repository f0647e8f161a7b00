import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAddressPool, createAddressSpace, GLOBAL_POOLS } from '../../src/ipam/index.ts'
import { createUsedAddresses } from '../../src/ipam/used.ts'
import { formatPrefix, overlaps, type Prefix, parsePrefix } from '../../src/net/index.ts'
import { rulesOf } from '../../src/rules/index.ts'
import { ENGINE_VERSIONS } from '../../src/version.ts'
import { seeds } from '../support/seeds.ts'

for (const seed of seeds()) {
  describe(`used addresses (seed ${seed})`, () => {
    const step = fc.record({
      kind: fc.constantFrom('add', 'delete'),
      value: fc.bigInt({ min: 0n, max: 40n }),
    })

    it('say the same as a plain set', () => {
      fc.assert(
        fc.property(
          fc.array(step, { maxLength: 120, size: 'max' }),
          fc.bigInt({ min: 0n, max: 45n }),
          (steps, low) => {
            const used = createUsedAddresses()
            const model = new Set<bigint>()
            for (const { kind, value } of steps) {
              if (kind === 'delete') {
                used.delete(value)
                model.delete(value)
                continue
              }
              expect(used.add(value)).toBe(!model.has(value))
              model.add(value)
            }
            for (let value = 0n; value <= 41n; value++) expect(used.has(value)).toBe(model.has(value))
            let free: bigint | null = low
            while (free !== null && model.has(free)) free = free >= 41n ? null : free + 1n
            expect(used.lowestFree(low, 41n)).toBe(free !== null && free <= 41n ? free : null)
          },
        ),
        { seed, numRuns: 300 },
      )
    })
  })

  describe(`an address space (seed ${seed})`, () => {
    const subnet = fc
      .record({ block: fc.integer({ min: 0, max: 20 }), length: fc.constantFrom(20, 22, 24, 25, 28) })
      .map(({ block, length }) => parsePrefix(`10.0.${block}.0/${length}`)!)
    const step = fc.oneof(fc.constant(null), fc.constant(null), subnet, fc.integer({ min: 0, max: 30 }))

    it('never has two whole subnets that overlap, and gives the lowest block from 27 on', () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...ENGINE_VERSIONS),
          fc.array(step, { maxLength: 40 }),
          (engine, steps) => {
            const space = createAddressSpace(rulesOf(engine), GLOBAL_POOLS)
            const held: { subnet: Prefix; release: () => void }[] = []
            for (const one of steps) {
              if (typeof one === 'number') {
                const [gone] = held.splice(one % Math.max(1, held.length), 1)
                gone?.release()
                continue
              }
              const got = one === null ? space.allocateDefault(4, [], null) : space.allocate(one, null)
              const clash = (p: Prefix) => held.some((h) => overlaps(h.subnet, p))
              if (one !== null) expect(got.ok).toBe(!clash(one))
              if (!got.ok) continue
              const lease = got.value
              expect(clash(lease.subnet)).toBe(false)
              if (one === null && Number(engine) >= 27) {
                let lowest = 0
                while (clash(parsePrefix(`10.0.${lowest}.0/24`)!)) lowest++
                expect(formatPrefix(lease.subnet)).toBe(`10.0.${lowest}.0/24`)
              }
              held.push({ subnet: lease.subnet, release: () => space.release(lease) })
            }
          },
        ),
        { seed, numRuns: 150 },
      )
    })

    it('a pool gives each address once, the lowest free of its range first', () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: 17 }), { maxLength: 60 }), (steps) => {
          const pool = createAddressPool(parsePrefix('10.0.0.0/28')!, rulesOf('28'))
          const used = new Set([0, 15])
          for (const one of steps) {
            if (one < 16) {
              if (!used.has(one) || one === 0 || one === 15) continue
              used.delete(one)
              pool.release({ family: 4, value: 0x0a000000n + BigInt(one) })
              continue
            }
            let lowest = one === 16 ? 0 : 8
            while (used.has(lowest)) lowest++
            const got = pool.takeAny(one === 16 ? null : parsePrefix('10.0.0.8/29'), 'lowest')
            expect(got.ok && Number(got.value.value - 0x0a000000n)).toBe(lowest > 15 ? false : lowest)
            if (got.ok) used.add(lowest)
          }
        }),
        { seed, numRuns: 300 },
      )
    })
  })
}
