import { comparePrefixes, firstOf, lastValue, type Prefix, prefixOf } from '../net/index.ts'

/** The subnets allocated in one address space, ordered, with a fast overlap test. May nest, never repeat. */
export interface AllocatedSubnets {
  add(prefix: Prefix): void
  delete(prefix: Prefix): void
  /** A subnet that overlaps `prefix`, the widest there is; `null` for none. */
  overlapping(prefix: Prefix): Prefix | null
}

const keyOf = (prefix: Prefix): string => `${prefix.family} ${prefix.first} ${prefix.length}`

/**
 * CIDR blocks are nested or disjoint, so an overlap is either an ancestor of the block (looked up by the lengths
 * in use) or a block inside it (looked up by order).
 */
export function createAllocatedSubnets(): AllocatedSubnets {
  const sorted: Prefix[] = []
  const keys = new Set<string>()
  /** How many subnets there are of each family and length. */
  const lengths = { 4: new Map<number, number>(), 6: new Map<number, number>() }

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
    keys.add(keyOf(prefix))
    const counts = lengths[prefix.family]
    counts.set(prefix.length, (counts.get(prefix.length) ?? 0) + 1)
  }

  function remove(prefix: Prefix): void {
    if (!keys.delete(keyOf(prefix))) return
    sorted.splice(lowerBound(prefix), 1)
    const counts = lengths[prefix.family]
    const left = (counts.get(prefix.length) ?? 1) - 1
    if (left === 0) counts.delete(prefix.length)
    else counts.set(prefix.length, left)
  }

  function overlapping(prefix: Prefix): Prefix | null {
    const shorter = [...lengths[prefix.family].keys()].filter((length) => length <= prefix.length)
    for (const length of shorter.sort((a, b) => a - b)) {
      const ancestor = prefixOf({ address: firstOf(prefix), length })
      if (keys.has(keyOf(ancestor))) return ancestor
    }
    const inside = sorted[lowerBound(prefix)]
    return inside !== undefined && inside.family === prefix.family && inside.first <= lastValue(prefix)
      ? inside
      : null
  }

  return { add, delete: remove, overlapping }
}
