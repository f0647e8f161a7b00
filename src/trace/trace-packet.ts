import type { Plan, PlanContainer } from '../plan/plan.ts'
import { leaveContainer } from './container-source.ts'
import { fromHost, unknown } from './host-source.ts'
import { fromOutside } from './outside-source.ts'
import { clientAddress, SOMEWHERE } from './somewhere.ts'
import type { Trace, TraceEnd, TraceRequest } from './trace.ts'
import { drop, type End, OUTSIDE, toldSource, type Walk } from './walk.ts'
import { hostOf, runningOf } from './world.ts'

/**
 * The way of a packet through a plan, hop by hop, up to where it is delivered or dropped.
 *
 * Follows the rules Docker sets in the kernel of each host; what other firewalls and routers do is not known.
 * Where Docker picks one of several (a task behind a VIP, an address of several), the first stands for all.
 */
export function tracePacket(plan: Plan, request: TraceRequest): Trace {
  const walk: Walk = {
    plan,
    port: request.port,
    protocol: request.protocol,
    hops: [],
    asked: request.to.kind === 'container' ? request.to.container : '',
    certain: true,
    destination: '',
    source: '',
    isExample: false,
    effect: 'not-sent',
  }
  const { source, end } = depart(walk, request)
  return {
    request,
    source,
    destination: walk.destination,
    reached: end === 'delivered',
    effect: walk.effect,
    seenAs: end === 'delivered' ? toldSource(walk) : '',
    hops: walk.hops,
    certainty: walk.certain ? 'computed' : 'one-of-several',
  }
}

/** `source` is the key of the container the packet starts from, or `''`. */
interface Departure {
  readonly source: string
  readonly end: End
}

function depart(walk: Walk, { from, to }: TraceRequest): Departure {
  const { plan } = walk
  switch (from.kind) {
    case 'container':
      return fromContainer(walk, plan.containers.get(from.container) ?? null, to, from.container)
    case 'service':
      return fromContainer(walk, runningOf(plan, from.service)[0] ?? null, to, from.service)
    case 'host': {
      const host = hostOf(plan, from.host)
      return { source: '', end: host === null ? unknown(walk, from.host) : fromHost(walk, host, to, null) }
    }
    case 'client':
      return { source: '', end: fromOutside(walk, to, clientAddress(plan)) }
    case 'outside':
    case 'address':
    case 'name':
      return { source: '', end: fromOutside(walk, to, SOMEWHERE) }
    default:
      return from satisfies never
  }
}

function fromContainer(walk: Walk, container: PlanContainer | null, to: TraceEnd, name: string): Departure {
  if (container === null) return { source: '', end: drop(walk, OUTSIDE, 'no-task', name, '') }
  return { source: container.name, end: leaveContainer(walk, container, to) }
}
