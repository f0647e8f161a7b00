/**
 * All docker-network blocks of one Markdown text together: the models they name and use, what each of them shows,
 * and everything wrong with them.
 */
import { type Compiled, drawPlanned, isError, type Planned } from '../compile.ts'
import type { Located, Problem } from '../problem/problem.ts'
import { fileSource, type PlacedProblem, type Source } from '../problem/report.ts'
import { readTopology } from '../topology/read.ts'
import { type FigureSettings, VIEWS, type View } from '../topology/topology.ts'
import type { EngineVersion } from '../version.ts'
import type { FileText, ReadFile } from './files.ts'
import type { Token } from './host.ts'
import { type FenceInfo, isOurFence, readInfo } from './info.ts'
import { DIRECTIONS, error, infoProblems, partsIn, THEMES, type Theme } from './info-problems.ts'
import { createModel, type Model } from './model.ts'
import { bodySource, infoSource, type MarkdownText } from './place.ts'
import { printBlock } from './print.ts'

export interface PostOptions {
  /** Language of a block that does not say its own. */
  readonly language: string
  readonly theme: Theme
  readonly engine: EngineVersion | undefined
  /** Goes before what the blocks say: for a host that was asked for one view of everything. */
  readonly figure?: Partial<FigureSettings> | undefined
  /** For blocks that say no step of their own. */
  readonly step?: number | undefined
  readonly readFile: ReadFile
  /** Path of the post, from which `src=` paths start; `null` when it is not a file. */
  readonly path: string | null
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
  /** `null` when the block names no model that exists. */
  readonly model: Model | null
  readonly planned: Planned | null
  readonly show: Show
}

/** What stands where the block stood. */
export type Show =
  | { readonly kind: 'figure'; readonly compiled: Extract<Compiled, { readonly ok: true }> }
  | { readonly kind: 'print'; readonly text: string; readonly language: string }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'problems'; readonly problems: readonly PlacedProblem[] }

/** A fence on its way: its own model is known, those of the others perhaps not yet. */
interface Draft {
  readonly token: Token
  readonly info: FenceInfo
  readonly infoSource: Source
  readonly bodySource: Source
  readonly own: Model | null
  /** Of the info string and of reading the file. */
  readonly problems: PlacedProblem[]
}

/** What is gathered over the whole post. */
interface Gathered {
  readonly options: PostOptions
  readonly markdown: MarkdownText
  readonly models: Map<string, Model>
  readonly files: Set<string>
}

export function readPost(tokens: readonly Token[], markdown: MarkdownText, options: PostOptions): Post {
  const gathered: Gathered = { options, markdown, models: new Map(), files: new Set() }
  const drafts = tokens
    .filter((token) => token.type === 'fence' && isOurFence(token.info))
    .map((token) => readFence(token, gathered))
  const blocks = new Map<Token, Block>()
  const problems: PlacedProblem[] = []
  for (const draft of drafts) {
    blocks.set(draft.token, finishBlock(draft, gathered))
    problems.push(...draft.problems)
    if (draft.own !== null) problems.push(...placed(draft.own.plan(null).problems, draft.own.source))
  }
  return { blocks, models: gathered.models, problems, files: [...gathered.files] }
}

function readFence(token: Token, gathered: Gathered): Draft {
  const { options, markdown, models } = gathered
  const map = token.map ?? [0, 0]
  const info = readInfo(token.info)
  const problems: PlacedProblem[] = []
  const draft = {
    token,
    info,
    infoSource: infoSource(markdown, map, token.info),
    bodySource: bodySource(markdown, map, token.content),
    problems,
  }
  problems.push(...infoProblems(info).map((problem) => ({ problem, source: draft.infoSource })))
  if (info.values.has('use')) return { ...draft, own: null }
  const name = info.values.get('model')
  const text = modelText(draft, gathered)
  if (text === null) return { ...draft, own: null }
  const own = createModel(name?.value ?? '', text.text, text.source, options.engine)
  if (!models.has(own.name)) models.set(own.name, own)
  else if (name !== undefined)
    problems.push({
      problem: error(
        'MODEL_DUPLICATE',
        `model "${name.value}" is there already`,
        'give this one another name',
        name.span,
      ),
      source: draft.infoSource,
    })
  return { ...draft, own }
}

