/**
 * What the kernel of a host does with a packet: its own addresses, published ports, bridges, the way out.
 * @see moby `libnetwork/drivers/bridge/setup_ip_tables_linux.go`, `internal/iptabler/`, `port_mapping_linux.go`
 */
import { addressText, parseAddress } from '../net/index.ts'
import type { PlanContainer, PlanHost, PlanNetwork, PublishedPort } from '../plan/plan.ts'
import { choose, toEndpoint } from './overlay-step.ts'
import { add, deliver, drop, type End, inContainer, inHost, OUTSIDE, type Walk } from './walk.ts'
import {
  endpointAt,
  familyOf,
  gwbridgeOf,
  hostAddress,
  isOnParent,
  isOwnAddress,
  localNetworkAt,
  socket,
  textOf,
} from './world.ts'

/** A packet a host has in hand. `from` is the bridge it came in by, `null` from a link or from the host itself. */
export interface Packet {
  readonly from: PlanNetwork | null
  /** `''` where it is not known. */
  readonly source: string
  readonly address: string
  /** The host itself sent it, so it did not come in by a link. */
  readonly local: boolean
}

interface Binding {
  readonly container: PlanContainer
  readonly port: PublishedPort
  readonly network: PlanNetwork
}

/** The published port that takes a packet for an address and port of a host. */
function bindingAt(walk: Walk, host: PlanHost, address: string): Binding | null {
  for (const container of walk.plan.containers.values()) {
    if (container.host !== host.name || container.state !== 'running') continue
    const port = container.ports.find((p) => takes(p, walk, address))
    if (port === undefined) continue
    const key = container.defaultRoute?.network ?? [...container.endpoints.keys()][0] ?? ''
    const network = walk.plan.networks.get(key)
    if (network !== undefined) return { container, port, network }
  }
  return null
}

function takes({ ip, port, protocol }: PublishedPort, walk: Walk, text: string): boolean {
  if (port !== walk.port || protocol !== walk.protocol) return false
  const address = parseAddress(text)
  // A host known by its name alone is asked for at either family.
  if (address === null) return ip.value === 0n
  return address.family === ip.family && (ip.value === 0n || ip.value === address.value)
}

/** A packet for an address of the host itself. */
export function toHostItself(walk: Walk, host: PlanHost, packet: Packet): End {
  const place = inHost(host.name, packet.from?.key ?? '', packet.from?.device ?? host.interface)
  const destination = socket(packet.address, walk.port)
  if (walk.port === null) return deliver(walk, place, destination, '')
  const service = [...walk.plan.services.values()].find((s) =>
    s.ports.some((p) => p.mode === 'ingress' && p.published === walk.port && p.protocol === walk.protocol),
  )
  if (service !== undefined && host.role !== '') return throughMesh(walk, host, service.name, packet)
  const binding = bindingAt(walk, host, packet.address)
  if (binding !== null) return toPublished(walk, host, packet, binding)
  const sharing = [...walk.plan.containers.values()].find(
    (c) => c.mode === 'host' && c.host === host.name && c.state === 'running',
  )
  if (sharing !== undefined) return deliver(walk, { ...place, container: sharing.name }, destination, '')
  return drop(walk, place, 'port-closed', destination, host.name)
}

/**
 * A published port. Packets from containers skip DNAT when docker-proxy runs (the rule `-i BRIDGE -j RETURN` of
 * chain DOCKER in table nat), so the proxy takes them; without it DNAT applies, and isolation after it.
 */
function toPublished(walk: Walk, host: PlanHost, packet: Packet, binding: Binding): End {
  const attachment = binding.container.endpoints.get(binding.network.key)
  const address = textOf(attachment?.ipv4)
  const target = socket(address, binding.port.target)
  const place = inHost(host.name, packet.from?.key ?? '', packet.from?.device ?? host.interface)
  const from = socket(packet.address, walk.port)
  const masquerades = packet.from === null || packet.from.policy.ipv4.source !== null
  if (packet.from !== null && host.daemon.userlandProxy && masquerades) {
    add(walk, place, { kind: 'proxy', from, to: target })
    return ontoBridge(walk, host, binding.network, address, target)
  }
  add(walk, place, { kind: 'dnat', from, to: target })
  const { network } = binding
  if (packet.from !== null && packet.from !== network) {
    return drop(walk, bridgePlace(host, network), 'isolation', target, packet.from.key)
  }
  if (packet.from === network) {
    add(walk, bridgePlace(host, network), {
      kind: 'masquerade',
      from: packet.source,
      to: addressText(network.subnets[0]?.gateway),
    })
  } else add(walk, bridgePlace(host, network), { kind: 'forward', destination: target, out: network.device })
  return ontoBridge(walk, host, network, address, target)
}

function bridgePlace(host: PlanHost, network: PlanNetwork) {
  return inHost(host.name, network.key, network.device)
}

/** The host puts a packet on one of its bridges: nothing filters that. */
function ontoBridge(walk: Walk, host: PlanHost, network: PlanNetwork, address: string, subject: string): End {
  const endpoint = endpointAt(network, address)
  const container = endpoint === null ? null : (walk.plan.containers.get(endpoint.container) ?? null)
  if (endpoint === null || container === null) {
    return drop(walk, bridgePlace(host, network), 'no-neighbour', subject, network.key)
  }
  add(walk, bridgePlace(host, network), { kind: 'bridge', address, mac: endpoint.mac })
  return deliver(walk, inContainer(container, network.key), subject, endpoint.mac)
}

