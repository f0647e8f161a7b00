/** A packet starts from a machine that is none of the hosts. */
import type { Plan, PlanContainer, PlanHost } from '../plan/plan.ts'
import { acrossLink, arriveAtHost } from './host-step.ts'
import { childAt, linkRule } from './link-step.ts'
import { isKnownOutside } from './parent-step.ts'
import { clientAddress, SOMEWHERE } from './somewhere.ts'
import type { TraceEnd } from './trace.ts'
import { add, deliver, drop, type End, OUTSIDE, type Walk } from './walk.ts'
import {
  endpointAt,
  familyOf,
  firstAddress,
  hasIpv6,
  hostAddress,
  hostOf,
  isLoopback,
  isOnParent,
  isOwnAddress,
  runningOf,
  sandboxOf,
  socket,
} from './world.ts'

/**
 * A machine beside the hosts, or somewhere beyond. It is taken to know the way to every subnet of a bridge, by the
 * bridge's host, as if somebody had given it that route; what it knows of macvlan and ipvlan is what a LAN knows.
 * @param own its address.
 */
export function fromOutside(walk: Walk, to: TraceEnd, own: string): End {
  const { plan } = walk
  const target = outsideTarget(walk, to)
  if (target === null) {
    const subject = to.kind === 'container' ? to.container : to.kind === 'service' ? to.service : ''
    return drop(walk, OUTSIDE, to.kind === 'container' ? 'not-running' : 'no-task', subject, '')
  }
  const { address, host } = target
  const subject = socket(address, walk.port)
  walk.source = isLoopback(address) ? address : own
  walk.isExample = true
  add(walk, OUTSIDE, { kind: 'send', source: '', destination: subject, via: '' })
  if (isLoopback(address)) return deliver(walk, OUTSIDE, subject, '')
  if (familyOf(address) === 6 && plan.hosts.some((one) => one.address !== null) && !plan.hosts.some(hasIpv6))
    return drop(walk, OUTSIDE, 'no-route', subject, '', 'no IPv6 address on the LAN')
  const child = childAt(walk, address)
  if (child !== null && !isKnownOutside(walk, child.network))
    return drop(walk, OUTSIDE, 'no-neighbour', subject, '', linkRule(child.network))
  if (child !== null || host === null) return acrossLink(walk, '', address, walk.port)
  return arriveAtHost(walk, host, address, walk.port)
}

interface OutsideTarget {
  readonly address: string
  /** The host it is sent to; `null` where the link itself leads there. */
  readonly host: PlanHost | null
}

function outsideTarget(walk: Walk, to: TraceEnd): OutsideTarget | null {
  const { plan } = walk
  switch (to.kind) {
    case 'host': {
      const host = hostOf(plan, to.host)
      return host === null ? null : { address: hostAddress(host), host }
    }
    case 'container':
      return targetContainer(walk, plan.containers.get(to.container))
    case 'service':
      return targetService(walk, to.service)
    case 'address':
      return { address: to.address, host: holderOf(plan, to.address) }
    case 'client':
      return { address: clientAddress(plan), host: null }
    case 'name':
      return { address: to.name === 'localhost' ? '127.0.0.1' : SOMEWHERE, host: null }
    case 'outside':
      return { address: SOMEWHERE, host: null }
    default:
      return to satisfies never
  }
}

/** The host that has an address, itself or on one of its bridges. */
function holderOf(plan: Plan, address: string): PlanHost | null {
  const own = plan.hosts.find((host) => isOwnAddress(plan, host, address))
  if (own !== undefined) return own
  const network = [...plan.networks.values()].find(
    (one) => one.policy.link === 'bridge' && endpointAt(one, address) !== null,
  )
  return network === undefined ? null : hostOf(plan, network.host)
}

/** Whether the outside reaches a container at its own address: its first network sits on the host's link. */
function isChild(plan: Plan, container: PlanContainer): boolean {
  const network = plan.networks.get([...container.endpoints.keys()][0] ?? '')
  return network !== undefined && isOnParent(network) && !network.internal
}

/** A published port of a container is asked for at its host, anything else at the container's own address. */
function targetContainer(walk: Walk, target: PlanContainer | undefined): OutsideTarget | null {
  const { plan } = walk
  const sandbox = target === undefined ? null : sandboxOf(plan, target)
  if (sandbox === null || sandbox.state !== 'running') return null
  const host = hostOf(plan, sandbox.host)
  if (host === null) return null
  const at = hostAddress(host)
  const own = firstAddress(sandbox)?.address ?? ''
  if (isChild(plan, sandbox)) return { address: own, host: null }
  const meshed = plan.services.get(sandbox.service)?.ports.some((p) => p.published === walk.port) === true
  const published = sandbox.ports.some((p) => p.port === walk.port)
  if (sandbox.mode === 'host' || published || meshed) return { address: at, host }
  return { address: own || at, host }
}

function targetService(walk: Walk, name: string): OutsideTarget | null {
  const { plan } = walk
  const service = plan.services.get(name)
  const meshed = service?.ports.some((p) => p.mode === 'ingress' && p.published === walk.port) === true
  const entry = plan.hosts.find((h) => h.role !== '')
  if (meshed && entry !== undefined) return { address: hostAddress(entry), host: entry }
  return targetContainer(walk, runningOf(plan, name)[0])
}
