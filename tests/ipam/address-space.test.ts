import { describe, expect, it } from 'vitest'
import { createAddressSpace, GLOBAL_POOLS, LOCAL_POOLS, ulaPool } from '../../src/ipam/index.ts'
import { formatAddress, formatPrefix, parseAddress, parsePrefix } from '../../src/net/index.ts'
import { rulesOf } from '../../src/rules/index.ts'
import type { EngineVersion } from '../../src/version.ts'

const prefix = (text: string) => parsePrefix(text)!
const address = (text: string) => parseAddress(text)!

function given(
  engine: EngineVersion,
  pools = LOCAL_POOLS,
  reserved: string[] = [],
  id: string | null = null,
) {
  const space = createAddressSpace(rulesOf(engine), pools, id)
  const next = (family: 4 | 6 = 4) => {
    const result = space.allocateDefault(family, reserved.map(prefix), null)
    return result.ok ? result.value : null
  }
  const text = (lease: ReturnType<typeof next>) => (lease === null ? 'none' : formatPrefix(lease.subnet))
  return { space, next, text }
}

// moby libnetwork/ipamutils/utils.go: localScopeDefaultNetworks
describe('default pools', () => {
  for (const engine of ['20', '26', '27', '28', '29'] as const) {
    it(`gives 31 blocks on ${engine}, 15 of /16 and 16 of /20, and no more`, () => {
      const { next, text } = given(engine)
      const got = Array.from({ length: 32 }, () => text(next()))
      expect(got[0]).toBe('172.17.0.0/16')
      expect(got[14]).toBe('172.31.0.0/16')
      expect(got[15]).toBe('192.168.0.0/20')
      expect(got[30]).toBe('192.168.240.0/20')
      expect(got[31]).toBe('none')
    })
  }

  // moby libnetwork/ipams/defaultipam/address_space.go: allocatePredefinedPool
  it('reuses a removed block at once from 27 on', () => {
    const { space, next, text } = given('28')
    const leases = [next(), next(), next()]
    space.release(leases[1]!)
    expect(text(next())).toBe('172.18.0.0/16')
  })

  // moby v26 libnetwork/ipam/allocator.go: getPredefinedPool
  it('goes round before it reuses a removed block up to 26', () => {
    const { space, next, text } = given('26')
    const leases = Array.from({ length: 31 }, () => next())
    space.release(leases[3]!)
    space.release(leases[1]!)
    expect([text(next()), text(next()), text(next())]).toEqual(['172.18.0.0/16', '172.20.0.0/16', 'none'])
  })

  // RULES 2.2: wraps round at the end. The cursor is then at the beginning of the list, not behind the block found.
  // moby v26 libnetwork/ipam/allocator.go: updatePredefinedStartIndex; seen on real 20.10.24 and 26.1.5
  it('begins at the first block again after it went round up to 26', () => {
    const { space, next, text } = given('26')
    const leases = Array.from({ length: 31 }, () => next())
    const free = (index: number) => space.release(leases[index]!)
    free(4)
    expect(text(next())).toBe('172.21.0.0/16')
    free(2)
    expect(text(next())).toBe('172.19.0.0/16')
    // Behind block 2 there is block 9; before it block 1.
    free(1)
    free(9)
    expect([text(next()), text(next())]).toEqual(['172.18.0.0/16', '172.26.0.0/16'])
  })

  // The same, real 20.10.24 and 26.1.5: a network of two families moves the cursor behind its IPv6 block, so that
  // the next IPv4 block is found by going round, and given again after the IPv6 half of that request failed.
  it('has one cursor for both families up to 26', () => {
    const own = [
      { base: prefix('172.30.0.0/16'), size: 24 },
      { base: prefix('fd00:1::/48'), size: 64 },
    ]
    for (const engine of ['20', '26'] as const) {
      const { space, next, text } = given(engine, own)
      expect([text(next()), text(next(6))]).toEqual(['172.30.0.0/24', 'fd00:1::/64'])
      const second = next()!
      expect([text(second), text(next(6))]).toEqual(['172.30.1.0/24', 'none'])
      space.release(second)
      expect([text(next()), text(next())]).toEqual(['172.30.1.0/24', '172.30.2.0/24'])
    }
  })

  it('is found at once in pools of four thousand million blocks, or not at all', () => {
    for (const engine of ['26', '28'] as const) {
      const { next, text } = given(engine, [{ base: prefix('0.0.0.0/0'), size: 32 }])
      expect([text(next()), text(next()), text(next(6))]).toEqual(['0.0.0.0/32', '0.0.0.1/32', 'none'])
    }
  })

  it('steps over blocks the host uses, and up to 26 does not come back to them', () => {
    for (const engine of ['26', '28'] as const) {
      const { next, text } = given(engine, LOCAL_POOLS, ['172.18.7.1/32', '172.20.0.0/15'])
      expect([next(), next(), next()].map(text)).toEqual(['172.17.0.0/16', '172.19.0.0/16', '172.22.0.0/16'])
    }
  })

  it('goes on after a subnet that is wider than a block', () => {
    const { space, next, text } = given('28')
    space.allocate(prefix('172.16.0.0/14'), null)
    expect(text(next())).toBe('172.20.0.0/16')
  })

  it('sorts own pools by address from 27 on and keeps their order before', () => {
    const own = [
      { base: prefix('10.77.0.0/22'), size: 24 },
      { base: prefix('10.66.0.0/23'), size: 24 },
    ]
    expect(given('28', own).text(given('28', own).next())).toBe('10.66.0.0/24')
    expect(given('26', own).text(given('26', own).next())).toBe('10.77.0.0/24')
  })

  it('drops an own pool that overlaps an earlier one from 27 on', () => {
    const own = [
      { base: prefix('10.0.0.0/24'), size: 25 },
      { base: prefix('10.0.0.0/23'), size: 24 },
    ]
    const { next, text } = given('28', own)
    expect([next(), next(), next()].map(text)).toEqual(['10.0.0.0/24', '10.0.1.0/24', 'none'])
  })

  // moby v26 libnetwork/ipamutils/utils.go: splitNetwork counts in 64 bits
  it('gives only the first /64 of an own IPv6 pool up to 26', () => {
    const own = [{ base: prefix('fd00:1::/48'), size: 64 }]
    const old = given('26', own)
    expect([old.next(6), old.next(6)].map(old.text)).toEqual(['fd00:1::/64', 'none'])
    const now = given('28', own)
    expect([now.next(6), now.next(6)].map(now.text)).toEqual(['fd00:1::/64', 'fd00:1:0:1::/64'])
  })

  // moby daemon/daemon.go: deriveULABaseNetwork
  it('derives the IPv6 default pool from the id of the engine from 27 on', () => {
    const id = 'f3684ac8-05ce-4bc8-b2ee-2bb9bbe96f0c'
    expect(formatPrefix(ulaPool(id).base)).toBe('fd51:e12f:e132::/48')
    const old = given('26', LOCAL_POOLS, [], id)
    expect(old.text(old.next(6))).toBe('none')
    const { next, text } = given('28', LOCAL_POOLS, [], id)
    expect([next(6), next(6)].map(text)).toEqual(['fd51:e12f:e132::/64', 'fd51:e12f:e132:1::/64'])
    const own = given('28', [...LOCAL_POOLS, { base: prefix('fd00:1::/48'), size: 64 }], [], id)
    expect(own.text(own.next(6))).toBe('fd00:1::/64')
  })

  it('cuts 10.0.0.0/8 into /24 for swarm', () => {
    const { next, text } = given('28', GLOBAL_POOLS)
    expect([next(), next()].map(text)).toEqual(['10.0.0.0/24', '10.0.1.0/24'])
  })

  it('takes a size from the request on 29', () => {
    const space = createAddressSpace(rulesOf('29'), LOCAL_POOLS)
    const result = space.allocateDefault(4, [], 24)
    expect(result.ok && formatPrefix(result.value.subnet)).toBe('172.17.0.0/24')
    // A whole pool is a block of its own size; a wider one is in none of them.
    const whole = space.allocateDefault(4, [], 14)
    expect(whole.ok && formatPrefix(whole.value.subnet)).toBe('172.20.0.0/14')
    expect(space.allocateDefault(4, [], 13)).toEqual({ ok: false, error: 'NO_POOL_OF_SIZE' })
  })
})

