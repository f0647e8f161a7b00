import type { PlanHost, PlanNetwork, PlanService } from '../plan/plan.ts'
import { isMasqueraded } from '../plan/published.ts'
import {
  drawContainer,
  drawHost,
  drawNic,
  drawnAttachments,
  networkLines,
  networkMarks,
  networkTitle,
  portLabels,
  type Scene,
  vipText,
  vniText,
} from './box.ts'
import {
  drawOutside,
  drawUnderlay,
  edgeOnce,
  hostPorts,
  interfaceChain,
  isDrawn,
  isPublished,
  MOST_PORT_LABELS,
  meshPorts,
  spansHosts,
  wantsClient,
} from './common.ts'
import { linkDependencies, linkMode } from './draw-network.ts'
import { address, detail, name } from './drawing.ts'
import type { Line } from './figure.ts'
import { drawMesh, linkMesh } from './mesh.ts'
import { endpointLines } from './network-parts.ts'
import { isShown } from './part.ts'

/**
 * View `overlay`: what the swarm's managers settled on top (subnets, VNIs, VIPs), the hosts side by side with the
 * part of each network that lies on them, and below them the network they share.
 */
export function drawOverlayView(scene: Scene): void {
  const { plan } = scene
  drawSwarm(scene)
  for (const host of plan.hosts) drawHostParts(scene, host)
  const underlay = drawUnderlay(scene) ?? (scene.outside ? drawOutside(scene) : null)
  for (const host of plan.hosts) linkHost(scene, host, underlay)
  drawClient(scene, underlay)
}

const overlays = (scene: Scene): readonly [string, PlanNetwork][] =>
  [...scene.networks].filter(([, network]) => network.host === '')

function drawSwarm(scene: Scene): void {
  const { plan, drawing, words, settings } = scene
  const services = isShown(settings, 'vips', true) ? [...plan.services.values()] : []
  const spanning = overlays(scene)
  if (spanning.length + services.length === 0) return
  const group = drawing.group('swarm', {
    kind: 'services',
    parent: '',
    title: words.figure.services,
  })
  for (const [key, network] of spanning)
    drawing.box(
      { is: 'network', network: key, host: '' },
      {
        group,
        kind: 'network',
        marks: networkMarks(network),
        lines: [
          ...networkLines(scene, network),
          ...(network.vni.length === 0 ? [] : [detail(vniText(network))]),
        ],
      },
    )
  for (const service of services)
    drawing.box(
      { is: 'service', service: service.name },
      { group, kind: 'service', marks: [], lines: serviceLines(scene, service) },
    )
}

function serviceLines(scene: Scene, service: PlanService): readonly Line[] {
  const { figure } = scene.words
  const vips = [...service.vips.keys()].flatMap((key) => {
    const network = scene.networks.get(key)
    return network === undefined ? [] : [{ key, network }]
  })
  const ports = isShown(scene.settings, 'ports', true) ? service.ports : []
  return [
    name(service.name),
    ...vips.map(({ key, network }) =>
      address(
        `${figure.virtualAddress(vipText(service, key))}${vips.length > 1 ? ` · ${network.name}` : ''}`,
      ),
    ),
    ...(service.endpointMode === 'dnsrr' ? [detail(figure.dnsRoundRobin)] : []),
    ...ports.map((port) =>
      detail(
        `${port.published.toString()} → ${port.target.toString()}/${port.protocol}${port.mode === 'host' ? ' (host)' : ''}`,
      ),
    ),
  ]
}

function drawHostParts(scene: Scene, host: PlanHost): void {
  const { plan } = scene
  const hasInterface = plan.hosts.length > 1 || host.address !== null || natNetworks(scene, host).length > 0
  const group = drawHost(scene, host, hasInterface)
  for (const container of plan.containers.values())
    if (container.host === host.name && isDrawn(scene, container)) drawContainer(scene, container, group)
  drawMesh(scene, host, group)
  for (const [key, network] of scene.networks) drawPart(scene, host, key, network, group)
  if (spansHosts(scene)) drawVxlan(scene, host, group)
  drawNat(scene, host, group)
  if (hasInterface) drawNic(scene, host, group, host.interface)
  for (const network of scene.networks.values())
    if (network.host === host.name && network.parent !== '')
      for (const device of interfaceChain(network.parent)) drawNic(scene, host, group, device)
}

/** The part of a network that lies on a host: its own network, or the end of one of the swarm. */
function drawPart(scene: Scene, host: PlanHost, key: string, network: PlanNetwork, group: string): void {
  const { drawing } = scene
  if (network.host !== '' && network.host !== host.name) return
  const here = [...network.endpoints.values()].filter((endpoint) => endpoint.host === host.name)
  if (network.host === '' && here.length === 0) return
  drawing.box(
    { is: 'network', network: key, host: host.name },
    {
      group,
      kind: 'network',
      marks: ['bar', ...networkMarks(network)],
      lines: [
        ...(network.host === ''
          ? [name(networkTitle(network)), detail(network.driver)]
          : networkLines(scene, network)),
        ...endpointLines(scene, network, host.name),
      ],
    },
  )
}

