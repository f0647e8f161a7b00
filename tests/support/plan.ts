/** Plans by hand: small ones, with only what a test is about. */
import { driverOf } from '../../src/engine/drivers/index.ts'
import { LOCAL_POOLS } from '../../src/ipam/index.ts'
import { parseAddress, parseCidr, parsePrefix } from '../../src/net/index.ts'
import type {
  Certainty,
  Plan,
  PlanAddress,
  PlanAttachment,
  PlanContainer,
  PlanEndpoint,
  PlanHost,
  PlanNetwork,
  PlanService,
  PlanSubnet,
  PublishedPort,
} from '../../src/plan/plan.ts'
import { rulesOf } from '../../src/rules/index.ts'
import type { FigureSettings } from '../../src/topology/topology.ts'

export const SETTINGS: FigureSettings = {
  view: null,
  direction: null,
  title: null,
  caption: null,
  show: [],
  hide: [],
  highlight: [],
  focus: [],
  icons: new Map(),
  iconNames: [],
}

export function settings(part: Partial<FigureSettings>): FigureSettings {
  return { ...SETTINGS, ...part }
}

export function host(
  name: string,
  { address: text = '', ...part }: Partial<Omit<PlanHost, 'address'>> & { readonly address?: string } = {},
): PlanHost {
  return {
    name,
    address: parseCidr(text),
    interface: 'eth0',
    interfaces: [],
    routes: [],
    nameservers: [],
    listens: [],
    role: '',
    daemon: { userlandProxy: true, dns: [], dnsSearch: [], dnsOptions: [] },
    pools: LOCAL_POOLS,
    onLink: [],
    ...part,
  }
}

/** As the driver has it in 28: tests by hand are about that release unless they say otherwise. */
function policyOf({ driver = 'bridge', internal = false, options = new Map() }: Partial<PlanNetwork>) {
  const mode = options.get(`${driver}_mode`) ?? ''
  return driverOf({ driver }).policy(
    { internal, mode, options },
    { rules: rulesOf('28'), daemon: { userlandProxy: true, ip6tables: null } },
  )
}

/** A network's parts in text, one for each subnet. */
type NetworkPart = Partial<Omit<PlanNetwork, 'subnets'>> & {
  readonly subnets?: readonly string[]
  readonly gateways?: readonly string[]
  readonly ipRanges?: readonly string[]
  /** Of the first subnet. */
  readonly auxAddresses?: ReadonlyMap<string, string>
  readonly certainty?: Certainty
  readonly pin?: string
}

export function subnet(text: string, part: Partial<PlanSubnet> = {}): PlanSubnet {
  const own = { given: false, used: true, range: null, gateway: null, gatewayGiven: false, aux: new Map() }
  return { ...address(text), ...own, ...part }
}

/** `172.18.0.2/16`. */
export function address(text: string, part: Partial<PlanAddress> = {}): PlanAddress {
  const cidr = parseCidr(text)
  if (cidr === null) throw new Error(`${text} is no CIDR`)
  return { ...cidr, certainty: 'computed', pin: '', ...part }
}

export function network(
  key: string,
  { subnets = [], gateways = [], ipRanges = [], auxAddresses = new Map(), ...rest }: NetworkPart = {},
): PlanNetwork {
  const { certainty = 'computed', pin = '', ...part } = rest
  return {
    key,
    name: key.split('@')[0] ?? key,
    driver: 'bridge',
    scope: 'local',
    host: 'host',
    subnets: subnets.map((text, index) =>
      subnet(text, {
        gateway: parseAddress(gateways[index] ?? ''),
        range: parseCidr(ipRanges[index] ?? ''),
        aux: new Map(
          (index > 0 ? [] : [...auxAddresses]).flatMap(([name, one]) => {
            const parsed = parseAddress(one)
            return parsed === null ? [] : [[name, parsed] as const]
          }),
        ),
        certainty,
        pin,
      }),
    ),
    internal: false,
    attachable: false,
    ingress: false,
    ipv4: true,
    ipv6: false,
    policy: policyOf(part),
    wasJoined: true,
    vni: [],
    serial: 0,
    vniCertainty: 'computed',
    options: new Map(),
    device: '',
    parent: '',
    endpoints: new Map(),
    span: { start: 0, end: 0 },
    ...part,
  }
}

/** Addresses in text, `''` for none; `certainty` and `pin` are those of both. */
interface AddressPart {
  readonly ipv6?: string
  readonly certainty?: Certainty
  readonly pin?: string
}

const addressOrNone = (
  text: string,
  { certainty = 'computed', pin = '' }: AddressPart,
): PlanAddress | null => (text === '' ? null : address(text, { certainty, pin }))

