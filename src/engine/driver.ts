import { comparePrefixes, firstOf, formatCidr, overlaps, type Prefix } from '../net/index.ts'
import type { Rules } from '../rules/index.ts'
import { shortId } from './ids.ts'
import type { Refusal } from './operation.ts'
import { refuse } from './refusal.ts'
import type { EngineState, Network, NetworkSubnet } from './state.ts'

export const BRIDGE_NAME = 'com.docker.network.bridge.name'
const BRIDGE = 'com.docker.network.bridge.'
const MTU = 'com.docker.network.driver.mtu'
const BOOLEANS: ReadonlySet<string> = new Set(
  ['enable_icc', 'enable_ip_masquerade', 'inhibit_ipv4', 'default_bridge'].map((name) => `${BRIDGE}${name}`),
)
const INTERFACE_NAME_BYTES = 15
const ENCODER = new TextEncoder()
/** Of IPv6; a bridge refuses both. */
const MULTICAST: Prefix = { family: 6, first: 0xffn << 120n, length: 8 }
const LINK_LOCAL: Prefix = { family: 6, first: 0xfe80n << 112n, length: 64 }

/** What decides how a driver treats a network, before it exists. */
export interface DriverChoice {
  readonly driver: string
  readonly internal: boolean
  readonly parent: string
  /** macvlan and ipvlan mode, `''` for the default. */
  readonly mode: string
  readonly options: ReadonlyMap<string, string>
}

/**
 * Which families get no gateway address unless one is given.
 * @see moby `libnetwork/drivers/{bridge,macvlan,ipvlan}: GetSkipGwAlloc`
 */
export function skipsGateway(choice: DriverChoice, family: 4 | 6, rules: Rules): boolean {
  if (rules.gatewayMadeUp === 'always') return false
  const { driver, internal, parent, mode, options } = choice
  if (driver === 'macvlan') return internal || parent === ''
  if (driver === 'ipvlan') return internal || parent === '' || mode === 'l3' || mode === 'l3s'
  if (driver !== 'bridge') return false
  if (options.get(`${BRIDGE}gateway_mode_ipv${family}`) === 'isolated') return true
  return family === 4 && internal && isTrue(options.get(`${BRIDGE}inhibit_ipv4`))
}

/** As Go's `strconv.ParseBool` reads it. */
function isTrue(text: string | undefined): boolean {
  return text !== undefined && /^(1|t|T|true|TRUE|True)$/.test(text)
}

/** What the driver says to a new network that IPAM has given its subnets to; `null` when it makes it. */
export function checkDriver(state: EngineState, network: Network): Refusal | null {
  switch (network.driver) {
    case 'bridge':
      return checkBridgeOptions(network, state.facts.rules) ?? checkBridge(state, network)
    case 'macvlan':
      return checkMacvlan(state, network)
    case 'ipvlan':
      return checkIpvlan(state, network)
    default:
      return null
  }
}

function checkBridgeOptions({ options, internal }: Network, rules: Rules): Refusal | null {
  for (const [key, text] of options) {
    if (BOOLEANS.has(key) && !/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(text)) {
      return refuse(
        'INVALID_OPTION',
        `failed to parse ${key} value: ${text} (strconv.ParseBool: parsing "${text}": invalid syntax)`,
      )
    }
    if (key === MTU && !/^[+-]?[0-9]+$/.test(text)) {
      return refuse(
        'INVALID_OPTION',
        `failed to parse ${key} value: ${text} (strconv.Atoi: parsing "${text}": invalid syntax)`,
      )
    }
    const modes = rules.gatewayModes
    if (!key.startsWith(`${BRIDGE}gateway_mode_ipv`) || modes.length === 0) continue
    if (!modes.includes(text)) return refuse('INVALID_OPTION', `unknown gateway mode ${text}`)
    if (text === 'isolated' && !internal) {
      return refuse('INVALID_OPTION', 'gateway mode isolated is only supported for internal networks')
    }
  }
  return null
}

/** @see moby `libnetwork/drivers/bridge/bridge_linux.go: processIPAM, conflictsWithNetworks, checkConflict` */
function checkBridge(state: EngineState, network: Network): Refusal | null {
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
  return isTooLong(network.device) ? refuse('INVALID_OPTION', rules.say.deviceNameTooLong()) : null
}

function isTooLong(device: string): boolean {
  const bytes = /^[\x20-\x7e]*$/.test(device) ? device.length : ENCODER.encode(device).length
  return bytes > INTERFACE_NAME_BYTES
}

/**
 * fe80::/64 itself is the bridge's own, and may be given.
 * @see moby `libnetwork/drivers/bridge/network_linux.go: validateIPv6Subnet`; v26 `setup_ipv6_linux.go`
 */
function checkSubnet6({ lease, gateway }: NetworkSubnet, { say }: Rules): Refusal | null {
  if (lease === null) return null
  const { subnet } = lease
  const own = formatCidr(gateway ?? firstOf(subnet), subnet.length)
  if (overlaps(subnet, MULTICAST)) return refuse('INVALID_SUBNET', say.multicastSubnet(own))
  if (!overlaps(subnet, LINK_LOCAL) || comparePrefixes(subnet, LINK_LOCAL) === 0) return null
  return refuse('INVALID_SUBNET', say.linkLocalSubnet(own))
}

