/**
 * The view `matrix`: containers in rows, networks in columns, the address in the cell. Where that is too wide, as on
 * a phone, each attachment has a row of its own below its container.
 */
import {
  broken,
  CELL_GAP,
  CELL_PAD,
  fitted,
  linesHeight,
  linesIn,
  linesWidth,
  type StyledLine,
} from './cells.ts'
import { placeList } from './list.ts'
import {
  cellLines,
  factsOf,
  headBand,
  headLines,
  MARGIN,
  nameLines,
  PAD,
  PILL_GAP,
  type Pills,
  pillsOf,
  rowBox,
  rowsOf,
  valueCell,
} from './matrix-rows.ts'
import { baseline, DETAIL, HOST, lineHeight, textAt } from './measure.ts'
import type {
  PlacedBand,
  PlacedBox,
  PlacedCell,
  PlacedEnclosure,
  PlacedFigure,
  PlacedLine,
  Rect,
} from './placed.ts'
import type { Scene, SceneCard, SceneHost, SceneNetwork } from './scene.ts'
import { createSheet, emptyFigure, type Sheet } from './sheet.ts'

export function placeMatrix(scene: Scene, width: number): PlacedFigure {
  const grid = [gridOf(scene, headLines), gridOf(scene, narrowHead)].find((one) => one.width <= width)
  if (grid !== undefined) return placeGrid(scene, grid)
  return placeList(scene, width)
}

interface Grid {
  head(scene: Scene, network: SceneNetwork): readonly StyledLine[]
  readonly first: number
  readonly columns: readonly number[]
  readonly width: number
}

const isSeveral = (scene: Scene): boolean => scene.hosts.length > 1

/** The same with a line for each word. */
const narrowHead = (scene: Scene, network: SceneNetwork): readonly StyledLine[] =>
  headLines(scene, network).flatMap(({ text, style }, index) =>
    index === 0 ? [{ text, style }] : broken(text, style, NARROW).map((line) => ({ text: line, style })),
  )

/** An address with its prefix length and a dagger. */
const NARROW = 112

function gridOf(scene: Scene, head: Grid['head']): Grid {
  const first = Math.max(
    60,
    ...scene.cards.map(
      (card) => Math.max(linesWidth(nameLines(scene, card)), pillsIn(card, MOST_PILLS).width) + 2 * CELL_PAD,
    ),
  )
  const columns = scene.networks.map((network) => {
    const own = [head(scene, network), ...scene.cards.map((card) => cellLines(card, network))]
    return Math.max(60, ...own.map((lines) => linesWidth(lines) + CELL_PAD + 2))
  })
  const rest = columns.reduce((sum, one) => sum + CELL_GAP + one, 2 * (MARGIN + (isSeveral(scene) ? PAD : 0)))
  // What is said of a host should have its place, as long as a phone still shows the figure in full size.
  const wanted = Math.min(PHONE, 2 * MARGIN + Math.max(0, ...scene.hosts.map(hostRoom)))
  const wide = isSeveral(scene) ? Math.max(first, wanted - rest) : first
  return { head, first: wide, columns, width: rest + wide }
}

/** Ports of a container go on in the next line beyond this. */
const MOST_PILLS = 160

const pillsIn = (card: SceneCard, width: number): Pills => pillsOf(card.ports, card.host, width)

/** Width of a figure that a phone shows in its full size. */
const PHONE = 328

const hostRoom = (host: SceneHost): number =>
  2 * PAD +
  linesWidth([{ text: host.name, style: HOST }]) * 1.1 +
  12 +
  linesWidth([{ text: factsOf(host), style: DETAIL }]) +
  1

