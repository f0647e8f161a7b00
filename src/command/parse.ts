/** A line of a shell session → what it asks of the engine, or what the client says no to. */
import type { Operation } from '../engine/operation.ts'
import type { Problem, Span } from '../problem/problem.ts'
import type { Rules } from '../rules/index.ts'
import { isRefused } from './flags.ts'
import { LOOK, readCommand } from './program.ts'
import { type Refused, refused } from './refused.ts'
import { type ShellCommand, splitShell } from './words.ts'

export interface CommandLine {
  /** As typed, without prompt or `[host]`. */
  readonly text: string
  /** Where it stands in the block. */
  readonly span: Span
  /** Offset of the text's first letter; `null` where quoting moved its letters about. */
  readonly offset: number | null
}

export type ParsedCommand =
  /** In order; those after `&&` run only when the ones before did. One `look` for a command that changes nothing. */
  | {
      readonly kind: 'accepted'
      readonly operations: readonly Operation[]
      readonly warnings: readonly Problem[]
    }
  /** The client fails, nothing reaches the engine. `problem` is the same for the author, with place and hint. */
  | { readonly kind: 'refused'; readonly refusal: Refused['refusal']; readonly problem: Problem }

/** UTF-16 units of one command. */
const MAX_COMMAND_LENGTH = 10_000

/** Never throws; any text gives an answer. */
export function parseCommand(line: CommandLine, rules: Rules): ParsedCommand {
  if (line.text.length > MAX_COMMAND_LENGTH) {
    const message = `A command of ${line.text.length} letters; at most ${MAX_COMMAND_LENGTH} are read`
    return refuse(line, refused('BLOCK_TOO_LARGE', message, '', 'Leave out what does not touch networking.'))
  }
  const { commands, fault } = splitShell(line.text.includes('$(') ? withTokens(line.text) : line.text)
  if (fault !== null) return refuse(line, refused('UNKNOWN_COMMAND', fault.message, '', fault.hint))
  const operations: Operation[] = []
  const warnings: Problem[] = []
  for (const command of commands) {
    const found = readCommand(command, rules)
    const lost = notRun(line, command)
    if (lost !== null && (command.pipedInto.length > 0 || isRefused(found) || found !== LOOK)) {
      warnings.push(lost)
      // What is missing may be the very words whose absence is refused.
      if (isRefused(found) && found.refusal.code === 'WRONG_ARGUMENTS') continue
    }
    if (isRefused(found)) return refuse(line, found)
    operations.push(...found)
  }
  const changes = operations.filter((operation) => operation.op !== 'look')
  return { kind: 'accepted', operations: changes.length === 0 ? [{ op: 'look' }] : changes, warnings }
}

/**
 * `$(docker swarm join-token -q worker)` is the one substitution whose value is known well enough: it tells the
 * role. Replaced by a word of the same length, so that places stay.
 */
function withTokens(text: string): string {
  return text.replaceAll(
    /\$\(\s*docker swarm join-token\s+(?:-q|--quiet)\s+(worker|manager)\s*\)/g,
    (whole: string, role: string) => `TOKEN-${role}`.padEnd(whole.length, '-'),
  )
}

function refuse(line: CommandLine, { refusal, hint, word }: Refused): ParsedCommand {
  const problem: Problem = {
    code: refusal.code,
    severity: 'error',
    message: refusal.message,
    hint,
    span: spanOfWord(line, word),
    related: [],
  }
  return { kind: 'refused', refusal, problem }
}

function spanOfWord(line: CommandLine, word: string): Span {
  if (word === '' || line.offset === null) return line.span
  // A whole word first: `-p` must not be found inside `my-postgres`.
  let from = line.text.indexOf(word)
  for (let at = from; at >= 0; at = line.text.indexOf(word, at + 1)) {
    const around = `${line.text[at - 1] ?? ' '}${line.text[at + word.length] ?? ' '}`
    if (!/^[\s"'=,][\s"'=,]$/.test(around)) continue
    from = at
    break
  }
  if (from < 0) return line.span
  return { start: line.offset + from, end: line.offset + from + word.length }
}

/** A warning when words are missing because a substitution or a pipe into docker is not run. */
function notRun(line: CommandLine, command: ShellCommand): Problem | null {
  const piped = command.pipedInto.find(
    (words) => words.some((word) => CHANGES.has(word)) && words.includes('docker'),
  )
  const text = command.substitutions[0] ?? piped?.join(' ')
  if (text === undefined) return null
  return {
    code: 'NOT_RUN',
    severity: 'warning',
    message: `"${text}" is not run here, so the names it would give are missing`,
    hint: 'Write the names out.',
    span: line.span,
    related: [],
  }
}
const CHANGES: ReadonlySet<string> = new Set(
  'run create start stop restart kill rm remove connect disconnect prune up down scale update deploy'.split(
    ' ',
  ),
)
