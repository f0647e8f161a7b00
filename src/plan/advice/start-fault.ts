/** Engines that do not start with the settings they are given. */

import type { Refusal } from '../../engine/operation.ts'
import type { ProblemCode } from '../../problem/code.ts'
import type { Span } from '../../problem/problem.ts'
import { programSays, type Said, say, worded } from '../../problem/say.ts'
import type { HostEntry, Topology } from '../../topology/topology.ts'
import { daemonOf } from '../session/hosts.ts'
import type { Session } from '../session/session.ts'

/** Reports why, at the setting that is in the way. */
export function reportStartFaults({ hosts, topology, report }: Session): void {
  for (const { engine, entry } of hosts.values()) {
    if (engine.startFault === null) continue
    const { code, message, option } = engine.startFault
    const { span, hint } = adviceOn(topology, entry, code, option)
    const text = say`the daemon does not start: ${programSays(code, message)}`
    report({ code, severity: 'error', ...worded(text, hint), span, related: [] })
  }
}

/** Whether a refusal only repeats that the engine has no default bridge, or no pools. */
export function followsStartFault({ hosts }: Session, host: string, { code, name }: Refusal): boolean {
  const fault = hosts.get(host)?.engine.startFault ?? null
  return fault !== null && (code === fault.code || (code === 'NETWORK_NOT_FOUND' && name === 'bridge'))
}

const POOLS = say`Write pools with room for IPv4, such as default-address-pools: [{ base: 10.10.0.0/16, size: 24 }].`
const BRIDGE = say`Write an address of a host with its prefix length, such as bip: 10.200.0.1/24, or leave it out.`
const GATEWAY = say`Write a free address of the subnet of docker0, or leave it out.`
const RANGE = say`Write a subnet that no interface and no other setting has, or leave it out.`

const IPV6 = say`Write a subnet for docker0 beside it, such as fixed-cidr-v6: "fd00:1::/64", or leave ipv6 out.`

function adviceOn(
  topology: Topology,
  host: HostEntry,
  code: ProblemCode,
  option: string | undefined,
): { span: Span; hint: Said } {
  if (option === 'ipv6') return { span: daemonOf(topology, host).ipv6Span ?? host.span, hint: IPV6 }
  const { bip, fixedCidr, fixedCidrV6, defaultGateway, defaultGatewayV6, defaultAddressPools } = daemonOf(
    topology,
    host,
  )
  const [pool] = defaultAddressPools
  if (code === 'POOLS_EXHAUSTED' || code === 'NO_POOL_OF_SIZE')
    return { span: pool?.base.span ?? host.span, hint: POOLS }
  const gateway = defaultGateway ?? defaultGatewayV6
  if (gateway !== null) return { span: gateway.span, hint: GATEWAY }
  if (bip !== null) return { span: bip.span, hint: BRIDGE }
  return { span: (fixedCidr ?? fixedCidrV6)?.span ?? host.span, hint: RANGE }
}
