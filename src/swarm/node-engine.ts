import type { ClusterEndpoint, ClusterNetworks } from '../engine/cluster.ts'
import type { Engine } from '../engine/engine.ts'
import { matchesLabels, NO_LABELS } from '../engine/labels.ts'
import {
  type ContainerCreate,
  type NetworkCreate,
  NO_NAME_SETTINGS,
  NO_WISHES,
  PLAIN_NETWORK,
  type PortRequest,
  type Refusal,
} from '../engine/operation.ts'
import { parseAddress } from '../net/index.ts'
import { cidrOf, overlayMac } from './addresses.ts'
import type { Cluster } from './cluster.ts'
import type { RefusedTask, SwarmHost } from './host.ts'
import { NO_LEADER, WORKER } from './refusals.ts'
import type { Task, TaskChange } from './service.ts'

const GWBRIDGE = 'docker_gwbridge'
const INGRESS_GATEWAY = 'gateway_ingress-sbox'

const GWBRIDGE_REQUEST: NetworkCreate = {
  ...PLAIN_NETWORK,
  name: GWBRIDGE,
  options: new Map([
    ['com.docker.network.bridge.name', GWBRIDGE],
    ['com.docker.network.bridge.enable_icc', 'false'],
    ['com.docker.network.bridge.enable_ip_masquerade', 'true'],
  ]),
}

/**
 * What a node gets when it joins: the bridge by which containers on overlays reach the outside, unless somebody
 * made it before, and on it the way into the routing mesh.
 *
 * @see moby `daemon/daemon_unix.go`, `libnetwork/default_gateway_linux.go: createGWNetwork`
 */
export function prepareNode(engine: Engine): void {
  if (engine.network(GWBRIDGE) === null) engine.execute(GWBRIDGE_REQUEST)
  engine.addGatewayEndpoint(INGRESS_GATEWAY)
}

/**
 * What a node loses when it leaves: plain containers are taken off the swarm's networks, and the ingress sandbox
 * goes. docker_gwbridge stays.
 *
 * @see moby `daemon/network.go: clearAttachableNetworks`, `daemon/daemon.go: DaemonLeavesCluster`
 */
export function retireNode(engine: Engine, cluster: Cluster): void {
  for (const { name, attachments } of [...engine.containers()]) {
    for (const network of [...attachments.keys()]) {
      if (!cluster.overlays.has(network)) continue
      engine.execute({ op: 'network-disconnect', network, container: name, force: true })
    }
  }
  engine.removeGatewayEndpoint(INGRESS_GATEWAY)
  engine.leaveCluster()
}

/** The networks of a cluster as the engine of one of its nodes sees them. */
export function clusterNetworks(
  cluster: Cluster,
  node: string,
  roleOf: () => 'manager' | 'worker',
  hasQuorum: () => boolean,
): ClusterNetworks {
  /** Runs what a manager may do while there is a leader. */
  const asManager = (action: () => Refusal | null): Refusal | null => {
    if (roleOf() !== 'manager') return WORKER
    return hasQuorum() ? action() : NO_LEADER
  }
  return {
    find(name) {
      const overlay = cluster.overlays.get(name)
      if (overlay === undefined) return null
      const { driver, attachable, internal, ingress } = overlay.request
      const isHere = cluster.nodes.get(node)?.loadBalancers.has(name) === true
      const subnets = isHere ? (overlay.state?.subnets ?? []).map(({ lease }) => lease.subnet) : null
      return { name, driver, attachable, internal, ingress, subnets }
    },
    create: (operation) => asManager(() => cluster.createNetwork(operation)),
    remove: (name) => asManager(() => cluster.removeNetwork(name)),
    // moby `daemon/prune.go: clusterNetworksPrune`
    prune(filters) {
      if (roleOf() !== 'manager' || !hasQuorum()) return
      for (const { name, request } of [...cluster.overlays.values()]) {
        if (!request.ingress && matchesLabels(request.labels ?? NO_LABELS, filters))
          cluster.removeNetwork(name)
      }
    },
    attach(network, container, request): ClusterEndpoint | Refusal {
      if (!hasQuorum()) return NO_LEADER
      const allocation = cluster.attach(network, container, node, parseAddress(request.ipv4))
      if ('code' in allocation) return allocation
      const text = cidrOf(allocation)
      const is4 = allocation.address.family === 4
      return { ipv4: is4 ? text : '', ipv6: is4 ? '' : text, mac: request.mac || overlayMac(allocation) }
    },
    detach: (network, container) => cluster.detach(network, container, node),
  }
}

