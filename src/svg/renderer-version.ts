import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const isSource = (name: string): boolean => /\.(ts|js)$/.test(name) && !name.endsWith('.d.ts')

/**
 * A name for the code that makes an SVG out of Mermaid text: the hash of its own files, so that nobody has to
 * remember to raise a number and a figure from the cache is never older than the code. Where a bundler has put
 * everything into one file, that file counts.
 */
export function rendererVersion(): string {
  const { filename, dirname } = import.meta
  const files = basename(filename).startsWith('renderer-version.')
    ? [dirname, join(dirname, '../layout')].flatMap((folder) =>
        readdirSync(folder)
          .filter(isSource)
          .sort()
          .map((name) => join(folder, name)),
      )
    : [filename]
  const hash = createHash('sha256')
  for (const file of files) hash.update(basename(file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}
