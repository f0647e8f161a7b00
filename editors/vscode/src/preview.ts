/** The markdown-it plugin as VS Code's preview wants it: one instance for all documents of all folders. */
import { dirname } from 'node:path'
import type { ReadFile } from '../../../src/files/file-text.ts'
import { createFileReader } from '../../../src/files/project-files.ts'
import dockerNetwork, { type MarkdownIt } from '../../../src/markdown-it/plugin.ts'

export type { MarkdownIt } from '../../../src/markdown-it/plugin.ts'

export interface PreviewHost {
  /** `undefined`: the page's own. */
  readonly language: () => string | undefined
  /** The folder that the files of a document may not leave; `null` for one that is in no workspace. */
  readonly rootOf: (file: string) => string | null
}

export function usePlugin(md: MarkdownIt, host: PreviewHost): MarkdownIt {
  let root = '.'
  const readFile: ReadFile = (path, from, purpose) => createFileReader(root)(path, from, purpose)
  return md.use(dockerNetwork, {
    readFile,
    // Asked for at the beginning of each text; which folder its files lie in follows from it.
    file: (env) => {
      const file = fileOf(env)
      if (file !== null) root = host.rootOf(file) ?? dirname(file)
      return file
    },
    get language() {
      return host.language()
    },
  })
}

/** VS Code gives the document's address in the environment. */
function fileOf(env: unknown): string | null {
  const document: unknown = Reflect.get(Object(env), 'currentDocument')
  const path: unknown = Reflect.get(Object(document), 'fsPath')
  return typeof path === 'string' ? path : null
}
