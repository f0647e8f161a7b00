/**
 * A packet's way as a sequence: lanes in the order it comes by them, messages from lane to lane with the headers they
 * bear, and what happens in a lane. All of it follows from the trace; an answer goes the same way back, with the
 * translations undone by conntrack (Linux `net/netfilter/nf_conntrack_core.c`), and by IPVS where that translated.
 */
import { formatAddress } from '../net/index.ts'
import { addressesOf } from '../plan/certainty.ts'
import type { Plan } from '../plan/plan.ts'
import type { Hop, Trace } from '../trace/trace.ts'
import type { Words } from '../words/words.ts'
import { hopTag } from './hop-words.ts'
import { star } from './star.ts'

export type LaneKind = 'client' | 'outside' | 'dns' | 'vip' | 'host' | 'bridge' | 'tunnel' | 'task'

export interface Lane {
  readonly key: string
  readonly kind: LaneKind
  /** What stands in its head: a name, and what or where it is. */
  readonly lines: readonly string[]
  /** Keys of the plan; `''` where it is none of that. */
  readonly host: string
  readonly network: string
  readonly container: string
}

export interface HeaderLine {
  readonly text: string
  /** It is another than that of the message before. */
  readonly changed: boolean
}

export type SequenceRow =
  | {
      readonly kind: 'message'
      /** Of the hops that it stands for, from 1; empty for answers. */
      readonly numbers: readonly number[]
      /** Indexes of lanes. */
      readonly from: number
      readonly to: number
      readonly reply: boolean
      readonly title: string
      readonly headers: readonly HeaderLine[]
    }
  | {
      readonly kind: 'event'
      readonly numbers: readonly number[]
      readonly lane: number
      readonly drop: boolean
      readonly title: string
    }

export interface Sequence {
  /** `A` and on where there are several; `''` for the only one. */
  readonly letter: string
  readonly text: string
  readonly reached: boolean
  readonly lanes: readonly Lane[]
  readonly rows: readonly SequenceRow[]
}

/** What a packet bears at one time. Sockets are `ADDRESS:PORT` where a port is known. */
interface Packet {
  readonly source: string
  readonly destination: string
  /** `''`: Docker draws it at random, or it is none of Docker's. */
  readonly sourceMac: string
  readonly destinationMac: string
  readonly outer: {
    readonly vni: number
    readonly source: string
    readonly destination: string
    readonly port: number
    readonly encrypted: boolean
  } | null
}

const NO_PACKET: Packet = { source: '', destination: '', sourceMac: '', destinationMac: '', outer: null }

export const sequencesOf = (plan: Plan, traces: readonly Trace[], words: Words): readonly Sequence[] =>
  traces.map((trace, index) => {
    const letter = traces.length > 1 ? String.fromCharCode(65 + (index % 26)) : ''
    return sequenceOf(plan, trace, words, letter)
  })

function sequenceOf(plan: Plan, trace: Trace, words: Words, letter: string): Sequence {
  const draft = createDraft(plan, trace, words)
  for (const [index, hop] of trace.hops.entries()) step(draft, hop, index + 1)
  if (trace.reached && trace.effect === 'answered') answer(draft)
  const { lanes, rows } = draft
  return { letter, text: trace.request.text, reached: trace.reached, lanes, rows }
}

interface Draft {
  readonly plan: Plan
  readonly trace: Trace
  readonly words: Words
  /** Addresses that are one of several. */
  readonly unsure: ReadonlySet<string>
  readonly lanes: Lane[]
  readonly rows: SequenceRow[]
  /** Messages of the packet itself, for its answer. */
  readonly sent: { readonly from: number; readonly to: number; readonly packet: Packet }[]
  packet: Packet
  /** That of the last message, against which changes are told. */
  told: Packet
  lane: number
  /** Hops whose message is still to come. */
  waiting: number[]
  title: string
}

const createDraft = (plan: Plan, trace: Trace, words: Words): Draft => ({
  plan,
  trace,
  words,
  unsure: unsureOf(plan),
  lanes: [],
  rows: [],
  sent: [],
  packet: NO_PACKET,
  told: NO_PACKET,
  lane: -1,
  waiting: [],
  title: '',
})

