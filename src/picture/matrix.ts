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
import { withHops } from './matrix-ways.ts'
import { ADDRESS, baseline, DETAIL, FACT, HOST, lineHeight, NAME, textAt } from './measure.ts'
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
import { addBox, createSheet, emptyFigure, type Sheet } from './sheet.ts'

const MARGIN = 4
const PAD = 10

export function placeMatrix(scene: Scene, width: number): PlacedFigure {
  const grid = [gridOf(scene, headLines), gridOf(scene, narrowHead)].find((one) => one.width <= width)
  if (grid !== undefined) return placeGrid(scene, grid)
  return placeList(scene, width)
}

interface Grid {
  head(network: SceneNetwork): readonly StyledLine[]
  readonly first: number
  readonly columns: readonly number[]
  readonly width: number
}

const isSeveral = (scene: Scene): boolean => scene.hosts.length > 1

/** A host with its rows. */
const groupsOf = (
  scene: Scene,
): readonly { readonly host: SceneHost; readonly cards: readonly SceneCard[] }[] =>
  scene.hosts
    .map((host) => ({ host, cards: scene.cards.filter((card) => card.host === host.name) }))
    .filter(({ cards }) => cards.length > 0)

function nameLines(card: SceneCard): readonly StyledLine[] {
  return [
    ...card.members.flatMap((member) => [
      { text: member.title, style: NAME },
      ...member.details.map((text) => ({ text, style: DETAIL })),
    ]),
    ...card.ports.map(({ text }) => ({ text, style: DETAIL })),
  ]
}

const headLines = (network: SceneNetwork): readonly StyledLine[] => [
  { text: network.title, style: NAME },
  ...network.facts.map((text) => ({ text, style: FACT })),
  // Of a network that the wide drawing has a tunnel of.
  ...(network.tunnel === '' ? [] : [{ text: network.tunnel, style: FACT }]),
  ...network.chips.map(({ text }) => ({ text, style: FACT })),
]

/** The same with a line for each word. */
const narrowHead = (network: SceneNetwork): readonly StyledLine[] =>
  headLines(network).flatMap(({ text, style }, index) =>
    index === 0 ? [{ text, style }] : broken(text, style, NARROW).map((line) => ({ text: line, style })),
  )

/** An address with its prefix length and a dagger. */
const NARROW = 112

const cellLines = (card: SceneCard, network: SceneNetwork): readonly StyledLine[] =>
  (card.joints.find((joint) => joint.network === network.key)?.lines ?? []).map((text) => ({
    text,
    style: ADDRESS,
  }))

function gridOf(scene: Scene, head: Grid['head']): Grid {
  const first = Math.max(60, ...scene.cards.map((card) => linesWidth(nameLines(card)) + 2 * CELL_PAD))
  const columns = scene.networks.map((network) => {
    const own = [head(network), ...scene.cards.map((card) => cellLines(card, network))]
    return Math.max(60, ...own.map((lines) => linesWidth(lines) + CELL_PAD + 2))
  })
  const rest = columns.reduce((sum, one) => sum + CELL_GAP + one, 2 * (MARGIN + (isSeveral(scene) ? PAD : 0)))
  // What is said of a host should have its place, as long as a phone still shows the figure in full size.
  const wanted = Math.min(PHONE, 2 * MARGIN + Math.max(0, ...scene.hosts.map(hostRoom)))
  const wide = isSeveral(scene) ? Math.max(first, wanted - rest) : first
  return { head, first: wide, columns, width: rest + wide }
}

/** Width of a figure that a phone shows in its full size. */
const PHONE = 328

