/** Flags with addresses. The client reads them itself from 29 on; before, it left them to the engine as texts. */

import type { EndpointRequest, Origins, Refusal } from '../engine/operation.ts'
import { formatPrefix, parseAddress, parseCidr, prefixOf } from '../net/index.ts'
import { say } from '../problem/say.ts'
import { type Written, writtenSomewhere } from '../problem/written.ts'
import type { Rules } from '../rules/index.ts'
import { type Arguments, lastOf, listOf } from './flags.ts'
import { refused } from './refused.ts'

export interface EndpointAddresses {
  readonly ipv4: string
  readonly ipv6: string
  readonly linkLocalIps: readonly string[]
  readonly origins: Origins<EndpointRequest>
}

/** `--ip`, `--ip6`, `--link-local-ip` as they go to the engine. */
export function readEndpointAddresses(args: Arguments, rules: Rules): EndpointAddresses | Refusal {
  const ipv4 = lastOf(args, 'ip')
  const ipv6 = lastOf(args, 'ip6')
  const fault = addressFault(ipv4, 'ip', rules) ?? addressFault(ipv6, 'ip6', rules)
  if (fault !== null) return fault
  const all = listOf(args, 'link-local-ip')
  // What cannot be read is left out without a word.
  const linkLocal = rules.readsAddresses ? all.filter(({ text }) => parseAddress(text)) : all
  return {
    ipv4: ipv4?.text ?? '',
    ipv6: ipv6?.text ?? '',
    linkLocalIps: linkLocal.map(({ text }) => text),
    origins: { ipv4: ipv4?.span, ipv6: ipv6?.span, linkLocalIps: linkLocal.map(({ span }) => span) },
  }
}

/** @see docker/cli `opts/network.go`, pflag `ip.go` */
function addressFault(written: Written | null, flag: string, rules: Rules): Refusal | null {
  if (!rules.readsAddresses || written === null || written.text === '') return null
  const { text, span } = written
  if (parseAddress(text) !== null) return null
  const message = `invalid argument "${text}" for "--${flag}" flag: failed to parse IP: "${text}"`
  return refused('INVALID_ADDRESS', message, span, say`Write an address without a prefix length.`)
}

/**
 * Subnets or ip-ranges as they go to the engine.
 *
 * @param isRange a range with host bits is taken for the block it lies in.
 * @see docker/cli `cli/command/network/create.go`, Go `net/netip: ParsePrefix`
 */
export function readPrefixes(
  written: readonly Written[],
  isRange: boolean,
  rules: Rules,
): readonly Written[] | Refusal {
  if (!rules.readsAddresses) return written
  const read: Written[] = []
  for (const one of written) {
    const { text, span } = one
    const cidr = parseCidr(text)
    if (cidr === null) {
      const hint = say`Write an address and a prefix length: 10.5.0.0/16.`
      return refused('INVALID_SUBNET', `netip.ParsePrefix("${text}"): ${whyNoPrefix(text)}`, span, hint)
    }
    read.push(isRange ? writtenSomewhere(formatPrefix(prefixOf(cidr)), span) : one)
  }
  return read
}

function whyNoPrefix(text: string): string {
  const [address = '', length] = text.split('/')
  if (length === undefined) return "no '/'"
  return parseAddress(address) === null
    ? `ParseAddr("${address}"): unable to parse IP`
    : 'prefix length out of range'
}