/** Body of the fence, or text of the file it names; `null` when the file cannot be read, which is then told. */
function modelText(
  draft: Omit<Draft, 'own'>,
  gathered: Gathered,
): { readonly text: string; readonly source: Source } | null {
  const src = draft.info.values.get('src')
  if (src === undefined) return { text: draft.token.content, source: draft.bodySource }
  const file = gathered.options.readFile(src.value, gathered.options.path)
  if (!file.ok) {
    draft.problems.push({ problem: fileProblem(src, file.why), source: draft.infoSource })
    return null
  }
  gathered.files.add(file.file)
  if (draft.token.content.trim() !== '')
    draft.problems.push({
      problem: error(
        'FENCE_BODY_AND_SRC',
        `the block has a body and src=${src.value}`,
        'empty the body, or take src= out',
        src.span,
      ),
      source: draft.infoSource,
    })
  return { text: file.text, source: fileSource(file.file, file.text) }
}

function finishBlock(draft: Draft, gathered: Gathered): Block {
  const { options, models } = gathered
  const { info } = draft
  const language = info.values.get('lang')?.value ?? options.language
  const theme = THEMES.find((known) => known === info.values.get('theme')?.value) ?? options.theme
  const use = info.values.get('use')
  const model = use === undefined ? draft.own : (models.get(use.value) ?? null)
  if (use !== undefined && model === null)
    draft.problems.push({ problem: unknownModel(use, [...models.keys()]), source: draft.infoSource })
  const figure = use === undefined ? {} : bodySettings(draft)
  const step = stepOf(draft, model) ?? options.step ?? null
  const planned = model?.plan(step) ?? null
  const base = { language, theme, model, planned }
  const own = draft.problems.filter(({ problem }) => isError(problem))
  const ofModel =
    model === null || planned === null ? [] : placed(planned.problems.filter(isError), model.source)
  if (own.length > 0 || ofModel.length > 0 || planned === null)
    return { ...base, show: { kind: 'problems', problems: [...own, ...ofModel] } }
  if (info.flags.has('hidden')) return { ...base, show: { kind: 'hidden' } }
  const print = info.values.get('print')
  if (print !== undefined) return { ...base, show: showPrint(draft, print, planned, step) }
  const compiled = drawPlanned(planned, { language, figure: wantedFigure(info, figure, options.figure) })
  if (compiled.ok) return { ...base, show: { kind: 'figure', compiled } }
  // What drawing finds wrong is a highlighted way, written in the info string, the body under use=, or the model.
  const source = info.values.has('highlight')
    ? draft.infoSource
    : (figure.highlight ?? []).length > 0
      ? draft.bodySource
      : (model?.source ?? draft.bodySource)
  const found = placed(compiled.problems.slice(planned.problems.length), source)
  draft.problems.push(...found)
  return { ...base, show: { kind: 'problems', problems: found } }
}

function showPrint(
  draft: Draft,
  print: Located<string>,
  { plan, topology }: Planned,
  step: number | null,
): Show {
  if (plan === null || topology === null) return { kind: 'problems', problems: [] }
  const { values } = draft.info
  const numberOf = (key: 'from' | 'to'): number | null => {
    const written = values.get(key)
    return written === undefined ? null : Number(written.value)
  }
  const printed = printBlock(print.value, plan, topology, {
    from: numberOf('from'),
    to: numberOf('to') ?? step,
  })
  if (printed.ok) return { kind: 'print', text: printed.text, language: printed.language }
  const problem = error(printed.code, printed.message, printed.hint, print.span)
  const found = [{ problem, source: draft.infoSource }]
  draft.problems.push(...found)
  return { kind: 'problems', problems: found }
}

