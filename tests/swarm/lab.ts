import { createEngine, type Engine } from '../../src/engine/engine.ts'
import {
  type NetworkCreate,
  NO_NAME_SETTINGS,
  NO_WISHES,
  PLAIN_NETWORK,
  type Refusal,
  type ServiceCreate,
  type SubnetRequest,
} from '../../src/engine/operation.ts'
import { formatAddress, formatCidr, formatPrefix } from '../../src/net/index.ts'
import { rulesOf } from '../../src/rules/index.ts'
import { cidrOf, createSwarm, type Swarm } from '../../src/swarm/index.ts'
import type { EngineVersion } from '../../src/version.ts'

/** Machines n1, n2, … with addresses 198.51.100.11, .12, … and what the tests ask of them. */
export interface Lab {
  readonly swarm: Swarm
  readonly engines: ReadonlyMap<string, Engine>
  init(host?: string, ...pools: string[]): Refusal | null
  join(host: string, role?: 'manager' | 'worker'): Refusal | null
  leave(host: string, force?: boolean): Refusal | null
  network(name: string, options?: Partial<NetworkCreate> & { readonly subnet?: string }): Refusal | null
  service(
    name: string,
    options?: Partial<ServiceCreate> & { readonly on?: readonly string[] },
  ): Refusal | null
  scale(name: string, replicas: number): Refusal | null
  removeService(name: string): Refusal | null
  run(host: string, name: string, network: string, ipv4?: string): Refusal | null
  /** Addresses on a network of swarm scope, by endpoint: `VIP web`, `web.1`, `lb n1`, `c1`. */
  addresses(network: string): Readonly<Record<string, string>>
  /** `10.0.1.0/24 gw=10.0.1.1 vni=4097`, `''` for none. */
  subnet(network: string): string
  /** Endpoints on a network of a host. */
  local(host: string, network: string): Readonly<Record<string, string>>
  /** `eth0 net1 10.0.1.3/24`, … and the default route, of a container. */
  interfaces(host: string, container: string): readonly string[]
}

const DAEMON = {
  bip: null,
  fixedCidr: null,
  fixedCidrV6: null,
  defaultAddressPools: [],
  ipv6: false,
  userlandProxy: true,
  liveRestore: false,
  defaultGateway: null,
  defaultGatewayV6: null,
  bridgeOptions: new Map(),
  networkOptions: new Map(),
  ip6tables: null,
  dns: [],
  dnsSearch: [],
  dnsOptions: [],
}

