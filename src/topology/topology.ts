/**
 * What the author wrote, read and checked for form, with places. No defaults, no Docker logic.
 * `null` always means "not written".
 */
import type { Located, Problem, Span } from '../problem/problem.ts'
import type { Written } from '../problem/written.ts'
import type { Rules } from '../rules/index.ts'
import type { EngineVersion } from '../version.ts'

/** What compose reads of one file. */
export interface ComposeFile {
  /** Compose project, by `name:` or whoever reads the block; decides how containers and networks are called. */
  readonly name: Located<string> | null
  readonly networks: ReadonlyMap<string, NetworkEntry>
  readonly services: ReadonlyMap<string, ServiceEntry>
  /**
   * Services and networks by key in a form that changes when what they make has to be made anew; empty where there is
   * one file.
   */
  readonly written: {
    readonly services: ReadonlyMap<string, string>
    readonly networks: ReadonlyMap<string, string>
  }
  /**
   * Errors in what compose reads (`name`, `networks`, `services`), and keys that only a newer one may know; reported
   * already. Compose itself would stop at them.
   */
  readonly composeProblems: readonly Problem[]
}

export interface Topology extends ComposeFile {
  /** Profiles that are active without being asked for by a command. */
  readonly profiles: readonly string[]
  readonly engine: EngineVersion
  /** What holds in that release, and in those of the command line and of Compose beside it. */
  readonly rules: Rules
  /** Daemon settings that apply to every host without settings of its own. */
  readonly daemon: DaemonSettings
  /** At least one; a block without `hosts:` has one called `host`. In order of writing. */
  readonly hosts: readonly HostEntry[]
  /** `true` when the author wrote `hosts:`. */
  readonly hostsDeclared: boolean
  /** Machines around the hosts that Docker knows nothing of; they are drawn, and no packet's way knows them. */
  readonly outside: readonly OutsideEntry[]
  readonly underlay: { readonly subnet: Located<string> | null; readonly name: Located<string> | null }
  readonly swarm: SwarmSettings | null
  /** `true` when the author wrote `swarm:`, be it `false`. */
  readonly swarmDeclared: boolean
  /** Further files, by the name that `docker compose -f` gives them. */
  readonly files: ReadonlyMap<string, ComposeFile>
  readonly commands: readonly CommandEntry[]
  readonly figure: FigureSettings
  /** `chance: ok`: the author knows that some subnets or addresses are one possibility, and wants no warning. */
  readonly chanceMeant: boolean
}

export interface OutsideEntry {
  readonly name: string
  readonly icon: Sign
  /** As it was written, addresses with or without a prefix length; `''` for none. */
  readonly address: string
  /** `172.20.0.0/16 via 192.168.56.10`, one each. */
  readonly routes: readonly string[]
}

/** As in daemon.json; texts are checked for form by the reader, and carry their place for later checks. */
export interface DaemonSettings {
  readonly bip: Located<string> | null
  readonly fixedCidr: Located<string> | null
  readonly fixedCidrV6: Located<string> | null
  readonly defaultAddressPools: readonly { readonly base: Located<string>; readonly size: Located<number> }[]
  readonly ipv6: boolean
  /** Where `ipv6` stands; `null` where it is not written. */
  readonly ipv6Span: Span | null
  readonly userlandProxy: boolean
  readonly liveRestore: boolean
  /** Way out of docker0 in place of its own address. */
  readonly defaultGateway: Located<string> | null
  readonly defaultGatewayV6: Located<string> | null
  /** Containers of docker0 reach each other. */
  readonly icc: boolean
  /** Packets of docker0 leave with the host's address. */
  readonly ipMasq: boolean
  /** Address of the host that ports of docker0 are published on; `null`: all. */
  readonly ip: Located<string> | null
  /** Of docker0, in bytes. */
  readonly mtu: number | null
  /** `null`: as the release has it. */
  readonly ip6tables: boolean | null
  /** Options of new networks, by driver. */
  readonly defaultNetworkOpts: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly dns: readonly string[]
  readonly dnsSearch: readonly string[]
  readonly dnsOptions: readonly string[]
  /** The engine's id (`docker info`), from which the ULA prefix follows. */
  readonly id: string | null
}

