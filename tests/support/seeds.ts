/** Seeds of property tests: a fixed one, and a fresh one that the test's name prints. */
export const seeds = (): readonly number[] => [20261124, Date.now() % 2 ** 31]
