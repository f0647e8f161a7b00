import { formatAddress, formatPrefix, type Prefix, prefixOf } from '../net/index.ts'
import type { Plan, PlanHostRoute, PlanNetwork } from '../plan/plan.ts'
import type { Span } from '../problem/problem.ts'
import type { FigurePart, FigureSettings, View } from '../topology/topology.ts'

/** Whether a part of the figure is drawn: as the author said, else `byDefault`. `hide` wins over `show`. */
export function isShown(settings: FigureSettings, part: FigurePart, byDefault: boolean): boolean {
  if (settings.hide.includes(part)) return false
  return settings.show.includes(part) || byDefault
}

/** The view an author gets without asking. */
export const DEFAULT_VIEW: View = 'network'

export const isGwbridge = (network: PlanNetwork): boolean => network.name === 'docker_gwbridge'
const isDefaultBridge = (network: PlanNetwork): boolean =>
  network.name === 'bridge' && network.driver === 'bridge' && network.span === null

/**
 * What was written first stands first, also where Docker makes it later. Parts from one place (replicas, networks
 * Docker makes itself) stay in the plan's order.
 */
function inDeclaredOrder<T extends { readonly span: Span | null }>(
  parts: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> {
  const place = (part: T): number => part.span?.start ?? -1
  let last = -1
  for (const part of parts.values()) {
    if (place(part) < last) return new Map([...parts].sort(([, a], [, b]) => place(a) - place(b)))
    last = place(part)
  }
  return parts
}

/** The plan with its networks, containers and services in declared order. */
export function declared(plan: Plan): Plan {
  return {
    ...plan,
    networks: inDeclaredOrder(plan.networks),
    containers: inDeclaredOrder(plan.containers),
    services: inDeclaredOrder(plan.services),
  }
}

/**
 * Networks a view draws: in the plan's order, docker_gwbridge behind those it serves. Addresses of the others are in
 * no figure of that view.
 *
 * @param passed Keys of networks that highlighted ways pass; those are drawn in every view.
 */
export function drawnNetworks(
  plan: Plan,
  settings: FigureSettings,
  view: View,
  passed: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, PlanNetwork> {
  const drawn = [...plan.networks.values()].filter((network) => {
    if (network.driver === 'host' || network.driver === 'null') return false
    const used = [...network.endpoints.values()].some(
      (endpoint) => endpoint.kind === 'container' || endpoint.kind === 'task',
    )
    if (isDefaultBridge(network)) return isShown(settings, 'bridge', used)
    const isPassed = passed.has(network.key)
    // On the path of a task's packets out of its host; how an overlay works can be seen without it.
    if (isGwbridge(network)) return isShown(settings, 'gwbridge', view === 'datapath')
    if (network.ingress) return isShown(settings, 'ingress', used || isPassed)
    return true
  })
  return new Map([
    ...drawn.filter((network) => !isGwbridge(network)).map((network) => [network.key, network] as const),
    ...drawn.filter(isGwbridge).map((network) => [network.key, network] as const),
  ])
}

/** As `ip route` prints it. */
export const routeText = ({ to, via, device }: PlanHostRoute): string =>
  [
    to === null ? 'default' : formatPrefix(to),
    ...(via === null ? [] : [`via ${formatAddress(via)}`]),
    ...(device === '' ? [] : [`dev ${device}`]),
  ].join(' ')

/** The subnet that joins the hosts: as written, or the one that all of them say they are in. */
export function lanSubnet({ hosts, underlay }: Plan): Prefix | null {
  if (underlay.subnet !== null) return underlay.subnet
  const [first, ...others] = hosts.map(({ address }) => (address === null ? null : prefixOf(address)))
  if (first === undefined || first === null) return null
  const isSame = (one: Prefix | null): boolean => one !== null && formatPrefix(one) === formatPrefix(first)
  return others.every(isSame) ? first : null
}
