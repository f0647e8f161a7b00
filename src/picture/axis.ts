/**
 * Places on one axis under difference constraints `to - from >= by`. The least solution is kept up to date while
 * constraints are added (as in the incremental solvers of Ramalingam, Song, Joskowicz and Miller, 1999), so that one
 * that contradicts the others, or makes the whole too wide, is refused by itself. Between the least and the greatest
 * solution every variable is then moved towards where it would rather be, what is joined together at a time, within
 * what its neighbours leave it (projected Gauss-Seidel, as in the solvers that Dwyer, Marriott and Stuckey compare VPSC
 * with, 2005).
 */
export interface Constraint {
  readonly from: number
  readonly to: number
  readonly by: number
}

/** Where a variable would rather be, given the places of all; `null` where that is all the same. */
export type Wish = (x: Float64Array, variable: number) => number | null

export interface Axis {
  /** Adds constraints that hold in any case; they must not contradict each other. */
  hold(from: number, to: number, by: number): void
  /** Adds all of these, or none where one contradicts what is there, or the whole would go beyond `limit`. */
  attempt(constraints: readonly Constraint[], limit: number): boolean
  /** Two variables at a fixed distance, as by `attempt`; they move together. */
  join(from: number, to: number, by: number, limit: number): boolean
  /** Least place of the last variable. */
  extent(): number
  solve(wish: Wish, sweeps: number): Float64Array
}

const HAIR = 1e-6

/** @param count Number of variables; the last one marks the right end of all. */
export function createAxis(count: number): Axis {
  const from: number[] = []
  const to: number[] = []
  const by: number[] = []
  const after: number[][] = Array.from({ length: count }, () => [])
  const before: number[][] = Array.from({ length: count }, () => [])
  const low = new Float64Array(count)
  const end = count - 1
  // Union-find: each variable at a distance from the root of its class.
  const root = Int32Array.from({ length: count }, (_, i) => i)
  const find = (one: number): number => {
    let at = one
    while ((root[at] ?? at) !== at) at = root[at] ?? at
    return at
  }

  const push = (one: Constraint): void => {
    after[one.from]?.push(from.length)
    before[one.to]?.push(from.length)
    from.push(one.from)
    to.push(one.to)
    by.push(one.by)
  }
  const pop = (): void => {
    const [a, b] = [from.pop() ?? 0, to.pop() ?? 0]
    by.pop()
    after[a]?.pop()
    before[b]?.pop()
  }

  /** Raises what a new constraint raises; false, with the values in `log` to restore, where that goes round. */
  const raise = (one: Constraint, limit: number, log: [variable: number, value: number][]): boolean => {
    const bound = (low[one.from] ?? 0) + one.by
    if ((low[one.to] ?? 0) >= bound - HAIR) return true
    log.push([one.to, low[one.to] ?? 0])
    low[one.to] = bound
    const queue = [one.to]
    for (const at of queue)
      for (const edge of after[at] ?? []) {
        const next = to[edge] ?? 0
        const least = (low[at] ?? 0) + (by[edge] ?? 0)
        if ((low[next] ?? 0) >= least - HAIR) continue
        if (next === one.from) return false
        if (next === end && least > limit) return false
        log.push([next, low[next] ?? 0])
        low[next] = least
        queue.push(next)
      }
    return true
  }

  const attempt = (constraints: readonly Constraint[], limit: number): boolean => {
    const log: [number, number][] = []
    for (const [index, one] of constraints.entries()) {
      if (raise(one, limit, log)) {
        push(one)
        continue
      }
      for (let i = 0; i < index; i++) pop()
      for (const [variable, value] of log.reverse()) low[variable] = value
      return false
    }
    return true
  }

  /** Distances from the far end: the greatest solution, mirrored. */
  const backwards = (): Float64Array => {
    const back = new Float64Array(count)
    const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => (low[b] ?? 0) - (low[a] ?? 0))
    const isQueued = new Uint8Array(count).fill(1)
    for (const at of order) {
      isQueued[at] = 0
      for (const edge of before[at] ?? []) {
        const previous = from[edge] ?? 0
        const least = (back[at] ?? 0) + (by[edge] ?? 0)
        if ((back[previous] ?? 0) >= least - HAIR) continue
        back[previous] = least
        if (isQueued[previous] === 1) continue
        isQueued[previous] = 1
        order.push(previous)
      }
    }
    return back
  }

  return {
    hold: (a, b, distance) => void attempt([{ from: a, to: b, by: distance }], Number.POSITIVE_INFINITY),
    attempt,
    join(a, b, distance, limit) {
      const pair = [
        { from: a, to: b, by: distance },
        { from: b, to: a, by: -distance },
      ]
      if (!attempt(pair, limit)) return false
      const [first, second] = [find(a), find(b)]
      root[Math.max(first, second)] = Math.min(first, second)
      return true
    },
    extent: () => low[end] ?? 0,
    solve(wish, sweeps) {
      const width = low[end] ?? 0
      const back = backwards()
      const x = low.map((value, i) => (value + Math.max(value, width - (back[i] ?? 0))) / 2)
      x[end] = width
      const classes = new Map<number, number[]>()
      const klass = Int32Array.from({ length: count }, (_, i) => find(i))
      for (let i = 0; i < end; i++) {
        const key = klass[i] ?? i
        const members = classes.get(key)
        if (members === undefined) classes.set(key, [i])
        else members.push(i)
      }
      const groups = [...classes.values()]
      for (let sweep = 0; sweep < sweeps; sweep++)
        for (let step = 0; step < groups.length; step++) {
          const members = groups[sweep % 2 === 0 ? step : groups.length - 1 - step] ?? []
          let [sum, wishes] = [0, 0]
          for (const one of members) {
            const wanted = wish(x, one)
            if (wanted === null) continue
            sum += wanted - (x[one] ?? 0)
            wishes++
          }
          if (wishes === 0) continue
          let [lower, upper] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
          const own = klass[members[0] ?? 0]
          for (const one of members) {
            const at = x[one] ?? 0
            lower = Math.max(lower, -at)
            upper = Math.min(upper, width - at)
            for (const edge of before[one] ?? []) {
              const other = from[edge] ?? 0
              if (klass[other] !== own) lower = Math.max(lower, (x[other] ?? 0) + (by[edge] ?? 0) - at)
            }
            for (const edge of after[one] ?? []) {
              const other = to[edge] ?? 0
              if (klass[other] !== own) upper = Math.min(upper, (x[other] ?? 0) - (by[edge] ?? 0) - at)
            }
          }
          const shift = Math.min(Math.max(sum / wishes, lower), Math.max(lower, upper))
          if (shift !== 0) for (const one of members) x[one] = (x[one] ?? 0) + shift
        }
      return x
    },
  }
}
