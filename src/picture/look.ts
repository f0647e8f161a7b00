/** Cards and blocks of cards in coordinates of their own: what stands where in them, and where lines leave. */
import type { Block } from './graph.ts'
import { ADDRESS, chipSize, DETAIL, lineHeight, NAME, room } from './measure.ts'
import type { Rect } from './placed.ts'
import type { Scene, SceneCard, SceneJoint, ScenePort } from './scene.ts'
import { SIGN, SIGN_GAP } from './signs.ts'

/** The way in, where networks have their index. */
export const OUT = -1

export const GAP = 14
const CARD_PAD = 10
const LEAST_CARD = 92
/** Cards up to this width are made equal. */
const EQUAL_UP_TO = 150
const MEMBER_GAP = 8
/** From a trunk to the cards it passes. */
const TRUNK = 16
/** From a rail to the chips that hang on it. */
const RAIL = 12

export interface Side {
  readonly net: number
  readonly side: 'up' | 'down'
}

export interface Chip {
  readonly net: number
  readonly side: 'up' | 'down'
  readonly rect: Rect
  readonly lines: readonly string[]
  /** Where its line leaves, in x. */
  readonly x: number
}

export interface CardShape {
  readonly card: number
  /** Row of the grid, from 0. */
  readonly row: number
  readonly rect: Rect
  readonly chips: readonly Chip[]
  readonly ports: readonly ScenePort[]
}

/** A line inside a block that several cards of a network hang on. */
export interface Comb {
  readonly net: number
  readonly side: 'up' | 'down'
  /** Where it leaves the block, in x. */
  readonly x: number
  /** Height and inner end of its rails, from the side it leaves at. */
  readonly rails: readonly { readonly row: number; readonly y: number; readonly end: number }[]
}

export interface Exit extends Side {
  readonly x: number
  /** Index in `cards`; -1 for a trunk. */
  readonly card: number
}

export interface Shape {
  readonly width: number
  readonly height: number
  readonly cards: readonly CardShape[]
  readonly combs: readonly Comb[]
  /** Where lines leave it, each once. */
  readonly exits: readonly Exit[]
}

export interface Looks {
  readonly scene: Scene
  /** Width of the text of each card of the scene. */
  readonly widths: readonly number[]
  readonly bodies: readonly number[]
  /** What stands on the chip of a card for a network, by its index in the scene, or for the way in. */
  chip(card: number, network: number): ChipText
  /** Shapes that are known, by what makes them so. */
  readonly shapes: WeakMap<Block, Map<string, Shape>>
}

export interface ChipText {
  readonly lines: readonly string[]
  readonly width: number
  readonly height: number
}

/** @param isEven Whether cards of alike widths are made equal. */
export function looksOf(scene: Scene, isEven = true): Looks {
  const natural = scene.cards.map(naturalWidth)
  const equal = isEven ? evenWidth(natural) : LEAST_CARD
  return {
    scene,
    widths: natural.map((width) => Math.max(width, equal)),
    bodies: scene.cards.map(bodyHeight),
    chip: chipsOf(scene),
    shapes: new WeakMap(),
  }
}

const evenWidth = (natural: readonly number[]): number =>
  Math.max(LEAST_CARD, ...natural.filter((width) => width <= EQUAL_UP_TO))

/** Whether making cards equal makes some of them wider. */
export const isWidened = (scene: Scene): boolean => {
  const natural = scene.cards.map((card) => Math.max(LEAST_CARD, naturalWidth(card)))
  const equal = evenWidth(natural)
  return natural.some((width) => width < equal - 8)
}

export const memberWidth = (card: SceneCard, index: number): number => {
  const member = card.members[index]
  if (member === undefined) return 0
  const details = member.details.map((text) => room(text, DETAIL))
  const sign = member.sign?.isAsked ? SIGN + SIGN_GAP : 0
  return Math.max(room(member.title, NAME) + sign, ...details) + 2 * CARD_PAD
}

export const memberHeight = (card: SceneCard, index: number): number =>
  lineHeight(NAME) + (card.members[index]?.details.length ?? 0) * lineHeight(DETAIL)

/** Members of a pod stand side by side. */
function naturalWidth(card: SceneCard): number {
  const members = card.members.map((_, index) => memberWidth(card, index))
  const inner =
    members.length === 1
      ? (members[0] ?? 0)
      : members.reduce((sum, width) => sum + width + MEMBER_GAP, MEMBER_GAP)
  const marks = Math.max(0, ...innerMarks(card).map((text) => chipSize([text]).width))
  const across = card.across ?? 1
  return Math.max(inner, marks === 0 ? 0 : across * (marks + CHIP_GAP) - CHIP_GAP + 8)
}

