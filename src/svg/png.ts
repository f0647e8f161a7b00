import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright'
import { FONT_FAMILY } from '../font/font-family.ts'
import { BROWSER_ARGUMENTS, findBrowser, NO_BROWSER } from './find-browser.ts'

/** A PNG cannot be made on this machine; the message says what is missing and how to get it. */
export class PngError extends Error {
  override readonly name = 'PngError'
}

export interface PngOptions {
  /** Device pixels per CSS pixel. @default 2 */
  readonly scale?: number
  /** Colours the stylesheet of the SVG is asked for. @default 'light' */
  readonly theme?: 'light' | 'dark'
  /** What shows through where the figure is empty: a CSS colour. @default 'transparent' */
  readonly background?: string
  /** Path of a Chromium or Chrome. @default as `findBrowser` finds one */
  readonly browser?: string
}

const FONTS = new URL('../../assets/fonts/', import.meta.url)

async function fontFace(weight: 400 | 700): Promise<string> {
  const file = await readFile(new URL(`noto-sans-kr-${weight}.ttf`, FONTS), 'base64')
  return `@font-face{font-family:"${FONT_FAMILY}";font-weight:${weight};src:url(data:font/ttf;base64,${file})}`
}

async function launch(path: string | undefined): Promise<Browser> {
  const playwright = await import('playwright').catch(() => null)
  if (playwright === null)
    throw new PngError(
      'a PNG is made by a browser, and Playwright, which drives it, is not installed: npm install -D playwright',
    )
  const executablePath = findBrowser({ path, playwright: playwright.chromium })
  if (executablePath === null) throw new PngError(`a PNG is made by a browser: ${NO_BROWSER}`)
  return playwright.chromium.launch({ executablePath, args: [...BROWSER_ARGUMENTS] })
}

/**
 * Paints standalone SVGs, in their order, with the font of the figures. One browser for all of them, closed
 * afterwards also when one cannot be painted. Nothing in an SVG can reach the network or run.
 *
 * @throws {PngError} when Playwright or a browser is missing.
 */
export async function renderPngs(
  svgs: readonly string[],
  options: PngOptions = {},
): Promise<readonly Buffer[]> {
  const { scale = 2, theme = 'light', background = 'transparent' } = options
  const browser = await launch(options.browser)
  try {
    const context = await browser.newContext({
      deviceScaleFactor: scale,
      colorScheme: theme,
      javaScriptEnabled: false,
    })
    await context.route('**/*', (route) => route.abort())
    const page = await context.newPage()
    const fonts = (await Promise.all([fontFace(400), fontFace(700)])).join('')
    const pngs: Buffer[] = []
    for (const svg of svgs) {
      await page.setContent(
        `<!doctype html><html data-theme="${theme}"><style>${fonts}
html,body{margin:0;background:${background}}svg{display:block;max-width:none!important;text-rendering:geometricPrecision}</style>${svg}`,
      )
      const image = page.locator('svg').first()
      pngs.push(await image.screenshot({ omitBackground: background === 'transparent' }))
    }
    return pngs
  } finally {
    await browser.close()
  }
}
