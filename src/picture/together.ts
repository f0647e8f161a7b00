/** Hosts beside each other, with networks that run over all of them. */
import { type ApartBlock, apartOf } from './apart.ts'
import { type Arranged, arrange } from './arrange.ts'
import { leastBand } from './band.ts'
import { type Candidates, candidatesOf, inOrder } from './candidates.ts'
import { cardsOf, devicesWidth, titlePlace } from './content.ts'
import type { ArrangeOptions } from './fit.ts'
import { flipped } from './flip.ts'
import { gatesOf, meshGates } from './gates.ts'
import { type Laid, paintHost, stackedWidth } from './hosts.ts'
import { type Looks, looksOf, OUT } from './look.ts'
import { ADDRESS, chipSize, NAME, room } from './measure.ts'
import { paintPart } from './paint.ts'
import type { Part } from './part.ts'
import type { Point, Rect } from './placed.ts'
import { type Head, headOf, NO_HEAD, titleWidth } from './plumbing.ts'
import { HOST_GAP, HOST_PAD, MARGIN, TITLE, TITLE_BELOW } from './rooms.ts'
import type { Scene, SceneHost, SceneNetwork } from './scene.ts'
import type { Sheet } from './sheet.ts'
import { SHELF_GAP } from './shelves.ts'

/** Hosts in one row, arranged but not yet in their place. */
export interface HostRow {
  readonly scene: Scene
  readonly looks: Looks
  readonly arranged: Arranged
  readonly candidates: Candidates
  readonly aparts: readonly ApartBlock[]
  readonly heads: readonly Head[]
  readonly gap: number
  readonly isTight: boolean
  readonly isCramped: boolean
}

export interface RowOptions {
  /** Found before for this scene and width. */
  readonly candidates?: Candidates
  /** Networks over all hosts, from top to bottom, where their order is given. */
  readonly order?: readonly string[]
  /** Least inner width of a host. */
  readonly least?: number
  /** Lines of the way in come from below. */
  readonly isLower?: boolean
}

/** Hosts with networks over all of them: columns that the bands run through. */
export function placeTogether(scene: Scene, looks: Looks, sheet: Sheet, width: number, top: number): Laid {
  return paintRow(arrangeRow(scene, looks, width), sheet, { x: MARGIN, y: top })
}

/** @param width From the left edge of the first host to the right one of the last, with a margin on either side. */
export function arrangeRow(scene: Scene, looks: Looks, width: number, row: RowOptions = {}): HostRow {
  const inner = width - 2 * MARGIN - 2 * HOST_PAD
  const isTight = scene.hosts.length > MOST_ROOMY && scene.hosts.every((host) => host.plumbing === null)
  const gap = gapOf(scene, isTight)
  const title = (host: SceneHost): number => (isTight ? stackedWidth(host) : titleWidth(host))
  const hostWidth = (width - 2 * MARGIN - gap * (scene.hosts.length - 1)) / scene.hosts.length - 2 * HOST_PAD
  const aparts = scene.hosts.map((host) => apartOf(scene, looks, host.name, Math.max(110, hostWidth)))
  const heads = scene.hosts.map((host) => headOf(scene, host, hostWidth))
  const known = row.candidates ?? rowCandidates(looks, inner)
  const candidates = row.order === undefined ? known : inOrder(looks, known, inner, row.order)
  const options: ArrangeOptions = {
    width: inner,
    hostGap: 2 * HOST_PAD + gap,
    wide: null,
    onCards: scene.view === 'bus',
    overhang: HOST_PAD / 2,
    hostLeast: scene.hosts.map((host, index) =>
      Math.max(
        row.least ?? 0,
        title(host) + (row.isLower ? 0 : meshWidth(host)),
        devicesWidth(host),
        aparts[index]?.width ?? 0,
        heads[index]?.least ?? 0,
        ...scene.networks.map((network) => leastPart(network, host.name)),
      ),
    ),
  }
  const isCrampedIn = (part: Part, host: SceneHost, index: number): boolean => {
    if (row.isLower) return false
    const column = part.hosts[index] ?? { left: 0, right: 0 }
    const xs = part.wires
      .filter((wire) => wire.net === OUT)
      .map((wire) => (wire.points.at(-1)?.x ?? 0) - column.left)
      .filter((x) => x > -HOST_PAD && x < column.right - column.left + HOST_PAD)
    return titlePlace(title(host), xs, column.right - column.left - meshWidth(host)) === null
  }
  /** A little wider where a title would have to stand at the lower edge. */
  const roomy = (own: ArrangeOptions, found: Arranged): Arranged => {
    const first = own === options ? found : arrange(looks, candidates, own)
    if (!scene.hosts.some((host, index) => isCrampedIn(first.part, host, index))) return first
    const hostLeast = scene.hosts.map((host, index) =>
      isCrampedIn(first.part, host, index)
        ? Math.max(own.hostLeast[index] ?? 0, 2 * title(host) + 32 + meshWidth(host))
        : (own.hostLeast[index] ?? 0),
    )
    const wider = arrange(looks, candidates, { ...own, hostLeast })
    const isBetter =
      wider.part.width <= Math.max(inner, first.part.width) &&
      !scene.hosts.some((host, index) => isCrampedIn(wider.part, host, index))
    return isBetter ? wider : first
  }
  const once = arrange(looks, candidates, options)
  let partWords = wordsIn(scene, once.part)
  let arranged = roomy(Number.isFinite(partWords) ? { ...options, partWords } : options, once)
  // Arranged for those, the host may have become narrower.
  for (let tries = 0; tries < TRIES && wordsIn(scene, arranged.part) < partWords - 0.5; tries++) {
    partWords = wordsIn(scene, arranged.part)
    arranged = roomy({ ...options, partWords }, once)
  }
  const isCramped = scene.hosts.some((host, index) => isCrampedIn(arranged.part, host, index))
  return { scene, looks, arranged, candidates: known, aparts, heads, gap, isTight, isCramped }
}

