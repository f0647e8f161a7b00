/** A refusal with all that is known of where it came from, and what an author is told of it. */
import type { Operation, Refusal } from '../engine/operation.ts'
import type { Network } from '../engine/state.ts'
import type { Located, Problem, Span } from '../problem/problem.ts'
import { placeIn } from '../problem/written.ts'
import type { CommandEntry, NetworkEntry, ServiceEntry } from '../topology/topology.ts'
import type { Session } from './session.ts'

export interface Advice {
  /** Narrower than the step's own place, or `null`. */
  readonly span: Span | null
  readonly hint: string | null
  readonly related: Problem['related']
}

export interface Failure {
  readonly session: Session
  readonly host: string
  readonly refusal: Refusal
  readonly command: CommandEntry | null
  readonly service: ServiceEntry | null
  readonly network: NetworkEntry | null
  /** What was asked, as far as it is known. */
  readonly operation: Operation | null
}

const NONE: Advice = { span: null, hint: null, related: [] }
export const hintOnly = (hint: string | null): Advice => ({ ...NONE, hint })

export function engineNetworks({ session, host }: Failure): readonly Network[] {
  return [...(session.hosts.get(host)?.engine.networks() ?? [])]
}

/** Where the gateway, range or auxiliary address was written that does not fit its subnet. */
export function placeOfPart({ refusal, command, network }: Failure): Span | null {
  const [, kind, name = ''] =
    /invalid (gateway|ip-range|auxiliary address) ([^\s:]+(?::[0-9a-f:/]+)?):? /.exec(refusal.message) ?? []
  if (command !== null) return kind === undefined ? null : wordPlace(command, name)
  for (const { gateway, ipRange, auxAddresses } of network?.ipam ?? []) {
    const part =
      kind === 'auxiliary address' ? auxAddresses.get(name) : kind === 'gateway' ? gateway : ipRange
    if (part != null && (kind === 'auxiliary address' || part.value === name)) return part.span
  }
  return null
}

/** Where the value that the message names was written. */
export function placeOfToken({ refusal, command, service, network }: Failure): Span | null {
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

export function wordPlace({ line }: CommandEntry, word: string): Span | null {
  const { text } = line
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`
    if (/^[\s=,:"'][\s=,:"'/]$/.test(around)) return placeIn(line, at, at + word.length)
  }
  return null
}

export function textsOfNetwork(network: NetworkEntry): readonly Located<string>[] {
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

export function textsOfService(service: ServiceEntry): readonly Located<string>[] {
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
    sharedWith(service),
  ]
  return all.filter((one) => one !== null)
}

/** `network_mode` with the name alone, as refusals have it. */
function sharedWith({ networkMode }: ServiceEntry): Located<string> | null {
  return networkMode === null
    ? null
    : { value: networkMode.value.replace(/^(?:container|service):/, ''), span: networkMode.span }
}
