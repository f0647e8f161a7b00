/** Reading single values out of YAML: each function reports what is wrong where it is wrong and goes on. */

import { MAX_PROBLEMS } from '../compose/limits.ts'
import { problemAt, warningAt } from '../compose/problem-at.ts'
import type { Entry, Reading, Table, Text, Value } from '../compose/value.ts'
import { type Address, parseAddress, parseCidr, parseMac } from '../net/index.ts'
import { isVariableName } from '../problem/hidden.ts'
import { nearest } from '../problem/nearest.ts'
import type { Located, Span } from '../problem/problem.ts'
import { type Said, say } from '../problem/say.ts'
import type { KeyTable } from './keys.ts'

/** Where a value is and how it is spoken of: `"driver" of network "back"`. */
export interface Place {
  readonly reading: Reading
  /** Whether `${VAR}` is replaced in the texts below. */
  readonly interpolated: boolean
  readonly what: Said
  /** The service whose keys these are. */
  readonly service?: string
}

const NEWER = say`A newer compose may know it; keys of your own begin with x-.`

export type Fields = ReadonlyMap<string, Entry>

/**
 * The entries of a map whose keys are fixed. Unknown keys are reported with the nearest known one.
 *
 * @param main the key that was probably meant by a lone text: `web: nginx` for `web: { image: nginx }`.
 * @param grave keys that another one must not be mistaken for; one that is near none of them is passed over with a
 * warning, because a newer compose may know it. `null`: every unknown key is an error.
 */
export function readFields(
  place: Place,
  node: Value | null,
  known: KeyTable,
  main: string | null = null,
  grave: readonly string[] | null = null,
): Fields | null {
  const value = openTable(place, node, known, main)
  if (value === null) return null
  let unknown = 0
  for (const entry of value.entries.values()) {
    if (known.has(entry.key) || entry.key.startsWith('x-')) continue
    unknown += 1
    // Beyond that nothing is listed, so there is no need to look for what was meant.
    if (unknown > MAX_PROBLEMS) break
    const near = nearest(entry.key, [...known.keys()])
    const message = say`${place.what} has no key "${entry.key}"`
    const hint =
      near === null
        ? say`Known keys: ${shortList([...known.keys()])}. Keys of your own begin with x-.`
        : say`Did you mean "${near}"?`
    const about = { service: place.service, key: entry.key }
    const fix = near === null ? undefined : { span: entry.keySpan, text: near }
    const isHarmless = grave !== null && !grave.includes(near ?? '') && nearest(entry.key, grave) === null
    place.reading.report(
      isHarmless
        ? {
            ...warningAt(
              'KEY_PASSED_OVER',
              entry.keySpan,
              say`${message}; it is passed over`,
              near === null ? NEWER : say`${hint} ${NEWER}`,
            ),
            about,
          }
        : { ...problemAt('UNKNOWN_KEY', entry.keySpan, message, hint), about, fix },
    )
  }
  return value.entries
}

/** The entries of a map whose keys the author chooses. */
export function readNamed(place: Place, node: Value | null): Table | null {
  return openTable(place, node, null, null)
}

function openTable(
  place: Place,
  node: Value | null,
  known: KeyTable | null,
  main: string | null,
): Table | null {
  const value = place.reading.open(node, place.interpolated)
  if (value === null) return null
  if (value.kind === 'table') return value
  const keys = known === null ? null : [...known.keys()]
  wrongType(place, value.span, value.kind, say`a map`, mapHint(place, value, keys, main))
  return null
}

function mapHint(place: Place, value: Value, keys: readonly string[] | null, main: string | null): Said {
  if (keys === null) return say`Write "NAME: {}" for each, one a line.`
  const isSecret = place.service !== undefined && isVariableName(place.service)
  const text = value.kind === 'text' && isShort(value.value) && !isSecret ? value.value : null
  const [, key = '', rest = ''] = /^([\w-]+):(\S.*)$/.exec(text ?? '') ?? []
  if (keys.includes(key)) return say`Write a blank behind the colon: "${key}: ${rest}".`
  if (main === null || text === null) return say`Write "KEY: VALUE" lines; keys: ${shortList(keys)}.`
  const others = shortList(keys.filter((other) => other !== main))
  return say`Write { ${main}: ${asYaml(text)} }; further keys: ${others}.`
}

