import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Environment variable with the path of a Chromium or Chrome, for machines where none is found. */
export const BROWSER_VARIABLE = 'DOCKER_NETWORK_CHROMIUM'

/** Names under which Linux distributions and Homebrew install it. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'] as const

const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
] as const

export interface BrowserSearch {
  /** Path to try before everything else. */
  readonly path?: string | undefined
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Where Playwright keeps its own Chromium; absent: it is not asked. */
  readonly playwright?: { executablePath(): string } | undefined
}

/**
 * Path of a Chromium or Chrome: the given one, the environment's, Playwright's own, one on the `PATH`, one in
 * the usual place; `null` when there is none. A path that was given and does not exist is not passed over in
 * silence.
 *
 * @throws {Error} when `path` or the environment variable names a file that does not exist.
 */
export function findBrowser(search: BrowserSearch = {}): string | null {
  const env = search.env ?? process.env
  for (const [path, origin] of [
    [search.path, 'the path given for the browser'],
    [env[BROWSER_VARIABLE], BROWSER_VARIABLE],
  ] as const) {
    if (path === undefined || path === '') continue
    if (existsSync(path)) return path
    throw new Error(`${origin} is ${path}, but there is no such file`)
  }
  const own = search.playwright?.executablePath() ?? ''
  if (own !== '' && existsSync(own)) return own
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    for (const command of COMMANDS) {
      const file = join(folder, command)
      if (folder !== '' && existsSync(file)) return file
    }
  }
  return INSTALLED.find((path) => existsSync(path)) ?? null
}

/** What to start it with: it draws what this package made, without a network, also in a container as root. */
export const BROWSER_ARGUMENTS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** What to tell someone who has none. */
export const NO_BROWSER = `no Chromium or Chrome found: install one (npx playwright install chromium, or your system's package), or set ${BROWSER_VARIABLE} to its path`
