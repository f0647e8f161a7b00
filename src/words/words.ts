import type { ChangeWords, FocusWords, MatrixWords, SequenceWords, SpaceWords } from './views.ts'

/**
 * Every word a figure, its table and its description use, in one language. Names that are Docker's own (bridge,
 * overlay, VXLAN, eth0) stay as they are. To add a language: copy `en.ts`, translate, and enter it in `words-for.ts`;
 * the compiler asks for whatever is missing.
 */
export interface Words {
  /** BCP 47 primary subtag: `ko`, `en`. */
  readonly language: string
  readonly figure: FigureWords
  readonly title: TitleWords
  readonly description: DescriptionWords
  readonly legend: LegendWords
  readonly table: TableWords
  readonly hop: HopWords
  readonly hopTag: HopTagWords
  readonly page: PageWords
  readonly change: ChangeWords
  readonly sequence: SequenceWords
  readonly space: SpaceWords
  readonly matrix: MatrixWords
  readonly focus: FocusWords
}

/** Words inside the drawing: short. */
export interface FigureWords {
  readonly client: string
  readonly outside: string
  /** The physical network that macvlan and ipvlan containers lie on. */
  readonly lan: string
  readonly underlay: string
  readonly services: string
  gateway(address: string): string
  /** A gateway that is a router outside the host (macvlan, ipvlan). */
  outsideGateway(address: string): string
  loadBalancer(address: string): string
  /** The sandbox of the routing mesh on docker_gwbridge. */
  ingressSandbox(address: string): string
  virtualAddress(address: string): string
  readonly noSubnet: string
  readonly dnsRoundRobin: string
  readonly internal: string
  readonly hostNetwork: string
  readonly noNetwork: string
  /** Of a container that is on networks, none of which the figure draws. */
  readonly undrawnNetworks: string
  sharesSandbox(container: string): string
  readonly created: string
  readonly exited: string
  aliases(names: readonly string[]): string
  ipRange(range: string): string
  /** An auxiliary address, kept free of containers. */
  reserved(name: string, address: string): string
  readonly randomDevice: string
  readonly manager: string
  readonly worker: string
  readonly routingMesh: string
  /** `depends_on`. */
  startsAfter(containers: readonly string[]): string
  /** Over containers that do not run. */
  readonly notRunning: string
  readonly thisHostOnly: string
  /** What docker-proxy serves where the kernel serves the rest. */
  readonly fromThisHost: string
  /** A route of a host: `172.20.5.0/24 via 198.51.100.9`. */
  route(text: string): string
}

export interface TitleWords {
  network(hosts: readonly string[]): string
  datapath(hosts: readonly string[]): string
  overlay(hosts: readonly string[]): string
  bus(hosts: readonly string[]): string
  sequence(hosts: readonly string[]): string
  addresses(hosts: readonly string[]): string
  matrix(hosts: readonly string[]): string
}

/** Whole sentences, for readers who do not see the drawing. */
export interface DescriptionWords {
  /** What a figure holds, in a breath. */
  summary(hosts: number, networks: number, containers: number): string
  host(name: string, address: string, role: 'manager' | 'worker' | ''): string
  underlay(name: string, subnet: string, hosts: readonly string[]): string
  network(n: NetworkSentence): string
  container(c: ContainerSentence): string
  service(s: ServiceSentence): string
  tunnel(network: string, vni: readonly number[], hosts: readonly string[]): string
  dependency(from: string, to: string): string
  way(text: string, reached: boolean): string
}

export interface NetworkSentence {
  readonly name: string
  readonly driver: string
  /** `''` for a network of the swarm. */
  readonly host: string
  readonly subnets: readonly string[]
  readonly gateways: readonly string[]
  readonly internal: boolean
  readonly parent: string
}

export interface ContainerSentence {
  readonly name: string
  readonly host: string
  readonly image: string
  readonly state: 'running' | 'created' | 'exited'
  readonly mode: 'networks' | 'host' | 'none' | 'container'
  readonly sharedWith: string
  /** It is on networks that the figure does not draw. */
  readonly undrawn: boolean
  readonly attachments: readonly { readonly network: string; readonly addresses: readonly string[] }[]
  readonly ports: readonly { readonly host: string; readonly container: string }[]
}

