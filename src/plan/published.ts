/** Where published ports lead to, and how. */
import type { Cidr } from '../net/index.ts'
import type { Plan, PlanContainer, PlanNetwork, PublishedPort } from './plan.ts'

/**
 * The bridge on which a container's ports are published: that of its default route. `null` where it publishes none.
 * @see moby `libnetwork/endpoint.go: sbJoin`
 */
export function publishingNetwork(plan: Plan, container: PlanContainer): PlanNetwork | null {
  const route = container.defaultRoute ?? container.defaultRoute6
  const network = route === null ? undefined : plan.networks.get(route.network)
  return network !== undefined && network.policy.link === 'bridge' ? network : null
}

/** A published port that the kernel translates, with the container's address it leads to. */
export interface TranslatedPort extends PublishedPort {
  readonly to: Cidr
}

/**
 * Published ports with a DNAT rule. The others are docker-proxy's alone: of IPv6 for a container without it, and of a
 * family in which the engine sets no rules.
 * @see moby `libnetwork/drivers/bridge/internal/iptabler/port.go: setPerPortIptables`
 */
export function translatedPorts(plan: Plan, container: PlanContainer): readonly TranslatedPort[] {
  const network = publishingNetwork(plan, container)
  const attachment = network === null ? undefined : container.endpoints.get(network.key)
  if (network === null || attachment === undefined) return []
  return container.ports.flatMap((port) => {
    const is4 = port.ip.family === 4
    const to = is4 ? attachment.ipv4 : attachment.ipv6
    const { filtered } = is4 ? network.policy.ipv4 : network.policy.ipv6
    return to === null || !filtered ? [] : [{ ...port, to }]
  })
}

/** Whether packets that leave a network get another source address, in a family it has. */
export function isMasqueraded({ ipv4, ipv6, policy }: PlanNetwork): boolean {
  return (ipv4 && policy.ipv4.source !== null) || (ipv6 && policy.ipv6.source !== null)
}
