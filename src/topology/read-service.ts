import { MAX_CONTAINERS } from '../compose/limits.ts'
import { problemAt } from '../compose/problem-at.ts'
import { type Entry, plainText, type Value } from '../compose/value.ts'
import { parseAddress } from '../net/index.ts'
import type { Located, Span } from '../problem/problem.ts'
import { otherSide, programSays, say } from '../problem/say.ts'
import {
  type Fields,
  openText,
  PLAIN_ITEM,
  type Place,
  plainNumber,
  readChoice,
  readCount,
  readFields,
  readFlag,
  readItems,
  readNamed,
  readShaped,
  readText,
  readTexts,
  wrongType,
} from './field.ts'
import { ATTACHMENT_KEYS, DEPLOY_KEYS, GRAVE_SERVICE_KEYS, PLACEMENT_KEYS, SERVICE_KEYS } from './keys.ts'
import { readLabels } from './read-network.ts'
import { readPort } from './read-port.ts'
import {
  type AttachmentEntry,
  type Dependency,
  type PortEntry,
  type ServiceEntry,
  SIGNS,
} from './topology.ts'

const NO_FIELDS: Fields = new Map()

export function readService(place: Place, entry: Entry): ServiceEntry {
  const of = (key: string): Place => ({ ...place, what: say`"${key}" of service "${entry.key}"` })
  const fields =
    readFields(
      { ...place, what: say`Service "${entry.key}"`, service: entry.key },
      entry.value,
      SERVICE_KEYS,
      'image',
      GRAVE_SERVICE_KEYS,
    ) ?? NO_FIELDS
  const at = (key: string): Value | null => fields.get(key)?.value ?? null
  const deploy = readFields(of('deploy'), at('deploy'), DEPLOY_KEYS, 'mode') ?? NO_FIELDS
  const inDeploy = (key: string): Value | null => deploy.get(key)?.value ?? null
  const placement = readFields(of('placement'), inDeploy('placement'), PLACEMENT_KEYS) ?? NO_FIELDS
  const scale = readCount(of('scale'), at('scale'), 0, MAX_CONTAINERS)
  const replicas = readCount(of('deploy.replicas'), inDeploy('replicas'), 0, MAX_CONTAINERS)
  checkScale(place, entry.key, scale, replicas)
  const networks = readAttachments(of('networks'), at('networks'))
  const keySpans = new Map<string, Span>()
  for (const [key, field] of fields) keySpans.set(key, field.keySpan)
  for (const [key, field] of deploy) keySpans.set(`deploy.${key}`, field.keySpan)
  return {
    key: entry.key,
    span: entry.keySpan,
    image: readText(of('image'), at('image'))?.value ?? null,
    icon: readChoice(of('x-icon'), at('x-icon'), SIGNS),
    containerName: readText(of('container_name'), at('container_name')),
    hostname: readText(of('hostname'), at('hostname')),
    networks,
    provided: at('provider') !== null,
    networkMode: modeOf(readText(of('network_mode'), at('network_mode')), networks),
    ports: distinctPorts(
      readItems(of('ports'), at('ports'), false)
        .map((item) => readPort(of('ports'), item))
        .filter((port) => port !== null),
    ),
    expose: distinct(readExpose(of('expose'), at('expose'))),
    dependsOn: [
      ...readDependsOn(of('depends_on'), at('depends_on')),
      ...SHARED_NAMESPACES.map((key) => readShared(of(key), at(key))).filter((needed) => needed !== null),
      ...readVolumesFrom(of('volumes_from'), at('volumes_from')),
    ],
    restartsWith: readRestartsWith(of('depends_on'), at('depends_on')),
    restart: readRestart(of('restart'), at('restart')),
    profiles: distinct(readTexts(of('profiles'), at('profiles'), false)),
    links: distinct(readTexts(of('links'), at('links'), false)),
    extraHosts: readExtraHosts(of('extra_hosts'), at('extra_hosts')),
    dns: readTexts(of('dns'), at('dns'), true),
    dnsSearch: readTexts(of('dns_search'), at('dns_search'), true),
    dnsOptions: readTexts(of('dns_opt'), at('dns_opt'), false),
    macAddress: readShaped(of('mac_address'), at('mac_address'), 'mac'),
    replicas: scale ?? replicas,
    mode: readChoice(of('deploy.mode'), inDeploy('mode'), MODES) ?? 'replicated',
    endpointMode:
      readChoice(of('deploy.endpoint_mode'), inDeploy('endpoint_mode'), ['vip', 'dnsrr']) ?? 'vip',
    labels: readLabels(of('labels'), at('labels')),
    constraints: readTexts(of('constraints'), placement.get('constraints')?.value ?? null, false),
    keySpans,
  }
}

