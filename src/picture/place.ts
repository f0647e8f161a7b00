/** A scene at its places. Synchronous and pure: the same scene gives the same figure on any machine. */
import { withBrokenChips } from './broken-chips.ts'
import { onEachHost } from './each-host.ts'
import { isFarTooWide, withoutFarLines } from './far.ts'
import { CLIENT_HEIGHT, hasPills, placeClient } from './gates.ts'
import { isOpen } from './graph.ts'
import { placeApart } from './hosts.ts'
import { isWidened, looksOf, openLines, withPills } from './look.ts'
import { chipSize } from './measure.ts'
import type { PlacedFigure, PlacedLine } from './placed.ts'
import { crossings } from './polyline.ts'
import { HOST_GAP, HOST_PAD, MARGIN } from './rooms.ts'
import type { Scene } from './scene.ts'
import { createSheet } from './sheet.ts'
import { leastBeside, placeTogether } from './together.ts'
import { placeInTwoRows } from './two-rows.ts'
import { placeUnderlay, roomAbove, underlayAbove } from './underlay.ts'
import { drawWays } from './ways.ts'

export interface PlaceOptions {
  /** Width the figure is to keep where it can, in px. @default 700 */
  readonly width?: number | undefined
}

/** From the client to the pills of the way in. */
const WAY_IN = 34

export function place(scene: Scene, options: PlaceOptions = {}): PlacedFigure {
  const width = options.width ?? 700
  const canHaveRows = scene.view === 'network' && isTogether(scene) && scene.hosts.length > 2
  if (canHaveRows && leastBeside(scene) > width) return placeLines(scene, options, 2)
  const placed = placeLines(scene, options)
  if (placed.width > width && scene.view === 'datapath') return placeNarrower(scene, placed, options)
  if (placed.width > width && canHaveRows) {
    const rows = placeLines(scene, options, 2)
    if (rows.width < placed.width) return rows
  }
  const cut = isFarTooWide(placed.width, width) ? withoutFarLines(scene, width) : null
  if (cut !== null) return placeLines(cut, options)
  if (scene.view !== 'network' || scene.cards.length > MOST_UNEVEN || !isWidened(scene)) return placed
  // Equal cards are easier to read, unless they take another row.
  const uneven = placeLines(scene, options, 1, false)
  const isLower = uneven.height < placed.height * MUCH_LOWER && uneven.width <= Math.max(width, placed.width)
  return isLower || (placed.width > width && uneven.width < placed.width) ? uneven : placed
}

/** Figures of more cards than these are not tried with cards of unlike widths. */
const MOST_UNEVEN = 24
const MUCH_LOWER = 0.9

/** The path of packets is wide by its nature: hosts below each other, then chips on two lines, whatever is enough. */
function placeNarrower(scene: Scene, placed: PlacedFigure, options: PlaceOptions): PlacedFigure {
  const width = options.width ?? 700
  const below = isTogether(scene) ? onEachHost(scene) : scene
  let best = placed
  for (const one of [below === scene ? null : below, withBrokenChips(below)]) {
    if (one === null || best.width <= width) continue
    const found = placeLines(one, options)
    if (found.width < best.width) best = { ...found, description: placed.description }
  }
  return best
}

/** Whether a network lies over all hosts. */
const isTogether = ({ hosts, networks }: Scene): boolean =>
  hosts.length > 0 && networks.some((network) => network.host === '')

/** @param rows Of hosts that share a network. */
function placeLines(whole: Scene, options: PlaceOptions, rows: 1 | 2 = 1, isEven = true): PlacedFigure {
  const width = options.width ?? 700
  const beside = Math.max(1, Math.ceil(whole.hosts.length / rows))
  const share = (width - 2 * MARGIN - HOST_GAP * (beside - 1)) / beside
  const scene = withPills(whole, share - 2 * HOST_PAD)
  const looks = looksOf(scene, isEven)
  const sheet = createSheet()
  const pill = Math.max(0, ...scene.cards.filter(isOpen).map((card) => chipSize(openLines(card)).height - 20))
  const isUnderClient = scene.view === 'datapath' && scene.underlay !== null
  const top =
    (scene.client
      ? MARGIN + CLIENT_HEIGHT + WAY_IN + pill
      : MARGIN +
        ((hasPills(scene) && scene.view !== 'bus') || scene.view === 'datapath' ? 12 : 0) +
        (scene.view === 'bus' ? 0 : pill)) + (isUnderClient ? roomAbove(scene) : 0)
  const placed =
    rows === 2
      ? placeInTwoRows(scene, sheet, width, top)
      : isTogether(scene)
        ? placeTogether(scene, looks, sheet, width, top)
        : placeApart(scene, looks, sheet, width, top)
  const right = Math.max(placed.right, ...sheet.pills.map((pill) => pill.x + pill.width + MARGIN), 160)
  const gates = isUnderClient ? underlayAbove(scene, sheet, placed, top) : placed.entries
  const bottom = isUnderClient || rows === 2 ? placed.bottom : placeUnderlay(scene, sheet, placed)
  const waysIn = scene.client ? placeClient(scene, sheet, gates, { right, bottom }) : []
  const lines = withGaps(sheet.lines)
  sheet.lines.splice(0, sheet.lines.length, ...lines)
  drawWays(scene, sheet, { leads: placed.leads, waysIn }, { width: right, height: bottom + MARGIN })
  return {
    view: scene.view,
    language: scene.words.language,
    title: scene.title,
    description: scene.words.description.summary(
      scene.hosts.length,
      scene.networks.length,
      scene.cards.reduce((sum, card) => sum + card.members.length, 0),
    ),
    width: Math.ceil(right),
    height: Math.ceil(bottom + MARGIN),
    enclosures: sheet.enclosures,
    lines: sheet.lines,
    bands: sheet.bands,
    boxes: sheet.boxes,
    chips: sheet.chips,
    pills: sheet.pills,
    labels: sheet.labels,
    badges: sheet.badges,
  }
}

/** Where two lines of different networks cross, the one painted first leaves a gap. */
function withGaps(lines: readonly PlacedLine[]): readonly PlacedLine[] {
  if (lines.length > 400) return lines
  return lines.map((line, index) => {
    const gaps = lines
      .slice(index + 1)
      .flatMap((other) =>
        other.hue === line.hue && other.kind === line.kind ? [] : crossings(line.points, other.points),
      )
    return gaps.length === 0 ? line : { ...line, gaps }
  })
}
