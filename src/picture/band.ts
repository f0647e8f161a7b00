/** How the texts of a band stand in it: all on one line where there is room, else below each other. */
import { chipSize, FACT, lineHeight, NAME, room } from './measure.ts'
import type { SceneNetwork } from './scene.ts'

const PAD = 12
const BETWEEN = ' · '
const ABOVE = 6
const CHIP_GAP = 6
/** From a line that passes through the band to words or chips. */
const SLOT = 8
/** From the name to the facts on one line. */
const APART = 24

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

interface Widths {
  readonly title: number
  readonly facts: readonly number[]
  /** All facts on one line; 0 where there are none. */
  readonly line: number
  readonly chips: readonly { readonly width: number; readonly height: number }[]
}

/** Measured once for each network, however many arrangements are tried. */
const measured = new WeakMap<SceneNetwork, Widths>()

function widthsOf(network: SceneNetwork): Widths {
  const known = measured.get(network)
  if (known !== undefined) return known
  const made = {
    title: room(network.title, NAME),
    facts: network.facts.map((fact) => room(fact, FACT)),
    line: room(network.facts.join(BETWEEN), FACT),
    chips: network.chips.map((chip) => chipSize([chip.text])),
  }
  measured.set(network, made)
  return made
}

/** Narrowest a band can be without cutting a word of it. */
export function leastBand(network: SceneNetwork): number {
  const { title, facts, chips } = widthsOf(network)
  return Math.ceil(Math.max(title, ...facts, ...chips.map((chip) => chip.width)) + 2 * PAD)
}

/** Width at which all of its texts but the chips stand on one line. */
export function wideBand(network: SceneNetwork): number {
  const { title, line } = widthsOf(network)
  return Math.max(leastBand(network), title + APART + line + 2 * PAD)
}

/** @param slots Where lines pass through it, from its left edge: nothing stands there. */
export function bandLayout(network: SceneNetwork, width: number, slots: readonly number[] = []): BandLayout {
  const texts: BandText[] = []
  const flow = createFlow(width, slots)
  const widths = widthsOf(network)
  const name = flow.put(widths.title, 0)
  texts.push({ text: network.title, style: NAME, x: name.x, y: ABOVE, anchor: 'start' })
  const facts = network.facts.join(BETWEEN)
  const whole = widths.line
  let y = ABOVE + lineHeight(NAME)
  if (facts !== '' && flow.fits(whole + APART)) {
    // At the right end, unless a line passes between.
    const isFree = slots.length === 0
    const at = isFree ? { x: width - PAD } : flow.put(whole, APART)
    texts.push({ text: facts, style: FACT, x: at.x, y: ABOVE + 1, anchor: isFree ? 'end' : 'start' })
  } else if (facts !== '') {
    flow.feed()
    for (const [index, fact] of network.facts.entries()) {
      const last = texts.at(-1)
      const joined = `${last?.text ?? ''}${BETWEEN}${fact}`
      if (last !== undefined && last.style === FACT && flow.widens(last.x, room(joined, FACT))) {
        texts[texts.length - 1] = { ...last, text: joined }
        continue
      }
      const at = flow.put(widths.facts[index] ?? 0, 16)
      texts.push({
        text: fact,
        style: FACT,
        x: at.x,
        y: y + (at.line - 1) * lineHeight(FACT),
        anchor: 'start',
      })
    }
    y += flow.line() * lineHeight(FACT)
  }
  const chips: BandLayout['chips'][number][] = []
  if (network.chips.length > 0) {
    const sizes = widths.chips
    const step = Math.max(...sizes.map((size) => size.height)) + CHIP_GAP
    flow.feed()
    const first = flow.line()
    for (const [index, size] of sizes.entries()) {
      const at = flow.put(size.width, CHIP_GAP)
      chips.push({ index, x: at.x, y: y + 4 + (at.line - first) * step, ...size })
    }
    y += 4 + (flow.line() - first) * step + step - CHIP_GAP + 2
  }
  return { height: y + ABOVE, texts, chips }
}

/** Fills lines from left to right, between the slots. Lines count from 0. */
function createFlow(width: number, slots: readonly number[]) {
  const cuts = [
    PAD - SLOT,
    ...[...slots].filter((x) => x > 0 && x < width).sort((a, b) => a - b),
    width - PAD + SLOT,
  ]
  const gaps = cuts.slice(1).flatMap((right, index) => {
    const left = (cuts[index] ?? 0) + SLOT
    return right - SLOT > left ? [{ left, right: right - SLOT }] : []
  })
  const widest = gaps.reduce((best, gap) => (gap.right - gap.left > best.right - best.left ? gap : best), {
    left: PAD,
    right: PAD,
  })
  let [line, gap, x] = [0, 0, gaps[0]?.left ?? PAD]
  const feed = (): void => {
    line++
    gap = 0
    x = gaps[0]?.left ?? PAD
  }
  const fitting = (needed: number, apart: number): { gap: number; x: number } | null => {
    for (let at = gap; at < gaps.length; at++) {
      const { left, right } = gaps[at] ?? widest
      const from = at === gap && x > left ? x + apart : left
      if (from + needed <= right + 0.5) return { gap: at, x: from }
    }
    return null
  }
  return {
    line: () => line,
    feed,
    /** Whether it goes on this line. */
    fits: (needed: number): boolean => fitting(needed, 0) !== null,
    /** The next place with that much room; the widest there is where none has. */
    put(needed: number, apart: number): { readonly x: number; readonly line: number } {
      let at = fitting(needed, apart)
      if (at === null && (gap > 0 || x > (gaps[0]?.left ?? PAD))) {
        feed()
        at = fitting(needed, 0)
      }
      const from = at?.x ?? widest.left
      gap = at?.gap ?? Math.max(0, gaps.indexOf(widest))
      x = from + needed
      return { x: from, line }
    },
    /** Whether what was put last, at `from`, can be that wide; then it is. */
    widens(from: number, needed: number): boolean {
      if (from + needed > (gaps[gap]?.right ?? 0) + 0.5) return false
      x = from + needed
      return true
    },
  }
}
