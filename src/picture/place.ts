/** A scene at its places. Synchronous and pure: the same scene gives the same figure on any machine. */
import { type Arranged, arrange } from './arrange.ts'
import { leastBand } from './band.ts'
import { candidatesOf } from './candidates.ts'
import type { ArrangeOptions } from './fit.ts'
import { componentsOf, isOpen } from './graph.ts'
import { arrangeLadder } from './ladder.ts'
import { GAP, type Looks, looksOf, OUT, openLines } from './look.ts'
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
import { type Entry, paintCard, paintPart, paintPill } from './paint.ts'
import type { Apart, PlacedFigure, PlacedLine, PlacedText, Point, Rect } from './placed.ts'
import { type Head, headOf, NO_HEAD, titleWidth } from './plumbing.ts'
import { crossings } from './polyline.ts'
import type { Scene, SceneHost, SceneNetwork } from './scene.ts'
import { createSheet, type Sheet } from './sheet.ts'
import { drawWays, type WayIn } from './ways.ts'

export interface PlaceOptions {
  /** Width the figure is to keep where it can, in px. @default 700 */
  readonly width?: number | undefined
}

/** Around everything, so that no stroke is cut. */
const MARGIN = 4
const HOST_PAD = 16
const HOST_GAP = 18
/** Between the upper edge of a host and what lies in it: its title. */
const TITLE = 40
const SHELF_GAP = 22
/** Room for a title that stands at the lower edge. */
const TITLE_BELOW = 24
/** A band narrower than this looks like a box. */
const COMFORT = 300
const CLIENT_HEIGHT = 30
/** From the client to the pills of the way in. */
const WAY_IN = 34
/** From what the hosts share to their interfaces. */
const UPLINK = 34

export function place(scene: Scene, options: PlaceOptions = {}): PlacedFigure {
  const width = options.width ?? 700
  const looks = looksOf(scene)
  const sheet = createSheet()
  const pill = Math.max(0, ...scene.cards.filter(isOpen).map((card) => chipSize(openLines(card)).height - 20))
  const isUnderClient = scene.view === 'datapath' && scene.underlay !== null
  const top =
    (scene.client
      ? MARGIN + CLIENT_HEIGHT + WAY_IN + pill
      : MARGIN + (hasPills(scene) || scene.view === 'datapath' ? 12 : 0) + pill) +
    (isUnderClient ? underlayHeight(scene, NARROW) + UPLINK : 0)
  const spans = scene.networks.some((network) => network.host === '') && scene.hosts.length > 0
  const placed = spans
    ? placeTogether(scene, looks, sheet, width, top)
    : placeApart(scene, looks, sheet, width, top)
  const right = Math.max(placed.right, ...sheet.pills.map((pill) => pill.x + pill.width + MARGIN), 160)
  const gates = isUnderClient ? underlayAbove(scene, sheet, placed, top) : placed.entries
  const bottom = isUnderClient ? placed.bottom : placeUnderlay(scene, sheet, placed)
  const waysIn = scene.client ? placeClient(scene, sheet, gates, right) : []
  const lines = withGaps(sheet.lines)
  sheet.lines.splice(0, sheet.lines.length, ...lines)
  drawWays(scene, sheet, { leads: placed.leads, waysIn }, { width: right, height: bottom + MARGIN })
  return {
    view: scene.view,
    language: scene.words.language,
    title: scene.title,
    description: scene.words.description.summary(
      scene.hosts.length,
      scene.networks.length,
      scene.cards.reduce((sum, card) => sum + card.members.length, 0),
    ),
    width: Math.ceil(right),
    height: Math.ceil(bottom + MARGIN),
    enclosures: sheet.enclosures,
    lines: sheet.lines,
    bands: sheet.bands,
    boxes: sheet.boxes,
    chips: sheet.chips,
    pills: sheet.pills,
    labels: sheet.labels,
    badges: sheet.badges,
  }
}

const hasPills = (scene: Scene): boolean =>
  scene.hosts.some((host) => host.mesh.length > 0) ||
  scene.cards.some((card) => card.ports.some((port) => !port.local))

/** A pill on the edge of a host; `pill` is `''` where a comb of cards has the pills. */
interface Gate {
  readonly pill: string
  readonly host: string
  readonly container: string
  /** From the pill on. */
  readonly inner: readonly Point[]
  readonly x: number
  readonly y: number
}

