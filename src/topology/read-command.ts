/** `commands:`: what is typed, where, and whether it is meant to fail. */

import { problemAt, warningAt } from '../compose/problem-at.ts'
import type { Reading, Value } from '../compose/value.ts'
import type { Located, Span } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import {
  joinWritten,
  partOf,
  placeIn,
  splitWritten,
  trimEnd,
  trimStart,
  type Written,
} from '../problem/written.ts'
import { type Place, readChoice, readFields, readItems, readText, wrongType } from './field.ts'
import { COMMAND_KEYS } from './keys.ts'
import { writtenScalar } from './letters.ts'
import type { CommandEntry } from './topology.ts'

export function readCommands(place: Place, node: Value | null): readonly CommandEntry[] {
  const value = place.reading.open(node, false)
  if (value === null) return []
  if (value.kind === 'text') return commandsIn(place.reading, value)
  const items = value.kind === 'list' ? value.items : readItems(place, node, false)
  const commands: CommandEntry[] = []
  for (const item of items) commands.push(...readCommand(place, item))
  return commands
}

const IN_QUOTES = say`Put the whole command in quotes: "[node1] docker …".`

function readCommand(place: Place, node: Value | null): readonly CommandEntry[] {
  const value = place.reading.open(node, false)
  if (value === null) return []
  if (value.kind === 'text') return commandsIn(place.reading, value)
  if (value.kind === 'list') {
    wrongType({ ...place, what: say`A command` }, value.span, value.kind, say`a single value`, IN_QUOTES)
    return []
  }
  if ([...value.entries.keys()].some((key) => key.includes(' '))) {
    const message = say`A command with ": " in it is a map to YAML`
    place.reading.report(problemAt('WRONG_TYPE', value.span, message, IN_QUOTES))
    return []
  }
  const fields = readFields({ ...place, what: say`A command` }, node, COMMAND_KEYS)
  const text = readText({ ...place, what: say`"run" of a command` }, fields?.get('run')?.value ?? null)
  const expect = readChoice(
    { ...place, what: say`"expect" of a command` },
    fields?.get('expect')?.value ?? null,
    ['error', 'ok'],
  )
  const host = readText({ ...place, what: say`"host" of a command` }, fields?.get('host')?.value ?? null)
  if (text === null) {
    const hint = say`Write "- docker …", or "- run: docker …" with "expect: error" below it.`
    place.reading.report(problemAt('MISSING_KEY', value.span, say`A command has no "run"`, hint))
    return []
  }
  return commandsIn(place.reading, text).map((command) => ({
    ...command,
    host: host ?? command.host,
    expectError: expect === 'error',
  }))
}

/** One item of the list is one command, unless it is a block text (`- |`) with one on each line. */
function commandsIn(reading: Reading, text: Located<string>): readonly CommandEntry[] {
  const { source } = reading
  const whole = writtenScalar(source, text)
  const isScript = source[text.span.start] === '|'
  const commands: CommandEntry[] = []
  for (const typed of joinedLines(isScript ? splitWritten(whole, '\n') : foldedLines(source, whole))) {
    if (typed.text.startsWith('#')) warnRemark(reading, typed)
    else if (typed.text !== '') commands.push(commandEntry(typed, isScript ? typed.span : text.span))
  }
  return commands
}

/** What root's prompt makes of a page is a remark to a shell. */
function warnRemark(reading: Reading, { text, span }: Written): void {
  const [, command] =
    /^#\s+((?:sudo\s+)?docker(?:-compose)?\s+(?:network|run|create|rm|start|stop|restart|compose|service|swarm|stack|container|node|up|down)\b.*)/.exec(
      text,
    ) ?? []
  if (command === undefined) return
  const message = say`"${text}" is a remark to a shell, so nothing of it is run`
  reading.report(warningAt('REMARK_LIKE_COMMAND', span, message, say`If # is the prompt, write: ${command}`))
}

/** A folded text cut behind each backslash that stands at the end of a line: YAML has made a blank of the line break. */
function foldedLines(source: string, whole: Written): readonly Written[] {
  const lines: Written[] = []
  let from = 0
  for (let at = whole.text.indexOf('\\'); at >= 0; at = whole.text.indexOf('\\', at + 1)) {
    let behind = placeIn(whole, at, at + 1).end
    while (source[behind] === ' ' || source[behind] === '\t' || source[behind] === '\r') behind += 1
    if (source[behind] !== '\n') continue
    lines.push(partOf(whole, from, at + 1))
    from = at + 1
  }
  return [...lines, partOf(whole, from)]
}

/** A backslash at the end of a line joins it to the next one, as in a shell; there may be blanks behind it. */
function joinedLines(lines: readonly Written[]): readonly Written[] {
  const whole: Written[] = []
  let begun: Written[] = []
  for (const [index, line] of lines.entries()) {
    const { text } = line
    const isComment = begun.length === 0 && text.trimStart().startsWith('#')
    const cut = isComment ? null : continuation(text)
    const before = begun.at(-1)
    if (before !== undefined && !isBlank(before.text.at(-1)) && isBlank(text[0]))
      begun.push(partOf(line, 0, 1))
    begun.push(trimStart(cut === null ? line : partOf(line, 0, cut)))
    if (cut !== null && index < lines.length - 1) continue
    whole.push(trimEnd(joinWritten(begun)))
    begun = []
  }
  return whole
}

const isBlank = (letter: string | undefined): boolean => letter === ' ' || letter === '\t'

/** Where the backslash stands that joins a line to the next one. */
function continuation(text: string): number | null {
  const end = text.trimEnd().length
  let backslashes = 0
  while (text[end - 1 - backslashes] === '\\') backslashes += 1
  return backslashes % 2 === 1 ? end - 1 : null
}

/** `$`, `user@node1:~$`, `[root@node1 ~]#`, `node1 $`, `PS C:\\>` and their like, copied from a terminal. */
const PROMPT =
  /^(?:\$|%|➜\s+\S+|\[[\w.-]+@[^\]\n]*\]\s*[$#]|[\w.-]+@[\w.-]+(?:[:\s][^$#\n]*)?[$#]|[\w.-]+:\S*\s*[$#]|[\w.-]+\s+\$|PS [^>\n]*>|[A-Z]:\\[^>\n]*>)\s+(?=\S)/

/** Without the `[host]` and the prompt in front. */
function commandEntry(typed: Written, span: Span): CommandEntry {
  const bracket = typed.text.startsWith('[') ? /^\[([^\]\s]+)\]\s*/.exec(typed.text) : null
  const [mark = '', name = ''] = bracket ?? []
  const prompt = PROMPT.exec(typed.text.slice(mark.length))?.[0] ?? ''
  return {
    line: partOf(typed, mark.length + prompt.length),
    host: bracket === null ? null : { value: name, span: placeIn(typed, 0, mark.trimEnd().length) },
    span,
    expectError: false,
  }
}
