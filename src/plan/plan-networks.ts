/** Topology → plan: runs what the author wrote on simulated engines, in Docker's order. */
import { type ParsedCommand, parseCommand } from '../command/parse.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import type { EngineFacts } from '../engine/facts.ts'
import type { Arrange } from '../engine/order.ts'
import { parseCidr, parsePrefix } from '../net/index.ts'
import type { Problem, Report } from '../problem/problem.ts'
import { servicesSize } from '../topology/size.ts'
import type { CommandEntry, HostEntry, Topology } from '../topology/topology.ts'
import { reportStartFaults } from './advice/start-fault.ts'
import { reportWarnings } from './advice/warnings.ts'
import { createChance } from './chance/chance.ts'
import { besideOtherOrders, type Outcome } from './chance/other-orders.ts'
import type { Value } from './chance/values.ts'
import { hostOfService } from './compose/placement.ts'
import { composeUp } from './compose/project-up.ts'
import type { OnStep } from './compose/up.ts'
import type { Plan, PlanContainer, PlanNetwork } from './plan.ts'
import { type Assumption, type Foreign, madeByCommands, type Outside, outsideOf } from './project/external.ts'
import { meansBlock } from './project/files.ts'
import { DEFAULT_NETWORK, networkName } from './project/project.ts'
import { BY_ID, hostNetworks, planKeys } from './record/record.ts'
import { hostContainers } from './record/record-containers.ts'
import { recordStep } from './record/record-step.ts'
import { runCommand } from './run-command.ts'
import { createBudget } from './session/budget.ts'
import { addressSpace, engineFacts, hostRoutes } from './session/hosts.ts'
import type { HostState, Session } from './session/session.ts'
import { createSwarmSession } from './stack/swarm-session.ts'
import { planStep } from './step.ts'

/**
 * What a real engine would have given. Refusals of engines and clients are steps, and problems unless the author
 * marked them as meant; the rest is planned all the same.
 *
 * @param step Only the first so many of `topology.commands` are run; `null` for all.
 * @param outside Whether networks that the file calls external exist where no command says which there are. `absent`:
 * a machine on which nothing has been made before.
 */
export function planNetworks(
  topology: Topology,
  report: Report,
  step: number | null = null,
  outside: 'exists' | 'absent' = 'exists',
): Plan {
  const planIn = plannerOf(topology, step, outside)
  const isAssumed = ({ assumptions, foreign }: Planned, { pin }: Value): boolean =>
    assumptions.length + foreign.length > 0 || pin === BY_ID.pin
  const { plan, problems, assumptions, foreign } = besideOtherOrders(topology, planIn, isAssumed)
  for (const problem of problems) report(problem)
  const hasErrors = problems.some(({ severity }) => severity === 'error')
  reportWarnings(plan, topology, { assumptions, foreign }, hasErrors, report)
  return plan
}

/** A plan in one order, without the warnings that are made of it. */
interface Planned extends Outcome {
  readonly assumptions: readonly Assumption[]
  readonly foreign: readonly Foreign[]
}

/** What is the same of a block in every order: its commands, as they are read, and its machines as engines find them. */
interface Common {
  readonly topology: Topology
  readonly outside: () => Outside
  readonly parsed: (command: CommandEntry) => ParsedCommand
  readonly facts: ReadonlyMap<HostEntry, EngineFacts>
  /** Whether `docker compose up` or `docker stack deploy` is among the commands: then the services start there. */
  readonly startsServicesItself: boolean
  readonly before: readonly CommandEntry[]
  readonly after: readonly CommandEntry[]
}

/** @returns plans the block in an order that Docker leaves to chance. */
export function plannerOf(
  topology: Topology,
  step: number | null,
  outside: 'exists' | 'absent',
): (arrange: Arrange) => Planned {
  const parsed = onceEach((command: CommandEntry) => parseCommand(command, topology.rules))
  const commands = topology.commands.slice(0, step ?? undefined)
  const startsItself = startsServicesItself(topology, parsed)
  // A network that the services need was made before them, wherever its command stands.
  const before = startsItself ? [] : commands.filter((command) => makesExternal(topology, command, parsed))
  const made = madeByCommands(topology, parsed)
  const common: Common = {
    topology,
    outside: () => outsideOf(outside, made),
    parsed,
    facts: new Map(topology.hosts.map((host, index) => [host, engineFacts(topology, host, index)])),
    startsServicesItself: startsItself,
    before,
    after: before.length === 0 ? commands : commands.filter((command) => !before.includes(command)),
  }
  return (arrange) => planInOrder(common, arrange)
}

function onceEach<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}

function planInOrder(common: Common, arrange: Arrange): Planned {
  const { topology } = common
  const problems: Problem[] = []
  const session = createSession(common, arrange, (problem) => problems.push(problem))
  reportStartFaults(session)
  for (const step of session.swarm.begin()) session.steps.push(planStep(step))
  for (const command of common.before) runCommand(session, command)
  if (!common.startsServicesItself) {
    session.budget.take(servicesSize(topology))
    if (topology.swarm !== null) deployServices(session)
    else if (topology.services.size > 0) runServices(session)
  }
  for (const command of common.after) {
    runCommand(session, command)
    if (session.budget.spent) break
  }
  session.swarm.reportTrouble()
  return { plan: recordPlan(session), problems, assumptions: session.assumptions, foreign: session.foreign }
}

