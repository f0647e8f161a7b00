/** A packet comes in at a container. */
import type { PlanContainer, PlanNetwork } from '../plan/plan.ts'
import { answerVerdict } from './filter.ts'
import { isClosed } from './listen.ts'
import { deliver, drop, type End, inContainer, type Walk } from './walk.ts'
import { endpointAt, socket } from './world.ts'

/** @param container one with a sandbox of its own. */
export function receive(
  walk: Walk,
  container: PlanContainer,
  network: PlanNetwork,
  address: string,
  port: number | null,
): End {
  const place = inContainer(container, network.key)
  const subject = socket(address, port)
  if (isClosed(walk.plan, container, port, walk.protocol))
    return drop(walk, place, 'not-listening', subject, container.name)
  const end = deliver(walk, place, subject, endpointAt(network, address)?.mac ?? '')
  const verdict = answerVerdict(walk, container, network)
  return verdict === null ? end : drop(walk, place, verdict.reason, subject, verdict.other, verdict.rule)
}
