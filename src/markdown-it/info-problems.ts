/** What is wrong with the words after the three backticks, and the values among them that have a meaning. */

import { THEMES } from '../html/figure-html.ts'
import type { ProblemCode } from '../problem/code.ts'
import { nearest } from '../problem/nearest.ts'
import type { Fix, Located, Problem, Severity, Span } from '../problem/problem.ts'
import { type Said, say, worded } from '../problem/say.ts'
import { FIGURE_PARTS, type FigurePart, VIEWS } from '../topology/topology.ts'
import { LANGUAGES } from '../words/words-for.ts'
import { FENCE_FLAGS, FENCE_KEYS, type FenceInfo, type FenceKey } from './info.ts'

export const DIRECTIONS = ['down', 'right'] as const

export function infoProblems(info: FenceInfo): readonly Problem[] {
  const known = [...FENCE_KEYS, ...FENCE_FLAGS]
  const strange = info.strange.map(({ kind, word }) => {
    switch (kind) {
      case 'unknown':
        if (word.value.includes('"')) return quoteInQuotes(word.span)
        return {
          ...error(
            'FENCE_UNKNOWN_KEY',
            say`"${word.value}" is no key of a docker-network fence`,
            hintOf(word.value, known, say`The keys are ${known.join(', ')}.`),
            word.span,
          ),
          fix: fixOf(word, known),
        }
      case 'repeated':
        return error(
          'FENCE_REPEATED_KEY',
          say`${word.value}= is there twice`,
          say`Leave one of them.`,
          word.span,
        )
      case 'empty':
        return error(
          'FENCE_BAD_VALUE',
          say`${word.value} has no value`,
          say`Write ${word.value}=…, in quotes when it has blanks.`,
          word.span,
        )
      case 'quote':
        return error(
          'FENCE_BAD_VALUE',
          say`the value of ${word.value} begins with a quote that does not end`,
          say`Write ${word.value}="…", with straight quotes on both ends.`,
          word.span,
        )
      default:
        return kind satisfies never
    }
  })
  return [
    ...strange,
    ...oneOf(info, 'view', VIEWS),
    ...oneOf(info, 'direction', DIRECTIONS),
    ...directionWarning(info),
    ...parts(info, 'show'),
    ...parts(info, 'hide'),
    ...oneOf(info, 'theme', THEMES),
    ...oneOf(info, 'lang', [...LANGUAGES.keys()]),
    ...idProblem(info),
    ...(['step', 'since', 'from', 'to'] as const).flatMap((key) => wholeNumber(info, key)),
    ...stepsProblems(info),
    ...unusedKeys(info),
  ]
}

/** Of a figure. */
const OF_FIGURES = [
  'view',
  'direction',
  'show',
  'hide',
  'title',
  'caption',
  'highlight',
  'focus',
  'theme',
] as const

/** Keys beside others that leave them nothing to say. */
function unusedKeys(info: FenceInfo): readonly Problem[] {
  const print = info.values.get('print')?.value
  const unused = (keys: readonly FenceKey[], message: (key: string) => Said, hint: (key: string) => Said) =>
    keys.flatMap((key) => {
      const written = info.values.get(key)
      if (written === undefined) return []
      return [error('KEY_WITHOUT_EFFECT', message(key), hint(key), written.span, 'warning')]
    })
  if (info.flags.has('hidden'))
    return unused(
      [...OF_FIGURES, 'step', 'since', 'steps', 'print', 'from', 'to', 'id', 'class', 'lang'],
      (key) => say`${key}= has no effect in a hidden block`,
      (key) => say`Leave ${key}= out, or write it in the block that shows the model.`,
    )
  if (print === undefined)
    return unused(
      ['from', 'to'],
      (key) => say`${key}= belongs to print=, and there is none`,
      (key) => say`Leave ${key}= out.`,
    )
  return [
    ...unused(
      OF_FIGURES,
      (key) => say`${key}= has no effect beside print=, which shows a text`,
      (key) => say`Leave ${key}= out, or write it in a block without print=.`,
    ),
    ...unused(
      print === 'changes'
        ? ['from', 'to']
        : ['since', ...(RANGED.includes(print) ? [] : (['from', 'to'] as const))],
      (key) => say`${key}= has no effect on print=${print}`,
      (key) => say`Leave ${key}= out.`,
    ),
  ]
}

/** Prints that take `from=` and `to=`. */
const RANGED: readonly string[] = ['commands', 'script']

/** Markdown takes the backslash before a quote away before anyone sees it. */
const quoteInQuotes = (span: Span): Problem =>
  error(
    'FENCE_BAD_VALUE',
    say`a double quote ends a value in double quotes`,
    say`Write a value that has double quotes in single ones: title='the "shop"'.`,
    span,
  )

