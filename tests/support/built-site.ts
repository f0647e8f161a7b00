import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

/** Builds this repository's site into a folder of its own, as `npm run build` does. */
export function buildSite(): string {
  const output = mkdtempSync(join(tmpdir(), 'dn-site-'))
  const built = spawnSync(join(ROOT, 'node_modules/.bin/eleventy'), [`--output=${output}`, '--quiet'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  if (built.status !== 0) throw new Error(`the site does not build:\n${built.stdout}\n${built.stderr}`)
  return output
}

/** All pages, but of those made by one template from one table the first only: the others differ in words. */
export function differentPages(pages: readonly string[]): readonly string[] {
  const first = pages.find((path) => PROBLEM.test(path))
  return pages.filter((path) => !PROBLEM.test(path) || path === first)
}
const PROBLEM = /\/problems\/[A-Z_]+\/$/

/** Paths of all HTML pages of a built site, `/posts/…/`. */
export function pagesOf(site: string): readonly string[] {
  return readdirSync(site, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .map((file) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`)
    .sort()
}
