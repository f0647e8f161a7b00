/**
 * What `docker network inspect` and `docker inspect` print, read with care: it is another program's text, and
 * changes from release to release. What is missing is `''` or empty; what is not JSON of that kind is refused.
 */
import { cleanLine } from '../problem/clean.ts'

export interface InspectedNetwork {
  readonly name: string
  /** 64 hexadecimal digits, or 25 letters and digits under swarm. */
  readonly id: string
  readonly driver: string
  readonly scope: string
  readonly internal: boolean
  readonly attachable: boolean
  readonly ingress: boolean
  readonly ipv6: boolean
  /** In the engine's order. */
  readonly ipam: readonly InspectedSubnet[]
  readonly options: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  /** Only those on the engine that was asked. */
  readonly endpoints: readonly InspectedEndpoint[]
}

export interface InspectedSubnet {
  readonly subnet: string
  /** `''` where the author gave a subnet but no gateway, even though there is one. */
  readonly gateway: string
  readonly ipRange: string
  readonly auxAddresses: ReadonlyMap<string, string>
}

export interface InspectedEndpoint {
  /** The container's id, or a name such as `lb-net1` or `ingress-sbox`. */
  readonly key: string
  readonly name: string
  /** With prefix length, or `''`. */
  readonly ipv4: string
  readonly ipv6: string
  readonly mac: string
}

export interface InspectedContainer {
  readonly name: string
  readonly id: string
  readonly image: string
  readonly hostname: string
  /** `running`, `created`, `exited`, `paused`, … */
  readonly state: string
  /** `default`, `bridge`, a network's name or id, `host`, `none`, `container:ID`. */
  readonly networkMode: string
  /** Id of its network sandbox, or `''`. */
  readonly sandbox: string
  readonly attachments: readonly InspectedAttachment[]
  readonly ports: readonly InspectedPort[]
  /** As given; empty where the engine's own hold. */
  readonly dns: readonly string[]
  readonly dnsSearch: readonly string[]
  readonly dnsOptions: readonly string[]
  /** `NAME:ADDRESS` as given. */
  readonly extraHosts: readonly string[]
  readonly labels: ReadonlyMap<string, string>
}

export interface InspectedAttachment {
  readonly network: string
  readonly ipv4: string
  readonly ipv6: string
  readonly mac: string
  readonly gateway: string
  readonly gateway6: string
  readonly aliases: readonly string[]
  /** `CONTAINER` or `CONTAINER:NAME`, as `--link` takes them. */
  readonly links: readonly string[]
  /** 0 where the engine knows none. */
  readonly gwPriority: number
}

export interface InspectedPort {
  /** `80/tcp`. */
  readonly container: string
  /** `0.0.0.0:8080`, or `''` when only exposed. */
  readonly host: string
}

export interface Inspected {
  readonly networks: readonly InspectedNetwork[]
  readonly containers: readonly InspectedContainer[]
}

export type Reading =
  | { readonly ok: true; readonly value: Inspected }
  | { readonly ok: false; readonly message: string }

type Fields = ReadonlyMap<string, unknown>

/** Reads what `docker network inspect …` or `docker inspect …` printed; networks and containers may be mixed. */
export function readInspect(text: string): Reading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return refuse(`this is not JSON (${reason})`)
  }
  if (!Array.isArray(value)) return refuse('docker inspect prints an array; this is none')
  const networks: InspectedNetwork[] = []
  const containers: InspectedContainer[] = []
  for (const [index, item] of value.entries()) {
    const fields = fieldsOf(item)
    const name = textOf(fields.get('Name'))
    if (name === '') return refuse(`element ${index} has no Name`)
    if (fields.has('NetworkSettings')) containers.push(readContainer(fields))
    else if (fields.has('Driver') && fields.has('IPAM')) networks.push(readNetwork(fields))
    else return refuse(`element ${index} ("${name}") is neither a network nor a container`)
  }
  return { ok: true, value: { networks, containers } }
}

/** What it quotes is another program's text. */
const refuse = (message: string): Reading => ({ ok: false, message: cleanLine(message) })

