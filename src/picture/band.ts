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

/** Half of what a passing line takes from the words of a band. */
const PASSING = 8

/** The same with words moved to where no line passes; as it was where there is no room for all of them. */
export function aroundSlots(layout: BandLayout, slots: readonly number[], width: number): BandLayout {
  if (slots.length === 0) return layout
  const taken: { left: number; right: number; y: number; height: number }[] = slots.map((x) => ({
    left: x - PASSING,
    right: x + PASSING,
    y: 0,
    height: layout.height,
  }))
  /** The left edge nearest to where it would be, or `null`. */
  const free = (x: number, y: number, own: number, height: number): number | null => {
    const others = taken.filter((one) => one.y < y + height && y < one.y + one.height)
    const candidates = [x, PAD, width - PAD - own, ...others.flatMap((one) => [one.right, one.left - own])]
    return (
      candidates
        .filter((left) => left >= PAD - 1 && left + own <= width - PAD + 1)
        .filter((left) => others.every((one) => one.right <= left || left + own <= one.left))
        .sort((a, b) => Math.abs(a - x) - Math.abs(b - x))[0] ?? null
    )
  }
  let fits = true
  const put = (x: number, y: number, own: number, height: number): number => {
    const found = free(x, y, own, height)
    fits &&= found !== null
    const left = found ?? x
    taken.push({ left: left - 4, right: left + own + 4, y, height })
    return left
  }
  const moved = {
    ...layout,
    texts: layout.texts.map((one) => {
      const own = room(one.text, one.style)
      const x = one.anchor === 'end' ? one.x - own : one.x
      return { ...one, x: put(x, one.y, own, lineHeight(one.style)), anchor: 'start' as const }
    }),
    chips: layout.chips.map((chip) => ({ ...chip, x: put(chip.x, chip.y, chip.width, chip.height) })),
  }
  return fits ? moved : layout
}
