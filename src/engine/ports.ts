import { type Address, formatAddress } from '../net/index.ts'

export type Protocol = 'tcp' | 'udp' | 'sctp'

/** Ports of the host that are taken. */
export interface PortAllocator {
  /**
   * Takes one port on all of `ips` at once: the first free one after the last given of that range.
   * @returns the port, or `null` when none is free.
   */
  request(
    ips: readonly Address[],
    protocol: Protocol,
    range: { readonly first: number; readonly last: number },
  ): number | null
  release(ip: Address, protocol: Protocol, port: number): void
}

/** net.ipv4.ip_local_port_range as the kernel sets it. */
export const EPHEMERAL_PORTS = { first: 32768, last: 60999 }

/**
 * @see moby `libnetwork/portallocator/portallocator.go: RequestPortsInRange, newPortRange`
 */
export function createPortAllocator(): PortAllocator {
  /** Addresses that have a port, by protocol, family and port. */
  const taken = new Map<string, Set<string>>()
  /** Last port given, by first address, protocol and range. */
  const last = new Map<string, number>()
  const keyOf = (ip: Address, protocol: Protocol, port: number): string => `${protocol} ${ip.family} ${port}`

  function isFree(ip: Address, protocol: Protocol, port: number): boolean {
    const addresses = taken.get(keyOf(ip, protocol, port))
    if (addresses === undefined || addresses.size === 0) return true
    // The unspecified address is every address.
    return (
      ip.value !== 0n &&
      !addresses.has(formatAddress({ family: ip.family, value: 0n })) &&
      !addresses.has(formatAddress(ip))
    )
  }

  function take(ip: Address, protocol: Protocol, port: number): void {
    const key = keyOf(ip, protocol, port)
    const addresses = taken.get(key) ?? new Set<string>()
    taken.set(key, addresses.add(formatAddress(ip)))
  }

  return {
    request(ips, protocol, { first, last: end }) {
      const leader = ips[0]
      const cursor = `${leader === undefined ? '' : formatAddress(leader)} ${protocol} ${first}-${end}`
      let port = last.get(cursor) ?? end
      for (let tries = first; tries <= end; tries++) {
        port = port >= end ? first : port + 1
        const candidate = port
        if (!ips.every((ip) => isFree(ip, protocol, candidate))) continue
        for (const ip of ips) take(ip, protocol, candidate)
        last.set(cursor, candidate)
        return candidate
      }
      return null
    },
    release(ip, protocol, port) {
      taken.get(keyOf(ip, protocol, port))?.delete(formatAddress(ip))
    },
  }
}
