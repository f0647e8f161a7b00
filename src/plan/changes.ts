/** What is new, gone and changed between two states of one model, by the keys of the plan. */
import { type Address, type Family, formatAddress, formatCidr } from '../net/index.ts'
import { addressesOf } from './certainty.ts'
import type { Plan, PlanAttachment, PlanContainer, PlanEndpoint, PlanNetwork, PublishedPort } from './plan.ts'
import { sameThings } from './same-things.ts'

export type ChangeKind = 'new' | 'gone' | 'changed'

/** `from` and `to` are values as they are shown, `''` where there was or is none. */
export interface Change {
  readonly kind: ChangeKind
  readonly thing: ChangedThing
  readonly from: string
  readonly to: string
}

export type ChangedThing =
  /** `changed`: its subnets, or made anew under its name: then they may be the same. */
  | { readonly is: 'network'; readonly network: string }
  /** `changed`: its state, or made anew under its name: then the state may be the same. */
  | { readonly is: 'container'; readonly container: string }
  /** Under which it is the same container. */
  | { readonly is: 'name'; readonly container: string }
  | { readonly is: 'attachment'; readonly container: string; readonly network: string }
  /** Where its packets go that are for none of its networks. */
  | { readonly is: 'route'; readonly container: string; readonly family: Family }
  /** Of no container: a load balancer, the sandbox of the routing mesh. */
  | { readonly is: 'endpoint'; readonly network: string; readonly endpoint: string }
  /** On the host: `8080`, `127.0.0.1:53/udp`. */
  | { readonly is: 'port'; readonly container: string; readonly port: string }
  | { readonly is: 'service'; readonly service: string }
  | { readonly is: 'vip'; readonly service: string; readonly network: string }
  /** Of a swarm service, at every node. */
  | { readonly is: 'mesh'; readonly service: string; readonly port: string }
  | { readonly is: 'role'; readonly host: string }

export interface Changes {
  /** What is there now, and behind it what is gone. */
  readonly merged: Plan
  /** The earlier state, by the keys of the later one. */
  readonly before: Plan
  readonly after: Plan
  /** In the order of the plan: networks, containers with their parts, services. */
  readonly list: readonly Change[]
  /** What happened to a thing; `null` where it is as it was. */
  of(thing: ChangedThing): Change | null
}

export function changesBetween(earlier: Plan, after: Plan): Changes {
  const { before, formerNames } = sameThings(earlier, after)
  const list: Change[] = []
  const note = (thing: ChangedThing, from: string, to: string, kind = kindOf(from, to)): void => {
    if (kind !== null) list.push({ kind, thing, from, to })
  }
  for (const host of after.hosts) {
    const role = before.hosts.find((one) => one.name === host.name)?.role ?? ''
    note({ is: 'role', host: host.name }, role, host.role)
  }
  const networks = new Map<string, PlanNetwork>()
  for (const [key, either] of merged(before.networks, after.networks)) {
    const [old, now] = [before.networks.get(key), after.networks.get(key)]
    const both = old !== undefined && now !== undefined
    networks.set(key, both ? { ...now, endpoints: merged(old.endpoints, now.endpoints) } : either)
    const isAnew = both && old.serial !== now.serial
    note({ is: 'network', network: key }, networkText(old), networkText(now), isAnew ? 'changed' : undefined)
    if (now !== undefined) endpointChanges(key, old, now, note)
  }
  const containers = new Map<string, PlanContainer>()
  for (const [name, either] of merged(before.containers, after.containers)) {
    const [old, now] = [before.containers.get(name), after.containers.get(name)]
    containers.set(name, old !== undefined && now !== undefined ? withGone(old, now) : either)
    const former = formerNames.get(name)
    if (former !== undefined) note({ is: 'name', container: name }, former, name)
    containerChanges(name, old, now, note)
  }
  for (const name of merged(before.services, after.services).keys()) serviceChanges(name, before, after, note)
  const byThing = new Map(list.map((change) => [keyOf(change.thing), change]))
  return {
    merged: { ...after, networks, containers, services: merged(before.services, after.services) },
    before,
    after,
    list,
    of: (thing) => byThing.get(keyOf(thing)) ?? null,
  }
}

type Note = (thing: ChangedThing, from: string, to: string, kind?: ChangeKind | null) => void

const kindOf = (from: string, to: string): ChangeKind | null =>
  from === to ? null : from === '' ? 'new' : to === '' ? 'gone' : 'changed'

function merged<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const all = new Map(after)
  for (const [key, value] of before) if (!all.has(key)) all.set(key, value)
  return all
}

/** A network without a subnet has its driver to be told by. */
const networkText = (network: PlanNetwork | undefined): string =>
  network === undefined
    ? ''
    : network.subnets.length === 0
      ? network.driver
      : network.subnets
          .map(
            (subnet) =>
              `${formatCidr(subnet)}${subnet.gateway === null ? '' : ` ${formatAddress(subnet.gateway)}`}`,
          )
          .join(', ')

export const attachmentText = (attachment: PlanAttachment | undefined): string =>
  attachment === undefined
    ? ''
    : addressesOf(attachment)
        .map(({ address }) => formatAddress(address))
        .join(', ') || attachment.interface

