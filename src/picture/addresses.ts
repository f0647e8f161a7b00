/** The view `addresses`: pools and subnets as rows of cells. */
import { CHANGE_SIGNS } from '../figure/changes.ts'
import { type SpaceCell, spaceOf } from '../figure/space.ts'
import type { ChangeKind } from '../plan/changes.ts'
import { broken, CELL_GAP, flow, linesIn, type StyledLine } from './cells.ts'
import { ADDRESS, baseline, DETAIL, HOST, lineHeight, NAME, room, textAt } from './measure.ts'
import type { PlacedBand, PlacedCell, PlacedFigure, PlacedLabel } from './placed.ts'
import type { Scene } from './scene.ts'
import { createSheet, emptyFigure } from './sheet.ts'

const MARGIN = 4
const SECTION_GAP = 18

export function placeAddresses(scene: Scene, width: number): PlacedFigure {
  const sheet = createSheet()
  const inner = width - 2 * MARGIN
  const shown = new Map(
    scene.networks.flatMap(({ key }) => {
      const network = scene.plan.networks.get(key)
      return network === undefined ? [] : [[key, network] as const]
    }),
  )
  const hues = new Map(scene.networks.map(({ key, hue }) => [key, hue]))
  const bands: PlacedBand[] = []
  const labels: PlacedLabel[] = []
  const cells: PlacedCell[] = []
  let y = MARGIN
  let right = 0
  const { plan, whole, changes } = scene
  for (const section of spaceOf({ plan, whole, networks: shown, changes }, scene.words)) {
    const network = scene.networks.find((one) => one.key === section.network)
    const subject =
      network === undefined
        ? section.host === ''
          ? ({ is: 'underlay' } as const)
          : ({ is: 'host', host: section.host } as const)
        : ({ is: 'network', network: network.key, host: network.host } as const)
    if (network === undefined) {
      for (const line of broken(section.title, HOST, inner)) {
        const text = textAt(line, HOST, MARGIN, baseline(y, HOST), 'start')
        labels.push({ id: sheet.id(subject, 'title'), subject, emphasis: 'plain', hue: null, text })
        right = Math.max(right, room(line, HOST))
        y += lineHeight(HOST)
      }
      y += 6
    } else {
      const lines = broken(`${signed(section.change)}${section.title}`, NAME, inner - 24).map((text) => ({
        text,
        style: NAME,
      }))
      const wide = Math.min(inner, Math.max(...lines.map(({ text }) => room(text, NAME))) + 24)
      const rect = { x: MARGIN, y, width: wide, height: lines.length * lineHeight(NAME) + 8 }
      bands.push({
        id: sheet.id(subject),
        subject,
        emphasis: 'plain',
        hue: network.hue,
        kind: network.kind,
        ingress: network.ingress,
        internal: network.internal,
        slots: [],
        segments: [],
        ...rect,
        texts: linesIn(lines, rect, 'start').map((text) => ({ ...text, x: MARGIN + 12 })),
      })
      right = Math.max(right, wide)
      y += rect.height + CELL_GAP
    }
    const items = section.cells.map((cell) => ({ cell, lines: cellLines(cell, inner) }))
    const flowed = flow(items, { x: MARGIN, y }, inner)
    for (const [index, { cell, lines }] of items.entries()) {
      const rect = flowed.rects[index]
      if (rect === undefined) continue
      const own =
        cell.container === ''
          ? subject
          : ({ is: 'attachment', container: cell.container, network: cell.network } as const)
      cells.push({
        id: sheet.id(own, `cell${index + 1}`),
        subject: own,
        emphasis: 'plain',
        hue: hues.get(cell.network) ?? null,
        kind: cell.kind,
        ...(cell.change === null ? {} : { change: cell.change }),
        ...rect,
        texts: linesIn(lines, rect),
      })
    }
    right = Math.max(right, flowed.width)
    y = flowed.bottom + SECTION_GAP
  }
  const size = { width: Math.ceil(right) + 2 * MARGIN, height: Math.ceil(y - SECTION_GAP) + MARGIN }
  return { ...emptyFigure(scene), ...size, bands, labels, cells }
}

const signed = (change: ChangeKind | null): string => (change === null ? '' : `${CHANGE_SIGNS[change]} `)

function cellLines({ lines, note, change }: SpaceCell, width: number): readonly StyledLine[] {
  return [
    ...lines.map((text) => ({ text, style: ADDRESS })),
    ...broken(`${signed(change)}${note}`, DETAIL, Math.min(width - 20, NOTE)).map((text) => ({
      text,
      style: DETAIL,
    })),
  ]
}

/** Names longer than an address have lines of their own. */
const NOTE = 120