/** Both say how many containers there are; Compose takes them together only where they say the same. */
function checkScale(
  { reading }: Place,
  service: string,
  scale: Located<number> | null,
  replicas: Located<number> | null,
): void {
  if (scale === null || replicas === null || scale.value === replicas.value) return
  const text = `services.${service}: can't set distinct values on 'scale' and 'deploy.replicas': invalid compose project`
  const message = programSays('CONFLICTING_OPTIONS', text)
  reading.report(problemAt('CONFLICTING_OPTIONS', scale.span, message, say`Leave one of the two out.`))
}

const MODES = ['replicated', 'global', 'replicated-job', 'global-job'] as const

/** An empty mode beside networks is none; alone it keeps a service off every network, whatever compose makes of it. */
function modeOf(text: Located<string> | null, networks: ServiceEntry['networks']): Located<string> | null {
  return text?.value === '' && (networks?.size ?? 0) > 0 ? null : text
}

/** The first of equal texts. */
function distinct(texts: readonly Located<string>[]): readonly Located<string>[] {
  const first = new Map<string, Located<string>>()
  for (const text of texts) if (!first.has(text.value)) first.set(text.value, text)
  return [...first.values()]
}

/** Of equal ports the last counts, at the place of the first. @see compose-go `override/uncity.go: portIndexer` */
function distinctPorts(ports: readonly PortEntry[]): readonly PortEntry[] {
  const byKey = new Map<string, PortEntry>()
  for (const port of ports) {
    const { hostIp, published, target, protocol } = port
    const range = (part: PortEntry['target'] | null): string =>
      part === null ? '' : `${part.first}-${part.last}`
    byKey.set(`${hostIp === '' ? '0.0.0.0' : hostIp} ${range(published)} ${range(target)} ${protocol}`, port)
  }
  return [...byKey.values()]
}

const RESTARTS = ['no', 'always', 'unless-stopped', 'on-failure'] as const

/** `on-failure` may have a number of tries behind a colon. */
function readRestart(place: Place, value: Value | null): ServiceEntry['restart'] {
  const text = readText(place, value)
  if (text === null) return 'no'
  const policy = RESTARTS.find((known) => known === text.value.replace(/^on-failure:[0-9]+$/, 'on-failure'))
  if (policy !== undefined || text.value === 'false') return policy ?? 'no'
  const message = say`invalid restart policy: unknown policy '${text.value}'`
  place.reading.report(
    problemAt('INVALID_VALUE', text.span, message, say`Write one of ${RESTARTS.join(', ')}.`),
  )
  return 'no'
}

