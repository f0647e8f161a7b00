// node ours.mjs DIST BLOCKS OUT   this project: block to figure, the addresses planned on the way
import { readFileSync, writeFileSync } from 'node:fs'

const [dist, blocks, out] = process.argv.slice(2)
const { figureSvg } = await import(`${dist}/lib/index.js`)
JSON.parse(readFileSync(blocks, 'utf8')).forEach((block, i) => {
  const figure = figureSvg(block)
  if (!figure.ok) throw new Error(JSON.stringify(figure.problems))
  writeFileSync(`${out}/${i}.svg`, figure.svg)
})
