import type { PoolLease } from '../ipam/index.ts'
import {
  type Address,
  type Cidr,
  contains,
  formatAddress,
  formatCidr,
  formatMac,
  formatPrefix,
  isMulticast,
  lastValue,
  type Mac,
  macOfAddress,
  overlaps,
  type Prefix,
  parseAddress,
  parseMac,
} from '../net/index.ts'
import type { ProblemCode } from '../problem/code.ts'
import { commandLine } from '../problem/command-line.ts'
import type { Span } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import type { Rules } from '../rules/index.ts'
import { driverOf } from './drivers/index.ts'
import { shortId } from './ids.ts'
import type { EndpointRequest, Holder, Refusal } from './operation.ts'
import { addressWording, refuse } from './refusal.ts'
import type { Endpoint, EngineState, Network, NetworkSubnet } from './state.ts'

type Leased = { readonly lease: PoolLease; readonly address: Address }

/**
 * Joins a sandbox to a network: takes its addresses and its MAC. IPv4 first, then IPv6; all or none.
 *
 * @param container `''` for endpoints without a container.
 * @see moby `libnetwork/network.go: createEndpoint`, `libnetwork/endpoint.go: assignAddressVersion`
 */
export function addEndpoint(
  state: EngineState,
  network: Network,
  name: string,
  container: string,
  request: EndpointRequest,
): Endpoint | Refusal {
  if (network.config !== null) {
    const message = 'cannot create endpoint on configuration-only network'
    const hint = say`Make a network from it: ${commandLine('docker', 'network', 'create', '--config-from', network.name, 'NAME')}.`
    return {
      ...refuse('INVALID_NETWORK', message, { at: request.origins?.network, network: network.name }),
      hint,
    }
  }
  if (network.endpoints.has(name)) {
    return refuse('ENDPOINT_EXISTS', `endpoint with name ${name} already exists in network ${network.name}`, {
      at: request.origins?.network,
      network: network.name,
    })
  }
  const fault = linkLocalFault(request)
  if (fault !== null) return fault
  const leases: Leased[] = []
  const giveBack = (fault: Refusal): Refusal => {
    for (const { lease, address } of leases) lease.pool.release(address)
    return fault
  }
  const v4 = assignAddress(state, network, 4, request.ipv4, request)
  if (v4 !== null && 'code' in v4) return v4
  if (v4 !== null) leases.push(v4)
  const userMac = request.mac === '' ? null : parseMac(request.mac)
  if (userMac !== null && isMulticast(userMac)) {
    const setting = `MAC to "${request.mac}": cannot assign requested address`
    return giveBack(interfaceRefusal(state, 'INVALID_MAC', setting, request.origins?.mac))
  }
  const mac = userMac ?? derivedMac(state, network, v4?.address ?? null)
  const wanted6 = request.ipv6 !== '' ? null : addressOfMac(state, network, mac)
  const v6 = assignAddress(state, network, 6, wanted6 ?? request.ipv6, request)
  if (v6 !== null && 'code' in v6) {
    // Kept where the release is put off until after both are assigned.
    return state.facts.rules.keepsIpv4OfFailedEndpoint ? v6 : giveBack(v6)
  }
  if (v6 !== null) leases.push(v6)
  else if (linkLocalsOf(request).some((ip) => ip.family === 6) && network.driver !== 'null') {
    // IPv6 is off in an interface without an address of it.
    const all = linkLocalsOf(request)
      .map((ip) => formatCidr({ address: ip, length: ip.family === 6 ? 64 : 16 }))
      .join(' ')
    const setting = `link local IPs to [${all}]: permission denied`
    return giveBack(interfaceRefusal(state, 'INVALID_ADDRESS', setting, request.origins?.linkLocalIps?.[0]))
  }
  const endpoint: Endpoint = {
    name,
    container,
    network,
    ipv4: v4 === null ? null : cidrOf(v4),
    ipv6: v6 === null ? null : cidrOf(v6),
    mac: mac === null ? '' : formatMac(mac),
    declared4: request.ipv4 !== '',
    declared6: request.ipv6 !== '',
    leases,
  }
  network.endpoints.set(name, endpoint)
  network.wasJoined = true
  state.observer.allocated(endpoint)
  return endpoint
}

