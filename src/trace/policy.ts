/** What a network lets through in one family, and the names of the things that do it. */
import { formatAddress } from '../net/index.ts'
import type { Plan, PlanNetwork } from '../plan/plan.ts'

type FamilyPolicy = PlanNetwork['policy']['ipv4']

export function policyOf({ policy }: PlanNetwork, family: 4 | 6): FamilyPolicy {
  return family === 4 ? policy.ipv4 : policy.ipv6
}

/** The address packets leave with: `''` for that of the interface they leave by, `null` for their own. */
export function sourceOf(network: PlanNetwork, family: 4 | 6): string | null {
  return textOf(policyOf(network, family).source)
}

/** The same of what the host itself sends into the network, without docker-proxy. */
export function sourceFromHost(network: PlanNetwork, family: 4 | 6): string | null {
  return textOf(policyOf(network, family).fromHost)
}

const textOf = (source: FamilyPolicy['source']): string | null =>
  source === 'masquerade' ? '' : source === null ? null : formatAddress(source)

/** Whether the raw table keeps packets from elsewhere off the containers' own addresses. */
export function isGuarded(plan: Plan, network: PlanNetwork, family: 4 | 6): boolean {
  const { filtered, gateway } = policyOf(network, family)
  return filtered && plan.rules.dropsDirectAccess && gateway !== 'routed' && gateway !== 'nat-unprotected'
}

/** The name of a bridge's device; a placeholder where it follows from a random id. */
export function deviceOf(network: PlanNetwork): string {
  return network.device === '' ? `br-<${network.name}>` : network.device
}