function bodyHeight(card: SceneCard): number {
  const tallest = Math.max(...card.members.map((_, index) => memberHeight(card, index)))
  const pod = card.members.length > 1 ? 2 * MEMBER_GAP + 4 : 0
  return tallest + pod + innerRows(card) * INNER_STEP
}

/** From one mark inside a card to the next. */
export const INNER_STEP = 24

export const localPills = (card: SceneCard): readonly string[] =>
  card.ports.filter((port) => port.local).map((port) => port.text)

export const farText = (joint: SceneJoint): string => joint.lines.join(' ')

/** What stands below the name of a card: ports of this host only, and networks without a line. */
export const innerMarks = (card: SceneCard): readonly string[] => [
  ...localPills(card),
  ...(card.far ?? []).map(farText),
]

export const innerRows = (card: SceneCard): number => Math.ceil(innerMarks(card).length / (card.across ?? 1))

/** Between marks beside each other. */
export const CHIP_GAP = 6

/** Each is measured once, however many arrangements are tried. */
function chipsOf(scene: Scene): Looks['chip'] {
  const known: (ChipText | undefined)[][] = scene.cards.map(() => [])
  return (index, network) => {
    const found = known[index]?.[network + 1]
    if (found !== undefined) return found
    const card = scene.cards[index]
    const key = scene.networks[network]?.key
    const lines =
      card === undefined
        ? []
        : network === OUT
          ? openLines(card)
          : (card.joints.find((joint) => joint.network === key)?.lines ?? [])
    const made = { lines, ...chipSize(lines) }
    const own = known[index]
    if (own !== undefined) own[network + 1] = made
    return made
  }
}

/** Widest pill before its ports go on in the next line; where open cards would not stand in one row, that comes sooner. */
const WIDEST_PILL = 150
const NARROW_PILL = 100

/**
 * The scene with narrower pills on hosts whose open cards stand in one row only with these.
 *
 * @param inner Room of one host, in px.
 */
export function withPills(scene: Scene, inner: number): Scene {
  const open = (host: string): readonly SceneCard[] =>
    scene.cards.filter((card) => card.host === host && card.apart === null && openLines(card).length > 0)
  const rowOf = (cards: readonly SceneCard[]): number =>
    cards.reduce(
      (sum, card) =>
        sum + Math.max(LEAST_CARD, naturalWidth(card), chipSize(openLines(card)).width + 4) + GAP,
      -GAP,
    )
  const narrowed = (card: SceneCard): SceneCard => ({ ...card, pill: NARROW_PILL })
  const hosts = new Set(
    scene.hosts.flatMap(({ name }) => {
      const cards = open(name)
      return rowOf(cards) > inner && rowOf(cards.map(narrowed)) <= inner ? [name] : []
    }),
  )
  return hosts.size === 0
    ? scene
    : { ...scene, cards: scene.cards.map((card) => (hosts.has(card.host) ? narrowed(card) : card)) }
}

/** Ports that are open to other machines, as lines of a pill. */
export function openLines(card: SceneCard): readonly string[] {
  const lines: string[] = []
  for (const { local, text } of card.ports) {
    if (local) continue
    const longer = `${lines.at(-1) ?? ''}, ${text}`
    if (lines.length > 0 && room(longer, ADDRESS) <= (card.pill ?? WIDEST_PILL))
      lines[lines.length - 1] = longer
    else lines.push(text)
  }
  return lines
}

/** Sides whose lines leave together, because they have to pass another row. */
export interface Trunked {
  readonly up: boolean
  readonly down: boolean
  /** Whether pills of the way in stand on the cards in any case. */
  readonly onCards: boolean
}

const PLAIN: Trunked = { up: false, down: false, onCards: false }

/**
 * @param sides Sides of the block, those upwards and those downwards in order from left to right.
 * @param networks Index of each net's network.
 */
export function shapeOf(
  looks: Looks,
  block: Block,
  sides: readonly Side[],
  columns: number,
  networks: readonly number[],
  trunked: Trunked = PLAIN,
): Shape {
  const known = looks.shapes.get(block) ?? new Map<string, Shape>()
  looks.shapes.set(block, known)
  let key = `${columns}${trunked.up}${trunked.down}${trunked.onCards}`
  for (const { net, side } of sides) key += `${side}${net}`
  const found = known.get(key)
  if (found !== undefined) return found
  const made = makeShape(looks, block, sides, columns, networks, trunked)
  known.set(key, made)
  return made
}