export function endpoint(
  name: string,
  ipv4: string,
  {
    ipv6 = '',
    certainty = 'computed',
    pin = '',
    ...part
  }: Partial<Omit<PlanEndpoint, 'ipv4' | 'ipv6'>> & AddressPart = {},
): [string, PlanEndpoint] {
  return [
    name,
    {
      name,
      kind: 'container',
      host: 'host',
      container: name,
      ipv4: addressOrNone(ipv4, { certainty, pin }),
      ipv6: addressOrNone(ipv6, { certainty, pin }),
      mac: '',
      ...part,
    },
  ]
}

export function attachment(
  ipv4: string,
  {
    ipv6 = '',
    certainty = 'computed',
    pin = '',
    gateway = '',
    gateway6 = '',
    ...part
  }: Partial<Omit<PlanAttachment, 'ipv4' | 'ipv6' | 'gateway' | 'gateway6'>> &
    AddressPart & { readonly gateway?: string; readonly gateway6?: string } = {},
): PlanAttachment {
  return {
    interface: 'eth0',
    interfaceCertainty: 'computed',
    ipv4: addressOrNone(ipv4, { certainty, pin }),
    ipv6: addressOrNone(ipv6, { certainty, pin }),
    mac: '',
    gateway: parseAddress(gateway),
    gateway6: parseAddress(gateway6),
    aliases: [],
    gwPriority: 0,
    links: new Map(),
    ...part,
  }
}

/** `0.0.0.0:8000->5000/tcp`, `[::]:8000->5000/tcp`. */
export function port(text: string, certainty: Certainty = 'computed'): PublishedPort {
  const match = /^\[?([^\]]+?)\]?:(\d+)->(\d+)\/(tcp|udp|sctp)$/.exec(text)
  const [, at = '', from = '', target = '', protocol] = match ?? []
  const ip = parseAddress(at)
  if (ip === null) throw new Error(`${text} is no published port`)
  return {
    ip,
    port: Number(from),
    target: Number(target),
    protocol: protocol === 'udp' || protocol === 'sctp' ? protocol : 'tcp',
    certainty,
  }
}

export function container(
  name: string,
  {
    defaultRoute = null,
    ports = [],
    ...part
  }: Partial<Omit<PlanContainer, 'defaultRoute' | 'ports'>> & {
    readonly defaultRoute?: { readonly network: string; readonly via: string } | null
    readonly ports?: readonly string[]
  } = {},
): PlanContainer {
  return {
    name,
    host: 'host',
    state: 'running',
    image: '',
    service: '',
    hostname: '',
    mode: 'networks',
    sharedWith: '',
    sandboxLost: false,
    serial: 0,
    endpoints: new Map(),
    defaultRoute: defaultRoute && { ...defaultRoute, via: parseAddress(defaultRoute.via) },
    defaultRoute6: null,
    ports: ports.map((text) => port(text)),
    exposed: [],
    dns: [name],
    dependsOn: [],
    links: new Map(),
    extraHosts: [],
    dnsSettings: { servers: [], search: [], options: [] },
    publishes: [],
    asksFor: [],
    listens: null,
    placement: 'computed',
    span: null,
    ...part,
  }
}

export function service(name: string, part: Partial<PlanService> = {}): PlanService {
  return {
    name,
    mode: 'replicated',
    endpointMode: 'vip',
    image: '',
    vips: new Map(),
    ports: [],
    tasks: [],
    span: null,
    ...part,
  }
}

export function plan(part: {
  readonly hosts?: readonly PlanHost[]
  readonly networks?: readonly PlanNetwork[]
  readonly containers?: readonly PlanContainer[]
  readonly services?: readonly PlanService[]
  readonly underlay?: Plan['underlay']
  readonly swarm?: boolean
}): Plan {
  return {
    engine: '28',
    rules: rulesOf('28'),
    hosts: part.hosts ?? [host('host')],
    underlay: part.underlay ?? { name: '', subnet: null },
    swarm: part.swarm ?? false,
    swarmPools: [],
    outside: [],
    networks: new Map((part.networks ?? []).map((one) => [one.key, one])),
    networkNames: new Map(),
    containers: new Map((part.containers ?? []).map((one) => [one.name, one])),
    services: new Map((part.services ?? []).map((one) => [one.name, one])),
    steps: [],
  }
}

