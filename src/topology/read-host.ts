import { problemAt } from '../compose/problem-at.ts'
import type { Entry, Value } from '../compose/value.ts'
import { parseAddress, parseCidr, parsePrefix } from '../net/index.ts'
import type { Located } from '../problem/problem.ts'
import { type Said, say } from '../problem/say.ts'
import {
  type Fields,
  type Place,
  readChoice,
  readCount,
  readFields,
  readFlag,
  readItems,
  readNamed,
  readShaped,
  readText,
  readTexts,
} from './field.ts'
import { DAEMON_KEYS, HOST_KEYS, SWARM_KEYS } from './keys.ts'
import { readTextMap } from './read-network.ts'
import type { DaemonSettings, HostEntry, ListenEntry, SwarmSettings } from './topology.ts'

export const DEFAULT_DAEMON: DaemonSettings = {
  bip: null,
  fixedCidr: null,
  fixedCidrV6: null,
  defaultAddressPools: [],
  ipv6: false,
  ipv6Span: null,
  userlandProxy: true,
  liveRestore: false,
  defaultGateway: null,
  defaultGatewayV6: null,
  icc: true,
  ipMasq: true,
  ip: null,
  mtu: null,
  ip6tables: null,
  defaultNetworkOpts: new Map(),
  dns: [],
  dnsSearch: [],
  dnsOptions: [],
  id: null,
}
const POOL_KEYS = new Map([
  ['base', { doc: '', schema: true }],
  ['size', { doc: '', schema: true }],
])
const NO_FIELDS: Fields = new Map()

/** @param base what holds for keys that are not written: of a host's own settings those of the whole block. */
export function readDaemon(place: Place, node: Value | null, base: DaemonSettings): DaemonSettings | null {
  const fields = readFields(place, node, DAEMON_KEYS)
  if (fields === null) return null
  const of = (key: string): Place => ({ ...place, what: say`"${key}" of ${place.what}` })
  const at = (key: string): Value | null => fields.get(key)?.value ?? null
  reportUnsupported(place, fields)
  const shaped = (
    key: string,
    shape: 'cidr' | 'address',
    other: Located<string> | null,
  ): Located<string> | null => (fields.has(key) ? readShaped(of(key), at(key), shape) : other)
  const flag = (key: string, other: boolean): boolean => readFlag(of(key), at(key)) ?? other
  const texts = (key: string, other: readonly string[]): readonly string[] =>
    fields.has(key) ? readTexts(of(key), at(key), true).map(({ value }) => value) : other
  return {
    bip: shaped('bip', 'cidr', base.bip),
    fixedCidr: shaped('fixed-cidr', 'cidr', base.fixedCidr),
    fixedCidrV6: shaped('fixed-cidr-v6', 'cidr', base.fixedCidrV6),
    defaultAddressPools: fields.has('default-address-pools')
      ? readItems(of('default-address-pools'), at('default-address-pools'), false).flatMap(
          (item) => readPool(of('default-address-pools'), item) ?? [],
        )
      : base.defaultAddressPools,
    ipv6: flag('ipv6', base.ipv6),
    ipv6Span: fields.get('ipv6')?.keySpan ?? base.ipv6Span,
    userlandProxy: flag('userland-proxy', base.userlandProxy),
    liveRestore: flag('live-restore', base.liveRestore),
    defaultGateway: shaped('default-gateway', 'address', base.defaultGateway),
    defaultGatewayV6: shaped('default-gateway-v6', 'address', base.defaultGatewayV6),
    icc: flag('icc', base.icc),
    ipMasq: flag('ip-masq', base.ipMasq),
    ip: shaped('ip', 'address', base.ip),
    mtu: readCount(of('mtu'), at('mtu'), 68, 65535)?.value ?? base.mtu,
    ip6tables: readFlag(of('ip6tables'), at('ip6tables')) ?? base.ip6tables,
    defaultNetworkOpts: fields.has('default-network-opts')
      ? readNetworkOpts(of('default-network-opts'), at('default-network-opts'))
      : base.defaultNetworkOpts,
    dns: texts('dns', base.dns),
    dnsSearch: texts('dns-search', base.dnsSearch),
    dnsOptions: texts('dns-opts', base.dnsOptions),
    id: readText(of('id'), at('id'))?.value ?? base.id,
  }
}

