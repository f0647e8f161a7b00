/**
 * What Docker does in an order left to chance is planned again in other orders. A value that is another one there is
 * one of several outcomes, and one that is the same in all of them is none, whatever was to be feared while it was
 * given. A refusal of some orders only is one by chance.
 */
import { type Arrange, BACKWARD, IN_ORDER, shuffled } from '../../engine/order.ts'
import { formatCidr } from '../../net/index.ts'
import type { Problem } from '../../problem/problem.ts'
import { say, worded } from '../../problem/say.ts'
import type { ServiceEntry, Topology } from '../../topology/topology.ts'
import type { Plan } from '../plan.ts'
import { composeFiles } from '../project/files.ts'
import type { Sureness } from './chance.ts'
import { createChoices } from './choices.ts'
import { remarked, type Value, valuesOf } from './values.ts'

/** A plan in one order. */
export interface Outcome {
  readonly plan: Plan
  readonly problems: readonly Problem[]
}

/** Beyond it a block is planned once: marks made while planning have to do. */
export const MOST_THINGS = 300
/** Orders are looked at until so many in a row bring nothing new, and nothing is in doubt. */
const QUIET = 6
export const MOST_ORDERS = 48
/** Of all orders together. */
const MOST_WORK = 5_000

/**
 * The plan of a block in our own order, with what other orders say of it.
 *
 * @param planIn the block in an order.
 * @param isAssumed what else than order a mark comes from, so that it stays.
 */
export function besideOtherOrders<Planned extends Outcome>(
  topology: Topology,
  planIn: (arrange: Arrange) => Planned,
  isAssumed: (own: Planned, value: Value) => boolean,
): Planned {
  const choices = createChoices<Planned>()
  const own = choices.plan(IN_ORDER, planIn)
  const { plan } = own
  const size = plan.containers.size + plan.networks.size + plan.steps.length
  if (size > MOST_THINGS) return own
  const values = valuesOf(plan)
  const doubted = new Set<string>()
  for (const [key, value] of values)
    if (value.certainty === 'one-of-several' && !isAssumed(own, value)) doubted.add(key)
  if (doubted.size === 0 && !composeFiles(topology).some(isOrderOpen)) return own
  const varying = new Set<string>()
  const others: (readonly Problem[])[] = []
  const most = Math.min(MOST_ORDERS, Math.ceil(MOST_WORK / size))
  let quiet = 0
  for (let i = 0; i < most && (quiet < QUIET || doubted.size > 0) && !choices.isComplete(); i++) {
    const known = varying.size
    const seen = choices.known(otherOrder(i))
    const other = seen ?? choices.plan(otherOrder(i), planIn)
    others.push(other.problems)
    if (seen === null) {
      const there = valuesOf(other.plan)
      for (const [key, value] of values) {
        const outcome = outcomeOf(value, key, other.plan, there)
        if (outcome !== null && outcome !== value.text) varying.add(key)
        if (outcome !== value.text) doubted.delete(key)
      }
    }
    // Where it depends on the order what fails, rare orders have outcomes of their own.
    const isTorn = errorsOf(other.problems) !== errorsOf(own.problems)
    quiet = varying.size > known || isTorn ? 0 : quiet + 1
  }
  const problems = ofAllOrders(own.problems, others)
  if (varying.size === 0 && doubted.size === 0) return { ...own, problems }
  const marked = remarked(plan, (key, value) => sureness(key, value, varying, doubted))
  return { ...own, plan: marked, problems }
}

/** Always the same one for a number. */
const otherOrder = (number: number): Arrange => (number === 0 ? BACKWARD : shuffled(number))

/**
 * What a value is in another plan: `null` where there is none, which is another outcome for what is marked, though no
 * other value. A container that runs elsewhere says nothing of a network of its host.
 */
export function outcomeOf(
  { of: { network, container = '' }, text }: Value,
  key: string,
  plan: Plan,
  there: ReadonlyMap<string, Value>,
): string | null {
  const its = there.get(key)
  if (its !== undefined) return its.text
  const host = plan.containers.get(container)?.host
  return network?.scope === 'local' && host !== undefined && host !== network.host ? text : null
}

function sureness(
  key: string,
  value: Value,
  varying: ReadonlySet<string>,
  certain: ReadonlySet<string>,
): Sureness {
  if (certain.has(key)) return { certainty: 'computed', pin: '' }
  if (value.certainty === 'one-of-several' || !varying.has(key)) return value
  return { certainty: 'one-of-several', pin: pinOf(value) }
}

function pinOf({ of: { network, container, service } }: Value): string {
  if (container === undefined && service === undefined && network !== undefined)
    return `networks.${network.name}.ipam.config: [{ subnet: ${formatCidr(network.subnets[0] ?? null)} }]`
  if (network?.scope === 'swarm') return 'docker service create under commands:, one service after the other'
  return 'depends_on, or fixed addresses (ipv4_address, --ip), so that no other order is left'
}

/** Whether the order can matter where nothing has been marked. Cheap. */
function isOrderOpen({ swarm, services, networks }: Topology): boolean {
  if (services.size === 0) return false
  if (swarm !== null) return services.size > 1
  const all = [...services.values()]
  const given = [...networks.values()].filter(({ ipam }) => ipam.some(({ subnet }) => subnet !== null))
  const mixed = given.length > 0 && (given.length < networks.size || all.some(usesDefault))
  return mixed || all.some(hasChoice) || all.some(isPinned)
}

const usesDefault = ({ networks, networkMode }: ServiceEntry): boolean =>
  networks === null && networkMode === null
const hasChoice = ({ ports }: ServiceEntry): boolean =>
  ports.some(({ published }) => published === null || published.first !== published.last)
const isPinned = ({ networks }: ServiceEntry): boolean =>
  [...(networks?.values() ?? [])].some(
    ({ ipv4Address, ipv6Address }) => ipv4Address !== null || ipv6Address !== null,
  )

const keyOf = ({ code, span }: Problem): string => `${code} ${span.start} ${span.end}`

/** Problems of one order, told as what they are when other ones have others. */
function ofAllOrders(own: readonly Problem[], others: readonly (readonly Problem[])[]): readonly Problem[] {
  const errors = (problems: readonly Problem[]): ReadonlyMap<string, Problem> =>
    new Map(problems.filter(({ severity }) => severity === 'error').map((one) => [keyOf(one), one]))
  const here = errors(own)
  const there = others.map(errors)
  const told = own.map((problem) =>
    problem.severity === 'error' && there.some((one) => !one.has(keyOf(problem)))
      ? { ...problem, ...worded(problem.said.message, say`${problem.said.hint} ${BY_CHANCE}`) }
      : problem,
  )
  // What fails after the first in an order fails for it.
  const more = new Map(there.flatMap((one) => [...one].filter(([name]) => !here.has(name)).slice(0, 1)))
  return [...told, ...[...more.values()].map(asChance)]
}

const errorsOf = (problems: readonly Problem[]): string =>
  problems.flatMap((one) => (one.severity === 'error' ? keyOf(one) : [])).join()

const BY_CHANCE = say`It fails by chance: Docker leaves the order open, and in another one it succeeds.`

function asChance({ said, span, related }: Problem): Problem {
  return {
    code: 'FAILS_BY_CHANCE',
    severity: 'warning',
    ...worded(
      say`Docker leaves the order to chance, and in another one this fails: ${said.message}`,
      say`${said.hint} Or fix the order with depends_on.`,
    ),
    span,
    related,
  }
}
