/** What an author can do about a refusal: who has what was asked for, and what to write instead. */

import { commandLine, shellWord } from '../../command/format.ts'
import type { Holder, Refusal } from '../../engine/operation.ts'
import { addressText, formatAddress, formatPrefix, lastValue, type Prefix } from '../../net/index.ts'
import type { ProblemCode } from '../../problem/code.ts'
import { nearest } from '../../problem/nearest.ts'
import type { Problem, Span } from '../../problem/problem.ts'
import { otherSide, type Said, say } from '../../problem/say.ts'
import { placeKey, type Session } from '../session/session.ts'
import type { Step } from '../step.ts'

interface Advice {
  readonly hint: Said
  readonly related: Problem['related']
}

const ownNetwork = ({ network }: Refusal): string => (network === 'host' ? 'host' : 'bridge')

export function adviseOn(session: Session, step: Step, refusal: Refusal): Advice {
  const { holder } = refusal
  switch (refusal.code) {
    case 'POOL_OVERLAP':
      return { hint: overlapHint(refusal), related: writtenHere(session, step.host, holder) }
    case 'ADDRESS_IN_USE':
      return { hint: addressHint(refusal), related: writtenHere(session, step.host, holder) }
    case 'PORT_IN_USE':
      return {
        hint: replicasHint(session, step, refusal) ?? portHint(refusal),
        related: writtenHere(session, step.host, holder),
      }
    case 'CONTAINER_NOT_RUNNING':
      return plain(say`Start it first: docker start ${refusal.name ?? 'NAME'}.`)
    case 'CONTAINER_RUNNING':
      return plain(say`Stop it first: docker stop ${refusal.name ?? 'NAME'}.`)
    case 'NETWORK_WRONG_SCOPE':
      return plain(
        say`Use an overlay network: docker network create -d overlay ${shellWord(refusal.name ?? 'NAME')}.`,
      )
    case 'ALIAS_NOT_SUPPORTED':
      return plain(
        isOfFile(step)
          ? say`Write "network_mode: ${ownNetwork(refusal)}" in the place of "networks:".`
          : say`Leave the alias out, or make a network: docker network create NAME.`,
      )
    case 'ADDRESS_OUT_OF_RANGE':
      return plain(rangeHint(refusal))
    case 'STATIC_ADDRESS_NOT_SUPPORTED':
      return plain(staticHint(refusal))
    case 'INVALID_SUBNET':
    case 'INVALID_ADDRESS':
      return plain(subnetHint(refusal))
    case 'UNDEFINED_NETWORK':
    case 'UNDEFINED_SERVICE':
    case 'NETWORK_NOT_FOUND':
    case 'CONTAINER_NOT_FOUND':
    case 'SERVICE_NOT_FOUND':
    case 'PLUGIN_NOT_FOUND':
      return plain(nameHint(session, step, refusal))
    default:
      return plain(PLAIN_HINTS.get(refusal.code) ?? (isOfFile(step) ? AT_LAST_OF_FILE : AT_LAST))
  }
}

/** Whether it is the compose file that asks for it. */
const isOfFile = ({ op }: Step): boolean => op === undefined || op === 'compose-up' || op === 'stack-deploy'

const plain = (hint: Said): Advice => ({ hint, related: [] })

/** For refusals that only an author can judge. */
const AT_LAST = say`Leave the command out; or write "expect: error" beside it if its failure is to be shown.`
const AT_LAST_OF_FILE = say`Delete what is refused, or change it to what the message asks for.`

