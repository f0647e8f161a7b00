/**
 * Packets' ways over a finished figure: along the lines that are there, a numbered badge for each hop where it happens,
 * a cross where the packet is dropped; what no way touches steps back.
 */
import type { Hop, Trace } from '../trace/trace.ts'
import { rectOfText } from './measure.ts'
import type { PlacedBand, PlacedBox, Point, Rect } from './placed.ts'
import { tidy } from './polyline.ts'
import { route } from './route.ts'
import type { Scene } from './scene.ts'
import type { Sheet } from './sheet.ts'

/** A way in that a picture has, from the client on. */
export interface WayIn {
  readonly host: string
  /** `''` for the routing mesh. */
  readonly container: string
  readonly pill: string
  readonly points: readonly Point[]
}

export interface Lines {
  /** From the chip of an attachment to its band, by `container network`. */
  readonly leads: ReadonlyMap<string, readonly Point[]>
  readonly waysIn: readonly WayIn[]
}

/** Where a hop happens, as far as the picture shows it. */
type Station =
  | { readonly is: 'client' | 'outside'; readonly box: PlacedBox }
  | { readonly is: 'gate'; readonly way: WayIn }
  | { readonly is: 'card'; readonly container: string; readonly box: PlacedBox | Rect; readonly id: string }
  | { readonly is: 'band'; readonly network: string; readonly band: PlacedBand }

const RADIUS = 9
/** Ways beside each other on one line keep this apart. */
const BESIDE = 4

/** @param width Of the figure; no badge leaves it. */
export function drawWays(scene: Scene, sheet: Sheet, lines: Lines, width: number): void {
  if (scene.traces.length === 0) return
  const touched = new Set<string>()
  const taken = wordsOf(sheet)
  for (const [index, trace] of scene.traces.entries())
    drawWay(scene, sheet, lines, trace, { index, width, touched, taken })
  dim(sheet, touched)
}

/** What no badge may cover. */
function wordsOf(sheet: Sheet): Rect[] {
  const texts = [...sheet.bands, ...sheet.boxes, ...sheet.enclosures].flatMap((part) => part.texts)
  return [
    ...texts.map(rectOfText),
    ...sheet.chips,
    ...sheet.pills,
    ...sheet.boxes.filter((box) => box.kind === 'client'),
  ]
}