const rowCandidates = (looks: Looks, inner: number): Candidates =>
  candidatesOf(
    looks,
    looks.scene.hosts.flatMap((host) => cardsOf(looks.scene, host.name)),
    looks.scene.networks.map((_, index) => index),
    inner,
  )

/** Times that words of bands are broken anew for a host that has become narrower. */
const TRIES = 3

/** Words of a band that lies on hosts alone have to fit on the first of them, whose width is known now. */
const wordsIn = (scene: Scene, part: Part): number =>
  Math.min(
    ...scene.networks.flatMap(({ parts: [first] }) => {
      const at = part.hosts[scene.hosts.findIndex((host) => host.name === first?.host)]
      return at === undefined ? [] : [at.right - at.left + HOST_PAD]
    }),
  )

/** @param at Upper left corner of the first host. */
export function paintRow(row: HostRow, sheet: Sheet, at: Point): Laid {
  const { scene, aparts, heads, isTight } = row
  const { part } = row.arranged
  const headHeight = Math.max(
    ...heads.map((head, index) => {
      const column = part.hosts[index] ?? { left: 0, right: 0 }
      return head.heightAt(column.right - column.left)
    }),
  )
  const origin = { x: at.x + HOST_PAD, y: at.y + TITLE + headHeight }
  const { entries, leads } = paintPart(scene, sheet, row.arranged, origin, scene.view === 'bus')
  const below = origin.y + part.height + (part.height > 0 ? SHELF_GAP : 0)
  const ends = aparts.map((apart, index) =>
    apart.width === 0 ? 0 : apart.paint(sheet, { x: origin.x + (part.hosts[index]?.left ?? 0), y: below }),
  )
  const lowest = Math.max(origin.y + part.height, ...ends) + HOST_PAD + (scene.underlay === null ? 0 : 6)
  const bottom = lowest + (row.isCramped ? TITLE_BELOW : 0)
  const hosts = hostRects(row, at, bottom)
  const gates = scene.hosts.flatMap((host, index) => {
    const rect = hosts[index]
    if (rect === undefined) return []
    const own = entries.filter((entry) => entry.x > rect.x && entry.x < rect.x + rect.width)
    const found = [...gatesOf(scene, sheet, host, rect, own, true), ...meshGates(sheet, host, rect)]
    return [...found, ...paintHost(sheet, host, rect, heads[index] ?? NO_HEAD, { isStacked: isTight })]
  })
  return { right: rightOf(hosts) + MARGIN, bottom, entries: gates, leads, hosts }
}

