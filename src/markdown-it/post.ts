/**
 * All docker-network blocks of one Markdown text together: the models they name and use, what each of them shows,
 * and everything wrong with them.
 */

import { type Compiled, type DrawOptions, drawPlanned, isError, type Planned } from '../compile.ts'
import { changeLines } from '../figure/changes.ts'
import { THEMES, type Theme } from '../html/figure-html.ts'
import { changesBetween } from '../plan/changes.ts'
import type { Plan } from '../plan/plan.ts'
import { nearest } from '../problem/nearest.ts'
import type { Located, Problem } from '../problem/problem.ts'
import type { PlacedProblem } from '../problem/report.ts'
import { say } from '../problem/say.ts'
import type { FigureSettings, Topology } from '../topology/topology.ts'
import { wordsFor } from '../words/words-for.ts'
import { type Draft, placed, type ReadOptions, readFence, tell } from './draft.ts'
import { bodySettings, wantedFigure } from './figure-settings.ts'
import type { Token } from './host.ts'
import { FENCE_KEYS, type FenceKey, isOurFence } from './info.ts'
import { error, stepsIn } from './info-problems.ts'
import type { Model } from './model.ts'
import type { MarkdownText } from './place.ts'
import { CHANGES, printBlock } from './print.ts'

export interface PostOptions extends ReadOptions {
  /** Language of a block that does not say its own. */
  readonly language: string
  readonly theme: Theme
  /** Goes before what the blocks say: for a host that was asked for one view of everything. */
  readonly figure?: Partial<FigureSettings> | undefined
  /** For blocks that say no step of their own. */
  readonly step?: number | undefined
  readonly since?: number | undefined
}

export interface Post {
  /** By the token of the fence, in order. */
  readonly blocks: ReadonlyMap<Token, Block>
  /** By name; under `''` the first block without one. */
  readonly models: ReadonlyMap<string, Model>
  /** Everything there is to say, each once, in order. */
  readonly problems: readonly PlacedProblem[]
  /** Files the blocks were read from, also those that could not be read. */
  readonly files: readonly string[]
}

export interface Block {
  readonly language: string
  readonly theme: Theme
  /** The author's own, for links and styles; `null` and `''` where there is none. */
  readonly id: string | null
  readonly classes: string
  /** `null` when the block names no model that exists. */
  readonly model: Model | null
  readonly planned: Planned | null
  readonly show: Show
}

/** What stands where the block stood. */
export type Show =
  | { readonly kind: 'figure'; readonly compiled: Drawn }
  /** A figure for each of several steps, with what changed since the one before it. */
  | { readonly kind: 'steps'; readonly steps: readonly StepFigure[] }
  | { readonly kind: 'print'; readonly text: string; readonly language: string }
  | { readonly kind: 'hidden' }
  /** `told`: the model's own block stands elsewhere in the text and shows what is wrong with it. */
  | { readonly kind: 'problems'; readonly problems: readonly PlacedProblem[]; readonly told?: string }

export type Drawn = Extract<Compiled, { readonly ok: true }>

export interface StepFigure {
  /** How many commands have run. */
  readonly step: number
  /** The last of them, as it was typed; `''` before the first. */
  readonly command: string
  /** What it changed, in sentences, each with its sign; empty for the first figure. */
  readonly changes: readonly string[]
  readonly compiled: Drawn
}

/** The figures of a block: none, one, or one for each step. */
export const drawnIn = (show: Show): readonly Drawn[] =>
  show.kind === 'figure'
    ? [show.compiled]
    : show.kind === 'steps'
      ? show.steps.map((one) => one.compiled)
      : []

export function readPost(tokens: readonly Token[], markdown: MarkdownText, options: PostOptions): Post {
  const models = new Map<string, Model>()
  const files = new Set<string>()
  const drafts = tokens
    .filter((token) => token.type === 'fence' && isOurFence(token.info))
    .map((token) => readFence(token, markdown, options))
  for (const draft of drafts) {
    for (const file of draft.files) files.add(file)
    if (draft.own !== null) enter(draft, draft.own, models)
  }
  tellRepeatedIds(drafts)
  const blocks = new Map<Token, Block>()
  const problems: PlacedProblem[] = []
  for (const draft of drafts) {
    blocks.set(draft.token, finishBlock(draft, models, options))
    const ofModel = draft.own === null ? [] : placed(draft.own.plan(null).problems, draft.own.source)
    for (const list of [draft.problems, ofModel]) for (const problem of list) problems.push(problem)
  }
  return { blocks, models, problems, files: [...files] }
}

/** Makes a model known by its name; the first of a name keeps it. */
function enter(draft: Draft, own: Model, models: Map<string, Model>): void {
  const name = draft.info.values.get('model')
  if (!models.has(own.name)) models.set(own.name, own)
  else if (name !== undefined) {
    const message = say`model "${name.value}" is there already`
    tell(draft, error('MODEL_DUPLICATE', message, say`Give this one another name.`, name.span))
  }
}

