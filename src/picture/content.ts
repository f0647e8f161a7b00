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
  const components = componentsOf(scene, networks, cardsOf(scene, host.name)).map(
    (one): ((options: ArrangeOptions) => Arranged) => {
      if (isLadder) return (options) => arrangeLadder(looks, one.cards, one.networks, options)
      const candidates = candidatesOf(looks, one.cards, one.networks, inner)
      const hasPorts = candidates.graph.blocks.some((block) => block.out)
      const known = new Map<string, Arranged>()
      return (options) => {
        // Pills make a difference only where there are some, and large ones have their words broken in any case.
        const key = `${options.wide && !candidates.isLarge} ${hasPorts && options.onCards}`
        const found = known.get(key) ?? arrange(looks, candidates, options)
        known.set(key, found)
        return found
      }
    },
  )
  const parts = (wide: boolean | null, onCards: boolean): readonly Arranged[] =>
    components.map((arranged) =>
      arranged({ width: inner, hostGap: 0, hostLeast: [], wide, onCards, overhang: 0 }),
    )
  // Pills stand on the edge of the host only where all of them can.
  const arranged = (wide: boolean | null): { readonly shelves: Shelves; readonly onCards: boolean } => {
    const shelves = shelvesOf(parts(wide, isLadder), inner)
    if (isLadder) return { shelves, onCards: true }
    const isHidden = shelves.rows
      .slice(1)
      .some((row) => row.some(({ graph }) => graph.blocks.some((one) => one.out)))
    return isHidden
      ? { shelves: shelvesOf(parts(wide, true), inner), onCards: true }
      : { shelves, onCards: false }
  }
  const priceOf = ({ height, width }: Shelves): number => height + 8 * Math.max(0, width - inner)
  // Several parts side by side, with their texts below each other, or each as wide as its text.
  const tries = components.length > 1 ? [arranged(true), arranged(false)] : [arranged(isAlone ? null : false)]
  const { shelves, onCards } = tries.reduce((best, one) =>
    priceOf(one.shelves) < priceOf(best.shelves) ? one : best,
  )
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
  const whole = !hasTitleAt(narrowest) && hasTitleAt(wider) ? wider : narrowest
  const height =
    TITLE +
    head.heightAt(whole) +
    shelves.height +
    (apart.width === 0 ? 0 : apart.height + SHELF_GAP) +
    HOST_PAD
  return {
    shelves,
    apart,
    onCards,
    head,
    width: whole,
    height: height + (hasTitleAt(whole) ? 0 : TITLE_BELOW),
  }
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
