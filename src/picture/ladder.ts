/** Bars over the whole width, and lines that pass through those they are not joined to. */
import { type Arranged, arrange } from './arrange.ts'
import { leastBand } from './band.ts'
import { candidatesOf } from './candidates.ts'
import type { ArrangeOptions } from './fit.ts'
import type { Looks } from './look.ts'
import type { Part } from './part.ts'

/** Between the words of the bars and the first line through them. */
const BESIDE = 10

/** Where lines pass through bars, the words of all bars stand in a column of their own on the left. */
export function arrangeLadder(
  looks: Looks,
  cards: readonly number[],
  networks: readonly number[],
  options: ArrangeOptions,
): Arranged {
  const plain = arrange(looks, candidatesOf(looks, cards, networks, options.width, true), options)
  if (plain.part.bands.every((band) => band.slots.length === 0)) return plain
  const column = Math.max(
    ...networks.map((network) => {
      const one = looks.scene.networks[network]
      return one === undefined ? 0 : leastBand(one)
    }),
  )
  const width = options.width - column
  const candidates = candidatesOf(looks, cards, networks, width, true)
  const beside = arrange(looks, candidates, { ...options, width, words: column })
  return { ...beside, part: moved(beside.part, column + BESIDE), words: column }
}

/** Everything further to the right, but bands that begin where they began. */
function moved(part: Part, by: number): Part {
  return {
    ...part,
    width: part.width + by,
    bands: part.bands.map((band) => ({
      ...band,
      rect: { ...band.rect, width: band.rect.width + by },
      slots: band.slots.map((x) => x + by),
    })),
    blocks: part.blocks.map((block) => ({ ...block, at: { ...block.at, x: block.at.x + by } })),
    wires: part.wires.map((wire) => ({
      ...wire,
      points: wire.points.map((point) => ({ ...point, x: point.x + by })),
    })),
    hosts: part.hosts.map(({ left, right }) => ({ left: left + by, right: right + by })),
  }
}
