import { driverOf } from './drivers/index.ts'
import type { EndpointRequest } from './operation.ts'
import type { Endpoint, EngineState, Gateway, GatewayChoice, Interface, Network, Sandbox } from './state.ts'

/** The bridge that leads containers on overlays out of their host. */
export const GWBRIDGE = 'docker_gwbridge'

/**
 * The gateway a network offers to a container, `null` for none.
 *
 * @see moby `libnetwork/drivers/bridge/bridge_linux.go: Join`, `macvlan_joinleave.go`, `ipvlan_joinleave.go`
 */
export function gatewayOf({ facts }: EngineState, endpoint: Endpoint, family: 4 | 6): Gateway | null {
  const own = family === 4 ? endpoint.ipv4 : endpoint.ipv6
  return own === null ? null : driverOf(endpoint.network).gatewayOf(facts.rules, endpoint, family)
}

export function createInterface(
  state: EngineState,
  endpoint: Endpoint,
  request: EndpointRequest,
  name: string,
  chance: boolean,
): Interface {
  return {
    name,
    chance,
    endpoint,
    request,
    gateway4: gatewayOf(state, endpoint, 4),
    gateway6: gatewayOf(state, endpoint, 6),
  }
}

interface Candidate {
  readonly network: Network
  readonly priority: number
  readonly families: number
}

/**
 * Which endpoint may take the default route before another: higher gw-priority, docker_gwbridge last, internal
 * networks behind others, more gateway families, then the network's name.
 * @see moby `libnetwork/sandbox.go: Less`
 */
function compareCandidates(a: Candidate, b: Candidate): number {
  const last = (n: Network): number => (n.name === GWBRIDGE ? 1 : 0)
  return (
    b.priority - a.priority ||
    last(a.network) - last(b.network) ||
    Number(a.network.internal) - Number(b.network.internal) ||
    b.families - a.families ||
    compareNames(a.network.name, b.network.name)
  )
}

/** Ascending bytes, as Go compares strings. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function candidateOf(state: EngineState, endpoint: Endpoint, request: EndpointRequest): Candidate {
  const families = ([4, 6] as const).filter((f) => gatewayOf(state, endpoint, f) !== null).length
  const priority = state.facts.rules.gatewayPriority ? request.gwPriority : 0
  return { network: endpoint.network, priority, families }
}

/** The order in which endpoints are looked at for the default route, and up to 27 given their interfaces. */
export function compareEndpoints(
  state: EngineState,
  a: { readonly endpoint: Endpoint; readonly request: EndpointRequest },
  b: { readonly endpoint: Endpoint; readonly request: EndpointRequest },
): number {
  return compareCandidates(
    candidateOf(state, a.endpoint, a.request),
    candidateOf(state, b.endpoint, b.request),
  )
}

/** What its gateways were found to be when it was made. */
const candidateAs = (
  { facts }: EngineState,
  { endpoint, request, gateway4, gateway6 }: Interface,
): Candidate => ({
  network: endpoint.network,
  priority: facts.rules.gatewayPriority ? request.gwPriority : 0,
  families: Number(gateway4 !== null) + Number(gateway6 !== null),
})

/** Holds an interface against those that came first so far. */
export function considerGateway(state: EngineState, first: GatewayChoice, one: Interface): void {
  const isBefore = (other: Interface | null): boolean =>
    other === null || compareCandidates(candidateAs(state, one), candidateAs(state, other)) < 0
  const [has4, has6] = [one.gateway4 !== null, one.gateway6 !== null]
  if (has4 && has6 && isBefore(first.both)) first.both = one
  if (has4 && isBefore(first.ipv4)) first.ipv4 = one
  if (has6 && isBefore(first.ipv6)) first.ipv6 = one
}

function firstOf(state: EngineState, interfaces: readonly Interface[]): GatewayChoice {
  const first: GatewayChoice = { both: null, ipv4: null, ipv6: null }
  for (const one of interfaces) considerGateway(state, first, one)
  return first
}

/**
 * Sets the interfaces that have the default routes.
 * @see moby `libnetwork/default_gateway.go: selectGatewayEndpoint` (28.0); before: `getGatewayEndpoint`
 */
export function chooseGateways(state: EngineState, sandbox: Sandbox): void {
  sandbox.first ??= firstOf(state, sandbox.interfaces)
  const { both, ipv4, ipv6 } = sandbox.first
  if (state.facts.rules.gatewayForEachFamily) {
    sandbox.default4 = both ?? ipv4
    sandbox.default6 = both ?? ipv6
  } else {
    sandbox.default4 = ipv4
    sandbox.default6 = ipv4 !== null && ipv4.gateway6 !== null ? ipv4 : null
  }
}
