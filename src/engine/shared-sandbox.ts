/** Containers in the sandbox of another (`--network container:X`). */
import type { Refusal } from './operation.ts'
import { noSuchContainer, refuse, reword } from './refusal.ts'
import type { Container, EngineState } from './state.ts'

/** The container whose sandbox another uses; by its id where that was known when the other was created. */
export function sharedContainer(
  containers: ReadonlyMap<string, Container>,
  { sharedWith, sharedId }: Container,
): Container | undefined {
  const found = containers.get(sharedWith)
  return sharedId === null || found?.id === sharedId ? found : undefined
}

/** Running containers in the sandbox of this one, also by way of others; none when it has joined another's itself. */
export function sharers(containers: ReadonlyMap<string, Container>, owner: Container): Container[] {
  if (owner.mode === 'container' || owner.state !== 'running') return []
  const rootOf = (container: Container): Container | undefined => {
    let at: Container | undefined = container
    for (let steps = containers.size; at?.mode === 'container' && steps > 0; steps--)
      at = sharedContainer(containers, at)
    return at
  }
  return [...containers.values()].filter(
    (one) => one.mode === 'container' && one.state === 'running' && rootOf(one) === owner,
  )
}

/** @see moby `daemon/container_operations_unix.go: getNetworkedContainer` */
export function checkSharedSandbox(state: EngineState, container: Container): Refusal | null {
  const { say } = state.facts.rules
  const at = container.origins?.networkMode
  const target = sharedContainer(state.containers, container)
  const asked = container.sharedId?.toString() ?? container.sharedWith
  if (target === undefined) {
    const fault = noSuchContainer(asked, at)
    return reword(fault, say.joinMissing(fault.message))
  }
  if (target === container) return refuse('CONTAINER_NOT_RUNNING', say.joinItself(), { at })
  if (target.state === 'running') return null
  return refuse('CONTAINER_NOT_RUNNING', say.joinStopped(asked, target.name, target.state), {
    at,
    name: target.name,
  })
}
