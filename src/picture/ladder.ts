/** Bars over the whole width, and lines that pass through those they are not joined to. */
import { type Arranged, arrange } from './arrange.ts'
import { leastBand, wideBand } from './band.ts'
import { candidatesOf } from './candidates.ts'
import type { ArrangeOptions } from './fit.ts'
import type { Looks } from './look.ts'
import type { Part } from './part.ts'
import type { SceneNetwork } from './scene.ts'

/** Between the words of the bars and the first line through them. */
const BESIDE = 10

/** Where lines leave words no room on one line, the words of all bars stand in a column of their own on the left. */
export function arrangeLadder(
  looks: Looks,
  cards: readonly number[],
  networks: readonly number[],
  options: ArrangeOptions,
): Arranged {
  const plain = arrange(looks, candidatesOf(looks, cards, networks, options.width, true), options)
  const isLow = plain.part.bands.every(({ rect }) => rect.height <= ONE_LINE)
  if (isLow || plain.part.bands.every((band) => band.slots.length === 0)) return plain
  const widest = (of: (network: SceneNetwork) => number): number =>
    Math.max(...networks.flatMap((network) => looks.scene.networks[network] ?? []).map(of))
  const beside = (column: number): Arranged => {
    const width = options.width - column - BESIDE
    const candidates = candidatesOf(looks, cards, networks, width, true)
    const found = arrange(looks, candidates, { ...options, width, words: column })
    return { ...found, part: moved(found.part, column + BESIDE), words: column }
  }
  // All words of a network on one line, where the lines leave room for that.
  const low = beside(widest(wideBand))
  return low.part.width <= options.width ? low : beside(widest(leastBand))
}

/** Height of a bar whose words stand on one line, and a little more. */
const ONE_LINE = 34

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
