/** `docker network …`. @see docker/cli `cli/command/network/{create,connect,disconnect,remove}.go` */

import type {
  EndpointRequest,
  NetworkCreate,
  Operation,
  Refusal,
  SubnetRequest,
} from '../engine/operation.ts'
import { isRefusal } from '../engine/refusal.ts'
import {
  type Address,
  contains,
  formatPrefix,
  type Prefix,
  parseAddress,
  parseCidr,
  parsePrefix,
  prefixOf,
  widthOf,
} from '../net/index.ts'
import type { Span } from '../problem/problem.ts'
import { orList, type Said, say } from '../problem/say.ts'
import { partOf, type Written } from '../problem/written.ts'
import type { Rules } from '../rules/index.ts'
import { readEndpointAddresses, readPrefixes } from './addresses.ts'
import { wrongCount } from './counts.ts'
import {
  type Arguments,
  allOf,
  flagPlace,
  flagTable,
  isOn,
  lastOf,
  listOf,
  readArguments,
  switchOf,
  textOf,
  textsOf,
} from './flags.ts'
import { readFilters, readLabels } from './life-cycle.ts'
import { refused } from './refused.ts'

const CREATE = `attachable aux-address= config-from= config-only driver:d= gateway= ingress internal ip-range=
  ipam-driver= ipam-opt= ipv6 label= opt:o= scope= subnet= help`
const CREATE_TABLE = flagTable(CREATE)
const CREATE_TABLE_WITH_IPV4 = flagTable(`${CREATE} ipv4`)
const CONNECT = 'alias= driver-opt= ip= ip6= link= link-local-ip= help'
const CONNECT_TABLE = flagTable(CONNECT)
const CONNECT_TABLE_WITH_PRIORITY = flagTable(`${CONNECT} gw-priority=`)
const FORCE_TABLE = flagTable('force:f help')
const PRUNE_TABLE = flagTable('force:f filter= help')

export function readNetworkCreate(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker network create'
  const table = rules.flagIpv4 ? CREATE_TABLE_WITH_IPV4 : CREATE_TABLE
  const args = readArguments(words, table, true, command)
  if (isRefusal(args)) return args
  if (args.words.length !== 1) return wrongCount(command, 'requires exactly 1 argument', rules)
  const ipam = lastOf(args, 'ipam-driver')
  if (ipam !== null && !['', 'default'].includes(ipam.text)) {
    const message = say`--ipam-driver ${ipam.text} is not simulated: another program would give the addresses`
    return refused('UNSUPPORTED_COMMAND', message, ipam.span, say`Leave it out.`)
  }
  const subnets = SUBNET_FLAGS.some((flag) => args.flags.has(flag)) ? readSubnets(args, rules) : []
  if (isRefusal(subnets)) return subnets
  const options = readOptions(allOf(args, 'opt'))
  const scope = textOf(args, 'scope')
  if (scope !== '' && scope !== 'local' && scope !== 'swarm') {
    return refused(
      'INVALID_VALUE',
      `invalid scope: ${scope}`,
      lastOf(args, 'scope')?.span,
      say`Write local or swarm.`,
    )
  }
  const create: NetworkCreate = {
    op: 'network-create',
    name: args.words[0]?.text ?? '',
    driver: textOf(args, 'driver') || 'bridge',
    scope,
    subnets,
    internal: isOn(args, 'internal'),
    attachable: isOn(args, 'attachable'),
    ingress: isOn(args, 'ingress'),
    ipv4: switchOf(args, 'ipv4'),
    ipv6: switchOf(args, 'ipv6'),
    options: textsByKey(options),
    labels: readLabels(args),
    ...(isOn(args, 'config-only') && { configOnly: true }),
    ...(textOf(args, 'config-from') !== '' && { configFrom: textOf(args, 'config-from') }),
    origins: {
      configFrom: lastOf(args, 'config-from')?.span ?? flagPlace(args, 'config-only') ?? undefined,
      name: args.words[0]?.span,
      driver: lastOf(args, 'driver')?.span,
      scope: lastOf(args, 'scope')?.span,
      ipv4: flagPlace(args, 'ipv4') ?? undefined,
      options: placesByKey(options),
    },
  }
  return [create]
}

const SUBNET_FLAGS = ['subnet', 'ip-range', 'gateway', 'aux-address']

/** `KEY=VALUE` or `KEY`: values by key. */
function readOptions(written: readonly Written[]): ReadonlyMap<string, Written> {
  return new Map(
    written.map((one) => {
      const equals = one.text.indexOf('=')
      const key = equals < 0 ? one.text : one.text.slice(0, equals)
      return [key, partOf(one, equals < 0 ? one.text.length : equals + 1)]
    }),
  )
}

