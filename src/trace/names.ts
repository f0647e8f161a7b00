/** What a name is to a container: /etc/hosts, the engine's resolver 127.0.0.11, or the host's name servers. */

import type { Plan, PlanContainer, PlanNetwork } from '../plan/plan.ts'
import { SOMEWHERE } from './somewhere.ts'
import { add, drop, inContainer, type Walk } from './walk.ts'
import { addressesOf, isDefaultBridge, runningOf, textOf } from './world.ts'

const RESOLVER = '127.0.0.11'

interface NameAnswer {
  readonly network: string
  readonly answers: readonly string[]
  readonly answerIs: 'container' | 'vip'
}

/** Asks for a name as a libc does. @returns the address; `null` after a drop. */
export function ask(
  walk: Walk,
  container: PlanContainer,
  sandbox: PlanContainer,
  name: string,
): string | null {
  const written = askHostsFile(walk, container, sandbox, name)
  if (written !== null) return written
  const answer = resolveName(walk.plan, sandbox, name)
  if (answer === null) return unknownName(walk, sandbox, name)
  const [first = ''] = answer.answers
  if (answer.answers.length > 1) walk.certain = false
  add(walk, inContainer(sandbox, answer.network), {
    kind: 'resolve',
    name,
    server: RESOLVER,
    answers: answer.answers,
    answer: first,
    answerIs: answer.answerIs,
  })
  return first
}

/** What /etc/hosts says, which is asked before any server; `null` where it says nothing. */
function askHostsFile(
  walk: Walk,
  container: PlanContainer,
  sandbox: PlanContainer,
  name: string,
): string | null {
  const written = inHostsFile(walk.plan, container, sandbox, name)
  if (written !== null) add(walk, inContainer(sandbox, ''), { kind: 'hosts', name, answer: written })
  return written
}

/** A host name of the internet. */
export function askOutside(
  walk: Walk,
  container: PlanContainer,
  sandbox: PlanContainer,
  name: string,
): string | null {
  const written = askHostsFile(walk, container, sandbox, name)
  if (written !== null) return written
  const networks = networksOf(walk.plan, sandbox)
  // The engine's resolver asks on only for a sandbox that has a way out itself.
  const canAsk = sandbox.defaultRoute !== null || sandbox.defaultRoute6 !== null
  if (networks.length === 0 || !canAsk || networks.every((network) => network.internal)) {
    drop(walk, inContainer(sandbox, networks[0]?.key ?? ''), 'name-unknown', name, namesOf(networks))
    return null
  }
  add(walk, inContainer(sandbox, networks[0]?.key ?? ''), {
    kind: 'resolve',
    name,
    server: networks.some(isNamed) ? RESOLVER : '',
    answers: [SOMEWHERE],
    answer: SOMEWHERE,
    answerIs: 'external',
  })
  return SOMEWHERE
}

const namesOf = (networks: readonly PlanNetwork[]): string => networks.map(({ key }) => key).join(', ')

function networksOf(plan: Plan, sandbox: PlanContainer): readonly PlanNetwork[] {
  return [...sandbox.endpoints.keys()].flatMap((key) => plan.networks.get(key) ?? [])
}

/** Whether names are resolved on a network. */
function isNamed(network: PlanNetwork): boolean {
  return !isDefaultBridge(network) && network.name !== 'docker_gwbridge'
}

function unknownName(walk: Walk, sandbox: PlanContainer, name: string): null {
  const { plan } = walk
  const networks = networksOf(plan, sandbox)
  const target = plan.containers.get(name)
  const empty = plan.services.has(name) && runningOf(plan, name).length === 0
  const onlyDefault = networks.length > 0 && networks.every(isDefaultBridge)
  const reason =
    target !== undefined && target.state !== 'running'
      ? 'not-running'
      : empty
        ? 'no-task'
        : onlyDefault
          ? 'name-on-default-bridge'
          : 'name-unknown'
  drop(walk, inContainer(sandbox, networks[0]?.key ?? ''), reason, name, namesOf(networks))
  walk.effect = 'unknown-name'
  return null
}

/**
 * /etc/hosts: localhost, what `--add-host` says, links on the default bridge, and the own host name.
 * @see moby `daemon/container_operations.go: buildSandboxOptions`, `libnetwork/etchosts/etchosts.go`
 */
function inHostsFile(
  plan: Plan,
  container: PlanContainer,
  sandbox: PlanContainer,
  name: string,
): string | null {
  if (name === 'localhost') return '127.0.0.1'
  for (const { name: own, address } of container.extraHosts)
    if (own === name && address !== '') return address
  for (const key of sandbox.endpoints.keys()) {
    const network = plan.networks.get(key)
    if (network === undefined || !isDefaultBridge(network)) continue
    const target = plan.containers.get(sandbox.links.get(name) ?? '')
    const endpoint = target?.endpoints.get(key)
    if (endpoint !== undefined) return addressesOf(endpoint)[0] ?? null
  }
  const [first] = [...sandbox.endpoints.values()].flatMap(addressesOf)
  return sandbox.hostname === name && first !== undefined ? first : null
}

