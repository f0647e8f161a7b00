/** The blocks of pages as an earlier build finished them, so that a page that did not change costs a look-up. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { type Cache, cacheKey, createCache } from '../svg/cache.ts'
import type { SvgOptions } from '../svg/index.ts'
import { findMermaid } from '../svg/mermaid-host.ts'

/** A problem as it is listed at the end of a build. */
export interface ListedProblem {
  readonly severity: 'error' | 'warning'
  readonly text: string
}

/** What the blocks of one page came to. */
export interface KeptPage {
  /** Final HTML of each fence, in order; `''` for one that shows nothing. */
  readonly fences: readonly string[]
  readonly problems: readonly ListedProblem[]
  /** Hash of the page's file, where problems name lines in it; else `null`. */
  readonly file: string | null
}

export interface KeptPages {
  find(src: string, env: unknown): KeptPage | null
  keep(src: string, env: unknown, page: Omit<KeptPage, 'file'>): void
  close(): void
}

const LIMIT = 256 * 1024 * 1024

const hash = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

const isProblem = (value: unknown): value is ListedProblem =>
  ['error', 'warning'].includes(String(field(value, 'severity'))) && typeof field(value, 'text') === 'string'

function readPage(content: string): KeptPage | null {
  const value: unknown = JSON.parse(content)
  const [fences, problems, file] = ['fences', 'problems', 'file'].map((name) => field(value, name))
  if (!isStrings(fences) || !Array.isArray(problems) || !problems.every(isProblem)) return null
  return file === null || typeof file === 'string' ? { fences, problems, file } : null
}

/** Hash of all code of this package: what it makes of a block may change with any of it. */
function codeVersion(): string {
  const { dirname, filename } = import.meta
  const folder = resolve(dirname, '..')
  const files = basename(filename).startsWith('kept-pages.')
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|js)$/.test(name) && !name.endsWith('.d.ts'))
        .map((name) => join(folder, name))
        .sort()
    : [filename]
  const all = createHash('sha256')
  for (const file of files) all.update(relative(folder, file)).update('\0').update(readFileSync(file))
  return all.digest('hex')
}

const pathOf = (env: unknown): string | null => {
  const path = field(field(env, 'page'), 'inputPath')
  return typeof path === 'string' ? path : null
}

function fileHash(env: unknown): string | null {
  const path = pathOf(env)
  try {
    return path === null ? null : hash(readFileSync(path))
  } catch {
    return null
  }
}

/**
 * @param options Everything of the plugin's options that shows in a page, as a string.
 * @returns `null` where nothing is kept: the cache is turned off, or Mermaid is not there.
 */
export function createKeptPages(svg: SvgOptions | undefined, options: string): KeptPages | null {
  const directory = svg?.cacheDirectory === undefined ? '.cache/docker-network' : svg.cacheDirectory
  if (directory === null) return null
  const root = resolve(svg?.root ?? '.')
  const cache: Cache = createCache(join(resolve(root, directory), 'pages'), LIMIT)
  let version: string | null = null
  let written = false

  const keyOf = (src: string, env: unknown): string => {
    version ??= cacheKey(
      codeVersion(),
      findMermaid(svg?.mermaid ?? 'mermaid', join(root, 'package.json')).version,
    )
    const languages = [
      field(env, 'lang'),
      field(field(env, 'page'), 'lang'),
      field(field(env, 'frontmatter'), 'lang'),
    ]
    return cacheKey(src, pathOf(env) ?? '', JSON.stringify(languages), options, version)
  }

  return {
    find(src, env) {
      const content = cache.read(keyOf(src, env))
      const page = content === null ? null : readPage(content)
      return page === null || (page.file !== null && page.file !== fileHash(env)) ? null : page
    },
    keep(src, env, page) {
      const file = page.problems.length === 0 ? null : fileHash(env)
      if (page.problems.length > 0 && file === null) return
      cache.write(keyOf(src, env), JSON.stringify({ ...page, file }))
      written = true
    },
    close() {
      if (written) cache.trim()
    },
  }
}
