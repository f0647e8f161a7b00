/** What the engine's resolver, 127.0.0.11, answers to a container. */
import type { Plan, PlanContainer, PlanNetwork } from '../plan/plan.ts'
import { isDefaultBridge, runningOf, textOf } from './world.ts'

export const RESOLVER = '127.0.0.11'

export interface NameAnswer {
  readonly network: string
  readonly answers: readonly string[]
  readonly answerIs: 'container' | 'vip'
}

/**
 * The first of the sender's networks that knows a name answers it: overlays before ingress and docker_gwbridge.
 * The default bridge knows no names.
 *
 * @see moby `libnetwork/sandbox_dns_unix.go`, `libnetwork/sandbox.go: ResolveName`; `libnetwork/network.go: ResolveName`
 */
export function resolveName(plan: Plan, sender: PlanContainer, name: string): NameAnswer | null {
  const networks = [...sender.endpoints.keys()].flatMap((key) => plan.networks.get(key) ?? [])
  const ordered = [
    ...networks.filter((n) => n.scope === 'swarm' && !n.ingress),
    ...networks.filter((n) => n.scope !== 'swarm'),
    ...networks.filter((n) => n.ingress),
  ]
  for (const network of ordered) {
    if (isDefaultBridge(network) || network.name === 'docker_gwbridge') continue
    const suffix = `.${network.name}`
    const asked = name.endsWith(suffix) ? [name.slice(0, -suffix.length), name] : [name]
    for (const one of asked) {
      const answer = answerOn(plan, network, one)
      if (answer !== null) return answer
    }
  }
  return null
}

function answerOn(plan: Plan, network: PlanNetwork, name: string): NameAnswer | null {
  const vip = vipOn(plan, network, name)
  if (vip !== null) return { network: network.key, answers: [vip], answerIs: 'vip' }
  const answers: string[] = []
  for (const container of plan.containers.values()) {
    const attachment = container.endpoints.get(network.key)
    if (attachment === undefined || container.state !== 'running') continue
    const names = namesOn(plan, container, network)
    if (names.includes(name)) answers.push(textOf(attachment.ipv4) || textOf(attachment.ipv6))
  }
  return answers.length === 0 ? null : { network: network.key, answers, answerIs: 'container' }
}

/** Names that lead to a container itself on a network. A service with a VIP keeps its own name and aliases for that. */
function namesOn(plan: Plan, container: PlanContainer, network: PlanNetwork): readonly string[] {
  const service = plan.services.get(container.service)
  const aliases = container.endpoints.get(network.key)?.aliases ?? []
  if (service === undefined) return [...container.dns, ...aliases]
  const own = [container.name, `tasks.${service.name}`]
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
  const names = new Set<string>()
  for (const container of plan.containers.values()) {
    for (const name of [...container.dns, ...container.links.keys()]) names.add(name)
    for (const { aliases } of container.endpoints.values()) for (const alias of aliases) names.add(alias)
  }
  for (const service of plan.services.keys()) names.add(`tasks.${service}`)
  for (const name of [...names, ...plan.containers.keys(), ...plan.services.keys()]) {
    for (const network of plan.networks.values()) names.add(`${name}.${network.name}`)
  }
  return names
}
