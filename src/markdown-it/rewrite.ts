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
      written.push(...withValues(markdown.lines.slice(first + 1, end), post))
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
function withValues(lines: readonly string[], post: Post): readonly string[] {
  if (lines.length === 0) return []
  const models = referable(post)
  const text = lines.join('\n').replace(REFERENCE, (all) => {
    const [piece] = all.startsWith('\\') ? [] : splitReferences(all)
    if (piece?.kind !== 'reference') return all
    const resolved = resolveReference(piece.reference, models)
    return resolved.ok ? resolved.text : all
  })
  return text.split('\n')
}

/** Lines in the list or quote the fence stood in, and a blank one, which ends an HTML block. */
function indented(text: string, fenceLine: string): readonly string[] {
  const prefix = /^(.*?)(?:```|~~~)/.exec(fenceLine)?.[1] ?? ''
  const further = prefix.replace(/[^>\s]/g, ' ')
  return [...text.trimEnd().split('\n'), ''].map((line, index) =>
    `${index === 0 ? prefix : further}${line}`.trimEnd(),
  )
}
