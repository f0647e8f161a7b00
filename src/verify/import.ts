/** Makes a block of what an engine has, so that a figure can begin from a running system. */
import type { Plan } from '../plan/plan.ts'
import { planNetworks } from '../plan/plan-networks.ts'
import type { Problem } from '../problem/problem.ts'
import { readTopology } from '../topology/read.ts'
import type { EngineVersion } from '../version.ts'
import type { Difference } from './difference.ts'
import { draftBlock, NOTHING_PINNED, type Pins } from './draft.ts'
import { guessEngine } from './guess-engine.ts'
import type { Inspected } from './inspect.ts'
import { verifyPlan } from './verify.ts'

export interface Imported {
  /** The body of a docker-network block, in YAML. */
  readonly text: string
  /** What the block does not give as it was found; empty when it verifies clean. */
  readonly differences: readonly Difference[]
}

/** Enough to pin networks and their order, then gateways, then addresses, then MACs. */
const ROUNDS = 8

/**
 * A block that plans to what was inspected. It says only what Docker would not do by itself: an address is written
 * where leaving it out would give another one.
 *
 * Containers that do not run come last, by command. `engine` absent: guessed from MACs and gateways.
 */
export function importTopology(inspected: Inspected, engine?: EngineVersion): Imported {
  const release = engine ?? guessEngine(inspected)
  const wanted: Inspected = {
    ...inspected,
    containers: inspected.containers.map((container) => ({
      ...container,
      state: plainState(container.state),
    })),
  }
  const joined = new Set(
    inspected.networks.filter(({ endpoints }) => endpoints.length > 0).map(({ name }) => name),
  )
  let pins = NOTHING_PINNED
  for (let round = 1; ; round++) {
    const text = draftBlock(wanted, release, pins)
    const differences = differencesOf(text, wanted)
    const more = pinAlso(pins, differences, joined)
    if (differences.length === 0 || more === pins || round === ROUNDS) return { text, differences }
    pins = more
  }
}

/** What a plan can have: a paused container is one that runs. */
const plainState = (state: string): string =>
  state === 'created' ? state : ['exited', 'dead', 'removing'].includes(state) ? 'exited' : 'running'

function differencesOf(text: string, inspected: Inspected): readonly Difference[] {
  const plan = planOf(text)
  // A network no service joins is not created (Compose), and so found unplanned.
  const counts = ({ severity, code }: Difference): boolean =>
    severity === 'difference' || code === 'NETWORK_UNPLANNED'
  return plan === null ? [] : verifyPlan(plan, inspected).filter(counts)
}

function planOf(text: string): Plan | null {
  const problems: Problem[] = []
  const report = (problem: Problem): void => {
    problems.push(problem)
  }
  const topology = readTopology(text, report)
  return topology === null ? null : planNetworks(topology, report)
}

const REROUTED: ReadonlySet<Difference['code']> = new Set(['GATEWAY_DIFFERS', 'CONTAINER_GATEWAY_DIFFERS'])
const MOVED: ReadonlySet<Difference['code']> = new Set([
  'IPV4_DIFFERS',
  'IPV6_DIFFERS',
  'ENDPOINT_MISSING',
  // The pool had no address left for it; its own may lie outside of the range.
  'ENDPOINT_UNPLANNED',
])

/** The same pins again when nothing can be added. `joined`: names of networks that have endpoints. */
function pinAlso(pins: Pins, differences: readonly Difference[], joined: ReadonlySet<string>): Pins {
  const next = {
    ordered: pins.ordered,
    commanded: new Set(pins.commanded),
    gateways: new Set(pins.gateways),
    addresses: new Set(pins.addresses),
    macs: new Set(pins.macs),
  }
  const rerouted = new Set(differences.filter(({ code }) => REROUTED.has(code)).map(({ network }) => network))
  const moved = new Set(
    differences
      .filter(({ code }) => MOVED.has(code) && code !== 'IPV6_DIFFERS')
      .map(({ network }) => network),
  )
  for (const { code, network, endpoint } of differences) {
    // Not there: no service joins it, or it is refused without its own gateway. The likelier is tried first.
    if (code === 'NETWORK_UNPLANNED') {
      const [first, second] = joined.has(network)
        ? ([next.gateways, next.commanded] as const)
        : ([next.commanded, next.gateways] as const)
      if (!first.has(network)) first.add(network)
      else if (!second.has(network)) second.add(network)
      else next.ordered = true
    } else if (REROUTED.has(code)) next.gateways.add(network)
    // One pinned address moves the others, so all of a network are written; but first its gateway must be right.
    else if (MOVED.has(code) && !rerouted.has(network)) next.addresses.add(network)
    // A MAC follows from its IPv4 address, so it is looked at only once that is right.
    else if (code === 'MAC_DIFFERS' && !moved.has(network)) next.macs.add(`${network} ${endpoint}`)
  }
  const size = ({ ordered, commanded, gateways, addresses, macs }: Pins): number =>
    Number(ordered) + commanded.size + gateways.size + addresses.size + macs.size
  return size(next) > size(pins) ? next : pins
}
