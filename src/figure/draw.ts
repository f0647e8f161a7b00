import type { Plan } from '../plan/plan.ts'
import type { FigureSettings, View } from '../topology/topology.ts'
import type { Trace } from '../trace/trace.ts'
import type { Words } from '../words/words.ts'
import { addressRows } from './addresses.ts'
import type { Scene } from './box.ts'
import { describe, describeWays } from './describe.ts'
import { drawBusView } from './draw-bus.ts'
import { drawDatapathView } from './draw-datapath.ts'
import { drawNetworkView } from './draw-network.ts'
import { drawOverlayView } from './draw-overlay.ts'
import { createDrawing } from './drawing.ts'
import type { Figure } from './figure.ts'
import { legendOf } from './legend.ts'
import { DEFAULT_VIEW, declared, drawnNetworks, isShown } from './part.ts'
import { drawWays } from './way.ts'

const DRAW: Readonly<Record<View, (scene: Scene) => void>> = {
  network: drawNetworkView,
  overlay: drawOverlayView,
  datapath: drawDatapathView,
  bus: drawBusView,
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

/**
 * Draws a plan as the author wishes, in the language of `words`.
 *
 * @param traces The ways of `settings.highlight`, followed by the caller, who also reports what is wrong with them.
 */
export function drawFigure(
  asPlanned: Plan,
  settings: FigureSettings,
  words: Words,
  traces: readonly Trace[] = [],
): Figure {
  const plan = declared(asPlanned)
  const view = settings.view ?? DEFAULT_VIEW
  const passed = new Set<string>()
  for (const { hops } of traces) for (const hop of hops) passed.add(hop.network)
  const networks = drawnNetworks(plan, settings, view, passed)
  const scene: Scene = {
    plan,
    settings,
    words,
    view,
    networks,
    mesh: drawsMesh(plan, settings, traces),
    outside: traces.some(leadsOut),
    drawing: createDrawing(),
  }
  DRAW[view](scene)
  const { groups } = scene.drawing
  const { boxes, edges, ways } = drawWays(scene, traces)
  return {
    view,
    direction: settings.direction ?? 'down',
    language: words.language,
    title: settings.title ?? words.title[view](plan.hosts.map((host) => host.name)),
    caption: settings.caption ?? '',
    groups,
    boxes,
    edges,
    legend: isShown(settings, 'legend', true) ? legendOf(boxes, edges, words) : [],
    description: [...describe(scene), ...describeWays(ways, words)],
    addresses: addressRows(scene),
    ways,
  }
}