/**
 * The first of the sender's networks that knows a name answers it: overlays before ingress and docker_gwbridge.
 * The default bridge knows no names.
 *
 * @see moby `libnetwork/sandbox_dns_unix.go`, `libnetwork/sandbox.go: ResolveName`; `libnetwork/network.go: ResolveName`
 */
function resolveName(plan: Plan, sender: PlanContainer, name: string): NameAnswer | null {
  const networks = byGateway(plan, sender)
  const ordered = [
    ...networks.filter((n) => n.scope === 'swarm' && !n.ingress),
    ...networks.filter((n) => n.scope !== 'swarm'),
    ...networks.filter((n) => n.ingress),
  ].filter(isNamed)
  // Links go before names, on each network that the link was made for.
  for (const network of ordered) {
    const target = plan.containers.get(sender.endpoints.get(network.key)?.links.get(name) ?? '')
    const endpoint = target?.state === 'running' ? target.endpoints.get(network.key) : undefined
    if (endpoint !== undefined)
      return { network: network.key, answers: addressesOf(endpoint).slice(0, 1), answerIs: 'container' }
  }
  for (const network of ordered) {
    const suffix = `.${network.name}`
    const asked = name.endsWith(suffix) ? [name.slice(0, -suffix.length), name] : [name]
    for (const one of asked) {
      const answer = answerOn(plan, network, one)
      if (answer !== null) return answer
    }
  }
  return null
}

/**
 * In the order in which they would give the default route: that of the route first, internal ones last, then by name.
 * @see moby `libnetwork/sandbox.go: Less`
 */
function byGateway(plan: Plan, sender: PlanContainer): readonly PlanNetwork[] {
  const isRoute = ({ key }: PlanNetwork): boolean =>
    key === sender.defaultRoute?.network || key === sender.defaultRoute6?.network
  return [...networksOf(plan, sender)].sort(
    (a, b) =>
      Number(isRoute(b)) - Number(isRoute(a)) ||
      Number(a.internal) - Number(b.internal) ||
      (a.name < b.name ? -1 : 1),
  )
}

function answerOn(plan: Plan, network: PlanNetwork, name: string): NameAnswer | null {
  const vip = vipOn(plan, network, name)
  if (vip !== null) return { network: network.key, answers: [vip], answerIs: 'vip' }
  const answers: string[] = []
  for (const container of plan.containers.values()) {
    const attachment = container.endpoints.get(network.key)
    if (attachment === undefined || container.state !== 'running') continue
    if (namesOn(plan, container, network).includes(name)) answers.push(...addressesOf(attachment).slice(0, 1))
  }
  return answers.length === 0 ? null : { network: network.key, answers, answerIs: 'container' }
}

/**
 * Names that lead to a container itself on a network. A service with a VIP keeps its own name and aliases for that,
 * and the name of a task has its id in it, which is random.
 */
function namesOn(plan: Plan, container: PlanContainer, network: PlanNetwork): readonly string[] {
  const service = plan.services.get(container.service)
  const aliases = container.endpoints.get(network.key)?.aliases ?? []
  if (service === undefined) return [container.name, container.hostname, ...aliases]
  const own = [`tasks.${service.name}`]
  return service.endpointMode === 'dnsrr' ? [...own, service.name, ...aliases] : own
}

function vipOn(plan: Plan, network: PlanNetwork, name: string): string | null {
  for (const service of plan.services.values()) {
    const vip = service.vips.get(network.key)
    if (vip === undefined) continue
    const aliases = runningOf(plan, service.name).flatMap((c) => c.endpoints.get(network.key)?.aliases ?? [])
    if (service.name === name || aliases.includes(name)) return textOf(vip)
  }
  return null
}

/** Every name some container of the plan can ask for. */
export function knownNames(plan: Plan): ReadonlySet<string> {
  const names = new Set<string>(['localhost'])
  for (const container of plan.containers.values()) {
    if (container.hostname !== '') names.add(container.hostname)
    for (const name of [...container.dns, ...container.links.keys()]) names.add(name)
    for (const { name } of container.extraHosts) names.add(name)
    for (const { aliases, links } of container.endpoints.values())
      for (const alias of [...aliases, ...links.keys()]) names.add(alias)
  }
  for (const service of plan.services.keys()) names.add(`tasks.${service}`)
  for (const name of [...names, ...plan.containers.keys(), ...plan.services.keys()]) {
    for (const network of plan.networks.values()) names.add(`${name}.${network.name}`)
  }
  return names
}
