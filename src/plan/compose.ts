/**
 * The compose front end: a project's networks, then its containers, then their starts, in the order of plan and
 * reconcile in compose 5 (networks by key, services topologically and by name, replicas by number).
 *
 * @see docker/compose `pkg/compose/{up,create,convergence,dependencies}.go`, `reconcile.go`
 */
import type { ComposeDown, ComposeUp, Refusal } from '../engine/operation.ts'
import type { ServiceEntry } from '../topology/topology.ts'
import { markNetworks } from './compose-chance.ts'
import { activeProject, checkProject, type Fault, fault, isFault } from './compose-check.ts'
import { createContainers, startContainers } from './compose-containers.ts'
import { attachmentsOf, networkRequest } from './compose-request.ts'
import type { Dependencies } from './dependency.ts'
import { networkName, type Project, projectLabel } from './project.ts'
import { type HostState, placeKey, type Session } from './session.ts'

/** Told of everything the front end does by itself. */
export type OnStep = (host: HostState, command: string, fault: Fault | null) => void

export interface UpOptions {
  readonly project: Project
  /** Services to start, with what they depend on; empty means all. */
  readonly services: readonly string[]
  readonly scale: ReadonlyMap<string, number>
  readonly profiles: readonly string[]
  readonly start: boolean
  readonly forceRecreate: boolean
  /** Where a service's containers go. */
  readonly hostOf: (service: ServiceEntry) => HostState
}

export function upOptions(session: Session, operation: ComposeUp, host: HostState): UpOptions {
  return {
    project: { name: projectName(session, operation.project, operation.version), version: operation.version },
    services: operation.services,
    scale: operation.scale,
    profiles: operation.profiles,
    start: operation.start,
    forceRecreate: operation.forceRecreate,
    hostOf: () => host,
  }
}

/** docker-compose 1 makes a name it can use out of any; compose 2 takes it as it is, or not at all. */
function projectName({ topology }: Session, given: string, version: 1 | 2): string | null {
  const name = given !== '' ? given : (topology.name?.value ?? null)
  return name === null || version === 2 ? name : name.toLowerCase().replaceAll(/[^-_a-z0-9]/g, '')
}

/** @see compose-go `loader/loader.go: InvalidProjectNameErr` */
function checkProjectName({ topology }: Session, { name, version }: Project): Fault | null {
  if (name === null || version === 1 || /^[a-z0-9][a-z0-9_-]*$/.test(name)) return null
  const message = `invalid project name ${JSON.stringify(name)}: must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number`
  return fault('INVALID_NAME', message, topology.name?.span ?? null)
}

/** @returns the first thing that went wrong, or `null`. */
export function composeUp(whole: Session, options: UpOptions, onStep: OnStep): Fault | null {
  const topology = activeProject(whole.topology, options.profiles, options.services)
  const session = { ...whole, topology }
  const nameFault = checkProjectName(session, options.project)
  if (nameFault !== null) return nameFault
  const dependencies = checkProject(topology, options.project.version)
  if (isFault(dependencies)) return dependencies
  const named = [...options.services, ...options.scale.keys()]
  const unknown = named.find((key) => !topology.services.has(key))
  if (unknown !== undefined) return fault('UNDEFINED_SERVICE', `no such service: ${unknown}`, null)
  const services = selectServices(session, options, dependencies)
  const networkFault = upNetworks(session, options, services, onStep)
  if (networkFault !== null) return networkFault
  const created = createContainers(session, options, services, dependencies, onStep)
  if (!Array.isArray(created)) return created
  if (!options.start) return null
  return startContainers(session, options.project, created, dependencies, onStep)
}

/** In the order of starting. */
function selectServices(
  { topology }: Session,
  { services }: UpOptions,
  dependencies: Dependencies,
): ServiceEntry[] {
  const wanted = new Set<string>()
  const open = [...services]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (wanted.has(key)) continue
    wanted.add(key)
    open.push(...dependencies.of(key))
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
): Fault | null {
  const { topology } = session
  const used = new Map<HostState, Set<string>>()
  for (const service of services) {
    const host = options.hostOf(service)
    const keys = used.get(host) ?? new Set<string>()
    for (const { network } of attachmentsOf(service)) keys.add(network)
    used.set(host, keys)
  }
  for (const [host, keys] of used) {
    const made = new Map<string, string>()
    for (const key of [...keys].sort()) {
      const entry = topology.networks.get(key)
      const name = networkName(options.project, key, entry)
      if (host.engine.network(name) !== null || isSwarmNetwork(session, name)) continue
      if (entry?.external === true) {
        const hint =
          options.project.version === 1
            ? `Network ${name} declared as external, but could not be found. Please create the network manually using \`docker network create ${name}\` and try again.`
            : `network ${name} declared as external, but could not be found`
        return fault('NETWORK_NOT_FOUND', hint, entry.span)
      }
      const found = upNetwork(host, options.project, key, name, session, onStep)
      if (found !== null) return found
      made.set(name, key)
    }
    markNetworks(host, made, options.project)
  }
  return null
}

function upNetwork(
  host: HostState,
  project: Project,
  key: string,
  name: string,
  { topology, spans }: Session,
  onStep: OnStep,
): Fault | null {
  const entry = topology.networks.get(key)
  const refusal = host.engine.createProjectNetwork(networkRequest(name, entry, project))
  const span = entry?.span ?? null
  if (span !== null) spans.networks.set(placeKey(host.entry.name, name), span)
  const found = refusal === null ? null : { refusal: networkRefusal(refusal, name, project), span }
  onStep(host, `docker network create ${name}`, found)
  const network = host.engine.network(name)
  if (network !== null) host.chance.networkMade(network)
  return found
}

function networkRefusal(refusal: Refusal, name: string, { version }: Project): Refusal {
  if (version === 1) return refusal
  return {
    code: refusal.code,
    message: `failed to create network ${name}: Error response from daemon: ${refusal.message}`,
  }
}

function isSwarmNetwork({ swarm }: Session, name: string): boolean {
  return swarm.networks().some((network) => network.name === name)
}

/** Removes a project's containers and networks on one host; what is not there is passed over. */
export function composeDown(session: Session, operation: ComposeDown, host: HostState): Fault | null {
  const project: Project = {
    name: projectName(session, operation.project, operation.version),
    version: operation.version,
  }
  const { topology } = session
  const nameFault = checkProjectName(session, project)
  if (nameFault !== null) return nameFault
  const found = checkProject(topology, operation.version)
  if (isFault(found)) return found
  const containers = [...host.engine.containers()].filter((c) => c.compose?.project === projectLabel(project))
  host.engine.execute({ op: 'container-rm', names: containers.map((c) => c.name), force: true })
  const keys = new Set([...topology.services.values()].flatMap((s) => attachmentsOf(s).map((a) => a.network)))
  for (const key of [...keys].sort()) {
    const entry = topology.networks.get(key)
    const network = host.engine.network(networkName(project, key, entry))
    if (network === null || entry?.external === true) continue
    const refusal = host.engine.execute({ op: 'network-rm', names: [network.name], force: false })
    if (refusal !== null) return { refusal, span: null }
    host.chance.networkGone(network)
  }
  return null
}
