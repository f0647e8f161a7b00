/**
 * Sees to it that there is a Chromium for the tests: one that is there, else Playwright's own, else Debian's package.
 *
 *   npx tsx scripts/browser.ts
 */
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright'
import { findBrowser, NO_BROWSER } from '../src/svg/find-browser.ts'

const find = (): string | null => findBrowser({ playwright: chromium })

const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 10 * 60_000 }).status === 0

/** Ways to get one, the least intrusive first. */
const WAYS: readonly { readonly name: string; readonly install: () => boolean }[] = [
  {
    name: 'Playwright’s Chromium',
    install: () => run('npx', ['playwright', 'install', 'chromium', '--only-shell']),
  },
  {
    name: 'Debian’s packages chromium and fonts-noto-cjk',
    install: () =>
      process.getuid?.() === 0 &&
      run('apt-get', ['update', '-qq']) &&
      run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']),
  },
]

/** Path of a Chromium, which is installed first when there is none; `null` when that cannot be done either. */
export function bringBrowser(): string | null {
  for (const { name, install } of find() === null ? WAYS : []) {
    console.log(`No Chromium found; installing ${name} …`)
    if (install() && find() !== null) break
  }
  return find()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const browser = bringBrowser()
  console.log(browser ?? NO_BROWSER)
  process.exitCode = browser === null ? 1 : 0
}
