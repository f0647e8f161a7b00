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
import { formatAddress, parseCidr } from '../../net/index.ts'
import type { Report, Span } from '../../problem/problem.ts'
import {
  type Cluster,
  createSwarm,
  findTask,
  type Swarm,
  type SwarmHost,
  type SwarmOperation,
} from '../../swarm/index.ts'
import type { HostEntry, Topology } from '../../topology/topology.ts'
import type { Certainty, PlanNetwork, PlanService } from '../plan.ts'
import { type Assumption, isDescribed } from '../project/external.ts'
import type { Step } from '../step.ts'
import { type OverlaySureness, overlaySureness } from './overlay-sureness.ts'
import { swarmNetworks, swarmServices } from './record-swarm.ts'
import { reportIgnoredKeys, stackFault, stackNames, stackOf } from './stack.ts'
import { networkStep, serviceStep } from './steps.ts'
import { reportTrouble } from './trouble.ts'
import type { Written } from './written.ts'

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
  assumptions: Assumption[] | null,
  arrange: Arrange,
  report: Report,
): SwarmSession {
  const swarm = createSwarm(
    topology.rules,
    topology.hosts.map((host) => swarmHost(host, engines)).filter((host) => host !== null),
    arrange,
  )
  const project = topology.name?.value ?? ''
  const written: Written = { stacks: new Map(), services: new Map(), networks: new Map() }

  /** Sends a stack of the block's networks and services to a manager. */
  function deploy(
    host: string,
    stackName: string,
  ): { readonly steps: Step[]; readonly refusal: Refusal | null } {
    const whole = stackOf(topology, stackName)
    const { localNetworks } = whole
    const steps: Step[] = []
    const overlays = new Set(swarm.member(host)?.cluster.overlays.keys() ?? [])
    const isMissing = (name: string): boolean =>
      !overlays.has(name) && engines.get(host)?.network(name) === null
    const existing =
      assumptions === null ? [] : whole.existing.filter(({ request }) => isMissing(request.name))
    const stack = {
      ...whole.stack,
      existing: existing.map(({ request }) => request).filter(({ driver }) => driver === 'overlay'),
    }
    for (const { entry, request } of existing) {
      if (request.driver === 'overlay') steps.push(networkStep(topology, stackName, host, request, null))
      if (!isDescribed(entry)) assumptions?.push({ entry, name: request.name })
    }
    for (const request of localNetworks) {
      if (!isMissing(request.name)) continue
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
          return swarm.execute(host, operation)
        default:
          return swarm.execute(host, operation)
      }
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
      const allocation = swarm.member(host)?.cluster.allocationOf(network, container, host) ?? null
      return allocation === null ? null : overlaySureness(engines.get(host), network, container, allocation)
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