export function createLab(version: EngineVersion = '28', count = 1): Lab {
  const names = Array.from({ length: count }, (_, i) => `n${i + 1}`)
  const engines = new Map(
    names.map((host) => [
      host,
      createEngine({
        rules: rulesOf(version),
        host,
        id: host,
        interfaces: [],
        interfacesKnown: false,
        onLink: [],
        nameservers: [],
        daemon: DAEMON,
      }),
    ]),
  )
  const hosts = names.map((name, i) => ({
    name,
    ip: `198.51.100.${11 + i}`,
    links: [{ name: 'eth0', ip: `198.51.100.${11 + i}` }],
    role: null,
    labels: new Map<string, string>(),
    engine: engines.get(name)!,
  }))
  const swarm = createSwarm(rulesOf(version), hosts)
  const ipOf = (host: string): string => hosts.find((h) => h.name === host)!.ip

  return {
    swarm,
    engines,
    init: (host = 'n1', ...pools) =>
      swarm.execute(host, {
        op: 'swarm-init',
        advertiseAddr: ipOf(host),
        defaultAddrPool: pools.filter((p) => !p.startsWith('/')),
        maskLength: Number(pools.find((p) => p.startsWith('/'))?.slice(1) ?? 0) || null,
      }),
    join: (host, role = 'worker') =>
      swarm.execute(host, {
        op: 'swarm-join',
        remote: '198.51.100.11:2377',
        advertiseAddr: ipOf(host),
        role,
      }),
    leave: (host, force = false) => swarm.execute(host, { op: 'swarm-leave', force }),
    network: (name, { subnet, ...options } = {}) =>
      engines.get('n1')!.execute({
        ...PLAIN_NETWORK,
        name,
        driver: 'overlay',
        subnets: subnet === undefined ? [] : subnet.split(' ').map(subnetOf),
        ...options,
      }),
    service: (name, { on = [], ...options } = {}) =>
      swarm.execute('n1', {
        op: 'service-create',
        name,
        image: 'bb',
        mode: 'replicated',
        replicas: 1,
        endpointMode: 'vip',
        networks: on.map((network) => ({ network, aliases: [] })),
        ports: [],
        constraints: [],
        hostname: '',
        ...options,
      }),
    scale: (service, replicas) =>
      swarm.execute('n1', { op: 'service-scale', replicas: [{ service, replicas }] }),
    removeService: (name) => swarm.execute('n1', { op: 'service-rm', names: [name] }),
    run: (host, name, network, ipv4 = '') =>
      engines.get(host)!.execute({
        op: 'container-create',
        restart: 'no',
        foreground: false,
        start: true,
        name,
        image: 'bb',
        hostname: '',
        networkMode: network,
        endpoints: [{ ...NO_WISHES, network, ipv4 }],
        ports: [],
        publishAll: false,
        expose: [],
        links: [],
        names: NO_NAME_SETTINGS,
        mac: '',
        autoRemove: false,
        compose: null,
        dependsOn: [],
      }),
    addresses(network) {
      const found: [string, string, number][] = []
      for (const cluster of swarm.clusters()) {
        for (const { spec, vips, tasks } of cluster.services.values()) {
          const vip = vips.get(network)
          if (vip !== undefined) found.push([`VIP ${spec.name}`, cidrOf(vip), vip.order])
          for (const task of tasks) {
            const own = task.addresses.get(network)
            if (own !== undefined) found.push([task.name, cidrOf(own), own.order])
          }
        }
        for (const node of cluster.nodes.values()) {
          const own = node.loadBalancers.get(network)
          if (own !== undefined) found.push([`lb ${node.name}`, cidrOf(own), own.order])
          for (const { name } of engines.get(node.name)!.containers()) {
            const allocation = cluster.allocationOf(network, name, node.name)
            if (allocation !== null) found.push([name, cidrOf(allocation), allocation.order])
          }
        }
      }
      return Object.fromEntries(
        found.sort((a, b) => a[2] - b[2]).map(([name, text]) => [name, text.split('/')[0] ?? '']),
      )
    },
    subnet(network) {
      const subnets = swarm.clusters()[0]?.overlays.get(network)?.state?.subnets ?? []
      return subnets
        .map(({ lease, gateway, vni }) => {
          return `${formatPrefix(lease.subnet)} gw=${formatAddress(gateway)} vni=${vni}`
        })
        .join(' ')
    },
    local(host, network) {
      const endpoints = engines.get(host)!.network(network)?.endpoints ?? new Map()
      return Object.fromEntries(
        [...endpoints.values()].map((e) => [e.name, e.ipv4 === null ? '' : formatCidr(e.ipv4)]),
      )
    },
    interfaces(host, container) {
      const sandbox = engines.get(host)!.container(container)?.sandbox
      if (sandbox == null) return []
      const list = sandbox.interfaces.map(({ name, endpoint }) =>
        `${name} ${endpoint.network.name} ${endpoint.ipv4 === null ? '' : formatCidr(endpoint.ipv4)} ${endpoint.mac}`.trim(),
      )
      return [...list, `default ${sandbox.default4?.endpoint.network.name ?? 'none'}`]
    },
  }
}

function subnetOf(text: string): SubnetRequest {
  const [subnet = '', gateway = ''] = text.split('@')
  return { subnet, ipRange: '', gateway, auxAddresses: new Map() }
}
