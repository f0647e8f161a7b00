/** Where packets come in: pills on the edge of a host, and the client over them. */
import { openLines } from './look.ts'
import { ADDRESS, centred, chipSize, NAME, room } from './measure.ts'
import { type Entry, paintPill } from './paint.ts'
import type { Point, Rect } from './placed.ts'
import { HOST_PAD, MARGIN } from './rooms.ts'
import type { Scene, SceneHost } from './scene.ts'
import { addBox, addWayIn, type Sheet } from './sheet.ts'
import type { WayIn } from './ways.ts'

export const CLIENT_HEIGHT = 30

/** A pill on the edge of a host; `pill` is `''` where a comb of cards has the pills. */
export interface Gate {
  readonly pill: string
  readonly host: string
  readonly container: string
  /** From the pill on. */
  readonly inner: readonly Point[]
  readonly x: number
  readonly y: number
  /** On the lower edge of its host; absent where it is on the upper one. */
  readonly isBelow?: boolean
}

/** Edge of a host that packets come in at. */
export type Edge = 'above' | 'below'

/** Pills on an edge of a host, each with its line on to the card. */
export function gatesOf(
  scene: Scene,
  sheet: Sheet,
  host: SceneHost,
  rect: Rect,
  entries: readonly Entry[],
  isTop: boolean,
  edge: Edge = 'above',
): readonly Gate[] {
  const isBelow = edge === 'below'
  return entries.flatMap((entry) => {
    const card = scene.cards[entry.card]
    if (card === undefined) return [combGate(sheet, host, rect, entry, edge)]
    const lines = openLines(card)
    const size = chipSize(lines)
    // Of several lines, most stand outside.
    const within = Math.min(size.height / 2, 12)
    const y = isBelow ? rect.y + rect.height - within : rect.y + within - size.height
    const own = { x: entry.x - size.width / 2, y, ...size }
    const pill = paintPill(sheet, card, own, lines, host.name, 'open')
    const subject = { is: 'port', host: card.host, container: card.container, service: '' } as const
    const inner = wayOf(entry, isBelow ? own.y : own.y + own.height)
    addWayIn(sheet, subject, 'in', { points: inner, arrow: 'end', from: pill, to: entry.box, dots: [] })
    if (!isTop) return []
    const outer = isBelow ? own.y + own.height : own.y
    return [{ pill, host: host.name, container: card.container, inner, x: entry.x, y: outer, isBelow }]
  })
}

/** The way of an entry, from the height it begins at. */
const wayOf = ({ x, points }: Entry, y: number): readonly Point[] => [
  { x, y },
  ...(points.length > 1 ? points.slice(1) : points),
]

/** Where the trunk of a comb of open cards meets the edge of the host. */
function combGate(sheet: Sheet, host: SceneHost, rect: Rect, entry: Entry, edge: Edge): Gate {
  const subject = { is: 'client' } as const
  const isBelow = edge === 'below'
  const y = isBelow ? rect.y + rect.height : rect.y
  const inner = wayOf(entry, y)
  addWayIn(sheet, subject, 'trunk', { points: inner, arrow: 'none', from: '', to: '', dots: [] })
  return { pill: '', host: host.name, container: '', inner, x: entry.x, y, isBelow }
}

/** Ports of the routing mesh: open on every node, and led into the ingress network. */
export function meshGates(sheet: Sheet, host: SceneHost, rect: Rect, edge: Edge = 'above'): readonly Gate[] {
  if (host.mesh.length === 0) return []
  const isBelow = edge === 'below'
  const line = isBelow ? rect.y + rect.height : rect.y
  const ingress = sheet.bands.find(
    (band) => band.ingress && band.y >= rect.y && band.y < rect.y + rect.height,
  )
  const taken = sheet.pills
    .filter(
      ({ subject, y, height }) =>
        subject.is === 'port' && subject.host === host.name && y < line && y + height > line,
    )
    .map((pill) => ({ left: pill.x, right: pill.x + pill.width }))
  const lines = host.mesh.map((port) => port.text)
  const text = lines.join(', ')
  const size = chipSize([text])
  let x = rect.x + rect.width - HOST_PAD - size.width
  for (const other of [...taken].reverse())
    if (x < other.right + 6 && other.left < x + size.width + 6) x = other.left - 6 - size.width
  const own = { x, y: line - size.height / 2, ...size }
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
  const [near, far] = isBelow ? [own.y, own.y + own.height] : [own.y + own.height, own.y]
  const end = ingress === undefined ? near : isBelow ? ingress.y + ingress.height : ingress.y
  const inner =
    ingress === undefined
      ? []
      : [
          { x: middle, y: near },
          { x: middle, y: end },
        ]
  if (ingress !== undefined)
    addWayIn(sheet, subject, 'in', { points: inner, arrow: 'end', from: id, to: ingress.id, dots: [] })
  return [{ pill: id, host: host.name, container: '', inner, x: middle, y: far, isBelow }]
}

