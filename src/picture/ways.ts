/**
 * Packets' ways over a finished figure: along the lines that are there, a numbered badge for each hop where it happens,
 * a cross where the packet is dropped; what no way touches steps back.
 */
import type { Hop, Trace } from '../trace/trace.ts'
import { placeBadges, type Station, type Stop } from './badges.ts'
import { rectOfText } from './measure.ts'
import { TUBE } from './paint.ts'
import type { PlacedBand, Point, Rect, Subject } from './placed.ts'
import { tidy } from './polyline.ts'
import { route } from './route.ts'
import type { Scene } from './scene.ts'
import type { Sheet } from './sheet.ts'
import { SIGN } from './signs.ts'

/** A way in that a picture has, from the client on. */
export interface WayIn {
  readonly host: string
  /** `''` for one that leads to no container alone. */
  readonly container: string
  /** Id of what it comes to; `''` for the trunk of cards that have their pills themselves. */
  readonly pill: string
  readonly points: readonly Point[]
  /** As far as what it comes to. */
  readonly outer: readonly Point[]
}

export interface Lines {
  /** From the chip of an attachment to its band, by `container network`; from a pill on a card to the trunk without one. */
  readonly leads: ReadonlyMap<string, readonly Point[]>
  readonly waysIn: readonly WayIn[]
}

/** What is drawn between two stations, from the one to the other. */
interface Link {
  readonly from: string
  readonly to: string
  readonly points: readonly Point[]
  /** Ids of the parts it shows. */
  readonly parts: readonly string[]
}

