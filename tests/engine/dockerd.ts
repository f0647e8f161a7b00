/**
 * A real Docker Engine for one test, alone in namespaces of its own: network, mounts, processes.
 *
 * Killing its first process ends everything in it, containers and virtual interfaces included, so nothing
 * can be left behind; the network namespace has no way out, so nothing can be reached.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { EngineVersion } from '../../src/version.ts'

/** The machine as the engine finds it when it starts. */
export interface EngineSetup {
  /** Address of `eth0` in CIDR form. */
  readonly address: string
  /** Further interfaces by name (veth pairs); an empty text leaves one without address. */
  readonly interfaces: ReadonlyMap<string, string>
  /** Arguments of `ip route add`. */
  readonly routes: readonly string[]
  readonly nameservers: readonly string[]
  readonly daemonArguments: readonly string[]
}

export interface CommandResult {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunningEngine {
  /** Runs the docker command line with these words after `docker`. */
  docker(words: readonly string[]): Promise<CommandResult>
  /** GET of the Engine API, e.g. `/networks`; the body as text. */
  get(path: string): Promise<string>
  /** Runs a shell script in the engine's own namespaces (its processes, its network). */
  shell(script: string): Promise<CommandResult>
  /** First process of the engine's namespaces, as this machine numbers it. */
  readonly pid: number
  /** The engine ends in good order and starts anew, as with `systemctl restart docker`. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** The image in every engine started here: a static busybox that sleeps and stops when told. */
export const IMAGE = 'bb'

/** Begins the names of folders and control groups; then comes the process they belong to. */
const PREFIX = 'docker-network-test'
/** `TEST_ENGINE_PATH`: folders, as in PATH, with the dockerd and docker of another release than the installed one (scripts/debian-engines.sh). */
const SEARCH = [
  ...(process.env.TEST_ENGINE_PATH === undefined ? [] : [process.env.TEST_ENGINE_PATH]),
  '/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin',
].join(':')
const START_TIMEOUT = 30_000

const find = (program: string): string | null =>
  SEARCH.split(':')
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path)) ?? null

/** Why no engine can be started on this machine; `null` when one can (as far as can be told beforehand). */
export function whyNoEngine(): string | null {
  if (process.platform !== 'linux') return 'it needs Linux network namespaces'
  if (process.getuid?.() !== 0) return 'it needs root, to make namespaces and to run dockerd'
  const missing = [
    'dockerd',
    'docker',
    'containerd',
    'runc',
    'ip',
    'iptables',
    'unshare',
    'nsenter',
    'setpriv',
    'tar',
    'busybox',
  ].filter((program) => find(program) === null)
  if (missing.length > 0)
    return `not found: ${missing.join(', ')}; on Debian: apt-get install docker.io iptables iproute2 busybox-static, or scripts/debian-engines.sh`
  return null
}

/** Which engine's rules the installed dockerd follows; `null` when they are not known. */
export function installedEngine(): { readonly version: string; readonly rules: EngineVersion | null } {
  const text = execFileSync(find('dockerd') ?? 'dockerd', ['--version'], { encoding: 'utf8' })
  const version = /version ([0-9.]+)/.exec(text)?.[1] ?? ''
  const major = version.split('.')[0]
  const rules: readonly EngineVersion[] = ['20', '26', '27', '28', '29']
  return { version, rules: rules.find((known) => known === major) ?? null }
}

const script = (folder: string, setup: EngineSetup): string => {
  const link = (name: string, address: string): string[] => [
    `ip link add ${name} type veth peer name ${name}-peer`,
    `ip link set ${name}-peer up`,
    ...(address === '' ? [] : [`ip addr add ${address} dev ${name}`]),
    `ip link set ${name} up`,
  ]
  return [
    'set -e',
    // What dockerd writes must not outlive it: data and run-time folders are in memory, seen by it alone.
    `mount -t tmpfs tmpfs ${folder}/data`,
    `mount -t tmpfs tmpfs ${folder}/exec`,
    'resolv=$(readlink -f /etc/resolv.conf)',
    'mount -t tmpfs tmpfs /run',
    'mkdir -p "$(dirname "$resolv")"; [ -e "$resolv" ] || touch "$resolv"',
    `mount --bind ${folder}/resolv.conf "$resolv"`,
    'ip link set lo up',
    ...link('eth0', setup.address),
    `ip route add default via ${setup.address.replace(/\.\d+\/\d+$/, '.1')}`,
    ...[...setup.interfaces].flatMap(([name, address]) => link(name, address)),
    ...setup.routes.map((route) => `ip route add ${route}`),
    // Ends well when it is told to, and starts anew.
    `while dockerd --data-root ${folder}/data --exec-root ${folder}/exec --pidfile ${folder}/exec/pid \\`,
    `  --host unix://${folder}/docker.sock --cgroup-parent /${groupOf(folder)} ${setup.daemonArguments.join(' ')}; do rm -f ${folder}/docker.sock; done`,
  ].join('\n')
}

/** One for each engine: several may run at a time. */
const groupOf = (folder: string): string => basename(folder)

const run = (
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CommandResult> =>
  new Promise((resolve) => {
    execFile(
      program,
      [...words],
      { encoding: 'utf8', env: { ...env }, maxBuffer: 1 << 26, timeout: 60_000 },
      (error, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 255
        resolve({ status, stdout, stderr: status === 255 && stderr === '' ? String(error) : stderr })
      },
    )
  })

const getText = (socketPath: string, path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const call = request({ socketPath, path, method: 'GET' }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => resolve(text))
      answer.on('error', reject)
    })
    call.on('error', reject)
    call.end()
  })