function makeShape(
  looks: Looks,
  block: Block,
  sides: readonly Side[],
  columns: number,
  networks: readonly number[],
  trunked: Trunked,
): Shape {
  const ups = sides.filter((one) => one.side === 'up')
  const downs = sides.filter((one) => one.side === 'down')
  const asGrid = ups.length <= 1 && downs.length <= 1
  const across = asGrid ? Math.max(1, Math.min(columns, block.cards.length)) : block.cards.length
  const { grid, regular } = gridOf(
    block.cards.map((card) => ({
      rank: asGrid ? (looks.scene.cards[card]?.rank ?? 0) : 0,
      width: looks.widths[card] ?? LEAST_CARD,
    })),
    across,
  )
  const rows = grid.length
  const hasCombs = rows > 1
  // Pills of the way in stand on the cards then, all on one comb.
  const isEntry = hasCombs && ups[0]?.net === OUT
  const pillsOn = hasCombs || trunked.onCards
  const isTrunked = (side: Side['side']): boolean =>
    asGrid && block.cards.length > 1 && (trunked[side] || (side === 'up' && isEntry))
  const trunk = {
    up: ups.length > 0 && (hasCombs || isTrunked('up')),
    down: downs.length > 0 && (hasCombs || isTrunked('down')),
  }
  const left = trunk.up ? TRUNK : 0
  const right = trunk.down ? TRUNK : 0
  const cardAt = (index: number): SceneCard | undefined => looks.scene.cards[block.cards[index] ?? -1]
  const sizes = block.cards.map((index) => {
    const size = (list: readonly Side[]) =>
      list.map((one) => ({
        ...one,
        ...looks.chip(index, one.net === OUT ? OUT : (networks[one.net] ?? OUT)),
      }))
    const [up, down] = [size(ups), size(downs)]
    const wide = (list: readonly { readonly width: number }[]): number =>
      list.reduce((sum, chip) => sum + chip.width + 6, -6)
    // A pill of the way in stands on the edge of the host, as wide as a chip; it must not touch its neighbour.
    return {
      up,
      down,
      width: Math.max(looks.widths[index] ?? LEAST_CARD, wide(up) + 4, wide(down) + 4),
      height:
        (looks.bodies[index] ?? 0) +
        Math.max(CARD_PAD, ...up.filter(({ net }) => pillsOn || net !== OUT).map((c) => c.height / 2 + 6)) +
        Math.max(CARD_PAD, ...down.map((c) => c.height / 2 + 6)),
    }
  })
  const upright = grid.slice(0, regular)
  const columnWidths = Array.from({ length: Math.max(...upright.map((row) => row.length)) }, (_, column) =>
    Math.max(...upright.flatMap((row) => sizes[row[column] ?? -1]?.width ?? [])),
  )
  // Rows of far wider cards keep to no columns.
  const widthsOf = (row: number): readonly number[] =>
    row < regular ? columnWidths : (grid[row] ?? []).map((index) => sizes[index]?.width ?? 0)
  const above = Math.max(
    0,
    ...sizes.flatMap((s) => s.up.filter((c) => pillsOn || c.net !== OUT).map((c) => c.height / 2)),
  )
  const below = Math.max(0, ...sizes.flatMap((s) => s.down.map((c) => c.height / 2)))
  const cards: CardShape[] = []
  const combs: {
    up: { row: number; y: number; end: number }[]
    down: { row: number; y: number; end: number }[]
  } = { up: [], down: [] }
  const rowGap = hasCombs ? (ups.length > 0 ? 16 : 6) + (downs.length > 0 ? 16 : 6) : 0
  const total = (widths: readonly number[]): number => widths.reduce((sum, one) => sum + one + GAP, -GAP)
  const width = left + right + Math.max(...grid.map((_, row) => total(widthsOf(row))))
  let y = isTrunked('up') ? RAIL : 0
  for (const [row, indices] of grid.entries()) {
    const here = indices.flatMap((index) => sizes[index] ?? [])
    const top = y + (row === 0 ? 0 : rowGap) + above
    const height = Math.max(...here.map((size) => size.height))
    let x = left
    const ends = { up: left, down: width - right }
    for (const [column, size] of here.entries()) {
      const columnWidth = widthsOf(row)[column] ?? 0
      const rect = { x: x + (columnWidth - size.width) / 2, y: top, width: size.width, height: size.height }
      const chips = [...chipsOn(rect, size.up, rect.y), ...chipsOn(rect, size.down, rect.y + rect.height)]
      const index = indices[column] ?? 0
      const card = cardAt(index)
      cards.push({ card: block.cards[index] ?? 0, row, rect, chips, ports: card?.ports ?? [] })
      for (const chip of chips) {
        if (chip.side === 'up') ends.up = Math.max(ends.up, chip.x)
        else ends.down = Math.min(ends.down, chip.x)
      }
      x += columnWidth + GAP
    }
    if (trunk.up && (row > 0 || isTrunked('up')))
      combs.up.push({ row, y: top - above - RAIL + 2, end: ends.up })
    if (trunk.down && (row < rows - 1 || isTrunked('down')))
      combs.down.push({ row, y: top + height + below + RAIL - 2, end: ends.down })
    y = top + height + below
  }
  const edge = ({ row }: CardShape, side: Side['side']): boolean =>
    !isTrunked(side) && row === (side === 'up' ? 0 : rows - 1)
  const [up, down] = [ups[0], downs[0]]
  return {
    width,
    height: y + (isTrunked('down') ? RAIL : 0),
    cards,
    combs: [
      ...(trunk.up && up !== undefined ? [{ net: up.net, side: 'up' as const, x: 5, rails: combs.up }] : []),
      ...(trunk.down && down !== undefined
        ? [{ net: down.net, side: 'down' as const, x: width - 5, rails: combs.down }]
        : []),
    ],
    // The row next to a network is joined to it card by card, the others by a trunk beside them.
    exits: [
      ...cards.flatMap((card, index) =>
        card.chips
          .filter(({ side }) => edge(card, side))
          .map(({ net, side, x }) => ({ net, side, x, card: index })),
      ),
      ...(trunk.up && up !== undefined ? [{ ...up, x: 5, card: -1 }] : []),
      ...(trunk.down && down !== undefined ? [{ ...down, x: width - 5, card: -1 }] : []),
    ],
  }
}