function createSession(
  { topology, outside, parsed, facts }: Common,
  arrange: Arrange,
  report: Report,
): Session {
  const before = outside()
  const hosts = new Map<string, HostState>()
  const engines = new Map<string, Engine>()
  for (const [entry, found] of facts) {
    const chance = createChance()
    const engine = createEngine(found, chance.observer, arrange)
    hosts.set(entry.name, { entry, engine, chance })
    engines.set(entry.name, engine)
  }
  const assumptions: Assumption[] = []
  const first = [...hosts.values()][0]
  if (first === undefined) throw new Error('a topology has at least one host')
  return {
    topology,
    parsed,
    hosts,
    first,
    swarm: createSwarmSession(topology, engines, before, assumptions, arrange, report),
    steps: [],
    report,
    budget: createBudget(),
    spans: { containers: new Map(), networks: new Map() },
    outside: before,
    assumptions,
    foreign: [],
    arrange,
    chancePorts: new Set(),
    loosePorts: new Set(),
    ownFiles: { name: null },
    projectNetworks: new Map(),
    causes: new Map(),
    foreground: new Map(),
  }
}

function startsServicesItself(topology: Topology, parsed: Common['parsed']): boolean {
  return topology.commands.some((command) => {
    if (!/compose|stack/.test(command.line.text)) return false
    const read = parsed(command)
    return (
      read.kind === 'accepted' &&
      read.operations.some(
        (o) => (o.op === 'compose-up' || o.op === 'stack-deploy') && meansBlock(topology, o.files),
      )
    )
  })
}

/** Whether a command makes a network that the block calls external. */
function makesExternal({ networks }: Topology, command: CommandEntry, parsed: Common['parsed']): boolean {
  if (!command.line.text.includes('network')) return false
  const read = parsed(command)
  if (read.kind !== 'accepted') return false
  return read.operations.some(
    (operation) =>
      operation.op === 'network-create' &&
      [...networks.values()].some(
        (entry) => entry.external && (entry.name?.value ?? entry.key) === operation.name,
      ),
  )
}

function deployServices(session: Session): void {
  for (const step of session.swarm.deployBlock()) recordStep(session, step)
}

/** The block's services as a compose project, a step for each thing it does. */
function runServices(session: Session): void {
  const { topology } = session
  let told = false
  const options = {
    project: { name: topology.name?.value ?? null, version: 2 as const },
    services: [],
    scale: new Map<string, number>(),
    profiles: topology.profiles,
    start: true,
    forceRecreate: false,
    noRecreate: false,
    removeOrphans: false,
    noDeps: false,
    networksOnly: null,
    hostOf: (service: Parameters<typeof hostOfService>[1]) => hostOfService(session, service),
  }
  const record: OnStep = (host, command, refusal) => {
    told ||= refusal !== null
    recordStep(session, {
      host: host.entry.name,
      command: command(),
      refusal,
      span: refusal?.at ?? null,
      expected: false,
    })
  }
  const refusal = composeUp(session, options, record)
  if (refusal !== null && !told) record(session.first, () => 'docker compose up', refusal)
}

function recordPlan(session: Session): Plan {
  const { topology, swarm } = session
  const keys = planKeys(session)
  const networks: PlanNetwork[] = []
  const containers: PlanContainer[] = []
  for (const host of session.hosts.values()) {
    for (const network of hostNetworks(session, host, keys)) networks.push(network)
    for (const container of hostContainers(session, host, keys)) containers.push(container)
  }
  networks.push(...swarm.networks())
  return {
    engine: topology.engine,
    rules: topology.rules,
    hosts: topology.hosts.map((entry) => ({
      name: entry.name,
      address: parseCidr(entry.address?.value ?? ''),
      interface: entry.interface,
      interfaces: [...entry.interfaces].flatMap(([name, { value }]) =>
        value.split(/[\s,]+/).flatMap((text) => {
          const address = parseCidr(text)
          return address === null ? [] : [{ name, address }]
        }),
      ),
      routes: hostRoutes(entry),
      nameservers: entry.nameservers.map(({ value }) => value),
      listens: entry.listens,
      role: swarm.role(entry.name),
      daemon: (session.hosts.get(entry.name) ?? session.first).engine.facts.daemon,
      ...addressSpace((session.hosts.get(entry.name) ?? session.first).engine.facts),
    })),
    outside: topology.outside,
    underlay: {
      name: topology.underlay.name?.value ?? '',
      subnet: parsePrefix(topology.underlay.subnet?.value ?? ''),
    },
    swarm: topology.hosts.some((entry) => swarm.role(entry.name) !== ''),
    swarmPools:
      topology.hosts
        .map((entry) => swarm.cluster(entry.name)?.pools ?? [])
        .find((pools) => pools.length > 0) ?? [],
    networks: new Map(networks.map((network) => [network.key, network])),
    networkNames: networkNames(topology),
    containers: new Map(containers.map((container) => [container.name, container])),
    services: swarm.services(),
    steps: session.steps,
  }
}

function networkNames({ name, networks }: Topology): ReadonlyMap<string, string> {
  const project = { name: name?.value ?? null, version: 2 as const }
  const keys = new Set([...networks.keys(), DEFAULT_NETWORK])
  return new Map([...keys].map((key) => [key, networkName(project, key, networks.get(key))]))
}
