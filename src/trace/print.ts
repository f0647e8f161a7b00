import { logLine } from '../problem/clean.ts'
import type { DropReason } from './drop-reason.ts'
import type { Hop, HopPlace, Trace, TraceEffect } from './trace.ts'

/** A trace in plain English, one numbered line for each hop, ending with a newline. For terminals. */
export function printTrace(trace: Trace): string {
  const lines = trace.hops.map((hop, i) =>
    logLine(`${String(i + 1).padStart(2)}. ${placeOf(hop)}: ${sentence(hop)}`),
  )
  const chance = trace.certainty === 'one-of-several' ? ' (one of several possible ways)' : ''
  return `${[logLine(trace.request.text), ...lines, `${verdictOf(trace)}${chance}`, ...whyLines(trace)].join('\n')}\n`
}

/** What a program would say of it. */
function verdictOf({ effect, reached }: Trace): string {
  return reached ? 'reached' : `not reached: ${EFFECTS[effect]}`
}

const EFFECTS: Readonly<Record<TraceEffect, string>> = {
  answered: '',
  refused: 'connection refused, at once',
  timeout: 'no answer until it times out',
  unreachable: 'no route to host',
  'unknown-name': 'the name is not resolved',
  'not-sent': 'there is nothing to send or to answer',
}

function whyLines(trace: Trace): readonly string[] {
  const last = trace.hops.at(-1)
  if (last?.kind !== 'drop') return []
  return [
    ...(last.rule === '' ? [] : [`  decided by: ${logLine(last.rule)}`]),
    `  to change it: ${logLine(remedyOf(trace))}`,
  ]
}

/** What to write or set so that the packet is let through; `''` where it arrives. */
export function remedyOf(trace: Trace): string {
  const last = trace.hops.at(-1)
  return last?.kind === 'drop' ? REMEDIES[last.reason](last.subject, last.other) : ''
}

const REMEDIES: Readonly<Record<DropReason, (subject: string, other: string) => string>> = {
  'name-unknown': (subject) =>
    `join both to one network of your own, ask by address, or write it under extra_hosts: ${subject}:ADDRESS`,
  'name-on-default-bridge': () => 'use a network of your own, or --link',
  isolation: () => 'connect both containers to one network, or publish the port and ask the host for it',
  internal: () => 'leave out --internal, or join the container to a second network that is not internal',
  icc: () =>
    'leave out enable_icc=false (or icc: false of the daemon), or publish the port and ask the host for it',
  unpublished: () => 'publish the port and ask the host for it',
  'port-closed': (subject) =>
    `publish the port (-p); if something listens at ${subject}, say so: listens: of the host, or expose: of a container in host mode`,
  'published-elsewhere': () => 'publish it without an address in front, or ask that address',
  'routed-only': () =>
    'ask the container at its own address, with a route to it by the host, or leave that option out',
  'port-held': () => 'let docker-proxy run (userland-proxy: true), or ask the container at its own address',
  tentative: () => 'start a container on that network first',
  'not-listening': () => 'ask a port it exposes or publishes, or add this one to expose:',
  'answer-dropped': () =>
    'leave out enable_ip_masquerade=false, or use gateway_mode_ipv4=routed and give the LAN a route',
  'no-way-back': () => 'give the other side a route to the subnet, by the host',
  'answer-from-elsewhere': (_, other) =>
    `ask ${other}, or the container at its own address; from Docker 28 on the answer comes from where was asked`,
  'lost-sandbox': (subject, other) =>
    other === '' ? `make ${subject} anew, with a container that exists` : `docker restart ${subject}`,
  'no-route': () => 'join the sender to a network that leads there',
  'host-and-child': () =>
    'ask from another machine, or give the host a macvlan interface of its own beside the containers',
  'macvlan-private': () => 'macvlan_mode=bridge lets them talk',
  'not-running': (subject) => `start ${subject}`,
  'no-task': (subject) => `scale ${subject} up, and see that its tasks can be placed`,
  'no-underlay': () => 'give both hosts addresses on one underlay',
  'no-subnet': () => 'give the network a subnet that does not overlap another',
  'no-neighbour': () => 'ask an address that somebody has, or publish the port and ask the host for it',
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
      return `DROPPED: ${REASONS[hop.reason](hop.subject, hop.other)}`
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
  'routed-only': (subject, other) =>
    `${other} is on a routed network, so nothing on the host takes ${subject}`,
  'port-held': (subject, other) =>
    `${other} publishes ${subject}, but without docker-proxy nobody answers there`,
  tentative: (subject, other) =>
    `${subject} is not in use yet: the bridge of ${other} has had no container, and the kernel still asks who has it`,
  'not-listening': (subject, other) => `${other} is not said to listen on ${subject}`,
  'answer-dropped': (subject, other) =>
    `${subject} answers to an address of ${other}, which packets from elsewhere may not reach`,
  'no-way-back': (subject, other) => `${subject} has it, but ${other} knows no way back`,
  'answer-from-elsewhere': (subject, other) =>
    `docker-proxy answers from ${other} and not from ${subject}, so the answer is not taken`,
  'lost-sandbox': (subject, other) =>
    other === ''
      ? `${subject} is left in the sandbox of a container that has been removed`
      : `${subject} is left in the sandbox that ${other} had before it was started anew`,
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