interface Laid {
  readonly right: number
  readonly bottom: number
  readonly entries: readonly Gate[]
  readonly leads: ReadonlyMap<string, readonly Point[]>
  readonly hosts: readonly Rect[]
}

const cardsOf = (scene: Scene, host: string): readonly number[] =>
  scene.cards.flatMap((card, index) => (card.host === host && card.apart === null ? [index] : []))

/** What one host holds, before its place is known. */
interface Content {
  readonly shelves: readonly Shelf[]
  readonly apart: ApartBlock
  readonly onCards: boolean
  readonly head: Head
  /** Inner width. */
  readonly width: number
  readonly height: number
}

function contentOf(scene: Scene, looks: Looks, host: SceneHost, inner: number, isAlone: boolean): Content {
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
        // Pills make a difference only where there are some.
        const key = `${options.wide} ${hasPorts && options.onCards}`
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
  const arranged = (
    wide: boolean | null,
  ): { readonly shelves: readonly Shelf[]; readonly onCards: boolean } => {
    const shelves = shelvesOf(parts(wide, isLadder), inner)
    if (isLadder) return { shelves, onCards: true }
    const isHidden = shelves
      .slice(1)
      .some((shelf) => shelf.parts.some(({ graph }) => graph.blocks.some((one) => one.out)))
    return isHidden
      ? { shelves: shelvesOf(parts(wide, true), inner), onCards: true }
      : { shelves, onCards: false }
  }
  const priceOf = (shelves: readonly Shelf[]): number =>
    heightOf(shelves) + 4 * Math.max(0, ...shelves.map((shelf) => shelf.width - inner))
  // Several parts side by side, with their texts below each other, or each as wide as its text.
  const tries = components.length > 1 ? [arranged(true), arranged(false)] : [arranged(isAlone ? null : false)]
  const heightOf = (shelves: readonly Shelf[]): number =>
    shelves.reduce((sum, shelf) => sum + shelf.height + SHELF_GAP, -SHELF_GAP)
  const { shelves, onCards } = tries.reduce((best, one) =>
    priceOf(one.shelves) < priceOf(best.shelves) ? one : best,
  )
  const head = headOf(scene, host, inner)
  const own = Math.max(
    titleWidth(host),
    devicesWidth(host),
    head.least,
    ...shelves.map((shelf) => shelf.width),
  )
  const least = Math.max(own, isAlone ? Math.min(inner, COMFORT) : 110)
  const apart = apartOf(
    scene,
    looks,
    host.name,
    isAlone ? Math.max(least, Math.min(inner, 420)) : Math.max(least, inner),
  )
  const whole = Math.max(least, apart.width)
  const height =
    TITLE +
    head.heightAt(whole) +
    (shelves.length === 0 ? 0 : heightOf(shelves)) +
    (apart.width === 0 ? 0 : apart.height + SHELF_GAP) +
    HOST_PAD
  const hasTitle = titlePlace(host, entriesOf(shelves, whole, onCards), whole) !== null
  return { shelves, apart, onCards, head, width: whole, height: height + (hasTitle ? 0 : TITLE_BELOW) }
}

/** Hosts that share no network: side by side where they fit, else below each other. */
function placeApart(scene: Scene, looks: Looks, sheet: Sheet, width: number, top: number): Laid {
  const whole = width - 2 * MARGIN - 2 * HOST_PAD
  const share = (width - 2 * MARGIN - HOST_GAP * (scene.hosts.length - 1)) / scene.hosts.length - 2 * HOST_PAD
  const beside = scene.hosts.map((host) =>
    contentOf(scene, looks, host, Math.max(share, 120), scene.hosts.length === 1),
  )
  const total = beside.reduce((sum, one) => sum + one.width + 2 * HOST_PAD + HOST_GAP, -HOST_GAP)
  const fits = total <= width - 2 * MARGIN + 0.5
  const contents =
    scene.hosts.length === 1 || fits
      ? beside
      : scene.hosts.map((host) => contentOf(scene, looks, host, whole, true))
  // Below each other they leave a lane for the lines to what all of them share.
  const lane = !fits && scene.underlay !== null ? 16 : 0
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
    entries.push(...paintHost(sheet, host, rect, content.head))
    right = Math.max(right, x + rect.width + MARGIN)
    if (fits) x += rect.width + HOST_GAP
    else y += rect.height + SHELF_GAP + (scene.client ? 14 : 0)
  }
  const bottom = Math.max(...hosts.map((host) => host.y + host.height))
  return { right, bottom, entries, leads, hosts }
}

