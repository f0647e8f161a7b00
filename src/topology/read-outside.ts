import { problemAt } from '../compose/problem-at.ts'
import type { Entry, Value } from '../compose/value.ts'
import { parseAddress, parseCidr } from '../net/index.ts'
import { say } from '../problem/say.ts'
import { type Fields, type Place, readChoice, readFields, readNamed, readText, readTexts } from './field.ts'
import { OUTSIDE_KEYS } from './keys.ts'
import { checkRoute } from './read-host.ts'
import { type OutsideEntry, SIGNS } from './topology.ts'

const NO_FIELDS: Fields = new Map()

/** `outside:`, machines that are none of Docker's. */
export const readOutside = (place: Place, node: Value | null): readonly OutsideEntry[] =>
  [...(readNamed(place, node)?.entries.values() ?? [])].map((entry) => readOne(place, entry))

function readOne(place: Place, { key, value }: Entry): OutsideEntry {
  const of = (what: string): Place => ({ ...place, what: say`"${what}" of "${key}"` })
  const fields = readFields({ ...place, what: say`"${key}"` }, value, OUTSIDE_KEYS, 'icon') ?? NO_FIELDS
  const at = (name: string): Value | null => fields.get(name)?.value ?? null
  const address = readText(of('address'), at('address'))
  if (address !== null && parseAddress(address.value) === null && parseCidr(address.value) === null)
    place.reading.report(
      problemAt(
        'INVALID_ADDRESS',
        address.span,
        say`The address of "${key}" is an IP address, not "${address.value}"`,
        say`Write an address such as 192.168.56.1, or 192.168.56.1/24.`,
      ),
    )
  return {
    name: key,
    icon: readChoice(of('icon'), at('icon'), SIGNS) ?? 'machine',
    address: address?.value ?? '',
    routes: readTexts(of('routes'), at('routes'), false)
      .filter((route) => checkRoute(place, route))
      .map(({ value: text }) => text),
  }
}
