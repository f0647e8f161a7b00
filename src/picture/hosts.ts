/** Hosts beside or below each other, and what runs over all of them. */
import { apartOf } from './apart.ts'
import { type Arranged, arrange } from './arrange.ts'
import { leastBand } from './band.ts'
import { candidatesOf } from './candidates.ts'
import { cardsOf, contentOf, devicesWidth, paintContent, titlePlace } from './content.ts'
import type { ArrangeOptions } from './fit.ts'
import { type Gate, gatesOf, meshGates } from './gates.ts'
import { type Looks, OUT } from './look.ts'
import {
  ADDRESS,
  baseline,
  centred,
  chipSize,
  DETAIL,
  HOST,
  lineHeight,
  NAME,
  room,
  textAt,
} from './measure.ts'
import { paintPart } from './paint.ts'
import type { Part } from './part.ts'
import type { PlacedText, Point, Rect } from './placed.ts'
import { type Head, headOf, NO_HEAD, titleWidth } from './plumbing.ts'
import { HOST_GAP, HOST_PAD, MARGIN, TITLE, TITLE_BELOW } from './rooms.ts'
import type { Scene, SceneHost, SceneNetwork } from './scene.ts'
import type { Sheet } from './sheet.ts'
import { SHELF_GAP } from './shelves.ts'

export interface Laid {
  readonly right: number
  readonly bottom: number
  readonly entries: readonly Gate[]
  readonly leads: ReadonlyMap<string, readonly Point[]>
  readonly hosts: readonly Rect[]
}

/** Hosts that share no network: side by side where they fit, else below each other. */
export function placeApart(scene: Scene, looks: Looks, sheet: Sheet, width: number, top: number): Laid {
  const whole = width - 2 * MARGIN - 2 * HOST_PAD
  const share = (width - 2 * MARGIN - HOST_GAP * (scene.hosts.length - 1)) / scene.hosts.length - 2 * HOST_PAD
  const beside = scene.hosts.map((host) =>
    contentOf(scene, looks, host, Math.max(share, 120), scene.hosts.length === 1),
  )
  const total = beside.reduce((sum, one) => sum + one.width + 2 * HOST_PAD + HOST_GAP, -HOST_GAP)
  const fits = total <= width - 2 * MARGIN + 0.5
  // Below each other they leave a lane for the lines to what all of them share.
  const lane = !fits && scene.underlay !== null ? 16 : 0
  const contents =
    scene.hosts.length === 1 || fits
      ? beside
      : scene.hosts.map((host) => contentOf(scene, looks, host, whole - lane, true))
  let [x, y, right] = [MARGIN + lane, top, 0]
  const tallest = Math.max(...contents.map((one) => one.height))
  const entries: Gate[] = []
  const leads = new Map<string, readonly Point[]>()
  const hosts: Rect[] = []
  for (const [index, host] of scene.hosts.entries()) {
    const content = contents[index]
    if (content === undefined) continue
    const rect = { x, y, width: content.width + 2 * HOST_PAD, height: fits ? tallest : content.height }
    hosts.push(rect)
    const found = paintContent(scene, sheet, content, rect, leads)
    entries.push(...gatesOf(scene, sheet, host, rect, found, fits || index === 0))
    entries.push(...paintHost(sheet, host, rect, content.head, false))
    right = Math.max(right, x + rect.width + MARGIN)
    if (fits) x += rect.width + HOST_GAP
    else y += rect.height + SHELF_GAP + (scene.client ? 14 : 0)
  }
  const bottom = Math.max(...hosts.map((host) => host.y + host.height))
  return { right, bottom, entries, leads, hosts }
}

