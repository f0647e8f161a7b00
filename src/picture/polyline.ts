/** Lines of horizontal and vertical pieces. */
import type { Point } from './placed.ts'

/** Without points that change nothing. */
export function tidy(points: readonly Point[]): readonly Point[] {
  const result: Point[] = []
  for (const point of points) {
    const last = result.at(-1)
    const before = result.at(-2)
    if (last !== undefined && last.x === point.x && last.y === point.y) continue
    if (
      before !== undefined &&
      last !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))
    )
      result.pop()
    result.push(point)
  }
  return result
}

/** Points where two lines of horizontal and vertical pieces cross. */
export function crossings(a: readonly Point[], b: readonly Point[]): readonly Point[] {
  const found: Point[] = []
  for (let i = 1; i < a.length; i++)
    for (let j = 1; j < b.length; j++) {
      const [p, q, r, s] = [a[i - 1], a[i], b[j - 1], b[j]]
      if (p === undefined || q === undefined || r === undefined || s === undefined) continue
      const point = p.y === q.y ? meet(p, q, r, s) : meet(r, s, p, q)
      if (point !== null) found.push(point)
    }
  return found
}

/** Where the horizontal piece pq and the vertical piece rs cross inside of both. */
function meet(p: Point, q: Point, r: Point, s: Point): Point | null {
  if (p.y !== q.y || r.x !== s.x) return null
  const isInside =
    r.x > Math.min(p.x, q.x) &&
    r.x < Math.max(p.x, q.x) &&
    p.y > Math.min(r.y, s.y) &&
    p.y < Math.max(r.y, s.y)
  return isInside ? { x: r.x, y: p.y } : null
}
