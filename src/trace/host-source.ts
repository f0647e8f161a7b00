/** A packet starts from a process on a host, or from a container that shares the host's network. */
import type { Plan, PlanContainer, PlanHost } from '../plan/plan.ts'
import { atHost } from './host-step.ts'
import { clientAddress, SOMEWHERE } from './somewhere.ts'
import type { TraceEnd } from './trace.ts'
import { add, drop, type End, inContainer, inHost, OUTSIDE, type Walk } from './walk.ts'
import {
  addressesOf,
  bridgeTo,
  familyOf,
  firstAddress,
  gatewayOf,
  hostAddress,
  hostOf,
  interfaceTo,
  isLoopback,
  isOnParent,
  isOwnAddress,
  runningOf,
  sandboxOf,
  socket,
} from './world.ts'

/**
 * @param container the one in host mode that sends, `null` for a process of the host itself. The host knows no
 *   container's name: what is written for the host asks by address, while a program in a container asks by name.
 */
export function fromHost(walk: Walk, host: PlanHost, to: TraceEnd, container: PlanContainer | null): End {
  const { plan } = walk
  const address = askedFor(walk, host, to, container)
  if (address === null) return 'dropped'
  const network = isLoopback(address) ? null : bridgeTo(plan, host.name, address)
  const device = interfaceTo(host, address)
  walk.source = sourceFor(plan, host, address)
  add(
    walk,
    inHost(host.name, network?.key ?? '', isLoopback(address) ? 'lo' : (network?.device ?? device.name)),
    {
      kind: 'send',
      source: walk.source,
      destination: socket(address, walk.port),
      via: '',
    },
  )
  return atHost(walk, host, { from: null, link: '', address, port: walk.port, local: true })
}

/** The kernel takes the address of the interface it sends by; for an own address that address itself. */
function sourceFor(plan: Plan, host: PlanHost, address: string): string {
  if (isLoopback(address)) return address.startsWith('127.') ? '127.0.0.1' : address
  if (isOwnAddress(plan, host, address)) return address
  const network = bridgeTo(plan, host.name, address)
  return network === null ? interfaceTo(host, address).address : gatewayOf(network, familyOf(address))
}

/** @returns the address, `null` after a drop. */
function askedFor(walk: Walk, host: PlanHost, to: TraceEnd, container: PlanContainer | null): string | null {
  const { plan } = walk
  const place = container === null ? inHost(host.name, '', host.interface) : inContainer(container, '')
  const unresolved = (name: string): null => {
    drop(walk, place, 'name-unknown', name, host.name)
    return null
  }
  const written = (name: string): string | null => {
    const answer =
      name === 'localhost' ? '127.0.0.1' : container?.extraHosts.find((one) => one.name === name)?.address
    if (answer === undefined || answer === '') return null
    add(walk, place, { kind: 'hosts', name, answer })
    return answer
  }
  switch (to.kind) {
    case 'address':
      return to.address
    case 'client':
      return clientAddress(plan)
    case 'outside': {
      if (to.address === '') return SOMEWHERE
      if (/^[0-9.]+$|:/.test(to.address)) return to.address
      return written(to.address) ?? external(walk, host, to.address, place)
    }
    case 'host': {
      const other = hostOf(plan, to.host)
      return other === null ? unresolved(to.host) : hostAddress(other)
    }
    case 'container':
    case 'service': {
      const name = to.kind === 'container' ? to.container : to.service
      if (container !== null) return written(name) ?? unresolved(name)
      const target = to.kind === 'container' ? plan.containers.get(name) : runningOf(plan, name)[0]
      const address = containerAddress(plan, target, host)
      if (address !== null) return address
      const reason = target === undefined || target.state === 'running' ? 'no-route' : 'not-running'
      drop(walk, place, reason, name, reason === 'no-route' ? host.name : '')
      return null
    }
    case 'name':
      return written(to.name) ?? unresolved(to.name)
    default:
      return to satisfies never
  }
}

function external(walk: Walk, host: PlanHost, name: string, place: ReturnType<typeof inHost>): string {
  const server = host.nameservers[0] ?? ''
  add(walk, place, {
    kind: 'resolve',
    name,
    server,
    answers: [SOMEWHERE],
    answer: SOMEWHERE,
    answerIs: 'external',
  })
  return SOMEWHERE
}

/** An address of a container a host has a route to: not one of an overlay, which the host has no part in. */
function containerAddress(plan: Plan, target: PlanContainer | undefined, host: PlanHost): string | null {
  const sandbox = target === undefined ? null : sandboxOf(plan, target)
  if (sandbox === null || sandbox.state !== 'running') return null
  const there = hostOf(plan, sandbox.host)
  if (sandbox.mode === 'host') return there === null ? null : hostAddress(there)
  for (const [key, attachment] of sandbox.endpoints) {
    const network = plan.networks.get(key)
    if (network === undefined || network.driver === 'overlay') continue
    const [address] = addressesOf(attachment)
    if ((network.host === host.name || isOnParent(network)) && address !== undefined) return address
  }
  return sandbox.host === host.name ? null : (firstAddress(sandbox)?.address ?? null)
}

/** A host the plan does not have. */
export function unknown(walk: Walk, name: string): End {
  return drop(walk, OUTSIDE, 'no-underlay', name, '')
}
