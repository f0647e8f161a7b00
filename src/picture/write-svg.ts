/**
 * A placed figure as one `<svg>`. Every part has its classes for the shared stylesheet and, as presentation attributes,
 * the same look in light colours, so that it stands alone in readers that know no stylesheet. No id but under the
 * figure's own, no script, no reference to anything outside.
 */
import { FONT_FAMILY } from '../font/font-family.ts'
import { badgeHalf } from './badges.ts'
import { decorationOf } from './decorate.ts'
import { TUBE } from './paint.ts'
import { BASE, HUE_INK, HUES, hueOf, patternOf } from './palette.ts'
import type {
  CellKind,
  Decorations,
  PlacedBadge,
  PlacedBand,
  PlacedBox,
  PlacedCell,
  PlacedChip,
  PlacedEnclosure,
  PlacedFigure,
  PlacedLine,
  PlacedPart,
  PlacedPill,
  PlacedText,
  Point,
  Rect,
} from './placed.ts'
import { SIGN_PATHS } from './signs.ts'

export interface WriteOptions {
  /** Begins every id of the drawing. */
  readonly id: string
  /** What a program adds to boxes, bands and hosts. */
  readonly decorations?: Decorations | undefined
}

export interface WrittenSvg {
  readonly svg: string
  /** Natural size in CSS pixels. */
  readonly width: number
  readonly height: number
}

const light = (name: string): string => BASE[name]?.[0] ?? '#000000'
const solid = (hue: number): string => HUES[hueOf(hue)]?.solid[0] ?? '#000000'
const tint = (hue: number): string => HUES[hueOf(hue)]?.tint[0] ?? '#ffffff'

type Attributes = Readonly<Record<string, string | number | null>>

export function writeSvg(figure: PlacedFigure, options: WriteOptions): WrittenSvg {
  const { id } = options
  const { width, height } = figure
  const heads = new Map<string, string>()
  const drawn = figure.lines.map((line) => [line, lineText(line, id, heads)] as const)
  const lines = drawn.filter(([line]) => line.kind !== 'way').map(([, text]) => text)
  const ways = drawn.filter(([line]) => line.kind === 'way').map(([, text]) => text)
  const body = [
    ...figure.enclosures.map((one) => decorated(one, enclosureText(one), options)),
    ...lines,
    ...figure.bands.map((band) => decorated(band, bandText(band), options)),
    ...figure.boxes.map((box) => decorated(box, boxText(box), options)),
    ...ways,
    ...figure.chips.map(chipText),
    ...figure.pills.map(pillText),
    ...figure.labels.map((label) =>
      group(label, ['label'], textText(label.text, label.hue === null ? light('quiet') : solid(label.hue))),
    ),
    ...figure.badges.map(badgeText),
    ...(figure.cells ?? []).map(cellText),
  ]
  const defs = heads.size === 0 ? [] : [tag('defs', {}, [...heads.values()].join(''))]
  const svg = tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      id,
      class: 'docker-network-picture',
      // A link in an image is none to a screen reader.
      role: [...(options.decorations?.values() ?? [])].some(({ link }) => link !== '') ? 'group' : 'img',
      'aria-labelledby': `${id}-t`,
      'aria-describedby': figure.description === '' ? null : `${id}-d`,
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': `"${FONT_FAMILY}","Noto Sans CJK KR","Noto Sans",sans-serif`,
      fill: light('ink'),
    },
    [
      tag('title', { id: `${id}-t` }, escapeText(figure.title)),
      ...(figure.description === '' ? [] : [tag('desc', { id: `${id}-d` }, escapeText(figure.description))]),
      ...defs,
      ...body,
    ]
      .map((part) => `\n${part}`)
      .concat('\n')
      .join(''),
  )
  return { svg, width, height }
}

/** The look of what is new, gone or another, over that of its kind. */
function changeLook({ change }: PlacedPart): Attributes {
  switch (change) {
    case undefined:
      return {}
    case 'new':
      return { stroke: light('new'), 'stroke-width': 3 }
    case 'gone':
      return { stroke: light('gone'), 'stroke-width': 1.5, 'stroke-dasharray': '3 3' }
    case 'changed':
      return { stroke: light('changed'), 'stroke-width': 3, 'stroke-dasharray': '8 3' }
    default:
      return change satisfies never
  }
}