/** Starts and removes the containers of tasks, as the managers decided, each on the engine of its node. */
export function runChanges(
  cluster: Cluster,
  hosts: ReadonlyMap<string, SwarmHost>,
  together: ReadonlyMap<string, Set<string>>,
  failures: RefusedTask[],
): void {
  for (const change of cluster.changes()) {
    const host = hosts.get(change.task.node)
    if (host === undefined) continue
    const refusal = runChange(cluster, host.engine, change)
    if (change.together && change.kind === 'start') together.get(host.name)?.add(change.task.name)
    else together.get(host.name)?.delete(change.task.name)
    if (refusal !== null)
      failures.push({ task: change.task.name, service: change.task.service, host: host.name, refusal })
  }
}

function runChange(cluster: Cluster, engine: Engine, { kind, task }: TaskChange): Refusal | null {
  const locals = task.spec.networks.flatMap(({ network }) => cluster.overlays.get(network) ?? [])
  const own = locals.filter(({ managed }) => !managed)
  if (kind === 'stop') {
    const refusal = engine.execute({ op: 'container-rm', names: [task.name], force: true })
    for (const { name } of own) engine.removeClusterNetwork(name)
    return refusal
  }
  for (const { request } of own) {
    const refusal = engine.createClusterNetwork(request)
    if (refusal !== null) return refusal
  }
  const request = containerOf(
    task,
    own.map(({ name }) => name),
  )
  const [first, ...others] = request.endpoints
  if (first === undefined || others.length === 0) return engine.execute({ ...request, start: true })
  // As a node does it: created on one network, connected to the others, then started.
  const steps = [
    { ...request, endpoints: [first] },
    ...others.map((endpoint) => ({ op: 'network-connect', container: task.name, endpoint }) as const),
    { op: 'container-start', names: [task.name] } as const,
  ]
  for (const step of steps) {
    const refusal = engine.execute(step)
    if (refusal !== null) return refusal
  }
  return null
}

/**
 * The container of a task.
 *
 * @param own networks that its node has made for itself.
 * @see moby `daemon/cluster/executor/container/container.go`
 */
function containerOf(task: Task, own: readonly string[]): ContainerCreate {
  const { spec } = task
  const asked = spec.networks.map((n) => n.network)
  const shared = asked.find((name) => name === 'host' || name === 'none')
  const joined = [...task.networks, ...own, ...asked.filter((name) => name === 'bridge')]
  const names = shared !== undefined ? [] : joined.length > 0 ? joined : ['default']
  return {
    op: 'container-create',
    start: false,
    name: task.name,
    image: spec.image,
    hostname: spec.hostname,
    networkMode: shared ?? names[0] ?? 'none',
    endpoints: names.map((network) => ({
      ...NO_WISHES,
      network,
      aliases: network === 'bridge' ? [] : (spec.networks.find((n) => n.network === network)?.aliases ?? []),
    })),
    ports: spec.ports.filter((port) => port.mode === 'host').map(portOf),
    publishAll: false,
    expose: [],
    links: [],
    names: spec.names ?? NO_NAME_SETTINGS,
    mac: '',
    restart: 'no',
    foreground: false,
    autoRemove: false,
    // To the engine "default" is another word for its default bridge, but for networks of a project.
    compose: task.networks.includes('default')
      ? { project: '', service: task.service, number: task.slot }
      : null,
    dependsOn: [],
  }
}

function portOf(port: ContainerPort): PortRequest {
  return {
    hostIp: '',
    published: port.published === null ? null : { first: port.published, last: port.published },
    target: { first: port.target, last: port.target },
    protocol: port.protocol,
  }
}

type ContainerPort = Task['spec']['ports'][number]