// moby libnetwork/ipams/defaultipam/address_space.go: allocateSubnet
describe('explicit subnets', () => {
  it('refuses a subnet that overlaps another, inside or around', () => {
    const { space } = given('28')
    expect(space.allocate(prefix('10.5.0.0/16'), null).ok).toBe(true)
    for (const text of ['10.5.0.0/16', '10.5.8.0/24', '10.0.0.0/8']) {
      expect(space.allocate(prefix(text), null)).toEqual({ ok: false, error: 'POOL_OVERLAP' })
    }
    expect(space.allocate(prefix('10.6.0.0/16'), null).ok).toBe(true)
  })

  it('lets two ranges of one subnet share one set of addresses', () => {
    const { space } = given('28')
    const low = space.allocate(prefix('10.80.0.0/24'), prefix('10.80.0.0/25'))
    const high = space.allocate(prefix('10.80.0.0/24'), prefix('10.80.0.128/25'))
    expect(space.allocate(prefix('10.80.0.0/24'), prefix('10.80.0.128/25')).ok).toBe(false)
    expect(space.allocate(prefix('10.80.0.0/24'), null).ok).toBe(false)
    if (!low.ok || !high.ok) throw new Error('refused')
    expect(high.value.pool).toBe(low.value.pool)
    const nested = space.allocate(prefix('10.80.0.0/25'), prefix('10.80.0.0/26'))
    expect(nested.ok && nested.value.pool === low.value.pool).toBe(false)
    space.release(low.value)
    expect(space.allocate(prefix('10.80.0.0/24'), null).ok).toBe(false)
    if (nested.ok) space.release(nested.value)
    space.release(high.value)
    expect(space.allocate(prefix('10.80.0.0/24'), null).ok).toBe(true)
  })
})

