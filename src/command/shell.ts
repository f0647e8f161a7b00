/**
 * A shell line as words that know where they were written. Nothing of the shell is run: variables stay as they are,
 * substitutions are dropped. One pass, letter by letter.
 *
 * @see POSIX.1-2024, Shell Command Language, 2.2 Quoting, 2.3 Token Recognition
 */

import type { Span } from '../problem/problem.ts'
import { type Said, say } from '../problem/say.ts'
import { partOf, placeIn, type Written } from '../problem/written.ts'

export interface ShellLine {
  /** Simple commands in order; what follows `||` is left out. */
  readonly commands: readonly ShellCommand[]
  /** Why a shell would run none of it. */
  readonly fault: ShellFault | null
}
export interface ShellFault {
  readonly message: string
  readonly hint: Said
  readonly at: Span
}
export interface ShellCommand {
  readonly words: readonly Written[]
  /** `$(…)` or backticks as written: not run, so the words they would give are missing. */
  readonly substitutions: readonly Written[]
  /** Words of the commands it is piped into. */
  readonly pipedInto: readonly (readonly Written[])[]
}

/** The commands of one line as they are put together. */
interface Commands {
  readonly done: ShellCommand[]
  words: Written[]
  substitutions: Written[]
  piped: Written[][]
  /** Behind `|` words go to the command piped into. */
  target: Written[]
  /** Behind `||`: not run. */
  skips: boolean
}

/** Where the reading of a line is. */
interface Scan {
  readonly line: Written
  at: number
  fault: ShellFault | null
}

export function splitShell(line: Written): ShellLine {
  const commands: Commands = { done: [], ...emptyCommand(), skips: false }
  const scan: Scan = { line, at: 0, fault: null }
  const { text } = line
  while (scan.at < text.length && scan.fault === null) {
    const letter = text[scan.at] ?? ''
    if (isBlank(letter)) scan.at += 1
    else if (letter === '#') scan.at = endOfLine(text, scan.at)
    else if (OPERATORS.has(letter) && !isProcess(text, scan.at)) readOperator(scan, commands)
    else {
      const word = readWord(scan)
      // A digit right in front of a redirection is the stream.
      if (word.written !== null && !(isDigits(word.written.text) && isRedirection(text[scan.at])))
        commands.target.push(word.written)
      commands.substitutions.push(...word.substitutions)
    }
  }
  finish(commands)
  return scan.fault === null ? { commands: commands.done, fault: null } : { commands: [], fault: scan.fault }
}

function emptyCommand(): Omit<Commands, 'done' | 'skips'> {
  const words: Written[] = []
  return { words, substitutions: [], piped: [], target: words }
}

function finish(commands: Commands): void {
  const { words, substitutions, piped, skips, done } = commands
  if (!skips && (words.length > 0 || substitutions.length > 0))
    done.push({ words, substitutions, pipedInto: piped })
  Object.assign(commands, emptyCommand())
}

const isBlank = (letter: string): boolean =>
  letter === ' ' || letter === '\t' || letter === '\n' || letter === '\r'
const isDigits = (text: string): boolean => /^[0-9]+$/.test(text)
const isRedirection = (letter: string | undefined): boolean => letter === '<' || letter === '>'
const OPERATORS: ReadonlySet<string> = new Set([';', '&', '|', '<', '>', '(', ')'])
/** `<(…)` stands for a file name. */
const isProcess = (text: string, at: number): boolean => isRedirection(text[at]) && text[at + 1] === '('

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function readOperator(scan: Scan, commands: Commands): void {
  const { text } = scan.line
  const [letter = '', next = ''] = text.slice(scan.at, scan.at + 2)
  scan.at += 1
  if (letter === '(' || letter === ')') return
  if (isRedirection(letter) || (letter === '&' && next === '>')) {
    while (REDIRECTION_LETTERS.has(text[scan.at] ?? '')) scan.at += 1
    while (isBlank(text[scan.at] ?? '')) scan.at += 1
    // The word behind a redirection is its file.
    readWord(scan)
    return
  }
  if (letter === '|' && next !== '|') {
    if (next === '&') scan.at += 1
    commands.target = []
    commands.piped.push(commands.target)
    return
  }
  if (next === letter) scan.at += 1
  finish(commands)
  commands.skips = letter === '|'
}

