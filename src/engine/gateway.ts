import { driverOf } from './drivers/index.ts'
import type { EndpointRequest } from './operation.ts'
import type { Endpoint, EngineState, Gateway, Interface, Network, Sandbox } from './state.ts'

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

/**
 * Sets the interfaces that have the default routes.
 * @see moby `libnetwork/default_gateway.go: selectGatewayEndpoint` (28.0); before: `getGatewayEndpoint`
 */
export function chooseGateways(state: EngineState, sandbox: Sandbox): void {
  const ordered = [...sandbox.interfaces].sort((a, b) => compareEndpoints(state, a, b))
  if (!state.facts.rules.gatewayForEachFamily) {
    const chosen = ordered.find((i) => i.gateway4 !== null) ?? null
    sandbox.default4 = chosen
    sandbox.default6 = chosen !== null && chosen.gateway6 !== null ? chosen : null
    return
  }
  const both = ordered.find((i) => i.gateway4 !== null && i.gateway6 !== null) ?? null
  sandbox.default4 = both ?? ordered.find((i) => i.gateway4 !== null) ?? null
  sandbox.default6 = both ?? ordered.find((i) => i.gateway6 !== null) ?? null
}
