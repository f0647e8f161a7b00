/** `compose stop|start|restart|kill|rm|run`: what is done to containers of a project that exist. */
import type { ComposeAction, ComposeRun, Refusal } from '../../engine/operation.ts'
import { isRefusal, refuse } from '../../engine/refusal.ts'
import type { Container } from '../../engine/state.ts'
import type { Span } from '../../problem/problem.ts'
import { activeProject, checkProject } from '../project/check.ts'
import { type Project, projectLabel } from '../project/project.ts'
import { containerRequest } from '../project/request.ts'
import { type HostState, placeKey, type Session } from '../session/session.ts'
import { noteForeground } from '../session/terminal.ts'
import { markTogether } from '../session/together.ts'
import { startContainers } from './containers.ts'
import { projectName } from './names.ts'
import { composeUp } from './project-up.ts'

const PIN_RESTART = 'ipv4_address for each: compose restart restarts its containers all at once, in any order'

/** @see docker/compose `pkg/compose/{stop,start,restart,kill,remove}.go` */
export function composeAction(session: Session, operation: ComposeAction, host: HostState): Refusal | null {
  const project: Project = {
    name: projectName(session, operation.project, operation.version),
    version: operation.version,
  }
  const dependencies = checkProject(session.topology, operation.version)
  if (isRefusal(dependencies)) return dependencies
  const unknown = operation.services.find((key) => !session.topology.services.has(key))
  if (unknown !== undefined) {
    const at = operation.origins?.services?.[operation.services.indexOf(unknown)]
    return refuse('UNDEFINED_SERVICE', `no such service: ${unknown}`, { at, name: unknown })
  }
  const isMeant = ({ compose }: Container): boolean =>
    compose?.project === projectLabel(project) &&
    (operation.services.length === 0 || operation.services.includes(compose.service))
  const place = (one: Container): number => dependencies.order.indexOf(one.compose?.service ?? '')
  const containers = [...host.engine.containers()]
    .filter(isMeant)
    .sort((a, b) => place(a) - place(b) || (a.compose?.number ?? 0) - (b.compose?.number ?? 0))
  const namesOf = (list: readonly Container[]): readonly string[] => list.map(({ name }) => name)
  const running = containers.filter(({ state }) => state === 'running')
  switch (operation.action) {
    case 'stop':
      host.engine.execute({ op: 'container-stop', names: namesOf(running).toReversed() })
      return null
    case 'kill':
      host.engine.execute({ op: 'container-kill', names: namesOf(running).toReversed() })
      return null
    case 'rm': {
      if (operation.stop) host.engine.execute({ op: 'container-stop', names: namesOf(running).toReversed() })
      const stopped = containers.filter(({ state }) => state !== 'running')
      host.engine.execute({ op: 'container-rm', names: namesOf(stopped), force: false })
      return null
    }
    case 'start': {
      const created = containers.flatMap((container) => {
        const service = session.topology.services.get(container.compose?.service ?? '')
        return service === undefined ? [] : [{ host, service, container, request: null }]
      })
      return startContainers(session, project, created, dependencies, () => {})
    }
    case 'restart': {
      const names = namesOf(containers)
      const arranged = session.arrange(names)
      // At once: all may have stopped before the first starts again.
      if (arranged !== names) host.engine.execute({ op: 'container-stop', names: namesOf(running) })
      const refusal = host.engine.execute({ op: 'container-restart', names: arranged })
      markTogether(session, host, containers, PIN_RESTART)
      return refusal
    }
    default:
      return operation.action satisfies never
  }
}

/**
 * A container of its own for one command: with what its service depends on, without its ports and its name.
 * @see docker/compose `pkg/compose/run.go`
 */
export function composeRun(
  session: Session,
  operation: ComposeRun,
  host: HostState,
  span: Span,
): Refusal | null {
  const project: Project = {
    name: projectName(session, operation.project, operation.version),
    version: operation.version,
  }
  const topology = activeProject(session.topology, operation.profiles, [operation.service])
  const service = topology.services.get(operation.service)
  if (service === undefined) {
    const subject = { at: operation.origins?.service, name: operation.service }
    return refuse('UNDEFINED_SERVICE', `no such service: ${operation.service}`, subject)
  }
  const dependencies = checkProject(topology, operation.version, session.topology.services)
  if (isRefusal(dependencies)) return dependencies
  const fault = composeUp(
    session,
    {
      project,
      services: [operation.service],
      scale: new Map(),
      profiles: operation.profiles,
      start: true,
      forceRecreate: false,
      noRecreate: true,
      removeOrphans: false,
      noDeps: operation.noDeps,
      networksOnly: operation.service,
      hostOf: () => host,
    },
    () => {},
  )
  if (fault !== null) return fault
  const plain = containerRequest(topology, project, service, 1, 1, [])
  const number = 1 + [...host.engine.containers()].filter(({ name }) => name.includes('-run-')).length
  const request = {
    ...plain,
    start: true,
    name:
      operation.name === ''
        ? `${[project.name ?? '', service.key].filter(Boolean).join('-')}-run-${number}`
        : operation.name,
    ports: [...(operation.servicePorts ? plain.ports : []), ...operation.ports],
    endpoints: plain.endpoints.map((endpoint) => ({
      ...endpoint,
      // Its service is asked for by name elsewhere.
      aliases: operation.useAliases ? endpoint.aliases : [],
    })),
    autoRemove: operation.autoRemove,
    foreground: !operation.detach,
    // Of the project, and none of its service's own.
    compose: { project: projectLabel(project), service: '', number: 0 },
  }
  session.spans.containers.set(placeKey(host.entry.name, request.name), span)
  const refusal: Refusal | null = host.engine.execute(request)
  if (refusal === null) noteForeground(session, host, { ...request, name: '' }, span)
  return refusal
}
