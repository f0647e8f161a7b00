/**
 * What a Docker client asks an engine to do, after its own command line has been read.
 * Compose and `commands:` are two front ends to these same operations.
 * Texts that the engine itself validates (addresses, subnets) are still texts here.
 */

import type { Address, Prefix } from '../net/index.ts'
import type { ProblemCode } from '../problem/code.ts'
import type { Span } from '../problem/problem.ts'
import type { Said } from '../problem/say.ts'

/**
 * Where the fields of a request were written, item by item for lists and maps; none for those that no author wrote.
 * An engine does not look at them, it only hands them back with a refusal.
 */
export type Origins<Request> = {
  readonly [Field in Exclude<keyof Request, 'op' | 'origins'>]?: OriginOf<Request[Field]> | undefined
}
type OriginOf<Value> =
  Value extends ReadonlyMap<infer Key, unknown>
    ? ReadonlyMap<Key, Span>
    : Value extends readonly unknown[]
      ? readonly Span[]
      : Span

export type Operation =
  | NetworkCreate
  | NetworkConnect
  | NetworkDisconnect
  | NetworkRemove
  | NetworkPrune
  | ContainerCreate
  | ContainerAction
  | ContainerRemove
  | ContainerUpdate
  | ContainerRename
  | ContainerPrune
  | EngineRestart
  | SwarmInit
  | SwarmJoin
  | SwarmLeave
  | NodeUpdate
  | NodeRemove
  | ServiceRollback
  | ServiceCreate
  | ServiceScale
  | ServiceUpdate
  | ServiceRemove
  | StackDeploy
  | StackRemove
  | ComposeUp
  | ComposeDown
  | ComposeAction
  | ComposeRun
  | Look

/** What a thing is marked with, by key. */
export type Labels = ReadonlyMap<string, string>

/** `label=KEY`, `label=KEY=VALUE`; with `isNot`, `label!=…`. All of several have to hold. */
export interface LabelFilter {
  readonly key: string
  /** `null`: whichever. */
  readonly value: string | null
  readonly isNot: boolean
}

/** A subnet with what belongs to it; a field that was not given is `''`. */
export interface SubnetRequest {
  readonly subnet: string
  readonly ipRange: string
  readonly gateway: string
  /** By name. */
  readonly auxAddresses: ReadonlyMap<string, string>
  readonly origins?: Origins<SubnetRequest> | undefined
}

export interface NetworkCreate {
  readonly op: 'network-create'
  readonly name: string
  readonly driver: string
  /** `--scope`; `''` leaves it to the driver. */
  readonly scope: '' | 'local' | 'swarm'
  readonly subnets: readonly SubnetRequest[]
  readonly internal: boolean
  readonly attachable: boolean
  readonly ingress: boolean
  /** `null`: not said. */
  readonly ipv4: boolean | null
  readonly ipv6: boolean | null
  readonly options: ReadonlyMap<string, string>
  readonly labels?: Labels | undefined
  /** Only settings, for others to be made from. */
  readonly configOnly?: boolean | undefined
  /** The network whose settings it takes; absent for none. */
  readonly configFrom?: string | undefined
  readonly origins?: Origins<NetworkCreate> | undefined
}

/** A network of which nothing is said, to be made from: `{ ...PLAIN_NETWORK, name }`. */
export const PLAIN_NETWORK: NetworkCreate = {
  op: 'network-create',
  name: '',
  driver: 'bridge',
  scope: '',
  subnets: [],
  internal: false,
  attachable: false,
  ingress: false,
  ipv4: null,
  ipv6: null,
  options: new Map(),
}

/** How a container wants to be joined to a network; `''`, `0` and empty where not said. */
export interface EndpointRequest {
  readonly network: string
  readonly ipv4: string
  readonly ipv6: string
  readonly mac: string
  readonly aliases: readonly string[]
  readonly linkLocalIps: readonly string[]
  readonly gwPriority: number
  /** Driver option `com.docker.network.endpoint.ifname`. */
  readonly interfaceName: string
  /** Names this container alone knows on this network: `CONTAINER` or `CONTAINER:ALIAS`. */
  readonly links: readonly string[]
  readonly origins?: Origins<EndpointRequest> | undefined
}

/** Asks nothing of whichever network: `{ ...NO_WISHES, network }`. */
export const NO_WISHES: EndpointRequest = {
  network: '',
  ipv4: '',
  ipv6: '',
  mac: '',
  aliases: [],
  linkLocalIps: [],
  gwPriority: 0,
  interfaceName: '',
  links: [],
}

