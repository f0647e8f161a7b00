/** Commands and keys that would make a plan and an engine agree. */
import {
  formatContainerRun,
  formatNetworkConnect,
  formatNetworkCreate,
  formatNetworkDisconnect,
} from '../command/format.ts'
import { type ContainerCreate, NO_WISHES, PLAIN_NETWORK } from '../engine/operation.ts'
import { addressText, formatAddress, formatCidr, withoutLength } from '../net/index.ts'
import { pinOf } from '../plan/certainty.ts'
import type { PlanEndpoint, PlanNetwork, PlanSubnet } from '../plan/plan.ts'
import type { InspectedEndpoint, InspectedSubnet } from './inspect.ts'

/** A network as the client is told of it; texts are `''` where there is nothing to say. */
interface Creatable
  extends Pick<PlanNetwork, 'name' | 'driver' | 'internal' | 'attachable' | 'ipv6' | 'options'> {
  readonly ipam: readonly InspectedSubnet[]
}

export function creatable(network: PlanNetwork): Creatable {
  return { ...network, ipam: network.subnets.map(inspected) }
}

/** As `docker network inspect` would print it, with the gateway it really has. */
export function inspected(subnet: PlanSubnet): InspectedSubnet {
  return {
    subnet: formatCidr(subnet),
    gateway: addressText(subnet.gateway),
    ipRange: formatCidr(subnet.range),
    auxAddresses: new Map([...subnet.aux].map(([name, address]) => [name, formatAddress(address)])),
  }
}

/** The command that makes this network, wherever it is run. */
export function createCommand(network: Creatable): string {
  const { name, driver, internal, attachable, ipam, options } = network
  return formatNetworkCreate({
    ...PLAIN_NETWORK,
    name,
    driver,
    internal,
    attachable,
    ipv6: network.ipv6 ? true : null,
    subnets: ipam,
    options,
  })
}

export function runCommand(container: ContainerCreate): string {
  return formatContainerRun(container, [])
}

export function reconnectAdvice(
  network: PlanNetwork,
  endpoint: PlanEndpoint,
  found: InspectedEndpoint,
): string {
  const pin = pinOf([endpoint.ipv4, endpoint.ipv6])
  if (pin !== '') return `Docker leaves it to chance; ${pin}`
  if (endpoint.kind !== 'container')
    return 'tasks get the next free address; the order of services, networks and scaling decides'
  const v4 = found.ipv4 === '' ? '' : `ipv4_address: ${withoutLength(found.ipv4)}`
  const v6 = found.ipv6 === '' ? '' : `ipv6_address: ${withoutLength(found.ipv6)}`
  const keys = [v4, v6].filter((text) => text !== '').join(', ')
  const again = formatNetworkConnect(
    {
      ...NO_WISHES,
      network: network.name,
      ipv4: addressText(endpoint.ipv4?.address ?? null),
      ipv6: addressText(endpoint.ipv6?.address ?? null),
    },
    found.name,
  )
  return `in the block: ${keys} for ${endpoint.container} on ${network.key}; or on the engine: ${formatNetworkDisconnect(network.name, found.name)}, then ${again}`
}
