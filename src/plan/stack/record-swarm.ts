import { openPolicy } from '../../engine/drivers/policy.ts'
import type { Engine } from '../../engine/engine.ts'
import { firstOf } from '../../net/index.ts'
import { type Allocation, type Cluster, type Overlay, overlayMac, type Swarm } from '../../swarm/index.ts'
import type { Topology } from '../../topology/topology.ts'
import type { PlanAddress, PlanEndpoint, PlanNetwork, PlanService } from '../plan.ts'
import { overlaySureness } from './overlay-sureness.ts'
import { networkSpan, serviceSpan, subnetPin, type Written, withPin } from './written.ts'

/** Networks of swarm scope as they stand, with all their endpoints. */
export function swarmNetworks(
  topology: Topology,
  swarm: Swarm,
  engines: ReadonlyMap<string, Engine>,
  written: Written,
): readonly PlanNetwork[] {
  const taken = new Set<string>()
  const nameCounts = new Map<string, number>()
  for (const engine of engines.values()) {
    for (const { name } of engine.containers()) nameCounts.set(name, (nameCounts.get(name) ?? 0) + 1)
  }
  // Of another driver than overlay, it is the nodes that have it.
  const isOne = ({ managed, name }: Overlay): boolean =>
    managed || ![...engines.values()].some((engine) => engine.network(name) !== null)
  const running = new Map([...engines].map(([host, engine]) => [host, runningIn(engine)]))
  return swarm.clusters().flatMap((cluster) => {
    const tasks = new Set([...cluster.services.values()].flatMap((s) => s.tasks.map(({ name }) => name)))
    return [...cluster.overlays.values()].filter(isOne).map((overlay) => {
      const key = taken.has(overlay.name)
        ? `${overlay.name}@${[...cluster.nodes.keys()][0] ?? ''}`
        : overlay.name
      taken.add(key)
      return networkOf(topology, cluster, overlay, key, { engines, nameCounts, running, tasks, written })
    })
  })
}

interface Around {
  readonly engines: ReadonlyMap<string, Engine>
  /** How many containers of a name there are; several are told apart by `@HOST`. */
  readonly nameCounts: ReadonlyMap<string, number>
  readonly running: ReadonlyMap<string, ReadonlyMap<string, readonly Running[]>>
  /** Names of the tasks of the cluster. */
  readonly tasks: ReadonlySet<string>
  readonly written: Written
}

function networkOf(
  topology: Topology,
  cluster: Cluster,
  overlay: Overlay,
  key: string,
  around: Around,
): PlanNetwork {
  const { request } = overlay
  const subnets = overlay.state?.subnets ?? []
  const pin = overlay.certainty === 'one-of-several' ? subnetPin(topology, around.written, overlay) : ''
  return {
    key,
    name: overlay.name,
    serial: overlay.serial,
    driver: request.driver,
    scope: 'swarm',
    host: '',
    subnets: subnets.map(({ lease, gateway }, index) => ({
      address: firstOf(lease.subnet),
      length: lease.subnet.length,
      certainty: overlay.certainty,
      pin,
      given: (request.subnets[index]?.subnet ?? '') !== '',
      used: true,
      range: lease.range === null ? null : { address: firstOf(lease.range), length: lease.range.length },
      gateway,
      gatewayGiven: (request.subnets[index]?.gateway ?? '') !== '',
      aux: new Map(),
    })),
    internal: request.internal,
    attachable: request.attachable,
    ingress: request.ingress,
    ipv4: request.ipv4 !== false,
    ipv6: request.ipv6 === true,
    policy: openPolicy('overlay', '', true),
    wasJoined: true,
    vni: subnets.map(({ vni }) => vni).filter((vni) => vni !== null),
    vniCertainty: overlay.vniCertainty,
    options: request.options,
    device: '',
    parent: '',
    endpoints: endpointsOf(topology, cluster, overlay.name, around),
    span: networkSpan(topology, around.written, overlay.name),
  }
}

interface Placed {
  readonly endpoint: PlanEndpoint
  readonly order: number
}

function endpointsOf(
  topology: Topology,
  cluster: Cluster,
  network: string,
  { engines, nameCounts, running, tasks, written }: Around,
): ReadonlyMap<string, PlanEndpoint> {
  const placed: Placed[] = []
  const known = (allocation: Allocation): Allocation => withPin(topology, written, cluster, allocation)
  for (const node of cluster.nodes.values()) {
    const name = topology.hosts.length > 1 ? `${network}-endpoint@${node.name}` : `${network}-endpoint`
    const balancer = node.loadBalancers.get(network)
    if (balancer !== undefined)
      placed.push(endpoint(name, 'load-balancer', node.name, '', known(balancer), overlayMac(balancer)))
    for (const { container, mac } of running.get(node.name)?.get(network) ?? []) {
      const found = cluster.allocationOf(network, container, node.name)
      if (found === null) continue
      const allocation = known(found)
      const containerKey = (nameCounts.get(container) ?? 0) > 1 ? `${container}@${node.name}` : container
      const { certainty, pin } = overlaySureness(engines.get(node.name), network, container, allocation)
      const kind = tasks.has(container) ? 'task' : 'container'
      const own = { ...allocation, certainty, pin }
      placed.push(endpoint(containerKey, kind, node.name, containerKey, own, mac))
    }
  }
  placed.sort((a, b) => a.order - b.order)
  return new Map(placed.map(({ endpoint: e }) => [e.name, e]))
}

interface Running {
  readonly container: string
  readonly mac: string
}

/** The running containers of an engine on each network, with their MACs there. */
function runningIn(engine: Engine): ReadonlyMap<string, readonly Running[]> {
  const running = new Map<string, Running[]>()
  for (const { name, sandbox } of engine.containers())
    for (const { endpoint: own } of sandbox?.interfaces ?? []) {
      const there = running.get(own.network.name) ?? []
      if (there.length === 0) running.set(own.network.name, there)
      if (there.at(-1)?.container !== name) there.push({ container: name, mac: own.mac })
    }
  return running
}

function endpoint(
  name: string,
  kind: PlanEndpoint['kind'],
  host: string,
  container: string,
  allocation: Allocation,
  mac: string,
): Placed {
  const own = planAddress(allocation)
  const is4 = own.address.family === 4
  return {
    order: allocation.order,
    endpoint: {
      name,
      kind,
      host,
      container,
      ipv4: is4 ? own : null,
      ipv6: is4 ? null : own,
      mac,
    },
  }
}

const planAddress = ({ address, length, certainty, pin }: Allocation): PlanAddress => ({
  address,
  length,
  certainty,
  pin,
})

/** Services of all swarms, in order of creation. */
export function swarmServices(
  topology: Topology,
  swarm: Swarm,
  written: Written,
): ReadonlyMap<string, PlanService> {
  const services = new Map<string, PlanService>()
  for (const cluster of swarm.clusters()) {
    for (const { spec, vips, ports, tasks } of cluster.services.values()) {
      services.set(spec.name, {
        name: spec.name,
        mode: spec.mode,
        endpointMode: spec.endpointMode,
        image: spec.image,
        vips: new Map(
          [...vips].map(([network, vip]) => [network, planAddress(withPin(topology, written, cluster, vip))]),
        ),
        ports: ports.map(({ published, target, protocol, mode, automatic }) => ({
          published: published ?? 0,
          certainty: automatic ? ('computed' as const) : ('declared' as const),
          target,
          protocol,
          mode,
        })),
        tasks: tasks.map((task) => task.name),
        span: serviceSpan(topology, written, spec.name),
      })
    }
  }
  return services
}
