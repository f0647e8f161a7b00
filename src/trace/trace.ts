/**
 * A packet's way through a plan, hop by hop. Values only: `print.ts` phrases them in plain English, the figures in
 * their own words. Every hop names the things of the plan it touches, so that a figure can highlight them.
 */
import type { Certainty } from '../plan/plan.ts'

/** Where a packet starts from or wants to go. */
export type TraceEnd =
  | { readonly kind: 'container'; readonly container: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'host'; readonly host: string }
  /** A machine beside the hosts on the underlay, none of Docker's. */
  | { readonly kind: 'client' }
  /** Somewhere beyond the underlay; `address` is an address or a host name, `''` where none was said. */
  | { readonly kind: 'outside'; readonly address: string }
  /** An address of a container or a VIP, asked for by number: no name is resolved. */
  | { readonly kind: 'address'; readonly address: string }
  /** A name that is no container's or service's own: an alias, `tasks.web`, `db.back`. */
  | { readonly kind: 'name'; readonly name: string }

export type TraceProtocol = 'tcp' | 'udp' | 'sctp' | 'icmp'

export interface TraceRequest {
  /** As written: `web.1 -> db:5432`. */
  readonly text: string
  readonly from: TraceEnd
  readonly to: TraceEnd
  /** `null`: no port was said. */
  readonly port: number | null
  readonly protocol: TraceProtocol
}

export interface Trace {
  readonly request: TraceRequest
  /** Containers at the two ends, by key of `Plan.containers`; `''` where the end is none. */
  readonly source: string
  readonly destination: string
  readonly reached: boolean
  /** In order. When `reached` is false the last one is a `drop`. */
  readonly hops: readonly Hop[]
  /** `one-of-several` when a choice on the way (which task, which address) is left to chance. */
  readonly certainty: Certainty
}

/** Where a hop happens. `''` where a thing takes no part. */
export interface HopPlace {
  /** Name of the host; `''` outside all hosts (the client, the internet). */
  readonly host: string
  /**
   * Network namespace. `overlay`: the namespace of an overlay on one host, with its bridge `br0` and `vxlan0`.
   * `ingress`: the sandbox `ingress-sbox` of the routing mesh. `outside`: no host's.
   */
  readonly sandbox: 'container' | 'host' | 'overlay' | 'ingress' | 'outside'
  /** Key in `Plan.containers`. */
  readonly container: string
  /** Key in `Plan.networks`. */
  readonly network: string
  /** Linux device: `eth0`, `docker0`, `vxlan0`, `docker_gwbridge`; `''` where its name is left to chance. */
  readonly interface: string
}

/** What happens at a place. Addresses are without prefix length; `ADDRESS:PORT` where a port was said. */
export type Hop = HopPlace & HopEvent

export type HopEvent =
  | Resolve
  | Hosts
  | Send
  | Bridge
  | Ipvs
  | Encapsulate
  | Decapsulate
  | Arrive
  | Forward
  | Dnat
  | Masquerade
  | Proxy
  | Loopback
  | Deliver
  | Drop

/** The engine's resolver answers a name. */
interface Resolve {
  readonly kind: 'resolve'
  readonly name: string
  readonly server: string
  /** More than one for a shared alias, or a service with endpoint mode dnsrr. */
  readonly answers: readonly string[]
  readonly answer: string
  /** What the answer is the address of. `external`: the name is not Docker's and goes on to the host's nameservers. */
  readonly answerIs: 'container' | 'vip' | 'external'
}
/** A name found in /etc/hosts (own name, `--link` on the default bridge). */
interface Hosts {
  readonly kind: 'hosts'
  readonly name: string
  readonly answer: string
}
/** The sender's route lookup and its interface. `via` is `''` for a neighbour on the same subnet. */
interface Send {
  readonly kind: 'send'
  readonly source: string
  readonly destination: string
  readonly via: string
}
/** A bridge asks by ARP who has `address` and forwards the frame. `mac` is `''` where Docker draws it at random. */
interface Bridge {
  readonly kind: 'bridge'
  readonly address: string
  readonly mac: string
}
/** IPVS rewrites a virtual address to one of the tasks, round robin. */
interface Ipvs {
  readonly kind: 'ipvs'
  readonly vip: string
  readonly service: string
  readonly candidates: readonly { readonly container: string; readonly address: string }[]
  readonly chosen: { readonly container: string; readonly address: string }
}
interface Encapsulate {
  readonly kind: 'encapsulate'
  readonly vni: number
  readonly outerSource: string
  readonly outerDestination: string
  readonly udpPort: number
  readonly toHost: string
  /** IPsec around the tunnel (`--opt encrypted`). */
  readonly encrypted: boolean
}
interface Decapsulate {
  readonly kind: 'decapsulate'
  readonly vni: number
  readonly fromHost: string
}
/** A packet comes in at a host's own interface. */
interface Arrive {
  readonly kind: 'arrive'
  readonly source: string
  readonly destination: string
}
/** A host (or the outside) routes the packet on. `out` is the device it leaves by, `''` where left to chance. */
interface Forward {
  readonly kind: 'forward'
  readonly destination: string
  readonly out: string
}
interface Dnat {
  readonly kind: 'dnat'
  readonly from: string
  readonly to: string
}
interface Masquerade {
  readonly kind: 'masquerade'
  readonly from: string
  readonly to: string
}
/** `docker-proxy`, a process on the host, takes the connection and opens its own. */
interface Proxy {
  readonly kind: 'proxy'
  readonly from: string
  readonly to: string
}
/** Both ends share one network namespace. */
interface Loopback {
  readonly kind: 'loopback'
  readonly address: string
}
/** The end of the way: the destination has the packet. */
interface Deliver {
  readonly kind: 'deliver'
  readonly address: string
  readonly mac: string
}
interface Drop {
  readonly kind: 'drop'
  readonly reason: DropReason
  /** What the packet was for: an address, a name or `ADDRESS:PORT`. */
  readonly subject: string
  /** The other side of the reason: the network it came from, the service without tasks. `''` for none. */
  readonly other: string
}

export type DropReason =
  /** The name is known to no resolver on the sender's networks. */
  | 'name-unknown'
  /** The default bridge has no names. */
  | 'name-on-default-bridge'
  /** From one Docker bridge to another (DOCKER-ISOLATION-STAGE-1/-2). */
  | 'isolation'
  /** An internal network lets nothing out of or into its subnet. */
  | 'internal'
  /** `enable_icc=false` between containers of one bridge. */
  | 'icc'
  /** From outside to a port of a container that is not published. */
  | 'unpublished'
  /** Nothing listens on that port of the host. */
  | 'port-closed'
  /** The sender has no route: no default gateway, or no network at all. */
  | 'no-route'
  /** A host and its own macvlan or ipvlan children cannot talk. */
  | 'host-and-child'
  /** macvlan mode `private`, and `vepa` where the switch does not send frames back. */
  | 'macvlan-private'
  | 'not-running'
  /** The service has no task that runs. */
  | 'no-task'
  /** The two hosts share no underlay network, as far as the block says. */
  | 'no-underlay'
  /** No subnet was given to the overlay. */
  | 'no-subnet'
  /** The address belongs to no one the sender can reach. */
  | 'no-neighbour'
