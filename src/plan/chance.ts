import type { Endpoint, EndpointObserver, Network } from '../engine/state.ts'
import type { AddressPool } from '../ipam/index.ts'
import type { Certainty } from './plan.ts'

/** How sure a value is, and what to write so that it is. */
export interface Sureness {
  readonly certainty: Certainty
  /** `''` when it is sure. */
  readonly pin: string
}

export const SURE: Sureness = { certainty: 'computed', pin: '' }

/**
 * What one engine's addresses owe to chance. A front end that asks for things in an order Docker does not keep says
 * so here; from then on whatever takes the place of such an address is left to chance too.
 */
export interface Chance {
  /** To be handed to the engine. */
  readonly observer: EndpointObserver
  markEndpoint(endpoint: Endpoint, pin: string): void
  markNetwork(network: Network, pin: string): void
  /** The default pools have been taken from in an order left to chance, and given back in part. */
  markPools(pin: string): void
  /** A network was just made. */
  networkMade(network: Network): void
  /** A network is gone. */
  networkGone(network: Network): void
  ofEndpoint(endpoint: Endpoint): Sureness
  ofNetwork(network: Network): Sureness
}

const PIN_LATER = 'give the containers started together addresses of their own (ipv4_address)'

export function createChance(): Chance {
  const endpoints = new WeakMap<Endpoint, string>()
  const networks = new Map<Network, string>()
  /** Pools in which an address left to chance has been given back. */
  const pools = new WeakMap<AddressPool, string>()
  let spoiled = ''

  function ofNetwork(network: Network): Sureness {
    const pin = networks.get(network)
    if (pin !== undefined) return { certainty: 'one-of-several', pin }
    const given = network.subnets.length > 0 && network.subnets.every((s) => s.given)
    return given && !network.predefined ? { certainty: 'declared', pin: '' } : SURE
  }

  function ofEndpoint(endpoint: Endpoint): Sureness {
    const declared =
      (endpoint.ipv4 === null || endpoint.declared4) && (endpoint.ipv6 === null || endpoint.declared6)
    if (declared && (endpoint.ipv4 !== null || endpoint.ipv6 !== null))
      return { certainty: 'declared', pin: '' }
    const pin = endpoints.get(endpoint) ?? networks.get(endpoint.network)
    return pin === undefined ? SURE : { certainty: 'one-of-several', pin }
  }

  return {
    observer: {
      allocated(endpoint) {
        for (const { lease } of endpoint.leases) {
          const pin = pools.get(lease.pool)
          if (pin !== undefined) endpoints.set(endpoint, pin)
        }
      },
      released(endpoint) {
        const isEmpty = endpoint.network.endpoints.size === 0
        const wasChance = endpoints.has(endpoint)
        for (const { lease } of endpoint.leases) {
          if (isEmpty) pools.delete(lease.pool)
          else if (wasChance) pools.set(lease.pool, PIN_LATER)
        }
      },
    },
    markEndpoint: (endpoint, pin) => endpoints.set(endpoint, pin),
    markNetwork: (network, pin) => networks.set(network, pin),
    markPools(pin) {
      spoiled = pin
    },
    networkMade(network) {
      if (spoiled !== '' && network.subnets.some((s) => !s.given && s.lease !== null))
        networks.set(network, spoiled)
    },
    networkGone(network) {
      const pin = networks.get(network)
      if (pin === undefined) return
      networks.delete(network)
      // With the last of them everything that was left to chance is given back.
      spoiled = networks.size === 0 ? '' : pin
    },
    ofEndpoint,
    ofNetwork,
  }
}
