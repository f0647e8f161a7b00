/** What compose reads of a file: the block itself, and those under `files:`. */

import { problemAt } from '../compose/problem-at.ts'
import { projectNameOf } from '../compose/project-name.ts'
import { plainText, tableOf, type Value } from '../compose/value.ts'
import type { Problem } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import { type Fields, type Place, readFields, readNamed } from './field.ts'
import { normalPath } from './file-path.ts'
import { FILE_KEYS } from './keys.ts'
import { readNetwork } from './read-network.ts'
import { checkKey, readService } from './read-service.ts'
import type { ComposeFile, NetworkEntry, ServiceEntry } from './topology.ts'

/** The same place, with errors collected too. */
export function collecting(top: Place, errors: Problem[]): Place {
  const report = (problem: Problem): void => {
    if (problem.severity === 'error' || problem.code === 'KEY_PASSED_OVER') errors.push(problem)
    top.reading.report(problem)
  }
  return { ...top, reading: { ...top.reading, report } }
}

/** @param isCompared Whether another file may stand in for it, so that what changed has to be known. */
export function readComposeFile(
  compose: Place,
  fields: Fields,
  isCompared: boolean,
): Omit<ComposeFile, 'name' | 'composeProblems'> {
  const at = (key: string): Value | null => fields.get(key)?.value ?? null
  const services = new Map<string, ServiceEntry>()
  const networks = new Map<string, NetworkEntry>()
  const written = { services: new Map<string, string>(), networks: new Map<string, string>() }
  for (const entry of readNamed({ ...compose, what: say`"services"` }, at('services'))?.entries.values() ??
    []) {
    checkKey(compose, entry, 'service')
    services.set(entry.key, readService(compose, entry))
    if (isCompared) written.services.set(entry.key, formOf(entry.value, NO_NEW_CONTAINER))
  }
  for (const entry of readNamed({ ...compose, what: say`"networks"` }, at('networks'))?.entries.values() ??
    []) {
    checkKey(compose, entry, 'network')
    networks.set(entry.key, readNetwork(compose, entry))
    if (isCompared) written.networks.set(entry.key, formOf(entry.value, []))
  }
  return { services, networks, written }
}

/** Files by the name that `docker compose -f` gives them. */
export function readFiles(top: Place, node: Value | null): ReadonlyMap<string, ComposeFile> {
  const files = new Map<string, ComposeFile>()
  for (const entry of readNamed({ ...top, what: say`"files"` }, node)?.entries.values() ?? []) {
    const composeProblems: Problem[] = []
    const compose = collecting({ ...top, what: say`File "${entry.key}"` }, composeProblems)
    const fields = readFields(compose, entry.value, FILE_KEYS, 'services')
    if (fields === null || entry.value === null) continue
    for (const service of tableOf(fields.get('services')?.value)?.entries.values() ?? []) {
      const extended = tableOf(service.value)?.entries.get('extends')
      if (extended === undefined) continue
      const hint = say`Write out what it takes over.`
      compose.reading.report(
        problemAt('UNKNOWN_KEY', extended.keySpan, say`"extends" is not read under "files:"`, hint),
      )
    }
    const name = projectNameOf([entry.value], null, { values: new Map(), file: null }, compose.reading.report)
    files.set(normalPath(entry.key), { name, composeProblems, ...readComposeFile(compose, fields, true) })
  }
  return files
}

/**
 * Keys of a service that may change without a new container.
 * @see docker/compose `pkg/compose/hash.go: ServiceHash`
 */
const NO_NEW_CONTAINER = ['build', 'pull_policy', 'scale', 'depends_on', 'profiles', 'deploy.replicas']

/** Lists of these stand for maps. */
const LIKE_MAPS: ReadonlySet<string> = new Set(['networks', 'environment', 'labels', 'driver_opts'])

/** A value in a form that is the same however it was written. */
function formOf(value: Value | null, left: readonly string[], path = ''): string {
  if (value === null) return ''
  if (value.kind === 'text') return JSON.stringify(plainText(value))
  const key = path.split('.').at(-1) ?? ''
  if (value.kind === 'list') {
    if (!LIKE_MAPS.has(key)) return `[${value.items.map((item) => formOf(item, left, path)).join(',')}]`
    const pairs = value.items.map((item) => {
      const text = plainText(item) ?? ''
      const equals = text.indexOf('=')
      return equals < 0
        ? `${JSON.stringify(text)}:`
        : `${JSON.stringify(text.slice(0, equals))}:${JSON.stringify(text.slice(equals + 1))}`
    })
    return `{${pairs.sort().join(',')}}`
  }
  const entries = [...value.entries.values()]
    .map((entry) => ({ entry, at: path === '' ? entry.key : `${path}.${entry.key}` }))
    .filter(({ at }) => !left.includes(at))
    .map(({ entry, at }) => `${JSON.stringify(entry.key)}:${formOf(entry.value, left, at)}`)
  return `{${entries.sort().join(',')}}`
}
