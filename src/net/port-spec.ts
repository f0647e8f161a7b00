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

/** Begins what is said of the port of the host; the port follows. */
export const BAD_HOST_PORT = 'Invalid hostPort: '

/** Reads `[[IP:][HOST]:]CONTAINER[/PROTOCOL]`. A text in the client's own words says what is wrong with it. */
export function parsePortSpec(text: string): PortSpec | string {
  const slash = text.indexOf('/')
  const protocolText = slash < 0 ? 'tcp' : text.slice(slash + 1)
  const parts = splitPorts(slash < 0 ? text : text.slice(0, slash))
  if (parts === null) return `Invalid ip address: ${text}`
  const { hostIp, published, target } = parts
  if (hostIp !== '' && parseAddress(hostIp) === null) return `Invalid ip address: ${hostIp}`
  if (target === '') return `No port specified: ${text}<empty>`
  const inside = parsePortRange(target)
  if (inside === null) return `Invalid containerPort: ${target}`
  const outside = published === '' ? null : parsePortRange(published)
  if (published !== '' && outside === null) return `${BAD_HOST_PORT}${published}`
  const length = inside.last - inside.first
  // A range on the host may stand for one container port.
  if (outside !== null && length !== 0 && outside.last - outside.first !== length) {
    return `Invalid ranges specified for container and host Ports: ${target} and ${published}`
  }
  const protocol = PROTOCOLS.find((known) => known === protocolText.toLowerCase())
  if (protocol === undefined) return `Invalid proto: ${protocolText}`
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
