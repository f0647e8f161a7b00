import { releaseEndpoint } from './endpoint.ts'
import { checkEndpoint, checkEndpointAtStart } from './endpoint-config.ts'
import type { EndpointRequest, NetworkConnect, NetworkDisconnect, Refusal } from './operation.ts'
import { noSuchContainer, noSuchNetwork, refuse } from './refusal.ts'
import { connectSandbox, disconnectSandbox, isAnother, missingMode } from './sandbox.ts'
import type { Container, EngineState, Network } from './state.ts'

const SHARED =
  'container sharing network namespace with another container or host cannot be connected to any other network'
const PRIVATE =
  'container cannot be connected to multiple networks with one of the networks in private (none) mode'

/** @see moby `daemon/container_operations.go: ConnectToNetwork` */
export function connectNetwork(
  state: EngineState,
  { container: name, endpoint: asked, origins }: NetworkConnect,
): Refusal | null {
  const container = state.containers.get(name)
  if (container === undefined) return noSuchContainer(name, origins?.container)
  const endpoint = withOwnMac(state, container, asked)
  const network = state.networks.get(endpoint.network) ?? null
  const isKnown = network !== null || (state.cluster?.find(endpoint.network) ?? null) !== null
  return container.state === 'running'
    ? connectRunning(state, container, endpoint, network, isKnown)
    : connectStopped(state, container, endpoint, network, isKnown)
}

/**
 * Old engines keep `--mac-address` with the container, for whenever it is connected to the network it was created on.
 * @see moby v20.10 `daemon/network.go: BuildCreateEndpointOptions`
 */
function withOwnMac({ facts }: EngineState, { mac }: Container, endpoint: EndpointRequest): EndpointRequest {
  const isKept = facts.rules.keepsContainerMac && mac?.network === endpoint.network && endpoint.mac === ''
  return isKept ? { ...endpoint, mac: mac.address } : endpoint
}

function connectRunning(
  state: EngineState,
  container: Container,
  endpoint: EndpointRequest,
  network: Network | null,
  isKnown: boolean,
): Refusal | null {
  if (container.mode === 'container')
    return refuse('CONFLICTING_MODE', SHARED, { at: endpoint.origins?.network })
  if (!isKnown) return noSuchNetwork(endpoint.network, endpoint.origins?.network)
  const fault =
    checkEndpoint(state, endpoint) ??
    missingMode(state, container) ??
    (network === null ? null : checkEndpointAtStart(state, endpoint, network)) ??
    modeConflict(state, container, endpoint)
  if (fault !== null) return fault
  const { network: name } = endpoint
  // Their endpoints have no address and are not simulated.
  if ((name === 'none' || name === 'host') && container.attachments.has(name))
    return refuse(
      'ENDPOINT_EXISTS',
      `endpoint with name ${container.name} already exists in network ${name}`,
      {
        at: endpoint.origins?.network,
        network: name,
      },
    )
  // The managers gave it an address there already.
  if (network === null && isConnected(container, endpoint.network))
    return refuse('ENDPOINT_EXISTS', `${container.name} is already attached to network ${endpoint.network}`, {
      at: endpoint.origins?.network,
      network: endpoint.network,
    })
  const refusal = connectSandbox(state, container, endpoint.network, endpoint)
  // Noted before the endpoint is made, and not taken back: the next start tries it again.
  if (refusal === null || (network !== null && !container.attachments.has(endpoint.network)))
    container.attachments.set(endpoint.network, endpoint)
  return refusal
}

/** Only noted until the next start; even a network that does not exist. */
function connectStopped(
  state: EngineState,
  container: Container,
  endpoint: EndpointRequest,
  network: Network | null,
  isKnown: boolean,
): Refusal | null {
  if (isKnown) {
    const fault =
      checkEndpoint(state, endpoint) ??
      (network === null ? null : checkEndpointAtStart(state, endpoint, network)) ??
      modeConflict(state, container, endpoint)
    if (fault !== null) return fault
    if (container.attachments.has(endpoint.network) && !isAnother(state, container, endpoint.network))
      return null
    container.networkIds.delete(endpoint.network)
  }
  container.attachments.set(endpoint.network, endpoint)
  return null
}

/** Networks that a container is on without any other. */
const ALONE = ['host', 'none'] as const

/** @see moby `daemon/container_operations.go: updateNetworkSettings` */
function modeConflict(
  state: EngineState,
  container: Container,
  { network, origins }: EndpointRequest,
): Refusal | null {
  const subject = { at: origins?.network, network }
  const { facts, networks, cluster } = state
  if (container.mode !== 'host' && network === 'host') {
    return refuse('CONFLICTING_MODE', facts.rules.say.connectToHost(), subject)
  }
  // Any other networks go together.
  if (!ALONE.some((name) => name === network || container.attachments.has(name))) return null
  for (const joined of container.attachments.keys()) {
    // A network it was put on unseen does not count until it exists.
    if (isAnother(state, container, joined)) continue
    if (!networks.has(joined) && (cluster?.find(joined) ?? null) === null) continue
    if (joined === network) return null
    if (joined === 'host' || network === 'host') return refuse('CONFLICTING_MODE', SHARED, subject)
    if (joined === 'none' || network === 'none') return refuse('CONFLICTING_MODE', PRIVATE, subject)
  }
  return null
}

/** @see moby `daemon/container_operations.go: DisconnectFromNetwork` */
export function disconnectNetwork(
  state: EngineState,
  { network, container: name, force, origins }: NetworkDisconnect,
): Refusal | null {
  const container = state.containers.get(name)
  const exists = state.networks.has(network) || (state.cluster?.find(network) ?? null) !== null
  if (container === undefined) {
    if (!force) return noSuchContainer(name, origins?.container)
    // With force it is enough that the network has an endpoint of that name.
    const endpoint = state.networks.get(network)?.endpoints.get(name)
    if (endpoint !== undefined) {
      releaseEndpoint(state, endpoint)
      return null
    }
    return exists
      ? refuse('NOT_CONNECTED', `endpoint ${name} not found`, { at: origins?.container, name, network })
      : noSuchNetwork(network, origins?.network)
  }
  if (!exists && !force && container.state === 'running') return noSuchNetwork(network, origins?.network)
  if (container.mode === 'host' && network === 'host' && container.state === 'running') {
    return refuse('CONFLICTING_MODE', state.facts.rules.say.disconnectFromHost(), { at: origins?.network })
  }
  if (!isConnected(container, network)) {
    const text =
      container.state === 'running' && exists
        ? `container ${container.id} is not connected to network ${network}`
        : `container ${container.id} is not connected to the network ${network}`
    return refuse('NOT_CONNECTED', text, { at: origins?.network, network, name })
  }
  disconnectSandbox(state, container, network)
  container.attachments.delete(network)
  container.networkIds.delete(network)
  return null
}

/** A running container may be noted for a network on which it got no endpoint. */
function isConnected({ sandbox, attachments, state }: Container, network: string): boolean {
  if (!attachments.has(network)) return false
  const isJoined = sandbox?.interfaces.some(({ endpoint }) => endpoint.network.name === network) ?? false
  return state !== 'running' || network === 'none' || isJoined
}
