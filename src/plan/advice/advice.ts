/** What an author can do about a refusal: who has what was asked for, and what to write instead. */
import type { Holder, Refusal } from '../../engine/operation.ts'
import { addressText, formatAddress, formatPrefix, lastValue, type Prefix } from '../../net/index.ts'
import type { ProblemCode } from '../../problem/code.ts'
import { nearest } from '../../problem/nearest.ts'
import type { Problem, Span } from '../../problem/problem.ts'
import { placeKey, type Session } from '../session/session.ts'
import type { Step } from '../step.ts'

interface Advice {
  readonly hint: string
  readonly related: Problem['related']
}

const ownNetwork = ({ message }: Refusal): string => (message.includes('network host:') ? 'host' : 'bridge')

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
    case 'ALIAS_NOT_SUPPORTED':
      return plain(
        isOfFile(step)
          ? `Write "network_mode: ${ownNetwork(refusal)}" in the place of "networks:".`
          : 'Leave the alias out, or make a network: docker network create NAME.',
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
      return plain(
        PLAIN_HINTS.get(refusal.code)?.replaceAll('NAME', refusal.name ?? 'NAME') ??
          (isOfFile(step) ? AT_LAST_OF_FILE : AT_LAST),
      )
  }
}

/** Whether it is the compose file that asks for it. */
const isOfFile = ({ op }: Step): boolean => op === undefined || op === 'compose-up' || op === 'stack-deploy'

const plain = (hint: string): Advice => ({ hint, related: [] })

/** For refusals that only an author can judge. */
const AT_LAST = 'Leave the command out; or write "expect: error" beside it if its failure is to be shown.'
const AT_LAST_OF_FILE = 'Delete what is refused, or change it to what the message asks for.'

/** For refusals with one way out, whatever the values. */
const PLAIN_HINTS: ReadonlyMap<ProblemCode, string> = new Map<ProblemCode, string>([
  ['POOLS_EXHAUSTED', 'Give the networks subnets of their own, or set default-address-pools under daemon.'],
  ['NO_AVAILABLE_ADDRESS', 'Give the network a bigger subnet or ip_range, or start fewer containers on it.'],
  ['NO_SUCH_HOST_ADDRESS', 'Write an address that the host has, or leave the address out to publish on all.'],
  ['ADVERTISE_ADDRESS_NEEDED', 'Add --advertise-addr with the address of the host on the underlay.'],
  [
    'DEPENDENCY_CYCLE',
    'Delete one of these depends_on, links or "service:", so that one service can start first.',
  ],
  ['NAME_IN_USE', 'Choose another name, or remove the container of that name first.'],
  ['NETWORK_EXISTS', 'Choose another name, or remove the network of that name first.'],
  ['PREDEFINED_NETWORK', 'Choose another name: the engine has this network already.'],
  ['MULTIPLE_SUBNETS', 'A bridge has one IPv4 and one IPv6 subnet; make a second network for the other.'],
  ['CONFLICTING_OPTIONS', 'Leave one of the two out.'],
  ['CONFLICTING_MODE', 'Leave one of the two out.'],
  ['NOT_SWARM_MANAGER', 'Write "swarm: true", or run docker swarm init first; type it on a manager.'],
  ['NO_MANAGER_THERE', 'Write the address that swarm init advertised, with port 2377.'],
  ['ACTIVE_ENDPOINTS', 'Stop, remove or disconnect its containers first.'],
  ['INVALID_OPTION', 'Write a value that the driver takes, or leave the option out.'],
  ['INVALID_PARENT', 'Write the interface under "interfaces:" of the host, or use one that is there.'],
  ['PARENT_IN_USE', 'Use another parent interface, or a VLAN of it such as eth0.10.'],
  ['INVALID_NAME', 'Use at least two letters, digits, "_", "." or "-", the first a letter or digit.'],
  ['BRIDGE_NAME_IN_USE', 'Write another com.docker.network.bridge.name, or leave the option out.'],
  ['CONTAINER_NOT_RUNNING', 'Start it first: docker start NAME.'],
  ['CONTAINER_RUNNING', 'Stop it first: docker stop NAME.'],
  ['ENDPOINT_EXISTS', 'Leave the command out: the container is on that network already.'],
  ['NOT_CONNECTED', 'Leave the command out: the container is not on that network.'],
  ['TOO_MANY_NETWORKS', 'Name one network at docker run, and add the others with docker network connect.'],
  ['INVALID_SCOPE', 'Leave --scope out: the driver gives it.'],
  [
    'INVALID_ADDRESS_POOL',
    'Write a pool as --default-addr-pool 10.10.0.0/16, and a mask longer than its prefix.',
  ],
  [
    'INVALID_NETWORK_MODE',
    'Write bridge, host, none, service:NAME, container:NAME or the name of a network.',
  ],
  [
    'LINK_NOT_POSSIBLE',
    'Leave the link out, and put both on one network: they find each other there by name.',
  ],
  ['ALREADY_IN_SWARM', 'Leave the command out, or type docker swarm leave --force first.'],
  ['NOT_IN_SWARM', 'Leave the command out, or type docker swarm init first.'],
  ['LAST_MANAGER', 'Add --force: it is the last manager, and the swarm ends with it.'],
  ['LEAVING_MANAGER', 'Add --force: the managers that are left may be too few to agree.'],
  ['NO_LEADER', 'Too few managers are left to agree on anything: keep more than half of them.'],
  ['NETWORK_NOT_ATTACHABLE', 'Add --attachable (attachable: true) to the network, or make it a service.'],
  ['NETWORK_WRONG_SCOPE', 'Use an overlay network: docker network create -d overlay NAME.'],
  ['NETWORK_IN_USE', 'Remove the services that use it first, with docker service rm.'],
  ['INVALID_NETWORK', 'Name another network: services cannot use this one.'],
  ['INVALID_CONSTRAINT', 'Write a constraint such as node.role==manager.'],
  ['SERVICE_EXISTS', 'Choose another name, or remove the service of that name first.'],
  ['GLOBAL_CANNOT_SCALE', 'Leave the command out: a global service has one task on each node.'],
  ['DNSRR_WITH_INGRESS_PORT', 'Publish the port in mode=host, or leave the endpoint mode out.'],
  ['INVALID_MAC', 'Write six bytes with an even first byte: 02:42:ac:11:00:02.'],
])

