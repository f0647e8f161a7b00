import type { Hop, Trace } from '../trace/trace.ts'
import type { Scene } from './box.ts'
import { type Drawing, detail, type Thing } from './drawing.ts'
import type { Figure, FigureBox, FigureEdge, FigureWay } from './figure.ts'
import { circled, hopSentence, hopTag } from './hop-words.ts'

interface NumberedHop {
  readonly number: number
  readonly hop: Hop
  /** Box it happens in, `null` when the view draws none for it. */
  readonly box: string | null
}

interface WayThrough {
  readonly ids: readonly string[]
  readonly placed: readonly NumberedHop[]
}

/**
 * Lays packets' ways over the finished drawing: boxes and edges on the way are marked, each hop is numbered in the
 * box it happens in, from 1 in each way.
 */
export function drawWays(scene: Scene, traces: readonly Trace[]): Pick<Figure, 'boxes' | 'edges' | 'ways'> {
  const { drawing, words } = scene
  const hot = new Set<string>()
  const tags = new Map<string, string[]>()
  const ways: FigureWay[] = []
  for (const [index, trace] of traces.entries()) {
    const letter = traces.length > 1 ? String.fromCharCode(65 + (index % 26)) : ''
    const hops = trace.hops.map(
      (hop, at): NumberedHop => ({ number: at + 1, hop, box: boxOf(scene, hop, trace) }),
    )
    const { ids, placed } = wayThrough(drawing, hops)
    for (const { number: at, hop, box } of placed)
      if (box !== null)
        tags.set(box, [...(tags.get(box) ?? []), `${letter}${circled(at)} ${hopTag(hop, words)}`])
    for (const id of ids) hot.add(id)
    ways.push({
      letter,
      text: trace.request.text,
      reached: trace.reached,
      hops: hops.map((one) => ({ number: one.number, text: hopSentence(one.hop, scene.plan, words) })),
    })
  }
  return {
    boxes: drawing.boxes.map((box) =>
      hot.has(box.id)
        ? {
            ...box,
            marks: [...box.marks, 'hot'],
            lines: [...box.lines, ...(tags.get(box.id) ?? []).map(detail)],
          }
        : box,
    ),
    edges: drawing.edges.map((edge) =>
      hot.has(edge.id) ? { ...edge, marks: [...edge.marks, 'hot'] } : edge,
    ),
    ways,
  }
}

/** The box a hop happens in: the nearest thing that the view draws. */
function boxOf(scene: Scene, hop: Hop, trace: Trace): string | null {
  for (const thing of thingsOf(scene, hop, trace)) {
    const box = scene.drawing.find(thing)
    if (box !== null) return box
  }
  return null
}

function thingsOf(scene: Scene, hop: Hop, trace: Trace): readonly Thing[] {
  const { host, container, network } = hop
  const nic: readonly Thing[] = [
    { is: 'nic', host, device: hop.interface },
    { is: 'nic', host, device: scene.plan.hosts.find((one) => one.name === host)?.interface ?? '' },
  ]
  const bar: readonly Thing[] = [
    { is: 'network', network, host },
    { is: 'network', network, host: '' },
  ]
  switch (hop.sandbox) {
    case 'container':
      return [
        { is: 'interface', container, network },
        { is: 'container', container },
        ...interfaces(scene, container),
      ]
    case 'overlay':
      return hop.kind === 'encapsulate' || hop.kind === 'decapsulate' ? [{ is: 'vxlan', host }, ...bar] : bar
    case 'ingress':
      return [{ is: 'mesh', host }, ...bar, ...nic]
    case 'host':
      if (hop.kind === 'bridge') return [...bar, ...nic]
      if (hop.kind === 'dnat' || hop.kind === 'masquerade') return [{ is: 'nat', host }, ...nic, ...bar]
      return hop.kind === 'forward' && network !== '' ? [...bar, ...nic] : [...nic, ...bar]
    case 'outside':
      if (hop.kind === 'send' && trace.request.from.kind === 'client') return [{ is: 'client' }]
      if (hop.kind === 'deliver' && trace.request.to.kind === 'client') return [{ is: 'client' }]
      return hop.kind === 'forward'
        ? [{ is: 'underlay' }, { is: 'outside' }]
        : [{ is: 'outside' }, { is: 'underlay' }]
    default:
      return hop.sandbox satisfies never
  }
}

/** Interfaces of a container, for views that draw them instead of the container. */
const interfaces = (scene: Scene, container: string): readonly Thing[] =>
  [...(scene.plan.containers.get(container)?.endpoints.keys() ?? [])].map((network) => ({
    is: 'interface',
    container,
    network,
  }))

/**
 * Ids of boxes and edges from hop to hop, along what is drawn. A hop on the way that the view has no line to (a host's
 * interface under a tunnel it does not draw) is told in the box before it. A host that sends into a network no line
 * leads to (an internal one) sends from its address on that bridge, so the way begins there.
 */
function wayThrough(drawing: Drawing, hops: readonly NumberedHop[]): WayThrough {
  let ids: readonly string[] = []
  let placed: readonly NumberedHop[] = []
  let last: string | null = null
  for (const hop of hops) {
    const way: readonly string[] =
      last === null || hop.box === null ? [] : shortest(drawing.boxes, drawing.edges, last, hop.box)
    const isCutOff: boolean = last !== null && hop.box !== null && hop.box !== last && way.length === 0
    const begins: boolean = isCutOff && hop.hop.kind === 'bridge' && ids.every((id) => id === last)
    if (begins) {
      ids = []
      placed = placed.map((one) => ({ ...one, box: hop.box }))
    }
    const box: string | null =
      hop.box === null || (isCutOff && !begins && hop.hop.kind !== 'deliver') ? last : hop.box
    placed = [...placed, { ...hop, box }]
    ids = [...ids, ...(box === null ? [] : [box]), ...way]
    last = box
  }
  return { ids, placed }
}

/** Breadth first; never through a container that is not an end, for no packet is routed by one. */
function shortest(
  boxes: readonly FigureBox[],
  edges: readonly FigureEdge[],
  from: string,
  to: string,
): readonly string[] {
  const through = new Map(
    boxes.map((box) => [box.id, box.kind !== 'container' && box.kind !== 'task' && box.kind !== 'client']),
  )
  const wayTo = new Map<string, readonly string[]>([[from, []]])
  const queue = [from]
  for (const at of queue) {
    const way = wayTo.get(at) ?? []
    if (at === to) return way
    if (at !== from && through.get(at) !== true) continue
    for (const edge of edges) {
      if (edge.kind === 'dependency') continue
      const next = edge.from === at ? edge.to : edge.to === at ? edge.from : null
      if (next === null || wayTo.has(next)) continue
      wayTo.set(next, [...way, edge.id, next])
      queue.push(next)
    }
  }
  return []
}
