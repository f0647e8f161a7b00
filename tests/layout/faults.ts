/** What is wrong with a layout, in sentences; none for a good one. Lengths in pixels. */
import type { Layout, LayoutGraph, PlacedBox, Point } from '../../src/layout/graph.ts'

interface Rect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const rectOf = ({ x, y, width, height }: PlacedBox): Rect => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
})

/** Overlap of more than a hair. */
const overlap = (a: Rect, b: Rect, hair = 0.5): boolean =>
  a.left < b.right - hair && b.left < a.right - hair && a.top < b.bottom - hair && b.top < a.bottom - hair

const contains = (outer: Rect, inner: Rect): boolean =>
  outer.left <= inner.left &&
  outer.right >= inner.right &&
  outer.top <= inner.top &&
  outer.bottom >= inner.bottom

interface Segment {
  readonly a: Point
  readonly b: Point
}

const segmentRect = ({ a, b }: Segment): Rect => ({
  left: Math.min(a.x, b.x) - 0.01,
  right: Math.max(a.x, b.x) + 0.01,
  top: Math.min(a.y, b.y) - 0.01,
  bottom: Math.max(a.y, b.y) + 0.01,
})

/** Whether the segment comes into the inside of the rectangle. */
const enters = (segment: Segment, rect: Rect): boolean => overlap(segmentRect(segment), rect, 0.02)

export function faultsOf(graph: LayoutGraph, layout: Layout): string[] {
  const faults: string[] = []
  const parents = new Map([...graph.groups, ...graph.boxes].map((item) => [item.id, item.parent]))
  const around = (id: string): string[] => {
    const parent = parents.get(id) ?? null
    return parent === null ? [] : [...around(parent), parent]
  }
  const rects = new Map<string, Rect>()
  for (const [id, box] of [...layout.groups, ...layout.boxes]) rects.set(id, rectOf(box))
  const rect = (id: string): Rect => rects.get(id) ?? { left: 0, top: 0, right: 0, bottom: 0 }

  const titles = graph.groups.map((group) => {
    const { x, y } = layout.groups.get(group.id)!.title
    return { id: group.id, rect: rectOf({ x, y, width: group.titleWidth, height: group.titleHeight }) }
  })
  const labels = graph.edges.flatMap((edge) => {
    const at = layout.edges.get(edge.id)!.label
    if (edge.labelWidth > 0 && !at && layout.edges.get(edge.id)!.points.length > 0)
      faults.push(`label of ${edge.id} has no place`)
    return at
      ? [{ id: edge.id, rect: rectOf({ ...at, width: edge.labelWidth, height: edge.labelHeight }) }]
      : []
  })
  const figure: Rect = { left: 0, top: 0, right: layout.width, bottom: layout.height }

  for (const box of graph.boxes) {
    const placed = layout.boxes.get(box.id)!
    const fits = box.stretch
      ? placed.width >= box.width && placed.height >= box.height
      : placed.width >= box.width && placed.height === box.height
    if (!fits) faults.push(`box ${box.id} is ${placed.width}×${placed.height}`)
  }
  for (const [id, own] of rects) {
    const parent = parents.get(id) ?? null
    if (!contains(parent === null ? figure : rect(parent), own))
      faults.push(`${id} leaves ${parent ?? 'the figure'}`)
  }
  const items = [...rects.keys()]
  items.forEach((a, i) => {
    for (const b of items.slice(i + 1)) {
      if (around(a).includes(b) || around(b).includes(a)) continue
      if (overlap(rect(a), rect(b))) faults.push(`${a} overlaps ${b}`)
    }
  })
  const texts = [
    ...titles.map((t) => ({ ...t, what: 'title' })),
    ...labels.map((l) => ({ ...l, what: 'label' })),
  ]
  texts.forEach((text, i) => {
    for (const other of texts.slice(i + 1))
      if (overlap(text.rect, other.rect))
        faults.push(`${text.what} ${text.id} overlaps ${other.what} ${other.id}`)
    for (const box of graph.boxes)
      if (overlap(text.rect, rect(box.id))) faults.push(`${text.what} ${text.id} overlaps box ${box.id}`)
    if (text.what === 'title' && !contains(rect(text.id), text.rect))
      faults.push(`title ${text.id} leaves its group`)
    for (const group of graph.groups) {
      const own = text.what === 'title' && (text.id === group.id || around(text.id).includes(group.id))
      const r = rect(group.id)
      if (!own && overlap(text.rect, r) && !contains(r, text.rect))
        faults.push(`border of ${group.id} cuts ${text.what} ${text.id}`)
    }
  })

  const runs: { id: string; trunk: string; segment: Segment }[] = []
  for (const edge of graph.edges) {
    const { points, label, trunk } = layout.edges.get(edge.id)!
    const linked =
      edge.from !== edge.to && !around(edge.from).includes(edge.to) && !around(edge.to).includes(edge.from)
    if (!linked) continue
    if (points.length < 2) {
      faults.push(`edge ${edge.id} is not drawn`)
      continue
    }
    const onBorder = (p: Point, id: string): boolean => {
      const r = rect(id)
      const h = p.x >= r.left - 0.01 && p.x <= r.right + 0.01
      const v = p.y >= r.top - 0.01 && p.y <= r.bottom + 0.01
      return (
        h && v && [p.x - r.left, p.x - r.right, p.y - r.top, p.y - r.bottom].some((d) => Math.abs(d) < 0.01)
      )
    }
    if (!onBorder(points[0]!, edge.from)) faults.push(`edge ${edge.id} does not begin at ${edge.from}`)
    if (!onBorder(points.at(-1)!, edge.to)) faults.push(`edge ${edge.id} does not end at ${edge.to}`)
    const segments = points.slice(1).map((b, i): Segment => ({ a: points[i]!, b }))
    const ends = new Set([edge.from, edge.to, ...around(edge.from), ...around(edge.to)])
    for (const segment of segments) {
      if (segment.a.x !== segment.b.x && segment.a.y !== segment.b.y)
        faults.push(`edge ${edge.id} runs askew`)
      for (const box of graph.boxes)
        if (enters(segment, rect(box.id))) faults.push(`edge ${edge.id} goes through box ${box.id}`)
      for (const group of graph.groups)
        if (!ends.has(group.id) && enters(segment, rect(group.id)))
          faults.push(`edge ${edge.id} goes through group ${group.id}`)
      for (const end of [edge.from, edge.to])
        if (layout.groups.has(end) && enters(segment, rect(end)))
          faults.push(`edge ${edge.id} goes into its end ${end}`)
      for (const title of titles)
        if (enters(segment, title.rect)) faults.push(`edge ${edge.id} goes through title ${title.id}`)
      for (const other of labels)
        if (other.id !== edge.id && enters(segment, other.rect))
          faults.push(`edge ${edge.id} goes through label ${other.id}`)
      runs.push({ id: edge.id, trunk, segment })
    }
    if (label) {
      const on = segments.some((segment) =>
        overlap(
          segmentRect(segment),
          { left: label.x - 0.1, right: label.x + 0.1, top: label.y - 0.1, bottom: label.y + 0.1 },
          0,
        ),
      )
      if (!on) faults.push(`label ${edge.id} is off its line`)
    }
  }
  faults.push(...coincidences(runs))
  faults.push(...disorders(graph, layout))
  return [...new Set(faults)]
}

