/**
 * Our layout as a layout algorithm of Mermaid. Mermaid measures and draws every shape, label and edge; only
 * where they lie comes from `layoutGraph`. Runs in a page and in the window of a build alike: all it needs of
 * Mermaid comes with the call.
 */
import type { InternalHelpers, LayoutData, LayoutLoaderDefinition, SVG } from 'mermaid'
import type { Layout, LayoutBox, LayoutEdge, LayoutGroup, PlacedEdge, Point } from '../layout/graph.ts'
import { layoutGraph } from '../layout/layout.ts'

type Node = LayoutData['nodes'][number]
type Edge = LayoutData['edges'][number]
type Drawn = Awaited<ReturnType<InternalHelpers['insertNode']>>

/** To be registered with `mermaid.registerLayoutLoaders([dockerNetworkLayout])`. */
export const dockerNetworkLayout: LayoutLoaderDefinition = {
  name: 'docker-network',
  loader: async () => ({ render }),
}

/** A reader's font may be this much wider than the one measured. */
const SLACK = 1.1
/** Least room between text and the border of its box, after that. */
const INSET = 12
const LABEL_GAP = 6
const CORNER = 6
/** Shapes that are one rectangle and may come out larger than measured. */
const RECTANGLES = new Set(['rect', 'squareRect', 'roundedRect', 'rounded', 'square'])
const STADIUM = 'stadium'
/** Edge classes that draw but do not rank. */
const FREE = new Set(['dependency', 'hop', 'free'])

async function render(data: LayoutData, svg: SVG, helpers: InternalHelpers): Promise<void> {
  // No insertMarkers: the finished SVG has two of its own, and Mermaid would draw all of its forty each time.
  const groupLayer = addLayer(svg, 'subgraphs')
  const edgeLayer = addLayer(svg, 'edgePaths')
  const labelLayer = addLayer(svg, 'edgeLabels')
  const boxLayer = addLayer(svg, 'nodes')
  const nodes = new Map(data.nodes.map((node) => [node.id, node]))
  const drawn = new Map<string, Drawn>()
  const boxes: LayoutBox[] = []
  for (const node of data.nodes) {
    if (node.isGroup) continue
    const element = await helpers.insertNode(boxLayer, node, { config: data.config, dir: data.direction })
    if (node.shape === STADIUM) asRectangle(node, element)
    drawn.set(node.id, element)
    boxes.push(boxOf(node, element))
  }
  const groups: LayoutGroup[] = []
  for (const node of inOrder(data.nodes)) groups.push(await measuredGroup(groupLayer, node, helpers))
  const edges: LayoutEdge[] = []
  for (const edge of data.edges) {
    if (edge.label) await helpers.insertEdgeLabel(labelLayer, edge)
    edges.push(edgeOf(edge))
  }
  const direction = data.direction === 'LR' ? 'LR' : 'TB'
  const layout = layoutGraph({ direction, groups, boxes, edges })

  for (const node of data.nodes) if (!node.isGroup) placeBox(node, drawn.get(node.id), layout)
  placeGroups(groupLayer, groups, nodes, layout)
  const labels = labelLayer.selectChildren<SVGGElement, unknown>('g').nodes()
  for (const edge of data.edges) {
    const placed = layout.edges.get(edge.id)
    const label = edge.label ? labels.shift() : undefined
    if (!placed || placed.points.length < 2) {
      label?.remove()
      continue
    }
    drawEdge(edgeLayer, edge, placed, nodes, data, helpers)
    label?.setAttribute('transform', `translate(${placed.label?.x ?? 0}, ${placed.label?.y ?? 0})`)
  }
}

/** A stadium is a rectangle with round ends; Mermaid draws it as a path that could not be made wider. */
function asRectangle(node: Node, element: Drawn): void {
  const box = element.node()
  const shape = box?.querySelector('.label-container')
  const rect = box?.ownerDocument?.createElementNS('http://www.w3.org/2000/svg', 'rect')
  if (!box || !shape || !rect) return
  const radius = `${(node.height ?? 0) / 2}`
  rect.setAttribute('class', 'basic label-container')
  rect.setAttribute('style', shape.querySelector('path')?.getAttribute('style') ?? '')
  rect.setAttribute('rx', radius)
  rect.setAttribute('ry', radius)
  box.replaceChild(rect, shape)
  node.shape = 'rounded'
}

