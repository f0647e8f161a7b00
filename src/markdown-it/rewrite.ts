/** A Markdown text with its blocks and references replaced, as Markdown again, for generators that know nothing of us. */
import { resolveReference, splitReferences } from '../reference/index.ts'
import type { Token } from './host.ts'
import type { MarkdownText } from './place.ts'
import type { Block, Post } from './post.ts'
import { asksForValues, infoWithoutAsking, referable } from './references.ts'

/** @param write Text in place of a block: HTML or Markdown; `number` counts the blocks from 1. */
export function rewriteMarkdown(
  tokens: readonly Token[],
  post: Post,
  markdown: MarkdownText,
  write: (block: Block, number: number) => string,
): string {
  const written: string[] = []
  let line = 0
  let number = 0
  for (const token of tokens) {
    if (token.type !== 'fence' || !token.map) continue
    const [first, end] = token.map
    const block = post.blocks.get(token)
    written.push(...withValues(markdown.lines.slice(line, first), post))
    const opening = markdown.lines[first] ?? ''
    if (block !== undefined) {
      number += 1
      written.push(...indented(write(block, number), opening))
    } else if (asksForValues(infoOf(opening))) {
      written.push(opening.replace(infoOf(opening), infoWithoutAsking(infoOf(opening))))
      written.push(...withValues(markdown.lines.slice(first + 1, end), post, asIs))
    } else {
      written.push(...markdown.lines.slice(first, end))
    }
    line = end
  }
  return [...written, ...withValues(markdown.lines.slice(line), post)].join('\n')
}

/** From the line, not the token: whoever reads the references of a text takes our name out of the token. */
const infoOf = (line: string): string => /(?:`{3,}|~{3,})(.*)$/.exec(line)?.[1] ?? ''

const REFERENCE = /\\?\{dn:[^{}\n]{0,200}\}/g

/** An escaped reference stays escaped: the next reader of the text takes the backslash away. */
function withValues(
  lines: readonly string[],
  post: Post,
  written: (value: string, text: string, offset: number) => string = inProse,
): readonly string[] {
  if (lines.length === 0) return []
  const models = referable(post)
  const text = lines.join('\n').replace(REFERENCE, (all, offset: number, whole: string) => {
    const [piece] = all.startsWith('\\') ? [] : splitReferences(all)
    if (piece?.kind !== 'reference') return all
    const resolved = resolveReference(piece.reference, models)
    return resolved.ok ? written(resolved.text, whole, offset) : all
  })
  return text.split('\n')
}

/** Whether a place is between backticks, as far as its paragraph goes. */
function isInCode(text: string, offset: number): boolean {
  const before = text.slice(text.lastIndexOf('\n\n', offset) + 1, offset)
  let open = ''
  for (const [run] of before.matchAll(/(?<!\\)`+/g)) {
    if (open === '') open = run
    else if (open === run) open = ''
  }
  return open !== ''
}

const asIs = (value: string): string => value

/** A value is text, whatever its letters mean to Markdown and HTML; both know references of characters. */
function inProse(value: string, text: string, offset: number): string {
  if (isInCode(text, offset)) return value
  return value.replace(/[\\`*_<>[\]&~|]/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

/** Lines in the list or quote the fence stood in, and a blank one, which ends an HTML block. */
function indented(text: string, fenceLine: string): readonly string[] {
  const prefix = /^(.*?)(?:```|~~~)/.exec(fenceLine)?.[1] ?? ''
  const further = prefix.replace(/[^>\s]/g, ' ')
  return [...text.trimEnd().split('\n'), ''].map((line, index) =>
    `${index === 0 ? prefix : further}${line}`.trimEnd(),
  )
}
