/** Blocks planned for laws: what is read from one plan says the same everywhere. */
import type { Plan } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import { printModel } from '../../src/print/print.ts'
import { readTopology } from '../../src/topology/read.ts'
import type { Topology } from '../../src/topology/topology.ts'

export interface Made {
  readonly plan: Plan
  readonly topology: Topology
}

export function made(block: string): Made {
  const topology = readTopology(block, () => {})
  if (topology === null) throw new Error(block)
  return { topology, plan: planNetworks(topology, () => {}) }
}

export function print({ plan, topology }: Made, kind: string, argument = ''): string {
  const printed = printModel(kind, argument, plan, topology)
  if (!printed.ok) throw new Error(printed.message)
  return printed.text
}
