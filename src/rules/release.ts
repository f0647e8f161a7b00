/** Releases of the programs whose rules are known, and which of them come together. */
import type { EngineVersion } from '../version.ts'

/** `MAJOR.MINOR` as the program numbers itself: `25.0`, `20.10`, of Compose `2.40`. */
export type Release = `${number}.${number}`

/** Whose releases a rule follows: the daemon's, the command line's, or those of Docker Compose 2 and later. */
export type Program = 'engine' | 'cli' | 'compose'

/** A release of each program. */
export type Releases = Readonly<Record<Program, Release>>

/**
 * The newest releases that come together, by what a block calls the engine. Patch releases change no rule.
 * To know another engine, add a line here and its name in `version.ts`; then give rules their new edges.
 */
export const RELEASES: Readonly<Record<EngineVersion, Releases>> = {
  '20': { engine: '20.10', cli: '20.10', compose: '2.16' },
  '26': { engine: '26.1', cli: '26.1', compose: '2.26' },
  '27': { engine: '27.5', cli: '27.5', compose: '2.32' },
  '28': { engine: '28.5', cli: '28.5', compose: '2.40' },
  '29': { engine: '29.7', cli: '29.7', compose: '5.5' },
}

/** Whether `release` is `other` or a later one. */
export function isAtLeast(release: Release, other: Release): boolean {
  const [major = 0, minor = 0] = release.split('.').map(Number)
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number)
  return major === otherMajor ? minor >= otherMinor : major > otherMajor
}
