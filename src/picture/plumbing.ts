/**
 * Between the upper edge of a host and its networks, in the view that tells the path of a packet: interfaces on the
 * edge, the rules of NAT, docker-proxy and the ends of tunnels, and the lines from one to the next.
 */
import {
  ADDRESS,
  baseline,
  centred,
  chipSize,
  DETAIL,
  FACT,
  HOST,
  lineHeight,
  NAME,
  rectOfText,
  room,
  textAt,
} from './measure.ts'
import type { LineKind, PlacedBand, PlacedText, Point, Rect, Subject } from './placed.ts'
import type { ScenePlumbing } from './plumbing-scene.ts'
import { tidy } from './polyline.ts'
import { route } from './route.ts'
import type { Scene, SceneHost } from './scene.ts'
import { addBox, type Sheet } from './sheet.ts'

/** Room above the networks of a host. */
export interface Head {
  /** Narrowest it can be. */
  readonly least: number
  heightAt(width: number): number
  /**
   * @param at Upper left corner and width of the room inside of the host.
   * @returns where its own interface stands, and the id of that.
   */
  paint(sheet: Sheet, at: Point & { readonly width: number }, host: Rect, hostId: string): Nic | null
}

export interface Nic extends Point {
  readonly id: string
}

export const NO_HEAD: Head = { least: 0, heightAt: () => 0, paint: () => null }

const PAD = 10
const BETWEEN = 12
/** Between the title of the host and the boxes, where lines of interfaces run. */
const ABOVE = 12
/** Between the boxes and the networks. */
const BELOW = 24
/** Room for a line beside the boxes. */
const LANE = 20
const HEADING = 'NAT (iptables)'

interface Row {
  readonly pills: readonly { readonly text: string; readonly rule: number; readonly rect: Rect }[]
  readonly texts: readonly {
    readonly text: string
    readonly style: typeof FACT
    readonly x: number
    readonly y: number
  }[]
}

interface Laid {
  readonly rect: Rect
  readonly subject: Subject
  readonly kind: 'nat' | 'proxy' | 'vxlan'
  readonly row: Row
}

/** @param room Width that the host may take. */
export function headOf(scene: Scene, host: SceneHost, room: number): Head {
  const { plumbing } = host
  if (plumbing === null) return NO_HEAD
  const sides = sidesOf(scene, host, plumbing)
  const stacked = Math.max(natLeast(plumbing), ...sides.map((side) => side.rect.width)) + LANE
  const beside = besideLeast(plumbing, sides) + laneOf(plumbing)
  const least = beside <= room ? beside : stacked
  return {
    least,
    heightAt: (width) => {
      const boxes = layOut(scene, host, plumbing, width)
      const low = Math.max(0, ...boxes.map(({ rect }) => rect.y + rect.height))
      return low === 0 ? ABOVE : ABOVE + low + BELOW
    },
    paint: (sheet, at, rect, hostId) => paintHead(scene, sheet, host, plumbing, at, rect, hostId),
  }
}

function natLeast(plumbing: ScenePlumbing): number {
  if (plumbing.translated.length === 0) return 0
  const pills = plumbing.dnat.map(({ text }) => chipSize([text]).width)
  const facts = plumbing.sources.map(({ text }) => room(`MASQUERADE ${text}`, FACT))
  return Math.max(room(HEADING, NAME), ...pills, ...facts) + 2 * PAD
}

const laneOf = (plumbing: ScenePlumbing): number =>
  plumbing.parents.length > 0 || plumbing.routed.length > 0 ? LANE : 0

const widthOf = (sides: readonly Laid[]): number =>
  sides.reduce((sum, { rect }) => sum + rect.width + BETWEEN, 0)

const besideLeast = (plumbing: ScenePlumbing, sides: readonly Laid[]): number =>
  widthOf(sides) + natLeast(plumbing)

/** Left free beside boxes below NAT, for its own lines to the networks. */
const PASSAGE = 44

