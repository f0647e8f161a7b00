/**
 * Whether a file that says nothing of a swarm is meant for one: `docker stack deploy` takes such files, and compose
 * would make something else of them, or refuse them.
 */

import type { Problem, Report, Span } from '../../problem/problem.ts'
import { type Said, say, worded } from '../../problem/say.ts'
import { parseConstraints } from '../../swarm/index.ts'
import type { HostEntry, NetworkEntry, ServiceEntry, Topology } from '../../topology/topology.ts'

/** The topology, as a swarm of one machine where it is a stack; what is taken for granted is one warning. */
export function withGuessedSwarm(topology: Topology, report: Report): Topology {
  const { swarm, swarmDeclared, hostsDeclared, commands, services } = topology
  if (swarm !== null || swarmDeclared || hostsDeclared || commands.length > 0 || services.size === 0)
    return topology
  const reason = stackReason(topology)
  if (reason === null) return topology
  const labels = wantedLabels(topology)
  const [host] = topology.hosts
  const swarmOfOne = {
    ...topology,
    swarm: { span: reason.span, defaultAddrPool: [], maskLength: null },
    hosts: host === undefined ? [] : [{ ...host, labels }],
  }
  report(assumed(reason, labels))
  return swarmOfOne
}

interface Reason {
  readonly what: Said
  readonly span: Span
}

function stackReason({ services, networks }: Topology): Reason | null {
  const list = [...services.values()]
  const used = new Set(list.flatMap((service) => [...(service.networks?.keys() ?? [])]))
  const usedNetworks = [...networks.values()].filter(({ key }) => used.has(key))
  const overlay = usedNetworks.find(({ driver }) => driver?.value === 'overlay')
  if (overlay !== undefined)
    return { what: say`network "${overlay.key}" is an overlay`, span: overlay.driver?.span ?? overlay.span }
  if (usedNetworks.some(isOfOneEngine) || list.some(isForCompose)) return null
  for (const service of list) {
    const place = (key: string): Span => service.keySpans.get(`deploy.${key}`) ?? service.span
    if (service.mode !== 'replicated')
      return { what: say`service "${service.key}" has deploy.mode ${service.mode}`, span: place('mode') }
    if (service.constraints.length > 0)
      return { what: say`service "${service.key}" has deploy.placement`, span: place('placement') }
    if ((service.replicas?.value ?? 1) > 1 && service.keySpans.has('deploy.replicas') && sharesPort(service))
      return {
        what: say`replicas of service "${service.key}" share a published port`,
        span: place('replicas'),
      }
  }
  return null
}

/** A driver that has no services of a swarm on its networks. */
function isOfOneEngine({ driver, external }: NetworkEntry): boolean {
  return !external && driver !== null && driver.value !== 'overlay' && driver.value !== ''
}

/** What `docker stack deploy` would pass over, to the harm of what is meant. */
function isForCompose(service: ServiceEntry): boolean {
  const attachments = [...(service.networks?.values() ?? [])]
  return (
    service.networkMode !== null ||
    service.profiles.length > 0 ||
    service.keySpans.has('build') ||
    service.keySpans.has('container_name') ||
    attachments.some(({ ipv4Address, ipv6Address }) => ipv4Address !== null || ipv6Address !== null)
  )
}

/** Two containers of one engine cannot have the port that is published. */
function sharesPort({ ports, replicas }: ServiceEntry): boolean {
  return ports.some(
    ({ published }) => published !== null && published.last - published.first + 1 < (replicas?.value ?? 1),
  )
}

/** Labels that placements ask for, each as the first of them wants it: the one machine has them. */
function wantedLabels({ services }: Topology): HostEntry['labels'] {
  const labels = new Map<string, string>()
  for (const service of services.values()) {
    const parsed = parseConstraints(service.constraints.map(({ value }) => value))
    if (!parsed.ok) continue
    for (const { key, equal, value } of parsed.constraints) {
      if (!equal || !key.startsWith('node.labels.')) continue
      const name = key.slice('node.labels.'.length)
      if (!labels.has(name)) labels.set(name, value)
    }
  }
  return labels
}

function assumed({ what, span }: Reason, labels: HostEntry['labels']): Problem {
  const pairs = [...labels].map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  const host = pairs.length === 0 ? '' : `, hosts: { host: { labels: { ${pairs.join(', ')} } } }`
  return {
    code: 'STACK_ASSUMED',
    severity: 'warning',
    ...worded(
      pairs.length === 0
        ? say`${what}, so the file is taken for a stack on a swarm of one machine`
        : say`${what}, so the file is taken for a stack on a swarm of one machine, whose labels are those that placements ask for`,
      say`Write x-docker-network: { swarm: true${host} }; or swarm: false for what "docker compose up" does.`,
    ),
    span,
    related: [],
  }
}
