/** How the texts of a band stand in it: all on one line where there is room, else below each other. */
import { chipSize, FACT, lineHeight, NAME, room } from './measure.ts'
import type { SceneNetwork } from './scene.ts'

const PAD = 12
const BETWEEN = ' · '
const ABOVE = 6
const CHIP_GAP = 6

export interface BandText {
  readonly text: string
  readonly style: typeof NAME
  readonly x: number
  /** Top of its line box. */
  readonly y: number
  readonly anchor: 'start' | 'end'
}

export interface BandLayout {
  readonly height: number
  readonly texts: readonly BandText[]
  readonly chips: readonly {
    readonly index: number
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }[]
}

/** Narrowest a band can be without cutting a word of it. */
export const leastBand = (network: SceneNetwork): number =>
  Math.ceil(
    Math.max(
      room(network.title, NAME),
      ...network.facts.map((fact) => room(fact, FACT)),
      ...network.chips.map((chip) => chipSize([chip.text]).width),
    ) +
      2 * PAD,
  )

/** Width at which all of its texts but the chips stand on one line. */
export const wideBand = (network: SceneNetwork): number => Math.max(leastBand(network), oneLine(network))

const oneLine = (network: SceneNetwork): number =>
  room(network.title, NAME) + 24 + room(network.facts.join(BETWEEN), FACT) + 2 * PAD

export function bandLayout(network: SceneNetwork, width: number): BandLayout {
  const texts: BandText[] = []
  const facts = network.facts.join(BETWEEN)
  let y = ABOVE
  texts.push({ text: network.title, style: NAME, x: PAD, y, anchor: 'start' })
  if (oneLine(network) <= width) {
    if (facts !== '') texts.push({ text: facts, style: FACT, x: width - PAD, y: y + 1, anchor: 'end' })
    y += lineHeight(NAME)
  } else {
    y += lineHeight(NAME)
    for (const line of wrapped(network.facts, width - 2 * PAD)) {
      texts.push({ text: line, style: FACT, x: PAD, y, anchor: 'start' })
      y += lineHeight(FACT)
    }
  }
  const chips: BandLayout['chips'][number][] = []
  let x = PAD
  for (const [index, chip] of network.chips.entries()) {
    const size = chipSize([chip.text])
    if (x > PAD && x + size.width > width - PAD) {
      x = PAD
      y += size.height + CHIP_GAP
    }
    if (index === 0) y += 4
    chips.push({ index, x, y, ...size })
    x += size.width + CHIP_GAP
  }
  if (chips.length > 0) y += (chips.at(-1)?.height ?? 0) + 2
  return { height: y + ABOVE, texts, chips }
}

/** Facts side by side as far as they fit. */
function wrapped(facts: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const fact of facts) {
    const longer = `${lines.at(-1) ?? ''}${BETWEEN}${fact}`
    if (lines.length > 0 && room(longer, FACT) <= width) lines[lines.length - 1] = longer
    else lines.push(fact)
  }
  return lines
}
