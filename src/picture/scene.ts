/**
 * What a picture is about, before any place is known: hosts, networks, and cards (a container, or containers with one
 * sandbox) with what joins them. The same for every view; this file and `ways.ts` are the only ones that read a plan.
 */

import { hostPort } from '../figure/box.ts'
import { CHANGE_SIGNS, changeSign, movedRoute, portsByChange } from '../figure/changes.ts'
import { isDrawn } from '../figure/common.ts'
import { WHOLE } from '../figure/draw.ts'
import type { Focus } from '../figure/focus.ts'
import { hostPart } from '../figure/host-part.ts'
import {
  DEFAULT_VIEW,
  declared,
  drawnNetworks,
  isGwbridge,
  isShown,
  lanSubnet,
  routeText,
} from '../figure/part.ts'
import { portRanges, rangeText } from '../figure/port-ranges.ts'
import { signOfImage } from '../figure/signs.ts'
import { star } from '../figure/star.ts'
import {
  type Address,
  addressText,
  contains,
  formatAddress,
  formatCidr,
  formatPrefix,
  prefixOf,
} from '../net/index.ts'
import { addressesOf } from '../plan/certainty.ts'
import type { ChangedThing, Changes } from '../plan/changes.ts'
import type {
  Plan,
  PlanAddress,
  PlanAttachment,
  PlanContainer,
  PlanHost,
  PlanNetwork,
  PublishedPort,
} from '../plan/plan.ts'
import { type FigureSettings, type Sign, TOPOLOGY_VIEWS, type View } from '../topology/topology.ts'
import type { Trace } from '../trace/trace.ts'
import type { Words } from '../words/words.ts'
import type { Apart, Decorations, NetworkKind } from './placed.ts'
import { baseDevice, plumbingOf, type ScenePlumbing } from './plumbing-scene.ts'

export interface Scene {
  readonly view: View
  readonly direction: 'down' | 'right'
  readonly words: Words
  readonly title: string
  readonly hosts: readonly SceneHost[]
  /** In declared order. */
  readonly networks: readonly SceneNetwork[]
  readonly cards: readonly SceneCard[]
  readonly client: boolean
  /** Whether a way leads beyond the hosts. */
  readonly outside: boolean
  /** What all hosts share, or `null` where it is not drawn. */
  readonly underlay: { readonly title: string; readonly facts: readonly string[] } | null
  readonly plan: Plan
  /** Of which the plan is a part, where the author looks at one. */
  readonly whole: Plan
  readonly traces: readonly Trace[]
  /** What has happened since an earlier step; `null` where nobody asked. `plan` then has what is gone, too. */
  readonly changes: Changes | null
  /** What a program adds to boxes; absent where there is none. */
  readonly decorations?: Decorations
}

export interface SceneHost {
  readonly name: string
  readonly facts: readonly string[]
  /** Interfaces worth a chip, with their addresses. */
  readonly devices: readonly { readonly device: string; readonly text: string }[]
  /** Lines that say its written routes. */
  readonly routes: readonly string[]
  /** Ports of swarm services that every node answers at. */
  readonly mesh: readonly ScenePort[]
  /** What lies between its interface and its networks; `null` in views that do not tell. */
  readonly plumbing: ScenePlumbing | null
}

export interface SceneNetwork {
  readonly key: string
  /** `''` for a network of the whole swarm. */
  readonly host: string
  /** What of a network of the whole swarm is on this host alone; absent where one mark stands for all of it. */
  readonly isMark?: true
  /** First host of the row that this is the second bar in; absent where one bar stands for all of it. */
  readonly row?: string
  readonly kind: NetworkKind
  readonly ingress: boolean
  readonly internal: boolean
  readonly title: string
  /** What is to be said beside the name, most important first. */
  readonly facts: readonly string[]
  /** Addresses on it that no container has. */
  readonly chips: readonly SceneChip[]
  /** Where it is drawn host by host, with a tunnel from one to the next: its parts; else empty. */
  readonly parts: readonly ScenePart[]
  /** Said in the tunnels between its parts; `''` where there is no room for it. */
  readonly tunnel: string
  /** Number of its colour. */
  readonly hue: number
  /** Containers are joined to it by a veth pair. */
  readonly veth: boolean
}

