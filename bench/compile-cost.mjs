// node compile-cost.mjs DIST FILE…   Block to Mermaid text against parsing its YAML alone, warm. Prints JSON.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

const [dist, ...files] = process.argv.slice(2)
const { compile } = await import(`${dist}/compile.js`)
const { parse } = await import('yaml')

function time(action) {
  // Warm, then the median of rounds that each take a few milliseconds.
  for (let i = 0; i < 150; i++) action()
  const rounds = []
  for (let r = 0; r < 25; r++) {
    const start = performance.now()
    for (let i = 0; i < 10; i++) action()
    rounds.push((performance.now() - start) / 10)
  }
  return rounds.sort((a, b) => a - b)[12]
}

const results = files.map((file) => {
  const source = readFileSync(file, 'utf8')
  const compiled = compile(source)
  if (!compiled.ok) throw new Error(`${file} does not compile: ${JSON.stringify(compiled.problems)}`)
  return { file, yaml: time(() => parse(source)), block: time(() => compile(source)) }
})
console.log(JSON.stringify(results))
