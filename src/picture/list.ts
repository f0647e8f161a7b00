/**
 * Each container with its attachments below it, as wide as a phone: the view `matrix` without room for columns, and what
 * stands there for a map that cannot be made so narrow. Nothing of a map is lost but its lines, and nothing is cut.
 */
import { broken, CELL_GAP, CELL_PAD, linesHeight, linesIn, type StyledLine } from './cells.ts'
import { withHops } from './list-ways.ts'
import {
  cellLines,
  factsOf,
  headBand,
  headLines,
  MARGIN,
  nameLines,
  PAD,
  PILL_GAP,
  pillsOf,
  rowBox,
  rowsOf,
  valueCell,
} from './matrix-rows.ts'
import { DETAIL, FACT, HOST, NAME, room } from './measure.ts'
import { withOutside } from './outside.ts'
import type { PlacedBox, PlacedCell, PlacedEnclosure, PlacedFigure, Rect, Subject } from './placed.ts'
import type { Scene, SceneCard, SceneHost, SceneNetwork } from './scene.ts'
import { addBox, createSheet, emptyFigure, type Sheet } from './sheet.ts'

/** Room that numbers of hops take at the right end of a row, by its id. */
type Held = ReadonlyMap<string, number>

export function placeList(scene: Scene, width: number): PlacedFigure {
  // The matrix itself has no ways.
  if (scene.view === 'matrix' || scene.traces.length === 0)
    return withOutside(draftOf(scene, width, new Map()), scene, width)
  const { held } = withHops(draftOf(scene, width, new Map()), scene)
  const { figure } = withHops(draftOf(scene, width, held), scene)
  return withOutside(figure, scene, width)
}

interface List {
  readonly scene: Scene
  readonly sheet: Sheet
  readonly width: number
  readonly held: Held
  /** Whether it stands for a map. */
  readonly isMap: boolean
  readonly cells: PlacedCell[]
  y: number
}

function draftOf(scene: Scene, width: number, held: Held): PlacedFigure {
  const sheet = createSheet()
  const list: List = { scene, sheet, width, held, isMap: scene.view !== 'matrix', cells: [], y: MARGIN }
  if (list.isMap) {
    if (scene.client)
      row(list, { is: 'client' }, 'client', [{ text: scene.words.figure.client, style: NAME }])
    if (scene.outside)
      row(list, { is: 'outside' }, 'outside', [{ text: scene.words.figure.outside, style: NAME }])
  }
  for (const network of scene.networks) bandOf(list, network)
  list.y += CELL_GAP
  for (const { host, cards } of rowsOf(scene)) hostOf(list, host, cards)
  const { underlay } = scene
  if (list.isMap && underlay !== null)
    row(list, { is: 'underlay' }, 'underlay', [
      { text: underlay.title, style: NAME },
      ...underlay.facts.map((text) => ({ text, style: DETAIL })),
    ])
  const { enclosures, bands, boxes, pills } = sheet
  const size = { width: Math.ceil(width), height: Math.ceil(list.y) + MARGIN }
  return { ...emptyFigure(scene), ...size, enclosures, bands, boxes, pills, cells: list.cells }
}

/** @param held Room on the first line that is not for words. */
function fitting(lines: readonly StyledLine[], width: number, held = 0): readonly StyledLine[] {
  return lines.flatMap(({ text, style }, index) => {
    const own = width - 2 * CELL_PAD - (index === 0 ? Math.min(held, width / 2) : 0)
    return broken(text, style, own).map((line) => ({ text: line, style }))
  })
}

/** Numbers of hops stand at the end of it. */
const heldBy = ({ held }: List, subject: Subject): number => held.get(JSON.stringify(subject)) ?? 0

/** A box over the whole width. */
function row(
  list: List,
  subject: Subject,
  kind: PlacedBox['kind'],
  lines: readonly StyledLine[],
  indent = 0,
): void {
  const { sheet } = list
  const inner = list.width - 2 * (MARGIN + indent)
  const said = fitting(lines, inner, heldBy(list, subject))
  const rect = { x: MARGIN + indent, y: list.y, width: inner, height: linesHeight(said) + 10 }
  addBox(sheet, subject, kind, rect, linesIn(said, rect, 'start'))
  list.y += rect.height + CELL_GAP
}

function bandOf(list: List, network: SceneNetwork): void {
  const { sheet, width, scene } = list
  const subject = { is: 'network', network: network.key, host: network.host } as const
  const inner = width - 2 * MARGIN
  const veth = scene.view === 'datapath' && network.veth ? [{ text: 'veth', style: FACT }] : []
  const lines = [...headLines(scene, network), ...veth]
  const fitted = fitting(lines, inner, heldBy(list, subject))
  const rect = { x: MARGIN, y: list.y, width: inner, height: linesHeight(fitted) + 10 }
  sheet.bands.push(headBand(sheet, network, rect, linesIn(fitted, rect, 'start')))
  list.y += rect.height + CELL_GAP
}

