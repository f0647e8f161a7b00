import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeModel } from '../../src/playground/model-link.ts'
import { BROWSER_ARGUMENTS, findBrowser, NO_BROWSER } from '../../src/svg/find-browser.ts'
import { buildSite } from '../support/built-site.ts'
import { type StaticServer, serveFolder } from '../support/static-server.ts'

/** What a reader loads until there is a figure: page, styles, scripts. In bytes, gzipped. */
const LOAD_LIMIT = 300_000

const DRAWING = '#playground-output .docker-network-drawing svg'
const EDITOR = '.playground .cm-content'

let server: StaticServer
let browser: Browser

beforeAll(async () => {
  server = await serveFolder(buildSite())
  const executablePath = findBrowser({ playwright: chromium })
  if (executablePath === null) throw new Error(NO_BROWSER)
  browser = await chromium.launch({ executablePath, args: [...BROWSER_ARGUMENTS] })
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

/** Opens the playground and waits for its first figure; fails on any error of the page. */
async function open<T>(
  path: string,
  look: (page: Page) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text())
  })
  await page.goto(server.origin + path)
  await page.waitForSelector(DRAWING)
  const result = await look(page)
  expect(trouble).toEqual([])
  await context.close()
  return result
}

const type = async (page: Page, model: string): Promise<void> => {
  await page.waitForSelector(EDITOR)
  await page.locator(EDITOR).fill(model)
}

/** Waits until a label of the drawing has `text`. */
const drawn = (page: Page, text: string) => page.waitForSelector(`${DRAWING} text:has-text("${text}")`)

