/** `docker-network markdown README.md --write`: figures that stand in the file they are written in. */
import { readFileSync } from 'node:fs'
import { fileErrorText } from '../files/file-error.ts'
import { readInputText } from '../input/input.ts'
import { type ExitStatus, type Terminal, UsageError } from './command.ts'
import type { NamedFile } from './found.ts'
import { tellProblems } from './input.ts'
import { blockMarkdown } from './markdown-figure.ts'
import { MARKDOWN_HOSTS } from './markdown-hosts.ts'
import { placedBlock, placedValue, restore, unfitBlock } from './markdown-places.ts'
import { type OutFile, writeOutputs } from './write.ts'

export interface InPlaceOptions {
  /** Writes nothing, and fails when something would be written. */
  readonly check: boolean
  readonly language: string | undefined
}

/** Nothing is written when a block of any file has an error. */
export async function keepInPlace(
  files: readonly NamedFile[],
  { check, language }: InPlaceOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  let failed = false
  const changed: OutFile[] = []
  for (const { path } of files) {
    if (path === '-') throw new UsageError('standard input cannot be kept fresh')
    const text = readText(path)
    const fresh = freshText(path, text, language, terminal)
    if (fresh === null) failed = true
    else if (fresh !== text) {
      changed.push({ path, content: fresh })
      if (check) terminal.tell(`${staleText(path, text, fresh)}\n`)
    }
  }
  if (failed) return 1
  if (check) return changed.length > 0 ? 1 : 0
  await writeOutputs(changed, { inputs: [], force: true })
  return 0
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${fileErrorText(error)}`)
  }
}

/** @returns `null` when a block has an error, which is told. */
function freshText(
  path: string,
  text: string,
  language: string | undefined,
  terminal: Terminal,
): string | null {
  const source = restore(text.replace(/\r\n/g, '\n'))
  if (!source.ok) {
    terminal.tell(`${path}:${source.line}:1 ${source.message}\n`)
    return null
  }
  const input = readInputText(path, path, source.text, { language })
  if (tellProblems(input.problems, { lang: language }, terminal)) return null
  const unfit = input.blocks.map(unfitBlock).find((why) => why !== null)
  if (unfit !== undefined) {
    terminal.tell(`${path}: ${unfit}\n`)
    return null
  }
  const fresh = input.rewrite((block, number) => {
    const written = input.blocks[number - 1]
    const made = blockMarkdown(block, MARKDOWN_HOSTS.github, `dn-${number}`, null)
    return written === undefined ? made : placedBlock(written, made)
  }, placedValue)
  const left = fresh.split('\n').findIndex((line) => /(?<!\\)\{dn:[^{}\n]+\}/.test(line))
  if (left >= 0)
    terminal.tell(
      `${path}: a reference in a listing or in the address of a link cannot be kept fresh here, and stays: ${fresh.split('\n')[left]?.trim()}\n`,
    )
  if (input.blocks.length === 0 && fresh === source.text) return text
  // A block is followed by one blank line, however often it is written.
  const lines = fresh.replace(/(<!-- \/docker-network -->\n)([ \t>]*\n)(?:[ \t>]*\n)*/g, '$1$2')
  let end = lines.length
  while (lines[end - 1] === '\n') end -= 1
  const whole = `${lines.slice(0, end)}\n`
  return text.includes('\r\n') ? whole.replace(/\n/g, '\r\n') : whole
}

/** Which places of a file are stale, by the lines of their comments. */
function staleText(path: string, text: string, fresh: string): string {
  const [before, after] = [regions(text), regions(fresh)]
  const stale = before.filter(({ content }, index) => content !== after[index]?.content)
  const where = stale.map(({ line }) => String(line)).join(', ')
  const what = before.length !== after.length || stale.length === 0 ? '' : ` (block at line ${where})`
  return `${path} is stale${what}; run docker-network markdown ${path} --for github --write`
}

function regions(text: string): readonly { readonly line: number; readonly content: string }[] {
  return [...text.matchAll(/<!-- docker-network(?![\w-])[\s\S]*?<!-- \/docker-network -->/g)].map(
    ({ 0: content, index }) => ({ line: text.slice(0, index).split('\n').length, content }),
  )
}
