/**
 * `npm run test:builds`: real Eleventy, small sites, outside of this process. Ten builds at once on one cache, builds that
 * are killed, a full disk, and a server that sees a change in a file that a post's compose file includes.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const POSTS = 12

function put(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}

/** A site of its own, outside of the repository, with its packages linked. */
function makeSite(): string {
  const site = mkdtempSync(join(tmpdir(), 'dn-builds-'))
  symlinkSync(join(ROOT, 'node_modules'), join(site, 'node_modules'))
  put(site, 'package.json', '{ "type": "module" }\n')
  put(
    site,
    'eleventy.config.js',
    `import { tsImport } from 'tsx/esm/api'
const { default: dockerNetwork } = await tsImport(${JSON.stringify(join(ROOT, 'src/eleventy/plugin.ts'))}, import.meta.url)
export default function (config) { config.addPlugin(dockerNetwork, { svg: { root: ${JSON.stringify(ROOT)}, cacheDirectory: process.env.CACHE ?? ${JSON.stringify(join(site, '.cache'))} } }) }
export const config = { dir: { input: 'content', output: process.env.OUTPUT ?? '_site' } }
`,
  )
  put(
    site,
    'app/compose.yaml',
    'include: [base.yaml]\nservices: { web: { image: nginx, depends_on: [db] } }\n',
  )
  put(site, 'app/base.yaml', 'services: { db: { image: redis } }\n')
  // A page with a reference is made anew each time, the others are kept.
  for (let i = 0; i < POSTS; i++)
    put(
      site,
      `content/post${i}.md`,
      `# Post ${i}\n\n\`\`\`docker-network\nservices: { web: { image: "nginx:${i}" } }\nnetworks: { default: { ipam: { config: [{ subnet: 10.${i}.0.0/24 }] } } }\n\`\`\`\n\n${i % 3 === 0 ? '{dn:web.ip}' : 'text'}\n`,
    )
  put(site, 'content/src.md', '```docker-network src=../app/compose.yaml\n```\n\n{dn:db.image}\n')
  return site
}

const ELEVENTY = join(ROOT, 'node_modules/@11ty/eleventy/cmd.cjs')
const start = (site: string, output: string, args: readonly string[] = []): ChildProcess =>
  spawn(process.execPath, [ELEVENTY, '--quiet', ...args], {
    cwd: site,
    env: { ...process.env, OUTPUT: output },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
const ended = (child: ChildProcess): Promise<{ code: number | null; log: string }> => {
  let log = ''
  child.stdout?.on('data', (data) => {
    log += data
  })
  child.stderr?.on('data', (data) => {
    log += data
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, log })))
}

/** All pages of a built site, by their paths. */
function pagesOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  )
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

let failed = 0
function expectThat(what: string, holds: boolean, more = ''): void {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}${holds ? '' : `\n${more}`}`)
  if (!holds) failed += 1
}
const same = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  JSON.stringify([...a]) === JSON.stringify([...b])

async function main(): Promise<void> {
  const site = makeSite()
  try {
    const first = await ended(start(site, 'right'))
    expectThat('a build alone', first.code === 0, first.log)
    const right = pagesOf(join(site, 'right'))
    expectThat('keeps its pages in the cache of the site', readdirSync(join(site, '.cache')).length > 0)
    expectThat(
      `has ${POSTS + 1} pages with figures`,
      [...right.values()].filter((page) => page.includes('<svg')).length === POSTS + 1,
    )
    await atOnce(site, right)
    await killed(site, right)
    await fullDisk(site)
    await served(site)
  } finally {
    rmSync(site, { recursive: true, force: true })
  }
  process.exitCode = failed > 0 ? 1 : 0
}

async function atOnce(site: string, right: ReadonlyMap<string, string>): Promise<void> {
  rmSync(join(site, '.cache'), { recursive: true, force: true })
  const all = await Promise.all(Array.from({ length: 10 }, (_, i) => ended(start(site, `out${i}`))))
  expectThat(
    'ten builds at once end well',
    all.every(({ code }) => code === 0),
    all.map(({ log }) => log).join('\n'),
  )
  const sites = all.map((_, i) => pagesOf(join(site, `out${i}`)))
  expectThat(
    'and give the same pages as one alone',
    sites.every((one) => same(one, right)),
  )
}

async function killed(site: string, right: ReadonlyMap<string, string>): Promise<void> {
  rmSync(join(site, '.cache'), { recursive: true, force: true })
  const first = start(site, 'killed')
  const begun = Date.now()
  await ended(first)
  const whole = Date.now() - begun
  rmSync(join(site, '.cache'), { recursive: true, force: true })
  for (let i = 0; i < 8; i++) {
    const child = start(site, 'killed')
    const end = ended(child)
    await new Promise((resolve) => setTimeout(resolve, whole * (0.5 + 0.06 * i)))
    child.kill('SIGKILL')
    await end
  }
  const after = await ended(start(site, 'killed'))
  expectThat('a build after eight that were killed ends well', after.code === 0, after.log)
  expectThat('and gives the right pages', same(pagesOf(join(site, 'killed')), right))
}

/** On a small tmpfs of its own, where this machine lets us have one. */
async function fullDisk(site: string): Promise<void> {
  const disk = join(site, 'disk')
  mkdirSync(disk)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96k', 'none', disk]).status !== 0) {
    console.log('skip a full disk: no tmpfs can be mounted here')
    return
  }
  try {
    const cache = spawnSync(process.execPath, [ELEVENTY, '--quiet'], {
      cwd: site,
      env: { ...process.env, OUTPUT: 'full', CACHE: join(disk, 'cache') },
      encoding: 'utf8',
    })
    expectThat('a cache on a full disk ends no build', cache.status === 0, cache.stdout + cache.stderr)
    const figure = spawnSync(
      process.execPath,
      [join(ROOT, 'bin/docker-network.js'), 'markdown', 'content', '-o', join(disk, 'out')],
      { cwd: site, encoding: 'utf8' },
    )
    expectThat(
      'markdown on a full disk says which file, without a stack',
      figure.status !== 0 &&
        /ENOSPC|space/.test(figure.stderr) &&
        figure.stderr.includes('disk/out') &&
        !/^\s+at /m.test(figure.stderr),
      figure.stderr,
    )
    const halves = existsSync(join(disk, 'out'))
      ? readdirSync(join(disk, 'out'), { recursive: true, encoding: 'utf8' }).filter((name) =>
          /\.svg$|\.md$/.test(name),
        )
      : []
    expectThat(
      'and leaves no half file',
      halves.every((name) => /(?:<\/svg>|\n)\s*$/.test(readFileSync(join(disk, 'out', name), 'utf8'))),
      halves.join(' '),
    )
  } finally {
    spawnSync('umount', [disk])
  }
}

async function served(site: string): Promise<void> {
  const server = start(site, 'served', ['--serve', '--incremental', '--port=0'])
  const end = ended(server)
  const page = join(site, 'served/src/index.html')
  const until = async (holds: () => boolean): Promise<boolean> => {
    for (let i = 0; i < 300; i++) {
      if (holds()) return true
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    return false
  }
  const has = (text: string): boolean => existsSync(page) && readFileSync(page, 'utf8').includes(text)
  expectThat('a server builds', await until(() => has('redis')))
  await new Promise((resolve) => setTimeout(resolve, 4000))
  put(site, 'app/base.yaml', 'services: { db: { image: "redis:7" } }\n')
  expectThat(
    'and sees a change of what a compose file outside of the input folder includes',
    await until(() => has('redis:7')),
  )
  server.kill('SIGTERM')
  await end
}

await main()
