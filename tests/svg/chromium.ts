import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright'
import { MERMAID_CONFIG } from '../../src/svg/config.ts'
import { BROWSER_ARGUMENTS, findBrowser, NO_BROWSER } from '../../src/svg/find-browser.ts'

const ROOT = join(import.meta.dirname, '../..')

export async function launch(): Promise<Browser> {
  const executablePath = findBrowser({ playwright: chromium })
  if (executablePath === null) throw new Error(NO_BROWSER)
  return chromium.launch({ executablePath, args: [...BROWSER_ARGUMENTS] })
}

const fontFace = (weight: number): string => {
  const file = readFileSync(join(ROOT, `assets/fonts/noto-sans-kr-${weight}.ttf`)).toString('base64')
  return `@font-face{font-family:"Noto Sans KR";font-weight:${weight};src:url(data:font/ttf;base64,${file})}`
}

/** A page with the fonts of the figures, all requests refused. */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage()
  await page.route('**/*', (route) => route.abort())
  await page.setContent(
    `<!doctype html><style>${fontFace(400)}${fontFace(700)}svg{text-rendering:geometricPrecision}</style>
     <svg xmlns="http://www.w3.org/2000/svg" id="scratch" style="font-family:'Noto Sans KR'"></svg>`,
  )
  await page.evaluate(() =>
    Promise.all([
      document.fonts.load('16px "Noto Sans KR"', '가a'),
      document.fonts.load('bold 16px "Noto Sans KR"', '가a'),
    ]),
  )
  return page
}

/** The same page with Mermaid as its authors ship it, our layout registered, and our configuration. */
export async function openMermaidPage(browser: Browser, mermaid = 'mermaid'): Promise<Page> {
  const page = await openPage(browser)
  await page.addScriptTag({ path: join(ROOT, 'node_modules', mermaid, 'dist/mermaid.min.js') })
  const bundle = await build({
    stdin: {
      contents: `import { dockerNetworkLayout } from './src/svg/mermaid-layout.ts'
        globalThis.mermaid.registerLayoutLoaders([dockerNetworkLayout])`,
      resolveDir: ROOT,
    },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome120',
  })
  await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' })
  await page.evaluate(`mermaid.initialize(${JSON.stringify(MERMAID_CONFIG)})`)
  return page
}

/** Mermaid's own SVG of a text, drawn by the page. */
export async function drawInPage(page: Page, id: string, text: string): Promise<string> {
  const svg: unknown = await page.evaluate(
    `mermaid.render(${JSON.stringify(id)}, ${JSON.stringify(text)}).then((r) => r.svg)`,
  )
  if (typeof svg !== 'string') throw new Error('Mermaid gave no SVG')
  return svg
}
