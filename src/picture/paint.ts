/** Puts arranged blocks, bands and their lines on the sheet, in coordinates of the figure. */
import type { Arranged } from './arrange.ts'
import { bandLayout } from './band.ts'
import {
  type CardShape,
  type Chip,
  farText,
  INNER_STEP,
  innerRows,
  memberHeight,
  memberWidth,
  OUT,
} from './look.ts'
import {
  ADDRESS,
  baseline,
  centred,
  chipSize,
  DETAIL,
  lineHeight,
  NAME,
  room,
  textAt,
  VETH,
} from './measure.ts'
import type { PlacedText, Point, Rect, Subject } from './placed.ts'
import type { Scene, SceneCard, SceneChip, SceneNetwork } from './scene.ts'
import type { Sheet } from './sheet.ts'
import { SIGN, SIGN_GAP } from './signs.ts'

const PLAIN = { emphasis: 'plain' as const }

export const shifted = (rect: Rect, by: Point): Rect => ({ ...rect, x: rect.x + by.x, y: rect.y + by.y })

const movedBy = (points: readonly Point[], by: Point): readonly Point[] =>
  points.map((point) => ({ x: point.x + by.x, y: point.y + by.y }))

/** Ids of what the parts of an arranged graph became. */
export interface Painted {
  /** From the chip of an attachment to its band, by `container network`. */
  readonly leads: ReadonlyMap<string, readonly Point[]>
  /** The way in, from the edge of its host on: one for each wire that leads there. */
  readonly entries: readonly Entry[]
}

export interface Entry {
  readonly card: number
  /** Where its line reaches the upper edge of the part; for a comb of cards, `card` is -1. */
  readonly x: number
  readonly points: readonly Point[]
  /** Id of the box it leads to. */
  readonly box: string
}

/** @param onCards Whether pills stand on the cards, since the edge of the host is not in sight. */
export function paintPart(
  scene: Scene,
  sheet: Sheet,
  { graph, part, words }: Arranged,
  by: Point,
  onCards: boolean,
): Painted {
  const bandIds = graph.nets.map((net, index) => {
    const network = scene.networks[net.network]
    const placed = part.bands[index]
    if (network === undefined || placed === undefined) return ''
    const slots = placed.slots.map((x) => x + by.x)
    const segments = network.parts.flatMap(({ host }) => {
      const at = part.hosts[scene.hosts.findIndex((one) => one.name === host)]
      return at === undefined ? [] : [{ x: at.left + by.x - OVER, width: at.right - at.left + 2 * OVER }]
    })
    return paintBand(scene, sheet, net.network, shifted(placed.rect, by), { slots, segments, words })
  })
  const boxIds = new Map<number, string>()
  const chipIds = new Map<string, string>()
  for (const { at, shape } of part.blocks)
    for (const card of shape.cards) {
      const place = { x: at.x + by.x, y: at.y + by.y }
      const isGrid = shape.combs.some((comb) => comb.net === OUT)
      const ids = paintCard(scene, sheet, card, place, isGrid || onCards)
      boxIds.set(card.card, ids.box)
      for (const [net, id] of ids.chips) chipIds.set(`${card.card} ${net}`, id)
    }
  const networks = graph.nets.map((net) => net.network)
  const trunks = new Map<string, readonly Point[]>()
  const entries: Entry[] = []
  const leads = new Map<string, readonly Point[]>()
  for (const wire of part.wires) {
    const found = part.blocks[wire.block]
    const exit = found?.shape.exits[wire.exit]
    if (found === undefined || exit === undefined) continue
    const card = found.shape.cards[exit.card]
    const points = movedBy(wire.points, by)
    if (wire.net === OUT) {
      if (onCards) continue
      if (card === undefined) {
        entries.push({ card: -1, x: points.at(-1)?.x ?? 0, points: [...points].reverse(), box: '' })
        continue
      }
      entries.push({
        card: card.card,
        x: points.at(-1)?.x ?? 0,
        points: [...points].reverse(),
        box: boxIds.get(card.card) ?? '',
      })
      continue
    }
    const network = scene.networks[networks[wire.net] ?? -1]
    if (network === undefined) continue
    const owner = card === undefined ? undefined : scene.cards[card.card]
    const subject =
      owner === undefined
        ? ({ is: 'network', network: network.key, host: '' } as const)
        : ({ is: 'attachment', container: owner.container, network: network.key } as const)
    if (scene.view === 'datapath' && network.veth)
      paintVeth(
        sheet,
        network,
        points.at(-1),
        owner?.container ?? '',
        bandIds[wire.net] ?? '',
        cardsOn(found.shape, exit),
      )
    if (owner !== undefined) leads.set(`${owner.container} ${network.key}`, points)
    else trunks.set(`${wire.block} ${wire.net}`, points)
    sheet.lines.push({
      ...PLAIN,
      id: sheet.id(subject, owner === undefined ? 'trunk' : 'line'),
      subject,
      hue: network.hue,
      kind: 'attach',
      points,
      arrow: 'none',
      way: 0,
      from: card === undefined ? '' : (chipIds.get(`${card.card} ${wire.net}`) ?? ''),
      to: bandIds[wire.net] ?? '',
      gaps: [],
      dots: movedBy(wire.dots, by),
    })
  }
  for (const { block, at, shape } of part.blocks) {
    const rows = inRows(shape.cards)
    for (const comb of shape.combs) {
      const shift = { x: at.x + by.x, y: at.y + by.y }
      const network = scene.networks[networks[comb.net] ?? -1] ?? null
      if (network === null && (comb.net !== OUT || onCards)) continue
      const trunk = trunks.get(`${block} ${comb.net}`) ?? []
      for (const { card, points } of paintComb(scene, sheet, { network, comb, rows, by: shift, chipIds }))
        leads.set(`${card} ${network?.key ?? ''}`, [...points, ...trunk.slice(1)])
    }
  }
  return { entries, leads }
}

