/**
 * `npm run test:hosts [-- NAME…]`: the packed package in sites of other generators, each set up as the guide says and
 * really built. Packages of npm are kept in `.cache/hosts` (or TEST_HOSTS_CACHE); a program that is not there is told.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import type { Host } from './host.ts'
import { HOSTS } from './hosts.ts'
import { judge } from './judge.ts'

const CACHE = resolve(process.env.TEST_HOSTS_CACHE ?? '.cache/hosts')
const NODE_24 = join(CACHE, 'node', 'node_modules', 'node', 'bin')

interface Ran {
  readonly ok: boolean
  readonly text: string
}

function shell(command: string, cwd: string, path: readonly string[] = []): Ran {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd,
    encoding: 'utf8',
    timeout: 900_000,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      CI: '1',
      ASTRO_TELEMETRY_DISABLED: '1',
      NUXT_TELEMETRY_DISABLED: '1',
      PATH: [...path, process.env.PATH].join(delimiter),
    },
  })
  return { ok: status === 0, text: `${stdout}${stderr}` }
}

/** Newest tarball of the working tree. */
function packed(): string {
  const given = process.env.TEST_HOSTS_TARBALL
  if (given !== undefined) return resolve(given)
  mkdirSync(CACHE, { recursive: true })
  const { ok, text } = shell(`npm pack --silent --pack-destination "${CACHE}"`, process.cwd())
  if (!ok) throw new Error(text)
  const tarballs = readdirSync(CACHE).filter((name) => name.endsWith('.tgz'))
  const newest = tarballs.sort(
    (a, b) => statSync(join(CACHE, b)).mtimeMs - statSync(join(CACHE, a)).mtimeMs,
  )[0]
  return join(CACHE, newest ?? '')
}

/** Folder of Node's executable for a host; `''` for the one that runs this. */
function nodeFor(host: Host): string {
  const own = Number(process.versions.node.split('.')[0])
  if (host.node === undefined || own >= host.node) return ''
  if (!existsSync(join(NODE_24, 'node'))) {
    mkdirSync(join(CACHE, 'node'), { recursive: true })
    writeFileSync(join(CACHE, 'node', 'package.json'), '{"private":true}')
    shell('npm install --no-audit --no-fund node@24', join(CACHE, 'node'))
  }
  return NODE_24
}

function build(host: Host, tarball: string): readonly string[] {
  const folder = join(CACHE, host.name)
  const node = nodeFor(host)
  const path = [join(folder, 'node_modules', '.bin'), ...(node === '' ? [] : [node])]
  if (existsSync(folder))
    for (const name of readdirSync(folder))
      if (!['node_modules', 'package-lock.json'].includes(name))
        rmSync(join(folder, name), { recursive: true, force: true })
  for (const [name, text] of Object.entries({ 'package.json': '{"private":true}', ...host.files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const names = [...host.packages, `"${tarball}"`].join(' ')
  const installed = shell(
    `npm install --no-audit --no-fund --loglevel=error --prefer-offline ${names}`,
    folder,
    path,
  )
  if (!installed.ok) return [`npm install: ${installed.text.trim().split('\n').slice(-6).join(' | ')}`]
  if (host.files['package.json'] !== undefined) {
    const manifest: { type?: string } = JSON.parse(host.files['package.json'])
    if (manifest.type === 'module') shell('npm pkg set type=module', folder, path)
  }
  for (const command of host.commands) {
    const { ok, text } = shell(command, folder, path)
    if (!ok) return [`${command}: ${text.trim().split('\n').slice(-25).join('\n    ')}`]
  }
  return judge(host, join(folder, host.output))
}

function run(host: Host, tarball: string): 'ok' | 'failed' | 'missing' {
  if (host.program !== undefined && !shell(`command -v ${host.program}`, process.cwd()).ok) {
    console.log(
      `${host.name}: not tried, there is no ${host.program} here (Debian: apt-get install ${host.program})`,
    )
    return 'missing'
  }
  const begin = Date.now()
  const faults = build(host, tarball)
  const seconds = Math.round((Date.now() - begin) / 1000)
  console.log(`${host.name}: ${faults.length === 0 ? 'ok' : 'FAILED'} (${seconds} s)`)
  for (const fault of faults) console.log(`  - ${fault}`)
  return faults.length === 0 ? 'ok' : 'failed'
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !HOSTS.some((host) => host.name === name))
if (unknown.length > 0) {
  console.error(
    `There is no host ${unknown.join(', ')}. There are ${HOSTS.map(({ name }) => name).join(', ')}.`,
  )
  process.exitCode = 2
} else {
  const tarball = packed()
  const results = HOSTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name)).map((host) =>
    run(host, tarball),
  )
  const count = (result: string): number => results.filter((one) => one === result).length
  console.log(`${count('ok')} ok, ${count('failed')} failed, ${count('missing')} not tried`)
  process.exitCode = count('failed') > 0 ? 1 : 0
}
