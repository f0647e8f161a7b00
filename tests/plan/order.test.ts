/** What Docker does in an order left to chance: other orders say what is one of several outcomes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import { BACKWARD, IN_ORDER } from '../../src/engine/order.ts'
import { addressText } from '../../src/net/index.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { planInOrder } from '../../src/plan/plan-networks.ts'
import { readTopology } from '../../src/topology/read.ts'

const codes = (block: string): readonly string[] => planSource(block).problems.map(({ code }) => code)
const certaintyOfPort = (block: string, container: string): string | undefined =>
  planSource(block).plan?.containers.get(container)?.ports[0]?.certainty

describe('a port that depends on a choice made before', () => {
  const block = (last: string): string => `engine: 28
name: app
networks: { back: { ipam: { config: [{ subnet: 10.5.0.0/24 }] } } }
services:
  aa: { networks: { back: { ipv4_address: 10.5.0.11 } }, ports: ["7000-7001:80"] }
  bb: { networks: { back: { ipv4_address: 10.5.0.12 } }, ports: ["7000-7001:80"] }
commands: [docker compose up -d, ${last}docker run -d --name cc -p 7000-7002:80 nginx]`
  it('is one of several when one of the two has given its own back', () => {
    expect(certaintyOfPort(block('docker stop app-aa-1, '), 'cc')).toBe('one-of-several')
  })
  it('is sure when both still have theirs', () => {
    expect(certaintyOfPort(block(''), 'cc')).toBe('computed')
    expect(certaintyOfPort(block(''), 'app-aa-1')).toBe('one-of-several')
  })
})

describe('a failure by chance', () => {
  const block = (first: string, depends: string): string => `engine: 28
networks: { net: { ipam: { config: [{ subnet: 172.30.0.0/24 }] } } }
services:
  first: { networks: { net: { ipv4_address: ${first} } } }
  second: { networks: [net]${depends} }`
  it('is told though the order that is shown goes well', () => {
    expect(codes(block('172.30.0.2', ''))).toContain('FAILS_BY_CHANCE')
  })
  it.each([
    ['172.30.0.2', ', depends_on: [first]'],
    ['172.30.0.200', ''],
  ])('cannot be with %s%s', (address, depends) => {
    expect(codes(block(address, depends))).not.toContain('FAILS_BY_CHANCE')
  })
  it('is said to be one where the order that is shown fails', () => {
    const { problems } = planSource(`engine: 28
networks: { aa: {}, bb: { ipam: { config: [{ subnet: 172.18.0.0/16 }] } } }
services: { web: { networks: [aa, bb] } }`)
    const [error] = problems.filter(({ severity }) => severity === 'error')
    expect(error?.code).toBe('POOL_OVERLAP')
    expect(error?.hint).toContain('in another one it succeeds')
  })
  it('is none where every order fails', () => {
    const { problems } = planSource(`engine: 28
networks: { back: { ipam: { config: [{ subnet: 10.5.0.0/24 }] } } }
services:
  aa: { networks: { back: { ipv4_address: 10.5.0.1 } } }`)
    expect(problems.map(({ hint }) => hint ?? '').join()).not.toContain('by chance')
  })
})

/** Addresses and subnets with whether they are marked, by what has them. */
function valuesOf(plan: Plan): ReadonlyMap<string, readonly [string, boolean]> {
  const values = new Map<string, readonly [string, boolean]>()
  for (const network of plan.networks.values()) {
    for (const endpoint of network.endpoints.values()) {
      for (const address of [endpoint.ipv4, endpoint.ipv6]) {
        if (address === null) continue
        const key = `${network.key} ${endpoint.name} ${address.address.family}`
        values.set(key, [addressText(address.address), address.certainty === 'one-of-several'])
      }
    }
  }
  return values
}

const service = fc.record({
  networks: fc.uniqueArray(fc.constantFrom('aa', 'bb', 'cc'), { minLength: 1, maxLength: 3 }),
  address: fc.option(fc.integer({ min: 2, max: 9 }), { nil: null }),
  replicas: fc.constantFrom(1, 1, 2),
  after: fc.boolean(),
})
const block = fc.array(service, { minLength: 1, maxLength: 4 }).map((services) => {
  const lines = services.map(({ networks, address, replicas, after }, i) => {
    const given = address !== null && replicas === 1 ? `{ ipv4_address: 10.5.0.${10 * i + address} }` : '{}'
    const joined = networks.map((key) => `${key}: ${key === 'aa' ? given : '{}'}`).join(', ')
    const waits = after && i > 0 ? `, depends_on: [s${i - 1}]` : ''
    return `  s${i}: { networks: { ${joined} }, scale: ${replicas}${waits} }`
  })
  return `engine: 28
networks: { aa: { ipam: { config: [{ subnet: 10.5.0.0/24 }] } }, bb: {}, cc: {} }
services:
${lines.join('\n')}`
})

describe('over random blocks', () => {
  for (const seed of [7, Date.now() % 1_000_000]) {
    it(`a value that differs between two orders is marked (seed ${seed})`, () => {
      fc.assert(
        fc.property(block, (source) => {
          const topology = readTopology(source, () => {})
          if (topology === null) throw new Error('no topology')
          const plans = [IN_ORDER, BACKWARD].map((order) =>
            planInOrder(topology, () => {}, null, 'exists', order),
          )
          const [forward, backward] = plans.map(valuesOf)
          for (const [key, [value, isMarked]] of forward ?? []) {
            const other = backward?.get(key)
            if (other !== undefined && other[0] !== value) expect([key, isMarked]).toEqual([key, true])
          }
        }),
        { seed, numRuns: 200 },
      )
    })
  }
})
