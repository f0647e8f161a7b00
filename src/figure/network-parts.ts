import { addressesOf } from '../plan/certainty.ts'
import type { PlanNetwork } from '../plan/plan.ts'
import { type Scene, shown, vipText } from './box.ts'
import { detail } from './drawing.ts'
import type { Line } from './figure.ts'
import { isInMesh } from './mesh.ts'
import { isGwbridge, isShown } from './part.ts'

/**
 * Addresses of a network that no container has: the load balancer of a node, the sandbox of the routing mesh on
 * docker_gwbridge where that has no box. Those on one host, or with `host` `''` all of them, each with its host behind it.
 */
export function endpointLines(scene: Scene, network: PlanNetwork, host: string): readonly Line[] {
  // Plumbing that only one view is about.
  if (scene.view !== 'overlay' && !isGwbridge(network)) return []
  const { figure } = scene.words
  const machine = scene.plan.hosts.find((one) => one.name === host)
  const lines: Line[] = []
  for (const endpoint of network.endpoints.values()) {
    if (endpoint.container !== '' || (host !== '' && endpoint.host !== host)) continue
    if (machine !== undefined && isInMesh(scene, machine, endpoint)) continue
    for (const own of addressesOf(endpoint)) {
      const value = shown(own)
      const said =
        endpoint.kind === 'load-balancer' ? figure.loadBalancer(value) : figure.ingressSandbox(value)
      lines.push(detail(host === '' ? `${said} · ${endpoint.host}` : said))
    }
  }
  return lines
}

/** Virtual addresses of services on a network, for views that draw no services. */
export function virtualLines(scene: Scene, key: string): readonly Line[] {
  if (!isShown(scene.settings, 'vips', true)) return []
  return [...scene.plan.services.values()]
    .filter((service) => service.vips.has(key))
    .map((service) => detail(`${scene.words.figure.virtualAddress(vipText(service, key))} · ${service.name}`))
}