describe('addresses of a pool', () => {
  const poolOf = (text: string, engine: EngineVersion = '28') => {
    const lease = createAddressSpace(rulesOf(engine), []).allocate(prefix(text), null)
    if (!lease.ok) throw new Error('refused')
    const { pool } = lease.value
    const take = (range: string | null = null, mode: 'lowest' | 'serial' = 'lowest') => {
      const result = pool.takeAny(range === null ? null : prefix(range), mode)
      return result.ok ? formatAddress(result.value) : result.error
    }
    return { pool, take }
  }

  it('gives the lowest free one and reuses a released one at once', () => {
    const { pool, take } = poolOf('10.1.0.0/24')
    expect([take(), take(), take()]).toEqual(['10.1.0.1', '10.1.0.2', '10.1.0.3'])
    pool.release(address('10.1.0.2'))
    expect([take(), take()]).toEqual(['10.1.0.2', '10.1.0.4'])
  })

  it('goes on after the last dynamic one in serial mode, and from the lowest at the end', () => {
    const { pool, take } = poolOf('10.1.0.0/29')
    expect([take(null, 'serial'), take(null, 'serial'), take(null, 'serial')]).toEqual([
      '10.1.0.1',
      '10.1.0.2',
      '10.1.0.3',
    ])
    pool.release(address('10.1.0.1'))
    expect(pool.take(address('10.1.0.6')).ok).toBe(true)
    expect([take(null, 'serial'), take(null, 'serial'), take(null, 'serial'), take(null, 'serial')]).toEqual([
      '10.1.0.4',
      '10.1.0.5',
      '10.1.0.1',
      'NO_AVAILABLE_ADDRESS',
    ])
  })

  it('never gives the first and last address of an IPv4 subnet, but the last of an IPv6 one', () => {
    const { pool, take } = poolOf('10.1.0.0/30')
    expect([take(), take(), take()]).toEqual(['10.1.0.1', '10.1.0.2', 'NO_AVAILABLE_ADDRESS'])
    expect(pool.take(address('10.1.0.3'))).toEqual({ ok: false, error: 'ADDRESS_IN_USE' })
    const six = poolOf('fd00::/126')
    expect([six.take(), six.take(), six.take(), six.take()]).toEqual([
      'fd00::1',
      'fd00::2',
      'fd00::3',
      'NO_AVAILABLE_ADDRESS',
    ])
  })

  // moby v20.10 and v26 libnetwork/ipam/allocator.go: getAddress; seen on real engines
  it('says of a full subnet that it is full, up to 26 also when asked for a certain address', () => {
    const errors = (['20', '26', '28'] as const).map((engine) => {
      const { pool } = poolOf('10.1.0.0/30', engine)
      pool.takeAny(null, 'lowest')
      pool.takeAny(null, 'lowest')
      const result = pool.take(address('10.1.0.1'))
      return result.ok ? '' : result.error
    })
    expect(errors).toEqual(['NO_AVAILABLE_ADDRESS', 'NO_AVAILABLE_ADDRESS', 'ADDRESS_IN_USE'])
  })

  it('keeps nothing back in a /31 and /32, except on 20', () => {
    const { take } = poolOf('10.1.0.0/31')
    expect([take(), take(), take()]).toEqual(['10.1.0.0', '10.1.0.1', 'NO_AVAILABLE_ADDRESS'])
    expect(poolOf('10.1.0.9/32').take()).toBe('10.1.0.9')
    expect(poolOf('10.1.0.0/31', '20').take()).toBe('NO_AVAILABLE_ADDRESS')
  })

  it('gives every address of a range but those of the subnet’s ends', () => {
    const { take } = poolOf('10.12.0.0/24')
    const range = '10.12.0.240/28'
    expect(Array.from({ length: 16 }, () => take(range))).toEqual([
      ...Array.from({ length: 15 }, (_, i) => `10.12.0.${240 + i}`),
      'NO_AVAILABLE_ADDRESS',
    ])
  })

  it('refuses an address outside of the subnet', () => {
    expect(poolOf('10.1.0.0/24').pool.take(address('10.2.0.1'))).toEqual({
      ok: false,
      error: 'ADDRESS_OUT_OF_RANGE',
    })
  })
})