/** Hosts with networks over all of them: columns that the bands run through. */
export function placeTogether(scene: Scene, looks: Looks, sheet: Sheet, width: number, top: number): Laid {
  const inner = width - 2 * MARGIN - 2 * HOST_PAD
  const isTight = scene.hosts.length > MOST_ROOMY && scene.hosts.every((host) => host.plumbing === null)
  const gap = gapOf(scene, isTight)
  const title = (host: SceneHost): number => (isTight ? stackedWidth(host) : titleWidth(host))
  const hostWidth = (width - 2 * MARGIN - gap * (scene.hosts.length - 1)) / scene.hosts.length - 2 * HOST_PAD
  const aparts = scene.hosts.map((host) => apartOf(scene, looks, host.name, Math.max(110, hostWidth)))
  const heads = scene.hosts.map((host) => headOf(scene, host, hostWidth))
  const candidates = candidatesOf(
    looks,
    scene.hosts.flatMap((host) => cardsOf(scene, host.name)),
    scene.networks.map((_, index) => index),
    inner,
  )
  const options: ArrangeOptions = {
    width: inner,
    hostGap: 2 * HOST_PAD + gap,
    wide: null,
    onCards: scene.view === 'bus',
    overhang: HOST_PAD / 2,
    hostLeast: scene.hosts.map((host, index) =>
      Math.max(
        title(host) + meshWidth(host),
        devicesWidth(host),
        aparts[index]?.width ?? 0,
        heads[index]?.least ?? 0,
        ...scene.networks.map((network) => leastPart(network, host.name)),
      ),
    ),
  }
  const isCrampedIn = (part: Part, host: SceneHost, index: number): boolean => {
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
  // Words of a band that lies on hosts alone have to fit on the first of them, whose width is known now.
  const words = Math.min(
    ...scene.networks.flatMap(({ parts: [first] }) => {
      const at = once.part.hosts[scene.hosts.findIndex((host) => host.name === first?.host)]
      return at === undefined ? [] : [at.right - at.left + HOST_PAD]
    }),
  )
  const arranged = roomy(Number.isFinite(words) ? { ...options, words } : options, once)
  const { part } = arranged
  const headHeight = Math.max(
    ...heads.map((head, index) => {
      const column = part.hosts[index] ?? { left: 0, right: 0 }
      return head.heightAt(column.right - column.left)
    }),
  )
  const origin = { x: MARGIN + HOST_PAD, y: top + TITLE + headHeight }
  const hostEnd = (index: number): number => origin.x + (part.hosts[index]?.right ?? 0) + HOST_PAD
  const { entries, leads } = paintPart(scene, sheet, arranged, origin, scene.view === 'bus')
  const below = origin.y + part.height + (part.height > 0 ? SHELF_GAP : 0)
  const ends = aparts.map((apart, index) =>
    apart.width === 0 ? 0 : apart.paint(sheet, { x: origin.x + (part.hosts[index]?.left ?? 0), y: below }),
  )
  const lowest = Math.max(origin.y + part.height, ...ends) + HOST_PAD + (scene.underlay === null ? 0 : 6)
  const isCramped = scene.hosts.some((host, index) => isCrampedIn(part, host, index))
  const bottom = lowest + (isCramped ? TITLE_BELOW : 0)
  const hosts = scene.hosts.map((_, index) => {
    const x = origin.x + (part.hosts[index]?.left ?? 0) - HOST_PAD
    return { x, y: top, width: hostEnd(index) - x, height: bottom - top }
  })
  const gates = scene.hosts.flatMap((host, index) => {
    const rect = hosts[index]
    if (rect === undefined) return []
    const own = entries.filter((entry) => entry.x > rect.x && entry.x < rect.x + rect.width)
    const found = [...gatesOf(scene, sheet, host, rect, own, true), ...meshGates(sheet, host, rect)]
    return [...found, ...paintHost(sheet, host, rect, heads[index] ?? NO_HEAD, isTight)]
  })
  return { right: hostEnd(scene.hosts.length - 1) + MARGIN, bottom, entries: gates, leads, hosts }
}

/** More hosts than these beside each other stand closer, with their role below their name. */
const MOST_ROOMY = 3

const stackedWidth = (host: SceneHost): number =>
  Math.max(room(host.name, HOST), room(host.facts.join(' · '), DETAIL))

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

/** @returns its interface, where packets come in at it. */
function paintHost(
  sheet: Sheet,
  host: SceneHost,
  rect: Rect,
  head: Head,
  isStacked: boolean,
): readonly Gate[] {
  const subject = { is: 'host', host: host.name } as const
  const id = sheet.id(subject)
  const within = { x: rect.x + HOST_PAD, y: rect.y + TITLE, width: rect.width - 2 * HOST_PAD }
  const nic = head.paint(sheet, within, rect, id)
  // The title stands where no line passes: the lines of the way in run down from the upper edge.
  const passing = sheet.lines
    .filter((line) => line.kind === 'publish' || (host.plumbing !== null && line.kind !== 'attach'))
    .flatMap(({ points }) =>
      points.flatMap((point, i) => {
        const before = points[i - 1] ?? point
        const [high, low] = [Math.min(before.y, point.y), Math.max(before.y, point.y)]
        // Those of a host above this one end before it.
        return high < rect.y + TITLE - 4 && low > rect.y - 12 ? [before.x, point.x] : []
      }),
    )
    .filter((x) => x > rect.x && x < rect.x + rect.width)
    .sort((a, b) => a - b)
  const left = rect.x + HOST_PAD
  const free = titlePlace(
    isStacked ? stackedWidth(host) : titleWidth(host),
    passing.map((x) => x - left),
    rect.width - 2 * HOST_PAD,
  )
  const x = left + (free ?? 0)
  const y = baseline(
    free === null
      ? rect.y + rect.height - TITLE_BELOW - 6
      : rect.y + (host.plumbing === null ? (isStacked ? 2 : 12) : 15),
    HOST,
  )
  const texts: PlacedText[] = [textAt(host.name, HOST, x, y, 'start')]
  if (host.facts.length > 0)
    texts.push(
      isStacked && free !== null
        ? textAt(host.facts.join(' · '), DETAIL, x, y + lineHeight(DETAIL), 'start')
        : textAt(host.facts.join(' · '), DETAIL, x + room(host.name, HOST) + 6, y, 'start'),
    )
  sheet.enclosures.unshift({ id, subject, emphasis: 'plain', hue: null, ...rect, kind: 'host', texts })
  if (host.plumbing !== null)
    return nic === null
      ? []
      : [{ pill: nic.id, host: host.name, container: '', inner: [], x: nic.x, y: nic.y }]
  let chipX = left
  for (const { device, text } of host.devices) {
    const size = chipSize([text])
    const own = { x: chipX, y: rect.y + rect.height - size.height / 2, ...size }
    const nic = { is: 'nic', host: host.name, device } as const
    sheet.chips.push({
      id: sheet.id(nic),
      subject: nic,
      emphasis: 'plain',
      hue: null,
      kind: 'nic',
      owner: id,
      ...own,
      texts: centred([text], ADDRESS, own),
    })
    chipX += size.width + 8
  }
  return []
}
