import { formatPrefix } from '../../net/index.ts'
import type { Span } from '../../problem/problem.ts'
import { type Allocation, type Cluster, type Overlay, PIN_SUBNET } from '../../swarm/index.ts'
import type { NetworkEntry, Topology } from '../../topology/topology.ts'
import { DEFAULT_NETWORK } from '../project/project.ts'
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

const stackNamesOf = ({ name }: Topology, { stacks }: Written): ReadonlySet<string> =>
  new Set(['', name?.value ?? '', ...stacks.values()])

/** The entry a network of a stack comes from, or `null`. */
export function networkEntry(topology: Topology, written: Written, name: string): NetworkEntry | null {
  for (const stack of stackNamesOf(topology, written)) {
    const entry = networkEntryOf(topology, stack, name)
    if (entry !== null) return entry
  }
  return null
}

/** What to write so that a network of a stack keeps the subnets it has here. */
export function subnetPin(topology: Topology, written: Written, { name, state }: Overlay): string {
  const isDefault = [...stackNamesOf(topology, written)].some(
    (stack) => name === `${stack}_${DEFAULT_NETWORK}`,
  )
  const key = networkEntry(topology, written, name)?.key ?? (isDefault ? DEFAULT_NETWORK : name)
  const config = (state?.subnets ?? []).map(
    ({ lease }) => `{ subnet: ${JSON.stringify(formatPrefix(lease.subnet))} }`,
  )
  return `networks.${key}.ipam.config: [${config.join(', ')}]`
}

/** The allocation, with what pins its network where that is what its address depends on. */
export function withPin(
  topology: Topology,
  written: Written,
  cluster: Cluster,
  allocation: Allocation,
): Allocation {
  const overlay = cluster.overlays.get(allocation.network)
  if (allocation.pin !== PIN_SUBNET || overlay === undefined) return allocation
  return { ...allocation, pin: subnetPin(topology, written, overlay) }
}
