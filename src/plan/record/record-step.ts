/** Records what is done, and tells the author where it fails. */

import type { Operation, Refusal } from '../../engine/operation.ts'
import type { Span } from '../../problem/problem.ts'
import { otherSide, programSays, say, worded } from '../../problem/say.ts'
import { adviseOn } from '../advice/advice.ts'
import { followsStartFault } from '../advice/start-fault.ts'
import { forgetCause, isTold, noteCause } from '../session/causes.ts'
import type { Session } from '../session/session.ts'
import { isLimitOfOurs, planStep, type Step } from '../step.ts'

/** Records a step; a failure nobody marked as meant is a problem of the author's. */
export function recordStep(session: Session, step: Step): void {
  session.steps.push(planStep(step))
  const { refusal, expected } = step
  if (refusal === null) {
    forgetCause(session.causes, step)
    return
  }
  if (expected && !isLimitOfOurs(refusal.code)) return
  if (followsStartFault(session, step.host, refusal)) return
  for (const one of [refusal, ...(refusal.also ?? [])]) {
    const { hint, related } = adviseOn(session, step, one)
    const { span, asked } = placesOf(step, one)
    if (isTold(session.causes, step, one, span)) continue
    const further = noteCause(session.causes, step, one)
    further.push(...(asked === null ? [] : [otherSide(say`asked for here`, asked)]), ...related)
    session.report({
      code: one.code,
      severity: 'error',
      ...worded(one.ours ?? programSays(one.code, oneLine(one.message)), one.hint ?? hint),
      span,
      related: further,
    })
  }
}

/**
 * What a container asks for may have been written in an earlier command than the one that starts it: then the fault is
 * where it comes out, and `asked` tells what it comes from.
 */
function placesOf({ span, op }: Step, { at }: Refusal): { readonly span: Span; readonly asked: Span | null } {
  const own = span ?? { start: 0, end: 0 }
  if (at === undefined) return { span: own, asked: null }
  const isInside = span !== null && span.start <= at.start && at.end <= span.end
  const isElsewhere = op !== undefined && !FRONT_ENDS.has(op) && !isInside
  return isElsewhere ? { span: own, asked: at } : { span: at, asked: null }
}

/** Commands that do what a compose file says. */
const FRONT_ENDS: ReadonlySet<Operation['op']> = new Set([
  'compose-up',
  'compose-down',
  'stack-deploy',
  'stack-rm',
])

/** An engine's list of faults on one line. */
export function oneLine(message: string): string {
  return message.replace(/:\n\*? ?/g, ': ').replace(/\n\*? ?/g, '; ')
}
