/** What one host holds, before its place is known. */
import { type ApartBlock, apartOf } from './apart.ts'
import { type Arranged, arrange } from './arrange.ts'
import { candidatesOf } from './candidates.ts'
import type { ArrangeOptions } from './fit.ts'
import { componentsOf } from './graph.ts'
import { arrangeLadder } from './ladder.ts'
import { type Looks, OUT } from './look.ts'
import { chipSize } from './measure.ts'
import { type Entry, paintPart } from './paint.ts'
import type { Point, Rect } from './placed.ts'
import { type Head, headOf, titleWidth } from './plumbing.ts'
import { COMFORT, HOST_PAD, TITLE, TITLE_BELOW } from './rooms.ts'
import type { Scene, SceneHost } from './scene.ts'
import type { Sheet } from './sheet.ts'
import { placesOf, SHELF_GAP, type Shelves, shelvesOf } from './shelves.ts'

/** What one host holds, before its place is known. */
export interface Content {
  readonly shelves: Shelves
  readonly apart: ApartBlock
  readonly onCards: boolean
  readonly head: Head
  /** Inner width. */
  readonly width: number
  readonly height: number
}

export function contentOf(
  scene: Scene,
  looks: Looks,
  host: SceneHost,
  inner: number,
  isAlone: boolean,
): Content {
  const networks = scene.networks.flatMap((network, at) => (network.host === host.name ? [at] : []))
  // Between bars nothing comes down from the edge of the host.
  const isLadder = scene.view === 'bus'
  const components = componentsOf(scene, networks, cardsOf(scene, host.name))
  const inRoom = (room: number): ((wide: boolean | null, onCards: boolean) => readonly Arranged[]) => {
    const found = components.map((one) => arranger(looks, one, room, isLadder))
    const options = { width: room, hostGap: 0, hostLeast: [], overhang: 0 }
    return (wide, onCards) => found.map((arranged) => arranged({ ...options, wide, onCards }))
  }
  // Pills stand on the edge of the host only where all of them can.
  const arranged = (parts: ReturnType<typeof inRoom>, wide: boolean | null): Arrangement => {
    const shelves = shelvesOf(parts(wide, isLadder), inner)
    if (isLadder) return { shelves, onCards: true }
    const isHidden = shelves.rows
      .slice(1)
      .some((row) => row.some(({ graph }) => graph.blocks.some((one) => one.out)))
    return isHidden
      ? { shelves: shelvesOf(parts(wide, true), inner), onCards: true }
      : { shelves, onCards: false }
  }
  const priceOf = ({ shelves: { height, width } }: Arrangement): number =>
    height + 8 * Math.max(0, width - inner)
  const cheapest = (tries: readonly Arrangement[]): Arrangement =>
    tries.reduce((best, one) => (priceOf(one) < priceOf(best) ? one : best))
  // Several parts side by side, with their texts below each other, or each as wide as its text.
  const whole = inRoom(inner)
  const first =
    components.length > 1
      ? cheapest([arranged(whole, true), arranged(whole, false)])
      : arranged(whole, isAlone ? null : false)
  // Parts that would lie below each other are tried narrower, in columns.
  const counts = first.shelves.rows.length > 1 && !isLadder ? columnsFor(components, inner) : []
  const columns = counts.map((count) =>
    arranged(inRoom(Math.floor((inner + SHELF_GAP) / count) - SHELF_GAP), false),
  )
  const { shelves, onCards } = cheapest([
    first,
    ...columns.filter((one) => priceOf(one) < priceOf(first) * MUCH_LOWER),
  ])
  const head = headOf(scene, host, inner)
  const own = Math.max(titleWidth(host), devicesWidth(host), head.least, shelves.width)
  const least = Math.max(own, isAlone ? Math.min(inner, COMFORT) : 110)
  const apart = apartOf(
    scene,
    looks,
    host.name,
    isAlone ? Math.max(least, Math.min(inner, 420)) : Math.max(least, inner),
  )
  const narrowest = Math.max(least, apart.width)
  const hasTitleAt = (width: number): boolean =>
    titlePlace(titleWidth(host), entriesOf(shelves, width, onCards), width) !== null
  // A little wider is better than a title at the lower edge.
  const wider = Math.min(Math.max(narrowest, inner), narrowest + 2 * titleWidth(host) + 32)
  const full = !hasTitleAt(narrowest) && hasTitleAt(wider) ? wider : narrowest
  const height =
    TITLE +
    head.heightAt(full) +
    shelves.height +
    (apart.width === 0 ? 0 : apart.height + SHELF_GAP) +
    HOST_PAD
  return {
    shelves,
    apart,
    onCards,
    head,
    width: full,
    height: height + (hasTitleAt(full) ? 0 : TITLE_BELOW),
  }
}

