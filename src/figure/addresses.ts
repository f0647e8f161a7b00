import { withoutLength } from '../net/index.ts'
import type { PlanEndpoint } from '../plan/plan.ts'
import type { Scene } from './box.ts'
import type { AddressRow } from './figure.ts'

/** Every address of the networks the view draws: gateways, endpoints in order of allocation, virtual addresses. */
export function addressRows(scene: Scene): readonly AddressRow[] {
  const rows: AddressRow[] = []
  for (const [key, network] of scene.networks) {
    const { name, host } = network
    for (const gateway of network.gateways) {
      if (gateway === '') continue
      const { certainty, pin } = network
      const address = withoutLength(gateway)
      rows.push({ network: name, host, owner: name, role: 'gateway', address, certainty, pin })
    }
    for (const service of scene.plan.services.values()) {
      const vip = service.vips.get(key)
      if (vip === undefined) continue
      const certainty = service.vipCertainty.get(key) ?? 'computed'
      const address = withoutLength(vip)
      rows.push({ network: name, host, owner: service.name, role: 'vip', address, certainty, pin: '' })
    }
    for (const endpoint of network.endpoints.values()) rows.push(...endpointRows(name, endpoint))
  }
  return rows
}

function endpointRows(network: string, endpoint: PlanEndpoint): readonly AddressRow[] {
  const { container, host, kind, certainty, pin } = endpoint
  const owner = container === '' ? endpoint.name : container
  const role = kind === 'gateway' && container !== '' ? 'container' : kind
  return [endpoint.ipv4, endpoint.ipv6]
    .filter((text) => text !== '')
    .map((text) => ({ network, host, owner, role, address: withoutLength(text), certainty, pin }))
}
