/** Packets' ways in the list that a phone shows: no lines, but the number of each hop in the row where it happens. */
import type { Hop, Trace } from '../trace/trace.ts'
import { APART, badgeHalf, RADIUS, stepsOf, stepText } from './badges.ts'
import { CELL_PAD, fitted } from './cells.ts'
import { NAME } from './measure.ts'
import type { PlacedBadge, PlacedFigure, PlacedPart, PlacedText, Rect } from './placed.ts'
import type { Scene } from './scene.ts'
import type { Sheet } from './sheet.ts'

/** A row of the list. */
type Row = PlacedPart & Rect & { readonly texts: readonly PlacedText[] }

/** Numbers of the hops at the right end of their rows, from right to left, and what no way touches dimmed. */
export function withHops(figure: PlacedFigure, scene: Scene, sheet: Sheet): PlacedFigure {
  if (scene.traces.length === 0) return figure
  const rows: readonly Row[] = [...figure.bands, ...figure.boxes, ...figure.enclosures]
  const marks = new Map<string, PlacedBadge[]>()
  for (const [index, trace] of scene.traces.entries()) {
    const letter = scene.traces.length > 1 ? String.fromCharCode(65 + (index % 26)) : ''
    let row: Row | null = null
    const hops = new Map<string, number[]>()
    for (const [at, hop] of trace.hops.entries()) {
      row = (hop.kind === 'drop' ? null : rowOf(rows, scene, hop)) ?? row
      if (row !== null) hops.set(row.id, [...(hops.get(row.id) ?? []), at])
    }
    const dropped = trace.reached ? -1 : trace.hops.length - 1
    for (const [id, own] of hops) {
      const told = stepsOf(own.filter((at) => at !== dropped))
      const badges = told.map((steps) => badgeOf(sheet, trace, index + 1, steps.to, stepText(letter, steps)))
      const cross = own.includes(dropped) ? [badgeOf(sheet, trace, index + 1, dropped, '')] : []
      marks.set(id, [...(marks.get(id) ?? []), ...badges, ...cross])
    }
  }
  const badges = rows.flatMap((row) => placed(marks.get(row.id) ?? [], row))
  const isOn = (network: string): boolean =>
    figure.bands.some(
      ({ id, subject }) => subject.is === 'network' && subject.network === network && marks.has(id),
    )
  const isAt = (container: string): boolean =>
    figure.boxes.some(
      ({ id, subject }) => subject.is === 'container' && subject.container === container && marks.has(id),
    )
  const isTouched = ({ id, subject }: PlacedPart): boolean =>
    subject.is === 'attachment' ? isAt(subject.container) && isOn(subject.network) : marks.has(id)
  const shown = <P extends PlacedPart>(part: P): P => (isTouched(part) ? part : { ...part, emphasis: 'dim' })
  const cut = <P extends Row>(row: P): P => {
    const left = Math.min(
      ...badges
        .filter(({ id }) => marks.get(row.id)?.some((one) => one.id === id))
        .map((one) => one.x - badgeHalf(one.text)),
    )
    const [first, ...others] = row.texts
    if (first === undefined || first.x + first.width <= left - CELL_PAD) return row
    const text = fitted(first.text, NAME, left - CELL_PAD - first.x)
    return { ...row, texts: [{ ...first, text }, ...others] }
  }
  return {
    ...figure,
    bands: figure.bands.map((one) => cut(shown(one))),
    boxes: figure.boxes.map((one) => cut(shown(one))),
    cells: (figure.cells ?? []).map(shown),
    enclosures: figure.enclosures.map(cut),
    badges,
  }
}

function badgeOf(sheet: Sheet, trace: Trace, way: number, hop: number, said: string): PlacedBadge {
  const subject = { is: 'client' } as const
  const isLast = hop === trace.hops.length - 1
  const kind = !isLast ? 'step' : trace.reached ? 'reached' : 'drop'
  const text = kind === 'drop' ? '' : said
  const id = sheet.id(subject, `hop${way}_${hop + 1}`)
  return { id, subject, emphasis: 'way', hue: null, kind, way, text, x: 0, y: 0, radius: RADIUS }
}

/** Badges beside each other that end at the right edge of their row, on its first line. */
function placed(badges: readonly PlacedBadge[], row: Row): readonly PlacedBadge[] {
  const [first] = row.texts
  const y = first === undefined ? row.y + row.height / 2 : first.y - first.size * 0.36
  let right = row.x + row.width - 5
  return [...badges]
    .reverse()
    .map((badge) => {
      const half = badgeHalf(badge.text)
      const x = right - half
      right -= 2 * half + APART
      return { ...badge, x, y }
    })
    .reverse()
}

/** What shows where a hop happens; `null` where nothing does. */
function rowOf(rows: readonly Row[], scene: Scene, hop: Hop): Row | null {
  const card = scene.cards.find(({ members }) => members.some(({ container }) => container === hop.container))
  const find = (is: (subject: PlacedPart['subject']) => boolean): Row | null =>
    rows.find(({ subject }) => is(subject)) ?? null
  const band = find((one) => one.is === 'network' && one.network === hop.network)
  if (hop.sandbox === 'container')
    return find((one) => one.is === 'container' && one.container === card?.container)
  if (hop.sandbox === 'outside') return find((one) => one.is === 'client')
  if (hop.sandbox !== 'host' || hop.kind === 'bridge') return band
  return find((one) => one.is === 'host' && one.host === hop.host) ?? band
}