export const hasPills = (scene: Scene): boolean =>
  scene.hosts.some((host) => host.mesh.length > 0) ||
  scene.cards.some((card) => card.ports.some((port) => !port.local))

/** The client over its gates, and one line that branches to them. */
export function placeClient(
  scene: Scene,
  sheet: Sheet,
  gates: readonly Gate[],
  size: { readonly right: number; readonly bottom: number },
): readonly WayIn[] {
  const text = scene.words.figure.client
  const width = Math.max(86, room(text, NAME) + 32)
  const upper = gates.filter((gate) => gate.isBelow !== true)
  const xs = upper.map((gate) => gate.x)
  const { right } = size
  const middle = xs.length === 0 ? right / 2 : (Math.min(...xs) + Math.max(...xs)) / 2
  const x = Math.min(Math.max(middle, MARGIN + width / 2), right - MARGIN - width / 2)
  const rect = { x: x - width / 2, y: MARGIN, width, height: CLIENT_HEIGHT }
  const subject = { is: 'client' } as const
  const id = addBox(sheet, subject, 'client', rect, centred([text], NAME, rect))
  const bus = rect.y + rect.height + 9
  const centre = rect.x + rect.width / 2
  const line = (points: readonly Point[], to: string, dots: readonly Point[] = []): void => {
    const arrow = to === '' ? 'none' : 'end'
    // A branch begins on the line of another gate.
    addWayIn(sheet, subject, 'line', { points, arrow, from: dots.length === 0 ? id : '', to, dots })
  }
  const sorted = [...upper].sort((a, b) => a.x - b.x)
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
  const above = sorted.map((gate) => {
    const bends =
      Math.abs(gate.x - centre) < 1
        ? []
        : [
            { x: centre, y: bus },
            { x: gate.x, y: bus },
          ]
    return wayTo(gate, [start, ...bends, { x: gate.x, y: gate.y }])
  })
  // To the lower edge: round the hosts, on their left.
  const lower = gates.filter((gate) => gate.isBelow === true).sort((a, b) => b.x - a.x)
  const low = size.bottom - AROUND
  const [leftmost] = sorted
  const branch = leftmost !== undefined && leftmost.x < centre - 1 ? { x: leftmost.x, y: bus } : null
  const around = [
    { x: MARGIN + LANE_AT, y: bus },
    { x: MARGIN + LANE_AT, y: low },
  ]
  const below = lower.map((gate, index) => {
    const ends = [
      { x: gate.x, y: low },
      { x: gate.x, y: gate.y },
    ]
    if (index > 0) line(ends, gate.pill, ends.slice(0, 1))
    else if (branch === null) line([start, { x: centre, y: bus }, ...around, ...ends], gate.pill)
    else line([branch, ...around, ...ends], gate.pill, [branch])
    return wayTo(gate, [start, { x: centre, y: bus }, ...around, ...ends])
  })
  return [...above, ...below]
}

/** The line of the way in that goes round the hosts: how far above the lower edge, and right of the left one. */
const AROUND = 8
const LANE_AT = 3

const wayTo = ({ host, container, pill, inner }: Gate, outer: readonly Point[]): WayIn => ({
  host,
  container,
  pill,
  outer,
  points: [...outer, ...inner],
})
