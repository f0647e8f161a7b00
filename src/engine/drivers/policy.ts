import type { Address } from '../../net/index.ts'

/** What a driver made of a network's options, in the release of its engine: how it treats packets. */
export interface NetworkPolicy {
  /** What the endpoints of its containers hang on. */
  readonly link: 'bridge' | 'parent' | 'overlay' | 'none'
  /** Containers of the network reach each other (`enable_icc`, macvlan mode `private`). */
  readonly icc: boolean
  /** Address of the host that ports are bound to where none is asked for (`host_binding_ipv4`); `null`: any. */
  readonly hostBinding: Address | null
  /** Interfaces of the host from which all ports of the containers are open (`trusted_host_interfaces`). */
  readonly trusted: readonly string[]
  /** The bridge has no IPv4 address of its own (`inhibit_ipv4`, gateway mode `isolated`). */
  readonly unnumbered: boolean
  /** Mode of macvlan (`bridge`, `private`, `vepa`, `passthru`) or ipvlan (`l2`, `l3`, `l3s`); `''` for others. */
  readonly mode: string
  readonly ipv4: FamilyPolicy
  readonly ipv6: FamilyPolicy
}

/** Between a network and the world outside, in one family. */
export interface FamilyPolicy {
  /**
   * `nat`: published ports alone are open, at addresses of the host. `nat-unprotected`: all ports are open at the
   * container's own address besides. `routed`: published ports are open there and nowhere else, untranslated.
   * `isolated`: not even the host is on the network.
   */
  readonly gateway: GatewayMode
  /** Source address of packets that leave: the host's, this very one (`host_ipv4`), or `null` for the container's own. */
  readonly source: 'masquerade' | Address | null
  /** The same of packets that the host itself sends into the bridge, where the engine has no docker-proxy. */
  readonly fromHost: 'masquerade' | Address | null
  /**
   * Packets from this network for a published port are not translated but left to docker-proxy (the rule
   * `-i BRIDGE -j RETURN` of chain DOCKER in table nat).
   */
  readonly skipsDnat: boolean
  /** The engine filters and translates packets of this family at all. */
  readonly filtered: boolean
}

export type GatewayMode = 'nat' | 'nat-unprotected' | 'routed' | 'isolated'

/** Nothing stands between such a network and what it is linked to. */
export const OPEN: FamilyPolicy = {
  gateway: 'nat',
  source: null,
  fromHost: null,
  skipsDnat: false,
  filtered: false,
}

/** Of networks that are no bridge. */
export function openPolicy(link: NetworkPolicy['link'], mode: string, icc: boolean): NetworkPolicy {
  return {
    link,
    icc,
    hostBinding: null,
    trusted: [],
    unnumbered: false,
    mode,
    ipv4: OPEN,
    ipv6: OPEN,
  }
}
