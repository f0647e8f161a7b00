import type { LineHeight, TextExtent, TextStyle } from './font.ts'

/** Lengths in CSS pixels, in the user space of the element. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The part of an SVG element that measuring needs; linkedom's elements have it. */
export interface Measured {
  readonly localName: string
  readonly textContent: string | null
  readonly parentNode: Measured | null
  /** linkedom makes the list anew at every look. */
  readonly childNodes: ArrayLike<Measured>
  readonly nodeType: number
  getAttribute(name: string): string | null
}

export interface TextSetting extends TextStyle {
  /** Computed `text-anchor`. */
  readonly anchor: 'start' | 'middle' | 'end'
}

/** How text is set and how wide it runs; the geometry knows neither fonts nor stylesheets. */
export interface Typesetting {
  /** Says that a measurement begins: between two of them a drawing may change, within one it does not. */
  begin(element: Measured): void
  settingOf(element: Measured): TextSetting
  extentOf(text: string, style: TextStyle): TextExtent
  lineOf(size: number): LineHeight
}

const EMPTY: Box = { x: 0, y: 0, width: 0, height: 0 }

// Browsers keep geometry in 32 bit floats and Mermaid compares coordinates as strings: with 64 bits half of
// the edges of a large figure took another path.
const f32 = Math.fround

const float = (box: Box): Box => ({
  x: f32(box.x),
  y: f32(box.y),
  width: f32(box.width),
  height: f32(box.height),
})

function union(a: Box | null, b: Box): Box {
  if (a === null) return float(b)
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: f32(Math.max(f32(a.x + a.width), f32(b.x + b.width)) - x),
    height: f32(Math.max(f32(a.y + a.height), f32(b.y + b.height)) - y),
  }
}

function number(element: Measured, name: string): number {
  return Number.parseFloat(element.getAttribute(name) ?? '') || 0
}

/** An attribute that is a length in pixels or `em`. */
function length(element: Measured, name: string, size: number): number {
  const value = element.getAttribute(name) ?? ''
  const n = Number.parseFloat(value) || 0
  return value.endsWith('em') ? n * size : n
}