/** `{ bridge: { com.docker.network.driver.mtu: 1400 } }` */
function readNetworkOpts(place: Place, node: Value | null): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const drivers = readNamed(place, node)?.entries ?? new Map<string, Entry>()
  return new Map(
    [...drivers.values()].map((entry) => [
      entry.key,
      new Map(
        [...readTextMap({ ...place, what: say`"${entry.key}" in ${place.what}` }, entry.value)].map(
          ([key, { value }]) => [key, value],
        ),
      ),
    ]),
  )
}

/** Settings that would change what is reached or given, with the value that changes nothing, and why they are refused. */
const UNSUPPORTED: ReadonlyMap<string, readonly [harmless: readonly string[], why: Said]> = new Map([
  ['iptables', [['true'], say`without the rules of Docker, what is reached depends on those of the host`]],
  ['ip-forward', [['true'], say`what is forwarded then depends on the host`]],
  ['ip-forward-no-drop', [['false'], say`what is forwarded then depends on the host`]],
  [
    'allow-direct-routing',
    [['false'], say`ways to containers that are published nowhere are not known here`],
  ],
  ['firewall-backend', [['', 'iptables'], say`rules of nftables are not known here`]],
  ['swarm-default-advertise-addr', [[''], say`write it as --advertise-addr at docker swarm init`]],
  ['bridge-accept-fwmark', [[''], say`marks of packets are not known here`]],
  ['bridge', [[''], say`a bridge that Docker did not make, or none, is not known here`]],
  ['host-gateway-ip', [[''], say`host-gateway is taken for the address of docker0`]],
  ['host-gateway-ips', [[''], say`host-gateway is taken for the address of docker0`]],
])

function reportUnsupported(place: Place, fields: Fields): void {
  for (const [key, [harmless, why]] of UNSUPPORTED) {
    const field = fields.get(key)
    if (field === undefined) continue
    const value = place.reading.open(field.value, place.interpolated)
    if (value === null || (value.kind === 'text' && harmless.includes(value.value))) continue
    const message = say`"${key}" of ${place.what} is not simulated: ${why}`
    place.reading.report(
      problemAt(
        'UNSUPPORTED_SETTING',
        field.keySpan,
        message,
        say`Leave it out, and say in the text what differs.`,
      ),
    )
  }
}

function readPool(place: Place, node: Value | null): { base: Located<string>; size: Located<number> } | null {
  const value = place.reading.open(node, place.interpolated)
  const fields = readFields(place, node, POOL_KEYS)
  if (fields === null) return null
  const base = readShaped(
    { ...place, what: say`"base" in ${place.what}` },
    fields.get('base')?.value ?? null,
    'cidr',
  )
  const sizePlace = { ...place, what: say`"size" in ${place.what}` }
  const size = readCount(sizePlace, fields.get('size')?.value ?? null, 0, 128)
  if (base === null || size === null) {
    if (value !== null && (!fields.has('base') || !fields.has('size'))) {
      const message = say`A pool in ${place.what} needs "base" and "size"`
      place.reading.report(
        problemAt('MISSING_KEY', value.span, message, say`Write { base: 10.10.0.0/16, size: 24 }.`),
      )
    }
    return null
  }
  const prefix = parsePrefix(base.value)
  if (prefix === null) return null
  const most = prefix.family === 4 ? 32 : 128
  if (size.value < prefix.length || size.value > most) {
    const message = say`Networks of size /${size.value} do not fit a pool of ${base.value}`
    place.reading.report(
      problemAt(
        'INVALID_NUMBER',
        size.span,
        message,
        say`Write a size from ${prefix.length} to ${most}, such as ${Math.min(most, prefix.length + 8)}.`,
      ),
    )
    return null
  }
  return { base, size }
}

/** @param daemon settings of every engine of the block. */
export function readHost(place: Place, entry: Entry, daemon: DaemonSettings): HostEntry {
  const of = (key: string): Place => ({ ...place, what: say`"${key}" of host "${entry.key}"` })
  const fields =
    readFields({ ...place, what: say`Host "${entry.key}"` }, entry.value, HOST_KEYS, 'address') ?? NO_FIELDS
  const at = (key: string): Value | null => fields.get(key)?.value ?? null
  const interfaces = new Map<string, Located<string>>()
  for (const one of readNamed(of('interfaces'), at('interfaces'))?.entries.values() ?? []) {
    const addresses = readItems(of(`interfaces.${one.key}`), one.value, true).flatMap(
      (item) => readShaped(of(`interfaces.${one.key}`), item, 'cidr') ?? [],
    )
    // An interface without an address may be the parent of a macvlan network.
    const text = addresses.map((address) => address.value).join(' ')
    interfaces.set(one.key, { value: text, span: addresses[0]?.span ?? one.keySpan })
  }
  const routes = readTexts(of('routes'), at('routes'), true)
  const nameservers = readTexts(of('nameservers'), at('nameservers'), true)
  return {
    name: entry.key,
    span: entry.keySpan,
    address: readHostAddress(of('address'), at('address')),
    interface: readText(of('interface'), at('interface'))?.value ?? 'eth0',
    interfaces,
    routes: routes.filter((route) => checkRoute(place, route)),
    nameservers: nameservers.filter((server) => checkNameserver(place, server)),
    listens: readTexts(of('listens'), at('listens'), true).flatMap(
      (one) => readListen(of('listens'), one) ?? [],
    ),
    role: readChoice(of('role'), at('role'), ['manager', 'worker']),
    labels: new Map([...readTextMap(of('labels'), at('labels'))].map(([key, { value }]) => [key, value])),
    daemon: readDaemon({ ...place, what: say`daemon of host "${entry.key}"` }, at('daemon'), daemon),
  }
}

