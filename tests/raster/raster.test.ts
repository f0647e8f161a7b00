import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { createDrawings } from '../../src/eleventy/drawings.ts'
import { figurePng } from '../../src/figure-png.ts'
import dockerNetwork from '../../src/markdown-it/plugin.ts'

const SOURCE = 'networks: { app: {} }\nservices: { web: { image: x, networks: [app] } }'

/** Width and height, as the header of a PNG says. */
function sizeOf(png: Uint8Array): readonly [number, number] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  expect(new TextDecoder().decode(png.subarray(1, 4))).toBe('PNG')
  return [view.getUint32(16), view.getUint32(20)]
}

describe('a figure as PNG', () => {
  it('has twice the pixels of its drawing, and the same bytes each time', () => {
    const [a, b] = [figurePng(SOURCE), figurePng(SOURCE)]
    if (!a.ok || !b.ok) throw new Error('not drawn')
    expect(sizeOf(a.png)).toEqual([a.width * 2, a.height * 2])
    expect(Buffer.compare(a.png, b.png)).toBe(0)
  })

  it('is as large as a preview of a link asks', () => {
    const made = figurePng(SOURCE, { frame: { width: 1200, height: 630 }, scale: 1 })
    if (!made.ok) throw new Error('not drawn')
    expect(sizeOf(made.png)).toEqual([1200, 630])
  })

  it('draws letters, Korean ones too', () => {
    const size = (image: string): number => {
      const made = figurePng(`figure: { show: [images] }\nservices: { web: { image: "${image}" } }`)
      return made.ok ? made.png.length : 0
    }
    // Without a font nothing would be painted, and these signs would be one as small as the other.
    expect(size('가나다라')).toBeGreaterThan(size('....') + 300)
  })

  it('gives problems, and throws for nothing that an author writes', () => {
    const made = figurePng('networks: { app: { ipam: nonsense } }')
    expect(made.ok).toBe(false)
  })
})

describe('strategy png', () => {
  it('writes files, and <img> into the page; so do feeds that ask for it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dn-png-'))
    const drawings = createDrawings({ strategy: 'png', imagePath: '/figures/', createRenderer: null })
    drawings.begin(folder)
    const md = new MarkdownIt()
    md.use(dockerNetwork, { draw: (request) => drawings.place(request) })
    const html = md.render(`\`\`\`docker-network\n${SOURCE}\n\`\`\``)
    const [, src = ''] = /<img [^>]*src="([^"]+)"/.exec(html) ?? []
    expect(src).toMatch(/^\/figures\/[0-9a-f]{16}\.png$/)
    expect(html).not.toContain('<svg')
    sizeOf(readFileSync(join(folder, src)))

    const inline = createDrawings({ strategy: 'svg', imagePath: '/feed/', createRenderer: null })
    inline.begin(folder)
    const page = new MarkdownIt()
    page.use(dockerNetwork, { draw: (request) => inline.place(request) })
    const images = await inline.asImages(
      page.render(`\`\`\`docker-network\n${SOURCE}\n\`\`\``),
      undefined,
      'png',
    )
    expect(images).toMatch(/<img [^>]*src="\/feed\/[0-9a-f]{16}\.png"/)
    expect(readdirSync(join(folder, 'feed'))).toHaveLength(1)
  })
})
