import { addressesOf } from '../plan/certainty.ts'
import type { PlanContainer, PlanNetwork } from '../plan/plan.ts'
import {
  drawContainer,
  drawHost,
  drawnAttachments,
  networkLines,
  networkMarks,
  portLabels,
  type Scene,
} from './box.ts'
import { drawUnderlay, isDrawn, isPublished, meshLabels } from './common.ts'
import { linkDependencies } from './draw-network.ts'
import { detail } from './drawing.ts'
import { hostPart } from './host-part.ts'
import { endpointLines, virtualLines } from './network-parts.ts'
import { isShown } from './part.ts'
import { star } from './star.ts'

/** View `bus`: each network is a bar, each endpoint a joint that bears the host part of its address. */
export function drawBusView(scene: Scene): void {
  const { plan } = scene
  for (const host of plan.hosts) {
    const group = drawHost(scene, host, false)
    for (const [key, network] of scene.networks)
      if (network.host === host.name) drawBar(scene, key, network, group)
    for (const container of plan.containers.values())
      if (container.host === host.name && isDrawn(scene, container))
        drawContainer(scene, container, group, portLines(scene, container))
  }
  for (const [key, network] of scene.networks) if (network.host === '') drawBar(scene, key, network, '')
  for (const container of plan.containers.values()) linkJoints(scene, container)
  drawUnderlay(scene)
}

function drawBar(scene: Scene, key: string, network: PlanNetwork, group: string): void {
  scene.drawing.box(
    { is: 'network', network: key, host: network.host },
    {
      group,
      kind: 'network',
      marks: ['bar', 'bus', ...networkMarks(network)],
      lines: [
        ...networkLines(scene, network),
        ...virtualLines(scene, key),
        ...(network.ingress && isShown(scene.settings, 'ports', true) ? meshLabels(scene).map(detail) : []),
        ...endpointLines(scene, network, network.host),
      ],
    },
  )
}

const portLines = (scene: Scene, container: PlanContainer) =>
  isPublished(container) && isShown(scene.settings, 'ports', true)
    ? portLabels(scene, container).map((label) => detail(label.replace(` → ${container.name}:`, ' → ')))
    : []

/** A container hangs under the first of its networks; the others, drawn later, lie below it. */
function linkJoints(scene: Scene, container: PlanContainer): void {
  const { drawing } = scene
  const box = drawing.find({ is: 'container', container: container.name })
  if (box === null) return
  const order = [...scene.networks.keys()]
  const joints = [...drawnAttachments(scene, container)].sort(
    (a, b) => order.indexOf(a.key) - order.indexOf(b.key),
  )
  for (const [index, { key, attachment, network }] of joints.entries()) {
    const bar = drawing.find({ is: 'network', network: key, host: network.host })
    if (bar === null) continue
    const label = addressesOf(attachment).map((own) => star(hostPart(own), own.certainty))
    if (index === 0 && network.host !== '') drawing.edge(bar, box, 'attach', label)
    else drawing.edge(box, bar, 'attach', label)
  }
  if (container.mode === 'container') {
    const other = drawing.find({ is: 'container', container: container.sharedWith })
    if (other !== null) drawing.edge(other, box, 'shared')
  }
  linkDependencies(scene, container, box)
}
