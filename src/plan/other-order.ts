/**
 * Compose makes networks and starts services that do not wait for each other in an order left to chance. A plan takes
 * one order; what comes out otherwise in the opposite one is one of several outcomes, refusals too.
 */
import type { Problem } from '../problem/problem.ts'
import type { ServiceEntry, Topology } from '../topology/topology.ts'
import type { Plan, PlanContainer } from './plan.ts'

/** Whether the order can matter to more than addresses, which are marked as they are given. Cheap. */
export function isOrderOpen({ swarm, services, networks }: Topology): boolean {
  if (swarm !== null || services.size === 0 || services.size > MOST_SERVICES) return false
  const all = [...services.values()]
  const given = [...networks.values()].filter(({ ipam }) => ipam.some(({ subnet }) => subnet !== null))
  const mixed = given.length > 0 && (given.length < networks.size || all.some(usesDefault))
  return mixed || all.some(hasChoice) || all.some(isPinned)
}

/** Planning them twice would take long. */
const MOST_SERVICES = 200

const usesDefault = ({ networks, networkMode }: ServiceEntry): boolean =>
  networks === null && networkMode === null
const hasChoice = ({ ports }: ServiceEntry): boolean =>
  ports.some(({ published }) => published === null || published.first !== published.last)
const isPinned = ({ networks }: ServiceEntry): boolean =>
  [...(networks?.values() ?? [])].some(
    ({ ipv4Address, ipv6Address }) => ipv4Address !== null || ipv6Address !== null,
  )

/** The plan, with the ports marked that are others in the opposite order. */
export function withOtherPorts(plan: Plan, other: Plan): Plan {
  const marked = new Map<string, PlanContainer>()
  for (const [name, container] of plan.containers) {
    const there = other.containers.get(name)
    if (there === undefined || there.state !== container.state || samePorts(container, there)) continue
    const ports = container.ports.map((port) => ({ ...port, certainty: 'one-of-several' as const }))
    marked.set(name, { ...container, ports })
  }
  return marked.size === 0 ? plan : { ...plan, containers: new Map([...plan.containers, ...marked]) }
}

const samePorts = (a: PlanContainer, b: PlanContainer): boolean =>
  a.ports.length === b.ports.length && a.ports.every(({ port }, i) => port === b.ports[i]?.port)

/** Problems of one order, told as what they are when the opposite one has others. */
export function ofBothOrders(own: readonly Problem[], other: readonly Problem[]): readonly Problem[] {
  const key = ({ code, span }: Problem): string => `${code} ${span.start} ${span.end}`
  const errors = (problems: readonly Problem[]): ReadonlySet<string> =>
    new Set(problems.filter(({ severity }) => severity === 'error').map(key))
  const [here, there] = [errors(own), errors(other)]
  const told = own.map((problem) =>
    problem.severity === 'error' && !there.has(key(problem))
      ? { ...problem, hint: `${problem.hint} ${BY_CHANCE}` }
      : problem,
  )
  const more = other.filter((problem) => problem.severity === 'error' && !here.has(key(problem)))
  return [...told, ...more.map(asChance)]
}

const BY_CHANCE = 'It fails by chance: Docker leaves the order open, and in another one it succeeds.'

function asChance({ message, hint, span, related }: Problem): Problem {
  return {
    code: 'FAILS_BY_CHANCE',
    severity: 'warning',
    message: `Docker leaves the order to chance, and in another one this fails: ${message}`,
    hint: `${hint} Or fix the order with depends_on.`,
    span,
    related,
  }
}
