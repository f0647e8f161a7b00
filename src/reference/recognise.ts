/** The inline syntax for a value of a model: `{dn:PATH}`, `{dn:MODEL#PATH}`, `{dn:MODEL@STEP#PATH}`. */
import type { Span } from '../problem/problem.ts'

export interface Reference {
  /** Name of a block of the post; `null`: the post's only model, or the only one that has the value. */
  readonly model: string | null
  /** After how many of the model's commands; `null`: after all. */
  readonly step: number | null
  /** e.g. `web.ip`, `web@back.mac`, `back.subnet`. */
  readonly path: string
  /** Of the whole reference, braces included. */
  readonly span: Span
}

/** A stretch of text as it is, or a reference. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly reference: Reference }

const REFERENCE = /\\?\{dn:([^{}\n]{0,200})\}/g

/**
 * All references in a text, in order, with what stands between them. `\{dn:…}` is no reference: the backslash is
 * dropped and the rest stays as it is.
 */
export function splitReferences(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(REFERENCE)) {
    const before = text.slice(at, match.index)
    at = match.index + match[0].length
    if (match[0].startsWith('\\')) {
      pieces.push({ kind: 'text', text: before + match[0].slice(1) })
      continue
    }
    if (before !== '') pieces.push({ kind: 'text', text: before })
    const reference = parseReference(match[1] ?? '', { start: match.index, end: at })
    pieces.push({ kind: 'reference', reference })
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) })
  return pieces
}

/** Reads what stands behind `dn:`. Any text gives a reference; what it means is decided by `resolveReference`. */
export function parseReference(text: string, span: Span): Reference {
  const inside = text.trim()
  const hash = inside.indexOf('#')
  if (hash < 0) return { model: null, step: null, path: inside, span }
  const path = inside.slice(hash + 1).trim()
  const model = inside.slice(0, hash).trim()
  const step = /^(.*)@([0-9]{1,6})$/.exec(model)
  if (step === null) return { model: model === '' ? null : model, step: null, path, span }
  const name = (step[1] ?? '').trim()
  return { model: name === '' ? null : name, step: Number(step[2]), path, span }
}
