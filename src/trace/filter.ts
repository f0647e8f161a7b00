/**
 * What the firewall of a host lets through from one link to another, and whether the answer comes back.
 * @see moby `libnetwork/drivers/bridge/setup_ip_tables_linux.go`, `internal/iptabler/network.go`, `endpoint.go`
 */
import { formatPrefix, prefixOf } from '../net/index.ts'
import type { PlanContainer, PlanNetwork } from '../plan/plan.ts'
import { publishingNetwork } from '../plan/published.ts'
import type { DropReason } from './drop-reason.ts'
import { hasPort } from './listen.ts'
import type { Packet } from './packet.ts'
import { deviceOf, isGuarded, policyOf } from './policy.ts'
import type { Walk } from './walk.ts'
import { endpointAt, familyOf, hostOf, isOf, isOwnAddress, subnetsOf } from './world.ts'

/** Why a packet is dropped; `other` as in the hop. */
export interface Verdict {
  readonly reason: DropReason
  readonly other: string
  readonly rule: string
}

/**
 * A packet that came in by a bridge or a link and goes out by a bridge, or by a link where `out` is `null`.
 * @param translated it was for a published port of the host, and goes on to the container.
 */
export function forwardVerdict(
  walk: Walk,
  packet: Packet,
  out: PlanNetwork | null,
  translated: boolean,
): Verdict | null {
  if (packet.local) return null
  return (
    internalVerdict(walk, packet, out) ??
    (out === null || translated ? null : guardVerdict(walk, packet, out)) ??
    (out === null ? null : isolationVerdict(walk, packet, out)) ??
    (out === null ? null : portVerdict(walk, packet, out))
  )
}

/** An internal network lets nothing out of or into its subnet. */
function internalVerdict(walk: Walk, packet: Packet, out: PlanNetwork | null): Verdict | null {
  const family = familyOf(packet.address)
  const { from } = packet
  const chain = walk.plan.rules.hasIsolationChains ? 'DOCKER-ISOLATION-STAGE-1' : 'DOCKER-INTERNAL'
  if (from?.internal === true && policyOf(from, family).filtered && out !== from) {
    const rule = `-A ${chain} ! -d ${subnetText(from, family)} -i ${deviceOf(from)} -j DROP`
    return { reason: 'internal', other: from.key, rule }
  }
  if (out?.internal === true && policyOf(out, family).filtered && from !== out) {
    const rule = `-A ${chain} ! -s ${subnetText(out, family)} -o ${deviceOf(out)} -j DROP`
    return { reason: 'internal', other: out.key, rule }
  }
  return null
}

/** The raw table: only the bridge itself, and trusted interfaces of the host, may send to a container's own address. */
function guardVerdict(walk: Walk, { from, link, address }: Packet, out: PlanNetwork): Verdict | null {
  const { trusted } = out.policy
  if (!isGuarded(walk.plan, out, familyOf(address)) || from === out || endpointAt(out, address) === null)
    return null
  if (link !== '' && trusted.includes(link)) return null
  const rule = `iptables -t raw: -A PREROUTING -d ${singleText(address)} ! -i ${deviceOf(out)} -j DROP`
  // Between bridges of such an engine the isolation would drop it as well, and is what people know.
  if (from !== null && walk.plan.rules.hasIsolationChains) return null
  return from === null
    ? { reason: 'unpublished', other: out.key, rule }
    : { reason: 'isolation', other: from.key, rule }
}

function isolationVerdict(walk: Walk, { from, address }: Packet, out: PlanNetwork): Verdict | null {
  if (from === null || from === out || !walk.plan.rules.hasIsolationChains) return null
  const { gateway, filtered } = policyOf(out, familyOf(address))
  if (gateway === 'routed' || !filtered) return null
  const rule = `-A DOCKER-ISOLATION-STAGE-2 -o ${deviceOf(out)} -j DROP`
  return { reason: 'isolation', other: from.key, rule }
}