/** NAT, and beside it or below it what has no rules; places from the upper left corner of the room. */
function layOut(scene: Scene, host: SceneHost, plumbing: ScenePlumbing, width: number): readonly Laid[] {
  const sides = sidesOf(scene, host, plumbing)
  const placed: Laid[] = []
  const hasNat = plumbing.translated.length > 0
  const isBeside = !hasNat || besideLeast(plumbing, sides) <= width - laneOf(plumbing)
  const lane = isBeside || plumbing.vxlan.length === 0 ? laneOf(plumbing) : LANE
  let [y, low] = [0, 0]
  if (hasNat) {
    const own = width - lane - (isBeside ? widthOf(sides) : 0)
    const { row, height } = natRow(plumbing, own)
    const least = isBeside ? Math.max(0, ...sides.map(({ rect }) => rect.height)) : 0
    const rect = { x: 0, y: 0, width: own, height: Math.max(height, least) }
    placed.push({ rect, subject: { is: 'nat', host: host.name }, kind: 'nat', row })
    if (!isBeside) y = rect.height + BETWEEN
  }
  const inner = isBeside ? width - lane : width
  const isRow = isBeside || widthOf(sides) + PASSAGE <= inner
  let x = isRow ? inner - widthOf(sides) + BETWEEN : 0
  for (const side of sides) {
    if (!isRow) {
      x = inner - side.rect.width
      y = Math.max(y, low === 0 ? 0 : low + BETWEEN)
    }
    placed.push({ ...side, rect: { ...side.rect, x, y } })
    x += side.rect.width + BETWEEN
    low = Math.max(low, y + side.rect.height)
  }
  return placed
}

/** Heading, rules as pills, sources as text. */
function natRow(plumbing: ScenePlumbing, width: number): { readonly row: Row; readonly height: number } {
  const inner = width - 2 * PAD
  const texts: { text: string; style: typeof FACT; x: number; y: number }[] = [
    { text: HEADING, style: NAME, x: PAD, y: 6 },
  ]
  const pills: { text: string; rule: number; rect: Rect }[] = []
  let y = 6 + lineHeight(NAME) + 2
  if (plumbing.dnat.length > 0) {
    const label = room('DNAT', FACT) + 8
    const isWide = label + Math.max(...plumbing.dnat.map(({ text }) => chipSize([text]).width)) <= inner
    const left = isWide ? PAD + label : PAD
    texts.push({ text: 'DNAT', style: FACT, x: PAD, y: y + 2 })
    if (!isWide) y += lineHeight(FACT) + 2
    let x = left
    for (const [rule, { text }] of plumbing.dnat.entries()) {
      const size = chipSize([text])
      if (x > left && x + size.width > PAD + inner) {
        x = left
        y += size.height + 4
      }
      pills.push({ text, rule, rect: { x, y, ...size } })
      x += size.width + 6
    }
    y += chipSize(['0']).height + 4
  }
  let line = ''
  const flush = (): void => {
    if (line === '') return
    texts.push({ text: line, style: FACT, x: PAD, y })
    y += lineHeight(FACT)
    line = ''
  }
  for (const { text } of plumbing.sources) {
    const target = text.includes('→') ? 'SNAT' : 'MASQUERADE'
    const longer = `${line}, ${text}`
    if (line.startsWith(target) && room(longer, FACT) <= inner) {
      line = longer
      continue
    }
    flush()
    line = `${target} ${text}`
  }
  flush()
  return { row: { pills, texts }, height: y + 6 }
}

