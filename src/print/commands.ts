/** The docker commands that make what a model shows, on real hosts too. */
import {
  formatContainerCreate,
  formatNetworkCreate,
  formatStackDeploy,
  formatSwarmInit,
  formatSwarmJoin,
} from '../command/format.ts'
import type { ContainerCreate } from '../engine/operation.ts'
import { isRefusal } from '../engine/refusal.ts'
import { withoutLength } from '../net/index.ts'
import type { Plan } from '../plan/plan.ts'
import { planNetworks } from '../plan/plan-networks.ts'
import { activeProject, checkProject } from '../plan/project/check.ts'
import { DEFAULT_NETWORK, networkName, type Project } from '../plan/project/project.ts'
import { containerRequest, networkRequest } from '../plan/project/request.ts'
import type { Topology } from '../topology/topology.ts'

export interface BuildCommand {
  readonly host: string
  readonly text: string
}

/**
 * In the order in which they give the addresses of the plan. Commands the author wrote follow as written.
 * Empty when compose itself would refuse the block.
 */
export function buildCommands(plan: Plan, topology: Topology): readonly BuildCommand[] {
  const first = topology.hosts[0]?.name ?? 'host'
  const typed = topology.commands.map((command) => ({
    host: command.host?.value ?? first,
    text: command.line.text,
  }))
  const started = topology.commands.some(({ line: { text } }) =>
    /\b(?:compose|stack)\b.*\b(?:up|deploy|create)\b/.test(text),
  )
  if (topology.services.size === 0 && topology.swarm === null) return typed
  // After later commands the plan no longer shows what the services were at first.
  const base = typed.length === 0 ? plan : planNetworks({ ...topology, commands: [] }, () => {})
  const own = topology.swarm === null ? localCommands(base, topology) : swarmCommands(topology)
  return started
    ? [...(topology.swarm === null ? [] : clusterCommands(topology)), ...typed]
    : [...own, ...typed]
}

/** One text for a terminal; a comment says where to type when there are several hosts. */
export function commandText(commands: readonly BuildCommand[]): readonly string[] {
  const several = new Set(commands.map((command) => command.host)).size > 1
  let host = ''
  return commands.flatMap((command) => {
    if (!several || command.host === host) return [command.text]
    host = command.host
    return [`# on ${host}`, command.text]
  })
}

/** Keeps a container of an image without a service of its own running. */
function argumentOf(image: string): readonly string[] {
  return image === '' || /^(?:alpine|busybox|debian|ubuntu|bash)(?::|$)/.test(image) ? ['sleep', '1d'] : []
}

function localCommands(plan: Plan, whole: Topology): readonly BuildCommand[] {
  const topology = activeProject(whole, [], [])
  const project: Project = { name: topology.name?.value ?? null, version: 2 }
  const dependencies = checkProject(topology, project.version)
  if (isRefusal(dependencies)) return []
  const keys = new Map([...topology.networks].map(([key, entry]) => [networkName(project, key, entry), key]))
  keys.set(networkName(project, DEFAULT_NETWORK, topology.networks.get(DEFAULT_NETWORK)), DEFAULT_NETWORK)
  const networks = [...plan.networks.values()].flatMap((network) => {
    const key = keys.get(network.name)
    const entry = key === undefined ? undefined : topology.networks.get(key)
    if (key === undefined || entry?.external === true) return []
    const create = networkRequest(typedName(network.name), entry, project)
    return [{ host: network.host, text: formatNetworkCreate(create) }]
  })
  const containers = dependencies.order.flatMap((key) => {
    const service = topology.services.get(key)
    if (service === undefined) return []
    const replicas = service.replicas?.value ?? 1
    return Array.from({ length: replicas }, (_, i) => {
      const asked = containerRequest(topology, project, service, i + 1, replicas, [])
      const create = withTypedNames({ ...asked, start: true })
      const host = plan.containers.get(create.name)?.host ?? plan.hosts[0]?.name ?? ''
      return formatContainerCreate(create, plan.rules, argumentOf(create.image)).map((text) => ({
        host,
        text,
      }))
    }).flat()
  })
  return [...networks, ...containers]
}

/** Compose may call a network `default`; `docker network create` may not. */
function typedName(name: string): string {
  return name === DEFAULT_NETWORK ? 'app_default' : name
}

function withTypedNames(create: ContainerCreate): ContainerCreate {
  const endpoints = create.endpoints.map((endpoint) => ({
    ...endpoint,
    network: typedName(endpoint.network),
    // The container's own name is found anyway.
    aliases: [...new Set(endpoint.aliases)].filter((alias) => alias !== create.name),
  }))
  return { ...create, networkMode: typedName(create.networkMode), endpoints }
}

function clusterCommands({ hosts, swarm }: Topology): readonly BuildCommand[] {
  const [leader, ...others] = hosts
  if (leader === undefined) return []
  const address = (host: typeof leader): string => withoutLength(host.address?.value ?? host.name)
  const init = formatSwarmInit({
    op: 'swarm-init',
    advertiseAddr: address(leader),
    defaultAddrPool: swarm?.defaultAddrPool.map(({ value }) => value) ?? [],
    maskLength: swarm?.maskLength?.value ?? null,
  })
  const join = ({ role }: typeof leader): string =>
    formatSwarmJoin({ op: 'swarm-join', remote: address(leader), advertiseAddr: '', role })
  return [{ host: leader.name, text: init }, ...others.map((host) => ({ host: host.name, text: join(host) }))]
}

/**
 * A stack, not `docker service create` for each: typed one after the other, a node would get its load balancer's
 * address between two services, and the rest would move on.
 */
function swarmCommands(topology: Topology): readonly BuildCommand[] {
  if (topology.services.size === 0) return clusterCommands(topology)
  const host = topology.hosts[0]?.name ?? ''
  const stack = topology.name?.value ?? 'app'
  return [...clusterCommands(topology), { host, text: formatStackDeploy(stack) }]
}
