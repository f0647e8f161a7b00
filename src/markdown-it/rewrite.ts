/** A Markdown text with its blocks and references replaced, as Markdown again, for generators that know nothing of us. */
import { cleanText } from '../problem/clean.ts'
import { resolveReference, splitReferences } from '../reference/index.ts'
import {
  attributeValue,
  escaped,
  flat,
  inAddress,
  inProse,
  isPlainCode,
  looksLikeTemplate,
} from './escape-value.ts'
import type { Token } from './host.ts'
import { asksForValues, infoWithoutAsking } from './info.ts'
import { codeSpans, isAddress, isProgram } from './inline-places.ts'
import type { MarkdownText } from './place.ts'
import type { Block, Post } from './post.ts'
import { referable } from './references.ts'

/** A reference in a text, `all` as it stands there, and its value; a text that is none, or has no value, gives `null`. */
type LookUp = ((all: string) => string | null) & { readonly placed?: PlaceValue | undefined }

/** What stands for a value where it is to be found again: in prose, or as HTML in code. */
export type PlaceValue = (reference: string, value: string) => string

/**
 * @param write Text in place of a block: HTML or Markdown; `number` counts the blocks from 1.
 * @param placed Instead of the mere value; references that cannot stand so are left as they are.
 */
export function rewriteMarkdown(
  tokens: readonly Token[],
  post: Post,
  markdown: MarkdownText,
  write: (block: Block, number: number) => string,
  placed?: PlaceValue,
): string {
  const written: string[] = []
  const lookUp: LookUp = Object.assign(values(post), { placed })
  const paragraphs = new Map(
    tokens.flatMap((token) => (token.type === 'inline' && token.map ? [[token.map[0], token.map[1]]] : [])),
  )
  const rows = tableLines(tokens)
  const prose = (from: number, to: number): void => {
    for (let line = from; line < to; ) {
      const end = Math.min(to, Math.max(line + 1, paragraphs.get(line) ?? 0))
      const text = markdown.lines.slice(line, end).join('\n')
      written.push(
        rows.has(line)
          ? cells(text)
              .map((cell) => withValues(cell, lookUp))
              .join('|')
          : withValues(text, lookUp),
      )
      line = end
    }
  }
  let line = 0
  let number = 0
  for (const token of tokens) {
    if (token.type !== 'fence' || !token.map) continue
    const [first, end] = token.map
    const block = post.blocks.get(token)
    prose(line, first)
    const opening = markdown.lines[first] ?? ''
    if (block !== undefined) {
      number += 1
      written.push(indented(write(block, number), opening))
    } else if (placed === undefined && asksForValues(infoOf(opening))) {
      written.push(listing(markdown.lines.slice(first, end), token.content, lookUp))
    } else {
      written.push(markdown.lines.slice(first, end).join('\n'))
    }
    line = end
  }
  prose(line, markdown.lines.length)
  return written.join('\n')
}

function tableLines(tokens: readonly Token[]): ReadonlySet<number> {
  const lines = new Set<number>()
  for (const { type, map } of tokens) {
    if (type !== 'table_open' || !map) continue
    for (let line = map[0]; line < map[1]; line++) lines.add(line)
  }
  return lines
}

/** A row of a table, cut where Markdown cuts it: no tick keeps a bar. */
const cells = (row: string): readonly string[] => row.split(/(?<!\\)\|/)

