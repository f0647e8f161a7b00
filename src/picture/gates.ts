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
}

/** Pills on the upper edge of a host, each with its line on to the card. */
export function gatesOf(
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
    const inner = wayOf(entry, own.y + own.height)
    addWayIn(sheet, subject, 'in', { points: inner, arrow: 'end', from: pill, to: entry.box, dots: [] })
    if (!isTop) return []
    return [{ pill, host: host.name, container: card.container, inner, x: entry.x, y: own.y }]
  })
}

/** The way of an entry, from the height it begins at. */
const wayOf = ({ x, points }: Entry, y: number): readonly Point[] => [
  { x, y },
  ...(points.length > 1 ? points.slice(1) : points),
]

/** Where the trunk of a comb of open cards meets the edge of the host. */
function combGate(sheet: Sheet, host: SceneHost, rect: Rect, entry: Entry): Gate {
  const subject = { is: 'client' } as const
  const inner = wayOf(entry, rect.y)
  addWayIn(sheet, subject, 'trunk', { points: inner, arrow: 'none', from: '', to: '', dots: [] })
  return { pill: '', host: host.name, container: '', inner, x: entry.x, y: rect.y }
}

/** Ports of the routing mesh: open on every node, and led into the ingress network. */
export function meshGates(sheet: Sheet, host: SceneHost, rect: Rect): readonly Gate[] {
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
  const start = { x: middle, y: own.y + own.height }
  const inner = ingress === undefined ? [] : [start, { x: middle, y: ingress.y }]
  if (ingress !== undefined)
    addWayIn(sheet, subject, 'in', { points: inner, arrow: 'end', from: id, to: ingress.id, dots: [] })
  return [{ pill: id, host: host.name, container: '', inner, x: middle, y: own.y }]
}

export const hasPills = (scene: Scene): boolean =>
  scene.hosts.some((host) => host.mesh.length > 0) ||
  scene.cards.some((card) => card.ports.some((port) => !port.local))

/** The client over its gates, and one line that branches to them. */
export function placeClient(
  scene: Scene,
  sheet: Sheet,
  gates: readonly Gate[],
  right: number,
): readonly WayIn[] {
  const text = scene.words.figure.client
  const width = Math.max(86, room(text, NAME) + 32)
  const xs = gates.map((gate) => gate.x)
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
