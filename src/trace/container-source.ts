/** A packet starts from a container: the name is asked for, then it goes to the address. */
import { addressText } from '../net/index.ts'
import type { Plan, PlanContainer, PlanHost } from '../plan/plan.ts'
import { sendFromContainer } from './container-step.ts'
import { fromHost, unknown } from './host-source.ts'
import { ask, askOutside } from './names.ts'
import { clientAddress, SOMEWHERE } from './somewhere.ts'
import type { TraceEnd } from './trace.ts'
import { drop, type End, inContainer, type Walk } from './walk.ts'
import { gatewayOf, hostAddress, hostOf, isOwnAddress, sandboxOf } from './world.ts'

export function leaveContainer(walk: Walk, container: PlanContainer, to: TraceEnd): End {
  const sandbox = sandboxOf(walk.plan, container)
  if (container.state === 'running' && container.sandboxLost) {
    const rule = `network_mode: container:${container.sharedWith || '<removed>'}`
    return drop(walk, inContainer(container, ''), 'lost-sandbox', container.name, container.sharedWith, rule)
  }
  if (container.state !== 'running' || sandbox === null || sandbox.state !== 'running')
    return drop(walk, inContainer(container, ''), 'not-running', container.name, '')
  if (sandbox.mode === 'host') {
    const host = hostOf(walk.plan, sandbox.host)
    return host === null ? unknown(walk, sandbox.host) : fromHost(walk, host, to, container)
  }
  const address = addressFor(walk, container, sandbox, to)
  return address === null ? 'dropped' : sendFromContainer(walk, sandbox, address)
}

/** The address a container sends to, after asking for the name where there is one; `null` after a drop. */
function addressFor(
  walk: Walk,
  container: PlanContainer,
  sandbox: PlanContainer,
  to: TraceEnd,
): string | null {
  switch (to.kind) {
    case 'address':
      return to.address
    case 'client':
      return clientAddress(walk.plan)
    case 'outside':
      if (to.address === '') return SOMEWHERE
      return /^[0-9.]+$|:/.test(to.address) ? to.address : askOutside(walk, container, sandbox, to.address)
    case 'host': {
      const host = hostOf(walk.plan, to.host)
      return host === null ? null : reachableAddress(walk.plan, sandbox, host)
    }
    case 'container':
      return ask(walk, container, sandbox, to.container)
    case 'service':
      return ask(walk, container, sandbox, to.service)
    case 'name':
      return ask(walk, container, sandbox, to.name)
    default:
      return to satisfies never
  }
}

/** A host without an address on the underlay is reached at the gateway of the sender's default route. */
function reachableAddress(plan: Plan, sender: PlanContainer, host: PlanHost): string {
  if (host.address !== null) return hostAddress(host)
  const own = host.name === sender.host ? addressText(sender.defaultRoute?.via) : ''
  const gateways = [...sender.endpoints.keys()].flatMap((key) => {
    const network = plan.networks.get(key)
    return network === undefined ? [] : [gatewayOf(network, 4)]
  })
  return own || gateways.find((gateway) => isOwnAddress(plan, host, gateway)) || host.name
}
