import { comparePrefixes, type Family, hostMask, lastValue, type Prefix } from '../net/index.ts'

/** The subnets allocated in one address space, ordered, with a fast overlap test. May nest, never repeat. */
export interface AllocatedSubnets {
  add(prefix: Prefix): void
  delete(prefix: Prefix): void
  /** A subnet that overlaps `prefix`, the widest there is; `null` for none. */
  overlapping(prefix: Prefix): Prefix | null
  /** @param prefix one of these; whether another of them overlaps it. */
  overlapsOther(prefix: Prefix): boolean
}

/** First values of the subnets of one length. */
interface OfLength {
  readonly length: number
  readonly firsts: Set<bigint>
}

/**
 * CIDR blocks are nested or disjoint, so an overlap is either an ancestor of the block (looked up by the lengths
 * in use) or a block inside it (looked up by order).
 */
export function createAllocatedSubnets(): AllocatedSubnets {
  const sorted: Prefix[] = []
  /** Ascending by length; there are few different ones. */
  const byLength: Readonly<Record<Family, OfLength[]>> = { 4: [], 6: [] }

  /** Index of the first subnet not before `prefix`. */
  function lowerBound(prefix: Prefix): number {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = sorted[middle]
      if (other !== undefined && comparePrefixes(other, prefix) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  function add(prefix: Prefix): void {
    sorted.splice(lowerBound(prefix), 0, prefix)
    const lengths = byLength[prefix.family]
    const known = lengths.find(({ length }) => length === prefix.length)
    if (known !== undefined) known.firsts.add(prefix.first)
    else {
      lengths.push({ length: prefix.length, firsts: new Set([prefix.first]) })
      lengths.sort((a, b) => a.length - b.length)
    }
  }

  function remove(prefix: Prefix): void {
    const known = byLength[prefix.family].find(({ length }) => length === prefix.length)
    if (known?.firsts.delete(prefix.first) === true) sorted.splice(lowerBound(prefix), 1)
  }

  function overlapping(prefix: Prefix): Prefix | null {
    const { family } = prefix
    for (const { length, firsts } of byLength[family]) {
      if (length > prefix.length) break
      const first = prefix.first - (prefix.first & hostMask(family, length))
      if (firsts.has(first)) return { family, first, length }
    }
    const inside = sorted[lowerBound(prefix)]
    return inside !== undefined && inside.family === family && inside.first <= lastValue(prefix)
      ? inside
      : null
  }

  function overlapsOther(prefix: Prefix): boolean {
    const widest = overlapping(prefix)
    if (widest !== null && widest.length < prefix.length) return true
    const next = sorted[lowerBound(prefix) + 1]
    return next !== undefined && next.family === prefix.family && next.first <= lastValue(prefix)
  }

  return { add, delete: remove, overlapping, overlapsOther }
}
