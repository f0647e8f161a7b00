/** Commands and keys that would make a plan and an engine agree. */
import { addressText, formatAddress, formatCidr, withoutLength } from '../net/index.ts'
import { pinOf } from '../plan/certainty.ts'
import type { PlanContainer, PlanEndpoint, PlanNetwork, PlanSubnet } from '../plan/plan.ts'
import type { InspectedEndpoint, InspectedSubnet } from './inspect.ts'

/** A shell word: quoted only where a shell would read it otherwise. */
export const quoted = (text: string): string =>
  /^[A-Za-z0-9_./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

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
  const words = ['docker network create']
  if (network.driver !== 'bridge') words.push(`-d ${quoted(network.driver)}`)
  if (network.internal) words.push('--internal')
  if (network.attachable) words.push('--attachable')
  if (network.ipv6) words.push('--ipv6')
  for (const { subnet, ipRange, gateway, auxAddresses } of network.ipam) {
    words.push(`--subnet ${subnet}`)
    if (ipRange !== '') words.push(`--ip-range ${ipRange}`)
    if (gateway !== '') words.push(`--gateway ${gateway}`)
    for (const [name, address] of auxAddresses) words.push(`--aux-address ${quoted(`${name}=${address}`)}`)
  }
  for (const [name, value] of network.options) words.push(`-o ${quoted(`${name}=${value}`)}`)
  return [...words, quoted(network.name)].join(' ')
}

export function runAdvice(container: PlanContainer | undefined, network: PlanNetwork | null): string {
  if (container === undefined) return 'it appears with the first task of its network on this node'
  const name = quoted(container.name)
  if (container.service !== '' && network?.scope === 'swarm') return `is the service of ${name} deployed?`
  if (network === null) return `on the engine: docker run -d --name ${name} ${quoted(container.image)}`
  return `on the engine: docker start ${name}, or docker network connect ${quoted(network.name)} ${name}`
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
  const flags = [
    endpoint.ipv4 === null ? '' : `--ip ${formatAddress(endpoint.ipv4.address)} `,
    endpoint.ipv6 === null ? '' : `--ip6 ${formatAddress(endpoint.ipv6.address)} `,
  ].join('')
  const [name, container] = [quoted(network.name), quoted(found.name)]
  return `in the block: ${keys} for ${endpoint.container} on ${network.key}; or on the engine: docker network disconnect ${name} ${container}, then docker network connect ${flags}${name} ${container}`
}
