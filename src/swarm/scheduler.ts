/**
 * Which node runs a task. Docker spreads: nodes with the fewest tasks of the service first, then those with the
 * fewest tasks of all; among equals it takes any, and this takes the one that joined first.
 */

/** A node with what the scheduler counts. */
export interface Candidate {
  readonly node: string
  /** Tasks of the service that are to run there. */
  readonly ofService: number
  /** Tasks of all services that are to run there. */
  readonly total: number
}

export interface Placement {
  /** One for each task, in slot order. Empty when no node fits. */
  readonly nodes: readonly string[]
  /** Whether Docker could have placed the tasks otherwise. */
  readonly certain: boolean
}

/**
 * Spreads `count` tasks over the nodes that fit, in order of joining.
 *
 * @param capacity how many tasks of this kind a node can take at all (1 with a port published in host mode).
 * @param countsCertain `false` when the numbers of tasks come from choices Docker could have made otherwise.
 * @see swarmkit `manager/scheduler/scheduler.go: scheduleNTasksOnNodes`
 */
export function spread(
  count: number,
  fitting: readonly Candidate[],
  capacity: number,
  countsCertain: boolean,
): Placement {
  const states = fitting.map(({ node, ofService, total }) => ({ node, ofService, total, room: capacity }))
  states.sort((a, b) => a.ofService - b.ofService || a.total - b.total)
  const [best, second] = states
  const forced =
    best === undefined || second === undefined || (countsCertain && count === 1 && isLess(best, second))
  const nodes: string[] = []
  const most = states.length === 0 ? 0 : Math.min(count, states.length * capacity)
  let at = 0
  while (nodes.length < most) {
    const state = states[at % states.length]
    if (state === undefined) break
    if (state.room > 0) {
      nodes.push(state.node)
      state.room--
      state.ofService++
      state.total++
    }
    const next = states[at + 1]
    // The first pass fills the nodes until they have the same number of tasks, later ones go round.
    if (next === undefined || state.room === 0 || isLess(next, state)) at++
  }
  return { nodes, certain: forced }
}

function isLess(a: Candidate, b: Candidate): boolean {
  return a.ofService < b.ofService || (a.ofService === b.ofService && a.total < b.total)
}
