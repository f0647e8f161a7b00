import {
  comparePrefixes,
  type Family,
  firstOf,
  formatCidr,
  formatPrefix,
  overlaps,
  type Prefix,
  parseAddress,
} from '../../net/index.ts'
import type { Rules } from '../../rules/index.ts'
import { shortId } from '../ids.ts'
import type { Refusal } from '../operation.ts'
import { refuse, reword } from '../refusal.ts'
import type { EngineState, Network, NetworkSubnet } from '../state.ts'
import { type Driver, type PolicyFacts, type Settings, subnetGateway, subnetOf } from './driver.ts'
import { HOST_SOURCE, hostSource, sourceFault } from './host-source.ts'
import type { FamilyPolicy, GatewayMode, NetworkPolicy } from './policy.ts'

export const BRIDGE_NAME = 'com.docker.network.bridge.name'
const OPTION = 'com.docker.network.bridge.'
const MTU = 'com.docker.network.driver.mtu'
const INTERFACE_NAME_BYTES = 15
const ENCODER = new TextEncoder()
/** Of IPv6; a bridge refuses both. */
const MULTICAST: Prefix = { family: 6, first: 0xffn << 120n, length: 8 }
const LINK_LOCAL: Prefix = { family: 6, first: 0xfe80n << 112n, length: 64 }

const AUX_GATEWAY = { 4: 'DefaultGatewayIPv4', 6: 'DefaultGatewayIPv6' } as const

/** A Linux bridge on the host, whose packets its firewall filters and translates. */
export const BRIDGE: Driver = {
  hasSubnets: true,
  mac: 'own',
  needsParent: false,
  skipsGateway({ internal, options }, family, rules) {
    if (rules.gatewayMadeUp === 'always') return false
    if (options.get(`${OPTION}gateway_mode_ipv${family}`) === 'isolated') return true
    return family === 4 && internal && isTrue(options.get(`${OPTION}inhibit_ipv4`))
  },
  check: (state, network) => checkOptions(network, state.facts.rules) ?? checkAddresses(state, network),
  gatewayOf(rules, endpoint, family) {
    if (endpoint.network.internal && !rules.internalBridgeHasRoute) return null
    const auxiliary = subnetOf(endpoint, family)?.aux.get(AUX_GATEWAY[family])
    return auxiliary === undefined ? subnetGateway(endpoint, family) : { address: auxiliary }
  },
  policy: policyOf,
}

/** @see moby `libnetwork/drivers/bridge/bridge_linux.go: fromLabels, newFirewallerNetwork` */
function policyOf(network: Settings, facts: PolicyFacts): NetworkPolicy {
  const { options } = network
  const { rules } = facts
  const trusted = rules.trustedInterfaces ? (options.get(`${OPTION}trusted_host_interfaces`) ?? '') : ''
  const ipv4 = familyPolicy(network, 4, facts)
  return {
    link: 'bridge',
    icc: !isFalse(options.get(`${OPTION}enable_icc`)),
    hostBinding: parseAddress(options.get(`${OPTION}host_binding_ipv4`) ?? ''),
    trusted: trusted.split(':').filter((name) => name !== ''),
    unnumbered: ipv4.gateway === 'isolated' || isTrue(options.get(`${OPTION}inhibit_ipv4`)),
    mode: '',
    ipv4,
    ipv6: familyPolicy(network, 6, facts),
  }
}

function familyPolicy(
  { options, internal }: Settings,
  family: Family,
  { rules, daemon }: PolicyFacts,
): FamilyPolicy {
  const filtered = family === 4 || (daemon.ip6tables ?? rules.filtersIpv6)
  const mode = options.get(`${OPTION}gateway_mode_ipv${family}`) ?? ''
  const gateway = MODES.find((one) => one === mode && rules.gatewayModes.includes(one)) ?? 'nat'
  const asked = filtered && !internal && !isFalse(options.get(`${OPTION}enable_ip_masquerade`))
  // An isolated network is internal, and so does not ask for it.
  const masquerades = asked && gateway !== 'routed'
  const own = hostSource(options, family, rules) ?? 'masquerade'
  const skips =
    rules.skipsDnat === 'where-masqueraded'
      ? masquerades
      : rules.skipsDnat === 'where-asked-to-masquerade' && asked
  return {
    gateway,
    source: masquerades ? own : null,
    fromHost: filtered && !internal ? own : null,
    skipsDnat: skips && daemon.userlandProxy,
    filtered,
  }
}

