/** One sequence on both engines, compared after every command. */
import { splitShell } from '../../src/command/shell.ts'
import { addressText, formatAddress, formatCidr } from '../../src/net/index.ts'
import type { Plan, PlanContainer } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { writtenAt } from '../../src/problem/written.ts'
import { readTopology } from '../../src/topology/read.ts'
import { importTopology } from '../../src/verify/import.ts'
import { type Inspected, type InspectedContainer, readInspect } from '../../src/verify/inspect.ts'
import { verifyPlan } from '../../src/verify/verify.ts'
import type { EngineVersion } from '../../src/version.ts'
import { type CommandResult, type RunningEngine, startEngine } from './dockerd.ts'
import { blockOf, ENGINE_RESTART, type Sequence, setupOf } from './sequence.ts'

export interface Outcome {
  /** Commands run before the first difference, it included. */
  readonly steps: number
  /** Empty when both engines agree throughout. */
  readonly differences: readonly string[]
  /** The real engine did not answer a command: it panicked, and what it would have said is not known. */
  readonly panicked: boolean
  /** Refusals worded otherwise, which is no difference of addresses. */
  readonly wordings: readonly string[]
}

export async function compare(sequence: Sequence, version: EngineVersion): Promise<Outcome> {
  const engine = await startEngine(setupOf(sequence))
  try {
    const wordings: string[] = []
    const id = idIn(await engine.get('/info'))
    for (let count = 0; count <= sequence.commands.length; count++) {
      const text = sequence.commands[count - 1]
      const result = text === undefined ? null : await execute(engine, text)
      if (result !== null && /error during connect: .*EOF/.test(result.stderr))
        return { steps: count, differences: [], panicked: true, wordings }
      if (plansSwarm(sequence)) await settle(engine)
      const { plan, problems } = planOf(blockOf(sequence, version, count, id))
      const differences =
        plan === null
          ? [
              `the block was not read: ${problems.map(({ code, message }) => `${code} ${message}`).join('; ')}`,
            ]
          : [...compareResult(plan, result, wordings), ...(await compareState(plan, engine))]
      if (differences.length > 0) {
        const step = count === 0 ? 'before the first command' : `after command ${count}: ${text}`
        const said = result === null ? '' : ` (real: ${result.status} ${refusalOf(result)})`
        return { steps: count, differences: [`${step}${said}`, ...differences], panicked: false, wordings }
      }
    }
    return {
      steps: sequence.commands.length,
      differences: plansSwarm(sequence) ? [] : await compareImport(engine, version),
      panicked: false,
      wordings,
    }
  } finally {
    await engine.close()
  }
}

async function execute(engine: RunningEngine, text: string): Promise<CommandResult> {
  if (text !== ENGINE_RESTART) {
    const result = await engine.docker(wordsOf(text))
    // The client may answer a moment before the engine has put such a container away.
    if (/^docker run (?!-d)/.test(text)) await ended(engine)
    return result
  }
  await engine.restart()
  return { status: 0, stdout: '', stderr: '' }
}

async function ended(engine: RunningEngine): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const running: { Command: string }[] = JSON.parse(await engine.get('/containers/json'))
    if (!running.some(({ Command }) => Command.includes('busybox true'))) return
    await new Promise((done) => setTimeout(done, 100))
  }
}

function idIn(info: string): string {
  const value: unknown = JSON.parse(info)
  const id: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'ID') : ''
  return typeof id === 'string' ? id : ''
}

const plansSwarm = ({ commands }: Sequence): boolean => commands[0]?.startsWith('docker swarm init') ?? false

/** A swarm does what it is told in its own time: waits until all tasks run and nothing moves any more. */
async function settle(engine: RunningEngine): Promise<void> {
  const deadline = Date.now() + 30_000
  let last = ''
  while (Date.now() < deadline) {
    await new Promise((done) => setTimeout(done, 250))
    const tasks: { DesiredState: string; Status: { State: string } }[] = await engine
      .get('/tasks')
      .then((text) => JSON.parse(text))
    if (!Array.isArray(tasks)) return
    const isQuiet = tasks.every(({ DesiredState, Status }) =>
      DesiredState === 'running'
        ? Status.State === 'running'
        : !['running', 'starting'].includes(Status.State),
    )
    const { inspected } = await inspectAll(engine).catch(() => ({ inspected: null }))
    const now = JSON.stringify([
      tasks.length,
      inspected?.networks.map(({ name, endpoints }) => [name, endpoints]),
    ])
    // The node makes these some time after `docker swarm init` has answered.
    const isJoined = ['ingress', 'docker_gwbridge'].every((name) =>
      inspected?.networks.some((network) => network.name === name && network.endpoints.length > 0),
    )
    // Containers of removed tasks go after their tasks.
    const isCleared = inspected?.containers.every(
      ({ state, labels }) => state === 'running' || !labels.has('com.docker.swarm.task.id'),
    )
    if (isQuiet && isJoined && isCleared === true && now === last) return
    last = now
  }
}

