/**
 * What an author is told, in words that are chosen where it is made and put into a language where it is shown
 * (`in-language.ts`). English stands where it is said, as a template; the same in Korean stands in `korean.ts`, by that
 * template, and is loaded only by what shows problems.
 */
import type { ProblemCode } from './code.ts'
import type { Span } from './span.ts'

/** A sentence or a part of one. Made by `say` only, so that a text that nobody can translate is no message. */
export interface Said {
  /** English, with `%1` … `%9` for the values. */
  readonly template: string
  readonly values: readonly Sayable[]
  /** For what Docker, or another program, says itself: what it means in the reader's language stands before it. */
  readonly code?: ProblemCode
}

/** Strings are names, addresses and code: the same in each language. */
export type Sayable = string | number | Said

export const say = (parts: TemplateStringsArray, ...values: readonly Sayable[]): Said => ({
  template: templateOf(parts),
  values,
})

/** A place in the code has the same parts each time it is run, and a reader says what it reads at every field. */
const templates = new WeakMap<TemplateStringsArray, string>()

function templateOf(parts: TemplateStringsArray): string {
  const known = templates.get(parts)
  if (known !== undefined) return known
  const template = parts.reduce((text, part, index) => `${text}%${index}${part}`)
  templates.set(parts, template)
  return template
}

/** Names and code alone, the same in each language. */
export const asWritten = (text: string): Said => ({ template: '%1', values: [text] })

/** A program's own words, which stay as it prints them. */
export const programSays = (code: ProblemCode, text: string): Said => ({ ...asWritten(text), code })

/** `"a", "b" and "c"`: as many as fit, and how many more there are. */
export function listed(names: readonly string[], most = 4): Said {
  const shown = names.slice(0, most).map((name) => `"${name}"`)
  const more = names.length - shown.length
  if (more > 0) return say`${shown.join(', ')} and ${more} more`
  return andList(shown)
}

/** `a, b and c` */
export function andList(names: readonly string[]): Said {
  const [last = '', ...before] = names.toReversed()
  return before.length === 0 ? asWritten(last) : say`${before.reverse().join(', ')} and ${last}`
}

/** `a or b or c` */
export const orList = (names: readonly string[]): Said =>
  names.slice(1).reduce((all, name) => say`${all} or ${name}`, asWritten(names[0] ?? ''))

/** In English. */
export const englishOf = ({ template, values }: Said): string =>
  filled(template, values, (value) => englishOf(value))

/** The values put into their places, parts of a sentence by `worded`. */
export const filled = (
  template: string,
  values: readonly Sayable[],
  worded: (part: Said) => string,
): string =>
  template.replace(/%([1-9])/g, (_, place: string) => {
    const value = values[Number(place) - 1] ?? ''
    return typeof value === 'object' ? worded(value) : `${value}`
  })

/** The words of a problem: in English, as its readers among programs know it, and what they are made from. */
export interface Wording {
  /** The fact, with the values in conflict. One line. */
  readonly message: string
  /** What to write instead, or what to do. */
  readonly hint: string
  readonly said: { readonly message: Said; readonly hint: Said }
}

export const worded = (message: Said, hint: Said): Wording => ({
  message: englishOf(message),
  hint: englishOf(hint),
  said: { message, hint },
})

/** The other side of a conflict. */
export interface OtherSide {
  readonly message: string
  readonly said: Said
  readonly span: Span
}

export const otherSide = (said: Said, span: Span): OtherSide => ({ message: englishOf(said), said, span })