/** Shelves stand in the middle where there is one, or one part on it. */
const spareOf = (shelves: readonly Shelf[], shelf: Shelf, width: number): number =>
  shelves.length === 1 || shelf.parts.length === 1 ? (width - shelf.width) / 2 : 0

/** Where lines of the way in come down from the edge of the host, from its inner left edge. */
function entriesOf(shelves: readonly Shelf[], width: number, onCards: boolean): readonly number[] {
  const [first] = shelves
  if (first === undefined || onCards) return []
  const xs: number[] = []
  let x = spareOf(shelves, first, width)
  for (const { part } of first.parts) {
    for (const wire of part.wires) if (wire.net === OUT) xs.push(x + (wire.points.at(-1)?.x ?? 0))
    x += part.width + SHELF_GAP
  }
  return xs
}

/** Where the title of a host stands beside the lines that come down there, from its inner left edge; else `null`. */
function titlePlace(host: SceneHost, entries: readonly number[], width: number): number | null {
  const title = titleWidth(host)
  const edges = [-8, ...[...entries].sort((a, b) => a - b), width + 8]
  for (let i = 1; i < edges.length; i++) {
    const [from = 0, to = 0] = [edges[i - 1], edges[i]]
    if (to - from >= title + 16) return from + 8
  }
  return null
}

function paintContent(
  scene: Scene,
  sheet: Sheet,
  { shelves, apart, onCards, head, width }: Content,
  host: Rect,
  leads: Map<string, readonly Point[]>,
): readonly Entry[] {
  const origin = { x: host.x + HOST_PAD, y: host.y + TITLE + head.heightAt(width) }
  const found: Entry[] = []
  let y = origin.y
  for (const shelf of shelves) {
    let x = origin.x + spareOf(shelves, shelf, width)
    for (const arranged of shelf.parts) {
      const painted = paintPart(scene, sheet, arranged, { x: Math.round(x), y }, onCards)
      found.push(...painted.entries)
      for (const [key, points] of painted.leads) leads.set(key, points)
      x += arranged.part.width + SHELF_GAP
    }
    y += shelf.height + SHELF_GAP
  }
  if (apart.width > 0) apart.paint(sheet, { x: origin.x, y })
  return found
}

interface Shelf {
  readonly parts: readonly Arranged[]
  readonly width: number
  readonly height: number
}

/** In declared order on shelves, as many on one as fit. */
function shelvesOf(parts: readonly Arranged[], width: number): readonly Shelf[] {
  const shelves: { parts: Arranged[]; width: number; height: number }[] = []
  for (const arranged of parts) {
    const last = shelves.at(-1)
    const { width: own, height } = arranged.part
    if (last !== undefined && last.width + SHELF_GAP + own <= width) {
      last.parts.push(arranged)
      last.width += SHELF_GAP + own
      last.height = Math.max(last.height, height)
    } else shelves.push({ parts: [arranged], width: own, height })
  }
  return shelves
}

/** Hosts with networks over all of them: columns that the bands run through. */
function placeTogether(scene: Scene, looks: Looks, sheet: Sheet, width: number, top: number): Laid {
  const inner = width - 2 * MARGIN - 2 * HOST_PAD
  const gap = gapOf(scene)
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
        titleWidth(host) + meshWidth(host),
        devicesWidth(host),
        aparts[index]?.width ?? 0,
        heads[index]?.least ?? 0,
        ...scene.networks.map((network) => leastPart(network, host.name)),
      ),
    ),
  }
  const once = arrange(looks, candidates, options)
  // Words of a band that lies on hosts alone have to fit on the first of them, whose width is known now.
  const words = Math.min(
    ...scene.networks.flatMap(({ parts: [first] }) => {
      const at = once.part.hosts[scene.hosts.findIndex((host) => host.name === first?.host)]
      return at === undefined ? [] : [at.right - at.left + HOST_PAD]
    }),
  )
  const arranged = Number.isFinite(words) ? arrange(looks, candidates, { ...options, words }) : once
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
  const isCramped = scene.hosts.some((host, index) => {
    const column = part.hosts[index] ?? { left: 0, right: 0 }
    const xs = part.wires
      .filter((wire) => wire.net === OUT)
      .map((wire) => (wire.points.at(-1)?.x ?? 0) - column.left)
      .filter((x) => x > -HOST_PAD && x < column.right - column.left + HOST_PAD)
    return titlePlace(host, xs, column.right - column.left - meshWidth(host)) === null
  })
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
    return [...found, ...paintHost(sheet, host, rect, heads[index] ?? NO_HEAD)]
  })
  return { right: hostEnd(scene.hosts.length - 1) + MARGIN, bottom, entries: gates, leads, hosts }
}

