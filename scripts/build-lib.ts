/**
 * `npm run build:lib`: `dist`, as the package ships it. The code is joined into few files, since a process that draws
 * one figure spends more time finding and compiling four hundred modules than drawing. Types are a file for each
 * module that an entry's types reach.
 *
 *   dist/lib/index.js  dist/lib/browser.js  dist/eleventy/plugin.js  dist/svg/index.js  dist/cli/main.js
 *
 * Every file lies two levels below the package, as the sources do, so that `../../assets` is the same place for both.
 *
 * What `package.json` has under `dependencies` and `peerDependencies` is loaded from where the package is installed; the
 * rest that the code imports is joined in, with its licence in `dist/LICENSES.txt`: linkedom's one file is used, and an
 * installation would bring four megabytes with it.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import manifest from '../package.json' with { type: 'json' }

const ROOT = join(import.meta.dirname, '..')
const { values } = parseArgs({ options: { out: { type: 'string', default: join(ROOT, 'dist') } } })
const { out } = values

rmSync(out, { recursive: true, force: true })
const types = spawnSync('tsc', ['-p', 'tsconfig.build.json', '--outDir', join(out, 'types')], {
  cwd: ROOT,
  stdio: 'inherit',
})
process.exitCode = types.status ?? 1

const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: {
    'lib/index': 'src/index.ts',
    // What it shares with the others reaches nothing of Node, as a chunk has only what all its entries reach.
    'lib/browser': 'src/browser.ts',
    'eleventy/plugin': 'src/eleventy/plugin.ts',
    'svg/index': 'src/svg/index.ts',
    'cli/main': 'src/cli/main.ts',
    // In files of their own, so that the bundle of a page leaves out what the page does not use.
    'parts/compile': 'src/compile.ts',
    'parts/figure-svg': 'src/library.ts',
    'parts/korean': 'src/problem/korean.ts',
  },
  outdir: out,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'es2023',
  external: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
  // Names stay, and lines short enough for a stack trace to say something.
  minifyWhitespace: true,
  lineLimit: 160,
  metafile: true,
  logLevel: 'warning',
})

/** Of a package and of those it has itself joined in. */
function licencesOf(name: string): readonly (readonly [string, string])[] {
  const folder = join(ROOT, 'node_modules', name)
  const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  const [file] = readdirSync(folder).filter((one) => /^licen[cs]e/i.test(one))
  if (file === undefined) throw new Error(`${name} has no licence to go with it`)
  return [[name, readFileSync(join(folder, file), 'utf8')], ...Object.keys(dependencies).flatMap(licencesOf)]
}

const joined = new Set(
  Object.keys(metafile.inputs).flatMap(
    (file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  ),
)
const licences = new Map([...joined].flatMap(licencesOf))
writeFileSync(
  join(out, 'LICENSES.txt'),
  [...licences].map(([name, text]) => `${name}\n\n${text.trim()}\n`).join('\n\n'),
)
