import type { Span } from '../../problem/problem.ts'
import type { NetworkEntry, Topology } from '../../topology/topology.ts'
import { entryOf, networkEntryOf } from './stack.ts'

/** Where the things of a swarm were written. */
export interface Written {
  /** Name of the stack of each service that came from one, `''` for the block itself. */
  readonly stacks: Map<string, string>
  /** Services made by commands. */
  readonly services: Map<string, Span>
  /** Networks made by commands. */
  readonly networks: Map<string, Span>
}

export function serviceSpan(topology: Topology, written: Written, name: string): Span | null {
  const stack = written.stacks.get(name)
  const entry = stack === undefined ? null : entryOf(topology, stack, name)
  return written.services.get(name) ?? entry?.span ?? null
}

export function networkSpan(topology: Topology, written: Written, name: string): Span | null {
  return written.networks.get(name) ?? networkEntry(topology, written, name)?.span ?? null
}

/** The entry a network of a stack comes from, or `null`. */
export function networkEntry(topology: Topology, written: Written, name: string): NetworkEntry | null {
  for (const stack of new Set(['', topology.name?.value ?? '', ...written.stacks.values()])) {
    const entry = networkEntryOf(topology, stack, name)
    if (entry !== null) return entry
  }
  return null
}
