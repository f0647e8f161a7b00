// The executable from TypeScript source, for work in the repository: bundled once after each change of the source,
// which makes it start several times faster than compiling it module by module at every start.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
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
  const { outputFiles } = await build({
    entryPoints: [{ in: join(root, 'src/cli/main.ts'), out: basename(file, '.mjs') }],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'part-[hash]',
    // What one command alone needs is loaded by that command alone.
    splitting: true,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
    write: false,
  })
  const older = readdirSync(folder).filter((name) => name.endsWith('.mjs'))
  const written = outputFiles.toSorted(
    (one, other) => Number(one.path === file) - Number(other.path === file),
  )
  // The entry comes last: whoever sees it finds its parts.
  for (const { path, contents } of written) {
    writeFileSync(`${path}.${process.pid}`, contents)
    renameSync(`${path}.${process.pid}`, path)
  }
  const kept = new Set(written.map(({ path }) => basename(path)))
  for (const name of older) if (!kept.has(name)) rmSync(join(folder, name), { force: true })
}
