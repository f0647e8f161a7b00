/** On which ports something listens, as far as a block says. */
import type { ExposedPort, Plan, PlanContainer } from '../plan/plan.ts'
import type { TraceProtocol } from './trace.ts'
import { sandboxOf } from './world.ts'

export function hasPort(
  ports: readonly ExposedPort[],
  port: number | null,
  protocol: TraceProtocol,
): boolean {
  return port !== null && ports.some((p) => p.protocol === protocol && p.first <= port && port <= p.last)
}

/** Whether it is known that nothing in a sandbox listens on a port: each container in it says on which it does. */
export function isClosed(
  plan: Plan,
  sandbox: PlanContainer,
  port: number | null,
  protocol: TraceProtocol,
): boolean {
  if (port === null || protocol === 'icmp') return false
  return [...plan.containers.values()]
    .filter((container) => container.state === 'running' && sandboxOf(plan, container) === sandbox)
    .every(({ listens }) => listens !== null && !hasPort(listens, port, protocol))
}

/** The container in host mode that listens on a port of its host; `asked` does where it says nothing. */
export function listenerOn(
  plan: Plan,
  host: string,
  port: number,
  protocol: TraceProtocol,
  asked: string,
): PlanContainer | null {
  for (const container of plan.containers.values()) {
    if (container.host !== host || container.state !== 'running') continue
    if (sandboxOf(plan, container)?.mode !== 'host') continue
    const { listens, name } = container
    if (listens === null ? name === asked : hasPort(listens, port, protocol)) return container
  }
  return null
}
