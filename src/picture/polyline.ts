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

const NONE: readonly Point[] = []

/** Points where two lines cross inside of a piece of both. */
export function crossings(a: readonly Point[], b: readonly Point[]): readonly Point[] {
  let found: Point[] | null = null
  for (let i = 1; i < a.length; i++) {
    const [p, q] = [a[i - 1], a[i]]
    if (p === undefined || q === undefined) continue
    for (let j = 1; j < b.length; j++) {
      const [r, s] = [b[j - 1], b[j]]
      if (r === undefined || s === undefined) continue
      const isFlat = p.y === q.y
      // One runs from left to right, the other up or down.
      if (isFlat ? r.x !== s.x || p.x === q.x : r.y !== s.y) continue
      const [x, y] = isFlat ? [r.x, p.y] : [p.x, r.y]
      if (!isInside(x, y, p, q) || !isInside(x, y, r, s)) continue
      found ??= []
      found.push({ x, y })
    }
  }
  return found ?? NONE
}

/** Whether a point on the line of a piece lies between its ends. */
const isInside = (x: number, y: number, p: Point, q: Point): boolean =>
  p.y === q.y ? (x - p.x) * (x - q.x) < 0 : (y - p.y) * (y - q.y) < 0
