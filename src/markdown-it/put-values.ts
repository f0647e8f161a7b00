/**
 * Values in place of references in the tokens of a text: prose, inline code, addresses and titles of links and images,
 * HTML, and fences that ask for them.
 */

import { element, escapeHtml } from '../html/escape.ts'
import { cleanText } from '../problem/clean.ts'
import type { PlacedProblem, Source } from '../problem/report.ts'
import { type Said, say } from '../problem/say.ts'
import { type ReferableModel, type Reference, resolveReference, splitReferences } from '../reference/index.ts'
import { attributeValue, htmlText, inAddress } from './escape-value.ts'
import type { Token } from './host.ts'
import { asksForValues, infoWithoutAsking, isOurFence, REFERENCE_BEGIN } from './info.ts'
import { error } from './info-problems.ts'
import { isAddress, isProgram } from './inline-places.ts'
import { type MarkdownText, proseSource } from './place.ts'

/** Type of the token between the inline rule, which finds a reference, and `putValues`. */
export const REFERENCE_TOKEN = 'docker_network_reference'

/** Attributes of links and images, which markdown-it percent-encodes. */
const ENCODED = ['href', 'src'] as const

/** Address in the page of what a reference names, which has no property; `null` where no figure shows it. */
export type LinkTo = (reference: Reference) => string | null

function linkOf(text: string, linkTo: LinkTo): string | null {
  const [piece] = splitReferences(text)
  return piece?.kind === 'reference' ? linkTo(piece.reference) : null
}

const linked =
  (address: string) =>
  (value: string): string =>
    element('a', { class: 'docker-network-link', href: address }, escapeHtml(value))

