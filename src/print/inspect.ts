/** `docker network inspect`: the parts that a network's plan decides. Ids are placeholders. */
import type { Plan, PlanEndpoint, PlanNetwork } from '../plan/plan.ts'
import { rulesOf } from '../rules/index.ts'
import type { Topology } from '../topology/topology.ts'

/** @param host whose engine is asked; it knows the endpoints on this host alone, of an overlay too. */
export function networkInspect(plan: Plan, network: PlanNetwork, host: string, topology: Topology): string {
  const containers = [...network.endpoints.values()]
    .filter((endpoint) => endpoint.host === host)
    .map((endpoint) => [
      idOf(network, endpoint),
      {
        Name: endpoint.kind === 'load-balancer' ? `${network.name}-endpoint` : endpoint.name,
        MacAddress: endpoint.mac === '' ? '<random>' : endpoint.mac,
        IPv4Address: endpoint.ipv4,
        IPv6Address: endpoint.ipv6,
      },
    ])
  const inspect = [
    {
      Name: network.name,
      Scope: network.scope === 'host' ? 'local' : network.scope,
      Driver: network.driver,
      ...(rulesOf(plan.engine).inspectShowsIpv4 ? { EnableIPv4: true } : {}),
      EnableIPv6: network.ipv6,
      IPAM: {
        Driver: 'default',
        Config: network.subnets.map((_, i) => subnetConfig(plan, network, topology, i)),
      },
      Internal: network.internal,
      Attachable: network.attachable,
      Ingress: network.ingress,
      Containers: Object.fromEntries(containers),
      Options: Object.fromEntries([
        ...network.options,
        ...(network.vni.length === 0
          ? []
          : [['com.docker.network.driver.overlay.vxlanid_list', network.vni.join(',')]]),
      ]),
    },
  ]
  return JSON.stringify(inspect, null, 4)
}

const idOf = (network: PlanNetwork, { kind, name }: PlanEndpoint): string =>
  kind === 'load-balancer' ? `lb-${network.name}` : `<id of ${name}>`

function subnetConfig(plan: Plan, network: PlanNetwork, topology: Topology, index: number): object {
  const range = network.ipRanges[index] ?? ''
  const gateway = shownGateway(plan, network, topology, index)
  return {
    Subnet: network.subnets[index] ?? '',
    ...(range === '' ? {} : { IPRange: range }),
    ...(gateway === '' ? {} : { Gateway: gateway }),
    ...(network.auxAddresses.size === 0 || index > 0
      ? {}
      : { AuxiliaryAddresses: Object.fromEntries(network.auxAddresses) }),
  }
}

/**
 * The engine prints a gateway that was given or came with an automatic pool, but not the one it added to a given
 * subnet (moby `daemon/network.go: buildIPAMResources`).
 */
function shownGateway(plan: Plan, network: PlanNetwork, topology: Topology, index: number): string {
  const gateway = network.gateways[index] ?? ''
  if (network.scope === 'swarm' || gateway === '') return gateway
  if (network.name === 'bridge') return rulesOf(plan.engine).inspectShowsDefaultGateway ? gateway : ''
  if (network.certainty === 'declared') {
    const inServices = [...topology.networks.values()].some((entry) =>
      entry.ipam.some((item) => item.gateway?.value === gateway),
    )
    const typed = plan.steps.some(
      (step) => step.command.includes('--gateway') && step.command.split(/[\s=,]+/).includes(gateway),
    )
    return inServices || typed ? gateway : ''
  }
  const v6 = gateway.includes(':')
  return v6 && rulesOf(plan.engine).inspectShowsIpv6GatewayLength
    ? `${gateway}/${network.subnets[index]?.split('/')[1] ?? ''}`
    : gateway
}
