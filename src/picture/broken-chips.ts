/** Chips with an interface and its address below each other, for figures that are too wide. */
import type { Scene } from './scene.ts'

/** `null` where no chip says an interface. */
export function withBrokenChips(scene: Scene): Scene | null {
  let isBroken = false
  const cards = scene.cards.map((card) => ({
    ...card,
    joints: card.joints.map((joint) => {
      const lines = joint.lines.flatMap(beforeAddress)
      isBroken ||= lines.length > joint.lines.length
      return { ...joint, lines }
    }),
  }))
  return isBroken ? { ...scene, cards } : null
}

/** `eth0 † 172.18.0.2` is `eth0 †` and `172.18.0.2`. */
function beforeAddress(line: string): readonly string[] {
  const words = line.split(' ')
  const at = words.findIndex((word) => word.includes('.') || word.includes(':'))
  return at <= 0 ? [line] : [words.slice(0, at).join(' '), words.slice(at).join(' ')]
}
