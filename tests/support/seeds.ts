import { execFileSync } from 'node:child_process'

/** The seed of every random test in every run. */
const FIXED = 20261126

/** How many times as long as in `npm test`: `npm run test:fuzz` sets it. */
export const LONG = Number(process.env['FUZZ_RUNS'] ?? 1)

const forMutants = process.env['MUTANT_TESTS'] !== undefined

/** Fewer runs while mutants are tried, each of which would need them all. */
export const runs = (count: number): number => (forMutants ? Math.ceil(count / 10) : count)

/**
 * Seeds of random tests; the name of a test tells its seed. Always the fixed one; in CI another one with every change
 * of the sources, in `npm run test:fuzz` another one each time. With `FUZZ_SEED` only that one, to run a finding again.
 */
export function seeds(): readonly number[] {
  const { FUZZ_SEED, FUZZ_RUNS, CI } = process.env
  if (FUZZ_SEED !== undefined) return [Number(FUZZ_SEED)]
  if (forMutants || CI === undefined) return [FIXED]
  return [FIXED, FUZZ_RUNS === undefined ? seedOfSources() : Date.now() % 1_000_000_000]
}

/**
 * A seed that is new with each commit and the same wherever that commit is tested: a finding shows before the commit
 * lands or not at all, and never in somebody else's change.
 */
function seedOfSources(): number {
  try {
    const trees = execFileSync('git', ['rev-parse', 'HEAD:src', 'HEAD:tests'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [src, tests] = trees.trim().split('\n')
    return (Number.parseInt(src!.slice(0, 7), 16) ^ Number.parseInt(tests!.slice(0, 7), 16)) >>> 0
  } catch {
    return FIXED + 1 // no repository: the sources were unpacked from an archive
  }
}