/** A map, or a list of `NAME:ADDRESS` or `NAME=ADDRESS`. @see compose-go `types/hostList.go` */
function readExtraHosts(place: Place, node: Value | null): readonly Located<string>[] {
  const written =
    node?.kind === 'table'
      ? [...node.entries.values()].flatMap((entry) =>
          readTexts({ ...place, what: say`"${entry.key}" in ${place.what}` }, entry.value, true).map(
            (address) => ({ value: `${entry.key}:${address.value}`, span: address.span }),
          ),
        )
      : readTexts(place, node, false).map(({ value: text, span }) => ({
          value: /^[^:=]+=/.test(text) ? text.replace('=', ':') : text,
          span,
        }))
  return written.filter(({ value: text, span }) => {
    const [, address = ''] = /^[^:]+:(.*)$/.exec(text) ?? []
    if (address === 'host-gateway' || parseAddress(address.replace(/^\[(.*)\]$/, '$1')) !== null) return true
    const message = say`${place.what} has no address: "${text}"`
    const hint = say`Write NAME:ADDRESS, such as "db.example:10.1.2.3", or NAME:host-gateway.`
    place.reading.report(problemAt('INVALID_ADDRESS', span, message, hint))
    return false
  })
}

/** A list of names or a map with settings; `null` when not written. */
function readAttachments(place: Place, node: Value | null): ReadonlyMap<string, AttachmentEntry> | null {
  const value = place.reading.open(node, place.interpolated)
  if (value === null) return null
  const attachments = new Map<string, AttachmentEntry>()
  if (value.kind === 'list') {
    for (const item of value.items) {
      const name = readText({ ...place, what: say`An item of ${place.what}` }, item, NAME_ALONE)
      if (name === null) continue
      const earlier = attachments.get(name.value)
      if (earlier === undefined) {
        attachments.set(
          name.value,
          readAttachment(place, { key: name.value, keySpan: name.span, value: null, tag: null }),
        )
      } else {
        const message = say`${place.what} names "${name.value}" twice`
        place.reading.report({
          ...problemAt('DUPLICATE_KEY', name.span, message, say`Delete one of them.`),
          related: [otherSide(say`first written`, earlier.span)],
        })
      }
    }
    return attachments
  }
  if (value.kind === 'text') {
    wrongType(place, value.span, 'text', say`a list or a map`, say`Write [${value.value}].`)
    return null
  }
  for (const entry of value.entries.values()) attachments.set(entry.key, readAttachment(place, entry))
  return attachments
}

const NAME_ALONE = say`Write the name alone, or, for settings, a map: networks: { back: { ipv4_address: 10.5.0.9 } }.`

function readAttachment(place: Place, entry: Entry): AttachmentEntry {
  const of = (key: string): Place => ({ ...place, what: say`"${key}" of "${entry.key}" in ${place.what}` })
  const fields =
    entry.value === null
      ? NO_FIELDS
      : (readFields(
          { ...place, what: say`"${entry.key}" in ${place.what}` },
          entry.value,
          ATTACHMENT_KEYS,
          'ipv4_address',
        ) ?? NO_FIELDS)
  const at = (key: string): Value | null => fields.get(key)?.value ?? null
  const driverOpts = readNamed(of('driver_opts'), at('driver_opts'))?.entries
  const ifname = driverOpts?.get('com.docker.network.endpoint.ifname')?.value ?? null
  return {
    network: entry.key,
    span: entry.keySpan,
    ipv4Address: readShaped(of('ipv4_address'), at('ipv4_address'), 'ipv4'),
    ipv6Address: readShaped(of('ipv6_address'), at('ipv6_address'), 'ipv6'),
    macAddress: readShaped(of('mac_address'), at('mac_address'), 'mac'),
    aliases: distinct(readTexts(of('aliases'), at('aliases'), false)),
    linkLocalIps: distinct(readTexts(of('link_local_ips'), at('link_local_ips'), false)),
    priority: readCount(of('priority'), at('priority'), -2147483648, 2147483647)?.value ?? 0,
    gwPriority: readCount(of('gw_priority'), at('gw_priority'), -2147483648, 2147483647)?.value ?? null,
    interfaceName:
      readText(of('interface_name'), at('interface_name')) ?? readText(of('driver_opts'), ifname),
  }
}

