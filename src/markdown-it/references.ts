/** `{dn:web.ip}` in running text and inline code becomes the value of a model; literals are held against the models. */

import type { Plan } from '../plan/plan.ts'
import { cleanText } from '../problem/clean.ts'
import type { PlacedProblem, Source } from '../problem/report.ts'
import {
  lintProse,
  type Prose,
  type ReferableModel,
  resolveReference,
  splitReferences,
} from '../reference/index.ts'
import type { InlineRule, MarkdownIt, Token } from './host.ts'
import { FENCE_NAME, isOurFence, REFERENCE_BEGIN } from './info.ts'
import { type MarkdownText, proseSource } from './place.ts'
import type { Post } from './post.ts'

/** Type of the token between the inline rule, which finds a reference, and `resolveReferences`. */
const TOKEN = 'docker_network_reference'
const WRITTEN = /\{dn:[^{}\n]{0,200}\}/y

/** Keeps references in one piece, whatever else of Markdown their names look like. */
export function installReferences(md: MarkdownIt): void {
  md.inline.ruler.before('escape', TOKEN, referenceRule)
}

const referenceRule: InlineRule = (state, silent) => {
  if (!state.src.startsWith(REFERENCE_BEGIN, state.pos)) return false
  WRITTEN.lastIndex = state.pos
  const found = WRITTEN.exec(state.src)?.[0]
  if (found === undefined) return false
  if (!silent) state.push(TOKEN, '', 0).content = found
  state.pos += found.length
  return true
}

/** Puts values in place of references, and gives all problems of a text: its blocks', its references', its prose's. */
export function finishPost(
  tokens: readonly Token[],
  post: Post,
  markdown: MarkdownText,
  lint: boolean,
): readonly PlacedProblem[] {
  const references = resolveReferences(tokens, post, markdown)
  return [...post.problems, ...references, ...(lint ? lintPost(tokens, post, markdown) : [])]
}

/** Puts values in the place of references, in text, inline code, and fences of other languages that ask for it. */
function resolveReferences(
  tokens: readonly Token[],
  post: Post,
  markdown: MarkdownText,
): readonly PlacedProblem[] {
  const models = referable(post)
  const problems: PlacedProblem[] = []
  let places = placesIn(markdown, [0, markdown.lines.length])

  const resolveIn = (token: Token, text: string): void => {
    token.content = splitReferences(text)
      .map((piece) => {
        if (piece.kind === 'text') return piece.text
        const resolved = resolveReference(piece.reference, models)
        const { start, end } = piece.reference.span
        const written = text.slice(start, end)
        const shift = places.next(written) - start
        if (resolved.ok) return cleanText(resolved.text)
        if (resolved.problem !== null) {
          const { span } = resolved.problem
          const moved = { start: span.start + shift, end: span.end + shift }
          problems.push({ problem: { ...resolved.problem, span: moved }, source: places.source() })
        }
        return written
      })
      .join('')
  }

  const visit = (children: readonly Token[]): void => {
    for (const child of children) {
      if (child.type === TOKEN) {
        resolveIn(child, child.content)
        child.type = 'text'
      } else if (child.type === 'code_inline' && child.content.includes(REFERENCE_BEGIN)) {
        resolveIn(child, child.content)
      }
      if (child.children) visit(child.children)
    }
  }

  for (const token of tokens) {
    if (token.map) places = placesIn(markdown, token.map)
    if (token.type === 'inline' && token.children) visit(token.children)
    if (token.type === 'fence' && asksForValues(token.info)) {
      token.info = infoWithoutAsking(token.info)
      resolveIn(token, token.content)
    }
  }
  return problems
}

/** Where references of some lines stand in them, one after the other. */
interface Places {
  /** Offset of the next of them, in the text of the lines. */
  next(written: string): number
  source(): Source
}

function placesIn(markdown: MarkdownText, map: readonly [number, number]): Places {
  let text: string | null = null
  let source: Source | null = null
  let from = 0
  return {
    next(written) {
      text ??= markdown.lines.slice(map[0], map[1]).join('\n')
      const at = text.indexOf(written, from)
      if (at < 0) return from
      from = at + written.length
      return at
    },
    source() {
      source ??= proseSource(markdown, map)
      return source
    },
  }
}

/** A fence of another language asks for values by our name after its own: ```` ```console docker-network ````. */
const ASKS = new RegExp(`\\s${FENCE_NAME}(?=\\s|$)`)
export const asksForValues = (info: string): boolean => !isOurFence(info) && ASKS.test(info)

/** The blanks before our name go with it. */
export function infoWithoutAsking(info: string): string {
  const found = ASKS.exec(info)
  if (found === null) return info
  return info.slice(0, found.index).trimEnd() + info.slice(found.index + found[0].length)
}

export function referable(post: Post): readonly ReferableModel[] {
  return [...post.models.values()].map((model) => ({
    name: model.name,
    steps: model.plan(null).topology?.commands.length ?? 0,
    plan: (step) => (model.failed ? null : model.plan(step).plan),
  }))
}

/** Languages of fences that show what is typed or seen at a terminal. */
const SHELL = /^\s*(?:sh|bash|shell|zsh|console|shell-session|terminal|text|txt|plain)?(?:\s|$)/

/** Addresses typed by hand that none of the post's models has. */
function lintPost(tokens: readonly Token[], post: Post, markdown: MarkdownText): readonly PlacedProblem[] {
  const plans = plansOf(post)
  if (plans.length === 0) return []
  const source = proseSource(markdown, [0, markdown.lines.length])
  const problems: PlacedProblem[] = []
  lintProse(proseOf(tokens, markdown), plans, (problem) => problems.push({ problem, source }))
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