export interface NetworkConnect {
  readonly op: 'network-connect'
  readonly container: string
  readonly endpoint: EndpointRequest
  readonly origins?: Origins<NetworkConnect> | undefined
}
export interface NetworkDisconnect {
  readonly op: 'network-disconnect'
  readonly network: string
  readonly container: string
  readonly force: boolean
  readonly origins?: Origins<NetworkDisconnect> | undefined
}
export interface NetworkRemove {
  readonly op: 'network-rm'
  readonly names: readonly string[]
  readonly force: boolean
  readonly origins?: Origins<NetworkRemove> | undefined
}
export interface NetworkPrune {
  readonly op: 'network-prune'
  readonly filters: readonly LabelFilter[]
}

/** One `-p`: ranges have the same length, or a range on the host for one container port. */
export interface PortRequest {
  readonly hostIp: string
  /** `null`: ephemeral. */
  readonly published: { readonly first: number; readonly last: number } | null
  readonly target: { readonly first: number; readonly last: number }
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly origin?: Span | undefined
}

/** What a container is told of names beside Docker's own; texts as given. */
export interface NameSettings {
  /** Lines of /etc/hosts, `NAME:ADDRESS`; the address may be `host-gateway`. */
  readonly extraHosts: readonly string[]
  /** `--dns`, `--dns-search`, `--dns-option`: lines of resolv.conf. */
  readonly dns: readonly string[]
  readonly dnsSearch: readonly string[]
  readonly dnsOptions: readonly string[]
}
export const NO_NAME_SETTINGS: NameSettings = { extraHosts: [], dns: [], dnsSearch: [], dnsOptions: [] }

export interface ContainerCreate {
  readonly op: 'container-create'
  /** `docker run`: start it at once. */
  readonly start: boolean
  /** `''`: the engine makes a name up. */
  readonly name: string
  readonly image: string
  readonly hostname: string
  /** `default` for none given; else the first `--network`: a network's name, `host`, `none`, `bridge`, `container:X`. */
  readonly networkMode: string
  /** Empty for `host`, `none` and `container:`; in order of the flags otherwise. The first is the primary. */
  readonly endpoints: readonly EndpointRequest[]
  readonly ports: readonly PortRequest[]
  readonly publishAll: boolean
  readonly expose: readonly string[]
  /** `CONTAINER` or `CONTAINER:ALIAS`. */
  readonly links: readonly string[]
  readonly names: NameSettings
  readonly mac: string
  readonly labels?: Labels | undefined
  readonly autoRemove: boolean
  /** What starts it again. */
  readonly restart: RestartPolicy
  /** `docker run` without `-d`, `-i` and `-t`: it has ended before the next command of that terminal runs. */
  readonly foreground: boolean
  /** Compose: project, service, number, names of containers it depends on. */
  readonly compose: ComposeIdentity | null
  readonly dependsOn: readonly string[]
  readonly origins?: Origins<ContainerCreate> | undefined
}
/** A container of which nothing is said, on the default bridge: `{ ...PLAIN_CONTAINER, name, image }`. */
export const PLAIN_CONTAINER: ContainerCreate = {
  op: 'container-create',
  start: false,
  name: '',
  image: '',
  hostname: '',
  networkMode: 'default',
  endpoints: [],
  ports: [],
  publishAll: false,
  expose: [],
  links: [],
  names: NO_NAME_SETTINGS,
  mac: '',
  autoRemove: false,
  restart: 'no',
  foreground: false,
  compose: null,
  dependsOn: [],
}
export interface ComposeIdentity {
  readonly project: string
  readonly service: string
  readonly number: number
  /** What its file said of the service when it was made; absent where there is one file. */
  readonly form?: string | undefined
}
/** `on-failure` with or without a number of tries. */
export type RestartPolicy = 'no' | 'always' | 'unless-stopped' | 'on-failure'

export interface ContainerAction {
  readonly op: 'container-start' | 'container-stop' | 'container-restart' | 'container-kill'
  readonly names: readonly string[]
  readonly origins?: Origins<ContainerAction> | undefined
}
export interface ContainerRemove {
  readonly op: 'container-rm'
  readonly names: readonly string[]
  readonly force: boolean
  readonly origins?: Origins<ContainerRemove> | undefined
}

