/**
 * Reading files that the text of a post names. A post may be a guest's, and what is read may show in a page, so this is
 * the one door: YAML and JSON inside the project, nothing hidden, no way out by links.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { FilePurpose, FileText, ReadFile } from './file-text.ts'

export type { FilePurpose, ReadFile } from './file-text.ts'

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 1024 * 1024

const MODEL_ENDINGS: ReadonlySet<string> = new Set(['.yaml', '.yml', '.json'])

/**
 * Whether a file may be read for a purpose, by its name alone: what `.env`, `.npmrc`, `.git/config` and the like hold
 * was never meant for a page.
 *
 * @param path From the project's root, with `/`.
 */
export function isReadable(path: string, purpose: FilePurpose): boolean {
  if (purpose === 'post') return true
  const folders = path.split('/').slice(0, -1)
  if (folders.some((part) => part.startsWith('.'))) return false
  const name = basename(path)
  if (purpose === 'variables')
    return /^\.env(?:\.[\w-]+)*$/.test(name) || (!name.startsWith('.') && name.endsWith('.env'))
  return !name.startsWith('.') && MODEL_ENDINGS.has(extname(name).toLowerCase())
}

/** A reader for one project. Nothing outside of `root` is read or told about, not even whether it exists. */
export function createFileReader(root: string): ReadFile {
  return (path, from, purpose = 'model') => {
    const base = resolve(root)
    const wanted = resolve(base, from === null ? '.' : dirname(resolve(base, from)), path)
    const file = wayInside(base, wanted)
    if (path.includes('\0') || file === null) return { ok: false, why: 'outside' }
    const isFolderOfProject = file === ''
    if (isFolderOfProject) return { ok: false, why: 'not-a-file' }
    if (!isReadable(file, purpose)) return { ok: false, why: 'not-allowed' }
    try {
      const real = realpathSync(wanted)
      const realFile = wayInside(realpathSync(base), real)
      if (realFile === null) return { ok: false, why: 'outside' }
      if (!isReadable(realFile, purpose)) return { ok: false, why: 'not-allowed' }
      return readPlain(real, file)
    } catch (error) {
      return { ok: false, why: isMissing(error) ? 'missing' : 'not-readable', file }
    }
  }
}

/** The way from a folder to a path in it, with `/`; `''` for the folder itself, `null` for what is outside. */
function wayInside(base: string, path: string): string | null {
  const way = relative(base, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : way.split(sep).join('/')
}

/** Looked at and read through one opening, so that nothing can be exchanged in between; a pipe is not waited for. */
function readPlain(path: string, file: string): FileText {
  const opened = openSync(
    path,
    constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0),
  )
  try {
    const stat = fstatSync(opened)
    if (!stat.isFile()) return { ok: false, why: 'not-a-file', file }
    if (stat.size > MAX_FILE_BYTES) return { ok: false, why: 'too-large', file }
    return { ok: true, file, text: readFileSync(opened, 'utf8') }
  } finally {
    closeSync(opened)
  }
}

function isMissing(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : null
  return code === 'ENOENT' || code === 'ENOTDIR'
}