function sidesOf(scene: Scene, host: SceneHost, { proxy, vxlan }: ScenePlumbing): readonly Laid[] {
  const box = (
    kind: 'proxy' | 'vxlan',
    heading: string,
    details: readonly string[],
    facts: readonly string[],
  ): Laid => {
    const all = [
      { text: heading, style: NAME },
      ...details.map((text) => ({ text, style: DETAIL })),
      ...facts.map((text) => ({ text, style: FACT })),
    ]
    let y = 6
    const texts = all.map(({ text, style }) => {
      const at = { text, style, x: PAD, y }
      y += lineHeight(style) + (style === NAME ? 2 : 0)
      return at
    })
    const width = Math.max(...all.map(({ text, style }) => room(text, style))) + 2 * PAD
    return {
      rect: { x: 0, y: 0, width, height: y + 6 },
      subject: { is: kind, host: host.name },
      kind,
      row: { pills: [], texts },
    }
  }
  return [
    ...(proxy.texts.length === 0
      ? []
      : [box('proxy', 'docker-proxy', [scene.words.figure.fromThisHost], wrapped(proxy.texts))]),
    ...(vxlan.length === 0
      ? []
      : [
          box(
            'vxlan',
            'VXLAN',
            ['UDP 4789'],
            vxlan.map(({ text }) => text),
          ),
        ]),
  ]
}

/** Characters of a line of docker-proxy's ports. */
const LINE = 22

function wrapped(texts: readonly string[]): readonly string[] {
  const lines: string[] = []
  for (const text of texts) {
    const longer = `${lines.at(-1) ?? ''}, ${text}`
    if (lines.length > 0 && longer.length <= LINE) lines[lines.length - 1] = longer
    else lines.push(text)
  }
  return lines
}

function paintHead(
  scene: Scene,
  sheet: Sheet,
  host: SceneHost,
  plumbing: ScenePlumbing,
  at: Point & { readonly width: number },
  hostRect: Rect,
  hostId: string,
): Nic | null {
  const origin = { x: at.x, y: at.y + ABOVE }
  const ids = new Map<string, { id: string; rect: Rect }>()
  for (const laid of layOut(scene, host, plumbing, at.width)) {
    const rect = { ...laid.rect, x: origin.x + laid.rect.x, y: origin.y + laid.rect.y }
    const texts = laid.row.texts.map(
      ({ text, style, x, y }): PlacedText =>
        textAt(text, style, rect.x + x, baseline(rect.y + y, style), 'start'),
    )
    const id = addBox(sheet, laid.subject, laid.kind, rect, texts)
    ids.set(laid.kind, { id, rect })
    for (const { text, rule, rect: pill } of laid.row.pills) {
      const from = plumbing.dnat[rule]
      const own = { ...pill, x: rect.x + pill.x, y: rect.y + pill.y }
      const subject: Subject = {
        is: 'port',
        host: host.name,
        container: from?.container ?? '',
        service: from?.service ?? '',
      }
      sheet.pills.push({
        id: sheet.id(subject),
        subject,
        emphasis: 'plain',
        hue: null,
        kind: 'open',
        owner: id,
        ...own,
        texts: centred([text], ADDRESS, own),
      })
    }
  }
  const nics = paintNics(sheet, host, ids, at, hostRect, hostId)
  const own = nics.get(host.devices[0]?.device ?? '') ?? null
  join(scene, sheet, host, plumbing, ids, nics, hostRect)
  return own === null ? null : { id: own.id, x: own.rect.x + own.rect.width / 2, y: own.rect.y }
}

interface Named {
  readonly id: string
  readonly rect: Rect
}

/** Room that the name of a host and what is said beside it take. */
export const titleWidth = (host: SceneHost): number =>
  room(host.name, HOST) + (host.facts.length > 0 ? room(host.facts.join(' · '), DETAIL) + 8 : 0)

