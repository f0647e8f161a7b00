import type { PlanContainer, PlanHost, PlanNetwork } from '../plan/plan.ts'
import {
  drawContainer,
  drawHost,
  drawNic,
  drawnAttachments,
  networkLines,
  networkMarks,
  portLabels,
  type Scene,
} from './box.ts'
import {
  drawUnderlay,
  edgeOnce,
  hostPorts,
  interfaceChain,
  isDrawn,
  isPublished,
  MOST_PORT_LABELS,
  wantsClient,
} from './common.ts'
import { detail, name } from './drawing.ts'
import type { Line } from './figure.ts'
import { endpointLines, virtualLines } from './network-parts.ts'
import { isShown } from './part.ts'

/** View `network`: hosts, their networks, the containers under them, and the ports from outside in. */
export function drawNetworkView(scene: Scene): void {
  const { plan, drawing } = scene
  const client = drawClient(scene)
  const lan = drawLan(scene)
  for (const host of plan.hosts) {
    const devices = nicDevices(scene, host)
    const group = drawHost(scene, host, devices.includes(host.interface))
    for (const device of devices) drawNic(scene, host, group, device)
    for (const [key, network] of scene.networks)
      if (network.host === host.name) drawNetwork(scene, key, network, group)
    for (const container of plan.containers.values())
      if (container.host === host.name && isDrawn(scene, container))
        drawContainer(scene, container, group, boxPorts(scene, container))
  }
  for (const [key, network] of scene.networks) if (network.host === '') drawNetwork(scene, key, network, '')
  // Without a published port, a client that is asked for reaches the network outside, or else every host.
  const entered = lan !== null || plan.hosts.some((host) => hasEntry(scene, host))
  if (client !== null && lan !== null && !plan.hosts.some((host) => hasEntry(scene, host)))
    drawing.edge(client, lan, 'uplink')
  for (const host of plan.hosts) {
    const nic = drawing.find({ is: 'nic', host: host.name, device: host.interface })
    if (client !== null && nic !== null && (hasEntry(scene, host) || !entered))
      drawing.edge(client, nic, 'publish', hostPorts(scene, host))
    if (scene.outside) edgeOnce(scene, lan, nic, 'uplink')
    for (const [key, network] of scene.networks)
      if (network.host === host.name) linkNetwork(scene, host, key, network, lan)
  }
  for (const container of plan.containers.values()) linkContainer(scene, container)
  drawUnderlay(scene)
}

/** Host whose interface the client's packets come in at. */
const hasEntry = (scene: Scene, host: PlanHost): boolean =>
  [...scene.plan.containers.values()].some((c) => c.host === host.name && isPublished(c)) ||
  [...scene.plan.services.values()].some((service) => service.ports.length > 0)

function drawClient(scene: Scene): string | null {
  const wanted = scene.plan.hosts.some((host) => hasEntry(scene, host)) || wantsClient(scene)
  if (!isShown(scene.settings, 'client', wanted)) return null
  return scene.drawing.box(
    { is: 'client' },
    { group: '', kind: 'client', marks: [], lines: [name(scene.words.figure.client)] },
  )
}

const onParent = (network: PlanNetwork): boolean => network.parent !== ''

/** The physical network, when containers lie on it directly or a way leads out of the host. */
function drawLan(scene: Scene): string | null {
  const { figure } = scene.words
  const direct = [...scene.networks.values()].some((network) => onParent(network) && !network.internal)
  if (!direct && !scene.outside) return null
  return scene.drawing.box(
    { is: 'outside' },
    { group: '', kind: 'outside', marks: [], lines: [name(direct ? figure.lan : figure.outside)] },
  )
}

/** Interfaces worth drawing: the host's own when packets use it, and parents. */
function nicDevices(scene: Scene, host: PlanHost): readonly string[] {
  const usesHost = [...scene.plan.containers.values()].some(
    (container) => container.host === host.name && container.mode === 'host' && container.state === 'running',
  )
  const leads = [...scene.networks.values()].some(
    (network) => network.host === host.name && !onParent(network) && !network.internal,
  )
  const own =
    (host.address !== null && leads) ||
    scene.outside ||
    usesHost ||
    hasEntry(scene, host) ||
    wantsClient(scene)
  const devices = new Set(own ? [host.interface] : [])
  for (const network of scene.networks.values()) {
    if (network.host !== host.name || !onParent(network)) continue
    for (const device of interfaceChain(network.parent)) devices.add(device)
  }
  return [...devices]
}

