/** The releases at which a rule is looked at. */
import { isAtLeast, type Program, REGISTER, type Release, type Rule, WORDING } from '../../src/rules/index.ts'
import { RULES, type RuleCase, WORDS } from './cases.ts'

const range = (major: number, last: number): Release[] =>
  Array.from({ length: last + 1 }, (_, minor): Release => `${major}.${minor}`)

export const ENGINES: readonly Release[] = [
  '20.10',
  '23.0',
  '24.0',
  '25.0',
  ...range(26, 1),
  ...range(27, 5),
  ...range(28, 5),
  ...range(29, 7),
]
export const COMPOSES: readonly Release[] = ['2.16', ...range(2, 40).slice(26), ...range(5, 5)]

export const ENTRIES: Readonly<Record<string, Rule<unknown>>> = { ...REGISTER, ...WORDING }
export const CASES: Readonly<Record<string, RuleCase>> = { ...RULES, ...WORDS }

/** A release and the last one before the next edge. */
export function sides(program: Program, { sees }: RuleCase): readonly (readonly [Release, unknown])[] {
  const releases = program === 'compose' ? COMPOSES : ENGINES
  return sees.flatMap(([since, seen], i) => {
    const next = sees[i + 1]?.[0]
    const last = releases.filter((one) => next === undefined || !isAtLeast(one, next)).at(-1) ?? since
    return last === since ? [[since, seen] as const] : [[since, seen] as const, [last, seen] as const]
  })
}
