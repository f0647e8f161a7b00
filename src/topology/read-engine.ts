/** `engine:`: a release of the engine, or of the engine, the command line and Compose each. */

import { problemAt } from '../compose/problem-at.ts'
import type { Text, Value } from '../compose/value.ts'
import { say } from '../problem/say.ts'
import {
  RELEASES,
  type Release,
  type Releases,
  type Rules,
  rulesOf,
  rulesOfReleases,
} from '../rules/index.ts'
import { DEFAULT_ENGINE, ENGINE_VERSIONS, type EngineVersion } from '../version.ts'
import { openText, type Place, readFields } from './field.ts'
import { ENGINE_KEYS } from './keys.ts'

export interface EngineChoice {
  readonly engine: EngineVersion
  readonly rules: Rules
}

/** `28`, `28.2`, `28.2.1`, or a map. Without a word on the others, those that came with the engine. */
export function readEngine(place: Place, node: Value | null): EngineChoice {
  const value = place.reading.open(node, place.interpolated)
  if (value === null || value.kind !== 'table') return chosen(place, openText(place, node), {})
  const fields = readFields(place, node, ENGINE_KEYS, 'release')
  const at = (key: string): Value | null => fields?.get(key)?.value ?? null
  const of = (key: string): Place => ({ ...place, what: say`"${key}" of ${place.what}` })
  return chosen(of('release'), openText(of('release'), at('release')), {
    ...readOther(of('cli'), at('cli'), 'cli'),
    ...readOther(of('compose'), at('compose'), 'compose'),
  })
}

function chosen(place: Place, text: Text | null, others: Partial<Releases>): EngineChoice {
  const [, major, minor] = /^v?([0-9]{2})(?:\.([0-9]{1,2}))?(?:\.[0-9]+)*$/.exec(text?.value ?? '') ?? []
  const known = ENGINE_VERSIONS.find((version) => version === major)
  if (text !== null && known === undefined) {
    const message = say`The rules of engine "${text.value}" are not known`
    const hint = say`Write one of ${ENGINE_VERSIONS.join(', ')}.`
    place.reading.report(problemAt('UNKNOWN_ENGINE', text.span, message, hint))
  }
  const engine = known ?? DEFAULT_ENGINE
  if (minor === undefined && Object.keys(others).length === 0) return { engine, rules: rulesOf(engine) }
  // The command line is released with the engine, under the same number. 20 has no other than 20.10.
  const own: Release | undefined =
    minor === undefined || known === '20' ? undefined : `${Number(major)}.${Number(minor)}`
  const lockstep = own === undefined ? {} : { engine: own, cli: own }
  return { engine, rules: rulesOfReleases({ ...RELEASES[engine], ...lockstep, ...others }) }
}

/** A release of another program, which may be older or newer than the engine's. */
function readOther(place: Place, node: Value | null, program: 'cli' | 'compose'): Partial<Releases> {
  const text = openText(place, node)
  if (text === null) return {}
  const [, major, minor] = /^v?([0-9]{1,2})(?:\.([0-9]{1,2}))?(?:\.[0-9]+)*$/.exec(text.value) ?? []
  // Version 1 of Compose is another program: `docker-compose` among the commands.
  if (major !== undefined && (program === 'cli' || Number(major) > 1))
    return { [program]: `${Number(major)}.${Number(minor ?? 99)}` }
  const message = say`"${text.value}" is no release of ${program === 'cli' ? say`the command line` : say`Docker Compose 2 or later`}`
  const example = RELEASES[DEFAULT_ENGINE][program]
  place.reading.report(problemAt('UNKNOWN_ENGINE', text.span, message, say`Write one such as ${example}.`))
  return {}
}
