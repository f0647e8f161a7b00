import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import { pageStyle } from '../../src/svg/drawing-style.ts'
import { finishSvg, renameSvg, standaloneSvg, WIDEST_STEP, WIDTH_STEP } from '../../src/svg/finish.ts'
import { renderSvg } from '../../src/svg/index.ts'

const ROOT = join(import.meta.dirname, '../..')

async function drawn(file: string): Promise<string> {
  const compiled = compile(readFileSync(join(ROOT, 'content/gallery', file), 'utf8'), { language: 'ko' })
  if (!compiled.ok) throw new Error(compiled.problems.map((problem) => problem.message).join('; '))
  return (await renderSvg(compiled.mermaid, { cacheDirectory: null })).svg
}

describe('a finished drawing', () => {
  it('holds nothing that runs, loads or styles', async () => {
    const svg = await drawn('26-routing-mesh.yaml')
    expect(svg).not.toMatch(
      /<(style|script|foreignObject|image|a|use|filter)\b|\son\w+=|\bstyle=|href=|data-|url\((?!#)/,
    )
    const names = new Set([...svg.matchAll(/<([\w:]+)/g)].map(([, name]) => name))
    const allowed = [
      'svg',
      'title',
      'desc',
      'defs',
      'marker',
      'path',
      'g',
      'rect',
      'polygon',
      'ellipse',
      'text',
      'tspan',
    ]
    expect([...names].filter((name) => !allowed.includes(name ?? ''))).toEqual([])
  })

  it('has a role, a title and a description', async () => {
    const svg = await drawn('03-user-bridge.yaml')
    const [, id] = /^<svg [^>]*id="([\w-]+)"/.exec(svg) ?? []
    expect(svg).toContain('role="img"')
    expect(svg).toContain(`aria-labelledby="${id}-t ${id}-d"`)
    expect(svg).toMatch(new RegExp(`<title id="${id}-t">[^<]+</title>`))
    expect(svg).toMatch(new RegExp(`<desc id="${id}-d">[^<]+</desc>`))
  })

  it('takes at most 15 kB gzipped for thirty containers', async () => {
    expect(gzipSync(await drawn('19-thirty.yaml')).length).toBeLessThan(15_000)
  })

  it('can stand twice in a page under other ids', async () => {
    const svg = await drawn('02-default-bridge-ports.yaml')
    const copy = renameSvg(svg, 'dn-second')
    const idsIn = (text: string): string[] => [...text.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id ?? '')
    expect(idsIn(svg).length).toBeGreaterThan(2)
    expect(idsIn(copy).filter((id) => idsIn(svg).includes(id))).toEqual([])
    const used = [...copy.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id)
    expect(used.every((id) => idsIn(copy).includes(id ?? ''))).toBe(true)
  })

  it('brings its own styles where no page has any', async () => {
    const svg = standaloneSvg(await drawn('01-one-container.yaml'))
    expect(svg).toMatch(/^<svg [^>]*>\n<style>[^<]+<\/style>/)
    expect(svg).not.toMatch(/@import|url\((?!#)/)
  })
})

describe('finishSvg', () => {
  it('copies nothing but text, numbers and known words', () => {
    const hostile = `<svg viewBox="0 0 100 50" onload="alert(1)"><script>alert(2)</script><style>*{fill:url(http://x)}</style>
      <g class="node evil container" onclick="alert(3)" transform="translate(50, 25)"><rect class="label-container" x="-40" y="-20" width="80" height="40" style="fill:url(http://x)"/>
      <g class="label"><foreignObject><b>no</b></foreignObject><text><tspan class="row" x="0" y="0">&lt;img src=x onerror=alert(4)&gt; 10.0.0.1</tspan></text></g></g></svg>`
    const { svg, width, height } = finishSvg(hostile, { id: 'x" y="z' })
    expect([width, height]).toEqual([100, 50])
    expect(svg.replace(/>[^<]*</g, '><')).not.toMatch(
      /alert|http:\/\/x|evil|onload|onclick|foreignObject|script/,
    )
    expect(svg).toContain('&lt;img src=x onerror=alert(4)&gt; 10.0.0.1</text>')
    expect(svg).toContain('class="node container"')
  })

  it.each(['', '<', 'no svg', '<svg>', '<svg viewBox="a b">', '</g><svg><g></svg>'])(
    'throws nothing for %j',
    (text) => {
      expect(finishSvg(text, { id: 'dn' }).svg).toMatch(/^<svg [^>]*>\s*<\/svg>$/)
    },
  )
})

it('the stylesheet of the package holds the styles of drawings as the source makes them', () => {
  const file = readFileSync(join(ROOT, 'assets/docker-network.css'), 'utf8')
  // The formatter may break lines and space things out, and write trailing semicolons.
  const bare = (css: string): string => css.replace(/\s+/g, '').replaceAll(';}', '}').replaceAll("'", '"')
  const source = bare(pageStyle(WIDTH_STEP, WIDEST_STEP))
  const asset = bare(file.slice(file.indexOf('/* The drawing.')))
  expect(asset.replace(/0\.(\d)/g, '.$1')).toContain(source.replace(/0\.(\d)/g, '.$1').slice(0, 400))
  expect(asset.length).toBeGreaterThanOrEqual(source.length)
})
