/** Packets' ways in the list that a phone shows: no lines, but the number of each hop in the row where it happens. */
import type { Hop, Trace } from '../trace/trace.ts'
import { APART, badgeHalf, RADIUS, stepsOf, stepText } from './badges.ts'
import { createIds } from './ids.ts'
import type { PlacedBadge, PlacedFigure, PlacedPart, PlacedText, Rect } from './placed.ts'
import type { Scene } from './scene.ts'

/** A row of the list. */
type Row = PlacedPart & Rect & { readonly texts: readonly PlacedText[] }

export interface WithHops {
  readonly figure: PlacedFigure
  /** Room that the numbers take at the right end of a row, by its subject as JSON. */
  readonly held: ReadonlyMap<string, number>
}

/** Numbers of the hops at the right end of their rows, from right to left, and what no way touches dimmed. */
export function withHops(figure: PlacedFigure, scene: Scene): WithHops {
  const idOf = createIds()
  const rows: readonly Row[] = [...figure.bands, ...figure.boxes, ...figure.enclosures]
  const marks = new Map<string, PlacedBadge[]>()
  for (const [index, trace] of scene.traces.entries()) {
    const letter = scene.traces.length > 1 ? String.fromCharCode(65 + (index % 26)) : ''
    let row: Row | null = null
    const hops = new Map<string, number[]>()
    for (const [at, hop] of trace.hops.entries()) {
      row = (hop.kind === 'drop' ? null : rowOf(rows, scene, trace, hop)) ?? row
      if (row !== null) hops.set(row.id, [...(hops.get(row.id) ?? []), at])
    }
    const dropped = trace.reached ? -1 : trace.hops.length - 1
    for (const [id, own] of hops) {
      const told = stepsOf(own.filter((at) => at !== dropped))
      const badges = told.map((steps) => badgeOf(idOf, trace, index + 1, steps.to, stepText(letter, steps)))
      const cross = own.includes(dropped) ? [badgeOf(idOf, trace, index + 1, dropped, '')] : []
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
  const held = new Map(
    rows.flatMap(({ id: row, subject }) => {
      const own = marks.get(row) ?? []
      const taken = own.reduce((sum, { text }) => sum + 2 * badgeHalf(text) + APART, 0)
      return own.length === 0 ? [] : [[JSON.stringify(subject), taken] as const]
    }),
  )
  const bands = figure.bands.map(shown)
  const boxes = figure.boxes.map(shown)
  return { figure: { ...figure, bands, boxes, cells: (figure.cells ?? []).map(shown), badges }, held }
}

function badgeOf(
  idOf: ReturnType<typeof createIds>,
  trace: Trace,
  way: number,
  hop: number,
  said: string,
): PlacedBadge {
  const subject = { is: 'client' } as const
  const isLast = hop === trace.hops.length - 1
  const kind = !isLast ? 'step' : trace.reached ? 'reached' : 'drop'
  const text = kind === 'drop' ? '' : said
  const id = idOf(subject, `hop${way}_${hop + 1}`)
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
function rowOf(rows: readonly Row[], scene: Scene, { request, hops }: Trace, hop: Hop): Row | null {
  const card = scene.cards.find(({ members }) => members.some(({ container }) => container === hop.container))
  const find = (is: (subject: PlacedPart['subject']) => boolean): Row | null =>
    rows.find(({ subject }) => is(subject)) ?? null
  const band = find((one) => one.is === 'network' && one.network === hop.network)
  if (hop.sandbox === 'container')
    return find((one) => one.is === 'container' && one.container === card?.container)
  if (hop.sandbox === 'outside') {
    const end = hop === hops[0] ? request.from : request.to
    return find((one) => one.is === (end.kind === 'client' ? 'client' : 'outside'))
  }
  if (hop.sandbox !== 'host' || hop.kind === 'bridge') return band
  const rules = hop.kind === 'dnat' || hop.kind === 'masquerade'
  return (
    (rules ? find((one) => one.is === 'nat' && one.host === hop.host) : null) ??
    find((one) => one.is === 'host' && one.host === hop.host) ??
    band
  )
}