/** `docker update --restart`. */
export interface ContainerUpdate {
  readonly op: 'container-update'
  readonly names: readonly string[]
  readonly restart: RestartPolicy
  readonly origins?: Origins<ContainerUpdate> | undefined
}
export interface ContainerRename {
  readonly op: 'container-rename'
  readonly name: string
  readonly to: string
  readonly origins?: Origins<ContainerRename> | undefined
}
/** `docker container prune`: every container that does not run. */
export interface ContainerPrune {
  readonly op: 'container-prune'
  readonly filters: readonly LabelFilter[]
}
/** `systemctl restart docker`, `reboot`: the engine ends and starts anew. */
export interface EngineRestart {
  readonly op: 'engine-restart'
  /** The machine starts anew, so that no container lives through it. */
  readonly reboot: boolean
}

export interface SwarmInit {
  readonly op: 'swarm-init'
  readonly advertiseAddr: string
  readonly defaultAddrPool: readonly string[]
  /** `null`: 24. */
  readonly maskLength: number | null
  readonly origins?: Origins<SwarmInit> | undefined
}
export interface SwarmJoin {
  readonly op: 'swarm-join'
  readonly remote: string
  readonly advertiseAddr: string
  /** From `--token`, when it can be told; `worker` unless told otherwise. */
  readonly role: 'manager' | 'worker' | null
  readonly origins?: Origins<SwarmJoin> | undefined
}
export interface SwarmLeave {
  readonly op: 'swarm-leave'
  readonly force: boolean
}

/** `docker node update|promote|demote`; `self` is the node it is typed on. */
export interface NodeUpdate {
  readonly op: 'node-update'
  readonly names: readonly string[]
  /** `null`: stays. */
  readonly availability: 'active' | 'pause' | 'drain' | null
  readonly role: 'manager' | 'worker' | null
  readonly labelAdd: Labels
  readonly labelRemove: readonly string[]
  readonly origins?: Origins<NodeUpdate> | undefined
}
export interface NodeRemove {
  readonly op: 'node-rm'
  readonly names: readonly string[]
  readonly force: boolean
  readonly origins?: Origins<NodeRemove> | undefined
}
/** `docker service rollback`, `docker service update --rollback`. */
export interface ServiceRollback {
  readonly op: 'service-rollback'
  readonly service: string
  readonly origins?: Origins<ServiceRollback> | undefined
}

export interface ServicePortRequest {
  /** `null`: allocated from 30000. */
  readonly published: number | null
  readonly target: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly mode: 'ingress' | 'host'
  readonly origin?: Span | undefined
}
export interface ServiceNetworkRequest {
  readonly network: string
  readonly aliases: readonly string[]
  readonly origins?: Origins<ServiceNetworkRequest> | undefined
}
/** The tasks of a job end. */
export type ServiceMode = 'replicated' | 'global' | 'replicated-job' | 'global-job'

/** Whether a service has one task on each node that may run it. */
export const isGlobal = ({ mode }: { readonly mode: ServiceMode }): boolean =>
  mode === 'global' || mode === 'global-job'

