/**
 * Our drawing in a real Chromium: in a column and on a phone, on paper, light and dark. `placed.test.ts` judges the same
 * figures by their coordinates; here is what only a browser can say: how wide letters really are, what is seen of a
 * drawing, and what stands on which colour.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { drawingHtml, figureHtml } from '../../src/html/figure-html.ts'
import { pagePicture } from '../../src/picture/draw.ts'
import { wordsFor } from '../../src/words/words-for.ts'
import { figureCases } from '../support/figures.ts'
import { launch, openPage } from '../svg/chromium.ts'

const STYLES = readFileSync(join(import.meta.dirname, '../../assets/docker-network.css'), 'utf8')
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

function figures(): readonly { readonly name: string; readonly html: string }[] {
  return [...figureCases('gallery'), ...figureCases('kinds')].flatMap(({ name, source }, index) => {
    const result = compile(source, { language: index % 2 === 0 ? 'ko' : 'en' })
    if (!result.ok) return []
    const { figure, mermaid, scene } = result
    const id = `f${index}`
    const options = { id, mermaid, words: wordsFor(figure.language), theme: 'auto' as const }
    const svg = pagePicture(scene, `${id}-svg`)
    return [{ name, html: figureHtml(figure, drawingHtml(figure, { kind: 'svg', svg }, options), options) }]
  })
}

/**
 * Letters are 12 px in a drawing and 9 px on a phone.
 *
 * Runs in the page: what is wrong with the drawings that are seen, one line each. */
const LOOK = `window.look = () => {
  const faults = []
  const colour = (value) => (value.match(/[\\d.]+/g) ?? []).map(Number)
  const luminance = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
    return (high + 0.05) / (low + 0.05)
  }
  const ground = getComputedStyle(document.body).backgroundColor
  for (const figure of document.querySelectorAll('figure')) {
    const shown = [...figure.querySelectorAll('svg.docker-network-picture')].filter(
      (svg) => svg.getBoundingClientRect().width > 0,
    )
    if (shown.length !== 1) faults.push(figure.id + ': ' + shown.length + ' drawings are seen')
    for (const svg of shown) {
      const box = svg.getBoundingClientRect()
      const scale = box.width / svg.viewBox.baseVal.width
      if (box.right > document.documentElement.clientWidth + 1) faults.push(svg.id + ' is cut at the right')
      for (const part of svg.querySelectorAll('g')) {
        const rects = [...part.querySelectorAll(':scope > rect:not(.inner):not(.tube)')].map((one) => one.getBoundingClientRect())
        for (const text of part.querySelectorAll(':scope > text')) {
          const own = text.getBoundingClientRect()
          const name = svg.id + ' "' + text.textContent + '"'
          if (Number.parseFloat(getComputedStyle(text).fontSize) * scale < 9)
            faults.push(name + ' is ' + (Number.parseFloat(getComputedStyle(text).fontSize) * scale).toFixed(1) + ' px high')
          const left = Math.min(...rects.map((r) => r.left))
          const right = Math.max(...rects.map((r) => r.right))
          if (rects.length > 0 && (own.left < left - 1 || own.right > right + 1)) faults.push(name + ' leaves its box')
          const rect = part.querySelector(':scope > rect:not(.inner):not(.tube)')
          const fill = rect === null ? 'none' : getComputedStyle(rect).fill
          const under = fill === 'none' ? null : colour(fill)
          if (under !== null && contrast(colour(getComputedStyle(text).fill), under) < 4.5)
            faults.push(name + ' has a contrast of ' + contrast(colour(getComputedStyle(text).fill), under).toFixed(2))
        }
      }
      for (const line of svg.querySelectorAll('path.edge')) {
        const ratio = contrast(colour(getComputedStyle(line).stroke), colour(ground))
        if (ratio < 3) faults.push(svg.id + ' has a line with a contrast of ' + ratio.toFixed(2))
      }
    }
  }
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
    faults.push('the page scrolls sideways: ' + document.documentElement.scrollWidth)
  return faults
}`

describe('our drawing in Chromium', () => {
  let browser: Browser
  let page: Page
  const all = figures()

  beforeAll(async () => {
    browser = await launch()
    page = await openPage(browser)
    await page.addStyleTag({ content: `#scratch{display:none}body{margin:8px}\n${STYLES}` })
    await page.evaluate(
      `document.documentElement.lang = 'en'; document.title = 'figures'; document.body.innerHTML = ${JSON.stringify(
        `<main>${all.map(({ html }) => html).join('\n')}</main>`,
      )}`,
    )
    await page.addScriptTag({ content: LOOK })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
  })

  const look = async (width: number, theme: 'light' | 'dark'): Promise<unknown> => {
    await page.setViewportSize({ width, height: 900 })
    return page.evaluate(
      `document.documentElement.dataset.theme = '${theme}'; document.body.style.cssText = '${
        theme === 'dark' ? 'background:#14171c;color:#e9eef4' : 'background:#ffffff;color:#1b1f24'
      }'; look()`,
    )
  }

  it.each(['light', 'dark'] as const)(
    'holds in a column of 700 px (%s)',
    async (theme) => {
      expect(await look(716, theme)).toEqual([])
    },
    120_000,
  )

  it.each(['light', 'dark'] as const)(
    'holds on a phone of 360 px (%s)',
    async (theme) => {
      expect(await look(360, theme)).toEqual([])
    },
    120_000,
  )

  it('holds on paper: A4, in light colours, nothing cut', async () => {
    await page.emulateMedia({ media: 'print' })
    // 210 mm less margins of 15 mm.
    const faults = await look(680, 'dark')
    await page.emulateMedia({ media: null })
    // On paper nobody scrolls and letters may be small; what counts is that all is there, in light colours.
    expect(
      Array.isArray(faults) && faults.filter((one) => /cut|leaves|sideways|drawings/.test(String(one))),
    ).toEqual([])
  }, 120_000)

  it('has no finding of axe, in either theme', async () => {
    await page.addScriptTag({ content: AXE })
    for (const theme of ['light', 'dark'] as const) {
      await look(716, theme)
      const found = await page.evaluate(
        'axe.run(document.querySelector("main")).then((r) => r.violations.map((v) => v.id + ": " + v.nodes.length))',
      )
      expect(found).toEqual([])
    }
  }, 240_000)
})