/** For refusals with one way out, whatever the values. */
const PLAIN_HINTS: ReadonlyMap<ProblemCode, Said> = new Map<ProblemCode, Said>([
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

/** Where the author wrote what is in the way. */
function writtenHere(session: Session, host: string, holder: Holder | undefined): Problem['related'] {
  const { networks, containers } = session.spans
  const here = (name: string, said: Said, span: Span | undefined): Problem['related'] =>
    name === '' || span === undefined ? [] : [otherSide(said, span)]
  switch (holder?.kind) {
    case 'network': {
      const span = networks.get(placeKey(host, holder.network))
      return here(holder.network, say`network "${holder.network}" is written here`, span)
    }
    case 'endpoint':
    case 'container': {
      const span = containers.get(placeKey(host, holder.container))
      return here(holder.container, say`"${holder.container}" is written here`, span)
    }
    default:
      return []
  }
}

function overlapHint({ subnet, holder }: Refusal): Said {
  if (subnet === undefined || holder?.kind !== 'network')
    return say`Choose a subnet that overlaps no other network, or leave it out.`
  return say`${formatPrefix(subnet)} overlaps ${holder.subnet} of network "${holder.network}"; write a subnet outside it, or leave it out.`
}

function addressHint({ address, subnet, holder }: Refusal): Said {
  if (address === undefined || holder === undefined)
    return say`Choose an address that is free, or leave it out.`
  const where = subnet === undefined ? say`the subnet` : formatPrefix(subnet)
  return say`${formatAddress(address)} is ${holderText(holder)}; write another address of ${where}, or leave it out.`
}

function holderText(holder: Holder): Said {
  switch (holder.kind) {
    case 'endpoint':
      return say`the address of "${holder.name}"`
    case 'gateway':
      return holder.network === '' ? say`the gateway` : say`the gateway of network "${holder.network}"`
    case 'auxiliary':
      return say`set aside as auxiliary address "${holder.name}"`
    case 'network-address':
      return say`the network address`
    case 'broadcast-address':
      return say`the broadcast address`
    case 'container':
      return say`taken by "${holder.container}"`
    case 'network':
      return say`taken by network "${holder.network}"`
    default:
      return holder satisfies never
  }
}

/** For containers of one service, all of which ask for one port; `null` for others. */
function replicasHint({ hosts, topology }: Session, step: Step, { port, holder }: Refusal): Said | null {
  if (port === undefined || holder?.kind !== 'container' || !isOfFile(step)) return null
  const container = hosts.get(step.host)?.engine.container(holder.container) ?? null
  const service = topology.services.get(container?.compose?.service ?? '')
  const replicas = service?.replicas?.value ?? 1
  const own = service?.ports.find(({ published }) => published?.first === port && published.last === port)
  if (replicas < 2 || own === undefined) return null
  const range = `${port}-${port + replicas - 1}:${own.target.first}`
  return say`Several containers of one service cannot have one port of the host: write "swarm: true", or a range such as ${range}.`
}

function portHint({ port, holder }: Refusal): Said {
  if (port === undefined) return say`Publish another port of the host.`
  const next = port < 65535 ? port + 1 : port - 1
  return holder?.kind === 'container'
    ? say`Port ${port} of the host is taken by "${holder.container}"; publish another, such as ${next}.`
    : say`Port ${port} of the host is taken; publish another, such as ${next}.`
}

/** From where to where the network's addresses go. */
function rangeHint({ network, subnet }: Refusal): Said {
  if (subnet === undefined && network === undefined)
    return say`Write the subnet of this gateway beside it, as "subnet:".`
  if (subnet === undefined) return say`Write an address inside the subnet, or leave it out.`
  const whose = network === undefined ? say`The subnet` : say`Network "${network}"`
  return say`${whose} is ${formatPrefix(subnet)}: write an address ${spanOfAddresses(subnet)}, or leave it out.`
}

function spanOfAddresses(subnet: Prefix): Said {
  const { family, first } = subnet
  const last = lastValue(subnet) - (family === 4 ? 1n : 0n)
  return say`from ${addressText({ family, value: first + 1n })} to ${addressText({ family, value: last })}`
}

function staticHint({ network }: Refusal): Said {
  return network === 'bridge'
    ? say`Use a network of your own (docker network create mynet, then --network mynet), or leave the address out.`
    : network === 'host' || network === 'none'
      ? say`Leave the address out: "${network}" has none.`
      : say`Give the network a subnet of its own (ipam.config, --subnet), or leave the address out.`
}

function subnetHint({ instead, subnet }: Refusal): Said {
  if (instead !== undefined) return say`Write ${instead}.`
  if (subnet !== undefined) return say`Write one inside ${formatPrefix(subnet)}.`
  return say`Write an address and a prefix length: 10.5.0.0/16.`
}

/** The name that was probably meant, or how there would come to be one. */
function nameHint(session: Session, step: Step, { code, name = 'NAME' }: Refusal): Said {
  const { host, op } = step
  const engine = session.hosts.get(host)?.engine
  const { networks, services } = session.topology
  const first = (make: string): Said => say`Create it first: ${make}.`
  const advice = (known: readonly string[], otherwise: Said): Said => {
    const near = nearest(name, known)
    return near === null ? otherwise : say`Did you mean "${near}"?`
  }
  switch (code) {
    case 'UNDEFINED_NETWORK':
      return advice([...networks.keys()], say`Declare it under "networks:".`)
    case 'UNDEFINED_SERVICE':
      return services.has(name)
        ? say`"${name}" is left out for its "profiles:"; delete them, or give those who need it the same.`
        : advice([...services.keys()], say`Declare it under "services:".`)
    case 'NETWORK_NOT_FOUND': {
      const create = networkCreate(name, op?.startsWith('service-') === true ? 'overlay' : 'bridge')
      const isExternal = [...networks.values()].some(
        (entry) => entry.external && (entry.name?.value ?? entry.key) === name,
      )
      const known = [...(engine?.networks() ?? [])].map((network) => network.name)
      return advice(
        known,
        isExternal
          ? say`Delete "external:", so that compose creates it. Or create it before docker compose up: ${create}.`
          : first(create),
      )
    }
    case 'CONTAINER_NOT_FOUND':
      return advice(
        [...(engine?.containers() ?? [])].map((container) => container.name),
        first(commandLine('docker', 'run', '-d', '--name', name, 'IMAGE')),
      )
    case 'SERVICE_NOT_FOUND':
      return advice(
        [...services.keys()],
        first(commandLine('docker', 'service', 'create', '--name', name, 'IMAGE')),
      )
    default:
      return advice(
        ['bridge', 'overlay', 'macvlan', 'ipvlan'],
        say`Drivers: bridge, overlay, macvlan, ipvlan.`,
      )
  }
}

function networkCreate(name: string, driver: 'bridge' | 'overlay'): string {
  return commandLine('docker', 'network', 'create', ...(driver === 'bridge' ? [] : ['-d', driver]), name)
}
