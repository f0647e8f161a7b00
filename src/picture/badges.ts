/**
 * A numbered badge beside everything that hops of a way happen in, one for all that happen there one after the other, and
 * a cross where the packet is dropped.
 */
import type { Trace } from '../trace/trace.ts'
import type { Point, Rect } from './placed.ts'
import type { Sheet } from './sheet.ts'

export const RADIUS = 9
/** Between two badges. */
export const APART = 2

/** Half of the width of a badge. */
export const badgeHalf = (text: string): number => Math.max(RADIUS, text.length * 3.4 + 5)

/** What stands on the badge of hops that follow each other. @param hops Indices, from 0. */
export const stepText = (letter: string, { from, to }: Steps): string =>
  from === to ? `${letter}${from + 1}` : `${letter}${from + 1}–${to + 1}`

export interface Steps {
  readonly from: number
  readonly to: number
}

/** Runs of hops that follow each other. @param hops Indices in ascending order. */
export function stepsOf(hops: readonly number[]): readonly Steps[] {
  const runs: { from: number; to: number }[] = []
  for (const hop of hops) {
    const last = runs.at(-1)
    if (last !== undefined && last.to === hop - 1) last.to = hop
    else runs.push({ from: hop, to: hop })
  }
  return runs
}

/** A part of the picture that packets come to. */
export interface Station {
  readonly id: string
  /** `pass`: a line runs on over it. Elsewhere it ends at the one edge and begins at the other. */
  readonly kind: 'card' | 'band' | 'end' | 'pass'
  readonly rect: Rect
}

/** Hops that happen at one place after another. */
export interface Stop {
  readonly station: Station
  /** What of it lies where the hops happen. */
  readonly rect: Rect
  /** Indices in the trace's hops. */
  readonly hops: number[]
  /** Where the way comes to it; `null` where it begins. */
  at: Point | null
}

interface Badges {
  readonly trace: Trace
  readonly stops: readonly Stop[]
  /** From 1. */
  readonly way: number
  /** `''` where there is one way. */
  readonly letter: string
  /** What no badge may cover; grows. */
  readonly taken: Rect[]
  /** Of the figure. */
  readonly width: number
}

export function placeBadges(sheet: Sheet, { trace, stops, way, letter, taken, width }: Badges): void {
  const last = trace.hops.length - 1
  const put = (spot: Point, text: string, kind: 'step' | 'drop' | 'reached', suffix: string): void => {
    const subject = { is: 'client' } as const
    taken.push(around(spot, badgeHalf(text)))
    sheet.badges.push({
      id: sheet.id(subject, `hop${way}_${suffix}`),
      subject,
      emphasis: 'way',
      hue: null,
      kind,
      way,
      text,
      ...spot,
      radius: RADIUS,
    })
  }
  for (const stop of stops) {
    // On another box a number would seem to be of that one.
    const others = sheet.boxes.filter(({ id }) => id !== stop.station.id).map(inside)
    const isDrop = !trace.reached && stop.hops.at(-1) === last
    const told = isDrop ? stop.hops.slice(0, -1) : stop.hops
    if (isDrop) put(crossAt(stop, [...taken, ...others], width), '', 'drop', 'drop')
    const runs = stepsOf(told)
    const texts = runs.map((run) => stepText(letter, run))
    const halves = texts.map(badgeHalf)
    const spots =
      freeSpots(stop, [...taken, ...others], halves, width) ??
      freeSpots(stop, taken, halves, width) ??
      inRow(stop, halves)
    for (const [at, spot] of spots.entries()) {
      const { from, to } = runs[at] ?? { from: 0, to: 0 }
      put(spot, texts[at] ?? '', to === last ? 'reached' : 'step', String(from + 1))
    }
  }
}

const around = (spot: Point, half: number): Rect => ({
  x: spot.x - half - APART / 2,
  y: spot.y - RADIUS,
  width: 2 * half + APART,
  height: 2 * RADIUS,
})

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** At the end of the way, where there is one; else beside what the packet was dropped in. */
const crossAt = (stop: Stop, taken: readonly Rect[], width: number): Point =>
  stop.at ?? freeSpots(stop, taken, [RADIUS], width)?.[0] ?? { x: stop.rect.x, y: stop.rect.y }

/** A badge may touch the edge of a box. */
const inside = ({ x, y, width, height }: Rect): Rect => ({
  x: x + TOUCH,
  y: y + TOUCH,
  width: width - 2 * TOUCH,
  height: height - 2 * TOUCH,
})
const TOUCH = 5

/** Places for badges that belong together, in the order of reading: in one row if there is room for it, else in more. */
function freeSpots(
  stop: Stop,
  taken: readonly Rect[],
  halves: readonly number[],
  width: number,
): readonly Point[] | null {
  if (halves.length === 0) return []
  const half = Math.max(...halves)
  const step = 2 * half + APART
  const isFree = (point: Point): boolean =>
    point.x - half > 1 &&
    point.x + half < width - 1 &&
    taken.every((one) => !overlap(one, around(point, half)))
  const near = placesNear(stop, half)
  for (let rows = 1; rows <= halves.length; rows++) {
    const columns = Math.ceil(halves.length / rows)
    // Beginning there, or ending there.
    for (const place of near)
      for (const begin of columns === 1 ? [0] : [0, columns - 1]) {
        const spots = halves.map((_, index) => ({
          x: place.x + ((index % columns) - begin) * step,
          y: place.y + Math.floor(index / columns) * (2 * RADIUS + APART),
        }))
        if (spots.every(isFree)) return spots
      }
  }
  return null
}

/** In one row where the first of them would stand best, whatever lies there. */
function inRow(stop: Stop, halves: readonly number[]): readonly Point[] {
  const half = Math.max(0, ...halves)
  const [near] = placesNear(stop, half)
  return halves.map((_, index) => ({ x: (near?.x ?? 0) + index * (2 * half + APART), y: near?.y ?? 0 }))
}

/** Points beside a part, those next to where the way comes to it first. */
function placesNear({ station, rect, at }: Stop, half: number): readonly Point[] {
  const right = rect.x + rect.width
  const bottom = rect.y + rect.height
  const middle = rect.y + rect.height / 2
  const places: Point[] = []
  if (station.kind === 'band') {
    const x = Math.min(Math.max(at?.x ?? rect.x + rect.width / 2, rect.x + half), right - half)
    const isUpper = at !== null && at.y < middle
    for (let k = 0; k < 40; k++)
      for (const side of [1, -1]) {
        const along = x + side * (half + 4 + k * 8)
        if (along < rect.x || along > right) continue
        for (const y of isUpper ? [rect.y, bottom] : [bottom, rect.y]) places.push({ x: along, y })
      }
    for (let y = rect.y + RADIUS; y < bottom; y += 6)
      for (const edge of [right - half, rect.x + half]) places.push({ x: edge, y })
    return places
  }
  for (const y of [middle, middle - 12, middle + 12, rect.y, bottom])
    places.push({ x: rect.x - half + RADIUS - 1, y }, { x: right + half - RADIUS + 1, y })
  for (let k = 0; k < 12; k++)
    for (const y of [rect.y, middle, bottom])
      places.push({ x: rect.x - half - k * 8, y }, { x: right + half + k * 8, y })
  for (let x = rect.x + half; x <= right - half; x += 6) places.push({ x, y: bottom }, { x, y: rect.y })
  for (let k = 1; k < 6; k++)
    for (let x = rect.x; x <= right; x += 8)
      places.push({ x, y: bottom + k * RADIUS }, { x, y: rect.y - k * RADIUS })
  return places
}
