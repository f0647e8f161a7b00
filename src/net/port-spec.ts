/**
 * Published ports as the client writes them.
 * @see https://github.com/docker/go-connections/blob/v0.5.0/nat/nat.go (ParsePortSpec, SplitProtoPort)
 */
import { parseAddress } from './address.ts'

export const PROTOCOLS = ['tcp', 'udp', 'sctp'] as const
export type Protocol = (typeof PROTOCOLS)[number]

/** First and last port, equal for a single one. */
export interface PortRange {
  readonly first: number
  readonly last: number
}

export interface PortSpec {
  /** `''`: every address of the host. */
  readonly hostIp: string
  /** `null`: left to the engine. */
  readonly published: PortRange | null
  readonly target: PortRange
  readonly protocol: Protocol
}

/** What is wrong with a text, and the part of it that is. */
export interface PortFault {
  readonly fault: 'address' | 'no-port' | 'container-port' | 'host-port' | 'lengths' | 'protocol'
  readonly part: string
  /** Of two ranges that differ in length, the one on the host; else `''`. */
  readonly published: string
}

export const isPortFault = (read: PortSpec | PortFault): read is PortFault => 'fault' in read

/** In the client's own words. */
export function portFaultText({ fault, part, published }: PortFault): string {
  switch (fault) {
    case 'address':
      return `Invalid ip address: ${part}`
    case 'no-port':
      return `No port specified: ${part}<empty>`
    case 'container-port':
      return `Invalid containerPort: ${part}`
    case 'host-port':
      return `Invalid hostPort: ${part}`
    case 'lengths':
      return `Invalid ranges specified for container and host Ports: ${part} and ${published}`
    case 'protocol':
      return `Invalid proto: ${part}`
    default:
      return fault satisfies never
  }
}

/** A port of the host that is none. */
export const badHostPort = (part: string): PortFault => ({ fault: 'host-port', part, published: '' })

/** Reads `[[IP:][HOST]:]CONTAINER[/PROTOCOL]`. */
export function parsePortSpec(text: string): PortSpec | PortFault {
  const wrong = (fault: PortFault['fault'], part: string, published = ''): PortFault => ({
    fault,
    part,
    published,
  })
  const slash = text.indexOf('/')
  const protocolText = slash < 0 ? 'tcp' : text.slice(slash + 1)
  const parts = splitPorts(slash < 0 ? text : text.slice(0, slash))
  if (parts === null) return wrong('address', text)
  const { hostIp, published, target } = parts
  if (hostIp !== '' && parseAddress(hostIp) === null) return wrong('address', hostIp)
  if (target === '') return wrong('no-port', text)
  const inside = parsePortRange(target)
  if (inside === null) return wrong('container-port', target)
  const outside = published === '' ? null : parsePortRange(published)
  if (published !== '' && outside === null) return badHostPort(published)
  const length = inside.last - inside.first
  // A range on the host may stand for one container port.
  if (outside !== null && length !== 0 && outside.last - outside.first !== length) {
    return wrong('lengths', target, published)
  }
  const protocol = PROTOCOLS.find((known) => known === protocolText.toLowerCase())
  if (protocol === undefined) return wrong('protocol', protocolText)
  return { hostIp, published: outside, target: inside, protocol }
}

/** `8000` or `8000-8010`, at most 65535; `null` for anything else. */
export function parsePortRange(text: string): PortRange | null {
  const match = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/.exec(text)
  if (match === null) return null
  const first = Number(match[1])
  const last = match[2] === undefined ? first : Number(match[2])
  return last <= 65535 && first <= last ? { first, last } : null
}

/** IPv6 in brackets, or bare as the engine takes it: the last two colons separate. */
function splitPorts(text: string): { hostIp: string; published: string; target: string } | null {
  if (text.startsWith('[')) {
    const end = text.indexOf(']')
    const rest = text.slice(end + 1).split(':')
    if (end < 0 || rest.length !== 3 || rest[0] !== '') return null
    return { hostIp: text.slice(1, end), published: rest[1] ?? '', target: rest[2] ?? '' }
  }
  const parts = text.split(':')
  const target = parts.pop() ?? ''
  const published = parts.pop() ?? ''
  return { hostIp: parts.join(':'), published, target }
}
