/** Containers of a project: which there are to be, and in what order they start. */

import { formatContainerStep } from '../command/format.ts'
import type { Refusal } from '../engine/operation.ts'
import { placed, refuse } from '../engine/refusal.ts'
import type { Container } from '../engine/state.ts'
import type { ServiceEntry } from '../topology/topology.ts'
import { markStarts } from './compose-chance.ts'
import { ONE_NAME } from './compose-check.ts'
import { containerRequest } from './compose-request.ts'
import type { Dependencies } from './dependency.ts'
import { type Project, projectLabel } from './project.ts'
import { placeKey, type Session } from './session.ts'
import type { OnStep, Starting, UpOptions } from './up.ts'

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

/** Removes the highest numbers, or adds from the highest number on. */
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
  let kept = [...existing]
  const removed = options.forceRecreate ? kept : kept.slice(wanted)
  if (removed.length > 0) {
    host.engine.execute({ op: 'container-rm', names: removed.map((c) => c.name), force: true })
    kept = kept.filter((c) => !removed.includes(c))
  }
  const starting: Starting[] = kept.map((container) => ({ host, service, container }))
  let number = kept.reduce((most, container) => Math.max(most, numberOf(container)), 0)
  while (starting.length < wanted) {
    number += 1
    const request = containerRequest(session.topology, options.project, service, number, wanted, dependsOn)
    const refusal = host.engine.execute(request)
    session.spans.containers.set(placeKey(host.entry.name, request.name), service.span)
    if (refusal !== null) {
      const found = placed(refusal, service.span)
      onStep(host, formatContainerStep(request, session.topology.rules), found)
      return found
    }
    const container = host.engine.container(request.name)
    if (container !== null) starting.push({ host, service, container })
  }
  return starting
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
  const started: Starting[] = []
  for (const one of inOrder(session, created, dependencies)) {
    const { host, service, container } = one
    if (container.state === 'running') continue
    if (failed.has(service.key) || dependencies.of(service.key).some((key) => failed.has(key))) {
      failed.add(service.key)
      continue
    }
    const refusal = host.engine.execute({ op: 'container-start', names: [container.name] })
    const found = refusal && placed(refusal, service.span)
    onStep(host, runText(container, session), found)
    if (found === null) {
      started.push(one)
      continue
    }
    failed.add(service.key)
    first ??= found
  }
  markStarts(session, project, started, dependencies)
  return first
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

/** A container as the command that makes and starts it. */
function runText(container: Container, { topology }: Session): string {
  const endpoints = [...container.attachments.values()]
  const mac = container.mac?.address ?? ''
  const create = {
    ...container,
    op: 'container-create' as const,
    start: true,
    foreground: false,
    endpoints,
    mac,
  }
  return formatContainerStep(create, topology.rules)
}
