/** Writing what a command made: never over what it was made from, never half. */
import { lstat, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileErrorText } from './file-error.ts'

export interface OutFile {
  readonly path: string
  readonly content: string | Uint8Array
}

export interface WriteOptions {
  /** What the content was made from; no output goes over one of them, whatever else is allowed. */
  readonly inputs: readonly string[]
  /** Whether a file that no earlier run made may be replaced. */
  readonly force: boolean
  /** Whether a file that is there was made by an earlier run, by its path and its content. */
  readonly isOurs: (path: string, content: Buffer) => boolean
}

/** An output that would destroy something. The message says what to write instead. */
export class OverwriteError extends Error {
  override readonly name = 'OverwriteError'
}

/** What the file system refused; the message names the file. */
export class FileError extends Error {
  override readonly name = 'FileError'
}

/** Where one output goes. */
interface Target {
  readonly file: OutFile
  /** With links followed. */
  readonly path: string
  /** Whether it is a pipe or a device, which is written to as it is. */
  readonly isStream: boolean
}

/**
 * Writes all files or none: each is written beside its place and moved there when all of them are on the disk. Folders
 * are made where there are none.
 *
 * @throws {OverwriteError} before anything is written, when an output is an input, is there already and not ours, or is
 * another output.
 * @throws {FileError} when the file system refuses one; nothing has changed then.
 */
export async function writeFiles(files: readonly OutFile[], options: WriteOptions): Promise<void> {
  const inputs = new Set<string>()
  for (const input of options.inputs) inputs.add(await realPath(input))
  const targets: Target[] = []
  const taken = new Map<string, string>()
  for (const file of files) {
    const target = await targetOf(file)
    const other = taken.get(target.path)
    if (other !== undefined) throw new OverwriteError(`${other} and ${file.path} would be one file`)
    taken.set(target.path, file.path)
    if (inputs.has(target.path))
      throw new OverwriteError(`${file.path} would be written over what it is made from; write it elsewhere`)
    if (!options.force && !target.isStream) await refuseForeign(target, options.isOurs)
    targets.push(target)
  }
  await writeAll(targets)
}

async function targetOf(file: OutFile): Promise<Target> {
  const path = await realPath(file.path)
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory() === true) throw new FileError(`cannot write ${file.path}: it is a folder`)
  return { file, path, isStream: found !== null && !found.isFile() }
}

/** With links followed as far as the path is there; of a link that leads nowhere, where it leads. */
async function realPath(path: string): Promise<string> {
  const whole = resolve(path)
  try {
    return await realpath(whole)
  } catch {
    const parent = dirname(whole)
    return parent === whole ? whole : join(await realPath(parent), basename(whole))
  }
}

async function refuseForeign({ file, path }: Target, isOurs: WriteOptions['isOurs']): Promise<void> {
  const there = await lstat(path).catch(() => null)
  if (there === null) return
  const content = await readFile(path).catch(() => null)
  if (content !== null && (content.equals(Buffer.from(file.content)) || isOurs(path, content))) return
  throw new OverwriteError(
    `${file.path} is there already, and not made by this command; add --force to replace it`,
  )
}

async function writeAll(targets: readonly Target[]): Promise<void> {
  const unfinished: { readonly from: string; readonly target: Target }[] = []
  try {
    for (const target of targets) {
      const { file, path, isStream } = target
      await attempt(file.path, () => makeFolder(dirname(path)))
      if (isStream) continue
      const from = join(dirname(path), `.docker-network-${process.pid}-${unfinished.length}.tmp`)
      unfinished.push({ from, target })
      await attempt(file.path, () => writeWhole(from, file.content))
    }
    for (const { from, target } of unfinished)
      await attempt(target.file.path, () => rename(from, target.path))
  } catch (error) {
    for (const { from } of unfinished) await rm(from, { force: true }).catch(() => {})
    throw error
  }
  for (const { file, path, isStream } of targets)
    if (isStream) await attempt(file.path, () => writeFile(path, file.content))
}

/** On the disk, so that a full one is noticed before the file is moved to its place. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** One level after the other: Node's own `recursive` never ends under /proc. */
async function makeFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory() === true) return
  if (found === null && dirname(path) !== path) await makeFolder(dirname(path))
  await mkdir(path).catch((error: unknown) => {
    // Another process may have made it meanwhile.
    if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'EEXIST' || found !== null) throw error
  })
}

async function attempt(path: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action()
  } catch (error) {
    throw new FileError(`cannot write ${path}: ${fileErrorText(error)}`, { cause: error })
  }
}
