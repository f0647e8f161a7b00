/** Texts that a reader would see or type, made from a model: what `print=KIND[:ARGUMENT]` asks for. */

import { containersNamed, networksNamed } from '../plan/named.ts'
import type { Plan, PlanContainer, PlanNetwork } from '../plan/plan.ts'
import { nearest } from '../problem/nearest.ts'
import { type Said, type Sayable, say, type Wording, worded } from '../problem/say.ts'
import type { Topology } from '../topology/topology.ts'
import { addressTable } from './addresses.ts'
import { buildCommands, commandText } from './commands.ts'
import { composeFile } from './compose.ts'
import { networkInspect } from './inspect.ts'
import { containerInspect, serviceInspect } from './inspect-object.ts'
import { natRules } from './iptables.ts'
import { hostsFile, ip6Route, ipAddr, ipRoute, resolvConf } from './sandbox-view.ts'

/** What an argument names: nothing, a network, a container, or a host (the first unless given). */
export const PRINT_KINDS = {
  addresses: 'nothing',
  commands: 'nothing',
  compose: 'nothing',
  inspect: 'network',
  'ip-addr': 'container',
  'ip-route': 'container',
  'ip-6-route': 'container',
  hosts: 'container',
  'resolv-conf': 'container',
  iptables: 'host',
  ip6tables: 'host',
} as const satisfies Readonly<Record<string, 'nothing' | 'network' | 'container' | 'host'>>
export type PrintKind = keyof typeof PRINT_KINDS

export type Printed =
  /** `language` for highlighting: `console`, `yaml`, `json` or `text`. */
  | { readonly ok: true; readonly text: string; readonly language: string }
  | ({ readonly ok: false; readonly code: 'UNKNOWN_PRINT' } & Wording)

export function isPrintKind(text: string): text is PrintKind {
  return Object.hasOwn(PRINT_KINDS, text)
}

/**
 * @param argument a network's key, a container's or host's name; `''` for none.
 * @param topology what the plan was made from.
 */
export function printModel(kind: string, argument: string, plan: Plan, topology: Topology): Printed {
  if (!isPrintKind(kind)) {
    const kinds = Object.keys(PRINT_KINDS)
    return fault(say`There is no print "${kind}"`, kind, kinds, say`Prints: ${kinds.join(', ')}.`)
  }
  switch (kind) {
    case 'addresses':
      return printed(addressTable(plan), 'text')
    case 'commands':
      return printed(commandText(buildCommands(plan, topology)), 'console')
    case 'compose':
      return { ok: true, text: composeFile(plan, topology), language: 'yaml' }
    case 'inspect': {
      const object = inspectedObject(plan, argument)
      if (object !== null) return { ok: true, text: object, language: 'json' }
      return ofNetwork(plan, argument, (network, host) => ({
        ok: true,
        text: networkInspect(plan, network, host),
        language: 'json',
      }))
    }
    case 'iptables':
      return ofHost(plan, argument, 4)
    case 'ip6tables':
      return ofHost(plan, argument, 6)
    case 'ip-addr':
      return ofContainer(plan, argument, (container) => ipAddr(plan, container))
    case 'ip-route':
      return ofContainer(plan, argument, (container) => ipRoute(plan, container))
    case 'ip-6-route':
      return ofContainer(plan, argument, (container) => ip6Route(plan, container))
    case 'hosts':
      return ofContainer(plan, argument, (container) => hostsFile(plan, container))
    case 'resolv-conf':
      return ofContainer(plan, argument, (container) => resolvConf(plan, container))
    default:
      return kind satisfies never
  }
}

/** A container or a service, where no network is called so. */
function inspectedObject(plan: Plan, name: string): string | null {
  if (networksNamed(plan, name).length > 0) return null
  const service = plan.services.get(name)
  if (service !== undefined) return serviceInspect(plan, service)
  const [container, another] = containersNamed(plan, name)
  return container === undefined || another !== undefined ? null : containerInspect(plan, container)
}

function printed(lines: readonly string[], language: string): Printed {
  return { ok: true, text: lines.join('\n'), language }
}

/** A network and the host whose engine is asked: its own, or for an overlay the one behind `@`, else the first. */
function ofNetwork(
  plan: Plan,
  name: string,
  print: (network: PlanNetwork, host: string) => Printed,
): Printed {
  const [named] = networksNamed(plan, name)
  const at = name.lastIndexOf('@')
  const [network] = named !== undefined || at < 0 ? [named] : networksNamed(plan, name.slice(0, at))
  if (network === undefined)
    return unknownName('network', name, [
      ...plan.networks.keys(),
      ...plan.containers.keys(),
      ...plan.services.keys(),
    ])
  const hosts = plan.hosts.map((one) => one.name)
  const asked = named === undefined ? name.slice(at + 1) : network.host || (hosts[0] ?? '')
  return hosts.includes(asked) ? print(network, asked) : unknownName('host', asked, hosts)
}

function ofContainer(
  plan: Plan,
  name: string,
  print: (container: PlanContainer) => readonly string[],
): Printed {
  const [container, another] = containersNamed(plan, name)
  if (container === undefined) return unknownName('container', name, [...plan.containers.keys()])
  if (another !== undefined) {
    const names = containersNamed(plan, name).map((one) => one.name)
    const message = say`Service "${name}" has ${names.length} containers`
    return refused(message, say`Choose one: ${namesOf(names)}.`)
  }
  if (container.mode === 'host') {
    const message = say`Container "${name}" shows what its host shows: it uses the host's own network`
    return refused(message, say`Choose a container with a network of its own.`)
  }
  if (container.state !== 'running') {
    const message = say`Container "${name}" is not running (${container.state}), so there is nothing to see in it`
    return refused(message, say`Choose an earlier step, or another container.`)
  }
  return printed(print(container), 'text')
}

function ofHost(plan: Plan, name: string, family: 4 | 6): Printed {
  const host = name === '' ? plan.hosts[0] : plan.hosts.find((one) => one.name === name)
  if (host === undefined)
    return unknownName(
      'host',
      name,
      plan.hosts.map((one) => one.name),
    )
  return printed(natRules(plan, host.name, family), 'text')
}

type Named = 'network' | 'container' | 'host'

function unknownName(what: Named, name: string, known: readonly string[]): Printed {
  return name === ''
    ? refused(NEEDS[what], say`Write print=KIND:NAME; names: ${namesOf(known)}.`)
    : fault(say`The model has no ${KINDS[what]} "${name}"`, name, known, say`It has: ${namesOf(known)}.`)
}

const KINDS: Readonly<Record<Named, Said>> = {
  network: say`network`,
  container: say`container`,
  host: say`host`,
}
const NEEDS: Readonly<Record<Named, Said>> = {
  network: say`This print needs a network`,
  container: say`This print needs a container`,
  host: say`This print needs a host`,
}

const refused = (message: Said, hint: Said): Printed => ({
  ok: false,
  code: 'UNKNOWN_PRINT',
  ...worded(message, hint),
})

function fault(message: Said, word: string, known: readonly string[], otherwise: Said): Printed {
  const near = nearest(word, known)
  const hint = near === null ? otherwise : say`Did you mean "${near}"?`
  return refused(message, hint)
}

const namesOf = (known: readonly string[]): Sayable =>
  known.length === 0 ? say`none` : known.slice(0, 20).join(', ')
