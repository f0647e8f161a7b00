/**
 * `npm run test:labs`: types every command of the article's labs on real engines, in both languages' order, and compares
 * what is seen with what the reader is told to see. Prints each difference; the exit status is 1 when there is one.
 *
 * TEST_ENGINE_PATH names another engine than the installed one, as for `test:engine`.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { installedEngine, type RunningEngine, startEngine, whyNoEngine } from '../engine/dockerd.ts'
import { isAsShown, labSteps, type Step } from './steps.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const HOSTS: Readonly<Record<string, string>> = {
  '': '192.168.56.10',
  node1: '192.168.56.11',
  node2: '192.168.56.12',
}
/** What runs until it is stopped; and what only IPVS answers, a module that not every kernel has. */
const NOT_TYPED = existsSync('/proc/net/ip_vs') ? /\btcpdump\b/ : /\btcpdump\b|:8080/
/** Which node has a task, and which task an address, is left to chance; the text says so. */
const byChance = (text: string): string =>
  text
    .replaceAll(/\b10\.0\.([01])\.(?:[3-9]|1\d)\b/g, '10.0.$1.N')
    .replaceAll(/\b02:42:0a:00:(0[01]):\w\w\b/g, '02:42:0a:00:$1:NN')
    .replaceAll(/\bweb\.[123]\b/g, 'web.N')
    .replaceAll(/(?<=web\.N )node[12]/g, 'nodeN')
/** Up to 27 there is no `--gw-priority`; the text tells its reader to skip from there to the next step. */
const SKIPPED_BEFORE_28 = /^docker network disconnect mybridge box1$|--gw-priority/

interface Difference {
  readonly step: Step
  readonly output: string
}

async function lab(steps: readonly Step[], release: number): Promise<readonly Difference[]> {
  const names = [...new Set(steps.map(({ host }) => host))]
  const engines = new Map<string, RunningEngine>()
  const lan = holdNamespace()
  try {
    for (const name of names) {
      const engine = await startEngine({
        address: `${HOSTS[name]}/24`,
        interfaces: new Map(),
        routes: [],
        nameservers: [],
        daemonArguments: [],
      })
      engines.set(name, engine)
      if (name !== '') execFileSync('nsenter', ['-t', String(engine.pid), '--uts', 'hostname', name])
      if (names.length > 1) joinLan(lan.pid, engine.pid, name)
      await importImages(engine)
    }
    return await typeAll(steps, engines, release)
  } finally {
    for (const engine of engines.values()) await engine.close()
    lan.end()
  }
}

async function typeAll(
  steps: readonly Step[],
  engines: ReadonlyMap<string, RunningEngine>,
  release: number,
): Promise<readonly Difference[]> {
  const differences: Difference[] = []
  let token = ''
  let isSkipping = false
  for (const step of steps) {
    isSkipping =
      release < 28 && (SKIPPED_BEFORE_28.test(step.command) || (isSkipping && /ip route$/.test(step.command)))
    if (isSkipping || NOT_TYPED.test(step.command)) continue
    const engine = engines.get(step.host)
    if (engine === undefined) continue
    const command = step.command.replace(/SWMTKN-1-\S+/, token).replace(/^sudo /, '')
    // The node of a task is chance, and its container is on that node alone.
    const places = /docker ps -qf/.test(command) ? [engine, ...engines.values()] : [engine]
    let output = await typed(engine, command)
    // What a service or a clean-up needs takes a moment, as the text says.
    for (let tries = 0; tries < 20 && !isRight(step, output); tries++) {
      await new Promise((done) => setTimeout(done, 500))
      output = await typed(places[tries % places.length] ?? engine, command)
    }
    token = /SWMTKN-1-\S+/.exec(output.text)?.[0] ?? token
    if (!isRight(step, output)) differences.push({ step, output: output.text })
  }
  return differences
}

interface Output {
  readonly text: string
  readonly status: number
}

const isRight = ({ host, command, expected }: Step, { text, status }: Output): boolean =>
  expected === null
    ? status === 0 || /already|No such container/.test(text) || !command.startsWith('docker')
    : isAsShown(expected, text) || (host !== '' && isAsShown(byChance(expected), byChance(text)))

async function typed(engine: RunningEngine, command: string): Promise<Output> {
  const { stdout, stderr, status } = await engine.shell(command)
  return { text: stderr.startsWith('WARNING') ? stdout : `${stdout}${stderr}`, status }
}

