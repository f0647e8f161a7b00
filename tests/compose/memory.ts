/** A project that lies in no folder: texts by their paths from its root. */
import { type ReadModel, readTexts } from '../../src/compile.ts'
import { ALONE, type LoadOptions, type ModelText } from '../../src/compose/load.ts'
import type { ReadProjectFile } from '../../src/compose/loading.ts'
import { fileSource } from '../../src/problem/report.ts'

/** @param asked Takes down what is looked for. */
export function readerOf(files: Readonly<Record<string, string>>, asked: string[] = []): ReadProjectFile {
  return (path, from, purpose) => {
    const parts = (from ?? '').split('/').slice(0, -1)
    for (const part of path.split('/')) {
      if (part === '..' && parts.pop() === undefined) return { ok: false, why: 'outside' }
      if (part !== '..' && part !== '.') parts.push(part)
    }
    const file = parts.join('/')
    asked.push(`${purpose} ${file}`)
    const text = files[file]
    return text === undefined ? { ok: false, why: 'missing', file } : { ok: true, file, text }
  }
}

/** `compose.yaml`, and `over.yaml` over it where it is there, with `.env` beside them. */
export function readMemory(
  files: Readonly<Record<string, string>>,
  options: Partial<LoadOptions> = {},
  typed: readonly ModelText[] = [],
): ReadModel {
  const load: LoadOptions = {
    ...ALONE,
    variables: null,
    rootName: 'folder',
    read: readerOf(files),
    ...options,
  }
  const texts = ['compose.yaml', 'over.yaml'].flatMap((file) => {
    const text = files[file]
    return text === undefined ? [] : [{ text, source: fileSource(file, text), file }]
  })
  return readTexts([...texts, ...typed], load)
}