function tellRepeatedIds(drafts: readonly Draft[]): void {
  const taken = new Set<string>()
  for (const draft of drafts) {
    const id = draft.info.values.get('id')
    if (id === undefined) continue
    if (taken.has(id.value))
      tell(
        draft,
        error('FENCE_BAD_VALUE', say`id "${id.value}" is there already`, say`Write another id.`, id.span),
      )
    taken.add(id.value)
  }
}

function finishBlock(draft: Draft, models: ReadonlyMap<string, Model>, options: PostOptions): Block {
  const { info } = draft
  const language = info.values.get('lang')?.value ?? options.language
  const theme = THEMES.find((known) => known === info.values.get('theme')?.value) ?? options.theme
  const use = info.values.get('use')
  const model = use === undefined ? draft.own : (models.get(use.value) ?? null)
  if (use !== undefined && model === null) tell(draft, unknownModel(use, [...models.keys()]))
  const figure = use === undefined ? {} : bodySettings(draft)
  const range = stepsIn(info)
  const since = stepOf(draft, model, 'since') ?? options.since ?? null
  const step = stepOf(draft, model, 'step') ?? range?.last ?? options.step ?? null
  checkSince(draft, since, step, model)
  if (range !== null) checkStep(draft, model, 'steps', range.last)
  const planned = model?.plan(step) ?? null
  const id = info.values.get('id')?.value ?? null
  const base = { language, theme, id, classes: info.values.get('class')?.value ?? '', model, planned }
  const own = draft.problems.filter(({ problem }) => isError(problem))
  const ofModel =
    model === null || planned === null ? [] : placed(planned.problems.filter(isError), model.source)
  if (own.length > 0 || ofModel.length > 0 || planned === null)
    return {
      ...base,
      show:
        use !== undefined && own.length === 0 && ofModel.length > 0
          ? { kind: 'problems', problems: ofModel, told: use.value }
          : { kind: 'problems', problems: [...own, ...ofModel] },
    }
  if (info.flags.has('hidden')) return { ...base, show: { kind: 'hidden' } }
  const print = info.values.get('print')
  const before = since === null || model === null ? null : model.plan(since).plan
  if (print !== undefined)
    return { ...base, show: showPrint(draft, print, planned, { step, before, language, model }) }
  const wanted = { language, figure: wantedFigure(info, figure, options.figure) }
  const steps = range === null || model === null ? null : stepFigures(model, range, wanted)
  const compiled =
    steps === null
      ? drawPlanned(planned, { ...wanted, before })
      : steps.ok
        ? steps.figures[0].compiled
        : steps.failed
  const found = (
    compiled.ok
      ? compiled.problems.filter(({ code }) => code === 'KEY_WITHOUT_EFFECT')
      : compiled.problems.slice(planned.problems.length)
  ).map((problem) => placedInBlock(problem, draft, figure, model))
  for (const problem of found) draft.problems.push(problem)
  if (!compiled.ok) return { ...base, show: { kind: 'problems', problems: found } }
  return {
    ...base,
    show: steps?.ok ? { kind: 'steps', steps: steps.figures } : { kind: 'figure', compiled },
  }
}

/**
 * What drawing finds is wrong with a highlighted way or another setting: written in the info string, in the body under
 * use=, or in the model.
 */
function placedInBlock(
  problem: Problem,
  draft: Draft,
  body: Partial<FigureSettings>,
  model: Model | null,
): PlacedProblem {
  const { values } = draft.info
  const key = keyOf(problem)
  const written = key === null ? undefined : values.get(key)
  // A way or a name has a place of its own in its list.
  const isList = key === 'highlight' || key === 'focus'
  if (written !== undefined)
    return { problem: isList ? problem : { ...problem, span: written.span }, source: draft.infoSource }
  const [own, whole] = [body.places ?? {}, model?.source ?? draft.bodySource]
  if (isList) return { problem, source: (body[key] ?? []).length > 0 ? draft.bodySource : whole }
  // Said by neither, it is what the fence as a whole asks for.
  if (problem.span.end === 0) return { problem, source: draft.infoSource }
  const isOfBody = key !== null && key in own && Reflect.get(own, key) !== undefined
  return { problem, source: isOfBody ? draft.bodySource : whole }
}

/** Which key of the fence would say what a problem is about. */
function keyOf({ code, said }: Problem): FenceKey | null {
  if (code === 'SEQUENCE_WITHOUT_WAY') return 'view'
  if (code === 'UNKNOWN_FOCUS') return 'focus'
  if (code !== 'KEY_WITHOUT_EFFECT') return 'highlight'
  return FENCE_KEYS.find((key) => key === said.message.values[0]) ?? null
}

