import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create } from 'fontkit'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInkMeter } from '../../src/font/ink-meter.ts'
import { launch, openPage } from '../svg/chromium.ts'

const meter = createInkMeter()

const TEXTS = [
  '172.18.0.3/16',
  'fd00::1/64',
  '[::]:8080',
  'web.1 · eth0',
  'docker_gwbridge',
  'office AVATAR To. fi ffl Ýf j',
  'QWERTY yuiop Tokyo, Ltd. “quote” → L1',
  'VXLAN',
  'A',
  '가',
  '물리 네트워크 (underlay) · 192.168.56.0/24',
  '한글과 English 섞기, 가VA V가',
  '「네트워크」',
  '①②⑳',
  '0.0.0.0:8000→5000/tcp',
  'VNI 4097 · UDP 4789',
  'é ç ß Ω',
]

describe('the table of measures', () => {
  for (const [weight, bold] of [
    [400, false],
    [700, true],
  ] as const) {
    const font = create(
      readFileSync(join(import.meta.dirname, `../../assets/fonts/noto-sans-kr-${weight}.ttf`)),
    )
    if (!('layout' in font)) throw new Error('not a single font')

    it(`has the advance of every character of the ${weight} font`, () => {
      for (const point of font.characterSet.filter((c) => c >= 0x20 && c < 0xfffd)) {
        const text = String.fromCodePoint(point)
        const exact = (font.glyphForCodePoint(point).advanceWidth * 1000) / font.unitsPerEm
        // White space at the ends of a line takes no room in a browser, but the meter gets only what is shown.
        expect(
          Math.abs(meter.extentOf(text, { size: 1000, bold, italic: false }).width - exact),
          text,
        ).toBeLessThan(0.02)
      }
    })

    it(`kerns and joins Latin text as fontkit does with the ${weight} font`, () => {
      const words = [
        'AVATAR',
        'office',
        'To.',
        'Ltd.',
        'ffl',
        'Type',
        'web.1',
        '10.0.1.3/24',
        'P.A.V.',
        '“W”',
        'r-v',
      ]
      for (const text of words)
        expect(
          Math.abs(
            meter.extentOf(text, { size: 1000, bold, italic: false }).width - font.layout(text).advanceWidth,
          ),
          text,
        ).toBeLessThan(0.02)
    })

    it(`has no kerning between syllables of the ${weight} font that the table leaves out`, () => {
      const syllables = font.characterSet.filter((c) => c >= 0xac00 && c <= 0xd7a3)
      for (let i = 0; i + 1 < syllables.length; i += 7) {
        const text = String.fromCodePoint(syllables[i]!, syllables[i + 1]!, 0x2e)
        expect(
          Math.abs(
            meter.extentOf(text, { size: 1000, bold, italic: false }).width - font.layout(text).advanceWidth,
          ),
          text,
        ).toBeLessThan(0.02)
      }
    })
  }

  it('names the characters the font lacks and gives them room', () => {
    expect(meter.missingIn('web 뷁 😀 가 😀 →')).toEqual(['뷁', '😀'])
    expect(meter.extentOf('뷁', { size: 16, bold: false, italic: false }).width).toBeGreaterThanOrEqual(16)
    expect(meter.extentOf('😀', { size: 16, bold: false, italic: false }).width).toBeGreaterThanOrEqual(
      1.37 * 16,
    )
    expect(meter.extentOf('e\u0301', { size: 16, bold: false, italic: false }).width).toBe(
      meter.extentOf('e', { size: 16, bold: false, italic: false }).width,
    )
  })
})

describe('in a real Chromium with the same font', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser.close())

  it('text is exactly as wide, as high and as far from its baseline', async () => {
    const page = await openPage(browser)
    const cases = [10.5, 11, 12, 13, 13.5, 14, 16, 18].flatMap((size) =>
      [false, true].flatMap((bold) =>
        [false, true].flatMap((italic) => TEXTS.map((text) => ({ size, bold, italic, text }))),
      ),
    )
    const seen = await page.evaluate((all) => {
      const svg = document.querySelector('svg')
      return all.map(({ size, bold, italic, text }) => {
        const element = document.createElementNS('http://www.w3.org/2000/svg', 'text')
        element.textContent = text
        element.setAttribute(
          'style',
          `font-size:${size}px;font-weight:${bold ? 700 : 400};font-style:${italic ? 'italic' : 'normal'}`,
        )
        svg?.append(element)
        const box = element.getBBox()
        const length = element.getComputedTextLength()
        element.remove()
        return { length, x: box.x, y: box.y, width: box.width, height: box.height }
      })
    }, cases)
    let flips = 0
    cases.forEach(({ size, bold, italic, text }, i) => {
      const { width, inkStart, inkEnd } = meter.extentOf(text, { size, bold, italic })
      const { ascent, descent } = meter.lineOf(size)
      const left = Math.min(0, inkStart)
      const what = `${text} at ${size} px${bold ? ', bold' : ''}${italic ? ', italic' : ''}`
      const box = seen[i]!
      expect(box.length, what).toBe(width)
      expect(box.x, what).toBeCloseTo(left, 3)
      const boxed = Math.max(width, inkEnd) - left
      // FreeType rounds each point of a slanted outline on its own, so that one in a hundred lands on the
      // other side of a whole pixel.
      if (italic && Math.abs(box.width - boxed) > 0.001) {
        flips++
        expect(Math.abs(box.width - boxed), what).toBeLessThan(1.01)
      } else expect(box.width, what).toBeCloseTo(boxed, 3)
      expect(box.y, what).toBe(-ascent)
      expect(box.height, what).toBe(ascent + descent)
    })
    expect(flips).toBeLessThan(cases.length / 100)
  })
})
