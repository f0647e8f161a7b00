/** Containers that Docker starts at once, in an order left to chance: after a restart of the engine, `compose restart`. */
import type { Container, Endpoint, Network } from '../../engine/state.ts'
import { type HostState, placeKey, type Session } from './session.ts'

/**
 * Marks what they got as one of several outcomes, where another order would have given something else.
 *
 * @param pin what to write so that it would not.
 */
export function markTogether(
  session: Session,
  host: HostState,
  started: readonly Container[],
  pin: string,
): void {
  const byNetwork = new Map<Network, Endpoint[]>()
  for (const { sandbox } of started) {
    for (const { endpoint } of sandbox?.interfaces ?? []) {
      if (endpoint.network.scope === 'swarm') continue
      byNetwork.set(endpoint.network, [...(byNetwork.get(endpoint.network) ?? []), endpoint])
    }
  }
  for (const endpoints of byNetwork.values()) {
    for (const family of [4, 6] as const) {
      const dynamic = endpoints.filter((one) =>
        family === 4 ? one.ipv4 && !one.declared4 : one.ipv6 && !one.declared6,
      )
      if (dynamic.length > 1) for (const endpoint of dynamic) host.chance.markEndpoint(endpoint, family, pin)
    }
  }
  const choosing = started.filter(({ sandbox }) => sandbox?.ports.some(({ dynamic }) => dynamic) ?? false)
  if (choosing.length > 1)
    for (const { name } of choosing) session.chancePorts.add(placeKey(host.entry.name, name))
}
