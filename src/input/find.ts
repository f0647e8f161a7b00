/** Files behind what was typed on a command line: a file, a folder, or a pattern that the shell did not expand. */
import { readFileSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { globSync } from 'tinyglobby'
import { lookAt } from '../files/look-at.ts'
import { MARKDOWN } from './input.ts'

/** Never looked into: what packages and builds put there, and what is hidden. */
const PASSED_OVER = ['**/node_modules/**', '**/_site/**', '**/dist/**', '**/.*/**']
const COMPOSE = /^(?:docker-)?compose\.ya?ml$/i
/** A part of another file, which does not stand by itself. */
const PART = /\.override\.ya?ml$/i
const TOPOLOGY = /^(?:services|commands|hosts|swarm|x-docker-network):/m
/** A file that begins so late is none that people write by hand. */
const MOST_READ = 1024 * 1024

/** Whether a file found in a folder has anything for us: Markdown with a fence or a reference, a compose file, a topology. */
export function isOurFile(path: string, text: string): boolean {
  if (MARKDOWN.test(extname(path))) return text.includes('docker-network') || text.includes('{dn:')
  const name = basename(path)
  if (!/^\.ya?ml$/i.test(extname(name)) || PART.test(name)) return false
  return COMPOSE.test(name) || TOPOLOGY.test(text)
}

export type Found =
  | { readonly ok: true; readonly files: readonly string[] }
  /** `nothing`: the folder or pattern has no file of ours. */
  | { readonly ok: false; readonly why: 'missing' | 'nothing' }

/**
 * The files that `word` means, in the order of their names. A file is itself, whatever is in it; of a folder or a
 * pattern those that have anything for us.
 */
export function findFiles(word: string): Found {
  const stat = lookAt(word)
  if (stat !== null && !stat.isDirectory()) return { ok: true, files: [word] }
  const isPattern = stat === null
  if (isPattern && !/[*?{[]/.test(word)) return { ok: false, why: 'missing' }
  const found = isPattern
    ? globSync(word.replaceAll('\\', '/'), { ignore: PASSED_OVER, absolute: false })
    : globSync('**/*.{md,markdown,mdown,mkd,mdx,qmd,rmd,yaml,yml}', {
        cwd: word,
        ignore: PASSED_OVER,
        caseSensitiveMatch: false,
      }).map((file) => join(word, file))
  const files = found.filter((file) => isOurFile(file, beginningOf(file))).sort()
  return files.length === 0 ? { ok: false, why: 'nothing' } : { ok: true, files }
}

/** Like `findFiles`, but all with a kind of ending, whatever is in them. `folder`: what the way to them begins at. */
export function filesWith(
  word: string,
  endings: RegExp,
):
  | { readonly ok: true; readonly files: readonly string[]; readonly folder: string | null }
  | { readonly ok: false; readonly why: 'missing' | 'nothing' } {
  const stat = lookAt(word)
  if (stat !== null && !stat.isDirectory()) return { ok: true, files: [word], folder: null }
  const isPattern = stat === null
  const pattern = word.replaceAll('\\', '/')
  if (isPattern && !/[*?{[]/.test(word)) return { ok: false, why: 'missing' }
  const still = pattern.split('/')
  const folder = isPattern
    ? still
        .slice(
          0,
          still.findIndex((part) => /[*?{[]/.test(part)),
        )
        .join('/')
    : word
  const found = isPattern
    ? globSync(pattern, { ignore: PASSED_OVER, absolute: false })
    : globSync('**/*', { cwd: word, ignore: PASSED_OVER }).map((file) => join(word, file))
  const files = found.filter((file) => endings.test(extname(file))).sort()
  return files.length === 0 ? { ok: false, why: 'nothing' } : { ok: true, files, folder }
}

/** The text of a file, or `''` when it is too large or cannot be read. */
function beginningOf(file: string): string {
  try {
    return statSync(file).size > MOST_READ ? '' : readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
