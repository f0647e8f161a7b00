/** What one command of the executable is made of. */
import type { ParseArgsConfig } from 'node:util'
import { nearest } from '../problem/nearest.ts'
import { LANGUAGES } from '../words/words-for.ts'

/** The world a command runs in; a test gives its own. */
export interface Terminal {
  /** Standard input, whole. */
  read(): Promise<string>
  /** Standard output: the result and nothing else. */
  write(content: string | Uint8Array): void
  /** Standard error. */
  tell(text: string): void
}

/** 0: done. 1: the input has errors. 2: the command was used wrongly. */
export type ExitStatus = 0 | 1 | 2

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

export interface Command {
  readonly name: string
  /** What follows the name in the usage line. */
  readonly usage: string
  readonly summary: string
  /** Everything below the usage line of `--help`. */
  readonly help: string
  readonly options: NonNullable<ParseArgsConfig['options']>
  run(args: readonly string[], options: OptionValues, terminal: Terminal): Promise<ExitStatus>
}

/** The command line is wrong; the message says what to write. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A message about a word that is not known, with the one that was probably meant. */
export function withNearest(message: string, word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near === null ? message : `${message}; did you mean "${near}"?`
}

/** A text option, or `undefined` when it was not given. */
export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** An option with a closed set of values. @throws {UsageError} on another. */
export function choiceOption<T extends string>(
  options: OptionValues,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = textOption(options, name)
  if (value === undefined) return undefined
  const known = choices.find((choice) => choice === value)
  if (known === undefined)
    throw new UsageError(
      withNearest(`--${name} must be one of ${choices.join(', ')}; got "${value}"`, value, choices),
    )
  return known
}

/** `--lang`. @throws {UsageError} on a language that there are no words for. */
export const languageOption = (options: OptionValues): string | undefined =>
  choiceOption(options, 'lang', [...LANGUAGES.keys()])

/** A whole number from `least` on. @throws {UsageError} on anything else. */
export function numberOption(options: OptionValues, name: string, least: number): number | undefined {
  const value = textOption(options, name)
  if (value === undefined) return undefined
  if (!/^\d{1,6}$/.test(value) || Number(value) < least)
    throw new UsageError(`--${name} must be a whole number from ${least}; got "${value}"`)
  return Number(value)
}

/** The one argument of a command that takes one. @throws {UsageError} on none or more. */
export function onlyArgument(args: readonly string[], name: string): string {
  const [first, ...others] = args
  if (first === undefined) throw new UsageError(`${name} is missing`)
  if (others.length > 0) throw new UsageError(`one ${name} at a time; "${others[0]}" is one too many`)
  return first
}
