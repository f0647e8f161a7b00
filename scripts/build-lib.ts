/**
 * `npm run build:lib`: `dist`, as the package ships it. The code is joined into few files, since a process that draws
 * one figure spends more time finding and compiling four hundred modules than drawing; names stay readable. Types are
 * a file for each module that an entry's types reach.
 *
 *   dist/lib/index.js  dist/lib/browser.js  dist/eleventy/plugin.js  dist/svg/index.js  dist/cli/main.js
 *
 * Every file lies two levels below the package, as the sources do, so that `../../assets` is the same place for both.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BuildOptions, build } from 'esbuild'

const ROOT = join(import.meta.dirname, '..')
const { values } = parseArgs({ options: { out: { type: 'string', default: join(ROOT, 'dist') } } })
const { out } = values

const shared: BuildOptions = {
  absWorkingDir: ROOT,
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2023',
  packages: 'external',
  logLevel: 'warning',
}

rmSync(out, { recursive: true, force: true })
const types = spawnSync('tsc', ['-p', 'tsconfig.build.json', '--outDir', join(out, 'types')], {
  cwd: ROOT,
  stdio: 'inherit',
})
process.exitCode = types.status ?? 1

await Promise.all([
  build({
    ...shared,
    entryPoints: {
      'lib/index': 'src/index.ts',
      'eleventy/plugin': 'src/eleventy/plugin.ts',
      'svg/index': 'src/svg/index.ts',
      'cli/main': 'src/cli/main.ts',
    },
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
  }),
  build({
    ...shared,
    entryPoints: { 'lib/browser': 'src/browser.ts' },
    chunkNames: 'browser/[name]-[hash]',
    platform: 'browser',
  }),
])