interface Chart {
  readonly stations: ReadonlyMap<string, Station>
  readonly links: readonly Link[]
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Ways beside each other on one line keep this apart. */
const BESIDE = 4

/** @param size Of the figure; nothing leaves it. */
export function drawWays(scene: Scene, sheet: Sheet, lines: Lines, size: Size): void {
  if (scene.traces.length === 0) return
  const touched = new Set<string>()
  const chart = chartOf(scene, sheet, lines, size)
  const taken = takenBy(sheet)
  for (const [index, trace] of scene.traces.entries()) {
    const stops = stopsOf(scene, sheet, chart, lines, trace)
    const legs = legsOf(sheet, chart, stops, size, touched)
    const shift = index === 0 ? 0 : (index % 2 === 1 ? 1 : -1) * Math.ceil(index / 2) * BESIDE
    paintLegs(sheet, legs, index, shift, trace.reached)
    for (const { station } of stops) touched.add(station.id)
    for (const id of rulesOn(sheet, stops, trace)) touched.add(id)
    const letter = scene.traces.length > 1 ? String.fromCharCode(65 + (index % 26)) : ''
    placeBadges(sheet, { trace, stops, way: index + 1, letter, taken, width: size.width })
  }
  dim(sheet, touched)
}

/** Rules of NAT that a packet meets: of its destination, or of the routing mesh. */
const rulesOn = (sheet: Sheet, stops: readonly Stop[], trace: Trace): readonly string[] =>
  sheet.pills
    .filter(
      ({ owner, subject }) =>
        stops.some(({ station }) => station.id === owner && station.kind === 'pass') &&
        subject.is === 'port' &&
        (subject.container === '' || subject.container === trace.destination),
    )
    .map(({ id }) => id)

/** What no badge may cover. */
function takenBy(sheet: Sheet): Rect[] {
  const texts = [...sheet.bands, ...sheet.boxes, ...sheet.enclosures].flatMap((part) => part.texts)
  const signs = sheet.boxes.flatMap(({ sign }) =>
    sign === undefined ? [] : [{ x: sign.x, y: sign.y, width: SIGN, height: SIGN }],
  )
  return [
    ...texts.map(rectOfText),
    ...signs,
    ...sheet.labels.map((label) => rectOfText(label.text)),
    ...sheet.chips,
    ...sheet.pills,
  ]
}

function chartOf(scene: Scene, sheet: Sheet, { leads, waysIn }: Lines, size: Size): Chart {
  const stations = new Map<string, Station>()
  const add = (id: string, kind: Station['kind'], rect: Rect): void => {
    stations.set(id, { id, kind, rect })
  }
  const cardOf = new Map<string, string>()
  for (const card of scene.cards) {
    const boxes = sheet.boxes.filter((box) =>
      card.members.some(
        ({ container }) => box.subject.is === 'container' && box.subject.container === container,
      ),
    )
    for (const box of boxes) {
      add(box.id, 'card', box)
      cardOf.set(box.id, card.container)
    }
  }
  for (const band of sheet.bands) add(band.id, 'band', band)
  for (const box of sheet.boxes)
    if (!stations.has(box.id)) add(box.id, box.kind === 'client' ? 'end' : 'pass', box)
  for (const pill of sheet.pills) add(pill.id, 'pass', pill)
  for (const chip of sheet.chips) if (chip.kind === 'nic') add(chip.id, 'pass', chip)
  const links: Link[] = []
  const boxesOf = (container: string): readonly string[] =>
    [...cardOf].flatMap(([box, card]) => (card === container ? [box] : []))
  for (const card of scene.cards)
    for (const { network } of card.joints) {
      const points = leads.get(`${card.container} ${network}`)
      const band = bandOn(sheet, network, card.host)?.id
      if (points === undefined || band === undefined) continue
      const parts = [...sheet.chips, ...sheet.lines]
        .filter(({ subject }) => isAttachment(subject, card.container, network))
        .map(({ id }) => id)
      for (const box of boxesOf(card.container)) links.push({ from: box, to: band, points, parts })
    }
  const pods = new Map(
    sheet.enclosures.flatMap((one) =>
      one.subject.is === 'pod' ? [[one.id, one.subject.container] as const] : [],
    ),
  )
  for (const line of sheet.lines) {
    if (line.kind === 'attach' || line.kind === 'way' || line.from === '') continue
    const container = pods.get(line.to)
    const targets = container === undefined ? [line.to] : boxesOf(container)
    for (const to of targets)
      if (stations.has(line.from) && stations.has(to))
        links.push({ from: line.from, to, points: line.points, parts: [line.id] })
  }
  links.push(...bendLinks(sheet), ...meshLinks(scene, sheet, size))
  const client = sheet.boxes.find((box) => box.kind === 'client')
  if (client !== undefined)
    for (const way of waysIn) {
      if (way.pill !== '') links.push({ from: client.id, to: way.pill, points: way.outer, parts: [] })
      else
        for (const [key, lead] of leads) {
          const container = key.endsWith(' ') ? key.slice(0, -1) : null
          const pill = sheet.pills.find(
            ({ subject, kind }) =>
              subject.is === 'port' && subject.container === container && kind === 'open',
          )
          if (pill === undefined || scene.cards.find((one) => one.container === container)?.host !== way.host)
            continue
          links.push({
            from: client.id,
            to: pill.id,
            points: [...way.points, ...[...lead].reverse()],
            parts: [],
          })
          for (const box of boxesOf(container ?? ''))
            links.push({ from: pill.id, to: box, points: [], parts: [] })
        }
    }
  return { stations, links }
}

/** Between the two bars of a network that is bent round a row of hosts. */
function bendLinks({ bands }: Sheet): readonly Link[] {
  return bands.flatMap(({ id, y, height, bend, subject }) => {
    const end = bands.find(
      (one) =>
        one.id !== id &&
        subject.is === 'network' &&
        one.subject.is === 'network' &&
        one.subject.network === subject.network,
    )
    if (bend === undefined || end === undefined) return []
    const x = bend.x + bend.width / 2
    const points = [
      { x, y: y + height },
      { x, y: end.y },
    ]
    return [{ from: id, to: end.id, points, parts: [] }]
  })
}

/** On each host the sandbox of the routing mesh joins docker_gwbridge to the ingress network. */
function meshLinks(scene: Scene, sheet: Sheet, size: Size): readonly Link[] {
  const isMeshed = scene.traces.some(({ hops }) => hops.some((hop) => hop.sandbox === 'ingress'))
  const mesh = scene.networks.find((network) => network.ingress)
  if (!isMeshed || mesh === undefined) return []
  return scene.networks.flatMap(({ title, key, host }) => {
    const [bridge, ingress] = [bandOn(sheet, key, host), bandOn(sheet, mesh.key, host)]
    const on = sheet.enclosures.find(({ subject }) => subject.is === 'host' && subject.host === host)
    if (title !== 'docker_gwbridge' || bridge === undefined || ingress === undefined || on === undefined)
      return []
    const isMark = ingress.subject.is === 'network' && ingress.subject.host !== ''
    const own = isMark ? ingress : { ...ingress, x: on.x + 8, width: on.width - 16 }
    const points = connect(sheet, bridge, own, size)
    return points === null ? [] : [{ from: bridge.id, to: ingress.id, points, parts: [] }]
  })
}

/** The mark of a network: its own on this host, its part in this row of hosts, or the one for all of it. */
function bandOn({ bands, enclosures }: Sheet, network: string, host: string): PlacedBand | undefined {
  const marks = bands.filter(({ subject }) => subject.is === 'network' && subject.network === network)
  const own = marks.find(({ subject }) => subject.is === 'network' && subject.host === host && host !== '')
  if (own !== undefined) return own
  const on = enclosures.find(({ subject }) => subject.is === 'host' && subject.host === host)
  const shared = marks.filter(
    (band) => band.bend !== undefined || isWhole(band) || marks.some((one) => one.bend),
  )
  return shared.find(({ y }) => on !== undefined && y >= on.y && y < on.y + on.height) ?? shared.find(isWhole)
}

const isWhole = ({ subject }: PlacedBand): boolean => subject.is === 'network' && subject.host === ''

const isAttachment = (subject: Subject, container: string, network: string): boolean =>
  subject.is === 'attachment' && subject.container === container && subject.network === network

function stopsOf(scene: Scene, sheet: Sheet, chart: Chart, lines: Lines, trace: Trace): Stop[] {
  const stops: Stop[] = []
  for (const [index, hop] of trace.hops.entries()) {
    const last = stops.at(-1)
    // In at one gate only: where it goes out and in again, no line shows.
    const isIn = stops.some(({ station }) => station.kind === 'band' || station.kind === 'card')
    const found =
      hop.kind === 'drop' && last !== undefined
        ? null
        : stationOf(scene, sheet, chart, isIn ? [] : lines.waysIn, hop, trace)
    // A place that no line leads to from the one before it is not shown: what happens there is told at that one.
    const isCutOff =
      found !== null &&
      last !== undefined &&
      hop.kind !== 'deliver' &&
      found.kind !== 'card' &&
      !sheet.pills.some((pill) => pill.id === found.id) &&
      pathOf(chart, last.station.id, found.id) === null
    const station = found === null || isCutOff ? (last?.station ?? found) : found
    if (station === null) continue
    const rect = station.kind === 'band' ? onHost(sheet, station, hop.host) : station.rect
    if (last !== undefined && last.station.id === station.id && last.rect.x === rect.x) last.hops.push(index)
    else stops.push({ station, rect, hops: [index], at: null })
  }
  return stops
}

/** What of a band lies on a host; all of it where that is no more. */
function onHost({ enclosures, bands }: Sheet, { id, rect }: Station, name: string): Rect {
  const host = enclosures.find(({ subject }) => subject.is === 'host' && subject.host === name)
  if (host === undefined) return rect
  const segments = bands.find((band) => band.id === id)?.segments ?? []
  const isIn = (x: number): boolean => x > host.x && x < host.x + host.width
  const segment = segments.find((one) => isIn(one.x + one.width / 2))
  if (segment !== undefined) return { ...rect, ...segment }
  const x = Math.max(rect.x, host.x + 8)
  return { ...rect, x, width: Math.max(20, Math.min(rect.x + rect.width, host.x + host.width - 8) - x) }
}

/** Where a hop happens: the first of what would show it that the picture has. */
function stationOf(
  scene: Scene,
  sheet: Sheet,
  { stations }: Chart,
  waysIn: readonly WayIn[],
  hop: Hop,
  trace: Trace,
): Station | null {
  const first = (...ids: readonly (string | undefined)[]): Station | null => {
    for (const id of ids) {
      const station = id === undefined ? undefined : stations.get(id)
      if (station !== undefined) return station
    }
    return null
  }
  const box = (kind: string): string | undefined =>
    sheet.boxes.find(
      ({ kind: own, subject }) => own === kind && (!('host' in subject) || subject.host === hop.host),
    )?.id
  const nic = (device: string): string | undefined =>
    sheet.chips.find(
      ({ subject }) => subject.is === 'nic' && subject.host === hop.host && subject.device === device,
    )?.id
  const ownNic = nic(scene.plan.hosts.find((host) => host.name === hop.host)?.interface ?? '')
  const band = bandOn(sheet, hop.network, hop.host)?.id
  const card = scene.cards.find((one) => one.members.some(({ container }) => container === hop.container))
  const isFromClient = trace.request.from.kind === 'client'
  const gate =
    isFromClient && waysIn.length > 0 ? gateOf(sheet, waysIn, hop.host, trace.destination) : undefined
  switch (hop.sandbox) {
    case 'container':
      return first(
        sheet.boxes.find(({ subject }) => subject.is === 'container' && subject.container === hop.container)
          ?.id,
        sheet.boxes.find(({ subject }) => subject.is === 'container' && subject.container === card?.container)
          ?.id,
      )
    case 'overlay':
      return hop.kind === 'encapsulate' || hop.kind === 'decapsulate'
        ? first(box('vxlan'), band)
        : first(band)
    case 'ingress':
      return first(band, gate)
    case 'host':
      if (hop.kind === 'bridge') return first(band, ownNic)
      if (hop.kind === 'dnat' || hop.kind === 'masquerade') return first(box('nat'), gate, band, ownNic)
      if (hop.kind === 'proxy') return first(box('proxy'), gate, ownNic)
      if (hop.kind === 'forward' && hop.network !== '') return first(band, gate, ownNic)
      return scene.view === 'datapath'
        ? first(nic(hop.interface), ownNic, band)
        : first(gate, nic(hop.interface), ownNic, band)
    case 'outside':
      if (hop.kind === 'send' && isFromClient) return first(box('client'), box('outside'))
      if (hop.kind === 'deliver' && trace.request.to.kind === 'client') return first(box('client'))
      return hop.kind === 'forward'
        ? first(box('underlay'), box('outside'))
        : first(box('outside'), box('underlay'))
    default:
      return hop.sandbox satisfies never
  }
}

/** The open port on a host that leads to a container: its own, or one of the routing mesh. */
function gateOf(sheet: Sheet, waysIn: readonly WayIn[], host: string, container: string): string | undefined {
  const way =
    waysIn.find((one) => one.host === host && one.container === container) ??
    waysIn.find((one) => one.host === host && one.container === '' && one.pill !== '')
  return (
    way?.pill ??
    sheet.pills.find(
      ({ subject, kind }) => subject.is === 'port' && subject.container === container && kind === 'open',
    )?.id
  )
}

/** Breadth first along what is drawn; never through a container or the client, for neither routes packets. */
function pathOf({ stations, links }: Chart, from: string, to: string): readonly Link[] | null {
  const wayTo = new Map<string, readonly Link[]>([[from, []]])
  const queue = [from]
  for (const at of queue) {
    const way = wayTo.get(at) ?? []
    if (at === to) return way
    const kind = stations.get(at)?.kind
    if (at !== from && (kind === 'card' || kind === 'end')) continue
    for (const link of links) {
      const isForth = link.from === at
      const next = isForth ? link.to : link.to === at ? link.from : null
      if (next === null || wayTo.has(next)) continue
      const own = isForth ? link : { ...link, from: at, to: next, points: [...link.points].reverse() }
      wayTo.set(next, [...way, own])
      queue.push(next)
    }
  }
  return null
}

/** Pieces of a way: each ends where the packet goes into something that hides it. */
function legsOf(
  sheet: Sheet,
  chart: Chart,
  stops: readonly Stop[],
  size: Size,
  touched: Set<string>,
): readonly (readonly Point[])[] {
  const legs: Point[][] = []
  let leg: Point[] = []
  const flush = (): void => {
    const points = [...tidy(leg)]
    if (points.length > 1) legs.push(points)
    leg = []
  }
  const follow = (links: readonly Link[]): void => {
    for (const link of links) {
      const [begin] = link.points
      const end = leg.at(-1)
      const station = chart.stations.get(link.from)
      if (station?.kind === 'band' && begin !== undefined && end !== undefined) {
        const band = sheet.bands.find((one) => one.id === station.id)
        if (band !== undefined) leg.push(...alongBand(sheet, band, end, begin))
      } else flush()
      touched.add(link.from)
      touched.add(link.to)
      for (const part of link.parts) touched.add(part)
      leg.push(...link.points)
    }
  }
  for (const [index, stop] of stops.entries()) {
    const before = stops[index - 1]
    if (before === undefined) continue
    const path = pathOf(chart, before.station.id, stop.station.id)
    if (path !== null) follow(path)
    else if (!overlap(before.station.rect, stop.station.rect)) {
      flush()
      leg.push(...(connect(sheet, before.station.rect, stop.station.rect, size) ?? []))
    }
    const end = leg.at(-1) ?? null
    const isThere = end !== null && end.x >= stop.rect.x - 1 && end.x <= stop.rect.x + stop.rect.width + 1
    stop.at = isThere ? end : null
    if (stop.station.kind !== 'band') flush()
  }
  flush()
  return legs
}

/** A way of its own between two parts, around all others. */
function connect(sheet: Sheet, from: Rect, to: Rect, { width, height }: Size): readonly Point[] | null {
  const rects = [...sheet.bands, ...sheet.boxes, ...sheet.chips, ...sheet.pills].filter(
    (rect) => rect !== from && rect !== to && !overlap(rect, from) && !overlap(rect, to),
  )
  const isAbove = from.y + from.height <= to.y
  const start = { x: from.x + from.width / 2, y: isAbove ? from.y + from.height + 2 : from.y - 2 }
  const end = { x: to.x + to.width / 2, y: isAbove ? to.y - 2 : to.y + to.height + 2 }
  const frame = [
    { x: -900, y: -900, width: 894, height: height + 1800 },
    { x: width + 6, y: -900, width: 900, height: height + 1800 },
  ]
  return route(start, end, { rects: [...rects, ...frame], lines: sheet.lines.map((line) => line.points) })
}

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** From where one line ends at a band to where the next begins: on its edges, so that its words stay free. */
function alongBand(sheet: Sheet, band: PlacedBand, from: Point, to: Point): readonly Point[] {
  const isSame = Math.abs(from.y - to.y) < 1
  const gap = tunnelBetween(band, from.x, to.x)
  if (isSame) return gap === null ? [] : throughTunnel(band, from, to, gap)
  if (gap !== null) return throughTunnel(band, from, to, gap)
  const x = crossingAt(sheet, band, from.x, to.x)
  return [
    { x, y: from.y },
    { x, y: to.y },
  ]
}

/** The tunnel that a way along a band passes, if there is one: its edges in the direction of the packet. */
function tunnelBetween(band: PlacedBand, from: number, to: number): { near: number; far: number } | null {
  const at = (x: number): number =>
    band.segments.findIndex((one) => x >= one.x - 1 && x <= one.x + one.width + 1)
  const [a, b] = [band.segments[at(from)], band.segments[at(to)]]
  if (a === undefined || b === undefined || a === b) return null
  return a.x < b.x ? { near: a.x + a.width, far: b.x } : { near: a.x, far: b.x + b.width }
}

function throughTunnel(
  band: PlacedBand,
  from: Point,
  to: Point,
  { near, far }: { readonly near: number; readonly far: number },
): readonly Point[] {
  // On its lower edge: the VNI stands in it.
  const y = band.y + band.height / 2 + TUBE / 2
  return [
    { x: near, y: from.y },
    { x: near, y },
    { x: far, y },
    { x: far, y: to.y },
  ]
}

/** Where a way may cross a band without running over its words: as near as can be to one of the two ends. */
function crossingAt(sheet: Sheet, band: PlacedBand, from: number, to: number): number {
  const words = [
    ...band.texts.map(rectOfText),
    ...sheet.chips.filter((chip) => chip.owner === band.id && chip.kind !== 'veth'),
  ]
  const isFree = (x: number): boolean => words.every((rect) => x < rect.x - 5 || x > rect.x + rect.width + 5)
  const candidates = [from, to]
  for (let step = 4; step < band.width; step += 4) candidates.push(from + step, from - step)
  const free = candidates.find((x) => x > band.x + 6 && x < band.x + band.width - 6 && isFree(x))
  if (free !== undefined) return free
  // Along an edge, which words keep away from.
  const edges = [band.x + EDGE, band.x + band.width - EDGE]
  const [near = from] = edges.sort((a, b) => Math.abs(a - from) - Math.abs(b - from))
  return near
}

/** How near to the end of a band a way crosses it where words leave no room. */
const EDGE = 4

function paintLegs(
  sheet: Sheet,
  legs: readonly (readonly Point[])[],
  index: number,
  shift: number,
  reached: boolean,
): void {
  for (const [at, points] of legs.entries()) {
    const subject = { is: 'client' } as const
    sheet.lines.push({
      id: sheet.id(subject, `way${index + 1}`),
      subject,
      emphasis: 'way',
      hue: null,
      kind: 'way',
      points: shift === 0 ? points : points.map((point) => ({ x: point.x + shift, y: point.y + shift })),
      // Where the packet is dropped stands a cross.
      arrow: reached || at < legs.length - 1 ? 'end' : 'none',
      way: index + 1,
      from: '',
      to: '',
      gaps: [],
      dots: [],
    })
  }
}

/** All that no way touches. Hosts and what is said about them stay as they are. */
function dim(sheet: Sheet, touched: ReadonlySet<string>): void {
  const pods = sheet.enclosures.filter((one) => one.kind === 'pod')
  for (const list of [sheet.lines, sheet.bands, sheet.boxes, sheet.chips, sheet.pills, pods])
    for (const [index, part] of list.entries())
      if (part.emphasis === 'plain' && !touched.has(part.id) && !isWithin(part, touched))
        Object.assign(list, { [index]: { ...part, emphasis: 'dim' } })
}

/** What sits on the edge of a touched part, and says what it is. */
const isWithin = (part: object, touched: ReadonlySet<string>): boolean =>
  'owner' in part &&
  typeof part.owner === 'string' &&
  'kind' in part &&
  part.kind === 'vip' &&
  touched.has(part.owner)
