/**
 * Addresses typed by hand that contradict the models of a post.
 *
 * An address literal is wrong when it lies in a subnet of some model of the post, and no model knows it: it is not
 * the address of an endpoint, a gateway, a VIP, a host, an auxiliary address, nor a subnet, range or its first or last
 * address. A block (`172.18.0.0/24`) is wrong when it begins where a known subnet begins but has another length. And
 * `NAME (ADDRESS)`, `NAME=ADDRESS`, `NAME: ADDRESS` is wrong when NAME is a container or service, and the address
 * belongs to others alone. Addresses outside all subnets are none of our business.
 *
 * A line that contains `dn-ignore` is left out, and so is one below `dn-ignore-next-line`.
 */

import {
  type Address,
  type Cidr,
  contains,
  firstOf,
  formatAddress,
  formatPrefix,
  lastValue,
  type Prefix,
  parseAddress,
  parseCidr,
  parsePrefix,
  prefixOf,
} from '../net/index.ts'
import type { Plan } from '../plan/plan.ts'
import type { Problem, Report } from '../problem/problem.ts'
import { say, worded } from '../problem/say.ts'

/** A stretch of whole lines of a post, with the offset at which it begins. */
export interface Prose {
  readonly text: string
  readonly offset: number
}

interface Known {
  readonly subnets: readonly { readonly prefix: Prefix; readonly network: string }[]
  /** Whose an address is, by address text; names of containers and services, and other words. */
  readonly owners: ReadonlyMap<string, ReadonlySet<string>>
  /** Blocks that may be written, as text. */
  readonly blocks: ReadonlySet<string>
  /** Containers and services. */
  readonly names: ReadonlySet<string>
}

/**
 * Reports each literal that contradicts all of `plans` (every model, at every step the post shows).
 *
 * @param severity a typed address may be meant, so a host that does not say otherwise only warns of it.
 */
export function lintProse(
  pieces: readonly Prose[],
  plans: readonly Plan[],
  severity: Problem['severity'],
  report: Report,
): void {
  if (plans.length === 0) return
  const known = collect(plans)
  for (const piece of pieces) {
    let ignored = false
    for (const match of piece.text.matchAll(/[^\n]*\n?/g)) {
      const line = match[0]
      if (line === '') continue
      if (!ignored && !line.includes('dn-ignore'))
        lintLine(line, piece.offset + match.index, known, (fault) => report({ ...fault, severity }))
      ignored = line.includes('dn-ignore-next-line')
    }
  }
}

/** Letters an address may be made of, and those that would make it part of something else. */
const RUN = /[0-9A-Za-z_.:%-]+/g
/** Longer runs are no addresses: 39 letters of IPv6, a port behind it. */
const LONGEST = 48

interface Literal {
  readonly text: string
  readonly start: number
}

/** Addresses and blocks in a line, with a port or a full stop behind them cut off. Not those in a path (`/10.5.0.1/x`). */
function* literalsIn(line: string): Generator<Literal> {
  for (const { 0: run, index } of line.matchAll(RUN)) {
    if (run.length > LONGEST) continue
    const before = line.slice(Math.max(0, index - 2), index)
    if (before.endsWith('/') && before !== '//') continue
    const text =
      /^([0-9]+(?:\.[0-9]+){3})(?::[0-9]*)?\.?$/.exec(run)?.[1] ??
      run.replace(/[.:]$/, (end) => (run.endsWith('::') ? end : ''))
    if (parseAddress(text) === null) continue
    const length =
      text.length === run.length
        ? (/^\/[0-9]{1,3}(?![\w.]*\w)/.exec(line.slice(index + run.length, index + run.length + 12))?.[0] ??
          '')
        : ''
    yield { text: text + length, start: index }
  }
}

function lintLine(
  line: string,
  offset: number,
  known: Known,
  report: (fault: Omit<Problem, 'severity'>) => void,
): void {
  for (const { text, start } of literalsIn(line)) {
    const span = { start: offset + start, end: offset + start + text.length }
    const found = text.includes('/')
      ? blockFault(text, known)
      : (addressFault(text, known) ?? ownerFault(text, line.slice(Math.max(0, start - 80), start), known))
    if (found === null) continue
    const { better, ...fault } = found
    const fix = better === undefined ? undefined : { span, text: better }
    report({ ...fault, span, related: [], fix })
  }
}

type Fault = Pick<Problem, 'code' | 'message' | 'hint' | 'said'> & {
  /** What to write in place of the literal. */
  readonly better?: string
}
const OPT_OUT = say`or put <!-- dn-ignore --> on the line.`

function addressFault(literal: string, known: Known): Fault | null {
  const address = parseAddress(literal)
  if (address === null) return null
  const text = formatAddress(address)
  if (known.owners.has(text)) return null
  const subnet = known.subnets.find(({ prefix }) => contains(prefix, address))
  if (subnet === undefined) return null
  return {
    code: 'STALE_ADDRESS',
    ...worded(
      say`${literal} lies in ${formatPrefix(subnet.prefix)} of network "${subnet.network}", but no model of this post has it`,
      say`Write a reference such as {dn:web.ip}, ${OPT_OUT}`,
    ),
  }
}

