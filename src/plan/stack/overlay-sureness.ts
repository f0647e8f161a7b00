import type { Engine } from '../../engine/engine.ts'
import type { Container } from '../../engine/state.ts'
import type { Allocation } from '../../swarm/index.ts'
import type { Certainty } from '../plan.ts'

/** How sure an address on a network of swarm scope is, and what to write so that it is. */
export interface OverlaySureness {
  readonly certainty: Certainty
  readonly pin: string
}

/**
 * What the managers know of an allocation, and what they cannot: containers of one compose project that do not wait
 * for each other ask for their addresses in any order.
 *
 * @see docker/compose `pkg/compose/dependencies.go: run`
 */
export function overlaySureness(
  engine: Engine | undefined,
  network: string,
  container: string,
  allocation: Allocation,
): OverlaySureness {
  const { certainty, pin } = allocation
  const own = engine?.container(container) ?? null
  if (certainty !== 'computed' || engine === undefined || own === null || own.compose === null) {
    return { certainty, pin }
  }
  const { project, service } = own.compose
  for (const other of engine.containers()) {
    if (other === own || other.compose?.project !== project || !isOn(other, network)) continue
    if (waitsFor(engine, own, other) || waitsFor(engine, other, own)) continue
    return { certainty: 'one-of-several', pin: `services.${service}.depends_on` }
  }
  return { certainty, pin }
}

function isOn(container: Container, network: string): boolean {
  return container.sandbox?.interfaces.some((i) => i.endpoint.network.name === network) === true
}

/** Whether a container starts only after another, directly or through others. */
function waitsFor(engine: Engine, container: Container, other: Container): boolean {
  const seen = new Set<string>()
  const open = [...container.dependsOn]
  for (const name of open) {
    if (name === other.name) return true
    if (seen.has(name)) continue
    seen.add(name)
    open.push(...(engine.container(name)?.dependsOn ?? []))
  }
  return false
}
