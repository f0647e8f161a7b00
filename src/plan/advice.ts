/**
 * What an author can do about a refusal: the engine's words say neither where the text stands, nor what it clashes
 * with, nor what to write instead.
 */
import { parseCommand } from '../command/parse.ts'
import type { NetworkCreate, Operation, Refusal } from '../engine/operation.ts'
import type { Network } from '../engine/state.ts'
import {
  contains,
  formatAddress,
  formatPrefix,
  lastValue,
  overlaps,
  type Prefix,
  parseAddress,
  parsePrefix,
} from '../net/index.ts'
import { nearest } from '../problem/nearest.ts'
import type { Located, Problem, Span } from '../problem/problem.ts'
import type { CommandEntry, NetworkEntry, ServiceEntry, Topology } from '../topology/topology.ts'
import { attachmentsOf, networkRequest } from './compose-request.ts'
import { networkName } from './project.ts'
import { placeKey, type Session } from './session.ts'

export interface Advice {
  /** Narrower than the step's own place, or `null`. */
  readonly span: Span | null
  readonly hint: string | null
  readonly related: Problem['related']
}

interface Failure {
  readonly session: Session
  readonly host: string
  readonly refusal: Refusal
  readonly command: CommandEntry | null
  readonly service: ServiceEntry | null
  readonly network: NetworkEntry | null
  /** What was asked, as far as it is known. */
  readonly operation: Operation | null
}

/** @param span where the step, or its fault, was written. */
export function adviseOn(session: Session, host: string, refusal: Refusal, span: Span | null): Advice {
  const { topology } = session
  const isHere = (other: Span): boolean =>
    span !== null && other.start === span.start && other.end === span.end
  const command = topology.commands.find((one) => isHere(one.span)) ?? null
  const holds = (own: Span, texts: readonly Located<string>[]): boolean =>
    isHere(own) || texts.some((text) => isHere(text.span))
  const network = [...topology.networks.values()].find((one) => holds(one.span, textsOfNetwork(one))) ?? null
  const service = [...topology.services.values()].find((one) => holds(one.span, textsOfService(one))) ?? null
  const failure = { session, host, refusal, command, service, network }
  const operation = operationOf(topology, command, network)
  const advice = adviceFor({ ...failure, operation })
  return { ...advice, span: advice.span ?? placeOfToken({ ...failure, operation }) }
}

function operationOf(
  topology: Topology,
  command: CommandEntry | null,
  network: NetworkEntry | null,
): Operation | null {
  if (network !== null) {
    return networkRequest(network.key, network, { name: topology.name?.value ?? null, version: 2 })
  }
  if (command === null) return null
  const parsed = parseCommand(command, topology.engine)
  return parsed.kind === 'accepted' ? (parsed.operations[0] ?? null) : null
}

const NONE: Advice = { span: null, hint: null, related: [] }
const hintOnly = (hint: string | null): Advice => ({ ...NONE, hint })

function adviceFor(failure: Failure): Advice {
  const { message } = failure.refusal
  switch (failure.refusal.code) {
    case 'POOL_OVERLAP':
      return overlapAdvice(failure)
    case 'POOLS_EXHAUSTED':
      return hintOnly('Give the networks subnets of their own, or set default-address-pools under daemon.')
    case 'ADDRESS_IN_USE':
      return inUseAdvice(failure)
    case 'ADDRESS_OUT_OF_RANGE':
      return rangeAdvice(failure)
    case 'NO_AVAILABLE_ADDRESS':
      return hintOnly('Give the network a bigger subnet or ip_range, or start fewer containers on it.')
    case 'STATIC_ADDRESS_NOT_SUPPORTED':
      return hintOnly(
        'Give the network a subnet of its own (ipam.config, --subnet), or leave the address out.',
      )
    case 'INVALID_SUBNET':
    case 'INVALID_ADDRESS': {
      const better = /it should be ([0-9a-fA-F.:/]+)/.exec(message)?.[1]
      if (better !== undefined) return hintOnly(`Write ${better}.`)
      const parent = /parent subnet (\S+) doesn't contain|its parent subnet (\S+)/.exec(message)
      const subnet = parent?.[1] ?? parent?.[2]
      return hintOnly(
        subnet === undefined
          ? 'Write an address and a prefix length: 10.5.0.0/16.'
          : `Write one inside ${subnet}.`,
      )
    }
    case 'PORT_IN_USE':
      return portAdvice(failure)
    case 'NO_SUCH_HOST_ADDRESS':
      return hintOnly('Write an address that the host has, or leave the address out to publish on all.')
    case 'UNDEFINED_NETWORK':
    case 'UNDEFINED_SERVICE':
    case 'NETWORK_NOT_FOUND':
    case 'CONTAINER_NOT_FOUND':
    case 'SERVICE_NOT_FOUND':
    case 'PLUGIN_NOT_FOUND':
      return nameAdvice(failure)
    default:
      return hintOnly(PLAIN_HINTS.get(failure.refusal.code) ?? null)
  }
}

