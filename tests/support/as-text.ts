/** A plan in the texts that engines print and recordings have, for tests that compare with those. */
import { addressText, formatCidr, formatPrefix, formatSocket } from '../../src/net/index.ts'
import { addressesOf, certaintyOf, pinOf } from '../../src/plan/certainty.ts'
import type {
  Plan,
  PlanAttachment,
  PlanContainer,
  PlanEndpoint,
  PlanNetwork,
  PlanRoute,
  PlanService,
} from '../../src/plan/plan.ts'

export type TextPlan = ReturnType<typeof asText>
export type TextNetwork = ReturnType<typeof networkAsText>
export type TextAttachment = ReturnType<typeof attachmentAsText>

export function asText(plan: Plan) {
  return {
    ...plan,
    hosts: plan.hosts.map((host) => ({ ...host, address: formatCidr(host.address) })),
    underlay: {
      ...plan.underlay,
      subnet: plan.underlay.subnet === null ? '' : formatPrefix(plan.underlay.subnet),
    },
    networks: mapOf(plan.networks, networkAsText),
    containers: mapOf(plan.containers, containerAsText),
    services: mapOf(plan.services, serviceAsText),
  }
}

/** Lists of a network have one text for each subnet, `''` for none. */
export function networkAsText(network: PlanNetwork) {
  const { subnets } = network
  return {
    ...network,
    subnets: subnets.map(formatCidr),
    gateways: subnets.map(({ gateway }) => addressText(gateway)),
    ipRanges: subnets.map(({ range }) => formatCidr(range)),
    auxAddresses: new Map(
      subnets.flatMap(({ aux }) => [...aux].map(([name, address]) => [name, addressText(address)] as const)),
    ),
    certainty: certaintyOf(subnets),
    pin: pinOf(subnets),
    endpoints: mapOf(network.endpoints, endpointAsText),
  }
}

export function endpointAsText(endpoint: PlanEndpoint) {
  return { ...endpoint, ...addressesAsText(endpoint) }
}

function addressesAsText({ ipv4, ipv6 }: Pick<PlanEndpoint, 'ipv4' | 'ipv6'>) {
  const both = addressesOf({ ipv4, ipv6 })
  return { ipv4: formatCidr(ipv4), ipv6: formatCidr(ipv6), certainty: certaintyOf(both), pin: pinOf(both) }
}

export function attachmentAsText(attachment: PlanAttachment) {
  const { gateway, gateway6 } = attachment
  return {
    ...attachment,
    ...addressesAsText(attachment),
    gateway: addressText(gateway),
    gateway6: addressText(gateway6),
  }
}

export function containerAsText(container: PlanContainer) {
  return {
    ...container,
    endpoints: mapOf(container.endpoints, attachmentAsText),
    defaultRoute: routeAsText(container.defaultRoute),
    defaultRoute6: routeAsText(container.defaultRoute6),
    ports: container.ports.map(({ ip, port, target, protocol, certainty }) => ({
      host: formatSocket(ip, port),
      container: `${target}/${protocol}`,
      certainty,
    })),
  }
}

const routeAsText = (route: PlanRoute | null) =>
  route === null ? null : { network: route.network, via: addressText(route.via) }

function serviceAsText(service: PlanService) {
  return {
    ...service,
    vips: mapOf(service.vips, formatCidr),
    vipCertainty: mapOf(service.vips, ({ certainty }) => certainty),
  }
}

function mapOf<From, To>(map: ReadonlyMap<string, From>, change: (value: From) => To): Map<string, To> {
  return new Map([...map].map(([key, value]) => [key, change(value)]))
}
