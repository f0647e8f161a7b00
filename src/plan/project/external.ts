/**
 * Networks that a file says exist (`external: true`). They are made before anything else, as the file describes them,
 * and where it does not, by what it shows: around the static addresses asked for, else from the default pools.
 */

import type { ParsedCommand } from '../../command/parse.ts'
import type { NetworkCreate, SubnetRequest } from '../../engine/operation.ts'
import {
  type AllocatedSubnets,
  blockAfter,
  blockAt,
  createAllocatedSubnets,
  type DefaultPool,
} from '../../ipam/index.ts'
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
import type { Span } from '../../problem/problem.ts'
import type { CommandEntry, NetworkEntry, Topology } from '../../topology/topology.ts'
import { attachmentsOf, writtenNetwork } from './request.ts'

/** Networks every engine, or every swarm, has. */
const THERE_ALREADY: ReadonlySet<string> = new Set(['bridge', 'host', 'none', 'ingress', 'docker_gwbridge'])

export const isThereAlready = (name: string): boolean => THERE_ALREADY.has(name)

/** Whether a file says which addresses a network has that was made outside of it. */
export const isDescribed = (entry: NetworkEntry): boolean => entry.ipam.some(({ subnet }) => subnet !== null)

/** Where a network can have been made of which the file says nothing. */
export interface Surroundings {
  readonly driver: 'bridge' | 'overlay'
  /** What subnets are cut from, in the order in which they are tried. */
  readonly pools: readonly DefaultPool[]
  /** What is in use there. */
  readonly taken: readonly Prefix[]
}

/** `driver` unless the file says another. The first of several is to be tried first, the last one when all else fails. */
export function externalRequests(
  topology: Topology,
  entry: NetworkEntry,
  name: string,
  { driver, pools, taken }: Surroundings,
): readonly NetworkCreate[] {
  const written = { ...writtenNetwork(entry), name }
  const request: NetworkCreate = {
    ...written,
    driver: entry.driver?.value ?? driver,
    attachable: entry.attachable || driver === 'overlay',
  }
  // A network that has an IPv6 subnet has IPv6.
  const hasSix = request.subnets.some(({ subnet }) => subnet.includes(':'))
  if (isDescribed(entry)) return [{ ...request, ipv6: request.ipv6 ?? (hasSix ? true : null) }]
  const { asked: all, ordered, declared } = askedOf(topology)
  const asked = all.get(entry.key) ?? []
  const own = candidates(asked.filter(({ family }) => family === 4))
  const isFree = ({ subnet }: SubnetRequest): boolean =>
    !prefixIn(subnet).some(
      (prefix) => isInUse(ordered, prefix, entry.key) || declared.overlapping(prefix) !== null,
    )
  // What another network has is the last to be taken for this one's.
  const four = [...own.filter(isFree), ...own.filter((one) => !isFree(one))]
  const six = candidates(asked.filter(({ family }) => family === 6))
  const [six0] = six
  const ipv6 = six0 === undefined ? request.ipv6 : true
  const rest = six0 === undefined ? [] : [six0]
  // The file is up, so what is there does not meet what it declares. The engine chooses where nothing is in its way.
  const isInWay = pools.some(({ base }) => declared.overlapping(base) !== null)
  const chosen = isInWay
    ? freeBlocks(pools, [declared, subnetsIn(taken)]).map((pool) => [subnetRequest(pool, [])])
    : []
  if (four.length === 0)
    return [...chosen, []].map((first) => ({ ...request, ipv6, subnets: [...first, ...rest] }))
  return four.map((subnet) => ({ ...request, ipv6, subnets: [subnet, ...rest] }))
}

/** Each once. */
function subnetsIn(all: readonly Prefix[]): AllocatedSubnets {
  const subnets = createAllocatedSubnets()
  for (const one of new Map(all.map((prefix) => [formatPrefix(prefix), prefix])).values()) subnets.add(one)
  return subnets
}

/** The first blocks of the pools that meet nothing of `taken`. */
function freeBlocks(pools: readonly DefaultPool[], taken: readonly AllocatedSubnets[]): readonly Prefix[] {
  const free: Prefix[] = []
  for (const pool of pools) {
    for (let block: Prefix | null = blockAt(pool, 0n); block !== null && free.length < MOST_BLOCKS; ) {
      const found: Prefix = block
      const [inWay = null] = taken.flatMap((all) => all.overlapping(found) ?? [])
      if (inWay === null) free.push(found)
      block = blockAfter(pool, inWay !== null && lastValue(inWay) > lastValue(found) ? inWay : found)
    }
  }
  return free
}
const MOST_BLOCKS = 32

