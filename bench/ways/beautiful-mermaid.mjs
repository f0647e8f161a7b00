// node beautiful-mermaid.mjs SET OUT
import { readFileSync, writeFileSync } from 'node:fs'
import { renderMermaidSVG } from 'beautiful-mermaid'

const [set, out] = process.argv.slice(2)
JSON.parse(readFileSync(set, 'utf8')).forEach((text, i) => {
  writeFileSync(`${out}/${i}.svg`, renderMermaidSVG(text))
})
