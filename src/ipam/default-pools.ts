import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { comparePrefixes, lastValue, overlaps, type Prefix, parsePrefix, widthOf } from '../net/index.ts'

/** `base` cut into blocks of `size` bits, from which networks without a subnet get theirs. */
export interface DefaultPool {
  readonly base: Prefix
  /** Prefix length of one block, at least that of `base`. */
  readonly size: number
}

const pool = (base: string, size: number): DefaultPool => {
  const prefix = parsePrefix(base)
  if (prefix === null) throw new Error(`not CIDR notation: ${base}`)
  return { base: prefix, size }
}

/** moby `libnetwork/ipamutils/utils.go: localScopeDefaultNetworks`: 15 blocks of /16, then 16 of /20. */
export const LOCAL_POOLS: readonly DefaultPool[] = [
  pool('172.17.0.0/16', 16),
  pool('172.18.0.0/16', 16),
  pool('172.19.0.0/16', 16),
  pool('172.20.0.0/14', 16),
  pool('172.24.0.0/14', 16),
  pool('172.28.0.0/14', 16),
  pool('192.168.0.0/16', 20),
]

/** moby `libnetwork/ipamutils/utils.go: globalScopeDefaultNetworks`: what swarm cuts overlays from. */
export const GLOBAL_POOLS: readonly DefaultPool[] = [pool('10.0.0.0/8', 24)]

/**
 * The private IPv6 /48 of an engine, cut into /64: `fd` and the low 40 bits of the first eight bytes of the
 * SHA-256 of the engine's id.
 *
 * @param engineId as `docker info` prints it (`ID:`).
 * @see moby `daemon/daemon.go: deriveULABaseNetwork`
 */
export function ulaPool(engineId: string): DefaultPool {
  const digest = sha256(utf8ToBytes(engineId))
  let globalId = 0n
  for (const byte of digest.slice(3, 8)) globalId = (globalId << 8n) | BigInt(byte)
  return { base: { family: 6, first: (0xfdn << 120n) + (globalId << 80n), length: 48 }, size: 64 }
}

/**
 * Pools of one family, from 27 on: by address, then length; an entry that overlaps an earlier one is dropped.
 * @see moby `libnetwork/ipams/defaultipam/address_space.go: newAddrSpace`
 */
export function sortedPools(pools: readonly DefaultPool[]): readonly DefaultPool[] {
  if (areInOrder(pools)) return pools
  const kept: DefaultPool[] = []
  for (const candidate of [...pools].sort((a, b) => comparePrefixes(a.base, b.base))) {
    if (!kept.some((p) => overlaps(p.base, candidate.base))) kept.push(candidate)
  }
  return kept
}

/** As Docker's own pools are: each begins behind the end of the one before it. */
function areInOrder(pools: readonly DefaultPool[]): boolean {
  return pools.every(({ base }, i) => {
    const before = pools[i - 1]?.base
    return before === undefined || lastValue(before) < base.first
  })
}

/** How many blocks a pool has. */
export function blockCount({ base, size }: DefaultPool): bigint {
  return 1n << BigInt(size - base.length)
}

/** Block `index` of a pool, from 0. */
export function blockAt({ base, size }: DefaultPool, index: bigint): Prefix {
  const width = BigInt(widthOf(base.family) - size)
  return { family: base.family, first: base.first + (index << width), length: size }
}

/** Number of the first block of a pool that begins after `prefix` ends; beyond the last block when there is none. */
export function numberAfter({ base, size }: DefaultPool, prefix: Prefix): bigint {
  const width = BigInt(widthOf(base.family) - size)
  return ((lastValue(prefix) - base.first) >> width) + 1n
}

/** The first block of a pool that begins after `prefix` ends, or `null`. */
export function blockAfter(defaultPool: DefaultPool, prefix: Prefix): Prefix | null {
  const number = numberAfter(defaultPool, prefix)
  return number < blockCount(defaultPool) ? blockAt(defaultPool, number) : null
}

/**
 * How many different blocks ≤26 cuts from a pool: it counts them in 64-bit integers, which overflow for IPv6
 * blocks of /64 and shorter.
 * @see moby v26 `libnetwork/ipamutils/utils.go: splitNetwork`
 */
export function blockCountBefore27(defaultPool: DefaultPool): bigint {
  const width = widthOf(defaultPool.base.family) - defaultPool.size
  const distinct = width >= 64 ? 1n : 1n << BigInt(64 - width)
  const count = blockCount(defaultPool)
  return count < distinct ? count : distinct
}
