import { type Address, formatAddress, parseAddress } from '../net/index.ts'
import type { Rules } from '../rules/index.ts'

export type Protocol = 'tcp' | 'udp' | 'sctp'

/** Ports of the host that are taken. */
export interface PortAllocator {
  /** Takes one port on all of `ips` at once: the first free one after the last given of that range. */
  request(ips: readonly Address[], protocol: Protocol, range: PortRange): PortAnswer
  release(ip: Address, protocol: Protocol, port: number): void
}

interface PortRange {
  readonly first: number
  readonly last: number
}

export type PortAnswer =
  | { readonly kind: 'given'; readonly port: number }
  /** The only port asked for is taken on this address. */
  | { readonly kind: 'taken'; readonly ip: Address }
  /** All of several are taken. */
  | { readonly kind: 'exhausted' }
  /** Up to 26: the kernel does not bind the chosen port on this address, since an overlapping address has it. */
  | { readonly kind: 'not-bound'; readonly ip: Address; readonly port: number }

/** net.ipv4.ip_local_port_range as the kernel sets it. */
export const EPHEMERAL_PORTS: PortRange = { first: 32768, last: 60999 }

/** How often engines up to 26 try to bind a port nobody asked for. moby v26 `bridge/port_mapping_linux.go` */
const BIND_ATTEMPTS = 10

/**
 * Up to 26 only equal addresses clash in the allocator; that the unspecified address is every address is found out by
 * the kernel.
 * @see moby `libnetwork/portallocator/portallocator.go: RequestPortsInRange, newPortRange`
 */
export function createPortAllocator(rules: Rules): PortAllocator {
  const knowsAny = rules.allocatorKnowsAnyAddress
  /** Addresses that have a port, by protocol, family and port. */
  const taken = new Map<string, Set<string>>()
  /** Last port given, by first address, protocol and range. */
  const last = new Map<string, number>()
  const keyOf = (ip: Address, protocol: Protocol, port: number): string => `${protocol} ${ip.family} ${port}`

  /** An address that has the port and is the same as `ip`, or stands for it. */
  function holder(ip: Address, protocol: Protocol, port: number): Address | null {
    const addresses = taken.get(keyOf(ip, protocol, port)) ?? new Set<string>()
    const same = formatAddress(ip)
    if (addresses.has(same)) return ip
    const any = formatAddress({ family: ip.family, value: 0n })
    const text = same === any ? [...addresses][0] : addresses.has(any) ? any : undefined
    return text === undefined ? null : parseAddress(text)
  }

  function take(ip: Address, protocol: Protocol, port: number): void {
    const key = keyOf(ip, protocol, port)
    const addresses = taken.get(key) ?? new Set<string>()
    taken.set(key, addresses.add(formatAddress(ip)))
  }

  return {
    request(ips, protocol, range) {
      const { first, last: end } = range
      const leader = ips[0]
      const cursor = `${leader === undefined ? '' : formatAddress(leader)} ${protocol} ${first}-${end}`
      let attempts = range === EPHEMERAL_PORTS ? BIND_ATTEMPTS : 1
      let port = last.get(cursor) ?? end
      for (let tries = first; tries <= end; tries++) {
        port = port >= end ? first : port + 1
        const candidate = port
        const holders = ips.map((ip) => holder(ip, protocol, candidate))
        const clash = holders.findIndex((other, i) => other !== null && (knowsAny || other === ips[i]))
        const ip = holders[clash]
        if (ip !== null && ip !== undefined) {
          if (first === end) return { kind: 'taken', ip }
          continue
        }
        last.set(cursor, candidate)
        const unbound = ips.find((_, i) => holders[i] !== null)
        if (unbound === undefined) {
          for (const one of ips) take(one, protocol, candidate)
          return { kind: 'given', port: candidate }
        }
        attempts -= 1
        if (attempts === 0) return { kind: 'not-bound', ip: unbound, port: candidate }
      }
      return { kind: 'exhausted' }
    },
    release(ip, protocol, port) {
      taken.get(keyOf(ip, protocol, port))?.delete(formatAddress(ip))
    },
  }
}
