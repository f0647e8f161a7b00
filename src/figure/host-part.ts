import { type Cidr, formatAddress } from '../net/index.ts'

/**
 * What is left of an address when the parts its subnet settles are taken off: `.0.3` of `172.18.0.3/16`, `::2` of
 * `fd00:dead::2/64`. Whole octets and whole groups of IPv6 only. The address itself where nothing can be taken off.
 */
export function hostPart({ address, length }: Cidr): string {
  if (address.family === 4) {
    const octets = formatAddress(address).split('.')
    const rest = octets.slice(Math.floor(Math.min(length, 31) / 8))
    return rest.length === 4 ? rest.join('.') : `.${rest.join('.')}`
  }
  const bits = BigInt(128 - Math.floor(Math.min(length, 127) / 16) * 16)
  return formatAddress({ family: 6, value: address.value & ((1n << bits) - 1n) })
}