/** Whether what has this name belongs to a run that is gone. */
function isOrphan(name: string): boolean {
  const owner = new RegExp(`^${PREFIX}-(\\d+)-`).exec(name)?.[1]
  return owner !== undefined && !existsSync(`/proc/${owner}`)
}

/** Control groups outlive the processes in them; this engine's, and those of runs that are gone, are removed. @returns whether some are still in use. */
function removeControlGroups(own: string): boolean {
  let isLeftOver = false
  const isLeft = (name: string): boolean => name === own || isOrphan(name)
  const removeTree = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) removeTree(join(folder, entry.name))
    try {
      rmdirSync(folder)
    } catch {
      isLeftOver = true
    }
  }
  const root = '/sys/fs/cgroup'
  for (const base of [root, ...readdirSync(root).map((name) => join(root, name))]) {
    let names: string[]
    try {
      names = readdirSync(base)
    } catch {
      continue
    }
    for (const name of names) if (isLeft(name)) removeTree(join(base, name))
  }
  return isLeftOver
}

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

/** First process of the namespaces, as seen from outside. */
const firstProcess = (parent: number): string | null => {
  try {
    return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ')[0] || null
  } catch {
    return null
  }
}

async function stop(child: ChildProcess, folder: string, atExit: () => void): Promise<void> {
  process.off('exit', atExit)
  const ended = new Promise<void>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done()
    else child.once('exit', () => done())
  })
  child.kill('SIGKILL')
  await ended
  await pause(20)
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  // The kernel ends the last processes in its own time.
  for (let tries = 0; tries < 20 && removeControlGroups(groupOf(folder)); tries++) await pause(50)
}

/**
 * @param programs static programs of this machine to put into /bin of the image beside busybox.
 * @throws Error with the end of dockerd's log when it does not come up.
 */
export async function startEngine(
  setup: EngineSetup,
  programs: readonly string[] = [],
): Promise<RunningEngine> {
  for (const name of readdirSync(tmpdir()).filter(isOrphan))
    rmSync(join(tmpdir(), name), { recursive: true, force: true })
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}-${process.pid}-`))
  for (const name of ['data', 'exec', 'config', 'image']) mkdirSync(join(folder, name))
  writeFileSync(
    join(folder, 'resolv.conf'),
    setup.nameservers.map((address) => `nameserver ${address}\n`).join(''),
  )
  writeFileSync(join(folder, 'start.sh'), script(folder, setup))

  const env = {
    PATH: SEARCH,
    DOCKER_CONFIG: join(folder, 'config'),
    DOCKER_HOST: `unix://${join(folder, 'docker.sock')}`,
    HOME: folder,
  }
  let log = ''
  // setpriv and --kill-child: should this process be killed, the engine goes with it.
  const child = spawn(
    find('setpriv') ?? 'setpriv',
    // biome-ignore format: one flag with its value per line says more than a column
    ['--pdeathsig', 'KILL', 'unshare', '--net', '--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child', '--mount-proc', 'sh', join(folder, 'start.sh')],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      log = (log + part.toString('utf8')).slice(-20_000)
    })

  // Should the caller leave before it closed the engine.
  const atExit = (): void => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.on('exit', atExit)
  const socket = join(folder, 'docker.sock')
  const comeUp = async (): Promise<void> => {
    const deadline = Date.now() + START_TIMEOUT
    while (child.exitCode === null && Date.now() < deadline) {
      await pause(20)
      if (existsSync(socket) && (await getText(socket, '/_ping').catch(() => '')) === 'OK') return
    }
    await stop(child, folder, atExit)
    throw new Error(`dockerd did not come up:\n${log.split('\n').slice(-12).join('\n')}`)
  }
  await comeUp()

  const cli = find('docker') ?? 'docker'
  const docker = (words: readonly string[]): Promise<CommandResult> =>
    run(cli, ['--host', `unix://${socket}`, ...words], env)
  const inside = firstProcess(child.pid ?? 0)
  const engine: RunningEngine = {
    docker,
    get: (path) => getText(socket, path),
    shell: (text) => run('nsenter', ['-t', inside ?? '', '--net', '--mount', '--pid', 'sh', '-c', text], env),
    pid: Number(inside),
    async restart() {
      const pid = readFileSync(join('/proc', inside ?? '', 'root', folder, 'exec/pid'), 'utf8').trim()
      await engine.shell(`kill -TERM ${pid}; while kill -0 ${pid} 2>/dev/null; do sleep 0.1; done`)
      await comeUp()
    },
    close: () => stop(child, folder, atExit),
  }
  const imported = await importImage(engine, folder, programs)
  if (imported !== null) {
    await engine.close()
    throw new Error(`docker import failed: ${imported}`)
  }
  return engine
}

/** No registry can be reached, so the image is packed here. */
async function importImage(
  engine: RunningEngine,
  folder: string,
  programs: readonly string[],
): Promise<string | null> {
  const tar = join(folder, 'image.tar')
  const files = [find('busybox') ?? '', ...programs].map((path) => path.slice(1))
  execFileSync('tar', ['-cf', tar, '--transform', 's,.*/,bin/,', '-C', '/', ...files])
  const { status, stderr, stdout } = await engine.docker([
    'import',
    '--change',
    // The first process of a container ignores signals it has no trap for, and `docker stop` would take ten seconds.
    `CMD ["/bin/busybox", "sh", "-c", "trap 'exit 0' TERM; /bin/busybox sleep 99999 & wait"]`,
    tar,
    IMAGE,
  ])
  return status === 0 ? null : `${status} ${stderr} ${stdout}`
}
