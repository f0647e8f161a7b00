/**
 * A packet's way through a plan, hop by hop. Values only: `print.ts` phrases them in plain English, the figures in
 * their own words. Every hop names the things of the plan it touches, so that a figure can highlight them.
 */
import type { Certainty } from '../plan/plan.ts'
import type { DropReason } from './drop-reason.ts'

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
  /** What the program that sends notices. */
  readonly effect: TraceEffect
  /**
   * Source address the receiver sees; `''` where nobody receives, and where it is the own one of a machine that is none
   * of the hosts.
   */
  readonly seenAs: string
  /** In order. When `reached` is false the last one is a `drop`. */
  readonly hops: readonly Hop[]
  /** `one-of-several` when a choice on the way (which task, which address) is left to chance. */
  readonly certainty: Certainty
}

/**
 * `answered`: it works. `refused`: a reset, or for UDP "port unreachable", at once. `timeout`: nothing comes back.
 * `unreachable`: "no route to host". `unknown-name`: the name is not resolved. `not-sent`: there is no sender.
 */
export type TraceEffect = 'answered' | 'refused' | 'timeout' | 'unreachable' | 'unknown-name' | 'not-sent'

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
  /** Linux device: `eth0`, `docker0`, `vxlan0`, `docker_gwbridge`. How sure a container's is, its attachment says. */
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

/** A name server answers a name: the engine's resolver, or one of the host's. */
interface Resolve {
  readonly kind: 'resolve'
  readonly name: string
  /** `127.0.0.11`, or an address of the host's resolv.conf; `''` where that is not known. */
  readonly server: string
  /** More than one for a shared alias, or a service with endpoint mode dnsrr. */
  readonly answers: readonly string[]
  readonly answer: string
  /** What the answer is the address of. `external`: the name is not Docker's and goes on to the host's nameservers. */
  readonly answerIs: 'container' | 'vip' | 'external'
}
/** A name found in /etc/hosts: `localhost`, the own host name, `--add-host`, `--link` on the default bridge. */
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
/** A neighbour is asked for by ARP, or in IPv6 by neighbour discovery, and gets the frame. `mac` is `''` where Docker draws it at random. */
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
  /**
   * Of the iptables rule: MASQUERADE takes the address of the device the packet leaves by, SNAT one that the rule names
   * (`host_ipv4` of a bridge; the load balancer of an overlay, moby daemon/libnetwork/service_linux.go).
   */
  readonly target: 'MASQUERADE' | 'SNAT'
  readonly from: string
  readonly to: string
}
/** `docker-proxy`, a process on the host, takes the connection and opens its own. */
interface Proxy {
  readonly kind: 'proxy'
  readonly from: string
  readonly to: string
}
/** Both ends share one network namespace; `address` is the sender's, too. */
interface Loopback {
  readonly kind: 'loopback'
  readonly address: string
}
/** The end of the way: the destination has the packet. */
interface Deliver {
  readonly kind: 'deliver'
  readonly address: string
  readonly mac: string
  /** Where the receiver sees it come from; `''` where that is not known. */
  readonly source: string
}
interface Drop {
  readonly kind: 'drop'
  readonly reason: DropReason
  /** What the packet was for: an address, a name or `ADDRESS:PORT`. */
  readonly subject: string
  /** The other side of the reason: the network it came from, the service without tasks. `''` for none. */
  readonly other: string
  /** The firewall rule or setting that decides, as it is written; `''` where none does. */
  readonly rule: string
}