/** @returns what is wrong with the references. */
export function putValues(
  tokens: readonly Token[],
  models: readonly ReferableModel[],
  markdown: MarkdownText,
  linkTo: LinkTo = () => null,
): readonly PlacedProblem[] {
  const problems: PlacedProblem[] = []
  let places = placesIn(markdown, [0, markdown.lines.length])

  /** @param put the text that stands for a value, which begins at an offset of `text`. */
  const resolveIn = (text: string, put: (value: string, at: number) => string): string =>
    splitReferences(text)
      .map((piece) => {
        if (piece.kind === 'text') return piece.text
        const resolved = resolveReference(piece.reference, models)
        const { start, end } = piece.reference.span
        const written = text.slice(start, end)
        if (resolved.ok) return put(resolved.text, start)
        if (resolved.problem !== null) {
          const { at, source } = places.next(written)
          const { span } = resolved.problem
          const moved = { start: span.start - start + at, end: span.end - start + at }
          problems.push({ problem: { ...resolved.problem, span: moved }, source })
        }
        return written
      })
      .join('')

  const leave = (token: Token, hint: Said): void => {
    for (const piece of splitReferences(token.content)) {
      if (piece.kind === 'text' || !resolveReference(piece.reference, models).ok) continue
      const written = token.content.slice(piece.reference.span.start, piece.reference.span.end)
      const { at, source } = places.next(written)
      const span = { start: at, end: at + written.length }
      const message = say`${written} stands in the page as it is written here`
      problems.push({ problem: error('REFERENCE_AS_TEXT', message, hint, span, 'warning'), source })
    }
  }

  const visit = (children: readonly Token[]): void => {
    for (const [index, child] of children.entries()) {
      const isAutoText = child.type === 'text' && children[index - 1]?.info === 'auto'
      if (child.type === REFERENCE_TOKEN) {
        const link = linkOf(child.content, linkTo)
        child.content = resolveIn(child.content, link === null ? cleanText : linked(link))
        child.type = link === null ? 'text' : 'html_inline'
      } else if (isAutoText || child.type === 'code_inline') {
        child.content = resolveIn(child.content, cleanText)
      } else if (child.type === 'html_inline') {
        child.content = resolveIn(child.content, inHtml(child.content))
      }
      visitAttributes(child)
      if (child.children) visit(child.children)
    }
    joinAddresses(children)
  }

  const visitAttributes = (token: Token): void => {
    for (const name of ENCODED) {
      const value = token.attrGet(name)
      if (value === null || !value.includes('%7Bdn:')) continue
      const text = value.replace(/%7Bdn:(?:(?!%7[BD])[^\s{}])*%7D/g, decoded)
      token.attrSet(
        name,
        // The token holds the address itself, not HTML of it.
        resolveIn(text, (one, at) => inAddress(one, at === 0).replace(/^&#37;/, '%')),
      )
    }
    const title = token.attrGet('title')
    if (title?.includes(REFERENCE_BEGIN)) token.attrSet('title', resolveIn(title, cleanText))
  }

  for (const token of tokens) {
    if (token.map) places = placesIn(markdown, token.map)
    if (token.type === 'inline' && token.children) visit(token.children)
    if (!token.content.includes(REFERENCE_BEGIN)) continue
    if (token.type === 'html_block') token.content = resolveIn(token.content, inHtml(token.content))
    else if (token.type === 'code_block')
      leave(token, say`Write it in a fence that begins with \`\`\`text docker-network.`)
    else if (token.type === 'fence' && asksForValues(token.info)) {
      token.content = resolveIn(token.content, cleanText)
    } else if (token.type === 'fence' && SHELL.test(token.info) && !isOurFence(token.info)) {
      const language = token.info.trim() === '' ? 'text' : token.info.trim()
      leave(
        token,
        say`To have its value there, write docker-network behind the language: ${language} docker-network.`,
      )
    }
  }
  for (const token of tokens)
    if (token.type === 'fence' && asksForValues(token.info)) token.info = infoWithoutAsking(token.info)
  return problems
}

/** Languages of fences that show what is typed or seen at a terminal. */
export const SHELL = /^\s*(?:sh|bash|shell|zsh|console|shell-session|terminal|text|txt|plain)?(?:\s|$)/

/** A value in HTML that the author wrote: what stands before it says what it is there. */
const inHtml =
  (html: string) =>
  (value: string, at: number): string => {
    const before = html.slice(Math.max(0, at - MAX_LOOK_BACK), at)
    if (isProgram(before) || isInProgram(html.slice(0, at))) return attributeValue(value)
    const address = isAddress(before)
    return address === null ? htmlText(value) : inAddress(value, address.begins)
  }

/** Letters before a reference that may tell where it stands. */
const MAX_LOOK_BACK = 300

/** Between the tags of a script or a style sheet, where HTML's references of letters mean nothing. */
const isInProgram = (before: string): boolean =>
  /<(?:script|style)\b/i.test(before) && /<(?:script|style)\b(?![\s\S]*<\/(?:script|style))/i.test(before)

const decoded = (written: string): string => {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

/**
 * A value behind `http://` goes into one text with what stands around it, so that markdown-it finds the address when it
 * is asked to make links of such texts.
 */
function joinAddresses(children: readonly Token[]): void {
  let open: Token | null = null
  for (const child of children) {
    if (child.type !== 'text') open = null
    else if (open !== null) {
      open.content += child.content
      child.content = ''
      if (/\s/.test(open.content.slice(-1))) open = null
    } else if (/\bhttps?:\/\/\S*$/.test(child.content)) open = child
  }
}

/** Where references of some lines stand in them. */
interface Places {
  /** The next place of a reference that is written so. */
  next(written: string): { readonly at: number; readonly source: Source }
}

function placesIn(markdown: MarkdownText, map: readonly [number, number]): Places {
  const cursors = new Map<string, number>()
  let text: string | null = null
  let source: Source | null = null
  return {
    next(written) {
      text ??= markdown.lines.slice(map[0], map[1]).join('\n')
      const at = text.indexOf(written, cursors.get(written) ?? 0)
      if (at >= 0) {
        cursors.set(written, at + written.length)
        // One for all of them: what a problem shows of a line is looked for once.
        source ??= proseSource(markdown, map)
        return { at, source }
      }
      // The address of a link may be defined somewhere else in the text.
      const elsewhere = Math.max(0, markdown.lines.join('\n').indexOf(written))
      return { at: elsewhere, source: proseSource(markdown, [0, markdown.lines.length]) }
    },
  }
}
