/** Vitest for mutants: only the tests that hold the rules of a room (`stryker.config.js`). */
import { defineConfig } from 'vitest/config'

const folders = (process.env['MUTANT_TESTS'] ?? '').split(' ').filter((name) => name !== '')

export default defineConfig({
  test: {
    include: folders.map((name) => `tests/${name}/**/*.test.ts`),
    testTimeout: 120_000,
  },
})