describe('the playground', () => {
  it('has its first figure without a script, and loads little until it is changed', async () => {
    await open('/playground/', async () => {}, { javaScriptEnabled: false })
    const context = await browser.newContext()
    const page = await context.newPage()
    const loaded: Promise<number>[] = []
    const types = new Set(['document', 'stylesheet', 'script'])
    page.on('response', (response) => {
      if (types.has(response.request().resourceType()))
        loaded.push(response.body().then((body) => gzipSync(body).length))
    })
    await page.goto(`${server.origin}/playground/`, { waitUntil: 'networkidle' })
    await page.waitForSelector(EDITOR)
    const sizes = await Promise.all([...loaded])
    expect(sizes.length).toBeGreaterThan(3)
    expect(
      sizes.reduce((sum, size) => sum + size, 0),
      String(sizes),
    ).toBeLessThanOrEqual(LOAD_LIMIT)
    await context.close()
  })

  it('draws what is typed, in the view that is chosen', async () => {
    await open('/en/playground/', async (page) => {
      await type(page, 'networks: { lab: {} }\nservices: { hello: { image: alpine, networks: [lab] } }\n')
      await drawn(page, 'hello')
      expect(await page.locator(DRAWING).textContent()).toContain('172.18.0.2')
      await page.selectOption('#playground-view', 'bus')
      await page.waitForSelector('#playground-output figure.docker-network-bus')
      expect(await page.locator('#playground-output table').textContent()).toContain('172.18.0.2')
      expect(await page.locator('#playground-output .docker-network-source').textContent()).toContain(
        'flowchart',
      )
    })
  })

  it('says what is wrong in its place, beside it, and for screen readers, and keeps the last figure dimmed', async () => {
    await open('/en/playground/', async (page) => {
      await type(page, 'servces: {}\n')
      await page.waitForSelector('#playground-problems .docker-network-error')
      expect(await page.locator('#playground-problems').textContent()).toContain('services')
      await page.waitForSelector('.cm-lintRange-error')
      expect(await page.locator('#playground-status').textContent()).toBe('1 problem')
      expect(await page.locator('#playground-output').getAttribute('class')).toContain('stale')
      // The figure is an earlier text's: nobody should take it away, nor read it as this one's.
      expect(await page.locator('#playground-download-svg').isDisabled()).toBe(true)
      expect(await page.locator('#playground-copy-link').isDisabled()).toBe(false)
      expect(await page.locator('#playground-output').getAttribute('inert')).not.toBeNull()
      const help = page.locator('#playground-problems a')
      expect(await help.getAttribute('href')).toBe('/en/problems/UNKNOWN_KEY/')
      expect((await page.request.get(server.origin + (await help.getAttribute('href')))).status()).toBe(200)
      await type(page, 'services: { hello: { image: alpine } }\n')
      await drawn(page, 'hello')
      expect(await page.locator('#playground-problems').textContent()).toBe('')
    })
  })

  it('does not call a warning an error', async () => {
    await open('/en/playground/', async (page) => {
      await type(page, 'services: { one: { image: alpine }, two: { image: alpine } }\n')
      await drawn(page, 'two')
      await page.waitForSelector('#playground-problems .docker-network-warned')
      expect(await page.locator('#playground-problems figcaption').textContent()).toBe('One thing to know')
      expect(await page.locator('#playground-status').textContent()).toBe('Drawn.')
      expect(await page.locator('#playground-download-svg').isDisabled()).toBe(false)
    })
  })

  it('says so when the drawing part does not come, and draws at the next change', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${server.origin}/en/playground/`)
    await page.waitForSelector(EDITOR)
    await page.route('**/playground-app/chunks/**', (route) => route.abort())
    await type(page, 'services: { hello: { image: alpine } }\n')
    await page.waitForSelector('#playground-status >> text=could not be drawn')
    await page.unroute('**/playground-app/chunks/**')
    await type(page, 'services: { again: { image: alpine } }\n')
    await drawn(page, 'again')
    await context.close()
  })

  it('opens the model of a link, and makes a link of the model', async () => {
    const model = 'services: { 안녕: { image: alpine } }\n'
    await open(`/playground/#${await encodeModel(model.replace('안녕', 'linked'))}`, async (page) => {
      await drawn(page, 'linked')
      await type(page, model.replace('안녕', 'again'))
      await drawn(page, 'again')
      await page.click('#playground-copy-link')
      await page.waitForFunction(() => location.hash.startsWith('#v1.'))
      await page.reload()
      await drawn(page, 'again')
    })
  })

  it('runs no script of a model, wherever it stands', async () => {
    const script = '<img src=x onerror=alert(1)><script>alert(2)</script>'
    await open('/en/playground/', async (page) => {
      page.on('dialog', () => {
        throw new Error('a script of the model ran')
      })
      await type(
        page,
        `services: { web: { image: ${JSON.stringify(script)} } }\nfigure: { title: ${JSON.stringify(script)}, caption: ${JSON.stringify(script)}, show: [images] }\n`,
      )
      await page.waitForSelector('#playground-output figcaption >> text=onerror')
      expect(await page.locator('#playground-output :is(img, script)').count()).toBe(0)
    })
  })

  it('draws an example of the gallery', async () => {
    await open('/en/playground/', async (page) => {
      await page.waitForSelector(EDITOR)
      await page.selectOption('#playground-example', 'macvlan')
      await drawn(page, 'macvlan')
    })
  })

  it('gives the figure away as SVG and as PNG', async () => {
    await open('/en/playground/', async (page) => {
      const take = async (button: string): Promise<Buffer> => {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.click(`#playground-${button}`),
        ])
        return readFileSync(await download.path())
      }
      const svg = (await take('download-svg')).toString()
      expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"')
      expect(svg).toContain('<style')
      expect(svg).toContain('172.18.0.2')
      expect((await take('download-png')).subarray(1, 4).toString()).toBe('PNG')
    })
  })

  it('can be used by keyboard: Tab goes through the editor and out again', async () => {
    await open('/en/playground/', async (page) => {
      await page.waitForSelector(EDITOR)
      await page.focus('#playground-download-png')
      const focused = () => page.evaluate(() => document.activeElement?.className ?? '')
      await page.keyboard.press('Tab')
      expect(await focused()).toContain('cm-content')
      await page.keyboard.press('Tab')
      expect(await focused()).not.toContain('cm-content')
    })
  })

  it('does not scroll sideways on a phone', async () => {
    await open(
      '/playground/',
      async (page) => {
        await page.waitForSelector(EDITOR)
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
      },
      { viewport: { width: 360, height: 740 } },
    )
  })
})
