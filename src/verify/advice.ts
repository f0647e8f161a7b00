/** Commands and keys that would make a plan and an engine agree. */
import { withoutLength } from '../net/index.ts'
import type { PlanContainer, PlanEndpoint, PlanNetwork } from '../plan/plan.ts'
import type { InspectedEndpoint } from './inspect.ts'

/** A shell word: quoted only where a shell would read it otherwise. */
export const quoted = (text: string): string =>
  /^[A-Za-z0-9_./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

type Creatable = Pick<
  PlanNetwork,
  | 'name'
  | 'driver'
  | 'internal'
  | 'attachable'
  | 'ipv6'
  | 'subnets'
  | 'ipRanges'
  | 'gateways'
  | 'auxAddresses'
  | 'options'
>

/** The command that makes this network, wherever it is run. */
export function createCommand(network: Creatable): string {
  const words = ['docker network create']
  if (network.driver !== 'bridge') words.push(`-d ${quoted(network.driver)}`)
  if (network.internal) words.push('--internal')
  if (network.attachable) words.push('--attachable')
  if (network.ipv6) words.push('--ipv6')
  network.subnets.forEach((subnet, index) => {
    words.push(`--subnet ${subnet}`)
    const range = network.ipRanges[index] ?? ''
    if (range !== '') words.push(`--ip-range ${range}`)
    const gateway = network.gateways[index] ?? ''
    if (gateway !== '') words.push(`--gateway ${gateway}`)
  })
  for (const [name, address] of network.auxAddresses)
    words.push(`--aux-address ${quoted(`${name}=${address}`)}`)
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
  if (endpoint.pin !== '') return `Docker leaves it to chance; ${endpoint.pin}`
  if (endpoint.kind !== 'container')
    return 'tasks get the next free address; the order of services, networks and scaling decides'
  const v4 = found.ipv4 === '' ? '' : `ipv4_address: ${withoutLength(found.ipv4)}`
  const v6 = found.ipv6 === '' ? '' : `ipv6_address: ${withoutLength(found.ipv6)}`
  const keys = [v4, v6].filter((text) => text !== '').join(', ')
  const flags = [
    endpoint.ipv4 === '' ? '' : `--ip ${withoutLength(endpoint.ipv4)} `,
    endpoint.ipv6 === '' ? '' : `--ip6 ${withoutLength(endpoint.ipv6)} `,
  ].join('')
  const [name, container] = [quoted(network.name), quoted(found.name)]
  return `in the block: ${keys} for ${endpoint.container} on ${network.key}; or on the engine: docker network disconnect ${name} ${container}, then docker network connect ${flags}${name} ${container}`
}
