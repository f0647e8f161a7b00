/** What to write instead of a subnet or an address that the engine refuses. */
import type { NetworkCreate } from '../engine/operation.ts'
import type { Network } from '../engine/state.ts'
import {
  contains,
  formatAddress,
  formatCidr,
  formatPrefix,
  lastValue,
  overlaps,
  type Prefix,
  parseAddress,
  parsePrefix,
} from '../net/index.ts'
import type { Span } from '../problem/problem.ts'
import { attachmentsOf } from './compose-request.ts'
import { type Advice, engineNetworks, type Failure, hintOnly, wordPlace } from './failure.ts'
import { networkName } from './project.ts'
import { placeKey } from './session.ts'

/** Which network the subnet overlaps, and where that was written. */
export function overlapAdvice(failure: Failure): Advice {
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
      const hint = `${text} overlaps ${formatCidr(clash.cidr)} of network "${network.name}"; write a subnet outside it, or leave it out.`
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
export function inUseAdvice(failure: Failure): Advice {
  const networks = engineNetworks(failure)
  for (const { network: name, address: text, span } of askedAddresses(failure)) {
    const network = networks.find((one) => one.name === name)
    const address = parseAddress(text)
    if (network === undefined || address === null) continue
    const subnet = network.subnets.find((one) => one.lease !== null && contains(one.lease.subnet, address))
    const owner = ownerOf(network, formatAddress(address), subnet?.lease?.subnet ?? null)
    if (owner === null) continue
    const where = subnet === undefined ? 'the subnet' : formatCidr(subnet.cidr)
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
export function rangeAdvice(failure: Failure): Advice {
  const alone = failure.network?.ipam.find((one) => one.subnet === null && one.gateway !== null)?.gateway
  if (alone != null) {
    return {
      ...hintOnly('Write the subnet of this gateway beside it, as "subnet:".'),
      span: alone.span,
    }
  }
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
