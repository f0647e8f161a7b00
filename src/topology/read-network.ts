import { problemAt } from '../compose/problem-at.ts'
import type { Entry, Value } from '../compose/value.ts'
import type { Located } from '../problem/problem.ts'
import { say } from '../problem/say.ts'
import {
  type Fields,
  openText,
  PLAIN_ITEM,
  type Place,
  readFields,
  readFlag,
  readItems,
  readNamed,
  readShaped,
  readText,
  readTexts,
} from './field.ts'
import { IPAM_KEYS, NETWORK_KEYS, SUBNET_KEYS } from './keys.ts'
import type { IpamEntry, NetworkEntry } from './topology.ts'

const NO_FIELDS: Fields = new Map()

export function readNetwork(place: Place, entry: Entry): NetworkEntry {
  const of = (key: string): Place => ({ ...place, what: say`"${key}" of network "${entry.key}"` })
  const fields =
    readFields({ ...place, what: say`Network "${entry.key}"` }, entry.value, NETWORK_KEYS, 'driver') ??
    NO_FIELDS
  const at = (key: string): Value | null => fields.get(key)?.value ?? null
  const external = readExternal(of('external'), at('external'))
  const ipam = readFields(of('ipam'), at('ipam'), IPAM_KEYS) ?? NO_FIELDS
  return {
    key: entry.key,
    span: entry.keySpan,
    name: readText(of('name'), at('name')) ?? external.name,
    external: external.external,
    driver: readText(of('driver'), at('driver')),
    driverOpts: readTextMap(of('driver_opts'), at('driver_opts')),
    internal: readFlag(of('internal'), at('internal')) ?? false,
    attachable: readFlag(of('attachable'), at('attachable')) ?? false,
    enableIpv4: readFlag(of('enable_ipv4'), at('enable_ipv4')),
    enableIpv6: readFlag(of('enable_ipv6'), at('enable_ipv6')),
    labels: readLabels(of('labels'), at('labels')),
    ipamDriver: readIpamDriver(of('ipam.driver'), ipam.get('driver')?.value ?? null),
    ipam: readItems(of('ipam.config'), ipam.get('config')?.value ?? null, false)
      .map((item) => readSubnet(of('ipam.config'), item))
      .filter((subnet) => subnet !== null),
  }
}

function readSubnet(place: Place, node: Value | null): IpamEntry | null {
  const value = place.reading.open(node, place.interpolated)
  if (value?.kind === 'text') {
    place.reading.report(
      problemAt(
        'WRONG_TYPE',
        value.span,
        say`${place.what} must be a list of maps`,
        say`Write { subnet: ${value.value} }.`,
      ),
    )
    return null
  }
  const fields = readFields(place, node, SUBNET_KEYS, 'subnet')
  if (fields === null) return null
  const of = (key: string): Place => ({ ...place, what: say`"${key}" in ${place.what}` })
  const at = (key: string): Value | null => fields.get(key)?.value ?? null
  const auxAddresses = readTextMap(of('aux_addresses'), at('aux_addresses'), 'address')
  return {
    span: value?.span ?? { start: 0, end: 0 },
    subnet: readShaped(of('subnet'), at('subnet'), 'cidr'),
    ipRange: readShaped(of('ip_range'), at('ip_range'), 'cidr'),
    gateway: readShaped(of('gateway'), at('gateway'), 'address'),
    auxAddresses,
  }
}

/** `external: true`, or the older `external: { name: … }`. */
function readExternal(place: Place, node: Value | null): { external: boolean; name: Located<string> | null } {
  if (place.reading.open(node, place.interpolated)?.kind === 'table') {
    const fields = readFields(place, node, new Map([['name', { doc: '', schema: true }]]))
    return { external: true, name: readText(place, fields?.get('name')?.value ?? null) }
  }
  return { external: readFlag(place, node) ?? false, name: null }
}

function readIpamDriver(place: Place, node: Value | null): Located<string> | null {
  const text = readText(place, node)
  if (text === null || ['', 'default'].includes(text.value)) return text
  const message = say`${place.what} is "${text.value}", which is not simulated: another program would give the addresses`
  place.reading.report(problemAt('UNSUPPORTED_SETTING', text.span, message, say`Leave it out.`))
  return text
}

/** A map of texts, or a list of `KEY=VALUE` and `KEY`. */
export function readLabels(place: Place, node: Value | null): ReadonlyMap<string, string> {
  if (node === null) return NO_LABELS
  const value = place.reading.open(node, place.interpolated)
  if (value?.kind !== 'list')
    return new Map([...readTextMap(place, node)].map(([key, { value: text }]) => [key, text]))
  return new Map(
    readTexts(place, node, false).map(({ value: text }) => {
      const equals = text.indexOf('=')
      return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
    }),
  )
}
const NO_LABELS: ReadonlyMap<string, string> = new Map()

/** A map of texts, or a list of `KEY=VALUE`. */
export function readTextMap(
  place: Place,
  node: Value | null,
  shape: 'address' | null = null,
): ReadonlyMap<string, Located<string>> {
  const texts = new Map<string, Located<string>>()
  const value = place.reading.open(node, place.interpolated)
  if (value?.kind === 'list') {
    for (const item of value.items) {
      const text = openText(place, item, PLAIN_ITEM)
      if (text === null) continue
      const equals = text.value.indexOf('=')
      if (equals < 0) {
        const hint = say`Write KEY=VALUE, or a map.`
        place.reading.report(
          problemAt('INVALID_VALUE', text.span, say`${place.what}: "${text.value}" has no "="`, hint),
        )
      } else texts.set(text.value.slice(0, equals), { value: text.value.slice(equals + 1), span: text.span })
    }
    return texts
  }
  for (const entry of readNamed(place, node)?.entries.values() ?? []) {
    const inner = { ...place, what: say`"${entry.key}" in ${place.what}` }
    const text = shape === null ? readText(inner, entry.value) : readShaped(inner, entry.value, shape)
    texts.set(entry.key, text ?? { value: '', span: entry.keySpan })
  }
  return texts
}
