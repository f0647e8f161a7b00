import { addressesOf } from '../plan/certainty.ts'
import type { PlanContainer, PlanHost, PlanNetwork } from '../plan/plan.ts'
import { isMasqueraded, publishingNetwork, translatedPorts } from '../plan/published.ts'
import {
  drawContainer,
  drawHost,
  drawNic,
  drawnAttachments,
  networkLines,
  networkMarks,
  portLabels,
  type Scene,
  shown,
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
  meshLabels,
  wantsClient,
} from './common.ts'
import { address, detail, name } from './drawing.ts'
import type { Line } from './figure.ts'
import { endpointLines, virtualLines } from './network-parts.ts'
import { isGwbridge, isShown } from './part.ts'
import { star } from './star.ts'

/** View `datapath`: eth0 of each container – veth – bridge – NAT – the host's interface – outside, top to bottom. */
export function drawDatapathView(scene: Scene): void {
  const { plan } = scene
  for (const host of plan.hosts) drawHostPath(scene, host)
  const underlay = drawUnderlay(scene)
  const outside = plan.hosts.length > 1 ? underlay : drawOutside(scene)
  for (const host of plan.hosts) linkHostPath(scene, host, outside)
  drawPortClient(scene)
}

function drawHostPath(scene: Scene, host: PlanHost): void {
  const { plan, drawing, words } = scene
  const group = drawHost(scene, host, true)
  const here = [...plan.containers.values()].filter(
    (container) => container.host === host.name && isDrawn(scene, container),
  )
  for (const container of here) drawSandbox(scene, container, group)
  for (const container of here)
    for (const { key, network } of drawnAttachments(scene, container))
      if (hasVeth(network))
        drawing.box(
          { is: 'veth', container: container.name, network: key },
          { group, kind: 'veth', marks: [], lines: [name(words.figure.randomDevice)] },
        )
  for (const [key, network] of networksOn(scene, host))
    drawing.box(
      { is: 'network', network: key, host: host.name },
      {
        group,
        kind: 'network',
        marks: ['bar', ...networkMarks(network)],
        lines: [
          ...networkLines(scene, network),
          ...virtualLines(scene, key),
          ...endpointLines(scene, network, host.name),
        ],
      },
    )
  drawVtep(scene, host, group)
  drawNat(scene, host, group)
  drawNic(scene, host, group, host.interface)
  for (const [, network] of networksOn(scene, host))
    if (network.parent !== '')
      for (const device of interfaceChain(network.parent)) drawNic(scene, host, group, device)
}

/** Networks with something on a host, those of the swarm included. */
const networksOn = (scene: Scene, host: PlanHost): readonly [string, PlanNetwork][] =>
  [...scene.networks].filter(
    ([, network]) =>
      network.host === host.name ||
      (network.host === '' && [...network.endpoints.values()].some((one) => one.host === host.name)),
  )

/** A bridge (an overlay has one too) is joined by a veth pair; macvlan and ipvlan sit on their parent. */
const hasVeth = ({ policy }: PlanNetwork): boolean => policy.link !== 'parent'

/** The network namespace of a container with its interfaces; the container itself where it has none of its own. */
function drawSandbox(scene: Scene, container: PlanContainer, group: string): void {
  const { plan, drawing, words } = scene
  if (container.mode === 'host' && container.state === 'running') {
    drawContainer(scene, container, group)
    return
  }
  if (container.mode === 'container' && container.state === 'running') return
  const guests = [...plan.containers.values()].filter(
    (other) => other.mode === 'container' && other.sharedWith === container.name && other.state === 'running',
  )
  const former = scene.changes?.of({ is: 'name', container: container.name })?.from ?? ''
  const title = [container, ...guests].map((one) => star(one.name, one.placement)).join(' + ')
  const sandbox = drawing.group(container.name, {
    kind: 'sandbox',
    parent: group,
    title: former === '' ? title : `${title} (${words.change.formerly(former)})`,
  })
  const attachments = drawnAttachments(scene, container)
  if (attachments.length === 0)
    drawing.box(
      { is: 'container', container: container.name },
      container.state === 'running'
        ? { group: sandbox, kind: 'nic', marks: [], lines: [name('lo')] }
        : { group: sandbox, kind: 'nic', marks: ['stopped'], lines: [detail(words.figure[container.state])] },
    )
  for (const { key, attachment } of attachments) {
    const addresses = addressesOf(attachment).map((own) => address(shown(own)))
    const mac: readonly Line[] =
      attachment.mac !== '' && isShown(scene.settings, 'macs', false) ? [detail(attachment.mac)] : []
    drawing.box(
      { is: 'interface', container: container.name, network: key },
      {
        group: sandbox,
        kind: 'nic',
        marks: [],
        lines: [name(star(attachment.interface, attachment.interfaceCertainty)), ...addresses, ...mac],
      },
    )
  }
}

function drawVtep(scene: Scene, host: PlanHost, group: string): void {
  const overlays = networksOn(scene, host).filter(([, network]) => network.driver === 'overlay')
  if (overlays.length === 0 || scene.plan.hosts.length < 2) return
  const vnis = overlays.map(([, network]) =>
    detail(`${vniText(network)}${overlays.length > 1 ? ` · ${network.name}` : ''}`),
  )
  scene.drawing.box(
    { is: 'vxlan', host: host.name },
    { group, kind: 'vxlan', marks: [], lines: [name('VXLAN'), ...vnis] },
  )
}