function containerChanges(
  name: string,
  old: PlanContainer | undefined,
  now: PlanContainer | undefined,
  note: Note,
): void {
  const isAnew = old !== undefined && now !== undefined && old.serial !== now.serial
  note(
    { is: 'container', container: name },
    old?.state ?? '',
    now?.state ?? '',
    isAnew ? 'changed' : undefined,
  )
  if (old !== undefined && now !== undefined) {
    for (const key of merged(old.endpoints, now.endpoints).keys())
      note(
        { is: 'attachment', container: name, network: key },
        attachmentText(old.endpoints.get(key)),
        attachmentText(now.endpoints.get(key)),
      )
    // One that starts, stops or is made anew is told by that alone.
    if (!isAnew && old.state === 'running' && now.state === 'running')
      for (const family of [4, 6] as const)
        note({ is: 'route', container: name, family }, routeText(old, family), routeText(now, family))
  }
  const [closed, open] = [portTexts(old?.ports ?? []), portTexts(now?.ports ?? [])]
  for (const [port, target] of merged(closed, open))
    note({ is: 'port', container: name, port }, closed.has(port) ? target : '', open.get(port) ?? '')
}

function routeText({ defaultRoute, defaultRoute6 }: PlanContainer, family: Family): string {
  const route = family === 4 ? defaultRoute : defaultRoute6
  if (route === null) return ''
  return route.via === null ? route.network : `${formatAddress(route.via)} (${route.network})`
}

/** What is gone with its network is told by that alone. */
function endpointChanges(network: string, old: PlanNetwork | undefined, now: PlanNetwork, note: Note): void {
  const text = (endpoint: PlanEndpoint | undefined): string =>
    endpoint === undefined
      ? ''
      : addressesOf(endpoint)
          .map(({ address }) => formatAddress(address))
          .join(', ')
  for (const { name, container } of merged(old?.endpoints ?? new Map(), now.endpoints).values())
    if (container === '')
      note(
        { is: 'endpoint', network, endpoint: name },
        text(old?.endpoints.get(name)),
        text(now.endpoints.get(name)),
      )
}

/** Target by port on the host. `0.0.0.0` and `::` of one number are one port to a reader. */
export function portTexts(ports: readonly PublishedPort[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const port of ports) texts.set(portText(port), `${port.target}/${port.protocol}`)
  return texts
}

export const portText = ({ ip, port, protocol }: PublishedPort): string =>
  `${ip.value === 0n ? '' : `${socketAddress(ip)}:`}${port}${protocol === 'tcp' ? '' : `/${protocol}`}`

const socketAddress = (ip: Address): string =>
  ip.family === 6 ? `[${formatAddress(ip)}]` : formatAddress(ip)

/** As it is now, with networks it has left and ports it has closed; one that stopped is told by its state alone. */
function withGone(old: PlanContainer, now: PlanContainer): PlanContainer {
  if (now.state !== 'running') return now
  const open = portTexts(now.ports)
  const closed = old.ports.filter((port) => !open.has(portText(port)))
  return {
    ...now,
    endpoints: merged(old.endpoints, now.endpoints),
    ports: closed.length === 0 ? now.ports : [...now.ports, ...closed],
  }
}

function serviceChanges(name: string, before: Plan, after: Plan, note: Note): void {
  const [old, now] = [before.services.get(name), after.services.get(name)]
  const tasks = (service: typeof old): string => (service === undefined ? '' : String(service.tasks.length))
  note({ is: 'service', service: name }, tasks(old), tasks(now))
  const vips = merged(old?.vips ?? new Map(), now?.vips ?? new Map())
  for (const network of vips.keys()) {
    const [from, to] = [old?.vips.get(network), now?.vips.get(network)]
    note(
      { is: 'vip', service: name, network },
      from === undefined ? '' : formatAddress(from.address),
      to === undefined ? '' : formatAddress(to.address),
    )
  }
  const meshed = (service: typeof old): ReadonlyMap<string, string> =>
    new Map(
      (service?.ports ?? [])
        .filter((port) => port.mode === 'ingress')
        .map(({ published, target, protocol }) => [String(published), `${target}/${protocol}`]),
    )
  const [closed, open] = [meshed(old), meshed(now)]
  for (const port of merged(closed, open).keys())
    note({ is: 'mesh', service: name, port }, closed.get(port) ?? '', open.get(port) ?? '')
}

function keyOf(thing: ChangedThing): string {
  switch (thing.is) {
    case 'network':
      return `network ${thing.network}`
    case 'container':
      return `container ${thing.container}`
    case 'name':
      return `name ${thing.container}`
    case 'attachment':
      return `attachment ${thing.container} ${thing.network}`
    case 'route':
      return `route ${thing.container} ${thing.family}`
    case 'endpoint':
      return `endpoint ${thing.network} ${thing.endpoint}`
    case 'port':
      return `port ${thing.container} ${thing.port}`
    case 'service':
      return `service ${thing.service}`
    case 'vip':
      return `vip ${thing.service} ${thing.network}`
    case 'mesh':
      return `mesh ${thing.service} ${thing.port}`
    case 'role':
      return `role ${thing.host}`
    default:
      return thing satisfies never
  }
}