export interface ServiceCreate {
  readonly op: 'service-create'
  readonly name: string
  readonly image: string
  readonly mode: ServiceMode
  readonly replicas: number
  /** How many tasks of a replicated job run at once; absent for all of them. */
  readonly maxConcurrent?: number | undefined
  readonly endpointMode: 'vip' | 'dnsrr'
  readonly networks: readonly ServiceNetworkRequest[]
  readonly ports: readonly ServicePortRequest[]
  readonly constraints: readonly string[]
  readonly hostname: string
  /** What its tasks are told of names; absent for nothing. */
  readonly names?: NameSettings | undefined
  readonly origins?: Origins<ServiceCreate> | undefined
}
export interface ServiceScale {
  readonly op: 'service-scale'
  readonly replicas: readonly {
    readonly service: string
    readonly replicas: number
    readonly origin?: Span
  }[]
}
export interface ServiceUpdate {
  readonly op: 'service-update'
  readonly service: string
  readonly replicas: number | null
  readonly networkAdd: readonly ServiceNetworkRequest[]
  readonly networkRemove: readonly string[]
  readonly publishAdd: readonly ServicePortRequest[]
  readonly publishRemove: readonly string[]
  readonly constraintAdd: readonly string[]
  readonly constraintRemove: readonly string[]
  readonly endpointMode: 'vip' | 'dnsrr' | null
  readonly namesAdd?: NameSettings | undefined
  readonly namesRemove?: NameSettings | undefined
  readonly force: boolean
  readonly origins?: Origins<ServiceUpdate> | undefined
}
export interface ServiceRemove {
  readonly op: 'service-rm'
  readonly names: readonly string[]
  readonly origins?: Origins<ServiceRemove> | undefined
}
/** `docker stack deploy NAME`: the block's own `networks` and `services` as a stack. */
export interface StackDeploy {
  readonly op: 'stack-deploy'
  readonly stack: string
  readonly files: readonly string[]
  readonly origins?: Origins<StackDeploy> | undefined
}
export interface StackRemove {
  readonly op: 'stack-rm'
  readonly names: readonly string[]
  readonly origins?: Origins<StackRemove> | undefined
}
/** `docker compose up`: the block's own `networks` and `services`. */
export interface ComposeUp {
  readonly op: 'compose-up'
  /** `-p`, else `''`. */
  readonly project: string
  readonly files: readonly string[]
  /** `docker-compose` names containers with `_`. */
  readonly version: 1 | 2
  readonly scale: ReadonlyMap<string, number>
  /** Services named on the command line; empty means all. */
  readonly services: readonly string[]
  readonly profiles: readonly string[]
  readonly start: boolean
  readonly forceRecreate: boolean
  /** `--no-recreate`: what is there stays as it is. */
  readonly noRecreate: boolean
  /** Containers of the project whose services are none any more go. */
  readonly removeOrphans: boolean
  readonly noDeps: boolean
  readonly origins?: Origins<ComposeUp> | undefined
}
export interface ComposeDown {
  readonly op: 'compose-down'
  readonly removeOrphans: boolean
  readonly project: string
  readonly files: readonly string[]
  readonly version: 1 | 2
  readonly origins?: Origins<ComposeDown> | undefined
}
/** `docker compose stop|start|restart|kill|rm`. */
export interface ComposeAction {
  readonly op: 'compose-action'
  readonly action: 'stop' | 'start' | 'restart' | 'kill' | 'rm'
  readonly project: string
  readonly files: readonly string[]
  readonly version: 1 | 2
  /** Empty: all. */
  readonly services: readonly string[]
  /** `rm -s`: stop them first. */
  readonly stop: boolean
  readonly origins?: Origins<ComposeAction> | undefined
}
/** `docker compose run`. */
export interface ComposeRun {
  readonly op: 'compose-run'
  readonly project: string
  readonly files: readonly string[]
  readonly version: 1 | 2
  readonly profiles: readonly string[]
  readonly service: string
  /** `''`: made up. */
  readonly name: string
  readonly detach: boolean
  readonly autoRemove: boolean
  readonly noDeps: boolean
  readonly servicePorts: boolean
  readonly useAliases: boolean
  readonly ports: readonly PortRequest[]
  readonly origins?: Origins<ComposeRun> | undefined
}
/** A command that only looks and changes nothing. */
export interface Look {
  readonly op: 'look'
}

/**
 * A program's "no": an engine's, a manager's, a client's. What it is about is data beside its own words; fields that
 * say nothing here are absent.
 */
export interface Refusal {
  readonly code: ProblemCode
  /** The program's own words, of its release. */
  readonly message: string
  /** The same as data, where no program but ours says it. */
  readonly ours?: Said | undefined
  /** Where the refused word was written; absent for the request as a whole, or where nobody wrote it. */
  readonly at?: Span | undefined
  /** Network, container, service, host or driver that is meant, above all one that is not there. */
  readonly name?: string | undefined
  /** The network it is about. */
  readonly network?: string | undefined
  readonly address?: Address | undefined
  /** The subnet that was asked for, or that the address has to be of. */
  readonly subnet?: Prefix | undefined
  readonly port?: number | undefined
  /** What has the address, port or subnet already. */
  readonly holder?: Holder | undefined
  /** Name of the network or service of a stack that it is about. */
  readonly part?: string | undefined
  /** Key of the driver option that it is about. */
  readonly option?: string | undefined
  /** What would do instead, as the program says itself. */
  readonly instead?: string | undefined
  /** The kernel refused to set up the interface, which some releases tell in another way. */
  readonly isOfInterface?: true
  /** More of the kind, which the program does not come to. */
  readonly also?: readonly Refusal[]
  /** For the author: what to write, where the one who refuses knows best. */
  readonly hint?: Said | undefined
}

export type Holder =
  | { readonly kind: 'endpoint'; readonly name: string; readonly container: string }
  | { readonly kind: 'gateway'; readonly network: string }
  | { readonly kind: 'auxiliary'; readonly name: string }
  | { readonly kind: 'network-address' }
  | { readonly kind: 'broadcast-address' }
  | { readonly kind: 'container'; readonly container: string }
  | { readonly kind: 'network'; readonly network: string; readonly subnet: string }
