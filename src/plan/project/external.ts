/**
 * Networks that a file says exist (`external: true`). They are made before anything else, as the file describes them,
 * and where it does not, by what it shows: around the static addresses asked for, else from the default pools.
 */
import { type NetworkCreate, PLAIN_NETWORK, type SubnetRequest } from '../../engine/operation.ts'
import {
  type Address,
  contains,
  formatAddress,
  formatPrefix,
  lastValue,
  type Prefix,
  parseAddress,
  prefixOf,
  widthOf,
} from '../../net/index.ts'
import type { NetworkEntry, Topology } from '../../topology/topology.ts'
import type { Project } from './project.ts'
import { attachmentsOf, networkRequest } from './request.ts'

/** Networks every engine, or every swarm, has. */
const THERE_ALREADY: ReadonlySet<string> = new Set(['bridge', 'host', 'none', 'ingress', 'docker_gwbridge'])

export const isThereAlready = (name: string): boolean => THERE_ALREADY.has(name)

/** Whether a file says which addresses a network has that was made outside of it. */
export const isDescribed = (entry: NetworkEntry): boolean => entry.ipam.some(({ subnet }) => subnet !== null)

/** `driver` unless the file says another. The first of several is to be tried first: a later one is smaller. */
export function externalRequests(
  topology: Topology,
  project: Project,
  entry: NetworkEntry,
  name: string,
  driver: 'bridge' | 'overlay',
): readonly NetworkCreate[] {
  const request: NetworkCreate = {
    ...PLAIN_NETWORK,
    ...networkRequest(name, entry, project),
    driver: entry.driver?.value ?? driver,
    attachable: entry.attachable || driver === 'overlay',
  }
  // A network that has an IPv6 subnet has IPv6.
  const hasSix = request.subnets.some(({ subnet }) => subnet.includes(':'))
  if (isDescribed(entry)) return [{ ...request, ipv6: request.ipv6 ?? (hasSix ? true : null) }]
  const asked = staticAddresses(topology, entry.key)
  const others = [...topology.networks.keys()]
    .filter((key) => key !== entry.key)
    .flatMap((key) => staticAddresses(topology, key))
  const own = candidates(asked.filter(({ family }) => family === 4))
  const isFree = ({ subnet }: SubnetRequest): boolean =>
    !prefixIn(subnet).some((prefix) => others.some((address) => contains(prefix, address)))
  // Addresses that another network has are the last to be taken for this one's.
  const four = [...own.filter(isFree), ...own.filter((one) => !isFree(one))]
  const six = candidates(asked.filter(({ family }) => family === 6))
  const [six0] = six
  const ipv6 = six0 === undefined ? request.ipv6 : true
  const rest = six0 === undefined ? [] : [six0]
  if (four.length === 0)
    return [...besideOwn(topology), []].map((own) => ({ ...request, ipv6, subnets: [...own, ...rest] }))
  return four.map((subnet) => ({ ...request, ipv6, subnets: [subnet, ...rest] }))
}

/**
 * Default pools outside of the subnets that the file declares: it is up, so what is there does not meet them. None
 * where the file declares nothing in the pools; the engine chooses then.
 */
function besideOwn(topology: Topology): readonly (readonly SubnetRequest[])[] {
  const own = [...topology.networks.values()]
    .filter(({ external }) => !external)
    .flatMap(({ ipam }) => ipam.flatMap(({ subnet }) => (subnet === null ? [] : prefixIn(subnet.value))))
  const isFree = (pool: Prefix): boolean => !own.some((prefix) => meets(prefix, pool))
  const pools = POOLS.flatMap(prefixIn)
  return pools.every(isFree) ? [] : pools.filter(isFree).map((pool) => [subnetRequest(pool, [])])
}
const POOLS: readonly string[] = Array.from({ length: 14 }, (_, i) => `172.${18 + i}.0.0/16`)

function prefixIn(text: string): readonly Prefix[] {
  const [start = '', length] = text.split('/')
  const address = parseAddress(start)
  return address === null || length === undefined ? [] : [prefixOf({ address, length: Number(length) })]
}

const meets = (a: Prefix, b: Prefix): boolean =>
  a.family === b.family && a.first <= lastValue(b) && b.first <= lastValue(a)

function staticAddresses(topology: Topology, key: string): readonly Address[] {
  return [...topology.services.values()].flatMap((service) =>
    attachmentsOf(service)
      .filter(({ network }) => network === key)
      .flatMap(({ ipv4Address, ipv6Address }) => [ipv4Address, ipv6Address])
      .map((text) => (text === null ? null : parseAddress(text.value)))
      .filter((address) => address !== null),
  )
}

/**
 * Subnets that have all of the addresses: of the usual length or the next wider one that will do, then ever smaller
 * ones, for where another network is in the way. None for no addresses.
 */
function candidates(addresses: readonly Address[]): readonly SubnetRequest[] {
  const [first] = addresses
  if (first === undefined) return []
  const usual = first.family === 4 ? 24 : 64
  const holds = (length: number): readonly Prefix[] => {
    const prefix = prefixOf({ address: first, length })
    // Neither the subnet itself nor its broadcast address can be had.
    const ends = [prefix.first, lastValue(prefix)]
    const all = addresses.every((address) => contains(prefix, address) && !ends.includes(address.value))
    return all ? [prefix] : []
  }
  const wider = Array.from({ length: usual - LEAST_LENGTH + 1 }, (_, i) => usual - i).flatMap(holds)
  const smaller = Array.from({ length: widthOf(first.family) - 2 - usual }, (_, i) => usual + 1 + i).flatMap(
    holds,
  )
  return [...wider.slice(0, 1), ...smaller].map((prefix) => subnetRequest(prefix, addresses))
}
const LEAST_LENGTH = 8

/** The gateway is where Docker puts it, unless a container is to have that address. */
function subnetRequest(prefix: Prefix, addresses: readonly Address[]): SubnetRequest {
  const taken = new Set(addresses.map(({ value }) => value))
  const plain = {
    subnet: formatPrefix(prefix),
    ipRange: '',
    gateway: '',
    auxAddresses: new Map<string, string>(),
  }
  if (!taken.has(prefix.first + 1n)) return plain
  let gateway = lastValue(prefix) - 1n
  while (taken.has(gateway)) gateway -= 1n
  return { ...plain, gateway: formatAddress({ family: prefix.family, value: gateway }) }
}

/** What has been taken for granted of networks that are made outside of a file. */
export interface Assumption {
  readonly entry: NetworkEntry
  readonly name: string
}

/** Whether commands of the block say which networks there are: then nothing is taken for granted. */
export function saysNetworks({ commands }: Topology): boolean {
  return commands.some(({ line }) => /\bdocker\s+network\s+(?:create|rm|prune)\b/.test(line.text))
}

/** What to write so that nothing has to be taken for granted; it may stand in the file, or in a block over it. */
export function externalPin(key: string, subnets: readonly string[]): string {
  return `networks.${key}.ipam.config: [${subnets.map((subnet) => `{ subnet: "${subnet}" }`).join(', ')}]`
}
