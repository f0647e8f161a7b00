/** Files that a text was read from, told to the development servers that follow such files by themselves. */
import { resolve } from 'node:path'

/** Lists in the environment of a text that hosts watch: VitePress's and VuePress's. */
const LISTS = ['includes', 'importedFiles'] as const

/** @param files From `root`. */
export function watchFilesOfHost(files: readonly string[], env: unknown, root: string): void {
  for (const name of LISTS) {
    const list: unknown = Reflect.get(Object(env), name)
    if (!Array.isArray(list)) continue
    for (const file of files) {
      const path = resolve(root, file)
      if (!list.includes(path)) list.push(path)
    }
  }
}
