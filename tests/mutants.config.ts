/** Vitest for mutants: of a room (`stryker.config.js`), or of a sample of one (`scripts/mutants.ts`). */
import { defineConfig } from 'vitest/config'

const folders = (process.env['MUTANT_TESTS'] ?? '').split(' ').filter((name) => name !== '')
const isSample = process.env['MUTANT_LIST'] !== undefined

export default defineConfig({
  test: {
    include: isSample
      ? ['scripts/mutants/sample.test.ts']
      : folders.map((name) => `tests/${name}/**/*.test.ts`),
    testTimeout: 120_000,
  },
})
