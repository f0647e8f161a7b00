// The executable from TypeScript source, for work in the repository: bundled once after each change of the source,
// which makes it start several times faster than compiling it module by module at every start.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
// As deep as src/cli, so that paths relative to a module stay right.
const folder = join(root, '.cache/cli')

/** A name for the source as it is now: every file with its size and time. */
function sourceKey() {
  const hash = createHash('sha256')
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).sort()
  for (const file of ['../package.json', ...files]) {
    const { mtimeMs, size } = statSync(join(root, 'src', file))
    hash.update(`${file}\0${mtimeMs}\0${size}\0`)
  }
  return hash.digest('hex').slice(0, 16)
}

export async function loadFromSource() {
  const name = `main-${sourceKey()}.mjs`
  const file = join(folder, name)
  if (!existsSync(file)) await bundle(file)
  return import(pathToFileURL(file).href)
}

async function bundle(file) {
  const { build } = await import('esbuild')
  mkdirSync(folder, { recursive: true })
  const unfinished = `${file}.${process.pid}`
  await build({
    entryPoints: [join(root, 'src/cli/main.ts')],
    outfile: unfinished,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
  })
  const older = readdirSync(folder).filter((name) => name.endsWith('.mjs'))
  renameSync(unfinished, file)
  for (const name of older) rmSync(join(folder, name), { force: true })
}