const MODES: readonly GatewayMode[] = ['nat', 'nat-unprotected', 'routed', 'isolated']

/** As Go's `strconv.ParseBool` reads them; everything else was refused. */
const isTrue = (text: string | undefined): boolean => /^(1|t|T|true|TRUE|True)$/.test(text ?? '')
const isFalse = (text: string | undefined): boolean => /^(0|f|F|false|FALSE|False)$/.test(text ?? '')

/** What is wrong with the text of an option, in Go's words; `null` for nothing. */
type Fault = (text: string, rules: Rules) => string | null

const ofBoolean: Fault = (text) =>
  /^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(text)
    ? null
    : `strconv.ParseBool: parsing "${text}": invalid syntax`
const ofNumber: Fault = (text) =>
  /^[+-]?[0-9]+$/.test(text) ? null : `strconv.Atoi: parsing "${text}": invalid syntax`
const ofAddress: Fault = (text) => (parseAddress(text) === null ? 'nil ip' : null)
const ofMode: Fault = (text, { gatewayModes }) =>
  gatewayModes.length === 0 || gatewayModes.includes(text) ? null : `unknown gateway mode ${text}`

/** @see moby `libnetwork/drivers/bridge/bridge_linux.go: fromLabels` */
const FAULTS: ReadonlyMap<string, Fault> = new Map([
  ...['enable_icc', 'enable_ip_masquerade', 'inhibit_ipv4', 'default_bridge'].map(
    (name) => [`${OPTION}${name}`, ofBoolean] as const,
  ),
  [MTU, ofNumber],
  [`${OPTION}host_binding_ipv4`, ofAddress],
  [`${HOST_SOURCE}4`, ofAddress],
  [`${HOST_SOURCE}6`, (text, rules) => (rules.hostIpv6Option ? ofAddress(text, rules) : null)],
  [`${OPTION}gateway_mode_ipv4`, ofMode],
  [`${OPTION}gateway_mode_ipv6`, ofMode],
])

function checkOptions({ options, internal }: Network, rules: Rules): Refusal | null {
  for (const [option, text] of options) {
    const fault = FAULTS.get(option)?.(text, rules) ?? null
    if (fault !== null)
      return refuse('INVALID_OPTION', `failed to parse ${option} value: ${text} (${fault})`, { option })
  }
  const mtu = options.get(MTU) ?? '0'
  if (Number(mtu) < 0) return refuse('INVALID_OPTION', `invalid MTU number: ${Number(mtu)}`, { option: MTU })
  for (const option of [`${OPTION}gateway_mode_ipv4`, `${OPTION}gateway_mode_ipv6`]) {
    if (internal || options.get(option) !== 'isolated' || !rules.gatewayModes.includes('isolated')) continue
    const message = "gateway mode 'isolated' can only be used for an internal network"
    return refuse('INVALID_OPTION', message, { option })
  }
  return null
}