/** For refusals with one way out, whatever the values. */
const PLAIN_HINTS: ReadonlyMap<string, string> = new Map([
  ['ADVERTISE_ADDRESS_NEEDED', 'Add --advertise-addr with the address of the host on the underlay.'],
  ['DEPENDENCY_CYCLE', 'Delete one of these depends_on, so that one service can start first.'],
  ['NAME_IN_USE', 'Choose another name, or remove the container of that name first.'],
  ['NETWORK_EXISTS', 'Choose another name, or remove the network of that name first.'],
  ['PREDEFINED_NETWORK', 'Choose another name: the engine has this network already.'],
  ['MULTIPLE_SUBNETS', 'A bridge has one IPv4 and one IPv6 subnet; make a second network for the other.'],
  ['CONFLICTING_OPTIONS', 'Leave one of the two out.'],
  ['CONFLICTING_MODE', 'Leave one of the two out.'],
  ['NOT_SWARM_MANAGER', 'Write "swarm: true", or run docker swarm init first; type it on a manager.'],
  ['NO_MANAGER_THERE', 'Write the address that swarm init advertised, with port 2377.'],
  ['ACTIVE_ENDPOINTS', 'Stop, remove or disconnect its containers first.'],
  ['INVALID_OPTION', 'Write a value that the driver takes, or leave the option out.'],
  ['INVALID_PARENT', 'Write the interface under "interfaces:" of the host, or use one that is there.'],
  ['PARENT_IN_USE', 'Use another parent interface, or a VLAN of it such as eth0.10.'],
  ['INVALID_NAME', 'Use at least two letters, digits, "_", "." or "-", the first a letter or digit.'],
  ['INVALID_MAC', 'Write six bytes with an even first byte: 02:42:ac:11:00:02.'],
])

/** Where the value that the message names was written. */
function placeOfToken({ refusal, command, service, network }: Failure): Span | null {
  const tokens = refusal.message.match(/[\w.:/-]*\w/g) ?? []
  const located =
    service === null ? (network === null ? [] : textsOfNetwork(network)) : textsOfService(service)
  for (const token of [...new Set(tokens)].sort((a, b) => b.length - a.length)) {
    if (token.length < 2 || /^(?:docker|network|container|address|name|in|is|of|the|with)$/i.test(token))
      continue
    const text = located.find((one) => one.value === token)
    if (text !== undefined) return text.span
    if (command !== null && /[0-9]/.test(token)) {
      const place = wordPlace(command, token)
      if (place !== null) return place
    }
  }
  return null
}