/** Between hosts, with room for tunnels where these are drawn. */
function gapOf(scene: Scene): number {
  const tunnels = scene.networks.filter((network) => network.parts.length > 1)
  if (tunnels.length === 0) return HOST_GAP
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

const devicesWidth = (host: SceneHost): number =>
  host.devices.reduce((sum, { text }) => sum + chipSize([text]).width + 8, -8)

/** @returns its interface, where packets come in at it. */
function paintHost(sheet: Sheet, host: SceneHost, rect: Rect, head: Head): readonly Gate[] {
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
        return Math.min(before.y, point.y) < rect.y + TITLE - 4 ? [before.x, point.x] : []
      }),
    )
    .filter((x) => x > rect.x && x < rect.x + rect.width)
    .sort((a, b) => a - b)
  const left = rect.x + HOST_PAD
  const free = titlePlace(
    host,
    passing.map((x) => x - left),
    rect.width - 2 * HOST_PAD,
  )
  const x = left + (free ?? 0)
  const y = baseline(
    free === null ? rect.y + rect.height - TITLE_BELOW - 6 : rect.y + (host.plumbing === null ? 12 : 15),
    HOST,
  )
  const texts: PlacedText[] = [textAt(host.name, HOST, x, y, 'start')]
  if (host.facts.length > 0)
    texts.push(textAt(host.facts.join(' · '), DETAIL, x + room(host.name, HOST) + 6, y, 'start'))
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

/** Pills on the upper edge of a host, each with its line on to the card. */
function gatesOf(
  scene: Scene,
  sheet: Sheet,
  host: SceneHost,
  rect: Rect,
  entries: readonly Entry[],
  isTop: boolean,
): readonly Gate[] {
  return entries.flatMap((entry) => {
    const card = scene.cards[entry.card]
    if (card === undefined) return [combGate(sheet, host, rect, entry)]
    const lines = openLines(card)
    const size = chipSize(lines)
    const own = {
      x: entry.x - size.width / 2,
      y: rect.y + size.height / 2 > rect.y + 12 ? rect.y + 12 - size.height : rect.y - size.height / 2,
      ...size,
    }
    const pill = paintPill(sheet, card, own, lines, host.name, 'open')
    const subject = { is: 'port', host: card.host, container: card.container, service: '' } as const
    const start = { x: entry.x, y: own.y + own.height }
    sheet.lines.push({
      id: sheet.id(subject, 'in'),
      subject,
      emphasis: 'plain',
      hue: null,
      kind: 'publish',
      points: [start, ...(entry.points.length > 1 ? entry.points.slice(1) : entry.points)],
      arrow: 'end',
      way: 0,
      from: pill,
      to: entry.box,
      gaps: [],
      dots: [],
    })
    const inner = sheet.lines.at(-1)?.points ?? []
    if (!isTop) return []
    return [{ pill, host: host.name, container: card.container, inner, x: entry.x, y: own.y }]
  })
}

/** Where the trunk of a comb of open cards meets the edge of the host. */
function combGate(sheet: Sheet, host: SceneHost, rect: Rect, entry: Entry): Gate {
  const subject = { is: 'client' } as const
  const inner = [
    { x: entry.x, y: rect.y },
    ...(entry.points.length > 1 ? entry.points.slice(1) : entry.points),
  ]
  sheet.lines.push({
    id: sheet.id(subject, 'trunk'),
    subject,
    emphasis: 'plain',
    hue: null,
    kind: 'publish',
    points: inner,
    arrow: 'none',
    way: 0,
    from: '',
    to: '',
    gaps: [],
    dots: [],
  })
  return { pill: '', host: host.name, container: '', inner, x: entry.x, y: rect.y }
}

