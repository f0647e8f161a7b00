/** Draws the texts given as JSON in a cache folder, and prints the hash of each SVG. */
import { createHash } from 'node:crypto'
import { createSvgRenderer } from '../../src/svg/index.ts'

const [cacheDirectory = '', texts = '[]'] = process.argv.slice(2)
const list: unknown = JSON.parse(texts)
if (!Array.isArray(list)) throw new Error('texts')
const renderer = createSvgRenderer({ cacheDirectory })
const results = await renderer.render(list.map(String))
await renderer.close()
console.log(
  JSON.stringify(
    results.map((r) =>
      r.status === 'fulfilled' ? createHash('sha256').update(r.value.svg).digest('hex') : String(r.reason),
    ),
  ),
)
