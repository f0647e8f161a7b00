import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createInkMeter } from '../../src/font/ink-meter.ts'
import { MERMAID_CONFIG } from '../../src/svg/config.ts'
import { keepConfigReads } from '../../src/svg/config-reads.ts'
import { createEngine } from '../../src/svg/engine.ts'
import { createSvgRenderer, MermaidError, MermaidTextError, renderSvg } from '../../src/svg/index.ts'
import { findMermaid, loadMermaid, readScript } from '../../src/svg/mermaid-host.ts'
import { createDrawingWindow } from '../../src/svg/window.ts'
import { FLOWCHARTS } from './flowcharts.ts'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../..')
const PACKAGE = join(ROOT, 'package.json')
const SIMPLE = 'flowchart TB\n a["`**web**\n172.18.0.3`"] -->|veth| b{{br0}}'

const VERSIONS = ['mermaid', 'mermaid-12'] as const

describe('the renderer', () => {
  it('draws each text and gives the results in their order', async () => {
    const renderer = createSvgRenderer({ cacheDirectory: null })
    const [first, second, third] = await renderer.render([SIMPLE, 'flowchart LR\n x --> y', SIMPLE])
    await renderer.close()
    if (first?.status !== 'fulfilled' || second?.status !== 'fulfilled') throw new Error('not drawn')
    expect(first.value.svg).toMatch(/^<svg[\s\S]*172\.18\.0\.3[\s\S]*<\/svg>$/)
    expect(first.value.width).toBeGreaterThan(50)
    expect(first.value.height).toBeGreaterThan(50)
    expect(second.value.svg).not.toContain('172.18.0.3')
    expect(third).toEqual(first)
  })

  it('does not lose nine good figures for a bad one, and says what is wrong with it', async () => {
    const renderer = createSvgRenderer({ cacheDirectory: null })
    const results = await renderer.render([SIMPLE, 'flowchart TB\n a[[', 'flowchart TB\n c --> d'])
    const again = await renderer.render([SIMPLE.replace('web', 'api')])
    await renderer.close()
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    const [, bad] = results
    expect(bad?.status === 'rejected' && bad.reason).toBeInstanceOf(MermaidTextError)
    expect(bad?.status === 'rejected' && String(bad.reason.message)).toMatch(/Parse error on line \d/)
    expect(again[0]?.status).toBe('fulfilled')
  })

  it('draws the same bytes whatever was drawn before', async () => {
    const alone = await renderSvg(SIMPLE, { cacheDirectory: null })
    const renderer = createSvgRenderer({ cacheDirectory: null })
    await renderer.render(FLOWCHARTS)
    const [after] = await renderer.render([SIMPLE])
    await renderer.close()
    expect(after?.status === 'fulfilled' && after.value).toEqual(alone)
  })

  it('draws texts given at the same time by several callers', async () => {
    const renderer = createSvgRenderer({ cacheDirectory: null })
    const batches = await Promise.all(
      FLOWCHARTS.map((text) => renderer.render([text, SIMPLE, 'flowchart TB\n q[[['])),
    )
    await renderer.close()
    for (const batch of batches)
      expect(batch.map((r) => r.status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  })

  it('peeks without drawing', async () => {
    const renderer = createSvgRenderer({ cacheDirectory: null })
    expect(renderer.peek(SIMPLE)).toBeNull()
    const [drawn] = await renderer.render([SIMPLE])
    expect(drawn?.status === 'fulfilled' && drawn.value).toBe(renderer.peek(SIMPLE))
    await renderer.close()
  })

  it('names characters that the font of the figures lacks', async () => {
    const image = await renderSvg('flowchart TB\n a["🐳 web 뷁"]', { cacheDirectory: null })
    expect(image.missing).toEqual(['🐳', '뷁'])
  })

  it('refuses what is no flowchart', async () => {
    await expect(renderSvg('sequenceDiagram\n A->>B: hi', { cacheDirectory: null })).rejects.toThrow(
      'only flowcharts can be drawn without a browser; this begins with "sequenceDiagram"',
    )
    await expect(renderSvg('', { cacheDirectory: null })).rejects.toThrow('begins with nothing')
  })

  it('says how to get Mermaid where there is none', async () => {
    await expect(renderSvg(SIMPLE, { cacheDirectory: null, mermaid: 'mermaid-9' })).rejects.toThrow(
      MermaidError,
    )
    await expect(renderSvg(SIMPLE, { cacheDirectory: null, mermaid: 'mermaid-9' })).rejects.toThrow(
      'npm install mermaid',
    )
  })

  it('leaves globalThis and the built-in prototypes of the process as they were', async () => {
    const { stdout } = await run(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'globals-process.ts')],
      {
        cwd: ROOT,
      },
    )
    expect(JSON.parse(stdout)).toEqual({ results: ['fulfilled', 'rejected'], changed: [] })
  })
})

