/**
 * What the kernel of a host does with a packet: published ports, its own addresses, bridges, the way out.
 * @see moby `libnetwork/drivers/bridge/setup_ip_tables_linux.go`, `internal/iptabler/`, `port_mapping_linux.go`
 */
import type { PlanHost, PlanNetwork } from '../plan/plan.ts'
import { answerVerdict, forwardVerdict } from './filter.ts'
import { ontoLink } from './link-step.ts'
import { hasPort, listenerOn } from './listen.ts'
import { meshedService, throughMesh } from './mesh-step.ts'
import type { Packet } from './packet.ts'
import { sourceOf } from './policy.ts'
import { type Binding, bindingsOf, dnatOf, isFor, routedAt } from './published.ts'
import { receive } from './receive.ts'
import { leaveAs, leaveAsHost, masqueradeOf, translateSource } from './source-nat.ts'
import { add, deliver, drop, type End, inHost, setSource, toldSource, type Walk } from './walk.ts'
import {
  addressOf,
  bridgeTo,
  endpointAt,
  familyOf,
  gatewayOf,
  hasIpv6,
  hasIpv6Bridge,
  interfaceTo,
  isLoopback,
  isOnParent,
  isOwnAddress,
  socket,
  tentativeAt,
} from './world.ts'

/** Where a host has a packet: at the bridge it came by, else at its own interface. */
function placeOf(host: PlanHost, packet: Packet) {
  return inHost(
    host.name,
    packet.from?.key ?? '',
    packet.from?.device ?? (isLoopback(packet.address) ? 'lo' : packet.link || host.interface),
  )
}

const bridgePlace = (host: PlanHost, network: PlanNetwork) => inHost(host.name, network.key, network.device)

/** A packet that a host has, for one of its own addresses or for another. */
export function atHost(walk: Walk, host: PlanHost, packet: Packet): End {
  const isOwn = isLoopback(packet.address) || isOwnAddress(walk.plan, host, packet.address)
  if (!isOwn) return forward(walk, host, packet, null)
  const unused = tentativeAt(walk.plan, host.name, packet.address)
  if (unused !== null) {
    const end = drop(walk, bridgePlace(host, unused), 'tentative', packet.address, unused.key)
    // Without an address of its own that is in use, the kernel cannot tell anybody, not even itself.
    if (!hasIpv6(host) && !hasIpv6Bridge(walk.plan, host.name)) walk.effect = 'timeout'
    return end
  }
  if (packet.port === null) return deliver(walk, placeOf(host, packet), packet.address, '')
  const service = meshedService(walk, host)
  if (service !== null && familyOf(packet.address) === 4) return throughMesh(walk, host, service, packet)
  const binding = dnatOf(walk, host, packet)
  if (binding === null) return toProcess(walk, host, packet)
  const address = targetOf(binding, familyOf(packet.address))
  const from = socket(packet.address, packet.port)
  add(walk, placeOf(host, packet), { kind: 'dnat', from, to: socket(address, binding.port) })
  return forward(walk, host, { ...packet, address, port: binding.port }, binding)
}

/** The container's address of a family, or the one it has. */
function targetOf({ container, network }: Binding, family: 4 | 6): string {
  const attachment = container.endpoints.get(network.key)
  if (attachment === undefined) return ''
  return addressOf(attachment, family) || addressOf(attachment, family === 4 ? 6 : 4)
}

/** A process of the host takes it: docker-proxy, one of a container in host mode, or none. */
function toProcess(walk: Walk, host: PlanHost, packet: Packet): End {
  const { address, port, from } = packet
  const place = placeOf(host, packet)
  const subject = socket(address, port)
  if (port === null) return deliver(walk, place, subject, '')
  const bindings = bindingsOf(walk, host, port)
  const binding = bindings.find((one) => isFor(one, address))
  if (binding !== undefined) {
    if (host.daemon.userlandProxy) return throughProxy(walk, host, packet, binding)
    const rule = 'userland-proxy: false'
    return drop(walk, place, 'port-held', subject, binding.container.name, rule)
  }
  const listener = listenerOn(walk.plan, host.name, port, walk.protocol, walk.asked)
  if (listener !== null) {
    if (packet.local) leaveAsHost(walk, host, place)
    return deliver(walk, { ...place, container: listener.name }, subject, '')
  }
  const own = host.listens.filter((one) => hasPort([one], port, walk.protocol))
  if (own.some(({ ip }) => ip === '' || ip === address)) {
    if (packet.local) leaveAsHost(walk, host, place)
    return deliver(walk, place, subject, '')
  }
  const [bound] = own
  if (bound !== undefined)
    return drop(walk, place, 'port-closed', subject, host.name, `listens: ${socket(bound.ip, port)}`)
  const routed = routedAt(walk, host, port, familyOf(address))
  if (routed !== null) {
    const rule = `com.docker.network.bridge.gateway_mode_ipv${familyOf(address)}=routed`
    return drop(walk, place, 'routed-only', subject, routed.name, rule)
  }
  const [elsewhere] = bindings
  if (elsewhere !== undefined) {
    const { hostIp, hostPort, container } = elsewhere
    const rule = `-p ${socket(hostIp, hostPort)}:${elsewhere.port}`
    return drop(walk, place, 'published-elsewhere', subject, container.name, rule)
  }
  return drop(walk, place, 'port-closed', subject, from?.host ?? host.name)
}

