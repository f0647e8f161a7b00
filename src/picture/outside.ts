/** Machines around the hosts, in rows below what hosts share, each joined to it. */
import type { OutsideEntry } from '../topology/topology.ts'
import { broken, CELL_PAD, linesHeight, linesIn, linesWidth, type StyledLine } from './cells.ts'
import { ADDRESS, DETAIL, lineHeight, NAME } from './measure.ts'
import type { PlacedBox, PlacedFigure, PlacedLine, Point, Rect } from './placed.ts'
import type { Scene } from './scene.ts'
import { createSheet } from './sheet.ts'
import { SIGN, SIGN_GAP } from './signs.ts'

const MARGIN = 4
const GAP = 14
const DROP = 26
const TRUNK = 22

export function withOutside(figure: PlacedFigure, scene: Scene, width: number): PlacedFigure {
  const { outside } = scene.plan
  if (outside.length === 0) return figure
  const sheet = createSheet()
  const inner = Math.max(figure.width, Math.min(width, 320)) - 2 * MARGIN
  const items = outside.map((one) => ({
    one,
    lines: linesOf(one, inner - TRUNK - 2 * CELL_PAD - SIGN - SIGN_GAP),
  }))
  const anchor = anchorOf(figure)
  const boxes: PlacedBox[] = []
  const lines: PlacedLine[] = []
  const sizeOf = (own: readonly StyledLine[]) => ({
    width: linesWidth(own) + 2 * CELL_PAD + SIGN + SIGN_GAP + 6,
    height: linesHeight(own) + 14,
  })
  const whole = items.reduce((sum, { lines: own }) => sum + sizeOf(own).width + GAP, -GAP)
  // Side by side, else below each other beside a trunk.
  const isColumn = whole > inner
  let [x, y, tall, right] = [MARGIN + (isColumn ? TRUNK : 0), figure.height + DROP - MARGIN, 0, 0]
  for (const { one, lines: own } of items) {
    const size = sizeOf(own)
    const rect = { x, y, ...size }
    const subject = { is: 'machine', machine: one.name } as const
    const id = sheet.id(subject)
    const texts = linesIn(own, rect, 'start').map((text) => ({
      ...text,
      x: rect.x + CELL_PAD + SIGN + SIGN_GAP,
    }))
    boxes.push({
      id,
      subject,
      emphasis: 'plain',
      hue: null,
      kind: 'machine',
      stopped: false,
      ...rect,
      texts,
      sign: { name: one.icon, x: rect.x + CELL_PAD, y: rect.y + 7 + (lineHeight(NAME) - SIGN) / 2 },
    })
    const points = anchor === null ? null : isColumn ? besideTrunk(rect, anchor) : wayUp(rect, anchor)
    if (points !== null && anchor !== null)
      lines.push({
        id: sheet.id(subject, 'link'),
        subject,
        emphasis: 'plain',
        hue: null,
        kind: 'uplink',
        points,
        arrow: 'none',
        way: 0,
        from: id,
        to: anchor.id,
        gaps: [],
        dots: [],
      })
    if (isColumn) y += size.height + GAP
    else x += size.width + GAP
    tall = isColumn ? -GAP : Math.max(tall, size.height)
    right = Math.max(right, rect.x + size.width)
  }
  return {
    ...figure,
    width: Math.max(figure.width, Math.ceil(right) + MARGIN),
    height: Math.ceil(y + tall) + MARGIN,
    boxes: [...figure.boxes, ...boxes],
    lines: [...figure.lines, ...lines],
  }
}

interface Anchor extends Rect {
  readonly id: string
}

/** What all hosts share, else the lowest host. */
function anchorOf({ boxes, enclosures, height }: PlacedFigure): Anchor | null {
  const underlay = boxes.find((box) => box.kind === 'underlay')
  if (underlay !== undefined) return underlay
  return (
    enclosures.find((one) => one.kind === 'host' && one.y + one.height > height - 3 * MARGIN - GAP) ?? null
  )
}

/** From the left side to a line that all of them share. */
function besideTrunk(rect: Rect, anchor: Anchor): readonly Point[] {
  const y = Math.round(rect.y + rect.height / 2)
  const x = anchor.x + 6
  return [
    { x: rect.x, y },
    { x, y },
    { x, y: anchor.y + anchor.height },
  ]
}

function wayUp(rect: Rect, anchor: Anchor): readonly Point[] {
  const x = Math.round(rect.x + rect.width / 2)
  const bottom = anchor.y + anchor.height
  if (x >= anchor.x + 8 && x <= anchor.x + anchor.width - 8)
    return [
      { x, y: rect.y },
      { x, y: bottom },
    ]
  const end = Math.round(anchor.x + anchor.width - 16)
  return [
    { x, y: rect.y },
    { x, y: Math.round((rect.y + bottom) / 2) },
    { x: end, y: Math.round((rect.y + bottom) / 2) },
    { x: end, y: bottom },
  ]
}

function linesOf({ name, address, routes }: OutsideEntry, width: number): readonly StyledLine[] {
  return [
    ...broken(name, NAME, width).map((text) => ({ text, style: NAME })),
    ...(address === '' ? [] : [{ text: address, style: ADDRESS }]),
    ...routes.flatMap((route) =>
      broken(route, DETAIL, Math.min(width, 230)).map((text) => ({ text, style: DETAIL })),
    ),
  ]
}