function bridgeConflict(state: EngineState, network: Network): Refusal | null {
  for (const other of state.networks.values()) {
    if (other.driver !== 'bridge') continue
    // Older engines take a default bridge in conflict for a stale one, and forget it.
    if (other.predefined && !state.facts.rules.keepsConflictingDefaultBridge) continue
    const reason = conflictOf(network, other)
    if (reason === null) continue
    return refuse(
      reason.code,
      `cannot create network ${network.id} (${deviceOf(network)}): conflicts with network ${other.id} (${deviceOf(other)}): ${reason.message}`,
    )
  }
  return null
}

function conflictOf(network: Network, other: Network): Refusal | null {
  if (network.device !== '' && network.device === other.device)
    return refuse('BRIDGE_NAME_IN_USE', 'networks have same bridge name')
  for (const { lease, family } of network.subnets) {
    // A lease of a whole subnet overlaps no other: IPAM has seen to it.
    if (lease === null || lease.range === null) continue
    if (other.subnets.some((its) => its.lease !== null && overlaps(lease.subnet, its.lease.subnet)))
      return refuse('POOL_OVERLAP', `networks have overlapping IPv${family}`)
  }
  return null
}

/** Linux device of a bridge network, random id included. */
function deviceOf(network: Network): string {
  return network.device === '' ? `br-${shortId(network.id)}` : network.device
}

const MACVLAN_MODES = ['', 'bridge', 'private', 'vepa', 'passthru']

/** @see moby `libnetwork/drivers/macvlan/macvlan_network.go` */
function checkMacvlan(state: EngineState, network: Network): Refusal | null {
  const { mode, parent } = network
  if (!MACVLAN_MODES.includes(mode)) {
    return refuse(
      'INVALID_OPTION',
      `requested macvlan mode '${mode}' is not valid, 'bridge' mode is the macvlan driver default`,
    )
  }
  if (parent === '') return null
  if (parent === 'lo')
    return refuse('INVALID_PARENT', 'loopback interface is not a valid macvlan parent link')
  const other = usersOf(state, 'macvlan', parent)[0]
  if (other !== undefined) {
    if (!state.facts.rules.sharesMacvlanParent) return parentInUse('dm', other, parent)
    if (mode === 'passthru') {
      return refuse(
        'PARENT_IN_USE',
        `cannot use mode passthru, macvlan network ${shortId(other.id)} is already using parent interface ${parent}`,
      )
    }
    if (other.mode === 'passthru') {
      return refuse(
        'PARENT_IN_USE',
        `macvlan network ${shortId(other.id)} is already using parent interface ${parent} in mode passthru`,
      )
    }
  }
  return checkParent(state, parent)
}

/** @see moby `libnetwork/drivers/ipvlan/ipvlan_network.go` */
function checkIpvlan(state: EngineState, network: Network): Refusal | null {
  const { mode, parent } = network
  if (!state.facts.rules.ipvlanModes.includes(mode)) {
    return refuse(
      'INVALID_OPTION',
      `requested ipvlan mode '${mode}' is not valid, 'l2' mode is the ipvlan driver default`,
    )
  }
  if (parent === '') return null
  if (parent === 'lo') return refuse('INVALID_PARENT', 'loopback interface is not a valid ipvlan parent link')
  const other = usersOf(state, 'ipvlan', parent)[0]
  return other === undefined ? checkParent(state, parent) : parentInUse('di', other, parent)
}

function usersOf(state: EngineState, driver: string, parent: string): Network[] {
  return [...state.networks.values()].filter((n) => n.driver === driver && n.parent === parent)
}

function parentInUse(kind: 'dm' | 'di', other: Network, parent: string): Refusal {
  return refuse(
    'PARENT_IN_USE',
    `network ${kind}-${shortId(other.id)} is already using parent interface ${parent}`,
  )
}

/**
 * A parent is an interface of the host, or `IFACE.VLAN`, which the driver makes.
 * @see moby `libnetwork/drivers/macvlan/macvlan_setup.go: createVlanLink, parseVlan`
 */
function checkParent({ facts }: EngineState, parent: string): Refusal | null {
  const exists = (name: string): boolean =>
    !facts.interfacesKnown || facts.interfaces.some((i) => i.name === name)
  if (exists(parent) && !parent.includes('.')) return null
  if (facts.interfacesKnown && exists(parent)) return null
  const [master, vlan, ...rest] = parent.split('.')
  if (master === undefined || vlan === undefined) {
    return refuse('INVALID_PARENT', `invalid subinterface vlan name ${parent}, example formatting is eth0.10`)
  }
  if (rest.length > 0) {
    const form = 'required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10'
    return refuse('INVALID_PARENT', `${form}, instead received ${parent}`)
  }
  if (!/^[0-9]+$/.test(vlan)) {
    const form = 'ex. eth0.10 for vlan 10'
    return refuse('INVALID_PARENT', `unable to parse a valid vlan id from: ${vlan} (${form})`)
  }
  if (Number(vlan) < 1 || Number(vlan) > 4094) {
    return refuse('INVALID_PARENT', `vlan id must be between 1-4094, received: ${Number(vlan)}`)
  }
  if (exists(master)) return null
  return refuse('INVALID_PARENT', facts.rules.say.parentNotFound(master))
}
