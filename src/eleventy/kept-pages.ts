/** The blocks of pages as an earlier build finished them, so that a page that did not change costs a look-up. */
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isHarmless } from '../harmless.ts'
import { cleanText } from '../problem/clean.ts'
import { type Cache, cacheKey, createCache, sha256 } from '../svg/cache.ts'
import { codeVersion } from '../svg/code-version.ts'
import type { SvgOptions } from '../svg/index.ts'
import { findMermaid } from '../svg/mermaid-host.ts'
import { createPageBundle } from './page-bundle.ts'

/** A problem as it is listed at the end of a build. */
export interface ListedProblem {
  readonly severity: 'error' | 'warning'
  /** That Docker leaves a subnet or an address open; a build tells the first of these alone. */
  readonly ofChance: boolean
  readonly text: string
}

/** What the blocks of one page came to. */
export interface KeptPage {
  /** Final HTML of each fence, in order; `''` for one that shows nothing. */
  readonly fences: readonly string[]
  readonly problems: readonly ListedProblem[]
  /** The page's file as it was, where problems name lines in it; else `null`. */
  readonly file: FileState | null
}

interface FileState {
  /** In bytes. */
  readonly size: number
  /** Of the last change, in milliseconds since 1970. */
  readonly time: number
  readonly hash: string
}

export interface KeptPages {
  find(src: string, env: unknown): KeptPage | null
  keep(src: string, env: unknown, page: Omit<KeptPage, 'file'>): void
  close(): void
}

const LIMIT = 256 * 1024 * 1024

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const areLengths = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0)

const isProblem = (value: unknown): value is ListedProblem =>
  ['error', 'warning'].includes(String(field(value, 'severity'))) &&
  typeof field(value, 'ofChance') === 'boolean' &&
  isToldText(field(value, 'text'))

/** As it was written by us: nothing in it steers the log of a build. */
const isToldText = (value: unknown): boolean => typeof value === 'string' && cleanText(value) === value

const isFileState = (value: unknown): value is FileState =>
  typeof field(value, 'size') === 'number' &&
  typeof field(value, 'time') === 'number' &&
  typeof field(value, 'hash') === 'string'

/** Lengths of the fences and all else on one line, then the fences as they are: to be cut, not to be parsed. */
function writePage({ fences, problems, file }: KeptPage): string {
  return `${JSON.stringify({ lengths: fences.map(({ length }) => length), problems, file })}\n${fences.join('')}`
}

function readPage(content: string): KeptPage | null {
  let at = content.indexOf('\n')
  if (at < 0) return null
  const value = parsed(content.slice(0, at))
  const [lengths, problems, file] = ['lengths', 'problems', 'file'].map((name) => field(value, name))
  if (!areLengths(lengths) || !Array.isArray(problems) || !problems.every(isProblem)) return null
  at += 1
  const fences = lengths.map((length) => {
    at += length
    return content.slice(at - length, at)
  })
  // Who else writes to the folder is not known: an entry is trusted no more than what was typed.
  if (at !== content.length || !fences.every(isHarmless)) return null
  return file === null || isFileState(file) ? { fences, problems, file } : null
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

const pathOf = (env: unknown): string | null => {
  const path = field(field(env, 'page'), 'inputPath')
  return typeof path === 'string' ? path : null
}

function fileState(env: unknown): FileState | null {
  const path = pathOf(env)
  if (path === null) return null
  try {
    const { size, mtimeMs: time } = statSync(path)
    return { size, time, hash: sha256(readFileSync(path)) }
  } catch {
    return null
  }
}

/** A file of another time may be the same, as in every checkout; only then is it read. */
function isUnchanged(env: unknown, was: FileState): boolean {
  try {
    const { size, mtimeMs } = statSync(pathOf(env) ?? '')
    return size === was.size && (mtimeMs === was.time || fileState(env)?.hash === was.hash)
  } catch {
    return false
  }
}

function validPage(content: string | null, env: unknown): KeptPage | null {
  const page = content === null ? null : readPage(content)
  return page === null || page.file === null || isUnchanged(env, page.file) ? page : null
}

/**
 * @param options Everything of the plugin's options that shows in a page, as a string.
 * @returns `null` where nothing is kept: the cache is turned off, or Mermaid is not there.
 */
export function createKeptPages(
  svg: SvgOptions | undefined,
  options: string,
  byMermaid: boolean,
): KeptPages | null {
  const directory = svg?.cacheDirectory === undefined ? '.cache/docker-network' : svg.cacheDirectory
  if (directory === null) return null
  const root = resolve(svg?.root ?? '.')
  const cache: Cache = createCache(join(resolve(root, directory), 'pages'), LIMIT)
  let version: string | null = null
  let written = false

  const made = (): string => {
    version ??= cacheKey(
      codeVersion(),
      byMermaid ? findMermaid(svg?.mermaid ?? 'mermaid', join(root, 'package.json')).version : '',
      options,
    )
    return version
  }
  const keyOf = (src: string, env: unknown): string => {
    const of = [
      pathOf(env),
      field(env, 'lang'),
      field(field(env, 'page'), 'lang'),
      field(field(env, 'frontmatter'), 'lang'),
    ]
    return sha256(`${made()}\n${JSON.stringify(of)}\n${src}`)
  }
  const bundle = createPageBundle(cache, () => cacheKey('bundle', process.cwd(), made()))

  return {
    find(src, env) {
      const key = keyOf(src, env)
      const bundled = validPage(bundle.find(key), env)
      const page = bundled ?? validPage(cache.read(key), env)
      if (page !== null) bundle.note(key, bundled !== null)
      return page
    },
    keep(src, env, page) {
      const file = page.problems.length === 0 ? null : fileState(env)
      if (page.problems.length > 0 && file === null) return
      const key = keyOf(src, env)
      cache.write(key, writePage({ ...page, file }))
      bundle.note(key, false)
      written = true
    },
    close() {
      bundle.close()
      if (written) cache.trim()
      written = false
    },
  }
}
