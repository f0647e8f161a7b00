/** `commands:`: what is typed, where, and whether it is meant to fail. */
import type { Node } from 'yaml'
import type { Located, Span } from '../problem/problem.ts'
import { type Place, readChoice, readFields, readItems, readText, wrongType } from './field.ts'
import { COMMAND_KEYS } from './keys.ts'
import { problemAt } from './problem-at.ts'
import type { CommandEntry } from './topology.ts'

export function readCommands(place: Place, node: Node | null): readonly CommandEntry[] {
  const value = place.reading.open(node, false)
  if (value === null) return []
  if (value.kind === 'text') return scriptLines(place.reading.source, value.span, value.value)
  const items = value.kind === 'list' ? value.items : readItems(place, node, false)
  const commands: CommandEntry[] = []
  for (const item of items) commands.push(...readCommand(place, item))
  return commands
}

const IN_QUOTES = 'Put the whole command in quotes: "[node1] docker …".'

function readCommand(place: Place, node: Node | null): readonly CommandEntry[] {
  const value = place.reading.open(node, false)
  if (value === null) return []
  if (value.kind === 'text') return commandsIn(place.reading.source, value)
  if (value.kind === 'list') {
    wrongType({ ...place, what: 'A command' }, value.span, value.kind, 'a single value', IN_QUOTES)
    return []
  }
  if ([...value.entries.keys()].some((key) => key.includes(' '))) {
    const message = 'A command with ": " in it is a map to YAML'
    place.reading.report(problemAt('WRONG_TYPE', value.span, message, IN_QUOTES))
    return []
  }
  const fields = readFields({ ...place, what: 'A command' }, node, COMMAND_KEYS)
  const text = readText({ ...place, what: '"run" of a command' }, fields?.get('run')?.node ?? null)
  const expect = readChoice(
    { ...place, what: '"expect" of a command' },
    fields?.get('expect')?.node ?? null,
    ['error', 'ok'],
  )
  const host = readText({ ...place, what: '"host" of a command' }, fields?.get('host')?.node ?? null)
  if (text === null) {
    const hint = 'Write "- docker …", or "- run: docker …" with "expect: error" below it.'
    place.reading.report(problemAt('MISSING_KEY', value.span, 'A command has no "run"', hint))
    return []
  }
  return commandsIn(place.reading.source, text).map((command) => ({
    ...command,
    host: host ?? command.host,
    expectError: expect === 'error',
  }))
}

/** One item of the list is one command, unless it is a block text (`- |`) with one on each line. */
function commandsIn(source: string, text: Located<string>): readonly CommandEntry[] {
  if (source[text.span.start] === '|') return scriptLines(source, text.span, text.value)
  const joined = (text.value.includes('\\') ? text.value.replaceAll(/\\\n\s*/g, ' ') : text.value).trim()
  return joined === '' || joined.startsWith('#') ? [] : [commandEntry(source, joined, text.span)]
}

/**
 * The commands of a script: one a line, `\` joins lines, `#` begins a comment, a prompt (`$ `, `# ` stays a comment)
 * in front is dropped.
 */
function scriptLines(source: string, span: Span, value: string): readonly CommandEntry[] {
  if (source[span.start] !== '|') {
    const joined = value.trim()
    return joined === '' ? [] : [commandEntry(source, joined, span)]
  }
  const commands: CommandEntry[] = []
  let start = source.indexOf('\n', span.start) + 1
  let pending = ''
  let pendingStart = 0
  while (start > 0 && start < span.end) {
    const newline = source.indexOf('\n', start)
    const end = newline < 0 ? span.end : Math.min(newline, span.end)
    const line = source.slice(start, end)
    const text = line.trim()
    const from = start + line.indexOf(text)
    if (pending === '') pendingStart = from
    if (text.endsWith('\\')) pending += `${text.slice(0, -1).trimEnd()} `
    else {
      const whole = pending + text
      pending = ''
      if (whole !== '' && !whole.startsWith('#')) {
        commands.push(commandEntry(source, whole, { start: pendingStart, end: from + text.length }))
      }
    }
    start = newline < 0 ? span.end : newline + 1
  }
  if (pending.trim() !== '')
    commands.push(commandEntry(source, pending.trim(), { start: pendingStart, end: span.end }))
  return commands
}

function commandEntry(source: string, text: string, span: Span): CommandEntry {
  const written = source.slice(span.start, span.end)
  const bracket = text.startsWith('[') ? /^\[([^\]\s]+)\]\s*/.exec(text) : null
  const rest = (bracket === null ? text : text.slice(bracket[0].length)).replace(/^\$\s+/, '')
  const within = written.indexOf(rest)
  return {
    text: rest,
    host: bracket === null ? null : hostIn(bracket, written, span),
    span,
    offset: within < 0 ? null : span.start + within,
    expectError: false,
  }
}

function hostIn([mark, name = '']: RegExpExecArray, written: string, span: Span): Located<string> {
  const at = written.indexOf(mark.trimEnd())
  const place = at < 0 ? span : { start: span.start + at, end: span.start + at + mark.trimEnd().length }
  return { value: name, span: place }
}