/** What the kernel translates on a host: sources of packets that leave, destinations of those for published ports. */
function drawNat(scene: Scene, host: PlanHost, group: string): void {
  const { plan, settings } = scene
  const masquerades = networksOn(scene, host).some(([, network]) => isMasqueraded(network))
  const dnat = [...plan.containers.values()]
    .filter((container) => container.host === host.name && leadsInto(scene, container))
    .flatMap((container) => portLabels(scene, container, translatedPorts(plan, container)))
    .concat(networksOn(scene, host).some(([, network]) => isGwbridge(network)) ? meshLabels(scene) : [])
  if (!masquerades && dnat.length === 0) return
  const ports = isShown(settings, 'ports', true) ? dnat : []
  scene.drawing.box(
    { is: 'nat', host: host.name },
    {
      group,
      kind: 'nat',
      marks: [],
      lines: [
        name('NAT (iptables)'),
        ...(masquerades ? [address('MASQUERADE')] : []),
        ...ports.map((port) => detail(`DNAT ${port}`)),
      ],
    },
  )
}

/** Whether a container's ports are published on a network of the view. */
function leadsInto(scene: Scene, container: PlanContainer): boolean {
  const network = publishingNetwork(scene.plan, container)
  return network !== null && scene.networks.has(network.key) && container.ports.length > 0
}

function linkHostPath(scene: Scene, host: PlanHost, outside: string | null): void {
  const { plan, drawing } = scene
  const nic = drawing.find({ is: 'nic', host: host.name, device: host.interface })
  const nat = drawing.find({ is: 'nat', host: host.name })
  const vxlan = drawing.find({ is: 'vxlan', host: host.name })
  for (const container of plan.containers.values())
    if (container.host === host.name) linkSandbox(scene, container, nic)
  for (const [key, network] of networksOn(scene, host)) {
    const bar = drawing.find({ is: 'network', network: key, host: host.name })
    if (bar === null) continue
    const parent = drawing.find({ is: 'nic', host: host.name, device: network.parent })
    const isBridge = network.policy.link === 'bridge' && !network.internal
    const dnat = [...plan.containers.values()].some(
      (container) =>
        publishingNetwork(plan, container) === network && translatedPorts(plan, container).length > 0,
    )
    if (isMasqueraded(network) && nat !== null) drawing.edge(bar, nat, 'masquerade')
    else if (isBridge && dnat && nat !== null) drawing.edge(bar, nat, 'route')
    else if (isBridge && nic !== null) drawing.edge(bar, nic, 'route')
    else if (network.driver === 'overlay' && vxlan !== null) drawing.edge(bar, vxlan, 'tunnel')
    else if (parent !== null && !network.internal) drawing.edge(bar, parent, 'route')
    const chain = network.parent === '' ? [] : [...interfaceChain(network.parent)].reverse()
    const nics = chain.map((device) => drawing.find({ is: 'nic', host: host.name, device }))
    for (const [at, outer] of [...nics.slice(1), outside].entries())
      edgeOnce(scene, nics[at] ?? null, outer, outer === outside ? 'uplink' : 'route')
  }
  if (vxlan !== null && nic !== null) drawing.edge(vxlan, nic, 'tunnel')
  const masquerades = networksOn(scene, host).some(([, network]) => isMasqueraded(network))
  if (nat !== null && nic !== null) drawing.edge(nat, nic, masquerades ? 'masquerade' : 'route')
  edgeOnce(scene, nic, outside, 'uplink')
}

function linkSandbox(scene: Scene, container: PlanContainer, nic: string | null): void {
  const { drawing } = scene
  const box = drawing.find({ is: 'container', container: container.name })
  if (box !== null && container.mode === 'host' && container.state === 'running' && nic !== null)
    drawing.edge(box, nic, 'route')
  for (const { key } of drawnAttachments(scene, container)) {
    const device = drawing.find({ is: 'interface', container: container.name, network: key })
    const veth = drawing.find({ is: 'veth', container: container.name, network: key })
    const bar = drawing.find({ is: 'network', network: key, host: container.host })
    if (device === null || bar === null) continue
    if (veth === null) drawing.edge(device, bar, 'attach')
    else {
      drawing.edge(device, veth, 'attach')
      drawing.edge(veth, bar, 'attach')
    }
  }
}

/** The client stands where its packets come from: beside the outside, below the interface they come in at. */
function drawPortClient(scene: Scene): void {
  const { plan, drawing, words } = scene
  const underlay = drawing.find({ is: 'underlay' })
  const published = [...plan.containers.values()].some(isPublished)
  if (!isShown(scene.settings, 'client', published || wantsClient(scene))) return
  const client = drawing.box(
    { is: 'client' },
    { group: '', kind: 'client', marks: [], lines: [name(words.figure.client)] },
  )
  if (underlay !== null) {
    drawing.edge(underlay, client, 'publish')
    return
  }
  for (const host of plan.hosts) {
    const nic = drawing.find({ is: 'nic', host: host.name, device: host.interface })
    if (nic !== null) drawing.edge(nic, client, 'publish', hostPorts(scene, host))
  }
}