/** One user-defined bridge, two containers, one published port. */
export const SHOP: Plan = plan({
  hosts: [host('host', { address: '192.168.56.10/24' })],
  networks: [
    network('bridge', {
      subnets: ['172.17.0.0/16'],
      gateways: ['172.17.0.1'],
      device: 'docker0',
      span: null,
    }),
    network('mybridge', {
      subnets: ['172.18.0.0/16'],
      gateways: ['172.18.0.1'],
      endpoints: new Map([endpoint('db', '172.18.0.2/16'), endpoint('web', '172.18.0.3/16')]),
    }),
  ],
  containers: [
    container('db', {
      image: 'redis',
      endpoints: new Map([['mybridge', attachment('172.18.0.2/16')]]),
      defaultRoute: { network: 'mybridge', via: '172.18.0.1' },
    }),
    container('web', {
      image: 'chrch/web',
      endpoints: new Map([['mybridge', attachment('172.18.0.3/16')]]),
      defaultRoute: { network: 'mybridge', via: '172.18.0.1' },
      ports: ['0.0.0.0:8000->5000/tcp', '[::]:8000->5000/tcp'],
      dependsOn: ['db'],
    }),
  ],
})

/** One overlay on two hosts, with a routing mesh. */
export const PETS: Plan = petsPlan()

function petsPlan(): Plan {
  const tasks = [
    { name: 'db.1', host: 'node1', ingress: '', overlay: '10.0.1.3/24', gw: '172.18.0.3/16' },
    { name: 'web.1', host: 'node1', ingress: '10.0.0.5/24', overlay: '10.0.1.6/24', gw: '172.18.0.4/16' },
    { name: 'web.2', host: 'node2', ingress: '10.0.0.6/24', overlay: '10.0.1.7/24', gw: '172.18.0.3/16' },
  ]
  const gwbridge = (name: string) =>
    network(`docker_gwbridge@${name}`, {
      host: name,
      subnets: ['172.18.0.0/16'],
      gateways: ['172.18.0.1'],
      device: 'docker_gwbridge',
      span: null,
      endpoints: new Map([
        endpoint('gateway_ingress-sbox', '172.18.0.2/16', { kind: 'gateway', host: name, container: '' }),
        ...tasks
          .filter((task) => task.host === name)
          .map((task) =>
            endpoint(`gateway_${task.name}`, task.gw, {
              kind: 'gateway',
              host: name,
              container: task.name,
            }),
          ),
      ]),
    })
  const balancer = (name: string, host: string, ipv4: string) =>
    endpoint(`${name}@${host}`, ipv4, { kind: 'load-balancer', host, container: '' })
  return plan({
    hosts: [
      host('node1', { address: '192.168.56.11/24', role: 'manager' }),
      host('node2', { address: '192.168.56.12/24', role: 'worker' }),
    ],
    underlay: { name: '', subnet: parsePrefix('192.168.56.0/24') },
    swarm: true,
    networks: [
      network('ingress', {
        driver: 'overlay',
        scope: 'swarm',
        host: '',
        subnets: ['10.0.0.0/24'],
        gateways: ['10.0.0.1'],
        ingress: true,
        vni: [4096],
        span: null,
        endpoints: new Map([
          balancer('ingress-endpoint', 'node1', '10.0.0.2/24'),
          balancer('ingress-endpoint', 'node2', '10.0.0.3/24'),
          ...tasks
            .filter((task) => task.ingress !== '')
            .map((task) => endpoint(task.name, task.ingress, { kind: 'task', host: task.host })),
        ]),
      }),
      gwbridge('node1'),
      gwbridge('node2'),
      network('pets-overlay', {
        driver: 'overlay',
        scope: 'swarm',
        host: '',
        subnets: ['10.0.1.0/24'],
        gateways: ['10.0.1.1'],
        vni: [4097],
        endpoints: new Map([
          ...tasks.map((task) => endpoint(task.name, task.overlay, { kind: 'task', host: task.host })),
          balancer('pets-overlay-endpoint', 'node1', '10.0.1.4/24'),
          balancer('pets-overlay-endpoint', 'node2', '10.0.1.8/24'),
        ]),
      }),
    ],
    containers: tasks.map((task) =>
      container(task.name, {
        host: task.host,
        service: task.name.split('.')[0] ?? '',
        endpoints: new Map([
          ...(task.ingress === '' ? [] : [['ingress', attachment(task.ingress)] as const]),
          ['pets-overlay', attachment(task.overlay)],
          [`docker_gwbridge@${task.host}`, attachment(task.gw)],
        ]),
        defaultRoute: { network: `docker_gwbridge@${task.host}`, via: '172.18.0.1' },
        placement: task.name === 'web.2' ? 'one-of-several' : 'computed',
      }),
    ),
    services: [
      service('db', { vips: new Map([['pets-overlay', address('10.0.1.2/24')]]), tasks: ['db.1'] }),
      service('web', {
        vips: new Map([
          ['ingress', address('10.0.0.4/24')],
          ['pets-overlay', address('10.0.1.5/24')],
        ]),
        tasks: ['web.1', 'web.2'],
        ports: [{ certainty: 'declared', published: 8080, target: 5000, protocol: 'tcp', mode: 'ingress' }],
      }),
    ],
  })
}