/** Only published ports are open from elsewhere; between containers of one bridge `enable_icc` decides. */
function portVerdict(walk: Walk, packet: Packet, out: PlanNetwork): Verdict | null {
  const family = familyOf(packet.address)
  const { gateway, filtered } = policyOf(out, family)
  const { from } = packet
  if (!filtered) return null
  if (from === out) {
    const device = deviceOf(out)
    return out.policy.icc
      ? null
      : { reason: 'icc', other: out.key, rule: `-A FORWARD -i ${device} -o ${device} -j DROP` }
  }
  if (gateway === 'nat-unprotected') return null
  const pings = walk.protocol === 'icmp' || packet.port === null
  if (gateway === 'routed' ? pings || isPublished(walk, out, packet) : isPublished(walk, out, packet))
    return null
  const device = deviceOf(out)
  const rule = walk.plan.rules.dropsDirectAccess
    ? `-A DOCKER ! -i ${device} -o ${device} -j DROP`
    : '-P FORWARD DROP'
  return from !== null && gateway !== 'routed'
    ? { reason: 'isolation', other: from.key, rule }
    : { reason: 'unpublished', other: out.key, rule }
}

/** A container's port is open on the network that its ports are published on, its gateway network. */
function isPublished(walk: Walk, out: PlanNetwork, { address, port }: Packet): boolean {
  const container = walk.plan.containers.get(endpointAt(out, address)?.container ?? '')
  if (container === undefined || publishingNetwork(walk.plan, container) !== out) return false
  const family = familyOf(address)
  if (policyOf(out, family).gateway === 'routed') return hasPort(container.publishes, port, walk.protocol)
  return container.ports.some(
    ({ ip, target, protocol }) => ip.family === family && target === port && protocol === walk.protocol,
  )
}

/** One address, as iptables prints it. */
const singleText = (address: string): string => `${address}/${familyOf(address) === 4 ? 32 : 128}`

const subnetText = (network: PlanNetwork, family: 4 | 6): string =>
  subnetsOf(network, family).map((subnet) => formatPrefix(prefixOf(subnet)))[0] ?? ''

/**
 * Whether the answer of the one who has the packet comes back to the sender.
 * @param at the network it was received on, `null` outside.
 */
export function answerVerdict(
  walk: Walk,
  receiver: PlanContainer | null,
  at: PlanNetwork | null,
): Verdict | null {
  const { source } = walk
  if (source === '') return null
  const family = familyOf(source)
  const own = [...walk.plan.networks.values()].find(
    (network) => network.policy.link === 'bridge' && network !== at && endpointAt(network, source) !== null,
  )
  if (own !== undefined) {
    const { trusted } = own.policy
    const comesByBridge = at !== null && at.policy.link === 'bridge' && at.host === own.host
    const link = comesByBridge ? '' : (hostOf(walk.plan, own.host)?.interface ?? '')
    if (isGuarded(walk.plan, own, family) && !(link !== '' && trusted.includes(link))) {
      const rule = `iptables -t raw: -A PREROUTING -d ${singleText(source)} ! -i ${deviceOf(own)} -j DROP`
      return { reason: 'answer-dropped', other: own.key, rule }
    }
  }
  if (receiver === null || at === null) return null
  if (isOf(at, source)) return null
  const attachments = [...receiver.endpoints.keys()].flatMap((key) => walk.plan.networks.get(key) ?? [])
  const other = attachments.find((network) => isOf(network, source))
  if (other !== undefined) {
    const host = hostOf(walk.plan, receiver.host)
    // The host takes its answer by whichever bridge; anybody else gets it past whoever translated the packet.
    const isHost = host !== null && isOwnAddress(walk.plan, host, source)
    if (other.policy.link === 'bridge' && isHost) return null
    // A child on the sender's own LAN answers it directly, and from the address that was asked unless that was translated.
    const translated = walk.hops.some(({ kind }) => kind === 'dnat' || kind === 'proxy')
    if (other.policy.link === 'parent' && other.policy.mode !== 'l3' && !isHost && !translated) return null
    return { reason: 'no-way-back', other: receiver.name, rule: `answers by its interface on ${other.name}` }
  }
  const route = family === 4 ? receiver.defaultRoute : receiver.defaultRoute6
  return route === null ? { reason: 'no-way-back', other: receiver.name, rule: 'no default route' } : null
}

/** Ports of a container that are open to containers linked to it, where `icc=false` closes the others. */
export function isLinked(
  walk: Walk,
  sender: PlanContainer,
  target: PlanContainer,
  network: PlanNetwork,
): boolean {
  // A link on a network of one's own is a name, and nothing else.
  if (network.name !== 'bridge') return false
  if (![...sender.links.values()].includes(target.name)) return false
  return hasPort([...target.exposed, ...target.publishes], walk.port, walk.protocol)
}