const classesOf = (part: PlacedPart): readonly string[] => [
  ...(part.change === undefined ? [] : [`dn-${part.change}`]),
  ...(part.lights ?? []),
  ...(part.hue === null ? [] : [`dn-hue${hueOf(part.hue) + 1}`]),
  ...(part.emphasis === 'plain' ? [] : [`dn-${part.emphasis}`]),
]

/** Classes go onto the group; a link goes around it. */
function decorated(part: PlacedPart, text: string, { decorations }: WriteOptions): string {
  const found = decorations === undefined ? null : decorationOf(part.subject, decorations)
  if (found === null) return text
  const extra = found.classes.map((name) => ` ${escapeText(name)}`).join('')
  const classed = text.replace(/^<g class="([^"]*)"/, (_, classes: string) => `<g class="${classes}${extra}"`)
  return found.link === '' ? classed : tag('a', { href: found.link }, classed)
}

const group = (part: PlacedPart, classes: readonly string[], content: string): string =>
  tag('g', { class: [...classes, ...classesOf(part)].join(' ') }, content)

const number = (value: number): string => String(Math.round(value * 10) / 10)

const rectText = (rect: Rect, radius: number, attributes: Attributes): string =>
  tag('rect', {
    x: number(rect.x),
    y: number(rect.y),
    width: number(rect.width),
    height: number(rect.height),
    rx: radius,
    ...attributes,
  })

function textText(text: PlacedText, fill: string): string {
  return tag(
    'text',
    {
      class: text.role,
      x: number(text.x),
      y: number(text.y),
      'text-anchor': text.anchor === 'start' ? null : text.anchor,
      'font-size': text.size,
      'font-weight': text.bold ? 700 : null,
      fill,
    },
    escapeText(text.text),
  )
}

const textsOf = (texts: readonly PlacedText[], fill: (text: PlacedText) => string): string =>
  texts.map((text) => textText(text, fill(text))).join('')

const inkOf = (text: PlacedText, isDim: boolean = false): string =>
  light(isDim || text.role === 'detail' ? 'quiet' : 'ink')

function enclosureText(one: PlacedEnclosure): string {
  const [fill, stroke] =
    one.kind === 'host'
      ? ['host-fill', 'host-line']
      : one.kind === 'pod'
        ? ['card-fill', 'card-line']
        : ['canvas', 'host-line']
  return group(
    one,
    ['enclosure', one.kind],
    rectText(one, one.kind === 'host' ? 12 : 10, {
      fill: one.kind === 'apart' ? 'none' : light(fill ?? ''),
      stroke: light(stroke ?? ''),
      'stroke-width': one.kind === 'pod' ? 1.5 : 1.25,
      'stroke-dasharray': one.kind === 'apart' ? '4 4' : null,
      ...changeLook(one),
    }) + textsOf(one.texts, (text) => inkOf(text)),
  )
}

const SLOT = 6

/** In pieces where a line of another network passes, and on the hosts it lies on. */
function bandText(band: PlacedBand): string {
  const hue = band.hue ?? 0
  const isDim = band.emphasis === 'dim'
  const segments = band.segments.length === 0 ? [band] : band.segments
  const pieces = segments.flatMap(({ x, width }) => {
    const own = band.slots.filter((slot) => slot > x && slot < x + width)
    const cuts = [x, ...own.flatMap((slot) => [slot - SLOT, slot + SLOT]), x + width]
    return own.concat(0).map((_, i) => {
      const [from = 0, to = 0] = [cuts[2 * i], cuts[2 * i + 1]]
      return rectText({ ...band, x: from, width: Math.max(0, to - from) }, own.length > 0 ? 2 : 6, {
        fill: isDim ? tint(hue) : solid(hue),
        stroke: solid(hue),
        'stroke-width': 1.5,
      })
    })
  })
  const tunnels = segments.slice(1).map(({ x }, index) => {
    const before = segments[index]
    const from = (before?.x ?? 0) + (before?.width ?? 0)
    return rectText({ x: from, y: band.y + band.height / 2 - TUBE / 2, width: x - from, height: TUBE }, 0, {
      class: 'tube',
      fill: tint(hue),
      stroke: solid(hue),
      'stroke-width': 1.5,
      'stroke-dasharray': '7 5',
    })
  })
  // Between its two bars, square where it meets them.
  const bend =
    band.bend === undefined
      ? ''
      : rectText({ ...band.bend, y: band.bend.y + JOIN, height: band.bend.height - 2 * JOIN }, 0, {
          class: 'bend',
          fill: isDim ? tint(hue) : solid(hue),
          stroke: solid(hue),
          'stroke-width': 1.5,
        })
  // The second sign: the edge of networks beyond the first eight has the pattern of their lines.
  const pattern = patternOf(hue)
  const edge =
    pattern === '' && !band.internal
      ? ''
      : segments
          .map(({ x, width }) =>
            rectText({ x: x + 3, y: band.y + 3, width: width - 6, height: band.height - 6 }, 4, {
              class: 'inner',
              fill: 'none',
              stroke: isDim ? solid(hue) : HUE_INK[0],
              'stroke-width': 1.25,
              'stroke-dasharray': band.internal ? '6 4' : pattern,
            }),
          )
          .join('')
  // Round it: a line in it would be lost in its colour, or read as that of an internal network.
  const ring =
    band.change === undefined
      ? ''
      : segments
          .map(({ x, width }) =>
            rectText(
              { x: x - RING, y: band.y - RING, width: width + 2 * RING, height: band.height + 2 * RING },
              6 + RING,
              { class: 'ring', fill: 'none', ...changeLook(band) },
            ),
          )
          .join('')
  return group(
    band,
    ['band', band.kind, ...(band.ingress ? ['ingress'] : []), ...(band.internal ? ['internal'] : [])],
    tunnels.join('') +
      bend +
      pieces.join('') +
      edge +
      ring +
      textsOf(band.texts, () => (isDim ? solid(hue) : HUE_INK[0])),
  )
}

