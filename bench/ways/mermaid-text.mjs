// node mermaid-text.mjs DIST SET OUT CACHE|-   this project's ./svg: Mermaid itself, without a browser

import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'

const [dist, set, out, cache] = process.argv.slice(2)
const { createSvgRenderer } = await import(`${dist}/svg/index.js`)
const texts = JSON.parse(readFileSync(set, 'utf8'))
const renderer = createSvgRenderer({ cacheDirectory: cache === '-' ? null : cache })
const results = await renderer.render(texts)
await renderer.close()
await Promise.all(
  results.map((result, i) => {
    if (result.status === 'rejected') throw result.reason
    return writeFile(`${out}/${i}.svg`, result.value.svg)
  }),
)
