// node d2.mjs SET OUT
import { readFileSync, writeFileSync } from 'node:fs'
import { D2 } from '@terrastruct/d2'

const [set, out] = process.argv.slice(2)
const d2 = new D2()
for (const [i, text] of JSON.parse(readFileSync(set, 'utf8')).entries()) {
  const { diagram, renderOptions } = await d2.compile(text)
  writeFileSync(`${out}/${i}.svg`, await d2.render(diagram, { ...renderOptions, noXMLTag: true }))
}
// Its worker waits for more.
process.exit(0)
