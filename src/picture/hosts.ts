import { contentOf, paintContent, titlePlace } from './content.ts'
import { type Gate, gatesOf } from './gates.ts'
import type { Looks } from './look.ts'
import { ADDRESS, baseline, centred, chipSize, DETAIL, HOST, lineHeight, room, textAt } from './measure.ts'
import type { PlacedText, Point, Rect } from './placed.ts'
import { type Head, titleWidth } from './plumbing.ts'
import { HOST_GAP, HOST_PAD, MARGIN, TITLE, TITLE_BELOW } from './rooms.ts'
import type { Scene, SceneHost } from './scene.ts'
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
    entries.push(...paintHost(sheet, host, rect, content.head, { isStacked: false }))
    right = Math.max(right, x + rect.width + MARGIN)
    if (fits) x += rect.width + HOST_GAP
    else y += rect.height + SHELF_GAP + (scene.client ? 14 : 0)
  }
  const bottom = Math.max(...hosts.map((host) => host.y + host.height))
  return { right, bottom, entries, leads, hosts }
}

export const stackedWidth = (host: SceneHost): number =>
  Math.max(room(host.name, HOST), room(host.facts.join(' · '), DETAIL))

interface HostLook {
  /** Its role stands below its name. */
  readonly isStacked: boolean
  /** Its interfaces are at the upper edge. */
  readonly isUpsideDown?: boolean
}

/** @returns its interface, where packets come in at it. */
export function paintHost(
  sheet: Sheet,
  host: SceneHost,
  rect: Rect,
  head: Head,
  { isStacked, isUpsideDown = false }: HostLook,
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
      : rect.y + (isUpsideDown ? 16 : host.plumbing === null ? (isStacked ? 2 : 12) : 15),
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
    const own = { x: chipX, y: rect.y + (isUpsideDown ? 0 : rect.height) - size.height / 2, ...size }
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