export interface ServiceSentence {
  readonly name: string
  readonly tasks: readonly string[]
  readonly vips: readonly { readonly network: string; readonly address: string }[]
  readonly endpointMode: 'vip' | 'dnsrr'
  readonly ports: readonly { readonly published: string; readonly target: string }[]
}

export interface LegendWords {
  readonly stopped: string
  readonly internal: string
  readonly bridge: string
  readonly overlay: string
  readonly ingress: string
  readonly macvlan: string
  readonly ipvlan: string
  readonly other: string
  readonly hot: string
  readonly dependency: string
  readonly shared: string
  /** What the dagger behind an address means. */
  readonly chance: string
}

export interface TableWords {
  readonly caption: string
  readonly network: string
  readonly host: string
  readonly owner: string
  readonly address: string
  readonly certainty: string
  readonly declared: string
  readonly computed: string
  readonly oneOfSeveral: string
  readonly roles: {
    readonly container: string
    readonly task: string
    readonly loadBalancer: string
    readonly gateway: string
    readonly vip: string
  }
}

/** One phrase for each kind of hop of a packet. Values are given without prefix length. */
export interface HopWords {
  resolve(name: string, server: string, answer: string, is: 'container' | 'vip' | 'external'): string
  hosts(name: string, answer: string): string
  send(source: string, destination: string, via: string, device: string): string
  bridge(network: string, address: string): string
  ipvs(vip: string, task: string, address: string): string
  encapsulate(vni: number, source: string, destination: string, port: number, encrypted: boolean): string
  decapsulate(vni: number, host: string): string
  arrive(host: string, device: string, destination: string): string
  forward(host: string, destination: string, device: string): string
  dnat(from: string, to: string): string
  masquerade(target: string, from: string, to: string): string
  proxy(from: string, to: string): string
  loopback(address: string): string
  deliver(container: string, address: string): string
  readonly drop: Readonly<Record<DropWord, (subject: string, other: string) => string>>
}

/** The same, as short as fits into a box: ports and names, no addresses. */
export interface HopTagWords {
  readonly resolve: string
  readonly hosts: string
  readonly send: string
  readonly bridge: string
  ipvs(task: string): string
  readonly encapsulate: string
  readonly decapsulate: string
  readonly arrive: string
  readonly forward: string
  dnat(fromPort: string, toPort: string): string
  readonly proxy: string
  readonly loopback: string
  readonly deliver: string
  readonly drop: string
}

/** Why a packet does not arrive; the same names as `DropReason` of the trace. */
export type DropWord =
  | 'name-unknown'
  | 'name-on-default-bridge'
  | 'isolation'
  | 'internal'
  | 'icc'
  | 'unpublished'
  | 'port-closed'
  | 'published-elsewhere'
  | 'routed-only'
  | 'port-held'
  | 'tentative'
  | 'not-listening'
  | 'answer-dropped'
  | 'no-way-back'
  | 'answer-from-elsewhere'
  | 'lost-sandbox'
  | 'no-route'
  | 'host-and-child'
  | 'macvlan-private'
  | 'not-running'
  | 'no-task'
  | 'no-underlay'
  | 'no-subnet'
  | 'no-neighbour'

/** Words around the drawing: what can be folded out, copied, and what stands in place of a figure that failed. */
export interface PageWords {
  /** Summary of the fold-out with table and source. */
  readonly details: string
  readonly source: string
  readonly addresses: string
  readonly descriptionHeading: string
  /** Heading of a box in place of a figure that has errors. */
  failed(count: number): string
  /** Heading of a box about a figure that has nothing but warnings. */
  /** In place of another figure of a model with errors. */
  modelFailed(model: string): string
  warned(count: number): string
  readonly error: string
  readonly warning: string
  readonly hint: string
}
