import { describe, expect, it } from 'vitest'
import type { Problem } from '../../src/problem/problem.ts'
import { NO_TEXT, RULES } from './follow.ts'
import { inputs, problemsOf } from './followed-codes.ts'

/** Told of what is drawn, once there is something that can be drawn. */
const OF_A_FIGURE = new Set([
  'ADDRESS_BY_CHANCE',
  'SUBNET_BY_CHANCE',
  'NOT_PUBLISHED',
  'PORT_PUBLISHED_TWICE',
])

/** A second mistake of the author's, which the first one hid. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  'IPv6 address as ipv4_address': ['ADDRESS_OUT_OF_RANGE'],
  'a scale without a number': ['SERVICE_NOT_FOUND'],
  'unknown key of an attachment': ['ADDRESS_OUT_OF_RANGE'],
  'unknown key of a command': ['NO_ERROR'],
  'networks of a service as a text': ['UNDEFINED_NETWORK'],
  'unknown endpoint mode': ['COMPOSE_IGNORES_KEY'],
  'expect is neither error nor ok': ['NO_ERROR'],
  'an alias without its anchor': ['WRONG_TYPE'],
  'a merge key with a text': ['UNKNOWN_ANCHOR'],
  'example of UNKNOWN_ANCHOR': ['WRONG_TYPE'],
}

/** What is told after following, and was not before; and the followed problem, if it is still there. */
function cameOf(name: string, text: string, problem: Problem, after: string): readonly string[] {
  const before = problemsOf(text)
  const rest = before.filter((one) => one !== problem).map(({ code }) => code)
  const more: string[] = []
  for (const { code, message } of problemsOf(after)) {
    const known = rest.indexOf(code)
    if (known >= 0) rest.splice(known, 1)
    else if ((OF_A_FIGURE.has(code) && code !== problem.code) || BEHIND[name]?.includes(code)) continue
    else more.push(`${code} ${message}`)
  }
  return more
}

/** Follows the hint again and again where it is about one of several. */
function followed(name: string, text: string, problem: Problem): readonly string[] {
  let [at, told, left] = [text, problem, ['']] as [string, Problem, readonly string[]]
  for (let i = 0; i < 5 && left.length > 0; i++) {
    const rule = RULES.find(([form]) => form.test(told.hint))
    const found = rule?.[0].exec(told.hint)
    if (rule === undefined || found == null) return [`no rule for: ${told.hint}`]
    const after = rule[1](
      { text: at, problem: told, marked: at.slice(told.span.start, told.span.end) },
      found,
    )
    if (after === null) return [`the rule for "${told.hint}" does not fit`]
    left = cameOf(name, text, problem, after)
    const again = problemsOf(after).find(({ code }) => code === problem.code)
    if (!problem.code.endsWith('_BY_CHANCE') || again === undefined || after === at)
      return left.map((one) => `${one} (${told.hint}) ${after}`)
    ;[at, told] = [after, again]
  }
  return left
}

describe.each(inputs())('%s', (name, text) => {
  it('is well after each hint is followed literally, and nothing else comes', () => {
    for (const problem of problemsOf(text)) {
      const { hint } = problem
      expect(hint, problem.code).not.toBe('')
      if (RULES.some(([form]) => form.test(hint))) expect(followed(name, text, problem), hint).toEqual([])
      else
        expect(NO_TEXT.filter(([form]) => form.test(hint)).length, `no rule for: ${hint}`).toBeGreaterThan(0)
    }
  })
})

describe('rules for following hints', () => {
  it('are all used', () => {
    const hints = inputs().flatMap(([, text]) => problemsOf(text).map(({ hint }) => hint))
    const unused = [...RULES, ...NO_TEXT].filter(([form]) => !hints.some((hint) => form.test(hint)))
    expect(unused.map(([form]) => String(form))).toEqual([])
  })
})
