/** What a packet passes on a host between its interface and the networks: rules of NAT, docker-proxy, VXLAN. */
import { hostPort } from '../figure/box.ts'
import { changeSign, portsByChange } from '../figure/changes.ts'
import { isShown } from '../figure/part.ts'
import { portRanges, rangeText } from '../figure/port-ranges.ts'
import { star } from '../figure/star.ts'
import { type Cidr, formatAddress, formatPrefix, formatSocket, prefixOf } from '../net/index.ts'
import type { Changes } from '../plan/changes.ts'
import type { Plan, PlanContainer, PlanHost, PlanNetwork } from '../plan/plan.ts'
import { isMasqueraded, publishingNetwork, translatedPorts } from '../plan/published.ts'
import type { FigureSettings } from '../topology/topology.ts'

/** Networks are keys of the plan. Lists are empty where there is nothing of the kind. */
export interface ScenePlumbing {
  /** Destinations that the kernel translates. */
  readonly dnat: readonly SceneRule[]
  /** Sources that it translates: `MASQUERADE 172.18.0.0/16`. */
  readonly sources: readonly { readonly network: string; readonly text: string }[]
  /** Networks whose packets pass these rules. */
  readonly translated: readonly string[]
  /** Networks that the host routes as they are. */
  readonly routed: readonly string[]
  /** What docker-proxy listens at, and the networks it leads into. */
  readonly proxy: { readonly texts: readonly string[]; readonly networks: readonly string[] }
  /** Tunnels that end here. */
  readonly vxlan: readonly { readonly network: string; readonly text: string }[]
  /** Networks on an interface of the host. */
  readonly parents: readonly { readonly network: string; readonly device: string }[]
}

export interface SceneRule {
  /** `8000 → 172.18.0.3:5000` */
  readonly text: string
  /** Key in `Plan.containers`; `''` for the routing mesh. */
  readonly container: string
  /** Swarm service, or `''`. */
  readonly service: string
  readonly network: string
}

interface Shown {
  readonly plan: Plan
  readonly settings: FigureSettings
  /** Those that are drawn. */
  readonly networks: ReadonlyMap<string, PlanNetwork>
  readonly changes: Changes | null
}

export function plumbingOf(shown: Shown, host: PlanHost): ScenePlumbing {
  const { plan, settings, networks: drawn, changes } = shown
  const here = [...drawn.values()].filter((network) => isOn(network, host))
  const bridges = here.filter(({ policy }) => policy.link === 'bridge')
  const containers = [...plan.containers.values()].filter((one) => one.host === host.name)
  const published = containers.flatMap((container) => {
    const network = publishingNetwork(plan, container)
    return network !== null && drawn.has(network.key) ? [{ container, network }] : []
  })
  const withPorts = isShown(settings, 'ports', true)
  const dnat = withPorts
    ? [
        ...published.flatMap(({ container, network }) => rulesOf(shown, container, network)),
        ...meshRules(shown, bridges),
      ]
    : []
  const translates = new Set([
    ...bridges.filter(isMasqueraded).map(({ key }) => key),
    ...dnat.map(({ network }) => network),
  ])
  const proxied =
    withPorts && host.daemon.userlandProxy
      ? published.filter(({ container }) => container.ports.length > 0)
      : []
  return {
    dnat,
    sources: bridges.flatMap((network) => sourcesOf(network, changes)),
    translated: bridges.filter(({ key }) => translates.has(key)).map(({ key }) => key),
    routed: bridges.filter(({ key, internal }) => !translates.has(key) && !internal).map(({ key }) => key),
    proxy: {
      texts: [
        ...new Set(
          proxied.flatMap(({ container }) =>
            portsByChange(changes, container.name, container.ports).flatMap(({ thing, ports }) =>
              portRanges(ports).map(
                (port) => `${changeSign(changes, thing)}${hostPort(port)}${protocolOf(port)}`,
              ),
            ),
          ),
        ),
      ],
      networks: [...new Set(proxied.map(({ network }) => network.key))],
    },
    vxlan: here
      .filter((network) => network.policy.link === 'overlay' && plan.hosts.length > 1)
      .map((network) => ({
        network: network.key,
        text: `${networkSign(network, changes)}${star(`VNI ${network.vni.join(', ')}`, network.vniCertainty)} · ${network.name}`,
      })),
    parents: here.flatMap((network) =>
      network.policy.link === 'parent' && network.parent !== '' && !network.internal
        ? [{ network: network.key, device: baseDevice(network.parent) }]
        : [],
    ),
  }
}