/** `22`, `53/udp`, `127.0.0.1:5432`, `[::1]:8000-8010`. */
function readListen(place: Place, { value, span }: Located<string>): ListenEntry | null {
  const form = /^(?:\[?([0-9a-f.:]+)\]?:)?([0-9]{1,5})(?:-([0-9]{1,5}))?(?:\/(tcp|udp|sctp))?$/i.exec(value)
  const [, ip = '', first = '', last = first, protocol = 'tcp'] = form ?? []
  const isPort = (text: string): boolean => Number(text) >= 1 && Number(text) <= 65535
  const known = (['tcp', 'udp', 'sctp'] as const).find((one) => one === protocol.toLowerCase())
  if (
    form !== null &&
    known !== undefined &&
    isPort(first) &&
    isPort(last) &&
    Number(first) <= Number(last) &&
    (ip === '' || parseAddress(ip) !== null)
  )
    return { ip, first: Number(first), last: Number(last), protocol: known }
  const hint = say`Write a port such as 22 or 53/udp, with an address in front where it is bound to one: 127.0.0.1:5432.`
  place.reading.report(problemAt('INVALID_PORT', span, say`${place.what} has no port: "${value}"`, hint))
  return null
}

/** CIDR; a bare address is worth a hint of its own, and is dropped since its subnet is unknown. */
function readHostAddress(place: Place, node: Value | null): Located<string> | null {
  const address = readShaped(place, node, 'cidr')
  return address !== null && parseCidr(address.value) === null ? null : address
}

export function checkRoute(place: Place, route: Located<string>): boolean {
  const [target = '', ...words] = route.value.trim().split(/\s+/)
  const via = words[0] === 'via' ? words[1] : undefined
  const rest = via === undefined ? words : words.slice(2)
  const dev = rest[0] === 'dev' ? rest[1] : undefined
  const good =
    (target === 'default' || parseCidr(target) !== null) &&
    (via === undefined || parseAddress(via) !== null) &&
    (via !== undefined || dev !== undefined)
  if (good) return true
  const hint = say`Write "172.20.5.0/24 via 198.51.100.9" or "172.20.5.0/24 dev wg0".`
  place.reading.report(problemAt('INVALID_ROUTE', route.span, say`Not a route: "${route.value}"`, hint))
  return false
}

function checkNameserver(place: Place, server: Located<string>): boolean {
  if (parseAddress(server.value) !== null) return true
  const message = say`A nameserver is an IP address, not "${server.value}"`
  place.reading.report(
    problemAt('INVALID_ADDRESS', server.span, message, say`Write an address such as 192.168.1.1.`),
  )
  return false
}

/** `true`, `false`, or settings. */
export function readSwarm(place: Place, entry: Entry): SwarmSettings | null {
  const value = place.reading.open(entry.value, place.interpolated)
  if (value?.kind !== 'table') {
    const plain: SwarmSettings = { span: entry.keySpan, defaultAddrPool: [], maskLength: null }
    return readFlag(place, entry.value) === true ? plain : null
  }
  const fields = readFields(place, entry.value, SWARM_KEYS) ?? NO_FIELDS
  const poolPlace = { ...place, what: say`"default-addr-pool" of swarm` }
  const maskPlace = { ...place, what: say`"mask-length" of swarm` }
  return {
    span: entry.keySpan,
    defaultAddrPool: readItems(poolPlace, fields.get('default-addr-pool')?.value ?? null, true).flatMap(
      (item) => readShaped(poolPlace, item, 'cidr') ?? [],
    ),
    maskLength: readCount(maskPlace, fields.get('mask-length')?.value ?? null, 1, 29),
  }
}
