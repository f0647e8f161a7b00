import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Terminal } from '../../src/cli/command.ts'
import { readInput } from '../../src/cli/input.ts'
import { type Block, drawnIn } from '../../src/markdown-it/post.ts'
import { BROWSER_ARGUMENTS, findBrowser } from '../../src/svg/find-browser.ts'
import { TOPOLOGY_VIEWS } from '../../src/topology/topology.ts'
import { buildSite, differentPages, pagesOf, ROOT } from '../support/built-site.ts'
import { type StaticServer, serveFolder } from '../support/static-server.ts'

/** Nothing inline, nothing from elsewhere. */
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'"

/** Pages that need more than the policy allows, with the reason. */
const BESIDE_POLICY = /\/playground\//

const POST = '/posts/docker-network/'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let site = ''
let server: StaticServer
let browser: Browser
let pages: readonly string[] = []

beforeAll(async () => {
  site = buildSite()
  pages = differentPages(pagesOf(site))
  server = await serveFolder(site, { 'content-security-policy': POLICY })
  const executablePath = findBrowser({ playwright: chromium })
  if (executablePath === null) throw new Error('no browser: run npx tsx scripts/browser.ts')
  browser = await chromium.launch({ executablePath, args: [...BROWSER_ARGUMENTS] })
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

interface Visit {
  readonly page: Page
  /** Errors on the console, exceptions, and requests to anywhere else or that fail. */
  readonly trouble: string[]
}

async function visit<T>(
  options: Parameters<Browser['newContext']>[0],
  path: string,
  look: (visit: Visit) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options)
  try {
    const page = await context.newPage()
    const trouble: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') trouble.push(message.text())
    })
    page.on('pageerror', (error) => trouble.push(String(error)))
    page.on('request', (request) => {
      if (!request.url().startsWith(server.origin)) trouble.push(`leaves the site: ${request.url()}`)
    })
    page.on('requestfailed', (request) => trouble.push(`failed: ${request.url()}`))
    await page.goto(server.origin + path, { waitUntil: 'load' })
    return await look({ page, trouble })
  } finally {
    await context.close()
  }
}

/** What `look` finds on each of `paths`; pages without a finding are left out. */
async function onEvery(
  paths: readonly string[],
  options: Parameters<Browser['newContext']>[0],
  look: (visit: Visit) => Promise<readonly string[]>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: [string, readonly string[]][] = []
  for (const path of paths) found.push([path, [...(await visit(options, path, look))]])
  return Object.fromEntries(found.filter(([, findings]) => findings.length > 0))
}

/** What axe finds, by these rules or by all of them. */
function axe(page: Page, rules: readonly string[]): Promise<readonly string[]> {
  return page.evaluate(async (runOnly) => {
    const engine: unknown = Reflect.get(window, 'axe')
    const options = runOnly.length === 0 ? {} : { runOnly }
    const run = Reflect.get(Object(engine), 'run')
    const result: { violations: { id: string; nodes: { html: string }[] }[] } = await Reflect.apply(
      run,
      engine,
      [document, { ...options, resultTypes: ['violations'] }],
    )
    return result.violations.flatMap((one) =>
      one.nodes.slice(0, 3).map((node) => `${one.id}: ${node.html.slice(0, 200)}`),
    )
  }, rules)
}

/** Addresses of containers and tasks on the networks that a figure draws. */
function addressesOf(block: Block | undefined): readonly string[] {
  const [drawn] = block === undefined ? [] : drawnIn(block.show)
  if (drawn === undefined || !TOPOLOGY_VIEWS.some((view) => view === drawn.figure.view)) return []
  return drawn.figure.addresses
    .filter(({ network, role }) => network !== 'docker_gwbridge' && (role === 'container' || role === 'task'))
    .map(({ address }) => address)
}

const SILENT: Terminal = { read: async () => '', write: () => {}, tell: () => {} }

const strict = (): readonly string[] => pages.filter((path) => !BESIDE_POLICY.test(path))

