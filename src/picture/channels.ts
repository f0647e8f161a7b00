/**
 * Lines between two rows: each bends at most once in a gap, on a track of its own where it would lie on another
 * (channel routing; tracks by the left edge of Hashimoto and Stevens, 1971).
 */
import { BAND_PAD, type Columns } from './columns.ts'
import type { Graph } from './graph.ts'
import type { Layers } from './layers.ts'
import { OUT } from './look.ts'
import type { Rows } from './rows.ts'

export interface Strand {
  readonly net: number
  readonly block: number
  readonly exit: number
  /** x in each gap it passes, from the block on; gap g lies between level g and g + 1. */
  readonly steps: readonly Step[]
  /** Level it ends at; the upper edge for the way in. */
  readonly target: number
  /** It ends at another line of its network. */
  branches: boolean
}

export interface Step {
  readonly gap: number
  readonly near: number
  far: number
  track: number
}

/** Steps shorter than this come from rounding. */
const JOG = 1.5
/** Pieces on one track keep this from each other. */
const APART = 8

export function channelsOf(
  graph: Graph,
  layers: Layers,
  rows: Rows,
  columns: Columns,
): { readonly strands: readonly Strand[]; readonly tracks: readonly number[] } {
  const strands = strandsOf(graph, layers, rows, columns)
  const gaps: Piece[][] = rows.order.map(() => [])
  for (const strand of strands)
    for (const step of strand.steps) {
      if (step.near === step.far) continue
      const isUp = strand.target <= step.gap
      const [upper, lower] = isUp ? [step.far, step.near] : [step.near, step.far]
      gaps[step.gap]?.push({
        step,
        upper,
        lower,
        low: Math.min(upper, lower),
        high: Math.max(upper, lower),
      })
    }
  return { strands, tracks: gaps.map(assignTracks) }
}

function strandsOf(graph: Graph, layers: Layers, { items }: Rows, columns: Columns): readonly Strand[] {
  const laneAt = new Map<string, number>()
  for (const [item, x] of columns.lanes) {
    const lane = items[item]
    if (lane !== undefined) laneAt.set(`${lane.ref} ${lane.net} ${lane.level}`, x)
  }
  /** Last steps to one side of a band. */
  const ending = new Map<string, { readonly strand: Strand; readonly step: Step }[]>()
  const strands: Strand[] = []
  for (const [index] of graph.blocks.entries())
    for (const [exitIndex, exit] of (columns.shapes[index]?.exits ?? []).entries()) {
      const level = layers.blocks[index] ?? 1
      const target = exit.net === OUT ? 0 : (layers.nets[exit.net] ?? 2)
      const step = target > level ? 1 : -1
      let now = (columns.left[index] ?? 0) + exit.x
      const steps: Step[] = []
      for (let next = level + step; next !== target + step; next += step) {
        const gap = step > 0 ? next - 1 : next
        let far = now
        if (next !== target) far = laneAt.get(`${index} ${exit.net} ${next}`) ?? now
        if (Math.abs(far - now) < JOG) far = now
        steps.push({ gap, near: now, far, track: 0 })
        now = far
      }
      const strand = { net: exit.net, block: index, exit: exitIndex, steps, target, branches: false }
      strands.push(strand)
      const last = steps.at(-1)
      if (exit.net === OUT || last === undefined) continue
      const key = `${last.gap} ${exit.net}`
      ending.set(key, [...(ending.get(key) ?? []), { strand, step: last }])
    }
  for (const ends of ending.values())
    joinBand(ends, columns.spans[ends[0]?.strand.net ?? 0] ?? { left: 0, right: 0 })
  return strands
}

interface End {
  readonly strand: Strand
  readonly step: Step
}

/** Between two joints of lines that bend. */
const JOINTS = 10
/** A joint that leaves no other choice may be this near to the end of its band. */
const CORNER = 6

/**
 * Where lines meet one side of a band: those over it straight, those beside it near its end, the farthest outermost, so
 * that none crosses another; one for which there is no room branches off the next line of its network.
 */
function joinBand(
  ends: readonly End[],
  { left, right }: { readonly left: number; readonly right: number },
): void {
  const [low, high] = [left + BAND_PAD - 2, right - BAND_PAD + 2]
  if (low > high) {
    for (const { step } of ends) step.far = (left + right) / 2
    return
  }
  const straight = ends.filter(({ step }) => step.near >= low - JOG && step.near <= high + JOG)
  const taken = straight.map(({ step }) => step.near)
  const place = (side: readonly End[], sign: 1 | -1): void => {
    const end = sign > 0 ? high : low
    const corner = sign > 0 ? right - CORNER : left + CORNER
    // The outermost of what is there already.
    const inner = taken.reduce<number | null>(
      (best, x) => (best === null || sign * (x - best) > 0 ? x : best),
      null,
    )
    let next = end
    let before: number | null = null
    for (const { strand, step } of side) {
      const isOver = sign > 0 ? next < low : next > high
      const isFree = !isOver && (inner === null || sign * (next - inner) >= APART)
      const isAtCorner = inner !== null && next === end && sign * (corner - inner) >= APART
      if (isFree) step.far = next
      else if (isAtCorner) step.far = corner
      else if (inner !== null) {
        step.far = inner
        strand.branches = true
      } else if (before !== null) {
        step.far = before
        strand.branches = true
      }
      before = step.far
      next -= sign * JOINTS
    }
  }
  const byDistance = (a: End, b: End): number => a.step.near - b.step.near
  place(
    ends.filter(({ step }) => step.near > high + JOG).sort((a, b) => byDistance(b, a)),
    1,
  )
  place(ends.filter(({ step }) => step.near < low - JOG).sort(byDistance), -1)
}

/** Horizontal piece of a line in a gap. */
interface Piece {
  readonly step: Step
  /** x of its ends. */
  readonly upper: number
  readonly lower: number
  readonly low: number
  readonly high: number
}

const within = (value: number, one: Piece): number => (value > one.low && value < one.high ? 1 : 0)
const near = (value: number, one: Piece): number => (value >= one.low - 4 && value <= one.high + 4 ? 0.1 : 0)

/** Crossings of two pieces if one lies above the other; a tenth where a corner comes near the other. */
const crossingsOf = (above: Piece, below: Piece): number =>
  within(below.upper, above) +
  within(above.lower, below) +
  near(below.upper, above) +
  near(above.lower, below)

/** Rounds of changing neighbours; more are of use only where hundreds of lines lie in one gap. */
const ROUNDS = 24

/** Tracks of the horizontal pieces in one gap: those that overlap lie below each other. Returns how many there are. */
function assignTracks(pieces: readonly Piece[]): number {
  // A piece whose upper end lies under another's upper half goes above it, so that they cross once at most.
  const order = [...pieces].sort((a, b) => a.low - b.low)
  for (let round = 0; round < Math.min(order.length, ROUNDS); round++) {
    let moved = false
    for (let i = 0; i + 1 < order.length; i++) {
      const [a, b] = [order[i], order[i + 1]]
      if (a === undefined || b === undefined || b.low > a.high + 4) continue
      if (crossingsOf(a, b) <= crossingsOf(b, a)) continue
      order[i] = b
      order[i + 1] = a
      moved = true
    }
    if (!moved) break
  }
  const tracks: Piece[][] = []
  for (const piece of order) {
    let track = 0
    for (const [index, others] of tracks.entries())
      if (others.some((other) => piece.low < other.high + APART && other.low < piece.high + APART))
        track = index + 1
    piece.step.track = track
    tracks[track] = [...(tracks[track] ?? []), piece]
  }
  return tracks.length
}
