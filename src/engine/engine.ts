/**
 * A simulated Docker Engine: the networks, containers and addresses of one machine, changed by Docker's own
 * operations. Knows nothing of compose, of swarm or of what an author wrote.
 */
import { createAddressSpace } from '../ipam/index.ts'
import type { ClusterNetworks } from './cluster.ts'
import { connectNetwork, disconnectNetwork } from './connect.ts'
import { actOnContainers, createContainer, removeContainers } from './container.ts'
import { addDefaultNetworks } from './default-networks.ts'
import { addEndpoint, releaseEndpoint } from './endpoint.ts'
import { type EngineFacts, localPools } from './facts.ts'
import { GWBRIDGE } from './gateway.ts'
import { createIds } from './ids.ts'
import {
  exitContainer,
  pruneContainers,
  renameContainer,
  restartEngine,
  updateContainers,
} from './life-cycle.ts'
import {
  createClusterNetwork,
  createNetwork,
  pruneNetworks,
  removeClusterNetwork,
  removeNetwork,
} from './network.ts'
import {
  type ContainerAction,
  type ContainerCreate,
  type ContainerPrune,
  type ContainerRemove,
  type ContainerRename,
  type ContainerUpdate,
  type EngineRestart,
  type NetworkConnect,
  type NetworkCreate,
  type NetworkDisconnect,
  type NetworkPrune,
  type NetworkRemove,
  NO_WISHES,
  type Refusal,
} from './operation.ts'
import { type Arrange, IN_ORDER } from './order.ts'
import { createPortAllocator } from './ports.ts'
import { noSuchNetwork } from './refusal.ts'
import { sharedContainer } from './shared-sandbox.ts'
import type { Container, Endpoint, EndpointObserver, EngineState, Network } from './state.ts'

/** What one engine does by itself. */
export type LocalOperation =
  | NetworkCreate
  | NetworkConnect
  | NetworkDisconnect
  | NetworkRemove
  | NetworkPrune
  | ContainerCreate
  | ContainerAction
  | ContainerRemove
  | ContainerUpdate
  | ContainerRename
  | ContainerPrune
  | EngineRestart

export interface Engine {
  readonly facts: EngineFacts
  /** Why the engine could not make its default bridge (`bip` without room, …), or `null`. */
  readonly startFault: Refusal | null
  /** @returns the engine's refusal, or `null` when it did as asked. */
  execute(operation: LocalOperation): Refusal | null
  /** A network of a compose project; may be called "default". */
  createProjectNetwork(operation: NetworkCreate): Refusal | null
  /** This engine's own networks, in order of creation: none, host, bridge, then the users'. */
  networks(): Iterable<Network>
  /** A network of swarm scope that the engine makes for itself, unless it has it. */
  createClusterNetwork(operation: NetworkCreate): Refusal | null
  /** Unless something is on it. */
  removeClusterNetwork(name: string): void
  network(name: string): Network | null
  containers(): Iterable<Container>
  container(name: string): Container | null
  /** The one whose sandbox another shares; `null` where that one has been removed, though another has its name. */
  sharedContainer(container: Container): Container | null
  /** The program of a container ends by itself. */
  exit(name: string): void
  /** From now on the engine is a node of a swarm. */
  joinCluster(cluster: ClusterNetworks): void
  leaveCluster(): void
  /** An endpoint on docker_gwbridge that belongs to no container (`gateway_ingress-sbox`); lowest free address. */
  addGatewayEndpoint(name: string): Endpoint | Refusal
  removeGatewayEndpoint(name: string): void
}

const UNOBSERVED: EndpointObserver = { allocated: () => {}, released: () => {} }

/** Starts an engine on a machine it has never run on: only none, host and bridge exist. */
export function createEngine(
  facts: EngineFacts,
  observer: EndpointObserver = UNOBSERVED,
  arrange: Arrange = IN_ORDER,
): Engine {
  const state: EngineState = {
    facts,
    ids: createIds(`${facts.host} ${facts.id}`),
    space: createAddressSpace(facts.rules, localPools(facts.daemon), facts.id),
    portAllocator: createPortAllocator(facts.rules),
    networks: new Map(),
    devices: new Set(),
    containers: new Map(),
    observer,
    arrange,
    cluster: null,
    unnamed: 0,
  }
  const startFault = addDefaultNetworks(state)
  return {
    facts,
    startFault,
    execute: (operation) => execute(state, operation),
    createProjectNetwork: (operation) => createNetwork(state, operation, true),
    createClusterNetwork: (operation) => createClusterNetwork(state, operation),
    removeClusterNetwork: (name) => removeClusterNetwork(state, name),
    networks: () => state.networks.values(),
    network: (name) => state.networks.get(name) ?? null,
    containers: () => state.containers.values(),
    container: (name) => state.containers.get(name) ?? null,
    sharedContainer: (container) => sharedContainer(state.containers, container) ?? null,
    exit(name) {
      const container = state.containers.get(name)
      if (container !== undefined) exitContainer(state, container)
    },
    joinCluster(cluster) {
      state.cluster = cluster
    },
    leaveCluster() {
      state.cluster = null
    },
    addGatewayEndpoint(name) {
      const bridge = state.networks.get(GWBRIDGE)
      if (bridge === undefined) return noSuchNetwork(GWBRIDGE)
      return addEndpoint(state, bridge, name, '', { ...NO_WISHES, network: GWBRIDGE })
    },
    removeGatewayEndpoint(name) {
      const endpoint = state.networks.get(GWBRIDGE)?.endpoints.get(name)
      if (endpoint !== undefined) releaseEndpoint(state, endpoint)
    },
  }
}

function execute(state: EngineState, operation: LocalOperation): Refusal | null {
  switch (operation.op) {
    case 'network-create':
      return createNetwork(state, operation, false)
    case 'network-connect':
      return connectNetwork(state, operation)
    case 'network-disconnect':
      return disconnectNetwork(state, operation)
    case 'network-rm': {
      const faults = operation.names.map((name, index) =>
        removeNetwork(state, name, operation.force, operation.origins?.names?.[index]),
      )
      return faults.find((fault) => fault !== null) ?? null
    }
    case 'network-prune':
      pruneNetworks(state, operation.filters)
      return null
    case 'container-create':
      return createContainer(state, operation)
    case 'container-start':
    case 'container-stop':
    case 'container-restart':
    case 'container-kill':
      return actOnContainers(state, operation)
    case 'container-rm':
      return removeContainers(state, operation)
    case 'container-update':
      return updateContainers(state, operation)
    case 'container-rename':
      return renameContainer(state, operation)
    case 'container-prune':
      pruneContainers(state, operation.filters)
      return null
    case 'engine-restart':
      restartEngine(state, operation)
      return null
    default:
      return operation satisfies never
  }
}
