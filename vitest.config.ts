import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // A browser start or an Eleventy build on two busy cores takes its time; no test asserts how long.
    testTimeout: 300_000,
    hookTimeout: 600_000,
  },
})