/** Settings in the order they go before one another: the host's, the info string's, those of the body under `use=`. */
function wantedFigure(
  info: FenceInfo,
  body: Partial<FigureSettings>,
  host: Partial<FigureSettings> = {},
): Partial<FigureSettings> {
  const view = VIEWS.find((known): known is View => known === info.values.get('view')?.value)
  const way = info.values.get('highlight')
  const direction = DIRECTIONS.find((known) => known === info.values.get('direction')?.value)
  return {
    ...body,
    view: host.view ?? view ?? body.view ?? null,
    direction: direction ?? body.direction ?? null,
    show: partsIn(info, 'show') ?? body.show ?? [],
    hide: partsIn(info, 'hide') ?? body.hide ?? [],
    title: info.values.get('title')?.value ?? body.title ?? null,
    caption: info.values.get('caption')?.value ?? body.caption ?? null,
    highlight: way === undefined ? (body.highlight ?? []) : [way],
  }
}

/** Under `use=` a body may hold a `figure:` of its own, and nothing else. */
function bodySettings(draft: Draft): Partial<FigureSettings> {
  if (draft.token.content.trim() === '') return {}
  const found: Problem[] = []
  const topology = readTopology(draft.token.content, (problem) => found.push(problem))
  draft.problems.push(...placed(found, draft.bodySource))
  if (topology === null) return {}
  const more =
    topology.services.size > 0 ||
    topology.networks.size > 0 ||
    topology.commands.length > 0 ||
    topology.hostsDeclared
  if (more)
    draft.problems.push({
      problem: error(
        'FENCE_BODY_AND_USE',
        'the block uses a model and has one of its own in the body',
        'leave only `figure:` in the body, or take use= out',
        draft.info.values.get('use')?.span ?? { start: 0, end: 0 },
      ),
      source: draft.infoSource,
    })
  return topology.figure
}

function stepOf(draft: Draft, model: Model | null): number | null {
  const written = draft.info.values.get('step')
  if (written === undefined || !/^\d{1,6}$/.test(written.value)) return null
  const step = Number(written.value)
  const commands = model?.plan(null).topology?.commands.length
  if (commands !== undefined && step > commands)
    draft.problems.push({
      problem: error(
        'STEP_OUT_OF_RANGE',
        `step=${step}, but the model has ${commands} commands`,
        `write a step from 0 to ${commands}`,
        written.span,
      ),
      source: draft.infoSource,
    })
  return step
}

const placed = (problems: readonly Problem[], source: Source): readonly PlacedProblem[] =>
  problems.map((problem) => ({ problem, source }))

function unknownModel(use: Located<string>, names: readonly string[]): Problem {
  const named = names.filter((name) => name !== '')
  const hint =
    named.length === 0
      ? `name a block of this post: docker-network model=${use.value}`
      : `the models of this post are ${named.join(', ')}`
  return error('MODEL_UNKNOWN', `there is no model "${use.value}" in this post`, hint, use.span)
}

function fileProblem(src: Located<string>, why: Exclude<FileText, { readonly ok: true }>['why']): Problem {
  switch (why) {
    case 'missing':
      return error(
        'SRC_NOT_FOUND',
        `${src.value} is not there`,
        'paths start at the folder of the post',
        src.span,
      )
    case 'outside':
      return error(
        'SRC_OUTSIDE_PROJECT',
        `${src.value} is outside of the project`,
        'copy the file into the project',
        src.span,
      )
    case 'not-a-file':
      return error(
        'SRC_NOT_A_FILE',
        `${src.value} is not a file`,
        'name a compose file or a topology file',
        src.span,
      )
    case 'too-large':
      return error(
        'SRC_TOO_LARGE',
        `${src.value} is larger than 1 MiB`,
        'keep the networks and services in a file of their own',
        src.span,
      )
    default:
      return why satisfies never
  }
}
