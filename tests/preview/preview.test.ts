import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBrowser } from '../../src/svg/find-browser.ts'

const BIN = resolve(import.meta.dirname, '../../bin/docker-network.js')
const COMPOSE = 'services:\n  db: { image: redis }\n  web: { image: nginx, ports: ["8080:80"] }\n'

/** `docker-network preview` as a process of its own. */
class Preview {
  readonly #process: ChildProcess
  readonly ready: Promise<{ readonly address: string; readonly said: string }>

  constructor(cwd: string, ...args: readonly string[]) {
    this.#process = spawn(process.execPath, [BIN, 'preview', ...args, '--no-open'], { cwd })
    this.ready = new Promise((done, fail) => {
      let said = ''
      this.#process.stdout?.on('data', (chunk) => {
        said += String(chunk)
        const address = /http:\S+/.exec(said)?.[0]
        if (address !== undefined && said.endsWith('\n')) done({ address, said })
      })
      this.#process.on('exit', () => fail(new Error(`ended: ${said}`)))
    })
  }

  end(signal: NodeJS.Signals): Promise<number | null> {
    const ended = new Promise<number | null>((done) => this.#process.on('exit', done))
    this.#process.kill(signal)
    return ended
  }
}

function status(
  address: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  return new Promise((done, fail) => {
    request(address, { headers }, (answer) => {
      answer.resume()
      done(answer.statusCode)
    })
      .on('error', fail)
      .end()
  })
}

describe('docker-network preview', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dn-preview-'))
  const compose = join(folder, 'compose.yaml')
  let browser: Browser
  let page: Page
  let preview: Preview
  let address = ''

  beforeAll(async () => {
    writeFileSync(compose, COMPOSE)
    mkdirSync(join(folder, 'posts'))
    writeFileSync(
      join(folder, 'posts/a.md'),
      '---\nlang: ko\n---\n\n```docker-network src=../compose.yaml\n```\n',
    )
    writeFileSync(join(folder, 'posts/b.md'), 'Nothing of ours.\n')
    const executablePath = findBrowser()
    browser = await chromium.launch({
      ...(executablePath === null ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    })
    page = await browser.newPage()
    preview = new Preview(folder, '.')
    ;({ address } = await preview.ready)
  })
  afterAll(async () => {
    await browser.close()
    expect(await preview.end('SIGINT')).toBe(0)
    rmSync(folder, { recursive: true })
  })

  it('lists the files of a folder that have figures', async () => {
    await page.goto(address)
    expect(await page.locator('.files a').allTextContents()).toEqual(['compose.yaml', 'posts/a.md'])
  })

  it('shows a figure in every view, and follows the file, also one that src= names', async () => {
    await page.goto(`${address}file?name=posts/a.md`)
    expect(await page.locator('.tabs label').allTextContents()).toEqual(
      expect.arrayContaining(['network', 'bus']),
    )
    await page.getByText('bus', { exact: true }).click()
    await page.waitForFunction(() => document.querySelector('#state')?.textContent !== '')
    writeFileSync(compose, COMPOSE.replace('web:', 'shop:'))
    await page.waitForFunction(() => document.querySelector('main')?.textContent?.includes('shop') === true)
    expect(await page.locator('.tabs input:checked').first().getAttribute('id')).not.toBe('b1-tab-0')
    writeFileSync(compose, COMPOSE.replace('image', 'imge'))
    await page.waitForFunction(
      () => document.querySelector('main')?.textContent?.includes('UNKNOWN_KEY') === true,
    )
    writeFileSync(compose, COMPOSE)
    await page.waitForFunction(() => document.querySelector('main svg') !== null)
  })

  it('serves this machine alone, under its own names, and no other files', async () => {
    expect(new URL(address).hostname).toBe('127.0.0.1')
    expect(await status(address, { host: 'pages.example:80' })).toBe(403)
    for (const path of [
      'file?name=/etc/passwd',
      'file?name=posts/b.md',
      'assets/..%2fpackage.json',
      'assets/../package.json',
    ])
      expect([path, await status(`${address}${path}`)]).toEqual([path, 404])
    expect(await status(`${address}assets/docker-network.css`)).toBe(200)
  })

  it('runs nothing that a model says', async () => {
    writeFileSync(
      join(folder, 'x.md'),
      '```docker-network title="<img src=x onerror=alert(1)>"\nservices: { web: { image: "<script>alert(1)</script>" } }\n```\n',
    )
    const alerts: string[] = []
    page.on('dialog', (dialog) => {
      alerts.push(dialog.message())
      void dialog.dismiss()
    })
    await page.goto(`${address}file?name=x.md`)
    await page.waitForSelector('main svg')
    expect(alerts).toEqual([])
  })

  it('speaks Korean, ends on SIGTERM, and says which port it cannot have', async () => {
    const korean = new Preview(folder, 'compose.yaml', '--lang', 'ko')
    const { address: own, said } = await korean.ready
    expect(said).toContain('미리 보기')
    await page.goto(own)
    expect(await page.locator('html').getAttribute('lang')).toBe('ko')
    const second = new Preview(folder, 'compose.yaml', '--port', new URL(own).port)
    await expect(second.ready).rejects.toThrow('ended')
    expect(await korean.end('SIGTERM')).toBe(0)
  })

  it('leaves the files as they are', () => {
    expect(readFileSync(compose, 'utf8')).toBe(COMPOSE)
  })
})