const textsByKey = (options: ReadonlyMap<string, Written>): ReadonlyMap<string, string> =>
  new Map([...options].map(([key, { text }]) => [key, text]))

const placesByKey = (options: ReadonlyMap<string, Written>): ReadonlyMap<string, Span> =>
  new Map([...options].map(([key, { span }]) => [key, span]))

/** A usual subnet around an address or a block that has none. */
function subnetHint(inside: Written | undefined): Said {
  const block = parsePrefix(inside?.text ?? '') ?? asPrefix(parseAddress(inside?.text ?? ''))
  if (block === null) return say`Add --subnet with the subnet it lies in.`
  const address = { family: block.family, value: block.first }
  const length = Math.min(block.length, block.family === 4 ? 24 : 64)
  return say`Add --subnet ${formatPrefix(prefixOf({ address, length }))}.`
}

const asPrefix = (address: Address | null): Prefix | null =>
  address === null ? null : prefixOf({ address, length: widthOf(address.family) })

/** Puts ranges, gateways and auxiliary addresses to their subnets. @see docker/cli `network/create.go: createIPAMConfig` */
function readSubnets(args: Arguments, rules: Rules): readonly SubnetRequest[] | Refusal {
  const subnets = readPrefixes(listOf(args, 'subnet'), false, rules)
  if (isRefusal(subnets)) return subnets
  const ranges = readPrefixes(listOf(args, 'ip-range'), true, rules)
  if (isRefusal(ranges)) return ranges
  const gateways = listOf(args, 'gateway')
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    const hint = subnetHint(ranges[0] ?? gateways[0])
    return refused('MISSING_SUBNET', 'every ip-range or gateway must have a corresponding subnet', null, hint)
  }
  const blocks: Block[] = []
  for (const subnet of subnets) {
    for (const other of blocks) {
      const forth = subnetMatches(subnet, other.subnet)
      const back = subnetMatches(other.subnet, subnet)
      if (typeof forth === 'object') return forth
      if (typeof back === 'object') return back
      if (forth || back) {
        return refused(
          'POOL_OVERLAP',
          'multiple overlapping subnet configuration is not supported',
          subnet.span,
          say`${subnet.text} overlaps ${other.subnet.text}; leave one of them out.`,
        )
      }
    }
    blocks.push({ subnet, ipRange: null, gateway: null, aux: new Map() })
  }
  const places = subnets.map(({ text }) => text)
  for (const range of ranges) {
    const fault = giveTo(blocks, 'range', range, places, (block) => {
      if (block.ipRange !== null)
        return `cannot configure multiple ranges (${range.text}, ${block.ipRange.text}) on the same subnet (${block.subnet.text})`
      block.ipRange = range
      return null
    })
    if (fault !== null) return fault
  }
  for (const gateway of gateways) {
    const fault = giveTo(blocks, 'gateway', gateway, places, (block) => {
      if (block.gateway !== null)
        return `cannot configure multiple gateways (${gateway.text}, ${block.gateway.text}) for the same subnet (${block.subnet.text})`
      block.gateway = gateway
      return null
    })
    if (fault !== null) return fault
  }
  for (const [name, address] of readOptions(allOf(args, 'aux-address'))) {
    const fault = giveTo(blocks, 'aux-address', address, places, (block) => {
      block.aux.set(name, address)
      return null
    })
    if (fault !== null) return fault
  }
  return blocks.map(({ subnet, ipRange, gateway, aux }) => ({
    subnet: subnet.text,
    ipRange: ipRange?.text ?? '',
    gateway: gateway?.text ?? '',
    auxAddresses: textsByKey(aux),
    origins: {
      subnet: subnet.span,
      ipRange: ipRange?.span,
      gateway: gateway?.span,
      auxAddresses: placesByKey(aux),
    },
  }))
}

/** A subnet with what has been put to it so far. */
interface Block {
  readonly subnet: Written
  ipRange: Written | null
  gateway: Written | null
  readonly aux: Map<string, Written>
}

