/** Mermaid's own layouts: our text drawn by Mermaid in one Chromium, by dagre and by ELK. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { build } from 'esbuild'
import { launch, openPage } from '../../tests/svg/chromium.ts'
import { type Measured, measureSvg } from './measured.ts'

export type Peer = 'dagre' | 'elk'

const PEERS: readonly Peer[] = ['dagre', 'elk']
const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, '.cache/figures')

type Counts = Readonly<Record<Peer, Measured | null>>

const require = createRequire(import.meta.url)
const releases = PEERS.map((_, i) => {
  const name = i === 0 ? 'mermaid' : '@mermaid-js/layout-elk'
  const found: unknown = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'))
  return typeof found === 'object' && found !== null && 'version' in found ? String(found.version) : ''
})

const keyOf = (text: string, peer: Peer): string =>
  createHash('sha256')
    .update([...releases, peer, text].join('\n'))
    .digest('hex')
    .slice(0, 24)

const svgFile = (text: string, peer: Peer): string => join(FOLDER, `${keyOf(text, peer)}.svg`)

/** The peer's drawing of a text that `peersOf` has had drawn; `null` where it failed. */
export function peerSvg(text: string, peer: Peer): string | null {
  const file = svgFile(text, peer)
  const svg = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return svg === '' ? null : svg
}

/** @param most Drawings that are made now; the others are `null` until a later run has made them. */
export async function peersOf(texts: readonly string[], most: number): Promise<ReadonlyMap<string, Counts>> {
  mkdirSync(FOLDER, { recursive: true })
  const missing = texts
    .flatMap((text) =>
      PEERS.filter((peer) => !existsSync(svgFile(text, peer))).map((peer) => ({ text, peer })),
    )
    .slice(0, most)
  if (missing.length > 0) await draw(missing)
  return new Map(
    texts.map((text) => {
      const of = (peer: Peer): Measured | null => {
        const svg = peerSvg(text, peer)
        return svg === null ? null : measureSvg(svg)
      }
      return [text, { dagre: of('dagre'), elk: of('elk') }]
    }),
  )
}

/** Mermaid and its ELK layout as one script for a page. */
async function script(): Promise<string> {
  const bundle = await build({
    stdin: {
      contents: `import mermaid from 'mermaid'
        import elk from '@mermaid-js/layout-elk'
        mermaid.registerLayoutLoaders(elk)
        globalThis.mermaid = mermaid`,
      resolveDir: ROOT,
    },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome120',
    nodePaths: [dirname(require.resolve('mermaid/package.json'))],
  })
  return bundle.outputFiles[0]?.text ?? ''
}

/** Time for one drawing, in ms; one that takes longer counts as failed, so that a run comes to an end. */
const LIMIT = 30_000

async function draw(jobs: readonly { text: string; peer: Peer }[]): Promise<void> {
  const mermaid = await script()
  let left = [...jobs]
  while (left.length > 0) {
    const browser = await launch()
    try {
      const page = await openPage(browser)
      await page.addScriptTag({ content: mermaid })
      await page.evaluate(`mermaid.initialize({ startOnLoad: false, maxEdges: 5000, maxTextSize: 1e7 })`)
      for (let isStuck = false; !isStuck && left.length > 0; ) {
        const [job, ...others] = left
        if (job === undefined) break
        left = others
        const { text, peer } = job
        const own = text.replace('layout: docker-network', `layout: ${peer}`)
        const drawing = page
          .evaluate(`mermaid.render('p${left.length}', ${JSON.stringify(own)}).then((r) => r.svg)`)
          .catch((error: unknown) => {
            console.warn(`${peer}: ${String(error).slice(0, 200)}`)
            return ''
          })
        const svg: unknown = await Promise.race([drawing, setTimeout(LIMIT, null, { ref: false })])
        // A page that still computes answers nothing: the next drawing has a new one.
        isStuck = svg === null
        if (isStuck) console.warn(`${peer}: not drawn within ${LIMIT / 1000} s`)
        writeFileSync(svgFile(text, peer), typeof svg === 'string' ? svg : '')
      }
    } finally {
      await browser.close()
    }
  }
}
