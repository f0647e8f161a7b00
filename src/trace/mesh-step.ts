/**
 * The routing mesh: every node takes the port and leads it, by its ingress sandbox, to a task on any node.
 * @see moby `libnetwork/service_linux.go: programIngress, addLBBackend`
 */
import type { PlanHost, PlanService } from '../plan/plan.ts'
import { choose, toEndpoint } from './overlay-step.ts'
import type { Packet } from './packet.ts'
import { add, drop, type End, inHost, masquerade, type Walk } from './walk.ts'
import { gwbridgeOf, socket, textOf } from './world.ts'

/** The service whose port every node takes. */
export function meshedService({ plan, port, protocol }: Walk, host: PlanHost): PlanService | null {
  if (host.role === '') return null
  for (const service of plan.services.values()) {
    const takes = service.ports.some(
      (p) => p.mode === 'ingress' && p.published === port && p.protocol === protocol,
    )
    if (takes) return service
  }
  return null
}

export function throughMesh(walk: Walk, host: PlanHost, service: PlanService, packet: Packet): End {
  const ingress = [...walk.plan.networks.values()].find((n) => n.ingress)
  const gwbridge = gwbridgeOf(walk.plan, host.name)
  const gateway = gwbridge?.endpoints.get('gateway_ingress-sbox')
  const at = inHost(host.name, packet.from?.key ?? '', packet.from?.device ?? host.interface)
  if (ingress === undefined || gwbridge === null) return drop(walk, at, 'no-task', service.name, '')
  const address = textOf(gateway?.ipv4)
  const from = socket(packet.address, packet.port)
  add(walk, at, { kind: 'dnat', from, to: socket(address, packet.port) })
  const place = inHost(host.name, gwbridge.key, gwbridge.device)
  add(walk, place, { kind: 'bridge', address, mac: gateway?.mac ?? '' })
  const sandbox = {
    host: host.name,
    sandbox: 'ingress',
    container: '',
    network: ingress.key,
    interface: 'eth0',
  } as const
  const chosen = choose(walk, sandbox, ingress, service, textOf(service.vips.get(ingress.key)))
  if (chosen === null) return 'dropped'
  const own = [...ingress.endpoints.values()].find((e) => e.kind === 'load-balancer' && e.host === host.name)
  masquerade(walk, sandbox, textOf(own?.ipv4), 'SNAT')
  return toEndpoint(walk, ingress, host.name, chosen)
}