/** @see moby `libnetwork/drivers/bridge/bridge_linux.go: processIPAM, conflictsWithNetworks, checkConflict` */
function checkAddresses(state: EngineState, network: Network): Refusal | null {
  const { subnets } = network
  const { rules } = state.facts
  const hasGateway = network.internal && subnets.some(({ aux }) => aux.has('DefaultGatewayIPv4'))
  if (hasGateway && rules.refusesAuxGatewayOnInternal)
    return refuse('INVALID_OPTION', 'no gateway can be set on an internal bridge network')
  const leased = (family: 4 | 6): number =>
    subnets.filter((s) => s.lease !== null && s.family === family).length
  if (subnets.length > 1 && (leased(4) > 1 || leased(6) > 1))
    return refuse('MULTIPLE_SUBNETS', "bridge driver doesn't support multiple subnets")
  for (const subnet of network.subnets) {
    const fault = subnet.family === 6 ? checkSubnet6(subnet, rules) : null
    if (fault !== null) return fault
  }
  const conflict = bridgeConflict(state, network)
  if (conflict !== null) return conflict
  if (isTooLong(network.device))
    return refuse('INVALID_OPTION', rules.say.deviceNameTooLong(), { option: BRIDGE_NAME })
  return checkSources(state, network)
}

function checkSources({ facts }: EngineState, network: Network): Refusal | null {
  const policy = policyOf(network, facts)
  for (const family of [4, 6] as const) {
    if (!network.subnets.some((subnet) => subnet.lease !== null && subnet.family === family)) continue
    const { userlandProxy } = facts.daemon
    const fault = sourceFault(family, family === 4 ? policy.ipv4 : policy.ipv6, userlandProxy)
    if (fault !== null) return fault
  }
  return null
}

function isTooLong(device: string): boolean {
  return ENCODER.encode(device).length > INTERFACE_NAME_BYTES
}

/**
 * fe80::/64 itself is the bridge's own, and may be given.
 * @see moby `libnetwork/drivers/bridge/network_linux.go: validateIPv6Subnet`; v26 `setup_ipv6_linux.go`
 */
function checkSubnet6({ lease, gateway }: NetworkSubnet, { say }: Rules): Refusal | null {
  if (lease === null) return null
  const { subnet } = lease
  const own = formatCidr({ address: gateway ?? firstOf(subnet), length: subnet.length })
  if (overlaps(subnet, MULTICAST)) return refuse('INVALID_SUBNET', say.multicastSubnet(own))
  if (!overlaps(subnet, LINK_LOCAL) || comparePrefixes(subnet, LINK_LOCAL) === 0) return null
  return refuse('INVALID_SUBNET', say.linkLocalSubnet(own))
}

function bridgeConflict(state: EngineState, network: Network): Refusal | null {
  // Asked first, since there may be thousands of networks.
  const shares = network.subnets.some(({ lease }) => lease !== null && state.space.isShared(lease))
  if (!shares && !state.devices.has(network.device)) return null
  for (const other of state.networks.values()) {
    if (other.driver !== 'bridge') continue
    // Older engines take a default bridge in conflict for a stale one, and forget it.
    if (other.predefined && !state.facts.rules.keepsConflictingDefaultBridge) continue
    const reason = conflictOf(network, other)
    if (reason === null) continue
    return reword(
      reason,
      `cannot create network ${network.id} (${deviceOf(network)}): conflicts with network ${other.id} (${deviceOf(other)}): ${reason.message}`,
    )
  }
  return null
}

function conflictOf(network: Network, other: Network): Refusal | null {
  if (network.device !== '' && network.device === other.device)
    return refuse('BRIDGE_NAME_IN_USE', 'networks have same bridge name', {
      option: BRIDGE_NAME,
      network: other.name,
    })
  for (const { lease, family } of network.subnets) {
    // A lease of a whole subnet overlaps no other: IPAM has seen to it.
    if (lease === null || lease.range === null) continue
    if (other.subnets.some((its) => its.lease !== null && overlaps(lease.subnet, its.lease.subnet)))
      return refuse('POOL_OVERLAP', `networks have overlapping IPv${family}`, {
        subnet: lease.subnet,
        holder: { kind: 'network', network: other.name, subnet: formatPrefix(lease.subnet) },
      })
  }
  return null
}

/** Linux device of a bridge network, random id included. */
function deviceOf(network: Network): string {
  return network.device === '' ? `br-${shortId(network.id)}` : network.device
}
