/**
 * Mermaid's SVG of a flowchart, written anew: only what is to be seen, with classes for the shared stylesheet
 * instead of styles, absolute coordinates, and nothing that could run, load or clash. Nothing of the input is
 * copied but text, numbers and known words, so the result is safe whatever went in. No DOM needed.
 */
import { type DrawingTheme, standaloneStyle } from './drawing-style.ts'
import { labelLines } from './finish-label.ts'
import { type Offset, shapeOf, translation } from './finish-shape.ts'
import {
  attribute,
  childrenOf,
  classesOf,
  escapeText,
  find,
  parseXml,
  tag,
  textOf,
  type XmlElement,
} from './finish-xml.ts'

export interface FinishOptions {
  /** Begins every id of the figure. */
  readonly id: string
}

export interface FinishedSvg {
  readonly svg: string
  /** Natural size in CSS pixels. */
  readonly width: number
  readonly height: number
}

/** What a figure may be scaled down to before it rather scrolls: its smallest text is 12 px high. */
const LEAST_SCALE = 0.8
/** Steps of the stylesheet's least widths. */
export const WIDTH_STEP = 40
export const WIDEST_STEP = 1600

/** Words of ours that may stand in a class; all else an author or Mermaid wrote is dropped. */
const CLASS_WORDS = new Set(
  `attach bar bridge bus client container dependency gateway hop host hot ingress internal ipvlan macvlan
  masquerade nat network nic none other outside overlay publish route sandbox service services shared stopped
  task tunnel underlay uplink veth vxlan`.split(/\s+/),
)

/** A drawing this cannot make sense of comes out empty, with its title. */
export function finishSvg(svg: string, options: FinishOptions): FinishedSvg {
  const id = options.id.replace(/[^\w-]/g, '') || 'dn'
  const root = parseXml(svg)
  const [left = 0, top = 0, width = 0, height = 0] = (root ? attribute(root, 'viewBox') : '')
    .split(/[\s,]+/)
    .map((n) => (Number.isFinite(Number(n)) ? Number(n) : 0))
  const origin: Offset = { x: -left, y: -top }
  const body = root ? bodyOf(root, id, origin) : ''
  const [w, h] = [Math.ceil(width), Math.ceil(height)]
  const named = (name: string): string =>
    root ? textOf(childrenOf(root).find((c) => c.name === name) ?? '') : ''
  const [title, description] = [named('title').trim(), named('desc').trim()]
  const labels = [title && `${id}-t`, description && `${id}-d`].filter(Boolean).join(' ')
  const least = Math.ceil((w * LEAST_SCALE) / WIDTH_STEP) * WIDTH_STEP
  const text = tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      id,
      class: `docker-network-svg ${least > WIDEST_STEP ? 'dn-natural' : `dn-min-${least}`}`,
      role: 'img',
      'aria-labelledby': labels,
      width: w,
      height: h,
      viewBox: `0 0 ${w} ${h}`,
    },
    `${title && `\n${tag('title', { id: `${id}-t` }, escapeText(title))}`}${
      description && `\n${tag('desc', { id: `${id}-d` }, escapeText(description))}`
    }${body}\n`,
  )
  return { svg: text, width: w, height: h }
}

/** A finished drawing under other ids, for a second copy in one page. */
export function renameSvg(svg: string, id: string): string {
  const old = /^<svg [^>]*?\bid="([\w-]+)"/.exec(svg)?.[1]
  if (old === undefined) return svg
  return svg.replace(/<[^>]*>/g, (markup) =>
    markup
      .replaceAll(`"${old}`, `"${id}`)
      .replaceAll(` ${old}-`, ` ${id}-`)
      .replaceAll(`#${old}-`, `#${id}-`),
  )
}

/** A finished drawing with its stylesheet inside, for `<img>`, feeds and downloads: no page styles reach there. */
export function standaloneSvg(svg: string, theme: DrawingTheme = 'auto'): string {
  return svg.replace(/^<svg [^>]*>/, (open) => `${open}\n<style>${standaloneStyle(theme)}</style>`)
}

