import { defineConfig } from 'vitest/config'

/** What needs a browser, the built site, the packed package or a process of its own: minutes instead of seconds. */
const WHOLE = [
  'tests/{cli,eleventy,geometry,lsp,package,playground,preview,site,svg}/**/*.test.ts',
  'tests/font/meter.test.ts',
  'tests/mermaid/drawn.test.ts',
  'tests/robust/{growth,growth-drawing,harmless,log-lines,outputs,source-files}.test.ts',
]

// A browser start or an Eleventy build on two busy cores takes its time; no test asserts how long.
const shared = { testTimeout: 300_000, hookTimeout: 600_000 }

export default defineConfig({
  test: {
    projects: [
      // One worker loads the code once for all its files, which nothing here changes: half the CPU.
      {
        test: { ...shared, name: 'logic', include: ['tests/**/*.test.ts'], exclude: WHOLE, isolate: false },
      },
      { test: { ...shared, name: 'whole', include: WHOLE } },
    ],
  },
})
