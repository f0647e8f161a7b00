/** A packet starts from a process on a host, or from a container that shares the host's network. */
import { addressText } from '../net/index.ts'
import type { Plan, PlanContainer, PlanHost } from '../plan/plan.ts'
import { routeAtHost } from './host-step.ts'
import { clientAddress, SOMEWHERE } from './somewhere.ts'
import type { TraceEnd } from './trace.ts'
import { add, drop, type End, inHost, OUTSIDE, type Walk } from './walk.ts'
import {
  firstAddress,
  hostAddress,
  hostOf,
  isOnParent,
  localNetworkAt,
  runningOf,
  sandboxOf,
  socket,
  textOf,
} from './world.ts'

/** A process on a host itself. The host knows no container's name, so containers are asked for by address. */
export function fromHost(walk: Walk, host: PlanHost, to: TraceEnd): End {
  const { plan } = walk
  const address = addressFromHost(plan, host, to)
  if (address === null) {
    const subject = to.kind === 'container' ? to.container : to.kind === 'service' ? to.service : ''
    return drop(walk, inHost(host.name, '', host.interface), 'no-route', subject, host.name)
  }
  const network = localNetworkAt(plan, host.name, address)
  const own =
    network === null || isOnParent(network) ? hostAddress(host) : addressText(network.subnets[0]?.gateway)
  const device = network === null ? host.interface : isOnParent(network) ? network.parent : network.device
  add(walk, inHost(host.name, network?.key ?? '', device), {
    kind: 'send',
    source: own,
    destination: socket(address, walk.port),
    via: '',
  })
  return routeAtHost(walk, host, { from: null, source: own, address, local: true })
}

function addressFromHost(plan: Plan, host: PlanHost, to: TraceEnd): string | null {
  switch (to.kind) {
    case 'address':
      return to.address
    case 'client':
      return clientAddress(plan)
    case 'outside':
      return to.address || SOMEWHERE
    case 'host': {
      const other = hostOf(plan, to.host)
      return other === null ? null : hostAddress(other)
    }
    case 'container':
      return containerAddress(plan, plan.containers.get(to.container), host)
    case 'service':
      return containerAddress(plan, runningOf(plan, to.service)[0], host)
    case 'name':
      return null
    default:
      return to satisfies never
  }
}

/** An address of a container a host has a route to: not one of an overlay, which the host has no part in. */
function containerAddress(plan: Plan, target: PlanContainer | undefined, host: PlanHost): string | null {
  const sandbox = target === undefined ? null : sandboxOf(plan, target)
  if (sandbox === null || sandbox.state !== 'running') return null
  const there = hostOf(plan, sandbox.host)
  if (sandbox.mode === 'host') return there === null ? null : hostAddress(there)
  for (const [key, { ipv4, ipv6 }] of sandbox.endpoints) {
    const network = plan.networks.get(key)
    if (network === undefined || network.driver === 'overlay') continue
    if (network.host === host.name || isOnParent(network)) return textOf(ipv4) || textOf(ipv6)
  }
  return sandbox.host === host.name ? null : (firstAddress(sandbox)?.address ?? null)
}

/** A host the plan does not have. */
export function unknown(walk: Walk, name: string): End {
  return drop(walk, OUTSIDE, 'no-underlay', name, '')
}
