/** Hints that are the same whatever the values. */
import type { ProblemCode } from '../../problem/code.ts'
import { type Said, say } from '../../problem/say.ts'

/** For refusals that only an author can judge. */
export const AT_LAST = say`Leave the command out; or write "expect: error" beside it if its failure is to be shown.`
export const AT_LAST_OF_FILE = say`Delete what is refused, or change it to what the message asks for.`

/** For refusals with one way out, whatever the values. */
export const PLAIN_HINTS: ReadonlyMap<ProblemCode, Said> = new Map<ProblemCode, Said>([
  [
    'POOLS_EXHAUSTED',
    say`Give the networks subnets of their own, or set default-address-pools under daemon.`,
  ],
  [
    'NO_AVAILABLE_ADDRESS',
    say`Give the network a bigger subnet or ip_range, or start fewer containers on it.`,
  ],
  [
    'NO_SUCH_HOST_ADDRESS',
    say`Write an address that the host has, or leave the address out to publish on all.`,
  ],
  ['ADVERTISE_ADDRESS_NEEDED', say`Add --advertise-addr with the address of the host on the underlay.`],
  [
    'DEPENDENCY_CYCLE',
    say`Delete one of these depends_on, links or "service:", so that one service can start first.`,
  ],
  ['NAME_IN_USE', say`Choose another name, or remove the container of that name first.`],
  ['NETWORK_EXISTS', say`Choose another name, or remove the network of that name first.`],
  ['PREDEFINED_NETWORK', say`Choose another name: the engine has this network already.`],
  ['MULTIPLE_SUBNETS', say`A bridge has one IPv4 and one IPv6 subnet; make a second network for the other.`],
  ['CONFLICTING_OPTIONS', say`Leave one of the two out.`],
  ['CONFLICTING_MODE', say`Leave one of the two out.`],
  ['NOT_SWARM_MANAGER', say`Write "swarm: true", or run docker swarm init first; type it on a manager.`],
  ['NO_MANAGER_THERE', say`Write the address that swarm init advertised, with port 2377.`],
  ['ACTIVE_ENDPOINTS', say`Stop, remove or disconnect its containers first.`],
  ['INVALID_OPTION', say`Write a value that the driver takes, or leave the option out.`],
  ['INVALID_PARENT', say`Write the interface under "interfaces:" of the host, or use one that is there.`],
  ['PARENT_IN_USE', say`Use another parent interface, or a VLAN of it such as eth0.10.`],
  ['INVALID_NAME', say`Use at least two letters, digits, "_", "." or "-", the first a letter or digit.`],
  ['BRIDGE_NAME_IN_USE', say`Write another com.docker.network.bridge.name, or leave the option out.`],
  ['ENDPOINT_EXISTS', say`Leave the command out: the container is on that network already.`],
  ['NOT_CONNECTED', say`Leave the command out: the container is not on that network.`],
  ['TOO_MANY_NETWORKS', say`Name one network at docker run, and add the others with docker network connect.`],
  ['INVALID_SCOPE', say`Leave --scope out: the driver gives it.`],
  [
    'INVALID_ADDRESS_POOL',
    say`Write a pool as --default-addr-pool 10.10.0.0/16, and a mask longer than its prefix.`,
  ],
  [
    'INVALID_NETWORK_MODE',
    say`Write bridge, host, none, service:NAME, container:NAME or the name of a network.`,
  ],
  [
    'LINK_NOT_POSSIBLE',
    say`Leave the link out, and put both on one network: they find each other there by name.`,
  ],
  ['ALREADY_IN_SWARM', say`Leave the command out, or type docker swarm leave --force first.`],
  ['NOT_IN_SWARM', say`Leave the command out, or type docker swarm init first.`],
  ['LAST_MANAGER', say`Add --force: it is the last manager, and the swarm ends with it.`],
  ['LEAVING_MANAGER', say`Add --force: the managers that are left may be too few to agree.`],
  ['NO_LEADER', say`Too few managers are left to agree on anything: keep more than half of them.`],
  ['NETWORK_NOT_ATTACHABLE', say`Add --attachable (attachable: true) to the network, or make it a service.`],
  ['NETWORK_IN_USE', say`Remove the services that use it first, with docker service rm.`],
  ['INVALID_NETWORK', say`Name another network: services cannot use this one.`],
  ['INVALID_CONSTRAINT', say`Write a constraint such as node.role==manager.`],
  ['SERVICE_EXISTS', say`Choose another name, or remove the service of that name first.`],
  ['GLOBAL_CANNOT_SCALE', say`Leave the command out: a global service has one task on each node.`],
  ['DNSRR_WITH_INGRESS_PORT', say`Publish the port in mode=host, or leave the endpoint mode out.`],
  ['INVALID_MAC', say`Write six bytes with an even first byte: 02:42:ac:11:00:02.`],
])
