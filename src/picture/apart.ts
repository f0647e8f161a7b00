/** Containers that are on no network, with the reason over them. */
import { GAP, type Looks } from './look.ts'
import { baseline, DETAIL, lineHeight, room, textAt } from './measure.ts'
import { paintCard } from './paint.ts'
import type { Apart, Point } from './placed.ts'
import type { Scene } from './scene.ts'
import type { Sheet } from './sheet.ts'

/** What is on no network stands apart, with the reason over it; below it the routes of the host. */
export function apartOf(scene: Scene, looks: Looks, host: string, width: number): ApartBlock {
  const block = containersOf(scene, looks, host, width)
  const routes = scene.hosts.find(({ name }) => name === host)?.routes ?? []
  if (routes.length === 0) return block
  const step = lineHeight(DETAIL)
  const above = block.height === 0 ? 0 : block.height + GAP
  return {
    width: Math.max(block.width, ...routes.map((route) => room(route, DETAIL))),
    height: above + routes.length * step,
    paint(sheet, at) {
      if (block.width > 0) block.paint(sheet, at)
      const subject = { is: 'route', host } as const
      for (const [index, route] of routes.entries()) {
        const y = at.y + above + index * step
        const text = textAt(route, DETAIL, at.x, baseline(y, DETAIL), 'start')
        sheet.labels.push({ id: sheet.id(subject), subject, emphasis: 'plain', hue: null, text })
      }
      return at.y + above + routes.length * step
    },
  }
}

function containersOf(scene: Scene, looks: Looks, host: string, width: number): ApartBlock {
  const { figure } = scene.words
  const reasons: readonly (readonly [Apart, string])[] = [
    ['host', figure.hostNetwork],
    ['none', figure.noNetwork],
    ['undrawn', figure.undrawnNetworks],
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

export interface ApartBlock {
  readonly width: number
  readonly height: number
  paint(sheet: Sheet, at: Point): number
}