/** The nodes of a list; a single text counts as a list of one where `orText`. */
export function readItems(place: Place, node: Value | null, orText: boolean): readonly (Value | null)[] {
  const value = place.reading.open(node, place.interpolated)
  if (value === null) return []
  if (value.kind === 'list') return value.items
  if (value.kind === 'text' && orText) return [node]
  const hint =
    value.kind === 'text' && isShort(value.value)
      ? say`Write [${asYaml(value.value)}].`
      : say`Write "- " in front of each item.`
  wrongType(place, value.span, value.kind, say`a list`, hint)
  return []
}

/** Fit to be shown in a hint. */
const isShort = (text: string): boolean => text.length <= 60 && !text.includes('\n')

/** As an item of a list in brackets, in quotes where YAML would read it as something else. */
function asYaml(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : JSON.stringify(text)
}

export function openText(place: Place, node: Value | null, hint: Said = BEHIND_COLON): Text | null {
  const value = place.reading.open(node, place.interpolated)
  if (value === null) return null
  if (value.kind === 'text') return value
  wrongType(place, value.span, value.kind, say`a single value`, hint)
  return null
}
const BEHIND_COLON = say`Write the value behind the colon, on the same line.`

export function readText(place: Place, node: Value | null, hint?: Said): Located<string> | null {
  const text = openText(place, node, hint)
  return text === null ? null : { value: text.value, span: text.span }
}

/** @param hint for an item that is a list or a map itself. */
export function readTexts(
  place: Place,
  node: Value | null,
  orText: boolean,
  hint: Said = PLAIN_ITEM,
): readonly Located<string>[] {
  const items = readItems(place, node, orText)
  if (items.length === 0) return []
  const item = { ...place, what: say`An item of ${place.what}` }
  return items.map((one) => readText(item, one, hint)).filter((text) => text !== null)
}
export const PLAIN_ITEM = say`Write one text for each item, in quotes if it has ": " or brackets.`

const TRUE: ReadonlySet<string> = new Set(['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'])
const FALSE: ReadonlySet<string> = new Set(['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF'])

export function readFlag(place: Place, node: Value | null): boolean | null {
  const text = openText(place, node)
  if (text === null) return null
  if (TRUE.has(text.value)) return true
  if (FALSE.has(text.value)) return false
  place.reading.report(
    problemAt(
      'INVALID_VALUE',
      text.span,
      say`${place.what} is true or false, not "${text.value}"`,
      say`Write true or false.`,
    ),
  )
  return null
}

/**
 * A number that YAML writes in another way, such as `0x50`, `8_080` or `1e1`, in decimal digits; other texts as they are.
 * @see go-yaml `resolve.go: resolve`
 */
export function plainNumber({ value, plain }: Text): string {
  if (!plain || !/^[+-]?[0-9]/.test(value) || /^(?:0|[1-9][0-9]*)$/.test(value)) return value
  const digits = value.replaceAll('_', '')
  const octal = /^([+-]?)0([0-7]+)$/.exec(digits)
  const number =
    octal !== null
      ? Number.parseInt(`${octal[1]}${octal[2]}`, 8)
      : /^[+-]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?)$/.test(
            digits,
          )
        ? Number(digits)
        : Number.NaN
  return Number.isSafeInteger(number) ? String(number) : value
}

/** A whole number from `least` to `most`. */
export function readCount(
  place: Place,
  node: Value | null,
  least: number,
  most: number,
): Located<number> | null {
  const text = openText(place, node)
  if (text === null) return null
  const digits = plainNumber(text)
  const value = /^[+-]?[0-9]{1,15}$/.test(digits) ? Number(digits) : Number.NaN
  if (value >= least && value <= most) return { value, span: text.span }
  const message = say`${place.what} cannot be "${text.value}"`
  const hint = say`Write a whole number from ${least} to ${most}.`
  place.reading.report(problemAt('INVALID_NUMBER', text.span, message, hint))
  return null
}

export function readChoice<T extends string>(
  place: Place,
  node: Value | null,
  choices: readonly T[],
): T | null {
  const text = openText(place, node)
  return text === null ? null : chooseText(place, text, choices)
}

