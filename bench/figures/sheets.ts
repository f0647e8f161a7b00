/** The ten topologies, ours beside the peers', each in a column of 700 px: one HTML page and one PNG for each. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launch } from '../../tests/svg/chromium.ts'
import { peerSvg } from './peers.ts'
import type { Drawn } from './table.ts'

const ROOT = join(import.meta.dirname, '../..')
const OUT = join(ROOT, '.cache/figures/sheets')

export async function writeSheets(drawn: readonly Drawn[]): Promise<string> {
  mkdirSync(OUT, { recursive: true })
  const style = readFileSync(join(ROOT, 'assets/docker-network.css'), 'utf8')
  const browser = await launch()
  const page = await browser.newPage({ viewport: { width: 2220, height: 800 } })
  for (const one of drawn) {
    const cells = [
      ['ours', one.svg, one.ours] as const,
      ['Mermaid, dagre', peerSvg(one.mermaid, 'dagre'), one.dagre] as const,
      ['Mermaid, ELK', peerSvg(one.mermaid, 'elk'), one.elk] as const,
    ].map(([name, svg, measured]) => {
      const facts =
        measured === null ? '' : `${measured.crossings} crossings, ${Math.round(measured.width)} px`
      return `<section><h2>${name} <small>${facts}</small></h2>${svg ?? 'not drawn'}</section>`
    })
    const html = `<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>${one.name}</title><style>${style}
      body{font:16px sans-serif;margin:16px}main{display:grid;grid-template-columns:repeat(3,700px);gap:32px;align-items:start}
      section>svg{max-width:700px!important;height:auto}h2{font-size:18px}</style><h1>${one.name}</h1><main>${cells.join('')}</main></html>`
    writeFileSync(join(OUT, `${one.name}.html`), html)
    await page.setContent(html)
    await page.screenshot({ path: join(OUT, `${one.name}.png`), fullPage: true })
  }
  await browser.close()
  return OUT
}
