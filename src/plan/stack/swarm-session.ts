import { formatSwarmInit, formatSwarmJoin } from '../../command/format.ts'
import type { Engine } from '../../engine/engine.ts'
import type {
  Operation,
  Refusal,
  StackDeploy,
  StackRemove,
  SwarmInit,
  SwarmJoin,
} from '../../engine/operation.ts'
import type { Arrange } from '../../engine/order.ts'
import { formatAddress, type Prefix, parseCidr, parsePrefix } from '../../net/index.ts'
import type { Report, Span } from '../../problem/problem.ts'
import {
  type Cluster,
  createSwarm,
  type Existing,
  findTask,
  type Overlay,
  type Swarm,
  type SwarmHost,
  type SwarmOperation,
} from '../../swarm/index.ts'
import type { HostEntry, Topology } from '../../topology/topology.ts'
import type { Certainty, PlanNetwork, PlanService } from '../plan.ts'
import { type Assumption, externalRequests, isDescribed, type Outside } from '../project/external.ts'
import type { Step } from '../step.ts'
import { type OverlaySureness, overlaySureness } from './overlay-sureness.ts'
import { swarmNetworks, swarmServices } from './record-swarm.ts'
import {
  type BlockStack,
  externalNetworks,
  reportIgnoredKeys,
  reportJob,
  stackFault,
  stackNames,
  stackOf,
} from './stack.ts'
import { networkStep, serviceStep } from './steps.ts'
import { reportTrouble } from './trouble.ts'
import { type Written, withPin } from './written.ts'

/** What the plan has to know of a container that is a task. */
interface TaskFacts {
  /** Name of its service. */
  readonly service: string
  /** How sure its host is. */
  readonly placement: Certainty
  /** How sure its addresses on networks of its host are: other tasks may have started before it. */
  readonly localCertainty: Certainty
  /** What to do about it; `''` for nothing. */
  readonly localPin: string
}

/** The swarms of one block: those it declares and those its commands make. */
export interface SwarmSession {
  /** `swarm:`: one machine makes a swarm, the others join in order of writing. */
  begin(): readonly Step[]
  /** The block's networks and services as a stack. Reports what has no effect there. */
  deployBlock(): readonly Step[]
  /** @param span where it was written, for telling later what became of it. */
  execute(host: string, operation: SwarmCommand, span: Span | null): Refusal | null
  /** Networks that were there before the block, of those that have these names. */
  makeOutside(host: string, names: ReadonlySet<string>): void
  /** A network of swarm scope was written there. */
  networkWritten(name: string, span: Span): void
  role(host: string): 'manager' | 'worker' | ''
  /** The swarm a machine is in, or `null`. */
  cluster(host: string): Cluster | null
  /** Networks of swarm scope, in order of creation. */
  networks(): readonly PlanNetwork[]
  services(): ReadonlyMap<string, PlanService>
  /** `null` for a container that is no task. */
  task(host: string, container: string): TaskFacts | null
  /** How sure the address of a container on a network of swarm scope is; `null` for none. */
  allocation(host: string, network: string, container: string): OverlaySureness | null
  /** Reports what the managers could not do and only log. Once, at the end. */
  reportTrouble(): void
}

export type SwarmCommand = SwarmOperation | StackDeploy | StackRemove

export function isSwarmCommand(operation: Operation): operation is SwarmCommand {
  return /^(swarm|service|stack|node)-/.test(operation.op)
}

const PIN_START = 'services of one replica, created one after the other (tasks of a node start in any order)'