function readNetwork(fields: Fields): InspectedNetwork {
  return {
    name: textOf(fields.get('Name')),
    id: textOf(fields.get('Id')),
    driver: textOf(fields.get('Driver')),
    scope: textOf(fields.get('Scope')),
    internal: fields.get('Internal') === true,
    attachable: fields.get('Attachable') === true,
    ingress: fields.get('Ingress') === true,
    ipv6: fields.get('EnableIPv6') === true,
    ipam: listOf(fieldsOf(fields.get('IPAM')).get('Config')).map(readSubnet),
    options: textsOf(fields.get('Options')),
    labels: textsOf(fields.get('Labels')),
    endpoints: [...fieldsOf(fields.get('Containers'))].map(([key, value]) => {
      const endpoint = fieldsOf(value)
      return {
        key,
        name: textOf(endpoint.get('Name')),
        ipv4: textOf(endpoint.get('IPv4Address')),
        ipv6: textOf(endpoint.get('IPv6Address')),
        mac: textOf(endpoint.get('MacAddress')),
      }
    }),
  }
}

function readSubnet(value: unknown): InspectedSubnet {
  const fields = fieldsOf(value)
  return {
    subnet: textOf(fields.get('Subnet')),
    // Up to 26 an automatic IPv6 gateway is printed with its prefix length.
    gateway: textOf(fields.get('Gateway')).replace(/\/\d+$/, ''),
    ipRange: textOf(fields.get('IPRange')),
    auxAddresses: textsOf(fields.get('AuxiliaryAddresses')),
  }
}

function readContainer(fields: Fields): InspectedContainer {
  const config = fieldsOf(fields.get('Config'))
  const settings = fieldsOf(fields.get('NetworkSettings'))
  const host = fieldsOf(fields.get('HostConfig'))
  return {
    name: textOf(fields.get('Name')).replace(/^\//, ''),
    id: textOf(fields.get('Id')),
    image: textOf(config.get('Image')),
    hostname: textOf(config.get('Hostname')),
    state: textOf(fieldsOf(fields.get('State')).get('Status')),
    networkMode: textOf(host.get('NetworkMode')),
    sandbox: textOf(settings.get('SandboxID')),
    attachments: [...fieldsOf(settings.get('Networks'))].map(([network, value]) =>
      readAttachment(network, fieldsOf(value), network === 'bridge' ? host.get('Links') : null),
    ),
    ports: [...fieldsOf(settings.get('Ports'))].flatMap(([container, value]) => readPort(container, value)),
    dns: listOf(host.get('Dns')).map(textOf),
    dnsSearch: listOf(host.get('DnsSearch')).map(textOf),
    dnsOptions: listOf(host.get('DnsOptions')).map(textOf),
    extraHosts: listOf(host.get('ExtraHosts')).map(textOf),
    labels: textsOf(config.get('Labels')),
  }
}

/** `/db:/web/data` → `db:data` */
function linkOf(text: string): string {
  const [target = '', path = ''] = text.split(':')
  return `${target.replace(/^\//, '')}:${path.slice(path.lastIndexOf('/') + 1)}`
}

/** @param links of a container as a whole, which are for the default bridge: `/db:/web/data`. */
function readAttachment(network: string, fields: Fields, links: unknown): InspectedAttachment {
  const ofBridge = listOf(links).map((link) => linkOf(textOf(link)))
  return {
    network,
    ipv4: withLength(textOf(fields.get('IPAddress')), fields.get('IPPrefixLen')),
    ipv6: withLength(textOf(fields.get('GlobalIPv6Address')), fields.get('GlobalIPv6PrefixLen')),
    mac: textOf(fields.get('MacAddress')),
    gateway: textOf(fields.get('Gateway')),
    gateway6: textOf(fields.get('IPv6Gateway')),
    aliases: listOf(fields.get('Aliases')).map(textOf),
    links: [...listOf(fields.get('Links')).map(textOf), ...ofBridge],
    gwPriority: numberOf(fields.get('GwPriority')),
  }
}

function readPort(container: string, value: unknown): InspectedPort[] {
  const bindings = listOf(value).map(fieldsOf)
  if (bindings.length === 0) return [{ container, host: '' }]
  return bindings.map((binding) => {
    const address = textOf(binding.get('HostIp'))
    const bracketed = address.includes(':') ? `[${address}]` : address
    return { container, host: `${bracketed}:${textOf(binding.get('HostPort'))}` }
  })
}

const withLength = (address: string, length: unknown): string =>
  address === '' || typeof length !== 'number' ? address : `${address}/${length}`

/** The fields of a JSON object as a map, so that a name such as `__proto__` is a name; empty for anything else. */
const fieldsOf = (value: unknown): Fields =>
  new Map(typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [])

const textsOf = (value: unknown): ReadonlyMap<string, string> =>
  new Map([...fieldsOf(value)].map(([key, item]) => [key, textOf(item)]))

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
