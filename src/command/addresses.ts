/** Flags with addresses. The client reads them itself from 29 on; before, it left them to the engine as texts. */
import { formatPrefix, parseAddress, parseCidr, prefixOf } from '../net/index.ts'
import type { Rules } from '../rules/index.ts'
import { type Arguments, isRefused, lastOf, listOf } from './flags.ts'
import { type Refused, refused } from './refused.ts'

interface EndpointAddresses {
  readonly ipv4: string
  readonly ipv6: string
  readonly linkLocalIps: readonly string[]
}

/** `--ip`, `--ip6`, `--link-local-ip` as they go to the engine. */
export function readEndpointAddresses(args: Arguments, rules: Rules): EndpointAddresses | Refused {
  const ipv4 = addressOf(args, 'ip', rules)
  const ipv6 = addressOf(args, 'ip6', rules)
  if (typeof ipv4 === 'object') return ipv4
  if (typeof ipv6 === 'object') return ipv6
  const all = listOf(args, 'link-local-ip')
  // What cannot be read is left out without a word.
  return { ipv4, ipv6, linkLocalIps: rules.readsAddresses ? all.filter((one) => parseAddress(one)) : all }
}

/** @see docker/cli `opts/network.go`, pflag `ip.go` */
function addressOf(args: Arguments, flag: string, rules: Rules): string | Refused {
  const text = lastOf(args, flag)
  if (!rules.readsAddresses || text === '' || parseAddress(text) !== null) return text
  const message = `invalid argument "${text}" for "--${flag}" flag: failed to parse IP: "${text}"`
  return refused('INVALID_ADDRESS', message, text, 'Write an address without a prefix length.')
}

/**
 * Subnets or ip-ranges as they go to the engine.
 *
 * @param isRange a range with host bits is taken for the block it lies in.
 * @see docker/cli `cli/command/network/create.go`, Go `net/netip: ParsePrefix`
 */
export function readPrefixes(
  texts: readonly string[],
  isRange: boolean,
  rules: Rules,
): readonly string[] | Refused {
  if (!rules.readsAddresses) return texts
  const read = texts.map((text) => {
    const cidr = parseCidr(text)
    if (cidr !== null) return isRange ? formatPrefix(prefixOf(cidr)) : text
    const why = !text.includes('/')
      ? "no '/'"
      : parseAddress(text.split('/')[0] ?? '') === null
        ? `ParseAddr("${text.split('/')[0]}"): unable to parse IP`
        : 'prefix length out of range'
    const message = `netip.ParsePrefix("${text}"): ${why}`
    return refused('INVALID_SUBNET', message, text, 'Write an address and a prefix length: 10.5.0.0/16.')
  })
  const fault = read.find((one) => typeof one === 'object' && isRefused(one))
  return typeof fault === 'object' ? fault : read.filter((one) => typeof one === 'string')
}
