import type { ComposeAction, ComposeDown, ComposeRun, ComposeUp, Refusal } from '../../engine/operation.ts'
import type { Problem } from '../../problem/problem.ts'
import type { Topology } from '../../topology/topology.ts'

/** Problems of a block that compose finds later, or words by itself in `compose-check.ts`. */
const LATER = ['INVALID_ADDRESS', 'INVALID_NAME']

/**
 * Why compose cannot read the block's services and networks at all, in its own words; `null` when it can.
 *
 * @param isKnown Whether keys that are not known are those of a newer compose, which is the one that is there.
 * @see compose-go `schema/`, `loader/`; docker-compose 1.29 `config/validation.py`
 */
export function composeFileRefusal(
  topology: Topology,
  operation: ComposeUp | ComposeDown | ComposeAction | ComposeRun,
  isKnown: boolean,
): Refusal | null {
  for (const problem of topology.composeProblems) {
    if (LATER.includes(problem.code) || (isKnown && problem.code === 'KEY_PASSED_OVER')) continue
    // docker-compose 1 looks at ports only when it creates the container.
    if (problem.code === 'INVALID_PORT' && operation.version === 1 && operation.op === 'compose-down')
      continue
    return {
      code: problem.code === 'KEY_PASSED_OVER' ? 'UNKNOWN_KEY' : problem.code,
      message: wording(topology, problem, operation.version),
      at: problem.span,
    }
  }
  return null
}

function wording({ rules }: Topology, { message, about }: Problem, version: 1 | 2): string {
  if (about?.service !== undefined && about.key !== undefined) {
    return version === 1
      ? `Unsupported config option for services.${about.service}: '${about.key}'`
      : rules.say.additionalKey(`services.${about.service}`, about.key)
  }
  return about?.port !== undefined && version === 1 ? `invalid port specification: "${about.port}"` : message
}
