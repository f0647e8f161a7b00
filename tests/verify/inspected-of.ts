/** What an engine would print if it had done exactly as planned. */
import type { Plan } from '../../src/plan/plan.ts'
import type { Inspected } from '../../src/verify/inspect.ts'
import { asText } from '../support/as-text.ts'

const idOf = (name: string): string => Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)

/** Containers that hold no endpoint are there too; ids are made of names. */
export function inspectedOf(planned: Plan): Inspected {
  const plan = asText(planned)
  return {
    networks: [...plan.networks.values()].map((network) => ({
      name: network.name,
      id: idOf(network.name),
      driver: network.driver,
      scope: network.scope,
      internal: network.internal,
      attachable: network.attachable,
      ingress: network.ingress,
      ipv6: network.ipv6,
      ipam: network.subnets.map((subnet, index) => ({
        subnet,
        gateway: network.gateways[index] ?? '',
        ipRange: network.ipRanges[index] ?? '',
        auxAddresses: index === 0 ? network.auxAddresses : new Map(),
      })),
      options: network.options,
      labels: new Map(),
      endpoints: [...network.endpoints.values()].map(({ name, ipv4, ipv6, mac }) => ({
        key: idOf(name),
        name,
        ipv4,
        ipv6,
        mac,
      })),
    })),
    containers: [...plan.containers.values()].map((container) => ({
      name: container.name,
      id: idOf(container.name),
      image: container.image,
      hostname: container.hostname,
      state: container.state,
      networkMode:
        container.mode === 'container'
          ? `container:${idOf(container.sharedWith || 'removed')}`
          : container.mode === 'networks'
            ? 'default'
            : container.mode,
      sandbox: '',
      attachments: [...container.endpoints].map(([network, endpoint]) => ({
        network: plan.networks.get(network)?.name ?? network,
        ipv4: endpoint.ipv4,
        ipv6: endpoint.ipv6,
        mac: endpoint.mac,
        gateway: endpoint.gateway,
        gateway6: endpoint.gateway6,
        aliases: [...endpoint.aliases],
        links: [...(network === 'bridge' ? container.links : endpoint.links)].map(
          ([name, target]) => `${target}:${name}`,
        ),
        gwPriority: endpoint.gwPriority,
      })),
      ports: container.ports.map(({ host, container: port }) => ({ host, container: port })),
      dns: [...container.dnsSettings.servers],
      dnsSearch: [...container.dnsSettings.search],
      dnsOptions: [...container.dnsSettings.options],
      extraHosts: container.extraHosts.map(({ name, address }) => `${name}:${address}`),
      labels: new Map(),
    })),
  }
}
