/** What things are marked with, and what a clean-up by marks takes. */
import type { LabelFilter, Labels } from './operation.ts'

export const NO_LABELS: Labels = new Map()

/** @see moby `daemon/prune.go: matchLabels`, `api/types/filters/parse.go: MatchKVList` */
export function matchesLabels(labels: Labels, filters: readonly LabelFilter[]): boolean {
  const has = ({ key, value }: LabelFilter): boolean =>
    labels.has(key) && (value === null || labels.get(key) === value)
  const excluded = filters.filter(({ isNot }) => isNot)
  return filters.filter(({ isNot }) => !isNot).every(has) && (excluded.length === 0 || !excluded.every(has))
}
