/** Published ports in both forms of compose. */

import { problemAt } from '../compose/problem-at.ts'
import type { Value } from '../compose/value.ts'
import { parseAddress } from '../net/index.ts'
import {
  badHostPort,
  isPortFault,
  type PortFault,
  PROTOCOLS,
  parsePortRange,
  parsePortSpec,
  portFaultText,
} from '../net/port-spec.ts'
import type { Span } from '../problem/problem.ts'
import { programSays, type Said, say } from '../problem/say.ts'
import {
  chooseText,
  openText,
  PLAIN_ITEM,
  type Place,
  plainNumber,
  readChoice,
  readCount,
  readFields,
  readText,
} from './field.ts'
import { PORT_KEYS } from './keys.ts'
import type { PortEntry } from './topology.ts'

const MODES = ['ingress', 'host'] as const
const HINT = say`Write "HOST:CONTAINER", such as "8000:5000", or "127.0.0.1:8000:5000/tcp".`

/** One item of `ports:`; `null` when it cannot be read (reported). */
export function readPort(place: Place, node: Value | null): PortEntry | null {
  const value = place.reading.open(node, place.interpolated)
  if (value === null) return null
  if (value.kind === 'table') return readLongPort(place, node, value.span)
  const text = openText(place, node, PLAIN_ITEM)
  return text === null ? null : readShortPort(place, plainNumber(text), text.span)
}

function readShortPort(place: Place, text: string, span: Span): PortEntry | null {
  const spec = parsePortSpec(text)
  if (!isPortFault(spec)) return { span, ...spec, mode: 'ingress' }
  reportFault(place, spec, span, HINTS[spec.fault] ?? HINT)
  return null
}

const HINTS: Readonly<Partial<Record<PortFault['fault'], Said>>> = {
  'host-port': say`Ports are numbers from 1 to 65535.`,
  'container-port': say`Ports are numbers from 1 to 65535.`,
  protocol: say`Write /tcp, /udp or /sctp.`,
}

function reportFault(place: Place, fault: PortFault, span: Span, hint: Said): void {
  const port = fault.fault === 'host-port' ? fault.part : undefined
  place.reading.report({
    ...problemAt('INVALID_PORT', span, programSays('INVALID_PORT', portFaultText(fault)), hint),
    about: { port },
  })
}

function readLongPort(place: Place, node: Value | null, span: Span): PortEntry | null {
  const fields = readFields({ ...place, what: say`A port` }, node, PORT_KEYS)
  if (fields === null) return null
  const of = (key: string): Place => ({ ...place, what: say`"${key}" of a port` })
  const at = (key: string): Value | null => fields.get(key)?.value ?? null
  const target = readCount(of('target'), at('target'), 1, 65535)
  const publishedText = openText(of('published'), at('published'))
  const published =
    publishedText === null ? null : { value: plainNumber(publishedText), span: publishedText.span }
  const hostIp = readText(of('host_ip'), at('host_ip'))
  const protocol = readText(of('protocol'), at('protocol'))
  const mode = readChoice(of('mode'), at('mode'), MODES)
  if (hostIp !== null && hostIp.value !== '' && parseAddress(hostIp.value) === null) {
    place.reading.report(
      problemAt(
        'INVALID_ADDRESS',
        hostIp.span,
        say`Invalid ip address: ${hostIp.value}`,
        say`Write an address of the host, such as 127.0.0.1.`,
      ),
    )
  }
  if (target === null) {
    if (!fields.has('target'))
      place.reading.report(problemAt('MISSING_KEY', span, say`A port has no "target"`, HINT))
    return null
  }
  const outside = published === null || published.value === '' ? null : parsePortRange(published.value)
  if (published !== null && published.value !== '' && outside === null) {
    reportFault(place, badHostPort(published.value), published.span, say`Ports go from 1 to 65535.`)
    return null
  }
  return {
    span,
    hostIp: hostIp?.value ?? '',
    published: outside,
    target: { first: target.value, last: target.value },
    // Compose takes an empty one for none.
    protocol:
      (protocol === null || protocol.value === '' ? null : chooseText(of('protocol'), protocol, PROTOCOLS)) ??
      'tcp',
    mode: mode ?? 'ingress',
  }
}
