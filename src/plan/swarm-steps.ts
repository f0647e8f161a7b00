import type { NetworkCreate, Refusal, ServiceCreate } from '../engine/operation.ts'
import type { Span } from '../problem/problem.ts'
import type { Topology } from '../topology/topology.ts'
import type { PlanStep } from './plan.ts'
import { entryOf, networkEntryOf } from './swarm-stack.ts'

/** Making a network of a stack, as the command that does the same. */
export function networkStep(
  topology: Topology,
  stack: string,
  host: string,
  request: NetworkCreate,
  refusal: Refusal | null,
): PlanStep {
  const entry = networkEntryOf(topology, stack, request.name)
  return step(host, networkCommand(request), refusal, entry?.span ?? null)
}

/** Making a service of a stack, as the command that does the same. */
export function serviceStep(
  topology: Topology,
  stack: string,
  host: string,
  spec: ServiceCreate,
  refusal: Refusal | null,
): PlanStep {
  return step(host, serviceCommand(spec), refusal, entryOf(topology, stack, spec.name)?.span ?? null)
}

function step(host: string, command: string, refusal: Refusal | null, span: Span | null): PlanStep {
  const error = refusal === null ? null : { code: refusal.code, message: refusal.message }
  return { host, command, ok: refusal === null, error, expected: false, span }
}

function networkCommand(request: NetworkCreate): string {
  return [
    `docker network create -d ${request.driver}`,
    ...request.subnets.flatMap((s) => [
      ...flag('--subnet', s.subnet),
      ...flag('--ip-range', s.ipRange),
      ...flag('--gateway', s.gateway),
    ]),
    ...(request.internal ? ['--internal'] : []),
    ...(request.attachable ? ['--attachable'] : []),
    ...[...request.options].map(([key, value]) => `--opt ${key}=${value}`),
    request.name,
  ].join(' ')
}

function flag(name: string, value: string): readonly string[] {
  return value === '' ? [] : [`${name} ${value}`]
}

function serviceCommand(spec: ServiceCreate): string {
  return [
    `docker service create --name ${spec.name}`,
    ...(spec.mode === 'global'
      ? ['--mode global']
      : spec.replicas === 1
        ? []
        : [`--replicas ${spec.replicas}`]),
    ...(spec.endpointMode === 'dnsrr' ? ['--endpoint-mode dnsrr'] : []),
    ...spec.networks.map((n) => `--network ${n.network}`),
    ...spec.ports.map(portFlag),
    ...spec.constraints.map((c) => `--constraint ${JSON.stringify(c)}`),
    ...flag('--hostname', spec.hostname),
    spec.image === '' ? 'IMAGE' : spec.image,
  ].join(' ')
}

function portFlag({ published, target, protocol, mode }: ServiceCreate['ports'][number]): string {
  const fields = [
    ...(published === null ? [] : [`published=${published}`]),
    `target=${target}`,
    ...(protocol === 'tcp' ? [] : [`protocol=${protocol}`]),
    ...(mode === 'ingress' ? [] : [`mode=${mode}`]),
  ]
  return `--publish ${fields.join(',')}`
}
