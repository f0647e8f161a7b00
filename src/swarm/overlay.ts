import type { NetworkCreate } from '../engine/operation.ts'
import type { Arrange } from '../engine/order.ts'
import { type AddressSpace, createAddressSpace, type DefaultPool, type PoolLease } from '../ipam/index.ts'
import { type Address, overlaps, parseAddress, parsePrefix } from '../net/index.ts'
import type { Rules } from '../rules/index.ts'
import type { Certainty } from './certainty.ts'
import type { SerialNumbers } from './serial.ts'
import { createVniAllocator } from './serial.ts'

/** A network of swarm scope, as the managers know it. */
export interface Overlay {
  readonly name: string
  /** How many were made before. */
  readonly serial: number
  readonly request: NetworkCreate
  /** Drivers other than overlay have no state at the manager: every node cuts the network from its own pools. */
  readonly managed: boolean
  /** What it has been given; `null` while nothing could be (an overlapping subnet, say). */
  state: OverlayState | null
  /** How sure the subnets are. */
  readonly certainty: Certainty
  /** How sure the VXLAN ids are. */
  readonly vniCertainty: Certainty
  /**
   * The nodes among which tasks of it were placed by chance, while not all of them have an address of their own:
   * then it is open whether the next task's node needs one. `null` while it is not.
   */
  choice: readonly string[] | null
  /**
   * Set once the next address may have been another, and with it all that follow: what to write so that it is not.
   * `''` while they are certain.
   */
  disorder: string
  /** The last address given dynamically; `null` for none yet. */
  last: Address | null
  /** Whether an address of several given in any order was freed while others like it may be kept. */
  freedByChance: boolean
}

interface OverlayState {
  readonly subnets: readonly OverlaySubnet[]
}

interface OverlaySubnet {
  readonly lease: PoolLease
  readonly gateway: Address
  /** `null` for an IPv6 subnet. */
  readonly vni: number | null
}

/** The manager's IPAM: one address space for all networks of the swarm. */
export interface OverlayAllocator {
  /** Gives a network its subnets, gateways and VXLAN ids; leaves `state` at `null` when it cannot. */
  allocate(overlay: Overlay): void
  release(overlay: Overlay): void
  /** A dynamic address (`wanted` is `null`), or that one; `null` when there is none. */
  takeAddress(overlay: Overlay, wanted: Address | null): TakenAddress | null
  releaseAddress(overlay: Overlay, address: Address): void
  /** What a new leader has forgotten: where serial allocation had got to. */
  forgetCursors(overlays: Iterable<Overlay>): void
}

interface TakenAddress {
  readonly address: Address
  /** Prefix length of its subnet. */
  readonly length: number
}

export const VXLAN_OPTION = 'com.docker.network.driver.overlay.vxlanid_list'

/** @see moby `libnetwork/cnmallocator/networkallocator.go: Allocate, allocatePools, allocateNetworkIPs` */
export function createOverlayAllocator(
  rules: Rules,
  pools: readonly DefaultPool[],
  arrange: Arrange,
): OverlayAllocator {
  const space = createAddressSpace(rules, pools)
  const vnis = createVniAllocator()

  function allocate(overlay: Overlay): void {
    if (!overlay.managed || overlay.state !== null) return
    const leases = leasePools(space, overlay.request)
    const withVnis = leases === null ? null : numberSubnets(vnis, overlay.request, leases)
    if (leases !== null && withVnis === null)
      for (const { lease, gateway } of leases) giveBack(lease, gateway)
    overlay.state = withVnis === null ? null : { subnets: withVnis }
  }

  function giveBack(lease: PoolLease, gateway: Address): void {
    lease.pool.release(gateway)
    space.release(lease)
  }

  return {
    allocate,
    release(overlay) {
      for (const { lease, gateway, vni } of overlay.state?.subnets ?? []) {
        giveBack(lease, gateway)
        if (vni !== null) vnis.release(vni)
      }
      overlay.state = null
    },
    // moby walks a Go map of the subnets here; this takes the first of them that has room.
    takeAddress(overlay, wanted) {
      for (const { lease } of arrange(overlay.state?.subnets ?? [])) {
        const taken = wanted === null ? lease.pool.takeAny(lease.range, 'serial') : lease.pool.take(wanted)
        if (taken.ok) return { address: taken.value, length: lease.subnet.length }
        if (taken.error === 'ADDRESS_IN_USE') return null
      }
      return null
    },
    forgetCursors(overlays) {
      vnis.rewind()
      for (const { state } of overlays) for (const { lease } of state?.subnets ?? []) lease.pool.rewind()
    },
    releaseAddress(overlay, address) {
      for (const { lease } of overlay.state?.subnets ?? []) lease.pool.release(address)
    },
  }
}

interface LeasedSubnet {
  readonly lease: PoolLease
  readonly gateway: Address
}

/** All subnets of a request with their gateways, or `null` after giving back what was had. */
function leasePools(space: AddressSpace, request: NetworkCreate): readonly LeasedSubnet[] | null {
  const wanted =
    request.subnets.length > 0
      ? request.subnets
      : [{ subnet: '', ipRange: '', gateway: '', auxAddresses: new Map<string, string>() }]
  const leases: LeasedSubnet[] = []
  for (const { subnet, ipRange, gateway } of wanted) {
    const lease = leaseOne(space, subnet, ipRange, gateway)
    if (lease === null) {
      for (const had of leases) space.release(had.lease)
      return null
    }
    leases.push(lease)
  }
  return leases
}

function leaseOne(
  space: AddressSpace,
  subnet: string,
  ipRange: string,
  gateway: string,
): LeasedSubnet | null {
  const prefix = parsePrefix(subnet)
  const pooled =
    prefix === null ? space.allocateDefault(4, [], null) : space.allocate(prefix, parsePrefix(ipRange))
  if (!pooled.ok) return null
  const lease = pooled.value
  const wanted = parseAddress(gateway)
  const taken = wanted === null ? lease.pool.takeAny(lease.range, 'serial') : lease.pool.take(wanted)
  if (taken.ok) return { lease, gateway: taken.value }
  space.release(lease)
  return null
}

/**
 * A VXLAN id for each IPv4 subnet: from the option, else the next one.
 * @see moby `libnetwork/drivers/overlay/ovmanager/ovmanager.go: NetworkAllocate`
 */
function numberSubnets(
  vnis: SerialNumbers,
  request: NetworkCreate,
  leases: readonly LeasedSubnet[],
): readonly OverlaySubnet[] | null {
  const asked = (request.options.get(VXLAN_OPTION) ?? '').split(',').filter((text) => text !== '')
  const had: number[] = []
  const subnets: OverlaySubnet[] = []
  for (const { lease, gateway } of leases) {
    if (lease.subnet.family === 6) {
      subnets.push({ lease, gateway, vni: null })
      continue
    }
    const own = asked[had.length]
    const vni = own === undefined ? vnis.next() : vnis.take(Number(own)) ? Number(own) : null
    if (vni === null) {
      for (const number of had) vnis.release(number)
      return null
    }
    had.push(vni)
    subnets.push({ lease, gateway, vni })
  }
  return subnets
}

/** The network whose subnet stands in the way of an explicit one, or `null`. For telling the author. */
export function overlappedBy(overlay: Overlay, others: Iterable<Overlay>): Overlay | null {
  const wanted = overlay.request.subnets.map((s) => parsePrefix(s.subnet))
  for (const other of others) {
    for (const { lease } of other.state?.subnets ?? []) {
      if (wanted.some((prefix) => prefix !== null && overlaps(prefix, lease.subnet))) return other
    }
  }
  return null
}
