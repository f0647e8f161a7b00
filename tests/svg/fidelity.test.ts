import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { createEngine } from '../../src/svg/engine.ts'
import { findMermaid } from '../../src/svg/mermaid-host.ts'
import { drawInPage, launch, openMermaidPage } from './chromium.ts'
import { compareSvg } from './compare.ts'
import { FLOWCHARTS } from './flowcharts.ts'

const ROOT = join(import.meta.dirname, '../..')
const GALLERY = join(ROOT, 'content/gallery')

/** Half a pixel is what the project promises; the drawings are in fact this close, and a slip should show. */
const CLOSE = 0.1

const FIGURES = readdirSync(GALLERY)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => {
    const source = readFileSync(join(GALLERY, name), 'utf8')
    return ['ko', 'en'].map((language) => ({ name: `${name} (${language})`, source, language }))
  })

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

describe.each(['mermaid', 'mermaid-12'])(
  '%s draws in process what it draws in a real Chromium',
  (mermaid) => {
    it.each([
      ['as flowcharts of many shapes', FLOWCHARTS],
      [
        'laid out by docker-network',
        FLOWCHARTS.map(
          (text) => `---\nconfig:\n  layout: docker-network\n---\n${text.replace(/^---[\s\S]*?---\n/, '')}`,
        ),
      ],
    ])('%s', async (_, texts) => {
      const page = await openMermaidPage(browser, mermaid)
      const engine = createEngine(findMermaid(mermaid, join(ROOT, 'package.json')))
      for (const text of texts) expectSame(await engine.draw('m', text), await drawInPage(page, 'm', text))
      await page.close()
    })

    it('for every figure of the gallery', { timeout: 300_000 }, async () => {
      expect(FIGURES.length).toBeGreaterThan(0)
      const page = await openMermaidPage(browser, mermaid)
      const engine = createEngine(findMermaid(mermaid, join(ROOT, 'package.json')))
      for (const { name, source, language } of FIGURES) {
        const compiled = compile(source, { language })
        if (!compiled.ok) throw new Error(`${name} does not compile: ${JSON.stringify(compiled.problems)}`)
        const text = compiled.mermaid
        expectSame(await engine.draw('m', text), await drawInPage(page, 'm', text), name)
      }
      await page.close()
    })
  },
)

function expectSame(ours: { readonly svg: string }, theirs: string, name = ''): void {
  const distance = compareSvg(ours.svg, theirs)
  expect(distance.others, name).toEqual([])
  expect(distance.compared, name).toBeGreaterThan(100)
  expect(distance.worst, `${name} ${distance.at}`).toBeLessThan(CLOSE)
}
