/** `docker inspect` of a container, `docker service inspect`: the parts that a plan decides. Ids are placeholders. */
import { addressText, formatAddress, formatCidr } from '../net/index.ts'
import type { Plan, PlanAttachment, PlanContainer, PlanService } from '../plan/plan.ts'

/** @see moby `api/types/container/container.go: InspectResponse`, `daemon/network.go: buildEndpointDNSNames` */
export function containerInspect(plan: Plan, container: PlanContainer): string {
  const { name, image, state, hostname, extraHosts, dnsSettings, mode } = container
  const runs = state === 'running'
  const [plain = name] = name.split('@')
  const daemon = plan.hosts.find((host) => host.name === container.host)?.daemon
  // What the engine's own settings say is not written with a container.
  const own = (key: string, list: readonly string[], inherited: readonly string[] = []): object =>
    list.length === 0 || list.join(' ') === inherited.join(' ') ? {} : { [key]: list }
  const lists = {
    ...own('Dns', dnsSettings.servers, daemon?.dns),
    ...own('DnsOptions', dnsSettings.options, daemon?.dnsOptions),
    ...own('DnsSearch', dnsSettings.search, daemon?.dnsSearch),
    ...own(
      'ExtraHosts',
      extraHosts.map(({ text }) => text),
    ),
  }
  return JSON.stringify(
    [
      {
        Id: `<id of ${name}>`,
        State: { Status: state },
        Name: container.service === '' ? `/${plain}` : `/${plain}.<id>`,
        HostConfig: lists,
        Config: {
          ...(mode === 'container' ? {} : { Hostname: hostname === '' ? `<id of ${name}>` : hostname }),
          Image: image,
        },
        NetworkSettings: {
          Ports: runs && mode === 'networks' ? portsOf(plan, container) : {},
          Networks: Object.fromEntries(
            [...container.endpoints].map(([key, attachment]) => {
              const network = plan.networks.get(key)
              return [network?.name ?? key, endpointOf(plan, key, attachment)]
            }),
          ),
        },
      },
    ],
    null,
    4,
  )
}

function endpointOf(plan: Plan, key: string, attachment: PlanAttachment): object {
  const { ipv4, ipv6, gateway, gateway6, mac, aliases } = attachment
  const isOwn = plan.networks.get(key)?.name !== 'bridge'
  const named = [...new Set(aliases)]
  return {
    // Without any it is null after `run`, [] after `network connect`, and up to 25 the id: left out.
    ...(isOwn ? (named.length > 0 ? { Aliases: named } : {}) : { Aliases: null }),
    MacAddress: mac === '' ? '<random>' : mac,
    ...(plan.rules.flagGatewayPriority ? { GwPriority: attachment.gwPriority } : {}),
    Gateway: addressText(gateway),
    IPAddress: addressText(ipv4?.address),
    IPPrefixLen: ipv4?.length ?? 0,
    IPv6Gateway: addressText(gateway6),
    GlobalIPv6Address: addressText(ipv6?.address),
    GlobalIPv6PrefixLen: ipv6?.length ?? 0,
  }
}

/** Exposed ports are there without a port of the host; none of them on an internal network, which publishes nothing. */
function portsOf(plan: Plan, container: PlanContainer): object {
  const { ports, exposed, endpoints } = container
  if ([...endpoints.keys()].every((key) => plan.networks.get(key)?.internal === true)) return {}
  const byTarget = new Map<string, object[] | null>()
  for (const { first, last, protocol } of exposed)
    for (let port = first; port <= last; port++) byTarget.set(`${port}/${protocol}`, null)
  for (const { ip, port, target, protocol } of ports) {
    const key = `${target}/${protocol}`
    const others = byTarget.get(key) ?? []
    byTarget.set(key, [...others, { HostIp: formatAddress(ip), HostPort: String(port) }])
  }
  return Object.fromEntries([...byTarget].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** @see moby `api/types/swarm/service.go: ServiceMode` */
function modeObject(mode: PlanService['mode'], tasks: number): object {
  switch (mode) {
    case 'replicated':
      return { Replicated: { Replicas: tasks } }
    case 'global':
      return { Global: {} }
    case 'replicated-job':
      return { ReplicatedJob: { MaxConcurrent: tasks, TotalCompletions: tasks } }
    case 'global-job':
      return { GlobalJob: {} }
    default:
      return mode satisfies never
  }
}

/** @see moby `api/types/swarm/service.go` */
export function serviceInspect(plan: Plan, service: PlanService): string {
  const { name, image, mode, endpointMode, vips, ports, tasks } = service
  const published = ports.map(({ protocol, target, published: host, mode: how }) => ({
    Protocol: protocol,
    TargetPort: target,
    PublishedPort: host,
    PublishMode: how,
  }))
  return JSON.stringify(
    [
      {
        ID: `<id of ${name}>`,
        Spec: {
          Name: name,
          TaskTemplate: { ContainerSpec: { Image: image } },
          Mode: modeObject(mode, tasks.length),
        },
        Endpoint: {
          Spec: { Mode: endpointMode },
          ...(published.length === 0 ? {} : { Ports: published }),
          ...(vips.size === 0
            ? {}
            : {
                VirtualIPs: [...vips].map(([key, vip]) => ({
                  NetworkID: `<id of ${plan.networks.get(key)?.name ?? key}>`,
                  Addr: formatCidr(vip),
                })),
              }),
        },
      },
    ],
    null,
    4,
  )
}
