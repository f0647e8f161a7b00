/**
 * What a real engine would have given: every network, endpoint and address of a topology.
 * No optional fields. Addresses are values, `null` where there is none; `json.ts`, tables and figures format them.
 */

import type { NetworkPolicy } from '../engine/drivers/policy.ts'
import type { EngineFacts } from '../engine/facts.ts'
import type { DefaultPool } from '../ipam/index.ts'
import type { Address, Cidr, Prefix } from '../net/index.ts'
import type { ProblemCode } from '../problem/code.ts'
import type { Span } from '../problem/problem.ts'
import type { Rules } from '../rules/index.ts'
import type { OutsideEntry } from '../topology/topology.ts'
import type { EngineVersion } from '../version.ts'

/**
 * How sure a value is. `declared`: the author wrote it. `computed`: Docker's rules leave no choice.
 * `one-of-several`: Docker leaves it to chance and this is one possible outcome.
 */
export type Certainty = 'declared' | 'computed' | 'one-of-several'

/** An address with the length of its subnet, and what it owes to chance. */
export interface PlanAddress extends Cidr {
  readonly certainty: Certainty
  /** What to write so that it no longer depends on chance; `''` when it does not. */
  readonly pin: string
}

export interface Plan {
  readonly engine: EngineVersion
  /** What holds in the releases that the block is for. */
  readonly rules: Rules
  /** In order of writing (and of joining, under swarm). Never empty. */
  readonly hosts: readonly PlanHost[]
  /** What all hosts share; `''` and `null` where nothing was written or follows. */
  readonly underlay: { readonly name: string; readonly subnet: Prefix | null }
  /** Machines around the hosts, as they were written: for figures. */
  readonly outside: readonly OutsideEntry[]
  readonly swarm: boolean
  /** What overlays without a subnet are cut from; empty without a swarm. */
  readonly swarmPools: readonly DefaultPool[]
  /** By the key of `plan --json` (`NAME`, or `NAME@HOST` where several hosts have one of that name), in order of creation. */
  readonly networks: ReadonlyMap<string, PlanNetwork>
  /** The engine's name of each network that the file has, by its key there (`default` → `shop_default`). */
  readonly networkNames: ReadonlyMap<string, string>
  /** By container name (`web`, `web.1`), in order of creation. */
  readonly containers: ReadonlyMap<string, PlanContainer>
  /** Swarm services only. */
  readonly services: ReadonlyMap<string, PlanService>
  readonly steps: readonly PlanStep[]
}

export interface PlanHost {
  readonly name: string
  /** On the underlay. */
  readonly address: Cidr | null
  readonly interface: string
  /** Further interfaces; one with several addresses is here several times. */
  readonly interfaces: readonly { readonly name: string; readonly address: Cidr }[]
  /** Written ones, beside those that its interfaces bring. */
  readonly routes: readonly PlanHostRoute[]
  /** Of the host's resolv.conf; empty where nothing was written. */
  readonly nameservers: readonly string[]
  /** Where processes of the machine itself listen; `ip` is `''` for every address. */
  readonly listens: readonly (ExposedPort & { readonly ip: string })[]
  /** `''` without swarm. */
  readonly role: 'manager' | 'worker' | ''
  readonly daemon: Pick<EngineFacts['daemon'], 'userlandProxy' | 'dns' | 'dnsSearch' | 'dnsOptions'>
  /** What networks without a subnet are cut from, in the order they are gone through. */
  readonly pools: readonly DefaultPool[]
  /** Subnets of the machine itself that block the pools: on-link ones, and its nameservers. */
  readonly onLink: readonly Prefix[]
}

export interface PlanHostRoute {
  /** `null` for the default route. */
  readonly to: Prefix | null
  /** `null` where the subnet is on the link itself. */
  readonly via: Address | null
  /** `''` where it was not said. */
  readonly device: string
}

export interface PlanNetwork {
  readonly key: string
  /** The engine's own name (`app_back`); equals `key` except for `@HOST`. */
  readonly name: string
  /** Another when it is made anew; -1 for those that an engine brings along. */
  readonly serial: number
  readonly driver: string
  readonly scope: 'local' | 'swarm' | 'host'
  /** The host it lives on; `''` for swarm scope. */
  readonly host: string
  /** In the order in which `docker network inspect` lists them. */
  readonly subnets: readonly PlanSubnet[]
  readonly internal: boolean
  readonly attachable: boolean
  readonly ingress: boolean
  readonly ipv4: boolean
  readonly ipv6: boolean
  /** How the driver treats packets, by what it made of `options` in this release. */
  readonly policy: NetworkPolicy
  /** Some container has been on it, though none may be now. */
  readonly wasJoined: boolean
  /** VXLAN ids, one for each IPv4 subnet of an overlay; empty otherwise. */
  readonly vni: readonly number[]
  /** How sure the VXLAN ids are; `computed` where there are none. */
  readonly vniCertainty: Certainty
  /** Driver options as given. */
  readonly options: ReadonlyMap<string, string>
  /** Linux device of a bridge where it is determined (`docker0`, `docker_gwbridge`, by option), else `''`. */
  readonly device: string
  /** Parent interface of macvlan and ipvlan, else `''`. */
  readonly parent: string
  /** By endpoint name: a container's name, `NET-endpoint[@HOST]`, `gateway_NAME`. In order of allocation. */
  readonly endpoints: ReadonlyMap<string, PlanEndpoint>
  /** Where it was written; `null` for networks Docker makes itself. */
  readonly span: Span | null
}

