/**
 * Lighthouse over five pages of the built site, `_site`: each category has to reach 95. What counts is the median of
 * three runs, since a single one tells as much of the machine as of the page; beside other work even that says little of
 * performance, which is why no test runs it and CI has a job for it. The program itself is fetched by npx, since nothing
 * else of the project needs its many packages; LIGHTHOUSE=PATH is one that is there already.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

const PAGES = ['/', '/posts/docker-network/', '/en/guide/', '/problems/', '/search/']
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo']
const LEAST = 95
const RUNS = 3
const VERSION = '12.8.2'
const FLAGS = '--headless=new --no-sandbox --disable-gpu'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.woff2': 'font/woff2',
}

/** As hosts of static files answer: compressed, and kept by the browser. */
const server = createServer(({ url = '/' }, response) => {
  const path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
  try {
    const file = join('_site', path.endsWith('/') ? `${path}index.html` : path)
    const headers = { 'content-encoding': 'gzip', 'cache-control': 'max-age=86400' }
    const content = gzipSync(readFileSync(file))
    response.writeHead(200, { ...headers, 'content-type': TYPES[extname(file)] ?? 'image/png' }).end(content)
  } catch {
    response.writeHead(404).end()
  }
})

interface Report {
  readonly categories: Readonly<
    Record<string, { readonly score: number; readonly auditRefs: readonly Ref[] }>
  >
  readonly audits: Readonly<Record<string, { readonly score: number | null; readonly title: string }>>
}
interface Ref {
  readonly id: string
  readonly weight: number
}

server.listen(0, () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  measure(`http://127.0.0.1:${port}`)
    .then((isGood) => {
      process.exitCode = isGood ? 0 : 1
    })
    .finally(() => server.close())
})

async function measure(origin: string): Promise<boolean> {
  let isGood = true
  for (const page of PAGES) {
    const runs: Report[] = []
    for (let n = 0; n < RUNS; n++) runs.push(JSON.parse(await lighthouse(origin + page)) as Report)
    const scores = CATEGORIES.map((name) => [name, runs.map((run) => scoreOf(run, name))] as const)
    console.log(page, scores.map(([name, all]) => `${name} ${median(all)} (${all.join(' ')})`).join(', '))
    for (const [name, all] of scores) {
      if (median(all) >= LEAST) continue
      isGood = false
      tellWhy(runs.find((run) => scoreOf(run, name) === median(all)) ?? runs[0], name)
    }
  }
  return isGood
}

const scoreOf = ({ categories }: Report, name: string): number =>
  Math.round((categories[name]?.score ?? 0) * 100)

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0

function tellWhy(report: Report | undefined, name: string): void {
  for (const { id, weight } of report?.categories[name]?.auditRefs ?? [])
    if (weight > 0 && (report?.audits[id]?.score ?? 1) < 0.9)
      console.log(`  ${name}: ${report?.audits[id]?.title}`)
}

async function lighthouse(url: string): Promise<string> {
  const own = process.env.LIGHTHOUSE
  const args = [url, '--output=json', '--quiet', `--chrome-flags=${FLAGS}`]
  args.push(`--only-categories=${CATEGORIES.join(',')}`)
  const [program, ...before] = own === undefined ? ['npx', '--yes', `lighthouse@${VERSION}`] : [own]
  const done = await promisify(execFile)(program ?? 'npx', [...before, ...args], { maxBuffer: 1e9 })
  return done.stdout
}