/** From so many cards on, a few that are far wider than the middle one have rows of their own, below the others. */
const MANY = 6
const FAR_WIDER = 1.5

/**
 * Indices of cards by rows. Several of one rank have rows of their own; single ones follow each other from left to right,
 * as far as that makes the grid no wider. `regular`: how many rows keep to columns.
 */
function gridOf(
  cards: readonly { readonly rank: number; readonly width: number }[],
  across: number,
): { readonly grid: readonly (readonly number[])[]; readonly regular: number } {
  const middle = cards.map(({ width }) => width).sort((a, b) => a - b)[cards.length >> 1] ?? 0
  const isWide = (width: number): boolean =>
    cards.length >= MANY && across < cards.length && width > middle * FAR_WIDER
  const widths = new Map<number, number[]>()
  for (const { rank, width } of cards) {
    const own = widths.get(rank) ?? []
    own.push(width + GAP)
    widths.set(rank, own)
  }
  const sum = (row: readonly number[]): number => row.slice(0, across).reduce((all, one) => all + one, 0)
  const several = [...widths.values()].filter((own) => own.length > 1)
  const room = several.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...several.map(sum))
  const isSingle = (rank: number): boolean => widths.get(rank)?.length === 1
  const rows: number[][] = []
  const taken = (row: readonly number[] | undefined): number =>
    row?.reduce((all, one) => all + (cards[one]?.width ?? 0) + GAP, 0) ?? 0
  for (const [index, { rank, width }] of cards.entries()) {
    if (isWide(width)) continue
    const last = rows.at(-1)
    const before = cards[last?.[0] ?? 0]?.rank ?? 0
    const isNext =
      before === rank || (isSingle(before) && isSingle(rank) && taken(last) + width + GAP <= room)
    if (last !== undefined && last.length < across && isNext) last.push(index)
    else rows.push([index])
  }
  const regular = rows.length
  const widest = Math.max(...rows.map(taken))
  for (const [index, { width }] of cards.entries()) {
    if (!isWide(width)) continue
    const last = rows.length > regular ? rows.at(-1) : undefined
    if (last !== undefined && taken(last) + width + GAP <= widest) last.push(index)
    else rows.push([index])
  }
  return { grid: rows, regular }
}

/** Chips side by side in the middle of an edge. */
function chipsOn(
  card: Rect,
  sizes: readonly (Side & {
    readonly lines: readonly string[]
    readonly width: number
    readonly height: number
  })[],
  y: number,
): readonly Chip[] {
  const total = sizes.reduce((sum, size) => sum + size.width, 0)
  const room = card.width - total
  const between = sizes.length > 1 ? Math.max(6, Math.min(24, room / (sizes.length + 1))) : 0
  let x = card.x + (room - between * (sizes.length - 1)) / 2
  return sizes.map(({ net, side, lines, width, height }) => {
    const chip = { net, side, lines, rect: { x, y: y - height / 2, width, height }, x: x + width / 2 }
    x += width + between
    return chip
  })
}