/** A matrix says of hosts only which is which. */
function hostOf(list: List, host: SceneHost, cards: readonly SceneCard[]): void {
  const { scene, sheet, width, isMap } = list
  const hasFrame = isMap || scene.hosts.length > 1
  if (cards.length === 0 && !isMap) return
  const indent = hasFrame ? PAD : 0
  const top = list.y
  const title = hasFrame ? titleOf(list, host) : []
  if (hasFrame) list.y += linesHeight(title) + 10
  if (isMap) {
    const pills = pillsOf(host.mesh, host.name, width - 2 * (MARGIN + PAD))
    pills.paint(sheet, { x: MARGIN + indent, y: list.y }, '')
    if (pills.height > 0) list.y += pills.height + CELL_GAP
    plumbingOf(list, host)
  }
  for (const card of cards) cardOf(list, card, indent)
  if (!hasFrame) return
  const rect = { x: MARGIN, y: top, width: width - 2 * MARGIN, height: list.y - top + 2 }
  sheet.enclosures.push(frameOf(sheet, host, rect, title))
  list.y += 12
}

/** Its name, and beside it or below what is to be said of it. */
function titleOf(list: List, host: SceneHost): readonly StyledLine[] {
  const { width, isMap } = list
  const said = [factsOf(host), ...(isMap ? host.routes : [])].filter(Boolean)
  return fitting(
    [{ text: host.name, style: HOST }, ...said.map((text) => ({ text, style: DETAIL }))],
    width - 2 * MARGIN,
    heldBy(list, { is: 'host', host: host.name }),
  )
}

function frameOf(sheet: Sheet, host: SceneHost, rect: Rect, title: readonly StyledLine[]): PlacedEnclosure {
  const subject = { is: 'host', host: host.name } as const
  const head = { ...rect, x: rect.x + PAD - CELL_PAD, height: linesHeight(title) + 10 }
  const texts = linesIn(title, head, 'start')
  return { id: sheet.id(subject), subject, emphasis: 'plain', hue: null, kind: 'host', ...rect, texts }
}

/** What a packet passes between the interface of a host and its networks. */
function plumbingOf(list: List, { name: host, plumbing }: SceneHost): void {
  if (plumbing === null) return
  const { dnat, sources, proxy, vxlan } = plumbing
  const box = (kind: 'nat' | 'proxy' | 'vxlan', title: string, texts: readonly string[]): void =>
    row(
      list,
      { is: kind, host },
      kind,
      [{ text: title, style: NAME }, ...texts.map((text) => ({ text, style: FACT }))],
      PAD,
    )
  if (dnat.length + sources.length > 0)
    box('nat', 'NAT (iptables)', [
      ...dnat.map(({ text }) => `DNAT ${text}`),
      ...sources.map(({ text }) => `${text.includes('→') ? 'SNAT' : 'MASQUERADE'} ${text}`),
    ])
  if (proxy.texts.length > 0)
    box('proxy', 'docker-proxy', [list.scene.words.figure.fromThisHost, ...proxy.texts])
  if (vxlan.length > 0)
    box(
      'vxlan',
      'VXLAN · UDP 4789',
      vxlan.map(({ text }) => text),
    )
}

function cardOf(list: List, card: SceneCard, indent: number): void {
  const { scene, sheet, width } = list
  const inner = width - 2 * (MARGIN + indent)
  const subject = { is: 'container', container: card.container } as const
  const names = fitting(nameLines(scene, card), inner, heldBy(list, subject))
  const pills = pillsOf(card.ports, card.host, inner - 2 * CELL_PAD)
  const height = linesHeight(names) + 8 + (pills.height === 0 ? 0 : pills.height + PILL_GAP)
  const rect = { x: MARGIN + indent, y: list.y, width: inner, height }
  sheet.boxes.push(rowBox(sheet, card, rect, names, pills))
  list.y += height + 3
  for (const network of scene.networks) {
    const [first, ...others] = cellLines(card, network)
    if (first === undefined) continue
    const own = inner - 16
    const named = `${network.title}  ${first.text}`
    // Both on one line, else the address on the next.
    const lines =
      room(named, first.style) <= own - 2 * CELL_PAD
        ? [{ ...first, text: named }, ...others]
        : [{ ...first, text: network.title }, first, ...others]
    const said = fitting(lines, own)
    const place = { x: rect.x + 16, y: list.y, width: own, height: linesHeight(said) + 6 }
    list.cells.push(valueCell(sheet, card, network, place, said, 'start'))
    list.y += place.height + 3
  }
  list.y += CELL_GAP
}
