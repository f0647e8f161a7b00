/**
 * The pipeline on one page: source → topology → plan → figure → Mermaid text. Pure, so it runs in a browser too.
 * What an author writes never makes it throw; it comes back as problems.
 */

import { ALONE, type LoadOptions, type ModelText } from './compose/load.ts'
import { drawFigure } from './figure/draw.ts'
import type { Figure } from './figure/figure.ts'
import { focusedChanges, focusOn } from './figure/focus.ts'
import type { Steps } from './figure/focus-names.ts'
import { DEFAULT_VIEW } from './figure/part.ts'
import { unknownIcons } from './figure/signs.ts'
import { unusedSettings } from './figure/unused.ts'
import { toMermaid } from './mermaid/flowchart.ts'
import { type Scene, sceneOf } from './picture/scene.ts'
import { changesBetween } from './plan/changes.ts'
import type { Plan } from './plan/plan.ts'
import { planNetworks } from './plan/plan-networks.ts'
import { withGuessedSwarm } from './plan/project/stack-guess.ts'
import type { Problem, Span } from './problem/problem.ts'
import { fileSource, type Source } from './problem/report.ts'
import { say, worded } from './problem/say.ts'
import { rulesOf } from './rules/index.ts'
import { readModel } from './topology/read.ts'
import type { FigureSettings, Topology } from './topology/topology.ts'
import { parseTraceRequest } from './trace/request.ts'
import type { Trace } from './trace/trace.ts'
import { tracePacket } from './trace/trace-packet.ts'
import type { EngineVersion } from './version.ts'
import { wordsFor } from './words/words-for.ts'

export interface PlanOptions {
  /** Plan for this engine, whatever the block says. */
  readonly engine?: EngineVersion | undefined
  /** Run only the first so many of the block's `commands`; 0 is the state before any. All unless given. */
  readonly step?: number | undefined
}

export interface DrawOptions {
  /** Language of words in the figure, a BCP 47 tag. @default 'en' */
  readonly language?: string | undefined
  /** Settings that go before those of the block's `figure:`, one by one; `null` and empty lists leave the block's. */
  readonly figure?: Partial<FigureSettings> | undefined
  /** Marks what is new, gone or another since this state of the model. */
  readonly before?: Plan | null | undefined
  /** Of what this is one: what is to be looked at may be there in another of them. */
  readonly steps?: Steps | null | undefined
}

export interface CompileOptions extends PlanOptions, Omit<DrawOptions, 'before' | 'steps'> {
  /** Marks what has changed since the first so many of the block's `commands`. */
  readonly since?: number | undefined
}

/** A source with its addresses. `topology` and `plan` are `null` when the source could not be read so far. */
export interface Planned {
  readonly topology: Topology | null
  readonly plan: Plan | null
  /** Of this source, errors and warnings, in the order found. */
  readonly problems: readonly Problem[]
}

export type Compiled =
  | {
      readonly ok: true
      readonly topology: Topology
      readonly plan: Plan
      readonly figure: Figure
      /** What the picture shows; `drawPicture` draws it. */
      readonly scene: Scene
      /** A Mermaid flowchart. */
      readonly mermaid: string
      /** Warnings only. */
      readonly problems: readonly Problem[]
    }
  | ({ readonly ok: false } & Planned)

/** What one or several texts say together. */
export interface ReadModel {
  readonly topology: Topology | null
  /** Found while reading, in that order. */
  readonly problems: readonly Problem[]
  /** What the spans of its problems count in. */
  readonly source: Source
  /** All texts it was read from, as spans count. */
  readonly text: string
  /** Files that were looked for beside the texts, from the project's root; also those that are not there. */
  readonly files: readonly string[]
}

/** Stage 1. Later texts go over earlier ones. At least one. */
export function readTexts(texts: readonly ModelText[], load: LoadOptions): ReadModel {
  const problems: Problem[] = []
  const { topology, loaded } = readModel(texts, load, (problem) => {
    problems.push(problem)
  })
  return { topology, problems, source: loaded.source, text: loaded.reading.source, files: loaded.files }
}

/** Stage 2: what a real engine would give. */
export function planModel(model: ReadModel, options: PlanOptions = {}): Planned {
  if (model.topology === null) return { topology: null, plan: null, problems: model.problems }
  const problems: Problem[] = []
  const report = (problem: Problem): void => {
    problems.push(problem)
  }
  const { engine } = options
  const written: Topology =
    engine === undefined ? model.topology : { ...model.topology, engine, rules: rulesOf(engine) }
  const topology = withGuessedSwarm(written, report)
  const plan = planNetworks(topology, report, options.step ?? null)
  // A wrong value is found by the reader, and again by the program that is given it: one cause, one problem.
  const key = ({ span }: Problem): string => `${span.start} ${span.end}`
  const told = new Set(model.problems.filter(({ severity }) => severity === 'error').map(key))
  const later = problems.filter((problem) => problem.severity === 'warning' || !told.has(key(problem)))
  const { iconNames } = topology.figure
  later.push(...unknownIcons(iconNames, plan, topology))
  return { topology, plan, problems: [...model.problems, ...later] }
}