function wordPlace({ text, offset }: CommandEntry, word: string): Span | null {
  if (offset === null) return null
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`
    if (/^[\s=,:"'][\s=,:"'/]$/.test(around)) return { start: offset + at, end: offset + at + word.length }
  }
  return null
}

function textsOfNetwork(network: NetworkEntry): readonly Located<string>[] {
  const fields = network.ipam.flatMap((one) => [
    one.subnet,
    one.ipRange,
    one.gateway,
    ...one.auxAddresses.values(),
  ])
  return [...fields, network.driver, network.name, ...network.driverOpts.values()].filter(
    (one) => one !== null,
  )
}

function textsOfService(service: ServiceEntry): readonly Located<string>[] {
  const attachments = [...(service.networks?.values() ?? [])]
  const fields = attachments.flatMap((one) => [one.ipv4Address, one.ipv6Address, one.macAddress])
  const names = attachments.map((one) => ({ value: one.network, span: one.span }))
  const all = [
    ...fields,
    ...names,
    ...service.dependsOn,
    ...service.links,
    service.containerName,
    service.macAddress,
  ]
  return all.filter((one) => one !== null)
}

function engineNetworks({ session, host }: Failure): readonly Network[] {
  return [...(session.hosts.get(host)?.engine.networks() ?? [])]
}

/** Which network the subnet overlaps, and where that was written. */
function overlapAdvice(failure: Failure): Advice {
  const { operation, session, host } = failure
  const asked = operation?.op === 'network-create' ? askedSubnets(operation) : []
  for (const prefix of asked) {
    for (const network of engineNetworks(failure)) {
      const clash = network.subnets.find(
        (subnet) => subnet.lease !== null && overlaps(prefix, subnet.lease.subnet),
      )
      if (clash === undefined) continue
      const text = formatPrefix(prefix)
      const there = session.spans.networks.get(placeKey(host, network.name))
      const related =
        there === undefined ? [] : [{ message: `network "${network.name}" is written here`, span: there }]
      const hint = `${text} overlaps ${clash.text} of network "${network.name}"; write a subnet outside it, or leave it out.`
      const own = failure.network?.ipam.find(
        (one) => one.subnet !== null && sameBlock(one.subnet.value, prefix),
      )?.subnet
      const span = own?.span ?? (failure.command === null ? null : wordPlace(failure.command, text))
      return { span, hint, related }
    }
  }
  return hintOnly('Choose a subnet that overlaps no other network, or leave it out.')
}

function sameBlock(text: string, prefix: Prefix): boolean {
  const other = parsePrefix(text)
  return other !== null && formatPrefix(other) === formatPrefix(prefix)
}

function askedSubnets(create: NetworkCreate): readonly Prefix[] {
  return create.subnets.flatMap((one) => parsePrefix(one.subnet) ?? [])
}

interface Asked {
  readonly network: string
  readonly address: string
  readonly span: Span | null
}

/** Static addresses that were asked for. */
function askedAddresses({ session, service, command, operation }: Failure): readonly Asked[] {
  if (service !== null) {
    const project = { name: session.topology.name?.value ?? null, version: 2 as const }
    return attachmentsOf(service).flatMap((one) =>
      [one.ipv4Address, one.ipv6Address].flatMap((text) => {
        if (text === null) return []
        const entry = session.topology.networks.get(one.network)
        return [{ network: networkName(project, one.network, entry), address: text.value, span: text.span }]
      }),
    )
  }
  const endpoints =
    operation?.op === 'container-create'
      ? operation.endpoints
      : operation?.op === 'network-connect'
        ? [operation.endpoint]
        : []
  return endpoints.flatMap((one) =>
    [one.ipv4, one.ipv6]
      .filter((text) => text !== '')
      .map((address) => ({
        network: one.network,
        address,
        span: command === null ? null : wordPlace(command, address),
      })),
  )
}

/** Who has the address. */
function inUseAdvice(failure: Failure): Advice {
  const networks = engineNetworks(failure)
  for (const { network: name, address: text, span } of askedAddresses(failure)) {
    const network = networks.find((one) => one.name === name)
    const address = parseAddress(text)
    if (network === undefined || address === null) continue
    const subnet = network.subnets.find((one) => one.lease !== null && contains(one.lease.subnet, address))
    const owner = ownerOf(network, formatAddress(address), subnet?.lease?.subnet ?? null)
    if (owner === null) continue
    const where = subnet === undefined ? 'the subnet' : subnet.text
    const there = failure.session.spans.containers.get(placeKey(failure.host, owner.container))
    const related =
      there === undefined ? [] : [{ message: `"${owner.container}" is written here`, span: there }]
    return {
      span,
      hint: `${text} is ${owner.text}; write another address of ${where}, or leave it out.`,
      related,
    }
  }
  const given = /\(([^()]*:)?([0-9a-fA-F.:]+)\)/.exec(failure.refusal.message)
  const what = given?.[1] === undefined ? 'the network or broadcast address' : 'the gateway'
  return hintOnly(
    given === null
      ? 'Choose an address that is free, or leave it out.'
      : `${given[2]} is taken by ${what}; write another.`,
  )
}

function ownerOf(
  network: Network,
  address: string,
  subnet: Prefix | null,
): { text: string; container: string } | null {
  for (const endpoint of network.endpoints.values()) {
    const has = [endpoint.ipv4, endpoint.ipv6].some(
      (cidr) => cidr !== null && formatAddress(cidr.address) === address,
    )
    if (has) return { text: `the address of "${endpoint.name}"`, container: endpoint.container }
  }
  for (const one of network.subnets) {
    if (one.gateway !== null && formatAddress(one.gateway) === address) {
      return { text: `the gateway of network "${network.name}"`, container: '' }
    }
    for (const [name, aux] of one.aux) {
      if (formatAddress(aux) === address)
        return { text: `set aside as auxiliary address "${name}"`, container: '' }
    }
  }
  if (subnet === null) return null
  const { family, first } = subnet
  if (formatAddress({ family, value: first }) === address)
    return { text: 'the network address', container: '' }
  return formatAddress({ family, value: lastValue(subnet) }) === address
    ? { text: 'the broadcast address', container: '' }
    : null
}

/** From where to where the network's addresses go. */
function rangeAdvice(failure: Failure): Advice {
  for (const { network: name, address, span } of askedAddresses(failure)) {
    const network = engineNetworks(failure).find((one) => one.name === name)
    const family = parseAddress(address)?.family
    const subnet = network?.subnets.find((one) => one.lease !== null && one.family === family)?.lease?.subnet
    if (subnet === undefined || network === undefined) continue
    const last = lastValue(subnet) - (subnet.family === 4 ? 1n : 0n)
    const from = formatAddress({ family: subnet.family, value: subnet.first + 1n })
    const to = formatAddress({ family: subnet.family, value: last })
    const hint = `Network "${name}" is ${formatPrefix(subnet)}: write an address from ${from} to ${to}, or leave it out.`
    return { span, hint, related: [] }
  }
  return hintOnly('Write an address inside the subnet, or leave it out.')
}

/** Who has the port. */
function portAdvice(failure: Failure): Advice {
  const found = /Bind for (\S+):(\d+) failed/.exec(failure.refusal.message)
  const port = Number(found?.[2])
  if (found === null) return hintOnly('Publish another port of the host.')
  const hint = (who: string): string =>
    `Port ${port} of the host is taken${who}; publish another, such as ${port + 1}.`
  const span = failure.service?.ports.find(
    (one) => one.published !== null && one.published.first <= port && port <= one.published.last,
  )?.span
  for (const container of failure.session.hosts.get(failure.host)?.engine.containers() ?? []) {
    if (!container.sandbox?.ports.some((one) => one.hostPort === port)) continue
    const there = failure.session.spans.containers.get(placeKey(failure.host, container.name))
    const related =
      there === undefined ? [] : [{ message: `"${container.name}" is written here`, span: there }]
    return { span: span ?? null, hint: hint(` by "${container.name}"`), related }
  }
  return { span: span ?? null, hint: hint(''), related: [] }
}

/** The name that was probably meant. */
function nameAdvice(failure: Failure): Advice {
  const { session, refusal } = failure
  const engine = session.hosts.get(failure.host)?.engine
  const { networks, services } = session.topology
  const lists: ReadonlyMap<string, readonly [readonly string[], string]> = new Map([
    ['UNDEFINED_NETWORK', [[...networks.keys()], 'Declare it under "networks:".']],
    ['UNDEFINED_SERVICE', [[...services.keys()], 'Declare it under "services:".']],
    [
      'NETWORK_NOT_FOUND',
      [engineNetworks(failure).map((one) => one.name), 'Create it first: docker network create NAME.'],
    ],
    [
      'CONTAINER_NOT_FOUND',
      [
        [...(engine?.containers() ?? [])].map((one) => one.name),
        'Start it first: docker run --name NAME IMAGE.',
      ],
    ],
    [
      'SERVICE_NOT_FOUND',
      [[...services.keys()], 'Create it first: docker service create --name NAME IMAGE.'],
    ],
    [
      'PLUGIN_NOT_FOUND',
      [['bridge', 'overlay', 'macvlan', 'ipvlan'], 'Drivers: bridge, overlay, macvlan, ipvlan.'],
    ],
  ])
  const [known, otherwise] = lists.get(refusal.code) ?? [[], '']
  const words = refusal.message.match(/[\w.-]*\w/g) ?? []
  const missing = words.filter(
    (word) => word.length > 1 && !known.includes(word) && !COMMON.has(word.toLowerCase()),
  )
  for (const word of missing.reverse()) {
    const near = nearest(word, known)
    if (near !== null) return hintOnly(`Did you mean "${near}"?`)
  }
  return hintOnly(otherwise)
}

const COMMON: ReadonlySet<string> = new Set(
  `a and as be but by cannot compose container could create created declared depends does error external failed for
  found from has in invalid is it joining namespace network networks no not of on plugin project refers response
  daemon service services such that the to undefined uses which with`.split(/\s+/),
)