const REDIRECTION_LETTERS: ReadonlySet<string> = new Set(['<', '>', '|', '&'])

interface Word {
  /** `null` when what it would be is not known, or there is none. */
  readonly written: Written | null
  readonly substitutions: readonly Written[]
}

/** A word as it is put together; `letters` only once a letter is not where it would be without quotes. */
interface Draft {
  text: string
  letters: number[] | null
  isKnown: boolean
  isQuoted: boolean
  readonly substitutions: Written[]
}

/** Reads to the next blank or operator outside of quotes. */
function readWord(scan: Scan): Word {
  const { line } = scan
  const { text } = line
  const start = scan.at
  const draft: Draft = { text: '', letters: null, isKnown: true, isQuoted: false, substitutions: [] }
  scan.at = endOfPlain(text, start)
  draft.text = text.slice(start, scan.at)
  while (scan.at < text.length && scan.fault === null) {
    const letter = text[scan.at] ?? ''
    if (isBlank(letter) || (OPERATORS.has(letter) && !isProcess(text, scan.at))) break
    if (letter === "'") readSingle(scan, draft)
    else if (letter === '"') readDouble(scan, draft)
    else if (letter === '\\') {
      const next = text[scan.at + 1] ?? '\n'
      if (next === '\n') quote(scan, draft, 2)
      else put(scan, draft, next, 2)
    } else if (!readDollar(scan, draft, false)) put(scan, draft, letter, 1)
  }
  const { substitutions, isKnown, isQuoted } = draft
  // Nothing but the end of a line behind a backslash is no word.
  if (!isKnown || (draft.text === '' && !isQuoted)) return { written: null, substitutions }
  const plain = draft.letters === null && line.letters === null
  const letters = plain ? null : (draft.letters ?? partOf(line, start, scan.at).letters)
  return { written: { text: draft.text, span: placeIn(line, start, scan.at), letters }, substitutions }
}

/** Most words are nothing but plain letters. */
function endOfPlain(text: string, from: number): number {
  let at = from
  while (at < text.length && !NOT_PLAIN.has(text[at] ?? '')) at += 1
  return at
}
const NOT_PLAIN: ReadonlySet<string> = new Set(' \t\n\r;&|<>()\'"\\$`')

/** A letter of the word, which takes `length` letters of the line. */
function put(scan: Scan, draft: Draft, letter: string, length: number): void {
  if (length > 1) quote(scan, draft, 0)
  draft.text += letter
  if (draft.letters !== null) {
    const { start, end } = placeIn(scan.line, scan.at, scan.at + length)
    draft.letters.push(start, end)
  }
  scan.at += length
}

/** Letters of the line that are none of the word: from here on letters are not where they would be. */
function quote(scan: Scan, draft: Draft, length: number): void {
  if (draft.letters === null) {
    draft.letters = []
    const from = scan.at - draft.text.length
    for (let i = from; i < scan.at; i++) {
      const { start, end } = placeIn(scan.line, i, i + 1)
      draft.letters.push(start, end)
    }
  }
  scan.at += length
}

function readSingle(scan: Scan, draft: Draft): void {
  const { text } = scan.line
  const open = scan.at
  const close = text.indexOf("'", open + 1)
  if (close < 0) {
    unclosed(scan, open, "'")
    return
  }
  draft.isQuoted = true
  quote(scan, draft, 1)
  while (scan.at < close) put(scan, draft, text[scan.at] ?? '', 1)
  scan.at = close + 1
}

/** Letters that a backslash takes their meaning from inside of double quotes. */
const ESCAPED = '"\\$`\n'

