// node playwright.mjs SET OUT CHROMIUM   one page, Mermaid's own script, all figures in one call
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright'

const [set, out, executablePath] = process.argv.slice(2)
const texts = JSON.parse(readFileSync(set, 'utf8'))
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()
await page.setContent('<!doctype html><body></body>')
await page.addScriptTag({ path: createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js') })
const svgs = await page.evaluate(async (all) => {
  globalThis.mermaid.initialize({ startOnLoad: false })
  const drawn = []
  for (let i = 0; i < all.length; i++) drawn.push((await globalThis.mermaid.render(`m${i}`, all[i])).svg)
  return drawn
}, texts)
svgs.forEach((svg, i) => {
  writeFileSync(`${out}/${i}.svg`, svg)
})
await browser.close()