/** Interfaces on the upper edge: the host's own over NAT, parents of networks at the right. */
function paintNics(
  sheet: Sheet,
  host: SceneHost,
  boxes: ReadonlyMap<string, Named>,
  at: Point & { readonly width: number },
  hostRect: Rect,
  hostId: string,
): ReadonlyMap<string, Named> {
  const [first, ...others] = host.devices
  const nics = new Map<string, Named>()
  if (first === undefined) return nics
  const put = (device: string, text: string, x: number): number => {
    const size = chipSize([text])
    const own = { x, y: hostRect.y - size.height / 2, ...size }
    const subject = { is: 'nic', host: host.name, device } as const
    const id = sheet.id(subject)
    nics.set(device, { id, rect: own })
    sheet.chips.push({
      id,
      subject,
      emphasis: 'plain',
      hue: null,
      kind: 'nic',
      owner: hostId,
      ...own,
      texts: centred([text], ADDRESS, own),
    })
    return x + size.width
  }
  const rest = others.reduce((sum, { text }) => sum + chipSize([text]).width + 8, 0)
  const size = chipSize([first.text]).width
  const under = boxes.get('nat')?.rect ?? boxes.get('vxlan')?.rect
  const title = at.x + titleWidth(host) + 24
  const wished = under === undefined ? at.x + at.width / 2 : under.x + under.width / 2
  const middle = Math.max(wished, title + 8)
  const left = Math.max(at.x, Math.min(middle - size / 2, at.x + at.width - size - rest))
  let x = put(first.device, first.text, left)
  for (const { device, text } of others) x = put(device, text, x + 8)
  return nics
}

/** Lines from interfaces to what they lead to, and on to the networks. */
function join(
  scene: Scene,
  sheet: Sheet,
  host: SceneHost,
  plumbing: ScenePlumbing,
  boxes: ReadonlyMap<string, Named>,
  nics: ReadonlyMap<string, Named>,
  hostRect: Rect,
): void {
  const own = nics.get(host.devices[0]?.device ?? '') ?? null
  const [nat, vxlan, proxy] = [
    boxes.get('nat') ?? null,
    boxes.get('vxlan') ?? null,
    boxes.get('proxy') ?? null,
  ]
  const bandOf = (key: string): (PlacedBand & Named) | null => {
    const band = sheet.bands.find(
      (one) =>
        one.subject.is === 'network' &&
        one.subject.network === key &&
        (one.subject.host === '' || one.subject.host === host.name),
    )
    return band === undefined ? null : { ...band, rect: inHost(band, hostRect) }
  }
  const surroundings: Surroundings = {
    host: hostRect,
    title: { x: hostRect.x + PAD, y: hostRect.y + 12, width: titleWidth(host) + PAD, height: 22 },
    spanning: new Set(scene.networks.flatMap((network) => (network.host === '' ? [network.key] : []))),
  }
  const line = (
    from: Named | null,
    to: Named | null,
    kind: LineKind,
    hue: number | null,
    subject: Subject,
  ): void => {
    if (from === null || to === null) return
    const rail = kind === 'tunnel' ? railTo(sheet, from, to, surroundings) : null
    const points = rail?.points ?? between(sheet, from, to, surroundings)
    if (points === null) return
    sheet.lines.push({
      id: sheet.id(subject, 'path'),
      subject,
      emphasis: 'plain',
      // One rail of several networks has the colour of none.
      hue: rail === null ? hue : null,
      kind,
      points,
      arrow: 'none',
      way: 0,
      from: from.id,
      to: to.id,
      gaps: [],
      dots: rail?.dots ?? [],
    })
  }
  const hostSubject = { is: 'host', host: host.name } as const
  line(own, nat, 'uplink', null, nat === null ? hostSubject : { is: 'nat', host: host.name })
  if (vxlan !== null) line(own, vxlan, 'tunnel', null, { is: 'vxlan', host: host.name })
  const toBand = (from: Named | null, key: string, kind: LineKind): void => {
    const band = bandOf(key)
    line(from, band, kind, band?.hue ?? null, { is: 'network', network: key, host: host.name })
  }
  for (const key of plumbing.translated) toBand(nat, key, 'route')
  for (const { network } of plumbing.vxlan) toBand(vxlan, network, 'tunnel')
  for (const key of plumbing.proxy.networks) toBand(proxy, key, 'route')
  for (const key of plumbing.routed) toBand(own, key, 'route')
  for (const { network, device } of plumbing.parents) toBand(nics.get(device) ?? own, network, 'route')
}

/** What of a band lies on this host. */
function inHost(band: Rect, host: Rect): Rect {
  const left = Math.max(band.x, host.x + 8)
  const right = Math.min(band.x + band.width, host.x + host.width - 8)
  return { ...band, x: left, width: Math.max(20, right - left) }
}

