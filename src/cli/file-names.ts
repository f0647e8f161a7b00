/** What the names of posts become in the names of images, in URLs and in ids. */
import { extname } from 'node:path'
import { shortHash } from '../problem/short-hash.ts'

/**
 * Names of posts without their endings, for the files that belong to them. Where two are the same, also on disks that
 * do not tell `Post` from `post`, a hash of the whole name keeps them apart.
 */
export function fileStems(names: readonly string[]): readonly string[] {
  const stems = names.map((name) => name.slice(0, name.length - extname(name).length))
  const count = new Map<string, number>()
  const key = (stem: string): string => stem.normalize('NFC').toLowerCase()
  for (const stem of stems) count.set(key(stem), (count.get(key(stem)) ?? 0) + 1)
  return stems.map((stem, index) =>
    (count.get(key(stem)) ?? 0) > 1 ? `${stem}-${shortHash(names[index] ?? '')}` : stem,
  )
}

/** An id of HTML, which has no blanks, and which CSS and URLs take as it is. */
export function idOf(stem: string): string {
  const cleaned = stem.replace(/[^\p{L}\p{N}_-]+/gu, '-')
  return cleaned === stem ? stem : `${cleaned}-${shortHash(stem)}`
}
