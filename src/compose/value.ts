/**
 * YAML as this language sees it: texts, lists and tables with their places. Every scalar is the text as written
 * (so `010.0` and `22:22` stay what they are); what a text means is decided by the key it stands under.
 *
 * Offsets count in all texts of a model, one behind the other (`texts.ts`).
 */

import type { Problem, Report, Span } from '../problem/problem.ts'
import { worded } from '../problem/say.ts'
import { interpolate, type Variables } from './interpolation.ts'

export type { Variables }

export interface Text {
  readonly kind: 'text'
  /** With its variables as written, until it is opened. */
  readonly value: string
  /** Written without quotes: only then can it be a boolean, a number in one of YAML's forms, or nothing. */
  readonly plain: boolean
  readonly span: Span
  readonly variables: Variables
}
export interface List {
  readonly kind: 'list'
  readonly items: readonly (Value | null)[]
  readonly span: Span
}
export interface Table {
  readonly kind: 'table'
  /** In order of writing, merge keys resolved, the first of several equal keys. */
  readonly entries: ReadonlyMap<string, Entry>
  readonly span: Span
}
export interface Entry {
  readonly key: string
  readonly keySpan: Span
  /** `null` for nothing (`key:`, `~`, `null`) and for what was reported as wrong. */
  readonly value: Value | null
  /** `!reset`: what files before this one say there goes away. `!override`: it is replaced. Else `null`. */
  readonly tag: 'reset' | 'override' | null
}
export type Value = Text | List | Table

/** One model while it is read. */
export interface Reading {
  /** All texts, as offsets count. */
  readonly source: string
  readonly report: Report
  /**
   * The value, a text with its variables replaced where `interpolated`. What is wrong with them is reported once; a
   * text without a variable that it requires is none, so that nothing else is said of it.
   */
  open(value: Value | null, interpolated: boolean): Value | null
}

export function createReading(source: string, report: Report): Reading {
  const opened = new Map<Text, Text | null>()
  return {
    source,
    report,
    open(value, interpolated) {
      if (value?.kind !== 'text' || !interpolated || !value.value.includes('$')) return value
      const known = opened.get(value)
      if (known !== undefined) return known
      let isWhole = true
      const tell: Report = (problem) => {
        isWhole &&= problem.code !== 'VARIABLE_REQUIRED'
        report(value.plain ? inQuotes(problem, value.value) : problem)
      }
      const replaced = interpolate(value.value, value.span, value.variables, tell)
      const text = isWhole ? { ...value, value: replaced } : null
      opened.set(value, text)
      return text
    },
  }
}

/** Braces end a text that stands in braces without quotes: then the whole text is what is to be written. */
function inQuotes(problem: Problem, text: string): Problem {
  const { message, hint } = problem.said
  const [advised, ...others] = hint.values
  const name = /^\$\{(\w+):-value\}$/.exec(`${advised}`)?.[1]
  if (name === undefined || text.length > 60) return problem
  const whole = text.replace(new RegExp(`\\$\\{${name}[^{}]*\\}|\\$${name}`), `$\{${name}:-value}`)
  return { ...problem, ...worded(message, { ...hint, values: [JSON.stringify(whole), ...others] }) }
}

/** A text's value with its variables replaced; `null` for what is no text. Nothing is reported. */
export function plainText(value: Value | null | undefined): string | null {
  if (value?.kind !== 'text') return null
  return interpolate(value.value, value.span, value.variables, () => {})
}

export const tableOf = (value: Value | null | undefined): Table | null =>
  value?.kind === 'table' ? value : null

/** Items of a list or map, without reading them. */
export function count(value: Value | null): number {
  return value?.kind === 'list' ? value.items.length : value?.kind === 'table' ? value.entries.size : 0
}
