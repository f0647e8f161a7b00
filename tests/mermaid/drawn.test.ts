/**
 * What Mermaid really draws of our text, in a real Chromium, by its own layout: the same networks, containers, hosts,
 * attachments, addresses and ports as our own SVG, with the supported majors.
 */
import { join } from 'node:path'
import fc from 'fast-check'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Compiled, compile } from '../../src/compile.ts'
import { place } from '../../src/picture/place.ts'
import { TOPOLOGY_VIEWS } from '../../src/topology/topology.ts'
import { figureCases } from '../support/figures.ts'
import { topologies } from '../support/topologies.ts'
import { launch, openPage } from '../svg/chromium.ts'
import { mermaidContent, placedContent } from './content.ts'

interface DrawnPart {
  /** As Mermaid names its elements: the id of the text with something before and behind it. */
  readonly id: string
  readonly lines: readonly string[]
}

interface Drawing {
  readonly parts: readonly DrawnPart[]
  readonly edges: number
  readonly labels: readonly string[]
}

/** Runs in the page: draws a text and reads the SVG back. */
const DRAW = `window.drawn = async (id, text) => {
  const { svg } = await mermaid.render(id, text)
  const holder = document.createElement('div')
  holder.innerHTML = svg
  document.body.append(holder)
  const rows = (element) => {
    const all = [...element.querySelectorAll('.text-outer-tspan, .row')]
    const list = all.length > 0 ? all : [...element.querySelectorAll('text')]
    return list.map((one) => one.textContent.trim()).filter((one) => one !== '')
  }
  const parts = [...holder.querySelectorAll('g.node, g.cluster')].map((element) => ({
    id: element.id,
    lines: rows(element),
  }))
  const edges = holder.querySelectorAll('path.flowchart-link').length
  const labels = [...holder.querySelectorAll('g.edgeLabel')].map((one) => rows(one).join(' ')).filter((one) => one !== '')
  holder.remove()
  return { parts, edges, labels }
}`

const RANDOM = Number(process.env.DN_MERMAID_RUNS ?? 8)

type Ok = Extract<Compiled, { readonly ok: true }>

function subjects(): readonly { readonly name: string; readonly compiled: Ok }[] {
  const made = [
    ...figureCases('gallery').map(({ name, source }) => ({ name, source, view: null })),
    ...fc.sample(topologies(), { seed: 20261126, numRuns: RANDOM }).map((source, index) => ({
      name: `random ${index}`,
      source,
      view: TOPOLOGY_VIEWS[index % TOPOLOGY_VIEWS.length] ?? null,
    })),
  ]
  return made.flatMap(({ name, source, view }) => {
    const compiled = compile(source, { language: name.length % 2 === 0 ? 'ko' : 'en', figure: { view } })
    const isMap = compiled.ok && TOPOLOGY_VIEWS.some((one) => one === compiled.scene.view)
    return compiled.ok && isMap ? [{ name, compiled }] : []
  })
}

const bare = (text: string): string => text.replace(/\s+/g, '')

/** The part with this id, however the release decorates it. */
function partOf({ parts }: Drawing, id: string): DrawnPart | undefined {
  return parts.find((one) => one.id === id || new RegExp(`(^|-)${id}(-\\d+)?$`).test(one.id))
}

describe.each(['mermaid', 'mermaid-12'])('%s draws of our text what our SVG shows', (release) => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await launch()
    page = await openPage(browser)
    await page.addScriptTag({
      path: join(import.meta.dirname, '../../node_modules', release, 'dist/mermaid.min.js'),
    })
    await page.addScriptTag({ content: DRAW })
    await page.evaluate('mermaid.initialize({ startOnLoad: false })')
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
  })

  it('the whole gallery, and random ones in every view', async () => {
    const all = subjects()
    expect(all.length).toBeGreaterThan(40)
    for (const [index, { name, compiled }] of all.entries()) {
      const { figure, plan, scene, mermaid } = compiled
      const drawing = (await page.evaluate(
        `drawn('d${index}', ${JSON.stringify(mermaid)})`,
      )) satisfies unknown as Drawing
      for (const box of figure.boxes) {
        const part = partOf(drawing, box.id)
        expect(bare(part?.lines.join('') ?? ''), `${name}: ${box.id}`).toBe(
          bare(box.lines.map((line) => line.text).join('')),
        )
      }
      expect(drawing.edges, name).toBe(figure.edges.length)
      for (const edge of figure.edges)
        if (edge.label.length > 0) expect(drawing.labels.map(bare), name).toContain(bare(edge.label.join('')))
      const ours = placedContent(place(scene), plan)
      const theirs = mermaidContent(figure, plan, (id) => partOf(drawing, id)?.lines ?? [])
      expect(theirs, name).toEqual(ours)
    }
  }, 900_000)
})
