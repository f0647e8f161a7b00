import type { Problem } from '../problem/problem.ts'
import type { Plan, PlanContainer, PlanNetwork, PlanService } from './plan.ts'

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
  const { driver, scope, host, subnets, gateways, internal, attachable, ipv6, vni, certainty } = network
  return {
    driver,
    scope,
    host,
    subnets,
    gateways,
    ipRanges: network.ipRanges.filter((range) => range !== ''),
    auxAddresses: objectOf(network.auxAddresses, (address) => address),
    internal,
    attachable,
    ipv6,
    vni,
    ...(network.vniCertainty === 'one-of-several' ? { vniCertainty: network.vniCertainty } : {}),
    certainty,
    endpoints: objectOf(network.endpoints, (endpoint) => ({
      ipv4: endpoint.ipv4,
      ipv6: endpoint.ipv6,
      mac: endpoint.mac,
      certainty: endpoint.certainty,
      ...(endpoint.pin === '' ? {} : { pin: endpoint.pin }),
    })),
  }
}

function containerJson(container: PlanContainer): object {
  return {
    host: container.host,
    state: container.state,
    endpoints: objectOf(container.endpoints, (attachment) => ({
      interface: attachment.interface,
      interfaceCertainty: attachment.interfaceCertainty,
      ipv4: attachment.ipv4,
      ipv6: attachment.ipv6,
      mac: attachment.mac,
      gateway: attachment.gateway,
      gateway6: attachment.gateway6,
    })),
    defaultRoute: container.defaultRoute ?? container.defaultRoute6,
    ports: container.ports
      .filter((port) => port.host !== '')
      .map(({ host, container: target }) => ({ host, container: target })),
    dns: container.dns,
  }
}

function serviceJson({ vips, vipCertainty, ports, tasks }: PlanService): object {
  return {
    vips: objectOf(vips, (address) => address),
    vipCertainty: objectOf(vipCertainty, (certainty) => certainty),
    ports,
    tasks,
  }
}
