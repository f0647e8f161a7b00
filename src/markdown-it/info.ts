/** The words after the three backticks: `docker-network view=bus title="two words" hidden`. */
import type { Located, Span } from '../problem/problem.ts'

export const FENCE_NAME = 'docker-network'

/** How a reference in prose begins; a text with neither this nor a fence of ours is none of our business. */
export const REFERENCE_BEGIN = '{dn:'

/** Keys that take a value, and words that stand alone. */
export const FENCE_KEYS = [
  'view',
  'direction',
  'show',
  'hide',
  'src',
  'model',
  'use',
  'title',
  'caption',
  'highlight',
  'focus',
  'lang',
  'theme',
  'step',
  'since',
  'steps',
  'print',
  'from',
  'to',
  'id',
  'class',
] as const
export const FENCE_FLAGS = ['hidden'] as const

export type FenceKey = (typeof FENCE_KEYS)[number]
export type FenceFlag = (typeof FENCE_FLAGS)[number]

export interface FenceInfo {
  readonly values: ReadonlyMap<FenceKey, Located<string>>
  readonly flags: ReadonlySet<FenceFlag>
  /** What is none of the above, or is there twice; for the author to be told. `quote`: one that does not end. */
  readonly strange: readonly {
    readonly kind: 'unknown' | 'repeated' | 'empty' | 'quote'
    readonly word: Located<string>
  }[]
}

const isKey = (text: string): text is FenceKey => FENCE_KEYS.some((key) => key === text)
const isFlag = (text: string): text is FenceFlag => FENCE_FLAGS.some((flag) => flag === text)

/** `key`, then perhaps `=` and a value: in double quotes, in single quotes, or up to the next blank. */
const WORD = /([^\s=]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S*)))?/g

/** A straight quote without its other end, or a curved one, which some keyboards put in its place. */
const OPEN_QUOTE = /^["'\u2018-\u201f]/

/** Whether an info string is ours: its first word decides. */
export function isOurFence(info: string): boolean {
  return /^\s*docker-network(?=\s|$)/.test(info)
}

/** `{.wide #shop}` at the end, as several plugins of markdown-it and Pandoc write classes and ids. */
const BRACES = /\{([^{}"']*)\}\s*$/

function readBraces(info: string): Pick<FenceInfo, 'values'> & { readonly begin: number } {
  const values = new Map<FenceKey, Located<string>>()
  const found = BRACES.exec(info)
  const words = found?.[1]?.trim().split(/\s+/) ?? []
  if (found === null || !words.every((word) => /^[.#][^.#=\s]+$/.test(word)))
    return { values, begin: info.length }
  const span = { start: found.index, end: found.index + found[0].trimEnd().length }
  for (const [mark, key] of [
    ['.', 'class'],
    ['#', 'id'],
  ] as const) {
    const named = words.filter((word) => word.startsWith(mark)).map((word) => word.slice(1))
    if (named.length > 0) values.set(key, { value: named.join(' '), span })
  }
  return { values, begin: found.index }
}

/** Spans are offsets into `info`. */
export function readInfo(info: string): FenceInfo {
  const values = new Map<FenceKey, Located<string>>()
  const flags = new Set<FenceFlag>()
  const strange: FenceInfo['strange'][number][] = []
  const begin = info.indexOf(FENCE_NAME) + FENCE_NAME.length
  const braces = readBraces(info)
  for (const [key, value] of braces.values) values.set(key, value)
  for (const match of info.slice(begin, braces.begin).matchAll(WORD)) {
    const [all, name = '', double, single, bare] = match
    const start = begin + match.index
    const nameSpan: Span = { start, end: start + name.length }
    const value = double ?? single ?? bare
    // What follows belongs to the value, as the author meant it.
    if (bare !== undefined && OPEN_QUOTE.test(bare)) {
      strange.push({ kind: 'quote', word: { value: name, span: { start, end: start + all.length } } })
      break
    }
    if (value === undefined && isFlag(name)) {
      flags.add(name)
    } else if (!isKey(name)) {
      strange.push({ kind: 'unknown', word: { value: name, span: nameSpan } })
    } else if (value === undefined || value === '') {
      strange.push({ kind: 'empty', word: { value: name, span: nameSpan } })
    } else if (values.has(name)) {
      strange.push({ kind: 'repeated', word: { value: name, span: nameSpan } })
    } else {
      const end = start + all.length - (bare === undefined ? 1 : 0)
      values.set(name, { value, span: { start: end - value.length, end } })
    }
  }
  return { values, flags, strange }
}

/** A fence of another language asks for values by our name after its own: ```` ```console docker-network ````. */
const ASKS = new RegExp(`\\s${FENCE_NAME}(?=\\s|$)`)
export const asksForValues = (info: string): boolean => !isOurFence(info) && ASKS.test(info)

/** The blanks before our name go with it. */
export function infoWithoutAsking(info: string): string {
  const found = ASKS.exec(info)
  if (found === null) return info
  return info.slice(0, found.index).trimEnd() + info.slice(found.index + found[0].length)
}
