/** What IPAM gives a new network: for each of its configurations a subnet, a gateway and auxiliary addresses. */
import type { PoolLease } from '../ipam/index.ts'
import {
  type Address,
  contains,
  firstOf,
  formatCidr,
  formatPrefix,
  overlaps,
  type Prefix,
  parseAddress,
  parseCidr,
  parsePrefix,
  singleton,
} from '../net/index.ts'
import { type DriverChoice, driverOf } from './drivers/index.ts'
import { holderIn, holderOnPool } from './endpoint.ts'
import { isSizeRequest } from './ipam-config.ts'
import type { Holder, NetworkCreate, Refusal, SubnetRequest } from './operation.ts'
import { addressWording, poolRefusal, refuse } from './refusal.ts'
import type { EngineState, NetworkSubnet } from './state.ts'

/** @see moby `libnetwork/network.go: ipamAllocate, ipamAllocateVersion` */
export function allocateSubnets(
  state: EngineState,
  request: NetworkCreate,
  choice: DriverChoice,
): NetworkSubnet[] | Refusal {
  if (!driverOf(choice).hasSubnets) return []
  const done: NetworkSubnet[] = []
  const stored: NetworkSubnet[] = []
  for (const family of FAMILIES) {
    const given = request.subnets.filter((s) => familyOf(s) === family)
    const on = family === 4 ? hasIpv4(state, request) : request.ipv6 === true
    if (!on) {
      if (state.facts.rules.keepsUnusedIpv6Subnet)
        stored.push(...given.flatMap((subnet) => unused(subnet, family) ?? []))
      continue
    }
    for (const subnet of given.length > 0 ? given : UNASKED) {
      const result = allocateSubnet(state, subnet, family, choice)
      if ('code' in result) {
        releaseSubnets(state, done)
        return result
      }
      done.push(result)
    }
  }
  return done.length + stored.length < 2 ? [...done, ...stored] : inspectOrder(state, [...done, ...stored])
}

const FAMILIES = [4, 6] as const
/** One subnet, whichever it is. */
const UNASKED: readonly null[] = [null]

/** An engine that knows no networks without IPv4 does not know the setting. */
export function hasIpv4({ facts }: EngineState, { ipv4 }: NetworkCreate): boolean {
  return ipv4 !== false || !facts.rules.ipv4Optional
}

/** What the user gave before what the engine chose itself, or only IPv4 before IPv6. */
function inspectOrder(state: EngineState, subnets: readonly NetworkSubnet[]): NetworkSubnet[] {
  const given = state.facts.rules.listsGivenSubnetsFirst
  const rank = (s: NetworkSubnet): number => (given && !s.given ? 2 : 0) + (s.family === 6 ? 1 : 0)
  return [...subnets].sort((a, b) => rank(a) - rank(b))
}

function familyOf({ subnet }: SubnetRequest): 4 | 6 {
  return subnet.includes(':') ? 6 : 4
}

/** An IPv6 subnet of a network without IPv6: kept, but of no effect. */
function unused({ subnet, ipRange }: SubnetRequest, family: 4 | 6): NetworkSubnet | null {
  const cidr = parseCidr(subnet)
  if (cidr === null) return null
  const range = parseCidr(ipRange)
  return {
    family,
    cidr,
    range,
    given: true,
    lease: null,
    gateway: null,
    gatewayGiven: false,
    aux: NO_AUX,
  }
}

function allocateSubnet(
  state: EngineState,
  request: SubnetRequest | null,
  family: 4 | 6,
  choice: DriverChoice,
): NetworkSubnet | Refusal {
  const { rules } = state.facts
  const subnet = request === null || request.subnet === '' ? null : parsePrefix(request.subnet)
  const lease = requestPool(state, subnet, request, family)
  if ('code' in lease) return lease
  const taken: Address[] = []
  const giveBack = (fault: Refusal): Refusal => {
    for (const address of taken) lease.pool.release(address)
    state.space.release(lease)
    return fault
  }
  const gatewayText = request?.gateway ?? ''
  let gateway: Address | null = null
  if (gatewayText !== '' || !driverOf(choice).skipsGateway(choice, family, rules)) {
    const wanted = parseAddress(gatewayText)
    const got = wanted === null ? lease.pool.takeAny(lease.range, 'lowest') : lease.pool.take(wanted)
    if (!got.ok)
      return giveBack(
        refuse(
          got.error,
          `failed to allocate gateway (${gatewayText}): ${addressWording(got.error, rules)}`,
          {
            at: request?.origins?.gateway,
            address: wanted ?? undefined,
            subnet: subnet === null ? undefined : lease.subnet,
            holder: wanted === null ? undefined : holderOnPool(state, lease, wanted),
          },
        ),
      )
    gateway = got.value
    taken.push(gateway)
  }
  const aux = request === null ? NO_AUX : reserveAux(state, lease, gateway, request)
  if ('code' in aux) return giveBack(aux)
  const given = subnet !== null && !isSizeRequest(subnet, rules)
  return {
    family,
    // With host bits where the release accepts them.
    cidr: (given ? parseCidr(request?.subnet ?? '') : null) ?? {
      address: firstOf(lease.subnet),
      length: lease.subnet.length,
    },
    range: parseCidr(request?.ipRange ?? ''),
    given,
    lease,
    gateway,
    gatewayGiven: gatewayText !== '',
    aux,
  }
}

