/** Plans by hand: small ones, with only what a test is about. */
import { driverOf } from '../../src/engine/drivers/index.ts'
import type {
  Plan,
  PlanAttachment,
  PlanContainer,
  PlanEndpoint,
  PlanHost,
  PlanNetwork,
  PlanService,
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
}

export function settings(part: Partial<FigureSettings>): FigureSettings {
  return { ...SETTINGS, ...part }
}

export function host(name: string, part: Partial<PlanHost> = {}): PlanHost {
  return {
    name,
    address: '',
    interface: 'eth0',
    interfaces: [],
    role: '',
    daemon: { userlandProxy: true },
    ...part,
  }
}

/** As the driver has it in 28: tests by hand are about that release unless they say otherwise. */
function policyOf({ driver = 'bridge', internal = false, options = new Map() }: Partial<PlanNetwork>) {
  const mode = options.get(`${driver}_mode`) ?? ''
  return driverOf({ driver }).policy({ internal, mode, options }, rulesOf('28'))
}

export function network(key: string, part: Partial<PlanNetwork> = {}): PlanNetwork {
  return {
    key,
    name: key.split('@')[0] ?? key,
    driver: 'bridge',
    scope: 'local',
    host: 'host',
    subnets: [],
    gateways: [],
    ipRanges: [],
    auxAddresses: new Map(),
    internal: false,
    attachable: false,
    ingress: false,
    ipv4: true,
    ipv6: false,
    policy: policyOf(part),
    vni: [],
    vniCertainty: 'computed',
    options: new Map(),
    device: '',
    parent: '',
    certainty: 'computed',
    pin: '',
    endpoints: new Map(),
    span: { start: 0, end: 0 },
    ...part,
  }
}

export function endpoint(
  name: string,
  ipv4: string,
  part: Partial<PlanEndpoint> = {},
): [string, PlanEndpoint] {
  return [
    name,
    {
      name,
      kind: 'container',
      host: 'host',
      container: name,
      ipv4,
      ipv6: '',
      mac: '',
      certainty: 'computed',
      pin: '',
      ...part,
    },
  ]
}

export function attachment(ipv4: string, part: Partial<PlanAttachment> = {}): PlanAttachment {
  return {
    interface: 'eth0',
    interfaceCertainty: 'computed',
    ipv4,
    ipv6: '',
    mac: '',
    gateway: '',
    gateway6: '',
    aliases: [],
    certainty: 'computed',
    ...part,
  }
}

export function container(name: string, part: Partial<PlanContainer> = {}): PlanContainer {
  return {
    name,
    host: 'host',
    state: 'running',
    image: '',
    service: '',
    hostname: '',
    mode: 'networks',
    sharedWith: '',
    endpoints: new Map(),
    defaultRoute: null,
    defaultRoute6: null,
    ports: [],
    dns: [name],
    dependsOn: [],
    links: new Map(),
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
    vipCertainty: new Map(),
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
    hosts: part.hosts ?? [host('host')],
    underlay: part.underlay ?? { name: '', subnet: '' },
    swarm: part.swarm ?? false,
    networks: new Map((part.networks ?? []).map((one) => [one.key, one])),
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
      ports: [
        { host: '0.0.0.0:8000', container: '5000/tcp', certainty: 'computed' },
        { host: '[::]:8000', container: '5000/tcp', certainty: 'computed' },
      ],
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
    underlay: { name: '', subnet: '192.168.56.0/24' },
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
      service('db', { vips: new Map([['pets-overlay', '10.0.1.2/24']]), tasks: ['db.1'] }),
      service('web', {
        vips: new Map([
          ['ingress', '10.0.0.4/24'],
          ['pets-overlay', '10.0.1.5/24'],
        ]),
        tasks: ['web.1', 'web.2'],
        ports: [{ published: 8080, target: 5000, protocol: 'tcp', mode: 'ingress' }],
      }),
    ],
  })
}
