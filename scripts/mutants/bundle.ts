/** A room with all its mutants in it, and its tests, in one file. */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { build } from 'esbuild'
import { globSync } from 'tinyglobby'

const ROOT = resolve(import.meta.dirname, '../..')

export interface Mutant {
  readonly id: string
  readonly fileName: string
  readonly mutatorName: string
  readonly replacement?: string | undefined
  readonly location: { readonly start: { readonly line: number; readonly column: number } }
}

const quiet = (): void => {}
const no = (): boolean => false
const SILENT = {
  ...{ trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet },
  ...{ isTraceEnabled: no, isDebugEnabled: no, isInfoEnabled: no },
  ...{ isWarnEnabled: no, isErrorEnabled: no, isFatalEnabled: no },
}

/** The mutants of a room in a fixed order, and its source with all of them in it, each behind a switch. */
export async function instrument(pattern: string): Promise<{
  readonly mutants: readonly Mutant[]
  readonly sources: ReadonlyMap<string, string>
}> {
  const names = globSync(pattern, { cwd: ROOT, absolute: true }).sort()
  const files = names.map((name) => ({ name, content: readFileSync(name, 'utf8'), mutate: true }))
  const options = { plugins: null, excludedMutations: [], ignorers: [] }
  const done = await new Instrumenter(SILENT).instrument(files, options)
  const sources = new Map(done.files.map(({ name, content }) => [name, content]))
  const mutants = done.mutants.map((mutant) => ({ ...mutant, fileName: relative(ROOT, mutant.fileName) }))
  return { mutants, sources }
}

/** @returns where the file is. */
export async function bundle(
  sources: ReadonlyMap<string, string>,
  folders: readonly string[],
): Promise<string> {
  const tests = globSync(
    folders.map((name) => (name.endsWith('.test.ts') ? `tests/${name}` : `tests/${name}/**/*.test.ts`)),
    // Long for one subject, or of no use without a real engine.
    { cwd: ROOT, ignore: ['tests/plan/dependency.test.ts', 'tests/engine/real-engine.test.ts'] },
  ).sort()
  const outfile = join(ROOT, '.cache/mutants/all.mjs')
  mkdirSync(dirname(outfile), { recursive: true })
  const standIn = join(import.meta.dirname, 'stand-in.ts')
  await build({
    stdin: {
      contents: [
        ...tests.map((file) => `import ${JSON.stringify(`./${file}`)}`),
        `export { noted } from ${JSON.stringify(standIn)}`,
      ].join('\n'),
      resolveDir: ROOT,
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    // The package says that no file has side effects; tests are nothing else.
    ignoreAnnotations: true,
    logLevel: 'error',
    plugins: [
      {
        name: 'mutants',
        setup(own) {
          own.onResolve({ filter: /^vitest$/ }, ({ importer }) =>
            importer === standIn ? { path: 'vitest', external: true } : { path: standIn },
          )
          own.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
            loader: 'ts',
            contents: (sources.get(path) ?? readFileSync(path, 'utf8'))
              .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
              .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
          }))
        },
      },
    ],
  })
  return outfile
}
