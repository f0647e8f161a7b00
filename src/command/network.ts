/** `docker network …`. @see docker/cli `cli/command/network/{create,connect,disconnect,remove}.go` */
import type { EndpointRequest, NetworkCreate, Operation, SubnetRequest } from '../engine/operation.ts'
import { contains, parseAddress, parseCidr, parsePrefix } from '../net/index.ts'
import type { Rules } from '../rules/index.ts'
import { readEndpointAddresses, readPrefixes } from './addresses.ts'
import { wrongCount } from './counts.ts'
import {
  type Arguments,
  allOf,
  flagTable,
  isOn,
  isRefused,
  lastOf,
  listOf,
  readArguments,
  switchOf,
} from './flags.ts'
import { type Refused, refused } from './refused.ts'

const CREATE = `attachable aux-address= config-from= config-only driver:d= gateway= ingress internal ip-range=
  ipam-driver= ipam-opt= ipv6 label= opt:o= scope= subnet= help`
const CREATE_TABLE = flagTable(CREATE)
const CREATE_TABLE_WITH_IPV4 = flagTable(`${CREATE} ipv4`)
const CONNECT = 'alias= driver-opt= ip= ip6= link= link-local-ip= help'
const CONNECT_TABLE = flagTable(CONNECT)
const CONNECT_TABLE_WITH_PRIORITY = flagTable(`${CONNECT} gw-priority=`)
const FORCE_TABLE = flagTable('force:f help')
const PRUNE_TABLE = flagTable('force:f filter= help')

export function readNetworkCreate(words: readonly string[], rules: Rules): readonly Operation[] | Refused {
  const command = 'docker network create'
  const table = rules.flagIpv4 ? CREATE_TABLE_WITH_IPV4 : CREATE_TABLE
  const args = readArguments(words, table, true, command)
  if (isRefused(args)) return args
  if (args.words.length !== 1) return wrongCount(command, 'requires exactly 1 argument', rules)
  for (const flag of ['config-from', 'config-only']) {
    if (args.flags.has(flag)) {
      return refused(
        'UNSUPPORTED_COMMAND',
        `--${flag} is not simulated`,
        `--${flag}`,
        'Write the settings out.',
      )
    }
  }
  const subnets = SUBNET_FLAGS.some((flag) => args.flags.has(flag)) ? readSubnets(args, rules) : []
  if (isRefused(subnets)) return subnets
  const options = readOptions(allOf(args, 'opt'))
  const scope = lastOf(args, 'scope')
  if (scope !== '' && scope !== 'local' && scope !== 'swarm') {
    return refused('INVALID_VALUE', `invalid scope: ${scope}`, scope, 'Write local or swarm.')
  }
  const create: NetworkCreate = {
    op: 'network-create',
    name: args.words[0] ?? '',
    driver: lastOf(args, 'driver') === '' ? 'bridge' : lastOf(args, 'driver'),
    scope,
    subnets,
    internal: isOn(args, 'internal'),
    attachable: isOn(args, 'attachable'),
    ingress: isOn(args, 'ingress'),
    ipv4: switchOf(args, 'ipv4'),
    ipv6: switchOf(args, 'ipv6'),
    options,
  }
  return [create]
}

const SUBNET_FLAGS = ['subnet', 'ip-range', 'gateway', 'aux-address']

/** `KEY=VALUE` or `KEY`. */
function readOptions(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => {
      const equals = text.indexOf('=')
      return equals < 0 ? ([text, ''] as const) : ([text.slice(0, equals), text.slice(equals + 1)] as const)
    }),
  )
}

/** Puts ranges, gateways and auxiliary addresses to their subnets. @see docker/cli `network/create.go: createIPAMConfig` */
function readSubnets(args: Arguments, rules: Rules): readonly SubnetRequest[] | Refused {
  const subnets = readPrefixes(listOf(args, 'subnet'), false, rules)
  if (isRefused(subnets)) return subnets
  const ranges = readPrefixes(listOf(args, 'ip-range'), true, rules)
  if (isRefused(ranges)) return ranges
  const gateways = listOf(args, 'gateway')
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    const hint = 'Add --subnet.'
    return refused('MISSING_SUBNET', 'every ip-range or gateway must have a corresponding subnet', '', hint)
  }
  const requests = new Map<string, { ipRange: string; gateway: string; aux: Map<string, string> }>()
  for (const subnet of subnets) {
    for (const other of requests.keys()) {
      const forth = subnetMatches(subnet, other)
      const back = subnetMatches(other, subnet)
      if (typeof forth === 'object') return forth
      if (typeof back === 'object') return back
      if (forth || back) {
        return refused(
          'POOL_OVERLAP',
          'multiple overlapping subnet configuration is not supported',
          subnet,
          `${subnet} overlaps ${other}; leave one of them out.`,
        )
      }
    }
    requests.set(subnet, { ipRange: '', gateway: '', aux: new Map() })
  }
  for (const range of ranges) {
    let matched = false
    for (const [subnet, request] of requests) {
      const matches = subnetMatches(subnet, range)
      if (typeof matches === 'object') return matches
      if (!matches) continue
      if (request.ipRange !== '') {
        const message = `cannot configure multiple ranges (${range}, ${request.ipRange}) on the same subnet (${subnet})`
        return refused('INVALID_SUBNET', message, range)
      }
      request.ipRange = range
      matched = true
    }
    if (!matched) return noMatch('range', range, subnets)
  }
  for (const gateway of gateways) {
    let matched = false
    for (const [subnet, request] of requests) {
      const matches = subnetMatches(subnet, gateway)
      if (typeof matches === 'object') return matches
      if (!matches) continue
      if (request.gateway !== '') {
        const message = `cannot configure multiple gateways (${gateway}, ${request.gateway}) for the same subnet (${subnet})`
        return refused('INVALID_SUBNET', message, gateway)
      }
      request.gateway = gateway
      matched = true
    }
    if (!matched) return noMatch('gateway', gateway, subnets)
  }
  for (const [name, address] of readOptions(allOf(args, 'aux-address'))) {
    let matched = false
    for (const [subnet, request] of requests) {
      const matches = subnetMatches(subnet, address)
      if (typeof matches === 'object') return matches
      if (!matches) continue
      request.aux.set(name, address)
      matched = true
    }
    if (!matched) return noMatch('aux-address', address, subnets)
  }
  return [...requests].map(([subnet, { ipRange, gateway, aux }]) => ({
    subnet,
    ipRange,
    gateway,
    auxAddresses: aux,
  }))
}