/** Ports of the routing mesh: open on every node, and led into the ingress network. */
function meshGates(sheet: Sheet, host: SceneHost, rect: Rect): readonly Gate[] {
  if (host.mesh.length === 0) return []
  const ingress = sheet.bands.find((band) => band.ingress)
  const taken = sheet.pills
    .filter((pill) => pill.subject.is === 'port' && pill.subject.host === host.name && pill.y < rect.y)
    .map((pill) => ({ left: pill.x, right: pill.x + pill.width }))
  const lines = host.mesh.map((port) => port.text)
  const text = lines.join(', ')
  const size = chipSize([text])
  let x = rect.x + rect.width - HOST_PAD - size.width
  for (const other of [...taken].reverse())
    if (x < other.right + 6 && other.left < x + size.width + 6) x = other.left - 6 - size.width
  const own = { x, y: rect.y - size.height / 2, ...size }
  const subject = {
    is: 'port',
    host: host.name,
    container: '',
    service: host.mesh[0]?.service ?? '',
  } as const
  const id = sheet.id(subject)
  sheet.pills.push({
    id,
    subject,
    emphasis: 'plain',
    hue: null,
    kind: 'open',
    owner: host.name,
    ...own,
    texts: centred([text], ADDRESS, own),
  })
  const middle = x + size.width / 2
  if (ingress !== undefined)
    sheet.lines.push({
      id: sheet.id(subject, 'in'),
      subject,
      emphasis: 'plain',
      hue: null,
      kind: 'publish',
      points: [
        { x: middle, y: own.y + own.height },
        { x: middle, y: ingress.y },
      ],
      arrow: 'end',
      way: 0,
      from: id,
      to: ingress.id,
      gaps: [],
      dots: [],
    })
  const inner = sheet.lines.at(-1)?.points ?? []
  return [{ pill: id, host: host.name, container: '', inner, x: middle, y: own.y }]
}

/** The client over its gates, and one line that branches to them. */
function placeClient(scene: Scene, sheet: Sheet, gates: readonly Gate[], right: number): readonly WayIn[] {
  const text = scene.words.figure.client
  const width = Math.max(86, room(text, NAME) + 32)
  const xs = gates.map((gate) => gate.x)
  const middle = xs.length === 0 ? right / 2 : (Math.min(...xs) + Math.max(...xs)) / 2
  const x = Math.min(Math.max(middle, MARGIN + width / 2), right - MARGIN - width / 2)
  const rect = { x: x - width / 2, y: MARGIN, width, height: CLIENT_HEIGHT }
  const subject = { is: 'client' } as const
  const id = sheet.id(subject)
  sheet.boxes.push({
    id,
    subject,
    emphasis: 'plain',
    hue: null,
    kind: 'client',
    stopped: false,
    ...rect,
    texts: centred([text], NAME, rect),
  })
  const bus = rect.y + rect.height + 9
  const centre = rect.x + rect.width / 2
  const line = (points: readonly Point[], to: string, dots: readonly Point[] = []): void => {
    // A branch begins on the line of another gate.
    sheet.lines.push({
      id: sheet.id(subject, 'line'),
      subject,
      emphasis: 'plain',
      hue: null,
      kind: 'publish',
      points,
      arrow: to === '' ? 'none' : 'end',
      way: 0,
      from: dots.length === 0 ? id : '',
      to,
      gaps: [],
      dots,
    })
  }
  const sorted = [...gates].sort((a, b) => a.x - b.x)
  const start = { x: centre, y: rect.y + rect.height }
  // Where the pills stand on the cards, the way in ends at the edge of the host.
  const [host] = sheet.enclosures.filter((one) => one.kind === 'host')
  if (gates.length === 0 && host !== undefined && hasPills(scene))
    line([start, { x: centre, y: host.y }], host.id)
  for (const [index, gate] of sorted.entries()) {
    const end = { x: gate.x, y: gate.y }
    if (Math.abs(gate.x - centre) < 1) line([{ ...start, x: gate.x }, end], gate.pill)
    else if (index === 0 || index === sorted.length - 1)
      line([start, { x: centre, y: bus }, { x: gate.x, y: bus }, end], gate.pill)
    else line([{ x: gate.x, y: bus }, end], gate.pill, [{ x: gate.x, y: bus }])
  }
  return sorted.map((gate) => {
    const bends =
      Math.abs(gate.x - centre) < 1
        ? []
        : [
            { x: centre, y: bus },
            { x: gate.x, y: bus },
          ]
    const outer = [start, ...bends, { x: gate.x, y: gate.y }]
    return { host: gate.host, container: gate.container, pill: gate.pill, points: [...outer, ...gate.inner] }
  })
}

