import { contains, type Prefix, parseAddress, prefixOf } from '../net/index.ts'
import type { EndpointRequest, Refusal } from './operation.ts'
import { joinFaults, refuse } from './refusal.ts'
import type { EngineState, Network } from './state.ts'

const USER_SUBNETS_ONLY =
  'user specified IP address is supported only when connecting to networks with user configured subnets'
const PREDEFINED = ['bridge', 'host', 'none']

/**
 * What `docker create` and `docker network connect` find wrong with an endpoint's settings where they look.
 *
 * Of a network that does not exist (yet) only the texts are looked at.
 * @see moby `daemon/container_operations.go: validateEndpointSettings`, `api/types/network/endpoint.go`
 */
export function checkEndpoint(state: EngineState, request: EndpointRequest): Refusal | null {
  if (!state.facts.rules.checksEndpointAtCreate) return null
  const { say } = state.facts.rules
  const name = request.network
  const faults: string[] = []
  const isStatic = request.ipv4 !== '' || request.ipv6 !== ''
  if (PREDEFINED.includes(name) || name.startsWith('container:')) {
    if (isStatic) faults.push(say.staticOnUserNetworksOnly())
    if (request.aliases.length > 0) faults.push(say.aliasOnUserNetworksOnly())
  }
  for (const [family, text] of families(request)) {
    if (text !== '' && (parseAddress(text)?.family !== family || isUnspecified(text)))
      faults.push(`invalid IPv${family} address: ${text}`)
  }
  for (const text of request.linkLocalIps) {
    if (parseAddress(text) === null || isUnspecified(text))
      faults.push(`invalid link-local IP address: ${text}`)
  }
  const given = isStatic ? subnetsForStatic(state, name) : null
  if (given !== null) {
    for (const [family, text] of families(request)) {
      const fault = text === '' ? null : rangeFault(state, given, family, text)
      if (fault !== null) faults.push(fault)
    }
  }
  if (faults.length === 0) return null
  return refuse(codeOf(faults), `invalid endpoint settings:\n${joinFaults(faults)}`)
}

/** The same at `docker create`, which (from 25.0 on) says for which network. @see moby `daemon/create.go: containerCreate` */
export function checkEndpointAtCreate(state: EngineState, request: EndpointRequest): Refusal | null {
  if (!state.facts.rules.checksEndpointAtCreate) return checkTexts(request)
  const fault = checkEndpoint(state, request)
  if (fault === null) return null
  return refuse(fault.code, `invalid config for network ${request.network}: ${fault.message}`)
}

const families = (request: EndpointRequest): [4 | 6, string][] => [
  [4, request.ipv4],
  [6, request.ipv6],
]

function codeOf(faults: readonly string[]): string {
  const first = faults[0] ?? ''
  if (first.startsWith('invalid ')) return 'INVALID_ADDRESS'
  return first.startsWith('no configured subnet') ? 'ADDRESS_OUT_OF_RANGE' : 'STATIC_ADDRESS_NOT_SUPPORTED'
}

/** Subnets a static address may be of: those the user gave, where only they count, or, on an overlay, those the managers did. */
function subnetsForStatic({ networks, cluster, facts }: EngineState, name: string): readonly Prefix[] | null {
  const network = networks.get(name)
  if (network === undefined) return cluster?.find(name)?.subnets ?? null
  return network.subnets.flatMap((s) =>
    s.lease !== null && (s.given || !facts.rules.staticAddressNeedsGivenSubnet) ? [prefixOf(s.cidr)] : [],
  )
}

function rangeFault(
  { facts: { rules } }: EngineState,
  given: readonly Prefix[],
  family: 4 | 6,
  text: string,
): string | null {
  const prefixes = given.filter((prefix) => prefix.family === family)
  if (prefixes.length === 0 && rules.staticAddressNeedsGivenSubnet) return USER_SUBNETS_ONLY
  const address = parseAddress(text)
  const inside = address !== null && prefixes.some((prefix) => contains(prefix, address))
  return inside ? null : rules.say.addressNotConfigured(text)
}

/** `0.0.0.0` or `::`. */
const isUnspecified = (text: string): boolean => parseAddress(text)?.value === 0n

/** What 20.10 looks at when a container is created with one network. @see moby v20.10 `daemon/container.go: verifyNetworkingConfig` */
function checkTexts(request: EndpointRequest): Refusal | null {
  for (const [family, text] of families(request)) {
    if (text !== '' && parseAddress(text)?.family !== family) {
      return refuse('INVALID_ADDRESS', `invalid IPv${family} address: ${text}`)
    }
  }
  return null
}

/**
 * What 20.10 finds wrong only when the container joins the network.
 * @see moby v20.10 `daemon/container_operations.go: validateNetworkingConfig`
 */
export function checkEndpointAtStart(
  state: EngineState,
  request: EndpointRequest,
  network: Network,
): Refusal | null {
  if (state.facts.rules.checksEndpointAtCreate) return null
  const isStatic = request.ipv4 !== '' || request.ipv6 !== ''
  if (network.predefined) {
    const { say } = state.facts.rules
    if (isStatic) return refuse('STATIC_ADDRESS_NOT_SUPPORTED', say.staticOnUserNetworksOnly())
    if (request.aliases.length > 0) return refuse('ALIAS_NOT_SUPPORTED', say.aliasOnUserNetworksOnly())
  }
  for (const [family, text] of families(request)) {
    if (text !== '' && !network.subnets.some((s) => s.family === family && s.given)) {
      return refuse('STATIC_ADDRESS_NOT_SUPPORTED', USER_SUBNETS_ONLY)
    }
  }
  return null
}

/**
 * What 20.10 cannot read, last of all when the container joins the network.
 * @see moby v20.10 `daemon/network.go: BuildCreateEndpointOptions`
 */
export function unreadableAtStart({ facts }: EngineState, request: EndpointRequest): Refusal | null {
  if (facts.rules.checksEndpointAtCreate) return null
  const unreadable = (text: string): boolean => text !== '' && parseAddress(text) === null
  if (request.linkLocalIps.some(unreadable))
    return refuse('INVALID_ADDRESS', `Invalid link-local IP address: [${request.linkLocalIps.join(' ')}]`)
  for (const [family, text] of families(request)) {
    // The parenthesis is Docker's.
    if (unreadable(text)) return refuse('INVALID_ADDRESS', `Invalid IPv${family} address: ${text})`)
  }
  return null
}
