/**
 * What of an author's line no log and no page may show: values that may be passwords. They stand beside what a problem is
 * about in flow style, and are what it is about where the YAML around them is broken.
 */
import type { ProblemCode } from './code.ts'
import type { Span } from './problem.ts'

interface Lines {
  line(number: number): string
  yamlBegin?(): number | null
}

export interface ShownLine {
  /** The line with `…` in the place of each value. */
  readonly line: string
  /** Where an offset of the line is in what is shown. */
  at(offset: number): number
}

/** Keys whose values are for programs in containers, for builds or for other machines, and not for networks. */
const SECRET =
  'environment|env_file|env|args|build_args|secrets|configs|content|ssh|command|entrypoint|healthcheck|test|logging|options|credential_spec|annotations|labels|driver_opts|post_start|pre_stop|provider|develop|x-[\\w.-]+'
const SECRET_KEY = new RegExp(`^(?:${SECRET})$`)
/** Whether what stands under a key is for others than networks. */
export const holdsSecrets = (key: string): boolean => key !== 'x-docker-network' && SECRET_KEY.test(key)
/** Keys under which stand variables. */
const OF_VARIABLES = /^(?:environment|env|args|build_args)$/
/** Of these a problem may be about one value, which is shown. */
const SHOWN_WHERE_MEANT = /^(?:labels|driver_opts|options|provider|x-docker-network)$/
const KEY = new RegExp(`(?:^|[\\s{,\\[-])(["']?)(${SECRET})\\1\\s*:(?=\\s|$|[{["'])`, 'g')
/** Names that say so, wherever they stand. */
const TELLING =
  /passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|authorization/i
/** Names as variables of an environment have them, which a slip of indentation brings anywhere. */
const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]*)*$/
/** Problems of a key, whose value is nobody's business: it may be a variable's, indented too little. */
const OF_A_KEY: ReadonlySet<ProblemCode> = new Set(['UNKNOWN_KEY', 'KEY_PASSED_OVER', 'DUPLICATE_KEY'])
/** A flag whose value is the next word. */
const FLAG = /\s--?([a-z][\w-]*)[ \t]+/gi
/** Options of a command before a `NAME=VALUE` of any name. */
const OPTIONS = [' -e', '\t-e', '--env', '--build-arg']
/** As far up as a key is looked for that the line belongs to. */
const MOST_LINES = 2_000

/** @param span what the problem is about, in offsets of the line. */
export function hiddenParts(
  lines: Lines,
  number: number,
  span: Span,
  code: ProblemCode | null = null,
): ShownLine {
  const line = lines.line(number)
  const hidden: Span[] = partsIn(lines, number, line).flatMap((part) =>
    SHOWN_WHERE_MEANT.test(part.key) ? without(part, span) : [part],
  )
  if (code !== null && OF_A_KEY.has(code)) hidden.push(valueBehind(line, span.end))
  return shownLine(line, joined(hidden.filter(({ start, end }) => end > start)))
}

/** Whether a name is one that variables have. */
export const isVariableName = (name: string): boolean => VARIABLE.test(name)

/** A command as a table shows it. */
export const shownCommand = (command: string): string =>
  hiddenParts({ line: () => command }, 1, { start: 0, end: 0 }).line

