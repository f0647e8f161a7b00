import type {
  NodeRemove,
  NodeUpdate,
  Refusal,
  ServiceCreate,
  ServiceNetworkRequest,
  ServiceRemove,
  ServiceRollback,
  ServiceScale,
  ServiceUpdate,
  SwarmInit,
  SwarmJoin,
  SwarmLeave,
} from '../engine/operation.ts'
import { type Arrange, IN_ORDER } from '../engine/order.ts'
import type { Span } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import type { Rules } from '../rules/index.ts'
import { addressPools } from './address-pools.ts'
import { type Cluster, createCluster } from './cluster.ts'
import type { RefusedTask, SwarmHost } from './host.ts'
import { clusterNetworks, prepareNode, retireNode, runChanges } from './node-engine.ts'
import { createQuorum, type Quorum } from './quorum.ts'
import {
  ALREADY_IN_SWARM,
  demotingLastManager,
  leavingManager,
  localNetworkForService,
  NO_LEADER,
  NO_SWARM,
  NOT_IN_SWARM,
  networkNotFound,
  noManagerThere,
  severalAddresses,
  WORKER,
} from './refusals.ts'
import type { Stack } from './stack.ts'

interface Member {
  readonly cluster: Cluster
  readonly role: 'manager' | 'worker'
}

export type SwarmOperation =
  | SwarmInit
  | SwarmJoin
  | SwarmLeave
  | ServiceCreate
  | ServiceScale
  | ServiceUpdate
  | ServiceRemove
  | ServiceRollback
  | NodeUpdate
  | NodeRemove

/** Machines and the swarms they form. Runs what clients ask of managers, and what managers ask of nodes. */
export interface Swarm {
  execute(host: string, operation: SwarmOperation): Refusal | null
  /** `docker stack deploy`. */
  deploy(host: string, stack: Stack): Refusal | null
  /** Removes networks and services by name; those that are not there are passed over. `docker stack rm`. */
  removeStack(host: string, services: readonly string[], networks: readonly string[]): Refusal | null
  member(host: string): Member | null
  /** In order of creation. */
  clusters(): readonly Cluster[]
  /** Containers of a machine that started along with others in any order, so that their local addresses vary. */
  startedTogether(host: string): ReadonlySet<string>
  /** Tasks an engine would not start, with its reason, since the last call. */
  failures(): readonly RefusedTask[]
}