/** docker-proxy takes the connection and opens its own, from the bridge's address. */
function throughProxy(walk: Walk, host: PlanHost, packet: Packet, binding: Binding): End {
  const { network, hostIp } = binding
  const address = targetOf(binding, familyOf(packet.address))
  const target = socket(address, binding.port)
  const place = placeOf(host, packet)
  add(walk, place, { kind: 'proxy', from: socket(packet.address, packet.port), to: target })
  const asked = packet.address
  const client = packet.from
  setSource(walk, gatewayOf(network, familyOf(address)))
  const end = ontoBridge(walk, host, network, address, binding.port)
  const isAny = hostIp === '0.0.0.0' || hostIp === '::'
  if (end === 'dropped' || walk.protocol !== 'udp' || client === null || !isAny) return end
  if (walk.plan.rules.proxyAnswersAsAsked) return end
  const answers = gatewayOf(client, familyOf(asked))
  if (answers === asked) return end
  return drop(walk, place, 'answer-from-elsewhere', socket(asked, packet.port), answers)
}

/** A packet for somebody else, or translated for a container: through the firewall, and out. */
function forward(walk: Walk, host: PlanHost, packet: Packet, binding: Binding | null): End {
  const { address, port } = packet
  const subject = socket(address, port)
  const out = bridgeTo(walk.plan, host.name, address)
  const verdict = forwardVerdict(walk, packet, out, binding !== null)
  if (verdict !== null) {
    const place =
      verdict.reason === 'internal' && packet.from?.key === verdict.other
        ? bridgePlace(host, packet.from)
        : out === null
          ? placeOf(host, packet)
          : bridgePlace(host, out)
    return drop(walk, place, verdict.reason, subject, verdict.other, verdict.rule)
  }
  if (out === null) return leaveHost(walk, host, packet)
  if (!packet.local || binding !== null)
    add(walk, bridgePlace(host, out), { kind: 'forward', destination: subject, out: out.device })
  translateSource(walk, host, packet, out, binding)
  return ontoBridge(walk, host, out, address, port)
}

/** The host puts a packet on one of its bridges. */
function ontoBridge(
  walk: Walk,
  host: PlanHost,
  network: PlanNetwork,
  address: string,
  port: number | null,
): End {
  const subject = socket(address, port)
  const endpoint = endpointAt(network, address)
  const container = endpoint === null ? null : (walk.plan.containers.get(endpoint.container) ?? null)
  if (endpoint === null || container === null)
    return drop(walk, bridgePlace(host, network), 'no-neighbour', subject, network.key)
  add(walk, bridgePlace(host, network), { kind: 'bridge', address, mac: endpoint.mac })
  return receive(walk, container, network, address, port)
}

/** Out by one of the host's own interfaces: to another host, or away from all of them. */
function leaveHost(walk: Walk, host: PlanHost, packet: Packet): End {
  const { address, port, from } = packet
  const subject = socket(address, port)
  const device = interfaceTo(host, address)
  const place = inHost(host.name, '', device.name)
  const child = [...walk.plan.networks.values()].find(
    (network) => network.host === host.name && isOnParent(network) && endpointAt(network, address) !== null,
  )
  if (child !== undefined) {
    const at = inHost(host.name, child.key, child.parent)
    return drop(walk, at, 'host-and-child', subject, host.name)
  }
  if (familyOf(address) === 6 && host.address !== null && !hasIpv6(host))
    return drop(walk, place, 'no-route', subject, '', 'no IPv6 address on the host')
  if (packet.link !== '' && from === null)
    return drop(walk, place, 'unpublished', subject, host.name, '-P FORWARD DROP')
  add(walk, place, { kind: 'forward', destination: subject, out: device.name })
  const origin = masqueradeOf(walk, host, null)
  if (origin !== null && (from !== null || packet.local)) {
    leaveAs(walk, place, sourceOf(origin, familyOf(address)), device.address)
  }
  const end = acrossLink(walk, host.name, address, port)
  if (end === 'dropped' || walk.hops.at(-1)?.sandbox !== 'outside') return end
  const verdict = answerVerdict(walk, null, null)
  if (verdict === null) return end
  return drop(walk, place, verdict.reason, subject, verdict.other, verdict.rule)
}

/** A packet on the underlay, and on at the host it comes to. @param from the host that sends it, `''` for none. */
export function acrossLink(walk: Walk, from: string, address: string, port: number | null): End {
  const end = ontoLink(walk, from, address, port)
  return typeof end === 'string' ? end : arriveAtHost(walk, end, address, port)
}

/** A packet comes in at a host's interface from the underlay. */
export function arriveAtHost(walk: Walk, host: PlanHost, address: string, port: number | null): End {
  add(walk, inHost(host.name, '', host.interface), {
    kind: 'arrive',
    source: toldSource(walk),
    destination: socket(address, port),
  })
  return atHost(walk, host, { from: null, link: host.interface, address, port, local: false })
}
