import ipaddr from 'ipaddr.js'

export type Family = 4 | 6

/** An IP address as a number: 32 bits for family 4, 128 bits for family 6. */
export interface Address {
  readonly family: Family
  readonly value: bigint
}

/** Bits of an address: 32 or 128. */
export function widthOf(family: Family): number {
  return family === 4 ? 32 : 128
}

/**
 * The address a text names, or `null`. IPv4 in exactly four decimal parts without leading zeros (as Go's
 * `net/netip` reads it), IPv6 as in RFC 4291 without a zone.
 */
export function parseAddress(text: string): Address | null {
  if (text.includes(':')) {
    if (text.includes('%') || !ipaddr.IPv6.isValid(text)) return null
    return { family: 6, value: fromBytes(ipaddr.IPv6.parse(text).toByteArray()) }
  }
  return parseIpv4(text)
}

const DOT = 0x2e
const ZERO = 0x30

// Not by ipaddr.js, which takes leading zeros for octal and throws for every text that is no address. Unit by unit,
// since a plan reads addresses everywhere.
function parseIpv4(text: string): Address | null {
  let value = 0
  let octets = 0
  /** The octet being read; -1 before its first digit. */
  let octet = -1
  for (let i = 0; i <= text.length; i++) {
    const unit = i === text.length ? DOT : text.charCodeAt(i)
    if (unit === DOT) {
      if (octet < 0) return null
      value = value * 256 + octet
      octets += 1
      octet = -1
    } else if (unit < ZERO || unit > ZERO + 9 || octet === 0) return null
    else {
      octet = (octet < 0 ? 0 : octet * 10) + unit - ZERO
      if (octet > 255) return null
    }
  }
  return octets === 4 ? { family: 4, value: BigInt(value) } : null
}

/** The address in Docker's spelling: dotted decimal, or RFC 5952 for IPv6. */
export function formatAddress(address: Address): string {
  if (address.family === 4) {
    const value = Number(address.value)
    return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
  }
  return ipaddr.fromByteArray(bytesOf(address)).toString()
}

/** 4 or 16 bytes, most significant first. */
export function bytesOf(address: Address): number[] {
  if (address.family === 4) {
    const value = Number(address.value)
    return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
  }
  const bytes: number[] = []
  for (let shift = widthOf(address.family) - 8; shift >= 0; shift -= 8) {
    bytes.push(Number((address.value >> BigInt(shift)) & 255n))
  }
  return bytes
}

function fromBytes(bytes: readonly number[]): bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return value
}

/** `172.18.0.2`; `''` for none. */
export function addressText(address: Address | null | undefined): string {
  return address === null || address === undefined ? '' : formatAddress(address)
}

/** `0.0.0.0:8000`, `[::]:8000`. */
export function formatSocket(address: Address, port: number): string {
  return address.family === 6 ? `[${formatAddress(address)}]:${port}` : `${formatAddress(address)}:${port}`
}

/** Ascending, IPv4 before IPv6 (Go's `netip.Addr.Compare`). */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return a.family - b.family
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0
}
