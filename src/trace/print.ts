import { logLine } from '../problem/clean.ts'
import type { DropReason, Hop, HopPlace, Trace } from './trace.ts'

/** A trace in plain English, one numbered line for each hop, ending with a newline. For terminals. */
export function printTrace(trace: Trace): string {
  const lines = trace.hops.map((hop, i) =>
    logLine(`${String(i + 1).padStart(2)}. ${placeOf(hop)}: ${sentence(hop)}`),
  )
  const verdict = trace.reached ? 'reached' : 'not reached'
  const chance = trace.certainty === 'one-of-several' ? ' (one of several possible ways)' : ''
  return `${[logLine(trace.request.text), ...lines, `${verdict}${chance}`].join('\n')}\n`
}

function placeOf({ host, sandbox, container, network, interface: device }: HopPlace): string {
  const at = device === '' ? '' : ` ${device}`
  switch (sandbox) {
    case 'container':
      return `${container}${at}${network === '' ? '' : ` (${network})`}`
    case 'host':
      return `${host}${at || (network === '' ? '' : ` bridge of ${network}`)}${container === '' ? '' : ` (${container})`}`
    case 'overlay':
      return `${host} overlay ${network}${at}`
    case 'ingress':
      return `${host} ingress-sbox`
    case 'outside':
      return 'outside'
    default:
      return sandbox satisfies never
  }
}

function sentence(hop: Hop): string {
  switch (hop.kind) {
    case 'resolve':
      return resolved(hop)
    case 'hosts':
      return `${hop.name} is ${hop.answer} in /etc/hosts`
    case 'send':
      return `sends ${hop.source === '' ? '' : `from ${hop.source} `}to ${hop.destination}${hop.via === '' ? '' : ` via ${hop.via}`}`
    case 'bridge':
      return `${hop.address.includes(':') ? 'neighbour discovery' : 'ARP'}: who has ${hop.address}${hop.mac === '' ? '' : `? ${hop.mac}`}; frame forwarded`
    case 'ipvs':
      return `IPVS: ${hop.vip} of service ${hop.service} to ${hop.chosen.container} ${hop.chosen.address}${others(hop.candidates.length)}`
    case 'encapsulate':
      return `VXLAN: VNI ${hop.vni}, outer ${hop.outerSource} to ${hop.outerDestination}, UDP ${hop.udpPort}${hop.encrypted ? ', IPsec' : ''}`
    case 'decapsulate':
      return `VXLAN: VNI ${hop.vni} unpacked, came from ${hop.fromHost}`
    case 'arrive':
      return `arrives for ${hop.destination}`
    case 'forward':
      return `routed to ${hop.destination}${hop.out === '' ? '' : ` by ${hop.out}`}`
    case 'dnat':
      return `DNAT ${hop.from} to ${hop.to}`
    case 'masquerade':
      return `source ${hop.from === '' ? 'address' : hop.from} becomes ${hop.to}`
    case 'proxy':
      return `docker-proxy takes ${hop.from} and connects to ${hop.to}`
    case 'loopback':
      return `stays inside: ${hop.address}`
    case 'deliver':
      return `received at ${hop.address}${hop.source === '' ? '' : `, from ${hop.source}`}`
    case 'drop':
      return `DROPPED: ${REASONS[hop.reason](hop.subject, hop.other)}${hop.rule === '' ? '' : ` [${hop.rule}]`}`
    default:
      return hop satisfies never
  }
}

function others(count: number): string {
  return count > 1 ? ` (one of ${count}, round robin)` : ''
}

function resolved({ name, server, answers, answer, answerIs }: Extract<Hop, { kind: 'resolve' }>): string {
  if (answerIs === 'external')
    return `DNS ${server}: ${name} is not Docker's; asks the host's nameservers: ${answer}`
  const what = answerIs === 'vip' ? ' (virtual address)' : ''
  return `DNS ${server}: ${name} is ${answers.join(', ')}${what}${answers.length > 1 ? `; takes ${answer}` : ''}`
}

const REASONS: Readonly<Record<DropReason, (subject: string, other: string) => string>> = {
  'name-unknown': (subject, other) => `no network of the sender (${other}) knows the name ${subject}`,
  'name-on-default-bridge': (subject) =>
    `the default bridge has no names, so ${subject} is unknown; use a network of your own`,
  isolation: (subject, other) => `${subject} is on another bridge than ${other}`,
  internal: (subject, other) => `${subject} cannot be reached across the internal network ${other}`,
  icc: (subject, other) => `${subject}: containers of ${other} may not talk to each other (enable_icc=false)`,
  unpublished: (subject, other) => `${subject} is not a published port of ${other}`,
  'port-closed': (subject, other) => `nothing on ${other} takes ${subject}; no container publishes it`,
  'published-elsewhere': (subject, other) => `${other} publishes that port, but not at ${subject}`,
  'port-held': (subject, other) =>
    `${other} publishes ${subject}, but without docker-proxy nobody answers there`,
  'not-listening': (subject, other) => `${other} is not said to listen on ${subject}`,
  'answer-dropped': (subject, other) =>
    `${subject} answers to an address of ${other}, which packets from elsewhere may not reach`,
  'no-way-back': (subject, other) => `${subject} has it, but ${other} knows no way back`,
  'answer-from-elsewhere': (subject, other) =>
    `docker-proxy answers from ${other} and not from ${subject}, so the answer is not taken`,
  'no-route': (subject, other) =>
    `no route to ${subject}${other === '' ? ' (no network)' : ` (${other} offers no way there)`}`,
  'host-and-child': (subject, other) =>
    `${subject}: the host ${other} and its own macvlan or ipvlan containers cannot talk (Linux kernel)`,
  'macvlan-private': (subject, other) =>
    `${subject}: the macvlan mode of ${other} keeps its containers apart`,
  'not-running': (subject) => `${subject} does not run`,
  'no-task': (subject) => `the service ${subject} has no running task`,
  'no-underlay': (subject) => `the hosts share no network that leads to ${subject}`,
  'no-subnet': (subject, other) => `the overlay ${other} has no subnet, so nobody has ${subject}`,
  'no-neighbour': (subject) => `nobody the sender can reach has ${subject}`,
}
