/** Containers of a project: which there are to be, and in what order they start. */

import { formatContainerStart, formatContainerStep } from '../../command/format.ts'
import type { Refusal } from '../../engine/operation.ts'
import { placed, refuse } from '../../engine/refusal.ts'
import type { Container } from '../../engine/state.ts'
import type { ServiceEntry } from '../../topology/topology.ts'
import { ONE_NAME } from '../project/check.ts'
import type { Dependencies } from '../project/dependency.ts'
import { networkName, type Project, projectLabel } from '../project/project.ts'
import { attachmentsOf, containerRequest } from '../project/request.ts'
import { type HostState, placeKey, type Session } from '../session/session.ts'
import { markStarts } from './marks.ts'
import type { OnStep, Started, Starting, UpOptions } from './up.ts'

export function createContainers(
  session: Session,
  options: UpOptions,
  services: readonly ServiceEntry[],
  dependencies: Dependencies,
  onStep: OnStep,
): Starting[] | Refusal {
  const starting: Starting[] = []
  const names = new Map<string, string[]>()
  const existing = projectContainers(session, options.project)
  for (const service of services) {
    if (service.provided) continue
    const dependsOn = dependencies.of(service.key).flatMap((key) => names.get(key) ?? [])
    const result = scaleService(session, options, service, dependsOn, existing.get(service.key) ?? [], onStep)
    if (!Array.isArray(result)) return result
    for (const one of result) starting.push(one)
    names.set(
      service.key,
      result.map((s) => s.container.name),
    )
  }
  return starting
}

/** Containers of a project that exist already, by service, in order of their numbers. */
function projectContainers(session: Session, project: Project): Map<string, Starting['container'][]> {
  const byService = new Map<string, Container[]>()
  for (const { engine } of session.hosts.values()) {
    for (const container of engine.containers()) {
      if (container.compose?.project !== projectLabel(project)) continue
      const list = byService.get(container.compose.service) ?? []
      list.push(container)
      byService.set(container.compose.service, list)
    }
  }
  for (const list of byService.values()) list.sort((a, b) => numberOf(a) - numberOf(b))
  return byService
}

const numberOf = (container: Container): number => container.compose?.number ?? 0

/**
 * Whether a container has to be made anew: what its file says has changed, or it is not where it should be.
 * @see docker/compose `pkg/compose/convergence.go: mustRecreate, checkExpectedNetworks`
 */
function isObsolete(
  { topology }: Session,
  { project, forceRecreate, noRecreate }: UpOptions,
  { engine }: HostState,
  service: ServiceEntry,
  container: Container,
): boolean {
  if (forceRecreate || noRecreate) return forceRecreate
  if (container.compose?.form !== topology.written.services.get(service.key)) return true
  if (container.mode === 'container') return engine.sharedContainer(container) === null
  if (container.state !== 'running') return false
  return attachmentsOf(service).some(({ network }) => {
    const name = networkName(project, network, topology.networks.get(network))
    return !container.attachments.has(name)
  })
}

/** Services that compose stops while one of those they depend on is made anew. */
function dependents({ topology }: Session, { key }: ServiceEntry): readonly string[] {
  return [...topology.services.values()]
    .filter(
      ({ networkMode, restartsWith }) =>
        networkMode?.value === `service:${key}` || restartsWith.includes(key),
    )
    .map((service) => service.key)
}

/** Ends containers of a service that is none any more. */
export function removeOrphans({ hosts, topology }: Session, project: Project): void {
  for (const { engine } of hosts.values()) {
    const orphans = [...engine.containers()].filter(
      ({ compose }) => compose?.project === projectLabel(project) && !topology.services.has(compose.service),
    )
    engine.execute({ op: 'container-rm', names: orphans.map(({ name }) => name), force: true })
  }
}

/**
 * Removes the highest numbers, makes anew what is out of date, or adds from the highest number on. Where some go, those
 * that are out of date go first.
 */
