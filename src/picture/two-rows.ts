/**
 * Hosts that are too wide beside each other, in two rows. The lower one is upside down, so that each network of the swarm
 * is one mark: a bracket whose ends lie one in the other, with what hosts share in the middle, and no line crosses.
 */

import type { Laid } from './hosts.ts'
import { looksOf } from './look.ts'
import type { PlacedBand, PlacedChip, Rect } from './placed.ts'
import { HOST_GAP, HOST_PAD, MARGIN } from './rooms.ts'
import type { Scene, SceneNetwork } from './scene.ts'
import type { Sheet } from './sheet.ts'
import { arrangeRow, type HostRow, paintLowerRow, paintRow } from './together.ts'
import { paintUnderlay, underlayHeight } from './underlay.ts'

/** Width of a bend, and its distance from what lies beside it. */
const BEND = 10
const BESIDE = 6
/** Room at the left for the line of the way in to the lower row. */
const LANE = 14
/** From the interfaces to what hosts share. */
const DROP = 18
/** Room below for the line of the way in. */
const BELOW = 36

export function placeInTwoRows(scene: Scene, sheet: Sheet, width: number, top: number): Laid {
  const [upper, lower] = halves(scene)
  const both = upper.networks.filter(
    (one) => one.host === '' && lower.networks.some(({ key }) => key === one.key),
  )
  const bends = both.length * (BEND + BESIDE)
  const lane = scene.client ? LANE : 0
  const rows = arranged(upper, lower, both, width - bends - lane)
  const x = MARGIN + lane
  const first = paintRow(rows.upper, sheet, { x, y: top })
  const between = first.bottom + MARGIN + DROP
  const right = Math.max(first.right, x + rows.lower.arranged.part.width + 2 * HOST_PAD + MARGIN)
  const bar = { x, y: between, width: right - MARGIN - x, height: underlayHeight(scene, right - MARGIN - x) }
  const under = scene.underlay === null ? first.bottom + HOST_GAP : bar.y + bar.height + DROP + MARGIN
  const second = paintLowerRow(rows.lower, sheet, { x, y: under })
  if (scene.underlay !== null) joinUnderlay(scene, sheet, bar)
  bend(sheet, both, right - MARGIN)
  return {
    right: right + bends,
    bottom: second.bottom + (scene.client && second.entries.length > 0 ? BELOW : 0),
    entries: [...first.entries, ...second.entries],
    leads: new Map([...first.leads, ...second.leads]),
    hosts: [...first.hosts, ...second.hosts],
  }
}

/** The scene of each row. Networks of the swarm are where something of them is, and said whole where they are first. */
function halves(scene: Scene): readonly [Scene, Scene] {
  const count = Math.ceil(scene.hosts.length / 2)
  const rows = [scene.hosts.slice(0, count), scene.hosts.slice(count)] as const
  const isIn = (network: SceneNetwork, row: number): boolean => {
    const names = rows[row]?.map(({ name }) => name) ?? []
    if (network.host !== '') return names.includes(network.host)
    if (network.ingress && scene.hosts.some((host) => host.mesh.length > 0)) return true
    const members = scene.cards.filter((card) => card.joints.some((joint) => joint.network === network.key))
    return members.length === 0 ? row === 0 : members.some((card) => names.includes(card.host))
  }
  const half = (row: number): Scene => {
    const hosts = rows[row] ?? []
    const names = new Set(hosts.map(({ name }) => name))
    const networks = scene.networks.flatMap((network): readonly SceneNetwork[] => {
      if (!isIn(network, row)) return []
      const isFirst = network.host !== '' || row === 0 || !isIn(network, 0)
      const chips = network.chips.filter((chip) => (chip.host === '' ? isFirst : names.has(chip.host)))
      return [isFirst ? { ...network, chips } : { ...network, chips, facts: [], row: hosts[0]?.name ?? '' }]
    })
    return { ...scene, hosts, networks, cards: scene.cards.filter((card) => names.has(card.host)) }
  }
  return [half(0), half(1)]
}

