/** What a manager or the engine in front of it answers when it refuses; the wording is Docker's. */

import type { Refusal } from '../engine/operation.ts'
import { refuse, type Subject } from '../engine/refusal.ts'
import type { ProblemCode } from '../problem/code.ts'
import { commandLine } from '../problem/command-line.ts'
import type { Span } from '../problem/problem.ts'
import { say } from '../problem/say.ts'

/** swarmkit's control API answers through gRPC, and the engine passes its answer on as it is. */
function rpc(code: ProblemCode, grpcCode: string, description: string, subject: Subject = {}): Refusal {
  return refuse(code, `rpc error: code = ${grpcCode} desc = ${description}`, subject)
}

/** moby `daemon/cluster/errors.go`, `daemon/cluster/cluster.go: errNoManager` */
export const NOT_IN_SWARM: Refusal = { code: 'NOT_IN_SWARM', message: 'This node is not part of a swarm' }
export const ALREADY_IN_SWARM: Refusal = {
  code: 'ALREADY_IN_SWARM',
  message:
    'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.',
}
export const NO_SWARM: Refusal = {
  code: 'NOT_SWARM_MANAGER',
  message:
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
}
export const WORKER: Refusal = {
  code: 'NOT_SWARM_MANAGER',
  message:
    "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.",
}
export const NO_LEADER: Refusal = {
  code: 'NO_LEADER',
  message:
    "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.",
}

/**
 * A manager that would leave without `--force`.
 * @see moby `daemon/cluster/swarm.go: Leave, isLastManager, removingManagerCausesLossOfQuorum`
 */
export function leavingManager(reachable: number, unreachable: number): Refusal {
  const start = 'You are attempting to leave the swarm on a node that is participating as a manager. '
  if (reachable === 1 && unreachable === 0) {
    const last =
      'Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message. '
    return { code: 'LAST_MANAGER', message: `${start}${last}` }
  }
  const loss =
    reachable - 2 <= unreachable
      ? `Removing this node leaves ${reachable - 1} managers out of ${reachable + unreachable}. Without a Raft quorum your swarm will be inaccessible. `
      : ''
  const end =
    'The only way to restore a swarm that has lost consensus is to reinitialize it with `--force-new-cluster`. Use `--force` to suppress this message.'
  return { code: 'LEAVING_MANAGER', message: `${start}${loss}${end}` }
}

/** swarmkit `manager/controlapi/node.go: UpdateNode` */
export function demotingLastManager(at?: Span): Refusal {
  const message = 'attempting to demote the last manager of the swarm'
  const hint = say`Promote another node first: docker node promote NODE.`
  return { ...rpc('LAST_MANAGER', 'FailedPrecondition', message, { at }), hint }
}
export function nodeNotFound(name: string, at?: Span): Refusal {
  return refuse('NODE_NOT_FOUND', `node ${name} not found`, { at, name })
}
/** moby `daemon/cluster/helpers.go: getNode` */
export function ambiguousNode(name: string, count: number, at?: Span): Refusal {
  const hint = say`Machines that left are nodes still; Docker tells them apart by their ids alone.`
  return {
    ...refuse('NODE_NOT_FOUND', `node ${name} is ambiguous (${count} matches found)`, { at, name }),
    hint,
  }
}
export function nodeIsManager(name: string, at?: Span): Refusal {
  const message = `node ${name} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`
  const hint = say`Write ${commandLine('docker', 'node', 'demote', name)} before it.`
  return { ...rpc('NODE_NOT_REMOVED', 'FailedPrecondition', message, { at, name }), hint }
}
export function nodeIsUp(name: string, at?: Span): Refusal {
  const message = `node ${name} is not down and can't be removed`
  const hint = say`Have it leave first: [${name}] docker swarm leave.`
  return { ...rpc('NODE_NOT_REMOVED', 'FailedPrecondition', message, { at, name }), hint }
}
/** docker/cli `cli/command/node/update.go: mergeNodeUpdate` */
export function labelNotThere(key: string): Refusal {
  return refuse('INVALID_VALUE', `key ${key} doesn't exist in node's labels`)
}
export function noPreviousSpec(name: string, at?: Span): Refusal {
  const message = `service ${name} does not have a previous spec`
  return rpc('NO_PREVIOUS_SPEC', 'FailedPrecondition', message, { at, name })
}

/** moby `daemon/cluster/swarm.go: validateDefaultAddrPool` */
export function badAddressPool(pool: string, at?: Span): Refusal {
  return refuse('INVALID_ADDRESS_POOL', `invalid base pool ${pool}: invalid CIDR address: ${pool}`, { at })
}
export function poolSmallerThanSubnet(pool: string, maskLength: number, at?: Span): Refusal {
  return {
    at,
    code: 'INVALID_ADDRESS_POOL',
    message: `invalid CIDR: "${pool}". Subnet size is too small for pool: ${maskLength}`,
  }
}
export function maskOutOfRange(maskLength: number, at?: Span): Refusal {
  return refuse('INVALID_ADDRESS_POOL', `subnet size is out of range: ${maskLength}`, { at })
}
export function noManagerThere(remote: string, at?: Span): Refusal {
  return {
    at,
    code: 'NO_MANAGER_THERE',
    message: `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp ${remote}: connect: connection refused"`,
  }
}

