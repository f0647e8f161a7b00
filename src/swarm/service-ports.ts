import type { Refusal, ServiceCreate, ServicePortRequest } from '../engine/operation.ts'
import { duplicatePorts, portInUse } from './refusals.ts'
import type { PublishedServicePort, Service } from './service.ts'
import type { ClusterState } from './state.ts'

/** swarmkit `manager/controlapi/service.go: validateEndpointSpec, checkPortConflicts` */
export function refusedPorts(state: ClusterState, spec: ServiceCreate): Refusal | null {
  const seen = new Set<string>()
  for (const { published, protocol, mode, origin } of spec.ports) {
    if (published === null) continue
    const key = `${published}/${protocol}`
    if (seen.has(key)) return duplicatePorts(published, origin)
    seen.add(key)
    for (const other of state.services.values()) {
      if (other.spec.name === spec.name) continue
      const clash = other.ports.find(
        (p) =>
          p.published === published &&
          p.protocol === protocol &&
          (p.mode === 'ingress' || mode === 'ingress'),
      )
      if (clash !== undefined) return portInUse(published, other.spec.name, clash.mode, origin)
    }
  }
  return null
}

const samePort = (a: ServicePortRequest, b: ServicePortRequest): boolean =>
  a.target === b.target && a.protocol === b.protocol && a.mode === b.mode

/**
 * The published ports of a service, automatic ones with their numbers; `null` when one cannot be had.
 * @see swarmkit `manager/allocator/portallocator.go: serviceAllocatePorts, reconcilePortConfigs`
 */
export function allocatePorts(state: ClusterState, service: Service): readonly PublishedServicePort[] | null {
  const before = service.ports
  releasePorts(state, service)
  // A changed list of the same length is gone through with the ports of one's own choice first.
  const wanted =
    before.length > 0 && before.length === service.spec.ports.length
      ? [...service.spec.ports].sort((a, b) => Number(a.published === null) - Number(b.published === null))
      : service.spec.ports
  const ports: PublishedServicePort[] = []
  for (const port of wanted) {
    const { target, protocol, mode } = port
    const automatic = port.published === null
    if (mode === 'host') {
      ports.push({ published: port.published, target, protocol, mode, automatic })
      continue
    }
    const sticky = automatic ? before.find((p) => p.automatic && samePort(p, port)) : undefined
    const published = state.ports.allocate(protocol, sticky?.published ?? port.published)
    if (published === null) {
      for (const had of ports)
        if (had.mode === 'ingress') state.ports.release(had.protocol, had.published ?? 0)
      return null
    }
    ports.push({ published, target, protocol, mode, automatic })
  }
  return ports
}

export function releasePorts(state: ClusterState, service: Service): void {
  for (const { mode, protocol, published } of service.ports) {
    if (mode === 'ingress' && published !== null) state.ports.release(protocol, published)
  }
}