const classesOf = (classes: string | undefined): string[] =>
  (classes ?? '')
    .split(/\s+/)
    .filter((name) => name !== '' && !['default', 'node', 'clickable', 'undefined'].includes(name))

function boxOf(node: Node, element: Drawn): LayoutBox {
  const label = element.select<SVGGElement>('g.label').node()?.getBBox()
  const room = (label?.width ?? 0) * SLACK + 2 * INSET
  const stretch = RECTANGLES.has(node.shape ?? '')
  const width = node.width ?? 0
  return {
    id: node.id,
    parent: node.parentId ?? null,
    width: Math.ceil(stretch ? room : width),
    height: Math.ceil(node.height ?? 0),
    classes: classesOf(node.cssClasses),
    stretch,
  }
}

/** Mermaid lists the innermost, last group first; here they stand as their first boxes do. */
function inOrder(nodes: readonly Node[]): Node[] {
  const index = new Map(nodes.map((node, i) => [node.id, i]))
  const parents = new Map(nodes.map((node) => [node.id, node.parentId]))
  const first = new Map<string, number>()
  for (const node of nodes) {
    if (node.isGroup) continue
    const seen = new Set<string>()
    for (let at = node.parentId; at && !seen.has(at); at = parents.get(at)) {
      seen.add(at)
      if (!first.has(at)) first.set(at, index.get(node.id) ?? 0)
    }
  }
  const place = (node: Node): number => first.get(node.id) ?? nodes.length
  return nodes
    .filter((node) => node.isGroup)
    .reverse()
    .sort((a, b) => place(a) - place(b))
}

const addLayer = (svg: SVG, name: string) => svg.select<SVGGElement>('g').append('g').attr('class', name)
type Layer = ReturnType<typeof addLayer>

/** Draws a group somewhere, to measure its title. */
async function measuredGroup(layer: Layer, node: Node, helpers: InternalHelpers): Promise<LayoutGroup> {
  const width = 100_000
  Object.assign(node, { x: 0, y: 0, width, height: 10 })
  if (node.isGroup) await helpers.insertCluster(layer, node)
  const title = layer.select<SVGGElement>('g.cluster:last-child g.cluster-label').node()?.getBBox()
  return {
    id: node.id,
    parent: node.parentId ?? null,
    titleWidth: Math.ceil((title?.width ?? 0) * SLACK),
    titleHeight: Math.ceil(title?.height ?? 0),
    classes: classesOf(node.cssClasses),
  }
}

/** Mermaid hands an edge's classes to nobody, so its id begins with them: `publish-hot-e3`. */
const edgeClasses = (id: string): string[] => id.split('-').slice(0, -1)

function edgeOf(edge: Edge): LayoutEdge {
  const classes = edgeClasses(edge.id)
  const { width = 0, height = 0 } = edge.label ? edge : {}
  return {
    id: edge.id,
    from: edge.start ?? '',
    to: edge.end ?? '',
    labelWidth: width ? Math.ceil(width * SLACK) + LABEL_GAP : 0,
    labelHeight: Math.ceil(height),
    classes,
    free: classes.some((name) => FREE.has(name)),
  }
}

function placeBox(node: Node, element: Drawn | undefined, layout: Layout): void {
  const placed = layout.boxes.get(node.id)
  if (!element || !placed) return
  const { x, y, width, height } = placed
  element.attr('transform', `translate(${x}, ${y})`)
  if (RECTANGLES.has(node.shape ?? ''))
    element
      .select('rect.label-container')
      .attr('x', -width / 2)
      .attr('y', -height / 2)
      .attr('width', width)
      .attr('height', height)
  Object.assign(node, { x, y, width, height })
}

