/** Numbers that want to be somewhere and must keep their distances: `x[after] >= x[before] + distance`. */
export interface Separation {
  readonly before: number
  readonly after: number
  readonly distance: number
}

export class Separations {
  readonly #size: number
  readonly #order: readonly number[]
  readonly #before: readonly (readonly Separation[])[]
  readonly #after: readonly (readonly Separation[])[]

  /** @param separations - Without circles, or some are not kept. */
  constructor(size: number, separations: readonly Separation[]) {
    const before = Array.from({ length: size }, (): Separation[] => [])
    const after = Array.from({ length: size }, (): Separation[] => [])
    for (const separation of separations) {
      before[separation.after]?.push(separation)
      after[separation.before]?.push(separation)
    }
    const waiting = before.map((list) => list.length)
    const order = [...waiting.keys()].filter((i) => waiting[i] === 0)
    const seen = new Set(order)
    for (let k = 0; k < size; k++) {
      // Round a circle: whoever waits for least goes first, and that distance is given up.
      if (k === order.length) order.push(leastWaiting(waiting, seen))
      seen.add(order[k] ?? 0)
      for (const separation of after[order[k] ?? 0] ?? []) {
        const left = (waiting[separation.after] ?? 0) - 1
        waiting[separation.after] = left
        if (left === 0 && !seen.has(separation.after)) order.push(separation.after)
      }
    }
    this.#size = size
    this.#order = order
    this.#before = before
    this.#after = after
  }

  /** As far left as `wanted` and the separations allow. */
  pushRight(wanted: readonly number[]): number[] {
    const x = new Array<number>(this.#size).fill(0)
    for (const i of this.#order) {
      let value = wanted[i] ?? 0
      for (const { before, distance } of this.#before[i] ?? [])
        value = Math.max(value, (x[before] ?? 0) + distance)
      x[i] = value
    }
    return x
  }

  /** As far right as `wanted` and the separations allow. */
  pushLeft(wanted: readonly number[]): number[] {
    const x = new Array<number>(this.#size).fill(0)
    for (let k = this.#order.length - 1; k >= 0; k--) {
      const i = this.#order[k] ?? 0
      let value = wanted[i] ?? 0
      for (const { after, distance } of this.#after[i] ?? [])
        value = Math.min(value, (x[after] ?? 0) - distance)
      x[i] = value
    }
    return x
  }

  /** Near what is wanted. The mean of two solutions of linear inequalities is a solution too. */
  settle(wanted: readonly number[]): number[] {
    const left = this.pushLeft(wanted)
    return this.pushRight(wanted).map((value, i) => (value + (left[i] ?? 0)) / 2)
  }

  /** Brings a place into the reach that a variable has while `fixed` ones stay at their `x`. */
  reachOf(x: readonly number[], fixed: ReadonlySet<number>): (wanted: number, i: number) => number {
    const low = this.pushRight(x.map((value, i) => (fixed.has(i) ? value : Number.NEGATIVE_INFINITY)))
    const high = this.pushLeft(x.map((value, i) => (fixed.has(i) ? value : Number.POSITIVE_INFINITY)))
    return (wanted, i) => Math.min(Math.max(wanted, low[i] ?? wanted), high[i] ?? wanted)
  }

  /** How far `members` may all go to the left before one meets what is not of them. */
  slackBefore(x: readonly number[], members: ReadonlySet<number>): number {
    const slacks = [...members].flatMap((i) =>
      (this.#before[i] ?? [])
        .filter(({ before }) => !members.has(before))
        .map(({ before, distance }) => (x[i] ?? 0) - (x[before] ?? 0) - distance),
    )
    return Math.min(...slacks)
  }

  /** How far `members` may all go to the right. */
  slackAfter(x: readonly number[], members: ReadonlySet<number>): number {
    const slacks = [...members].flatMap((i) =>
      (this.#after[i] ?? [])
        .filter(({ after }) => !members.has(after))
        .map(({ after, distance }) => (x[after] ?? 0) - (x[i] ?? 0) - distance),
    )
    return Math.min(...slacks)
  }

  /** The smallest `x[i]` that what comes before allows. */
  earliest(x: readonly number[], i: number): number {
    return Math.max(...(this.#before[i] ?? []).map(({ before, distance }) => (x[before] ?? 0) + distance))
  }

  /** The largest `x[i]` that what comes after allows. */
  latest(x: readonly number[], i: number): number {
    return Math.min(...(this.#after[i] ?? []).map(({ after, distance }) => (x[after] ?? 0) - distance))
  }
}

function leastWaiting(waiting: readonly number[], seen: ReadonlySet<number>): number {
  let least = -1
  waiting.forEach((count, i) => {
    if (!seen.has(i) && (least < 0 || count < (waiting[least] ?? 0))) least = i
  })
  return least
}