/** What is on no network stands apart, with the reason over it. */
function apartOf(scene: Scene, looks: Looks, host: string, width: number): ApartBlock {
  const { figure } = scene.words
  const reasons: readonly (readonly [Apart, string])[] = [
    ['host', figure.hostNetwork],
    ['none', figure.noNetwork],
    ['stopped', figure.notRunning],
  ]
  const boxes = reasons.flatMap(([reason, label]) => {
    const cards = scene.cards.flatMap((card, index) =>
      card.host === host && card.apart === reason ? [index] : [],
    )
    return cards.length === 0 ? [] : [{ reason, label, cards }]
  })
  if (boxes.length === 0) return { width: 0, height: 0, paint: (_, at) => at.y }
  const inner = Math.max(width - 20, 90)
  const laid = boxes.map(({ reason, label, cards }) => {
    let [x, y, tall, wide] = [0, 0, 0, room(label, DETAIL)]
    const shapes = cards.map((card) => {
      const own = { width: looks.widths[card] ?? 92, height: (looks.bodies[card] ?? 0) + 16 }
      if (x > 0 && x + own.width > inner) {
        x = 0
        y += tall + GAP
        tall = 0
      }
      const rect = { x, y, ...own }
      x += own.width + GAP
      tall = Math.max(tall, own.height)
      wide = Math.max(wide, rect.x + own.width)
      return { card, row: 0, rect, chips: [], ports: scene.cards[card]?.ports ?? [] }
    })
    return { reason, label, shapes, width: wide + 20, height: y + tall + 34 }
  })
  // Side by side where they fit.
  let [x, y, tall, wide] = [0, 0, 0, 0]
  const places = laid.map((one) => {
    if (x > 0 && x + one.width > width) {
      x = 0
      y += tall + GAP
      tall = 0
    }
    const at = { x, y }
    x += one.width + GAP
    tall = Math.max(tall, one.height)
    wide = Math.max(wide, at.x + one.width)
    return at
  })
  return {
    width: wide,
    height: y + tall,
    paint(sheet, origin) {
      for (const [index, one] of laid.entries()) {
        const place = places[index] ?? { x: 0, y: 0 }
        const at = { x: origin.x + place.x, y: origin.y + place.y }
        const subject = { is: 'apart', host, reason: one.reason } as const
        const rect = { ...at, width: one.width, height: one.height }
        sheet.enclosures.push({
          id: sheet.id(subject),
          subject,
          emphasis: 'plain',
          hue: null,
          kind: 'apart',
          ...rect,
          texts: [textAt(one.label, DETAIL, at.x + 10, baseline(at.y + 5, DETAIL), 'start')],
        })
        for (const shape of one.shapes) paintCard(scene, sheet, shape, { x: at.x + 10, y: at.y + 24 }, true)
      }
      return origin.y + y + tall
    },
  }
}

interface ApartBlock {
  readonly width: number
  readonly height: number
  paint(sheet: Sheet, at: Point): number
}

/**
 * What the hosts share, between the client and their interfaces.
 *
 * @returns where the client's packets come to it.
 */
