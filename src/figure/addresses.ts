import { formatAddress } from '../net/index.ts'
import { addressesOf } from '../plan/certainty.ts'
import type { PlanEndpoint } from '../plan/plan.ts'
import type { Scene } from './box.ts'
import type { AddressRow } from './figure.ts'
import type { Lights } from './lights.ts'

/** Every address of the networks the view draws: gateways, endpoints in order of allocation, virtual addresses. */
export function addressRows(scene: Scene, lights: Lights): readonly AddressRow[] {
  const rows: AddressRow[] = []
  for (const [key, network] of scene.networks) {
    const { name, host } = network
    for (const { gateway, gatewayGiven, certainty } of network.subnets) {
      if (gateway === null) continue
      rows.push({
        network: name,
        host,
        owner: name,
        mark: lights.networks.get(key) ?? '',
        role: 'gateway',
        address: formatAddress(gateway),
        certainty: gatewayGiven ? 'declared' : certainty,
      })
    }
    for (const service of scene.plan.services.values()) {
      const vip = service.vips.get(key)
      if (vip === undefined) continue
      const { certainty } = vip
      const address = formatAddress(vip.address)
      rows.push({ network: name, host, owner: service.name, mark: '', role: 'vip', address, certainty })
    }
    for (const endpoint of network.endpoints.values()) rows.push(...endpointRows(name, endpoint, lights))
  }
  return rows
}

function endpointRows(network: string, endpoint: PlanEndpoint, lights: Lights): readonly AddressRow[] {
  const { container, host, kind } = endpoint
  const owner = container === '' ? endpoint.name : container
  const role = kind === 'gateway' && container !== '' ? 'container' : kind
  return addressesOf(endpoint).map(({ address, certainty }) => ({
    network,
    host,
    owner,
    mark: lights.containers.get(container) ?? '',
    role,
    address: formatAddress(address),
    certainty,
  }))
}
