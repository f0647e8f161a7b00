/** Containers in the sandbox of another (`--network container:X`). */
import { isAtLeast } from '../version.ts'
import type { Refusal } from './operation.ts'
import { noSuchContainer, refuse } from './refusal.ts'
import type { Container, EngineState } from './state.ts'

/** The container whose sandbox another uses; by its id where that was known when the other was created. */
export function sharedContainer(
  containers: ReadonlyMap<string, Container>,
  { sharedWith, sharedId }: Container,
): Container | undefined {
  const found = containers.get(sharedWith)
  return sharedId === null || found?.id === sharedId ? found : undefined
}

/** @see moby `daemon/container_operations_unix.go: getNetworkedContainer` */
export function checkSharedSandbox(state: EngineState, container: Container): Refusal | null {
  const isNew = isAtLeast(state.facts.version, '28')
  const target = sharedContainer(state.containers, container)
  const asked = container.sharedId?.toString() ?? container.sharedWith
  if (target === undefined) {
    const fault = noSuchContainer(asked)
    return refuse(fault.code, `${isNew ? 'joining network namespace of container: ' : ''}${fault.message}`)
  }
  if (target === container)
    return refuse('CONTAINER_NOT_RUNNING', `cannot join own network${isNew ? ' namespace' : ''}`)
  if (target.state === 'running') return null
  const which = isNew
    ? `network namespace of a non running container: container ${target.name} is ${target.state}`
    : `network of a non running container: ${asked}`
  return refuse('CONTAINER_NOT_RUNNING', `cannot join ${which}`)
}