describe('the site in Chromium without JavaScript', () => {
  it('has a home, the article, tags, feeds and a page for what is missing', () => {
    expect(pages).toEqual(expect.arrayContaining(['/', '/en/', POST, '/tags/', '/404.html']))
    for (const feed of ['feed.xml', 'en/feed.xml'])
      expect(readFileSync(join(site, feed), 'utf8')).toContain('<rss')
  })

  it('has no page with an error on the console or a request that leaves the site', async () => {
    for (const path of strict())
      expect(await visit({ javaScriptEnabled: false }, path, async ({ trouble }) => trouble), path).toEqual(
        [],
      )
  })

  it('shows every figure of the article, with every address of its plan in the drawing', async () => {
    const input = await readInput(join(ROOT, 'content', `${POST.slice(1, -1)}.md`), {}, SILENT)
    const blocks = input.blocks.filter(({ show }) => show.kind === 'figure')
    expect(blocks.length).toBeGreaterThanOrEqual(3)
    await visit({ javaScriptEnabled: false }, POST, async ({ page }) => {
      const drawings = await page.locator('.docker-network-drawing svg:not(.dn-narrow)').all()
      expect(drawings).toHaveLength(blocks.length)
      for (const [index, drawing] of drawings.entries()) {
        const box = await drawing.boundingBox()
        expect(box === null ? 0 : Math.min(box.width, box.height)).toBeGreaterThan(50)
        const text = (await drawing.textContent()) ?? ''
        // At the joints of a ladder stands the part that is the container's own.
        const ladder = await drawing.evaluate((svg) => svg.closest('.docker-network-bus') !== null)
        const shown = (one: string): boolean =>
          text.includes(one) || (ladder && text.includes(`.${one.split('.').slice(-2).join('.')}`))
        const missing = addressesOf(blocks[index]).filter((one) => !shown(one))
        expect(missing, `figure ${index + 1}`).toEqual([])
      }
    })
  })

  it('never scrolls sideways on a phone', async () => {
    for (const path of strict())
      await visit(
        { javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
        path,
        async ({ page }) => {
          const wide = await page.evaluate(() => document.documentElement.scrollWidth)
          expect(wide, path).toBeLessThanOrEqual(360)
        },
      )
  })

  it('has figures in its feed as images with absolute addresses', () => {
    const feed = readFileSync(join(site, 'feed.xml'), 'utf8')
    expect(feed).toMatch(/&lt;img src=&quot;https:\/\/[^&]+\/docker-network\/[0-9a-f]{16}\.svg&quot;/)
    expect(feed).not.toContain('&lt;svg')
  })
})

describe('the site in Chromium', () => {
  it('has no finding of axe on any page, in light and dark', async () => {
    const found = await onEvery(pages, { bypassCSP: true }, async ({ page }) => {
      await page.evaluate(AXE)
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true
      })
      const light = await axe(page, [])
      await page.emulateMedia({ colorScheme: 'dark' })
      // The theme changes colours and nothing else.
      return [...light, ...(await axe(page, ['color-contrast'])).map((finding) => `dark: ${finding}`)]
    })
    expect(found).toEqual({})
  }, 600_000)

  it('changes between light and dark by a button, and remembers it', async () => {
    await visit({ colorScheme: 'light' }, '/', async ({ page, trouble }) => {
      const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
      const light = await paper()
      await page.locator('[data-theme-toggle]').click()
      const dark = await paper()
      expect(dark).not.toBe(light)
      await page.goto(server.origin + POST)
      expect(await paper()).toBe(dark)
      expect(trouble).toEqual([])
    })
  })

  it('has a list of contents beside the article that follows, and copies what is typed without prompts', async () => {
    const wide = {
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
    }
    await visit(wide, POST, async ({ page, trouble }) => {
      const link = page.locator('.toc .toc-4 a').nth(2)
      await link.click()
      await page.waitForFunction(() => document.querySelector('.toc .toc-4 [aria-current]') !== null)
      expect(await link.getAttribute('aria-current')).toBe('true')
      const listing = page.locator('.listing', { hasText: '$ docker stop db' }).first()
      await listing.hover()
      await listing.locator('.copy').click()
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^docker stop db\n/)
      expect(trouble).toEqual([])
    })
  })
})
