/** `com.docker.network.host_ipv4` and `host_ipv6`: the address that packets of a bridge leave with. */
import { type Address, type Family, formatAddress, parseAddress } from '../../net/index.ts'
import type { Rules } from '../../rules/index.ts'
import type { Refusal } from '../operation.ts'
import { refuse } from '../refusal.ts'
import type { FamilyPolicy } from './policy.ts'

export const HOST_SOURCE = 'com.docker.network.host_ipv'
/** An IPv4 address written as one of IPv6, ::ffff:1.2.3.4, is to Go the IPv4 address. */
const MAPPED = 0xffff_0000_0000n

/** What the option says, whatever its family; `null` where the release or the author has none. */
export function hostSource(
  options: ReadonlyMap<string, string>,
  family: Family,
  rules: Rules,
): Address | null {
  if (family === 6 && !rules.hostIpv6Option) return null
  const address = parseAddress(options.get(`${HOST_SOURCE}${family}`) ?? '')
  if (address?.family !== 6 || address.value >> 32n !== MAPPED >> 32n) return address
  return { family: 4, value: address.value - MAPPED }
}

/**
 * A rule with an address of the other family is refused by iptables, and the network with it; where no rule is made,
 * the option is not looked at.
 * @see moby `libnetwork/drivers/bridge/setup_ip_tables_linux.go: setupIPTablesInternal`
 */
export function sourceFault(family: Family, policy: FamilyPolicy, userlandProxy: boolean): Refusal | null {
  const { source, fromHost } = policy
  const rule =
    isOther(source, family) !== null
      ? 'Unable to enable NAT rule'
      : !userlandProxy && isOther(fromHost, family) !== null
        ? 'Unable to enable MASQ LOCAL HOST rule'
        : null
  const wrong = isOther(source, family) ?? isOther(fromHost, family)
  if (rule === null || wrong === null) return null
  const message = `Failed to Setup IP tables: ${rule}: Bad IP address "${formatAddress(wrong)}"`
  return refuse('INVALID_OPTION', message, { option: `${HOST_SOURCE}${family}` })
}

const isOther = (source: FamilyPolicy['source'], family: Family): Address | null =>
  source !== null && source !== 'masquerade' && source.family !== family ? source : null
