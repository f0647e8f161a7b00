/** `print=KIND[:ARGUMENT]`: a text made from a model in place of a figure. */

import type { Plan } from '../plan/plan.ts'
import { PRINT_KINDS, type Printed, printModel } from '../print/print.ts'
import { say, worded } from '../problem/say.ts'
import type { Topology } from '../topology/topology.ts'

/** The model's own commands as they were typed, the `from`th to the `to`th, which count from 1. */
const SCRIPT = 'script'

/** What a step changed, in words of the page's language. */
export const CHANGES = 'changes'

export interface PrintRange {
  readonly from: number | null
  readonly to: number | null
}

export function printBlock(wanted: string, plan: Plan, topology: Topology, range: PrintRange): Printed {
  const colon = wanted.indexOf(':')
  const kind = colon < 0 ? wanted : wanted.slice(0, colon)
  if (kind === SCRIPT) return script(topology, range)
  const printed = printModel(kind, colon < 0 ? '' : wanted.slice(colon + 1), plan, topology)
  if (printed.ok || Object.hasOwn(PRINT_KINDS, kind)) return printed
  return {
    ...printed,
    ...worded(
      printed.said.message,
      say`${printed.said.hint} Or ${SCRIPT}: the model's own commands; ${CHANGES}: what a step changed.`,
    ),
  }
}

function script(topology: Topology, { from, to }: PrintRange): Printed {
  const several = topology.hosts.length > 1
  const lines = topology.commands
    .slice(Math.max(0, (from ?? 1) - 1), to ?? undefined)
    .map(({ line: { text }, host }) => {
      const prompt = several ? `[${host?.value ?? topology.hosts[0]?.name ?? ''}] $` : '$'
      return `${prompt} ${text.trim()}`
    })
  if (lines.length > 0) return { ok: true, text: lines.join('\n'), language: 'console' }
  return {
    ok: false,
    code: 'UNKNOWN_PRINT',
    ...worded(
      say`The model has no commands ${from ?? 1} to ${to ?? topology.commands.length}`,
      say`It has ${topology.commands.length}; the first is 1.`,
    ),
  }
}