/**
 * The routing mesh: every node takes the port and leads it, by its ingress sandbox, to a task on any node.
 * @see moby `libnetwork/service_linux.go: programIngress, addLBBackend`
 */
function throughMesh(walk: Walk, host: PlanHost, serviceName: string, packet: Packet): End {
  const { plan } = walk
  const service = plan.services.get(serviceName)
  const ingress = [...plan.networks.values()].find((n) => n.ingress)
  const gwbridge = gwbridgeOf(plan, host.name)
  const gateway = textOf(gwbridge?.endpoints.get('gateway_ingress-sbox')?.ipv4)
  if (service === undefined || ingress === undefined || gwbridge === null) {
    return drop(walk, inHost(host.name, '', host.interface), 'no-task', serviceName, '')
  }
  const place = inHost(host.name, gwbridge.key, gwbridge.device)
  add(walk, inHost(host.name, packet.from?.key ?? '', packet.from?.device ?? host.interface), {
    kind: 'dnat',
    from: socket(packet.address, walk.port),
    to: socket(gateway, walk.port),
  })
  add(walk, place, {
    kind: 'bridge',
    address: gateway,
    mac: gwbridge.endpoints.get('gateway_ingress-sbox')?.mac ?? '',
  })
  const sandbox = {
    host: host.name,
    sandbox: 'ingress',
    container: '',
    network: ingress.key,
    interface: 'eth0',
  } as const
  const chosen = choose(walk, sandbox, ingress, service, textOf(service.vips.get(ingress.key)))
  if (chosen === null) return 'dropped'
  const own = [...ingress.endpoints.values()].find((e) => e.kind === 'load-balancer' && e.host === host.name)
  add(walk, sandbox, { kind: 'masquerade', from: packet.source, to: textOf(own?.ipv4) })
  return toEndpoint(walk, ingress, host.name, chosen)
}

/** A packet a host has to route on: to another of its networks, or out. */
export function routeAtHost(walk: Walk, host: PlanHost, packet: Packet): End {
  const { plan } = walk
  const subject = socket(packet.address, walk.port)
  const { from } = packet
  if (isOwnAddress(plan, host, packet.address)) return toHostItself(walk, host, packet)
  if (from?.internal === true) return drop(walk, bridgePlace(host, from), 'internal', subject, from.key)
  const target = localNetworkAt(plan, host.name, packet.address)
  if (target !== null) return toLocalNetwork(walk, host, packet, target)
  return out(walk, host, packet)
}

function toLocalNetwork(walk: Walk, host: PlanHost, packet: Packet, target: PlanNetwork): End {
  const subject = socket(packet.address, walk.port)
  const place = bridgePlace(host, target)
  if (isOnParent(target))
    return drop(walk, inHost(host.name, target.key, target.parent), 'host-and-child', subject, host.name)
  if (packet.local) return ontoBridge(walk, host, target, packet.address, subject)
  if (target.internal) return drop(walk, place, 'internal', subject, target.key)
  const routed = target.policy.ipv4.gateway === 'routed'
  if (packet.from !== null && !routed) return drop(walk, place, 'isolation', subject, packet.from.key)
  const open = routed
    ? walk.protocol === 'icmp' || walk.port === null || isPublishedPort(walk, target, packet.address)
    : // A rule in the raw table keeps others from the addresses of containers.
      !walk.plan.rules.dropsDirectAccess && isPublishedPort(walk, target, packet.address)
  if (!open) return drop(walk, place, 'unpublished', subject, target.key)
  add(walk, place, { kind: 'forward', destination: subject, out: target.device })
  return ontoBridge(walk, host, target, packet.address, subject)
}

function isPublishedPort(walk: Walk, network: PlanNetwork, address: string): boolean {
  const container = walk.plan.containers.get(endpointAt(network, address)?.container ?? '')
  return container?.ports.some((p) => p.target === walk.port && p.protocol === walk.protocol) === true
}

/** Out by the host's own interface: to another host, or away from all of them. */
function out(walk: Walk, host: PlanHost, packet: Packet): End {
  const { plan } = walk
  const subject = socket(packet.address, walk.port)
  const place = inHost(host.name, '', host.interface)
  const policy = familyOf(packet.address) === 4 ? packet.from?.policy.ipv4 : packet.from?.policy.ipv6
  const rewritten = policy?.source ?? null
  const masquerades = rewritten !== null
  const own = rewritten === 'masquerade' ? hostAddress(host) : addressText(rewritten)
  const source = masquerades ? own : packet.source
  add(walk, place, { kind: 'forward', destination: subject, out: host.interface })
  if (masquerades) add(walk, place, { kind: 'masquerade', from: packet.source, to: source })
  const other = plan.hosts.find((h) => h !== host && isOwnAddress(plan, h, packet.address))
  if (other !== undefined && packet.address === hostAddress(other))
    return arriveAtHost(walk, other, source, packet.address)
  if (belongsToDocker(walk, packet.address)) return drop(walk, OUTSIDE, 'no-neighbour', subject, '')
  return deliver(walk, OUTSIDE, subject, '')
}

/** Whether an address is of some Docker network, which no router outside knows. */
function belongsToDocker(walk: Walk, address: string): boolean {
  return [...walk.plan.networks.values()].some((n) => !isOnParent(n) && endpointAt(n, address) !== null)
}

/** A packet comes in at a host's interface from the underlay. */
export function arriveAtHost(walk: Walk, host: PlanHost, source: string, address: string): End {
  add(walk, inHost(host.name, '', host.interface), {
    kind: 'arrive',
    source,
    destination: socket(address, walk.port),
  })
  return routeAtHost(walk, host, { from: null, source, address, local: false })
}