/** How many cards hang on the comb that an exit belongs to. */
function cardsOn(
  { combs, cards }: Block['shape'],
  exit: { readonly net: number; readonly side: 'up' | 'down' },
): number {
  const comb = combs.find((one) => one.net === exit.net && one.side === exit.side)
  const rows = new Set(comb?.rails.map((rail) => rail.row))
  return cards.filter((card) => rows.has(card.row)).length
}

const VETH_HEIGHT = 16

/** The end of a veth pair on its bridge; one mark where the lines of several cards end together. */
function paintVeth(
  sheet: Sheet,
  network: SceneNetwork,
  joint: Point | undefined,
  container: string,
  owner: string,
  cards: number,
): void {
  if (joint === undefined) return
  const text = container === '' && cards > 1 ? `veth ×${cards}` : 'veth'
  const width = Math.ceil(room(text, VETH)) + 10
  const band = sheet.bands.find((one) => one.id === owner)
  const least = (band?.x ?? 0) + 2
  const most = band === undefined ? Number.POSITIVE_INFINITY : band.x + band.width - 2 - width
  // Mostly outside of the band, whose words reach near its edge.
  const isBelow = band === undefined || joint.y > band.y + band.height / 2
  const y = joint.y - (isBelow ? VETH_HEIGHT / 4 : (VETH_HEIGHT * 3) / 4)
  const own = { x: Math.max(least, Math.min(joint.x - width / 2, most)), y, width, height: VETH_HEIGHT }
  const isTaken = sheet.chips.some(
    (chip) =>
      chip.owner === owner && chip.kind === 'veth' && chip.y === own.y && Math.abs(chip.x - own.x) < width,
  )
  if (isTaken) return
  const subject = { is: 'veth', container, network: network.key } as const
  sheet.chips.push({
    ...PLAIN,
    id: sheet.id(subject),
    subject,
    hue: network.hue,
    kind: 'veth',
    owner,
    ...own,
    texts: centred([text], VETH, own),
  })
}

