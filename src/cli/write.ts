/** Files that a command writes. */
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { crc32 } from 'node:zlib'
import { type OutFile, OverwriteError, writeFiles } from '../files/write-files.ts'
import { MARKDOWN } from '../input/input.ts'
import { isOurFence } from '../markdown-it/info.ts'
import { UsageError } from './command.ts'

export type { OutFile } from '../files/write-files.ts'

/**
 * @param inputs What the files are made from.
 * @param force Whether files that no earlier run made may be replaced.
 * @throws {UsageError} when one would destroy something; then none is written.
 */
export async function writeOutputs(
  files: readonly OutFile[],
  { inputs, force }: { readonly inputs: readonly string[]; readonly force: boolean },
): Promise<void> {
  try {
    await writeFiles(files, { inputs, force, isOurs })
  } catch (error) {
    throw error instanceof OverwriteError ? new UsageError(error.message) : error
  }
}

/** Last line of Markdown that a command made: a definition that nothing refers to, which no reader shows. */
export const MADE_BY = '[//]: # (made by docker-network markdown)'

/** In the head of a page that a command made. */
export const GENERATOR = '<meta name="generator" content="docker-network">'

/** Whether a file is such Markdown, of an earlier run. */
export function isMadeByUs(path: string): boolean {
  try {
    return readFileSync(path, 'utf8').trimEnd().endsWith(MADE_BY)
  } catch {
    return false
  }
}

/** Whether a file is not there as it would be written. */
export function isStale({ path, content }: OutFile): boolean {
  try {
    return !readFileSync(path).equals(Buffer.from(content))
  } catch {
    return true
  }
}

/** Text in a PNG that says what made it. */
const PNG_MARK = 'Software\0docker-network'

/** The same PNG with a chunk behind its header that says what made it. @see PNG, 11.3.3.3 (tEXt) */
export function markedPng(png: Uint8Array): Uint8Array {
  const headerEnd = 33
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(`tEXt${PNG_MARK}`, 'latin1'), Buffer.alloc(4)])
  chunk.writeUInt32BE(PNG_MARK.length, 0)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4)
  return Buffer.concat([png.subarray(0, headerEnd), chunk, png.subarray(headerEnd)])
}

/** Whether a file looks like one that an earlier run wrote, so that writing it again destroys nothing. */
function isOurs(path: string, content: Buffer): boolean {
  switch (extname(path).toLowerCase()) {
    case '.png':
      return content.includes(PNG_MARK)
    default:
      if (MARKDOWN.test(extname(path))) return isRewritten(content.toString('utf8'))
      if (content.toString('utf8', 0, 500).includes(GENERATOR)) return true
      return /^(?:<svg [^>]*class="docker-network|<figure [^>]*class="docker-network|---\nconfig:\n {2}layout: docker-network\n)/.test(
        content.toString('utf8', 0, 2000),
      )
  }
}

/** A source has fences of ours, what was made of it has figures. */
function isRewritten(text: string): boolean {
  if (text.trimEnd().endsWith(MADE_BY)) return true
  return (
    text.includes('<figure class="docker-network') &&
    !text.split('\n').some((line) => isOurFence(line.replace(/^[^`~]*[`~]+/, '')))
  )
}
