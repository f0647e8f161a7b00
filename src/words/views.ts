/** Words of the views and of what may be asked of them; part of `Words`. */

type ChangeWord = 'new' | 'gone' | 'changed'
type State = 'running' | 'created' | 'exited' | ''
type Role = 'manager' | 'worker' | ''

/** An address on a network, and who has taken it over; `''` for nobody. */
export interface ChangePlace {
  readonly network: string
  readonly address: string
  readonly by: string
}

/** Sentences about what is different after a step. `from` and `to` are values, `''` for none. */
export interface ChangeWords {
  readonly none: string
  network(kind: ChangeWord, name: string, from: string, to: string): string
  networkAnew(name: string, is: string): string
  container(name: string, from: State, to: State, places: readonly ChangePlace[]): string
  /** Of a container that is the same under another name. */
  name(from: string, to: string): string
  /** Of another container under a name there was. */
  anew(name: string, places: readonly ChangePlace[]): string
  /** Beside the new name in a figure. */
  formerly(name: string): string
  /** @param by who has taken the address over that is gone; `''` where it is free. */
  attachment(
    kind: ChangeWord,
    container: string,
    network: string,
    from: string,
    to: string,
    by: string,
  ): string
  /** Of the default route. */
  route(kind: ChangeWord, container: string, family: 4 | 6, from: string, to: string): string
  /** @param name of a load balancer, or of the sandbox of the routing mesh. */
  endpoint(kind: ChangeWord, name: string, network: string, from: string, to: string): string
  port(kind: ChangeWord, port: string, container: string, from: string, to: string): string
  service(kind: ChangeWord, name: string, from: string, to: string): string
  vip(kind: ChangeWord, service: string, network: string, from: string, to: string): string
  mesh(kind: ChangeWord, port: string, service: string, from: string, to: string): string
  role(host: string, from: Role, to: Role): string
  readonly legend: Readonly<Record<ChangeWord, string>>
  /** Of the buttons that go through a sequence of steps. */
  readonly steps: string
  step(number: number): string
}

/** Words of the view `sequence`. */
export interface SequenceWords {
  /** `via` is `''` for a neighbour on the same subnet. */
  sends(via: string): string
  routes(destination: string, device: string): string
  readonly answers: string
  /** What conntrack and IPVS do to an answer. */
  readonly putsBack: string
  /** Of the outer header of a tunnel. */
  readonly outer: string
  /** In the place of a MAC address that is left to chance. */
  readonly anyMac: string
}

/** Words of the view `addresses`. */
export interface SpaceWords {
  pools(host: string): string
  readonly swarmPools: string
  readonly outsidePools: string
  readonly free: string
  freeCount(count: string): string
  readonly lan: string
  readonly networkAddress: string
  readonly broadcast: string
  readonly gateway: string
  reserved(name: string): string
  usedCount(count: number): string
  /** Of the addresses of a swarm that no container has. */
  loadBalancer(host: string): string
  ingressSandbox(host: string): string
  /** What an address is now, and what it was. */
  was(now: string, before: string): string
  /** Free, but given to nobody who does not ask for it. */
  outsideRange(count: string): string
}

/** Words of the view `matrix`. */
export interface MatrixWords {
  readonly container: string
}

/** Of a figure that shows a part of the model. */
export interface FocusWords {
  /** On a network: containers on it that are not drawn. */
  more(count: number): string
  /** On a container: networks of its that are not drawn. */
  moreNetworks(count: number): string
  /** What is not drawn at all; one of them is not 0. */
  rest(containers: number, networks: number, hosts: number): string
}
