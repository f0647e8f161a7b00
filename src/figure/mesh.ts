import type { PlanEndpoint, PlanHost, PlanNetwork } from '../plan/plan.ts'
import { type Scene, shown } from './box.ts'
import { address, detail, name } from './drawing.ts'
import { isGwbridge } from './part.ts'

/**
 * Endpoints of the routing mesh's sandbox on a host: its load balancer on the ingress network, and its leg on
 * docker_gwbridge, by which packets come in from outside. Empty unless the view draws them.
 */
function meshEndpoints(
  scene: Scene,
  host: PlanHost,
): readonly { readonly key: string; readonly network: PlanNetwork; readonly endpoint: PlanEndpoint }[] {
  if (!isDrawnPerHost(scene)) return []
  return [...scene.networks].flatMap(([key, network]) =>
    network.ingress || (isGwbridge(network) && network.host === host.name)
      ? [...network.endpoints.values()]
          .filter((endpoint) => endpoint.container === '' && endpoint.host === host.name)
          .map((endpoint) => ({ key, network, endpoint }))
      : [],
  )
}

/** Whether the ingress network has a bar on every host. */
export const isDrawnPerHost = (scene: Scene): boolean =>
  scene.view === 'overlay' && scene.mesh && [...scene.networks.values()].some((network) => network.ingress)

/** Whether the view draws a box that bears the address of this endpoint. */
export const isInMesh = (scene: Scene, host: PlanHost, endpoint: PlanEndpoint): boolean =>
  meshEndpoints(scene, host).some((one) => one.endpoint === endpoint)

export function drawMesh(scene: Scene, host: PlanHost, group: string): void {
  const ends = meshEndpoints(scene, host)
  if (ends.length === 0) return
  scene.drawing.box(
    { is: 'mesh', host: host.name },
    {
      group,
      kind: 'container',
      marks: [],
      lines: [
        name('ingress-sbox'),
        detail(`${scene.words.figure.routingMesh} · IPVS`),
        ...ends.flatMap(({ network, endpoint: { ipv4 } }) =>
          ipv4 === null
            ? []
            : [address(`${shown(ipv4)} · ${isGwbridge(network) ? 'gwbridge' : network.name}`)],
        ),
      ],
    },
  )
}

export function linkMesh(scene: Scene, host: PlanHost): void {
  const { drawing } = scene
  const box = drawing.find({ is: 'mesh', host: host.name })
  if (box === null) return
  for (const { key } of meshEndpoints(scene, host)) {
    const part = drawing.find({ is: 'network', network: key, host: host.name })
    if (part !== null) drawing.edge(box, part, 'attach')
  }
}