/** From the line, not the token: whoever reads the references of a text takes our name out of the token. */
const infoOf = (line: string): string => FENCE.exec(line)?.[3] ?? ''
/** The marks of lists and quotes before a fence, the fence, and its info string. */
const FENCE = /^([^`~]*)(`{3,}(?!`)|~{3,}(?!~))([^\n]*)/

const REFERENCE = /\\?\{dn:[^{}\n]{0,200}\}/g

/** An escaped reference stays escaped: the next reader of the text takes the backslash away. */
function values(post: Post): LookUp {
  const models = referable(post)
  const known = new Map<string, string | null>()
  const resolve = (all: string): string | null => {
    const [piece] = all.startsWith('\\') ? [] : splitReferences(all)
    if (piece?.kind !== 'reference') return null
    const resolved = resolveReference(piece.reference, models)
    return resolved.ok ? resolved.text : null
  }
  return (all) => {
    const value = known.has(all) ? (known.get(all) ?? null) : resolve(all)
    known.set(all, value)
    return value
  }
}

/** A paragraph, a heading, or a line of something else. */
function withValues(text: string, lookUp: LookUp): string {
  if (!text.includes('{dn:')) return text
  const written: string[] = []
  let at = 0
  for (const { start, end, ticks } of codeSpans(text)) {
    written.push(proseWithValues(text, at, start, lookUp), code(text.slice(start, end), ticks, lookUp))
    at = end
  }
  written.push(proseWithValues(text, at, text.length, lookUp))
  return written.join('')
}

function proseWithValues(text: string, from: number, to: number, lookUp: LookUp): string {
  return text.slice(from, to).replace(REFERENCE, (all, offset: number) => {
    const value = lookUp(all)
    if (value === null) return all
    const before = text.slice(Math.max(0, from + offset - MAX_LOOK_BACK), from + offset)
    const address = isAddress(before)
    if (lookUp.placed !== undefined)
      return isProgram(before) || address !== null ? all : lookUp.placed(all, value)
    if (isProgram(before)) return attributeValue(value)
    if (address !== null) return inAddress(value, address.begins)
    return inProse(value, LINE_BEGIN.test(before))
  })
}

/** Only marks of lists and quotes. */
const LINE_BEGIN = /(?:^|\n)[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]+)*>?$/

/** Letters before a reference that may tell where it stands. */
const MAX_LOOK_BACK = 300

/** What stands between backticks, which go with it where a value could end them. */
function code(span: string, ticks: number, lookUp: LookUp): string {
  if (lookUp.placed !== undefined) return placedCode(span.slice(ticks, -ticks), span, lookUp, lookUp.placed)
  let isPlain = true
  const replaced = span.replace(REFERENCE, (all) => {
    const value = lookUp(all)
    if (value === null) return all
    isPlain &&= isPlainCode(value)
    return flat(value)
  })
  if (isPlain) return replaced
  return `<code>${escaped(replaced.slice(ticks, -ticks).replace(/\n/g, ' ').trim())}</code>`
}

/** As HTML, since nothing but letters can stand between backticks. */
function placedCode(inside: string, span: string, lookUp: LookUp, placed: PlaceValue): string {
  let at = 0
  let html = ''
  for (const { 0: all, index } of inside.matchAll(REFERENCE)) {
    const value = lookUp(all)
    if (value === null) continue
    html += escaped(inside.slice(at, index)) + placed(all, value)
    at = index + all.length
  }
  return at === 0 ? span : `<code>${html}${escaped(inside.slice(at))}</code>`
}

/** A fence of another language with values in it, longer where a value has as many ticks. */
function listing(lines: readonly string[], content: string, lookUp: LookUp): string {
  const opening = lines[0] ?? ''
  const [, prefix = '', fence = '', info = ''] = FENCE.exec(opening) ?? []
  const language = infoWithoutAsking(info)
  const replaceIn = (text: string): string => text.replace(REFERENCE, (all) => valueText(all, lookUp))
  const values = lines
    .slice(1)
    .flatMap((line) => [...line.matchAll(REFERENCE)].map(([all]) => lookUp(all) ?? ''))
  // In the content the values stand already.
  if (values.some(looksLikeTemplate)) return indented(htmlListing(cleanText(content), language), opening)
  const body = lines.slice(1).map(replaceIn)
  const mark = fence[0] ?? '`'
  const longest = longestRun(body.join('\n'), mark)
  const last = lines.length > 1 ? lines.at(-1) : undefined
  const isClosed = last !== undefined && isClosing(last, fence)
  if (isClosed) body.pop()
  const needed = longestRun(body.join('\n'), mark) >= fence.length ? mark.repeat(longest + 1) : fence
  const closing = isClosed ? [`${/^[\s>]*/.exec(last)?.[0] ?? ''}${needed}`] : []
  return [`${prefix}${needed}${language}`, ...body, ...closing].join('\n')
}

const valueText = (all: string, lookUp: LookUp): string => {
  const value = lookUp(all)
  return value === null ? all : flat(value)
}

const isClosing = (line: string, fence: string): boolean => {
  const trimmed = line.replace(/^[\s>]*/, '').trimEnd()
  return trimmed.length >= fence.length && trimmed === (fence[0] ?? '').repeat(trimmed.length)
}

function longestRun(text: string, mark: string): number {
  return [...text.matchAll(mark === '~' ? /~+/g : /`+/g)].reduce(
    (most, [run]) => Math.max(most, run.length),
    0,
  )
}

/**
 * A text as a fence: longer than any run of ticks in it, or HTML where a template language would read it.
 *
 * @param mayBeTemplate Whether the host reads one inside of fences.
 */
export function listingOf(text: string, language: string, mayBeTemplate = true): string {
  const cleaned = cleanText(text).trimEnd()
  if (mayBeTemplate && looksLikeTemplate(cleaned)) return htmlListing(cleaned, language)
  const ticks = '`'.repeat(Math.max(2, longestRun(cleaned, '`')) + 1)
  return `${ticks}${language}\n${cleaned}\n${ticks}`
}

function htmlListing(text: string, language: string): string {
  const name = /^\s*([\w-]+)/.exec(language)?.[1]
  const html = text.trimEnd().split('\n').map(escaped).join('\n')
  return `<pre><code${name === undefined ? '' : ` class="language-${name}"`}>${html}</code></pre>`
}

/** Lines in the list or quote the fence stood in, and a blank one, which ends an HTML block. */
function indented(text: string, fenceLine: string): string {
  const prefix = FENCE.exec(fenceLine)?.[1] ?? ''
  const further = prefix.replace(/[^>\s]/g, ' ')
  return [...text.trimEnd().split('\n'), '']
    .map((line, index) => `${index === 0 ? prefix : further}${line}`.trimEnd())
    .join('\n')
}