function idProblem(info: FenceInfo): readonly Problem[] {
  const written = info.values.get('id')
  if (written === undefined || !/\s/.test(written.value)) return []
  const hint = say`Write id=${written.value.trim().replace(/\s+/g, '-')}.`
  return [error('FENCE_BAD_VALUE', say`an id is one word; got "${written.value}"`, hint, written.span)]
}

function oneOf(info: FenceInfo, key: FenceKey, values: readonly string[]): readonly Problem[] {
  const written = info.values.get(key)
  if (written === undefined || values.includes(written.value)) return []
  const message = say`${key} must be one of ${values.join(', ')}; got "${written.value}"`
  const near = nearest(written.value, values) ?? values[0] ?? ''
  const problem = error('FENCE_BAD_VALUE', message, say`Write ${key}=${near}.`, written.span)
  return [{ ...problem, fix: { span: written.span, text: near } }]
}

function fixOf({ value, span }: Located<string>, known: readonly string[]): Fix | undefined {
  const near = nearest(value, known)
  return near === null ? undefined : { span, text: near }
}

const hintOf = (word: string, known: readonly string[], otherwise: Said): Said => {
  const near = nearest(word, known)
  return near === null ? otherwise : say`Did you mean "${near}"?`
}

function directionWarning(info: FenceInfo): readonly Problem[] {
  const written = info.values.get('direction')
  if (written?.value !== 'right') return []
  const message = say`the figure is arranged by what it shows; "right" turns its Mermaid text only`
  const hint = say`Leave direction out, unless the Mermaid text is what you want.`
  return [error('DIRECTION_OF_TEXT', message, hint, written.span, 'warning')]
}

function parts(info: FenceInfo, key: 'show' | 'hide'): readonly Problem[] {
  const written = info.values.get(key)
  if (written === undefined) return []
  return wordsIn(written.value)
    .filter((word) => !FIGURE_PARTS.some((part) => part === word))
    .map((word) =>
      error(
        'FENCE_BAD_VALUE',
        say`"${word}" is no part of a figure`,
        hintOf(word, FIGURE_PARTS, say`The parts are ${FIGURE_PARTS.join(', ')}, with commas between them.`),
        written.span,
      ),
    )
}

function wholeNumber(info: FenceInfo, key: FenceKey): readonly Problem[] {
  const written = info.values.get(key)
  if (written === undefined || /^\d{1,6}$/.test(written.value)) return []
  const message = say`${key} must be a whole number; got "${written.value}"`
  return [error('FENCE_BAD_VALUE', message, say`Write ${key}=1.`, written.span)]
}

/** More figures than this in one place nobody steps through. */
export const MAX_STEPS_SHOWN = 40

function stepsProblems(info: FenceInfo): readonly Problem[] {
  const written = info.values.get('steps')
  if (written === undefined) return []
  const range = stepsIn(info)
  const { span, value } = written
  if (range === null)
    return [
      error(
        'FENCE_BAD_VALUE',
        say`steps must be the first and the last step with two dots between; got "${value}"`,
        say`Write steps=1..3.`,
        span,
      ),
    ]
  const { first, last } = range
  if (first >= last)
    return [
      error(
        'FENCE_BAD_VALUE',
        say`steps=${value} has no second step`,
        first === last
          ? say`Write step=${first}, or a later last step.`
          : say`Write steps=${last}..${first}.`,
        span,
      ),
    ]
  if (last - first >= MAX_STEPS_SHOWN)
    return [
      error(
        'FENCE_BAD_VALUE',
        say`steps=${value} are ${last - first + 1} figures; at most ${MAX_STEPS_SHOWN} stand in one place`,
        say`Write steps=${first}..${first + MAX_STEPS_SHOWN - 1}, and the others in a block of their own.`,
        span,
      ),
    ]
  return (['step', 'since', 'print'] as const).flatMap((key) => {
    const other = info.values.get(key)
    if (other === undefined) return []
    const message = say`${key}= does not go with steps=, which has a figure for each step`
    return [error('FENCE_BAD_VALUE', message, say`Leave ${key}= or steps= out.`, other.span)]
  })
}

/** `steps=1..6`; `null` where it is not written so. */
export function stepsIn(info: FenceInfo): { readonly first: number; readonly last: number } | null {
  const found = /^(\d{1,6})\.\.\.?(\d{1,6})$/.exec(info.values.get('steps')?.value ?? '')
  return found === null ? null : { first: Number(found[1]), last: Number(found[2]) }
}

const wordsIn = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '')

/** `show=macs,images`; `null` when not written. Words that name no part have been reported. */
export function partsIn(info: FenceInfo, key: 'show' | 'hide'): readonly FigurePart[] | null {
  const written = info.values.get(key)
  if (written === undefined) return null
  const words = wordsIn(written.value)
  return FIGURE_PARTS.filter((part) => words.includes(part))
}

export function error(
  code: ProblemCode,
  message: Said,
  hint: Said,
  span: Span,
  severity: Severity = 'error',
): Problem {
  return { code, severity, ...worded(message, hint), span, related: [] }
}