function step(draft: Draft, hop: Hop, number: number): void {
  const { words, plan } = draft
  switch (hop.kind) {
    case 'resolve': {
      draft.lane = laneOf(draft, hop)
      const dns = enter(draft, {
        key: `dns ${hop.server}`,
        kind: 'dns',
        lines: ['DNS', hop.server],
        host: hop.host,
        network: '',
        container: '',
      })
      const is = hop.answerIs === 'vip' ? ' (VIP)' : ''
      const said = `${hop.name} = ${hop.answers.join(', ')}${is}`
      say(draft, [number], draft.lane, dns, false, `${hop.name}?`)
      say(draft, [], dns, draft.lane, true, said)
      return
    }
    case 'hosts':
      draft.lane = laneOf(draft, hop)
      event(draft, number, words.hop.hosts(hop.name, hop.answer))
      return
    case 'send': {
      draft.lane = laneOf(draft, hop)
      const mac = plan.containers.get(hop.container)?.endpoints.get(hop.network)?.mac ?? ''
      const { destination } = hop
      draft.packet = {
        ...NO_PACKET,
        source: hop.source,
        destination: withPort(destination, draft),
        sourceMac: mac,
      }
      wait(draft, number, words.sequence.sends(hop.via))
      return
    }
    case 'arrive':
      if (draft.packet.outer !== null) wait(draft, number, draft.title)
      else move(draft, hop, number, words.hopTag.arrive)
      return
    case 'forward':
      if (draft.packet.outer !== null) wait(draft, number, draft.title)
      else {
        come(draft, hop)
        event(draft, number, words.sequence.routes(hop.destination, hop.out))
      }
      return
    case 'bridge':
      draft.packet = { ...draft.packet, destinationMac: hop.mac }
      move(draft, hop, number, draft.title)
      return
    case 'ipvs':
      come(draft, hop)
      event(draft, number, words.hop.ipvs(hop.vip, hop.chosen.container, hop.chosen.address))
      draft.packet = { ...draft.packet, destination: moved(draft.packet.destination, hop.chosen.address) }
      return
    case 'masquerade': {
      come(draft, hop)
      event(draft, number, words.hop.masquerade(hop.target, hop.from, hop.to))
      const mac = plan.networks.get(hop.network)?.endpoints.get(hop.interface)?.mac ?? ''
      draft.packet = { ...draft.packet, source: hop.to, sourceMac: mac }
      return
    }
    case 'dnat':
      come(draft, hop)
      event(draft, number, words.hop.dnat(hop.from, hop.to))
      draft.packet = { ...draft.packet, destination: hop.to }
      return
    case 'proxy': {
      come(draft, hop)
      event(draft, number, words.hop.proxy(hop.from, hop.to))
      draft.packet = { ...NO_PACKET, source: draft.trace.seenAs, destination: hop.to }
      return
    }
    case 'encapsulate': {
      const { vni, outerSource, outerDestination, udpPort, encrypted } = hop
      const outer = { vni, source: outerSource, destination: outerDestination, port: udpPort, encrypted }
      draft.packet = { ...draft.packet, outer }
      move(draft, hop, number, words.hopTag.encapsulate)
      return
    }
    case 'decapsulate':
      draft.packet = { ...draft.packet, outer: null }
      wait(draft, number, words.hopTag.decapsulate)
      return
    case 'loopback':
      draft.lane = laneOf(draft, hop)
      event(draft, number, words.hop.loopback(hop.address))
      return
    case 'deliver':
      if (hop.mac !== '') draft.packet = { ...draft.packet, destinationMac: hop.mac }
      if (laneOf(draft, hop) === draft.lane)
        event(
          draft,
          number,
          words.hop.deliver(hop.container || hop.host || words.figure.outside, hop.address),
        )
      else move(draft, hop, number, draft.title || words.hopTag.deliver)
      return
    case 'drop':
      come(draft, hop)
      event(draft, number, words.hop.drop[hop.reason](hop.subject, hop.other), true)
      return
    default:
      hop satisfies never
  }
}

/** The hop is told with the next message. */
function wait(draft: Draft, number: number, title: string): void {
  draft.waiting.push(number)
  draft.title = title
}