/** Lines that lie on each other although they are of different trunks. */
function coincidences(runs: readonly { id: string; trunk: string; segment: Segment }[]): string[] {
  const faults: string[] = []
  runs.forEach((one, i) => {
    for (const other of runs.slice(i + 1)) {
      if (one.trunk === other.trunk || one.id === other.id) continue
      const [a, b] = [segmentRect(one.segment), segmentRect(other.segment)]
      const vertical = one.segment.a.x === one.segment.b.x && other.segment.a.x === other.segment.b.x
      const level = one.segment.a.y === one.segment.b.y && other.segment.a.y === other.segment.b.y
      const along = vertical
        ? Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        : level
          ? Math.min(a.right, b.right) - Math.max(a.left, b.left)
          : 0
      const apart = vertical
        ? Math.abs(one.segment.a.x - other.segment.a.x)
        : Math.abs(one.segment.a.y - other.segment.a.y)
      if (along > 1 && apart < 3) faults.push(`edges ${one.id} and ${other.id} lie on each other`)
    }
  })
  return faults
}

/** Order of writing, left to right (top to bottom where the rows run sideways); groups level with each other. */
function disorders(graph: LayoutGraph, layout: Layout): string[] {
  const faults: string[] = []
  const sideways = graph.direction === 'LR'
  const along = (p: Point): number => (sideways ? p.y : p.x)
  const row = (p: Point): number => (sideways ? p.x : p.y)
  graph.boxes.forEach((box, i) => {
    for (const next of graph.boxes.slice(i + 1)) {
      const [a, b] = [layout.boxes.get(box.id)!, layout.boxes.get(next.id)!]
      if (box.parent === next.parent && Math.abs(row(a) - row(b)) < 1 && along(a) >= along(b))
        faults.push(`${next.id} lies before ${box.id}`)
    }
  })
  graph.groups.forEach((group, i) => {
    for (const next of graph.groups.slice(i + 1)) {
      if (group.parent !== next.parent || group.classes[0] !== next.classes[0]) continue
      const [a, b] = [rectOf(layout.groups.get(group.id)!), rectOf(layout.groups.get(next.id)!)]
      const level = sideways
        ? a.left === b.left && a.right === b.right
        : a.top === b.top && a.bottom === b.bottom
      if (!level) faults.push(`${group.id} and ${next.id} are not level`)
      if (sideways ? a.top >= b.top : a.left >= b.left) faults.push(`${next.id} lies before ${group.id}`)
    }
  })
  return faults
}