export interface HostEntry {
  readonly name: string
  readonly span: Span
  /** Address on the underlay in CIDR form. */
  readonly address: Located<string> | null
  /** The underlay interface, `eth0` unless written. */
  readonly interface: string
  /** Further interfaces: on-link subnets that block default pools. Several addresses have blanks between; `''` for none. */
  readonly interfaces: ReadonlyMap<string, Located<string>>
  /** `172.20.5.0/24 via 198.51.100.9` (or `dev eth1`), one each. */
  readonly routes: readonly Located<string>[]
  readonly nameservers: readonly Located<string>[]
  /** Where processes of the machine itself listen. */
  readonly listens: readonly ListenEntry[]
  readonly role: 'manager' | 'worker' | null
  /** Labels of the node, which placements ask for. */
  readonly labels: ReadonlyMap<string, string>
  readonly daemon: DaemonSettings | null
}

export interface ListenEntry {
  /** `''`: on every address. */
  readonly ip: string
  readonly first: number
  readonly last: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
}

export interface SwarmSettings {
  readonly span: Span
  readonly defaultAddrPool: readonly Located<string>[]
  readonly maskLength: Located<number> | null
}

export interface NetworkEntry {
  readonly key: string
  readonly span: Span
  /** `name:` of the network: used as is instead of `project_key`. */
  readonly name: Located<string> | null
  readonly external: boolean
  readonly driver: Located<string> | null
  readonly driverOpts: ReadonlyMap<string, Located<string>>
  readonly internal: boolean
  readonly attachable: boolean
  readonly enableIpv4: boolean | null
  readonly enableIpv6: boolean | null
  readonly ipamDriver: Located<string> | null
  readonly labels: ReadonlyMap<string, string>
  readonly ipam: readonly IpamEntry[]
}

export interface IpamEntry {
  readonly span: Span
  readonly subnet: Located<string> | null
  readonly ipRange: Located<string> | null
  readonly gateway: Located<string> | null
  readonly auxAddresses: ReadonlyMap<string, Located<string>>
}

export interface ServiceEntry {
  readonly key: string
  readonly span: Span
  readonly image: string | null
  /** `x-icon:`, its sign in figures. */
  readonly icon: Sign | null
  readonly containerName: Located<string> | null
  readonly hostname: Located<string> | null
  /** Something else than the engine provides it (`provider:`): it has neither containers nor networks. */
  readonly provided: boolean
  /** `null`: not written, so the project's `default` network unless `networkMode` is set. */
  readonly networks: ReadonlyMap<string, AttachmentEntry> | null
  /** `host`, `none`, `bridge`, `service:NAME`, `container:NAME`, a network's name, or `''` as written. */
  readonly networkMode: Located<string> | null
  readonly ports: readonly PortEntry[]
  readonly expose: readonly Located<string>[]
  /** `depends_on`, and services whose namespaces or volumes it uses, as compose adds them. */
  readonly dependsOn: readonly Dependency[]
  /** Services of `depends_on` with `restart: true`: when they are made anew, this one starts again. */
  readonly restartsWith: readonly string[]
  /** When the engine starts its containers again. */
  readonly restart: 'no' | 'always' | 'unless-stopped' | 'on-failure'
  /** Empty: always part of the project; else only when one of them is asked for. */
  readonly profiles: readonly Located<string>[]
  /** `SERVICE` or `SERVICE:ALIAS`. */
  readonly links: readonly Located<string>[]
  /** `NAME:ADDRESS`, whichever way it was written. */
  readonly extraHosts: readonly Located<string>[]
  readonly dns: readonly Located<string>[]
  readonly dnsSearch: readonly Located<string>[]
  readonly dnsOptions: readonly Located<string>[]
  readonly macAddress: Located<string> | null
  /** `scale:` or `deploy.replicas`; `null` means 1. */
  readonly replicas: Located<number> | null
  readonly mode: 'replicated' | 'global' | 'replicated-job' | 'global-job'
  readonly endpointMode: 'vip' | 'dnsrr'
  readonly labels: ReadonlyMap<string, string>
  /** Texts such as `node.role == worker`. */
  readonly constraints: readonly Located<string>[]
  /** Keys that were accepted but do nothing under swarm are told by the plan, with these places. */
  readonly keySpans: ReadonlyMap<string, Span>
}