/** Where the author wrote what is in the way. */
function writtenHere(session: Session, host: string, holder: Holder | undefined): Problem['related'] {
  const { networks, containers } = session.spans
  const here = (name: string, message: string, span: Span | undefined): Problem['related'] =>
    name === '' || span === undefined ? [] : [{ message, span }]
  switch (holder?.kind) {
    case 'network': {
      const span = networks.get(placeKey(host, holder.network))
      return here(holder.network, `network "${holder.network}" is written here`, span)
    }
    case 'endpoint':
    case 'container': {
      const span = containers.get(placeKey(host, holder.container))
      return here(holder.container, `"${holder.container}" is written here`, span)
    }
    default:
      return []
  }
}

function overlapHint({ subnet, holder }: Refusal): string {
  if (subnet === undefined || holder?.kind !== 'network')
    return 'Choose a subnet that overlaps no other network, or leave it out.'
  return `${formatPrefix(subnet)} overlaps ${holder.subnet} of network "${holder.network}"; write a subnet outside it, or leave it out.`
}

function addressHint({ address, subnet, holder }: Refusal): string {
  if (address === undefined || holder === undefined) return 'Choose an address that is free, or leave it out.'
  const where = subnet === undefined ? 'the subnet' : formatPrefix(subnet)
  return `${formatAddress(address)} is ${holderText(holder)}; write another address of ${where}, or leave it out.`
}

function holderText(holder: Holder): string {
  switch (holder.kind) {
    case 'endpoint':
      return `the address of "${holder.name}"`
    case 'gateway':
      return holder.network === '' ? 'the gateway' : `the gateway of network "${holder.network}"`
    case 'auxiliary':
      return `set aside as auxiliary address "${holder.name}"`
    case 'network-address':
      return 'the network address'
    case 'broadcast-address':
      return 'the broadcast address'
    case 'container':
      return `taken by "${holder.container}"`
    case 'network':
      return `taken by network "${holder.network}"`
    default:
      return holder satisfies never
  }
}

