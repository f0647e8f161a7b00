/**
 * What a real engine would have given: every network, endpoint and address of a topology.
 * No optional fields; an absent address is `''`. `json.ts` prints it in the fixed form of `plan --json`.
 */
import type { NetworkPolicy } from '../engine/drivers/policy.ts'
import type { Span } from '../problem/problem.ts'
import type { EngineVersion } from '../version.ts'

/**
 * How sure a value is. `declared`: the author wrote it. `computed`: Docker's rules leave no choice.
 * `one-of-several`: Docker leaves it to chance and this is one possible outcome.
 */
export type Certainty = 'declared' | 'computed' | 'one-of-several'

export interface Plan {
  readonly engine: EngineVersion
  /** In order of writing (and of joining, under swarm). Never empty. */
  readonly hosts: readonly PlanHost[]
  /** What all hosts share; texts are `''` where nothing was written or follows. */
  readonly underlay: { readonly name: string; readonly subnet: string }
  readonly swarm: boolean
  /** By the key of `plan --json` (`NAME`, or `NAME@HOST` where several hosts have one of that name), in order of creation. */
  readonly networks: ReadonlyMap<string, PlanNetwork>
  /** By container name (`web`, `web.1`), in order of creation. */
  readonly containers: ReadonlyMap<string, PlanContainer>
  /** Swarm services only. */
  readonly services: ReadonlyMap<string, PlanService>
  readonly steps: readonly PlanStep[]
}

export interface PlanHost {
  readonly name: string
  /** CIDR on the underlay, or `''`. */
  readonly address: string
  readonly interface: string
  readonly interfaces: readonly { readonly name: string; readonly address: string }[]
  /** `''` without swarm. */
  readonly role: 'manager' | 'worker' | ''
  readonly daemon: { readonly userlandProxy: boolean }
}

export interface PlanNetwork {
  readonly key: string
  /** The engine's own name (`app_back`); equals `key` except for `@HOST`. */
  readonly name: string
  readonly driver: string
  readonly scope: 'local' | 'swarm' | 'host'
  /** The host it lives on; `''` for swarm scope. */
  readonly host: string
  readonly subnets: readonly string[]
  /** The addresses gateways really have, also where `docker network inspect` prints none. One for each subnet, `''` for none. */
  readonly gateways: readonly string[]
  /** One for each subnet, `''` for none. */
  readonly ipRanges: readonly string[]
  readonly auxAddresses: ReadonlyMap<string, string>
  readonly internal: boolean
  readonly attachable: boolean
  readonly ingress: boolean
  readonly ipv4: boolean
  readonly ipv6: boolean
  /** How the driver treats packets, by what it made of `options` in this release. */
  readonly policy: NetworkPolicy
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
  /** How sure the subnets are. */
  readonly certainty: Certainty
  /** What to write so that the subnets no longer depend on chance; `''` when they do not. */
  readonly pin: string
  /** By endpoint name: a container's name, `NET-endpoint[@HOST]`, `gateway_NAME`. In order of allocation. */
  readonly endpoints: ReadonlyMap<string, PlanEndpoint>
  /** Where it was written; `null` for networks Docker makes itself. */
  readonly span: Span | null
}

export interface PlanEndpoint {
  readonly name: string
  readonly kind: 'container' | 'task' | 'load-balancer' | 'gateway'
  readonly host: string
  /** Key in `Plan.containers`, or `''` for load balancers and the ingress sandbox. */
  readonly container: string
  /** With prefix length, or `''`. */
  readonly ipv4: string
  readonly ipv6: string
  /** `''` where Docker draws it at random. */
  readonly mac: string
  readonly certainty: Certainty
  /** What to write so that the address no longer depends on chance; `''` when it does not. */
  readonly pin: string
}

export interface PlanContainer {
  readonly name: string
  readonly host: string
  readonly state: 'running' | 'created' | 'exited'
  readonly image: string
  /** Key of the service it belongs to, or `''`. */
  readonly service: string
  readonly hostname: string
  readonly mode: 'networks' | 'host' | 'none' | 'container'
  /** Container whose sandbox it uses (`mode: 'container'`), else `''`. */
  readonly sharedWith: string
  /** By network key, in order of interfaces. Empty unless running. */
  readonly endpoints: ReadonlyMap<string, PlanAttachment>
  readonly defaultRoute: { readonly network: string; readonly via: string } | null
  readonly defaultRoute6: { readonly network: string; readonly via: string } | null
  readonly ports: readonly PublishedPort[]
  /** Names other containers of its networks can resolve, own name first. Empty on the default bridge. */
  readonly dns: readonly string[]
  readonly dependsOn: readonly string[]
  /** Names this container alone knows for others (`--link`): alias → container, by its key. */
  readonly links: ReadonlyMap<string, string>
  /** How sure the host is (swarm placement). */
  readonly placement: Certainty
  readonly span: Span | null
}

export interface PlanAttachment {
  readonly interface: string
  /** `one-of-several` where the order of interfaces is left to chance (28 and later, several networks). */
  readonly interfaceCertainty: Certainty
  readonly ipv4: string
  readonly ipv6: string
  readonly mac: string
  /** Gateway of this network as the container sees it, `''` for none (internal networks from 25 on, overlays). */
  readonly gateway: string
  readonly gateway6: string
  readonly aliases: readonly string[]
  readonly certainty: Certainty
}

export interface PublishedPort {
  /** Address and port on the host: `0.0.0.0:8000`, `[::]:8000`. `''` when only exposed. */
  readonly host: string
  /** `5000/tcp`. */
  readonly container: string
  readonly certainty: Certainty
}

export interface PlanService {
  readonly name: string
  readonly mode: 'replicated' | 'global'
  readonly endpointMode: 'vip' | 'dnsrr'
  readonly image: string
  /** Virtual address with prefix length by network key. */
  readonly vips: ReadonlyMap<string, string>
  /** How sure each of them is, by network key. */
  readonly vipCertainty: ReadonlyMap<string, Certainty>
  readonly ports: readonly ServicePort[]
  /** Container names of its tasks, in slot order. */
  readonly tasks: readonly string[]
  readonly span: Span | null
}

export interface ServicePort {
  readonly published: number
  readonly target: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly mode: 'ingress' | 'host'
}

export interface PlanStep {
  readonly host: string
  /** As typed, or what the front end did for the author (`docker network create app_back`). */
  readonly command: string
  readonly ok: boolean
  readonly error: { readonly code: string; readonly message: string } | null
  /** The author marked a failure as meant (`expect: error`). */
  readonly expected: boolean
  readonly span: Span | null
}