const wordsOf = (text: string): string[] =>
  (splitShell(writtenAt(text, 0)).commands[0]?.words ?? []).slice(1).map((word) => word.text)

function planOf(block: string): { readonly plan: Plan | null; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const report = (problem: Problem): void => {
    problems.push(problem)
  }
  const topology = readTopology(block, report)
  return { plan: topology === null ? null : planNetworks(topology, report, null, 'absent'), problems }
}

function compareResult(plan: Plan, result: CommandResult | null, wordings: string[]): string[] {
  const step = plan.steps.at(-2)
  if (result === null) return plan.steps.length === 0 ? [] : ['the plan has a step before the first command']
  if (step === undefined) return ['the plan has no step for the command']
  const ok = result.status === 0
  if (step.ok !== ok)
    return [
      `planned: ${step.ok ? 'done' : `refused (${step.error?.message ?? ''})`}; real: ${ok ? 'done' : refusalOf(result)}`,
    ]
  const [said = ''] = withoutIds(refusalOf(result)).split('\n')
  if (!ok && step.error !== null && withoutIds(step.error.message).split('\n')[0] !== said)
    wordings.push(`planned: ${withoutIds(step.error.message)}\n      real:    ${said}`)
  return []
}

/** What the command line printed, without its own frame. */
const refusalOf = ({ stderr }: CommandResult): string =>
  stderr
    .replace(/\nSee 'docker .*/s, '')
    .replace(/^docker: /, '')
    .replaceAll('Error response from daemon: ', '')
    .trim()

const withoutIds = (text: string): string =>
  text
    .replaceAll('Error response from daemon: ', '')
    .replace(/\.$/, '')
    .replaceAll(/[0-9a-f]{64}|\b[0-9a-f]{12}\b/g, 'ID')
    .replaceAll(/\b([nw])\d\b/g, '$1#')
    .replaceAll(/<[^>]*>/g, 'ID')

async function compareState(plan: Plan, engine: RunningEngine): Promise<string[]> {
  const { inspected, pids } = await inspectAll(engine)
  const differences = verifyPlan(plan, inspected, { complete: true }).map(
    ({ code, subject, planned, found }) =>
      `${code} ${subject}: planned ${planned || 'none'}, real ${found || 'none'}`,
  )
  const order = inspected.networks.flatMap(({ name, ipam }) =>
    differ(
      `order of subnets of ${name}`,
      (plan.networks.get(name)?.subnets ?? []).map(formatCidr).join(' '),
      ipam.map(({ subnet }) => subnet).join(' '),
    ),
  )
  differences.push(...order)
  if (differences.length > 0) return differences
  if (plan.swarm) return compareSwarm(plan, inspected, await engine.get('/services'))
  return compareKernel(plan, inspected, await readKernel(engine, pids))
}

/** A block made of what the real engine has must give all of it. */
async function compareImport(engine: RunningEngine, version: EngineVersion): Promise<string[]> {
  const { inspected } = await inspectAll(engine)
  const { text, differences } = importTopology(inspected, version)
  if (differences.length === 0) return []
  const found = differences.map(
    ({ code, subject, planned, found: real }) => `${code} ${subject}: ${planned} | ${real}`,
  )
  return ['import does not verify clean', text, ...found]
}

/** VXLAN ids and virtual addresses. */
function compareSwarm(plan: Plan, inspected: Inspected, servicesText: string): string[] {
  type Service = { Spec: { Name: string }; Endpoint: { VirtualIPs?: { NetworkID: string; Addr: string }[] } }
  const services: Service[] = JSON.parse(servicesText)
  const names = new Map(inspected.networks.map(({ id, name }) => [id, name]))
  const ids = inspected.networks.flatMap(({ name, options }) => {
    const list = options.get('com.docker.network.driver.overlay.vxlanid_list')
    return list === undefined
      ? []
      : differ(`VNI of ${name}`, plan.networks.get(name)?.vni.join(',') ?? '', list)
  })
  const vips = services.flatMap(({ Spec: { Name }, Endpoint: { VirtualIPs = [] } }) =>
    differ(
      `virtual addresses of ${Name}`,
      [...(plan.services.get(Name)?.vips ?? [])]
        .map(([network, vip]) => `${network} ${formatCidr(vip)}`)
        .sort()
        .join(', '),
      VirtualIPs.map(({ NetworkID, Addr }) => `${names.get(NetworkID)} ${Addr}`)
        .sort()
        .join(', '),
    ),
  )
  return [...ids, ...vips]
}

interface Everything {
  readonly inspected: Inspected
  readonly pids: ReadonlyMap<string, number>
}

async function inspectAll(engine: RunningEngine): Promise<Everything> {
  // Containers first: the engine answers for one only when it is done with its last command.
  const ids = idsOf(await engine.get('/containers/json?all=1'))
  const containers = await Promise.all(ids.map((id) => engine.get(`/containers/${id}/json`)))
  const networkIds = idsOf(await engine.get('/networks'))
  const networks = await Promise.all(networkIds.map((id) => engine.get(`/networks/${id}`)))
  const reading = readInspect(`[${[...networks, ...containers].join(',')}]`)
  if (!reading.ok) throw new Error(`the engine's answer was not understood: ${reading.message}`)
  const pids = new Map<string, number>()
  for (const container of containers) {
    const { Name, State } = JSON.parse(container)
    if (State.Pid > 0) pids.set(String(Name).slice(1), Number(State.Pid))
  }
  return { inspected: reading.value, pids }
}

const idsOf = (text: string): string[] => JSON.parse(text).map(({ Id }: { Id: string }) => Id)

/** What `ip` shows: addresses by interface and default routes; by container, `''` for the machine itself. */
type Kernel = ReadonlyMap<string, Sandbox>
interface Sandbox {
  /** Global addresses with prefix length, by interface. */
  readonly addresses: ReadonlyMap<string, readonly string[]>
  readonly defaultVia: string
  readonly defaultVia6: string
}

async function readKernel(engine: RunningEngine, pids: ReadonlyMap<string, number>): Promise<Kernel> {
  const ask =
    "ip -j addr show || echo '[]'; echo; ip -4 -j route show default || echo '[]'; echo; ip -6 -j route show default || echo '[]'; echo"
  const names = ['', ...pids.keys()]
  const inside = [...pids.values()].map((pid) => `nsenter -t ${pid} --net sh -c "${ask}"`)
  const { stdout, stderr } = await engine.shell([ask, ...inside].join('; '))
  const answers = stdout.split('\n').filter((line) => line.startsWith('['))
  if (answers.length !== names.length * 3) throw new Error(`ip did not answer: ${stderr}`)
  return new Map(
    names.map((name, index) => {
      const [addresses = '[]', route4 = '[]', route6 = '[]'] = answers.slice(3 * index, 3 * index + 3)
      return [
        name,
        { addresses: addressesOf(addresses), defaultVia: viaOf(route4), defaultVia6: viaOf(route6) },
      ]
    }),
  )
}

function addressesOf(json: string): ReadonlyMap<string, readonly string[]> {
  type Link = { ifname?: string; addr_info?: { local: string; prefixlen: number; scope: string }[] }
  const links: Link[] = JSON.parse(json)
  return new Map(
    links
      .filter(({ ifname }) => ifname !== undefined)
      .map(({ ifname = '', addr_info = [] }) => [
        ifname,
        addr_info
          .filter(({ scope }) => scope === 'global')
          .map(({ local, prefixlen }) => `${local}/${prefixlen}`),
      ]),
  )
}

const viaOf = (json: string): string => JSON.parse(json)[0]?.gateway ?? ''

function compareKernel(plan: Plan, inspected: Inspected, kernel: Kernel): string[] {
  const bridges = [...plan.networks.values()]
    .filter(({ driver }) => driver === 'bridge')
    .flatMap((network) => {
      const id = inspected.networks.find(({ name }) => name === network.name)?.id ?? ''
      const device = network.device === '' ? `br-${id.slice(0, 12)}` : network.device
      const real = (kernel.get('')?.addresses.get(device) ?? []).map((address) =>
        address.replace(/\/\d+$/, ''),
      )
      const planned = network.subnets.flatMap(({ gateway }) =>
        gateway === null || (gateway.family === 6 && !network.ipv6) ? [] : [formatAddress(gateway)],
      )
      return differ(`gateways of ${network.key}`, [...planned].sort().join(' '), [...real].sort().join(' '))
    })
  const containers = inspected.containers
    .filter(({ state }) => state === 'running')
    .flatMap((container) => compareSandbox(plan.containers.get(container.name), container, kernel))
  return [...bridges, ...containers]
}

function compareSandbox(
  planned: PlanContainer | undefined,
  container: InspectedContainer,
  kernel: Kernel,
): string[] {
  const sandbox = kernel.get(container.name)
  if (planned === undefined || sandbox === undefined) return [`container ${container.name} is not in both`]
  if (planned.mode !== 'networks') return []
  const interfaces = [...planned.endpoints.values()].flatMap((endpoint) => {
    if (endpoint.interfaceCertainty === 'one-of-several') return []
    const real = [...sandbox.addresses].find(([, addresses]) =>
      addresses.includes(formatCidr(endpoint.ipv4 ?? endpoint.ipv6)),
    )
    return differ(
      `interface of ${container.name} with ${formatCidr(endpoint.ipv4)}`,
      endpoint.interface,
      real?.[0] ?? '',
    )
  })
  return [
    ...interfaces,
    ...differ(
      `default route of ${container.name}`,
      addressText(planned.defaultRoute?.via),
      sandbox.defaultVia,
    ),
    ...differ(
      `IPv6 default route of ${container.name}`,
      addressText(planned.defaultRoute6?.via),
      sandbox.defaultVia6,
    ),
  ]
}

const differ = (what: string, planned: string, real: string): string[] =>
  planned === real ? [] : [`${what}: planned ${planned || 'none'}, real ${real || 'none'}`]
