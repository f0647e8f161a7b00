import { type Stats, statSync } from 'node:fs'
import { fileErrorText } from './file-error.ts'

/** What lies at a path; `null` where it cannot be looked at, for any reason: whoever reads or writes it says which. */
export function lookAt(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

/** Why nothing can be read at a path, in words for who typed it. */
export function whyUnreadable(path: string): string {
  try {
    statSync(path)
    return 'there is no such file'
  } catch (error) {
    return fileErrorText(error)
  }
}