function drawNetwork(scene: Scene, key: string, network: PlanNetwork, group: string): void {
  scene.drawing.box(
    { is: 'network', network: key, host: network.host },
    {
      group,
      kind: 'network',
      marks: ['bar', ...networkMarks(network)],
      lines: [
        ...networkLines(scene, network),
        ...virtualLines(scene, key),
        ...endpointLines(scene, network, network.host),
      ],
    },
  )
}

/** Network a container's published ports are led through: the one of its default route. */
function portNetwork(scene: Scene, container: PlanContainer): string {
  const route = container.defaultRoute?.network ?? ''
  return scene.networks.has(route) ? route : (drawnAttachments(scene, container)[0]?.key ?? '')
}

function portsThrough(scene: Scene, key: string): readonly string[] {
  if (!isShown(scene.settings, 'ports', true)) return []
  const labels: string[] = []
  for (const container of scene.plan.containers.values())
    if (isPublished(container) && portNetwork(scene, container) === key)
      for (const label of portLabels(scene, container)) labels.push(label)
  return labels
}

function boxPorts(scene: Scene, container: PlanContainer): readonly Line[] {
  if (!isPublished(container)) return []
  const through = portsThrough(scene, portNetwork(scene, container))
  return through.length > MOST_PORT_LABELS || container.mode === 'host'
    ? portLabels(scene, container).map((label) => detail(label.replace(` → ${container.name}:`, ' → ')))
    : []
}

function linkNetwork(
  scene: Scene,
  host: PlanHost,
  key: string,
  network: PlanNetwork,
  lan: string | null,
): void {
  const { drawing } = scene
  const bar = drawing.find({ is: 'network', network: key, host: host.name })
  const device = onParent(network) ? network.parent : host.interface
  const nic = drawing.find({ is: 'nic', host: host.name, device })
  if (bar === null || nic === null || network.internal) return
  const ports = portsThrough(scene, key)
  drawing.edge(nic, bar, 'route', ports.length > MOST_PORT_LABELS ? [] : ports)
  if (!onParent(network)) return
  const chain = [
    lan,
    ...interfaceChain(device).map((one) => drawing.find({ is: 'nic', host: host.name, device: one })),
  ]
  for (const [at, inner] of chain.slice(1).entries())
    edgeOnce(scene, chain[at] ?? null, inner, at === 0 ? 'uplink' : 'route')
}

function linkContainer(scene: Scene, container: PlanContainer): void {
  const { drawing, plan } = scene
  const box = drawing.find({ is: 'container', container: container.name })
  if (box === null) return
  for (const { key, network } of drawnAttachments(scene, container)) {
    const bar = drawing.find({ is: 'network', network: key, host: network.host })
    if (bar === null) continue
    // A network of the whole swarm lies below the hosts, one of a host above its containers.
    if (network.host === '') drawing.edge(box, bar, 'attach')
    else drawing.edge(bar, box, 'attach')
  }
  const host = plan.hosts.find((one) => one.name === container.host)
  if (host !== undefined) linkMode(scene, container, host, box)
  linkDependencies(scene, container, box)
}

/** Joins of containers that have no endpoint of their own. */
export function linkMode(scene: Scene, container: PlanContainer, host: PlanHost, box: string): void {
  const { drawing } = scene
  if (container.state !== 'running') return
  if (container.mode === 'host') {
    const nic = drawing.find({ is: 'nic', host: host.name, device: host.interface })
    if (nic === null) return
    if (scene.view === 'overlay') drawing.edge(box, nic, 'attach')
    else drawing.edge(nic, box, 'attach')
  }
  if (container.mode === 'container') {
    const other = drawing.find({ is: 'container', container: container.sharedWith })
    if (other !== null) drawing.edge(other, box, 'shared')
  }
}

export function linkDependencies(scene: Scene, container: PlanContainer, box: string): void {
  if (!isShown(scene.settings, 'depends_on', false)) return
  for (const needed of container.dependsOn) {
    const other = scene.drawing.find({ is: 'container', container: needed })
    if (other !== null) scene.drawing.edge(box, other, 'dependency')
  }
}