function showPrint(draft: Draft, print: Located<string>, { plan, topology }: Planned, asked: Asked): Show {
  if (plan === null || topology === null) return { kind: 'problems', problems: [] }
  const { values } = draft.info
  const { step } = asked
  if (print.value === CHANGES) {
    const text = printChanges(plan, topology, asked)
    return { kind: 'print', text, language: 'diff' }
  }
  const numberOf = (key: 'from' | 'to'): number | null => {
    const written = values.get(key)
    return written === undefined ? null : Number(written.value)
  }
  const printed = printBlock(print.value, plan, topology, {
    from: numberOf('from'),
    to: numberOf('to') ?? step,
  })
  if (printed.ok) return { kind: 'print', text: printed.text, language: printed.language }
  return {
    kind: 'problems',
    problems: [tell(draft, error(printed.code, printed.said.message, printed.said.hint, print.span))],
  }
}

interface Asked {
  readonly step: number | null
  readonly before: Plan | null
  readonly language: string
  readonly model: Model | null
}

/** Since the step that was asked for, else since the one before. */
function printChanges(plan: Plan, topology: Topology, { step, before, language, model }: Asked): string {
  const last = step ?? topology.commands.length
  const since = before ?? model?.plan(Math.max(0, last - 1)).plan ?? plan
  return changeLines(changesBetween(since, plan), wordsFor(language)).join('\n')
}

type Steps =
  | { readonly ok: true; readonly figures: readonly [StepFigure, ...StepFigure[]] }
  /** The first that cannot be drawn. */
  | { readonly ok: false; readonly failed: Exclude<Compiled, Drawn> }

function stepFigures(
  model: Model,
  { first, last }: { readonly first: number; readonly last: number },
  wanted: DrawOptions,
): Steps {
  const plans: Plan[] = []
  for (let step = first; step <= last; step++) {
    const { plan } = model.plan(step)
    if (plan !== null) plans.push(plan)
  }
  const drawn = { ...wanted, steps: { first, last, plans } }
  const begin = stepFigure(model, first, null, drawn)
  if (!begin.ok) return { ok: false, failed: begin.failed }
  const figures: [StepFigure, ...StepFigure[]] = [begin.figure]
  for (let step = first + 1; step <= last; step++) {
    const made = stepFigure(model, step, model.plan(step - 1).plan, drawn)
    if (!made.ok) return { ok: false, failed: made.failed }
    figures.push(made.figure)
  }
  return { ok: true, figures }
}

type Step =
  | { readonly ok: true; readonly figure: StepFigure }
  | { readonly ok: false; readonly failed: Exclude<Compiled, Drawn> }

function stepFigure(model: Model, step: number, before: Plan | null, wanted: DrawOptions): Step {
  const planned = model.plan(step)
  const compiled = drawPlanned(planned, { ...wanted, before })
  if (!compiled.ok) return { ok: false, failed: compiled }
  const words = wordsFor(wanted.language ?? 'en')
  const changes = before === null ? [] : changeLines(changesBetween(before, compiled.plan), words)
  const command = planned.topology?.commands[step - 1]?.line.text.trim() ?? ''
  return { ok: true, figure: { step, command, changes, compiled } }
}

/** An earlier step than the one that is drawn, of a model that has steps. */
function checkSince(draft: Draft, since: number | null, step: number | null, model: Model | null): void {
  const written = draft.info.values.get('since')
  if (written === undefined || since === null) return
  const commands = model?.plan(null).topology?.commands.length ?? 0
  const last = step ?? commands
  if (since < last || commands === 0) return
  const hint = last > 0 ? say`Write since=${last - 1}.` : say`Leave since= out.`
  tell(
    draft,
    error(
      'FENCE_BAD_VALUE',
      say`since=${since} is not before step ${last}, which is drawn`,
      hint,
      written.span,
    ),
  )
}

function stepOf(draft: Draft, model: Model | null, key: 'step' | 'since'): number | null {
  const written = draft.info.values.get(key)
  if (written === undefined || !/^\d{1,6}$/.test(written.value)) return null
  const step = Number(written.value)
  checkStep(draft, model, key, step)
  return step
}

function checkStep(draft: Draft, model: Model | null, key: 'step' | 'since' | 'steps', step: number): void {
  const written = draft.info.values.get(key)
  if (written === undefined) return
  const commands = model?.plan(null).topology?.commands.length
  if (commands !== undefined && step > commands)
    tell(
      draft,
      error(
        'STEP_OUT_OF_RANGE',
        commands === 1
          ? say`${key}=${written.value}, but the model has 1 command`
          : say`${key}=${written.value}, but the model has ${commands} commands`,
        commands === 0
          ? say`Leave ${key}= out, or write commands:.`
          : say`Write a step from 0 to ${commands}.`,
        written.span,
      ),
    )
}

function unknownModel(use: Located<string>, names: readonly string[]): Problem {
  const named = names.filter((name) => name !== '')
  const near = nearest(use.value, named)
  const hint =
    named.length === 0
      ? say`Name a block of this post: docker-network model=${use.value}.`
      : near === null
        ? say`The models of this post are ${named.join(', ')}.`
        : say`Did you mean "${near}"?`
  const problem = error('MODEL_UNKNOWN', say`there is no model "${use.value}" in this post`, hint, use.span)
  return { ...problem, fix: near === null ? undefined : { span: use.span, text: near } }
}
