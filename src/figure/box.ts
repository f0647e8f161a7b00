/** Boxes that several views draw alike. */

import { formatAddress, formatCidr } from '../net/index.ts'
import { addressesOf } from '../plan/certainty.ts'
import type { Changes } from '../plan/changes.ts'
import type {
  Plan,
  PlanAddress,
  PlanAttachment,
  PlanContainer,
  PlanHost,
  PlanNetwork,
  PlanService,
  PublishedPort,
} from '../plan/plan.ts'
import type { FigureSettings, View } from '../topology/topology.ts'
import type { Words } from '../words/words.ts'
import { changeMark, portsByChange } from './changes.ts'
import { address, type Drawing, detail, name } from './drawing.ts'
import type { Line, Mark } from './figure.ts'
import { isGwbridge, isShown, routeText } from './part.ts'
import { type PortRange, portRanges, rangeText } from './port-ranges.ts'
import { star } from './star.ts'

/** What every view works on. */
export interface Scene {
  readonly plan: Plan
  /** Of which the plan is a part, where the author looks at one. */
  readonly whole: Plan
  /** Since an earlier step; the plans then have what is gone, too. `null` where nobody asked. */
  readonly changes: Changes | null
  readonly settings: FigureSettings
  readonly words: Words
  readonly view: View
  /** Networks the view draws. */
  readonly networks: ReadonlyMap<string, PlanNetwork>
  /**
   * Whether the routing mesh is drawn on every host: asked for, or on a highlighted way. Else its addresses are told
   * where they belong, without the lines.
   */
  readonly mesh: boolean
  /** Whether a highlighted way leads out of the hosts, or comes from beyond the client. */
  readonly outside: boolean
  readonly drawing: Drawing
}

/** An address as it stands in a drawing: no prefix length, `†` when Docker leaves it to chance. */
export const shown = ({ address, certainty }: PlanAddress): string => star(formatAddress(address), certainty)

/**
 * Draws the group of a host, with its further interfaces. Its title bears the host's address where no interface is drawn
 * to bear it.
 */
export function drawHost(scene: Scene, host: PlanHost, hasInterface: boolean): string {
  const { words } = scene
  const role = host.role === '' ? '' : ` (${words.figure[host.role]})`
  const isDrawn = hasInterface || host.routes.length > 0
  const own = isDrawn || host.address === null ? '' : ` · ${formatAddress(host.address.address)}`
  const group = scene.drawing.group(host.name, {
    kind: 'host',
    parent: '',
    title: `${host.name}${role}${own}`,
  })
  if (host.routes.length > 0) drawNic(scene, host, group, host.interface)
  for (const { name: device } of host.interfaces)
    if (device !== host.interface) drawNic(scene, host, group, device)
  return group
}

/** The interface a host has on the underlay, or a parent of macvlan and ipvlan; the one already drawn if there is. */
export function drawNic(scene: Scene, host: PlanHost, group: string, device: string): string {
  const thing = { is: 'nic', host: host.name, device } as const
  const found = scene.drawing.find(thing)
  if (found !== null) return found
  const own =
    device !== host.interface
      ? host.interfaces.flatMap((one) => (one.name === device ? [formatCidr(one.address)] : []))
      : host.address === null
        ? []
        : [formatAddress(host.address.address)]
  const routes = device === host.interface ? host.routes : []
  return scene.drawing.box(thing, {
    group,
    kind: 'nic',
    marks: [],
    lines: [
      name(device),
      ...own.map(address),
      ...routes.map((route) => detail(scene.words.figure.route(routeText(route)))),
    ],
  })
}

const DRIVER_MARKS: readonly Mark[] = ['bridge', 'overlay', 'macvlan', 'ipvlan']

export function networkMarks(network: PlanNetwork): readonly Mark[] {
  return [
    DRIVER_MARKS.find((mark) => mark === network.driver) ?? 'other',
    ...(network.ingress ? (['ingress'] as const) : []),
    ...(network.internal ? (['internal'] as const) : []),
  ]
}

/** Name, driver and subnets, gateways of a network. */
export function networkLines(scene: Scene, network: PlanNetwork): readonly Line[] {
  const { figure } = scene.words
  const kind = [network.driver, ...(network.internal ? [figure.internal] : [])].join(' · ')
  const [first, ...rest] = network.subnets.map((subnet) => star(formatCidr(subnet), subnet.certainty))
  return [
    name(networkTitle(network)),
    address(first === undefined ? `${kind} · ${figure.noSubnet}` : `${kind} · ${first}`),
    ...rest.map(address),
    ...gatewayLines(scene, network),
    ...network.subnets.flatMap(({ range }) =>
      range === null ? [] : [detail(figure.ipRange(formatCidr(range)))],
    ),
    ...network.subnets.flatMap(({ aux }) =>
      [...aux].map(([key, value]) => detail(figure.reserved(key, formatAddress(value)))),
    ),
  ]
}

/** VXLAN ids of a network: `VNI 4097`. */
export const vniText = (network: PlanNetwork): string =>
  star(`VNI ${network.vni.join(', ')}`, network.vniCertainty)

/** Virtual address of a service on a network. */
export const vipText = (service: PlanService, key: string): string => {
  const vip = service.vips.get(key)
  return vip === undefined ? '' : shown(vip)
}

/** `bridge (docker0)` where the device has a name of its own. */
export const networkTitle = (network: PlanNetwork): string =>
  network.device === '' || network.device === network.name
    ? network.name
    : `${network.name} (${network.device})`

