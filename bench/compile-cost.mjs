// node compile-cost.mjs DIST FILE…   Block to Mermaid text against parsing its YAML alone, warm. Prints JSON.
import { readFileSync } from 'node:fs'

const [dist, ...files] = process.argv.slice(2)
const { compile } = await import(`${dist}/compile.js`)
const { parse } = await import('yaml')

const WARM = 1500
const ROUNDS = 61
const PER_ROUND = 8

/** CPU milliseconds for one call of each action: warm, and in turns, so that a busy moment falls on all alike. */
function time(...actions) {
  for (let i = 0; i < WARM; i++) for (const action of actions) action()
  const rounds = actions.map(() => [])
  for (let r = 0; r < ROUNDS; r++)
    actions.forEach((action, at) => {
      const start = process.cpuUsage()
      for (let i = 0; i < PER_ROUND; i++) action()
      const { user, system } = process.cpuUsage(start)
      rounds[at].push((user + system) / 1000 / PER_ROUND)
    })
  return rounds.map((times) => times.sort((a, b) => a - b)[(ROUNDS - 1) / 2])
}

const results = files.map((file) => {
  const source = readFileSync(file, 'utf8')
  const compiled = compile(source)
  if (!compiled.ok) throw new Error(`${file} does not compile: ${JSON.stringify(compiled.problems)}`)
  const [yaml, block] = time(
    () => parse(source),
    () => compile(source),
  )
  return { file, yaml, block }
})
console.log(JSON.stringify(results))