/** Between the name of a host and what hangs on its upper edge. */
const NIC_ABOVE = 8
/** Between the lowest band and the pills on the lower edge. */
const WAY_UP = 30

/** A row upside down, except for its titles: packets come in at its lower edge, and its interfaces are at the upper one. */
export function paintLowerRow(row: HostRow, sheet: Sheet, at: Point): Laid {
  const { scene, aparts } = row
  const part = flipped(row.arranged.part)
  const top = at.y + TITLE + NIC_ABOVE
  const tall = Math.max(0, ...aparts.map((apart) => apart.height))
  const origin = { x: at.x + HOST_PAD, y: top + (tall === 0 ? 0 : tall + SHELF_GAP) }
  for (const [index, apart] of aparts.entries())
    if (apart.width > 0) apart.paint(sheet, { x: origin.x + (part.hosts[index]?.left ?? 0), y: top })
  const { entries, leads } = paintPart(scene, sheet, { ...row.arranged, part }, origin, false)
  const hasWayIn = entries.length > 0 || scene.hosts.some((host) => host.mesh.length > 0)
  const bottom = origin.y + part.height + (hasWayIn ? WAY_UP : HOST_PAD)
  const hosts = hostRects(row, at, bottom)
  const gates = scene.hosts.flatMap((host, index) => {
    const rect = hosts[index]
    if (rect === undefined) return []
    const own = entries.filter((entry) => entry.x > rect.x && entry.x < rect.x + rect.width)
    const found = [
      ...gatesOf(scene, sheet, host, rect, own, true, 'below'),
      ...meshGates(sheet, host, rect, 'below'),
    ]
    paintHost(sheet, host, rect, NO_HEAD, { isStacked: row.isTight, isUpsideDown: true })
    return found
  })
  return { right: rightOf(hosts) + MARGIN, bottom, entries: gates, leads, hosts }
}

const rightOf = (hosts: readonly Rect[]): number => Math.max(...hosts.map(({ x, width }) => x + width))

const hostRects = ({ scene, arranged: { part } }: HostRow, at: Point, bottom: number): readonly Rect[] =>
  scene.hosts.map((_, index) => {
    const { left, right } = part.hosts[index] ?? { left: 0, right: 0 }
    return { x: at.x + left, y: at.y, width: right - left + 2 * HOST_PAD, height: bottom - at.y }
  })

/** No row of all hosts is narrower. */
export function leastBeside(scene: Scene): number {
  const { widths } = looksOf(scene)
  const least = scene.hosts.map(({ name }) =>
    Math.max(0, ...cardsOf(scene, name).map((card) => widths[card] ?? 0)),
  )
  return least.reduce((sum, one) => sum + one + 2 * HOST_PAD + HOST_GAP / 2, 2 * MARGIN - HOST_GAP / 2)
}

/** More hosts than these beside each other stand closer, with their role below their name. */
const MOST_ROOMY = 3

/** Between hosts, with room for tunnels where these are drawn. */
function gapOf(scene: Scene, isTight: boolean): number {
  const tunnels = scene.networks.filter((network) => network.parts.length > 1)
  if (tunnels.length === 0) return isTight ? HOST_GAP / 2 : HOST_GAP
  const words = Math.max(...tunnels.map((network) => room(network.tunnel, ADDRESS)))
  return Math.max(words > 0 ? words + 20 : 0, 3 * HOST_GAP)
}

/** Room for what of a network lies on a host. */
function leastPart(network: SceneNetwork, host: string): number {
  const part = network.parts.find((one) => one.host === host)
  if (part === undefined) return 0
  if (part === network.parts[0]) return leastBand(network)
  return Math.max(room(network.title, NAME), ...part.chips.map((chip) => chipSize([chip.text]).width))
}

/** Room for the pill of the routing mesh beside the title. */
const meshWidth = (host: SceneHost): number =>
  host.mesh.length === 0 ? 0 : chipSize([host.mesh.map((port) => port.text).join(', ')]).width / 2 + 20
