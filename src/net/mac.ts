import { type Address, bytesOf } from './address.ts'

/** Six bytes, most significant first. */
export type Mac = readonly number[]

/** Reads `02:42:ac:11:00:02` (or with `-`, or `0242.ac11.0002`); `null` when it is no 48-bit hardware address. */
export function parseMac(text: string): Mac | null {
  const colons = /^[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}$/i.test(text)
  const dots = /^[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}$/i.test(text)
  if (!colons && !dots) return null
  const digits = text.replaceAll(/[:.-]/g, '')
  return Array.from({ length: 6 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))
}

export function formatMac(mac: Mac): string {
  return mac.map((byte) => HEX[byte] ?? '').join(':')
}
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Whether the group bit of the first byte is set (IEEE 802); the kernel refuses such an address for a link. */
export function isMulticast(mac: Mac): boolean {
  return ((mac[0] ?? 0) & 1) === 1
}

/**
 * The MAC Docker derives from an IPv4 address: `02:42` and its four bytes.
 *
 * Bridge and macvlan up to 27, overlay in every release.
 * @see moby `libnetwork/netutils/utils.go: GenerateMACFromIP`
 */
export function macOfAddress(ipv4: Address): Mac {
  return [0x02, 0x42, ...bytesOf(ipv4)]
}
