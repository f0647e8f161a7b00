/**
 * Flags as docker's client reads them.
 * @see https://github.com/spf13/pflag/blob/v1.0.6/flag.go (parseLongArg, parseShortArg), whose words the refusals use.
 */
import type { Refusal } from '../engine/operation.ts'
import type { Span } from '../problem/problem.ts'
import { partOf, splitWritten, type Written, writtenSomewhere } from '../problem/written.ts'
import { refuseUsage } from './refused.ts'

export interface FlagForm {
  readonly name: string
  readonly takesValue: boolean
}
export interface FlagTable {
  readonly long: ReadonlyMap<string, FlagForm>
  readonly short: ReadonlyMap<string, FlagForm>
}

/** From words such as `detach:d` (a switch with its letter), `name=` or `publish:p=` (with a value). */
export function flagTable(spec: string): FlagTable {
  const long = new Map<string, FlagForm>()
  const short = new Map<string, FlagForm>()
  for (const word of spec.split(/\s+/)) {
    const match = /^([a-z0-9-]+)(?::([a-zA-Z]))?(=?)$/.exec(word)
    if (match === null) continue
    const form = { name: match[1] ?? '', takesValue: match[3] === '=' }
    long.set(form.name, form)
    if (match[2] !== undefined) short.set(match[2], form)
  }
  return { long, short }
}

export interface FlagValue {
  /** The flag itself: `--name`, or the letters it stands among. */
  readonly flag: Written
  /** A switch has `true`, or what was written behind `=`. */
  readonly value: Written
}
export interface Arguments {
  /** All values of each flag, in order. */
  readonly flags: ReadonlyMap<string, readonly FlagValue[]>
  readonly words: readonly Written[]
}

/**
 * @param interspersed flags may follow words; else everything after the first word is a word (`docker run`).
 * @param command for the refusal, e.g. `docker network create`.
 */
export function readArguments(
  words: readonly Written[],
  table: FlagTable,
  interspersed: boolean,
  command: string,
): Arguments | Refusal {
  const flags = new Map<string, FlagValue[]>()
  const rest: Written[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    if (word === undefined) continue
    const { text } = word
    if (text === '--') {
      rest.push(...words.slice(i + 1))
      break
    }
    if (!text.startsWith('-') || text.length === 1) {
      rest.push(word)
      if (interspersed) continue
      rest.push(...words.slice(i + 1))
      break
    }
    const read = text.startsWith('--') ? readLong : readShort
    const fault = read({ flags, table, command }, word, () => {
      i += 1
      return words[i]
    })
    if (fault !== null) return fault
  }
  return { flags, words: rest }
}

/** Flags as they are read. */
interface Flags {
  readonly flags: Map<string, FlagValue[]>
  readonly table: FlagTable
  readonly command: string
}

function put({ flags }: Flags, name: string, flag: Written, value: Written): void {
  const values = flags.get(name)
  if (values === undefined) flags.set(name, [{ flag, value }])
  else values.push({ flag, value })
}

const on = (flag: Written): Written => writtenSomewhere('true', flag.span)

/** `--name VALUE`, `--name=VALUE`, `--switch`. */
function readLong(flags: Flags, word: Written, next: () => Written | undefined): Refusal | null {
  const equals = word.text.indexOf('=')
  const flag = equals < 0 ? word : partOf(word, 0, equals)
  const form = flags.table.long.get(flag.text.slice(2))
  if (form === undefined) {
    const message = `unknown flag: ${flag.text}`
    return refuseUsage('UNKNOWN_FLAG', message, flags.command, flag.span, flag.text, longNames(flags.table))
  }
  const value = equals >= 0 ? partOf(word, equals + 1) : form.takesValue ? next() : on(flag)
  if (value === undefined)
    return refuseUsage('MISSING_VALUE', `flag needs an argument: ${flag.text}`, flags.command, flag.span)
  put(flags, form.name, flag, value)
  return null
}

/** `-d`, `-itd`, `-p VALUE`, `-pVALUE`, `-p=VALUE`. */
function readShort(flags: Flags, word: Written, next: () => Written | undefined): Refusal | null {
  const { text } = word
  for (let at = 1; at < text.length; at++) {
    const flag = partOf(word, at, at + 1)
    const form = flags.table.short.get(flag.text)
    if (form === undefined) {
      const message = `unknown shorthand flag: '${flag.text}' in ${text}`
      return refuseUsage('UNKNOWN_FLAG', message, flags.command, word.span, text, longNames(flags.table))
    }
    const assigned = text[at + 1] === '='
    if (!form.takesValue && !assigned) {
      put(flags, form.name, flag, on(flag))
      continue
    }
    const isLast = at + 1 === text.length
    const value = isLast ? next() : partOf(word, at + (assigned ? 2 : 1))
    if (value === undefined) {
      const message = `flag needs an argument: '${flag.text}' in ${text}`
      return refuseUsage('MISSING_VALUE', message, flags.command, word.span)
    }
    put(flags, form.name, flag, value)
    break
  }
  return null
}

const longNames = (table: FlagTable): readonly string[] => [...table.long.keys()].map((name) => `--${name}`)

/** The last value of a flag, `null` when it was not given. */
export function lastOf(args: Arguments, name: string): Written | null {
  return args.flags.get(name)?.at(-1)?.value ?? null
}

/** The last value of a flag, `''` when it was not given. */
export function textOf(args: Arguments, name: string): string {
  return lastOf(args, name)?.text ?? ''
}

export function allOf(args: Arguments, name: string): readonly Written[] {
  return args.flags.get(name)?.map(({ value }) => value) ?? NONE
}
const NONE: readonly Written[] = []

export function textsOf(args: Arguments, name: string): readonly string[] {
  return allOf(args, name).map(({ text }) => text)
}

/** Values of a flag that may hold several, separated by commas. */
export function listOf(args: Arguments, name: string): readonly Written[] {
  return allOf(args, name).flatMap((value) => splitWritten(value, ','))
}

/** Where the flag itself stands, the last time; `null` when it was not given. */
export function flagPlace(args: Arguments, name: string): Span | null {
  return args.flags.get(name)?.at(-1)?.flag.span ?? null
}

export function isOn(args: Arguments, name: string): boolean {
  return ['true', '1', 't', 'T', 'TRUE', 'True'].includes(textOf(args, name))
}

/** `null` when the switch was not given. */
export function switchOf(args: Arguments, name: string): boolean | null {
  return args.flags.has(name) ? isOn(args, name) : null
}
