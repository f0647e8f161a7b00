import type { Prefix } from '../net/index.ts'
import type { EndpointRequest, LabelFilter, NetworkCreate, Refusal } from './operation.ts'

/** A network of swarm scope as an engine that is a node of the swarm sees it. */
export interface ClusterNetwork {
  readonly name: string
  readonly driver: string
  /** `docker run --network` may use it. */
  readonly attachable: boolean
  /** No endpoint on docker_gwbridge for containers on this network alone. */
  readonly internal: boolean
  readonly ingress: boolean
  /** Its subnets, once the engine has the network for a task of its own; `null` before. */
  readonly subnets: readonly Prefix[] | null
}

/** An address the cluster has given to a container; texts with prefix length, `''` for none. */
export interface ClusterEndpoint {
  readonly ipv4: string
  readonly ipv6: string
  readonly mac: string
}

/**
 * What an engine asks the cluster it is a node of. The engine knows nothing else of a swarm: `swarm/` implements
 * this and hands it over with `Engine.joinCluster`.
 */
export interface ClusterNetworks {
  find(name: string): ClusterNetwork | null
  /** Driver overlay, or `--scope swarm`. */
  create(operation: NetworkCreate): Refusal | null
  remove(name: string): Refusal | null
  /** Removes the networks nobody uses, but for the ingress network, where all filters hold. */
  prune(filters: readonly LabelFilter[]): void
  /** At the start of a container, and at `network connect` to a running one. */
  attach(network: string, container: string, request: EndpointRequest): ClusterEndpoint | Refusal
  detach(network: string, container: string): void
}