/** From the lowest networks of a host to the rail below them, and from that to the edge of the host. */
const RAIL = 8

/**
 * Tunnels to what of their networks is on one host: down beside its containers and along below the networks, one rail
 * for all of them.
 *
 * @returns `null` where something stands in its way, or the network has one mark for all hosts.
 */
function railTo(
  sheet: Sheet,
  from: Named,
  to: Named,
  { host }: Surroundings,
): { readonly points: readonly Point[]; readonly dots: readonly Point[] } | null {
  const marks = sheet.bands.filter(({ subject }) => subject.is === 'network' && subject.host !== '')
  const own = marks.filter((mark) => mark.x > host.x && mark.y > host.y && mark.y < host.y + host.height)
  if (own.every(({ id }) => id !== to.id)) return null
  const low = Math.max(...own.map((mark) => mark.y + mark.height)) + RAIL
  const middle = ({ x, width }: Rect): number => Math.round(x + width / 2)
  const side = host.x + host.width - RAIL
  const start = { x: Math.round(from.rect.x + from.rect.width - EDGE), y: from.rect.y + from.rect.height }
  const solids = [...sheet.boxes, ...sheet.chips, ...sheet.bands].filter(
    (one) => one.id !== from.id && one.id !== to.id,
  )
  // In the middle, else beside what stands below it.
  const xs = [middle(to.rect)]
  for (let x = to.rect.x + EDGE; x <= to.rect.x + to.rect.width - EDGE; x += EDGE) xs.push(Math.round(x))
  // Below all of them, else right below this one.
  const under = to.rect.y + to.rect.height + RAIL
  const joints = [...xs.map((x) => ({ x, y: low })), ...xs.map((x) => ({ x, y: under }))]
  for (const joint of joints) {
    const points = tidy([
      start,
      { ...start, y: start.y + RAIL },
      { x: side, y: start.y + RAIL },
      { x: side, y: joint.y },
      joint,
      { ...joint, y: to.rect.y + to.rect.height },
    ])
    if (solids.some((one) => meets(points, one))) continue
    const isPassed = joint.y === low && own.some((mark) => middle(mark) < joint.x)
    return { points, dots: isPassed ? [joint] : joint.y === low ? [] : [{ x: side, y: joint.y }] }
  }
  return null
}

const meets = (points: readonly Point[], rect: Rect): boolean =>
  points.some((point, i) => {
    const before = points[i - 1] ?? point
    return (
      Math.max(before.x, point.x) > rect.x &&
      Math.min(before.x, point.x) < rect.x + rect.width &&
      Math.max(before.y, point.y) > rect.y &&
      Math.min(before.y, point.y) < rect.y + rect.height
    )
  })

const EDGE = 14

interface Surroundings {
  readonly host: Rect
  readonly title: Rect
  /** Keys of networks of the whole swarm. */
  readonly spanning: ReadonlySet<string>
}

/**
 * Straight down where both lie over each other and nothing stands between them, else around what does. Bands of the
 * whole swarm reach from edge to edge: a line passes them in a gap.
 */
