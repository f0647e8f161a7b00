/** The rules of one release of each program, looked up by name: `rules.rangeOrder`, `rules.say.cannotKill(…)`. */
import { ENGINE_VERSIONS, type EngineVersion } from '../version.ts'
import { REGISTER, type RuleName } from './register.ts'
import { RELEASES, type Releases } from './release.ts'
import { type Rule, valueIn } from './rule.ts'
import { WORDING, type WordingName } from './wording.ts'

export { REGISTER, type RuleName } from './register.ts'
export { isAtLeast, type Program, RELEASES, type Release, type Releases } from './release.ts'
export { type Edge, type Rule, valueIn } from './rule.ts'
export { WORDING, type WordingName } from './wording.ts'

type ValueOf<R> = R extends Rule<infer Value> ? Value : never
type Say = { readonly [Name in WordingName]: ValueOf<(typeof WORDING)[Name]> }
type Values = { readonly [Name in RuleName]: ValueOf<(typeof REGISTER)[Name]> }

/** What holds in certain releases of the engine, the command line and Compose. */
export interface Rules extends Values {
  readonly releases: Releases
  /** What they say. */
  readonly say: Say
}

function valuesOf(register: typeof REGISTER, releases: Releases): Values
function valuesOf(register: typeof WORDING, releases: Releases): Say
function valuesOf(register: Readonly<Record<string, Rule<unknown>>>, releases: Releases): object {
  return Object.fromEntries(Object.entries(register).map(([name, rule]) => [name, valueIn(rule, releases)]))
}

/** The rules of these releases. */
export function rulesOfReleases(releases: Releases): Rules {
  return { ...valuesOf(REGISTER, releases), releases, say: valuesOf(WORDING, releases) }
}

const BY_ENGINE: ReadonlyMap<EngineVersion, Rules> = new Map(
  ENGINE_VERSIONS.map((engine) => [engine, rulesOfReleases(RELEASES[engine])]),
)

/** The rules of an engine, and of the command line and the Compose that come with it. */
export function rulesOf(engine: EngineVersion): Rules {
  return BY_ENGINE.get(engine) ?? rulesOfReleases(RELEASES[engine])
}