function prefixIn(text: string): readonly Prefix[] {
  const [start = '', length] = text.split('/')
  const address = parseAddress(start)
  return address === null || length === undefined ? [] : [prefixOf({ address, length: Number(length) })]
}

/** What a file asks for, looked through once for all of its external networks. */
interface Asked {
  /** Static addresses, by key of their network. */
  readonly asked: ReadonlyMap<string, readonly Address[]>
  /** Those of IPv4 on networks the file has, in order of value. */
  readonly ordered: readonly { readonly value: bigint; readonly key: string }[]
  /** Subnets that the file gives its networks. */
  readonly declared: AllocatedSubnets
}

const ASKED = new WeakMap<Topology, Asked>()

function askedOf(topology: Topology): Asked {
  const known = ASKED.get(topology)
  if (known !== undefined) return known
  const asked = new Map<string, Address[]>()
  for (const service of topology.services.values())
    for (const { network, ipv4Address, ipv6Address } of attachmentsOf(service)) {
      const list = asked.get(network) ?? []
      if (list.length === 0) asked.set(network, list)
      for (const text of [ipv4Address, ipv6Address]) {
        const address = text === null ? null : parseAddress(text.value)
        if (address !== null) list.push(address)
      }
    }
  const ordered = [...asked]
    .filter(([key]) => topology.networks.has(key))
    .flatMap(([key, list]) => list.flatMap(({ family, value }) => (family === 4 ? [{ value, key }] : [])))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
  const given = [...topology.networks.values()].flatMap(({ ipam }) => ipam)
  const declared = subnetsIn(given.flatMap(({ subnet }) => (subnet === null ? [] : prefixIn(subnet.value))))
  const all = { asked, ordered, declared }
  ASKED.set(topology, all)
  return all
}

/** Whether a network of another key has an address in `prefix`. */
function isInUse(ordered: Asked['ordered'], prefix: Prefix, own: string): boolean {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ordered[middle]?.value ?? prefix.first) < prefix.first) low = middle + 1
    else high = middle
  }
  const last = lastValue(prefix)
  for (let at = low; at < ordered.length; at++) {
    const { value, key } = ordered[at] ?? { value: last + 1n, key: own }
    if (value > last) return false
    if (key !== own) return true
  }
  return false
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

/** How a container is called among what is outside of a block. */
export const containerThing = (name: string): string => `container ${name}`

/** A container or network that a service shares by its mode, and nothing of the file makes. */
export interface Foreign {
  readonly kind: 'container' | 'network'
  readonly name: string
  readonly span: Span
  /** The command that makes one like it. */
  readonly command: string
}

/** Networks and containers that were made before the block, as far as nobody says how. */
export interface Outside {
  /** Whether there is anything outside of the block at all. */
  readonly exists: boolean
  /** Whether a network of that name, or a `containerThing`, is there though no command of the block has made it. */
  has(name: string): boolean
  /** A command has removed it. */
  gone(name: string): void
}

/**
 * Networks, and containers as `container NAME`, that were not there before: a command makes them before one removes them.
 *
 * @param parsed the commands as they are read.
 */
export function madeByCommands(
  { commands }: Topology,
  parsed: (command: CommandEntry) => ParsedCommand,
): ReadonlySet<string> {
  const made = new Set<string>()
  const before = new Set<string>()
  for (const command of commands) {
    if (command.expectError || !/\b(?:network|run|create|rm)\b/.test(command.line.text)) continue
    const read = parsed(command)
    for (const operation of read.kind === 'accepted' ? read.operations : []) {
      if (operation.op === 'network-rm') for (const name of operation.names) before.add(name)
      if (operation.op === 'container-rm')
        for (const name of operation.names) before.add(containerThing(name))
      const thing =
        operation.op === 'network-create'
          ? operation.name
          : operation.op === 'container-create'
            ? containerThing(operation.name)
            : null
      if (thing !== null && !before.has(thing)) made.add(thing)
    }
  }
  return made
}

/** @param kind `absent`: a machine on which nothing has been made. @param made what commands make. */
export function outsideOf(kind: 'exists' | 'absent', made: ReadonlySet<string>): Outside {
  const removed = new Set<string>()
  return {
    exists: kind === 'exists',
    has: (name) => kind === 'exists' && !made.has(name) && !removed.has(name),
    gone: (name) => void removed.add(name),
  }
}

/** What to write so that nothing has to be taken for granted; it may stand in the file, or in a block over it. */
export function externalPin(key: string, subnets: readonly string[]): string {
  return `networks.${key}.ipam.config: [${subnets.map((subnet) => `{ subnet: "${subnet}" }`).join(', ')}]`
}
