/**
 * Measures this project beside the other ways to turn Mermaid text into SVG, whole processes, in one run:
 *
 *   npm run bench                      everything; writes bench/RESULTS.md
 *   npm run bench -- --only first      one part (figures, first, compile, eleventy); prints, writes nothing
 *   npm run bench -- --rounds 3 --posts 200
 *   npm run bench -- --brief           without the slowest way, each of the slow ones once
 *
 * What it compares with is installed into bench/node_modules. Rounds are interleaved, so that a busy minute of
 * the machine falls on all ways alike.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright'
import { compile } from '../src/compile.ts'
import { findBrowser, NO_BROWSER } from '../src/svg/find-browser.ts'
import { d2Text } from './d2-text.ts'
import { type Command, peakMemory, type Run, run, spreadOf } from './measure.ts'
import { measureSites, siteBars } from './measure-sites.ts'
import { plainMermaid } from './plain-mermaid.ts'
import { type Bar, machine, type Row, report, versions } from './report.ts'
import { blocks } from './topologies.ts'

const ROOT = join(import.meta.dirname, '..')
const BENCH = import.meta.dirname
const WORK = join(ROOT, '.cache/bench')
const DIST = join(WORK, 'dist')
const NODE = process.execPath

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    posts: { type: 'string', default: '1000' },
    only: { type: 'string' },
    brief: { type: 'boolean', default: false },
  },
})
const rounds = Number(options.rounds)
const posts = Number(options.posts)
const wants = (part: string): boolean => options.only === undefined || options.only === part

interface Way {
  readonly name: string
  /** Runs at most so often; the slow ones. */
  readonly rounds: number
  /** Made anew before each run. */
  readonly fresh: readonly string[]
  readonly command: Command
  /** Where its SVGs come to lie. */
  readonly out: string
}

function prepare(): string {
  if (!existsSync(join(BENCH, 'node_modules/@terrastruct/d2')))
    execFileSync('npm', ['install', '--ignore-scripts', '--no-save'], { cwd: BENCH, stdio: 'inherit' })
  rmSync(WORK, { recursive: true, force: true })
  mkdirSync(WORK, { recursive: true })
  spawnSync('tsx', [join(ROOT, 'scripts/build-lib.ts'), '--out', DIST], { cwd: ROOT, stdio: 'inherit' })
  if (!existsSync(join(DIST, 'svg/index.js'))) throw new Error('the build wrote no JavaScript')
  const browser = findBrowser({ playwright: chromium })
  if (browser === null) throw new Error(NO_BROWSER)
  return browser
}

/** Mermaid text of the first `count` topologies, in each form a way needs. */
function writeSet(count: number, folder: string): void {
  mkdirSync(folder, { recursive: true })
  const sources = blocks(count)
  writeFileSync(join(folder, 'blocks.json'), JSON.stringify(sources))
  const texts = sources.map((source, i) => {
    const compiled = compile(source)
    if (!compiled.ok) throw new Error(`block ${i}: ${JSON.stringify(compiled.problems)}\n${source}`)
    return compiled.mermaid
  })
  if (new Set(texts).size !== count) throw new Error('the figures are not all different')
  writeFileSync(join(folder, 'set.json'), JSON.stringify(texts))
  const plain = texts.map(plainMermaid)
  writeFileSync(join(folder, 'plain.json'), JSON.stringify(plain))
  writeFileSync(join(folder, 'd2.json'), JSON.stringify(plain.map(d2Text)))
  writeFileSync(join(folder, 'set.md'), texts.map((text) => `\`\`\`mermaid\n${text}\`\`\`\n`).join('\n'))
}

