import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../support/built-site.ts'

/** What the site is made of, and of its pages the few that the test looks at. */
const PARTS = [
  '.eleventy.js',
  '_config',
  '_data',
  '_includes',
  'assets',
  'content/404.njk',
  'content/gallery',
  'content/index.md',
  'content/posts/posts.11tydata.js',
  'package.json',
  'public',
  'scripts',
  'src',
  'tsconfig.json',
]

/** Until when an edit has to be seen; only a server that never shows it takes so long. In milliseconds. */
const LONG = 180_000

let copy = ''
let server: ChildProcess
let origin = ''
let output = ''

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })

beforeAll(async () => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), 'dn-serve-')))
  for (const part of PARTS) cpSync(join(ROOT, part), join(copy, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  writeFileSync(join(copy, 'content/posts/compose.yaml'), 'services:\n  first: { image: nginx }\n')
  writeFileSync(
    join(copy, 'content/posts/probe.md'),
    '---\ntitle: probe\ndate: 2022-02-04 15:01:35 +0300\n---\nbefore\n\n```sh\ndocker ps --format {{.Names}}\n```\n\n```docker-network src=compose.yaml\n```\n',
  )
  const port = await freePort()
  origin = `http://localhost:${port}`
  server = spawn(join(copy, 'node_modules/.bin/eleventy'), ['--serve', '--incremental', `--port=${port}`], {
    cwd: copy,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (data) => {
      output += String(data)
    })
  await until('/', '<main')
  await untilOutput('Watching')
})
afterAll(() => {
  server?.kill()
})

/** Asks until a page has `text`; an edit is told to the watcher some time after it is made. */
async function until(path: string, text: string): Promise<string> {
  const end = Date.now() + LONG
  let last = ''
  while (Date.now() < end && server.exitCode === null) {
    last = await fetch(origin + path).then(
      (answer) => answer.text(),
      () => '',
    )
    if (last.includes(text)) return last
    await new Promise((done) => setTimeout(done, 150))
  }
  throw new Error(`${path} never had ${JSON.stringify(text)}; the server said:\n${output.slice(-3000)}`)
}

async function untilOutput(text: string): Promise<void> {
  const end = Date.now() + LONG
  while (!output.includes(text)) {
    if (Date.now() > end || server.exitCode !== null) throw new Error(`never said ${text}:\n${output}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}

const edit = (file: string, from: string, to: string): void => {
  const path = join(copy, file)
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

describe('npm start', () => {
  it('shows an edit of a post without a restart', async () => {
    const html = await until('/posts/probe/', 'before')
    expect(html, 'a template of Docker’s is none of Liquid’s').toContain('{{.Names}}')
    edit('content/posts/probe.md', 'before', 'after the edit')
    await until('/posts/probe/', 'after the edit')
  })

  it('shows an edit of a compose file that a post includes', async () => {
    edit('content/posts/compose.yaml', 'first', 'second')
    const html = await until('/posts/probe/', 'second')
    expect(html).toContain('docker-network-picture')
    edit('content/posts/compose.yaml', 'second', 'third')
    await until('/posts/probe/', 'third')
  })

  it('shows an edit of a TypeScript source file', async () => {
    edit('src/words/ko.ts', 'export const ko', '// edited\nexport const ko')
    edit('src/html/figure-html.ts', "openTag('figure', {", "openTag('figure', { 'data-edited': 'yes',")
    await until('/posts/probe/', 'data-edited="yes"')
  })

  it('shows an error in the page, goes on, and shows the figure again when it is mended', async () => {
    edit('content/posts/compose.yaml', 'image', 'imag')
    expect(await until('/posts/probe/', 'docker-network-failed')).toContain('content/posts/compose.yaml:2:')
    expect(server.exitCode).toBe(null)
    edit('content/posts/compose.yaml', 'imag', 'image')
    expect(await until('/posts/probe/', 'docker-network-drawing')).not.toContain('docker-network-failed')
  })
})