export function chooseText<T extends string>(
  place: Place,
  text: { readonly value: string; readonly span: Span },
  choices: readonly T[],
): T | null {
  const found = choices.find((choice) => choice === text.value)
  if (found !== undefined) return found
  const near = nearest(text.value, choices)
  const all = say`Write one of ${choices.join(', ')}.`
  const hint = near === null ? all : say`Did you mean "${near}"? ${all}`
  place.reading.report({
    ...problemAt('INVALID_VALUE', text.span, say`${place.what} cannot be "${text.value}"`, hint),
    fix: near === null ? undefined : { span: text.span, text: near },
  })
  return null
}

type Form = 'cidr' | 'ipv4' | 'ipv6' | 'address' | 'mac'

/** A text that must look like an address, subnet or MAC. What does not is reported and handed on as written. */
export function readShaped(place: Place, node: Value | null, shape: Form): Located<string> | null {
  const text = readText(place, node)
  if (text === null) return null
  checkShape(place, text, shape)
  return text
}

export function checkShape(place: Place, text: Located<string>, shape: Form): void {
  const { value, span } = text
  const { report } = place.reading
  if (value === '') return
  if (shape === 'mac') {
    if (parseMac(value) === null) {
      report(
        problemAt(
          'INVALID_MAC',
          span,
          say`${value} is not a valid mac address`,
          say`Write six bytes: 02:42:ac:11:00:02.`,
        ),
      )
    }
    return
  }
  if (shape === 'cidr') {
    if (parseCidr(value) !== null) return
    const bare = parseAddress(value)
    const hint =
      bare === null ? prefixHint(value) : say`Write the prefix length too: ${value}/${usualLength(bare)}.`
    report(problemAt('INVALID_SUBNET', span, say`${place.what} is not in CIDR notation: "${value}"`, hint))
    return
  }
  const address = parseAddress(value)
  const family = shape === 'ipv4' ? 4 : shape === 'ipv6' ? 6 : null
  if (address === null) {
    const hint =
      parseCidr(value) !== null
        ? say`Write it without the prefix length: ${value.split('/')[0] ?? ''}.`
        : addressHint(value, family)
    report(problemAt('INVALID_ADDRESS', span, say`${place.what} is not an IP address: "${value}"`, hint))
  } else if (family !== null && address.family !== family) {
    const message = say`${place.what} is an IPv${address.family} address: "${value}"`
    report(problemAt('INVALID_ADDRESS', span, message, say`Write it as ipv${address.family}_address.`))
  }
}

function prefixHint(value: string): Said {
  const [before = '', length = ''] = value.split('/')
  const address = parseAddress(before)
  const bare = String(Number(length))
  if (address !== null && /^0[0-9]+$/.test(length) && parseCidr(`${before}/${bare}`) !== null)
    return say`Write ${before}/${bare}, without the leading zero.`
  if (address !== null)
    return say`A prefix length of IPv${address.family} goes from 0 to ${address.family === 4 ? 32 : 128}.`
  return hasLeadingZero(before) ? NO_LEADING_ZEROS : say`Write an address and a prefix length: 10.5.0.0/16.`
}

const NO_LEADING_ZEROS = say`Write each part without leading zeros.`
/** The usual length, or the one that leaves no host bits of what looks like the first address of a block. */
function usualLength({ family, value }: Address): number {
  const usual = family === 4 ? 24 : 64
  const width = family === 4 ? 32 : 128
  let zeros = 0
  while (zeros < width - usual && ((value >> BigInt(zeros)) & 1n) === 0n) zeros += 1
  return zeros < 4 ? usual : width - zeros
}

const hasLeadingZero = (text: string): boolean => /^[0-9.]+$/.test(text) && /(?:^|\.)0[0-9]/.test(text)

function addressHint(value: string, family: 4 | 6 | null): Said {
  if (/^[0-9.]+$/.test(value)) {
    if (hasLeadingZero(value)) return NO_LEADING_ZEROS
    return say`IPv4 has four parts from 0 to 255.`
  }
  return family === 6
    ? say`Write an IPv6 address such as fd00::9.`
    : say`Write an IPv4 address such as 10.5.0.9, or IPv6 such as fd00::9.`
}

export function wrongType(place: Place, span: Span, got: string, wanted: Said, hint: Said): void {
  const named = got === 'text' ? say`a text` : got === 'list' ? say`a list` : say`a map`
  place.reading.report(
    problemAt('WRONG_TYPE', span, say`${place.what} must be ${wanted}, not ${named}`, hint),
  )
}

function shortList(words: readonly string[]): string {
  return words.length <= 14 ? words.join(', ') : `${words.slice(0, 14).join(', ')}, …`
}