/** From a band to the middle of the line round it. */
const RING = 3.5

/** How far below the corners of its bars a bend begins. */
const JOIN = 8

function boxText(box: PlacedBox): string {
  const isDim = box.emphasis === 'dim'
  const isOutside = box.kind === 'client' || box.kind === 'outside'
  const radius = isOutside ? box.height / 2 : box.kind === 'underlay' ? 4 : 8
  const dashes = box.stopped ? '3 3' : isOutside ? '5 4' : null
  return group(
    box,
    ['box', box.kind, ...(box.stopped ? ['stopped'] : [])],
    rectText(box, radius, {
      fill: light(box.kind === 'underlay' ? 'host-fill' : 'card-fill'),
      stroke: light(box.stopped || isDim ? 'host-line' : 'card-line'),
      'stroke-width': 1.5,
      'stroke-dasharray': dashes,
      ...changeLook(box),
    }) +
      textsOf(box.texts, (text) => inkOf(text, isDim)) +
      signText(box),
  )
}

function signText({ sign }: PlacedBox): string {
  if (sign === undefined) return ''
  return tag('path', {
    class: `sign ${sign.name}`,
    transform: `translate(${number(sign.x)} ${number(sign.y)})`,
    d: SIGN_PATHS[sign.name],
    fill: 'none',
    stroke: light('quiet'),
    'stroke-width': 1.3,
    'stroke-linejoin': 'round',
    'stroke-linecap': 'round',
  })
}

function chipText(chip: PlacedChip): string {
  const stroke = chip.hue === null ? light('line') : solid(chip.hue)
  const fill = chip.hue === null ? light('canvas') : tint(chip.hue)
  return group(
    chip,
    ['chip', chip.kind],
    rectText(chip, Math.min(chip.height / 2, 10), {
      fill,
      stroke,
      'stroke-width': 1.5,
      ...changeLook(chip),
    }) + textsOf(chip.texts, () => (chip.hue === null ? light('ink') : solid(chip.hue))),
  )
}

/** Fill, line and ink of a cell, by names of the palette or of its network's colours; then its dashes. */
const CELL_LOOKS: Readonly<Record<CellKind, readonly [string, string, string, string | null]>> = {
  taken: ['tint', 'hue', 'hue', null],
  used: ['tint', 'hue', 'hue', null],
  gateway: ['hue', 'hue', 'hue-ink', null],
  reserved: ['tint', 'hue', 'hue', '6 3'],
  blocked: ['local', 'local', 'local-ink', null],
  free: ['none', 'host-line', 'quiet', '3 3'],
  outside: ['none', 'host-line', 'quiet', '1 4'],
  edge: ['host-fill', 'host-line', 'quiet', null],
  lane: ['card-fill', 'card-line', 'ink', null],
  packet: ['canvas', 'host-line', 'ink', null],
  event: ['host-fill', 'card-line', 'ink', null],
  drop: ['canvas', 'way1', 'way1', '6 3'],
}

