import type { ChangedThing, Changes } from '../plan/changes.ts'
import type { Plan } from '../plan/plan.ts'
import type { FigureSettings, View } from '../topology/topology.ts'
import type { Trace } from '../trace/trace.ts'
import type { Words } from '../words/words.ts'
import { addressRows } from './addresses.ts'
import type { Scene } from './box.ts'
import { changeSentences, changeWord } from './changes.ts'
import { describe, describeWays } from './describe.ts'
import { drawBusView } from './draw-bus.ts'
import { drawDatapathView } from './draw-datapath.ts'
import { drawNetworkView } from './draw-network.ts'
import { drawOverlayView } from './draw-overlay.ts'
import { drawSpace } from './draw-space.ts'
import { createDrawing, detail } from './drawing.ts'
import type { Figure, FigureBox, FigureEdge } from './figure.ts'
import { type Focus, focusedNow, restSentence } from './focus.ts'
import { legendOf } from './legend.ts'
import { type Light, lightsOf } from './lights.ts'
import { DEFAULT_VIEW, declared, drawnNetworks, isShown } from './part.ts'
import { sequencesOf } from './sequence.ts'
import { drawWays } from './way.ts'

const DRAW: Readonly<Record<View, (scene: Scene) => void>> = {
  network: drawNetworkView,
  overlay: drawOverlayView,
  datapath: drawDatapathView,
  bus: drawBusView,
  sequence: drawNetworkView,
  addresses: drawSpace,
  matrix: drawBusView,
}

/** Tasks that share no other network talk over ingress, without its sandbox. */
const drawsMesh = (plan: Plan, settings: FigureSettings, traces: readonly Trace[]): boolean =>
  isShown(
    settings,
    'ingress',
    traces.some((trace) =>
      trace.hops.some((hop) => hop.sandbox === 'ingress' || plan.networks.get(hop.network)?.ingress === true),
    ),
  )

const leadsOut = (trace: Trace): boolean =>
  trace.request.from.kind === 'outside' ||
  trace.request.to.kind === 'outside' ||
  trace.hops.at(-1)?.sandbox === 'outside'

/** What a figure tells beside the plan itself. */
export interface Shown {
  readonly changes: Changes | null
  readonly focus: Focus | null
}

export const WHOLE: Shown = { changes: null, focus: null }

/**
 * Draws a plan as the author wishes, in the language of `words`.
 *
 * @param traces The ways of `settings.highlight`, followed by the caller, who also reports what is wrong with them.
 * @param shown Changes since an earlier step, to be marked; the plan is then what they were merged to. Or the part that
 *   the plan is.
 */
export function drawFigure(
  asPlanned: Plan,
  settings: FigureSettings,
  words: Words,
  traces: readonly Trace[] = [],
  { changes, focus }: Shown = WHOLE,
): Figure {
  const plan = declared(asPlanned)
  const view = settings.view ?? DEFAULT_VIEW
  const passed = new Set<string>()
  for (const { hops } of traces) for (const hop of hops) passed.add(hop.network)
  const networks = drawnNetworks(plan, settings, view, passed)
  const scene: Scene = {
    plan,
    whole: focus?.whole ?? plan,
    changes,
    settings,
    words,
    view,
    networks,
    mesh: drawsMesh(plan, settings, traces),
    outside: traces.some(leadsOut),
    drawing: createDrawing(),
  }
  DRAW[view](scene)
  if (changes !== null) markChanges(scene, changes)
  const { groups } = scene.drawing
  const { boxes, edges, ways } = drawWays(scene, traces)
  const sequences = view === 'sequence' ? sequencesOf(plan, traces, words) : null
  // What is gone is drawn, and told as gone; tables and descriptions have what is there.
  const now =
    changes === null
      ? scene
      : sceneNow(scene, declared(focus === null ? changes.after : focusedNow(changes.after, focus)), passed)
  return {
    view,
    direction: settings.direction ?? 'down',
    language: words.language,
    title: settings.title ?? words.title[view](plan.hosts.map((host) => host.name)),
    caption: settings.caption ?? settings.title ?? '',
    groups,
    boxes,
    edges,
    legend: isShown(settings, 'legend', true)
      ? legendOf(boxes, edges, words, { changes, focus, sequences })
      : [],
    description: [
      ...(changes === null ? [] : changeSentences(changes, words)),
      ...describe(now),
      ...(focus === null ? [] : restSentence(focus.rest, words)),
      ...describeWays(ways, words),
    ],
    addresses: addressRows(now, lightsOf(plan.containers.keys(), networks.keys())),
    ways,
    lights: lightList(scene),
    sequences: sequences ?? [],
  }
}

function lightList({ plan, networks }: Scene): readonly Light[] {
  const lights = lightsOf(plan.containers.keys(), networks.keys())
  return [
    ...[...lights.containers].map(([name, mark]) => ({ mark, names: [name] })),
    ...[...lights.networks].map(([key, mark]) => ({
      mark,
      names: [...new Set([key, networks.get(key)?.name ?? key])],
    })),
  ]
}

const sceneNow = (scene: Scene, plan: Plan, passed: ReadonlySet<string>): Scene => ({
  ...scene,
  plan,
  networks: drawnNetworks(plan, scene.settings, scene.view, passed),
})

/** Marks boxes and edges of what is new, gone or another. */
function markChanges({ drawing, plan, words }: Scene, changes: Changes): void {
  const mark = (id: string | null, thing: ChangedThing): void => {
    const change = changes.of(thing)
    const at = drawing.boxes.findIndex((one) => one.id === id)
    const box = drawing.boxes[at]
    if (change === null || box === undefined) return
    // In a word: a sign in front would take the styling of a Mermaid label away.
    const lines = [...box.lines, detail(changeWord(change.kind, words))]
    drawing.boxes[at] = { ...box, lines, marks: [...box.marks, change.kind] } satisfies FigureBox
  }
  for (const key of plan.networks.keys())
    for (const host of new Set(['', ...plan.hosts.map((one) => one.name)]))
      mark(drawing.find({ is: 'network', network: key, host }), { is: 'network', network: key })
  for (const container of plan.containers.keys()) {
    const box = drawing.find({ is: 'container', container })
    mark(box, { is: 'container', container })
    mark(box, { is: 'name', container })
    for (const [key, network] of plan.networks) {
      const attachment = { is: 'attachment', container, network: key } as const
      const change = changes.of(attachment)
      // Where each interface has a box, that of its container is around it.
      const things = [attachment, { is: 'container', container }, { is: 'name', container }] as const
      const own = things.find((thing) => changes.of(thing) !== null)
      if (own !== undefined) mark(drawing.find({ is: 'interface', container, network: key }), own)
      const bar = drawing.find({ is: 'network', network: key, host: network.host })
      if (change === null || box === null || bar === null) continue
      for (const [at, edge] of drawing.edges.entries())
        if ((edge.from === box && edge.to === bar) || (edge.from === bar && edge.to === box))
          drawing.edges[at] = { ...edge, marks: [...edge.marks, change.kind] } satisfies FigureEdge
    }
  }
}
