/**
 * A scene as a bipartite graph of networks and blocks. A block is one card, or several that hang on the same networks,
 * which are drawn as one grid; that keeps the graph small. Indices count from 0.
 */
import type { Scene, SceneCard } from './scene.ts'
import { type Descent, descentsOf } from './tiers.ts'

export interface Graph {
  readonly hosts: number
  readonly nets: readonly Net[]
  readonly blocks: readonly Block[]
  /** Networks that are to lie below others. */
  readonly descents: readonly Descent[]
}

export interface Net {
  /** Index in `Scene.networks`. */
  readonly network: number
  /** Index of its host; -1 where it spans all of them. */
  readonly host: number
  /** Where packets come in on every node: above all others. */
  readonly ingress: boolean
  /** What of a network of the whole swarm is on its host. */
  readonly isMark: boolean
}

export interface Block {
  /** Indices in `Scene.cards`, in declared order. Never empty. */
  readonly cards: readonly number[]
  readonly host: number
  /** Indices in `Graph.nets`. */
  readonly nets: readonly number[]
  /** Has a port that is open to other machines. */
  readonly out: boolean
}

/** Cards on more networks than this are blocks of their own: a grid can lead lines to one side and the other. */
const MOST_SIDES = 2

/**
 * @param cards The cards to draw, as indices in `scene.cards`.
 * @param ladder Whether each band runs over the whole width.
 */
export function graphOf(
  scene: Scene,
  cards: readonly number[],
  networks: readonly number[],
  ladder: boolean = false,
): Graph {
  const hostIndex = new Map(scene.hosts.map((host, index) => [host.name, index]))
  const netIndex = new Map(networks.map((network, index) => [scene.networks[network]?.key ?? '', index]))
  const blocks = new Map<string, { cards: number[]; host: number; nets: readonly number[]; out: boolean }>()
  for (const index of cards) {
    const card = scene.cards[index]
    if (card === undefined) continue
    const nets = card.joints.flatMap((joint) => netIndex.get(joint.network) ?? [])
    const out = isOpen(card)
    const host = hostIndex.get(card.host) ?? 0
    const alone = nets.length + (out ? 1 : 0) > MOST_SIDES
    const key = `${host} ${[...nets].sort((a, b) => a - b).join()} ${out} ${alone ? index : ''}`
    const known = blocks.get(key)
    if (known === undefined) blocks.set(key, { cards: [index], host, nets, out })
    else known.cards.push(index)
  }
  // What starts later stands below.
  const rank = (card: number): number => scene.cards[card]?.rank ?? 0
  for (const { cards } of blocks.values()) cards.sort((a, b) => rank(a) - rank(b) || a - b)
  const nets = networks.map((network) => ({
    network,
    host: ladder ? -1 : (hostIndex.get(scene.networks[network]?.host ?? '') ?? -1),
    ingress: scene.networks[network]?.ingress === true,
    isMark: scene.networks[network]?.isMark === true,
  }))
  const found = [...blocks.values()]
  // The other views have an order of their own.
  const isFree = scene.view === 'network' || scene.view === 'overlay'
  return { hosts: scene.hosts.length, nets, blocks: found, descents: isFree ? descentsOf(nets, found) : [] }
}

export const isOpen = (card: SceneCard): boolean =>
  card.apart === null && card.ports.some((port) => !port.local)

/** Networks and cards that hang together, in declared order. */
export function componentsOf(
  scene: Scene,
  networks: readonly number[],
  cards: readonly number[],
): readonly { readonly networks: readonly number[]; readonly cards: readonly number[] }[] {
  const index = new Map(networks.map((network) => [scene.networks[network]?.key ?? '', network]))
  const root = new Map(networks.map((network) => [network, network]))
  const find = (at: number): number => {
    const up = root.get(at) ?? at
    return up === at ? at : find(up)
  }
  for (const card of cards) {
    const on = scene.cards[card]?.joints.flatMap((joint) => index.get(joint.network) ?? []) ?? []
    for (const other of on.slice(1)) {
      const [a, b] = [find(on[0] ?? 0), find(other)]
      root.set(Math.max(a, b), Math.min(a, b))
    }
  }
  const parts = new Map<number, { networks: number[]; cards: number[] }>()
  for (const network of networks) {
    const key = find(network)
    const part = parts.get(key) ?? { networks: [], cards: [] }
    part.networks.push(network)
    parts.set(key, part)
  }
  for (const card of cards) {
    const first = scene.cards[card]?.joints[0]?.network ?? ''
    parts.get(find(index.get(first) ?? -1))?.cards.push(card)
  }
  return [...parts.values()]
}
