/**
 * How reading and planning grow: `npm run bench:plan`. Ratios only, as times differ from machine to machine: to parsing
 * the same YAML with `yaml`, and, with `-- --beside FOLDER`, to another checkout of this repository, run in turns with
 * this one in the same process.
 *
 * Each figure is the least of several rounds, in processor time: what other processes do meanwhile does not count.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import MarkdownIt from 'markdown-it'
import { parse } from 'yaml'

const { beside, rounds: ROUNDS } = (() => {
  const { values } = parseArgs({
    options: { beside: { type: 'string' }, rounds: { type: 'string', default: '7' } },
  })
  return { beside: values.beside ?? null, rounds: Number(values.rounds) }
})()

/** What is measured of one checkout. */
interface Subject {
  readonly read: (text: string) => unknown
  /** From text to plan: how many containers run. */
  readonly plan: (text: string) => number
  readonly keepPlan: (text: string) => unknown
  readonly compile: (text: string) => boolean
}

/** Without the names that tsx gives every function anew each time it is made, which no package has. */
async function subjectIn(folder: string): Promise<Subject> {
  const outdir = resolve(folder, '.cache/bench-plan')
  await build({
    entryPoints: ['topology/read.ts', 'plan/plan-networks.ts', 'compile.ts'].map((file) =>
      resolve(folder, 'src', file),
    ),
    outbase: resolve(folder, 'src'),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  })
  const load = (file: string) => import(pathToFileURL(resolve(outdir, file.replace(/ts$/, 'mjs'))).href)
  const { readTopology } = await load('topology/read.ts')
  const { planNetworks } = await load('plan/plan-networks.ts')
  const { compile } = await load('compile.ts')
  const ignore = (): void => {}
  return {
    read: (text) => readTopology(text, ignore),
    plan(text) {
      const { containers } = planNetworks(readTopology(text, ignore), ignore)
      let running = 0
      for (const { state } of containers.values()) if (state === 'running') running += 1
      return running
    },
    keepPlan: (text) => planNetworks(readTopology(text, ignore), ignore),
    compile: (text) => compile(text).ok,
  }
}

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

/** Blocks of the article that stand alone. */
function articleBlocks(): readonly string[] {
  const text = readFileSync(new URL('../content/posts/docker-network.md', import.meta.url), 'utf8')
  return new MarkdownIt()
    .parse(text, {})
    .filter(({ type, info }) => type === 'fence' && /^docker-network\b/.test(info) && !/\buse=/.test(info))
    .map(({ content }) => content)
}

/** In microseconds. */
function cost(run: () => unknown): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

const small = source(1_000)
const large = source(10_000)
const ours = await subjectIn(new URL('..', import.meta.url).pathname)
const theirs = beside === null ? null : await subjectIn(beside)
const subjects: readonly (readonly [string, Subject])[] = [
  ['here', ours],
  ...(theirs === null ? [] : [['beside', theirs] as const]),
]
// Before anything is timed, so that everything runs compiled.
for (const [name, { plan }] of subjects)
  if (plan(small) !== 1_000 || plan(large) !== 10_000) throw new Error(`${name}: not every container runs`)
for (const [, { plan, read }] of subjects)
  repeat(10, () => {
    read(small)
    plan(small)
  })
const blocks = articleBlocks()
const drawn = blocks.filter((block) => subjects.every(([, { compile }]) => compile(block)))
if (drawn.length === 0) throw new Error('no block of the article can be drawn')

const runs = new Map<string, () => unknown>([
  ['parse small', () => parse(small)],
  ['parse large', () => parse(large)],
  ['parse article', () => repeat(20, () => drawn.forEach((block) => void parse(block)))],
])
for (const [name, subject] of subjects) {
  runs.set(`read small ${name}`, () => subject.read(small))
  runs.set(`plan small ${name}`, () => subject.plan(small))
  runs.set(`plan large ${name}`, () => subject.plan(large))
  runs.set(`article ${name}`, () => repeat(20, () => drawn.forEach((block) => void subject.compile(block))))
}
function repeat(times: number, run: () => void): void {
  for (let i = 0; i < times; i++) run()
}
const best = new Map<string, number>()
// In turns, so that a busy moment of the machine meets them all.
for (let round = 0; round < ROUNDS; round++)
  for (const [name, run] of runs) {
    globalThis.gc?.()
    best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, cost(run)))
  }

const ratio = (a: string, b: string): string => ((best.get(a) ?? 0) / (best.get(b) ?? 1)).toFixed(2)
const line = (what: string, limit: string, of: (name: string) => readonly [string, string]): void => {
  const each = subjects.map(([name]) => `${name} ${ratio(...of(name))}`).join(', ')
  console.log(`${what} = ${each}${limit === '' ? '' : ` (at most ${limit})`}`)
}
line('growth, t(10,000)/t(1,000)', '12', (name) => [`plan large ${name}`, `plan small ${name}`])
line('reading / yaml parse, 1,000 containers', '', (name) => [`read small ${name}`, 'parse small'])
line('plan / yaml parse, 1,000 containers', '2', (name) => [`plan small ${name}`, 'parse small'])
line('plan / yaml parse, 10,000 containers', '2', (name) => [`plan large ${name}`, 'parse large'])
line(`compile / yaml parse, ${drawn.length} blocks of the article`, '2.5', (name) => [
  `article ${name}`,
  'parse article',
])

if (globalThis.gc === undefined) console.log('memory: run with --expose-gc')
else {
  const used = (): number => {
    for (let i = 0; i < 4; i++) globalThis.gc?.()
    return process.memoryUsage().heapUsed
  }
  /** Bytes that a plan of a text and its topology hold on to: the middle of several, kept together. */
  const held = ({ keepPlan }: Subject, text: string): number => {
    const kept: unknown[] = []
    const sizes = Array.from({ length: 5 }, () => {
      const before = used()
      kept.push(keepPlan(text))
      return used() - before
    })
    return sizes.sort((a, b) => a - b)[2] ?? 0
  }
  const memory = subjects.map(
    ([name, subject]) => [name, held(subject, small), held(subject, large)] as const,
  )
  const growth = memory.map(([name, a, b]) => `${name} ${(b / a).toFixed(2)}`).join(', ')
  console.log(`memory, m(10,000)/m(1,000) = ${growth}`)
  const [here, other] = memory
  if (here !== undefined && other !== undefined)
    console.log(
      `memory held, here / beside = ${(here[1] / other[1]).toFixed(2)} at 1,000, ${(here[2] / other[2]).toFixed(2)} at 10,000`,
    )
}