/** Overlays with a part on a host. */
const tunnelled = (scene: Scene, host: PlanHost): readonly [string, PlanNetwork][] =>
  overlays(scene).filter(
    ([key]) => scene.drawing.find({ is: 'network', network: key, host: host.name }) !== null,
  )

function drawVxlan(scene: Scene, host: PlanHost, group: string): void {
  const here = tunnelled(scene, host)
  if (here.length === 0) return
  const vnis = here.map(([, network]) =>
    detail(`${vniText(network)}${here.length > 1 ? ` · ${network.name}` : ''}`),
  )
  scene.drawing.box(
    { is: 'vxlan', host: host.name },
    { group, kind: 'vxlan', marks: [], lines: [name('VXLAN'), ...vnis] },
  )
}

/** Networks whose packets leave the host with its address. */
const natNetworks = (scene: Scene, host: PlanHost): readonly [string, PlanNetwork][] =>
  [...scene.networks].filter(([, network]) => network.host === host.name && isMasqueraded(network))

function drawNat(scene: Scene, host: PlanHost, group: string): void {
  if (natNetworks(scene, host).length === 0) return
  const ports = [...scene.plan.containers.values()]
    .filter((container) => container.host === host.name && container.mode === 'networks')
    .flatMap((container) => portLabels(scene, container))
  scene.drawing.box(
    { is: 'nat', host: host.name },
    {
      group,
      kind: 'nat',
      marks: [],
      lines: [name('NAT'), ...(isShown(scene.settings, 'ports', true) ? ports.map(detail) : [])],
    },
  )
}

function linkHost(scene: Scene, host: PlanHost, underlay: string | null): void {
  const { plan, drawing } = scene
  for (const container of plan.containers.values()) {
    const box = drawing.find({ is: 'container', container: container.name })
    if (container.host !== host.name || box === null) continue
    for (const { key } of drawnAttachments(scene, container)) {
      const part = drawing.find({ is: 'network', network: key, host: host.name })
      if (part !== null) drawing.edge(box, part, 'attach')
    }
    linkMode(scene, container, host, box)
    linkDependencies(scene, container, box)
  }
  linkMesh(scene, host)
  const nic = drawing.find({ is: 'nic', host: host.name, device: host.interface })
  const vxlan = drawing.find({ is: 'vxlan', host: host.name })
  const nat = drawing.find({ is: 'nat', host: host.name })
  const link = (
    from: string | null,
    to: string | null,
    kind: 'tunnel' | 'masquerade' | 'route' | 'uplink',
  ) => {
    if (from !== null && to !== null) drawing.edge(from, to, kind)
  }
  const part = (key: string) => drawing.find({ is: 'network', network: key, host: host.name })
  for (const [key] of tunnelled(scene, host)) link(part(key), vxlan, 'tunnel')
  for (const [key] of natNetworks(scene, host)) link(part(key), nat, 'masquerade')
  for (const [key, network] of scene.networks)
    if (network.host === host.name && network.parent !== '')
      linkParent(scene, host, key, network.parent, underlay)
  link(vxlan, nic, 'tunnel')
  link(nat, nic, 'masquerade')
  // The way in of the mesh is over docker_gwbridge, and past it where the view leaves it out.
  if (nat === null) link(drawing.find({ is: 'mesh', host: host.name }), nic, 'route')
  edgeOnce(scene, nic, underlay, 'uplink')
}

function linkParent(
  scene: Scene,
  host: PlanHost,
  key: string,
  parent: string,
  underlay: string | null,
): void {
  const { drawing } = scene
  const nics = [...interfaceChain(parent)]
    .reverse()
    .map((device) => drawing.find({ is: 'nic', host: host.name, device }))
  const chain = [drawing.find({ is: 'network', network: key, host: host.name }), ...nics, underlay]
  for (const [at, outer] of chain.slice(1).entries())
    edgeOnce(scene, chain[at] ?? null, outer, outer === underlay ? 'uplink' : 'route')
}

function drawClient(scene: Scene, underlay: string | null): void {
  const { plan, drawing, settings, words } = scene
  const mesh = meshPorts(scene)
  const published = [...plan.containers.values()].some(isPublished)
  if (!isShown(settings, 'client', mesh.length > 0 || published || wantsClient(scene))) return
  const client = drawing.box(
    { is: 'client' },
    { group: '', kind: 'client', marks: [], lines: [name(words.figure.client)] },
  )
  const own = plan.hosts.flatMap((host) => hostPorts(scene, host).filter((port) => !mesh.includes(port)))
  const all = isShown(settings, 'ports', true) ? [...new Set([...mesh, ...own])] : []
  const ports = all.length > MOST_PORT_LABELS ? [] : all
  const nics = plan.hosts.flatMap(
    (host) => drawing.find({ is: 'nic', host: host.name, device: host.interface }) ?? [],
  )
  for (const entry of underlay === null ? nics : [underlay]) drawing.edge(entry, client, 'publish', ports)
}
