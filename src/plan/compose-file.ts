import type { ComposeDown, ComposeUp, Refusal } from '../engine/operation.ts'
import type { Problem } from '../problem/problem.ts'
import type { Topology } from '../topology/topology.ts'

/** Problems of a block that compose finds later, or words by itself in `compose-check.ts`. */
const LATER = ['INVALID_ADDRESS', 'INVALID_NAME']

/**
 * Why compose cannot read the block's services and networks at all, in its own words; `null` when it can.
 *
 * @param isKnown Whether keys that are not known are those of a newer compose, which is the one that is there.
 * @see compose-go `schema/`, `loader/`; docker-compose 1.29 `config/validation.py`
 */
export function composeFileFault(
  topology: Topology,
  operation: ComposeUp | ComposeDown,
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
    }
  }
  return null
}

function wording({ rules }: Topology, { code, message }: Problem, version: 1 | 2): string {
  const key = /^Service "(.*)" has no key "(.*?)"(?:; it is passed over)?$/.exec(message)
  if ((code === 'UNKNOWN_KEY' || code === 'KEY_PASSED_OVER') && key !== null) {
    const [, service = '', name = ''] = key
    if (version === 1) return `Unsupported config option for services.${service}: '${name}'`
    return rules.say.additionalKey(`services.${service}`, name)
  }
  const port = /^Invalid hostPort: (.*)$/.exec(message)
  return port !== null && version === 1 ? `invalid port specification: "${port[1] ?? ''}"` : message
}