/** What of a network of the swarm lies on one host. */
export interface ScenePart {
  readonly host: string
  /** The first part has those of the whole network too, and they stand with it. */
  readonly chips: readonly SceneChip[]
}

export interface SceneChip {
  readonly kind: 'vip' | 'endpoint'
  /** Service, or name of the endpoint. */
  readonly owner: string
  readonly text: string
  /** Host it is on; `''` for one of the whole swarm. */
  readonly host: string
}

export interface SceneCard {
  /** Container that owns the sandbox. */
  readonly container: string
  readonly host: string
  readonly members: readonly SceneMember[]
  readonly joints: readonly SceneJoint[]
  readonly ports: readonly ScenePort[]
  /** Networks that no line leads to, since it would be too long to follow: each with its name before the address. */
  readonly far?: readonly SceneJoint[]
  /** Marks of these and of ports of this host beside each other; 1 where absent. */
  readonly across?: number
  /** How many others have to start before it, one after the other, where that is shown; else 0. */
  readonly rank: number
  /** Width at which the ports of its pill go on in the next line, in px; absent where there is room. */
  readonly pill?: number
  /** Why it is on no network; `null` where it is on one. */
  readonly apart: Apart | null
}

export interface SceneMember {
  readonly container: string
  readonly title: string
  readonly details: readonly string[]
  readonly isTask: boolean
  readonly stopped: boolean
  /** What it is; `isAsked`: it is drawn though the box has to be wider for it. */
  readonly sign: { readonly name: Sign; readonly isAsked: boolean } | null
}

export interface SceneJoint {
  readonly network: string
  /** Addresses, each with its interface in front where that is shown. */
  readonly lines: readonly string[]
}

export interface ScenePort {
  /** `8080 → 80`, `127.0.0.1:9000`. */
  readonly text: string
  /** The same with the container's name: `8080 → web:80`. */
  readonly named: string
  readonly local: boolean
  readonly container: string
  readonly service: string
}

export function sceneOf(
  asPlanned: Plan,
  settings: FigureSettings,
  words: Words,
  traces: readonly Trace[] = [],
  { changes, focus }: { readonly changes: Changes | null; readonly focus: Focus | null } = WHOLE,
): Scene {
  const plan = declared(asPlanned)
  const view = settings.view ?? DEFAULT_VIEW
  const passed = new Set<string>()
  for (const { hops } of traces) for (const hop of hops) passed.add(hop.network)
  const drawn = drawnNetworks(plan, settings, view, passed)
  // In a part, a network has the colour that it has in the whole figure, beside which it may stand.
  const all = focus === null ? drawn : drawnNetworks(declared(focus.whole), settings, view, passed)
  const hues = new Map([...all.keys()].map((key, hue) => [key, hue]))
  const ranks = isShown(settings, 'depends_on', false) ? ranksOf(plan) : new Map<string, number>()
  const shown: Shown = { plan, ranks, settings, words, view, networks: drawn, changes, focus }
  const cards = cardsOf(shown)
  const mesh = meshPorts(shown)
  const entered =
    mesh.length > 0 ||
    [...plan.containers.values()].some((container) => container.ports.some(({ ip }) => !isLoopback(ip)))
  const fromClient = traces.some(
    ({ request }) => request.from.kind === 'client' || request.to.kind === 'client',
  )
  return {
    view,
    direction: settings.direction ?? 'down',
    words,
    title: settings.title ?? words.title[view](plan.hosts.map((host) => host.name)),
    hosts: plan.hosts.map((host) => hostOf(shown, host, mesh)),
    networks: [...drawn].map(([key, network], at) => networkOf(shown, key, network, hues.get(key) ?? at)),
    cards,
    client: isShown(settings, 'client', (entered && view !== 'bus') || fromClient),
    outside: traces.some(leadsOut),
    underlay: underlayOf(shown),
    plan,
    whole: focus?.whole ?? plan,
    traces,
    changes,
  }
}

