/** What brings back a container, or its endpoint, that an engine does not have. */
import { formatContainerStart, formatNetworkConnect } from '../command/format.ts'
import { NO_WISHES } from '../engine/operation.ts'
import { addressText } from '../net/index.ts'
import type { Plan, PlanContainer, PlanEndpoint, PlanNetwork } from '../plan/plan.ts'
import type { NamedEngine } from './names.ts'
import { renameAdvice, renamedTo, rerunAdvice } from './rerun.ts'

/** @param names of the containers that the plan has on this engine. */
export function missingAdvice(
  plan: Plan,
  container: PlanContainer,
  engine: NamedEngine,
  names: ReadonlySet<string>,
): string {
  if (isTask(plan, container)) return `is the service of ${container.name} deployed?`
  const renamed = renamedTo(container, names, engine)
  return renamed === null ? rerunAdvice(plan, container, engine, null) : renameAdvice(renamed, container)
}

export function absentAdvice(
  plan: Plan,
  network: PlanNetwork,
  endpoint: PlanEndpoint,
  engine: NamedEngine,
): string {
  const container = plan.containers.get(endpoint.container)
  if (container === undefined) return 'it appears with the first task of its network on this node'
  if (isTask(plan, container)) return `is the service of ${container.name} deployed?`
  const found = engine.containers.get(container.name)
  const real = engine.networks.get(network.key)?.network.name ?? network.name
  const connect = joinCommand(plan, network, container, real, found?.name ?? container.name)
  if (found !== undefined)
    return `on the engine: ${['running', 'paused'].includes(found.state) ? connect : formatContainerStart(found.name)}`
  // Without `docker inspect` nobody knows whether it is there.
  if (engine.containers.size === 0)
    return `on the engine: ${formatContainerStart(container.name)}; or ${connect}`
  const names = new Set(plan.containers.keys())
  return missingAdvice(plan, container, engine, names)
}

/** `docker network connect` with all that the plan has of it. @param name of the network on the engine. */
export function joinCommand(
  plan: Plan,
  network: PlanNetwork,
  container: PlanContainer,
  name: string,
  real: string,
): string {
  const attachment = container.endpoints.get(network.key)
  const takes =
    network.name !== 'bridge' &&
    (!plan.rules.staticAddressNeedsGivenSubnet || network.subnets.some(({ given }) => given))
  const wishes = {
    ...NO_WISHES,
    network: name,
    ipv4: takes ? addressText(attachment?.ipv4?.address) : '',
    ipv6: takes ? addressText(attachment?.ipv6?.address) : '',
    aliases: (attachment?.aliases ?? []).filter((alias) => alias !== container.name),
    links: [...(attachment?.links ?? [])].map(([alias, target]) => `${target}:${alias}`),
    gwPriority: attachment?.gwPriority ?? 0,
  }
  return formatNetworkConnect(wishes, real)
}

/** Of a service of a swarm; one of Compose has its service's key too. */
const isTask = (plan: Plan, { service, endpoints }: PlanContainer): boolean =>
  service !== '' && [...endpoints.keys()].some((key) => plan.networks.get(key)?.scope === 'swarm')