export function paintBand(
  scene: Scene,
  sheet: Sheet,
  index: number,
  rect: Rect,
  { slots, segments, words }: Cuts,
): string {
  const network = scene.networks[index]
  if (network === undefined) return ''
  const [first] = segments
  const last = segments.at(-1)
  const whole =
    first === undefined || last === undefined
      ? rect
      : { ...rect, x: first.x, width: last.x + last.width - first.x }
  const layout = bandLayout(
    network,
    words ?? first?.width ?? rect.width,
    slots.map((x) => x - whole.x),
  )
  const host = network.row ?? (network.isMark === true ? network.host : '')
  const subject = { is: 'network', network: network.key, host } as const
  const id = sheet.id(subject)
  const down = (rect.height - layout.height) / 2
  // Its name again on each further host, beside the lines that pass there.
  const further = segments.slice(1).map((segment, at) => ({
    segment,
    chips: network.parts[at + 1]?.chips ?? [],
    own: bandLayout(
      { ...network, facts: [], chips: network.parts[at + 1]?.chips ?? [] },
      segment.width,
      slots.map((x) => x - segment.x),
    ),
  }))
  sheet.bands.push({
    ...PLAIN,
    id,
    subject,
    hue: network.hue,
    ...whole,
    kind: network.kind,
    ingress: network.ingress,
    internal: network.internal,
    slots,
    segments,
    texts: [
      ...layout.texts.map(({ text, style, x, y, anchor }) =>
        textAt(text, style, whole.x + x, baseline(rect.y + down + y, style), anchor),
      ),
      ...further.map(({ segment, own }) =>
        textAt(
          network.title,
          NAME,
          segment.x + (own.texts[0]?.x ?? OVER),
          baseline(rect.y + down + (layout.texts[0]?.y ?? 0), NAME),
          'start',
        ),
      ),
    ],
  })
  for (const { index: chip, ...place } of layout.chips) {
    const one = network.chips[chip]
    if (one === undefined) continue
    paintBandChip(sheet, network, one, { ...place, x: whole.x + place.x, y: rect.y + down + place.y }, id)
  }
  for (const { segment, chips, own } of further)
    for (const { index: at, x, width, height } of own.chips) {
      const one = chips[at]
      const y = rect.y + (rect.height - height) / 2
      if (one !== undefined) paintBandChip(sheet, network, one, { x: segment.x + x, y, width, height }, id)
    }
  paintTunnelLabel(sheet, network, { ...whole, segments })
  return id
}

/** Height of a tunnel between two parts of a band. */
export const TUBE = 24

/** By how much the part of a band on a host is wider than what the host holds. */
const OVER = 8

interface Cuts {
  readonly slots: readonly number[]
  readonly segments: readonly { readonly x: number; readonly width: number }[]
  /** Width at which its words are broken; its own where absent. */
  readonly words: number | undefined
}

function paintBandChip(sheet: Sheet, network: SceneNetwork, one: SceneChip, rect: Rect, owner: string): void {
  const subject: Subject =
    one.kind === 'vip'
      ? { is: 'vip', service: one.owner, network: network.key }
      : { is: 'endpoint', endpoint: one.owner, network: network.key }
  sheet.chips.push({
    ...PLAIN,
    id: sheet.id(subject),
    subject,
    hue: network.hue,
    kind: one.kind,
    owner,
    ...rect,
    texts: centred([one.text], ADDRESS, rect),
  })
}

/** In the gap between the first two hosts that a tunnel joins. */
function paintTunnelLabel(
  sheet: Sheet,
  { key, tunnel, hue }: SceneNetwork,
  { segments, y, height }: Rect & Pick<Cuts, 'segments'>,
): void {
  const [a, b] = segments
  if (tunnel === '' || a === undefined || b === undefined) return
  const width = room(tunnel, ADDRESS)
  const gap = b.x - a.x - a.width
  // A host between the two knows nothing of it: the words stand before it.
  const middle = gap > 2 * width ? a.x + a.width + width / 2 + 4 : a.x + a.width + gap / 2
  const subject: Subject = { is: 'network', network: key, host: '' }
  sheet.labels.push({
    ...PLAIN,
    id: sheet.id(subject, 'tunnel'),
    subject,
    hue,
    text: textAt(tunnel, ADDRESS, middle, baseline(y + (height - lineHeight(ADDRESS)) / 2, ADDRESS)),
  })
}

type Block = Arranged['part']['blocks'][number]

/** @returns for each card the way from its chip to the trunk. */
type ShapeCard = Block['shape']['cards'][number]
type Rows = ReadonlyMap<number, readonly ShapeCard[]>

function inRows(cards: readonly ShapeCard[]): Rows {
  const rows = new Map<number, ShapeCard[]>()
  for (const card of cards) {
    const row = rows.get(card.row)
    if (row === undefined) rows.set(card.row, [card])
    else row.push(card)
  }
  return rows
}

