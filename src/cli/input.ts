/** The file a command works on. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isError } from '../compile.ts'
import { fileErrorText } from '../files/file-error.ts'
import { type Input, type InputOptions, readInputText } from '../input/input.ts'
import { formatProblemIn, type PlacedProblem } from '../problem/report.ts'
import { languageOption, type OptionValues, type Terminal, UsageError } from './command.ts'

export type { Input, InputBlock, InputOptions } from '../input/input.ts'
export type { Block } from '../markdown-it/post.ts'

/**
 * Reads FILE; `-` is standard input, which is Markdown when it has a docker-network fence.
 *
 * @throws {UsageError} when the file cannot be read.
 */
export async function readInput(file: string, options: InputOptions, terminal: Terminal): Promise<Input> {
  return file === '-'
    ? readInputText('<stdin>', null, await terminal.read(), options)
    : readInputText(file, file, await readText(file), options)
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${fileErrorText(error)}`)
  }
}

/** The files an input was made from: FILE, and what it names. */
export function inputFiles(file: string, { files, root }: Input): readonly string[] {
  return [...(file === '-' ? [] : [file]), ...files.map((name) => resolve(root, name))]
}

/** Prints problems for a person, in the language of `--lang`. @returns whether one of them is an error. */
export function tellProblems(
  problems: readonly PlacedProblem[],
  options: OptionValues,
  terminal: Terminal,
): boolean {
  const texts = problems.map(formatProblemIn(languageOption(options) ?? 'en'))
  if (texts.length > 0) terminal.tell(`${texts.join('\n\n')}\n`)
  return problems.some(({ problem }) => isError(problem))
}
