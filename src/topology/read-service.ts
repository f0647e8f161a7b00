import type { Node } from 'yaml'
import type { Located, Problem, Span } from '../problem/problem.ts'
import {
  type Fields,
  openText,
  PLAIN_ITEM,
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
  wrongType,
} from './field.ts'
import { ATTACHMENT_KEYS, DEPLOY_KEYS, PLACEMENT_KEYS, SERVICE_KEYS } from './keys.ts'
import { MAX_CONTAINERS } from './limits.ts'
import { problemAt, warningAt } from './problem-at.ts'
import { readPort } from './read-port.ts'
import type { AttachmentEntry, Dependency, ServiceEntry } from './topology.ts'
import type { Entry } from './yaml.ts'

const NO_FIELDS: Fields = new Map()

export function readService(place: Place, entry: Entry): ServiceEntry {
  const of = (key: string): Place => ({ ...place, what: `"${key}" of service "${entry.key}"` })
  const fields =
    readFields({ ...place, what: `Service "${entry.key}"` }, entry.node, SERVICE_KEYS, 'image') ?? NO_FIELDS
  const at = (key: string): Node | null => fields.get(key)?.node ?? null
  const deploy = readFields(of('deploy'), at('deploy'), DEPLOY_KEYS, 'mode') ?? NO_FIELDS
  const inDeploy = (key: string): Node | null => deploy.get(key)?.node ?? null
  const placement = readFields(of('placement'), inDeploy('placement'), PLACEMENT_KEYS) ?? NO_FIELDS
  const scale = readCount(of('scale'), at('scale'), 0, MAX_CONTAINERS)
  const replicas = readCount(of('deploy.replicas'), inDeploy('replicas'), 0, MAX_CONTAINERS)
  const base = fields.get('extends')
  if (base !== undefined) place.reading.report(notMerged(`"extends" of service "${entry.key}"`, base.keySpan))
  const keySpans = new Map<string, Span>()
  for (const [key, field] of fields) keySpans.set(key, field.keySpan)
  for (const [key, field] of deploy) keySpans.set(`deploy.${key}`, field.keySpan)
  return {
    key: entry.key,
    span: entry.keySpan,
    image: readText(of('image'), at('image'))?.value ?? null,
    containerName: readText(of('container_name'), at('container_name')),
    hostname: readText(of('hostname'), at('hostname')),
    networks: readAttachments(of('networks'), at('networks')),
    networkMode: readText(of('network_mode'), at('network_mode')),
    ports: readItems(of('ports'), at('ports'), false)
      .map((item) => readPort(of('ports'), item))
      .filter((port) => port !== null),
    expose: readExpose(of('expose'), at('expose')),
    dependsOn: [
      ...readDependsOn(of('depends_on'), at('depends_on')),
      ...SHARED_NAMESPACES.map((key) => readShared(of(key), at(key))).filter((needed) => needed !== null),
      ...readVolumesFrom(of('volumes_from'), at('volumes_from')),
    ],
    profiles: readTexts(of('profiles'), at('profiles'), false),
    links: readTexts(of('links'), at('links'), false),
    macAddress: readShaped(of('mac_address'), at('mac_address'), 'mac'),
    replicas: scale ?? replicas,
    mode: readChoice(of('deploy.mode'), inDeploy('mode'), ['replicated', 'global']) ?? 'replicated',
    endpointMode:
      readChoice(of('deploy.endpoint_mode'), inDeploy('endpoint_mode'), ['vip', 'dnsrr']) ?? 'vip',
    constraints: readTexts(of('constraints'), placement.get('constraints')?.node ?? null, false),
    keySpans,
  }
}

/** A list of names or a map with settings; `null` when not written. */
function readAttachments(place: Place, node: Node | null): ReadonlyMap<string, AttachmentEntry> | null {
  const value = place.reading.open(node, place.interpolated)
  if (value === null) return null
  const attachments = new Map<string, AttachmentEntry>()
  if (value.kind === 'list') {
    for (const item of value.items) {
      const name = readText({ ...place, what: `An item of ${place.what}` }, item, NAME_ALONE)
      if (name === null) continue
      const earlier = attachments.get(name.value)
      if (earlier === undefined) {
        attachments.set(
          name.value,
          readAttachment(place, { key: name.value, keySpan: name.span, node: null }),
        )
      } else {
        const message = `${place.what} names "${name.value}" twice`
        place.reading.report({
          ...problemAt('DUPLICATE_KEY', name.span, message, 'Delete one of them.'),
          related: [{ message: 'first written', span: earlier.span }],
        })
      }
    }
    return attachments
  }
  if (value.kind === 'text') {
    wrongType(place, value.span, 'text', 'a list or a map', `Write [${value.value}].`)
    return null
  }
  for (const entry of value.entries.values()) attachments.set(entry.key, readAttachment(place, entry))
  return attachments
}

const NAME_ALONE =
  'Write the name alone, or, for settings, a map: networks: { back: { ipv4_address: 10.5.0.9 } }.'

