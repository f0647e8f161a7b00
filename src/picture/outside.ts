/** Machines around the hosts, in rows below what hosts share, each joined to it. */
import type { OutsideEntry } from '../topology/topology.ts'
import { broken, CELL_PAD, linesHeight, linesIn, linesWidth, type StyledLine } from './cells.ts'
import { ADDRESS, DETAIL, lineHeight, NAME } from './measure.ts'
import { type Anchor, outsideAnchor } from './outside-anchor.ts'
import type { PlacedBox, PlacedFigure, PlacedLine, Point, Rect } from './placed.ts'
import type { Scene } from './scene.ts'
import { createSheet } from './sheet.ts'
import { SIGN, SIGN_GAP } from './signs.ts'

const MARGIN = 4
const GAP = 14
const DROP = 26
const TRUNK = 22
/** From the lines of one interface to those of the next. */
const TRACK = 7

export function withOutside(figure: PlacedFigure, scene: Scene, width: number): PlacedFigure {
  const { outside } = scene.plan
  if (outside.length === 0) return figure
  const sheet = createSheet()
  const inner = Math.max(figure.width, Math.min(width, 320)) - 2 * MARGIN
  const found = outside.map((one) => ({ one, anchor: outsideAnchor(figure, scene, one) }))
  const byId = new Map(found.flatMap(({ anchor }) => (anchor === null ? [] : [[anchor.id, anchor]])))
  const anchors = [...byId.values()].sort((a, b) => a.x - b.x).map(({ id }) => id)
  const trunk = TRUNK + TRACK * Math.max(0, anchors.length - 1)
  const items = found.map(({ one, anchor }) => {
    const lines = linesOf(one, inner - trunk - 2 * CELL_PAD - SIGN - SIGN_GAP)
    const size = {
      width: linesWidth(lines) + 2 * CELL_PAD + SIGN + SIGN_GAP + 6,
      height: linesHeight(lines) + 14,
    }
    return { one, anchor, lines, size, track: anchor === null ? 0 : anchors.indexOf(anchor.id) }
  })
  const whole = items.reduce((sum, { size }) => sum + size.width + GAP, -GAP)
  // Side by side, else below each other beside a trunk; in an order in which no line crosses another.
  const isColumn = whole > inner
  items.sort((a, b) => (isColumn ? b.track - a.track : a.track - b.track))
  const top = figure.height + DROP - MARGIN + (trunk - TRUNK)
  const boxes: PlacedBox[] = []
  const lines: PlacedLine[] = []
  let [x, y, tall, right] = [MARGIN + (isColumn ? trunk : 0), top, 0, 0]
  for (const { one, anchor, lines: own, size, track } of items) {
    const rect = { x, y, ...size }
    const subject = { is: 'machine', machine: one.name } as const
    const id = sheet.id(subject)
    boxes.push({
      id,
      subject,
      emphasis: 'plain',
      hue: null,
      kind: 'machine',
      stopped: false,
      ...rect,
      texts: linesIn(own, rect, 'start').map((text) => ({ ...text, x: rect.x + CELL_PAD + SIGN + SIGN_GAP })),
      sign: { name: one.icon, x: rect.x + CELL_PAD, y: rect.y + 7 + (lineHeight(NAME) - SIGN) / 2 },
    })
    if (anchor !== null)
      lines.push({
        id: sheet.id(subject, 'link'),
        subject,
        emphasis: 'plain',
        hue: null,
        kind: 'uplink',
        points: pointsTo(anchor, rect, { isColumn, top, track, last: anchors.length - 1 }),
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

/** Where the lines of one interface run: each has a track of its own. */
interface Lane {
  readonly isColumn: boolean
  /** Of the first box. */
  readonly top: number
  readonly track: number
  readonly last: number
}

function pointsTo(anchor: Anchor, rect: Rect, { isColumn, top, track, last }: Lane): readonly Point[] {
  if (!anchor.isChip) return isColumn ? besideTrunk(rect, anchor) : wayUp(rect, anchor)
  const end = Math.round(anchor.x + anchor.width / 2)
  const bottom = anchor.y + anchor.height
  if (isColumn) {
    const [x, y] = [MARGIN + 6 + TRACK * track, Math.round(rect.y + rect.height / 2)]
    const high = top - 10 - TRACK * (last - track)
    return [
      { x: rect.x, y },
      { x, y },
      { x, y: high },
      { x: end, y: high },
      { x: end, y: bottom },
    ]
  }
  const x = Math.round(rect.x + rect.width / 2)
  const high = top - 10 - TRACK * track
  if (x === end)
    return [
      { x, y: rect.y },
      { x, y: bottom },
    ]
  return [
    { x, y: rect.y },
    { x, y: high },
    { x: end, y: high },
    { x: end, y: bottom },
  ]
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
