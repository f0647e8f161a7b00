/**
 * Variables in values, as compose reads them.
 * @see https://github.com/compose-spec/compose-go/blob/main/template/template.go
 */

import type { Report, Span } from '../problem/problem.ts'
import { type Said, say } from '../problem/say.ts'
import { MAX_INTERPOLATED_LENGTH } from './limits.ts'
import { problemAt, warningAt } from './problem-at.ts'

/** Where the variables of a text come from. */
export interface Variables {
  readonly values: ReadonlyMap<string, string>
  /** The file an author can write a missing one in; `null` where none is read. */
  readonly file: string | null
}

const EXAMPLE = '$' + '{NAME:-default}'
const NAME = /[_a-zA-Z][_a-zA-Z0-9]*/y

/** `text` with its variables replaced. Unset ones are empty, with a warning, as compose does it. */
export function interpolate(text: string, span: Span, variables: Variables, report: Report): string {
  if (text.length > MAX_INTERPOLATED_LENGTH) {
    const message = say`A text of ${text.length} letters has variables; at most ${MAX_INTERPOLATED_LENGTH} are read`
    report(
      problemAt('INVALID_VARIABLE', span, message, say`Write $$ for each dollar sign, or a shorter text.`),
    )
    return text
  }
  let out = ''
  let at = 0
  while (at < text.length) {
    const dollar = text.indexOf('$', at)
    if (dollar < 0) return out + text.slice(at)
    out += text.slice(at, dollar)
    const next = text[dollar + 1]
    if (next === '$') {
      out += '$'
      at = dollar + 2
    } else if (next === '{') {
      const end = closingBrace(text, dollar + 2)
      if (end < 0) {
        const message = say`"${opening(text, dollar)}" has no closing brace`
        report(problemAt('INVALID_VARIABLE', span, message, say`Write ${EXAMPLE}, or $$ for a dollar sign.`))
        return out + text.slice(dollar)
      }
      out += braced(text.slice(dollar + 2, end), span, variables, report)
      at = end + 1
    } else {
      NAME.lastIndex = dollar + 1
      const name = NAME.exec(text)?.[0]
      // A dollar sign that begins nothing is one; a value may end with it.
      out += name === undefined ? '$' : valueOfName(name, span, variables, report)
      at = dollar + 1 + (name?.length ?? 0)
    }
  }
  return out
}

/** What is said of a variable that cannot be read: its name alone, since what follows may be a password. */
function opening(text: string, dollar: number): string {
  const [start = ''] = /^\$\{[^:?+-]{0,64}/.exec(text.slice(dollar)) ?? []
  return dollar + start.length < text.length ? `${start}…` : start
}

/** The value of `${…}`: `NAME`, then `:-`, `-`, `:?`, `?`, `:+` or `+` and a text. */
function braced(inside: string, span: Span, variables: Variables, report: Report): string {
  const match = /^([_a-zA-Z][_a-zA-Z0-9]*)(?:(:?)([-?+])([\s\S]*))?$/.exec(inside)
  if (match === null) {
    const message = say`"${opening(`\${${inside}}`, 0)}" names no variable`
    report(problemAt('INVALID_VARIABLE', span, message, say`Write ${EXAMPLE}.`))
    return ''
  }
  const [, name = '', colon, operator, rest = ''] = match
  const value = variables.values.get(name)
  // With a colon an empty variable counts as unset.
  const set = value !== undefined && (colon !== ':' || value !== '')
  const other = (): string => interpolate(rest, span, variables, report)
  switch (operator) {
    case '-':
      return set ? value : other()
    case '+':
      return set ? other() : (value ?? '')
    case '?': {
      if (set) return value
      const missing = say`required variable ${name} is missing a value`
      // As written: a page shows the message, and a variable in it may be a password of .env.
      const message = rest === '' ? missing : say`${missing}: ${rest}`
      report(problemAt('VARIABLE_REQUIRED', span, message, adviceFor(name, variables)))
      return ''
    }
    default:
      return valueOfName(name, span, variables, report)
  }
}

function valueOfName(name: string, span: Span, variables: Variables, report: Report): string {
  const value = variables.values.get(name)
  if (value !== undefined) return value
  const message = say`The variable ${name} is not set here and counts as empty`
  report(warningAt('VARIABLE_NOT_SET', span, message, adviceFor(name, variables)))
  return ''
}

function adviceFor(name: string, { file }: Variables): Said {
  const withDefault = `\${${name}:-value}`
  return file === null ? say`Write ${withDefault}.` : say`Write ${withDefault}, or ${name}=value in ${file}.`
}

function closingBrace(text: string, from: number): number {
  let depth = 1
  for (let i = from; i < text.length; i++) {
    if (text[i] === '$' && text[i + 1] === '{') depth += 1
    else if (text[i] === '}') {
      depth -= 1
      if (depth === 0) return i
    }
  }
  return -1
}
