/** What works and still surprises: told once for each cause, at the place where the author can change it. */
import { createAllocatedSubnets } from '../../ipam/index.ts'
import { formatCidr, formatPrefix, overlaps, type Prefix, parsePrefix, prefixOf } from '../../net/index.ts'
import type { Located, Report, Span } from '../../problem/problem.ts'
import { otherSide, type Said, say } from '../../problem/say.ts'
import type { NetworkEntry, PortEntry, Topology } from '../../topology/topology.ts'
import type { Plan } from '../plan.ts'
import { containerTarget } from '../project/dependency.ts'
import type { Assumption, Foreign } from '../project/external.ts'
import { composeFiles } from '../project/files.ts'
import { warnChance, warnExternal, warnForeign } from './by-chance.ts'
import { warnLostSandboxes, warnPriority, warnUnpublished } from './surprises.ts'
import { warning } from './warning.ts'

/** Reports the warnings of a plan. `hasErrors`: then only those that do not depend on what the errors broke. */
export function reportWarnings(
  plan: Plan,
  topology: Topology,
  taken: { readonly assumptions: readonly Assumption[]; readonly foreign: readonly Foreign[] },
  hasErrors: boolean,
  report: Report,
): void {
  for (const file of composeFiles(topology)) {
    warnProfiles(file, report)
    warnUnusedNetworks(file, report)
    warnCompose(plan, file, report)
  }
  warnUnderlay(plan, topology, report)
  const assumed = new Set([
    ...warnExternal(plan, taken.assumptions, report),
    ...warnForeign(plan, topology, taken.foreign, report),
  ])
  if (hasErrors) return
  warnUnpublished(plan, report)
  warnLostSandboxes(plan, report)
  for (const file of composeFiles(topology)) warnPriority(plan, file, report)
  warnPortsTwice(plan, topology, report)
  if (!topology.chanceMeant) warnChance(plan, topology, assumed, report)
}

const typedWords = ({ commands }: Topology): ReadonlySet<string> =>
  new Set(commands.flatMap(({ line }) => line.text.split(/[\s=,]+/)))

/** Compose leaves services out whose profiles nobody asks for. */
function warnProfiles(topology: Topology, report: Report): void {
  const profiled = [...topology.services.values()].filter(({ profiles }) => profiles.length > 0)
  if (topology.swarm !== null || profiled.length === 0 || topology.profiles.includes('*')) return
  const words = new Set([...typedWords(topology), ...topology.profiles])
  const isStarted = topology.commands.some(({ line }) => /\bcompose\b.*\sup\b/.test(line.text))
  for (const { key, profiles } of profiled) {
    const [profile] = profiles
    if (profile === undefined || words.has(key) || profiles.some(({ value }) => words.has(value))) continue
    const message = say`Service "${key}" is left out: compose starts it only with its profile "${profile.value}"`
    const { value } = profile
    const hint = isStarted
      ? say`Delete "profiles:", or write the command as docker compose --profile ${value} up -d.`
      : say`Delete "profiles:", or write x-docker-network: { commands: [docker compose --profile ${value} up -d] }; or COMPOSE_PROFILES=${value} in the .env beside a file, or --profile ${value} on the command line.`
    report(warning('PROFILE_NOT_ACTIVE', profile.span, message, hint))
  }
}

/** What compose does otherwise than one would think, where the services are its containers. */
function warnCompose(plan: Plan, topology: Topology, report: Report): void {
  const tasks = new Set([...plan.services.values()].flatMap((service) => service.tasks))
  const started = new Set(
    [...plan.containers.values()].map(({ name, span }) => (tasks.has(name) ? null : span?.start)),
  )
  for (const service of topology.services.values()) {
    const { key, mode, endpointMode, keySpans, networkMode } = service
    if (topology.swarm === null || started.has(service.span.start)) {
      const odd =
        mode !== 'replicated' ? 'deploy.mode' : endpointMode !== 'vip' ? 'deploy.endpoint_mode' : null
      if (odd !== null) {
        const message = say`${odd} has no effect on "${key}": "docker compose up" makes plain containers`
        const hint = say`Write "swarm: true" and leave "docker compose up" to "docker stack deploy", or delete ${odd}.`
        report(warning('COMPOSE_IGNORES_KEY', keySpans.get(odd) ?? service.span, message, hint))
      }
    }
    const [target] =
      topology.swarm === null ? containerTarget(networkMode?.value ?? '', topology.services) : []
    if (target === undefined || networkMode === null) continue
    const message = say`Docker leaves to chance whether "${key}" starts: compose does not wait for the container it shares the network of`
    const hint = say`Write network_mode: "service:${target}".`
    report(warning('START_BY_CHANCE', networkMode.span, message, hint))
  }
}

/** Compose does not even create a network that no service joins. */
function warnUnusedNetworks(topology: Topology, report: Report): void {
  if (topology.networks.size === 0) return
  const used = new Set<string>()
  for (const service of topology.services.values()) {
    for (const key of service.networks?.keys() ?? []) used.add(key)
    if (service.networks === null && service.networkMode === null) used.add('default')
  }
  const unused = [...topology.networks].filter(([key, { external }]) => !used.has(key) && !external)
  if (unused.length === 0) return
  const words = typedWords(topology)
  for (const [key, network] of unused) {
    const name = network.name?.value ?? key
    if (words.has(name) || words.has(`${topology.name?.value ?? ''}_${key}`)) continue
    const hint = say`Name it under "networks:" of a service, or delete it.`
    report(
      warning(
        'UNUSED_NETWORK',
        network.span,
        say`No service joins network "${key}", so it is not created`,
        hint,
      ),
    )
  }
}

