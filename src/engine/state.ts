import type { AddressSpace, PoolLease } from '../ipam/index.ts'
import type { Address, Cidr } from '../net/index.ts'
import type { ClusterNetworks } from './cluster.ts'
import type { NetworkPolicy } from './drivers/policy.ts'
import type { EngineFacts } from './facts.ts'
import type { Id, Ids } from './ids.ts'
import type {
  ComposeIdentity,
  ContainerCreate,
  EndpointRequest,
  Labels,
  NameSettings,
  NetworkCreate,
  Origins,
  PortRequest,
  RestartPolicy,
} from './operation.ts'
import type { Arrange } from './order.ts'
import type { PortAllocator } from './ports.ts'

/** One subnet of a network, with the hold on its addresses. */
export interface NetworkSubnet {
  readonly family: 4 | 6
  /** As `docker network inspect` prints it: some releases keep host bits that were given. */
  readonly cidr: Cidr
  /** As it was given, `null` for none. */
  readonly range: Cidr | null
  /** The user gave the subnet; otherwise it is of the default pools. */
  readonly given: boolean
  /** `null`: stored but without effect (an IPv6 subnet of a network without IPv6). */
  readonly lease: PoolLease | null
  /** `null`: the network needs none. */
  readonly gateway: Address | null
  /** The user gave the gateway. */
  readonly gatewayGiven: boolean
  readonly aux: ReadonlyMap<string, Address>
}

/** A network an engine has: of its own, or one of swarm scope that a container of it is on. */
export interface Network {
  readonly name: string
  readonly id: Id
  readonly driver: string
  readonly scope: 'local' | 'swarm' | 'host'
  /** Comes with the engine: bridge, host, none. */
  readonly predefined: boolean
  readonly internal: boolean
  readonly attachable: boolean
  readonly ipv4: boolean
  readonly ipv6: boolean
  readonly options: ReadonlyMap<string, string>
  readonly labels: Labels
  /** What networks made from it are asked for with, where it is nothing else (`--config-only`); else `null`. */
  readonly config: NetworkCreate | null
  /** The network that its settings are of, `''` for none. */
  readonly configFrom: string
  /** Linux device of a bridge: `docker0`, or by option; `''` when it follows from a random id. */
  readonly device: string
  /** Parent interface of macvlan and ipvlan, else `''`. */
  readonly parent: string
  readonly mode: string
  /** How its driver treats packets. */
  readonly policy: NetworkPolicy
  /** The engine has started anew since it was made, and takes all of its subnets for given. */
  isRestored: boolean
  /** A container has been on it since the machine is up, so that its bridge has had a link. */
  wasJoined: boolean
  /** In the order in which `docker network inspect` lists them. */
  subnets: readonly NetworkSubnet[]
  /** By container name, or name of the endpoint, in order of allocation. */
  readonly endpoints: Map<string, Endpoint>
}

/** The joining of one sandbox to one network. */
export interface Endpoint {
  /** Changes with the name of its container. */
  name: string
  /** `''` for endpoints without a container. */
  container: string
  readonly network: Network
  readonly ipv4: Cidr | null
  readonly ipv6: Cidr | null
  /** `''` where random. */
  readonly mac: string
  /** The author asked for these very addresses. */
  readonly declared4: boolean
  readonly declared6: boolean
  readonly leases: readonly { readonly lease: PoolLease; readonly address: Address }[]
}

/** An endpoint as the container sees it. */
export interface Interface {
  readonly name: string
  /** The engine draws the order of interfaces at random, so another endpoint could have had this name. */
  readonly chance: boolean
  readonly endpoint: Endpoint
  readonly request: EndpointRequest
  /** What the container may use as gateway here; `null` for none. */
  readonly gateway4: Gateway | null
  readonly gateway6: Gateway | null
}

/** `address` is `null` where the route goes to the interface itself (ipvlan l3). */
export interface Gateway {
  readonly address: Address | null
}

/** The interfaces that come first of those with a gateway of both families, of IPv4 and of IPv6. */
export interface GatewayChoice {
  both: Interface | null
  ipv4: Interface | null
  ipv6: Interface | null
}

/** A running container's network stack. */
export interface Sandbox {
  /** In order of interface numbers. */
  interfaces: Interface[]
  /** Numbers given so far; ≤27 never gives one twice. */
  nextNumber: number
  /** Interface that has the default route, for each family. */
  default4: Interface | null
  default6: Interface | null
  /** Those that come first for it, so that one more is held against these alone; `null` when one has gone. */
  first: GatewayChoice | null
  ports: readonly PublishedBinding[]
  /** Ports chosen from a range could have been others. */
  portsByChance: boolean
}

/** A port of the host that leads to a container. */
export interface PublishedBinding {
  readonly hostIp: Address
  readonly hostPort: number
  readonly containerPort: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  /** The engine chose the port, from a range or the ephemeral ones. */
  readonly dynamic: boolean
}

export type ContainerMode = 'networks' | 'host' | 'none' | 'container'

export interface Container {
  name: string
  readonly id: Id
  readonly image: string
  readonly hostname: string
  readonly mode: ContainerMode
  /** As given: a network's name, `host`, `none`, `container:X`. */
  readonly networkMode: string
  /** Container whose sandbox it uses, else `''`. */
  sharedWith: string
  /** Its id, where it was there already: another of that name, made later, is not meant. */
  readonly sharedId: Id | null
  state: 'running' | 'created' | 'exited'
  readonly ports: readonly PortRequest[]
  readonly publishAll: boolean
  readonly expose: readonly string[]
  links: readonly string[]
  readonly names: NameSettings
  /** Where what it asks for was written. */
  readonly origins?: Origins<ContainerCreate> | undefined
  readonly labels: Labels
  readonly autoRemove: boolean
  restart: RestartPolicy
  /** It has run. */
  isUsed: boolean
  /** Somebody stopped it, so that `unless-stopped` does not start it again. */
  isStoppedByHand: boolean
  /** The sandbox it shares has been made anew under it: it is left in the old one, without any network. */
  hasLostSandbox: boolean
  readonly compose: ComposeIdentity | null
  dependsOn: readonly string[]
  /** `--mac-address`, with the network it was created on; `null` for none. */
  readonly mac: { readonly network: string; readonly address: string } | null
  /** What it joins at every start, by network name, in order of connection. */
  readonly attachments: Map<string, EndpointRequest>
  /** Networks it has been on, by name: a start wants those very ones, not others made later with their names. */
  readonly networkIds: Map<string, Id>
  /** `null` unless running with networks of its own. */
  sandbox: Sandbox | null
}

/** Told of every address given and taken back; the plan uses it to follow what is left to chance. */
export interface EndpointObserver {
  allocated(endpoint: Endpoint): void
  released(endpoint: Endpoint): void
}

export interface EngineState {
  readonly facts: EngineFacts
  readonly ids: Ids
  readonly space: AddressSpace
  portAllocator: PortAllocator
  readonly networks: Map<string, Network>
  /** Linux devices of networks that were asked for by name. */
  readonly devices: Set<string>
  readonly containers: Map<string, Container>
  readonly observer: EndpointObserver
  readonly arrange: Arrange
  cluster: ClusterNetworks | null
  unnamed: number
}
