/** What Docker does without a word and its users did not expect, told where it was written. */

import type { NetworkConnect, NetworkCreate } from '../../engine/operation.ts'
import type { ProblemCode } from '../../problem/code.ts'
import type { Report, Span } from '../../problem/problem.ts'
import { type Said, say, worded } from '../../problem/say.ts'
import type { Topology } from '../../topology/topology.ts'
import type { Plan, PlanContainer, PlanNetwork } from '../plan.ts'

const warn = (report: Report, code: ProblemCode, span: Span, message: Said, hint: Said): void =>
  report({ code, severity: 'warning', ...worded(message, hint), span, related: [] })

/** Ports that are asked for and come to nothing, of which Docker says no word. moby issue 36174 */
export function warnUnpublished(plan: Plan, report: Report): void {
  for (const container of plan.containers.values()) {
    const { state, publishes, ports, span } = container
    if (state !== 'running' || publishes.length === 0 || ports.length > 0 || span === null) continue
    const why = whyUnpublished(plan, container)
    if (why !== null) warn(report, 'NOT_PUBLISHED', span, why.message, why.hint)
  }
}

/** `null`: nothing that is known here keeps its ports from the host. */
function whyUnpublished(
  plan: Plan,
  { name, mode, endpoints, defaultRoute, defaultRoute6 }: PlanContainer,
): { readonly message: Said; readonly hint: Said } | null {
  if (mode === 'host') {
    const message = say`Nothing of "${name}" is published: it uses the network of its host`
    return { message, hint: say`What it listens on is a port of the host already: leave the port out.` }
  }
  if (mode === 'none') {
    const message = say`Nothing of "${name}" is published: its network mode is none`
    return { message, hint: say`Join a network, or leave the port out.` }
  }
  const networks = [...endpoints.keys()].flatMap((key) => plan.networks.get(key) ?? [])
  const onLan = networks.filter(({ policy }) => policy.link === 'parent')
  const which = networks.map(({ key }) => `"${key}"`).join(', ')
  if (networks.length > 0 && networks.length === onLan.length) return whyOnLan(name, onLan)
  if (networks.length > 0 && networks.every(({ internal }) => internal)) {
    const message =
      networks.length === 1
        ? say`Nothing of "${name}" is published: ${which} is internal`
        : say`Nothing of "${name}" is published: ${which} are internal`
    return { message, hint: say`Join a network that is not internal as well, or leave the port out.` }
  }
  // Ports are published on the network of the default route alone, whatever bridges there are beside it.
  const route = onLan.find(({ key }) => key === (defaultRoute ?? defaultRoute6)?.network)
  if (route === undefined) return null
  const message = say`Nothing of "${name}" is published: its default route goes by "${route.key}", a network of the driver ${route.driver}`
  return { message, hint: say`Give the default route to a bridge network, or leave the port out.` }
}

/** On macvlan and ipvlan a container has an address of the LAN, and nothing on the way translates it. */
function whyOnLan(
  name: string,
  networks: readonly PlanNetwork[],
): { readonly message: Said; readonly hint: Said } {
  const which = networks.map(({ key }) => `"${key}"`).join(', ')
  const drivers = [...new Set(networks.map(({ driver }) => driver))].join(', ')
  const message =
    networks.length === 1
      ? say`Nothing of "${name}" is published: ${which} is a network of the driver ${drivers}`
      : say`Nothing of "${name}" is published: ${which} are networks of the driver ${drivers}`
  // Without a parent such a network leads nowhere, and is internal without the file saying so.
  const hint = networks.every(({ internal }) => internal)
    ? say`Join a bridge network as well, or leave the port out.`
    : say`It has an address of its own outside the host, with every port it listens on: leave the port out.`
  return { message, hint }
}

/** Containers that share a sandbox do not follow the one it is of. docker/compose issues 7765, 8918 */
export function warnLostSandboxes(plan: Plan, report: Report): void {
  for (const { name, state, sandboxLost, sharedWith, span } of plan.containers.values()) {
    if (state !== 'running' || !sandboxLost || span === null) continue
    const message =
      sharedWith === ''
        ? say`"${name}" has no network: the container whose network it used is gone`
        : say`"${name}" has no network: "${sharedWith}", whose network it used, was started anew`
    const hint =
      sharedWith === ''
        ? say`Make "${name}" anew, with the network of a container that is there.`
        : say`Start it anew, too: docker restart ${name}.`
    warn(report, 'SANDBOX_LOST', span, message, hint)
  }
}

/** `-P` of an image whose EXPOSE nobody knows here. */
export function warnPublishAll(name: string, span: Span, report: Report): void {
  const who = name === '' ? say`the container` : `"${name}"`
  const message = say`-P publishes nothing of ${who}: which ports its image exposes is not known here`
  warn(report, 'EXPOSED_PORTS_UNKNOWN', span, message, say`Add --expose with each port of the image.`)
}

export function warnUnusedIpv6({ name, subnets, ipv6 }: NetworkCreate, span: Span, report: Report): void {
  const unused = subnets.find(({ subnet }) => subnet.includes(':'))
  if (unused === undefined || ipv6 === true) return
  const message = say`Subnet ${unused.subnet} of network "${name}" has no effect: IPv6 is off`
  warn(report, 'IPV6_SUBNET_UNUSED', span, message, say`Add --ipv6.`)
}

/** A container that does not run and is on the network already keeps what it was created with. moby/libnetwork issue 1696 */
export function warnConnected({ container, endpoint }: NetworkConnect, span: Span, report: Report): void {
  const { network, ipv4, ipv6, aliases, links } = endpoint
  const asks = ipv4 !== '' || ipv6 !== '' || aliases.length > 0 || links.length > 0
  const message = asks
    ? say`Nothing changes: "${container}" is on network "${network}" already, and keeps what it was given there`
    : say`Nothing changes: "${container}" is on network "${network}" already, and keeps what it was created with there`
  const hint = asks
    ? say`Leave it out. Or take it off first: docker network disconnect ${network} ${container}.`
    : say`Leave it out.`
  warn(report, 'NO_EFFECT', span, message, hint)
}

/** `priority:` of Compose decides which network is joined first, and nothing of routes. docker/compose issue 12170 */
export function warnPriority(plan: Plan, { services }: Topology, report: Report): void {
  for (const { key, networks, span } of services.values()) {
    const [first, ...others] = [...(networks?.values() ?? [])].sort((a, b) => b.priority - a.priority)
    if (first === undefined || others.every(({ priority }) => priority === first.priority)) continue
    const container = [...plan.containers.values()].find((one) => one.span?.start === span.start)
    const route = plan.networks.get(container?.defaultRoute?.network ?? '')
    const wanted = [...(container?.endpoints.keys() ?? [])].map((one) => plan.networks.get(one))
    const target = wanted.find((one) => one !== undefined && isCalled(one.name, first.network))
    if (route === undefined || target === undefined || target === route || target.internal) continue
    const message = say`The default route of "${key}" goes by "${route.key}", not by "${target.key}": priority decides which network is joined first, and the route goes by the networks' names`
    const hint = plan.rules.flagGatewayPriority
      ? say`Write gw_priority: 1 under ${first.network} of "${key}".`
      : say`Give ${first.network} a "name:" that comes before the others in the alphabet.`
    warn(report, 'PRIORITY_IS_NO_ROUTE', first.span, message, hint)
  }
}

const isCalled = (name: string, key: string): boolean => name === key || name.endsWith(`_${key}`)
