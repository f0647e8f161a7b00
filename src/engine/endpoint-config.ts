import { contains, type Prefix, parseAddress, prefixOf } from '../net/index.ts'
import type { EndpointRequest, Refusal } from './operation.ts'
import { joinRefusals, refuse, reword, type Subject } from './refusal.ts'
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
  const faults: Refusal[] = []
  const isStatic = request.ipv4 !== '' || request.ipv6 !== ''
  if (PREDEFINED.includes(name) || name.startsWith('container:')) {
    if (isStatic) faults.push(staticRefusal(request, say.staticOnUserNetworksOnly()))
    if (request.aliases.length > 0) faults.push(aliasRefusal(request, state))
  }
  for (const [family, text] of families(request)) {
    if (text !== '' && (parseAddress(text)?.family !== family || isUnspecified(text)))
      faults.push(
        refuse('INVALID_ADDRESS', `invalid IPv${family} address: ${text}`, placeOf(request, family)),
      )
  }
  for (const [index, text] of request.linkLocalIps.entries()) {
    if (parseAddress(text) !== null && !isUnspecified(text)) continue
    const at = request.origins?.linkLocalIps?.[index]
    faults.push(refuse('INVALID_ADDRESS', `invalid link-local IP address: ${text}`, { at }))
  }
  const given = isStatic ? subnetsForStatic(state, name) : null
  if (given !== null) {
    for (const [family, text] of families(request)) {
      const fault = text === '' ? null : rangeRefusal(state, given, family, request)
      if (fault !== null) faults.push(fault)
    }
  }
  return joinRefusals(faults, 'invalid endpoint settings')
}

/** The same at `docker create`, which (from 25.0 on) says for which network. @see moby `daemon/create.go: containerCreate` */
export function checkEndpointAtCreate(state: EngineState, request: EndpointRequest): Refusal | null {
  if (!state.facts.rules.checksEndpointAtCreate) return checkTexts(request)
  const fault = checkEndpoint(state, request)
  return fault && reword(fault, `invalid config for network ${request.network}: ${fault.message}`)
}

const families = (request: EndpointRequest): [4 | 6, string][] => [
  [4, request.ipv4],
  [6, request.ipv6],
]

/** The address that was asked for, and where. */
function placeOf({ ipv4, ipv6, origins }: EndpointRequest, family: 4 | 6): Subject {
  return {
    at: family === 4 ? origins?.ipv4 : origins?.ipv6,
    address: parseAddress(family === 4 ? ipv4 : ipv6) ?? undefined,
  }
}

export function staticRefusal(request: EndpointRequest, message: string): Refusal {
  return refuse('STATIC_ADDRESS_NOT_SUPPORTED', message, {
    ...placeOf(request, request.ipv4 === '' ? 6 : 4),
    network: request.network,
  })
}

function aliasRefusal({ network, origins }: EndpointRequest, { facts }: EngineState): Refusal {
  const message = facts.rules.say.aliasOnUserNetworksOnly()
  return refuse('ALIAS_NOT_SUPPORTED', message, { at: origins?.aliases?.[0], network })
}

/** Subnets a static address may be of: those the user gave, where only they count, or, on an overlay, those the managers did. */
function subnetsForStatic({ networks, cluster, facts }: EngineState, name: string): readonly Prefix[] | null {
  const network = networks.get(name)
  if (network === undefined) return cluster?.find(name)?.subnets ?? null
  return network.subnets.flatMap((s) =>
    s.lease !== null && (s.given || network.isRestored || !facts.rules.staticAddressNeedsGivenSubnet)
      ? [prefixOf(s.cidr)]
      : [],
  )
}

function rangeRefusal(
  { facts: { rules } }: EngineState,
  given: readonly Prefix[],
  family: 4 | 6,
  request: EndpointRequest,
): Refusal | null {
  const text = family === 4 ? request.ipv4 : request.ipv6
  const prefixes = given.filter((prefix) => prefix.family === family)
  if (prefixes.length === 0 && rules.staticAddressNeedsGivenSubnet)
    return staticRefusal(request, USER_SUBNETS_ONLY)
  const address = parseAddress(text)
  const inside = address !== null && prefixes.some((prefix) => contains(prefix, address))
  if (inside) return null
  return refuse('ADDRESS_OUT_OF_RANGE', rules.say.addressNotConfigured(text), {
    ...placeOf(request, family),
    network: request.network,
    subnet: prefixes[0],
  })
}

/** `0.0.0.0` or `::`. */
const isUnspecified = (text: string): boolean => parseAddress(text)?.value === 0n

/** What 20.10 looks at when a container is created with one network. @see moby v20.10 `daemon/container.go: verifyNetworkingConfig` */
function checkTexts(request: EndpointRequest): Refusal | null {
  for (const [family, text] of families(request)) {
    if (text !== '' && parseAddress(text)?.family !== family) {
      return refuse('INVALID_ADDRESS', `invalid IPv${family} address: ${text}`, placeOf(request, family))
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
    if (isStatic) return staticRefusal(request, say.staticOnUserNetworksOnly())
    if (request.aliases.length > 0) return aliasRefusal(request, state)
  }
  for (const [family, text] of families(request)) {
    const isGiven = network.subnets.some((s) => s.family === family && (s.given || network.isRestored))
    if (text !== '' && !isGiven) {
      return staticRefusal(request, USER_SUBNETS_ONLY)
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
  const strange = request.linkLocalIps.findIndex(unreadable)
  if (strange >= 0) {
    const message = `Invalid link-local IP address: [${request.linkLocalIps.join(' ')}]`
    return refuse('INVALID_ADDRESS', message, { at: request.origins?.linkLocalIps?.[strange] })
  }
  for (const [family, text] of families(request)) {
    // The parenthesis is Docker's.
    if (unreadable(text))
      return refuse('INVALID_ADDRESS', `Invalid IPv${family} address: ${text})`, placeOf(request, family))
  }
  return null
}