function scaleService(
  session: Session,
  options: UpOptions,
  service: ServiceEntry,
  dependsOn: readonly string[],
  existing: readonly Container[],
  onStep: OnStep,
): Starting[] | Refusal {
  const host = options.hostOf(service)
  const wanted = options.scale.get(service.key) ?? service.replicas?.value ?? 1
  if (service.containerName !== null && wanted > 1 && options.project.version === 2) {
    const message = `services.${service.key}: can't set container_name and scale as container name must be unique`
    return { ...refuse('NAME_IN_USE', message, { at: service.containerName.span }), hint: ONE_NAME }
  }
  const stale = existing.filter((one) => isObsolete(session, options, host, service, one))
  const order = [...existing.filter((one) => !stale.includes(one)), ...stale.toReversed()]
  const gone = [...new Set([...order.slice(wanted), ...stale])]
  const again = stale.filter((one) => !order.slice(wanted).includes(one)).map(numberOf)
  if (again.length > 0) stopServices(session, options.project, dependents(session, service))
  if (gone.length > 0)
    host.engine.execute({ op: 'container-rm', names: gone.map((c) => c.name), force: true })
  const kept = existing.filter((one) => !gone.includes(one))
  const starting: Starting[] = kept.map((container) => ({ host, service, container, request: null }))
  let highest = existing.reduce((most, container) => Math.max(most, numberOf(container)), 0)
  if (existing.length === gone.length && again.length === 0) highest = 0
  while (starting.length < wanted) {
    const number = again.shift() ?? ++highest
    const request = containerRequest(session.topology, options.project, service, number, wanted, dependsOn)
    const refusal = host.engine.execute(request)
    session.spans.containers.set(placeKey(host.entry.name, request.name), service.span)
    if (refusal !== null) {
      const found = placed(refusal, service.span)
      onStep(host, () => formatContainerStep(request, session.topology.rules), found)
      return found
    }
    const container = host.engine.container(request.name)
    if (container !== null) starting.push({ host, service, container, request })
  }
  return starting.sort((a, b) => numberOf(a.container) - numberOf(b.container))
}

export function stopServices(session: Session, project: Project, keys: readonly string[]): void {
  const all = projectContainers(session, project)
  for (const { engine } of session.hosts.values()) {
    const names = keys
      .flatMap((key) => all.get(key) ?? [])
      .filter((one) => engine.container(one.name) === one && one.state === 'running')
      .map(({ name }) => name)
    if (names.length > 0) engine.execute({ op: 'container-stop', names })
  }
}

/** Independent services start although another one failed; those that wait for it do not. */
export function startContainers(
  session: Session,
  project: Project,
  created: readonly Starting[],
  dependencies: Dependencies,
  onStep: OnStep,
): Refusal | null {
  let first: Refusal | null = null
  const failed = new Set<string>()
  const started: Started[] = []
  for (const one of inOrder(session, created, dependencies)) {
    const { host, service, container } = one
    if (container.state === 'running') continue
    if (failed.has(service.key) || dependencies.of(service.key).some((key) => failed.has(key))) {
      failed.add(service.key)
      continue
    }
    endThose(service, started)
    const refusal = host.engine.execute({ op: 'container-start', names: [container.name] })
    const found = refusal && placed(refusal, service.span)
    onStep(host, () => startText(one, session), found)
    if (found === null) {
      started.push({ ...one, interfaces: container.sandbox?.interfaces.slice() ?? [] })
      continue
    }
    failed.add(service.key)
    first ??= found
  }
  markStarts(session, project, started, dependencies)
  return first
}

/** `condition: service_completed_successfully`: compose waits until they have ended, and their addresses are free. */
function endThose(service: ServiceEntry, started: readonly Starting[]): void {
  const ended = new Set(service.dependsOn.filter(({ ended }) => ended).map(({ value }) => value))
  if (ended.size === 0) return
  for (const { host, service, container } of started)
    if (ended.has(service.key) && container.state === 'running') host.engine.exit(container.name)
}

/** Each after those its service waits for; among the others the order is open. */
function inOrder(
  { arrange }: Session,
  created: readonly Starting[],
  dependencies: Dependencies,
): readonly Starting[] {
  const arranged = arrange(created)
  if (arranged === created) return created
  const ordered = new Set<Starting>()
  const add = (one: Starting): void => {
    if (ordered.has(one)) return
    const needs = dependencies.of(one.service.key)
    for (const other of arranged) if (needs.includes(other.service.key)) add(other)
    ordered.add(one)
  }
  for (const one of arranged) add(one)
  return [...ordered]
}

/** The command that makes and starts a container, or starts one that was there before. */
function startText({ container, request }: Starting, { topology }: Session): string {
  if (request === null) return formatContainerStart(container.name)
  return formatContainerStep(request, topology.rules, true)
}
