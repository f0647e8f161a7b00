/**
 * Compares a plan with what a real engine did. What Docker leaves to chance is compared as sets; every exclusion is
 * named here with its reason.
 */
import { formatAddress, parseCidr, parsePrefix } from '../../src/net/index.ts'
import type { TextAttachment, TextNetwork, TextPlan } from '../support/as-text.ts'
import type { RecordedContainer, RecordedNetwork, Recording } from './recording.ts'

export type Note = (difference: string) => void

export function compareNetworks(plan: TextPlan, recorded: Recording['networks'], note: Note): void {
  const ours = [...plan.networks.keys()].sort()
  const theirs = Object.keys(recorded).sort()
  if (ours.join() !== theirs.join()) note(`networks ${ours.join()} instead of ${theirs.join()}`)
  // compose up to 5.1 makes networks in random order, so that their subnets change places (RULES of chance: network order).
  const chance = [...plan.networks.values()].filter((n) => n.certainty === 'one-of-several')
  const chanceSubnets = chance.flatMap((n) => n.subnets.map(withoutUla(n))).sort()
  const recordedSubnets = chance.flatMap((n) => (recorded[n.key]?.subnets ?? []).map(withoutUla(n))).sort()
  if (chanceSubnets.join() !== recordedSubnets.join()) {
    note(`subnets ${chanceSubnets.join()} instead of ${recordedSubnets.join()}`)
  }
  for (const [key, network] of Object.entries(recorded)) {
    const own = plan.networks.get(key)
    if (own !== undefined) compareNetwork(key, own, network, note)
  }
}

/** The IPv6 default pool follows from the engine's id, which not every recording tells. */
const withoutUla =
  ({ pin }: TextNetwork) =>
  (subnet: string): string =>
    pin === 'daemon.id' ? subnet.replace(/^fd[0-9a-f]{2}:[0-9a-f]{1,4}:[0-9a-f]{1,4}/, 'ULA') : subnet

function compareNetwork(key: string, own: TextNetwork, recorded: RecordedNetwork, note: Note): void {
  const same = (what: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) !== JSON.stringify(b))
      note(`${key} ${what}: ${JSON.stringify(a)} instead of ${JSON.stringify(b)}`)
  }
  const isChance = own.certainty === 'one-of-several'
  same('driver', own.driver, recorded.driver)
  same('scope', own.scope, recorded.scope)
  same('internal', own.internal, recorded.internal)
  same('attachable', own.attachable, recorded.attachable)
  same('ipv6', own.ipv6, recorded.ipv6)
  same(
    'ranges',
    own.ipRanges.filter((range) => range !== ''),
    recorded.ranges,
  )
  same('aux', Object.fromEntries(own.auxAddresses), recorded.aux)
  if (!isChance) {
    same('subnets', own.subnets, recorded.subnets)
    for (const [i, gateway] of recorded.gateways.entries()) {
      // inspect prints no gateway where the user gave a subnet only; 20.10 and 26 print one with its prefix length.
      if (gateway !== null) same('gateway', own.gateways[i], gateway.split('/')[0])
    }
  } else
    same(
      'gateway offsets',
      own.gateways.map((g, i) => offset(`${g}/0`, own.subnets[i])),
      recorded.gateways.map((g, i) => offset(`${g}/0`, recorded.subnets[i])),
    )
  same('endpoints', [...own.endpoints.keys()].sort(), Object.keys(recorded.endpoints).sort())
  const chanceOwn: string[] = []
  const chanceRecorded: string[] = []
  for (const [name, endpoint] of own.endpoints) {
    const other = recorded.endpoints[name]
    if (other === undefined) continue
    if (endpoint.certainty === 'one-of-several') {
      // Which of the containers started together got which address is chance; that these are the addresses is not.
      chanceOwn.push(`${offset(endpoint.ipv4, own.subnets[0])} ${endpoint.ipv6}`)
      chanceRecorded.push(`${offset(other.ipv4, recorded.subnets[0])} ${other.ipv6}`)
      continue
    }
    same(`${name} ipv4`, endpoint.ipv4, other.ipv4)
    same(`${name} ipv6`, endpoint.ipv6, other.ipv6)
    // A MAC we leave out is random in this release (RULES 8.1); the test says separately where one must be there.
    if (endpoint.mac !== '') same(`${name} mac`, endpoint.mac, other.mac)
  }
  same('addresses left to chance', chanceOwn.sort(), chanceRecorded.sort())
}

/** How far an address lies from the start of its subnet. */
function offset(cidr: string, subnet: string | undefined): string {
  const address = parseCidr(cidr)
  const prefix = subnet === undefined ? null : parsePrefix(subnet)
  return address === null || prefix === null ? cidr : String(address.address.value - prefix.first)
}

export function compareContainers(plan: TextPlan, recorded: Recording['containers'], note: Note): void {
  const ours = [...plan.containers.keys()].sort()
  const theirs = Object.keys(recorded).sort()
  if (ours.join() !== theirs.join()) note(`containers ${ours.join()} instead of ${theirs.join()}`)
  for (const [name, container] of Object.entries(recorded)) compareContainer(plan, name, container, note)
}