/** moby `daemon/network.go: createNetwork`; swarmkit `manager/controlapi/common.go: validateAnnotations` */
export function networkExists(name: string, at?: Span): Refusal {
  return refuse('NETWORK_EXISTS', `network with name ${name} already exists`, { at, name })
}
export function badName(at?: Span): Refusal {
  return rpc('INVALID_NAME', 'InvalidArgument', 'name must be valid as a DNS name component', { at })
}
export function longName(at?: Span): Refusal {
  return rpc('INVALID_NAME', 'InvalidArgument', 'name must be 63 characters or fewer', { at })
}
export const ATTACHABLE_INGRESS: Refusal = rpc(
  'INVALID_NETWORK',
  'InvalidArgument',
  'ingress network cannot be attachable',
)
export const SECOND_INGRESS: Refusal = rpc(
  'NETWORK_EXISTS',
  'AlreadyExists',
  'ingress network is already present',
)
export function networkInUse(name: string, by: string): Refusal {
  return rpc('NETWORK_IN_USE', 'FailedPrecondition', `network ${name} is in use by ${by}`, { network: name })
}
export function ingressInUse(service: string): Refusal {
  return rpc(
    'NETWORK_IN_USE',
    'FailedPrecondition',
    `ingress network cannot be removed because service ${service} depends on it`,
  )
}

/** moby `daemon/cluster/networks.go: AttachNetwork` */
export function notAttachable(network: string): Refusal {
  return {
    network,
    code: 'NETWORK_NOT_ATTACHABLE',
    message: `Could not attach to network ${network}: rpc error: code = PermissionDenied desc = network ${network} not manually attachable`,
  }
}
/** The manager only logs why; the client waits until its request times out. */
export function attachTimedOut(code: ProblemCode): Refusal {
  return {
    code,
    message:
      'attaching to network failed, make sure your network options are correct and check manager logs: context deadline exceeded',
  }
}

/** swarmkit `manager/controlapi/service.go` */
export function serviceExists(name: string, at?: Span): Refusal {
  return rpc(
    'SERVICE_EXISTS',
    'AlreadyExists',
    `name conflicts with an existing object: service ${name} already exists`,
    { at, name },
  )
}
export function serviceNotFound(name: string, at?: Span): Refusal {
  return refuse('SERVICE_NOT_FOUND', `service ${name} not found`, { at, name })
}
export function duplicatePorts(port: number, at?: Span): Refusal {
  const message = 'EndpointSpec: duplicate published ports provided'
  return rpc('PORT_IN_USE', 'InvalidArgument', message, { at, port })
}
export const DNSRR_INGRESS: Refusal = rpc(
  'DNSRR_WITH_INGRESS_PORT',
  'InvalidArgument',
  "EndpointSpec: port published with ingress mode can't be used with dnsrr mode",
)
export function portInUse(port: number, service: string, mode: 'ingress' | 'host', at?: Span): Refusal {
  const how = mode === 'ingress' ? 'an ingress' : 'a host-published'
  return rpc(
    'PORT_IN_USE',
    'InvalidArgument',
    `port '${port}' is already in use by service '${service}' (${service}) as ${how} port`,
    { at, port, holder: { kind: 'container', container: service } },
  )
}
export function badConstraint(message: string, at?: Span): Refusal {
  return rpc('INVALID_CONSTRAINT', 'InvalidArgument', message, { at })
}
export function ingressAsServiceNetwork(name: string, at?: Span): Refusal {
  return rpc(
    'INVALID_NETWORK',
    'InvalidArgument',
    `Service cannot be explicitly attached to the ingress network "${name}"`,
    { at },
  )
}
export function networkNotFound(name: string, at?: Span): Refusal {
  return refuse('NETWORK_NOT_FOUND', `network ${name} not found`, { at, name })
}
export function localNetworkForService(name: string, at?: Span): Refusal {
  return {
    at,
    name,
    code: 'NETWORK_WRONG_SCOPE',
    message: `The network ${name} cannot be used with services. Only networks scoped to the swarm can be used, such as those created with the overlay driver.`,
  }
}
export function globalCannotScale(name: string): Refusal {
  return {
    code: 'GLOBAL_CANNOT_SCALE',
    message: `${name}: scale can only be used with replicated or replicated-job mode`,
  }
}

/** swarmkit `manager/controlapi/network.go: validateIPAMConfiguration` */
export function badSubnet(subnet: string, at?: Span): Refusal {
  return rpc('INVALID_SUBNET', 'InvalidArgument', `ipam configuration: invalid subnet ${subnet}`, { at })
}

interface Link {
  readonly name: string
  readonly ip: string
}

/** moby `daemon/cluster/listen_addr.go: errMultipleIPs`; the client adds what to do. */
export function severalAddresses(a: Link, b: Link): Refusal {
  return {
    code: 'ADVERTISE_ADDRESS_NEEDED',
    message: `could not choose an IP address to advertise since this system has multiple addresses on different interfaces (${a.ip} on ${a.name} and ${b.ip} on ${b.name}) - specify one with --advertise-addr`,
    hint: say`Add --advertise-addr ${a.ip}.`,
  }
}
