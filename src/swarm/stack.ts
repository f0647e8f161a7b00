import type { NetworkCreate, Refusal, ServiceCreate } from '../engine/operation.ts'
import { nodeMatches } from './constraint.ts'
import { createOverlay } from './networks.ts'
import type { Task } from './service.ts'
import { createService, replaceSpec } from './services.ts'
import { type ClusterState, INGRESS } from './state.ts'
import { schedule } from './tasks.ts'

/** A network that is there before a stack is deployed. */
export interface Existing {
  readonly request: NetworkCreate
  /** Whether its subnets are what somebody has said; else they stand for what it may have. */
  readonly isKnown: boolean
}

/** A stack as `docker stack deploy` sends it to the manager: names are those of the engine. */
export interface Stack {
  /** Networks that somebody has made before, in an order, and along with others, that nobody knows. */
  readonly existing?: readonly Existing[]
  readonly networks: readonly NetworkCreate[]
  readonly services: readonly ServiceCreate[]
}

/**
 * Networks, then services; their tasks are placed when all are there, because the client is faster than the
 * scheduler's pause of 50 ms. Docker takes both from Go maps; this takes them in the order given.
 *
 * @see docker/cli `cli/command/stack/swarm/deploy_composefile.go`; swarmkit `manager/scheduler/scheduler.go: Run`
 */
export function deployStack(
  state: ClusterState,
  { existing = [], networks, services }: Stack,
): Refusal | null {
  const isAutomatic = (n: NetworkCreate): boolean => n.subnets.every((s) => s.subnet === '')
  const before = existing.some(({ isKnown }) => !isKnown) ? 1 : 0
  for (const { request, isKnown } of existing) {
    if (state.overlays.has(request.name)) continue
    const refusal = createOverlay(state, request, { networks: 2, automatic: 1 + before, isKnown })
    if (refusal !== null) return { ...refusal, part: request.name }
  }
  const along = {
    networks: networks.length + (existing.length > 0 ? 1 : 0),
    automatic: networks.filter(isAutomatic).length + before,
    isKnown: true,
  }
  for (const request of state.arrange(networks)) {
    if (state.overlays.has(request.name)) continue
    const refusal = createOverlay(state, request, along)
    if (refusal !== null) return { ...refusal, part: request.name }
  }
  state.contested = contestedNetworks(services)
  try {
    for (const spec of state.arrange(services)) {
      const service = state.services.get(spec.name)
      const refusal = service === undefined ? createService(state, spec) : null
      if (service !== undefined) replaceSpec(state, service, spec, false)
      if (refusal !== null) return { ...refusal, part: spec.name }
    }
    schedule(state)
  } finally {
    state.contested = new Set()
  }
  startTogether(state)
  return null
}

/** The containers of one stack start on a node in any order, those among them that may also be placed elsewhere. */
function startTogether(state: ClusterState): void {
  const starts = state.changes.flatMap(({ kind, task }) => (kind === 'start' ? [task] : []))
  const onNode = new Map<string, number>()
  for (const { node } of starts) onNode.set(node, (onNode.get(node) ?? 0) + 1)
  const choices = choicesOf(state, starts)
  for (const [i, change] of state.changes.entries()) {
    const { kind, task } = change
    if (kind !== 'start') continue
    if ((onNode.get(task.node) ?? 0) > 1 || choices.some((choice) => canJoin(choice, task)))
      state.changes[i] = { ...change, together: true }
  }
}

/** A service with tasks that may also come to another node. */
interface Choice {
  readonly service: string
  readonly tasks: readonly Task[]
  /** Nodes that it fits. */
  readonly fitting: ReadonlySet<string>
  /** No two of its tasks are on one node. */
  readonly isSpread: boolean
}

/**
 * Those of a new service are spread evenly over the nodes it fits.
 * @see swarmkit `manager/scheduler/scheduler.go: scheduleNTasksOnNodes`
 */
function choicesOf(state: ClusterState, starts: readonly Task[]): readonly Choice[] {
  const open = new Map<string, Task[]>()
  for (const task of starts) {
    if (task.placement === 'computed') continue
    const known = open.get(task.service)
    if (known === undefined) open.set(task.service, [task])
    else known.push(task)
  }
  const started = new Set(starts)
  return [...open].flatMap(([name, tasks]) => {
    const service = state.services.get(name)
    if (service === undefined) return []
    const fitting = [...state.nodes.values()].filter(
      (node) => node.alive && node.availability === 'active' && nodeMatches(service.constraints, node),
    )
    const isNew = service.tasks.every((one) => started.has(one))
    const isSpread = isNew && service.tasks.length <= fitting.length
    return [{ service: name, tasks, fitting: new Set(fitting.map((node) => node.name)), isSpread }]
  })
}

/** Whether a task of the service, another than this one, may come to its node. */
function canJoin({ service, tasks, fitting, isSpread }: Choice, there: Task): boolean {
  if (!fitting.has(there.node) || !tasks.some((task) => task !== there)) return false
  return service !== there.service || !isSpread
}

/** Networks on which services of one stack take addresses in an order left to chance. */
function contestedNetworks(services: readonly ServiceCreate[]): ReadonlySet<string> {
  const users = new Map<string, number>()
  for (const spec of services) {
    const names = new Set(spec.networks.map((n) => n.network))
    if (spec.ports.some((p) => p.mode === 'ingress')) names.add(INGRESS)
    for (const name of names) users.set(name, (users.get(name) ?? 0) + 1)
  }
  return new Set([...users].filter(([, count]) => count > 1).map(([name]) => name))
}