export function createSwarm(rules: Rules, hosts: readonly SwarmHost[], arrange: Arrange = IN_ORDER): Swarm {
  const byName = new Map(hosts.map((host) => [host.name, host]))
  const members = new Map<string, Member>()
  const clusters: Cluster[] = []
  const quorums = new Map<Cluster, Quorum>()
  const together = new Map<string, Set<string>>(hosts.map((host) => [host.name, new Set<string>()]))
  const failures: RefusedTask[] = []
  let unnamed = 0

  function enter(host: SwarmHost, cluster: Cluster, role: 'manager' | 'worker'): void {
    members.set(host.name, { cluster, role })
    const quorum = quorumOf(cluster)
    if (role === 'manager') quorum.join(host.name)
    prepareNode(host.engine)
    host.engine.joinCluster(
      clusterNetworks(cluster, host.name, () => members.get(host.name)?.role ?? role, quorum.holds),
    )
    cluster.join({ name: host.name, role, ip: host.ip, labels: host.labels })
    run(cluster)
  }

  /** Has the nodes do what the managers decided. */
  function run(cluster: Cluster): void {
    runChanges(cluster, byName, together, failures)
  }

  function init(host: SwarmHost, operation: SwarmInit): Refusal | null {
    if (members.has(host.name)) return ALREADY_IN_SWARM
    const pools = addressPools(operation)
    if ('code' in pools) return pools
    const [first, second] = host.links
    if (operation.advertiseAddr === '' && first !== undefined && second !== undefined) {
      return severalAddresses(first, second)
    }
    const cluster = createCluster(rules, pools, arrange)
    clusters.push(cluster)
    enter(host, cluster, 'manager')
    return null
  }

  function join(host: SwarmHost, operation: SwarmJoin): Refusal | null {
    if (members.has(host.name)) return ALREADY_IN_SWARM
    const cluster = clusterAt(operation.remote)
    if (cluster === null) return noManagerThere(operation.remote, operation.origins?.remote)
    enter(host, cluster, operation.role ?? host.role ?? 'worker')
    return null
  }

  /** The swarm a manager of which has that address; any where no addresses are known. */
  function clusterAt(remote: string): Cluster | null {
    const ip = remote.replace(/:\d+$/, '')
    for (const [name, { cluster, role }] of members) {
      const address = byName.get(name)?.ip ?? ''
      if (role === 'manager' && (address === ip || address === '' || ip === name)) return cluster
    }
    return null
  }

  function leave(host: SwarmHost, operation: SwarmLeave): Refusal | null {
    const member = members.get(host.name)
    if (member === undefined) return NOT_IN_SWARM
    const quorum = quorumOf(member.cluster)
    if (member.role === 'manager' && !operation.force) {
      return leavingManager(quorum.reachable(), quorum.unreachable())
    }
    members.delete(host.name)
    if (quorum.leave(host.name)) member.cluster.changeLeader()
    member.cluster.leave(host.name)
    run(member.cluster)
    retireNode(host.engine, member.cluster)
    together.get(host.name)?.clear()
    if (![...members.values()].some((m) => m.cluster === member.cluster)) {
      clusters.splice(clusters.indexOf(member.cluster), 1)
    }
    return null
  }

  function quorumOf(cluster: Cluster): Quorum {
    const quorum = quorums.get(cluster) ?? createQuorum()
    quorums.set(cluster, quorum)
    return quorum
  }

  /** Runs what only a manager may do. */
  function asManager(hostName: string, action: (cluster: Cluster) => Refusal | null): Refusal | null {
    const member = members.get(hostName)
    if (member === undefined) return NO_SWARM
    if (member.role !== 'manager') return WORKER
    if (!quorumOf(member.cluster).holds()) return NO_LEADER
    const refusal = action(member.cluster)
    run(member.cluster)
    return refusal
  }

  function updateNode(
    cluster: Cluster,
    name: string,
    update: NodeUpdate,
    at: Span | undefined,
  ): Refusal | null {
    const node = cluster.node(name, at)
    if ('code' in node) return node
    const { role } = update
    if (role === 'worker' && node.role === 'manager') {
      const quorum = quorumOf(cluster)
      if (quorum.reachable() + quorum.unreachable() === 1) return demotingLastManager(at)
      if (quorum.demote(name)) cluster.changeLeader()
    }
    if (role === 'manager' && node.role === 'worker' && node.alive) quorumOf(cluster).join(name)
    if (role !== null && role !== node.role) {
      if (node.alive) members.set(name, { cluster, role })
      cluster.changeRole(node, role)
    }
    return cluster.updateNode(node, update)
  }

  function removeNode(cluster: Cluster, name: string, force: boolean, at: Span | undefined): Refusal | null {
    const node = cluster.node(name, at)
    if (force && !('code' in node) && node.alive && node.role === 'worker') {
      const message = 'A node that is removed by force while it is up is not simulated'
      return {
        code: 'UNSUPPORTED_COMMAND',
        message,
        at,
        hint: say`Have it leave first: [${name}] docker swarm leave.`,
      }
    }
    return cluster.removeNode(name, at)
  }

  /** moby `daemon/cluster/networks.go: populateNetworkID` */
  function refusedNetworks(
    hostName: string,
    cluster: Cluster,
    networks: readonly ServiceNetworkRequest[],
  ): Refusal | null {
    for (const { network: name, origins } of networks) {
      if (cluster.overlays.has(name) || EVERYWHERE.has(name)) continue
      const local = byName.get(hostName)?.engine.network(name) != null
      return local ? localNetworkForService(name, origins?.network) : networkNotFound(name, origins?.network)
    }
    return null
  }

  function service(hostName: string, operation: SwarmOperation, cluster: Cluster): Refusal | null {
    switch (operation.op) {
      case 'service-create':
        return (
          refusedNetworks(hostName, cluster, operation.networks) ??
          cluster.createService(
            // The engine makes a name up. @see moby `daemon/cluster/convert/service.go`
            operation.name === '' ? { ...operation, name: `unnamed-${++unnamed}` } : operation,
          )
        )
      case 'service-update':
        return refusedNetworks(hostName, cluster, operation.networkAdd) ?? cluster.updateService(operation)
      case 'service-scale':
        return firstRefusal(operation.replicas, (s) => cluster.scaleService(s.service, s.replicas, s.origin))
      case 'service-rollback':
        return cluster.rollbackService(operation.service, operation.origins?.service)
      case 'node-update':
        return firstRefusal(operation.names, (name, index) =>
          updateNode(
            cluster,
            name === 'self' ? hostName : name,
            operation,
            operation.origins?.names?.[index],
          ),
        )
      case 'node-rm':
        return firstRefusal(operation.names, (name, index) =>
          removeNode(cluster, name, operation.force, operation.origins?.names?.[index]),
        )
      case 'service-rm':
        return firstRefusal(operation.names, (name, index) =>
          cluster.removeService(name, operation.origins?.names?.[index]),
        )
      default:
        return null
    }
  }

  return {
    execute(hostName, operation) {
      const host = byName.get(hostName)
      if (host === undefined) return NOT_IN_SWARM
      switch (operation.op) {
        case 'swarm-init':
          return init(host, operation)
        case 'swarm-join':
          return join(host, operation)
        case 'swarm-leave':
          return leave(host, operation)
        default:
          return asManager(hostName, (cluster) => service(hostName, operation, cluster))
      }
    },
    deploy: (hostName, stack) =>
      asManager(hostName, (cluster) => {
        const created = [...(stack.existing ?? []).map(({ request }) => request), ...stack.networks].map(
          (n) => n.name,
        )
        for (const spec of stack.services) {
          const others = spec.networks.filter(({ network }) => !created.includes(network))
          const refusal = refusedNetworks(hostName, cluster, others)
          if (refusal !== null) return { ...refusal, part: spec.name }
        }
        return cluster.deployStack(stack)
      }),
    removeStack: (hostName, services, networks) =>
      asManager(
        hostName,
        (cluster) =>
          firstRefusal(
            services.filter((name) => cluster.services.has(name)),
            (name) => cluster.removeService(name),
          ) ??
          firstRefusal(
            networks.filter((name) => cluster.overlays.has(name)),
            (name) => cluster.removeNetwork(name),
          ),
      ),
    member: (host) => members.get(host) ?? null,
    clusters: () => clusters,
    startedTogether: (host) => together.get(host) ?? new Set(),
    failures: () => failures.splice(0),
  }
}

/** Networks every node has, which a service may name. */
const EVERYWHERE: ReadonlySet<string> = new Set(['bridge', 'host', 'none'])

/** A client goes on with the next name after a refusal, and fails in the end. */
function firstRefusal<T>(
  items: readonly T[],
  run: (item: T, index: number) => Refusal | null,
): Refusal | null {
  let first: Refusal | null = null
  for (const [index, item] of items.entries()) {
    const refusal = run(item, index)
    first ??= refusal
  }
  return first
}
