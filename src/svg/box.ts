/** Extents, in the 32 bit precision of browsers. */

/** Lengths in CSS pixels, in the user space of the element. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const EMPTY: Box = { x: 0, y: 0, width: 0, height: 0 }

// Browsers keep geometry in 32 bit floats and Mermaid compares coordinates as strings: with 64 bits half of
// the edges of a large figure took another path.
export const f32 = Math.fround

export const float = (box: Box): Box => ({
  x: f32(box.x),
  y: f32(box.y),
  width: f32(box.width),
  height: f32(box.height),
})

export function union(a: Box | null, b: Box): Box {
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

export function pointsBox(points: readonly number[]): Box {
  const xs = points.filter((_, i) => i % 2 === 0)
  const ys = points.filter((_, i) => i % 2 === 1)
  if (ys.length === 0) return EMPTY
  const x = Math.min(...xs)
  const y = Math.min(...ys)
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}
