import type { Span } from '../problem/problem.ts'
import { linkLocalFault } from './endpoint.ts'
import { checkEndpointAtCreate, staticRefusal, unreadableAtStart } from './endpoint-config.ts'
import { NO_LABELS } from './labels.ts'
import { checkLinked, checkLinks } from './links.ts'
import {
  type ContainerAction,
  type ContainerCreate,
  type ContainerRemove,
  type EndpointRequest,
  type NameSettings,
  NO_WISHES,
  type Refusal,
} from './operation.ts'
import { noSuchContainer, refuse, reword, startRefusal } from './refusal.ts'
import { missingMode, startSandbox, stopSandbox } from './sandbox.ts'
import { checkSharedSandbox, sharers } from './shared-sandbox.ts'
import type { Container, ContainerMode, EngineState } from './state.ts'

/**
 * `docker create`, and `docker run` with `start`. A container whose start fails stays, in state "created".
 * @see moby `daemon/create.go: containerCreate`
 */
export function createContainer(state: EngineState, request: ContainerCreate): Refusal | null {
  const mode = modeOf(request.networkMode)
  const endpoints = request.endpoints.map((e) => effectiveEndpoint(request, e))
  const settings = checkModes(state, request) ?? checkEndpoints(state, endpoints)
  if (settings !== null) return settings
  // The engine keeps names with a slash in front, and takes one that is written.
  const name = request.name === '' ? unnamed(state) : request.name.replace(/^\//, '')
  const fault =
    checkName(state, name, request.compose?.project === '', request.origins?.name) ??
    checkLinks(state, request)
  if (fault !== null) return fault
  const sharedWith = mode === 'container' ? request.networkMode.slice('container:'.length) : ''
  const container: Container = {
    name,
    id: state.ids.next(),
    image: request.image,
    hostname: request.hostname,
    mode,
    networkMode: request.networkMode,
    sharedWith,
    sharedId: state.containers.get(sharedWith)?.id ?? null,
    state: 'created',
    ports: request.ports,
    publishAll: request.publishAll,
    expose: request.expose,
    links: request.links,
    names: withDaemonNames(state, request.names),
    origins: request.origins,
    labels: request.labels ?? NO_LABELS,
    autoRemove: request.autoRemove,
    restart: request.restart,
    isUsed: false,
    isStoppedByHand: false,
    hasLostSandbox: false,
    compose: request.compose,
    dependsOn: request.dependsOn,
    mac: request.mac === '' ? null : { network: endpoints[0]?.network ?? '', address: request.mac },
    attachments: new Map(mode === 'container' ? [] : endpoints.map((e) => [e.network, e])),
    networkIds: new Map(),
    sandbox: null,
  }
  attachByMode(container)
  state.containers.set(name, container)
  if (!request.start) return null
  const refusal = startContainer(state, container)
  if (refusal !== null && container.autoRemove) state.containers.delete(name)
  return refusal
}

/** What the engine's own settings say of resolvers holds where a container says nothing of them. */
function withDaemonNames({ facts: { daemon } }: EngineState, names: NameSettings): NameSettings {
  const or = (own: readonly string[], other: readonly string[]): readonly string[] =>
    own.length > 0 ? own : other
  return {
    ...names,
    dns: or(names.dns, daemon.dns),
    dnsSearch: or(names.dnsSearch, daemon.dnsSearch),
    dnsOptions: or(names.dnsOptions, daemon.dnsOptions),
  }
}

function checkEndpoints(state: EngineState, endpoints: readonly EndpointRequest[]): Refusal | null {
  for (const endpoint of endpoints) {
    const fault = checkEndpointAtCreate(state, endpoint)
    if (fault !== null) return fault
  }
  return null
}

function unnamed(state: EngineState): string {
  state.unnamed += 1
  return `unnamed-${state.unnamed}`
}

export function modeOf(networkMode: string): ContainerMode {
  if (networkMode === 'host' || networkMode === 'none') return networkMode
  return networkMode.startsWith('container:') ? 'container' : 'networks'
}

/**
 * `--mac-address` goes to the first network. The default bridge goes by "default" too (a compose project may have a
 * network called so).
 */
function effectiveEndpoint(request: ContainerCreate, endpoint: EndpointRequest): EndpointRequest {
  const isPrimary = endpoint === request.endpoints[0]
  const isDefault = endpoint.network === 'default' && request.compose === null
  const takesMac = endpoint.mac === '' && isPrimary && request.mac !== ''
  if (!isDefault && !takesMac) return endpoint
  return {
    ...endpoint,
    network: isDefault ? 'bridge' : endpoint.network,
    mac: takesMac ? request.mac : endpoint.mac,
  }
}

/** @see moby `daemon/names.go` */
/** @param isShortened a project without a name calls its containers like their services; the real names are longer. */
export function checkName(
  state: EngineState,
  name: string,
  isShortened: boolean,
  at: Span | undefined,
): Refusal | null {
  if (!isShortened && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    return refuse(
      'INVALID_NAME',
      `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
      { at, name },
    )
  }
  const other = state.containers.get(name)
  if (other === undefined) return null
  return refuse(
    'NAME_IN_USE',
    `Conflict. The container name "/${name}" is already in use by container "${other.id}". You have to remove (or rename) that container to be able to reuse that name.`,
    { at, name, holder: { kind: 'container', container: name } },
  )
}

/** @see moby `runconfig/config_unix.go, errors.go: validateNetMode` */
function checkModes(state: EngineState, request: ContainerCreate): Refusal | null {
  const mode = modeOf(request.networkMode)
  // API below 1.44: one network at creation; compose connects the others itself.
  if (
    !state.facts.rules.severalNetworksAtCreate &&
    request.endpoints.length > 1 &&
    request.compose === null
  ) {
    const names = request.endpoints.map((e) => e.network).sort()
    return refuse(
      'TOO_MANY_NETWORKS',
      `Container cannot be connected to network endpoints: ${names.join(', ')}`,
      { at: request.endpoints[1]?.origins?.network },
    )
  }
  const { origins } = request
  const conflict = (what: string, at: Span | undefined): Refusal =>
    refuse('CONFLICTING_OPTIONS', `conflicting options: ${what}`, { at })
  if ((mode === 'container' || mode === 'host') && request.hostname !== '') {
    const isAllowed = mode === 'host'
    if (!isAllowed) return conflict('hostname and the network mode', origins?.hostname)
  }
  if (mode === 'host' && request.links.length > 0) {
    return conflict(
      "host type networking can't be used with links. This would result in undefined behavior",
      origins?.links?.[0],
    )
  }
  const losesMac = (mode === 'host' || mode === 'container') && request.mac !== ''
  // Later releases take a MAC there, without effect.
  if (losesMac && state.facts.rules.refusesMacInSharedSandbox)
    return conflict('mac-address and the network mode', origins?.mac)
  if (mode === 'container') {
    if (request.networkMode === 'container:')
      return refuse('INVALID_NETWORK_MODE', 'invalid container format container:<name|id>', {
        at: origins?.networkMode,
      })
    if (request.links.length > 0) {
      return conflict(
        "container type network can't be used with links. This would result in undefined behavior",
        origins?.links?.[0],
      )
    }
    if (request.ports.length > 0 || request.publishAll)
      return conflict('port publishing and the container type network mode', request.ports[0]?.origin)
    if (request.expose.length > 0)
      return conflict('port exposing and the container type network mode', origins?.expose?.[0])
  }
  // A static address in host mode is checked as a setting of the network called host.
  const isStatic = request.endpoints.find((e) => e.ipv4 !== '' || e.ipv6 !== '')
  if (isStatic === undefined || mode === 'networks') return null
  return state.facts.rules.checksEndpointAtCreate ? checkEndpointAtCreate(state, isStatic) : null
}

/** Starting what runs already changes nothing. */
export function startContainer(state: EngineState, container: Container): Refusal | null {
  if (container.state === 'running') return null
  const fault =
    container.mode === 'container' ? checkSharedSandbox(state, container) : startNetworks(state, container)
  if (fault !== null) return fault
  container.state = 'running'
  container.isUsed = true
  container.isStoppedByHand = false
  container.hasLostSandbox = false
  return null
}

function startNetworks(state: EngineState, container: Container): Refusal | null {
  for (const name of ['host', 'none']) {
    const fault = checkUnaddressed(state, container, container.attachments.get(name))
    if (fault !== null) return fault
  }
  const fault = checkLinked(state, container)
  if (fault !== null) return fault
  return container.mode === 'host' ? null : startSandbox(state, container)
}

/** What is asked of the endpoint on host or none, which has no addresses and is not simulated. */
function checkUnaddressed(
  state: EngineState,
  container: Container,
  request: EndpointRequest | undefined,
): Refusal | null {
  if (request === undefined) return null
  // 20.10 tells only now.
  if (request.ipv4 !== '' || request.ipv6 !== '')
    return staticRefusal(request, state.facts.rules.say.staticOnUserNetworksOnly())
  const fault = missingMode(state, container) ?? unreadableAtStart(state, request) ?? linkLocalFault(request)
  return fault === null ? null : startRefusal(fault, state.facts.rules)
}

/**
 * A new container is on the network of its mode. One that is taken off all networks later stays off them, also when
 * it is started.
 * @see moby `daemon/container_operations.go: updateContainerNetworkSettings`
 */
function attachByMode({ mode, networkMode, attachments }: Container): void {
  if (mode === 'container' || attachments.size > 0) return
  const network = networkMode === 'default' ? 'bridge' : networkMode
  attachments.set(network, { ...NO_WISHES, network })
}

/** Containers that share its sandbox stay in what is left of it. */
export function stopSandboxOf(state: EngineState, container: Container): void {
  for (const other of sharers(state.containers, container)) other.hasLostSandbox = true
  stopSandbox(state, container)
}

export function stopContainer(state: EngineState, container: Container): void {
  if (container.state !== 'running') return
  stopSandboxOf(state, container)
  container.state = 'exited'
  if (container.autoRemove) state.containers.delete(container.name)
}

/** `docker start|stop|restart|kill`: goes on after a refusal; returns the first. */
export function actOnContainers(state: EngineState, action: ContainerAction): Refusal | null {
  const faults = action.names.map((name, index) => {
    const container = state.containers.get(name)
    const at = action.origins?.names?.[index]
    if (container !== undefined) return actOnContainer(state, action.op, container, at)
    const fault = noSuchContainer(name, at)
    return action.op === 'container-kill'
      ? reword(fault, state.facts.rules.say.cannotKill(name, fault.message))
      : fault
  })
  return faults.find((fault) => fault !== null) ?? null
}

function actOnContainer(
  state: EngineState,
  op: ContainerAction['op'],
  container: Container,
  at: Span | undefined,
): Refusal | null {
  switch (op) {
    case 'container-start':
      return startContainer(state, container)
    case 'container-stop':
      container.isStoppedByHand = true
      stopContainer(state, container)
      return null
    case 'container-restart': {
      stopSandboxOf(state, container)
      if (container.state === 'running') container.state = 'exited'
      const fault = startContainer(state, container)
      return fault && reword(fault, `Cannot restart container ${container.name}: ${fault.message}`)
    }
    case 'container-kill': {
      if (container.state === 'running') {
        container.isStoppedByHand = true
        stopContainer(state, container)
        return null
      }
      const { cannotKill, notRunning } = state.facts.rules.say
      return refuse('CONTAINER_NOT_RUNNING', cannotKill(container.name, notRunning(`${container.id}`)), {
        at,
        name: container.name,
      })
    }
    default:
      return op satisfies never
  }
}

/** `docker rm`: goes on after a refusal; returns the first. */
export function removeContainers(
  state: EngineState,
  { names, force, origins }: ContainerRemove,
): Refusal | null {
  const faults = names.map((name, index) => {
    const at = origins?.names?.[index]
    const container = state.containers.get(name)
    // The client says so, and goes on (docker/cli `cli/command/container/rm.go`).
    if (container === undefined) return force ? null : noSuchContainer(name, at)
    return removeContainer(state, container, force, at)
  })
  return faults.find((fault) => fault !== null) ?? null
}

export function removeContainer(
  state: EngineState,
  container: Container,
  force: boolean,
  at?: Span,
): Refusal | null {
  if (container.state === 'running' && !force) {
    const text = state.facts.rules.say.cannotRemoveRunning(container.name, `${container.id}`)
    return refuse('CONTAINER_RUNNING', text, { at, name: container.name })
  }
  stopSandboxOf(state, container)
  state.containers.delete(container.name)
  return null
}
