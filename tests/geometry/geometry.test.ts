import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSvgRenderer, type SvgImage, type SvgRenderer } from '../../src/svg/index.ts'
import { seeds } from '../support/seeds.ts'
import { launch, openPage } from '../svg/chromium.ts'
import { gallery, randomFigures, type Subject } from './figures.ts'
import { type Measured, measureFigure } from './measure.ts'

const STYLES = readFileSync(join(import.meta.dirname, '../../assets/docker-network.css'), 'utf8')
/** Random topologies drawn for each seed. */
const RANDOM = Number(process.env.DN_GEOMETRY_RUNS ?? 40)
const THEMES = ['light', 'dark'] as const

let browser: Browser
let page: Page
let renderer: SvgRenderer

beforeAll(async () => {
  browser = await launch()
  page = await openPage(browser)
  renderer = createSvgRenderer({ cacheDirectory: null })
  await page.addStyleTag({ content: STYLES })
  const source = transformSync(measureFigure.toString(), { keepNames: false }).code
  await page.addScriptTag({ content: `window.measureFigure = ${source.trim().replace(/;$/, '')}` })
})

afterAll(async () => {
  await renderer?.close()
  await browser?.close()
})

async function draw(subjects: readonly Subject[]): Promise<SvgImage[]> {
  const results = await renderer.render(subjects.map((subject) => subject.compiled.mermaid))
  return results.map((result, i) => {
    if (result.status === 'rejected') throw new Error(`${subjects[i]!.name}: ${String(result.reason)}`)
    return result.value
  })
}

/** All figures in one go, each at its natural size. */
async function measure(
  subjects: readonly Subject[],
  images: readonly SvgImage[],
  theme: string,
): Promise<Measured[]> {
  const figures = images.map(({ svg }, i) => ({
    svg,
    sideways: subjects[i]!.compiled.figure.direction === 'right',
  }))
  return page.evaluate(
    ({ figures, theme }) => {
      document.documentElement.dataset.theme = theme
      document.body.style.background = theme === 'dark' ? '#15181d' : '#fffdf8'
      const holder = document.createElement('div')
      holder.style.width = 'max-content'
      document.body.append(holder)
      const measured = figures.map(({ svg, sideways }) => {
        holder.innerHTML = svg
        const run: unknown = Reflect.get(window, 'measureFigure')
        if (typeof run !== 'function') throw new TypeError('measureFigure is not in the page')
        return run(holder.querySelector('svg'), sideways, theme === 'light')
      })
      holder.remove()
      return measured
    },
    { figures, theme },
  )
}

async function faultsOf(subjects: readonly Subject[]): Promise<Record<string, readonly string[]>> {
  const images = await draw(subjects)
  const found: Record<string, readonly string[]> = {}
  for (const theme of THEMES) {
    const measured = await measure(subjects, images, theme)
    measured.forEach(({ faults }, i) => {
      if (faults.length > 0) found[`${subjects[i]!.name} (${theme})`] = faults
    })
  }
  images.forEach((image, i) => {
    const faults = addressFaults(subjects[i]!, image.svg)
    if (faults.length > 0) found[`${subjects[i]!.name} (addresses)`] = faults
  })
  return found
}

const decoded = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** Lines of text in the figure, without its title and description. */
const linesIn = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([\s\S]*?)<\/text>/g)].map(([, inner = '']) =>
    decoded(inner.replace(/<[^>]*>/g, '')),
  )

/** Every line of the figure's boxes, titles and labels is drawn, as often as it is there, and nothing else is. */
function addressFaults({ compiled }: Subject, svg: string): string[] {
  const { figure } = compiled
  const wanted = [
    ...figure.boxes.flatMap((box) => box.lines.map((line) => line.text)),
    ...figure.groups.map((group) => group.title),
    // Mermaid may break a long label into more lines.
    ...figure.edges.flatMap((edge) => (edge.label.length > 0 ? [edge.label.join(' ')] : [])),
  ].map(normal)
  const labels = [...svg.matchAll(/<g class="edgeLabel[^>]*>([\s\S]*?)<\/g>/g)].map(([, inner = '']) => inner)
  const rest = svg.replace(/<g class="edgeLabel[^>]*>[\s\S]*?<\/g>/g, '')
  const drawn = [...linesIn(rest), ...labels.map((label) => linesIn(label).join(' '))].map(normal)
  const faults: string[] = []
  const count = (list: readonly string[], text: string): number => list.filter((line) => line === text).length
  for (const text of new Set([...wanted, ...drawn]))
    if (count(wanted, text) !== count(drawn, text))
      faults.push(`"${text}" is drawn ${count(drawn, text)} times, not ${count(wanted, text)}`)
  return faults
}

const normal = (text: string): string => text.replace(/\s+/g, '')

describe('geometry of finished figures in Chromium', () => {
  it('holds for the whole gallery, in every view, language and theme', async () => {
    expect(await faultsOf(gallery())).toEqual({})
  }, 600_000)

  for (const seed of seeds()) {
    it(`holds for random topologies (seed ${seed})`, async () => {
      const subjects = randomFigures(seed, RANDOM)
      expect(subjects.length).toBeGreaterThan(RANDOM / 3)
      expect(await faultsOf(subjects)).toEqual({})
    }, 600_000)
  }

  it('is readable on a phone: no text below 9 px, and the page never scrolls sideways', async () => {
    const subjects = gallery()
    const images = await draw(subjects)
    const phone = await openPage(browser)
    await phone.addStyleTag({ content: `${STYLES} #scratch { display: none }` })
    await phone.setViewportSize({ width: 360, height: 640 })
    const found = await phone.evaluate(
      (svgs) => {
        const figure = document.createElement('figure')
        figure.className = 'docker-network'
        const drawing = document.createElement('div')
        drawing.className = 'docker-network-drawing'
        figure.append(drawing)
        document.body.append(figure)
        const results = svgs.map((svg) => {
          drawing.innerHTML = svg
          const image = drawing.querySelector('svg')!
          const scale = image.getBoundingClientRect().width / image.viewBox.baseVal.width
          const sizes = [...image.querySelectorAll('text, tspan')].map(
            (text) => Number.parseFloat(getComputedStyle(text).fontSize) * scale,
          )
          return { least: Math.min(...sizes), page: document.documentElement.scrollWidth }
        })
        figure.remove()
        return results
      },
      images.map(({ svg }) => svg),
    )
    await phone.close()
    const faults = found.flatMap(({ least, page: width }, i) =>
      least < 9 || width > 360 ? [`${subjects[i]!.name}: text ${least}px, page ${width}px`] : [],
    )
    expect(faults).toEqual([])
  })
})
