/**
 * The compose front end: a project's networks, then its containers, then their starts, in the order of plan and
 * reconcile in compose 5 (networks by key, services topologically and by name, replicas by number).
 *
 * @see docker/compose `pkg/compose/{up,create,convergence,dependencies}.go`, `reconcile.go`
 */
import { formatNetworkCreate } from '../../command/format.ts'
import { type ComposeUp, NO_WISHES, type Refusal } from '../../engine/operation.ts'
import { isRefusal, placed, refuse, reword } from '../../engine/refusal.ts'
import type { ServiceEntry } from '../../topology/topology.ts'
import { activeProject, checkProject, withoutEmptyModes } from '../project/check.ts'
import type { Dependencies } from '../project/dependency.ts'
import { networkName, type Project, projectLabel } from '../project/project.ts'
import { attachmentsOf, networkRequest, writtenNetwork } from '../project/request.ts'
import { type External, makeExternal, makeForeign, markBehind } from '../session/outside.ts'
import { type HostState, placeKey, type Session } from '../session/session.ts'
import { createContainers, removeOrphans, startContainers, stopServices } from './containers.ts'
import { markNetworks } from './marks.ts'
import { checkProjectName, projectName } from './names.ts'
import type { OnStep, UpOptions } from './up.ts'

export function upOptions(session: Session, operation: ComposeUp, host: HostState): UpOptions {
  const { project, version, origins, profiles } = operation
  return {
    ...operation,
    project: { name: projectName(session, project, version), version },
    places: origins,
    profiles: [...profiles, ...session.topology.profiles],
    networksOnly: null,
    hostOf: () => host,
  }
}

/** @returns the first thing that went wrong, or `null`. */
export function composeUp(whole: Session, options: UpOptions, onStep: OnStep): Refusal | null {
  const topology = withoutEmptyModes(activeProject(whole.topology, options.profiles, options.services))
  const session = { ...whole, topology }
  const nameFault = checkProjectName(session, options.project, options.places?.project)
  if (nameFault !== null) return nameFault
  const dependencies = checkProject(topology, options.project.version, whole.topology.services)
  if (isRefusal(dependencies)) return dependencies
  const named = [...options.services, ...options.scale.keys()]
  const unknown = named.find((key) => !topology.services.has(key))
  if (unknown !== undefined) {
    const at =
      options.places?.services?.[options.services.indexOf(unknown)] ?? options.places?.scale?.get(unknown)
    return refuse('UNDEFINED_SERVICE', `no such service: ${unknown}`, { at, name: unknown })
  }
  if (options.removeOrphans) removeOrphans(session, options.project)
  const services = selectServices(session, options, dependencies)
  const own = services.filter(({ key }) => key !== options.networksOnly)
  for (const service of own) makeForeign(session, options.hostOf(service), service)
  const networkFault = upNetworks(session, options, services, onStep)
  if (networkFault !== null) return networkFault
  const created = createContainers(session, options, own, dependencies, onStep)
  if (!Array.isArray(created)) return created
  if (!options.start) return null
  return startContainers(session, options.project, created, dependencies, onStep)
}

/** In the order of starting. */
function selectServices(
  { topology }: Session,
  { services, noDeps }: UpOptions,
  dependencies: Dependencies,
): ServiceEntry[] {
  const wanted = new Set<string>()
  const open = [...services]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (wanted.has(key)) continue
    wanted.add(key)
    if (!noDeps) open.push(...dependencies.of(key))
  }
  const order =
    services.length === 0 ? dependencies.order : dependencies.order.filter((key) => wanted.has(key))
  return order.flatMap((key) => topology.services.get(key) ?? [])
}

