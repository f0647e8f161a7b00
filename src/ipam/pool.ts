import { type Address, contains, hostMask, lastValue, type Prefix } from '../net/index.ts'
import type { Rules } from '../rules/index.ts'
import type { IpamResult } from './result.ts'
import { createUsedAddresses } from './used.ts'

/**
 * How a dynamic address is chosen. `lowest`: the lowest free one (node-local networks).
 * `serial`: the one after the last dynamically given, from the lowest again at the end (swarm's allocator).
 */
export type AllocationMode = 'lowest' | 'serial'

/** The used addresses of one subnet. Networks that share a subnet (with different ranges) share one pool. */
export interface AddressPool {
  readonly subnet: Prefix
  /**
   * Takes a certain address.
   * Fails with `ADDRESS_OUT_OF_RANGE` (not in the subnet), `NO_AVAILABLE_ADDRESS` (none is) or `ADDRESS_IN_USE`. Never moves the serial cursor.
   */
  take(address: Address): IpamResult<Address>
  /** Takes a free address of `range`, or of the whole subnet. Fails with `NO_AVAILABLE_ADDRESS`. */
  takeAny(range: Prefix | null, mode: AllocationMode): IpamResult<Address>
  release(address: Address): void
  /** The serial cursor begins again at the lowest, as in the memory of a new leader of a swarm. */
  rewind(): void
}

/**
 * A pool in which the first address, and in IPv4 the last one, are in use from the start.
 *
 * A /31 and a /32 may keep neither back (RFC 3021).
 * @see moby `libnetwork/ipams/defaultipam/allocator.go: newPoolData`, `libnetwork/bitmap/sequence.go`
 */
export function createAddressPool(subnet: Prefix, rules: Rules): AddressPool {
  const used = createUsedAddresses()
  const { family } = subnet
  const last = lastValue(subnet)
  const tiny = family === 4 && subnet.length >= 31 && rules.tinySubnetsWhole
  if (!tiny) {
    used.add(subnet.first)
    if (family === 4) used.add(last)
  }
  /** The value after the last one given dynamically, by either mode. */
  let cursor = subnet.first

  function take(address: Address): IpamResult<Address> {
    if (!contains(subnet, address)) return { ok: false, error: 'ADDRESS_OUT_OF_RANGE' }
    // Asked before the address is looked at.
    if (rules.fullPoolRefusesFirst && used.lowestFree(subnet.first, last) === null)
      return { ok: false, error: 'NO_AVAILABLE_ADDRESS' }
    if (!used.add(address.value)) return { ok: false, error: 'ADDRESS_IN_USE' }
    return { ok: true, value: address }
  }

  function takeAny(range: Prefix | null, mode: AllocationMode): IpamResult<Address> {
    const low = range === null ? subnet.first : inSubnet(range.first, subnet)
    const high = range === null ? last : inSubnet(lastValue(range), subnet)
    const fromCursor = mode === 'serial' && cursor > low ? used.lowestFree(cursor, high) : null
    const value = fromCursor ?? used.lowestFree(low, high)
    if (value === null) return { ok: false, error: 'NO_AVAILABLE_ADDRESS' }
    used.add(value)
    cursor = value + 1n
    return { ok: true, value: { family, value } }
  }

  return {
    subnet,
    take,
    takeAny,
    release: (address) => used.delete(address.value),
    rewind: () => {
      cursor = subnet.first
    },
  }
}

/**
 * Only the host part of a range counts: 20.10 accepts one that is bigger than its subnet, or lies outside of it.
 * @see moby v20.10 `libnetwork/ipam/utils.go: getAddressRange`
 */
function inSubnet(value: bigint, subnet: Prefix): bigint {
  return subnet.first + (value & hostMask(subnet.family, subnet.length))
}
