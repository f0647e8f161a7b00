import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Address,
  bytesOf,
  contains,
  firstOf,
  formatAddress,
  formatMac,
  formatPrefix,
  isMulticast,
  lastValue,
  macOfAddress,
  overlaps,
  parseAddress,
  parseCidr,
  parseMac,
  parsePrefix,
  prefixOf,
  sizeOf,
} from '../../src/net/index.ts'
import { seeds } from '../support/seeds.ts'

describe('the text of an address', () => {
  it.each([
    ['0.0.0.0', 0n],
    ['172.17.0.2', 0xac110002n],
    ['255.255.255.255', 0xffffffffn],
    ['::1', 1n],
    ['fd00:dead::', 0xfd00dead000000000000000000000000n],
  ])('%s is read as a number', (text, value) => {
    expect(parseAddress(text)?.value).toBe(value)
    expect(formatAddress(parseAddress(text)!)).toBe(text)
  })

  // Go net/netip: ParseAddr takes no leading zeros, no short forms; a zone is no part of an address here.
  it.each([
    '',
    '10.0.0',
    '10.0.0.300',
    '010.0.0.1',
    '10.0.0.1.2',
    '0x0a000001',
    '167772161',
    ':::',
    'fe80::1%eth0',
    '10.0.0.1/24',
    ' 10.0.0.1',
  ])('%j is no address', (text) => {
    expect(parseAddress(text)).toBeNull()
  })

  // RFC 5952
  it('is the short one of IPv6', () => {
    expect(formatAddress(parseAddress('FD00:0:0:0:0:0:0:00A1')!)).toBe('fd00::a1')
    expect(formatAddress(parseAddress('2001:db8:0:1:1:1:1:1')!)).toBe('2001:db8:0:1:1:1:1:1')
  })
})

describe('CIDR notation', () => {
  it('keeps the address, a prefix cuts it off', () => {
    expect(formatAddress(parseCidr('10.9.0.5/24')!.address)).toBe('10.9.0.5')
    expect(formatPrefix(parsePrefix('10.9.0.5/24')!)).toBe('10.9.0.0/24')
    expect(formatPrefix(parsePrefix('fd00::5/64')!)).toBe('fd00::/64')
  })

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/', '10.0.0.0/08', 'fd00::/129', '/24'])(
    '%j is none',
    (text) => {
      expect(parseCidr(text)).toBeNull()
    },
  )

  it('knows the ends of the whole address space', () => {
    const all = parsePrefix('0.0.0.0/0')!
    expect([sizeOf(all), lastValue(all)]).toEqual([2n ** 32n, 2n ** 32n - 1n])
    expect(sizeOf(parsePrefix('::/0')!)).toBe(2n ** 128n)
  })
})

describe('hardware addresses', () => {
  it('are read in three spellings', () => {
    for (const text of ['02:42:ac:11:00:02', '02-42-AC-11-00-02', '0242.ac11.0002']) {
      expect(formatMac(parseMac(text)!)).toBe('02:42:ac:11:00:02')
    }
    for (const text of ['', 'zz', '02:42:ac:11:00', '02:42-ac:11:00:02', '02:42:ac:11:00:02:03']) {
      expect(parseMac(text)).toBeNull()
    }
  })

  // moby libnetwork/netutils/utils.go: GenerateMACFromIP
  it('follow from an IPv4 address', () => {
    expect(formatMac(macOfAddress(parseAddress('172.17.0.2')!))).toBe('02:42:ac:11:00:02')
  })

  it('with an odd first byte are multicast', () => {
    expect([
      isMulticast(parseMac('01:42:00:00:00:99')!),
      isMulticast(parseMac('02:42:00:00:00:99')!),
    ]).toEqual([true, false])
  })
})

for (const seed of seeds()) {
  describe(`any address (seed ${seed})`, () => {
    const address: fc.Arbitrary<Address> = fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((value) => ({ family: 4 as const, value })),
      fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map((value) => ({ family: 6 as const, value })),
    )
    const prefix = fc
      .tuple(address, fc.nat())
      .map(([one, length]) => prefixOf({ address: one, length: length % (one.family === 4 ? 33 : 129) }))

    it('is the same after printing and reading', () => {
      fc.assert(
        fc.property(address, (one) => {
          expect(parseAddress(formatAddress(one))).toEqual(one)
        }),
        { seed },
      )
      fc.assert(
        fc.property(prefix, (one) => {
          expect(parsePrefix(formatPrefix(one))).toEqual(one)
        }),
        { seed },
      )
    })

    it('has as many bytes as its family', () => {
      fc.assert(
        fc.property(address, (one) => {
          expect(bytesOf(one)).toHaveLength(one.family === 4 ? 4 : 16)
        }),
        { seed },
      )
    })

    it('lies in a block exactly when it is between its ends', () => {
      fc.assert(
        fc.property(prefix, address, (block, one) => {
          const between =
            one.family === block.family && one.value >= block.first && one.value <= lastValue(block)
          expect(contains(block, one)).toBe(between)
          expect(contains(block, firstOf(block))).toBe(true)
        }),
        { seed },
      )
    })

    it('two blocks overlap exactly when one holds the other', () => {
      fc.assert(
        fc.property(prefix, prefix, (a, b) => {
          expect(overlaps(a, b)).toBe(overlaps(b, a))
          expect(overlaps(a, b)).toBe(contains(a, firstOf(b)) || contains(b, firstOf(a)))
          const apart = a.family !== b.family || lastValue(a) < b.first || lastValue(b) < a.first
          expect(overlaps(a, b)).toBe(!apart)
        }),
        { seed },
      )
    })
  })
}
