/** What a browser's `getBBox` gives, for the elements Mermaid draws. */
import { type Box, EMPTY, f32, float, pointsBox, union } from './box.ts'
import { pathBox } from './path-box.ts'
import { isElement, type Measured, number, type Typesetting, textBox } from './text-box.ts'

function translation(element: Measured): readonly [number, number] {
  const match = /translate\(\s*([-+\d.e]+)(?:[\s,]+([-+\d.e]+))?/.exec(
    element.getAttribute('transform') ?? '',
  )
  return match === null ? [0, 0] : [Number(match[1]), Number(match[2] ?? 0)]
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