/** With hops before it that led nowhere else, such as the sending of a host itself. */
function event(draft: Draft, number: number, title: string, drop = false): void {
  draft.rows.push({ kind: 'event', numbers: [...draft.waiting, number], lane: draft.lane, drop, title })
  draft.waiting = []
  draft.title = ''
}

/** To the lane of a hop, by a message that says so where it is another. */
function move(draft: Draft, hop: Hop, number: number, title: string): void {
  draft.waiting.push(number)
  draft.title = title === '' ? hopTag(hop, draft.words) : title
  come(draft, hop)
}

/** To the lane of a hop that has an event of its own there: the message says what was to be told before. */
function come(draft: Draft, hop: Hop): void {
  const to = laneOf(draft, hop)
  const from = draft.lane
  draft.lane = to
  if (from === to || from < 0) return
  const { waiting: numbers, title } = draft
  draft.waiting = []
  draft.title = ''
  const headers = headersOf(draft, draft.packet)
  draft.rows.push({ kind: 'message', numbers, from, to, reply: false, title, headers })
  draft.sent.push({ from, to, packet: draft.packet })
  draft.told = draft.packet
}

function say(
  draft: Draft,
  numbers: readonly number[],
  from: number,
  to: number,
  reply: boolean,
  title: string,
): void {
  draft.rows.push({ kind: 'message', numbers, from, to, reply, title, headers: [] })
}

/** The same way back: source and destination exchanged at each place, and the tunnel entered at its other end. */
function answer(draft: Draft): void {
  const { sent, words, lanes } = draft
  const isTunnel = (index: number): boolean => lanes[index]?.kind === 'tunnel'
  let before: Packet | null = null
  for (const [at, { from, to, packet }] of [...sent.entries()].reverse()) {
    const outer = isTunnel(to) ? null : isTunnel(from) ? (sent[at - 1]?.packet.outer ?? null) : packet.outer
    const back: Packet = {
      source: packet.destination,
      destination: packet.source,
      sourceMac: packet.destinationMac,
      destinationMac: packet.sourceMac,
      outer: outer === null ? null : { ...outer, source: outer.destination, destination: outer.source },
    }
    const title = answerTitle(before, back, words)
    draft.told = before ?? back
    const headers = headersOf(draft, back)
    draft.rows.push({ kind: 'message', numbers: [], from: to, to: from, reply: true, title, headers })
    before = back
  }
}

function answerTitle(before: Packet | null, back: Packet, { sequence, hopTag: tag }: Words): string {
  const wrapped = back.outer === null ? '' : ` · ${tag.encapsulate}`
  if (before === null) return `${sequence.answers}${wrapped}`
  if (before.outer === null && back.outer !== null) return tag.encapsulate
  if (before.outer !== null && back.outer === null) return tag.decapsulate
  return before.source === back.source && before.destination === back.destination ? '' : sequence.putsBack
}

function headersOf(draft: Draft, packet: Packet): readonly HeaderLine[] {
  const { told, trace, words } = draft
  const lines = (one: Packet): readonly string[] => {
    const { outer } = one
    const protocol = trace.request.protocol.toUpperCase()
    const macs =
      one.sourceMac === '' && one.destinationMac === ''
        ? []
        : [`MAC ${macText(one.sourceMac, words)} → ${macText(one.destinationMac, words)}`]
    return [
      ...(outer === null
        ? []
        : [
            `${words.sequence.outer} ${outer.source} → ${outer.destination}`,
            `UDP ${outer.port} · VXLAN · VNI ${outer.vni}${outer.encrypted ? ' · IPsec' : ''}`,
          ]),
      ...macs,
      `${protocol} ${endText(one.source, draft)} → ${endText(one.destination, draft)}`,
    ]
  }
  const known = new Set(lines(told))
  const first = told === NO_PACKET
  return lines(packet).map((text) => ({ text, changed: !first && !known.has(text) }))
}

const macText = (mac: string, words: Words): string => (mac === '' ? words.sequence.anyMac : mac)

