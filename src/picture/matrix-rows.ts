/** Rows, heads and cells of a matrix, and of the list that stands in its place where there is no room. */
import { CELL_PAD, linesIn, type StyledLine } from './cells.ts'
import { ADDRESS, chipSize, DETAIL, FACT, NAME } from './measure.ts'
import type { PlacedBand, PlacedBox, PlacedCell, Point, Rect } from './placed.ts'
import type { Scene, SceneCard, SceneHost, SceneNetwork, ScenePort } from './scene.ts'
import type { Sheet } from './sheet.ts'

export const MARGIN = 4
export const PAD = 10

/** A host with its rows. */
export const rowsOf = (
  scene: Scene,
): readonly { readonly host: SceneHost; readonly cards: readonly SceneCard[] }[] =>
  scene.hosts.map((host) => ({ host, cards: scene.cards.filter((card) => card.host === host.name) }))

/** Names of a row, and why it has no addresses. */
export function nameLines({ words }: Scene, card: SceneCard): readonly StyledLine[] {
  const { figure } = words
  const { noNetwork: none, undrawnNetworks: undrawn, hostNetwork: host } = figure
  const why = { none, undrawn, host, stopped: '' }[card.apart ?? 'stopped']
  return [
    ...card.members.flatMap((member) => [
      { text: member.title, style: NAME },
      ...member.details.map((text) => ({ text, style: DETAIL })),
    ]),
    ...(why === '' ? [] : [{ text: why, style: DETAIL }]),
  ]
}

/** Of several hosts each is told where only one has it. */
export function headLines(scene: Scene, network: SceneNetwork): readonly StyledLine[] {
  const on = (host: string): readonly string[] => (host === '' || scene.hosts.length === 1 ? [] : [host])
  const chips = [...network.chips, ...network.parts.flatMap((part) => part.chips)]
  return [
    { text: network.title, style: NAME },
    ...[
      ...on(network.host),
      ...network.facts,
      ...(network.tunnel === '' ? [] : [network.tunnel]),
      ...chips.map(({ text, host }) => [text, ...(network.host === '' ? on(host) : [])].join(' · ')),
    ].map((text) => ({ text, style: FACT })),
  ]
}

export const cellLines = (card: SceneCard, network: SceneNetwork): readonly StyledLine[] =>
  (card.joints.find((joint) => joint.network === network.key)?.lines ?? []).map((text) => ({
    text,
    style: ADDRESS,
  }))

export const PILL_GAP = 4

export interface Pills {
  readonly width: number
  readonly height: number
  /** @param at Upper left corner. */
  paint(sheet: Sheet, at: Point, owner: string): void
}

/** Open ports in rows. @param host That they are open on. */
export function pillsOf(ports: readonly ScenePort[], host: string, width: number): Pills {
  let [x, y, wide, tall] = [0, 0, 0, 0]
  const places = ports.map((port) => {
    const size = chipSize([port.text])
    if (x > 0 && x + size.width > width) {
      x = 0
      y += size.height + PILL_GAP
    }
    const rect = { x, y, ...size }
    x += size.width + PILL_GAP
    wide = Math.max(wide, rect.x + size.width)
    tall = y + size.height
    return { port, rect }
  })
  return {
    width: wide,
    height: tall,
    paint: (sheet, at, owner) => {
      for (const { port, rect } of places) {
        const { container, service } = port
        const subject = { is: 'port', host, container, service } as const
        const own = { ...rect, x: at.x + rect.x, y: at.y + rect.y }
        sheet.pills.push({
          id: sheet.id(subject),
          subject,
          emphasis: 'plain',
          hue: null,
          kind: port.local ? 'local' : 'open',
          owner,
          ...own,
          texts: linesIn([{ text: port.text, style: ADDRESS }], own),
        })
      }
    },
  }
}

export function headBand(
  sheet: Sheet,
  network: SceneNetwork,
  rect: Rect,
  texts: PlacedBand['texts'],
): PlacedBand {
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

/** @param lines Beginning at the top where ports are to follow. */
export function rowBox(
  sheet: Sheet,
  card: SceneCard,
  rect: Rect,
  lines: readonly StyledLine[],
  pills: Pills,
): PlacedBox {
  const subject = { is: 'container', container: card.container } as const
  const [first] = card.members
  const id = sheet.id(subject)
  const words = { ...rect, height: rect.height - (pills.height === 0 ? 0 : pills.height + PILL_GAP) }
  pills.paint(sheet, { x: rect.x + CELL_PAD, y: rect.y + words.height - 2 }, id)
  return {
    id,
    subject,
    emphasis: 'plain',
    hue: null,
    kind: first?.isTask ? 'task' : 'container',
    stopped: first?.stopped === true,
    ...rect,
    texts: linesIn(lines, words, 'start'),
  }
}

export function valueCell(
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

export const factsOf = (host: SceneHost): string =>
  [...host.facts, ...host.devices.map(({ text }) => text)].join(' · ')