function drawWay(
  scene: Scene,
  sheet: Sheet,
  lines: Lines,
  trace: Trace,
  {
    index,
    width,
    touched,
    taken,
  }: {
    readonly index: number
    readonly width: number
    readonly touched: Set<string>
    readonly taken: Rect[]
  },
): void {
  const letter = scene.traces.length > 1 ? String.fromCharCode(65 + (index % 26)) : ''
  const stations: { station: Station; numbers: number[] }[] = []
  for (const [at, hop] of trace.hops.entries()) {
    const last = stations.at(-1)
    const shown = hop.kind === 'drop' ? null : stationOf(scene, sheet, lines, hop, trace)
    // In at one gate only: what happens later on a host, the picture does not show.
    const isLate = shown?.is === 'gate' && stations.some(({ station }) => station.is !== 'client')
    // The way in to a container's own port is one line, behind the band it belongs to.
    const isBehind = shown?.is === 'band' && last?.station.is === 'gate' && last.station.way.container !== ''
    const found = (isLate || isBehind ? null : shown) ?? last?.station ?? null
    if (found === null) continue
    if (last !== undefined && keyOf(last.station) === keyOf(found)) last.numbers.push(at + 1)
    else stations.push({ station: found, numbers: [at + 1] })
  }
  const shift = index === 0 ? 0 : (index % 2 === 1 ? 1 : -1) * Math.ceil(index / 2) * BESIDE
  let points: Point[] = []
  const anchors: Point[] = []
  for (const [at, { station }] of stations.entries()) {
    const before = stations[at - 1]?.station
    const step = before === undefined ? null : between(sheet, lines, before, station, trace)
    if (step !== null) {
      const [first] = step
      const end = points.at(-1)
      if (end !== undefined && first !== undefined && (end.x !== first.x || end.y !== first.y))
        points.push(...joined(sheet, end, first, before))
      points.push(...step)
    }
    anchors.push(points.at(-1) ?? middleOf(station))
    touch(sheet, station, touched)
    if (before !== undefined) touchBetween(before, station, touched, sheet)
  }
  points = tidy(points) as Point[]
  const dropped = !trace.reached
  if (points.length > 1) {
    const subject = { is: 'client' } as const
    sheet.lines.push({
      id: sheet.id(subject, `way${index + 1}`),
      subject,
      emphasis: 'way',
      hue: null,
      kind: 'way',
      points: shift === 0 ? points : points.map((point) => ({ x: point.x + shift, y: point.y + shift })),
      arrow: dropped ? 'none' : 'end',
      way: index + 1,
      from: '',
      to: '',
      gaps: [],
      dots: [],
    })
  }
  for (const [at, { station, numbers }] of stations.entries()) {
    const count = trace.hops.length
    const isDrop = dropped && numbers.at(-1) === count
    const told = isDrop ? numbers.slice(0, -1) : numbers
    const texts = [...(told.length === 0 ? [] : [rangeOf(told, letter)]), ...(isDrop ? [''] : [])]
    for (const text of texts) {
      const half = badgeHalf(text)
      const spot =
        text === '' && anchors[at] !== undefined && points.length > 1
          ? anchors[at]
          : spotOf(station, anchors[at], taken, half, width)
      taken.push(around(spot, half))
      const subject = { is: 'client' } as const
      sheet.badges.push({
        id: sheet.id(subject, `hop${index + 1}_${text === '' ? 'drop' : (told[0] ?? 0)}`),
        subject,
        emphasis: 'way',
        hue: null,
        kind: text === '' ? 'drop' : told.at(-1) === count ? 'reached' : 'step',
        way: index + 1,
        text,
        ...spot,
        radius: RADIUS,
      })
    }
  }
}

/** Hops at one place have one badge: `4`, `A4–9`. */
const rangeOf = (numbers: readonly number[], letter: string): string => {
  const [first = 0] = numbers
  const last = numbers.at(-1) ?? first
  return first === last ? `${letter}${first}` : `${letter}${first}–${last}`
}

/** Half of the width of a badge. */
export const badgeHalf = (text: string): number => Math.max(RADIUS, text.length * 3.4 + 5)

const around = (spot: Point, half: number): Rect => ({
  x: spot.x - half,
  y: spot.y - RADIUS,
  width: 2 * half,
  height: 2 * RADIUS,
})

function stationOf(scene: Scene, sheet: Sheet, lines: Lines, hop: Hop, trace: Trace): Station | null {
  const band = (): Station | null => {
    const found = sheet.bands.find(
      (one) => one.subject.is === 'network' && one.subject.network === hop.network,
    )
    return found === undefined ? null : { is: 'band', network: hop.network, band: found }
  }
  const gate = (): Station | null => {
    const way =
      lines.waysIn.find((one) => one.host === hop.host && one.container === trace.destination) ??
      lines.waysIn.find((one) => one.host === hop.host && one.container === '')
    return way === undefined || trace.request.from.kind !== 'client' ? null : { is: 'gate', way }
  }
  switch (hop.sandbox) {
    case 'container':
      return cardStation(scene, sheet, hop.container)
    case 'overlay':
      return band()
    case 'ingress':
      return band() ?? gate()
    case 'host':
      if (hop.kind === 'bridge') return band()
      if (hop.kind === 'forward') return hop.network === '' ? gate() : band()
      return gate() ?? band()
    case 'outside':
      if (hop.kind === 'send' && trace.request.from.kind === 'client') return outer(sheet, 'client')
      if (hop.kind === 'deliver' && trace.request.to.kind === 'client') return outer(sheet, 'client')
      return outer(sheet, 'outside')
    default:
      return hop.sandbox satisfies never
  }
}

