import type { Scene } from './box.ts'
import { withoutPrefix } from './box.ts'
import type { AddressRow } from './figure.ts'

/** Every address of the networks the view draws: gateways, endpoints in order of allocation, virtual addresses. */
export function addressRows(scene: Scene): readonly AddressRow[] {
  return [...scene.networks].flatMap(([key, network]) => {
    const gateways = network.gateways
      .filter((gateway) => gateway !== '')
      .map(
        (gateway): AddressRow => ({
          network: network.name,
          host: network.host,
          owner: network.name,
          role: 'gateway',
          address: withoutPrefix(gateway),
          certainty: network.certainty,
          pin: network.pin,
        }),
      )
    const vips = [...scene.plan.services.values()].flatMap((service): AddressRow[] => {
      const vip = service.vips.get(key)
      return vip === undefined
        ? []
        : [
            {
              network: network.name,
              host: network.host,
              owner: service.name,
              role: 'vip',
              address: withoutPrefix(vip),
              certainty: service.vipCertainty.get(key) ?? 'computed',
              pin: '',
            },
          ]
    })
    const endpoints = [...network.endpoints.values()].flatMap((endpoint) =>
      [endpoint.ipv4, endpoint.ipv6]
        .filter((text) => text !== '')
        .map(
          (text): AddressRow => ({
            network: network.name,
            host: endpoint.host,
            owner: endpoint.container === '' ? endpoint.name : endpoint.container,
            role: endpoint.kind === 'gateway' && endpoint.container !== '' ? 'container' : endpoint.kind,
            address: withoutPrefix(text),
            certainty: endpoint.certainty,
            pin: endpoint.pin,
          }),
        ),
    )
    return [...gateways, ...vips, ...endpoints]
  })
}
