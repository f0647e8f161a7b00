/**
 * `extends`: a service takes everything of another one, of the same file or another, and goes over it.
 *
 * @see https://github.com/compose-spec/compose-go/blob/main/loader/extends.go
 */

import { nearest } from '../problem/nearest.ts'
import { say } from '../problem/say.ts'
import type { Loading } from './loading.ts'
import { mergeValues, withoutTags } from './merge.ts'
import { fileFolder } from './paths.ts'
import { problemAt } from './problem-at.ts'
import { type Entry, plainText, type Table, tableOf, type Value, type Variables } from './value.ts'

/** Services that extend each other: more in a row are taken for a ring. */
export const LONGEST_CHAIN = 100

/** One file's services, as far as they have been resolved. */
interface Services {
  readonly entries: ReadonlyMap<string, Entry>
  readonly resolved: Map<string, Value | null>
  readonly folder: string
  /** `''` for the document itself. */
  readonly file: string
}

/** @param folder Where `file:` starts from. */
export function applyExtends(loading: Loading, document: Table, variables: Variables, folder: string): Table {
  const services = document.entries.get('services')
  const table = tableOf(services?.value)
  if (services === undefined || table === null) return document
  if (![...table.entries.values()].some(({ value }) => tableOf(value)?.entries.has('extends') === true))
    return document
  const own: Services = { entries: table.entries, resolved: new Map(), folder, file: '' }
  const bases = new Map<string, Services | null>()

  const resolve = (of: Services, name: string, chain: readonly string[]): Value | null => {
    const known = of.resolved.get(name)
    if (known !== undefined) return known
    const value = of.entries.get(name)?.value ?? null
    const resolved = value?.kind === 'table' ? extended(of, name, value, chain) : value
    of.resolved.set(name, resolved)
    return resolved
  }

  const extended = (of: Services, name: string, service: Table, chain: readonly string[]): Value => {
    const wanted = service.entries.get('extends')
    if (wanted === undefined) return service
    const entries = new Map(service.entries)
    entries.delete('extends')
    const alone: Table = { ...service, entries }
    const asked = readExtends(loading, wanted)
    if (asked === null) return alone
    const link = `${of.file}#${name}`
    if (chain.includes(link) || chain.length > LONGEST_CHAIN) {
      const message = say`services extend each other in a ring: "${name}" extends itself through others`
      loading.report(
        problemAt('EXTENDS_CYCLE', wanted.keySpan, message, say`Delete one of these "extends:".`),
      )
      return alone
    }
    const from = asked.file === null ? of : baseFile(of, asked.file)
    if (from === null) return alone
    if (!from.entries.has(asked.service)) {
      const near = nearest(asked.service, [...from.entries.keys()])
      const hint =
        near === null
          ? say`Services there: ${[...from.entries.keys()].join(', ')}.`
          : say`Did you mean "${near}"?`
      const message = say`cannot extend service "${name}": service "${asked.service}" not found in ${asked.path ?? say`the file`}`
      loading.report(problemAt('EXTENDS_NOT_FOUND', asked.at.span, message, hint))
      return alone
    }
    const base = withoutTags(resolve(from, asked.service, [...chain, link]))
    return mergeValues(base, alone, ['services', name], loading.report) ?? alone
  }

  const baseFile = (of: Services, file: Value): Services | null => {
    const path = plainText(file) ?? ''
    const key = `${of.folder}\n${path}`
    const known = bases.get(key)
    if (known !== undefined) return known
    const opened = loading.open(path, of.folder, file)
    let base: Services | null = null
    if (opened !== null) {
      let root: Value | null = null
      for (const part of loading.parse(opened, variables))
        root = withoutTags(mergeValues(root, part, [], loading.report))
      const found = tableOf(tableOf(root)?.entries.get('services')?.value)
      base = {
        entries: found?.entries ?? new Map(),
        resolved: new Map(),
        folder: fileFolder(opened.file),
        file: opened.file,
      }
    }
    bases.set(key, base)
    return base
  }

  const entries = new Map<string, Entry>()
  for (const [name, entry] of table.entries) entries.set(name, { ...entry, value: resolve(own, name, []) })
  const changed: Entry = { ...services, value: { ...table, entries } }
  return { ...document, entries: new Map([...document.entries, ['services', changed]]) }
}

interface Wanted {
  readonly service: string
  /** `null`: of the same file. */
  readonly file: Value | null
  readonly path: string | null
  readonly at: Value
}

/** `extends: NAME`, or a map with `service` and `file`. */
function readExtends(loading: Loading, { keySpan, value }: Entry): Wanted | null {
  const hint = say`Write { service: NAME }, or { file: base.yaml, service: NAME }.`
  if (value?.kind === 'text') return { service: plainText(value) ?? '', file: null, path: null, at: value }
  const service = tableOf(value)?.entries.get('service')?.value ?? null
  const name = plainText(service)
  if (service === null || name === null) {
    loading.report(problemAt('MISSING_KEY', value?.span ?? keySpan, say`"extends" names no service`, hint))
    return null
  }
  const file = tableOf(value)?.entries.get('file')?.value ?? null
  return { service: name, file, path: plainText(file), at: service }
}