/** A network namespace with a bridge, that ends with this process. */
function holdNamespace(): { readonly pid: number; end(): void } {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'unshare', '--net', 'sleep', '100000'])
  const pid = child.pid ?? 0
  execFileSync('sleep', ['0.5'])
  inNet(pid, 'ip link add br0 type bridge; ip link set br0 up; ip link set lo up')
  return { pid, end: () => void child.kill('SIGKILL') }
}

const inNet = (pid: number, script: string): string =>
  execFileSync('nsenter', ['-t', String(pid), '--net', 'sh', '-ec', script], { encoding: 'utf8' })

function joinLan(lan: number, engine: number, name: string): void {
  inNet(engine, `ip link set eth0-peer netns ${lan} name ${name}`)
  inNet(lan, `ip link set ${name} master br0 up`)
}

const BUSYBOX = ['/usr/bin/busybox', '/bin/busybox'].find((path) => existsSync(path)) ?? 'busybox'
const WAIT = `["sh", "-c", "trap 'exit 0' TERM; sleep 99999 & wait"]`
/** What the labs use of the images they name; none can be pulled here. */
const IMAGES: Readonly<Record<string, string>> = {
  alpine: WAIT,
  redis: WAIT,
  nginx: `["sh", "-c", "trap 'exit 0' TERM; httpd -f -p 80 -h /www & wait"]`,
}

/** Busybox, as in alpine, and glibc's `getent`, as in the Debian image of nginx. */
async function importImages(engine: RunningEngine): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'docker-network-labs-'))
  try {
    for (const name of ['bin', 'www', 'tmp', 'etc']) mkdirSync(join(folder, name))
    writeFileSync(join(folder, 'www/index.html'), 'Welcome to nginx!\n')
    execFileSync('cp', [BUSYBOX, join(folder, 'bin/busybox')])
    for (const applet of execFileSync(BUSYBOX, ['--list'], { encoding: 'utf8' }).split('\n'))
      if (applet !== '' && applet !== 'busybox')
        execFileSync('ln', ['-sf', 'busybox', join(folder, 'bin', applet)])
    const libraries = [...execFileSync('ldd', ['/usr/bin/getent'], { encoding: 'utf8' }).matchAll(/\/\S+/g)]
    for (const [path] of [['/usr/bin/getent'], ...libraries]) {
      if (path === undefined) continue
      execFileSync('sh', ['-c', `mkdir -p "$2$(dirname "$1")" && cp -L "$1" "$2$1"`, 'sh', path, folder])
    }
    const tar = join(folder, 'image.tar')
    execFileSync('tar', ['-cf', tar, '-C', folder, '--exclude', 'image.tar', '.'])
    for (const [name, command] of Object.entries(IMAGES)) {
      const { status, stderr } = await engine.docker(['import', '--change', `CMD ${command}`, tar, name])
      if (status !== 0) throw new Error(stderr)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const why = whyNoEngine()
if (why !== null) {
  console.log(`The labs were not run: ${why}`)
} else {
  const release = Number(installedEngine().version.split('.')[0])
  if (release < 28)
    console.log(
      'The text is that of Docker Engine 28 and 29: interface numbers, MAC addresses and the last subnet differ before.',
    )
  const only = process.argv[2]
  let failed = 0
  for (const [language, file] of [
    ['en', 'content/en/posts/docker-network.md'],
    ['ko', 'content/posts/docker-network.md'],
  ] as const) {
    const chapters = labSteps(readFileSync(join(ROOT, file), 'utf8'), language)
    const labs = chapters.filter((steps) => steps.some(({ command }) => /box1|swarm init/.test(command)))
    for (const [index, steps] of labs.entries()) {
      if (only !== undefined && only !== `${language}${index + 1}`) continue
      const differences = await lab(steps, release)
      failed += differences.length
      console.log(
        `${file}, lab ${index + 1}: ${steps.length} commands, ${differences.length} not as the text says`,
      )
      for (const { step, output } of differences)
        console.log(
          `\n[${step.host}] $ ${step.command}\n--- the text\n${step.expected ?? '(no error)'}\n--- the engine\n${output}`,
        )
    }
  }
  process.exitCode = failed === 0 ? 0 : 1
}