function outer(sheet: Sheet, is: 'client' | 'outside'): Station | null {
  const box = sheet.boxes.find((one) => one.kind === is)
  return box === undefined ? null : { is, box }
}

function cardStation(scene: Scene, sheet: Sheet, container: string): Station | null {
  const card = scene.cards.find((one) => one.members.some((member) => member.container === container))
  if (card === undefined) return null
  const box = sheet.boxes.find((one) => one.subject.is === 'container' && one.subject.container === container)
  return box === undefined ? null : { is: 'card', container: card.container, box, id: box.id }
}

const keyOf = (station: Station): string =>
  station.is === 'gate'
    ? `gate ${station.way.pill}`
    : station.is === 'card'
      ? `card ${station.id}`
      : station.is === 'band'
        ? `band ${station.network}`
        : station.is

function middleOf(station: Station): Point {
  const rect = rectOf(station)
  return rect === null ? { x: 0, y: 0 } : { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }
}

const rectOf = (station: Station): Rect | null =>
  station.is === 'gate' ? null : station.is === 'band' ? station.band : station.box

/** The line from one station to the next, in the direction of the packet; `null` where the picture has none. */
function between(
  sheet: Sheet,
  lines: Lines,
  from: Station,
  to: Station,
  trace: Trace,
): readonly Point[] | null {
  if (from.is === 'client' && to.is === 'gate') return toPill(sheet, to.way)
  if (from.is === 'gate' && to.is === 'card') return fromPill(sheet, from.way)
  if (from.is === 'gate' && to.is === 'band') return fromPill(sheet, from.way)
  if (from.is === 'card' && to.is === 'band')
    return lines.leads.get(`${from.container} ${to.network}`) ?? null
  if (from.is === 'band' && to.is === 'card') {
    const lead = lines.leads.get(`${to.container} ${from.network}`)
    return lead === undefined ? null : [...lead].reverse()
  }
  const [a, b] = [boxOf(sheet, from), boxOf(sheet, to)]
  if (a === null || b === null || trace.hops.length === 0) return null
  return connect(sheet, a, b)
}

const boxOf = (sheet: Sheet, station: Station): Rect | null =>
  station.is === 'gate' ? (sheet.pills.find((pill) => pill.id === station.way.pill) ?? null) : rectOf(station)

/** A way of its own between two parts, around all others. */
function connect(sheet: Sheet, from: Rect, to: Rect): readonly Point[] | null {
  const rects = [...sheet.bands, ...sheet.boxes, ...sheet.chips, ...sheet.pills].filter(
    (rect) => rect !== from && rect !== to && !overlap(rect, from) && !overlap(rect, to),
  )
  const isAbove = from.y + from.height <= to.y
  const start = { x: from.x + from.width / 2, y: isAbove ? from.y + from.height + 2 : from.y - 2 }
  const end = { x: to.x + to.width - 24, y: isAbove ? to.y - 2 : to.y + to.height + 2 }
  return route(start, end, { rects, lines: sheet.lines.map((line) => line.points) })
}

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const pillOf = (sheet: Sheet, way: WayIn): Rect | null =>
  sheet.pills.find((pill) => pill.id === way.pill) ?? null

function toPill(sheet: Sheet, way: WayIn): readonly Point[] {
  const pill = pillOf(sheet, way)
  if (pill === null) return way.points
  const cut = way.points.findIndex((point) => point.y >= pill.y)
  return cut < 0 ? way.points : [...way.points.slice(0, cut), { x: way.points[cut]?.x ?? 0, y: pill.y }]
}

function fromPill(sheet: Sheet, way: WayIn): readonly Point[] {
  const pill = pillOf(sheet, way)
  if (pill === null) return way.points.slice(-1)
  const rest = way.points.filter((point) => point.y > pill.y + pill.height)
  const [first] = rest
  return first === undefined ? [] : [{ x: first.x, y: pill.y + pill.height }, ...rest]
}

