// node compile-cost.mjs DIST FILE…   Block to Mermaid text against parsing its YAML alone, warm. Prints JSON.
import { readFileSync } from 'node:fs'

const [dist, ...files] = process.argv.slice(2)
const { compile } = await import(`${dist}/lib/index.js`)
const { parse } = await import('yaml')

/**
 * Times each block is compiled before anything is measured. All of them are: a process that is warm has met more
 * than one block, and one block alone, over and over, has V8 optimize for that block.
 */
const WARM = 2000
const ROUNDS = 61
const PER_ROUND = 8

function cpuOf(action) {
  const start = process.cpuUsage()
  for (let i = 0; i < PER_ROUND; i++) action()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000 / PER_ROUND
}

const median = (times) => times.sort((a, b) => a - b)[(times.length - 1) / 2]

const blocks = files.map((file) => {
  const source = readFileSync(file, 'utf8')
  const compiled = compile(source)
  if (!compiled.ok) throw new Error(`${file} does not compile: ${JSON.stringify(compiled.problems)}`)
  return { file, actions: [() => parse(source), () => compile(source)], times: [[], []] }
})
for (let i = 0; i < WARM; i++) for (const { actions } of blocks) for (const action of actions) action()
// In turns, so that a busy moment falls on all alike.
for (let r = 0; r < ROUNDS; r++)
  for (const { actions, times } of blocks)
    for (const [i, action] of actions.entries()) times[i].push(cpuOf(action))
console.log(
  JSON.stringify(
    blocks.map(({ file, times: [yaml, block] }) => ({ file, yaml: median(yaml), block: median(block) })),
  ),
)