const linkLocalsOf = (request: EndpointRequest): Address[] =>
  request.linkLocalIps.map(parseAddress).filter((ip) => ip !== null)

/** Also of an endpoint without addresses, on host or none. @see moby `libnetwork/network.go: createEndpoint` */
export function linkLocalFault(request: EndpointRequest): Refusal | null {
  for (const [index, text] of request.linkLocalIps.entries()) {
    const ip = parseAddress(text)
    if (ip === null || isLinkLocal(ip)) continue
    const message = `invalid link local IP address: ${formatAddress(ip)}`
    return refuse('INVALID_ADDRESS', message, { at: request.origins?.linkLocalIps?.[index], address: ip })
  }
  return null
}

/** @see Go `net.IP.IsLinkLocalUnicast` */
const isLinkLocal = (ip: Address): boolean => LINK_LOCAL.some((block) => contains(block, ip))
const LINK_LOCAL: readonly Prefix[] = [
  { family: 4, first: 0xa9fe0000n, length: 16 },
  { family: 6, first: 0xfe80n << 112n, length: 10 },
]

export function releaseEndpoint(state: EngineState, endpoint: Endpoint): void {
  for (const { lease, address } of endpoint.leases) lease.pool.release(address)
  endpoint.network.endpoints.delete(endpoint.name)
  state.observer.released(endpoint)
}

const cidrOf = ({ lease, address }: Leased): Cidr => ({ address, length: lease.subnet.length })

/** @returns `null` when the network does not have this family. */
function assignAddress(
  state: EngineState,
  network: Network,
  family: 4 | 6,
  wanted: string | Address,
  request: EndpointRequest,
): Leased | Refusal | null {
  const own = network.subnets.filter((s) => s.family === family)
  const leases = own.map(({ lease }) => lease).filter((lease) => lease !== null)
  if (leases.length === 0) return null
  const address = typeof wanted === 'string' ? parseAddress(wanted) : wanted
  const at = family === 4 ? request.origins?.ipv4 : request.origins?.ipv6
  for (const lease of leases) {
    if (address !== null && !contains(lease.subnet, address)) continue
    const foreign = address === null ? foreignRange(lease, network, state.facts.rules) : null
    if (foreign !== null) return foreign
    const got = address === null ? lease.pool.takeAny(lease.range, 'lowest') : lease.pool.take(address)
    if (got.ok) return { lease, address: got.value }
    if (address !== null) {
      const holder = holderOnPool(state, lease, address)
      const subject = { at, network: network.name, address, subnet: lease.subnet, holder }
      return refuse(got.error, addressWording(got.error, state.facts.rules), subject)
    }
  }
  if (address !== null) {
    const message = state.facts.rules.say.addressNotInSubnets(typeof wanted === 'string' ? wanted : '')
    const subject = { at, network: network.name, address, subnet: leases[0]?.subnet }
    return refuse('ADDRESS_OUT_OF_RANGE', message, subject)
  }
  return refuse(
    'NO_AVAILABLE_ADDRESS',
    `no available IPv${family} addresses on this network's address pools: ${network.name} (${network.id})`,
    { network: network.name, at: request.origins?.network, subnet: leases[0]?.subnet },
  )
}

/** Only `fixed-cidr` can be outside of its subnet, that of `bip`. */
function foreignRange({ subnet, range }: PoolLease, { name }: Network, rules: Rules): Refusal | null {
  if (range === null || !rules.rangeStaysInSubnet || overlaps(range, subnet)) return null
  const message = `add-any, range '${formatPrefix(range)}' is not in subnet '${formatPrefix(subnet)}'`
  const hint = say`Write a fixed-cidr inside of ${formatPrefix(subnet)} under daemon, or leave it out.`
  return refuse('INVALID_SUBNET', message, { network: name, subnet, hint })
}