export interface Dependency extends Located<string> {
  /** `false`: the service may be missing. */
  readonly required: boolean
  /** `condition: service_completed_successfully`: it is waited for until it has ended. */
  readonly ended: boolean
}

export interface AttachmentEntry {
  readonly network: string
  readonly span: Span
  readonly ipv4Address: Located<string> | null
  readonly ipv6Address: Located<string> | null
  readonly macAddress: Located<string> | null
  readonly aliases: readonly Located<string>[]
  readonly linkLocalIps: readonly Located<string>[]
  /** Higher is connected first; 0 unless written. */
  readonly priority: number
  /** Higher takes the default route (28 and later); `null` means not written. */
  readonly gwPriority: number | null
  readonly interfaceName: Located<string> | null
}

export interface PortEntry {
  readonly span: Span
  /** `''`: every address of the host. */
  readonly hostIp: string
  /** `null`: an ephemeral port. First and last of a range, equal for a single port. */
  readonly published: { readonly first: number; readonly last: number } | null
  readonly target: { readonly first: number; readonly last: number }
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly mode: 'ingress' | 'host'
}

export interface CommandEntry {
  /** As typed, without the `[host]` and the prompt in front, on one line. */
  readonly line: Written
  readonly host: Located<string> | null
  /** All of it. */
  readonly span: Span
  readonly expectError: boolean
}

/** Views that draw hosts, networks and containers where they are. */
export const TOPOLOGY_VIEWS = ['network', 'datapath', 'overlay', 'bus'] as const
export const VIEWS = [...TOPOLOGY_VIEWS, 'sequence', 'addresses', 'matrix'] as const
export type View = (typeof VIEWS)[number]
/** What a box may be marked as. */
export const SIGNS = [
  'database',
  'cache',
  'web',
  'proxy',
  'queue',
  'router',
  'firewall',
  'vpn',
  'monitor',
  'worker',
  'internet',
  'machine',
] as const
export type Sign = (typeof SIGNS)[number]

/** Parts of a figure an author may show or hide. */
export const FIGURE_PARTS = [
  'client',
  'ports',
  'gateways',
  'images',
  'macs',
  'interfaces',
  'aliases',
  'underlay',
  'gwbridge',
  'ingress',
  'vips',
  'bridge',
  'stopped',
  'legend',
  'depends_on',
  'icons',
] as const
export type FigurePart = (typeof FIGURE_PARTS)[number]

export interface FigureSettings {
  readonly view: View | null
  readonly direction: 'down' | 'right' | null
  readonly title: string | null
  readonly caption: string | null
  readonly show: readonly FigurePart[]
  readonly hide: readonly FigurePart[]
  /** `web -> db`, `client -> web:8000`. */
  readonly highlight: readonly Located<string>[]
  /** Containers, services, networks and hosts to be drawn, with what they are joined to; empty: all. */
  readonly focus: readonly Located<string>[]
  /** Signs by name of a container or service, over those that images have. */
  readonly icons: ReadonlyMap<string, Sign>
  /** The names of those that `icons` gives, where they stand; not of `x-icon`. */
  readonly iconNames: readonly Located<string>[]
  /** Where the values of these keys stand, for those that are written in YAML. */
  readonly places?: Readonly<Partial<Record<'view' | 'show' | 'hide', Span | undefined>>> | undefined
}
