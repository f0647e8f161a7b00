/** Containers in the sandbox of another (`--network container:X`). */
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
  const { say } = state.facts.rules
  const target = sharedContainer(state.containers, container)
  const asked = container.sharedId?.toString() ?? container.sharedWith
  if (target === undefined) {
    const fault = noSuchContainer(asked)
    return refuse(fault.code, say.joinMissing(fault.message))
  }
  if (target === container) return refuse('CONTAINER_NOT_RUNNING', say.joinItself())
  if (target.state === 'running') return null
  return refuse('CONTAINER_NOT_RUNNING', say.joinStopped(asked, target.name, target.state))
}