function upNetworks(
  session: Session,
  options: UpOptions,
  services: readonly ServiceEntry[],
  onStep: OnStep,
): Refusal | null {
  const { topology } = session
  const used = new Map<HostState, Set<string>>()
  for (const service of services) {
    const host = options.hostOf(service)
    const keys = used.get(host) ?? new Set<string>()
    for (const { network } of attachmentsOf(service)) keys.add(network)
    used.set(host, keys)
  }
  for (const [host, keys] of used) {
    const isThere = (name: string): boolean =>
      host.engine.network(name) !== null || isSwarmNetwork(session, name)
    const sorted = [...keys].sort()
    // docker-compose 1 makes them in a fixed order.
    const ordered = options.project.version === 1 ? sorted : session.arrange(sorted)
    const loose = new Map(sorted.map((key) => [key, looseFrom(session, options, host, key, services)]))
    const missing = ordered.flatMap((key) => {
      const entry = topology.networks.get(key)
      const name = networkName(options.project, key, entry)
      return isThere(name) ? [] : [{ key, entry, name }]
    })
    const external = missing.flatMap(({ entry, name }) => (entry?.external === true ? [{ entry, name }] : []))
    const gone = external.filter(({ name }) => !session.outside.has(name))
    if (gone.length > 0) return notThere(gone, options.project)
    for (const one of external) {
      const refusal = makeExternal(session, host, one)
      onStep(host, () => formatNetworkCreate({ ...writtenNetwork(one.entry), name: one.name }), refusal)
    }
    const made = new Map<string, string>()
    for (const { key, entry, name } of missing) {
      if (entry?.external === true) continue
      const found = upNetwork(host, options.project, key, name, session, onStep)
      if (found !== null) {
        markNetworks(host, made, options.project, found.code === 'POOL_OVERLAP')
        return found
      }
      for (const container of loose.get(key) ?? [])
        host.engine.execute({ op: 'network-connect', container, endpoint: { ...NO_WISHES, network: name } })
      made.set(name, key)
    }
    markNetworks(host, made, options.project, false)
    markBehind(session, host, made)
  }
  return null
}

/**
 * A network that the file describes otherwise than when it was made goes, and the containers of its services stop and
 * leave it; they are joined to the new one without any wishes.
 *
 * @returns those containers.
 * @see docker/compose `pkg/compose/create.go: removeDivergedNetwork`
 */
function looseFrom(
  session: Session,
  { project }: UpOptions,
  host: HostState,
  key: string,
  services: readonly ServiceEntry[],
): readonly string[] {
  const { topology, projectNetworks } = session
  const name = networkName(project, key, topology.networks.get(key))
  const network = host.engine.network(name)
  const before = projectNetworks.get(placeKey(host.entry.name, name))
  if (network === null || before === undefined || before === (topology.written.networks.get(key) ?? ''))
    return []
  const users = services.filter((service) => attachmentsOf(service).some((one) => one.network === key))
  const keys = users.map((service) => service.key)
  stopServices(session, project, keys.toReversed())
  const containers = [...host.engine.containers()]
    .filter(
      ({ compose, attachments }) =>
        compose?.project === projectLabel(project) && keys.includes(compose.service) && attachments.has(name),
    )
    .map((container) => container.name)
  for (const container of containers)
    host.engine.execute({ op: 'network-disconnect', network: name, container, force: true })
  if (host.engine.execute({ op: 'network-rm', names: [name], force: false }) === null)
    host.chance.networkGone(network)
  return containers
}

/** All that are missing at once, where compose tells of the first. */
function notThere(missing: readonly External[], { version }: Project): Refusal {
  const [first, ...also] = missing.map(({ entry, name }) => {
    const message =
      version === 1
        ? `Network ${name} declared as external, but could not be found. Please create the network manually using \`docker network create ${name}\` and try again.`
        : `network ${name} declared as external, but could not be found`
    return refuse('NETWORK_NOT_FOUND', message, { at: entry.span, name })
  })
  if (first === undefined) throw new Error('a network is missing')
  return { ...first, also: also.slice(0, MOST_TOLD) }
}

/** Problems of one kind that are told at once. */
const MOST_TOLD = 20

function upNetwork(
  host: HostState,
  project: Project,
  key: string,
  name: string,
  { topology, spans, projectNetworks }: Session,
  onStep: OnStep,
): Refusal | null {
  const entry = topology.networks.get(key)
  const request = networkRequest(name, entry, project)
  const refusal = host.engine.createProjectNetwork(request)
  const span = entry?.span ?? null
  if (span !== null) spans.networks.set(placeKey(host.entry.name, name), span)
  const found = refusal && networkRefusal(placed(refusal, span), name, project)
  onStep(host, () => formatNetworkCreate(request), found)
  const network = host.engine.network(name)
  if (network !== null) {
    host.chance.networkMade(network)
    projectNetworks.set(placeKey(host.entry.name, name), topology.written.networks.get(key) ?? '')
  }
  return found
}

function networkRefusal(refusal: Refusal, name: string, { version }: Project): Refusal {
  if (version === 1) return refusal
  return reword(refusal, `failed to create network ${name}: Error response from daemon: ${refusal.message}`)
}

function isSwarmNetwork({ swarm }: Session, name: string): boolean {
  return swarm.networks().some((network) => network.name === name)
}
