/**
 * Blocks kept fresh in place: an HTML comment holds the block, what is made of it stands below, and another comment
 * ends it. A value in prose stands between two comments in the same way.
 */
import { escaped, flat } from '../markdown-it/escape-value.ts'
import type { InputBlock } from './input.ts'

const END = '<!-- /docker-network -->'
/** Behind the marks of lists and quotes. */
const BEGIN = /^([ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t][ \t>]*)*)<!-- docker-network(?![\w-])/gm
// Each stops where another begins, so that many that do not end cost no more than their letters.
const VALUE = /<!--dn:([^{}<\n]*?)-->(?:(?!<!--dn:)[^\n])*?<!--\/dn-->/g
const CODE = /<code>((?:(?!<\/?code>)[^\n])*)<\/code>/g

export type Restored =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly line: number; readonly message: string }

/** The text as its author would write it in a source, with as many lines, so that places of problems stay true. */
export function restore(text: string): Restored {
  let result = ''
  let at = 0
  BEGIN.lastIndex = 0
  for (let found = BEGIN.exec(text); found !== null; found = BEGIN.exec(text)) {
    const [all, prefix = ''] = found
    const closed = text.indexOf('-->', found.index + all.length)
    const end = closed < 0 ? -1 : text.indexOf(END, closed)
    const next = closed < 0 ? -1 : text.slice(closed).search(BEGIN_ONCE)
    if (end < 0 || (next >= 0 && closed + next < end)) {
      const line = text.slice(0, found.index).split('\n').length
      return { ok: false, line, message: `the comment "<!-- docker-network" has no "${END}" below it` }
    }
    const [info = '', ...body] = text.slice(found.index + all.length, closed).split('\n')
    // The line of the closing mark has no text of the block.
    if ((body.at(-1) ?? '').replace(/[ \t>]/g, '') === '') body.pop()
    const lines = text.slice(found.index, end).split('\n').length
    const padding = Math.max(0, lines - 2 - body.length)
    result += restoredValues(text.slice(at, found.index))
    const further = prefix.replace(/[^>\s]/g, ' ')
    result += [
      `${prefix}\`\`\`docker-network${info.trimEnd()}`,
      ...body,
      ...Array.from({ length: padding }, () => further.trimEnd()),
      `${further}\`\`\``,
    ].join('\n')
    at = end + END.length
    BEGIN.lastIndex = at
  }
  return { ok: true, text: result + restoredValues(text.slice(at)) }
}

const BEGIN_ONCE = new RegExp(BEGIN.source, 'm')

const restoredValues = (text: string): string =>
  text
    .replace(CODE, (all, inside: string) =>
      inside.includes('<!--dn:') ? `\`${decoded(inside.replace(VALUE, '{dn:$1}'))}\`` : all,
    )
    .replace(VALUE, '{dn:$1}')

const decoded = (text: string): string =>
  text.replace(/&#(\d{1,6});/g, (_all, code: string) => String.fromCodePoint(Number(code)))

/** Why a block cannot stand in a comment; `null` when it can. */
export const unfitBlock = ({ written }: InputBlock): string | null =>
  `${written.info?.text ?? ''}${written.body.text}`.includes('-->')
    ? 'a block with "-->" cannot stand in a comment; put it in a file and name it with src='
    : null

/** @param made Markdown of the block. */
export function placedBlock({ written }: InputBlock, made: string): string {
  const info = (written.info?.text ?? '').replace(/^\s*docker-network/, '').trimEnd()
  const body = written.body.text.trimEnd()
  const comment = body === '' ? `<!-- docker-network${info} -->` : `<!-- docker-network${info}\n${body}\n-->`
  return [comment, ...(made === '' ? [] : [made]), END].join('\n\n')
}

/** @param reference as written, braces included. */
export const placedValue = (reference: string, value: string): string =>
  `<!--${reference.slice(1, -1)}-->${escaped(flat(value))}<!--/dn-->`