function translation(element: Measured): readonly [number, number] {
  const match = /translate\(\s*([-+\d.e]+)(?:[\s,]+([-+\d.e]+))?/.exec(
    element.getAttribute('transform') ?? '',
  )
  return match === null ? [0, 0] : [Number(match[1]), Number(match[2] ?? 0)]
}

const isElement = (node: Measured): boolean => node.nodeType === 1

/** A stretch of text in one font. */
interface Run {
  readonly text: string
  readonly style: TextStyle
}

const isSameFont = (a: TextStyle, b: TextStyle): boolean =>
  a.size === b.size && a.bold === b.bold && a.italic === b.italic

/** The text in an element as runs, its white space collapsed as a browser does. */
function runsOf(element: Measured, typesetting: Typesetting): readonly Run[] {
  const runs: { text: string; style: TextStyle }[] = []
  const walk = (node: Measured): void => {
    for (const child of Array.from(node.childNodes)) {
      if (isElement(child)) walk(child)
      if (child.nodeType !== 3) continue
      const style = typesetting.settingOf(node)
      const last = runs.at(-1)
      let text = (child.textContent ?? '').replace(/[ \t\n\r]+/g, ' ')
      if (text.startsWith(' ') && (last === undefined || last.text.endsWith(' '))) text = text.slice(1)
      if (text === '') continue
      // Neighbouring stretches in the same font are shaped together, so they are kerned across.
      if (last !== undefined && isSameFont(last.style, style)) last.text += text
      else runs.push({ text, style })
    }
  }
  walk(element)
  const last = runs.at(-1)
  if (last?.text.endsWith(' ')) last.text = last.text.slice(0, -1)
  return runs
}

function extentOfText(element: Measured, typesetting: Typesetting): TextExtent {
  let extent: TextExtent = { width: 0, inkStart: 0, inkEnd: 0 }
  for (const { text, style } of runsOf(element, typesetting)) {
    const own = typesetting.extentOf(text, style)
    extent = {
      width: extent.width + own.width,
      inkStart: Math.min(extent.inkStart, extent.width + own.inkStart),
      inkEnd: Math.max(extent.inkEnd, extent.width + own.inkEnd),
    }
  }
  return extent
}

/** What `getComputedTextLength` gives. */
export function widthOfText(element: Measured, typesetting: Typesetting): number {
  typesetting.begin(element)
  return extentOfText(element, typesetting).width
}

function lineBox(element: Measured, line: Measured, typesetting: Typesetting): Box | null {
  const { width, inkStart, inkEnd } = extentOfText(line, typesetting)
  if (width === 0) return null
  const { size, anchor } = typesetting.settingOf(line)
  const x = line.getAttribute('x') === null ? number(element, 'x') : number(line, 'x')
  const start = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x
  const y =
    (line.getAttribute('y') === null ? length(element, 'y', size) : length(line, 'y', size)) +
    length(line, 'dy', size)
  const { ascent, descent } = typesetting.lineOf(size)
  // A browser counts the ink in, where it leaves the advance.
  const left = Math.min(0, inkStart)
  return {
    x: start + left,
    y: y - ascent,
    width: Math.max(width, inkEnd) - left,
    height: ascent + descent,
  }
}

function textBox(text: Measured, typesetting: Typesetting): Box {
  const lines = Array.from(text.childNodes).filter(isElement)
  if (lines.length === 0) return lineBox(text, text, typesetting) ?? EMPTY
  let box: Box | null = null
  for (const line of lines) {
    const own = lineBox(text, line, typesetting)
    if (own !== null) box = union(box, own)
  }
  return box ?? EMPTY
}

function pointsBox(points: readonly number[]): Box {
  const xs = points.filter((_, i) => i % 2 === 0)
  const ys = points.filter((_, i) => i % 2 === 1)
  if (ys.length === 0) return EMPTY
  const x = Math.min(...xs)
  const y = Math.min(...ys)
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

/** Where a cubic Bézier curve turns in one coordinate, besides its ends. */
function turns(p0: number, p1: number, p2: number, p3: number): number[] {
  const a = 3 * (p3 - 3 * p2 + 3 * p1 - p0)
  const b = 6 * (p2 - 2 * p1 + p0)
  const c = 3 * (p1 - p0)
  const roots: number[] = []
  if (Math.abs(a) < 1e-9) {
    if (Math.abs(b) > 1e-9) roots.push(-c / b)
  } else {
    const d = b * b - 4 * a * c
    if (d >= 0) roots.push((-b + Math.sqrt(d)) / (2 * a), (-b - Math.sqrt(d)) / (2 * a))
  }
  return roots
    .filter((t) => t > 0 && t < 1)
    .map((t) => (1 - t) ** 3 * p0 + 3 * (1 - t) ** 2 * t * p1 + 3 * (1 - t) * t ** 2 * p2 + t ** 3 * p3)
}

const PATH_TOKEN = /[a-zA-Z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi
const COMMAND = /[a-df-z]/i

/**
 * Where an elliptical arc from `(x, y)` to `(ex, ey)` turns, as points; the formulas are those of SVG 2, B.2.4.
 * The axis counts as level: Mermaid's clouds turn it by one degree, of circles.
 */
function arcTurns(
  from: readonly [number, number],
  radii: readonly [number, number],
  large: boolean,
  sweep: boolean,
  to: readonly [number, number],
): number[] {
  const dx = (from[0] - to[0]) / 2
  const dy = (from[1] - to[1]) / 2
  const [rx0, ry0] = [Math.abs(radii[0]), Math.abs(radii[1])]
  if (rx0 === 0 || ry0 === 0 || (dx === 0 && dy === 0)) return []
  const grow = Math.max(1, Math.sqrt((dx / rx0) ** 2 + (dy / ry0) ** 2))
  const [rx, ry] = [rx0 * grow, ry0 * grow]
  const d = (rx * dy) ** 2 + (ry * dx) ** 2
  const factor = (large === sweep ? -1 : 1) * Math.sqrt(Math.max(0, ((rx * ry) ** 2 - d) / d))
  const [cx0, cy0] = [(factor * rx * dy) / ry, (-factor * ry * dx) / rx]
  const [cx, cy] = [cx0 + (from[0] + to[0]) / 2, cy0 + (from[1] + to[1]) / 2]
  const start = Math.atan2((dy - cy0) / ry, (dx - cx0) / rx)
  const end = Math.atan2((-dy - cy0) / ry, (-dx - cx0) / rx)
  const turn = 2 * Math.PI
  const along = (angle: number): number => ((((sweep ? 1 : -1) * (angle - start)) % turn) + turn) % turn
  const span = along(end)
  return [0, 1, 2, 3]
    .map((quarter) => (quarter * Math.PI) / 2)
    .filter((angle) => along(angle) < span)
    .flatMap((angle) => [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)])
}

/** Extent of a path's outline. */
function pathBox(d: string): Box | null {
  const tokens = d.match(PATH_TOKEN) ?? []
  const points: number[] = []
  let [i, command, x, y, startX, startY] = [0, '', 0, 0, 0, 0]
  const next = (): number => Number(tokens[i++])
  const to = (nx: number, ny: number): void => {
    x = nx
    y = ny
    points.push(x, y)
  }
  const curve = (x1: number, y1: number, x2: number, y2: number, x3: number, y3: number): void => {
    for (const t of turns(x, x1, x2, x3)) points.push(t, y)
    for (const t of turns(y, y1, y2, y3)) points.push(x, t)
    to(x3, y3)
  }
  while (i < tokens.length) {
    if (COMMAND.test(tokens[i] ?? '')) command = tokens[i++] ?? ''
    const relative = command === command.toLowerCase()
    const ox = relative ? x : 0
    const oy = relative ? y : 0
    switch (command.toUpperCase()) {
      case 'M':
        to(ox + next(), oy + next())
        startX = x
        startY = y
        command = relative ? 'l' : 'L'
        break
      case 'L':
        to(ox + next(), oy + next())
        break
      case 'H':
        to(ox + next(), y)
        break
      case 'V':
        to(x, oy + next())
        break
      case 'C':
        curve(ox + next(), oy + next(), ox + next(), oy + next(), ox + next(), oy + next())
        break
      case 'Q': {
        const [cx, cy, ex, ey] = [ox + next(), oy + next(), ox + next(), oy + next()]
        curve(
          x + ((cx - x) * 2) / 3,
          y + ((cy - y) * 2) / 3,
          ex + ((cx - ex) * 2) / 3,
          ey + ((cy - ey) * 2) / 3,
          ex,
          ey,
        )
        break
      }
      case 'A': {
        const [rx, ry, , large, sweep] = [next(), next(), next(), next(), next()]
        const end = [ox + next(), oy + next()] as const
        points.push(...arcTurns([x, y], [rx, ry], large === 1, sweep === 1, end))
        to(...end)
        break
      }
      case 'Z':
        x = startX
        y = startY
        break
      default:
        i++
    }
  }
  return points.length === 0 ? null : pointsBox(points)
}

/** Elements that take no room where they stand. */
const INVISIBLE = new Set([
  'defs',
  'style',
  'marker',
  'title',
  'desc',
  'lineargradient',
  'filter',
  'clippath',
  'symbol',
  'script',
])
const CONTAINERS = new Set(['g', 'svg', 'a', 'switch'])

function childrenBox(element: Measured, typesetting: Typesetting): Box | null {
  let box: Box | null = null
  for (const child of Array.from(element.childNodes)) {
    if (!isElement(child)) continue
    const own = boxOrNothing(child, typesetting)
    if (own === null) continue
    const [dx, dy] = translation(child)
    box = union(box, { ...own, x: f32(f32(own.x) + f32(dx)), y: f32(f32(own.y) + f32(dy)) })
  }
  return box
}

function boxOrNothing(element: Measured, typesetting: Typesetting): Box | null {
  const name = element.localName.toLowerCase()
  if (INVISIBLE.has(name)) return null
  if (CONTAINERS.has(name)) return childrenBox(element, typesetting)
  switch (name) {
    case 'text':
    case 'tspan':
      return (element.textContent ?? '') === '' ? null : textBox(element, typesetting)
    case 'rect':
    case 'image':
    case 'use':
    case 'foreignobject':
      if (name === 'rect' && element.getAttribute('width') === null) return null
      return {
        x: number(element, 'x'),
        y: number(element, 'y'),
        width: number(element, 'width'),
        height: number(element, 'height'),
      }
    case 'circle':
    case 'ellipse': {
      const rx = number(element, name === 'circle' ? 'r' : 'rx')
      const ry = number(element, name === 'circle' ? 'r' : 'ry')
      return { x: number(element, 'cx') - rx, y: number(element, 'cy') - ry, width: 2 * rx, height: 2 * ry }
    }
    case 'line':
      return pointsBox(['x1', 'y1', 'x2', 'y2'].map((k) => number(element, k)))
    case 'polygon':
    case 'polyline':
      return pointsBox(
        (element.getAttribute('points') ?? '')
          .trim()
          .split(/[\s,]+/)
          .map(Number),
      )
    case 'path':
      return pathBox(element.getAttribute('d') ?? '')
    default:
      return null
  }
}

/** What `getBBox` gives: the extent of the element's content, without strokes, in 32 bit precision. */
export function boxOf(element: Measured, typesetting: Typesetting): Box {
  typesetting.begin(element)
  return float(boxOrNothing(element, typesetting) ?? EMPTY)
}
