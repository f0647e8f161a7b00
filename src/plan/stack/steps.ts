import { formatNetworkCreate, formatServiceCreate } from '../../command/format.ts'
import type { NetworkCreate, Refusal, ServiceCreate } from '../../engine/operation.ts'
import type { Span } from '../../problem/problem.ts'
import type { Topology } from '../../topology/topology.ts'
import type { Step } from '../step.ts'
import { entryOf, networkEntryOf } from './stack.ts'

/** Making a network of a stack, as the command that does the same. */
export function networkStep(
  topology: Topology,
  stack: string,
  host: string,
  request: NetworkCreate,
  refusal: Refusal | null,
): Step {
  const entry = networkEntryOf(topology, stack, request.name)
  return step(host, formatNetworkCreate(request), refusal, entry?.span ?? null)
}

/** Making a service of a stack, as the command that does the same. */
export function serviceStep(
  topology: Topology,
  stack: string,
  host: string,
  spec: ServiceCreate,
  refusal: Refusal | null,
): Step {
  return step(host, formatServiceCreate(spec), refusal, entryOf(topology, stack, spec.name)?.span ?? null)
}

function step(host: string, command: string, refusal: Refusal | null, span: Span | null): Step {
  return { host, command, refusal, expected: false, span }
}
