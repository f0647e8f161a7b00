/** What happens on a machine between its commands, and when it starts anew. */

import type { ContainerCreate, EngineRestart, Refusal } from '../../engine/operation.ts'
import { refuse } from '../../engine/refusal.ts'
import type { Container } from '../../engine/state.ts'
import type { Span } from '../../problem/problem.ts'
import { say, worded } from '../../problem/say.ts'
import { type HostState, placeKey, type Session } from './session.ts'
import { markTogether } from './together.ts'

export function noteForeground(
  session: Session,
  host: HostState,
  { name, autoRemove, foreground }: ContainerCreate,
  span: Span,
): void {
  if (!foreground) return
  const container = name === '' ? [...host.engine.containers()].at(-1) : host.engine.container(name)
  if (container === null || container === undefined) return
  session.foreground.set(host.entry.name, { container, span, isNamed: name !== '' && !autoRemove })
}

/** The next command of a terminal is typed when the program before it has ended. */
export function endForeground(session: Session, host: HostState): void {
  const running = session.foreground.get(host.entry.name)
  session.foreground.delete(host.entry.name)
  if (running === undefined || host.engine.container(running.container.name) !== running.container) return
  if (running.container.state !== 'running') return
  host.engine.exit(running.container.name)
  // A restart policy has started it again.
  if (!running.isNamed || running.container.state === 'running') return
  session.report({
    code: 'FOREGROUND_ENDED',
    severity: 'warning',
    ...worded(
      say`"${running.container.name}" has ended here: without -d, docker run holds the terminal until its program ends, and the next command comes after that`,
      say`Add -d to keep it running, or -it if it is kept open in another terminal.`,
    ),
    span: running.span,
    related: [],
  })
}

const PIN_RESTART =
  'fixed addresses (--ip, ipv4_address): after a restart the engine starts its containers in any order'

export function restartEngine(
  session: Session,
  host: HostState,
  operation: EngineRestart,
  span: Span,
): Refusal | null {
  if (session.swarm.role(host.entry.name) !== '') {
    return refuse(
      'UNSUPPORTED_COMMAND',
      say`A restart of an engine is not simulated on a node of a swarm: its tasks are replaced by others`,
    )
  }
  const before = [...host.engine.containers()].filter(({ state }) => state === 'running')
  const sandboxes = new Map(before.map((container) => [container, container.sandbox]))
  host.engine.execute(operation)
  const after = [...host.engine.containers()].filter(({ state }) => state === 'running')
  markTogether(
    session,
    host,
    after.filter((container) => container.sandbox !== sandboxes.get(container)),
    PIN_RESTART,
  )
  const stopped = before.filter((container) => !after.includes(container) && !container.autoRemove)
  if (stopped.length > 0) warnStopped(session, stopped, span)
  return null
}

function warnStopped({ report }: Session, stopped: readonly Container[], span: Span): void {
  const names = stopped.map(({ name }) => `"${name}"`).join(', ')
  const message =
    stopped.length === 1
      ? say`The restart stops ${names}: it has no restart policy`
      : say`The restart stops ${names}: they have no restart policy`
  report({
    code: 'STOPPED_BY_RESTART',
    severity: 'warning',
    ...worded(
      message,
      say`Add --restart unless-stopped (restart: unless-stopped), or live-restore: true under daemon.`,
    ),
    span,
    related: [],
  })
}

/** What is kept by a container's name moves with it. */
export function renamed(session: Session, host: HostState, from: string, to: string): void {
  const { containers } = session.spans
  const [was, is] = [placeKey(host.entry.name, from), placeKey(host.entry.name, to)]
  const span = containers.get(was)
  containers.delete(was)
  if (span !== undefined) containers.set(is, span)
  if (session.chancePorts.delete(was)) session.chancePorts.add(is)
}