export function createSwarmSession(
  topology: Topology,
  engines: ReadonlyMap<string, Engine>,
  outside: Outside,
  assumptions: Assumption[],
  arrange: Arrange,
  report: Report,
): SwarmSession {
  const swarm = createSwarm(
    topology.rules,
    topology.hosts.map((host) => swarmHost(host, engines)).filter((host) => host !== null),
    arrange,
  )
  const project = topology.name?.value ?? ''
  /** Networks taken to be there, by name. */
  const assumed = new Map<string, Existing>()
  const written: Written = { stacks: new Map(), services: new Map(), networks: new Map() }

  const isMissing = (host: string, name: string): boolean =>
    swarm.member(host)?.cluster.overlays.has(name) !== true && engines.get(host)?.network(name) === null

  /** What networks outside of the block are like; those that are there already as they are. */
  function outsideNetworks(host: string, existing: BlockStack['existing']): readonly Existing[] {
    const cluster = swarm.member(host)?.cluster
    const taken = [...(cluster?.overlays.values() ?? [])].flatMap(subnetsOf)
    for (const { entry, name } of existing) {
      if (assumed.has(name) || !isMissing(host, name)) continue
      const surroundings = { driver: 'overlay' as const, pools: cluster?.pools ?? [], taken }
      const [request] = externalRequests(topology, entry, name, surroundings)
      if (request === undefined) continue
      if (!isDescribed(entry)) assumptions.push({ entry, name })
      assumed.set(name, { request, isKnown: isDescribed(entry) })
      taken.push(...request.subnets.flatMap(({ subnet }) => parsePrefix(subnet) ?? []))
    }
    return existing.flatMap(({ name }) => assumed.get(name) ?? [])
  }

  /** Sends a stack of the block's networks and services to a manager. */
  function deploy(
    host: string,
    stackName: string,
  ): { readonly steps: Step[]; readonly refusal: Refusal | null } {
    const { existing, stack: own, localNetworks } = stackOf(topology, stackName)
    const steps: Step[] = []
    const outer = outsideNetworks(
      host,
      existing.filter(({ name }) => outside.has(name)),
    )
    const stack = { ...own, existing: outer.filter(({ request }) => request.driver === 'overlay') }
    for (const { request } of stack.existing)
      if (isMissing(host, request.name)) steps.push(networkStep(topology, stackName, host, request, null))
    const ofEngine = outer.map(({ request }) => request).filter(({ driver }) => driver !== 'overlay')
    for (const request of [...ofEngine, ...localNetworks]) {
      if (!isMissing(host, request.name)) continue
      const refusal = engines.get(host)?.execute(request) ?? null
      steps.push(networkStep(topology, stackName, host, request, refusal))
      if (refusal !== null) return { steps, refusal }
    }
    for (const spec of stack.services) written.stacks.set(spec.name, stackName)
    const fault = stackFault(topology, stackName)
    const refusal = swarm.deploy(host, fault === null ? stack : { ...stack, services: [] }) ?? fault
    for (const request of stack.networks) {
      const own = refusal?.part === request.name ? refusal : null
      steps.push(networkStep(topology, stackName, host, request, own))
      if (own !== null) return { steps, refusal }
    }
    // The client stops at the first of its own faults, before it has made any service.
    const isOwn = fault !== null && refusal === fault
    const asked = isOwn ? stack.services.filter(({ name }) => name === fault.part) : stack.services
    for (const spec of asked) {
      const own =
        refusal !== null && (refusal.part === spec.name || refusal.part === undefined) ? refusal : null
      steps.push(serviceStep(topology, stackName, host, spec, own))
      if (own !== null) break
    }
    return { steps, refusal }
  }

  return {
    begin: () => (topology.swarm === null ? [] : begin(topology, swarm)),
    deployBlock() {
      reportIgnoredKeys(topology, report)
      const manager = firstManager(topology)
      return manager === undefined ? [] : deploy(manager.name, project).steps
    },
    execute(host, operation, span) {
      switch (operation.op) {
        case 'stack-deploy':
          reportIgnoredKeys(topology, report)
          return deploy(host, operation.stack).refusal
        case 'stack-rm':
          return operation.names.reduce<Refusal | null>((first, name) => {
            const { services, networks } = stackNames(topology, name)
            return first ?? swarm.removeStack(host, services, networks)
          }, null)
        case 'service-create':
          if (span !== null) written.services.set(operation.name, span)
          if (span !== null && operation.mode.endsWith('-job'))
            reportJob(operation.name, operation.replicas, span, report)
          return swarm.execute(host, operation)
        default:
          return swarm.execute(host, operation)
      }
    },
    makeOutside(host, names) {
      const asked = externalNetworks(topology, project).filter(({ name }) => names.has(name))
      const outer = outsideNetworks(host, asked)
      for (const { request } of outer) {
        if (request.driver !== 'overlay' && isMissing(host, request.name)) engines.get(host)?.execute(request)
      }
      const existing = outer.filter(({ request }) => request.driver === 'overlay')
      swarm.deploy(host, { existing, networks: [], services: [] })
    },
    networkWritten: (name, span) => void written.networks.set(name, span),
    role: (host) => swarm.member(host)?.role ?? '',
    cluster: (host) => swarm.member(host)?.cluster ?? null,
    networks: () => swarmNetworks(topology, swarm, engines, written),
    services: () => swarmServices(topology, swarm, written),
    task(host, container) {
      const task = findTask(swarm.member(host)?.cluster.services ?? new Map(), container, host)
      if (task === null) return null
      const together = swarm.startedTogether(host).has(container)
      return {
        service: task.service,
        placement: task.placement,
        localCertainty: together ? 'one-of-several' : 'computed',
        localPin: together ? PIN_START : '',
      }
    },
    allocation(host, network, container) {
      const cluster = swarm.member(host)?.cluster
      const allocation = cluster?.allocationOf(network, container, host) ?? null
      if (cluster === undefined || allocation === null) return null
      return overlaySureness(
        engines.get(host),
        network,
        container,
        withPin(topology, written, cluster, allocation),
      )
    },
    reportTrouble: () => reportTrouble(topology, swarm, written, report),
  }
}

