import { formatAddress, formatCidr, formatPrefix } from '../net/index.ts'
import { addressesOf } from '../plan/certainty.ts'
import type { PlanContainer, PlanNetwork } from '../plan/plan.ts'
import type { ContainerSentence, NetworkSentence, Words } from '../words/words.ts'
import { drawnAttachments, type Scene } from './box.ts'
import { isDrawn } from './common.ts'
import type { FigureWay } from './figure.ts'
import { circled } from './hop-words.ts'
import { isShown, lanSubnet } from './part.ts'
import { portRanges, rangeText } from './port-ranges.ts'

/** The figure in sentences, one each for hosts, networks, services, containers, tunnels and dependencies. */
export function describe(scene: Scene): readonly string[] {
  const { plan, words } = scene
  const say = words.description
  const spanning = [...scene.networks.values()].filter((network) => network.host === '')
  const lan = lanSubnet(plan)
  const underlay = lan === null ? '' : formatPrefix(lan)
  const hostNames = plan.hosts.map((host) => host.name)
  return [
    // Its name alone is no sentence.
    ...plan.hosts
      .filter((host) => host.address !== null || host.role !== '')
      .map((host) => say.host(host.name, formatCidr(host.address), host.role)),
    ...(plan.hosts.length > 1 ? [say.underlay(plan.underlay.name, underlay, hostNames)] : []),
    ...[...scene.networks.values()].map((network) => say.network(networkSentence(network))),
    ...(plan.hosts.length > 1
      ? spanning
          .filter((network) => network.vni.length > 0)
          .map((network) => say.tunnel(network.name, network.vni, hostNames))
      : []),
    ...[...plan.services.values()].map((service) =>
      say.service({
        ...service,
        vips: [...service.vips].flatMap(([key, vip]) => {
          const network = scene.networks.get(key)
          return network === undefined ? [] : [{ network: network.name, address: formatAddress(vip.address) }]
        }),
        ports: service.ports.map((port) => ({
          published: port.published.toString(),
          target: `${port.target.toString()}/${port.protocol}`,
        })),
      }),
    ),
    ...[...plan.containers.values()]
      .filter((container) => isDrawn(scene, container))
      .map((container) => say.container(containerSentence(scene, container))),
    ...(isShown(scene.settings, 'depends_on', false)
      ? [...plan.containers.values()].flatMap((container) =>
          container.dependsOn.map((needed) => say.dependency(container.name, needed)),
        )
      : []),
  ]
}

const networkSentence = (network: PlanNetwork): NetworkSentence => ({
  name: network.name,
  driver: network.driver,
  host: network.host,
  subnets: network.subnets.map(formatCidr),
  gateways: network.subnets.flatMap(({ gateway }) => (gateway === null ? [] : [formatAddress(gateway)])),
  internal: network.internal,
  parent: network.parent,
})

const containerSentence = (scene: Scene, container: PlanContainer): ContainerSentence => ({
  name: container.name,
  host: container.host,
  image: container.image,
  state: container.state,
  mode: container.mode,
  sharedWith: container.sharedWith,
  ports: portRanges(container.ports).map(({ ip, port, target, protocol, count }) => ({
    host: `${ip.family === 6 ? `[${formatAddress(ip)}]` : formatAddress(ip)}:${rangeText(port, count)}`,
    container: `${rangeText(target, count)}/${protocol}`,
  })),
  undrawn: container.endpoints.size > 0,
  attachments: drawnAttachments(scene, container).map(({ attachment, network }) => ({
    network: network.name,
    addresses: addressesOf(attachment).map(({ address }) => formatAddress(address)),
  })),
})

/** One sentence for each highlighted way, its hops numbered as in the drawing. */
export const describeWays = (ways: readonly FigureWay[], words: Words): readonly string[] =>
  ways.map((way) =>
    [
      `${way.letter === '' ? '' : `${way.letter}. `}${words.description.way(way.text.replace('->', '→'), way.reached)}`,
      ...way.hops.map((hop) => `${circled(hop.number)} ${hop.text}`),
    ].join(' '),
  )
