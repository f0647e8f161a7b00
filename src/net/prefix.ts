import { type Address, type Family, formatAddress, parseAddress, widthOf } from './address.ts'

/** A block of addresses: `first` has no bit set beyond `length`. */
export interface Prefix {
  readonly family: Family
  readonly first: bigint
  /** Length of the prefix in bits: 0–32 for IPv4, 0–128 for IPv6. */
  readonly length: number
}

/** An address together with the length of its subnet, as written in CIDR notation; host bits may be set. */
export interface Cidr {
  readonly address: Address
  readonly length: number
}

/** Reads `10.5.0.0/16`. Host bits are kept; `null` when it is not CIDR notation (RFC 4632). */
export function parseCidr(text: string): Cidr | null {
  const slash = text.indexOf('/')
  if (slash < 0) return null
  const digits = text.slice(slash + 1)
  if (!/^(0|[1-9][0-9]{0,2})$/.test(digits)) return null
  const address = parseAddress(text.slice(0, slash))
  const length = Number(digits)
  if (address === null || length > widthOf(address.family)) return null
  return { address, length }
}

/** The block a text names, host bits cut off; `null` when it is not CIDR notation. */
export function parsePrefix(text: string): Prefix | null {
  const cidr = parseCidr(text)
  return cidr === null ? null : prefixOf(cidr)
}

/** The block of `length` bits an address lies in. */
export function prefixOf({ address, length }: Cidr): Prefix {
  const { family, value } = address
  return { family, first: value - (value & hostMask(family, length)), length }
}

/** Host parts of all sizes, from 0 bits to 128: made once, as arithmetic on large integers is not cheap. */
const HOST_MASKS: readonly bigint[] = Array.from({ length: 129 }, (_, bits) => (1n << BigInt(bits)) - 1n)

/** The bits of an address beyond the first `length`. */
export function hostMask(family: Family, length: number): bigint {
  return HOST_MASKS[widthOf(family) - length] ?? 0n
}

/** The one address as a block: a /32 or /128. */
export function singleton(address: Address): Prefix {
  return { family: address.family, first: address.value, length: widthOf(address.family) }
}

export function firstOf(prefix: Prefix): Address {
  return { family: prefix.family, value: prefix.first }
}

/** The highest address of a block, as a number. */
export function lastValue(prefix: Prefix): bigint {
  return prefix.first + hostMask(prefix.family, prefix.length)
}

/** How many addresses a block has. */
export function sizeOf(prefix: Prefix): bigint {
  return hostMask(prefix.family, prefix.length) + 1n
}

export function contains(prefix: Prefix, address: Address): boolean {
  return (
    prefix.family === address.family && address.value >= prefix.first && address.value <= lastValue(prefix)
  )
}

export function overlaps(a: Prefix, b: Prefix): boolean {
  if (a.family !== b.family) return false
  return a.first <= b.first ? b.first <= lastValue(a) : a.first <= lastValue(b)
}

/** By family, first address, then length (moby `libnetwork/internal/netiputil: PrefixCompare`). */
export function comparePrefixes(a: Prefix, b: Prefix): number {
  if (a.family !== b.family) return a.family - b.family
  if (a.first !== b.first) return a.first < b.first ? -1 : 1
  return a.length - b.length
}

export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(firstOf(prefix))}/${prefix.length}`
}

/** `172.18.0.2/16`; `''` for none. */
export function formatCidr(cidr: Cidr | null): string {
  return cidr === null ? '' : `${formatAddress(cidr.address)}/${cidr.length}`
}

/** `172.18.0.2` of `172.18.0.2/16`; a text without a length, and `''`, stay. */
export function withoutLength(cidr: string): string {
  const slash = cidr.indexOf('/')
  return slash < 0 ? cidr : cidr.slice(0, slash)
}