function bodyOf(root: XmlElement, id: string, origin: Offset): string {
  const hasClass = (name: string) => (element: XmlElement) => classesOf(element).includes(name)
  const groups = find(root, hasClass('cluster')).map((group) => groupText(group, origin))
  const edges = find(root, (e) => e.name === 'path' && classesOf(e).includes('flowchart-link'))
  const hot = edges.filter((edge) => edgeClasses(edge).includes('hot'))
  const cool = edges.filter((edge) => !edgeClasses(edge).includes('hot'))
  const lines = [...cool, ...hot].map((edge) => edgeText(edge, id, origin))
  const labels = find(root, hasClass('edgeLabel')).map((label) => {
    const classes = ['edgeLabel', ...labelClasses(label)]
    return element('g', classes, labelLines(label, origin, 'middle'))
  })
  const boxes = find(root, hasClass('node')).map((box) => boxText(box, origin))
  const markers = [
    lines.some((line) => line.includes(`#${id}-a`)) ? arrow(`${id}-a`, 'arrow') : '',
    lines.some((line) => line.includes(`#${id}-h`)) ? arrow(`${id}-h`, 'arrow hot') : '',
  ].filter(Boolean)
  const defs = markers.length ? [tag('defs', {}, markers.join(''))] : []
  const text = [...defs, ...groups, ...lines, ...labels, ...boxes].filter(Boolean).join('\n')
  return text && `\n${text}`
}

/** Mermaid's ids of edges begin with their classes: `ID-publish-hot-e3`. */
const wordsIn = (id: string): string[] => id.split('-').filter((word) => CLASS_WORDS.has(word))

const edgeClasses = (edge: XmlElement): string[] => {
  const own = wordsIn(attribute(edge, 'data-id'))
  const dotted = classesOf(edge).some(
    (name) => name === 'edge-pattern-dotted' || name === 'edge-pattern-dashed',
  )
  return own.length ? own : dotted ? ['dependency'] : []
}

const labelClasses = (label: XmlElement): string[] => {
  const [named] = find(label, (e) => e.attributes.has('data-id'))
  return wordsIn(named ? attribute(named, 'data-id') : '').filter((word) => word === 'hot')
}

const element = (name: string, classes: readonly string[], content: string): string =>
  content && tag(name, { class: classes.join(' ') }, content)

const knownClasses = (node: XmlElement): string[] =>
  [...new Set(classesOf(node))].filter((name) => CLASS_WORDS.has(name))

function groupText(group: XmlElement, origin: Offset): string {
  const offset = translation(group, origin)
  const parts = childrenOf(group)
  const shape = shapeOf(
    parts.filter((part) => !classesOf(part).includes('cluster-label')),
    offset,
    10,
  )
  const title = parts.filter((part) => classesOf(part).includes('cluster-label'))
  const text = title.map((part) => labelLines(part, offset, 'start')).join('')
  return element('g', ['cluster', ...knownClasses(group)], shape + text)
}

function boxText(box: XmlElement, origin: Offset): string {
  const offset = translation(box, origin)
  const classes = knownClasses(box)
  const parts = childrenOf(box)
  const isLabel = (part: XmlElement): boolean => classesOf(part).includes('label')
  const round = classes.some((name) => ['client', 'outside', 'service'].includes(name))
  const radius = round ? 18 : classes.some((name) => ['container', 'task'].includes(name)) ? 8 : 4
  const shape = shapeOf(
    parts.filter((part) => !isLabel(part)),
    offset,
    radius,
  )
  const text = parts.filter(isLabel).map((part) => labelLines(part, offset, 'middle'))
  return element('g', ['node', ...classes], shape + text.join(''))
}

function edgeText(edge: XmlElement, id: string, origin: Offset): string {
  const classes = edgeClasses(edge)
  const marker = classes.includes('hot') ? `url(#${id}-h)` : `url(#${id}-a)`
  return tag('path', {
    class: ['flowchart-link', ...classes].join(' '),
    d: shiftedPath(attribute(edge, 'd'), origin),
    'marker-start': edge.attributes.has('marker-start') ? marker : null,
    'marker-end': edge.attributes.has('marker-end') ? marker : null,
  })
}

/** A path of absolute commands, moved and rounded. */
export function shiftedPath(path: string, { x, y }: Offset): string {
  let index = 0
  return path.replace(/([A-Za-z])|(-?\d*\.?\d+(?:e[+-]?\d+)?)|[\s,]+/gi, (_, command, number) => {
    if (command !== undefined) {
      index = 0
      return /[MLCQHVZ]/.test(command) ? command : ''
    }
    if (number === undefined) return ' '
    const value = Number(number) + (index++ % 2 === 0 ? x : y)
    return String(Math.round(value * 10) / 10)
  })
}

const arrow = (id: string, classes: string): string =>
  tag(
    'marker',
    {
      id,
      viewBox: '0 0 10 10',
      refX: 9,
      refY: 5,
      markerUnits: 'userSpaceOnUse',
      markerWidth: 10,
      markerHeight: 10,
      orient: 'auto-start-reverse',
    },
    tag('path', { class: classes, d: 'M0 1L10 5L0 9z' }),
  )