function placeGrid(scene: Scene, grid: Grid): PlacedFigure {
  const sheet = createSheet()
  const indent = MARGIN + (isSeveral(scene) ? PAD : 0)
  const bands: PlacedBand[] = []
  const boxes: PlacedBox[] = []
  const cells: PlacedCell[] = []
  const lines: PlacedLine[] = []
  const enclosures: PlacedEnclosure[] = []
  const lefts: number[] = []
  let x = indent + grid.first
  for (const column of grid.columns) {
    lefts.push(x + CELL_GAP)
    x += CELL_GAP + column
  }
  const headHeight =
    Math.max(0, ...scene.networks.map((network) => linesHeight(grid.head(scene, network)))) + 12
  for (const [index, network] of scene.networks.entries()) {
    const rect = { x: lefts[index] ?? 0, y: MARGIN, width: grid.columns[index] ?? 0, height: headHeight }
    bands.push(headBand(sheet, network, rect, linesIn(grid.head(scene, network), rect)))
  }
  let y = MARGIN + headHeight + 8
  const groups = rowsOf(scene).filter(({ cards }) => cards.length > 0)
  for (const { host, cards } of groups) {
    const top = y
    if (isSeveral(scene)) y += lineHeight(HOST) + 8
    for (const [at, card] of cards.entries()) {
      const joints = scene.networks.map((network) => cellLines(card, network))
      const names = nameLines(scene, card)
      const pills = pillsIn(card, MOST_PILLS)
      const own = linesHeight(names) + (pills.height === 0 ? 0 : pills.height + PILL_GAP)
      const height = Math.max(own, ...joints.map(linesHeight)) + 10
      if (at > 0) lines.push(rule(sheet, card, indent, y - CELL_GAP / 2, x - indent))
      const rect = { x: indent, y, width: grid.first, height }
      boxes.push(rowBox(sheet, card, rect, names, pills))
      for (const [index, network] of scene.networks.entries()) {
        const said = joints[index] ?? []
        if (said.length === 0) continue
        const place = { x: lefts[index] ?? 0, y, width: grid.columns[index] ?? 0, height }
        cells.push(valueCell(sheet, card, network, place, said))
      }
      y += height + CELL_GAP
    }
    if (isSeveral(scene)) {
      const rect = { x: MARGIN, y: top, width: grid.width - 2 * MARGIN, height: y - top + 2 }
      enclosures.push(hostBox(scene, sheet, host, rect))
      y += 12
    }
  }
  const size = { width: Math.ceil(grid.width), height: Math.ceil(y - CELL_GAP) + MARGIN }
  return { ...emptyFigure(scene), ...size, enclosures, lines, bands, boxes, cells, pills: sheet.pills }
}

function hostBox(scene: Scene, sheet: Sheet, host: SceneHost, rect: Rect): PlacedEnclosure {
  const subject = { is: 'host', host: host.name } as const
  const own = scene.plan.hosts.find((one) => one.name === host.name)
  const facts = factsOf(host)
  const x = rect.x + PAD
  const title = textAt(
    fitted(host.name, HOST, rect.width - 2 * PAD),
    HOST,
    x,
    baseline(rect.y + 5, HOST),
    'start',
  )
  const room = rect.width - 2 * PAD - title.width * 1.1 - 12
  const said = fitted(facts, DETAIL, room)
  const shown = own === undefined || facts === '' || said === '…' ? [] : [said]
  return {
    id: sheet.id(subject),
    subject,
    emphasis: 'plain',
    hue: null,
    kind: 'host',
    ...rect,
    texts: [
      title,
      ...shown.map((text) =>
        textAt(text, DETAIL, x + title.width * 1.1 + 12, baseline(rect.y + 6, DETAIL), 'start'),
      ),
    ],
  }
}

function rule(sheet: Sheet, card: SceneCard, x: number, y: number, width: number): PlacedLine {
  const subject = { is: 'container', container: card.container } as const
  const line = { kind: 'rule' as const, arrow: 'none' as const, way: 0, from: '', to: '', gaps: [], dots: [] }
  const points = [
    { x, y },
    { x: x + width, y },
  ]
  return { id: sheet.id(subject, 'rule'), subject, emphasis: 'plain', hue: null, points, ...line }
}