interface Shown {
  readonly plan: Plan
  /** Empty where dependencies are not shown. */
  readonly ranks: ReadonlyMap<string, number>
  readonly settings: FigureSettings
  readonly words: Words
  readonly view: View
  readonly networks: ReadonlyMap<string, PlanNetwork>
  readonly changes: Changes | null
  readonly focus: Focus | null
}

const signOf = ({ changes }: Pick<Shown, 'changes'>, thing: ChangedThing): string =>
  changeSign(changes, thing)

/** Of what happened to it as a whole, or to its name. */
const containerSign = (shown: Shown, container: string): string =>
  signOf(shown, { is: 'container', container }) ||
  signOf(shown, { is: 'name', container }) ||
  (shown.changes !== null && movedRoute(container, shown.changes) !== null ? `${CHANGE_SIGNS.changed} ` : '')

function formerName({ changes, words }: Shown, container: string): readonly string[] {
  const change = changes?.of({ is: 'name', container }) ?? null
  return change === null ? [] : [words.change.formerly(change.from)]
}

const more = (count: number | undefined, words: Words): readonly string[] =>
  count === undefined ? [] : [words.focus.more(count)]

const moreNetworks = (count: number | undefined, words: Words): readonly string[] =>
  count === undefined ? [] : [words.focus.moreNetworks(count)]

const leadsOut = (trace: Trace): boolean =>
  trace.request.from.kind === 'outside' ||
  trace.request.to.kind === 'outside' ||
  trace.hops.at(-1)?.sandbox === 'outside'

function hostOf(
  { plan, settings, words, networks, view, changes }: Shown,
  host: PlanHost,
  mesh: readonly ScenePort[],
): SceneHost {
  const role =
    host.role === ''
      ? []
      : [`${changeSign(changes, { is: 'role', host: host.name })}${words.figure[host.role]}`]
  const tunnels = plan.hosts.length > 1 && [...networks.values()].some((network) => network.host === '')
  const own = addressText(host.address?.address)
  const known = new Set([host.interface, ...host.interfaces.map((one) => one.name)])
  const parents = view === 'datapath' ? parentsOf(networks, host).filter((one) => !known.has(one)) : []
  // Machines around it are joined to an interface.
  const isJoined = plan.outside.length > 0 && TOPOLOGY_VIEWS.some((one) => one === view)
  const asChip = tunnels || plan.hosts.length > 1 || view === 'datapath' || view === 'overlay' || isJoined
  return {
    name: host.name,
    facts: [...role, ...(own === '' || asChip ? [] : [own])],
    devices: [
      ...(asChip ? [{ device: host.interface, text: [host.interface, own].filter(Boolean).join(' ') }] : []),
      ...host.interfaces
        .filter((one) => one.name !== host.interface)
        .map((one) => ({ device: one.name, text: `${one.name} ${formatCidr(one.address)}` })),
      ...parents.map((device) => ({ device, text: device })),
    ],
    routes: host.routes.map((route) => words.figure.route(routeText(route))),
    // The rules say it there.
    mesh: view === 'datapath' ? [] : mesh,
    plumbing: view === 'datapath' ? plumbingOf({ plan, settings, networks, changes }, host) : null,
  }
}

/** Interfaces that networks of a host are on, without the number of a VLAN. */
const parentsOf = (networks: ReadonlyMap<string, PlanNetwork>, host: PlanHost): readonly string[] => [
  ...new Set(
    [...networks.values()].flatMap((network) =>
      network.host === host.name && network.parent !== '' ? [baseDevice(network.parent)] : [],
    ),
  ),
]

const KINDS: readonly NetworkKind[] = ['bridge', 'overlay', 'macvlan', 'ipvlan']

