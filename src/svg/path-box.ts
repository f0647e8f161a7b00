/** Extent of a path's outline. */
import { type Box, pointsBox } from './box.ts'

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

export function pathBox(d: string): Box | null {
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
