/** Why a packet goes no further. */
export type DropReason =
  /** The name is known to no resolver on the sender's networks. */
  | 'name-unknown'
  /** The default bridge has no names. */
  | 'name-on-default-bridge'
  /** From one Docker bridge to another. */
  | 'isolation'
  /** An internal network lets nothing out of or into its subnet. */
  | 'internal'
  /** `enable_icc=false` between containers of one bridge. */
  | 'icc'
  /** From outside to a port of a container that is not published. */
  | 'unpublished'
  /** Nothing listens on that port of the host. */
  | 'port-closed'
  /** A container publishes the port, on another address of the host. */
  | 'published-elsewhere'
  /** Its network is routed: the port is open on the container's own address, and on none of the host's. */
  | 'routed-only'
  /** Without docker-proxy the engine holds the port but does not answer on it. */
  | 'port-held'
  /** The container is said to listen on other ports. */
  | 'not-listening'
  /** It arrives, but the host's firewall drops the answer, which is for an address of a container. */
  | 'answer-dropped'
  /** It arrives, but nobody there knows a way back to the sender's address. */
  | 'no-way-back'
  /** docker-proxy answers a datagram from another address than was asked (up to 27). */
  | 'answer-from-elsewhere'
  /** The bridge never had a link, so that the kernel is still asking whether its IPv6 address is another's (up to 27.3). */
  | 'tentative'
  /** It shares a sandbox that has been made anew under it. */
  | 'lost-sandbox'
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
