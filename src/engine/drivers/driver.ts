import type { Family } from '../../net/index.ts'
import type { Rules } from '../../rules/index.ts'
import type { DaemonConfig } from '../facts.ts'
import type { Refusal } from '../operation.ts'
import type { Endpoint, EngineState, Gateway, Network } from '../state.ts'
import type { NetworkPolicy } from './policy.ts'

/** What decides how a driver treats a network, before it exists. */
export interface DriverChoice {
  readonly driver: string
  readonly internal: boolean
  readonly parent: string
  /** macvlan and ipvlan mode, `''` for the default. */
  readonly mode: string
  readonly options: ReadonlyMap<string, string>
}

/** What of a network its policy is made of. */
export type Settings = Pick<Network, 'internal' | 'mode' | 'options'>
/** What of an engine it depends on. */
export type PolicyFacts = {
  readonly rules: Rules
  readonly daemon: Pick<DaemonConfig, 'userlandProxy' | 'ip6tables'>
}

/** All that differs between the kinds of networks an engine makes itself. */
export interface Driver {
  /** Its networks have subnets. */
  readonly hasSubnets: boolean
  /** Where the MAC of an endpoint comes from when nobody gave one: as the release has it, or the parent's. */
  readonly mac: 'own' | 'parent'
  /** Without a parent interface it gets a dummy, and so no way out. */
  readonly needsParent: boolean
  /** Whether a family gets no gateway address unless one is given. */
  skipsGateway(choice: DriverChoice, family: Family, rules: Rules): boolean
  /** What it says to a new network that IPAM has given its subnets to; `null` when it makes it. */
  check(state: EngineState, network: Network): Refusal | null
  /**
   * The gateway it offers to a container, `null` for none. Asked of endpoints with an address of the family only.
   */
  gatewayOf(rules: Rules, endpoint: Endpoint, family: Family): Gateway | null
  policy(network: Settings, facts: PolicyFacts): NetworkPolicy
}

/** The gateway of the subnet an endpoint has its address of. */
export function subnetGateway(endpoint: Endpoint, family: Family): Gateway | null {
  const address = subnetOf(endpoint, family)?.gateway ?? null
  return address === null ? null : { address }
}

export function subnetOf({ leases, network }: Endpoint, family: Family): Network['subnets'][number] | null {
  const lease = leases.find((one) => one.address.family === family)?.lease
  return network.subnets.find((subnet) => subnet.lease !== null && subnet.lease === lease) ?? null
}
