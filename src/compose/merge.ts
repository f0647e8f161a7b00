/**
 * How one file goes over another. What stands in both is merged, lists are put one behind the other, and some keys have
 * rules of their own.
 *
 * @see https://github.com/compose-spec/compose-go/blob/main/override/merge.go
 */

import type { Report } from '../problem/problem.ts'
import { otherSide, say } from '../problem/say.ts'
import { problemAt } from './problem-at.ts'
import { type Entry, type List, plainText, type Table, type Text, type Value } from './value.ts'

/** Keys at which a list over a map, or the like, would change the networks. */
const OF_NETWORKS: ReadonlySet<string> = new Set([
  'services',
  'networks',
  'ports',
  'expose',
  'links',
  'profiles',
  'deploy',
  'placement',
  'ipam',
  'config',
  'driver_opts',
  'volumes_from',
])

/** @param path Keys that lead to the two values. */
export function mergeValues(
  base: Value | null,
  over: Value | null,
  path: readonly string[],
  report: Report,
): Value | null {
  if (over === null) return base
  if (base === null) return over
  if (isAt(path, 'networks', '*', 'ipam', 'config') && base.kind === 'list' && over.kind === 'list')
    return { ...base, items: mergeSubnets(base.items, over.items, path, report) }
  const [lower, upper] = isAt(path, 'services', '*', 'networks')
    ? [asTable(base, null), asTable(over, null)]
    : isAt(path, 'services', '*', 'depends_on')
      ? [asTable(base, NEEDED), asTable(over, NEEDED)]
      : [base, over]
  if (lower.kind === 'table' && upper.kind === 'table') return mergeTables(lower, upper, path, report)
  if (lower.kind === 'list' && upper.kind === 'list')
    return { ...upper, items: [...lower.items, ...upper.items] }
  const key = path.at(-1) ?? ''
  if (lower.kind !== upper.kind && OF_NETWORKS.has(key)) {
    const kind = { text: say`a text`, list: say`a list`, table: say`a map` }
    report({
      ...problemAt(
        'WRONG_TYPE',
        upper.span,
        say`${path.join('.')} is ${kind[upper.kind]} here, and ${kind[lower.kind]} in what it goes over`,
        say`Write ${kind[lower.kind]}, or "${key}: !override" to replace it.`,
      ),
      related: [otherSide(say`written first`, lower.span)],
    })
  }
  return upper
}

function mergeTables(base: Table, over: Table, path: readonly string[], report: Report): Table {
  const entries = new Map(base.entries)
  for (const [key, entry] of over.entries) {
    const below = entries.get(key)
    entries.set(key, below === undefined ? entry : mergeEntries(below, entry, [...path, key], report))
  }
  return { ...base, entries }
}

function mergeEntries(base: Entry, over: Entry, path: readonly string[], report: Report): Entry {
  if (over.tag !== null) return over
  // A service or network is the first file's, its keys belong to the last one that writes them.
  const own = path.length <= 2 ? base : over
  return { ...own, tag: base.tag, value: mergeValues(base.value, over.value, path, report) }
}

/** `*` stands for any key. */
function isAt(path: readonly string[], ...pattern: readonly string[]): boolean {
  return path.length === pattern.length && pattern.every((part, i) => part === '*' || part === path[i])
}

/** What a service in a list of `depends_on` has, so that it goes over what a map says. */
const NEEDED = 'required'

/** A list of names is a map of them, without settings or with one flag that is set. */
function asTable(value: Value, flag: string | null): Value {
  if (value.kind !== 'list') return value
  const entries = new Map<string, Entry>()
  for (const item of value.items) {
    const key = plainText(item)
    if (key === null || item === null) return value
    const settings = flag === null ? null : flagTable(flag, item)
    if (!entries.has(key)) entries.set(key, { key, keySpan: item.span, value: settings, tag: null })
  }
  return { kind: 'table', entries, span: value.span }
}

function flagTable(key: string, { span }: Value): Table {
  const yes: Text = {
    kind: 'text',
    value: 'true',
    plain: true,
    span,
    variables: { values: new Map(), file: null },
  }
  return { kind: 'table', span, entries: new Map([[key, { key, keySpan: span, value: yes, tag: null }]]) }
}

/**
 * Subnets of a network, by compose's rule: an equal one is merged, one that the upper file does not name is gone. What is
 * merged is changed where it stands, so that one subnet may come out twice; an engine refuses that.
 */
function mergeSubnets(
  base: readonly (Value | null)[],
  over: readonly (Value | null)[],
  path: readonly string[],
  report: Report,
): readonly (Value | null)[] {
  const subnetOf = (value: Value | null): string | null =>
    value?.kind === 'table' ? plainText(value.entries.get('subnet')?.value) : null
  const merged: { value: Value | null }[] = []
  const indexOf = (value: Value | null): number =>
    merged.findIndex((known) => subnetOf(known.value) === subnetOf(value))
  const uppers = over.map((value) => ({ value }))
  for (const value of base) {
    const lower = { value }
    for (const upper of uppers) {
      if (subnetOf(upper.value) !== subnetOf(lower.value) && indexOf(upper.value) < 0) {
        merged.push(upper)
        continue
      }
      lower.value = mergeValues(lower.value, upper.value, [...path, '*'], report)
      const at = indexOf(lower.value)
      if (at < 0) merged.push(lower)
      else merged[at] = lower
    }
  }
  return merged.map((one) => one.value)
}

/** Without what `!reset` marks, and without the marks. What several aliases share is looked at once. */
export function withoutTags(value: Value | null): Value | null {
  const known = new Map<Value, Value>()
  const strip = (one: Value | null): Value | null => {
    if (one === null || one.kind === 'text') return one
    const found = known.get(one)
    if (found !== undefined) return found
    const stripped = one.kind === 'list' ? stripList(one) : stripTable(one)
    known.set(one, stripped)
    return stripped
  }
  const stripList = (list: List): List => {
    const items = list.items.map(strip)
    return items.every((item, i) => item === list.items[i]) ? list : { ...list, items }
  }
  const stripTable = (table: Table): Table => {
    let changed = false
    const entries = new Map<string, Entry>()
    for (const [key, entry] of table.entries) {
      const inner = entry.tag === 'reset' ? null : strip(entry.value)
      changed ||= inner !== entry.value || entry.tag !== null
      if (entry.tag === 'reset') continue
      entries.set(
        key,
        inner === entry.value && entry.tag === null ? entry : { ...entry, value: inner, tag: null },
      )
    }
    return changed ? { ...table, entries } : table
  }
  return strip(value)
}
