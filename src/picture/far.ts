/** Figures that no column holds: lines nobody could follow give way to names. */
import { CHIP_GAP, farText } from './look.ts'
import { chipSize } from './measure.ts'
import type { Scene, SceneCard } from './scene.ts'

/** So many times as wide as the column, its letters could not be read. */
const FAR_TOO_WIDE = 2

/** More marks than these below each other are put in several columns, and what a card and its host need around them. */
const MANY = 8
const AROUND = 80

export const isFarTooWide = (width: number, column: number): boolean => width > FAR_TOO_WIDE * column

/**
 * The scene with one line for each container, to the first of its networks; the others are named on it, in their colour.
 * `null` where lines are needed: for a way that is shown, and in views that are about them.
 */
export function withoutFarLines(scene: Scene, column: number): Scene | null {
  if (scene.view !== 'network' || scene.traces.length > 0) return null
  if (scene.networks.some(({ host }) => host === '')) return null
  const titles = new Map(scene.networks.map(({ key, title }) => [key, title]))
  const cut = (card: SceneCard): SceneCard => {
    const [home, ...others] = card.joints
    if (home === undefined || others.length === 0) return card
    const far = others.map(({ network, lines }) => ({
      network,
      lines: [titles.get(network) ?? network, ...lines],
    }))
    if (far.length <= MANY) return { ...card, joints: [home], far }
    const widest = Math.max(...far.map((joint) => chipSize([farText(joint)]).width))
    const across = Math.min(Math.ceil(far.length / MANY), Math.floor((column - AROUND) / (widest + CHIP_GAP)))
    return { ...card, joints: [home], far, across: Math.max(1, across) }
  }
  return { ...scene, cards: scene.cards.map(cut) }
}