/** A list of services, or a map with conditions. */
function readDependsOn(place: Place, node: Value | null): readonly Dependency[] {
  const value = place.reading.open(node, place.interpolated)
  if (value?.kind !== 'table') return readTexts(place, node, false).map(required)
  return [...value.entries.values()].map((entry) => {
    const settings = place.reading.open(entry.value, place.interpolated)
    const flag = settings?.kind === 'table' ? (settings.entries.get('required')?.value ?? null) : null
    const condition = plainText(settings?.kind === 'table' ? settings.entries.get('condition')?.value : null)
    return {
      value: entry.key,
      span: entry.keySpan,
      required: readFlag(place, flag) ?? true,
      ended: condition === 'service_completed_successfully',
    }
  })
}

function readRestartsWith(place: Place, node: Value | null): readonly string[] {
  if (node?.kind !== 'table') return []
  return [...node.entries.values()]
    .filter(({ value }) => {
      const flag = value?.kind === 'table' ? (value.entries.get('restart')?.value ?? null) : null
      return flag !== null && readFlag(place, flag) === true
    })
    .map(({ key }) => key)
}

const required = ({ value, span }: Located<string>): Dependency => ({
  value,
  span,
  required: true,
  ended: false,
})

/** Keys that may say `service:NAME`. @see compose-go `loader/normalize.go: Normalize` */
const SHARED_NAMESPACES = ['ipc', 'pid', 'uts', 'cgroup']

function readShared(place: Place, node: Value | null): Dependency | null {
  const text = readText(place, node)
  if (text === null || !text.value.startsWith('service:')) return null
  return required({ ...text, value: text.value.slice('service:'.length) })
}

/** `SERVICE`, `SERVICE:ro`, or `container:NAME`, which is none of the project. */
function readVolumesFrom(place: Place, node: Value | null): readonly Dependency[] {
  return readTexts(place, node, false)
    .filter(({ value }) => !value.startsWith('container:'))
    .map(({ value, span }) => required({ value: value.split(':')[0] ?? '', span }))
}

function readExpose(place: Place, node: Value | null): readonly Located<string>[] {
  const good: Located<string>[] = []
  for (const item of readItems(place, node, false)) {
    const text = openText(place, item, PLAIN_ITEM)
    if (text === null) continue
    // Compose takes the protocol in any case.
    const value = plainNumber(text).toLowerCase()
    const match = /^([0-9]{1,5})(?:-([0-9]{1,5}))?(?:\/(?:tcp|udp|sctp))?$/.exec(value)
    if (match !== null && Number(match[1]) <= 65535 && Number(match[2] ?? 0) <= 65535) {
      good.push({ value, span: text.span })
    } else if (/^[0-9.]*:[0-9]/.test(value)) {
      const hint = say`Write it under "ports:"; "expose:" takes container ports only.`
      place.reading.report(
        problemAt('INVALID_PORT', text.span, say`Invalid port format for expose: "${text.value}"`, hint),
      )
    } else {
      place.reading.report(
        problemAt(
          'INVALID_PORT',
          text.span,
          say`Invalid port format for expose: "${text.value}"`,
          say`Ports go from 1 to 65535.`,
        ),
      )
    }
  }
  return good
}

/** Keys of services and networks become names of containers; compose takes only these characters. */
export function checkKey(place: Place, entry: Entry, kind: 'service' | 'network'): void {
  if (/^[a-zA-Z0-9._-]+$/.test(entry.key)) return
  const better = entry.key.replaceAll(/[^a-zA-Z0-9._-]+/g, '-').replaceAll(/^-+|(?<!-)-+$/g, '')
  const message =
    kind === 'service'
      ? say`The service name "${entry.key}" has characters that compose does not take`
      : say`The network name "${entry.key}" has characters that compose does not take`
  const hint =
    better === ''
      ? say`Use letters, digits, ".", "_" and "-".`
      : say`Use letters, digits, ".", "_" and "-": ${better}.`
  place.reading.report(problemAt('INVALID_NAME', entry.keySpan, message, hint))
}
