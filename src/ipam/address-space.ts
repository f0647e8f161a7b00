import { type Family, lastValue, overlaps, type Prefix } from '../net/index.ts'
import type { Rules } from '../rules/index.ts'
import { createAllocatedSubnets } from './allocated.ts'
import {
  blockAfter,
  blockAt,
  blockCount,
  blockCountBefore27,
  type DefaultPool,
  numberAfter,
  sortedPools,
  ulaPool,
} from './default-pools.ts'
import { type AddressPool, createAddressPool } from './pool.ts'
import type { IpamResult } from './result.ts'

/** A hold on a subnet (or on a range of it) by one network. */
export interface PoolLease {
  readonly subnet: Prefix
  /** `null`: addresses may come from the whole subnet. */
  readonly range: Prefix | null
  readonly pool: AddressPool
}

/**
 * The subnets of one scope: node-local networks have one address space for each engine, a swarm has its own.
 * Nothing in one is compared with the other.
 */
export interface AddressSpace {
  /**
   * A block of the default pools.
   * @param reserved blocks in use on the host: its on-link subnets and its nameservers.
   * @param size asks for blocks of this prefix length instead of the configured one (v29, `0.0.0.0/N`).
   */
  allocateDefault(family: Family, reserved: readonly Prefix[], size: number | null): IpamResult<PoolLease>
  /** Fails with `POOL_OVERLAP`, but with a range only when that very pair is taken. */
  allocate(subnet: Prefix, range: Prefix | null): IpamResult<PoolLease>
  release(lease: PoolLease): void
  /** Whether another lease overlaps the subnet of this one, as leases of ranges may. */
  isShared(lease: PoolLease): boolean
  /** The engine has started anew: what it remembers of the order of blocks is lost (≤26), the subnets are not. */
  restarted(): void
}

interface SubnetState {
  readonly pool: AddressPool
  readonly ranges: Set<string>
  /** A network without a range holds the subnet. */
  whole: boolean
}

const keyOf = (prefix: Prefix): string => `${prefix.family} ${prefix.first} ${prefix.length}`

/**
 * @param pools the default pools in order of configuration.
 * @param engineId makes the IPv6 default pool where `pools` has none; `null` for a space without.
 * @see moby `libnetwork/ipams/defaultipam/address_space.go`, `daemon/daemon.go: initNetworkController`;
 *   ≤26: `libnetwork/ipam/allocator.go`
 */
export function createAddressSpace(
  rules: Rules,
  pools: readonly DefaultPool[],
  engineId: string | null = null,
): AddressSpace {
  const allocated = createAllocatedSubnets()
  const subnets = new Map<string, SubnetState>()
  const choice =
    rules.poolChoice === 'lowest'
      ? createLinearChoice(pools, rules.ipv6DefaultPool ? engineId : null, allocated.overlapping)
      : createRotatingChoice(pools, allocated.overlapping)

  function hold(subnet: Prefix, range: Prefix | null): PoolLease {
    const key = keyOf(subnet)
    let state = subnets.get(key)
    if (state === undefined) {
      state = { pool: createAddressPool(subnet, rules), ranges: new Set(), whole: false }
      subnets.set(key, state)
      allocated.add(subnet)
    }
    if (range === null) state.whole = true
    else state.ranges.add(keyOf(range))
    return { subnet, range, pool: state.pool }
  }

  return {
    allocateDefault(family, reserved, size) {
      if (size !== null && !choice.hasSize(family, size)) return { ok: false, error: 'NO_POOL_OF_SIZE' }
      const subnet = choice.choose(family, reserved, size)
      return subnet === null
        ? { ok: false, error: 'POOLS_EXHAUSTED' }
        : { ok: true, value: hold(subnet, null) }
    },
    allocate(subnet, range) {
      const taken =
        range === null
          ? allocated.overlapping(subnet) !== null
          : (subnets.get(keyOf(subnet))?.ranges.has(keyOf(range)) ?? false)
      return taken ? { ok: false, error: 'POOL_OVERLAP' } : { ok: true, value: hold(subnet, range) }
    },
    release({ subnet, range }) {
      const state = subnets.get(keyOf(subnet))
      if (state === undefined) return
      if (range === null) state.whole = false
      else state.ranges.delete(keyOf(range))
      if (state.whole || state.ranges.size > 0) return
      subnets.delete(keyOf(subnet))
      allocated.delete(subnet)
      choice.released()
    },
    isShared({ subnet }) {
      const state = subnets.get(keyOf(subnet))
      const holds = state === undefined ? 0 : state.ranges.size + (state.whole ? 1 : 0)
      return holds > 1 || allocated.overlapsOther(subnet)
    },
    restarted: choice.restarted,
  }
}

interface Choice {
  choose(family: Family, reserved: readonly Prefix[], size: number | null): Prefix | null
  /** Whether a default pool can be cut into blocks of this prefix length. */
  hasSize(family: Family, size: number): boolean
  /** A subnet has become free. */
  released(): void
  /** The engine has started anew, with the same subnets. */
  restarted(): void
}
type Overlapping = (prefix: Prefix) => Prefix | null

/**
 * 27 and later: the lowest block that overlaps nothing, so that a removed network's block is the next one given.
 * @see moby `libnetwork/ipams/defaultipam/address_space.go: allocatePredefinedPool`
 */
