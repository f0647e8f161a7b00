/** A packet starts from a container: the name is asked for, then it goes to the address. */
import { addressText } from '../net/index.ts'
import type { Plan, PlanContainer, PlanHost } from '../plan/plan.ts'
import { sendFromContainer } from './container-step.ts'
import { fromHost, unknown } from './host-source.ts'
import { RESOLVER, resolveName } from './names.ts'
import { clientAddress, SOMEWHERE } from './somewhere.ts'
import type { TraceEnd } from './trace.ts'
import { add, drop, type End, inContainer, type Walk } from './walk.ts'
import { hostOf, isDefaultBridge, isOwnAddress, runningOf, sandboxOf, textOf } from './world.ts'

export function leaveContainer(walk: Walk, container: PlanContainer, to: TraceEnd): End {
  const sandbox = sandboxOf(walk.plan, container)
  if (container.state !== 'running' || sandbox === null || sandbox.state !== 'running') {
    return drop(walk, inContainer(container, ''), 'not-running', container.name, '')
  }
  if (sandbox.mode === 'host') {
    const host = hostOf(walk.plan, sandbox.host)
    return host === null ? unknown(walk, sandbox.host) : fromHost(walk, host, to)
  }
  if (sharesSandbox(walk.plan, sandbox, to)) return sendFromContainer(walk, sandbox, '127.0.0.1')
  const address = addressFor(walk, sandbox, to)
  return address === null ? 'dropped' : sendFromContainer(walk, sandbox, address)
}

function sharesSandbox(plan: Plan, sandbox: PlanContainer, to: TraceEnd): boolean {
  const target = to.kind === 'container' ? plan.containers.get(to.container) : undefined
  return target !== undefined && sandboxOf(plan, target) === sandbox
}

/** The address a container sends to, after asking for the name where there is one; `null` after a drop. */
function addressFor(walk: Walk, sender: PlanContainer, to: TraceEnd): string | null {
  switch (to.kind) {
    case 'address':
      return to.address
    case 'client':
      return clientAddress(walk.plan)
    case 'outside':
      return outsideAddress(walk, sender, to.address)
    case 'host': {
      const host = hostOf(walk.plan, to.host)
      return host === null ? null : reachableAddress(walk.plan, sender, host)
    }
    case 'container':
      return ask(walk, sender, to.container)
    case 'service':
      return ask(walk, sender, to.service)
    case 'name':
      return ask(walk, sender, to.name)
    default:
      return to satisfies never
  }
}

function outsideAddress(walk: Walk, sender: PlanContainer, wanted: string): string {
  if (wanted === '') return SOMEWHERE
  if (/^[0-9.]+$|:/.test(wanted)) return wanted
  const network = [...sender.endpoints.keys()][0] ?? ''
  add(walk, inContainer(sender, network), {
    kind: 'resolve',
    name: wanted,
    server: RESOLVER,
    answers: [SOMEWHERE],
    answer: SOMEWHERE,
    answerIs: 'external',
  })
  return SOMEWHERE
}

/** A host without an address on the underlay is reached at the gateway of the sender's default route. */
function reachableAddress(plan: Plan, sender: PlanContainer, host: PlanHost): string {
  const address = textOf(host.address)
  if (address !== '') return address
  const own = host.name === sender.host ? addressText(sender.defaultRoute?.via) : ''
  const gateways = [...sender.endpoints.keys()].flatMap((key) =>
    (plan.networks.get(key)?.subnets ?? []).flatMap(({ gateway }) => addressText(gateway) || []),
  )
  return own || gateways.find((gateway) => isOwnAddress(plan, host, gateway)) || host.name
}

/**
 * The address of a linked container: from /etc/hosts on the default bridge, from the resolver elsewhere.
 * @see moby `daemon/container_operations.go: buildSandboxOptions`, `addLinks`
 */
function linkedAddress(walk: Walk, sender: PlanContainer, name: string): string | null {
  const target = walk.plan.containers.get(sender.links.get(name) ?? '')
  if (target === undefined || target.state !== 'running') return null
  for (const [key, { ipv4, ipv6 }] of target.endpoints) {
    const network = walk.plan.networks.get(key)
    if (network === undefined || !sender.endpoints.has(key)) continue
    const answer = textOf(ipv4) || textOf(ipv6)
    const place = inContainer(sender, key)
    if (isDefaultBridge(network)) add(walk, place, { kind: 'hosts', name, answer })
    else {
      const found = { kind: 'resolve', name, server: RESOLVER, answers: [answer], answer } as const
      add(walk, place, { ...found, answerIs: 'container' })
    }
    return answer
  }
  return null
}

/** Asks the engine's resolver for a name. */
function ask(walk: Walk, sender: PlanContainer, name: string): string | null {
  const { plan } = walk
  const linked = linkedAddress(walk, sender, name)
  if (linked !== null) return linked
  const answer = resolveName(plan, sender, name)
  if (answer === null) {
    const networks = [...sender.endpoints.keys()]
    const target = plan.containers.get(name)
    const known = networks.flatMap((key) => plan.networks.get(key) ?? [])
    const onlyDefault = known.length > 0 && known.every((n) => isDefaultBridge(n))
    const stopped = target !== undefined && target.state !== 'running'
    const empty = plan.services.has(name) && runningOf(plan, name).length === 0
    const reason = stopped
      ? 'not-running'
      : empty
        ? 'no-task'
        : onlyDefault
          ? 'name-on-default-bridge'
          : 'name-unknown'
    drop(walk, inContainer(sender, networks[0] ?? ''), reason, name, networks.join(', '))
    return null
  }
  const first = answer.answers[0] ?? ''
  if (answer.answers.length > 1) walk.certain = false
  add(walk, inContainer(sender, answer.network), {
    kind: 'resolve',
    name,
    server: RESOLVER,
    answers: answer.answers,
    answer: first,
    answerIs: answer.answerIs,
  })
  return first
}
