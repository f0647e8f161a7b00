/** Compares what a plan promises with what an engine has. */
import { formatNetworkDisconnect, formatNetworkRemove } from '../command/format.ts'
import { addressText, formatCidr } from '../net/index.ts'
import { pinOf } from '../plan/certainty.ts'
import type { Plan, PlanEndpoint, PlanNetwork } from '../plan/plan.ts'
import { creatable, createCommand, inspected, reconnectAdvice } from './advice.ts'
import { verifyContainers } from './containers.ts'
import { type About, type Difference, differ, different } from './difference.ts'
import type { Inspected, InspectedNetwork } from './inspect.ts'
import { absentAdvice, joinCommand } from './missing.ts'
import { isOnHost, type NamedEngine, type NamedNetwork, nameEngine } from './names.ts'
import { verifyOptions as verifyDriverOptions } from './settings.ts'

export interface VerifyOptions {
  /** The host of the plan whose engine was asked. @default the first */
  readonly host?: string
  /** Whether `inspected` holds all networks of the engine, so that Docker's own may not be missing. @default false */
  readonly complete?: boolean
}

/**
 * What differs between a plan and an engine, in the plan's order; empty when all is as planned.
 *
 * Containers are compared only where `inspected` has any (`docker inspect`); MACs only where Docker's rules
 * determine them.
 */
export function verifyPlan(plan: Plan, inspected: Inspected, options: VerifyOptions = {}): Difference[] {
  const host = options.host ?? plan.hosts[0]?.name ?? ''
  const engine = nameEngine(plan, inspected, host)
  const planned = [...plan.networks.values()].filter((network) => isOnHost(network, host))
  return [
    ...planned.flatMap((network) => verifyNetwork(plan, network, engine, options.complete ?? false)),
    ...engine.others.filter(isOfInterest).map(unplannedNetwork),
    ...(inspected.containers.length === 0 ? [] : verifyContainers(plan, engine)),
  ]
}

/** `host` and `none` are on every engine and have no addresses. */
const isOfInterest = (network: InspectedNetwork): boolean => !['host', 'null'].includes(network.driver)

const unplannedNetwork = ({ name, ipam }: InspectedNetwork): Difference =>
  different(
    'NETWORK_UNPLANNED',
    { network: name, endpoint: '' },
    '',
    ipam.map(({ subnet }) => subnet).join(', '),
    `remove it (docker network rm ${name}), or declare it: its subnets are taken from the default pools`,
    'note',
  )

function verifyNetwork(
  plan: Plan,
  network: PlanNetwork,
  engine: NamedEngine,
  complete: boolean,
): Difference[] {
  const about = { network: network.key, endpoint: '' }
  const named = engine.networks.get(network.key)
  if (named === undefined) {
    if (network.span === null && !complete) return []
    const advice = `create it: ${createCommand(creatable(network))}`
    return [different('NETWORK_MISSING', about, network.subnets.map(formatCidr).join(', '), '', advice)]
  }
  const found = named.network
  const recreate = recreateAdvice(plan, network, named)
  return [
    ...differ('DRIVER_DIFFERS', about, network.driver, found.driver, recreate),
    ...verifyIpam(network, found, recreate),
    ...verifyDriverOptions(network, found, recreate),
    ...differ('FLAG_DIFFERS', about, flagsOf(network), flagsOf(found), recreate),
    ...verifyEndpoints(plan, network, named, engine),
  ]
}

/** A network is removed only when nobody is on it. */
function recreateAdvice(
  plan: Plan,
  network: PlanNetwork,
  { network: { name }, endpoints }: NamedNetwork,
): string {
  const joined = [...endpoints].flatMap(([key, { name: real }]) => {
    const container = plan.containers.get(network.endpoints.get(key)?.container ?? key)
    return container === undefined ? [] : [{ real, container }]
  })
  const lines = [
    ...joined.map(({ real }) => formatNetworkDisconnect(name, real)),
    formatNetworkRemove(name),
    createCommand({ ...creatable(network), name }),
    ...joined.flatMap(({ real, container }) => joinCommand(plan, network, container, name, real) ?? []),
  ]
  return `on the engine: ${lines.join(', then ')}`
}

