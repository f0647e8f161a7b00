import { readFile } from 'node:fs/promises'
import { fileErrorText } from '../files/file-error.ts'
import { type Inspected, readInspect } from '../verify/inspect.ts'
import { type Terminal, UsageError } from './command.ts'

/**
 * What was saved of `docker network inspect` and `docker inspect`, of all files together; `-` is standard input.
 *
 * @throws {UsageError} when a file cannot be read or holds something else.
 */
export async function readInspectFiles(files: readonly string[], terminal: Terminal): Promise<Inspected> {
  const readings = await Promise.all(files.map((file) => readOne(file, terminal)))
  return {
    networks: readings.flatMap(({ networks }) => networks),
    containers: readings.flatMap(({ containers }) => containers),
  }
}

async function readOne(file: string, terminal: Terminal): Promise<Inspected> {
  let text: string
  try {
    text = file === '-' ? await terminal.read() : await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${fileErrorText(error)}`)
  }
  const reading = readInspect(text.replace(/^\ufeff/, ''))
  if (!reading.ok) throw new UsageError(`${file}: ${reading.message}`)
  return reading.value
}