/** A machine that nobody gave an address has its name instead. */
const endText = (socket: string, { trace, words, unsure }: Draft): string =>
  socket !== ''
    ? star(socket, unsure.has(addressIn(socket)) ? 'one-of-several' : 'computed')
    : trace.request.from.kind === 'client'
      ? words.figure.client
      : trace.request.from.kind === 'outside'
        ? words.figure.outside
        : '…'

/** Without its port. */
const addressIn = (socket: string): string =>
  /^\[(.*)\]:\d+$/.exec(socket)?.[1] ?? /^([^:]*):\d+$/.exec(socket)?.[1] ?? socket

function unsureOf({ networks, services }: Plan): ReadonlySet<string> {
  const all = [
    ...[...networks.values()].flatMap(({ endpoints }) => [...endpoints.values()].flatMap(addressesOf)),
    ...[...services.values()].flatMap(({ vips }) => [...vips.values()]),
  ]
  return new Set(
    all.flatMap(({ address, certainty }) => (certainty === 'one-of-several' ? formatAddress(address) : [])),
  )
}

/** With the port that was asked for, where the trace leaves it out for a name. */
const withPort = (socket: string, { trace }: Draft): string => {
  const { port } = trace.request
  return port === null || portOf(socket) !== ''
    ? socket
    : `${socket.includes(':') ? `[${socket}]` : socket}:${port}`
}

const portOf = (socket: string): string => /(?:^[^:]*|\]):(\d+)$/.exec(socket)?.[1] ?? ''

/** The same port at another address. */
function moved(socket: string, address: string): string {
  const port = portOf(socket)
  return port === '' ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`
}

function enter(draft: Draft, lane: Lane): number {
  const found = draft.lanes.findIndex((one) => one.key === lane.key)
  if (found >= 0) return found
  draft.lanes.push(lane)
  return draft.lanes.length - 1
}

function laneOf(draft: Draft, hop: Hop): number {
  return enter(draft, laneFor(draft, hop))
}

function laneFor({ plan, words, trace, packet }: Draft, hop: Hop): Lane {
  const { host, network, container } = hop
  const several = plan.hosts.length > 1
  const on = several && host !== '' ? [host] : []
  const name = plan.networks.get(network)?.name ?? network
  const base = { host, network, container }
  switch (hop.sandbox) {
    case 'outside': {
      const first = trace.hops[0] === hop ? trace.request.from.kind : trace.request.to.kind
      const isClient = first === 'client'
      const lines = [isClient ? words.figure.client : words.figure.outside]
      return { key: isClient ? 'client' : 'outside', kind: isClient ? 'client' : 'outside', lines, ...base }
    }
    case 'container':
      return { key: `task ${container}`, kind: 'task', lines: [container, ...on], ...base }
    case 'ingress':
      return { key: `ingress ${host}`, kind: 'vip', lines: ['ingress-sbox', ...on], ...base }
    case 'overlay': {
      if (hop.kind === 'encapsulate')
        return {
          key: `tunnel ${host} ${hop.toHost}`,
          kind: 'tunnel',
          lines: ['VXLAN', `${host} → ${hop.toHost}`],
          ...base,
        }
      if (hop.interface === 'br0' || hop.interface === '')
        return {
          key: `bridge ${network} ${host}`,
          kind: 'bridge',
          lines: [name, `br0${several ? ` · ${host}` : ''}`],
          ...base,
        }
      const vip = packet.destination.replace(/:\d+$/, '')
      const service = hop.kind === 'ipvs' ? hop.service : ''
      return {
        key: `vip ${network} ${host}`,
        kind: 'vip',
        lines: [service === '' ? name : service, `VIP ${hop.kind === 'ipvs' ? hop.vip : vip}`],
        ...base,
      }
    }
    case 'host': {
      if (hop.kind === 'bridge')
        return { key: `bridge ${network} ${host}`, kind: 'bridge', lines: [name, ...on], ...base }
      if (container !== '')
        return { key: `task ${container}`, kind: 'task', lines: [container, ...on], ...base }
      const own = plan.hosts.find((one) => one.name === host)?.address?.address ?? null
      const lines = [host, ...(own === null ? [] : [formatAddress(own)])]
      return { key: `host ${host}`, kind: 'host', lines, ...base, network: '' }
    }
    default:
      return hop.sandbox satisfies never
  }
}