/** Both rows in one order of their networks, that of the one or of the other, and as wide as each other. */
function arranged(
  upper: Scene,
  lower: Scene,
  both: readonly SceneNetwork[],
  width: number,
): { readonly upper: HostRow; readonly lower: HostRow } {
  const free = [
    arrangeRow(upper, looksOf(upper), width),
    arrangeRow(lower, looksOf(lower), width, { isLower: true }),
  ] as const
  const orders = free.map((row) => orderIn(row, both))
  const inOrder = (order: readonly string[]): readonly HostRow[] =>
    free.map((row, at) =>
      orders[at]?.join(' ') === order.join(' ')
        ? row
        : arrangeRow(row.scene, row.looks, width, { order, isLower: at === 1, candidates: row.candidates }),
    )
  const costOf = (rows: readonly HostRow[]): number => rows.reduce((sum, row) => sum + row.arranged.cost, 0)
  const [first = [], second = []] = orders
  const tries = first.join(' ') === second.join(' ') ? [free] : [inOrder(first), inOrder(second)]
  const best = tries.reduce((one, other) => (costOf(other) < costOf(one) ? other : one))
  const whole = Math.max(...best.map((row) => row.arranged.part.width))
  const [up, down] = best.map((row, at) => {
    if (row.arranged.part.width > whole - 0.5) return row
    const { candidates, looks } = row
    const order = orderIn(row, both)
    const own = { candidates, order, least: share(whole, row), isLower: at === 1 }
    const wider = arrangeRow(row.scene, looks, width, own)
    return wider.arranged.part.width > whole + 0.5 ? row : wider
  })
  return { upper: up ?? free[0], lower: down ?? free[1] }
}

/** Inner width of each host of a row that is as wide as this. */
const share = (whole: number, { scene, gap }: HostRow): number =>
  Math.floor((whole - (scene.hosts.length - 1) * (2 * HOST_PAD + gap)) / scene.hosts.length)

/** Networks in both rows, as they lie in this one. */
function orderIn(
  { scene, arranged: { graph, part } }: HostRow,
  both: readonly SceneNetwork[],
): readonly string[] {
  const keys = new Set(both.map(({ key }) => key))
  return graph.nets
    .flatMap(({ network }, index) => {
      const key = scene.networks[network]?.key ?? ''
      return keys.has(key) ? [{ key, y: part.bands[index]?.rect.y ?? 0 }] : []
    })
    .sort((a, b) => a.y - b.y)
    .map(({ key }) => key)
}

/** What hosts share, between the interfaces of both rows. */
function joinUnderlay(scene: Scene, sheet: Sheet, bar: Rect): void {
  const id = paintUnderlay(scene, sheet, bar)
  for (const host of scene.hosts) {
    const nic = sheet.chips.find(
      ({ kind, subject }: PlacedChip) => kind === 'nic' && subject.is === 'nic' && subject.host === host.name,
    )
    if (nic === undefined) continue
    const x = nic.x + nic.width / 2
    const isAbove = nic.y < bar.y
    const own = { is: 'host', host: host.name } as const
    sheet.lines.push({
      id: sheet.id(own, 'uplink'),
      subject: own,
      emphasis: 'plain',
      hue: null,
      kind: 'uplink',
      points: [
        { x, y: isAbove ? nic.y + nic.height : nic.y },
        { x, y: isAbove ? bar.y : bar.y + bar.height },
      ],
      arrow: 'none',
      way: 0,
      from: nic.id,
      to: id,
      gaps: [],
      dots: [],
    })
  }
}

/** Joins the bars of each network at their right ends, the innermost first. */
function bend(sheet: Sheet, both: readonly SceneNetwork[], right: number): void {
  const pairs = both.flatMap(({ key }) => {
    const bars = sheet.bands.filter(({ subject }) => subject.is === 'network' && subject.network === key)
    const [above, below] = [...bars].sort((a, b) => a.y - b.y)
    return above === undefined || below === undefined ? [] : [{ above, below }]
  })
  pairs.sort((a, b) => b.above.y - a.above.y)
  for (const [index, { above, below }] of pairs.entries()) {
    const x = right + BESIDE + index * (BEND + BESIDE)
    const rect = { x, y: above.y, width: BEND, height: below.y + below.height - above.y }
    replace(sheet.bands, { ...above, width: x + BEND - above.x, bend: rect })
    replace(sheet.bands, { ...below, width: x + BEND - below.x })
  }
}

function replace(bands: PlacedBand[], band: PlacedBand): void {
  const at = bands.findIndex((one) => one.id === band.id)
  if (at >= 0) bands[at] = band
}