function gatewayLines(scene: Scene, network: PlanNetwork): readonly Line[] {
  if (!isShown(scene.settings, 'gateways', true)) return []
  const { figure } = scene.words
  const outside = network.policy.link === 'parent'
  return network.subnets.flatMap(({ gateway, gatewayGiven, certainty }) => {
    if (gateway === null) return []
    const text = formatAddress(gateway)
    const said = outside ? figure.outsideGateway(text) : figure.gateway(text)
    return [detail(gatewayGiven ? said : star(said, certainty))]
  })
}

/** Draws a container with one line for each address it has on the networks of the view, and `last` below them. */
export function drawContainer(
  scene: Scene,
  container: PlanContainer,
  group: string,
  last: readonly Line[] = [],
): string {
  const { settings, words, plan } = scene
  const stopped = container.state !== 'running'
  const extra: Line[] = []
  if (isShown(settings, 'images', false) && container.image !== '') extra.push(detail(container.image))
  const aliases = container.dns.filter((alias) => alias !== container.name)
  if (isShown(settings, 'aliases', false) && aliases.length > 0)
    extra.push(detail(words.figure.aliases(aliases)))
  return scene.drawing.box(
    { is: 'container', container: container.name },
    {
      group,
      kind: plan.services.has(container.service) ? 'task' : 'container',
      marks: stopped ? ['stopped'] : [],
      lines: [
        name(star(container.name, container.placement)),
        ...extra,
        ...modeLines(scene, container),
        ...attachmentLines(scene, container),
        ...last,
      ],
    },
  )
}

function modeLines(scene: Scene, container: PlanContainer): readonly Line[] {
  const { figure } = scene.words
  if (container.state !== 'running') return [detail(figure[container.state])]
  switch (container.mode) {
    case 'networks':
      return container.endpoints.size > 0 && drawnAttachments(scene, container).length === 0
        ? [detail(figure.undrawnNetworks)]
        : []
    case 'host':
      return [detail(figure.hostNetwork)]
    case 'none':
      return [detail(figure.noNetwork)]
    case 'container':
      return [detail(figure.sharesSandbox(container.sharedWith))]
    default:
      return container.mode satisfies never
  }
}

export interface DrawnAttachment {
  readonly key: string
  readonly attachment: PlanAttachment
  readonly network: PlanNetwork
}

/** Attachments of a container to the networks of the view: as these are drawn, or by interface where that is shown. */
export function drawnAttachments(scene: Scene, container: PlanContainer): readonly DrawnAttachment[] {
  const byInterface = scene.view === 'datapath' || isShown(scene.settings, 'interfaces', false)
  const order = (byInterface ? container.endpoints : scene.networks).keys()
  const drawn: DrawnAttachment[] = []
  for (const key of order) {
    const network = scene.networks.get(key)
    const attachment = container.endpoints.get(key)
    if (network !== undefined && attachment !== undefined) drawn.push({ key, attachment, network })
  }
  return drawn
}

/** The bridge that every task is on beside its overlay, in short: its own bar bears the whole name. */
const shortName = (network: PlanNetwork): string => (isGwbridge(network) ? 'gwbridge' : network.name)

function attachmentLines(scene: Scene, container: PlanContainer): readonly Line[] {
  const { settings } = scene
  // In this view the joints bear the addresses.
  if (scene.view === 'bus') return []
  const attachments = drawnAttachments(scene, container)
  const several = attachments.length > 1
  const devices = isShown(settings, 'interfaces', false)
  const macs = isShown(settings, 'macs', false)
  const lines: Line[] = []
  for (const { attachment, network } of attachments) {
    const device = devices ? `${star(attachment.interface, attachment.interfaceCertainty)} ` : ''
    const behind = several ? ` · ${shortName(network)}` : ''
    for (const own of addressesOf(attachment)) lines.push(address(`${device}${shown(own)}${behind}`))
    if (macs && attachment.mac !== '') lines.push(detail(attachment.mac))
  }
  return lines
}

/** `8000 → web:5000`; the protocol only when it is not TCP, the host's address only when it is not every one. */
export function portLabels(
  { changes, words }: Pick<Scene, 'changes' | 'words'>,
  container: PlanContainer,
  ports: readonly PublishedPort[] = container.ports,
): readonly string[] {
  const labels = portsByChange(changes, container.name, ports).flatMap(({ thing, ports: own }) =>
    portRanges(own).map(
      (port) =>
        `${hostPort(port)} → ${container.name}:${containerPort(port)}${changeMark(changes, thing, words)}`,
    ),
  )
  return [...new Set(labels)]
}

/** `8000`, `127.0.0.1:8000`; with its protocol `8000/tcp`, `53/udp`. */
export function hostPort(
  { ip, port, count, protocol, certainty }: PortRange,
  tellsProtocol: boolean = false,
): string {
  const numbers = rangeText(port, count)
  const at = ip.family === 6 ? `[${formatAddress(ip)}]` : formatAddress(ip)
  const text = ip.value === 0n ? numbers : `${at}:${numbers}`
  return star(`${text}${tellsProtocol ? `/${protocol}` : ''}`, certainty)
}

const containerPort = ({ target, count, protocol }: PortRange): string =>
  `${rangeText(target, count)}${protocol === 'tcp' ? '' : `/${protocol}`}`