/** Puts a range or address to each subnet it lies in. `give` says why a subnet cannot take it. */
function giveTo(
  blocks: readonly Block[],
  what: string,
  written: Written,
  subnets: readonly string[],
  give: (block: Block) => string | null,
): Refusal | null {
  let matched = false
  for (const block of blocks) {
    const matches = subnetMatches(block.subnet, written)
    if (typeof matches === 'object') return matches
    if (!matches) continue
    const fault = give(block)
    if (fault !== null) return refused('INVALID_SUBNET', fault, written.span)
    matched = true
  }
  if (matched) return null
  const hint = subnets.length === 0 ? subnetHint(written) : say`Write one inside ${orList(subnets)}.`
  return refused('ADDRESS_OUT_OF_RANGE', `no matching subnet for ${what} ${written.text}`, written.span, hint)
}

/** Whether the address (or the first part of a block) lies in `subnet`. @see docker/cli `network/create.go: subnetMatches` */
function subnetMatches(subnet: Written, { text, span }: Written): boolean | Refusal {
  const block = parsePrefix(subnet.text)
  if (block === null) {
    const message = `invalid subnet: invalid CIDR address: ${subnet.text}`
    return refused(
      'INVALID_SUBNET',
      message,
      subnet.span,
      say`Write an address and a prefix length: 10.5.0.0/16.`,
    )
  }
  if (!text.includes('/')) {
    const address = parseAddress(text)
    return address !== null && contains(block, address)
  }
  const cidr = parseCidr(text)
  if (cidr === null) return refused('INVALID_SUBNET', `invalid CIDR address: ${text}`, span)
  return contains(block, cidr.address)
}

export function readNetworkConnect(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker network connect'
  const table = rules.flagGatewayPriority ? CONNECT_TABLE_WITH_PRIORITY : CONNECT_TABLE
  const args = readArguments(words, table, true, command)
  if (isRefusal(args)) return args
  const [network, container] = args.words
  if (network === undefined || container === undefined || args.words.length > 2) {
    return wrongCount(command, 'requires exactly 2 arguments', rules)
  }
  const addresses = readEndpointAddresses(args, rules)
  if (isRefusal(addresses)) return addresses
  const priority = readPriority(lastOf(args, 'gw-priority'), '--gw-priority')
  if (typeof priority === 'object') return priority
  const endpoint: EndpointRequest = {
    ...addresses,
    network: network.text,
    origins: {
      ...addresses.origins,
      network: network.span,
      aliases: allOf(args, 'alias').map(({ span }) => span),
    },
    mac: '',
    aliases: textsOf(args, 'alias'),
    links: textsOf(args, 'link'),
    gwPriority: priority,
    interfaceName: readOptions(allOf(args, 'driver-opt')).get(INTERFACE_OPTION)?.text ?? '',
  }
  return [
    { op: 'network-connect', container: container.text, endpoint, origins: { container: container.span } },
  ]
}

export const INTERFACE_OPTION = 'com.docker.network.endpoint.ifname'

export function readPriority(written: Written | null, flag: string): number | Refusal {
  if (written === null || written.text === '') return 0
  const { text, span } = written
  if (/^[+-]?[0-9]{1,15}$/.test(text)) return Number(text)
  const message = `invalid argument "${text}" for "${flag}" flag: strconv.ParseInt: parsing "${text}": invalid syntax`
  return refused('INVALID_NUMBER', message, span, say`Write a whole number.`)
}

export function readNetworkDisconnect(
  words: readonly Written[],
  rules: Rules,
): readonly Operation[] | Refusal {
  const command = 'docker network disconnect'
  const args = readArguments(words, FORCE_TABLE, true, command)
  if (isRefusal(args)) return args
  const [network, container] = args.words
  if (network === undefined || container === undefined || args.words.length > 2) {
    return wrongCount(command, 'requires exactly 2 arguments', rules)
  }
  return [
    {
      op: 'network-disconnect',
      network: network.text,
      container: container.text,
      force: isOn(args, 'force'),
      origins: { network: network.span, container: container.span },
    },
  ]
}

export function readNetworkRemove(words: readonly Written[], rules: Rules): readonly Operation[] | Refusal {
  const command = 'docker network rm'
  const args = readArguments(words, FORCE_TABLE, true, command)
  if (isRefusal(args)) return args
  if (args.words.length === 0) return wrongCount(command, 'requires at least 1 argument', rules)
  return [
    {
      op: 'network-rm',
      names: args.words.map(({ text }) => text),
      origins: { names: args.words.map(({ span }) => span) },
      force: isOn(args, 'force'),
    },
  ]
}

export function readNetworkPrune(words: readonly Written[]): readonly Operation[] | Refusal {
  const args = readArguments(words, PRUNE_TABLE, true, 'docker network prune')
  const filters = isRefusal(args) ? args : readFilters(args)
  return isRefusal(filters) ? filters : [{ op: 'network-prune', filters }]
}
