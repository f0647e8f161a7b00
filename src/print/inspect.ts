/** `docker network inspect`: the parts that a network's plan decides. Ids are placeholders. */
import { formatAddress, formatCidr } from '../net/index.ts'
import type { Plan, PlanEndpoint, PlanNetwork, PlanSubnet } from '../plan/plan.ts'

/** @param host whose engine is asked; it knows the endpoints on this host alone, of an overlay too. */
export function networkInspect(plan: Plan, network: PlanNetwork, host: string): string {
  const containers = [...network.endpoints.values()]
    .filter((endpoint) => endpoint.host === host)
    .map((endpoint) => [
      idOf(network, endpoint),
      {
        Name: nameOf(network, endpoint),
        MacAddress: endpoint.mac === '' ? '<random>' : endpoint.mac,
        IPv4Address: formatCidr(endpoint.ipv4),
        IPv6Address: formatCidr(endpoint.ipv6),
      },
    ])
  const inspect = [
    {
      Name: network.name,
      Scope: network.scope === 'host' ? 'local' : network.scope,
      Driver: network.driver,
      ...(plan.rules.inspectShowsIpv4 ? { EnableIPv4: network.ipv4 } : {}),
      EnableIPv6: network.ipv6,
      IPAM: {
        Driver: 'default',
        Config: network.subnets.map((subnet) => subnetConfig(plan, network, subnet)),
      },
      Internal: network.internal,
      Attachable: network.attachable,
      Ingress: network.ingress,
      Containers: Object.fromEntries(containers),
      Options: Object.fromEntries([
        ...(network.name === 'bridge' ? defaultBridgeOptions(network) : []),
        ...network.options,
        ...(network.vni.length === 0
          ? []
          : [['com.docker.network.driver.overlay.vxlanid_list', network.vni.join(',')]]),
      ]),
    },
  ]
  return JSON.stringify(inspect, null, 4)
}

/** What the engine writes out of its own bridge. @see moby `daemon/daemon_unix.go: initBridgeDriver` */
function defaultBridgeOptions({ policy }: PlanNetwork): readonly (readonly [string, string])[] {
  const { icc, hostBinding, ipv4 } = policy
  return [
    ['com.docker.network.bridge.default_bridge', 'true'],
    ['com.docker.network.bridge.enable_icc', String(icc)],
    ['com.docker.network.bridge.enable_ip_masquerade', String(ipv4.source !== null)],
    [
      'com.docker.network.bridge.host_binding_ipv4',
      hostBinding === null ? '0.0.0.0' : formatAddress(hostBinding),
    ],
    ['com.docker.network.bridge.name', 'docker0'],
    ['com.docker.network.driver.mtu', '1500'],
  ]
}

/** The endpoint of a container on docker_gwbridge is called by the id of its sandbox, and a task by its own: both are random. */
function nameOf(network: PlanNetwork, { kind, name }: PlanEndpoint): string {
  if (kind === 'load-balancer') return `${network.name}-endpoint`
  if (kind === 'task') return `${name}.<id>`
  return kind === 'gateway' && name !== 'gateway_ingress-sbox'
    ? `gateway_<id of ${name.slice('gateway_'.length)}>`
    : name
}

const idOf = (network: PlanNetwork, { kind, name }: PlanEndpoint): string =>
  kind === 'load-balancer'
    ? network.ingress
      ? 'ingress-sbox'
      : `lb-${network.name}`
    : name === 'gateway_ingress-sbox'
      ? 'ingress-sbox'
      : `<id of ${name}>`

function subnetConfig(plan: Plan, network: PlanNetwork, subnet: PlanSubnet): object {
  const gateway = shownGateway(plan, network, subnet)
  const aux = [...subnet.aux].map(([name, address]) => [name, formatAddress(address)])
  return {
    Subnet: formatCidr(subnet),
    ...(subnet.range === null ? {} : { IPRange: formatCidr(subnet.range) }),
    ...(gateway === '' ? {} : { Gateway: gateway }),
    ...(aux.length === 0 ? {} : { AuxiliaryAddresses: Object.fromEntries(aux) }),
  }
}

/**
 * A gateway that was given or came with an automatic pool is printed, but in some releases not the one that the engine
 * added to a given subnet.
 */
function shownGateway(plan: Plan, { name, scope }: PlanNetwork, subnet: PlanSubnet): string {
  const { gateway, gatewayGiven, given } = subnet
  if (gateway === null) return ''
  const rules = plan.rules
  const text = formatAddress(gateway)
  if (scope === 'swarm') return text
  if (name === 'bridge') return rules.inspectShowsDefaultGateway ? text : ''
  if (given) return gatewayGiven || rules.inspectShowsAddedGateway ? text : ''
  const isLong = gateway.family === 6 && !gatewayGiven && rules.inspectShowsIpv6GatewayLength
  return isLong ? `${text}/${subnet.length}` : text
}