function paintComb(
  scene: Scene,
  sheet: Sheet,
  {
    network,
    comb,
    rows,
    by,
    chipIds,
  }: {
    /** `null` for the way in. */
    readonly network: SceneNetwork | null
    readonly comb: Block['shape']['combs'][number]
    readonly rows: Rows
    readonly by: Point
    readonly chipIds: ReadonlyMap<string, string>
  },
): readonly { readonly card: string; readonly points: readonly Point[] }[] {
  const ways: { card: string; points: readonly Point[] }[] = []
  const subject: Subject =
    network === null ? { is: 'client' } : { is: 'network', network: network.key, host: '' }
  const part = {
    ...PLAIN,
    hue: network?.hue ?? null,
    kind: network === null ? ('publish' as const) : ('attach' as const),
    way: 0,
    gaps: [],
  }
  const trunk = comb.x + by.x
  for (const [index, rail] of comb.rails.entries()) {
    const y = rail.y + by.y
    const id = sheet.id(subject, `rail${index + 1}`)
    const inner = comb.side === 'up' ? index < comb.rails.length - 1 : index > 0
    sheet.lines.push({
      ...part,
      arrow: 'none',
      id,
      subject,
      points: [
        { x: trunk, y },
        { x: rail.end + by.x, y },
      ],
      from: '',
      to: '',
      dots: inner ? [{ x: trunk, y }] : [],
    })
    for (const card of rows.get(rail.row) ?? []) {
      const chip = card.chips.find((one) => one.net === comb.net && one.side === comb.side)
      const owner = scene.cards[card.card]
      if (chip === undefined || owner === undefined) continue
      const own: Subject =
        network === null
          ? { is: 'port', host: owner.host, container: owner.container, service: '' }
          : { is: 'attachment', container: owner.container, network: network.key }
      const x = chip.x + by.x
      const edge = (comb.side === 'up' ? chip.rect.y : chip.rect.y + chip.rect.height) + by.y
      const stub = [
        { x, y: edge },
        { x, y },
      ]
      ways.push({ card: owner.container, points: [...stub, { x: trunk, y }] })
      sheet.lines.push({
        ...part,
        arrow: network === null ? 'end' : 'none',
        id: sheet.id(own, 'line'),
        subject: own,
        points: network === null ? [...stub].reverse() : stub,
        from: network === null ? id : (chipIds.get(`${card.card} ${comb.net}`) ?? ''),
        to: network === null ? '' : id,
        dots: chip.x === rail.end ? [] : [{ x, y }],
      })
    }
  }
  return ways
}

/** @param withPorts Whether the pill of the way in sits on the card, since the edge of the host is not in sight. */
export function paintCard(
  scene: Scene,
  sheet: Sheet,
  shape: CardShape,
  by: Point,
  withPorts: boolean,
): { readonly box: string; readonly chips: ReadonlyMap<number, string> } {
  const card = scene.cards[shape.card]
  if (card === undefined) return { box: '', chips: new Map() }
  const rect = shifted(shape.rect, by)
  const chips = new Map<number, string>()
  const isPod = card.members.length > 1
  const box = isPod
    ? paintPod(sheet, card, rect, shape, withPorts)
    : paintMember(sheet, card, 0, rect, bodyOf(shape, rect, withPorts))
  for (const chip of shape.chips) {
    const own = shifted(chip.rect, by)
    if (chip.net === OUT) {
      if (withPorts) paintPill(sheet, card, own, chip.lines, box, 'open')
      continue
    }
    const network = scene.networks.find(
      ({ key }) => key === card.joints.find((joint) => joint.lines === chip.lines)?.network,
    )
    if (network === undefined) continue
    const subject = { is: 'attachment', container: card.container, network: network.key } as const
    const id = sheet.id(subject)
    chips.set(chip.net, id)
    sheet.chips.push({
      ...PLAIN,
      id,
      subject,
      hue: network.hue,
      kind: 'interface',
      owner: box,
      ...own,
      texts: centred(chip.lines, ADDRESS, own),
    })
  }
  paintInner(scene, sheet, card, rect, bodyOf(shape, rect, withPorts), box)
  return { box, chips }
}

/**
 * Free room of a card between the chips on its two edges.
 *
 * @param withPorts Whether the pill of the way in stands on it, and not on the edge of the host.
 */
function bodyOf(shape: CardShape, rect: Rect, withPorts: boolean): Rect {
  const half = (side: Chip['side']): number =>
    Math.max(
      0,
      ...shape.chips
        .filter((chip) => chip.side === side && (chip.net !== OUT || withPorts))
        .map((chip) => chip.rect.height / 2),
    )
  const [up, down] = [half('up'), half('down')]
  return { x: rect.x, y: rect.y + up, width: rect.width, height: rect.height - up - down }
}

