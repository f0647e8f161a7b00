import type { Plan } from '../plan/plan.ts'
import type { Hop } from '../trace/trace.ts'
import type { Words } from '../words/words.ts'

/** A hop in a sentence, addresses and all, for the list under the figure. */
export function hopSentence(hop: Hop, plan: Plan, words: Words): string {
  const say = words.hop
  switch (hop.kind) {
    case 'resolve':
      return say.resolve(hop.name, hop.server, hop.answer, hop.answerIs)
    case 'hosts':
      return say.hosts(hop.name, hop.answer)
    case 'send':
      return say.send(hop.source, hop.destination, hop.via, deviceOf(hop, plan))
    case 'bridge':
      return say.bridge(plan.networks.get(hop.network)?.name ?? hop.network, hop.address)
    case 'ipvs':
      return say.ipvs(hop.vip, hop.chosen.container, hop.chosen.address)
    case 'encapsulate':
      return say.encapsulate(hop.vni, hop.outerSource, hop.outerDestination, hop.udpPort, hop.encrypted)
    case 'decapsulate':
      return say.decapsulate(hop.vni, hop.host)
    case 'arrive':
      return say.arrive(hop.host, hop.interface, hop.destination)
    case 'forward':
      return say.forward(hop.host, hop.destination, hop.out)
    case 'dnat':
      return say.dnat(hop.from, hop.to)
    case 'masquerade':
      return say.masquerade(hop.target, hop.from, hop.to)
    case 'proxy':
      return say.proxy(hop.from, hop.to)
    case 'loopback':
      return say.loopback(hop.address)
    case 'deliver':
      return say.deliver(hop.container || hop.host || words.figure.outside, hop.address)
    case 'drop':
      return say.drop[hop.reason](hop.subject, hop.other)
    default:
      return hop satisfies never
  }
}

/** The interface a packet leaves by, marked where Docker leaves its name to chance. */
function deviceOf({ container, network, interface: device }: Hop, plan: Plan): string {
  const attachment = plan.containers.get(container)?.endpoints.get(network)
  return attachment?.interfaceCertainty === 'one-of-several' ? `${device}†` : device
}

/** A hop in a word or two, for the box it happens in. No addresses: those stand in the figure once. */
export function hopTag(hop: Hop, words: Words): string {
  const say = words.hopTag
  switch (hop.kind) {
    case 'ipvs':
      return say.ipvs(hop.chosen.container)
    case 'dnat':
      return say.dnat(portOf(hop.from), portOf(hop.to))
    case 'masquerade':
      return hop.target
    case 'resolve':
    case 'hosts':
    case 'send':
    case 'bridge':
    case 'encapsulate':
    case 'decapsulate':
    case 'arrive':
    case 'forward':
    case 'proxy':
    case 'loopback':
    case 'deliver':
    case 'drop':
      return say[hop.kind]
    default:
      return hop satisfies never
  }
}

/** `8000` of `192.168.56.10:8000`; the whole where there is no port. */
const portOf = (socket: string): string => /:(\d+)$/.exec(socket)?.[1] ?? socket

/** ① to ⑳, then `(21)`. */
export const circled = (number: number): string =>
  number <= 20 ? String.fromCodePoint(0x245f + number) : `(${number.toString()})`
