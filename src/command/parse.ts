/** A line of a shell session → what it asks of the engine, or what the client says no to. */

import type { Operation, Refusal } from '../engine/operation.ts'
import { isRefusal } from '../engine/refusal.ts'
import type { Problem, Span } from '../problem/problem.ts'
import { say, worded } from '../problem/say.ts'
import type { Written } from '../problem/written.ts'
import type { Rules } from '../rules/index.ts'
import { decidingFile } from './machine.ts'
import { LOOK, readCommand } from './program.ts'
import { refused } from './refused.ts'
import { type ShellCommand, splitShell } from './shell.ts'

export interface CommandLine {
  /** As typed, without prompt or `[host]`. */
  readonly line: Written
  /** All of it in the block. */
  readonly span: Span
}

export type ParsedCommand =
  /** In order; those after `&&` run only when the ones before did. One `look` for a command that changes nothing. */
  | {
      readonly kind: 'accepted'
      readonly operations: readonly Operation[]
      readonly warnings: readonly Problem[]
    }
  /** The client fails, nothing reaches the engine. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** UTF-16 units of one command. */
export const MAX_COMMAND_LENGTH = 10_000

/** Never throws; any text gives an answer. */
export function parseCommand(command: CommandLine, rules: Rules): ParsedCommand {
  const { line } = command
  if (line.text.length > MAX_COMMAND_LENGTH) {
    const message = say`A command of ${line.text.length} letters; at most ${MAX_COMMAND_LENGTH} are read`
    const hint = say`Leave out what does not touch networking.`
    return refuse(refused('BLOCK_TOO_LARGE', message, null, hint))
  }
  const { commands, fault } = splitShell(line)
  if (fault !== null) return refuse(refused('UNKNOWN_COMMAND', fault.message, fault.at, fault.hint))
  const written = decidingFile(line)
  if (written !== null) return refuse(written)
  const operations: Operation[] = []
  const warnings: Problem[] = []
  for (const simple of commands) {
    const found = readCommand(simple, rules)
    const lost = notRun(command, simple)
    if (lost !== null && (simple.pipedInto.length > 0 || isRefusal(found) || found !== LOOK)) {
      warnings.push(lost)
      // What is missing may be the very words whose absence is refused.
      if (isRefusal(found) && found.code === 'WRONG_ARGUMENTS') continue
    }
    if (isRefusal(found)) return refuse(found)
    operations.push(...found)
  }
  const changes = operations.filter((operation) => operation.op !== 'look')
  return { kind: 'accepted', operations: changes.length === 0 ? [{ op: 'look' }] : changes, warnings }
}

const refuse = (refusal: Refusal): ParsedCommand => ({ kind: 'refused', refusal })

/** A warning when words are missing because a substitution or a pipe into docker is not run. */
function notRun(line: CommandLine, command: ShellCommand): Problem | null {
  const piped = command.pipedInto.find(
    (words) => words.some(({ text }) => CHANGES.has(text)) && words.some(({ text }) => text === 'docker'),
  )
  const [lost] = command.substitutions
  // What it substitutes may be a password, and so may what follows the verb.
  const verb = piped?.findIndex(({ text }) => CHANGES.has(text)) ?? 0
  const words = piped?.slice(0, verb + 1).filter(({ text }) => !text.startsWith('-'))
  const instead = lost?.text.startsWith('`') ? '`…`' : `${lost?.text.slice(0, 1)}(…)`
  const text = lost === undefined ? words?.map((word) => word.text).join(' ') : instead
  if (text === undefined) return null
  return {
    code: 'NOT_RUN',
    severity: 'warning',
    ...worded(
      say`"${text}" is not run here, so the names it would give are missing`,
      say`Write the names out.`,
    ),
    span: lost?.span ?? piped?.[0]?.span ?? line.span,
    related: [],
  }
}
const CHANGES: ReadonlySet<string> = new Set(
  'run create start stop restart kill rm remove connect disconnect prune up down scale update deploy'.split(
    ' ',
  ),
)
