/**
 * Where lines cross, as the eye sees them: points less than 4 px apart are one, so that lines on one trunk cross another
 * line once. Works on polylines, those of a placed figure or of an SVG of anybody's.
 */
export interface Spot {
  readonly x: number
  readonly y: number
}

export type Polyline = readonly Spot[]

/** Points closer than this, added up over both axes, look like one. */
const SAME = 4
/** What of a segment's end is no crossing but a joint, in px. */
const JOINT = 0.6

/** Points where lines of two different ones cross. */
export function crossings(lines: readonly Polyline[]): readonly Spot[] {
  const found: Spot[] = []
  const boxes = lines.map(boundsOf)
  for (const [i, first] of lines.entries())
    for (let j = 0; j < i; j++) {
      const second = lines[j] ?? []
      if (!meet(boxes[i], boxes[j])) continue
      for (let a = 1; a < first.length; a++)
        for (let b = 1; b < second.length; b++) {
          const spot = crossing(first[a - 1]!, first[a]!, second[b - 1]!, second[b]!)
          if (spot === null) continue
          if (found.every((one) => Math.abs(one.x - spot.x) + Math.abs(one.y - spot.y) > SAME))
            found.push(spot)
        }
    }
  return found
}

export function lengthOf(lines: readonly Polyline[]): number {
  let sum = 0
  for (const line of lines)
    for (let i = 1; i < line.length; i++)
      sum += Math.hypot(line[i]!.x - line[i - 1]!.x, line[i]!.y - line[i - 1]!.y)
  return sum
}

/** Corners of more than 20 degrees. */
export function bendsOf(lines: readonly Polyline[]): number {
  let sum = 0
  for (const line of lines)
    for (let i = 2; i < line.length; i++) {
      const [a, b, c] = [line[i - 2]!, line[i - 1]!, line[i]!]
      const turn = Math.atan2(c.y - b.y, c.x - b.x) - Math.atan2(b.y - a.y, b.x - a.x)
      if (Math.abs(Math.sin(turn / 2)) > Math.sin(Math.PI / 18)) sum++
    }
  return sum
}

/** A wrapper of a line around its corners: left, top, right, bottom. */
const boundsOf = (line: Polyline): readonly [number, number, number, number] => [
  Math.min(...line.map((p) => p.x)),
  Math.min(...line.map((p) => p.y)),
  Math.max(...line.map((p) => p.x)),
  Math.max(...line.map((p) => p.y)),
]

type Bounds = readonly [number, number, number, number]

const meet = (a: Bounds | undefined, b: Bounds | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]

function crossing(p: Spot, q: Spot, r: Spot, s: Spot): Spot | null {
  const [dx, dy, ex, ey] = [q.x - p.x, q.y - p.y, s.x - r.x, s.y - r.y]
  const det = dx * ey - dy * ex
  if (Math.abs(det) < 1e-6) return null
  const t = ((r.x - p.x) * ey - (r.y - p.y) * ex) / det
  const u = ((r.x - p.x) * dy - (r.y - p.y) * dx) / det
  const inside = (value: number, length: number): boolean => {
    const margin = JOINT / Math.max(JOINT, length)
    return margin < value && value < 1 - margin
  }
  if (!inside(t, Math.hypot(dx, dy)) || !inside(u, Math.hypot(ex, ey))) return null
  return { x: p.x + t * dx, y: p.y + t * dy }
}

/** Lines of an SVG that our writer or Mermaid wrote: paths of edges, curves flattened. */
export function linesOfSvg(svg: string): readonly Polyline[] {
  const lines: Polyline[] = []
  for (const [tag] of svg.matchAll(/<path[^>]*>/g)) {
    if (!tag.includes('flowchart-link') && !/class="[^"]*\bedge\b/.test(tag)) continue
    const d = / d="([^"]+)"/.exec(tag)?.[1]
    if (d !== undefined) lines.push(flatten(d))
  }
  return lines
}

/** Steps that a curve is cut into: enough for curves of Mermaid's size. */
const STEPS = { q: 4, c: 8 }

/** A path as one polyline. Where the pen is lifted it goes on straight: a gap shows that a line runs under another. */
export function flatten(d: string): Polyline {
  const tokens = d.match(/[A-Za-z]|-?\d*\.?\d+(?:e-?\d+)?/g) ?? []
  const points: Spot[] = []
  let [at, x, y, command] = [0, 0, 0, 'M']
  const take = (): number => Number(tokens[at++])
  while (at < tokens.length) {
    const token = tokens[at] ?? ''
    if (/[A-Za-z]/.test(token)) {
      command = token
      at++
      if (command.toLowerCase() === 'z') continue
    }
    const low = command.toLowerCase()
    const [ox, oy] = command === low ? [x, y] : [0, 0]
    const point = (): Spot => ({ x: ox + take(), y: oy + take() })
    const from = { x, y }
    if (low === 'h') x = ox + take()
    else if (low === 'v') y = oy + take()
    else if (low === 'm' || low === 'l') ({ x, y } = point())
    else if (low === 'q' || low === 'c') {
      const controls = low === 'q' ? [point()] : [point(), point()]
      const to = point()
      for (let step = 1; step < STEPS[low]; step++)
        points.push(bezier([from, ...controls, to], step / STEPS[low]))
      ;({ x, y } = to)
    } else if (low === 'a') {
      for (let i = 0; i < 5; i++) take()
      ;({ x, y } = point())
    } else break
    points.push({ x, y })
  }
  return points
}

/** De Casteljau's algorithm. */
function bezier(points: readonly Spot[], s: number): Spot {
  if (points.length === 1) return points[0]!
  const next = points.slice(1).map((q, i) => {
    const p = points[i]!
    return { x: p.x + (q.x - p.x) * s, y: p.y + (q.y - p.y) * s }
  })
  return bezier(next, s)
}
