/** Plans of one block in other orders than our own: the oracle of what is left to chance. */
import type { Arrange } from '../../src/engine/order.ts'
import { outcomeOf } from '../../src/plan/chance/other-orders.ts'
import { valuesOf } from '../../src/plan/chance/values.ts'
import { planNetworks, plannerOf } from '../../src/plan/plan-networks.ts'
import type { Topology } from '../../src/topology/topology.ts'

export interface Verdict {
  /** Other in another order, and not marked. */
  readonly unmarked: readonly string[]
  /** Marked, and the same in every order. */
  readonly certain: readonly string[]
}

/** What a plan says wrongly of chance. Marks are held against `more` orders than the rest. */
export function judge(topology: Topology, orders: readonly Arrange[], more: readonly Arrange[]): Verdict {
  const own = valuesOf(planNetworks(topology, () => {}))
  const seen = new Map([...own].map(([key, { text }]) => [key, new Set([text])]))
  const planIn = plannerOf(topology, null, 'exists')
  const look = (arrange: Arrange): void => {
    const { plan } = planIn(arrange)
    const there = valuesOf(plan)
    for (const [key, value] of own) seen.get(key)?.add(outcomeOf(value, key, plan, there) ?? NONE)
  }
  const outcomes = (key: string): readonly string[] => [...(seen.get(key) ?? [])]
  // That there is none is another outcome for what is marked, though no other value.
  const isSame = (key: string): boolean => outcomes(key).length === 1
  const varies = (key: string): boolean => outcomes(key).filter((text) => text !== NONE).length > 1
  for (const arrange of orders) look(arrange)
  const isMarked = (key: string): boolean => own.get(key)?.certainty === 'one-of-several'
  for (const arrange of more) {
    if (![...own.keys()].some((key) => isMarked(key) && isSame(key))) break
    look(arrange)
  }
  const tell = (key: string): string => `${key}: ${outcomes(key).join(' | ')}`
  return {
    unmarked: [...own.keys()].filter((key) => !isMarked(key) && varies(key)).map(tell),
    certain: [...own.keys()].filter((key) => isMarked(key) && isSame(key)).map(tell),
  }
}

const NONE = '(none)'
