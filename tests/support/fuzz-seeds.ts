/**
 * Seeds of random tests: always the same ones, and where CI runs a fresh one, which the name of the test tells. With
 * `FUZZ_SEED` only that one, to run a finding again.
 */
export function testSeeds(): readonly number[] {
  const { FUZZ_SEED, CI } = process.env
  if (FUZZ_SEED !== undefined) return [Number(FUZZ_SEED)]
  return CI === undefined ? [20261126] : [20261126, Date.now() % 1_000_000_000]
}

/** How many times as long: `npm run test:fuzz`. */
export const LONG = Number(process.env.FUZZ_RUNS ?? 1)