/** For containers of one service, all of which ask for one port; `null` for others. */
function replicasHint({ hosts, topology }: Session, step: Step, { port, holder }: Refusal): string | null {
  if (port === undefined || holder?.kind !== 'container' || !isOfFile(step)) return null
  const container = hosts.get(step.host)?.engine.container(holder.container) ?? null
  const service = topology.services.get(container?.compose?.service ?? '')
  const replicas = service?.replicas?.value ?? 1
  const own = service?.ports.find(({ published }) => published?.first === port && published.last === port)
  if (replicas < 2 || own === undefined) return null
  const range = `${port}-${port + replicas - 1}:${own.target.first}`
  return `Several containers of one service cannot have one port of the host: write "swarm: true", or a range such as ${range}.`
}

function portHint({ port, holder }: Refusal): string {
  if (port === undefined) return 'Publish another port of the host.'
  const by = holder?.kind === 'container' ? ` by "${holder.container}"` : ''
  const next = port < 65535 ? port + 1 : port - 1
  return `Port ${port} of the host is taken${by}; publish another, such as ${next}.`
}

/** From where to where the network's addresses go. */
function rangeHint({ network, subnet }: Refusal): string {
  if (subnet === undefined && network === undefined)
    return 'Write the subnet of this gateway beside it, as "subnet:".'
  if (subnet === undefined) return 'Write an address inside the subnet, or leave it out.'
  const whose = network === undefined ? 'The subnet' : `Network "${network}"`
  return `${whose} is ${formatPrefix(subnet)}: write an address ${spanOfAddresses(subnet)}, or leave it out.`
}

function spanOfAddresses(subnet: Prefix): string {
  const { family, first } = subnet
  const last = lastValue(subnet) - (family === 4 ? 1n : 0n)
  return `from ${addressText({ family, value: first + 1n })} to ${addressText({ family, value: last })}`
}

function staticHint({ network }: Refusal): string {
  return network === 'bridge'
    ? 'Use a network of your own (docker network create mynet, then --network mynet), or leave the address out.'
    : network === 'host' || network === 'none'
      ? `Leave the address out: "${network}" has none.`
      : 'Give the network a subnet of its own (ipam.config, --subnet), or leave the address out.'
}

function subnetHint({ instead, subnet }: Refusal): string {
  if (instead !== undefined) return `Write ${instead}.`
  if (subnet !== undefined) return `Write one inside ${formatPrefix(subnet)}.`
  return 'Write an address and a prefix length: 10.5.0.0/16.'
}

/** The name that was probably meant, or how there would come to be one. */
function nameHint(session: Session, step: Step, { code, name = 'NAME' }: Refusal): string {
  const { host, op } = step
  const engine = session.hosts.get(host)?.engine
  const { networks, services } = session.topology
  const ofFile = isOfFile(step)
  // Commands alone would run after the services.
  const first = (make: string): string =>
    ofFile
      ? `Create it before: commands: [${JSON.stringify(make)}, docker compose up -d].`
      : `Create it first: ${make}.`
  const advice = (known: readonly string[], otherwise: string): string => {
    const near = nearest(name, known)
    return near === null ? otherwise : `Did you mean "${near}"?`
  }
  switch (code) {
    case 'UNDEFINED_NETWORK':
      return advice([...networks.keys()], 'Declare it under "networks:".')
    case 'UNDEFINED_SERVICE':
      return services.has(name)
        ? `"${name}" is left out for its "profiles:"; delete them, or give those who need it the same.`
        : advice([...services.keys()], 'Declare it under "services:".')
    case 'NETWORK_NOT_FOUND': {
      const overlay = op?.startsWith('service-') ? '-d overlay ' : ''
      const create = `docker network create ${overlay}${name}`
      const isExternal = [...networks.values()].some(
        (entry) => entry.external && (entry.name?.value ?? entry.key) === name,
      )
      const known = [...(engine?.networks() ?? [])].map((network) => network.name)
      return advice(
        known,
        isExternal
          ? `Delete "external:", so that compose creates it. Or create it before docker compose up: ${create}.`
          : first(create),
      )
    }
    case 'CONTAINER_NOT_FOUND':
      return advice(
        [...(engine?.containers() ?? [])].map((container) => container.name),
        first(`docker run -d --name ${name} IMAGE`),
      )
    case 'SERVICE_NOT_FOUND':
      return advice([...services.keys()], first(`docker service create --name ${name} IMAGE`))
    default:
      return advice(['bridge', 'overlay', 'macvlan', 'ipvlan'], 'Drivers: bridge, overlay, macvlan, ipvlan.')
  }
}