function networkOf(shown: Shown, key: string, network: PlanNetwork, hue: number): SceneNetwork {
  const { words, settings, view, plan } = shown
  const { figure } = words
  const kind = KINDS.find((one) => one === network.driver) ?? 'other'
  const outside = kind === 'macvlan' || kind === 'ipvlan'
  const device = network.device === '' || network.device === network.name ? [] : [network.device]
  const driver =
    kind === 'bridge'
      ? []
      : [network.parent === '' ? network.driver : `${network.driver} · ${network.parent}`]
  const gateways = isShown(settings, 'gateways', true)
    ? network.subnets.flatMap(({ gateway }) => {
        if (gateway === null) return []
        const text = formatAddress(gateway)
        return [outside ? figure.outsideGateway(text) : figure.gateway(text)]
      })
    : []
  const parts = view === 'overlay' && network.host === '' ? partsOf(shown, network) : []
  const vni =
    view === 'overlay' && network.vni.length > 0
      ? star(`VNI ${network.vni.join(', ')}`, network.vniCertainty)
      : ''
  const isInTunnel = parts.length > 1 && plan.hosts.length <= MOST_LABELLED
  const first = parts[0]?.host ?? ''
  const chips = [
    ...(isShown(settings, 'vips', true)
      ? [...plan.services.values()].flatMap((service): SceneChip[] => {
          const vip = service.vips.get(key)
          if (vip === undefined) return []
          const text = `${service.name} ${chanced(vip, network)}`
          const sign = signOf(shown, { is: 'vip', service: service.name, network: key })
          const said = `${sign}${figure.virtualAddress(text)}`
          return [{ kind: 'vip', owner: service.name, text: said, host: '' }]
        })
      : []),
    ...(view === 'overlay' || isGwbridge(network) ? endpointChips(shown, network) : []),
  ]
  return {
    key,
    host: network.host,
    kind,
    ingress: network.ingress,
    internal: network.internal,
    title: `${signOf(shown, { is: 'network', network: key })}${network.name}`,
    facts: [
      ...device,
      ...driver,
      ...(network.internal ? [figure.internal] : []),
      ...(network.subnets.length === 0
        ? [figure.noSubnet]
        : network.subnets.map((subnet) => star(formatCidr(subnet), subnet.certainty))),
      ...gateways,
      ...network.subnets.flatMap(({ range }) => (range === null ? [] : [figure.ipRange(formatCidr(range))])),
      ...network.subnets.flatMap(({ aux }) =>
        [...aux].map(([name, value]) => figure.reserved(name, formatAddress(value))),
      ),
      ...more(shown.focus?.moreOn.get(key), words),
      ...(vni !== '' && !isInTunnel ? [vni] : []),
    ],
    chips: parts.length === 0 ? chips : chips.filter(({ host }) => host === '' || host === first),
    parts: parts.map((host, index) => ({
      ...host,
      chips: index === 0 ? [] : chips.filter((chip) => chip.host === host.host),
    })),
    tunnel: isInTunnel ? vni : '',
    hue,
    veth: network.policy.link === 'bridge' || network.policy.link === 'overlay',
  }
}

/** More hosts than these beside each other leave no room for words in the tunnels. */
const MOST_LABELLED = 3

/** Hosts on which something of a network is, in declared order; the engines of the others do not know it. */
const partsOf = ({ plan }: Shown, network: PlanNetwork): readonly { readonly host: string }[] => {
  const on = new Set([...network.endpoints.values()].map((endpoint) => endpoint.host))
  return plan.hosts.filter((host) => on.has(host.name)).map((host) => ({ host: host.name }))
}

/** One dagger on the network is enough where its subnet is by chance. */
function chanced(
  { address, certainty }: PlanAddress,
  { subnets }: PlanNetwork,
  said: string | null = null,
): string {
  const subnet = subnets.find((one) => contains(prefixOf(one), address))
  return star(said ?? formatAddress(address), subnet?.certainty === 'one-of-several' ? 'computed' : certainty)
}

