import type { Endpoint, EndpointObserver, Network, NetworkSubnet } from '../../engine/state.ts'
import type { AddressPool } from '../../ipam/index.ts'
import type { Family } from '../../net/index.ts'
import type { Certainty } from '../plan.ts'

/** How sure a value is, and what to write so that it is. */
export interface Sureness {
  readonly certainty: Certainty
  /** `''` when it is sure. */
  readonly pin: string
}

export const SURE: Sureness = { certainty: 'computed', pin: '' }
export const DECLARED: Sureness = { certainty: 'declared', pin: '' }

const byChance = (pin: string): Sureness => ({ certainty: 'one-of-several', pin })

/**
 * What one engine's addresses owe to chance. A front end that asks for things in an order Docker does not keep says
 * so here; from then on whatever takes the place of such an address is left to chance too.
 */
export interface Chance {
  /** To be handed to the engine. */
  readonly observer: EndpointObserver
  markEndpoint(endpoint: Endpoint, family: Family, pin: string): void
  /** An endpoint whose being there was taken for granted: what comes after it on its network depends on that. */
  assumeEndpoint(endpoint: Endpoint, pin: string): void
  /** The subnets of a family that the engine chose for a network could have been others. */
  markNetwork(network: Network, family: Family, pin: string): void
  /** What a network has was taken for granted, be it given or chosen. */
  assume(network: Network, pin: string): void
  /** A network was just made. */
  networkMade(network: Network): void
  /** A network is gone. */
  networkGone(network: Network): void
  ofAddress(endpoint: Endpoint, family: Family): Sureness
  ofSubnet(network: Network, subnet: NetworkSubnet): Sureness
}

const PIN_LATER = 'give the containers started together addresses of their own (ipv4_address)'

type Pins = Map<Family, string>

export function createChance(): Chance {
  const endpoints = new WeakMap<Endpoint, Pins>()
  const networks = new Map<Network, Pins>()
  /** Pools in which an address left to chance has been given back. */
  const pools = new WeakMap<AddressPool, string>()
  const spoiled: Pins = new Map()

  const assumed = new WeakMap<Network, string>()

  function ofSubnet(network: Network, { family, given }: NetworkSubnet): Sureness {
    const guess = assumed.get(network)
    if (guess !== undefined) return byChance(guess)
    if (given) return network.predefined ? SURE : DECLARED
    const pin = networks.get(network)?.get(family)
    return pin === undefined ? SURE : byChance(pin)
  }

  function ofAddress(endpoint: Endpoint, family: Family): Sureness {
    if (family === 4 ? endpoint.declared4 : endpoint.declared6) return DECLARED
    const pin = endpoints.get(endpoint)?.get(family)
    if (pin !== undefined) return byChance(pin)
    const lease = endpoint.leases.find(({ address }) => address.family === family)?.lease
    const subnet = endpoint.network.subnets.find((one) => one.lease !== null && one.lease === lease)
    const own = subnet === undefined ? SURE : ofSubnet(endpoint.network, subnet)
    return own.certainty === 'one-of-several' ? own : SURE
  }

  return {
    observer: {
      allocated(endpoint) {
        for (const { lease, address } of endpoint.leases) {
          const pin = pools.get(lease.pool)
          if (pin !== undefined) pinsOf(endpoints, endpoint).set(address.family, pin)
        }
      },
      released(endpoint) {
        const isEmpty = endpoint.network.endpoints.size === 0
        const chance = endpoints.get(endpoint)
        for (const { lease, address } of endpoint.leases) {
          if (isEmpty) pools.delete(lease.pool)
          else if (chance?.has(address.family) === true) pools.set(lease.pool, PIN_LATER)
        }
      },
    },
    markEndpoint: (endpoint, family, pin) => void pinsOf(endpoints, endpoint).set(family, pin),
    assumeEndpoint(endpoint, pin) {
      for (const { lease, address } of endpoint.leases) {
        pinsOf(endpoints, endpoint).set(address.family, pin)
        pools.set(lease.pool, pin)
      }
    },
    assume: (network, pin) => void assumed.set(network, pin),
    markNetwork: (network, family, pin) => pinsOf(networks, network).set(family, pin),
    networkMade(network) {
      for (const [family, pin] of spoiled) {
        if (network.subnets.some((s) => s.family === family && !s.given && s.lease !== null))
          pinsOf(networks, network).set(family, pin)
      }
    },
    networkGone(network) {
      const pins = networks.get(network)
      if (pins === undefined) return
      networks.delete(network)
      for (const [family, pin] of pins) {
        // With the last of them everything that was left to chance is given back.
        const isLast = ![...networks.values()].some((others) => others.has(family))
        if (isLast) spoiled.delete(family)
        else spoiled.set(family, pin)
      }
    },
    ofAddress,
    ofSubnet,
  }
}

function pinsOf<Key>(
  all: { get(key: Key): Pins | undefined; set(key: Key, pins: Pins): unknown },
  key: Key,
): Pins {
  const pins = all.get(key) ?? new Map<Family, string>()
  all.set(key, pins)
  return pins
}