/** Along a band from where one line ends to where the next begins. */
function joined(sheet: Sheet, from: Point, to: Point, before: Station | undefined): readonly Point[] {
  const band = before?.is === 'band' ? before.band : null
  if (band === null) return from.x === to.x ? [] : [{ x: from.x, y: to.y }]
  const [bottom, isSame] = [band.y + band.height, Math.abs(from.y - to.y) < 1]
  // On the edge, so that its words stay free.
  if (isSame) return []
  const x = crossingAt(sheet, band, from.x, to.x)
  const [first, last] = from.y < to.y ? [band.y, bottom] : [bottom, band.y]
  return [
    { x: from.x, y: first },
    { x, y: first },
    { x, y: last },
    { x: to.x, y: last },
  ]
}

/** Where a way may cross a band without running over its words: as near as can be to one of the two ends. */
function crossingAt(sheet: Sheet, band: PlacedBand, from: number, to: number): number {
  const words = wordsIn(sheet, band)
  const isFree = (x: number): boolean => words.every((rect) => x < rect.x - 5 || x > rect.x + rect.width + 5)
  const candidates = [from, to]
  for (let step = 4; step < band.width; step += 4) candidates.push(from + step, from - step)
  return candidates.find((x) => x > band.x + 6 && x < band.x + band.width - 6 && isFree(x)) ?? from
}

const wordsIn = (sheet: Sheet, band: PlacedBand): readonly Rect[] => [
  ...band.texts.map(rectOfText),
  ...sheet.chips.filter((chip) => chip.owner === band.id),
]

/** The first free place near where the hop happens. */
function spotOf(
  station: Station,
  anchor: Point | undefined,
  taken: readonly Rect[],
  half: number,
  width: number,
): Point {
  const isFree = (point: Point): boolean =>
    point.x - half > 1 &&
    point.x + half < width - 1 &&
    taken.every((rect) => !overlap(rect, around(point, half)))
  const candidates: Point[] = []
  const rect = rectOf(station)
  if (station.is === 'card' && rect !== null) {
    const middle = rect.y + rect.height / 2
    for (const y of [middle, middle - 12, middle + 12, rect.y, rect.y + rect.height])
      candidates.push({ x: rect.x - half + RADIUS - 1, y }, { x: rect.x + rect.width + half - RADIUS + 1, y })
  } else {
    const at = anchor ?? middleOf(station)
    // Beside the line, then along the edge.
    for (let step = 0; step < 30; step++)
      for (const side of [-1, 1])
        for (const dy of station.is === 'band' ? [0] : [-4, -10, 8, 20])
          candidates.push({ x: at.x + side * (half + 4 + step * 8), y: at.y + dy })
  }
  return candidates.find(isFree) ?? candidates[0] ?? { x: 0, y: 0 }
}

function touch(sheet: Sheet, station: Station, touched: Set<string>): void {
  if (station.is === 'card') {
    touched.add(station.id)
    for (const one of sheet.enclosures)
      if (one.kind === 'pod' && overlap(one, station.box)) touched.add(one.id)
  }
  if (station.is === 'band') touched.add(station.band.id)
  if (station.is === 'gate') touched.add(station.way.pill)
  if (station.is === 'client' || station.is === 'outside') touched.add(station.box.id)
}

function touchBetween(from: Station, to: Station, touched: Set<string>, sheet: Sheet): void {
  const [card, band] = from.is === 'card' ? [from, to] : [to, from]
  if (card.is !== 'card' || band.is !== 'band') return
  for (const part of [...sheet.chips, ...sheet.lines])
    if (
      part.subject.is === 'attachment' &&
      part.subject.container === card.container &&
      part.subject.network === band.network
    )
      touched.add(part.id)
}

/** All that no way touches. Hosts and what is said about them stay as they are. */
function dim(sheet: Sheet, touched: ReadonlySet<string>): void {
  for (const list of [sheet.lines, sheet.bands, sheet.boxes, sheet.chips, sheet.pills])
    for (const [index, part] of list.entries())
      if (part.emphasis === 'plain' && !touched.has(part.id))
        Object.assign(list, { [index]: { ...part, emphasis: 'dim' } })
}
