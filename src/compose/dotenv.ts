/**
 * Files of variables, such as `.env`, as compose reads them: `NAME=value`, quotes, comments, variables in values.
 * @see https://github.com/compose-spec/compose-go/blob/main/dotenv/parser.go
 */

import type { Report } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import { interpolate } from './interpolation.ts'
import { problemAt } from './problem-at.ts'

/** A name, perhaps behind `export`, then `=` or `:` or the end of the line. */
const STATEMENT =
  /[ \t\v\f\r]*(?:export[ \t]+)?(?:([\p{L}\p{N}_.\-[\]]+)[ \t\v\f\r]*)?(=|:|\n|$)[ \t\v\f\r]*/uy

/**
 * Adds what `text` says to `values`.
 *
 * @param start Where the text begins among all texts.
 * @param environment What goes before the file, for its own variables too.
 */
export function readVariables(
  text: string,
  start: number,
  environment: ReadonlyMap<string, string>,
  values: Map<string, string>,
  report: Report,
): void {
  let at = text.startsWith('\ufeff') ? 1 : 0
  const lineEnd = (from: number): number => {
    const newline = text.indexOf('\n', from)
    return newline < 0 ? text.length : newline
  }
  const expand = (value: string, from: number): string => {
    if (!value.includes('$')) return value
    const span = { start: start + from, end: start + lineEnd(from) }
    const known = new Map([...values, ...environment])
    // A variable that is not set is empty without a word: it may well be set in a shell.
    return interpolate(value, span, { values: known, file: null }, (problem) => {
      if (problem.severity === 'error') report(problem)
    })
  }
  for (;;) {
    while (at < text.length && /\s/.test(text[at] ?? '')) at += 1
    if (at >= text.length) return
    if (text[at] === '#') {
      at = lineEnd(at)
      continue
    }
    STATEMENT.lastIndex = at
    const match = STATEMENT.exec(text)
    const [all = '', name = '', sign = ''] = match ?? []
    if (match === null || name === '') {
      const span = { start: start + at, end: start + lineEnd(at) }
      const hint = say`Write NAME=value, one a line; comments begin with #.`
      report(problemAt('INVALID_VARIABLE_FILE', span, say`This line names no variable`, hint))
      return
    }
    const from = at
    at += all.length
    if (sign !== '=' && sign !== ':') {
      const inherited = environment.get(name) ?? values.get(name)
      if (inherited !== undefined) values.set(name, inherited)
      continue
    }
    const quote = text[at]
    if (quote !== '"' && quote !== "'") {
      const end = lineEnd(at)
      const written = text.slice(at, end).split(' #')[0]?.trimEnd() ?? ''
      values.set(name, expand(written, from))
      at = end
      continue
    }
    const end = closingQuote(text, at + 1, quote)
    if (end < 0) {
      const span = { start: start + at, end: start + lineEnd(at) }
      report(
        problemAt(
          'INVALID_VARIABLE_FILE',
          span,
          say`The quote does not end`,
          say`Write ${quote} at its end.`,
        ),
      )
      return
    }
    const inside = text.slice(at + 1, end).replaceAll(`\\${quote}`, quote)
    values.set(name, quote === '"' ? expand(unescaped(inside), from) : inside)
    at = end + 1
  }
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i += 1
    else if (text[i] === quote) return i
  }
  return -1
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['$', '$$'],
])

/** `\n` and the like; `\$` is a dollar sign that begins no variable. */
function unescaped(text: string): string {
  return text.replace(/\\(0[0-7]{1,3}|[abfnrtv\\$])/g, (all, what: string) =>
    what.startsWith('0') ? String.fromCharCode(Number.parseInt(what, 8)) : (ESCAPES.get(what) ?? all),
  )
}