/** Below the name: ports of this host only, then networks that no line leads to. */
function paintInner(scene: Scene, sheet: Sheet, card: SceneCard, rect: Rect, body: Rect, box: string): void {
  const locals = card.ports.filter((port) => port.local)
  const far = card.far ?? []
  const rows = innerRows(card)
  const across = card.across ?? 1
  const column = rect.width / across
  const place = (index: number, text: string): Rect => {
    const size = chipSize([text])
    const y = body.y + body.height - (rows - Math.floor(index / across)) * INNER_STEP
    const middle = rect.x + ((index % across) + 0.5) * column
    return { x: middle - size.width / 2, y, ...size }
  }
  for (const [index, port] of locals.entries())
    paintPill(sheet, card, place(index, port.text), [port.text], box, 'local')
  for (const [index, joint] of far.entries()) {
    const text = farText(joint)
    const own = place(locals.length + index, text)
    const subject = { is: 'attachment', container: card.container, network: joint.network } as const
    const hue = scene.networks.find(({ key }) => key === joint.network)?.hue ?? null
    sheet.chips.push({
      ...PLAIN,
      id: sheet.id(subject),
      subject,
      hue,
      kind: 'interface',
      owner: box,
      ...own,
      texts: centred([text], ADDRESS, own),
    })
  }
}

export function paintPill(
  sheet: Sheet,
  card: SceneCard,
  rect: Rect,
  lines: readonly string[],
  owner: string,
  kind: 'open' | 'local',
): string {
  const subject = { is: 'port', host: card.host, container: card.container, service: '' } as const
  const id = sheet.id(subject, kind === 'local' ? 'local' : '')
  sheet.pills.push({
    ...PLAIN,
    id,
    subject,
    hue: null,
    kind,
    owner,
    ...rect,
    texts: centred(lines, ADDRESS, rect),
  })
  return id
}

function paintMember(sheet: Sheet, card: SceneCard, index: number, rect: Rect, body: Rect): string {
  const member = card.members[index]
  if (member === undefined) return ''
  const subject = { is: 'container', container: member.container } as const
  const id = sheet.id(subject)
  const inner = index === 0 && card.members.length === 1 ? innerRows(card) : 0
  const height = memberHeight(card, index)
  const middle = body.y + (body.height - inner * INNER_STEP - height) / 2
  const own = room(member.title, NAME) + SIGN + SIGN_GAP
  const sign = member.sign !== null && own <= rect.width - 12 ? member.sign.name : null
  const shift = sign === null ? 0 : (SIGN + SIGN_GAP) / 2
  const title = textAt(member.title, NAME, rect.x + rect.width / 2 + shift, baseline(middle, NAME))
  const texts: PlacedText[] = [title]
  for (const [line, text] of member.details.entries())
    texts.push(
      textAt(
        text,
        DETAIL,
        rect.x + rect.width / 2,
        baseline(middle + lineHeight(NAME) + line * lineHeight(DETAIL), DETAIL),
      ),
    )
  sheet.boxes.push({
    ...PLAIN,
    id,
    subject,
    hue: null,
    ...rect,
    kind: member.isTask ? 'task' : 'container',
    stopped: member.stopped,
    texts,
    ...(sign === null
      ? {}
      : {
          sign: {
            name: sign,
            x: Math.round(title.x - title.width / 2 - SIGN - SIGN_GAP),
            y: Math.round(middle + (lineHeight(NAME) - SIGN) / 2),
          },
        }),
  })
  return id
}

function paintPod(sheet: Sheet, card: SceneCard, rect: Rect, shape: CardShape, withPorts: boolean): string {
  const subject = { is: 'pod', container: card.container } as const
  const id = sheet.id(subject)
  sheet.enclosures.push({ ...PLAIN, id, subject, hue: null, ...rect, kind: 'pod', texts: [] })
  const widths = card.members.map((_, index) => memberWidth(card, index))
  const total = widths.reduce((sum, width) => sum + width + 8, -8)
  const body = bodyOf(shape, rect, withPorts)
  const height = Math.max(...card.members.map((_, index) => memberHeight(card, index))) + 12
  let x = rect.x + (rect.width - total) / 2
  const inner = innerRows(card) * INNER_STEP
  const y = body.y + (body.height - inner - height) / 2
  for (const [index] of card.members.entries()) {
    const own = { x, y, width: widths[index] ?? 0, height }
    paintMember(sheet, card, index, own, own)
    x += own.width + 8
  }
  return id
}
