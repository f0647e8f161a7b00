import { isAtLeast, type Program, type Release, type Releases } from './release.ts'

/** From `since` on the rule is `is`. */
export interface Edge<Value> {
  readonly since: Release
  readonly is: Value
}

/** One thing that differs between releases. */
export interface Rule<Value> {
  readonly of: Program
  /** Where the rule stands in the program's source, or what changed it. */
  readonly source: string
  /** What it is before the first edge. */
  readonly was: Value
  /** Oldest first; the releases that really brought the change, whether or not a block can name them. */
  readonly edges: readonly Edge<Value>[]
}

/** What a rule is in a release of its program. */
export function valueIn<Value>({ of, was, edges }: Rule<Value>, releases: Releases): Value {
  const edge = edges.findLast(({ since }) => isAtLeast(releases[of], since))
  return edge === undefined ? was : edge.is
}

/** A rule that is off before a release and on from it. */
export function begins(of: Program, since: Release, source: string): Rule<boolean> {
  return { of, source, was: false, edges: [{ since, is: true }] }
}

/** A rule that holds before a release and no more from it. */
export function ends(of: Program, until: Release, source: string): Rule<boolean> {
  return { of, source, was: true, edges: [{ since: until, is: false }] }
}

/** A rule that is one of several things. */
export function turns<const Value>(
  of: Program,
  source: string,
  was: Value,
  ...edges: readonly (readonly [Release, Value])[]
): Rule<Value> {
  return { of, source, was, edges: edges.map(([since, is]) => ({ since, is })) }
}
