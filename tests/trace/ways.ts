import type { Plan } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import type { Problem } from '../../src/problem/problem.ts'
import { readTopology } from '../../src/topology/read.ts'
import { parseTraceRequest } from '../../src/trace/request.ts'
import type { Hop, Trace } from '../../src/trace/trace.ts'
import { tracePacket } from '../../src/trace/trace-packet.ts'

const NOWHERE = { start: 0, end: 0 }

/** The plan of a block without errors. */
export function planOf(block: string): Plan {
  const problems: Problem[] = []
  const topology = readTopology(block, (p) => problems.push(p))
  const plan = topology === null ? null : planNetworks(topology, (p) => problems.push(p))
  const errors = problems.filter((p) => p.severity === 'error')
  if (plan === null || errors.length > 0) throw new Error(JSON.stringify(errors))
  return plan
}

export function traceOf(plan: Plan, text: string): Trace {
  const parsed = parseTraceRequest(text, plan, NOWHERE)
  if (!parsed.ok) throw new Error(`${parsed.problem.message} ${parsed.problem.hint}`)
  return tracePacket(plan, parsed.request)
}

/** A way in short: one text for each hop. */
export function way(plan: Plan, text: string): readonly string[] {
  return traceOf(plan, text).hops.map(short)
}

/** Why a packet is dropped, `''` when it is not. */
export function dropOf(plan: Plan, text: string): string {
  const last = traceOf(plan, text).hops.at(-1)
  return last?.kind === 'drop' ? last.reason : ''
}

function short(hop: Hop): string {
  const at = [
    hop.host || 'outside',
    hop.sandbox === 'outside' ? '' : hop.sandbox,
    hop.container || hop.network,
  ]
  const where = at.filter((part) => part !== '').join('/')
  switch (hop.kind) {
    case 'resolve':
      return `${where} resolve ${hop.name} = ${hop.answers.join(' ')} (${hop.answerIs})`
    case 'hosts':
      return `${where} hosts ${hop.name} = ${hop.answer}`
    case 'send':
      return `${where} send ${hop.source} > ${hop.destination}${hop.via === '' ? '' : ` via ${hop.via}`}`
    case 'bridge':
      return `${where} bridge ${hop.address}`
    case 'ipvs':
      return `${where} ipvs ${hop.vip} > ${hop.chosen.container} of ${hop.candidates.length}`
    case 'encapsulate':
      return `${where} vxlan ${hop.vni} ${hop.outerSource} > ${hop.outerDestination}:${hop.udpPort}${hop.encrypted ? ' ipsec' : ''}`
    case 'decapsulate':
      return `${where} unpack ${hop.vni} from ${hop.fromHost}`
    case 'arrive':
      return `${where} arrive ${hop.destination} at ${hop.interface}`
    case 'forward':
      return `${where} forward ${hop.destination}`
    case 'masquerade':
      return `${where} ${hop.target.toLowerCase()} ${hop.from} > ${hop.to}`
    case 'dnat':
    case 'proxy':
      return `${where} ${hop.kind} ${hop.from} > ${hop.to}`
    case 'loopback':
      return `${where} loopback`
    case 'deliver':
      return `${where} deliver ${hop.address}`
    case 'drop':
      return `${where} drop ${hop.reason} ${hop.subject}`
    default:
      return hop satisfies never
  }
}
