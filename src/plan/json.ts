import { addressText, formatCidr, formatSocket } from '../net/index.ts'
import type { Problem } from '../problem/problem.ts'
import { certaintyOf, pinOf } from './certainty.ts'
import type {
  Plan,
  PlanAddress,
  PlanContainer,
  PlanEndpoint,
  PlanNetwork,
  PlanRoute,
  PlanService,
} from './plan.ts'

/** A problem as `plan --json` prints it; `span` are offsets into the block. */
type ProblemJson = Pick<Problem, 'code' | 'severity' | 'message' | 'hint' | 'span'>

/**
 * The plan in the fixed form of `docker-network plan --json`. Absent addresses are `''`.
 *
 * @param plan `null` when the block could not be read: then there are only problems.
 */
export function planJson(plan: Plan | null, problems: readonly Problem[]): object {
  const list = problems.map(
    ({ code, severity, message, hint, span }): ProblemJson => ({ code, severity, message, hint, span }),
  )
  if (plan === null) {
    return { engine: '', networks: {}, containers: {}, services: {}, steps: [], problems: list }
  }
  return {
    engine: plan.engine,
    networks: objectOf(plan.networks, networkJson),
    containers: objectOf(plan.containers, containerJson),
    services: objectOf(plan.services, serviceJson),
    steps: plan.steps.map(({ host, command, ok, error, expected }) => ({
      host,
      command,
      ok,
      error,
      expected,
    })),
    problems: list,
  }
}

/** An object with the author's keys, `__proto__` among them, as properties of its own. */
function objectOf<T>(map: ReadonlyMap<string, T>, json: (value: T) => unknown): object {
  return Object.fromEntries([...map].map(([key, value]) => [key, json(value)]))
}

function networkJson(network: PlanNetwork): object {
  const { driver, scope, host, subnets, internal, attachable, ipv6, vni } = network
  const certainties = subnets.map(({ certainty }) => certainty)
  return {
    driver,
    scope,
    host,
    subnets: subnets.map(formatCidr),
    gateways: subnets.map(({ gateway }) => addressText(gateway)),
    ipRanges: subnets.flatMap(({ range }) => (range === null ? [] : [formatCidr(range)])),
    auxAddresses: objectOf(new Map(subnets.flatMap(({ aux }) => [...aux])), addressText),
    internal,
    attachable,
    ipv6,
    vni,
    ...(network.vniCertainty === 'one-of-several' ? { vniCertainty: network.vniCertainty } : {}),
    certainty: certaintyOf(subnets),
    ...(new Set(certainties).size > 1 ? { subnetCertainty: certainties } : {}),
    endpoints: objectOf(network.endpoints, endpointJson),
  }
}

function endpointJson({ ipv4, ipv6, mac }: PlanEndpoint): object {
  const both = [ipv4, ipv6]
  const pin = pinOf(both)
  return {
    ipv4: formatCidr(ipv4),
    ipv6: formatCidr(ipv6),
    mac,
    certainty: certaintyOf(both),
    ...certaintyOfEach(ipv4, ipv6),
    ...(pin === '' ? {} : { pin }),
  }
}

/** Beside the one of both, where they are not alike. */
function certaintyOfEach(ipv4: PlanAddress | null, ipv6: PlanAddress | null): object {
  if (ipv4 === null || ipv6 === null || ipv4.certainty === ipv6.certainty) return {}
  return { ipv4Certainty: ipv4.certainty, ipv6Certainty: ipv6.certainty }
}

function routeJson(route: PlanRoute | null): object | null {
  return route === null ? null : { network: route.network, via: addressText(route.via) }
}

function containerJson(container: PlanContainer): object {
  return {
    host: container.host,
    state: container.state,
    ...(container.sandboxLost ? { sandboxLost: true } : {}),
    endpoints: objectOf(container.endpoints, (attachment) => ({
      interface: attachment.interface,
      interfaceCertainty: attachment.interfaceCertainty,
      ipv4: formatCidr(attachment.ipv4),
      ipv6: formatCidr(attachment.ipv6),
      mac: attachment.mac,
      gateway: addressText(attachment.gateway),
      gateway6: addressText(attachment.gateway6),
    })),
    defaultRoute: routeJson(container.defaultRoute ?? container.defaultRoute6),
    ports: container.ports.map((port) => ({
      host: formatSocket(port.ip, port.port),
      container: `${port.target}/${port.protocol}`,
      ...(port.certainty === 'one-of-several' ? { certainty: port.certainty } : {}),
    })),
    dns: container.dns,
  }
}

function serviceJson({ vips, ports, tasks }: PlanService): object {
  return {
    vips: objectOf(vips, formatCidr),
    vipCertainty: objectOf(vips, ({ certainty }) => certainty),
    ports: ports.map(({ certainty, ...port }) =>
      certainty === 'one-of-several' ? { ...port, certainty } : port,
    ),
    tasks,
  }
}
