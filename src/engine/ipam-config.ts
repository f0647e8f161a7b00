import {
  contains,
  formatPrefix,
  overlaps,
  type Prefix,
  parseAddress,
  parseCidr,
  prefixOf,
  widthOf,
} from '../net/index.ts'
import type { Rules } from '../rules/index.ts'
import type { Refusal, SubnetRequest } from './operation.ts'
import { joinFaults, refuse } from './refusal.ts'

/**
 * What the daemon finds wrong with subnets before it asks IPAM; `null` for nothing.
 *
 * @param ipv6 IPv6 is on: else IPv6 subnets are not looked at.
 * @see moby `api/types/network/ipam.go: ValidateIPAM` (25.0 and later), v20.10 `daemon/network.go: createNetwork`
 */
export function checkSubnets(
  requests: readonly SubnetRequest[],
  ipv6: boolean,
  rules: Rules,
): Refusal | null {
  if (!rules.checksSubnets) return checkNotation(requests)
  const faults = requests.flatMap((request) => faultsOf(request, ipv6))
  return faults.length === 0
    ? null
    : refuse('INVALID_SUBNET', `invalid network config:\n${joinFaults(faults)}`)
}

function checkNotation(requests: readonly SubnetRequest[]): Refusal | null {
  for (const { subnet, ipRange } of requests) {
    for (const [what, text] of [
      ['subnet', subnet],
      ['ip-range', ipRange],
    ] as const) {
      if (text !== '' && parseCidr(text) === null)
        return refuse('INVALID_SUBNET', `Invalid ${what} ${text} : invalid CIDR address: ${text}`)
    }
  }
  return null
}

function faultsOf({ subnet, ipRange, gateway, auxAddresses }: SubnetRequest, ipv6: boolean): string[] {
  // Gateways and ranges without a subnet are stopped by the client already.
  if (subnet === '') return []
  const cidr = parseCidr(subnet)
  if (cidr === null) return [`invalid subnet ${subnet}: invalid CIDR block notation`]
  const block = prefixOf(cidr)
  if (block.family === 6 && !ipv6) return []
  const faults: string[] = []
  if (cidr.address.value !== block.first)
    faults.push(`invalid subnet ${subnet}: it should be ${formatPrefix(block)}`)
  if (ipRange !== '')
    faults.push(...rangeFaults(ipRange, block).map((f) => `invalid ip-range ${ipRange}: ${f}`))
  if (gateway !== '')
    faults.push(...addressFaults(gateway, block).map((f) => `invalid gateway ${gateway}: ${f}`))
  for (const [name, address] of auxAddresses) {
    faults.push(...addressFaults(address, block).map((f) => `invalid auxiliary address ${name}: ${f}`))
  }
  return faults
}

function rangeFaults(text: string, subnet: Prefix): string[] {
  const cidr = parseCidr(text)
  if (cidr === null) return ['invalid CIDR block notation']
  const range = prefixOf(cidr)
  if (range.family !== subnet.family) return [`parent subnet is an IPv${subnet.family} block`]
  const parent = formatPrefix(subnet)
  if (range.length < subnet.length) return [`CIDR block is bigger than its parent subnet ${parent}`]
  const faults: string[] = []
  if (cidr.address.value !== range.first) faults.push(`it should be ${formatPrefix(range)}`)
  if (!overlaps(subnet, range)) faults.push(`parent subnet ${parent} doesn't contain ip-range`)
  return faults
}

function addressFaults(text: string, subnet: Prefix): string[] {
  const address = parseAddress(text)
  if (address === null) return ['invalid address']
  if (address.family !== subnet.family) return [`parent subnet is an IPv${subnet.family} block`]
  return contains(subnet, address)
    ? []
    : [`parent subnet ${formatPrefix(subnet)} doesn't contain this address`]
}

/** Whether a subnet stands for "a block of this length from the default pools", of length 0 for their own (moby `RequestPool`). */
export function isSizeRequest(subnet: Prefix, rules: Rules): boolean {
  return rules.unspecifiedSubnetIsSize && subnet.first === 0n && subnet.length <= widthOf(subnet.family)
}