function endpointChips({ words, changes }: Shown, network: PlanNetwork): readonly SceneChip[] {
  const chips: SceneChip[] = []
  for (const endpoint of network.endpoints.values()) {
    if (endpoint.container !== '') continue
    const text = addressesOf(endpoint)
      .map((one) => chanced(one, network))
      .join(' ')
    if (text === '') continue
    const said =
      endpoint.kind === 'load-balancer' ? words.figure.loadBalancer(text) : words.figure.ingressSandbox(text)
    chips.push({
      kind: 'endpoint',
      owner: endpoint.name,
      text: `${changeSign(changes, { is: 'endpoint', network: network.key, endpoint: endpoint.name })}${said}`,
      host: endpoint.host,
    })
  }
  return chips
}

function cardsOf(shown: Shown): readonly SceneCard[] {
  const { plan, settings } = shown
  const drawn = [...plan.containers.values()].filter((container) =>
    isDrawn({ ...shown, settings }, container),
  )
  const guests = new Map<string, PlanContainer[]>()
  for (const container of drawn) {
    const owner = container.mode === 'container' && container.state === 'running' ? container.sharedWith : ''
    if (owner !== '' && plan.containers.has(owner))
      guests.set(owner, [...(guests.get(owner) ?? []), container])
  }
  const isGuest = new Set([...guests.values()].flat().map((one) => one.name))
  return drawn
    .filter((container) => !isGuest.has(container.name))
    .map((container) => cardOf(shown, container, allGuests(container.name, guests)))
}

/** Guests of guests share the sandbox too. */
function allGuests(owner: string, guests: ReadonlyMap<string, readonly PlanContainer[]>): PlanContainer[] {
  const found: PlanContainer[] = []
  const queue = [owner]
  for (const at of queue)
    for (const guest of guests.get(at) ?? [])
      if (!queue.includes(guest.name)) {
        queue.push(guest.name)
        found.push(guest)
      }
  return found
}

function cardOf(shown: Shown, container: PlanContainer, guests: readonly PlanContainer[]): SceneCard {
  const joints = container.state === 'running' ? jointsOf(shown, container) : []
  const apart: Apart | null =
    container.state !== 'running'
      ? 'stopped'
      : joints.length > 0
        ? null
        : container.mode === 'host'
          ? 'host'
          : container.endpoints.size > 0
            ? 'undrawn'
            : 'none'
  return {
    container: container.name,
    host: container.host,
    members: [container, ...guests].map((one) => memberOf(shown, one)),
    joints,
    // Where rules are drawn, they say what leads to it.
    ports:
      isShown(shown.settings, 'ports', true) && shown.view !== 'datapath'
        ? [container, ...guests].flatMap((one) => portsOf(shown, one))
        : [],
    rank: shown.ranks.get(container.name) ?? 0,
    apart,
  }
}

/**
 * Length of the longest chain of `depends_on` that leads to each container; 0 for what depends on nothing. Compose takes
 * no ring, of which the first link is left out here.
 */
function ranksOf({ containers }: Plan): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>()
  const opened = new Set<string>()
  const waiting = [...containers.keys()]
  for (let name = waiting.at(-1); name !== undefined; name = waiting.at(-1)) {
    const needed = containers.get(name)?.dependsOn.filter((one) => containers.has(one)) ?? []
    const missing = opened.has(name) ? [] : needed.filter((one) => !opened.has(one))
    opened.add(name)
    if (missing.length > 0) waiting.push(...missing)
    else {
      waiting.pop()
      ranks.set(
        name,
        needed.reduce((most, one) => Math.max(most, (ranks.get(one) ?? -1) + 1), 0),
      )
    }
  }
  return ranks
}