const factsOf = (host: SceneHost): string =>
  [...host.facts, ...host.devices.map(({ text }) => text)].join(' · ')

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
  const headHeight = Math.max(0, ...scene.networks.map((network) => linesHeight(grid.head(network)))) + 12
  for (const [index, network] of scene.networks.entries()) {
    const rect = { x: lefts[index] ?? 0, y: MARGIN, width: grid.columns[index] ?? 0, height: headHeight }
    bands.push(headBand(sheet, network, rect, linesIn(grid.head(network), rect)))
  }
  let y = MARGIN + headHeight + 8
  for (const { host, cards } of groupsOf(scene)) {
    const top = y
    if (isSeveral(scene)) y += lineHeight(HOST) + 8
    for (const [at, card] of cards.entries()) {
      const joints = scene.networks.map((network) => cellLines(card, network))
      const height = Math.max(linesHeight(nameLines(card)), ...joints.map(linesHeight)) + 10
      if (at > 0) lines.push(rule(sheet, card, indent, y - CELL_GAP / 2, x - indent))
      const rect = { x: indent, y, width: grid.first, height }
      boxes.push(rowBox(sheet, card, rect))
      for (const [index, network] of scene.networks.entries()) {
        const own = joints[index] ?? []
        if (own.length === 0) continue
        const place = { x: lefts[index] ?? 0, y, width: grid.columns[index] ?? 0, height }
        cells.push(valueCell(sheet, card, network, place, own))
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
  return { ...emptyFigure(scene), ...size, enclosures, lines, bands, boxes, cells }
}

/** Each container with its attachments below it, as wide as a phone. */
function placeList(scene: Scene, width: number): PlacedFigure {
  const sheet = createSheet()
  const indent = MARGIN + (isSeveral(scene) ? PAD : 0)
  const inner = width - 2 * indent
  const bands: PlacedBand[] = []
  const boxes: PlacedBox[] = []
  const cells: PlacedCell[] = []
  const enclosures: PlacedEnclosure[] = []
  let y = MARGIN
  if (scene.traces.some(({ hops }) => hops.some(({ sandbox }) => sandbox === 'outside'))) {
    const lines = [{ text: scene.words.figure.client, style: NAME }]
    const rect = { x: MARGIN, y, width: width - 2 * MARGIN, height: linesHeight(lines) + 10 }
    addBox(sheet, { is: 'client' }, 'client', rect, linesIn(lines, rect, 'start'))
    boxes.push(...sheet.boxes)
    y += rect.height + CELL_GAP
  }
  for (const network of scene.networks) {
    const lines = headLines(network).map(({ text, style }) => ({
      text: fitted(text, style, inner - 20),
      style,
    }))
    const rect = { x: MARGIN, y, width: width - 2 * MARGIN, height: linesHeight(lines) + 10 }
    bands.push(headBand(sheet, network, rect, linesIn(lines, rect, 'start')))
    y += rect.height + CELL_GAP
  }
  y += 6
  for (const { host, cards } of groupsOf(scene)) {
    const top = y
    if (isSeveral(scene)) y += lineHeight(HOST) + 8
    for (const card of cards) {
      const names = nameLines(card).map(({ text, style }) => ({
        text: fitted(text, style, inner - 20),
        style,
      }))
      const rect = { x: indent, y, width: inner, height: linesHeight(names) + 8 }
      boxes.push(rowBox(sheet, card, rect, names))
      y += rect.height + 3
      for (const network of scene.networks) {
        const own = cellLines(card, network)
        if (own.length === 0) continue
        const said = own.map(({ text, style }, index) => ({
          text: fitted(index === 0 ? `${network.title}  ${text}` : text, style, inner - 40),
          style,
        }))
        const place = { x: indent + 16, y, width: inner - 16, height: linesHeight(said) + 6 }
        cells.push(valueCell(sheet, card, network, place, said, 'start'))
        y += place.height + 3
      }
      y += CELL_GAP
    }
    if (isSeveral(scene)) {
      const rect = { x: MARGIN, y: top, width: width - 2 * MARGIN, height: y - top + 2 }
      enclosures.push(hostBox(scene, sheet, host, rect))
      y += 12
    }
  }
  const size = { width: Math.ceil(width), height: Math.ceil(y) + MARGIN }
  return withHops({ ...emptyFigure(scene), ...size, enclosures, bands, boxes, cells }, scene, sheet)
}

function headBand(sheet: Sheet, network: SceneNetwork, rect: Rect, texts: PlacedBand['texts']): PlacedBand {
  const subject = { is: 'network', network: network.key, host: network.host } as const
  const { kind, ingress, internal, hue } = network
  return {
    id: sheet.id(subject),
    subject,
    emphasis: 'plain',
    hue,
    kind,
    ingress,
    internal,
    slots: [],
    segments: [],
    ...rect,
    texts,
  }
}

function rowBox(sheet: Sheet, card: SceneCard, rect: Rect, lines = nameLines(card)): PlacedBox {
  const subject = { is: 'container', container: card.container } as const
  const [first] = card.members
  return {
    id: sheet.id(subject),
    subject,
    emphasis: 'plain',
    hue: null,
    kind: first?.isTask ? 'task' : 'container',
    stopped: first?.stopped === true,
    ...rect,
    texts: linesIn(lines, rect, 'start'),
  }
}

function valueCell(
  sheet: Sheet,
  card: SceneCard,
  network: SceneNetwork,
  rect: Rect,
  lines: readonly StyledLine[],
  anchor: 'start' | 'middle' = 'middle',
): PlacedCell {
  const subject = { is: 'attachment', container: card.container, network: network.key } as const
  return {
    id: sheet.id(subject),
    subject,
    emphasis: 'plain',
    hue: network.hue,
    kind: 'used',
    ...rect,
    texts: linesIn(lines, rect, anchor),
  }
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
