/** Names of compose files. */
import { MODEL_NAMES } from '../compose/load.ts'
import { normalName } from '../compose/project-name.ts'

export { MODEL_NAMES }

/** `./p1/../p1/compose.yaml` as `p1/compose.yaml`. */
export function normalPath(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part)
  }
  return parts.join('/')
}

/** What compose calls a project by the folder of its file; `''` where the path has none. */
export const folderProject = (path: string): string => normalName(path.split('/').at(-2) ?? '')
