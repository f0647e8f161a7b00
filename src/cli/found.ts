/** Arguments that name files, folders or patterns, and doing a thing again at each change of them. */

import { statSync } from 'node:fs'
import { basename, relative, resolve } from 'node:path'
import { whyUnreadable } from '../files/look-at.ts'
import { filesWith, findFiles } from '../input/find.ts'
import { watchFiles } from '../input/watch.ts'
import { UsageError } from './command.ts'

/**
 * The files that arguments name, each once; `-` is standard input.
 *
 * @throws {UsageError} for an argument that names none.
 */
export function namedFiles(args: readonly string[]): readonly string[] {
  if (args.length === 0) throw new UsageError('FILE is missing')
  const files = args.flatMap((word) => {
    if (word === '-') return [word]
    const found = findFiles(word)
    if (found.ok) return found.files
    throw new UsageError(
      found.why === 'missing'
        ? `cannot read ${word}: ${whyUnreadable(word)}`
        : `${word}: no Markdown with a docker-network fence, compose file or topology is there`,
    )
  })
  return [...new Set(files)]
}

/** A file that arguments mean. */
export interface NamedFile {
  readonly path: string
  /** Its way from the folder that was named, or its mere name. */
  readonly name: string
  /** Whether an argument is this very file. */
  readonly isNamed: boolean
}

/** Files of ours that arguments mean, with their names. @throws {UsageError} for an argument that means none. */
export function namedFrom(args: readonly string[]): readonly NamedFile[] {
  return args.flatMap((word) => {
    const isFolder = statSync(word, { throwIfNoEntry: false })?.isDirectory() === true
    return namedFiles([word]).map((path) => ({
      path,
      name: isFolder ? relative(word, path) : basename(path),
      isNamed: !isFolder,
    }))
  })
}

/**
 * The files that arguments mean, of folders all with such an ending, each once.
 *
 * @throws {UsageError} for an argument that means none.
 */
export function namedIn(args: readonly string[], endings: RegExp): readonly NamedFile[] {
  const files = args.flatMap((word): readonly NamedFile[] => {
    if (word === '-') return [{ path: word, name: 'stdin.md', isNamed: true }]
    const found = filesWith(word, endings)
    if (found.ok && found.folder === null)
      return found.files.map((path) => ({ path, name: basename(path), isNamed: true }))
    if (found.ok) {
      const { folder } = found
      return found.files.map((path) => ({ path, name: relative(folder ?? '', path), isNamed: false }))
    }
    throw new UsageError(
      found.why === 'missing'
        ? `cannot read ${word}: ${whyUnreadable(word)}`
        : `${word}: no Markdown is there`,
    )
  })
  const paths = files.map(({ path }) => resolve(path))
  return files.filter((_, index) => paths.indexOf(paths[index] ?? '') === index)
}

/**
 * Calls `run` now, and again at each change of the files it gives, until the process is told to end.
 *
 * @param paths Files and folders to watch from the beginning.
 * @param run Gives the files to watch; what it throws is told and waited out.
 */
export async function again(
  paths: readonly string[],
  run: () => Promise<readonly string[]>,
  tell: (text: string) => void,
): Promise<void> {
  let running = Promise.resolve()
  const once = async (): Promise<void> => {
    try {
      watching.add(await run())
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      tell(`${error.message}\n`)
    }
  }
  const watching = await watchFiles(paths, () => {
    running = running.then(once)
  })
  await once()
  await untilEnded()
  await running
  await watching.close()
}

/** Until Ctrl+C, or until the terminal is closed. */
export function untilEnded(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done())
  })
}
