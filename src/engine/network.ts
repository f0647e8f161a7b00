import { commandLine } from '../problem/command-line.ts'
import type { Span } from '../problem/problem.ts'
import { type Said, say } from '../problem/say.ts'
import { BRIDGE_NAME, driverOf, knownDriver } from './drivers/index.ts'
import { openPolicy } from './drivers/policy.ts'
import { shortId } from './ids.ts'
import { checkSubnets } from './ipam-config.ts'
import { matchesLabels, NO_LABELS } from './labels.ts'
import type { LabelFilter, NetworkCreate, Refusal } from './operation.ts'
import { isRefusal, noSuchNetwork, placed, refuse } from './refusal.ts'
import type { EngineState, Network } from './state.ts'
import { allocateSubnets, hasIpv4, releaseSubnets } from './subnets.ts'

const PREDEFINED = ['bridge', 'host', 'none', 'default']

/**
 * `docker network create`.
 *
 * @param ofProject a compose project makes it: its real name has the project in front, so it may be "default".
 * @see moby `daemon/network.go: createNetwork`, `libnetwork/controller.go: NewNetwork`
 */
export function createNetwork(
  state: EngineState,
  request: NetworkCreate,
  ofProject: boolean,
): Refusal | null {
  const { rules } = state.facts
  const driver = request.driver === '' ? 'bridge' : request.driver
  const { name } = request
  if (name.trim() === '')
    return refuse('INVALID_NAME', rules.say.emptyNetworkName(name), { at: request.origins?.name })
  if (state.cluster !== null && state.cluster.find(name) !== null) return nameInUse(request)
  if (PREDEFINED.includes(name) && !(ofProject && name === 'default')) {
    return refuse('PREDEFINED_NETWORK', `operation is not permitted on predefined ${name} network`, {
      at: request.origins?.name,
      name,
    })
  }
  const config = withConfig(state, { ...request, driver })
  if (isRefusal(config)) return config
  const scopeRefusal = checkScope(state, request, driver)
  if (scopeRefusal !== 'local') return scopeRefusal
  const fault = checkSubnets(request.subnets, request.ipv6 === true, rules)
  if (fault !== null) return fault
  if (state.networks.has(name)) return nameInUse(request)
  if (knownDriver(driver) === null)
    return refuse('PLUGIN_NOT_FOUND', `plugin "${driver}" not found`, {
      at: request.origins?.driver,
      name: driver,
    })
  if (!driverOf({ driver }).hasSubnets) {
    return refuse('NETWORK_EXISTS', `only one instance of "${driver}" network is allowed`, {
      at: request.origins?.driver,
    })
  }
  if (!hasIpv4(state, request) && request.ipv6 !== true) {
    return refuse('INVALID_OPTION', 'IPv4 or IPv6 must be enabled', { at: request.origins?.ipv4 })
  }
  if (request.configOnly === true) return addConfig(state, request)
  if (request.configFrom !== undefined) return addNetwork(state, config, false)
  const defaults = state.facts.daemon.networkOptions.get(driver) ?? new Map<string, string>()
  const options = state.facts.rules.defaultNetworkOptions
    ? new Map([...defaults, ...request.options])
    : request.options
  return addNetwork(state, { ...request, driver, options }, false)
}

/**
 * A network of swarm scope that each node makes for itself: of another driver than overlay.
 * @see moby `daemon/cluster/executor/container/adapter.go: createNetworks`
 */
export function createClusterNetwork(state: EngineState, request: NetworkCreate): Refusal | null {
  if (state.networks.has(request.name)) return null
  const config = withConfig(state, request)
  return isRefusal(config) ? config : addNetwork(state, { ...config, scope: '' }, false)
}

/** The last task that needed it is gone. */
export function removeClusterNetwork(state: EngineState, name: string): void {
  const network = state.networks.get(name)
  if (network === undefined || network.endpoints.size > 0) return
  forget(state, network)
}

/**
 * The request with the settings of the network it is made from.
 * @see moby `libnetwork/controller.go: NewNetwork`, `libnetwork/network.go: validateConfiguration, applyConfigurationTo`
 */
function withConfig(state: EngineState, request: NetworkCreate): NetworkCreate | Refusal {
  const { configOnly, configFrom, options, subnets, ipv6, labels } = request
  const at = request.origins?.configFrom
  const clash = (message: string, hint: Said): Refusal => ({
    ...refuse('CONFLICTING_OPTIONS', message, { at }),
    hint,
  })
  if (configOnly === true) {
    if (configFrom !== undefined)
      return clash(
        'a configuration network cannot depend on another configuration network',
        say`Leave one of the two out.`,
      )
    if (!request.internal && !request.attachable && !request.ingress && request.scope === '') return request
    return clash(
      'configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.',
      say`Write them where a network is made from it.`,
    )
  }
  if (configFrom === undefined) return request
  const config = state.networks.get(configFrom)?.config ?? null
  if (config === null) {
    const hint = say`Create it first: ${commandLine('docker', 'network', 'create', '--config-only', configFrom)}.`
    return {
      ...refuse('NETWORK_NOT_FOUND', `configuration network "${configFrom}" does not exist`, { at }),
      hint,
    }
  }
  const where = say`Write them where "${configFrom}" is created.`
  if (options.size > 0)
    return clash(
      'network driver options are not supported if the network depends on a configuration network',
      where,
    )
  if (subnets.length > 0 || ipv6 !== null || (labels?.size ?? 0) > 0)
    return clash(
      'user specified configurations are not supported if the network depends on a configuration network',
      where,
    )
  const { options: all, subnets: own, ipv4, ipv6: six, labels: marks } = config
  return { ...request, options: all, subnets: own, ipv4, ipv6: six, labels: marks }
}