function between(
  sheet: Sheet,
  from: Named,
  to: Named,
  { host, title, spanning }: Surroundings,
): readonly Point[] | null {
  const start = from.rect.y + from.rect.height
  const end = to.rect.y
  const isOther = (one: { readonly id: string }): boolean => one.id !== from.id && one.id !== to.id
  const wide = sheet.bands.filter(
    (one) => isOther(one) && one.subject.is === 'network' && spanning.has(one.subject.network),
  )
  const solids = [
    title,
    ...[...sheet.boxes, ...sheet.chips].filter(isOther),
    ...sheet.bands.filter((one) => isOther(one) && !wide.includes(one)),
    ...wide.flatMap((one) => one.texts.map(rectOfText)),
  ]
  const others = sheet.lines.map((line) => line.points)
  const isFree = (x: number): boolean =>
    solids.every(
      (one) => x < one.x - 6 || x > one.x + one.width + 6 || end <= one.y || start >= one.y + one.height,
    ) && others.every((points) => !runsBeside(points, x, start, end))
  const left = Math.max(from.rect.x, to.rect.x) + EDGE
  const right = Math.min(from.rect.x + from.rect.width, to.rect.x + to.rect.width) - EDGE
  if (left <= right) {
    const middle = Math.round((left + right) / 2)
    const tries = [middle]
    for (let step = 10; step < right - left; step += 10) tries.push(middle - step, middle + step)
    const x = tries.find((one) => one >= left && one <= right && isFree(one))
    if (x !== undefined) {
      passBands(sheet, wide, x, start, end)
      return [
        { x, y: start },
        { x, y: end },
      ]
    }
  }
  const frame = [
    { x: host.x - 900, y: host.y - 900, width: 900, height: 9000 },
    { x: host.x + host.width, y: host.y - 900, width: 900, height: 9000 },
    { x: host.x - 900, y: host.y - 900, width: host.width + 1800, height: 890 },
  ]
  const near = solids.filter((one) => one.x < host.x + host.width && one.x + one.width > host.x)
  // Where the nearest place is taken, another does as well.
  const span = { left: to.rect.x + EDGE, right: to.rect.x + to.rect.width - EDGE }
  const goals = [from.rect.x + from.rect.width / 2, span.right, span.left, (span.left + span.right) / 2]
  const into = (x: number, rect: Rect): number =>
    Math.round(Math.min(Math.max(x, rect.x + EDGE), rect.x + rect.width - EDGE))
  let found: { readonly way: readonly Point[]; readonly a: number; readonly b: number } | null = null
  for (const goal of goals) {
    const b = into(goal, to.rect)
    const a = into(b, from.rect)
    const way = route(
      { x: a, y: start + 3 },
      { x: b, y: end - 3 },
      { rects: [...near, ...channelled(sheet, wide, host), ...frame, from.rect, to.rect], lines: others },
    )
    if (way === null) continue
    found = { way, a, b }
    break
  }
  if (found === null) return null
  const { way, a, b } = found
  for (const [i, point] of way.entries()) {
    const next = way[i + 1]
    if (next !== undefined && next.x === point.x)
      passBands(sheet, wide, point.x, Math.min(point.y, next.y), Math.max(point.y, next.y))
  }
  return tidy([{ x: a, y: start }, ...way, { x: b, y: end }])
}

/** Half of the gap in a band that a line may pass through. */
const CHANNEL = 8

/** Bands from edge to edge, with a gap near the right edge of a host where no word stands. */
function channelled(sheet: Sheet, bands: readonly PlacedBand[], host: Rect): readonly Rect[] {
  const words = bands.flatMap((band) => [
    ...band.texts.map(rectOfText),
    ...sheet.chips.filter((chip) => chip.owner === band.id),
  ])
  const isFree = (x: number): boolean =>
    words.every((one) => x + CHANNEL < one.x || x - CHANNEL > one.x + one.width)
  const right = host.x + host.width - 18
  let x = right
  while (x > host.x + 18 && !isFree(x)) x -= 6
  return bands.flatMap((band) => [
    { ...band, width: x - CHANNEL - band.x },
    { ...band, x: x + CHANNEL, width: band.x + band.width - x - CHANNEL },
  ])
}

/** Whether a line has an upright piece so near to `x` that it would look like one with it. */
const runsBeside = (points: readonly Point[], x: number, start: number, end: number): boolean =>
  points.some((point, i) => {
    const next = points[i + 1]
    if (next === undefined || point.x !== next.x || Math.abs(point.x - x) >= 10) return false
    return Math.max(point.y, next.y) > start && Math.min(point.y, next.y) < end
  })

function passBands(sheet: Sheet, wide: readonly PlacedBand[], x: number, start: number, end: number): void {
  for (const [index, band] of sheet.bands.entries())
    if (wide.some(({ id }) => id === band.id) && start <= band.y && end >= band.y + band.height)
      sheet.bands[index] = { ...band, slots: [...band.slots, x].sort((p, q) => p - q) }
}
