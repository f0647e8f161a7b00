import { parseCidr } from '../net/index.ts'
import { commandLine } from '../problem/command-line.ts'
import { say } from '../problem/say.ts'
import type { ClusterNetwork } from './cluster.ts'
import { openPolicy } from './drivers/policy.ts'
import { addEndpoint, releaseEndpoint } from './endpoint.ts'
import { checkEndpointAtStart, unreadableAtStart } from './endpoint-config.ts'
import {
  chooseGateways,
  compareEndpoints,
  compareNames,
  considerGateway,
  createInterface,
  GWBRIDGE,
} from './gateway.ts'
import type { Id } from './ids.ts'
import { NO_LABELS } from './labels.ts'
import { type EndpointRequest, NO_WISHES, type Refusal } from './operation.ts'
import { passPortsAtStart, passPortsAtStop, portsByChance } from './passing-ports.ts'
import { bindsByChance, publishPorts, unpublishPorts } from './publish.ts'
import { isRefusal, noSuchNetwork, reword, startRefusal } from './refusal.ts'
import type { Container, Endpoint, EngineState, Interface, Network, Sandbox } from './state.ts'

interface Joined {
  readonly endpoint: Endpoint
  readonly request: EndpointRequest
}

/**
 * Gives a container its endpoints, interfaces, default routes and published ports; all or none.
 * @see moby `daemon/container_operations.go: initializeNetworking, allocateNetwork`
 */
export function startSandbox(state: EngineState, container: Container): Refusal | null {
  const { rules } = state.facts
  const joined: Joined[] = []
  const undo = (fault: Refusal): Refusal => {
    for (const { endpoint } of joined) leave(state, endpoint)
    return startRefusal(fault, rules)
  }
  for (const [name, request] of container.attachments) {
    if (name === 'none') continue
    const endpoint = join(state, container, name, request)
    if ('code' in endpoint) return undo(endpoint)
    joined.push({ endpoint, request })
  }
  const gateway = joinGwbridge(state, container, joined)
  if (gateway !== null && 'code' in gateway) return undo(gateway)
  if (gateway !== null) joined.push(gateway)
  const sandbox: Sandbox = {
    interfaces: [],
    nextNumber: 0,
    default4: null,
    default6: null,
    first: null,
    ports: [],
    portsByChance: false,
  }
  const ordered = interfaceOrder(state, joined)
  const chance = rules.interfaceOrder === 'random' && joined.length - (gateway === null ? 0 : 1) > 1
  // docker_gwbridge follows the first overlay that needs it: second, where all of them do.
  const second = joined.every((j) => j === gateway || leadsToGwbridge(j.endpoint.network))
  for (const { endpoint, request } of ordered) {
    addInterface(state, sandbox, endpoint, request, chance && !(second && endpoint === gateway?.endpoint))
  }
  chooseGateways(state, sandbox)
  passPortsAtStart(state, container, sandbox)
  const fault = publishPorts(state, container, sandbox)
  if (fault !== null) return undo(fault)
  sandbox.portsByChance = portsByChance(state, container, sandbox) || bindsByChance(state, container)
  container.sandbox = sandbox
  return null
}

/** @see moby `libnetwork/default_gateway.go: needDefaultGW` */
const leadsToGwbridge = ({ scope, internal }: Network): boolean => scope === 'swarm' && !internal

/** The order of the default route, or a random one: by name here, docker_gwbridge second. */
function interfaceOrder(state: EngineState, joined: readonly Joined[]): Joined[] {
  const list = [...joined]
  if (state.facts.rules.interfaceOrder === 'by-gateway')
    return list.sort((a, b) => compareEndpoints(state, a, b))
  const others = list
    .filter((j) => j.endpoint.network.name !== GWBRIDGE)
    .sort((a, b) => compareNames(a.endpoint.network.name, b.endpoint.network.name))
  const named = [...state.arrange(others)]
  const gwbridge = list.filter((j) => j.endpoint.network.name === GWBRIDGE)
  const firstOverlay = named.findIndex((j) => leadsToGwbridge(j.endpoint.network))
  named.splice(firstOverlay + 1, 0, ...gwbridge)
  return named
}