/** Stages 1 and 2 for a text that stands alone. */
export function planSource(source: string, options: PlanOptions = {}): Planned {
  const text = { text: source, source: fileSource('', source), file: null }
  return planModel(readTexts([text], ALONE), options)
}

/**
 * Stages 3 and 4. A source with errors is not drawn: a figure that looks right must be right. Problems of drawing come
 * after those of `planned`; their spans are those of the highlighted ways.
 */
export function drawPlanned(planned: Planned, options: DrawOptions = {}): Compiled {
  const { topology, plan } = planned
  if (topology === null || plan === null || planned.problems.some(isError)) return { ok: false, ...planned }
  const settings = mergedSettings(topology.figure, options.figure ?? {})
  const problems = [...planned.problems]
  const traces: Trace[] = []
  for (const { value, span } of settings.highlight) {
    const way = parseTraceRequest(value, plan, span)
    if (way.ok) traces.push(tracePacket(plan, way.request))
    else problems.push(way.problem)
  }
  if (settings.view === 'sequence' && traces.length === 0 && !problems.some(isError))
    problems.push(withoutWay(settings.places?.view))
  problems.push(...unusedOf(settings, options))
  if (problems.some(isError)) return { ok: false, topology, plan, problems }
  const words = wordsFor(options.language ?? 'en')
  const changes = options.before ? changesBetween(options.before, plan) : null
  const whole = changes?.merged ?? plan
  const found =
    settings.focus.length === 0
      ? null
      : focusOn(whole, settings.focus, traces, settings.view, options.steps ?? null)
  if (found?.ok === false) return { ok: false, topology, plan, problems: [...problems, ...found.problems] }
  // A sequence has what its packet passes, whatever else is looked at.
  const focus = settings.view === 'sequence' ? null : (found?.focus ?? null)
  const drawn = focus?.plan ?? whole
  const shown = { changes: changes && focus ? focusedChanges(changes, focus) : changes, focus }
  const figure = drawFigure(drawn, settings, words, traces, shown)
  const scene = sceneOf(drawn, settings, words, traces, shown)
  return { ok: true, topology, plan, figure, scene, mermaid: toMermaid(figure), problems }
}

/**
 * Reads a block, computes its addresses and draws it.
 *
 * @returns `ok: false` with every problem found when one of them is an error; never throws for what an author wrote.
 */
export function compile(source: string, options: CompileOptions = {}): Compiled {
  const { since } = options
  const before = since === undefined ? null : planSource(source, { ...options, step: since }).plan
  return drawPlanned(planSource(source, options), { ...options, before })
}

export function isError(problem: Problem): boolean {
  return problem.severity === 'error'
}

/** Of a model's own settings only what stands beside a view of its own: with another view they were not meant for it. */
function unusedOf(settings: FigureSettings, { figure, before }: DrawOptions): readonly Problem[] {
  const isOwn = (figure?.view ?? null) === null
  const { highlight = [], focus = [], show = [], hide = [], places } = figure ?? {}
  const asked = isOwn ? settings : { highlight, focus, show, hide, places }
  return unusedSettings(settings.view ?? DEFAULT_VIEW, { ...asked, since: Boolean(before) })
}

const withoutWay = (span: Span = { start: 0, end: 0 }): Problem => ({
  code: 'SEQUENCE_WITHOUT_WAY',
  severity: 'error',
  ...worded(
    say`the view sequence shows a packet's way, and none is written`,
    say`Write highlight="web -> db", with names of this model, or take another view.`,
  ),
  span,
  related: [],
})

const without = <T>(parts: readonly T[], others: readonly T[] = []): readonly T[] =>
  parts.filter((part) => !others.includes(part))

function mergedSettings(written: FigureSettings, wanted: Partial<FigureSettings>): FigureSettings {
  const list = <T>(first: readonly T[] | undefined, second: readonly T[]): readonly T[] =>
    first !== undefined && first.length > 0 ? first : second
  return {
    view: wanted.view ?? written.view,
    direction: wanted.direction ?? written.direction,
    title: wanted.title ?? written.title,
    caption: wanted.caption ?? written.caption,
    // A part that is asked for now is not hidden by what the model once said, nor the other way round.
    show: list(wanted.show, without(written.show, wanted.hide)),
    hide: list(wanted.hide, without(written.hide, wanted.show)),
    highlight: list(wanted.highlight, written.highlight),
    focus: list(wanted.focus, written.focus),
    icons: new Map([...written.icons, ...(wanted.icons ?? [])]),
    iconNames: written.iconNames,
    places: {
      view: wanted.places?.view ?? written.places?.view,
      show: wanted.places?.show ?? written.places?.show,
      hide: wanted.places?.hide ?? written.places?.hide,
    },
  }
}
