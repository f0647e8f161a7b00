/** How much aliases and merge keys make of a model: what is written once may be meant a billion times. */

import type { Problem } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import { MAX_ALIASED } from './limits.ts'
import { problemAt } from './problem-at.ts'
import type { Entry, Table, Value } from './value.ts'

/**
 * The first section, service or network in which aliases lead to too much; `null` when all of it can be read. Keys of
 * the author's own (`x-…`) are not read, and do not count.
 *
 * @param written Letters of all texts: without aliases they are limit enough.
 */
export function findAliasExcess(root: Table, written: number): Problem | null {
  const most = 2 * written + MAX_ALIASED
  const sizes = new Map<Value, number>()
  let all = 0
  for (const entry of root.entries.values()) {
    if (entry.key.startsWith('x-')) continue
    all += sizeOf(entry.value, sizes)
    if (all <= most) continue
    const inner = entry.value?.kind === 'table' ? [...entry.value.entries.values()] : []
    const worst = inner.reduce<Entry>(
      (largest, one) => (sizeOf(one.value, sizes) > sizeOf(largest.value, sizes) ? one : largest),
      inner[0] ?? entry,
    )
    const message = say`The aliases of this block lead to more than ${MAX_ALIASED} values or letters`
    return problemAt('ALIAS_LIMIT', worst.keySpan, message, say`Write fewer aliases (*NAME).`)
  }
  return null
}

/** How many values a value holds, aliases followed, and half the letters of its texts. */
function sizeOf(value: Value | null, sizes: Map<Value, number>): number {
  if (value === null) return 1
  if (value.kind === 'text') return 1 + value.value.length / 2
  const known = sizes.get(value)
  if (known !== undefined) return known
  const parts = value.kind === 'list' ? value.items : [...value.entries.values()].map((entry) => entry.value)
  const size = parts.reduce((sum, part) => sum + sizeOf(part, sizes), 1)
  sizes.set(value, size)
  return size
}
