import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'

/** The folders of this package whose code is in `<folder>/<room>/<file>`: the sources, and what the build writes. */
const OWN = ['src', 'dist']

/**
 * Hash of all code of this package: what it makes of a block may change with any of it, and nobody has to remember to
 * raise a number. Where somebody's bundler has put the package into a file of theirs, that file counts.
 */
export function codeVersion(): string {
  const { dirname, filename } = import.meta
  const folder = resolve(dirname, '..')
  const files = OWN.includes(basename(folder)) ? codeIn(folder).sort() : [filename]
  const all = createHash('sha256')
  for (const file of files) all.update(relative(folder, file)).update('\0').update(readFileSync(file))
  return all.digest('hex')
}

/** Folder by folder: `recursive` takes six times as long. */
function codeIn(folder: string): string[] {
  const files: string[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...codeIn(path))
    else if (/(?<!\.d)\.(ts|js)$/.test(entry.name)) files.push(path)
  }
  return files
}
