/** A part upside down: what packets come to first lies lowest. Words stay upright, since they are put in later. */
import type { Shape } from './look.ts'
import type { Part } from './part.ts'
import type { Rect } from './placed.ts'

export function flipped(part: Part): Part {
  const over = (rect: Rect): Rect => ({ ...rect, y: part.height - rect.y - rect.height })
  return {
    ...part,
    bands: part.bands.map((band) => ({ ...band, rect: over(band.rect) })),
    blocks: part.blocks.map(({ block, at, shape }) => ({
      block,
      at: { x: at.x, y: part.height - at.y - shape.height },
      shape: flippedShape(shape),
    })),
    wires: part.wires.map((wire) => ({
      ...wire,
      points: wire.points.map(({ x, y }) => ({ x, y: part.height - y })),
      dots: wire.dots.map(({ x, y }) => ({ x, y: part.height - y })),
    })),
  }
}

function flippedShape(shape: Shape): Shape {
  const over = (rect: Rect): Rect => ({ ...rect, y: shape.height - rect.y - rect.height })
  return {
    ...shape,
    cards: shape.cards.map((card) => ({
      ...card,
      rect: over(card.rect),
      chips: card.chips.map((chip) => ({ ...chip, side: other(chip.side), rect: over(chip.rect) })),
    })),
    combs: shape.combs.map((comb) => ({
      ...comb,
      side: other(comb.side),
      // The last is the farthest from where it leaves, below as above.
      rails: comb.rails.map((rail) => ({ ...rail, y: shape.height - rail.y })).reverse(),
    })),
    exits: shape.exits.map((exit) => ({ ...exit, side: other(exit.side) })),
  }
}

const other = (side: 'up' | 'down'): 'up' | 'down' => (side === 'up' ? 'down' : 'up')