/** A container cannot reach hosts whose addresses its own network claims. Those of macvlan and ipvlan are meant to. */
function warnUnderlay(plan: Plan, topology: Topology, report: Report): void {
  const places = underlayPlaces(topology)
  if (places.length === 0) return
  const taken = createAllocatedSubnets()
  for (const { prefix } of places) taken.add(prefix)
  let entries: ReadonlyMap<string, NetworkEntry> | undefined
  for (const network of plan.networks.values()) {
    if (network.driver === 'macvlan' || network.driver === 'ipvlan') continue
    for (const subnet of network.subnets) {
      const prefix = prefixOf(subnet)
      if (taken.overlapping(prefix) === null) continue
      const place = places.find((one) => overlaps(prefix, one.prefix))
      if (place === undefined) continue
      const text = formatCidr(subnet)
      const message = say`Subnet ${text} of network "${network.key}" overlaps ${place.what} ${place.text}: hosts there cannot be reached from its containers`
      const hint =
        network.scope === 'swarm'
          ? say`Give the swarm other pools: swarm: { default-addr-pool: [10.20.0.0/16] }.`
          : say`Choose another subnet, or other default-address-pools.`
      entries ??= entriesByName(topology)
      const own = subnetSpan(entries.get(network.name), text) ?? network.span
      const related = own === null ? [] : [otherSide(say`${place.what} is written here`, place.span)]
      report(warning('UNDERLAY_OVERLAP', own ?? place.span, message, hint, related))
      break
    }
  }
}

interface Place {
  readonly what: Said
  readonly text: string
  readonly prefix: Prefix
  readonly span: Span
}

/** Each network around the engines once: hosts are mostly on the same. */
function underlayPlaces(topology: Topology): readonly Place[] {
  const places = new Map<string, Place>()
  const add = (what: Said, { value, span }: Located<string>): void => {
    const prefix = parsePrefix(value)
    if (prefix === null) return
    const key = formatPrefix(prefix)
    if (!places.has(key)) places.set(key, { what, text: value, prefix, span })
  }
  const { subnet } = topology.underlay
  if (subnet !== null) add(say`the underlay`, subnet)
  else
    for (const { name, address } of topology.hosts)
      if (address !== null) add(say`the network of host "${name}"`, address)
  return [...places.values()]
}

/** Where a network of that name is written, the first of several. */
function entriesByName({ name: project, networks }: Topology): ReadonlyMap<string, NetworkEntry> {
  const entries = new Map<string, NetworkEntry>()
  for (const entry of networks.values()) {
    const { key, name } = entry
    for (const one of name === null ? [key, `${project?.value ?? ''}_${key}`] : [name.value])
      if (!entries.has(one)) entries.set(one, entry)
  }
  return entries
}

function subnetSpan(entry: NetworkEntry | undefined, subnet: string): Span | null {
  return entry?.ipam.find((item) => item.subnet?.value === subnet)?.subnet?.span ?? null
}

/** Where the engine has not refused it: on networks that publish nothing, in host mode, of stopped containers. */
function warnPortsTwice(plan: Plan, topology: Topology, report: Report): void {
  const taken = new Map<string, Map<string, Holder>>()
  const hosts = new Map([...plan.containers.values()].map(({ span, host }) => [span?.start ?? -1, host]))
  for (const service of topology.services.values()) {
    const host = hosts.get(service.span.start) ?? ''
    for (const port of service.ports) {
      if (port.published === null || port.published.first !== port.published.last) continue
      const key = `${plan.swarm ? '' : host} ${port.protocol} ${port.published.first}`
      const others = taken.get(key) ?? new Map<string, Holder>()
      const clash = firstToMeet(others, port.hostIp)
      if (clash !== undefined) {
        const message = say`Port ${port.published.first}/${port.protocol} is published twice, by "${clash.service}" and "${service.key}"`
        const related = [otherSide(say`first published`, clash.port.span)]
        report(
          warning('PORT_PUBLISHED_TWICE', port.span, message, say`Choose another port of the host.`, related),
        )
      }
      const own = { port, service: service.key, number: others.size }
      if (!others.has(port.hostIp)) others.set(port.hostIp, own)
      taken.set(key, others)
    }
  }
}

const ANYWHERE: readonly string[] = ['', '0.0.0.0', '::']

/** Who publishes a port first on an address, or on all of them. */
interface Holder {
  readonly port: PortEntry
  readonly service: string
  readonly number: number
}

/** @param others by address, in the order in which they are written. */
function firstToMeet(others: ReadonlyMap<string, Holder>, hostIp: string): Holder | undefined {
  if (ANYWHERE.includes(hostIp)) return others.values().next().value
  const [first] = [...ANYWHERE, hostIp]
    .flatMap((ip) => others.get(ip) ?? [])
    .sort((a, b) => a.number - b.number)
  return first
}
