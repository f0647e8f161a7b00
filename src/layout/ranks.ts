/**
 * Which rank (storey) every box lies on. Groups of one level and class stand side by side between the same
 * two ranks; boxes that link into them lie above or below, never beside.
 */
import type { LayoutBox, LayoutEdge, LayoutGroup } from './graph.ts'
import { push, type Scope, type Tree } from './tree.ts'

export interface Ranks {
  readonly count: number
  readonly boxes: ReadonlyMap<string, number>
  /** First and last rank of a group, inclusive; the first holds its title alone if `titled`. */
  readonly groups: ReadonlyMap<string, Span>
}

export interface Span {
  readonly first: number
  readonly last: number
}

type Link = readonly [string, string]

interface Level {
  readonly units: readonly string[]
  readonly links: readonly Link[]
  /** How many ranks the zones take; every other unit takes one. */
  readonly zones: ReadonlyMap<string, number>
}

/** All groups of one class at one level make one unit. */
export const zoneOf = (group: LayoutGroup): string => `zone ${group.classes[0] ?? ''}`

/**
 * @param titled - Whether a group begins with a rank for its title alone (top to bottom it does).
 */
export function ranksOf(tree: Tree, titled: boolean): Ranks {
  const boxes = new Map<string, number>()
  const groups = new Map<string, Span>()
  const title = titled ? 1 : 0

  /** Ranks all that lies directly in one of `scopes`, from `base` on; returns how many ranks that took. */
  function place(scopes: readonly Scope[], depth: number, base: number): number {
    const zones = new Map<string, LayoutGroup[]>()
    for (const group of scopes.flatMap((scope) => tree.groupsIn(scope))) push(zones, zoneOf(group), group)
    const own = scopes.flatMap((scope) => tree.boxesIn(scope))
    const lengths = new Map<string, number>()
    for (const [zone, members] of zones)
      lengths.set(zone, Math.max(1, title + place(ids(members), depth + 1, 0)))
    const ranks = rankLevel(own, lengths, linksOfLevel(tree, depth))
    let count = 0
    for (const [zone, members] of zones) {
      const first = base + (ranks.get(zone) ?? 0)
      const last = first + (lengths.get(zone) ?? 1) - 1
      place(ids(members), depth + 1, first + title)
      for (const group of members) groups.set(group.id, { first, last })
      count = Math.max(count, last - base + 1)
    }
    for (const box of own) {
      const rank = base + (ranks.get(box.id) ?? 0)
      boxes.set(box.id, rank)
      count = Math.max(count, rank - base + 1)
    }
    return count
  }
  return { count: place([null], 0, 0), boxes, groups }
}

const ids = (groups: readonly { readonly id: string }[]): string[] => groups.map((group) => group.id)

/** Ranking edges between units of one group of `depth`. */
function linksOfLevel(tree: Tree, depth: number): Link[] {
  const links: Link[] = []
  const unitOf = (id: string): string => {
    const group = tree.groups.get([...tree.around(id), id][depth] ?? '')
    return group ? zoneOf(group) : id
  }
  for (const edge of tree.graph.edges) {
    if (edge.free || !known(tree, edge)) continue
    const from = tree.around(edge.from)
    const to = tree.around(edge.to)
    if (from.length < depth || to.length < depth) continue
    if (from.slice(0, depth).join('\n') !== to.slice(0, depth).join('\n')) continue
    const [a, b] = [unitOf(edge.from), unitOf(edge.to)]
    if (a !== b) links.push([a, b])
  }
  return links
}

export const known = (tree: Tree, edge: LayoutEdge): boolean =>
  [edge.from, edge.to].every((id) => tree.boxes.has(id) || tree.groups.has(id))

