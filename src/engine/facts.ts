import { type DefaultPool, LOCAL_POOLS } from '../ipam/index.ts'
import type { Address, Cidr, Prefix } from '../net/index.ts'
import type { Rules } from '../rules/index.ts'

/** What a Docker Engine finds on its machine and in its configuration when it starts. */
export interface EngineFacts {
  /** What holds in its release. */
  readonly rules: Rules
  /** Name of the machine. */
  readonly host: string
  /** The engine's id (`docker info`), from which its IPv6 default pool follows. */
  readonly id: string
  readonly interfaces: readonly HostInterface[]
  /**
   * `false`: nobody said which interfaces the machine has. Parents of macvlan and ipvlan are then taken to exist,
   * and private addresses to be the machine's.
   */
  readonly interfacesKnown: boolean
  /** Subnets of on-link IPv4 routes; routes via a gateway do not count. */
  readonly onLink: readonly Prefix[]
  /** Of the machine's resolv.conf. */
  readonly nameservers: readonly Address[]
  readonly daemon: DaemonConfig
}

export interface HostInterface {
  readonly name: string
  readonly addresses: readonly Cidr[]
}

/** As in daemon.json; `null` where not set. */
export interface DaemonConfig {
  readonly bip: Cidr | null
  readonly fixedCidr: Prefix | null
  readonly fixedCidrV6: Prefix | null
  /** Empty: the built-in ones. */
  readonly defaultAddressPools: readonly DefaultPool[]
  readonly ipv6: boolean
  readonly userlandProxy: boolean
  /** Containers live on while the engine restarts. */
  readonly liveRestore: boolean
  /** Way out of the default bridge in place of its own address. */
  readonly defaultGateway: Address | null
  readonly defaultGatewayV6: Address | null
  /** Options of the default bridge that differ from its usual ones. */
  readonly bridgeOptions: ReadonlyMap<string, string>
  /** Options of new networks, by driver. */
  readonly networkOptions: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** `null`: as the release has it. */
  readonly ip6tables: boolean | null
  /** For containers that do not say otherwise. */
  readonly dns: readonly string[]
  readonly dnsSearch: readonly string[]
  readonly dnsOptions: readonly string[]
}

/** What networks without a subnet are cut from, as they are written. */
export function localPools({ defaultAddressPools }: DaemonConfig): readonly DefaultPool[] {
  return defaultAddressPools.length > 0 ? defaultAddressPools : LOCAL_POOLS
}