const NO_AUX: ReadonlyMap<string, Address> = new Map()

function requestPool(
  state: EngineState,
  subnet: Prefix | null,
  request: SubnetRequest | null,
  family: 4 | 6,
): PoolLease | Refusal {
  const { rules } = state.facts
  if (subnet !== null && !isSizeRequest(subnet, rules)) {
    const range = request === null || request.ipRange === '' ? null : parsePrefix(request.ipRange)
    const result = state.space.allocate(subnet, range)
    if (result.ok) return result.value
    const subject = { at: request?.origins?.subnet, subnet, holder: overlapping(state, subnet) }
    return poolRefusal(result.error, family, rules, subject)
  }
  const size = subnet === null || subnet.length === 0 ? null : subnet.length
  const result = state.space.allocateDefault(family, reservedBlocks(state, family), size)
  return result.ok ? result.value : poolRefusal(result.error, family, rules, {})
}

/** The network whose subnet is in the way. */
function overlapping({ networks }: EngineState, prefix: Prefix): Holder | undefined {
  for (const { name, subnets } of networks.values()) {
    const clash = subnets.find(({ lease }) => lease !== null && overlaps(prefix, lease.subnet))
    if (clash !== undefined) return { kind: 'network', network: name, subnet: formatCidr(clash.cidr) }
  }
  return undefined
}

/** @see moby `libnetwork/netutils/utils_linux.go: InferReservedNetworks` */
export function reservedBlocks({ facts }: EngineState, family: 4 | 6): Prefix[] {
  const nameservers = facts.nameservers.filter((a) => a.family === family).map(singleton)
  // On-link routes are looked at for IPv4 only.
  return family === 4 ? [...nameservers, ...facts.onLink] : nameservers
}

function reserveAux(
  state: EngineState,
  lease: PoolLease,
  gateway: Address | null,
  { auxAddresses, origins }: SubnetRequest,
): Map<string, Address> | Refusal {
  const { rules } = state.facts
  const reserved = new Map<string, Address>()
  const undo = (fault: Refusal): Refusal => {
    for (const address of reserved.values()) lease.pool.release(address)
    return fault
  }
  for (const [name, text] of auxAddresses) {
    const at = origins?.auxAddresses?.get(name)
    const address = parseAddress(text)
    if (address === null) {
      return undo(
        refuse('INVALID_ADDRESS', `non parsable secondary ip address (${name}:${text}) passed for network`, {
          at,
        }),
      )
    }
    if (!contains(lease.subnet, address)) {
      return undo(
        refuse(
          'ADDRESS_OUT_OF_RANGE',
          `auxiliary address: (${name}:${text}) must belong to the master pool: ${formatPrefix(lease.subnet)}`,
          { at, address, subnet: lease.subnet },
        ),
      )
    }
    const got = lease.pool.take(address)
    if (!got.ok) {
      return undo(
        refuse(
          got.error,
          `failed to allocate secondary ip address (${name}:${text}): ${addressWording(got.error, rules)}`,
          {
            at,
            address,
            subnet: lease.subnet,
            holder:
              holderOnPool(state, lease, address) ??
              holderIn('', [{ lease, gateway, aux: reserved }], address),
          },
        ),
      )
    }
    reserved.set(name, address)
  }
  return reserved
}

/** Gives subnets back, with what of them is in use by the network itself. */
export function releaseSubnets(state: EngineState, subnets: readonly NetworkSubnet[]): void {
  for (const { lease, gateway, aux } of subnets) {
    if (lease === null) continue
    // A pool may be shared, so its addresses go back one by one.
    if (gateway !== null) lease.pool.release(gateway)
    for (const address of aux.values()) lease.pool.release(address)
    state.space.release(lease)
  }
}