/** @see moby `libnetwork/osl/interface_linux.go: generateIfaceName`; ≤27 `libnetwork/osl/namespace_linux.go: nextIfIndex` */
function addInterface(
  state: EngineState,
  sandbox: Sandbox,
  endpoint: Endpoint,
  request: EndpointRequest,
  chance: boolean,
): void {
  const { rules } = state.facts
  const isReused = rules.interfaceNumber === 'lowest-free'
  let number = sandbox.nextNumber
  // As many as there are numbers: all of them are taken.
  if (isReused && number !== sandbox.interfaces.length) {
    number = 0
    const taken = new Set(sandbox.interfaces.map((i) => i.name))
    while (taken.has(`eth${number}`)) number++
  }
  const own = rules.interfaceName ? request.interfaceName : ''
  if (own === '') sandbox.nextNumber = number + 1
  const name = own === '' ? `eth${number}` : own
  const added = createInterface(state, endpoint, request, name, chance && own === '')
  sandbox.interfaces.push(added)
  if (sandbox.first !== null) considerGateway(state, sandbox.first, added)
}

function join(
  state: EngineState,
  container: Container,
  networkName: string,
  request: EndpointRequest,
): Endpoint | Refusal {
  const network = state.networks.get(networkName)
  if (isAnother(state, container, networkName)) return lostNetwork(state, container, networkName)
  if (network !== undefined) {
    const fault =
      missingMode(state, container) ??
      checkEndpointAtStart(state, request, network) ??
      unreadableAtStart(state, request)
    if (fault !== null) return fault
    const endpoint = addEndpoint(state, network, endpointName(network, container), container.name, request)
    if (!('code' in endpoint)) container.networkIds.set(networkName, network.id)
    return endpoint
  }
  const clusterNetwork = state.cluster?.find(networkName) ?? null
  if (state.cluster === null || clusterNetwork === null)
    return noSuchNetwork(networkName, request.origins?.network)
  const fault = missingMode(state, container) ?? unreadableAtStart(state, request)
  if (fault !== null) return fault
  const attached = state.cluster.attach(networkName, container.name, request)
  if (isRefusal(attached)) {
    const { ipv4, network: place } = request.origins ?? {}
    return { ...attached, at: attached.code === 'ADDRESS_IN_USE' ? ipv4 : place }
  }
  return {
    name: container.name,
    container: container.name,
    network: viewOf(clusterNetwork),
    ipv4: parseCidr(attached.ipv4),
    ipv6: parseCidr(attached.ipv6),
    mac: attached.mac,
    declared4: request.ipv4 !== '',
    declared6: request.ipv6 !== '',
    leases: [],
  }
}

/**
 * A container joins no network while the one it was created on does not exist, even when it was taken
 * off that one.
 * @see moby `daemon/container_operations.go: normalizeNetMode`
 */
export function missingMode({ facts, networks, cluster }: EngineState, container: Container): Refusal | null {
  const { networkMode } = container
  const isOwn = container.mode === 'networks' && networkMode !== 'default'
  if (!isOwn || !facts.rules.needsModeNetwork || networks.has(networkMode)) return null
  if ((cluster?.find(networkMode) ?? null) !== null) return null
  const fault = noSuchNetwork(networkMode, container.origins?.networkMode)
  return reword(fault, `could not find a network matching network mode ${networkMode}: ${fault.message}`)
}

/** Whether the network of this name is not the one that the container was on when it ran. */
export function isAnother({ networks }: EngineState, { networkIds }: Container, name: string): boolean {
  const before = networkIds.get(name)
  return before !== undefined && networks.get(name)?.id !== before
}

/** What it wants is gone, and its name does not help. */
function lostNetwork({ networks }: EngineState, { name, networkIds }: Container, network: string): Refusal {
  const join = `${commandLine('docker', 'network', 'connect', network, name)}, then ${commandLine('docker', 'start', name)}`
  const hint = networks.has(network)
    ? say`"${name}" keeps the id of the network "${network}" that it ran on, and this one is another. Join it: ${join}.`
    : say`"${name}" keeps the id of the network "${network}" that it ran on. Run ${commandLine('docker', 'network', 'create', network)}, then ${join}.`
  return { ...noSuchNetwork(`${networkIds.get(network) ?? network}`), network, hint }
}

const endpointName = (network: Network, container: Container): string =>
  network.name === GWBRIDGE ? `gateway_${container.name}` : container.name

/** Its managers have one of their own for it. */
const NO_ID: Id = { serial: -1, toString: () => '' }

/** A swarm-scope network as a network of this engine. */
function viewOf(network: ClusterNetwork): Network {
  return {
    name: network.name,
    id: NO_ID,
    driver: network.driver,
    scope: 'swarm',
    predefined: false,
    internal: network.internal,
    attachable: network.attachable,
    ipv4: true,
    ipv6: false,
    options: new Map(),
    labels: NO_LABELS,
    config: null,
    configFrom: '',
    device: '',
    parent: '',
    mode: '',
    policy: openPolicy('overlay', '', true),
    isRestored: false,
    wasJoined: false,
    subnets: [],
    endpoints: new Map(),
  }
}

