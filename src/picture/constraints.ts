/**
 * Places on one axis under difference constraints `to - from >= by`. The least solution is found by longest paths
 * (Bellman 1958, Ford 1956), the greatest likewise from the other end; between the two every variable is then moved
 * towards where it would rather be, one after the other within what its neighbours leave it (projected Gauss-Seidel,
 * as in the solvers that Dwyer, Marriott and Stuckey compare VPSC with, 2005).
 */
export interface Constraint {
  readonly from: number
  readonly to: number
  readonly by: number
  /** Constraints of a higher rank may be given up; 0 never is. */
  readonly rank: number
}

/** The least solution, all values from 0; `null` when the constraints contradict each other. */
function least(count: number, constraints: readonly Constraint[]): number[] | null {
  const x = new Array<number>(count).fill(0)
  for (let round = 0; round <= count; round++) {
    let moved = false
    for (const { from, to, by } of constraints) {
      const bound = (x[from] ?? 0) + by
      if ((x[to] ?? 0) < bound - 1e-6) {
        x[to] = bound
        moved = true
      }
    }
    if (!moved) return x
  }
  return null
}

export interface Placement {
  readonly x: readonly number[]
  /** The constraints that hold. */
  readonly kept: readonly Constraint[]
}

/**
 * @param desires Where a variable would rather be, given the places of all; asked again at each sweep.
 * @param end Index of the variable that marks the right end of all.
 */
export function solve(
  count: number,
  wanted: readonly Constraint[],
  desires: (x: readonly number[], variable: number) => number | null,
  end: number,
  sweeps: number,
): Placement {
  let kept = wanted
  let low = least(count, kept)
  for (let rank = Math.max(0, ...wanted.map((one) => one.rank)); low === null && rank > 0; rank--) {
    kept = kept.filter((one) => one.rank < rank)
    low = least(count, kept)
  }
  if (low === null) return { x: new Array<number>(count).fill(0), kept: [] }
  const width = low[end] ?? 0
  const mirrored = kept.map(({ from, to, by, rank }) => ({ from: to, to: from, by, rank }))
  const back = least(count, mirrored) ?? low
  const x = low.map((value, index) => (value + Math.max(value, width - (back[index] ?? 0))) / 2)
  x[end] = width
  const after = groupBy(kept, count, (one) => one.from)
  const before = groupBy(kept, count, (one) => one.to)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let step = 0; step < count; step++) {
      const variable = sweep % 2 === 0 ? step : count - 1 - step
      const wish = variable === end ? null : desires(x, variable)
      if (wish === null) continue
      let [lower, upper] = [0, width]
      for (const { from, by } of before[variable] ?? []) lower = Math.max(lower, (x[from] ?? 0) + by)
      for (const { to, by } of after[variable] ?? []) upper = Math.min(upper, (x[to] ?? 0) - by)
      x[variable] = Math.min(Math.max(wish, lower), Math.max(lower, upper))
    }
  }
  return { x, kept }
}

function groupBy(
  constraints: readonly Constraint[],
  count: number,
  key: (one: Constraint) => number,
): readonly (readonly Constraint[])[] {
  const groups: Constraint[][] = Array.from({ length: count }, () => [])
  for (const one of constraints) groups[key(one)]?.push(one)
  return groups
}
