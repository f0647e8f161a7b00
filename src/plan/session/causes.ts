/** One cause, one error: what fails because an earlier step has failed is told as a place of that one. */

import type { Operation, Refusal } from '../../engine/operation.ts'
import type { Span } from '../../problem/problem.ts'
import { type OtherSide, otherSide, say } from '../../problem/say.ts'
import type { Step } from '../step.ts'

/** Further places of a problem that has been reported. */
type Places = OtherSide[]
export type Causes = Map<string, Places>

const keyOf = (host: string, thing: string): string => `${host}\n${thing}`

/** What a command is to make: `network back`; empty for one that makes nothing by a name. */
export function madeBy(operations: readonly Operation[], line: string): readonly string[] {
  const made = operations.flatMap((operation) => {
    switch (operation.op) {
      case 'network-create':
        return [`network ${operation.name}`]
      case 'container-create':
        return operation.name === '' ? [] : [`container ${operation.name}`]
      case 'service-create':
        return operation.name === '' ? [] : [`service ${operation.name}`]
      default:
        return []
    }
  })
  if (made.length > 0) return made
  // The client has refused it before there was an operation.
  const network = /\bnetwork\s+create\s(?:.*\s)?(\S+)$/.exec(line)?.[1]
  const [, verb, name] = /\b(run|create)\s.*--name[= ](\S+)/.exec(line) ?? []
  if (network !== undefined) return [`network ${network}`]
  return verb === undefined || name === undefined
    ? []
    : [`${/\bservice\s+create\b/.test(line) ? 'service' : 'container'} ${name}`]
}

/** What a step could not find; `null` where that is not why it fails. */
function missing({ code, name, hint }: Refusal): string | null {
  if (name === undefined || hint !== undefined) return null
  if (code === 'NETWORK_NOT_FOUND') return `network ${name}`
  if (code === 'CONTAINER_NOT_FOUND') return `container ${name}`
  return code === 'SERVICE_NOT_FOUND' ? `service ${name}` : null
}

/** Whether a failure is told already, of the step that is to blame; then this one is told as a place of it. */
export function isTold(causes: Causes, { host }: Step, refusal: Refusal, span: Span): boolean {
  const thing = missing(refusal)
  const places = thing === null ? undefined : causes.get(keyOf(host, thing))
  places?.push(otherSide(say`fails for that reason`, span))
  return places !== undefined
}

/** @returns where further places of this failure go. */
export function noteCause(causes: Causes, { host, makes }: Step, refusal: Refusal): Places {
  const places: Places = []
  const thing = missing(refusal)
  for (const one of [...(makes ?? []), ...(thing === null ? [] : [thing])])
    causes.set(keyOf(host, one), places)
  return places
}

/** The thing is there now. */
export function forgetCause(causes: Causes, { host, makes }: Step): void {
  for (const one of makes ?? []) causes.delete(keyOf(host, one))
}