function ways(count: number, folder: string, browser: string): readonly Way[] {
  const out = (name: string): string => join(folder, `out-${name}`)
  const node = (...args: readonly string[]): Command => ({ file: NODE, args, cwd: ROOT })
  const way = (file: string): string => join(BENCH, 'ways', file)
  const set = join(folder, 'set.json')
  writeFileSync(
    join(folder, 'puppeteer.json'),
    JSON.stringify({ executablePath: browser, args: ['--no-sandbox'] }),
  )
  const slow = Math.min(rounds, count > 10 ? 1 : 5)
  const once = options.brief && count > 10 ? 1 : 3
  const all: readonly Way[] = [
    {
      name: 'this project, cold',
      rounds,
      fresh: [out('ours')],
      command: node(way('ours.mjs'), DIST, join(folder, 'blocks.json'), out('ours')),
      out: out('ours'),
    },
    {
      name: 'its ./svg, from Mermaid text',
      rounds,
      fresh: [out('text')],
      command: node(way('mermaid-text.mjs'), DIST, set, out('text'), '-'),
      out: out('text'),
    },
    {
      name: 'beautiful-mermaid',
      rounds,
      fresh: [out('beautiful')],
      command: node(way('beautiful-mermaid.mjs'), join(folder, 'plain.json'), out('beautiful')),
      out: out('beautiful'),
    },
    {
      name: 'D2 in WebAssembly, dagre',
      rounds: Math.min(rounds, once),
      fresh: [out('d2')],
      command: node(way('d2.mjs'), join(folder, 'd2.json'), out('d2')),
      out: out('d2'),
    },
    {
      name: 'Playwright, one page',
      rounds: Math.min(rounds, once),
      fresh: [out('playwright')],
      command: node(way('playwright.mjs'), set, out('playwright'), browser),
      out: out('playwright'),
    },
    {
      name: 'rehype-mermaid, one document',
      rounds: Math.min(rounds, once),
      fresh: [out('rehype')],
      command: node(way('rehype-mermaid.mjs'), set, out('rehype'), browser, 'together'),
      out: out('rehype'),
    },
    {
      name: 'rehype-mermaid, a document each',
      rounds: slow,
      fresh: [out('rehype-each')],
      command: node(way('rehype-mermaid.mjs'), set, out('rehype-each'), browser, 'apart'),
      out: out('rehype-each'),
    },
    {
      name: 'mermaid-cli, one Markdown file',
      rounds: Math.min(rounds, count > 10 ? Math.min(once, 2) : 5),
      fresh: [out('mmdc')],
      command: node(
        join(BENCH, 'node_modules/@mermaid-js/mermaid-cli/src/cli.js'),
        ...[
          '-i',
          join(folder, 'set.md'),
          '-o',
          join(out('mmdc'), 'set.md'),
          '-p',
          join(folder, 'puppeteer.json'),
          '-q',
        ],
      ),
      out: out('mmdc'),
    },
  ]
  return count === 1 || options.brief ? all.filter((one) => !one.name.endsWith('a document each')) : all
}

function renew(way: Way): void {
  for (const folder of way.fresh) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
  }
}

function bytesIn(folder: string): { readonly raw: number; readonly zipped: number } {
  const files = readdirSync(folder).filter((name) => name.endsWith('.svg'))
  const contents = files.map((name) => readFileSync(join(folder, name)))
  return {
    raw: contents.reduce((sum, content) => sum + content.length, 0),
    zipped: contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0),
  }
}

async function peakMemoryOf(way: Way): Promise<number | null> {
  renew(way)
  return peakMemory(way.command)
}

async function measureFigures(count: number, browser: string): Promise<readonly Row[]> {
  const folder = join(WORK, `figures-${count}`)
  writeSet(count, folder)
  const all = ways(count, folder, browser)
  const runs = new Map<Way, Run[]>(all.map((way) => [way, []]))
  for (let round = 0; round < rounds; round++) {
    for (const way of all) {
      if (round >= way.rounds) continue
      renew(way)
      runs.get(way)?.push(await run(way.command))
      process.stderr.write(`${count} × ${way.name}: ${runs.get(way)?.at(-1)?.wall} s\n`)
    }
  }
  const rows: Row[] = []
  for (const way of all) {
    // Minutes for one number: a document each is not run again for its memory.
    const isLong =
      way.name.endsWith('a document each') || (options.brief && !way.name.startsWith('this project'))
    const memory = isLong ? null : await peakMemoryOf(way)
    const seen = runs.get(way) ?? []
    rows.push({
      name: way.name,
      rounds: seen.length,
      wall: spreadOf(seen.map((one) => one.wall)),
      cpu: spreadOf(seen.map((one) => one.cpu)),
      memory,
      bytes: bytesIn(way.out),
    })
  }
  return rows
}

interface CompileCost {
  readonly file: string
  readonly yaml: number
  readonly block: number
}

/** The blocks of the article, each in a file. */
function articleBlocks(): readonly string[] {
  const article = readFileSync(join(ROOT, 'content/posts/docker-network.md'), 'utf8')
  const bodies = [...article.matchAll(/^```docker-network[^\n]*\n([\s\S]*?)^```/gm)].map((m) => m[1] ?? '')
  return bodies
    .filter((body) => body.trim() !== '')
    .map((body, i) => {
      const file = join(WORK, `article-${i + 1}.yaml`)
      writeFileSync(file, body)
      return file
    })
}

