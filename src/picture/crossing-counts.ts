/**
 * Crossings between the links of neighbouring rows, in all with the accumulator tree of Barth, Mutzel and Jünger (2004),
 * in O(links · log row), and for two neighbours by merging the places of what they are linked with.
 */
import type { Item, Link } from './rows.ts'

export interface Counter {
  /** Weighted crossings of all gaps. */
  total(): number
  /** Crossings that go if two neighbours, `left` before `right`, change places; negative if they become more. */
  gain(left: number, right: number): number
  /** Has the items at `index` and `index + 1` of a row change places. */
  swap(level: number, index: number): void
  /** To be called when a row has another order. */
  settle(level: number): void
  /** Mean place, from 0 to 1, of what each item of a row is linked with above or below; its own where there is none. */
  centres(level: number, above: boolean): ReadonlyMap<number, number>
}

/** What each item is linked with on one side, as compressed rows: of item i from `start[i]` to `start[i + 1]`. */
interface Side {
  readonly start: Int32Array
  readonly to: Int32Array
  readonly weight: Int32Array
}

export function createCounter(
  items: readonly Item[],
  links: readonly Link[],
  rows: readonly number[][],
): Counter {
  const position = new Int32Array(items.length)
  const settle = (level: number): void => {
    for (const [place, item] of (rows[level] ?? []).entries()) position[item] = place
  }
  for (const level of rows.keys()) settle(level)
  // What is joined to a band over all hosts crosses nothing: the band is wherever it is needed.
  const crossing = links.filter(
    ({ upper, lower }) => items[upper]?.spans !== true && items[lower]?.spans !== true,
  )
  const up = sideOf(items.length, crossing, (link) => [link.lower, link.upper])
  const down = sideOf(items.length, crossing, (link) => [link.upper, link.lower])
  const [allUp, allDown] = [
    sideOf(items.length, links, (link) => [link.lower, link.upper]),
    sideOf(items.length, links, (link) => [link.upper, link.lower]),
  ]
  const tree = new Int32Array(Math.max(0, ...rows.map((row) => row.length)) + 1)

  /** Crossings of the links below a row. */
  const below = (level: number): number => {
    const row = rows[level] ?? []
    const size = rows[level + 1]?.length ?? 0
    tree.fill(0, 0, size + 1)
    let [sum, all] = [0, 0]
    for (const item of row) {
      const [from, to] = [down.start[item] ?? 0, down.start[item + 1] ?? 0]
      for (let i = from; i < to; i++) {
        let smaller = 0
        for (let at = (position[down.to[i] ?? 0] ?? 0) + 1; at > 0; at -= at & -at) smaller += tree[at] ?? 0
        sum += (down.weight[i] ?? 0) * (all - smaller)
      }
      for (let i = from; i < to; i++) {
        const weight = down.weight[i] ?? 0
        all += weight
        for (let at = (position[down.to[i] ?? 0] ?? 0) + 1; at <= size; at += at & -at)
          tree[at] = (tree[at] ?? 0) + weight
      }
    }
    return sum
  }

  /** Sorts what an item is linked with by place: nearly sorted from the last time, so by insertion. */
  const sort = ({ start, to, weight }: Side, item: number): void => {
    const end = start[item + 1] ?? 0
    for (let i = (start[item] ?? 0) + 1; i < end; i++) {
      const [one, own] = [to[i] ?? 0, weight[i] ?? 0]
      const place = position[one] ?? 0
      let at = i - 1
      for (; at >= (start[item] ?? 0) && (position[to[at] ?? 0] ?? 0) > place; at--) {
        to[at + 1] = to[at] ?? 0
        weight[at + 1] = weight[at] ?? 0
      }
      to[at + 1] = one
      weight[at + 1] = own
    }
  }

  /** Crossings on one side with `a` before `b`, less those with `b` before `a`. */
  const difference = (side: Side, a: number, b: number): number => {
    const [aFrom, aTo, bFrom, bTo] = [
      side.start[a] ?? 0,
      side.start[a + 1] ?? 0,
      side.start[b] ?? 0,
      side.start[b + 1] ?? 0,
    ]
    if (aFrom === aTo || bFrom === bTo) return 0
    sort(side, a)
    sort(side, b)
    let total = 0
    for (let j = bFrom; j < bTo; j++) total += side.weight[j] ?? 0
    let [sum, less, j, equalTo] = [0, 0, bFrom, bFrom]
    let upTo = 0
    for (let i = aFrom; i < aTo; i++) {
      const place = position[side.to[i] ?? 0] ?? 0
      while (j < bTo && (position[side.to[j] ?? 0] ?? 0) < place) less += side.weight[j++] ?? 0
      while (equalTo < bTo && (position[side.to[equalTo] ?? 0] ?? 0) <= place)
        upTo += side.weight[equalTo++] ?? 0
      sum += (side.weight[i] ?? 0) * (less - (total - upTo))
    }
    return sum
  }

  return {
    total: () => rows.reduce((sum, _, level) => sum + below(level), 0),
    gain: (left, right) => difference(up, left, right) + difference(down, left, right),
    swap(level, index) {
      const row = rows[level]
      const [left, right] = [row?.[index], row?.[index + 1]]
      if (row === undefined || left === undefined || right === undefined) return
      row[index] = right
      row[index + 1] = left
      position[left] = index + 1
      position[right] = index
    },
    settle,
    centres(level, above) {
      const side = above ? allUp : allDown
      const other = rows[above ? level - 1 : level + 1]?.length ?? 1
      const row = rows[level] ?? []
      return new Map(
        row.map((item, place) => {
          let [sum, weight] = [0, 0]
          for (let i = side.start[item] ?? 0; i < (side.start[item + 1] ?? 0); i++) {
            const own = side.weight[i] ?? 0
            sum += (((position[side.to[i] ?? 0] ?? 0) + 0.5) / other) * own
            weight += own
          }
          return [item, weight === 0 ? (place + 0.5) / row.length : sum / weight]
        }),
      )
    },
  }
}

function sideOf(
  count: number,
  links: readonly Link[],
  ends: (link: Link) => readonly [item: number, other: number],
): Side {
  const start = new Int32Array(count + 1)
  for (const link of links) {
    const [item] = ends(link)
    start[item + 1] = (start[item + 1] ?? 0) + 1
  }
  for (let i = 0; i < count; i++) start[i + 1] = (start[i + 1] ?? 0) + (start[i] ?? 0)
  const next = start.slice()
  const to = new Int32Array(links.length)
  const weight = new Int32Array(links.length)
  for (const link of links) {
    const [item, other] = ends(link)
    const at = next[item] ?? 0
    to[at] = other
    weight[at] = link.weight
    next[item] = at + 1
  }
  return { start, to, weight }
}