/** What has an address of a subnet, which several networks may share, each with a range of its own. */
export function holderOnPool(
  { networks }: EngineState,
  { pool, subnet }: PoolLease,
  address: Address,
): Holder | undefined {
  for (const network of networks.values()) {
    if (!network.subnets.some(({ lease }) => lease?.pool === pool)) continue
    const holder = holderOf(network, address)
    if (holder !== undefined) return holder
  }
  return ofPool(subnet, address)
}

/** What has an address of a network. */
function holderOf(network: Network, address: Address): Holder | undefined {
  const is = (other: Address | null | undefined): boolean =>
    other != null && other.family === address.family && other.value === address.value
  for (const { name, container, ipv4, ipv6 } of network.endpoints.values())
    if (is(ipv4?.address) || is(ipv6?.address)) return { kind: 'endpoint', name, container }
  return holderIn(network.name, network.subnets, address)
}

/** What of a subnet itself has an address. */
export function holderIn(
  network: string,
  subnets: readonly Pick<NetworkSubnet, 'lease' | 'gateway' | 'aux'>[],
  address: Address,
): Holder | undefined {
  const is = (other: Address | null): boolean =>
    other !== null && other.family === address.family && other.value === address.value
  for (const { lease, gateway, aux } of subnets) {
    if (is(gateway)) return { kind: 'gateway', network }
    for (const [name, one] of aux) if (is(one)) return { kind: 'auxiliary', name }
    const holder = lease === null ? undefined : ofPool(lease.subnet, address)
    if (holder !== undefined) return holder
  }
  return undefined
}

/** What no network can have of a subnet. */
function ofPool(subnet: Prefix, address: Address): Holder | undefined {
  if (!contains(subnet, address)) return undefined
  if (address.value === subnet.first) return { kind: 'network-address' }
  return address.value === lastValue(subnet) ? { kind: 'broadcast-address' } : undefined
}

/**
 * Bridge and macvlan make the MAC from the IPv4 address, or at random. ipvlan has its parent's.
 * @see moby `libnetwork/drivers/bridge/bridge_linux.go: CreateEndpoint`, `macvlan_endpoint.go`
 */
function derivedMac({ facts }: EngineState, network: Network, ipv4: Address | null): Mac | null {
  const derives = driverOf(network).mac === 'own'
  return derives && ipv4 !== null && facts.rules.mac === 'of-address' ? macOfAddress(ipv4) : null
}

/**
 * The default bridge of some releases, with a `fixed-cidr-v6` of /80 or shorter, makes the IPv6 address from the MAC.
 * @see moby v27 `libnetwork/drivers/bridge/bridge_linux.go: CreateEndpoint`, `NetworkOptionDeferIPv6Alloc`
 */
function addressOfMac({ facts }: EngineState, network: Network, mac: Mac | null): Address | null {
  const prefix = facts.daemon.fixedCidrV6
  const defers = network.predefined && network.ipv6 && facts.rules.defaultBridgeIpv6OfMac
  if (!defers || mac === null || prefix === null || prefix.length > 80) return null
  return { family: 6, value: mac.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) + prefix.first }
}

/** What the kernel says to a setting of the container's interface. moby `libnetwork/osl/interface_linux.go` */
function interfaceRefusal(
  { ids }: EngineState,
  code: ProblemCode,
  setting: string,
  at: Span | undefined,
): Refusal {
  const veth = `veth${shortId(ids.next()).slice(0, 7)}`
  const message = `failed to add interface ${veth} to sandbox: error setting interface "${veth}" ${setting}`
  return refuse(code, message, { at, isOfInterface: true })
}