function memberOf(shown: Shown, container: PlanContainer): SceneMember {
  const { settings, words, plan } = shown
  const aliases = container.dns.filter((alias) => alias !== container.name)
  return {
    container: container.name,
    title: `${containerSign(shown, container.name)}${star(container.name, container.placement)}`,
    details: [
      ...formerName(shown, container.name),
      ...(isShown(settings, 'images', false) && container.image !== '' ? [shortImage(container.image)] : []),
      ...(isShown(settings, 'aliases', false) && aliases.length > 0
        ? wrapped(words.figure.aliases(aliases), SHORT_LINE)
        : []),
      // In words: with lines nobody could follow either the order or the networks.
      ...(isShown(settings, 'depends_on', false) && container.dependsOn.length > 0
        ? wrapped(words.figure.startsAfter(container.dependsOn), SHORT_LINE)
        : []),
      ...moreNetworks(shown.focus?.moreOf.get(container.name), words),
      ...(container.state === 'running' ? [] : wrapped(reasonOf(shown, container))),
    ],
    isTask: plan.services.has(container.service),
    stopped: container.state !== 'running',
    sign: memberSign(shown, container),
  }
}

function memberSign({ settings }: Shown, container: PlanContainer): SceneMember['sign'] {
  if (!isShown(settings, 'icons', true)) return null
  const written = settings.icons.get(container.name) ?? settings.icons.get(container.service) ?? null
  const name = written ?? signOfImage(container.image)
  return name === null ? null : { name, isAsked: written !== null || settings.show.includes('icons') }
}

/** What the engine said where a container could not start, else the state it is in. */
function reasonOf({ plan, words }: Shown, container: PlanContainer): string {
  if (container.state === 'created' && container.span !== null)
    for (const step of plan.steps)
      if (step.error !== null && step.span !== null && step.span.start === container.span.start)
        return step.error.message.replace(/\s+/g, ' ').replace(/ \([0-9a-f]{64}\)/g, '')
  return container.state === 'running' ? '' : words.figure[container.state]
}

/** Characters of a line of what the engine said, and of the names that a container starts after. */
const LONGEST_LINE = 30
const SHORT_LINE = 24