function verifyIpam(network: PlanNetwork, found: InspectedNetwork, recreate: string): Difference[] {
  const about = { network: network.key, endpoint: '' }
  const planned = network.subnets.map(formatCidr).sort().join(', ')
  const real = found.ipam
    .map(({ subnet }) => subnet)
    .sort()
    .join(', ')
  if (planned !== real) {
    const pin = pinOf(network.subnets)
    const chance = pin === '' ? '' : ` (Docker leaves it to chance; ${pin})`
    const advice = `in the block: subnet: ${real} under networks.${network.key}.ipam.config; or ${recreate}${chance}`
    return [different('SUBNETS_DIFFER', about, planned, real, advice)]
  }
  const bySubnet = found.ipam.flatMap(({ subnet, gateway, ipRange }) => {
    // Which of an author's subnets comes first depends on the release and on what was left to Docker.
    const own = network.subnets.find((one) => formatCidr(one) === subnet)
    const plannedGateway = addressText(own?.gateway)
    const range = formatCidr(own?.range ?? null)
    return [
      // An author's subnet without gateway has one all the same, which is not printed; an IPv6 subnet of a
      // network without IPv6 has none, and one may be printed.
      ...(gateway === '' || (subnet.includes(':') && !network.ipv6)
        ? []
        : differ('GATEWAY_DIFFERS', about, plannedGateway, gateway, `in the block: gateway: ${gateway}`)),
      ...differ('IP_RANGE_DIFFERS', about, range, ipRange, `in the block: ip_range: ${ipRange}`),
    ]
  })
  const aux = textOfMap(new Map(found.ipam.flatMap(({ auxAddresses }) => [...auxAddresses])))
  const plannedAux = new Map(network.subnets.flatMap((subnet) => [...inspected(subnet).auxAddresses]))
  const advice = `in the block: aux_addresses: ${aux}`
  return [...bySubnet, ...differ('AUX_ADDRESSES_DIFFER', about, textOfMap(plannedAux), aux, advice)]
}

const textOfMap = (map: ReadonlyMap<string, string>): string =>
  [...map]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(', ')

const flagsOf = (network: {
  readonly internal: boolean
  readonly attachable: boolean
  readonly ipv6: boolean
}): string =>
  [network.internal && 'internal', network.attachable && 'attachable', network.ipv6 && 'IPv6']
    .filter((flag) => flag !== false)
    .join(', ')

function verifyEndpoints(
  plan: Plan,
  network: PlanNetwork,
  named: NamedNetwork,
  engine: NamedEngine,
): Difference[] {
  const { host } = engine
  const planned = [...network.endpoints.values()].filter((endpoint) => endpoint.host === host)
  const names = new Set(planned.map(({ name }) => name))
  const unplanned = [...named.endpoints].filter(([name]) => !names.has(name))
  return [
    ...planned.flatMap((endpoint) => verifyEndpoint(plan, network, endpoint, named, engine)),
    ...unplanned.map(([name, endpoint]) =>
      different(
        'ENDPOINT_UNPLANNED',
        { network: network.key, endpoint: name },
        '',
        addressesOf(endpoint),
        `declare ${name} in the block; or on the engine: docker network disconnect ${named.network.name} ${endpoint.name}`,
      ),
    ),
  ]
}

const addressesOf = (endpoint: { readonly ipv4: string; readonly ipv6: string }): string =>
  [endpoint.ipv4, endpoint.ipv6].filter((address) => address !== '').join(', ')

function verifyEndpoint(
  plan: Plan,
  network: PlanNetwork,
  endpoint: PlanEndpoint,
  named: NamedNetwork,
  engine: NamedEngine,
): Difference[] {
  const about: About = { network: network.key, endpoint: endpoint.name }
  const planned = { ipv4: formatCidr(endpoint.ipv4), ipv6: formatCidr(endpoint.ipv6) }
  const found = named.endpoints.get(endpoint.name)
  if (found === undefined) {
    const advice = absentAdvice(plan, network, endpoint, engine)
    return [different('ENDPOINT_MISSING', about, addressesOf(planned), '', advice)]
  }
  const advice = reconnectAdvice(network, endpoint, found)
  return [
    ...differ('IPV4_DIFFERS', about, planned.ipv4, found.ipv4, advice),
    ...differ('IPV6_DIFFERS', about, planned.ipv6, found.ipv6, advice),
    ...(endpoint.mac === ''
      ? []
      : differ('MAC_DIFFERS', about, endpoint.mac, found.mac, `in the block: mac_address: ${found.mac}`)),
  ]
}
