/** What the hosts share: below them, or between the client and their interfaces. */
import type { Gate } from './gates.ts'
import type { Laid } from './hosts.ts'
import { centred, DETAIL, lineHeight, NAME, room } from './measure.ts'
import type { Rect } from './placed.ts'
import { MARGIN } from './rooms.ts'
import type { Scene } from './scene.ts'
import { addBox, type Sheet } from './sheet.ts'

/** From what the hosts share to their interfaces. */
const UPLINK = 34

/**
 * What the hosts share, between the client and their interfaces.
 *
 * @returns where the client's packets come to it.
 */
export function underlayAbove(scene: Scene, sheet: Sheet, laid: Laid, top: number): readonly Gate[] {
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

export const underlayHeight = (scene: Scene, width: number): number =>
  Math.max(lineHeight(NAME), underlayLines(scene, width).length * lineHeight(DETAIL)) + 10

/** Room it needs between the client and the hosts. */
export const roomAbove = (scene: Scene): number => underlayHeight(scene, NARROW) + UPLINK

export function paintUnderlay(scene: Scene, sheet: Sheet, rect: Rect): string {
  if (scene.underlay === null) return ''
  const subject = { is: 'underlay' } as const
  return addBox(sheet, subject, 'underlay', rect, centred(underlayLines(scene, rect.width), DETAIL, rect))
}

/** What the hosts share lies below them, joined to the interface of each. */
export function placeUnderlay(scene: Scene, sheet: Sheet, laid: Laid): number {
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
