/**
 * Measures our figures beside Mermaid's own layouts, dagre and ELK, drawn by one real Chromium from our Mermaid text:
 *
 *   npm run bench:figures                         all sets; a table with the bars, sheets in .cache/figures
 *   npm run bench:figures -- --ours-only          ours alone, in seconds, without a browser
 *   npm run bench:figures -- --only ten,kinds     some sets: ten, gallery, kinds, shapes, random
 *   npm run bench:figures -- --list               each figure, not only the sums
 *   npm run bench:figures -- --sheets             draws the sheets of the ten topologies too
 *   npm run bench:figures -- --speed              CPU time of placing alone, warm
 *   npm run bench:figures -- --draw 50            at most 50 drawings of peers now, the others in later runs
 *
 * Counts of peers are kept in .cache/figures by a hash of the Mermaid text.
 */
import { parseArgs } from 'node:util'
import { compile } from '../src/compile.ts'
import { COLUMN } from '../src/picture/draw.ts'
import { place } from '../src/picture/place.ts'
import { writeSvg } from '../src/picture/write-svg.ts'
import { type FigureSet, figureCases } from '../tests/support/figures.ts'
import { type Measured, measurePlaced } from './figures/measured.ts'
import { type Peer, peersOf } from './figures/peers.ts'
import { writeSheets } from './figures/sheets.ts'
import { speed } from './figures/speed.ts'
import { barsOf, type Drawn, table } from './figures/table.ts'

const SETS: readonly FigureSet[] = ['ten', 'gallery', 'kinds', 'shapes', 'random']

const { values: options } = parseArgs({
  options: {
    'ours-only': { type: 'boolean', default: false },
    only: { type: 'string' },
    list: { type: 'boolean', default: false },
    sheets: { type: 'boolean', default: false },
    speed: { type: 'boolean', default: false },
    draw: { type: 'string', default: '100000' },
  },
})

if (options.speed) {
  for (const line of speed()) console.info(line)
  process.exit()
}

const wanted = options.only?.split(',')
const drawn: Drawn[] = []
for (const set of SETS) {
  if (wanted !== undefined && !wanted.includes(set)) continue
  for (const one of figureCases(set)) {
    const compiled = compile(one.source, { language: 'en' })
    // What Docker refuses has no figure.
    if (!compiled.ok) {
      if (set !== 'random') console.warn(`${one.name}: ${compiled.problems.map((p) => p.message).join('; ')}`)
      continue
    }
    place(compiled.scene, { width: COLUMN })
    const begin = performance.now()
    const placed = place(compiled.scene, { width: COLUMN })
    const time = performance.now() - begin
    const { plan } = compiled
    drawn.push({
      ...one,
      mermaid: compiled.mermaid,
      svg: writeSvg(placed, { id: one.name }).svg,
      containers: plan.containers.size,
      networks: new Set([...plan.containers.values()].flatMap((c) => [...c.endpoints.keys()])).size,
      ours: measurePlaced(placed),
      time,
      dagre: null,
      elk: null,
    })
  }
}

if (!options['ours-only']) {
  const peers: ReadonlyMap<string, Readonly<Record<Peer, Measured | null>>> = await peersOf(
    drawn.map((one) => one.mermaid),
    Number(options.draw),
  )
  for (const [index, one] of drawn.entries()) drawn[index] = { ...one, ...peers.get(one.mermaid) }
}
console.info(table(drawn, options.list))
for (const bar of barsOf(drawn)) console.info(`${bar.met === null ? '–' : bar.met ? '✓' : '✗'} ${bar.text}`)
if (options.sheets) console.info(await writeSheets(drawn.filter((one) => one.set === 'ten')))