function blockFault(literal: string, known: Known): Fault | null {
  const cidr = parseCidr(literal)
  const prefix = parsePrefix(literal)
  if (cidr === null || prefix === null) return null
  if (known.blocks.has(formatPrefix(prefix))) {
    return cidr.address.value === prefix.first ? null : addressFault(formatAddress(cidr.address), known)
  }
  if (cidr.address.value !== prefix.first) {
    const fault = addressFault(formatAddress(cidr.address), known)
    if (fault !== null) return fault
  }
  const subnet = known.subnets.find((one) => contains(one.prefix, cidr.address))
  if (subnet === undefined || (cidr.address.value === prefix.first && subnet.prefix.first !== prefix.first))
    return null
  // A wider block that only happens to begin there is a pool or an example.
  if (prefix.length < subnet.prefix.length) return null
  return {
    code: 'STALE_SUBNET',
    ...worded(
      say`${literal}: network "${subnet.network}" is ${formatPrefix(subnet.prefix)} in this post`,
      say`Write a reference such as {dn:${subnet.network}.subnet}, ${OPT_OUT}`,
    ),
    better: `{dn:${subnet.network}.subnet}`,
  }
}

/** `NAME (ADDRESS)` and the like, where the address is another's. */
function ownerFault(literal: string, before: string, known: Known): Fault | null {
  const name = /([A-Za-z0-9][A-Za-z0-9_.-]{0,100})[`*"']{0,4}\s{0,4}[(=:]\s{0,4}[`*"']{0,4}$/.exec(
    before.slice(-140),
  )?.[1]
  const address = parseAddress(literal)
  if (name === undefined || address === null || !known.names.has(name)) return null
  const owners = known.owners.get(formatAddress(address))
  if (owners === undefined || owners.has(name)) return null
  // A task or replica may be meant by its service's name.
  const list = [...owners]
  if (
    list.some(
      (owner) => owner.startsWith(`${name}.`) || owner.startsWith(`${name}-`) || !known.names.has(owner),
    )
  )
    return null
  return {
    code: 'STALE_ADDRESS',
    ...worded(
      say`${literal} is the address of ${list.join(', ')}, not of ${name}`,
      say`Write {dn:${name}.ip}, ${OPT_OUT}`,
    ),
    better: `{dn:${name}.ip}`,
  }
}

function collect(plans: readonly Plan[]): Known {
  const subnets = new Map<string, { prefix: Prefix; network: string }>()
  const owners = new Map<string, Set<string>>()
  const blocks = new Set<string>()
  const names = new Set<string>()
  const own = (address: Address | null, owner: string): void => {
    if (address === null) return
    const key = formatAddress(address)
    owners.set(key, (owners.get(key) ?? new Set()).add(owner))
  }
  const ownIn = (cidr: Cidr | null, owner: string): void => {
    if (cidr === null) return
    own(cidr.address, owner)
    blocks.add(formatPrefix(prefixOf(cidr)))
  }
  const block = (prefix: Prefix, network: string | null): void => {
    blocks.add(formatPrefix(prefix))
    own(firstOf(prefix), '')
    own({ family: prefix.family, value: lastValue(prefix) }, '')
    if (network !== null) subnets.set(formatPrefix(prefix), { prefix, network })
  }
  for (const plan of plans) {
    for (const network of plan.networks.values()) {
      for (const subnet of network.subnets) {
        block(prefixOf(subnet), network.key)
        if (subnet.range !== null) block(prefixOf(subnet.range), null)
        own(subnet.gateway, '')
        for (const aux of subnet.aux.values()) own(aux, '')
      }
      for (const endpoint of network.endpoints.values()) {
        ownIn(endpoint.ipv4, endpoint.name)
        ownIn(endpoint.ipv6, endpoint.name)
      }
    }
    for (const container of plan.containers.values()) {
      names.add(container.name)
      for (const attachment of container.endpoints.values()) {
        ownIn(attachment.ipv4, container.name)
        ownIn(attachment.ipv6, container.name)
        own(attachment.gateway, '')
        own(attachment.gateway6, '')
      }
    }
    for (const service of plan.services.values()) {
      names.add(service.name)
      for (const vip of service.vips.values()) ownIn(vip, service.name)
    }
    for (const host of plan.hosts) {
      ownIn(host.address, host.name)
      for (const one of host.interfaces) ownIn(one.address, host.name)
    }
    if (plan.underlay.subnet !== null) block(plan.underlay.subnet, null)
    // What a command of the model names is written on purpose, also where it fails.
    for (const step of plan.steps) {
      for (const { text } of literalsIn(step.command)) {
        if (text.includes('/')) ownIn(parseCidr(text), '')
        else own(parseAddress(text), '')
      }
    }
  }
  return { subnets: [...subnets.values()], owners, blocks, names }
}