function measureCompile(): readonly CompileCost[] {
  const output = execFileSync(NODE, [join(BENCH, 'compile-cost.mjs'), DIST, ...articleBlocks()], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const costs: unknown = JSON.parse(output)
  if (!Array.isArray(costs)) throw new Error(output)
  return costs.map((cost: CompileCost) => cost)
}

function figureBars(rows: readonly Row[]): readonly Bar[] {
  const wall = (name: string): number =>
    rows.find((row) => row.name.startsWith(name))?.wall.median ?? Number.NaN
  const memory = rows.find((row) => row.name === 'this project, cold')?.memory ?? Number.NaN
  const ours = wall('this project, cold')
  return [
    {
      what: 'mermaid-cli ÷ this project, 100 figures cold',
      value: wall('mermaid-cli') / ours,
      bar: 50,
      atLeast: true,
      unit: '×',
    },
    {
      what: "rehype-mermaid's best ÷ this project, 100 figures cold",
      value: wall('rehype-mermaid, one document') / ours,
      bar: 10,
      atLeast: true,
      unit: '×',
    },
    {
      what: 'D2 ÷ this project, 100 figures cold',
      value: wall('D2') / ours,
      bar: 1,
      atLeast: true,
      unit: '×',
    },
    {
      what: 'this project ÷ beautiful-mermaid, 100 figures cold',
      value: ours / wall('beautiful-mermaid'),
      bar: 0.5,
      atLeast: false,
      unit: '×',
    },
    { what: 'peak memory, 100 figures cold', value: memory / 2 ** 20, bar: 150, atLeast: false, unit: ' MB' },
  ]
}

function firstBars(rows: readonly Row[]): readonly Bar[] {
  const wall = (name: string): number =>
    rows.find((row) => row.name.startsWith(name))?.wall.median ?? Number.NaN
  return [
    {
      what: "this project ÷ Playwright's way, first figure of a cold process",
      value: wall('this project, cold') / wall('Playwright'),
      bar: 0.15,
      atLeast: false,
      unit: '×',
    },
    {
      what: 'this project ÷ beautiful-mermaid, first figure of a cold process',
      value: wall('this project, cold') / wall('beautiful-mermaid'),
      bar: 0.6,
      atLeast: false,
      unit: '×',
    },
  ]
}

function compileBars(costs: readonly CompileCost[]): readonly Bar[] {
  const bar = (what: string, yaml: number, block: number): Bar => ({
    what: `block to Mermaid text ÷ yaml alone, ${what} (${block.toFixed(3)} ms ÷ ${yaml.toFixed(3)} ms)`,
    value: block / yaml,
    bar: 2.5,
    atLeast: false,
    unit: '×',
  })
  const sum = (part: 'yaml' | 'block'): number => costs.reduce((total, cost) => total + cost[part], 0)
  return [
    bar("the article's figures together", sum('yaml'), sum('block')),
    ...costs.map(({ yaml, block }, i) => bar(`figure ${i + 1}`, yaml, block)),
  ]
}

const browser = prepare()
const bars: Bar[] = []
const tables: { title: string; rows: readonly Row[] }[] = []

/** The report so far: a run that is broken off leaves what it has measured. */
function save(): string {
  const text = report({ machine: machine(browser), versions: versions(ROOT, BENCH), bars, tables })
  if (options.only === undefined) writeFileSync(join(BENCH, 'RESULTS.md'), text)
  return text
}

if (wants('compile')) {
  bars.push(...compileBars(measureCompile()))
  save()
}
if (wants('first')) {
  const rows = await measureFigures(1, browser)
  tables.push({ title: 'One figure, whole process', rows })
  bars.push(...firstBars(rows))
  save()
}
if (wants('eleventy')) {
  const { rows, ratios } = await measureSites({ root: ROOT, work: WORK, dist: DIST, posts, rounds })
  tables.push({ title: 'Eleventy, whole process', rows })
  bars.push(...siteBars(ratios))
  save()
}
if (wants('figures')) {
  const rows = await measureFigures(100, browser)
  tables.push({ title: '100 distinct figures, whole process', rows })
  bars.push(...figureBars(rows))
}
console.log(save())