interface Arrangement {
  readonly shelves: Shelves
  readonly onCards: boolean
}

type Component = ReturnType<typeof componentsOf>[number]

/** One part, however its texts are broken; each way of it is arranged once. */
function arranger(
  looks: Looks,
  { cards, networks }: Component,
  room: number,
  isLadder: boolean,
): (options: ArrangeOptions) => Arranged {
  if (isLadder) return (options) => arrangeLadder(looks, cards, networks, options)
  const candidates = candidatesOf(looks, cards, networks, room)
  const hasPorts = candidates.graph.blocks.some((block) => block.out)
  const known = new Map<string, Arranged>()
  return (options) => {
    // Pills make a difference only where there are some, and large ones have their words broken in any case.
    const key = `${options.wide && !candidates.isLarge} ${hasPorts && options.onCards}`
    const found = known.get(key) ?? arrange(looks, candidates, options)
    known.set(key, found)
    return found
  }
}

/** Narrow parts have more lines, so they have to be worth it. */
const MUCH_LOWER = 0.85
/** A column is no narrower than this, and a part in one no larger. */
const LEAST_COLUMN = 190
const LARGEST_IN_COLUMN = 24

/** How many columns are tried for parts of several networks each. */
function columnsFor(components: readonly Component[], inner: number): readonly number[] {
  const most = Math.max(...components.map(({ cards, networks }) => cards.length + networks.length))
  const wide = components.filter(({ cards, networks }) => cards.length > 2 || networks.length > 1)
  if (wide.length < 2 || most > LARGEST_IN_COLUMN) return []
  return [2, 3].filter(
    (count) => count <= components.length && (inner + SHELF_GAP) / count - SHELF_GAP >= LEAST_COLUMN,
  )
}

/** Where lines of the way in come down from the edge of the host, from its inner left edge. */
function entriesOf(shelves: Shelves, width: number, onCards: boolean): readonly number[] {
  if (onCards) return []
  return placesOf(shelves, width)
    .filter(({ row }) => row === 0)
    .flatMap(({ arranged, x }) =>
      arranged.part.wires.flatMap((wire) => (wire.net === OUT ? [x + (wire.points.at(-1)?.x ?? 0)] : [])),
    )
}

/** Where the title of a host stands beside the lines that come down there, from its inner left edge; else `null`. */
export function titlePlace(title: number, entries: readonly number[], width: number): number | null {
  const edges = [-8, ...[...entries].sort((a, b) => a - b), width + 8]
  for (let i = 1; i < edges.length; i++) {
    const [from = 0, to = 0] = [edges[i - 1], edges[i]]
    if (to - from >= title + 16) return from + 8
  }
  return null
}

export function paintContent(
  scene: Scene,
  sheet: Sheet,
  { shelves, apart, onCards, head, width }: Content,
  host: Rect,
  leads: Map<string, readonly Point[]>,
): readonly Entry[] {
  const origin = { x: host.x + HOST_PAD, y: host.y + TITLE + head.heightAt(width) }
  const found: Entry[] = []
  for (const { arranged, x, y } of placesOf(shelves, width)) {
    const painted = paintPart(scene, sheet, arranged, { x: origin.x + x, y: origin.y + y }, onCards)
    found.push(...painted.entries)
    for (const [key, points] of painted.leads) leads.set(key, points)
  }
  const below = origin.y + (shelves.rows.length === 0 ? 0 : shelves.height + SHELF_GAP)
  if (apart.width > 0) apart.paint(sheet, { x: origin.x, y: below })
  return found
}

export const cardsOf = (scene: Scene, host: string): readonly number[] =>
  scene.cards.flatMap((card, index) => (card.host === host && card.apart === null ? [index] : []))

export const devicesWidth = (host: SceneHost): number =>
  host.devices.reduce((sum, { text }) => sum + chipSize([text]).width + 8, -8)
