/** Seeds of property tests: a fixed one, and a fresh one that the test's name prints. */
export const seeds = (): readonly number[] => (forMutants ? [20261124] : [20261124, Date.now() % 2 ** 31])

/** Fewer runs while mutants are tried, each of which would need them all. */
export const runs = (count: number): number => (forMutants ? Math.ceil(count / 10) : count)

const forMutants = process.env['MUTANT_TESTS'] !== undefined