function rankLevel(
  own: readonly LayoutBox[],
  zones: ReadonlyMap<string, number>,
  links: readonly Link[],
): Map<string, number> {
  const names = new Set([...zones.keys(), ...own.map((box) => box.id)])
  const present = links.filter(([a, b]) => names.has(a) && names.has(b))
  const buses = chainsOfBuses(own)
  const chain = [...chainOf([...zones.keys()]), ...buses]
  if (!own.some(isBus)) {
    const kinds = kindsOf(own, present)
    const kind = (unit: string): string => kinds.get(unit) ?? unit
    const byKind = [...chain, ...present].map(([a, b]): Link => [kind(a), kind(b)])
    const units = [...new Set([...zones.keys(), ...kinds.values()])]
    if (withoutCycles(units, byKind).length === byKind.length) {
      const ranks = longestPaths({ units, links: byKind, zones })
      return new Map([...names].map((unit) => [unit, ranks.get(kind(unit)) ?? 0]))
    }
  }
  const units = [...names]
  // What hangs on one bus stands above the next one, not beside it.
  const boxes = new Set(own.filter((box) => !isBus(box)).map((box) => box.id))
  const between = buses.flatMap(([bus, next]) =>
    present.flatMap(([a, b]): Link[] => (a === bus && boxes.has(b) ? [[b, next]] : [])),
  )
  return longestPaths({ units, links: withoutCycles(units, [...chain, ...present, ...between]), zones })
}

const isBus = (box: LayoutBox): boolean => box.classes.includes('bus')

/** The buses of each group lie below each other. */
function chainsOfBuses(own: readonly LayoutBox[]): Link[] {
  const buses = new Map<string | null, string[]>()
  for (const box of own) if (isBus(box)) push(buses, box.parent, box.id)
  return [...buses.values()].flatMap(chainOf)
}

const chainOf = (units: readonly string[]): Link[] =>
  units.slice(1).map((unit, i): Link => [units[i] ?? unit, unit])

/** Boxes of one class are of one kind, and boxes below others of their class of a further one. */
function kindsOf(own: readonly LayoutBox[], links: readonly Link[]): Map<string, string> {
  const classOf = new Map(own.map((box) => [box.id, box.classes[0] ?? box.id]))
  const units = [...classOf.keys()]
  const within = links.filter(([a, b]) => classOf.has(a) && classOf.get(a) === classOf.get(b))
  const before = new Map<string, string[]>()
  for (const [a, b] of withoutCycles(units, within)) push(before, b, a)
  const depths = new Map<string, number>()
  const depth = (unit: string): number => {
    const found = depths.get(unit)
    if (found !== undefined) return found
    const value = Math.max(0, ...(before.get(unit) ?? []).map((b) => depth(b) + 1))
    depths.set(unit, value)
    return value
  }
  return new Map(units.map((unit) => [unit, `kind ${classOf.get(unit)} ${depth(unit)}`]))
}

/** Drops every link that would close a circle, in order. */
function withoutCycles(units: readonly string[], links: readonly Link[]): Link[] {
  const next = new Map<string, Set<string>>(units.map((unit) => [unit, new Set()]))
  const reaches = (from: string, goal: string): boolean => {
    const seen = new Set([from])
    const open = [from]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === goal) return true
      for (const unit of next.get(at) ?? []) {
        if (!seen.has(unit)) open.push(unit)
        seen.add(unit)
      }
    }
    return false
  }
  return links.filter(([a, b]) => {
    if (next.get(a)?.has(b)) return true
    if (reaches(b, a)) return false
    next.get(a)?.add(b)
    return true
  })
}

/** Longest path from the top; what nothing leads to comes down to just above what it leads to. */
function longestPaths({ units, links, zones }: Level): Map<string, number> {
  const length = (unit: string): number => zones.get(unit) ?? 1
  const before = new Map<string, string[]>()
  const after = new Map<string, string[]>()
  for (const [a, b] of links) {
    push(before, b, a)
    push(after, a, b)
  }
  const ranks = new Map<string, number>()
  const rank = (unit: string): number => {
    const found = ranks.get(unit)
    if (found !== undefined) return found
    const value = Math.max(0, ...(before.get(unit) ?? []).map((b) => rank(b) + length(b)))
    ranks.set(unit, value)
    return value
  }
  for (const unit of units) rank(unit)
  for (const unit of units) {
    const follow = after.get(unit)
    if (before.has(unit) || !follow) continue
    ranks.set(unit, Math.max(0, Math.min(...follow.map(rank)) - length(unit)))
  }
  // What is linked to nothing lies at the bottom, below groups.
  const ends = units.map((unit) => {
    if (zones.has(unit)) return rank(unit) + length(unit)
    return before.has(unit) || after.has(unit) ? rank(unit) : 0
  })
  for (const unit of units) {
    if (!zones.has(unit) && !before.has(unit) && !after.has(unit)) ranks.set(unit, Math.max(0, ...ends))
  }
  return ranks
}
