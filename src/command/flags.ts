/**
 * Flags as docker's client reads them.
 * @see https://github.com/spf13/pflag/blob/v1.0.6/flag.go (parseLongArg, parseShortArg), whose words the refusals use.
 */
import { type Refused, refuseUsage } from './refused.ts'

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

export interface Arguments {
  /** All values of each flag, in order. A switch has `true` or what was written behind `=`. */
  readonly flags: ReadonlyMap<string, readonly string[]>
  readonly words: readonly string[]
}

/**
 * @param interspersed flags may follow words; else everything after the first word is a word (`docker run`).
 * @param command for the refusal, e.g. `docker network create`.
 */
export function readArguments(
  words: readonly string[],
  table: FlagTable,
  interspersed: boolean,
  command: string,
): Arguments | Refused {
  const flags = new Map<string, string[]>()
  const rest: string[] = []
  const put = (name: string, value: string): void => {
    const values = flags.get(name)
    if (values === undefined) flags.set(name, [value])
    else values.push(value)
  }
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (word === '--') {
      rest.push(...words.slice(i + 1))
      break
    }
    if (word.startsWith('--')) {
      const equals = word.indexOf('=')
      const name = equals < 0 ? word.slice(2) : word.slice(2, equals)
      const form = table.long.get(name)
      if (form === undefined)
        return refuseUsage('UNKNOWN_FLAG', `unknown flag: --${name}`, command, `--${name}`, longNames(table))
      if (equals >= 0) put(form.name, word.slice(equals + 1))
      else if (!form.takesValue) put(form.name, 'true')
      else {
        i += 1
        const value = words[i]
        if (value === undefined)
          return refuseUsage('MISSING_VALUE', `flag needs an argument: --${name}`, command, word)
        put(form.name, value)
      }
    } else if (word.startsWith('-') && word.length > 1) {
      let letters = word.slice(1)
      while (letters !== '') {
        const letter = letters[0] ?? ''
        const form = table.short.get(letter)
        if (form === undefined) {
          return refuseUsage(
            'UNKNOWN_FLAG',
            `unknown shorthand flag: '${letter}' in ${word}`,
            command,
            word,
            longNames(table),
          )
        }
        letters = letters.slice(1)
        if (!form.takesValue) {
          if (letters.startsWith('=')) {
            put(form.name, letters.slice(1))
            letters = ''
          } else put(form.name, 'true')
          continue
        }
        if (letters !== '') put(form.name, letters.startsWith('=') ? letters.slice(1) : letters)
        else {
          i += 1
          const value = words[i]
          if (value === undefined) {
            const message = `flag needs an argument: '${letter}' in ${word}`
            return refuseUsage('MISSING_VALUE', message, command, word)
          }
          put(form.name, value)
        }
        letters = ''
      }
    } else {
      rest.push(word)
      if (!interspersed) {
        rest.push(...words.slice(i + 1))
        break
      }
    }
  }
  return { flags, words: rest }
}

const longNames = (table: FlagTable): readonly string[] => [...table.long.keys()].map((name) => `--${name}`)

export function isRefused(result: object): result is Refused {
  return !Array.isArray(result) && 'refusal' in result
}

/** The last value of a flag, `''` when it was not given. */
export function lastOf(args: Arguments, name: string): string {
  return args.flags.get(name)?.at(-1) ?? ''
}

export function allOf(args: Arguments, name: string): readonly string[] {
  return args.flags.get(name) ?? NONE
}
const NONE: readonly string[] = []

/** Values of a flag that may hold several, separated by commas. */
export function listOf(args: Arguments, name: string): readonly string[] {
  const values = allOf(args, name)
  return values.length === 0 ? values : values.flatMap((value) => value.split(','))
}

export function isOn(args: Arguments, name: string): boolean {
  const value = args.flags.get(name)?.at(-1)
  return value !== undefined && ['true', '1', 't', 'T', 'TRUE', 'True'].includes(value)
}

/** `null` when the switch was not given. */
export function switchOf(args: Arguments, name: string): boolean | null {
  return args.flags.has(name) ? isOn(args, name) : null
}