function noMatch(what: string, text: string, subnets: readonly string[]): Refused {
  const hint = subnets.length === 0 ? 'Add --subnet.' : `Write one inside ${subnets.join(' or ')}.`
  return refused('ADDRESS_OUT_OF_RANGE', `no matching subnet for ${what} ${text}`, text, hint)
}

/** Whether the address (or the first part of a block) lies in `subnet`. @see docker/cli `network/create.go: subnetMatches` */
function subnetMatches(subnet: string, text: string): boolean | Refused {
  const block = parsePrefix(subnet)
  if (block === null) {
    const message = `invalid subnet: invalid CIDR address: ${subnet}`
    return refused('INVALID_SUBNET', message, subnet, 'Write an address and a prefix length: 10.5.0.0/16.')
  }
  if (!text.includes('/')) {
    const address = parseAddress(text)
    return address !== null && contains(block, address)
  }
  const cidr = parseCidr(text)
  if (cidr === null) return refused('INVALID_SUBNET', `invalid CIDR address: ${text}`, text)
  return contains(block, cidr.address)
}

export function readNetworkConnect(words: readonly string[], rules: Rules): readonly Operation[] | Refused {
  const command = 'docker network connect'
  const table = rules.flagGatewayPriority ? CONNECT_TABLE_WITH_PRIORITY : CONNECT_TABLE
  const args = readArguments(words, table, true, command)
  if (isRefused(args)) return args
  const [network, container] = args.words
  if (network === undefined || container === undefined || args.words.length > 2) {
    return wrongCount(command, 'requires exactly 2 arguments', rules)
  }
  const priority = readPriority(lastOf(args, 'gw-priority'), '--gw-priority')
  if (typeof priority === 'object') return priority
  const addresses = readEndpointAddresses(args, rules)
  if (isRefused(addresses)) return addresses
  const endpoint: EndpointRequest = {
    ...addresses,
    network,
    mac: '',
    aliases: allOf(args, 'alias'),
    gwPriority: priority,
    interfaceName: readOptions(allOf(args, 'driver-opt')).get(INTERFACE_OPTION) ?? '',
  }
  return [{ op: 'network-connect', container, endpoint }]
}

export const INTERFACE_OPTION = 'com.docker.network.endpoint.ifname'

export function readPriority(text: string, flag: string): number | Refused {
  if (text === '') return 0
  if (/^[+-]?[0-9]{1,15}$/.test(text)) return Number(text)
  const message = `invalid argument "${text}" for "${flag}" flag: strconv.ParseInt: parsing "${text}": invalid syntax`
  return refused('INVALID_NUMBER', message, text, 'Write a whole number.')
}

export function readNetworkDisconnect(
  words: readonly string[],
  rules: Rules,
): readonly Operation[] | Refused {
  const command = 'docker network disconnect'
  const args = readArguments(words, FORCE_TABLE, true, command)
  if (isRefused(args)) return args
  const [network, container] = args.words
  if (network === undefined || container === undefined || args.words.length > 2) {
    return wrongCount(command, 'requires exactly 2 arguments', rules)
  }
  return [{ op: 'network-disconnect', network, container, force: isOn(args, 'force') }]
}

export function readNetworkRemove(words: readonly string[], rules: Rules): readonly Operation[] | Refused {
  const command = 'docker network rm'
  const args = readArguments(words, FORCE_TABLE, true, command)
  if (isRefused(args)) return args
  if (args.words.length === 0) return wrongCount(command, 'requires at least 1 argument', rules)
  return [{ op: 'network-rm', names: args.words, force: isOn(args, 'force') }]
}

export function readNetworkPrune(words: readonly string[]): readonly Operation[] | Refused {
  const args = readArguments(words, PRUNE_TABLE, true, 'docker network prune')
  return isRefused(args) ? args : [{ op: 'network-prune' }]
}
