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
import type { Span } from '../problem/problem.ts'
import type { Rules } from '../rules/index.ts'
import type { Refusal, SubnetRequest } from './operation.ts'
import { joinRefusals, refuse, type Subject } from './refusal.ts'

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
  const refusals = requests.flatMap((request) => refusalsOf(request, ipv6))
  return joinRefusals(refusals, 'invalid network config')
}

function checkNotation(requests: readonly SubnetRequest[]): Refusal | null {
  for (const { subnet, ipRange, origins } of requests) {
    for (const [what, text, at] of [
      ['subnet', subnet, origins?.subnet],
      ['ip-range', ipRange, origins?.ipRange],
    ] as const) {
      if (text !== '' && parseCidr(text) === null)
        return refuse('INVALID_SUBNET', `Invalid ${what} ${text} : invalid CIDR address: ${text}`, { at })
    }
  }
  return null
}

function refusalsOf(request: SubnetRequest, ipv6: boolean): readonly Refusal[] {
  const { subnet, ipRange, gateway, auxAddresses, origins } = request
  // Gateways and ranges without a subnet are stopped by the client already.
  if (subnet === '') return []
  const cidr = parseCidr(subnet)
  if (cidr === null)
    return [invalid(`invalid subnet ${subnet}`, 'invalid CIDR block notation', origins?.subnet)]
  const block = prefixOf(cidr)
  if (block.family === 6 && !ipv6) return []
  const found: Refusal[] = []
  if (cidr.address.value !== block.first)
    found.push(wouldBe(`invalid subnet ${subnet}`, formatPrefix(block), origins?.subnet))
  if (ipRange !== '')
    found.push(...rangeRefusals(ipRange, block, `invalid ip-range ${ipRange}`, origins?.ipRange))
  if (gateway !== '')
    found.push(...addressRefusals(gateway, block, `invalid gateway ${gateway}`, origins?.gateway))
  for (const [name, address] of auxAddresses) {
    const at = origins?.auxAddresses?.get(name)
    found.push(...addressRefusals(address, block, `invalid auxiliary address ${name}`, at))
  }
  return found
}

function invalid(what: string, why: string, at: Span | undefined, subject: Subject = {}): Refusal {
  return refuse('INVALID_SUBNET', `${what}: ${why}`, { ...subject, at })
}

const wouldBe = (what: string, instead: string, at: Span | undefined): Refusal =>
  invalid(what, `it should be ${instead}`, at, { instead })

function rangeRefusals(text: string, subnet: Prefix, what: string, at: Span | undefined): readonly Refusal[] {
  const cidr = parseCidr(text)
  if (cidr === null) return [invalid(what, 'invalid CIDR block notation', at)]
  const range = prefixOf(cidr)
  if (range.family !== subnet.family)
    return [invalid(what, `parent subnet is an IPv${subnet.family} block`, at, { subnet })]
  const parent = formatPrefix(subnet)
  if (range.length < subnet.length)
    return [invalid(what, `CIDR block is bigger than its parent subnet ${parent}`, at, { subnet })]
  const found: Refusal[] = []
  if (cidr.address.value !== range.first) found.push(wouldBe(what, formatPrefix(range), at))
  if (!overlaps(subnet, range))
    found.push(invalid(what, `parent subnet ${parent} doesn't contain ip-range`, at, { subnet }))
  return found
}

function addressRefusals(
  text: string,
  subnet: Prefix,
  what: string,
  at: Span | undefined,
): readonly Refusal[] {
  const address = parseAddress(text)
  if (address === null) return [invalid(what, 'invalid address', at)]
  if (address.family !== subnet.family)
    return [invalid(what, `parent subnet is an IPv${subnet.family} block`, at, { subnet })]
  if (contains(subnet, address)) return []
  return [invalid(what, `parent subnet ${formatPrefix(subnet)} doesn't contain this address`, at, { subnet })]
}

/** Whether a subnet stands for "a block of this length from the default pools", of length 0 for their own (moby `RequestPool`). */
export function isSizeRequest(subnet: Prefix, rules: Rules): boolean {
  return rules.unspecifiedSubnetIsSize && subnet.first === 0n && subnet.length <= widthOf(subnet.family)
}