function swarmHost(host: HostEntry, engines: ReadonlyMap<string, Engine>): SwarmHost | null {
  const engine = engines.get(host.name)
  if (engine === undefined) return null
  const ip = ipOf(host)
  const links = [{ name: host.interface, ip }]
  for (const [name, { value }] of host.interfaces) links.push({ name, ip: ipText(value) })
  const known = links.filter((link) => link.ip !== '' && !link.ip.includes(':'))
  return { name: host.name, ip, links: known, role: host.role, labels: host.labels, engine }
}

const subnetsOf = ({ state }: Overlay): readonly Prefix[] =>
  state?.subnets.map(({ lease }) => lease.subnet) ?? []

const ipOf = (host: HostEntry): string => (host.address === null ? '' : ipText(host.address.value))

/** The address of a CIDR text, `''` for none. */
function ipText(text: string): string {
  const cidr = parseCidr(text)
  return cidr === null ? '' : formatAddress(cidr.address)
}

/** The machine that makes the swarm: the first declared manager, else the first that is not declared a worker. */
function firstManager(topology: Topology): HostEntry | undefined {
  const { hosts } = topology
  return hosts.find((h) => h.role === 'manager') ?? hosts.find((h) => h.role !== 'worker') ?? hosts[0]
}

function begin(topology: Topology, swarm: Swarm): readonly Step[] {
  const leader = firstManager(topology)
  if (leader === undefined) return []
  const init: SwarmInit = {
    op: 'swarm-init',
    advertiseAddr: ipOf(leader) || ipText([...leader.interfaces.values()][0]?.value ?? ''),
    defaultAddrPool: topology.swarm?.defaultAddrPool.map((p) => p.value) ?? [],
    maskLength: topology.swarm?.maskLength?.value ?? null,
  }
  const span = topology.swarm?.span ?? null
  const step = (host: string, command: string, refusal: Refusal | null): Step => ({
    host,
    command,
    refusal,
    expected: false,
    span,
  })
  const steps = [step(leader.name, formatSwarmInit(init), swarm.execute(leader.name, init))]
  const remote = ipOf(leader) === '' ? leader.name : ipOf(leader)
  for (const host of topology.hosts) {
    if (host === leader) continue
    const role = host.role ?? 'worker'
    const join: SwarmJoin = { op: 'swarm-join', remote, advertiseAddr: ipOf(host), role }
    steps.push(step(host.name, formatSwarmJoin(join), swarm.execute(host.name, join)))
  }
  return steps
}