function cellText(cell: PlacedCell): string {
  const [fill, stroke, ink, dashes] = CELL_LOOKS[cell.kind]
  const isBand = cell.kind === 'lane' && cell.hue !== null
  const colour = (name: string): string =>
    name === 'none'
      ? name
      : name === 'hue'
        ? cell.hue === null
          ? light('line')
          : solid(cell.hue)
        : name === 'tint'
          ? cell.hue === null
            ? light('host-fill')
            : tint(cell.hue)
          : name === 'hue-ink'
            ? HUE_INK[0]
            : light(name)
  return group(
    cell,
    ['cell', cell.kind],
    rectText(cell, cell.kind === 'event' || cell.kind === 'drop' ? 12 : 6, {
      fill: colour(isBand ? 'hue' : fill),
      stroke: colour(isBand ? 'hue' : stroke),
      'stroke-width': cell.kind === 'packet' ? 1 : 1.5,
      'stroke-dasharray': dashes,
      ...changeLook(cell),
    }) +
      textsOf(cell.texts, (text) =>
        colour(isBand ? 'hue-ink' : ink === 'ink' && text.role === 'detail' ? 'quiet' : ink),
      ),
  )
}

function pillText(pill: PlacedPill): string {
  const kind = pill.emphasis === 'dim' ? 'local' : pill.kind
  const fill = light(kind)
  return group(
    pill,
    ['pill', kind],
    rectText(pill, Math.min(pill.height / 2, 11), {
      fill,
      stroke: fill,
      'stroke-width': 1,
      ...changeLook(pill),
    }) + textsOf(pill.texts, () => light(`${kind}-ink`)),
  )
}

const WIDTHS: Readonly<Record<PlacedLine['kind'], number>> = {
  attach: 2.5,
  publish: 2,
  tunnel: 2,
  route: 1.5,
  uplink: 2,
  way: 3.5,
  message: 2,
  reply: 1.75,
  lifeline: 1.25,
  rule: 1,
}

const LINE_COLOURS: Partial<Readonly<Record<PlacedLine['kind'], string>>> = {
  publish: 'ink',
  message: 'ink',
  reply: 'ink',
  lifeline: 'host-line',
  rule: 'host-line',
}

function lineText(line: PlacedLine, id: string, heads: Map<string, string>): string {
  const stroke =
    line.kind === 'way'
      ? light(`way${wayNumber(line.way)}`)
      : line.hue !== null
        ? solid(line.hue)
        : light(LINE_COLOURS[line.kind] ?? 'line')
  const name = line.kind === 'way' ? `w${wayNumber(line.way)}` : 'a'
  if (line.arrow !== 'none') heads.set(name, head(`${id}-${name}`, name, stroke))
  const dashes =
    line.kind === 'tunnel' || line.kind === 'reply'
      ? '7 5'
      : line.kind === 'way' && line.way % 2 === 0
        ? '9 4'
        : line.hue === null
          ? ''
          : patternOf(line.hue)
  const path = tag('path', {
    class: [
      'edge',
      line.kind,
      ...classesOf(line),
      ...(line.kind === 'way' ? [`dn-way${wayNumber(line.way)}`] : []),
    ].join(' '),
    d: pathOf(line),
    fill: 'none',
    stroke,
    'stroke-width': line.emphasis === 'dim' ? 1.25 : WIDTHS[line.kind],
    'stroke-dasharray': dashes === '' ? null : dashes,
    'stroke-linejoin': 'round',
    'marker-end': line.arrow === 'none' ? null : `url(#${id}-${name})`,
    ...(line.kind === 'way' ? {} : changeLook(line)),
  })
  const dots = line.dots.map((dot) =>
    tag('circle', {
      class: ['dot', line.kind, ...classesOf(line)].join(' '),
      cx: number(dot.x),
      cy: number(dot.y),
      r: 3.5,
      fill: stroke,
    }),
  )
  return path + dots.join('')
}

export const wayNumber = (way: number): number => ((way - 1) % 3) + 1

const head = (id: string, name: string, fill: string): string =>
  tag(
    'marker',
    {
      id,
      viewBox: '0 0 10 10',
      refX: 8.5,
      refY: 5,
      markerUnits: 'userSpaceOnUse',
      markerWidth: name === 'a' ? 11 : 13,
      markerHeight: name === 'a' ? 11 : 13,
      // Not `auto-start-reverse`, which resvg leaves unturned.
      orient: 'auto',
    },
    tag('path', { class: `head head-${name}`, d: 'M0 0.5L10 5L0 9.5z', fill }),
  )