describe.each(VERSIONS)('the contract with %s', (name) => {
  const found = findMermaid(name, PACKAGE)

  it('draws every flowchart of the set', async () => {
    const engine = createEngine(found)
    for (const text of FLOWCHARTS) expect((await engine.draw('m', text)).svg).toMatch(/^<svg[\s\S]*<\/svg>$/)
  })

  it('finds the place where the configuration is read', () => {
    expect(keepConfigReads(readScript(found)).refusal).toBeNull()
  })

  it('draws byte-identical figures with and without the kept configuration', async () => {
    const kept = createEngine(found)
    const copied = createEngine(found, { keepConfigReads: false })
    for (const text of FLOWCHARTS)
      expect((await kept.draw('m', text)).svg).toBe((await copied.draw('m', text)).svg)
  })

  it('writes into a configuration it has read only what it sets right afterwards', async () => {
    const window = createDrawingWindow(createInkMeter())
    const { code } = keepConfigReads(readScript(found))
    // Every copy together with what it is a copy of, to be compared when all is drawn.
    const recording = code.replace(
      /copy=([\w$]+\(\{\},([\w$]+)\))/,
      '(globalThis.copies??=[]).push([copy=$1,$2]),copy',
    )
    expect(recording).not.toBe(code)
    const mermaid = loadMermaid(found, window, recording)
    mermaid.initialize(MERMAID_CONFIG)
    for (const text of FLOWCHARTS) await mermaid.render('m', text)
    const copies: unknown = Reflect.get(Object(window.globals.globalThis), 'copies')
    if (!Array.isArray(copies)) throw new Error('nothing was recorded')
    expect(copies.length).toBeGreaterThan(FLOWCHARTS.length)
    const written = new Set(copies.flatMap(([copy, original]) => differences(copy, original, '')))
    // flowDiagram's init: cnf.flowchart.arrowMarkerAbsolute = …, then setConfig({ flowchart: { arrowMarkerAbsolute } }).
    expect([...written].filter((path) => path !== '.flowchart.arrowMarkerAbsolute')).toEqual([])
  })
})

function differences(a: unknown, b: unknown, path: string): string[] {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Object.is(a, b) || typeof a === 'function' ? [] : [path]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differences(Reflect.get(a, key), Reflect.get(b, key), `${path}.${key}`),
  )
}

describe('a Mermaid newer than the tests know', () => {
  it.each(VERSIONS)('works when it draws as %s does', async (name) => {
    const found = findMermaid(name, PACKAGE)
    const engine = createEngine({ ...found, version: '99.0.0' }, { warn: () => {} })
    expect((await engine.draw('m', SIMPLE)).svg).toContain('172.18.0.3')
  })

  it('fails with what it lacks, at every figure, when it draws otherwise', async () => {
    const found = findMermaid('mermaid', PACKAGE)
    const folder = mkdtempSync(join(tmpdir(), 'dn-mermaid-'))
    const script = join(folder, 'mermaid.min.js')
    writeFileSync(
      script,
      `globalThis.mermaid = { initialize() {}, registerLayoutLoaders() {}, render: async () => ({ svg: '<svg viewBox="0 0 1 1"></svg>' }) }`,
    )
    const engine = createEngine({ ...found, version: '99.0.0', script }, { warn: () => {} })
    for (let i = 0; i < 2; i++)
      await expect(engine.draw('m', SIMPLE)).rejects.toThrow(
        'figures cannot be drawn with Mermaid 99.0.0: its drawing lacks a group, boxes with their classes, edges, labels of edges, text as SVG text; npm install mermaid@12',
      )
    rmSync(folder, { recursive: true })
  })
})

describe('a Mermaid of another kind', () => {
  it('is used as it is, with a warning, when its configuration is not read in the known way', async () => {
    const script = readScript(findMermaid('mermaid', PACKAGE))
    const other = script.replaceAll(',"getConfig")', ',"readConfig")')
    expect(keepConfigReads(other)).toEqual({
      code: other,
      refusal: 'getConfig was found 0 times instead of once',
    })
    const twice = `${script}\nvar q=s(()=>ii({},w),"getConfig")`
    expect(keepConfigReads(twice).refusal).toBe('getConfig was found 2 times instead of once')
    const merged = 'a=n(()=>m({},c),"getConfig");m(c,x)'
    expect(keepConfigReads(merged)).toEqual({
      code: merged,
      refusal: 'the current configuration is changed in place',
    })
  })

  it('fails with its version when it lacks what figures need', () => {
    const found = findMermaid('mermaid', PACKAGE)
    const window = createDrawingWindow(createInkMeter())
    expect(() =>
      loadMermaid({ ...found, version: '13.0.0' }, window, 'globalThis.mermaid = { initialize() {} }'),
    ).toThrow(/Mermaid 13\.0\.0 does not offer initialize, render and registerLayoutLoaders/)
  })
})