/** The value of the key that ends at `end`; nothing where there is none on the line. */
function valueBehind(line: string, end: number): Span {
  const colon = afterBlanks(line, forward(line, end, /["']/))
  const start = afterBlanks(line, colon + 1)
  return line[colon] === ':' && start < line.length && line[start] !== '#'
    ? { start, end: valueEnd(line, start) }
    : { start: 0, end: 0 }
}

/** Of the lines that were shown: a long line may be what hundreds of problems are about. */
const known = new WeakMap<Lines, Map<number, readonly Part[]>>()

function partsIn(lines: Lines, number: number, line: string): readonly Part[] {
  const ofLines = known.get(lines) ?? new Map<number, readonly Part[]>()
  known.set(lines, ofLines)
  const found = ofLines.get(number)
  if (found !== undefined) return found
  const parts = [...partsOf(line)]
  const key = enclosingKey(lines, number)
  if (key !== null)
    parts.push({ start: valueStart(line, OF_VARIABLES.test(key)), end: line.trimEnd().length, key })
  ofLines.set(number, parts)
  return parts
}

interface Part extends Span {
  readonly key: string
}

function* partsOf(line: string): Iterable<Part> {
  for (const match of line.matchAll(KEY)) {
    if (match[2] === 'x-docker-network') continue
    const start = afterBlanks(line, match.index + match[0].length)
    if (start < line.length && line[start] !== '#')
      yield { start, end: valueEnd(line, start), key: match[2] ?? '' }
  }
  for (const { index } of line.matchAll(/[=:]/g)) {
    const start = afterBlanks(line, index + 1)
    if (start === line.length || /[{[]/.test(line[start] ?? '') || !isTelling(line, index)) continue
    const end = /["']/.test(line[start] ?? '') ? valueEnd(line, start) : forward(line, start, /[^\s,}\]"']/)
    yield { start, end, key: '' }
    // `Bearer …` and the like.
    const second = afterBlanks(line, end)
    if (/^(?:bearer|basic|token)$/i.test(line.slice(start, end)))
      yield { start: second, end: forward(line, second, /[^\s"']/), key: '' }
  }
  for (const { 0: flag, 1: name = '', index } of line.matchAll(FLAG)) {
    const start = index + flag.length
    const first = line[start] ?? ''
    if (TELLING.test(name) && first !== '' && first !== '-')
      yield {
        start,
        end: /["']/.test(first) ? valueEnd(line, start) : forward(line, start, /[^\s"']/),
        key: '',
      }
  }
  yield* substitutions(line)
}

/** What stands in `$(…)`, and in backquotes of a command. */
function* substitutions(line: string): Iterable<Part> {
  for (const { index } of line.matchAll(/[$<>]\(/g)) {
    const start = index + 2
    let end = start
    for (let depth = 1; end < line.length; end++) {
      if (line[end] === '(') depth++
      if (line[end] === ')' && --depth === 0) break
    }
    yield { start, end, key: '' }
  }
  if (!line.includes('docker ')) return
  for (let at = line.indexOf('`'); at >= 0; ) {
    const end = line.indexOf('`', at + 1)
    if (end < 0) return
    yield { start: at + 1, end, key: '' }
    at = line.indexOf('`', end + 1)
  }
}

/** Whether the name before the sign at `index` says that what follows is nobody's business. */
function isTelling(line: string, index: number): boolean {
  const end = back(line, index, /\s/)
  const close = line[end - 1] === '"' || line[end - 1] === "'" ? end - 1 : end
  const start = back(line, close, /[\w.-]/)
  if (start === close) return false
  const name = line.slice(start, close)
  if (TELLING.test(name) || (name.length > 2 && VARIABLE.test(name) && isAKey(line, start))) return true
  if (line[index] !== '=') return false
  const open = line[start - 1] === '"' || line[start - 1] === "'" ? start - 1 : start
  const before = line[open - 1] === '=' ? open - 1 : back(line, open, /\s/)
  return before < open && OPTIONS.some((option) => line.endsWith(option, before))
}

/** Whether what begins there is the first of its line, or follows a bracket, a comma or a dash of YAML. */
const isAKey = (line: string, start: number): boolean => /(?:^|[{,[]|-\s)\s*["']?$/.test(line.slice(0, start))

/** Where the run of `letters` begins that ends at `end`. */
function back(line: string, end: number, letters: RegExp): number {
  let at = end
  while (at > 0 && letters.test(line[at - 1] ?? '')) at--
  return at
}

const afterBlanks = (line: string, from: number): number => forward(line, from, /\s/)

/** Where the run of `letters` ends that begins at `start`. */
function forward(line: string, start: number, letters: RegExp): number {
  let at = start
  while (at < line.length && letters.test(line[at] ?? '')) at++
  return at
}

/** Where a flow value ends: with its bracket or quote, else at the bracket or comma of what is around it. */
function valueEnd(line: string, start: number): number {
  const isInFlow = /[{[]/.test(line.slice(0, start).replace(/\$\{[^}]*\}/g, ''))
  let depth = 0
  let quote = ''
  for (let i = start; i < line.length; i++) {
    const letter = line[i] ?? ''
    if (quote !== '') {
      if (letter === '\\' && quote === '"') i++
      else if (letter === quote) quote = ''
      if (quote === '' && depth === 0) return i + 1
    } else if (letter === '"' || letter === "'") {
      // Within a plain text a quote is a letter.
      if (i === start || /[\s{[,:]/.test(line[i - 1] ?? '')) quote = letter
    } else if (letter === '{' || letter === '[') depth++
    else if (letter === '}' || letter === ']') {
      if (depth === 0) return isInFlow ? i : line.trimEnd().length
      depth--
      if (depth === 0 && /[{[]/.test(line[start] ?? '')) return i + 1
    } else if (letter === ',' && depth === 0 && isInFlow) return i
  }
  return line.trimEnd().length
}

/**
 * Where a line's value begins that has a key or a dash before it: of `- NAME=VALUE` behind the sign.
 *
 * @param ofVariables what is no variable's name may be a value that was written as one.
 */
function valueStart(line: string, ofVariables: boolean): number {
  const [, blanks = '', name = '', sign = ''] =
    /^(\s*(?:-\s+)*)(?:["']?([\w.-]+)(["']?\s*(?::\s+|=)))?/.exec(line) ?? []
  if (ofVariables && !VARIABLE.test(name)) return blanks.length
  return line.indexOf(name, blanks.length) + name.length + sign.length
}

/** The key of the kind under which the line stands, by its indentation or in brackets that are still open. */
function enclosingKey(lines: Lines, number: number): string | null {
  const begin = lines.yamlBegin === undefined ? 1 : lines.yamlBegin()
  if (begin === null) return null
  let indent = indentOf(lines.line(number))
  const between: string[] = []
  for (let n = number - 1; n >= begin && number - n <= MOST_LINES; n--) {
    const line = lines.line(n)
    if (line.trim() === '') continue
    for (const match of line.matchAll(KEY)) {
      const behind = [line.slice(match.index + match[0].length), ...between].join('\n')
      if (openDepth(behind) > 0) return match[2] ?? null
    }
    if (between.length < 200) between.unshift(line)
    const own = indentOf(line)
    if (own >= indent || /^\s*#/.test(line)) continue
    indent = own
    const [, , key] = new RegExp(`^\\s*(?:-\\s+)?(["']?)(${SECRET})\\1\\s*:`).exec(line) ?? []
    if (key !== undefined && key !== 'x-docker-network') return key
    if (own === 0) return null
  }
  return null
}

/** An item of a list belongs to a key of the same indentation. */
const indentOf = (line: string): number => {
  const blanks = /^\s*/.exec(line)?.[0] ?? ''
  const width = blanks.replaceAll('\t', '        ').length
  return line.startsWith('- ', blanks.length) ? width + 0.5 : width
}

/** How many brackets of a text that begins with one are still open at its end; 0 where it does not. */
function openDepth(text: string): number {
  if (!/^\s*[{[]/.test(text)) return 0
  let depth = 0
  for (const letter of text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '')) {
    if (letter === '{' || letter === '[') depth++
    if ((letter === '}' || letter === ']') && --depth === 0) return 0
  }
  return depth
}

const without = (part: Part, span: Span): readonly Part[] =>
  span.end <= part.start || span.start >= part.end
    ? [part]
    : [
        { ...part, end: Math.max(part.start, span.start) },
        { ...part, start: Math.min(part.end, span.end) },
      ]

function joined(parts: readonly Span[]): readonly Span[] {
  const sorted = [...parts].sort((a, b) => a.start - b.start)
  const result: Span[] = []
  for (const part of sorted) {
    const last = result.at(-1)
    if (last !== undefined && part.start <= last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, part.end) }
    else result.push(part)
  }
  return result
}

function shownLine(line: string, hidden: readonly Span[]): ShownLine {
  let text = ''
  let done = 0
  for (const { start, end } of hidden) {
    text += `${line.slice(done, start)}…`
    done = end
  }
  return {
    line: text + line.slice(done),
    at(offset) {
      let less = 0
      for (const { start, end } of hidden) {
        if (offset >= end) less += end - start - 1
        else if (offset > start) return start - less
      }
      return offset - less
    },
  }
}