function createLinearChoice(
  configured: readonly DefaultPool[],
  engineId: string | null,
  overlapping: Overlapping,
): Choice {
  /** Made when first asked for: most plans have no IPv6, and a pool of the engine's id costs a SHA-256. */
  const byFamily = new Map<Family, readonly DefaultPool[]>()
  /** Where a search may begin, since all blocks below are taken; `null`: the whole pool is. */
  const begin = new Map<DefaultPool, Prefix | null>()

  function poolsOf(family: Family): readonly DefaultPool[] {
    const known = byFamily.get(family)
    if (known !== undefined) return known
    const own = sortedPools(configured.filter(({ base }) => base.family === family))
    const pools = family === 6 && own.length === 0 && engineId !== null ? [ulaPool(engineId)] : own
    byFamily.set(family, pools)
    return pools
  }

  function search(pool: DefaultPool, from: Prefix | null, reserved: readonly Prefix[]): Prefix | null {
    let block = from
    while (block !== null) {
      const candidate: Prefix = block
      const taken = overlapping(candidate) ?? reserved.find((r) => overlaps(r, candidate)) ?? null
      if (taken === null) return candidate
      block = blockAfter(pool, lastValue(taken) > lastValue(candidate) ? taken : candidate)
    }
    return null
  }

  function choose(family: Family, reserved: readonly Prefix[], size: number | null): Prefix | null {
    for (const whole of poolsOf(family)) {
      if ((size ?? 128) < whole.base.length) continue
      const pool = size === null ? whole : { base: whole.base, size }
      const from = size === null ? begin.get(whole) : undefined
      const found = search(pool, from === undefined ? blockAt(pool, 0n) : from, reserved)
      if (size === null) begin.set(whole, found)
      if (found !== null) return found
    }
    return null
  }

  return {
    choose,
    hasSize: (family, size) => poolsOf(family).some(({ base }) => base.length <= size),
    released: () => begin.clear(),
    restarted: () => {},
  }
}

/**
 * 26 and earlier: one list of all blocks of both families in order of configuration, and a cursor behind the last
 * block given (also one given back at once for a conflict with the host). A block found after going round puts the
 * cursor at the beginning of the list, not behind that block.
 * @see moby v26 `libnetwork/ipam/allocator.go: getPredefineds, updatePredefinedStartIndex`,
 * `libnetwork/network.go: requestPoolHelper`
 */
function createRotatingChoice(pools: readonly DefaultPool[], overlapping: Overlapping): Choice {
  interface Position {
    readonly pool: number
    readonly block: bigint
  }
  const beginning: Position = { pool: 0, block: 0n }
  let cursor = beginning

  /** Number of the first block of a pool from `from` to before `to` that is neither allocated nor `held`. */
  function search(pool: DefaultPool, from: bigint, to: bigint, held: readonly Prefix[]): bigint | null {
    const distinct = blockCountBefore27(pool)
    // Blocks that repeat earlier ones say nothing new.
    const end = from + distinct < to ? from + distinct : to
    let number = from
    while (number < end) {
      const block = blockAt(pool, number % distinct)
      const taken = overlapping(block) ?? held.find((h) => overlaps(h, block)) ?? null
      if (taken === null) return number
      number = behindIn(pool, number, taken)
    }
    return null
  }

  /** Number of the block of a pool that comes after block `number` and what overlaps it. */
  function behindIn(pool: DefaultPool, number: bigint, taken: Prefix): bigint {
    return blockCountBefore27(pool) < blockCount(pool) ? number + 1n : numberAfter(pool, taken)
  }

  function find(family: Family, held: readonly Prefix[]): Position | null {
    // The pool of the cursor is looked through twice: behind the cursor first, before it last.
    for (let turn = 0; turn <= pools.length; turn++) {
      const index = (cursor.pool + turn) % pools.length
      const pool = pools[index]
      if (pool === undefined || pool.base.family !== family) continue
      const from = turn === 0 ? cursor.block : 0n
      const to = turn === pools.length ? cursor.block : blockCount(pool)
      const number = search(pool, from, to, held)
      if (number !== null) return { pool: index, block: number }
    }
    return null
  }

  const isBefore = (a: Position, b: Position): boolean =>
    a.pool < b.pool || (a.pool === b.pool && a.block < b.block)

  /** The cursor after the blocks of a pool from `found` to before `end` were given, one after the other. */
  function behind(found: Position, pool: DefaultPool, end: bigint): Position {
    if (isBefore(found, cursor)) return beginning
    if (end < blockCount(pool)) return { pool: found.pool, block: end }
    return found.pool + 1 < pools.length ? { pool: found.pool + 1, block: 0n } : beginning
  }

  function choose(family: Family, reserved: readonly Prefix[]): Prefix | null {
    /** Blocks of the host met on the way: what overlaps them is held until this request is done. */
    const held: Prefix[] = []
    for (;;) {
      const found = find(family, held)
      const pool = found === null ? undefined : pools[found.pool]
      if (found === null || pool === undefined) return null
      const block = blockAt(pool, found.block % blockCountBefore27(pool))
      const blocking = reserved.find((r) => overlaps(r, block))
      cursor = behind(found, pool, behindIn(pool, found.block, blocking ?? block))
      if (blocking === undefined) return block
      held.push(blocking)
    }
  }

  return {
    choose,
    // Sizes are asked for where the lowest free block is chosen.
    hasSize: () => true,
    released: () => {},
    restarted() {
      cursor = beginning
    },
  }
}