const GAP = 5

/** Straight pieces with rounded corners, broken where another line passes over. */
function pathOf({ points, gaps }: PlacedLine): string {
  const pieces: Point[][] = [[]]
  for (const [index, point] of points.entries()) {
    const before = points[index - 1]
    if (before !== undefined) {
      const along = gaps
        .filter((gap) => isOn(gap, before, point))
        .map((gap) => ({ gap, far: Math.abs(gap.x - before.x) + Math.abs(gap.y - before.y) }))
        .sort((a, b) => a.far - b.far)
      const length = Math.abs(point.x - before.x) + Math.abs(point.y - before.y)
      for (const { far } of along) {
        if (far < GAP + 1 || length - far < GAP + 1) continue
        const at = (distance: number): Point => ({
          x: before.x + ((point.x - before.x) * distance) / length,
          y: before.y + ((point.y - before.y) * distance) / length,
        })
        pieces.at(-1)?.push(at(far - GAP))
        pieces.push([at(far + GAP)])
      }
    }
    pieces.at(-1)?.push(point)
  }
  return pieces.map(roundedPath).join('')
}

const isOn = (point: Point, a: Point, b: Point): boolean =>
  (a.x === b.x && point.x === a.x && point.y > Math.min(a.y, b.y) && point.y < Math.max(a.y, b.y)) ||
  (a.y === b.y && point.y === a.y && point.x > Math.min(a.x, b.x) && point.x < Math.max(a.x, b.x))

const CORNER = 6

function roundedPath(points: readonly Point[]): string {
  let text = ''
  for (const [index, point] of points.entries()) {
    const [before, after] = [points[index - 1], points[index + 1]]
    if (before === undefined) text += `M${number(point.x)} ${number(point.y)}`
    else if (after === undefined) text += `L${number(point.x)} ${number(point.y)}`
    else {
      const [near, far] = [towards(point, before), towards(point, after)]
      text += `L${number(near.x)} ${number(near.y)}Q${number(point.x)} ${number(point.y)} ${number(far.x)} ${number(far.y)}`
    }
  }
  return text
}

function towards(from: Point, to: Point): Point {
  const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y)
  const step = Math.min(CORNER, length / 2)
  return length === 0
    ? from
    : { x: from.x + ((to.x - from.x) * step) / length, y: from.y + ((to.y - from.y) * step) / length }
}

function badgeText(badge: PlacedBadge): string {
  const colour = light(`way${wayNumber(badge.way)}`)
  const classes = ['badge', badge.kind, `dn-way${wayNumber(badge.way)}`]
  const { x, y, radius } = badge
  const half = badgeHalf(badge.text)
  if (badge.kind === 'drop') {
    const arm = radius * 0.45
    return group(
      badge,
      classes,
      tag('circle', {
        cx: number(x),
        cy: number(y),
        r: radius,
        fill: light('canvas'),
        stroke: colour,
        'stroke-width': 2,
      }) +
        tag('path', {
          d: `M${number(x - arm)} ${number(y - arm)}L${number(x + arm)} ${number(y + arm)}M${number(x + arm)} ${number(y - arm)}L${number(x - arm)} ${number(y + arm)}`,
          stroke: colour,
          'stroke-width': 3,
          fill: 'none',
        }),
    )
  }
  return group(
    badge,
    classes,
    rectText({ x: x - half, y: y - radius, width: 2 * half, height: 2 * radius }, radius, {
      fill: colour,
      stroke: light('canvas'),
      'stroke-width': 1.5,
    }) +
      tag(
        'text',
        {
          x: number(x),
          y: number(y + 4),
          'text-anchor': 'middle',
          'font-size': 12,
          'font-weight': 700,
          fill: light(`way${wayNumber(badge.way)}-ink`),
        },
        escapeText(badge.text),
      ),
  )
}

function tag(name: string, attributes: Attributes, content?: string): string {
  let text = `<${name}`
  for (const [key, value] of Object.entries(attributes))
    if (value !== null) text += ` ${key}="${escapeText(String(value))}"`
  return content === undefined ? `${text}/>` : `${text}>${content}</${name}>`
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  // VitePress and others compile the page as a template, in which two braces begin an expression.
  ['{', '&#123;'],
])

/** As in HTML around it: characters that no XML may hold, and those that turn the direction of others, are replaced. */
const escapeText = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '\ufffd')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(/[&<>"'{]/g, (letter) => ENTITIES.get(letter) ?? letter)
