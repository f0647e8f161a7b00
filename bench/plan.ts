/**
 * How planning grows: `npm run bench:plan`. Prints t(10,000)/t(1,000), the plan as a ratio to parsing the same YAML
 * with `yaml`, and the growth of memory. Ratios only: times differ from machine to machine.
 *
 * The figure for "plan" is everything from source text to plan, reading included; each is the least of several rounds.
 */
import { parse } from 'yaml'
import { planNetworks } from '../src/plan/plan-networks.ts'
import type { Problem } from '../src/problem/problem.ts'
import { readTopology } from '../src/topology/read.ts'

const ROUNDS = 5

/** A block of so many containers, a hundred on each network; every tenth is on two networks, every fifth waits for one. */
function source(containers: number): string {
  const count = Math.ceil(containers / 100)
  const networks = Array.from({ length: count }, (_, i) => {
    const subnet = `10.${i >> 4}.${(i & 15) << 4}.0/20`
    return `  n${i}: { ipam: { config: [{ subnet: ${subnet} }] } }`
  })
  const services = Array.from({ length: containers }, (_, i) => {
    const own = Math.floor(i / 100)
    const second = i % 10 === 0 ? `\n      - n${(own + 1) % count}` : ''
    const waits = i % 5 === 4 ? `\n    depends_on:\n      - s${i - 1}` : ''
    return `  s${i}:\n    image: nginx\n    networks:\n      - n${own}${second}${waits}`
  })
  return ['name: app', 'networks:', ...networks, 'services:', ...services, ''].join('\n')
}

function plan(text: string): number {
  const problems: Problem[] = []
  const report = (problem: Problem): void => {
    problems.push(problem)
  }
  const topology = readTopology(text, report)
  if (topology === null) throw new Error('not read')
  const { containers } = planNetworks(topology, report)
  const error = problems.find((problem) => problem.severity === 'error')
  if (error !== undefined) throw new Error(error.message)
  return [...containers.values()].filter((container) => container.state === 'running').length
}

/** Processor time of one run in microseconds: what other processes do meanwhile does not count. */
function cost(run: () => unknown): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const small = source(1_000)
const large = source(10_000)
// Both once before anything is timed, so that both run compiled.
if (plan(small) !== 1_000 || plan(large) !== 10_000) throw new Error('not every container runs')

const runs = {
  small: () => plan(small),
  large: () => plan(large),
  parseSmall: () => parse(small),
  parseLarge: () => parse(large),
}
const best = { small: Infinity, large: Infinity, parseSmall: Infinity, parseLarge: Infinity }
// In turns, so that a busy moment of the machine meets them all.
for (let round = 0; round < ROUNDS; round++) {
  for (const name of ['small', 'large', 'parseSmall', 'parseLarge'] as const) {
    best[name] = Math.min(best[name], cost(runs[name]))
  }
}
const ratio = (a: number, b: number): string => (a / b).toFixed(2)
console.log(`growth: t(10,000)/t(1,000) = ${ratio(best.large, best.small)} (at most 12)`)
console.log(`plan / yaml parse, 1,000 containers = ${ratio(best.small, best.parseSmall)} (at most 2)`)
console.log(`plan / yaml parse, 10,000 containers = ${ratio(best.large, best.parseLarge)} (at most 2)`)

globalThis.gc?.()
const memory = (text: string): number => {
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const topology = readTopology(text, () => {})
  if (topology === null) throw new Error('not read')
  const made = planNetworks(topology, () => {})
  globalThis.gc?.()
  const after = process.memoryUsage().heapUsed
  return made.containers.size === 0 ? 0 : after - before
}
if (globalThis.gc !== undefined) {
  console.log(`memory: m(10,000)/m(1,000) = ${ratio(memory(large), memory(small))}`)
}
