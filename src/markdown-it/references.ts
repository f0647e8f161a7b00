/** `{dn:web.ip}` in running text and inline code becomes the value of a model; literals are held against the models. */

import type { Plan } from '../plan/plan.ts'
import type { Problem } from '../problem/problem.ts'
import type { PlacedProblem } from '../problem/report.ts'
import {
  lintProse,
  type Prose,
  type ReferableModel,
  type Reference,
  type Subject,
  subjectsOf,
} from '../reference/index.ts'
import type { InlineRule, MarkdownIt, Token } from './host.ts'
import { isOurFence, REFERENCE_BEGIN } from './info.ts'
import { type MarkdownText, proseSource } from './place.ts'
import type { Post } from './post.ts'
import { putValues, REFERENCE_TOKEN, SHELL } from './put-values.ts'

const WRITTEN = /\{dn:[^{}\n]{0,200}\}/y

/** Keeps references in one piece, whatever else of Markdown their names look like. */
export function installReferences(md: MarkdownIt): void {
  md.inline.ruler.before('escape', REFERENCE_TOKEN, referenceRule)
}

const referenceRule: InlineRule = (state, silent) => {
  if (!state.src.startsWith(REFERENCE_BEGIN, state.pos)) return false
  WRITTEN.lastIndex = state.pos
  const found = WRITTEN.exec(state.src)?.[0]
  if (found === undefined) return false
  if (!silent) state.push(REFERENCE_TOKEN, '', 0).content = found
  state.pos += found.length
  return true
}

/** Puts values in place of references, and gives all problems of a text: its blocks', its references', its prose's. */
export function finishPost(
  tokens: readonly Token[],
  post: Post,
  markdown: MarkdownText,
  lint: boolean | 'error',
  idOf: (token: Token) => string | null = () => null,
): readonly PlacedProblem[] {
  const references = putValues(tokens, referable(post), markdown, (reference) =>
    linkIn(post, reference, idOf),
  )
  const severity = lint === 'error' ? 'error' : 'warning'
  const stale = lint === false ? [] : lintPost(tokens, post, markdown, severity)
  return [...post.problems, ...references, ...stale]
}

/**
 * The first figure of the post that has it: its place there, or the whole figure for what has no place of its own, as a
 * host. Steps are seen one at a time, so a link leads to all of them.
 */
function linkIn(
  post: Post,
  { model, path }: Reference,
  idOf: (token: Token) => string | null,
): string | null {
  let whole: string | null = null
  for (const [token, block] of post.blocks) {
    const id = idOf(token)
    const { show, planned } = block
    if (id === null || (show.kind !== 'figure' && show.kind !== 'steps')) continue
    if (model !== null && block.model?.name !== model) continue
    const subjects = planned?.plan ? subjectsOf(planned.plan, path) : []
    if (subjects.length === 0) continue
    whole ??= `#${id}`
    if (show.kind !== 'figure') continue
    const names = [path, ...subjects.map(placeOf)]
    const light = show.compiled.figure.lights.find((one) => one.names.some((name) => names.includes(name)))
    if (light !== undefined) return `#${id}-${light.mark}`
  }
  return whole
}

/** What of a subject has a place in figures: the first task of a service. */
function placeOf(subject: Subject): string {
  switch (subject.kind) {
    case 'container':
      return subject.container.name
    case 'service':
      return subject.service.tasks[0] ?? ''
    case 'network':
    case 'endpoint':
      return subject.network.key
    case 'host':
      return ''
    default:
      return subject satisfies never
  }
}

export function referable(post: Post): readonly ReferableModel[] {
  return [...post.models.values()].map((model) => ({
    name: model.name,
    steps: model.plan(null).topology?.commands.length ?? 0,
    plan: (step) => (model.failed ? null : model.plan(step).plan),
  }))
}

/** Addresses typed by hand that none of the post's models has. */
function lintPost(
  tokens: readonly Token[],
  post: Post,
  markdown: MarkdownText,
  severity: Problem['severity'],
): readonly PlacedProblem[] {
  const plans = plansOf(post)
  if (plans.length === 0) return []
  const source = proseSource(markdown, [0, markdown.lines.length])
  const problems: PlacedProblem[] = []
  lintProse(proseOf(tokens, markdown), plans, severity, (problem) => problems.push({ problem, source }))
  return problems
}

function plansOf(post: Post): readonly Plan[] {
  const shown = [...post.blocks.values()].map(({ planned }) => planned?.plan ?? null)
  const whole = [...post.models.values()].map((model) => model.plan(null).plan)
  return [...new Set([...shown, ...whole])].filter((plan) => plan !== null)
}

/** The lines of a text without its docker-network fences and without listings that are no terminal's. */
function proseOf(tokens: readonly Token[], markdown: MarkdownText): readonly Prose[] {
  const left = tokens.flatMap((token) =>
    token.type === 'fence' && token.map && (isOurFence(token.info) || !SHELL.test(token.info))
      ? [token.map]
      : [],
  )
  const pieces: Prose[] = []
  let from = 0
  let offset = 0
  for (const [start, end] of [...left, [markdown.lines.length, markdown.lines.length] as const]) {
    const text = markdown.lines.slice(from, start).join('\n')
    if (text.trim() !== '') pieces.push({ text, offset })
    offset += text.length + (start > from ? 1 : 0)
    for (let line = start; line < end; line++) offset += (markdown.lines[line] ?? '').length + 1
    from = end
  }
  return pieces
}
