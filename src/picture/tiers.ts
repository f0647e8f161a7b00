/** How far each network is from the way in: what lies deeper is looked for below. */

/** Of a net and of a block, what tiers depend on. */
type Entrance = { readonly ingress: boolean }
type Joining = { readonly nets: readonly number[]; readonly out: boolean }

/** Two networks that a container joins, as indices in `Graph.nets`: the one that packets reach first, the deeper one. */
export type Descent = readonly [upper: number, lower: number]

/** Up to this many tiers they are read from top to bottom; a longer chain may as well turn back. */
const MOST_TIERS = 4

/**
 * Tiers are distances of a breadth-first search, from the networks of the containers that packets come in at, or from
 * the network that was declared first.
 */
export function descentsOf(nets: readonly Entrance[], blocks: readonly Joining[]): readonly Descent[] {
  const ingress = nets.flatMap((net, index) => (net.ingress ? [index] : []))
  const entered = ingress.length > 0 ? ingress : blocks.flatMap((block) => (block.out ? block.nets : []))
  const tiers = distancesFrom(entered.length > 0 ? entered : [0], nets.length, blocks)
  if (Math.max(0, ...tiers) >= MOST_TIERS) return []
  const found = new Map<number, Descent>()
  for (const block of blocks)
    for (const upper of block.nets)
      for (const lower of block.nets)
        if ((tiers[upper] ?? 0) < (tiers[lower] ?? 0)) found.set(upper * nets.length + lower, [upper, lower])
  return [...found.values()]
}

/** Containers that have to be passed from the nearest of these networks on; 0 for networks that are not reached. */
export function distancesFrom(
  roots: readonly number[],
  count: number,
  blocks: readonly Joining[],
): readonly number[] {
  const distance = new Map(roots.map((root) => [root, 0]))
  const queue = [...distance.keys()]
  for (const at of queue)
    for (const block of blocks)
      if (block.nets.includes(at))
        for (const next of block.nets)
          if (!distance.has(next)) {
            distance.set(next, (distance.get(at) ?? 0) + 1)
            queue.push(next)
          }
  return Array.from({ length: count }, (_, index) => distance.get(index) ?? 0)
}

/** Networks that do not lie below one that packets reach before them. */
export const ascentsOf = (descents: readonly Descent[], levels: readonly number[]): number =>
  descents.reduce((sum, [upper, lower]) => sum + ((levels[upper] ?? 0) >= (levels[lower] ?? 0) ? 1 : 0), 0)
