import { describe, expect, it } from 'vitest'
import { createAddressPool } from '../../src/ipam/index.ts'
import { formatAddress, parsePrefix } from '../../src/net/index.ts'
import { rulesOf } from '../../src/rules/index.ts'

const pool = (text: string) => createAddressPool(parsePrefix(text)!, rulesOf('28'))
const text = (got: ReturnType<ReturnType<typeof pool>['takeAny']>): string =>
  got.ok ? formatAddress(got.value) : got.error

// moby libnetwork/ipams/defaultipam/allocator.go: getAddress; swarmkit networkallocator.go: setIPAMSerialAlloc
describe('a pool', () => {
  it('gives no address behind the end of the range', () => {
    const own = pool('10.0.0.0/24')
    const range = parsePrefix('10.0.0.8/30')
    const got = Array.from({ length: 5 }, () => text(own.takeAny(range, 'lowest')))
    expect(got).toEqual(['10.0.0.8', '10.0.0.9', '10.0.0.10', '10.0.0.11', 'NO_AVAILABLE_ADDRESS'])
  })
  it('goes on behind the last one given where it is serial, and begins again at the lowest', () => {
    const own = pool('10.0.0.0/29')
    const next = () => text(own.takeAny(null, 'serial'))
    expect([next(), next()]).toEqual(['10.0.0.1', '10.0.0.2'])
    own.release({ family: 4, value: 0x0a000001n })
    expect([next(), next(), next(), next(), next()]).toEqual([
      '10.0.0.3',
      '10.0.0.4',
      '10.0.0.5',
      '10.0.0.6',
      '10.0.0.1',
    ])
  })
  it('begins at the lowest again after it is rewound', () => {
    const own = pool('10.0.0.0/29')
    own.takeAny(null, 'serial')
    own.release({ family: 4, value: 0x0a000001n })
    own.rewind()
    expect(text(own.takeAny(null, 'serial'))).toBe('10.0.0.1')
  })
})
