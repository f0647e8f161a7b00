/**
 * How long the playground takes from an edit to the figure, beside what Mermaid alone takes in it, in one run.
 * `npm run bench:playground`
 */
import { chromium } from 'playwright'
import { BROWSER_ARGUMENTS, findBrowser, NO_BROWSER } from '../src/svg/find-browser.ts'
import { buildSite } from '../tests/support/built-site.ts'
import { serveFolder } from '../tests/support/static-server.ts'

/** Edits that count; some before them warm the page. */
const EDITS = 40
const WARM_UP = 5

const model = (edit: number): string => `networks: { front: {}, back: {} }
services:
  db: { image: redis, networks: [back] }
  web${edit}: { image: nginx, networks: [front, back], ports: ["8000:80"], depends_on: [db] }
  cache: { image: memcached, networks: [back], depends_on: [web${edit}] }
`

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const executablePath = findBrowser({ playwright: chromium })
if (executablePath === null) throw new Error(NO_BROWSER)
const server = await serveFolder(buildSite())
const browser = await chromium.launch({ executablePath, args: [...BROWSER_ARGUMENTS] })
try {
  const page = await browser.newPage()
  await page.goto(`${server.origin}/en/playground/`)
  await page.waitForSelector('.playground .cm-content')
  for (let edit = 0; edit < WARM_UP + EDITS; edit++) {
    if (edit === WARM_UP) await page.evaluate(() => performance.clearMeasures())
    await page.locator('.playground .cm-content').fill(model(edit))
    await page.waitForSelector(`#playground-output svg text:has-text("web${edit}")`)
  }
  const times = async (name: string): Promise<number[]> =>
    page.evaluate((n) => performance.getEntriesByName(n).map((entry) => entry.duration), name)
  const update = median(await times('docker-network:update'))
  const mermaid = median(await times('docker-network:mermaid'))
  console.log(
    `edit to figure ${update.toFixed(1)} ms, Mermaid's own render ${mermaid.toFixed(1)} ms (medians of ${EDITS})`,
  )
  console.log(`ratio ${(update / mermaid).toFixed(2)} (bar: at most 2)`)
} finally {
  await browser.close()
  server.close()
}
