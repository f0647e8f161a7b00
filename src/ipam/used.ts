/** Which addresses of a subnet are in use: runs of consecutive values, so that a /64 costs nothing. */
export interface UsedAddresses {
  has(value: bigint): boolean
  /** @returns `false` when the value was in use already. */
  add(value: bigint): boolean
  delete(value: bigint): void
  /** The lowest value from `low` to `high` (inclusive) not in use, or `null`. Logarithmic in the number of runs. */
  lowestFree(low: bigint, high: bigint): bigint | null
}

interface Run {
  low: bigint
  high: bigint
}

export function createUsedAddresses(): UsedAddresses {
  const runs: Run[] = []

  /** Index of the last run that begins at or below `value`, -1 for none. */
  function runBelow(value: bigint): number {
    let low = 0
    let high = runs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const run = runs[middle]
      if (run !== undefined && run.low <= value) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  function has(value: bigint): boolean {
    const run = runs[runBelow(value)]
    return run !== undefined && value <= run.high
  }

  function add(value: bigint): boolean {
    const index = runBelow(value)
    const below = runs[index]
    if (below !== undefined && value <= below.high) return false
    const above = runs[index + 1]
    const joinsBelow = below !== undefined && below.high + 1n === value
    const joinsAbove = above !== undefined && above.low === value + 1n
    if (joinsBelow && joinsAbove) {
      below.high = above.high
      runs.splice(index + 1, 1)
    } else if (joinsBelow) below.high = value
    else if (joinsAbove) above.low = value
    else runs.splice(index + 1, 0, { low: value, high: value })
    return true
  }

  function remove(value: bigint): void {
    const index = runBelow(value)
    const run = runs[index]
    if (run === undefined || value > run.high) return
    if (run.low === run.high) runs.splice(index, 1)
    else if (value === run.low) run.low = value + 1n
    else if (value === run.high) run.high = value - 1n
    else {
      runs.splice(index + 1, 0, { low: value + 1n, high: run.high })
      run.high = value - 1n
    }
  }

  function lowestFree(low: bigint, high: bigint): bigint | null {
    const run = runs[runBelow(low)]
    const value = run !== undefined && low <= run.high ? run.high + 1n : low
    return value <= high ? value : null
  }

  return { has, add, delete: remove, lowestFree }
}