/** Nothing but its settings: it has no pool and no address. */
function addConfig(state: EngineState, request: NetworkCreate): null {
  state.networks.set(request.name, {
    name: request.name,
    id: state.ids.next(),
    driver: 'null',
    scope: 'local',
    predefined: false,
    internal: false,
    attachable: false,
    ipv4: true,
    ipv6: request.ipv6 === true,
    options: request.options,
    labels: request.labels ?? NO_LABELS,
    config: request,
    configFrom: '',
    device: '',
    parent: '',
    mode: '',
    policy: openPolicy('none', '', true),
    isRestored: false,
    wasJoined: false,
    subnets: [],
    endpoints: new Map(),
  })
  return null
}

function nameInUse({ name, origins }: NetworkCreate): Refusal {
  return refuse('NETWORK_EXISTS', `network with name ${name} already exists`, { at: origins?.name, name })
}

/** `'local'`: the engine makes the network itself. */
function checkScope(state: EngineState, request: NetworkCreate, driver: string): Refusal | null | 'local' {
  if (driver === 'overlay' && request.scope === 'local') {
    // Refused only by an engine that gets as far as the driver, so by a node of a swarm.
    if (state.cluster !== null)
      return refuse('INVALID_SCOPE', 'cannot downgrade network scope for overlay networks', {
        at: request.origins?.scope,
      })
  }
  if (driver !== 'overlay' && request.scope !== 'swarm' && !request.ingress) return 'local'
  if (state.cluster !== null) return state.cluster.create(request)
  return refuse(
    'NOT_SWARM_MANAGER',
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  )
}

/** Makes a network of this engine: pools, gateways, auxiliary addresses, then the driver. */
export function addNetwork(state: EngineState, request: NetworkCreate, predefined: boolean): Refusal | null {
  const parent = request.options.get('parent') ?? ''
  const mode = request.options.get(`${request.driver}_mode`) ?? ''
  const { driver, options } = request
  const isolated = driverOf(request).needsParent && parent === ''
  const internal = request.internal || isolated
  const allocated = allocateSubnets(state, request, { driver, internal, parent, mode, options })
  if (!Array.isArray(allocated)) return allocated
  const network: Network = {
    name: request.name,
    id: state.ids.next(),
    driver,
    scope: driver === 'host' ? 'host' : 'local',
    predefined,
    internal,
    attachable: request.attachable,
    ipv4: hasIpv4(state, request),
    ipv6: request.ipv6 === true,
    options,
    labels: request.labels ?? NO_LABELS,
    config: null,
    configFrom: request.configFrom ?? '',
    device: options.get(BRIDGE_NAME) ?? '',
    parent,
    mode,
    policy: driverOf(request).policy({ internal, mode, options }, state.facts),
    isRestored: false,
    wasJoined: false,
    subnets: allocated,
    endpoints: new Map(),
  }
  const fault = driverOf(network).check(state, network)
  if (fault !== null) {
    releaseSubnets(state, allocated)
    const at = fault.option === undefined ? fault.at : request.origins?.options?.get(fault.option)
    return { ...fault, at }
  }
  state.networks.set(network.name, network)
  if (network.device !== '') state.devices.add(network.device)
  return null
}

function forget(state: EngineState, network: Network): void {
  releaseSubnets(state, network.subnets)
  state.networks.delete(network.name)
  state.devices.delete(network.device)
}

/**
 * `docker network rm` of one network. Endpoints keep it; containers that are not running do not.
 * @see moby `daemon/network.go: deleteNetwork`, `libnetwork/network.go: delete`
 */
export function removeNetwork(state: EngineState, name: string, force: boolean, at?: Span): Refusal | null {
  // One that the engine has made for the swarm is the swarm's.
  if (state.cluster !== null && state.cluster.find(name) !== null) {
    const refusal = state.cluster.remove(name)
    return refusal && placed(refusal, at)
  }
  const network = state.networks.get(name)
  if (network === undefined) return force ? null : noSuchNetwork(name, at)
  if (network.predefined) {
    return refuse('PREDEFINED_NETWORK', `${name} is a pre-defined network and cannot be removed`, {
      at,
      name,
    })
  }
  if ([...state.networks.values()].some(({ configFrom }) => configFrom === name)) {
    const message = `error while removing network: configuration network "${name}" is in use`
    const hint = say`Remove the networks made from it first.`
    return { ...refuse('ACTIVE_ENDPOINTS', message, { at, network: name }), hint }
  }
  if (network.endpoints.size > 0) return activeEndpoints(state, network, at)
  forget(state, network)
  return null
}

function activeEndpoints({ facts, ids }: EngineState, network: Network, at?: Span): Refusal {
  const list = (): string =>
    [...network.endpoints.keys()].map((name) => `name:"${name}" id:"${shortId(ids.next())}"`).join(', ')
  const text = facts.rules.say.activeEndpoints(network.name, `${network.id}`, list)
  return refuse('ACTIVE_ENDPOINTS', text, { at, network: network.name })
}

/** `docker network prune`: every network without endpoints but those that come with the engine. */
export function pruneNetworks(state: EngineState, filters: readonly LabelFilter[]): void {
  for (const network of [...state.networks.values()]) {
    if (
      network.predefined ||
      network.config !== null ||
      network.endpoints.size > 0 ||
      !matchesLabels(network.labels, filters)
    )
      continue
    removeNetwork(state, network.name, false)
  }
  state.cluster?.prune(filters)
}
