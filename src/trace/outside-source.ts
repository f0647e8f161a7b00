/** A packet starts from a machine that is none of the hosts. */
import type { Plan, PlanContainer, PlanHost } from '../plan/plan.ts'
import { arriveAtHost } from './host-step.ts'
import { SOMEWHERE } from './somewhere.ts'
import type { TraceEnd } from './trace.ts'
import { add, deliver, drop, type End, inContainer, inHost, OUTSIDE, type Walk } from './walk.ts'
import {
  firstAddress,
  hostAddress,
  hostOf,
  isOnParent,
  isOwnAddress,
  runningOf,
  sandboxOf,
  socket,
  textOf,
} from './world.ts'

/** A machine beside the hosts. */
export function fromOutside(walk: Walk, to: TraceEnd): End {
  const { plan } = walk
  const target = outsideTarget(walk, to)
  if (target === null) {
    const subject = to.kind === 'container' ? to.container : to.kind === 'service' ? to.service : ''
    return drop(walk, OUTSIDE, to.kind === 'container' ? 'not-running' : 'no-task', subject, '')
  }
  const subject = socket(target.address, walk.port)
  add(walk, OUTSIDE, { kind: 'send', source: '', destination: subject, via: '' })
  if (target.direct !== null) {
    const { direct } = target
    const [key = ''] = direct.endpoints.keys()
    const network = plan.networks.get(key)
    const mac = direct.endpoints.get(key)?.mac ?? ''
    add(walk, inHost(direct.host, key, network?.parent ?? ''), {
      kind: 'bridge',
      address: target.address,
      mac,
    })
    return deliver(walk, inContainer(direct, key), subject, mac)
  }
  if (target.host === null) return deliver(walk, OUTSIDE, subject, '')
  return arriveAtHost(walk, target.host, '', target.address)
}

interface OutsideTarget {
  readonly address: string
  readonly host: PlanHost | null
  /** A container that sits on the link itself (macvlan, ipvlan). */
  readonly direct: PlanContainer | null
}

function outsideTarget(walk: Walk, to: TraceEnd): OutsideTarget | null {
  const { plan } = walk
  switch (to.kind) {
    case 'host': {
      const host = hostOf(plan, to.host)
      return host === null ? null : { address: hostAddress(host), host, direct: null }
    }
    case 'container':
      return targetContainer(walk, plan.containers.get(to.container))
    case 'service':
      return targetService(walk, to.service)
    case 'address': {
      const holder = [...plan.containers.values()].find((c) =>
        [...c.endpoints.values()].some((a) => textOf(a.ipv4) === to.address || textOf(a.ipv6) === to.address),
      )
      const host =
        plan.hosts.find((h) => isOwnAddress(plan, h, to.address)) ?? hostOf(plan, holder?.host ?? '')
      const direct = holder !== undefined && isChild(plan, holder) ? holder : null
      return { address: to.address, host, direct }
    }
    case 'client':
    case 'outside':
    case 'name':
      return { address: SOMEWHERE, host: null, direct: null }
    default:
      return to satisfies never
  }
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
  if (isChild(plan, sandbox)) return { address: own, host, direct: sandbox }
  const meshed = plan.services.get(sandbox.service)?.ports.some((p) => p.published === walk.port) === true
  const published = sandbox.ports.some((p) => p.port === walk.port)
  if (sandbox.mode === 'host' || published || meshed) return { address: at, host, direct: null }
  return { address: own || at, host, direct: null }
}

function targetService(walk: Walk, name: string): OutsideTarget | null {
  const { plan } = walk
  const service = plan.services.get(name)
  const meshed = service?.ports.some((p) => p.mode === 'ingress' && p.published === walk.port) === true
  const entry = plan.hosts.find((h) => h.role !== '')
  if (meshed && entry !== undefined) return { address: hostAddress(entry), host: entry, direct: null }
  return targetContainer(walk, runningOf(plan, name)[0])
}
