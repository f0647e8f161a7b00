/**
 * What an author can do about a refusal: the engine's words say neither where the text stands, nor what it clashes
 * with, nor what to write instead.
 */
import { parseCommand } from '../command/parse.ts'
import type { Operation, Refusal } from '../engine/operation.ts'
import type { Located, Span } from '../problem/problem.ts'
import type { CommandEntry, NetworkEntry, Topology } from '../topology/topology.ts'
import { inUseAdvice, overlapAdvice, rangeAdvice } from './address-advice.ts'
import { networkRequest } from './compose-request.ts'
import {
  type Advice,
  type Failure,
  hintOnly,
  placeOfPart,
  placeOfToken,
  textsOfNetwork,
  textsOfService,
} from './failure.ts'
import { nameAdvice } from './name-advice.ts'
import { placeKey, type Session } from './session.ts'

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
  const parsed = parseCommand(command, topology.rules)
  return parsed.kind === 'accepted' ? (parsed.operations[0] ?? null) : null
}

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
      if (message.includes('network-scoped alias') && failure.command === null)
        return hintOnly('Write "network_mode: bridge" in the place of "networks:".')
      return hintOnly(
        'Give the network a subnet of its own (ipam.config, --subnet), or leave the address out.',
      )
    case 'INVALID_SUBNET':
    case 'INVALID_ADDRESS': {
      const better = /it should be ([0-9a-fA-F.:/]+)/.exec(message)?.[1]
      if (better !== undefined) return hintOnly(`Write ${better}.`)
      const parent = /parent subnet (\S+) doesn't contain|its parent subnet (\S+)/.exec(message)
      const subnet = parent?.[1] ?? parent?.[2]
      if (subnet === undefined) return hintOnly('Write an address and a prefix length: 10.5.0.0/16.')
      return { ...hintOnly(`Write one inside ${subnet}.`), span: placeOfPart(failure) }
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
  [
    'DEPENDENCY_CYCLE',
    'Delete one of these depends_on, links or "service:", so that one service can start first.',
  ],
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

const replicasOf = ({ service }: Failure): number => service?.replicas?.value ?? 1
const isReplica = (failure: Failure): boolean => failure.command === null && replicasOf(failure) > 1
const targetOf = ({ service }: Failure, port: number): number =>
  service?.ports.find(({ published }) => published?.first === port)?.target.first ?? port

/** Who has the port. */
function portAdvice(failure: Failure): Advice {
  const found = /Bind for (\S+):(\d+) failed/.exec(failure.refusal.message)
  const port = Number(found?.[2])
  if (found === null) return hintOnly('Publish another port of the host.')
  const hint = (who: string): string =>
    isReplica(failure)
      ? `Several containers of one service cannot have one port of the host: write "swarm: true", or a range such as ${port}-${port + replicasOf(failure) - 1}:${targetOf(failure, port)}.`
      : `Port ${port} of the host is taken${who}; publish another, such as ${port + 1}.`
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
