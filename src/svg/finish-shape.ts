/** The outline of a box or group. */
import { attribute, childrenOf, tag, type XmlElement } from './finish-xml.ts'

export interface Offset {
  readonly x: number
  readonly y: number
}

const round = (value: number): number => Math.round(value * 10) / 10

/** `offset` and the element's own `translate`. */
export function translation(element: XmlElement, offset: Offset): Offset {
  const [, x = '0', y = '0'] =
    /translate\(\s*(-?[\d.e+-]+)[\s,]*(-?[\d.e+-]+)?/.exec(attribute(element, 'transform')) ?? []
  return { x: offset.x + (Number(x) || 0), y: offset.y + (Number(y) || 0) }
}

/** @param radius - Of corners, at most. */
export function shapeOf(parts: readonly XmlElement[], origin: Offset, radius: number): string {
  for (const part of parts) {
    const offset = translation(part, origin)
    const number = (name: string): number => Number(attribute(part, name)) || 0
    switch (part.name) {
      case 'rect': {
        const [width, height] = [number('width'), number('height')]
        if (width === 0) break
        return rectangle(offset.x + number('x'), offset.y + number('y'), width, height, radius)
      }
      case 'polygon': {
        const numbers = numbersIn(attribute(part, 'points'))
        const points = numbers.map((n, i) => round(n + (i % 2 === 0 ? offset.x : offset.y)))
        return tag('polygon', { points: points.join(' ') })
      }
      case 'circle':
      case 'ellipse': {
        const [rx, ry] = part.name === 'circle' ? [number('r'), number('r')] : [number('rx'), number('ry')]
        const center = { cx: round(offset.x + number('cx')), cy: round(offset.y + number('cy')) }
        return tag('ellipse', { ...center, rx: round(rx), ry: round(ry) })
      }
      case 'path': {
        // Rough outlines are curves with many corners; their hull is the shape we mean.
        const numbers = numbersIn(attribute(part, 'd'))
        const xs = numbers.filter((_, i) => i % 2 === 0)
        const ys = numbers.filter((_, i) => i % 2 === 1)
        if (xs.length < 2) break
        const [left, top] = [Math.min(...xs), Math.min(...ys)]
        const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top]
        return rectangle(offset.x + left, offset.y + top, width, height, radius)
      }
      case 'g': {
        const inner = shapeOf(childrenOf(part), offset, radius)
        if (inner) return inner
        break
      }
    }
  }
  return ''
}

const numbersIn = (text: string): number[] => (text.match(/-?\d*\.?\d+(?:e[+-]?\d+)?/gi) ?? []).map(Number)

function rectangle(x: number, y: number, width: number, height: number, radius: number): string {
  const rx = round(Math.min(radius, height / 2))
  return tag('rect', { x: round(x), y: round(y), width: round(width), height: round(height), rx })
}