function wrapped(text: string, longest = LONGEST_LINE): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`
    if (lines.length > 0 && longer.length <= longest) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

const LONGEST_IMAGE = 26

/** Registry and digest go first, then the middle: its two ends tell images apart. */
export function shortImage(image: string): string {
  const bare = image.replace(/@sha256:.*$/, '')
  if (bare.length <= LONGEST_IMAGE) return bare
  const last = bare.slice(bare.lastIndexOf('/') + 1)
  const short = `…/${last}`
  if (short.length <= LONGEST_IMAGE) return short
  const half = Math.floor((LONGEST_IMAGE - 1) / 2)
  return `${last.slice(0, half)}…${last.slice(-half)}`
}

function jointsOf(shown: Shown, container: PlanContainer): readonly SceneJoint[] {
  const { networks, settings, view } = shown
  const joints: SceneJoint[] = []
  const devices = isShown(settings, 'interfaces', view === 'datapath')
  for (const [key, network] of networks) {
    const attachment = container.endpoints.get(key)
    if (attachment === undefined) continue
    const device = devices ? `${star(attachment.interface, attachment.interfaceCertainty)} ` : ''
    joints.push({
      network: key,
      lines: [
        ...movedFrom(shown, container, key),
        ...jointLines(attachment, network, device, view).map(
          (line, index) => `${index === 0 ? jointSign(shown, container, key) : ''}${line}`,
        ),
        ...(isShown(settings, 'macs', false) && attachment.mac !== '' ? [attachment.mac] : []),
      ],
    })
  }
  return joints
}

function jointLines(
  attachment: PlanAttachment,
  network: PlanNetwork,
  device: string,
  view: View,
): readonly string[] {
  const addresses = addressesOf(attachment).map(
    (one) => `${device}${chanced(one, network, view === 'bus' ? hostPart(one) : null)}`,
  )
  return addresses.length === 0 ? [device.trim() || attachment.interface] : addresses
}

/** What came or went with its whole container has its sign there. */
function jointSign(shown: Shown, container: PlanContainer, network: string): string {
  const change = shown.changes?.of({ is: 'attachment', container: container.name, network }) ?? null
  return change === null || change.kind === 'changed' ? '' : `${CHANGE_SIGNS[change.kind]} `
}

function movedFrom({ changes }: Shown, container: PlanContainer, network: string): readonly string[] {
  const change = changes?.of({ is: 'attachment', container: container.name, network }) ?? null
  return change?.kind === 'changed' ? [`${change.from} →`] : []
}

/** An address no other machine can reach. */
const isLoopback = ({ family, value }: Address): boolean =>
  family === 4 ? value >> 24n === 127n : value === 1n

const portsOf = (shown: Shown, container: PlanContainer): readonly ScenePort[] =>
  portsByChange(shown.changes, container.name, container.ports).flatMap(({ thing, ports }) =>
    portsIn(shown, container, ports, signOf(shown, thing)),
  )

function portsIn(
  { plan, words }: Shown,
  container: PlanContainer,
  published: readonly PublishedPort[],
  sign: string,
): readonly ScenePort[] {
  const seen = new Set<string>()
  const ports: ScenePort[] = []
  for (const port of portRanges(published)) {
    const { ip, protocol } = port
    const outer = rangeText(port.port, port.count)
    const inner = rangeText(port.target, port.count)
    const kind = protocol === 'tcp' ? '' : `/${protocol}`
    const host = hostPort(port)
    const bare = outer === inner ? `${host}${kind}` : `${host} → ${inner}${kind}`
    const text = `${sign}${isLoopback(ip) ? `${bare} · ${words.figure.thisHostOnly}` : bare}`
    if (seen.has(text)) continue
    seen.add(text)
    ports.push({
      text,
      named: `${sign}${host} → ${container.name}:${inner}${kind}`,
      local: isLoopback(ip),
      container: container.name,
      service: plan.services.has(container.service) ? container.service : '',
    })
  }
  return ports
}

function meshPorts(shown: Shown): readonly ScenePort[] {
  const { plan, settings } = shown
  if (!isShown(settings, 'ports', true)) return []
  return [...plan.services.values()].flatMap((service) =>
    service.ports
      .filter((port) => port.mode === 'ingress')
      .map((port) => {
        const kind = port.protocol === 'tcp' ? '' : `/${port.protocol}`
        const own = String(port.published)
        const shownPort = star(own, port.certainty)
        const sign = signOf(shown, { is: 'mesh', service: service.name, port: own })
        const isSame = port.published === port.target
        const text = isSame ? `${shownPort}${kind}` : `${shownPort} → ${port.target}${kind}`
        return {
          text: `${sign}${text}`,
          named: `${sign}${shownPort} → ${service.name}:${port.target}${kind}`,
          local: false,
          container: '',
          service: service.name,
        }
      }),
  )
}

function underlayOf({ plan, settings, words, networks, view }: Shown): Scene['underlay'] {
  if (!isShown(settings, 'underlay', plan.hosts.length > 1)) return null
  const tunnels = plan.hosts.length > 1 && [...networks.values()].some((network) => network.host === '')
  const lan = lanSubnet(plan)
  return {
    title: plan.underlay.name === '' ? words.figure.underlay : plan.underlay.name,
    facts: [
      ...(lan === null ? [] : [formatPrefix(lan)]),
      ...(tunnels ? ['VXLAN · UDP 4789'] : []),
      ...(tunnels && view === 'overlay' ? outerAddresses(plan) : []),
    ],
  }
}

/** Between whom the packets of the tunnels go, where that can be read in one line. */
function outerAddresses({ hosts }: Plan): readonly string[] {
  const known = hosts.flatMap(({ address }) => (address === null ? [] : [formatAddress(address.address)]))
  return known.length === hosts.length && known.length <= MOST_LABELLED ? [known.join(' ↔ ')] : []
}