function readDouble(scan: Scan, draft: Draft): void {
  const { text } = scan.line
  const open = scan.at
  draft.isQuoted = true
  quote(scan, draft, 1)
  while (scan.at < text.length && scan.fault === null) {
    const letter = text[scan.at] ?? ''
    if (letter === '"') {
      scan.at += 1
      return
    }
    const next = text[scan.at + 1] ?? ''
    if (letter === '\\' && next === '\n') scan.at += 2
    else if (letter === '\\' && next !== '' && ESCAPED.includes(next)) put(scan, draft, next, 2)
    else if (!readDollar(scan, draft, true)) put(scan, draft, letter, 1)
  }
  if (scan.fault === null) unclosed(scan, open, '"')
}

/** `$(…)`, backticks, `<(…)`, `${…}`, `$'…'`: false when there is none of them here. */
function readDollar(scan: Scan, draft: Draft, inQuotes: boolean): boolean {
  const { text } = scan.line
  const letter = text[scan.at]
  const next = text[scan.at + 1]
  if (letter === '`') return substitute(scan, draft, text.indexOf('`', scan.at + 1), '`')
  if (letter === '$' && next === '{') return readVariable(scan, draft)
  const isCall = letter === '$' && next === '('
  if (isCall || (!inQuotes && isProcess(text, scan.at)))
    return substitute(scan, draft, closing(text, scan.at + 1), ')')
  if (letter !== '$' || inQuotes || (next !== "'" && next !== '"')) return false
  quote(scan, draft, 1)
  return true
}

/** A variable in braces stays as it is written. */
function readVariable(scan: Scan, draft: Draft): boolean {
  const { text } = scan.line
  const end = text.indexOf('}', scan.at)
  if (end < 0 || end === scan.at + 2) {
    const at = placeIn(scan.line, scan.at, Math.min(scan.at + 3, text.length))
    const hint = say`Write a name between the braces, or single quotes around the text.`
    scan.fault = { message: 'bad substitution', hint, at }
    return true
  }
  while (scan.at <= end) put(scan, draft, text[scan.at] ?? '', 1)
  return true
}

/** Index of the bracket that closes the one at `open`; -1 for none. */
function closing(text: string, open: number): number {
  let depth = 0
  let quoted = ''
  for (let at = open; at < text.length; at++) {
    const letter = text[at] ?? ''
    if (letter === '\\' && quoted !== "'") at += 1
    else if (quoted !== '') quoted = letter === quoted ? '' : quoted
    else if (letter === '"' || letter === "'") quoted = letter
    else if (letter === '(') depth += 1
    else if (letter === ')') {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return -1
}

function substitute(scan: Scan, draft: Draft, end: number, closes: string): boolean {
  if (end < 0) {
    unclosed(scan, scan.at, closes)
    return true
  }
  const whole = partOf(scan.line, scan.at, end + 1)
  const token = joinToken(whole.text)
  quote(scan, draft, 0)
  if (token === null) {
    draft.isKnown = false
    draft.substitutions.push(whole)
  } else {
    draft.text += token
    for (let i = 0; i < token.length; i++) draft.letters?.push(whole.span.start, whole.span.end)
  }
  scan.at = end + 1
  return true
}

/**
 * `$(docker swarm join-token -q worker)` is the one substitution whose value is known well enough: it tells the
 * role.
 */
function joinToken(text: string): string | null {
  const words = text
    .replace(/^(?:\$\(|`)/, '')
    .slice(0, -1)
    .trim()
    .split(/\s+/)
  const [docker, swarm, verb, ...rest] = words
  const role = rest.find((word) => word === 'worker' || word === 'manager')
  const isQuiet = rest.includes('-q') || rest.includes('--quiet')
  if (docker !== 'docker' || swarm !== 'swarm' || verb !== 'join-token' || role === undefined) return null
  return isQuiet && rest.length === 2 ? `TOKEN-${role}` : null
}

function unclosed(scan: Scan, open: number, mark: string): void {
  scan.fault = {
    message: `unexpected end of command while looking for matching ${mark}`,
    hint: mark === ')' ? say`Close the bracket.` : say`Close the quote ${mark}.`,
    at: placeIn(scan.line, open, open + 1),
  }
}
