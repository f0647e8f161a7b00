/** Brings everything across the rows to where it is drawn, a little at each sweep, never giving up a distance. */
import type { Pull } from './pulls.ts'
import { GROUP_GAP } from './row-items.ts'
import type { Separations } from './separation.ts'

/**
 * With groups drawn to each other; then each by itself; then, their borders fixed, what is in them comes to rest (a row
 * as wide as its group would go on moving it, and the others lag behind); then, groups closed up and fixed, what is
 * around them.
 */
const SWEEPS = 14
const SETTLING = 10
const ALIGNING = 14
const LAST = 8

/** Groups of one zone, left to right, and all that belongs to each: it moves with its group. */
export interface Zone {
  readonly groups: readonly { readonly left: number; readonly members: readonly number[] }[]
  /** Left border of the group around; -1 for none. */
  readonly around: number
}

/**
 * Moves everything towards what it is drawn to, and groups towards each other and under the middle of what is
 * around them, many times, never giving up a distance.
 * @param groups - Variables of the left borders of groups, inner groups first; the right border follows.
 */
export function sweep(
  separations: Separations,
  pulls: readonly (readonly Pull[])[],
  groups: readonly number[],
  zones: readonly Zone[],
): number[] {
  const inside = new Set(zones.flatMap((zone) => zone.groups.flatMap((group) => group.members)))
  const borders = new Set(
    zones
      .filter((zone) => zone.around < 0)
      .flatMap((zone) => zone.groups.flatMap(({ left }) => [left, left + 1])),
  )
  let x = separations.pushRight(pulls.map(() => 0))
  const settle = (wanted: readonly number[]): void => {
    x = separations.settle(wanted)
    for (const left of groups) {
      x[left + 1] = separations.earliest(x, left + 1)
      x[left] = separations.latest(x, left)
    }
  }
  for (let n = 0; n < SWEEPS; n++) {
    const wanted = drawn(x, pulls)
    gather(zones, x, wanted)
    settle(wanted)
  }
  for (let n = 0; n < SETTLING; n++) settle(drawn(x, pulls))
  const reach = separations.reachOf(x, borders)
  for (let n = 0; n < ALIGNING; n++) settle(drawn(x, pulls).map(reach))
  closeUp(separations, zones, x)
  const outside = pulls.map((list, i) => (inside.has(i) ? [] : list))
  for (let n = 0; n < LAST; n++) settle(drawn(x, outside))
  return x
}

/** Half the way from where everything is to the mean of what it is drawn to. */
function drawn(x: readonly number[], pulls: readonly (readonly Pull[])[]): number[] {
  return x.map((value, i) => {
    let sum = 0
    let weight = 0
    for (const pull of pulls[i] ?? []) {
      sum += (x[pull.to] ?? 0) * pull.weight
      weight += pull.weight
    }
    return weight ? (value + sum / weight) / 2 : value
  })
}

/** Moves each group, as it is, as far to the left as its distances allow, after the ones before it. */
function closeUp(separations: Separations, zones: readonly Zone[], x: number[]): void {
  for (const zone of zones) {
    for (const { members } of zone.groups.slice(1)) {
      const slack = separations.slackBefore(x, new Set(members))
      if (!Number.isFinite(slack)) continue
      for (const member of members) x[member] = (x[member] ?? 0) - slack
    }
  }
  const middle = (zone: Zone): number => {
    const [first, last] = [zone.groups[0]?.left ?? 0, zone.groups.at(-1)?.left ?? 0]
    return ((x[first] ?? 0) + (x[last + 1] ?? 0)) / 2
  }
  const width = (zone: Zone): number => 2 * (middle(zone) - (x[zone.groups[0]?.left ?? 0] ?? 0))
  const outermost = zones.filter((zone) => zone.around < 0).sort((a, b) => width(b) - width(a))
  for (const zone of outermost.slice(1)) {
    const members = new Set(zone.groups.flatMap((group) => group.members))
    const by = middle(outermost[0] ?? zone) - middle(zone)
    const most = by < 0 ? -separations.slackBefore(x, members) : separations.slackAfter(x, members)
    const move = by < 0 ? Math.max(by, most) : Math.min(by, most)
    for (const member of members) x[member] = (x[member] ?? 0) + move
  }
}

/** Closes the room between the groups of each zone, and centres zones. */
function gather(zones: readonly Zone[], x: readonly number[], wanted: number[]): void {
  const middles = new Map<number, number>()
  const extent = (zone: Zone): [number, number] => {
    const width = zone.groups.reduce((sum, { left }) => sum + (x[left + 1] ?? 0) - (x[left] ?? 0), 0)
    const begin = x[zone.groups[0]?.left ?? 0] ?? 0
    const end = x[(zone.groups.at(-1)?.left ?? 0) + 1] ?? 0
    return [(begin + end) / 2, width + (zone.groups.length - 1) * GROUP_GAP]
  }
  // The widest zone of a scope says where its middle is, unless the group around does.
  const byWidth = zones
    .map((zone) => ({ zone, extent: extent(zone) }))
    .sort((a, b) => b.extent[1] - a.extent[1])
  for (const { zone, extent } of byWidth) {
    const [own, width] = extent
    const { around } = zone
    const known = around < 0 ? middles.get(around) : ((x[around] ?? 0) + (x[around + 1] ?? 0)) / 2
    const middle = known ?? own
    middles.set(around, middle)
    let at = middle - width / 2
    for (const { left, members } of zone.groups) {
      const by = at - (x[left] ?? 0)
      for (const member of members) wanted[member] = (wanted[member] ?? 0) + by
      at += (x[left + 1] ?? 0) - (x[left] ?? 0) + GROUP_GAP
    }
  }
}