/** A subnet, with host bits where the engine keeps those that were given. */
export interface PlanSubnet extends PlanAddress {
  /** The author gave it; else the engine chose it. */
  readonly given: boolean
  /** Addresses are taken from it. Not from an IPv6 subnet of a network without IPv6. */
  readonly used: boolean
  readonly range: Cidr | null
  /** The address the gateway really has, also where `docker network inspect` prints none. */
  readonly gateway: Address | null
  readonly gatewayGiven: boolean
  readonly aux: ReadonlyMap<string, Address>
}

export interface PlanEndpoint {
  readonly name: string
  readonly kind: 'container' | 'task' | 'load-balancer' | 'gateway'
  readonly host: string
  /** Key in `Plan.containers`, or `''` for load balancers and the ingress sandbox. */
  readonly container: string
  readonly ipv4: PlanAddress | null
  readonly ipv6: PlanAddress | null
  /** `''` where Docker draws it at random. */
  readonly mac: string
}

export interface PlanContainer {
  readonly name: string
  /** Stays through a rename, and is another when it is made anew; equal to no other of its host. */
  readonly serial: number
  readonly host: string
  readonly state: 'running' | 'created' | 'exited'
  readonly image: string
  /** Key of the service it belongs to, or `''`. */
  readonly service: string
  readonly hostname: string
  readonly mode: 'networks' | 'host' | 'none' | 'container'
  /** Container whose sandbox it uses (`mode: 'container'`); `''` where there is none, or where it has been removed. */
  readonly sharedWith: string
  /** That container has started anew since, or is gone: this one is left in the old sandbox, which is on no network. */
  readonly sandboxLost: boolean
  /** By network key, in order of interfaces. Empty unless running. */
  readonly endpoints: ReadonlyMap<string, PlanAttachment>
  readonly defaultRoute: PlanRoute | null
  readonly defaultRoute6: PlanRoute | null
  readonly ports: readonly PublishedPort[]
  /** Ports it says it listens at, and does not publish. */
  readonly exposed: readonly ExposedPort[]
  /** Names other containers of its networks can resolve, own name first. Empty on the default bridge. */
  readonly dns: readonly string[]
  readonly dependsOn: readonly string[]
  /** Names this container alone knows for others (`--link`): alias → container, by its key. */
  readonly links: ReadonlyMap<string, string>
  /** Lines of /etc/hosts it was given; `host-gateway` is an address already, `''` where the host has none. */
  readonly extraHosts: readonly {
    readonly name: string
    readonly address: string
    /** As given. */
    readonly text: string
  }[]
  /** Lines of resolv.conf it was given. */
  readonly dnsSettings: {
    readonly servers: readonly string[]
    readonly search: readonly string[]
    readonly options: readonly string[]
  }
  /** Container ports it publishes, whether or not the host has a port for them (gateway mode routed has none). */
  readonly publishes: readonly ExposedPort[]
  /** Ports of the host it asks for by number, whether or not it has them. */
  readonly asksFor: readonly ExposedPort[]
  /** Ports it is said to listen on: exposed and published ones. `null`: nothing is said, it may be any. */
  readonly listens: readonly ExposedPort[] | null
  /** How sure the host is (swarm placement). */
  readonly placement: Certainty
  readonly span: Span | null
}

export interface PlanAttachment {
  readonly interface: string
  /** `one-of-several` where the order of interfaces is left to chance (28 and later, several networks). */
  readonly interfaceCertainty: Certainty
  readonly ipv4: PlanAddress | null
  readonly ipv6: PlanAddress | null
  readonly mac: string
  /** Gateway of this network as the container sees it, `null` for none (internal networks, overlays). */
  readonly gateway: Address | null
  readonly gateway6: Address | null
  readonly aliases: readonly string[]
  /** What the default route was asked to prefer; 0 where nothing was. */
  readonly gwPriority: number
  /** Names it alone knows for others on this network: alias → container, by its key. */
  readonly links: ReadonlyMap<string, string>
}

/** `via` is `null` where the route goes to the interface itself (ipvlan l3). */
export interface PlanRoute {
  readonly network: string
  readonly via: Address | null
}

export type Protocol = 'tcp' | 'udp' | 'sctp'

export interface PublishedPort {
  /** Address on the host; `0.0.0.0` and `::` are all of their family, and of no other. */
  readonly ip: Address
  /** On the host. */
  readonly port: number
  /** In the container. */
  readonly target: number
  readonly protocol: Protocol
  readonly certainty: Certainty
}

/** `first` and `last` are the same for one port. */
export interface ExposedPort {
  readonly first: number
  readonly last: number
  readonly protocol: Protocol
}

export interface PlanService {
  readonly name: string
  readonly mode: 'replicated' | 'global' | 'replicated-job' | 'global-job'
  readonly endpointMode: 'vip' | 'dnsrr'
  readonly image: string
  /** Virtual address by network key. */
  readonly vips: ReadonlyMap<string, PlanAddress>
  readonly ports: readonly ServicePort[]
  /** Container names of its tasks, in slot order. */
  readonly tasks: readonly string[]
  readonly span: Span | null
}

export interface ServicePort {
  readonly published: number
  /** How sure the published port is. */
  readonly certainty: Certainty
  readonly target: number
  readonly protocol: Protocol
  readonly mode: 'ingress' | 'host'
}

export interface PlanStep {
  readonly host: string
  /** As typed, or what the front end did for the author (`docker network create app_back`). */
  readonly command: string
  readonly ok: boolean
  readonly error: { readonly code: ProblemCode; readonly message: string } | null
  /** The author marked a failure as meant (`expect: error`). */
  readonly expected: boolean
  readonly span: Span | null
}
