/** Reading `src=` files: only plain files inside the project, also by way of links. */
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'

export type FileText =
  | {
      readonly ok: true
      /** Path from the project's root, with `/`. */
      readonly file: string
      readonly text: string
    }
  | {
      readonly ok: false
      readonly why: 'missing' | 'outside' | 'not-a-file' | 'too-large'
      /** As above, where it lies inside the project: the post is read again when there is such a file. */
      readonly file?: string | undefined
    }

/** Gives the text of `path`, as written in the post `from` (a path, or `null` when the post is not a file). */
export type ReadFile = (path: string, from: string | null) => FileText

/** Largest file `src=` reads, in bytes. */
export const MAX_FILE_BYTES = 1024 * 1024

/** A reader for one project. Nothing outside of `root` is read or told about, not even whether it exists. */
export function createFileReader(root: string): ReadFile {
  const inside = (path: string, base: string): boolean => {
    const way = relative(base, path)
    return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  }
  return (path, from) => {
    const base = resolve(root)
    const wanted = resolve(base, from === null ? '.' : dirname(resolve(base, from)), path)
    if (path.includes('\0') || !inside(wanted, base)) return { ok: false, why: 'outside' }
    const file = relative(base, wanted).split(sep).join('/')
    try {
      const real = realpathSync(wanted)
      if (!inside(real, realpathSync(base))) return { ok: false, why: 'outside' }
      const stat = statSync(real)
      if (!stat.isFile()) return { ok: false, why: 'not-a-file', file }
      if (stat.size > MAX_FILE_BYTES) return { ok: false, why: 'too-large', file }
      return { ok: true, file, text: readFileSync(real, 'utf8') }
    } catch {
      return { ok: false, why: 'missing', file }
    }
  }
}
