import { parseAddress } from '../net/index.ts'
import type { Plan, PlanHost } from '../plan/plan.ts'
import { nearest } from '../problem/nearest.ts'
import type { Problem, Span } from '../problem/problem.ts'
import { type Said, say, worded } from '../problem/say.ts'
import { knownNames } from './names.ts'
import type { TraceEnd, TraceProtocol, TraceRequest } from './trace.ts'
import { hostAddress, runningOf, textOf } from './world.ts'

export type RequestResult =
  | { readonly ok: true; readonly request: TraceRequest }
  | { readonly ok: false; readonly problem: Problem }

const FORM = say`Write FROM -> TO, for example "web -> db:5432" or "client -> web:8000".`

/**
 * Reads `FROM -> TO[:PORT][/PROTOCOL]`. An end is a container, a service, a host, an address, `client` (a machine
 * beside the hosts), `outside` or a host name of the internet; TO also any name the resolver knows.
 *
 * @param span where the text stands, for problems.
 */
export function parseTraceRequest(text: string, plan: Plan, span: Span): RequestResult {
  const parts = text.split(/->|→/).map((part) => part.trim())
  const [fromText = '', toText = ''] = parts
  if (parts.length !== 2 || fromText === '' || toText === '') {
    return fail(span, say`"${text}" is no packet's way`, FORM)
  }
  const target = splitPort(toText)
  if (target === null) return fail(span, say`"${toText}" has no port from 1 to 65535 after the colon`, FORM)
  const from = endOf(plan, fromText, false)
  if (from === null) return fail(span, say`nothing is called "${fromText}"`, hintFor(plan, fromText))
  const to = endOf(plan, target.name, true)
  if (to === null) return fail(span, say`nothing is called "${target.name}"`, hintFor(plan, target.name))
  const port = target.port ?? defaultPort(plan, from, to)
  return { ok: true, request: { text, from, to, port, protocol: target.protocol } }
}

function fail(span: Span, message: Said, hint: Said): RequestResult {
  return {
    ok: false,
    problem: { code: 'BAD_TRACE', severity: 'error', ...worded(message, hint), span, related: [] },
  }
}

interface Target {
  readonly name: string
  readonly port: number | null
  readonly protocol: TraceProtocol
}

function splitPort(text: string): Target | null {
  const slash = /^(.*)\/(tcp|udp|sctp|icmp)$/.exec(text)
  const protocol = protocolOf(slash?.[2] ?? 'tcp')
  const rest = slash?.[1] ?? text
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(rest)
  const isV6 = bracketed === null && parseAddress(rest)?.family === 6
  const colon = isV6 ? -1 : rest.lastIndexOf(':')
  const name = bracketed?.[1] ?? (colon < 0 ? rest : rest.slice(0, colon))
  const digits = bracketed === null ? (colon < 0 ? undefined : rest.slice(colon + 1)) : bracketed[2]
  if (digits === undefined) return { name, port: null, protocol }
  const port = Number(digits)
  return /^\d+$/.test(digits) && port >= 1 && port <= 65_535 ? { name, port, protocol } : null
}

function protocolOf(text: string): TraceProtocol {
  return text === 'udp' || text === 'sctp' || text === 'icmp' ? text : 'tcp'
}

function endOf(plan: Plan, name: string, isTarget: boolean): TraceEnd | null {
  if (plan.containers.has(name)) return { kind: 'container', container: name }
  if (plan.services.has(name) || runningOf(plan, name).length > 0) return { kind: 'service', service: name }
  if (plan.hosts.some((h) => h.name === name)) return { kind: 'host', host: name }
  if (name === 'client') return { kind: 'client' }
  if (name === 'outside' || name === 'internet') return { kind: 'outside', address: '' }
  const only = plan.hosts.length === 1 ? plan.hosts[0] : undefined
  if (only !== undefined && /^host$/i.test(name)) return { kind: 'host', host: only.name }
  if (name === 'localhost') return isTarget ? { kind: 'name', name } : hostEnd(only)
  if (parseAddress(name) !== null) return addressEnd(plan, name, isTarget)
  if (!isTarget) return null
  if (knownNames(plan).has(name)) return { kind: 'name', name }
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(name) ? { kind: 'outside', address: name } : null
}

const hostEnd = (host: PlanHost | undefined): TraceEnd | null =>
  host === undefined ? null : { kind: 'host', host: host.name }

function addressEnd(plan: Plan, address: string, isTarget: boolean): TraceEnd {
  const host = plan.hosts.find((h) => hostAddress(h) === address)
  if (host !== undefined) return { kind: 'host', host: host.name }
  if (isTarget) return { kind: 'address', address }
  const owner = [...plan.containers.values()].find((c) =>
    [...c.endpoints.values()].some((a) => textOf(a.ipv4) === address || textOf(a.ipv6) === address),
  )
  return owner === undefined ? { kind: 'outside', address } : { kind: 'container', container: owner.name }
}

/** A client that names no port means the first published one. */
function defaultPort(plan: Plan, from: TraceEnd, to: TraceEnd): number | null {
  if (from.kind !== 'client' && from.kind !== 'outside') return null
  if (to.kind === 'service') {
    const own = plan.services.get(to.service)?.ports.find((p) => p.published !== 0)
    if (own !== undefined) return own.published
  }
  const name = to.kind === 'container' ? to.container : to.kind === 'service' ? to.service : ''
  const container = plan.containers.get(name) ?? runningOf(plan, name)[0]
  const published = container?.ports[0]
  if (published !== undefined) return published.port
  return plan.services.get(container?.service ?? '')?.ports[0]?.published ?? null
}

function hintFor(plan: Plan, name: string): Said {
  const known = [
    ...plan.containers.keys(),
    ...plan.services.keys(),
    ...plan.hosts.map((h) => h.name),
    ...knownNames(plan),
    'client',
    'outside',
  ]
  const near = nearest(name, known)
  return near === null
    ? say`Known: ${[...new Set([...plan.containers.keys(), ...plan.services.keys(), ...plan.hosts.map((h) => h.name), 'client', 'outside'])].slice(0, 12).join(', ')}.`
    : say`Did you mean "${near}"?`
}