function leave(state: EngineState, endpoint: Endpoint): void {
  if (endpoint.network.scope === 'swarm') state.cluster?.detach(endpoint.network.name, endpoint.container)
  else releaseEndpoint(state, endpoint)
}

/** moby `libnetwork/default_gateway.go: needDefaultGW` */
function needsGwbridge(joined: readonly { readonly endpoint: Endpoint }[]): boolean {
  const open = joined.map((j) => j.endpoint.network).filter((network) => !network.internal)
  return open.length > 0 && open.every((network) => network.scope === 'swarm')
}

/**
 * A container on an overlay that is not internal, and on no other network with a gateway, gets an endpoint on
 * docker_gwbridge.
 * @see moby `libnetwork/default_gateway.go: setupDefaultGW`
 */
function joinGwbridge(
  state: EngineState,
  container: Container,
  joined: readonly { readonly endpoint: Endpoint }[],
): Joined | Refusal | null {
  const bridge = state.networks.get(GWBRIDGE)
  if (bridge === undefined || joined.some((j) => j.endpoint.network === bridge)) return null
  if (!needsGwbridge(joined)) return null
  const request = { ...NO_WISHES, network: GWBRIDGE }
  const endpoint = addEndpoint(state, bridge, `gateway_${container.name}`, container.name, request)
  return 'code' in endpoint ? endpoint : { endpoint, request }
}

/** Gives everything back: addresses, ports. */
export function stopSandbox(state: EngineState, container: Container): void {
  const { sandbox } = container
  if (sandbox === null) return
  unpublishPorts(state, sandbox)
  passPortsAtStop(state, container, sandbox)
  for (const { endpoint } of sandbox.interfaces) leave(state, endpoint)
  container.sandbox = null
}

/**
 * `docker network connect` to a running container.
 * @see moby `daemon/container_operations.go: connectToNetwork`
 */
export function connectSandbox(
  state: EngineState,
  container: Container,
  name: string,
  request: EndpointRequest,
): Refusal | null {
  const { sandbox } = container
  if (sandbox === null) return null
  const endpoint = join(state, container, name, request)
  if ('code' in endpoint) return endpoint
  addInterface(state, sandbox, endpoint, request, false)
  fitGwbridge(state, container, sandbox)
  return rerouteSandbox(state, container, sandbox)
}

/**
 * Puts a running container on docker_gwbridge, or takes it off, as its other networks want it.
 * @see moby `libnetwork/endpoint.go: sbJoin, sbLeave`, `libnetwork/default_gateway.go: clearDefaultGW`
 */
function fitGwbridge(state: EngineState, container: Container, sandbox: Sandbox): void {
  // Most hosts are in no swarm.
  if (!state.networks.has(GWBRIDGE)) return
  const own = sandbox.interfaces.find((i) => i.endpoint.name === `gateway_${container.name}`)
  const others = sandbox.interfaces.filter((i) => i !== own)
  if (needsGwbridge(others)) {
    const gateway = joinGwbridge(state, container, sandbox.interfaces)
    if (gateway !== null && !('code' in gateway))
      addInterface(state, sandbox, gateway.endpoint, gateway.request, false)
  } else if (own !== undefined) {
    takeOff(state, sandbox, own)
  }
}

export function disconnectSandbox(state: EngineState, container: Container, name: string): void {
  const { sandbox } = container
  if (sandbox === null) return
  const gone = sandbox.interfaces.find((i) => i.endpoint.network.name === name)
  if (gone === undefined) return
  takeOff(state, sandbox, gone)
  fitGwbridge(state, container, sandbox)
  rerouteSandbox(state, container, sandbox)
}

function takeOff(state: EngineState, sandbox: Sandbox, gone: Interface): void {
  sandbox.interfaces = sandbox.interfaces.filter((i) => i !== gone)
  sandbox.first = null
  if (state.facts.rules.interfaceNumber === 'lowest-free') sandbox.nextNumber = 0
  leave(state, gone.endpoint)
}

/** Chooses the default route anew; ports move with it. */
function rerouteSandbox(state: EngineState, container: Container, sandbox: Sandbox): Refusal | null {
  const before = sandbox.default4 ?? sandbox.default6
  chooseGateways(state, sandbox)
  const after = sandbox.default4 ?? sandbox.default6
  if (before?.endpoint === after?.endpoint) return null
  unpublishPorts(state, sandbox)
  return publishPorts(state, container, sandbox)
}