/** `eth0` of `eth0.10`: packets of a VLAN run over the interface it is cut from. */
export const baseDevice = (device: string): string => device.replace(/\.\d+$/, '')

const isOn = (network: PlanNetwork, host: PlanHost): boolean =>
  network.host === host.name ||
  (network.host === '' && [...network.endpoints.values()].some((one) => one.host === host.name))

/** Ports of a container that the kernel translates, each range once for each address it is led to. */
function rulesOf(
  { plan, changes }: Shown,
  container: PlanContainer,
  network: PlanNetwork,
): readonly SceneRule[] {
  const translated = translatedPorts(plan, container)
  const to = new Map<4 | 6, Cidr>()
  for (const port of translated) to.set(port.ip.family, port.to)
  return portsByChange(changes, container.name, translated).flatMap(({ thing, ports }) =>
    portRanges(ports).flatMap((port) => {
      const target = to.get(port.ip.family)
      if (target === undefined) return []
      const inner = formatSocket(target.address, port.target)
      const last = port.count === 1 ? '' : `-${port.target + port.count - 1}`
      return [
        {
          text: `${changeSign(changes, thing)}${socketOf(port)}${protocolOf(port)} → ${inner}${last}`,
          container: container.name,
          service: plan.services.has(container.service) ? container.service : '',
          network: network.key,
        },
      ]
    }),
  )
}

/** Told where it is not TCP. */
const protocolOf = ({ protocol }: { readonly protocol: string }): string =>
  protocol === 'tcp' ? '' : `/${protocol}`

const networkSign = ({ key }: PlanNetwork, changes: Changes | null): string =>
  changeSign(changes, { is: 'network', network: key })

/** `8000`, `127.0.0.1:8000`, and for all IPv6 addresses `[::]:8000`. */
function socketOf(port: ReturnType<typeof portRanges>[number]): string {
  const isAny6 = port.ip.family === 6 && port.ip.value === 0n
  return isAny6 ? `[::]:${rangeText(port.port, port.count)}` : hostPort(port)
}

/** Every node sends a port of the routing mesh to its ingress sandbox on docker_gwbridge. */
function meshRules({ plan, changes }: Shown, bridges: readonly PlanNetwork[]): readonly SceneRule[] {
  const bridge = bridges.find((network) => network.name === 'docker_gwbridge')
  const sandbox = bridge?.endpoints.get('gateway_ingress-sbox')?.ipv4?.address
  if (bridge === undefined || sandbox === undefined) return []
  return [...plan.services.values()].flatMap((service) =>
    service.ports
      .filter((port) => port.mode === 'ingress')
      .map(({ published, protocol }) => ({
        text: `${changeSign(changes, { is: 'mesh', service: service.name, port: String(published) })}${published}${protocolOf({ protocol })} → ${formatSocket(sandbox, published)}`,
        container: '',
        service: service.name,
        network: bridge.key,
      })),
  )
}

function sourcesOf(network: PlanNetwork, changes: Changes | null): ScenePlumbing['sources'] {
  return network.subnets.flatMap((subnet) => {
    const { source } = subnet.address.family === 4 ? network.policy.ipv4 : network.policy.ipv6
    if (!subnet.used || source === null) return []
    const prefix = formatPrefix(prefixOf(subnet))
    return [
      {
        network: network.key,
        text: `${networkSign(network, changes)}${source === 'masquerade' ? prefix : `${prefix} → ${formatAddress(source)}`}`,
      },
    ]
  })
}