function underlayAbove(scene: Scene, sheet: Sheet, laid: Laid, top: number): readonly Gate[] {
  const height = underlayHeight(scene, NARROW)
  const y = top - UPLINK - height
  const rect = { x: MARGIN, y, width: laid.right - 2 * MARGIN, height }
  const id = paintUnderlay(scene, sheet, rect)
  if (id === '') return []
  for (const gate of laid.entries) {
    const own = { is: 'host', host: gate.host } as const
    const host = laid.hosts[scene.hosts.findIndex((one) => one.name === gate.host)]
    const isFirst = host === undefined || host.y < top + 1
    const start = { x: isFirst ? gate.x : MARGIN + 6, y: rect.y + rect.height }
    const track = gate.y - 7
    const end = { x: gate.x, y: gate.y }
    const bend = [
      { x: start.x, y: track },
      { x: gate.x, y: track },
    ]
    sheet.lines.push({
      ...LINE,
      id: sheet.id(own, 'uplink'),
      subject: own,
      kind: 'uplink',
      points: isFirst ? [start, end] : [start, ...bend, end],
      from: id,
      to: gate.pill,
    })
  }
  return [{ pill: id, host: '', container: '', inner: [], x: Math.round(laid.right / 2), y: rect.y }]
}

const LINE = { emphasis: 'plain', hue: null, arrow: 'none', way: 0, gaps: [], dots: [] } as const

/** What the hosts share is no narrower than this, however few they are. */
const NARROW = 300

const underlayLines = ({ underlay }: Scene, width: number): readonly string[] =>
  underlay === null ? [] : joined([underlay.title, ...underlay.facts], width - 20)

const underlayHeight = (scene: Scene, width: number): number =>
  Math.max(lineHeight(NAME), underlayLines(scene, width).length * lineHeight(DETAIL)) + 10

function paintUnderlay(scene: Scene, sheet: Sheet, rect: Rect): string {
  if (scene.underlay === null) return ''
  const subject = { is: 'underlay' } as const
  const id = sheet.id(subject)
  sheet.boxes.push({
    id,
    subject,
    emphasis: 'plain',
    hue: null,
    kind: 'underlay',
    stopped: false,
    ...rect,
    texts: centred(underlayLines(scene, rect.width), DETAIL, rect),
  })
  return id
}

/** What the hosts share lies below them, joined to the interface of each. */
function placeUnderlay(scene: Scene, sheet: Sheet, laid: Laid): number {
  const nics = sheet.chips.filter((chip) => chip.kind === 'nic')
  const low = Math.max(laid.bottom, ...nics.map((chip) => chip.y + chip.height))
  if (scene.underlay === null) return low
  const width = laid.right - 2 * MARGIN
  const rect = { x: MARGIN, y: low + 18, width, height: underlayHeight(scene, width) }
  const id = paintUnderlay(scene, sheet, rect)
  for (const host of scene.hosts) {
    const nic = nics.find((chip) => chip.subject.is === 'nic' && chip.subject.host === host.name)
    if (nic === undefined) continue
    const x = nic.x + nic.width / 2
    const rectOfHost = laid.hosts[scene.hosts.indexOf(host)]
    const isLow = rectOfHost === undefined || rectOfHost.y + rectOfHost.height > laid.bottom - 1
    const own = { is: 'host', host: host.name } as const
    sheet.lines.push({
      id: sheet.id(own, 'uplink'),
      subject: own,
      emphasis: 'plain',
      hue: null,
      kind: scene.view === 'overlay' ? 'tunnel' : 'uplink',
      points: isLow
        ? [
            { x, y: nic.y + nic.height },
            { x, y: rect.y },
          ]
        : [
            { x: nic.x, y: nic.y + nic.height / 2 },
            { x: MARGIN + 6, y: nic.y + nic.height / 2 },
            { x: MARGIN + 6, y: rect.y },
          ],
      arrow: 'none',
      way: 0,
      from: nic.id,
      to: id,
      gaps: [],
      dots: [],
    })
  }
  return rect.y + rect.height
}

/** As many of these on a line as fit. */
function joined(texts: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const text of texts) {
    const longer = `${lines.at(-1) ?? ''} · ${text}`
    if (lines.length > 0 && room(longer, DETAIL) <= width) lines[lines.length - 1] = longer
    else lines.push(text)
  }
  return lines
}

/** Where two lines of different networks cross, the one painted first leaves a gap. */
function withGaps(lines: readonly PlacedLine[]): readonly PlacedLine[] {
  if (lines.length > 400) return lines
  return lines.map((line, index) => {
    const gaps = lines
      .slice(index + 1)
      .flatMap((other) =>
        other.hue === line.hue && other.kind === line.kind ? [] : crossings(line.points, other.points),
      )
    return gaps.length === 0 ? line : { ...line, gaps }
  })
}