function placeGroups(
  layer: Layer,
  groups: readonly LayoutGroup[],
  nodes: ReadonlyMap<string, Node>,
  layout: Layout,
): void {
  const elements = layer.selectChildren<SVGGElement, unknown>('g').nodes()
  groups.forEach((group, i) => {
    const placed = layout.groups.get(group.id)
    const element = elements[i]
    const node = nodes.get(group.id)
    if (!placed || !element || !node) return
    const { x, y, width, height, title } = placed
    const rect = element.querySelector('rect')
    rect?.setAttribute('x', `${x - width / 2}`)
    rect?.setAttribute('y', `${y - height / 2}`)
    rect?.setAttribute('width', `${width}`)
    rect?.setAttribute('height', `${height}`)
    const label = element.querySelector<SVGGElement>('g.cluster-label')
    const box = label?.getBBox()
    if (label && box) {
      const left = title.x - group.titleWidth / 2 - box.x
      label.setAttribute('transform', `translate(${left}, ${title.y - box.height / 2 - box.y})`)
    }
    Object.assign(node, { x, y, width, height })
  })
}

function drawEdge(
  layer: Layer,
  edge: Edge,
  placed: PlacedEdge,
  nodes: ReadonlyMap<string, Node>,
  data: LayoutData,
  helpers: InternalHelpers,
): void {
  const points = placed.points.map(({ x, y }) => ({ x, y }))
  Object.assign(edge, { points, curve: 'linear' })
  const [start, end] = [nodes.get(edge.start ?? ''), nodes.get(edge.end ?? '')]
  helpers.insertEdge(layer, edge, new Map(), data.type, start, end, data.diagramId, true)
  const path = layer.selectChildren<SVGPathElement, unknown>('path').nodes().at(-1)
  path?.setAttribute('d', openedPath(placed, edge))
  path?.removeAttribute('data-points')
}

/** Between edge line and label. */
const LABEL_MARGIN = -1

/** With rounded corners, and open where the label lies. */
function openedPath({ points, label }: PlacedEdge, { width = 0, height = 0 }: Edge): string {
  if (!label) return roundedPath(points)
  const at = points.findIndex((point, i) => {
    const next = points[i + 1]
    if (!next) return false
    const within = (a: number, b: number, value: number): boolean =>
      Math.min(a, b) - 0.5 <= value && value <= Math.max(a, b) + 0.5
    return within(point.x, next.x, label.x) && within(point.y, next.y, label.y)
  })
  const [from, to] = [points[at], points[at + 1]]
  if (!from || !to) return roundedPath(points)
  const half = (from.x === to.x ? height : width) / 2 + LABEL_MARGIN
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const [dx, dy] = [((to.x - from.x) / length) * half, ((to.y - from.y) / length) * half]
  const before = [...points.slice(0, at + 1), { x: label.x - dx, y: label.y - dy }]
  const after = [{ x: label.x + dx, y: label.y + dy }, ...points.slice(at + 1)]
  return roundedPath(before) + roundedPath(after)
}

function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  let path = `M${first.x},${first.y}`
  rest.forEach((point, i) => {
    const before = points[i] ?? point
    const after = rest[i + 1]
    if (!after) {
      path += `L${point.x},${point.y}`
      return
    }
    const lengths = [
      Math.hypot(point.x - before.x, point.y - before.y),
      Math.hypot(after.x - point.x, after.y - point.y),
    ]
    const radius = Math.min(CORNER, ...lengths.map((length) => length / 2))
    const [into = 1, out = 1] = lengths
    const a = {
      x: point.x + ((before.x - point.x) * radius) / into,
      y: point.y + ((before.y - point.y) * radius) / into,
    }
    const b = {
      x: point.x + ((after.x - point.x) * radius) / out,
      y: point.y + ((after.y - point.y) * radius) / out,
    }
    path += `L${a.x},${a.y}Q${point.x},${point.y} ${b.x},${b.y}`
  })
  return path
}