function compareContainer(plan: TextPlan, name: string, recorded: RecordedContainer, note: Note): void {
  const own = plan.containers.get(name)
  if (own === undefined) return
  const same = (what: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) !== JSON.stringify(b))
      note(`${name} ${what}: ${JSON.stringify(a)} instead of ${JSON.stringify(b)}`)
  }
  same('state', own.state, recorded.state)
  if (recorded.state !== 'running') return
  // inspect lists host and none as networks; they have no endpoints with addresses.
  const networks = Object.entries(recorded.networks).filter(([key]) => key !== 'host' && key !== 'none')
  same('networks', [...own.endpoints.keys()].sort(), networks.map(([key]) => key).sort())
  const drawn = { own: [] as string[], recorded: [] as string[] }
  for (const [key, attachment] of networks) {
    const one = own.endpoints.get(key)
    if (one === undefined) continue
    // 28 gives interfaces of a start their numbers in random order: the names as a set.
    if (one.interfaceCertainty === 'one-of-several') {
      drawn.own.push(one.interface)
      drawn.recorded.push(attachment.interface)
    } else same(`${key} interface`, one.interface, attachment.interface)
    compareAttachment(plan, key, one, attachment, same)
  }
  same('interfaces', drawn.own.sort(), drawn.recorded.sort())
  compareRoutes(plan, own, recorded, same)
  comparePorts(own, recorded, same)
  const names = new Set(Object.values(recorded.networks).flatMap((n) => n.names))
  if (plan.engine === '20') {
    // 20.10 does not list the container's own name, though it resolves.
    for (const alias of names) same(`dns ${alias}`, own.dns.includes(alias), own.dns.length > 0)
  } else same('dns', [...own.dns].sort(), [...names].sort())
}

type Same = (what: string, a: unknown, b: unknown) => void

function compareAttachment(
  plan: TextPlan,
  key: string,
  own: TextAttachment,
  recorded: RecordedContainer['networks'][string],
  same: Same,
): void {
  const isChance = plan.networks.get(key)?.certainty === 'one-of-several'
  if (own.certainty !== 'one-of-several') {
    same(`${key} ipv4`, own.ipv4, recorded.ipv4)
    same(`${key} ipv6`, own.ipv6, recorded.ipv6)
    if (own.mac !== '') same(`${key} mac`, own.mac, recorded.mac)
  }
  if (isChance) return
  same(`${key} gateway`, own.gateway, recorded.gateway)
  same(`${key} gateway6`, own.gateway6, recorded.gateway6)
}

function compareRoutes(
  plan: TextPlan,
  own: PlanContainerLike,
  recorded: RecordedContainer,
  same: Same,
): void {
  for (const [family, route] of [
    [4, own.defaultRoute],
    [6, own.defaultRoute6],
  ] as const) {
    const line = recorded.routes.find((r) => (family === 6) === r.includes(':'))
    if (own.mode !== 'networks') continue
    if (route === null || line === undefined) {
      same(`default route ${family}`, route, line ?? null)
      continue
    }
    const device = line.split(' dev ')[1]?.trim() ?? ''
    const network = Object.entries(recorded.networks).find(([, n]) => n.interface === device)?.[0] ?? device
    same(`default route ${family} network`, route.network, network)
    if (plan.networks.get(route.network)?.certainty === 'one-of-several') continue
    same(`default route ${family} via`, route.via, /^via (\S+)/.exec(line)?.[1] ?? '')
  }
}

type PlanContainerLike = TextPlan['containers'] extends ReadonlyMap<string, infer T> ? T : never

function comparePorts(own: PlanContainerLike, recorded: RecordedContainer, same: Same): void {
  const ours = own.ports.filter((p) => p.host !== '').map((p) => `${p.container} ${p.host}`)
  const theirs = Object.entries(recorded.ports).flatMap(([port, hosts]) =>
    // A routed network publishes no port of the host; inspect shows an empty one there.
    hosts.filter((host) => !host.endsWith(':')).map((host) => `${port} ${host}`),
  )
  same('ports', ours.sort(), theirs.sort())
}

/** An address looked at in the middle of a recording: `name a=10.1.0.2 fd00::2 mac;b=…;`. */
export function compareLook(plan: TextPlan, name: string, output: string, note: Note): void {
  const own = plan.containers.get(name)
  for (const part of output.split(';').filter((p) => p.trim() !== '')) {
    const [network = '', rest = ''] = part.trim().split('=')
    const [ipv4 = ''] = rest.split(' ')
    const endpoint = own?.endpoints.get(network)
    if (endpoint?.certainty === 'one-of-several') continue
    const address = parseCidr(endpoint?.ipv4 ?? '')
    const text = address === null ? '' : formatAddress(address.address)
    if (text !== ipv4) note(`${name} on ${network}: ${text} instead of ${ipv4}`)
  }
}

/** A network looked at in the middle: `name SUBNET gw=GATEWAY range=RANGE;…`. */
export function compareNetworkLook(plan: TextPlan, output: string, note: Note): void {
  const [name = '', ...parts] = output.trim().split(/ (?=[0-9a-f:.]+\/[0-9]+ gw=)|;/)
  const own = plan.networks.get(name)
  const texts = parts.filter((p) => p.trim() !== '').map((p) => p.trim())
  const subnets = texts.map((t) => t.split(' ')[0] ?? '')
  if (JSON.stringify(own?.subnets ?? []) !== JSON.stringify(subnets)) {
    note(`${name}: ${own?.subnets.join()} instead of ${subnets.join()}`)
  }
}

/** Ids are random, so every run of hex digits as long as one is the same. */
export function withoutIds(text: string): string {
  return text
    .replace(/\b[0-9a-f]{64}\b/g, 'ID')
    .replace(/\b(br|dm|di)-[0-9a-f]{12}\b/g, '$1-ID')
    .replace(/\bveth[0-9a-f]{7}\b/g, 'VETH')
    .replace(/time="[^"]*"/g, 'time')
}
