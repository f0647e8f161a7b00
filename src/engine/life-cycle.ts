/** What happens to containers besides start and stop: another name, a clean-up, a restart of the engine itself. */
import { checkName, removeContainer, startContainer, stopContainer, stopSandboxOf } from './container.ts'
import { matchesLabels } from './labels.ts'
import type { ContainerRename, ContainerUpdate, EngineRestart, LabelFilter, Refusal } from './operation.ts'
import { createPortAllocator } from './ports.ts'
import { noSuchContainer, refuse, reword } from './refusal.ts'
import type { Container, EngineState } from './state.ts'

/**
 * `docker rename`: the container keeps all it has; its endpoints and those who know it by name follow.
 * @see moby `daemon/rename.go: ContainerRename`
 */
export function renameContainer(state: EngineState, { name, to, origins }: ContainerRename): Refusal | null {
  const container = state.containers.get(name)
  if (container === undefined) return noSuchContainer(name, origins?.name)
  const wanted = to.replace(/^\//, '')
  if (wanted === '')
    return refuse('INVALID_NAME', 'Neither old nor new names may be empty', { at: origins?.to })
  if (wanted === container.name)
    return refuse('NAME_IN_USE', 'Renaming a container with the same name as its current name', {
      at: origins?.to,
      name,
    })
  const fault = checkName(state, wanted, false, origins?.to)
  if (fault !== null) return reword(fault, `Error when allocating new name: ${fault.message}`)
  giveName(state, container, wanted)
  return null
}

function giveName(state: EngineState, container: Container, to: string): void {
  const { name } = container
  renameKey(state.containers, name, to)
  container.name = to
  for (const network of state.networks.values()) {
    for (const endpoint of [...network.endpoints.values()]) {
      if (endpoint.container !== name) continue
      endpoint.container = to
      if (endpoint.name !== name) continue
      endpoint.name = to
      renameKey(network.endpoints, name, to)
    }
  }
  for (const other of state.containers.values()) {
    if (other.sharedId === container.id) other.sharedWith = to
    other.dependsOn = other.dependsOn.map((one) => (one === name ? to : one))
    other.links = other.links.map((link) => {
      const [target = '', alias = target] = link.split(':')
      return target === name ? `${to}:${alias}` : link
    })
  }
}

/** The entry keeps its place. */
function renameKey<T>(map: Map<string, T>, from: string, to: string): void {
  const entries = [...map]
  map.clear()
  for (const [key, value] of entries) map.set(key === from ? to : key, value)
}

/** Goes on after a refusal; returns the first. */
export function updateContainers(
  state: EngineState,
  { names, restart, origins }: ContainerUpdate,
): Refusal | null {
  const faults = names.map((name, index) => {
    const container = state.containers.get(name)
    if (container === undefined) return noSuchContainer(name, origins?.names?.[index])
    container.restart = restart
    return null
  })
  return faults.find((fault) => fault !== null) ?? null
}

/** The program of a container ends; its restart policy may start it again. */
export function exitContainer(state: EngineState, container: Container): void {
  stopContainer(state, container)
  if (container.restart === 'always' || container.restart === 'unless-stopped')
    startContainer(state, container)
}

/** @see moby `daemon/prune.go: ContainersPrune` */
export function pruneContainers(state: EngineState, filters: readonly LabelFilter[]): void {
  for (const container of [...state.containers.values()])
    if (container.state !== 'running' && matchesLabels(container.labels, filters))
      removeContainer(state, container, false)
}

/**
 * The engine ends, and with it its containers unless it keeps them alive; then it starts those that are to be started.
 * In which order it starts them is left to chance.
 *
 * @see moby `daemon/daemon.go: Shutdown, restore`, `restartmanager/restartmanager.go: ShouldRestart`
 */
export function restartEngine(state: EngineState, { reboot }: EngineRestart): void {
  const { liveRestore } = state.facts.daemon
  state.space.restarted()
  for (const network of state.networks.values()) {
    network.isRestored ||= !network.predefined
    network.wasJoined &&= !reboot
    // The store keeps those of each family together.
    network.subnets = [...network.subnets].sort((a, b) => a.family - b.family)
  }
  if (liveRestore && !reboot) return
  const running = [...state.containers.values()].filter((one) => one.state === 'running')
  for (const container of running) {
    stopSandboxOf(state, container)
    container.state = 'exited'
    if (container.autoRemove) state.containers.delete(container.name)
  }
  state.portAllocator = createPortAllocator(state.facts.rules)
  const starting = [...state.containers.values()].filter(comesBack)
  // Those in the sandbox of another follow it.
  const own = starting.filter(({ mode }) => mode !== 'container')
  for (const container of [...state.arrange(own), ...starting.filter((one) => !own.includes(one))])
    startContainer(state, container)
}

/** A policy of failures does not count a container that the engine itself has ended in good order. */
function comesBack({ restart, isUsed, isStoppedByHand }: Container): boolean {
  return isUsed && (restart === 'always' || (restart === 'unless-stopped' && !isStoppedByHand))
}
