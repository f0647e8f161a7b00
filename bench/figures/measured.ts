/** What is measured of a figure: ours as placed, a peer's as its SVG. */
import type { PlacedFigure } from '../../src/picture/placed.ts'
import { bendsOf, crossings, lengthOf, linesOfSvg, type Polyline, type Spot } from './crossings.ts'

export interface Measured {
  /** Points where lines cross, those where a line passes a band of another network among them. */
  readonly crossings: number
  readonly length: number
  readonly bends: number
  readonly width: number
  readonly height: number
}

export function measurePlaced(figure: PlacedFigure): Measured {
  // A highlighted way runs on the lines of the figure and is no second set of lines.
  const lines = figure.lines.filter((line) => line.kind !== 'way').map((line) => line.points)
  return {
    crossings: crossings(lines).length + passedBands(figure),
    length: lengthOf(lines),
    bends: bendsOf(lines),
    width: figure.width,
    height: figure.height,
  }
}

/** A band that a line passes without being joined is crossed, whatever breaks the writer leaves there. */
function passedBands({ lines, bands }: PlacedFigure): number {
  let count = 0
  for (const band of bands) {
    const seen: number[] = []
    for (const line of lines) {
      if (line.kind === 'way' || line.from === band.id || line.to === band.id) continue
      const x = passes(line.points, band)
      if (x !== null && seen.every((one) => Math.abs(one - x) > 4)) seen.push(x)
    }
    count += seen.length
  }
  return count
}

function passes(
  points: Polyline,
  band: Spot & { readonly width: number; readonly height: number },
): number | null {
  for (let i = 1; i < points.length; i++) {
    const [p, q] = [points[i - 1]!, points[i]!]
    const [left, right] = [Math.min(p.x, q.x), Math.max(p.x, q.x)]
    const [top, bottom] = [Math.min(p.y, q.y), Math.max(p.y, q.y)]
    const inX = right > band.x + 1 && left < band.x + band.width - 1
    if (inX && bottom > band.y + 1 && top < band.y + band.height - 1) return left
  }
  return null
}

export function measureSvg(svg: string): Measured {
  const lines = linesOfSvg(svg)
  const [, , width = 0, height = 0] = (/viewBox="([^"]+)"/.exec(svg)?.[1] ?? '').split(' ').map(Number)
  return { crossings: crossings(lines).length, length: lengthOf(lines), bends: bendsOf(lines), width, height }
}