function readAttachment(place: Place, entry: Entry): AttachmentEntry {
  const of = (key: string): Place => ({ ...place, what: `"${key}" of "${entry.key}" in ${place.what}` })
  const fields =
    entry.node === null
      ? NO_FIELDS
      : (readFields(
          { ...place, what: `"${entry.key}" in ${place.what}` },
          entry.node,
          ATTACHMENT_KEYS,
          'ipv4_address',
        ) ?? NO_FIELDS)
  const at = (key: string): Node | null => fields.get(key)?.node ?? null
  const driverOpts = readNamed(of('driver_opts'), at('driver_opts'))?.entries
  const ifname = driverOpts?.get('com.docker.network.endpoint.ifname')?.node ?? null
  return {
    network: entry.key,
    span: entry.keySpan,
    ipv4Address: readShaped(of('ipv4_address'), at('ipv4_address'), 'ipv4'),
    ipv6Address: readShaped(of('ipv6_address'), at('ipv6_address'), 'ipv6'),
    macAddress: readShaped(of('mac_address'), at('mac_address'), 'mac'),
    aliases: readTexts(of('aliases'), at('aliases'), false),
    linkLocalIps: readTexts(of('link_local_ips'), at('link_local_ips'), false),
    priority: readCount(of('priority'), at('priority'), -2147483648, 2147483647)?.value ?? 0,
    gwPriority: readCount(of('gw_priority'), at('gw_priority'), -2147483648, 2147483647)?.value ?? null,
    interfaceName:
      readText(of('interface_name'), at('interface_name')) ?? readText(of('driver_opts'), ifname),
  }
}

/** Other services and files are not looked into, whatever networks and ports they would bring. */
export function notMerged(what: string, span: Span): Problem {
  const hint = 'Paste what "docker compose config" prints: it has everything in one file.'
  return warningAt('NOT_MERGED', span, `${what} is not followed: what stands there is missing here`, hint)
}

/** A list of services, or a map with conditions, which do not change the order of starting. */
function readDependsOn(place: Place, node: Node | null): readonly Dependency[] {
  const value = place.reading.open(node, place.interpolated)
  if (value?.kind !== 'table') return readTexts(place, node, false).map(required)
  return [...value.entries.values()].map((entry) => {
    const settings = place.reading.open(entry.node, place.interpolated)
    const flag = settings?.kind === 'table' ? (settings.entries.get('required')?.node ?? null) : null
    return { value: entry.key, span: entry.keySpan, required: readFlag(place, flag) ?? true }
  })
}

const required = ({ value, span }: Located<string>): Dependency => ({ value, span, required: true })

/** Keys that may say `service:NAME`. @see compose-go `loader/normalize.go: Normalize` */
const SHARED_NAMESPACES = ['ipc', 'pid', 'uts', 'cgroup']

function readShared(place: Place, node: Node | null): Dependency | null {
  const text = readText(place, node)
  if (text === null || !text.value.startsWith('service:')) return null
  return required({ ...text, value: text.value.slice('service:'.length) })
}

/** `SERVICE`, `SERVICE:ro`, or `container:NAME`, which is none of the project. */
function readVolumesFrom(place: Place, node: Node | null): readonly Dependency[] {
  return readTexts(place, node, false)
    .filter(({ value }) => !value.startsWith('container:'))
    .map(({ value, span }) => required({ value: value.split(':')[0] ?? '', span }))
}

function readExpose(place: Place, node: Node | null): readonly Located<string>[] {
  const good: Located<string>[] = []
  for (const item of readItems(place, node, false)) {
    const text = openText(place, item, PLAIN_ITEM)
    if (text === null) continue
    const match = /^([0-9]{1,5})(?:-([0-9]{1,5}))?(?:\/(?:tcp|udp|sctp))?$/.exec(text.value)
    if (match !== null && Number(match[1]) <= 65535 && Number(match[2] ?? 0) <= 65535) {
      good.push({ value: text.value, span: text.span })
    } else if (/^[0-9.]*:[0-9]/.test(text.value)) {
      const hint = 'Write it under "ports:"; "expose:" takes container ports only.'
      place.reading.report(
        problemAt('INVALID_PORT', text.span, `Invalid port format for expose: "${text.value}"`, hint),
      )
    } else {
      place.reading.report(
        problemAt(
          'INVALID_PORT',
          text.span,
          `Invalid port format for expose: "${text.value}"`,
          'Ports go from 1 to 65535.',
        ),
      )
    }
  }
  return good
}

/** Keys of services and networks become names of containers; compose takes only these characters. */
export function checkKey(place: Place, entry: Entry, kind: 'service' | 'network'): void {
  if (/^[a-zA-Z0-9._-]+$/.test(entry.key)) return
  const better = entry.key.replaceAll(/[^a-zA-Z0-9._-]+/g, '-').replaceAll(/^-+|-+$/g, '')
  const message = `The ${kind} name "${entry.key}" has characters that compose does not take`
  const hint = `Use letters, digits, ".", "_" and "-"${better === '' ? '' : `: ${better}`}.`
  place.reading.report(problemAt('INVALID_NAME', entry.keySpan, message, hint))
}
