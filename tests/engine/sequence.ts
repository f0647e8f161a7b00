/** Random sequences of docker commands, over few names and few addresses so that they meet. */
import fc from 'fast-check'
import { stringify } from 'yaml'
import type { EngineVersion } from '../../src/version.ts'
import { type EngineSetup, IMAGE } from './dockerd.ts'

/** The engine itself is told, not its client. */
export const ENGINE_RESTART = 'systemctl restart docker'

export interface Sequence {
  readonly machine: Machine
  readonly commands: readonly string[]
}

interface Machine {
  readonly interfaces: Readonly<Record<string, string>>
  readonly routes: readonly string[]
  readonly nameservers: readonly string[]
  readonly daemon: Readonly<Record<string, unknown>>
}

const ADDRESS = '198.51.100.11/24'

/*
 * Commands are made with places to fill, which `fill` does in order, knowing what was made before:
 * `{net}` a network, `{new-net}` a new one, `{box}` and `{new-box}` the same for containers, each with a number
 * that picks; `{b}` and `{b6}` the addresses that belong to the network of the command.
 */
// biome-ignore format: tables of values
const SUBNETS = [
  '{b}.0/24', '{b}.0/24', '{b}.0/24', '{b}.0/28', '{b}.0/28', '{b}.0/29', '{b}.8/29', '{b}.0/30', '{b}.4/30', '{b}.0/31',
  '{b}.0/32', '{b}.5/24', '10.9.0.0/16', '172.18.0.0/16', '172.17.0.0/24', '172.20.0.0/14', '192.168.0.0/20',
  '198.51.100.0/24', '10.9.1.0/33', '10.9.1.0',
] as const
// biome-ignore format: tables of values
const RANGES = [
  '{b}.0/26', '{b}.0/29', '{b}.8/29', '{b}.128/29', '{b}.240/28', '{b}.4/30', '{b}.6/31', '{b}.3/32', '{b}.9/29',
  '10.9.0.0/16', '172.18.5.0/24',
] as const
const SUBNETS6 = ['{b6}::/64', '{b6}::/64', '{b6}::/80', '{b6}::/126', '{b6}::5/64', 'fd00:1::/64'] as const
const RANGES6 = ['{b6}::1:0/112', '{b6}::4/126'] as const

const address4 = fc.oneof(
  {
    weight: 16,
    arbitrary: fc.constantFrom(2, 3, 4, 5, 1, 6, 7, 8, 9, 0, 12, 15).map((last) => `{b}.${last}`),
  },
  { weight: 3, arbitrary: fc.constantFrom('{b}.128', '{b}.130', '{b}.254', '{b}.255') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('172.18.0.3', '172.18.5.2', '198.51.100.40', '10.9.1', '0.0.0.0', 'fd00:1::2'),
  },
)
const address6 = fc.constantFrom(
  '{b6}::1',
  '{b6}::2',
  '{b6}::3',
  '{b6}::9',
  '{b6}::',
  '{b6}::1:2',
  'fd00:b::1',
  '::',
  '10.9.1.2',
)
const linkLocal = fc.constantFrom('169.254.1.1', 'fe80::5', '10.9.1.4', 'zz')
const mac = fc.constantFrom('02:42:0a:09:01:07', '92:d0:c6:0a:29:33')
// biome-ignore format: tables of values
const port = fc.constantFrom(
  '8080:80', '8080:81', '127.0.0.1:8080:80', '8081:80', '53:53/udp', '9000-9002:80', '7000-7001:80-81', '7001:7001', '80', '8080-8082:80',
)

/** The flag with its value, or nothing; `chance` in percent. */
const flag = (name: string, value: fc.Arbitrary<string>, chance: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 100 - chance, arbitrary: fc.constant('') },
    { weight: chance, arbitrary: value.map((text) => ` ${name} ${text}`) },
  )
const sometimes = (text: string, chance: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 100 - chance, arbitrary: fc.constant('') },
    { weight: chance, arbitrary: fc.constant(` ${text}`) },
  )
const words = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((list) => list.join(''))

const pick = fc.nat({ max: 20 })
const network = pick.map((number) => `{net ${number}}`)
const newNetwork = pick.map((number) => `{new-net ${number}}`)
const container = pick.map((number) => `{box ${number}}`)
const newContainer = pick.map((number) => `{new-box ${number}}`)

const subnet4 = words(
  flag('--subnet', fc.constantFrom(...SUBNETS), 100),
  flag('--ip-range', fc.constantFrom(...RANGES), 25),
  flag('--gateway', address4, 20),
  flag(
    '--aux-address',
    fc
      .tuple(fc.constantFrom('r1', 'r1', 'DefaultGatewayIPv4'), address4)
      .map(([name, address]) => `${name}=${address}`),
    10,
  ),
)
const subnet6 = words(
  sometimes('--ipv6', 85),
  flag('--subnet', fc.constantFrom(...SUBNETS6), 95),
  flag('--ip-range', fc.constantFrom(...RANGES6), 15),
  flag('--gateway', address6, 15),
)
const subnets = fc.oneof(
  { weight: 35, arbitrary: fc.constant('') },
  { weight: 45, arbitrary: subnet4 },
  { weight: 6, arbitrary: subnet6 },
  { weight: 12, arbitrary: words(subnet4, subnet6) },
  { weight: 2, arbitrary: words(subnet4, subnet4) },
)
const driver = fc.oneof(
  { weight: 80, arbitrary: fc.constant('') },
  { weight: 12, arbitrary: fc.constantFrom(' -d macvlan -o parent=eth0', ' -d macvlan -o parent=eth1') },
  { weight: 3, arbitrary: fc.constant(' -d bridge') },
  { weight: 1, arbitrary: fc.constant(' -d nosuch') },
)
const createNetwork = words(
  'docker network create',
  driver,
  sometimes('--internal', 12),
  sometimes('-o com.docker.network.bridge.name=br9', 2),
  subnets,
  ' ',
  fc.oneof(
    { weight: 40, arbitrary: newNetwork },
    { weight: 1, arbitrary: fc.constantFrom('bridge', 'host', 'default') },
  ),
)

const networkFlag = fc.oneof(
  { weight: 25, arbitrary: fc.constant('') },
  { weight: 60, arbitrary: network.map((name) => ` --network ${name}`) },
  { weight: 8, arbitrary: fc.constantFrom(' --network bridge', ' --network host', ' --network none') },
  { weight: 5, arbitrary: container.map((name) => ` --network container:${name}`) },
)
const containerFlags = words(
  ' --name ',
  newContainer,
  networkFlag,
  flag('--ip', address4, 20),
  flag('--ip6', address6, 6),
  flag('--mac-address', mac, 5),
  flag('-p', port, 15),
  sometimes('-P --expose 81', 2),
  flag('--link', container, 2),
  flag('--network-alias', fc.constantFrom('db', 'web'), 4),
  flag('--link-local-ip', linkLocal, 2),
  ` ${IMAGE}`,
)
/** Of several that a restart of the engine starts again, the order is left to chance: `fill` keeps one. */
const restartFlag = flag('--restart', fc.constantFrom('always', 'unless-stopped', 'no'), 12)
const runContainer = words('docker run -d', restartFlag, containerFlags)
/** Its program ends at once, which it would at every start: so it is not left to be started. */
const runForeground = words('docker run --rm', containerFlags, ' /bin/busybox true')
const createContainer = words('docker create', containerFlags)
const containerList = fc.oneof(
  { weight: 6, arbitrary: container },
  {
    weight: 1,
    arbitrary: fc.uniqueArray(container, { minLength: 2, maxLength: 3 }).map((names) => names.join(' ')),
  },
)
const anyNetwork = fc.oneof(
  { weight: 14, arbitrary: network },
  { weight: 2, arbitrary: fc.constant('bridge') },
  { weight: 1, arbitrary: fc.constantFrom('host', 'none') },
)

const command = fc.oneof(
  { weight: 18, arbitrary: createNetwork },
  { weight: 26, arbitrary: runContainer },
  { weight: 5, arbitrary: createContainer },
  { weight: 8, arbitrary: words('docker start ', containerList) },
  { weight: 7, arbitrary: words('docker stop ', containerList) },
  { weight: 5, arbitrary: words('docker restart ', containerList) },
  { weight: 2, arbitrary: words('docker kill ', container) },
  { weight: 8, arbitrary: words('docker rm', sometimes('-f', 75), ' ', containerList) },
  {
    weight: 14,
    arbitrary: words(
      'docker network connect',
      flag('--ip', address4, 25),
      flag('--ip6', address6, 5),
      flag('--alias', fc.constantFrom('db', 'web'), 4),
      flag('--link-local-ip', linkLocal, 4),
      ' ',
      anyNetwork,
      ' ',
      container,
    ),
  },
  {
    weight: 8,
    arbitrary: words('docker network disconnect', sometimes('-f', 20), ' ', anyNetwork, ' ', container),
  },
  { weight: 5, arbitrary: words('docker network rm ', network) },
  { weight: 1, arbitrary: fc.constant('docker network prune -f') },
  { weight: 5, arbitrary: runForeground },
  { weight: 4, arbitrary: words('docker rename ', container, ' ', newContainer) },
  { weight: 2, arbitrary: fc.constantFrom('docker container prune -f', 'docker system prune -f') },
  { weight: 3, arbitrary: fc.constant(ENGINE_RESTART) },
)

const usually = <T>(value: T, otherwise: fc.Arbitrary<T>, chance: number): fc.Arbitrary<T> =>
  fc.oneof({ weight: 100 - chance, arbitrary: fc.constant(value) }, { weight: chance, arbitrary: otherwise })

const machine: fc.Arbitrary<Machine> = fc.record({
  interfaces: usually<Record<string, string>>(
    {},
    fc
      .constantFrom('172.22.1.1/24', '172.18.0.9/24', '192.168.1.10/24', '172.16.0.1/12')
      .map((wg0) => ({ wg0 })),
    10,
  ),
  routes: usually<string[]>(
    [],
    fc.constantFrom(['172.20.5.0/24 via 198.51.100.9'], ['172.17.0.0/16 via 198.51.100.9']),
    6,
  ),
  nameservers: usually<string[]>([], fc.constantFrom(['172.19.0.53'], ['192.0.2.53']), 6),
  daemon: usually<Record<string, unknown>>(
    {},
    fc.constantFrom<Record<string, unknown>>(
      { bip: '192.168.100.3/24' },
      { bip: '10.9.0.1/24' },
      { 'fixed-cidr': '172.17.4.0/24' },
      { bip: '10.9.0.1/24', 'fixed-cidr': '10.9.0.8/29' },
      { 'default-address-pools': [{ base: '10.9.0.0/16', size: 24 }] },
      {
        'default-address-pools': [
          { base: '10.77.0.0/22', size: 24 },
          { base: '10.9.0.0/23', size: 24 },
        ],
      },
      { ipv6: true, 'fixed-cidr-v6': '2001:db8:1::/64' },
    ),
    18,
  ),
})

/** Starts with some networks and containers, so that most of what follows has something to work on. */
export const sequence: fc.Arbitrary<Sequence> = fc.record({
  machine,
  commands: fc
    .tuple(
      fc.array(createNetwork, { minLength: 0, maxLength: 3, size: 'max' }),
      fc.array(runContainer, { minLength: 0, maxLength: 3, size: 'max' }),
      fc.array(command, { minLength: 1, maxLength: 12, size: 'max' }),
    )
    .map((lists) => fill(lists.flat())),
})

// Not made of hexadecimal digits: a name that matches nothing would be tried as the beginning of an id.
const NETWORKS = ['n1', 'n2', 'n3', 'n4', 'n5'] as const
const CONTAINERS = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6'] as const

/** Fills the places; mostly with names that exist (for a new thing: that do not), sometimes not. */
function fill(commands: readonly string[]): string[] {
  const made = { net: new Set<string>(), box: new Set<string>() }
  let comesBack = false
  const all = { net: NETWORKS, box: CONTAINERS }
  return commands.map((text) => {
    const used = new Set<string>()
    const named = text.replaceAll(
      /\{(new-)?(net|box) (\d+)\}/g,
      (_, isNew: string | undefined, kind: 'net' | 'box', pick: string) => {
        const number = Number(pick)
        const existing = [...made[kind]].filter((name) => !used.has(name))
        const free = all[kind].filter((name) => !made[kind].has(name) && !used.has(name))
        const wanted = (number % 12 === 11) === (isNew === undefined) ? free : existing
        // Of a name given twice the client of `docker rm` and `stop` makes a race.
        const list = wanted.length > 0 ? wanted : all[kind].filter((name) => !used.has(name))
        const name = (isNew === undefined ? list[number % list.length] : list[0]) ?? ''
        used.add(name)
        if (isNew !== undefined) made[kind].add(name)
        else if (/^docker (rm|network rm|rename)/.test(text)) made[kind].delete(name)
        return name
      },
    )
    const returning = / --restart (?:always|unless-stopped)/.exec(named)
    const filled = returning !== null && comesBack ? named.replace(returning[0], '') : named
    comesBack ||= returning !== null
    const base = /\bn([1-5])\b/.exec(named)?.[1] ?? '1'
    return filled.replaceAll('{b}', `10.9.${base}`).replaceAll('{b6}', `fd00:${base}`)
  })
}

/** Always there, so that a second macvlan has a parent. */
const INTERFACES = { eth1: '192.0.2.1/24' }

/**
 * The block an author would write for the first `count` commands.
 *
 * @param id of the engine, from which its IPv6 default pool follows; `''` when nobody knows it.
 */
export function blockOf(
  { machine, commands }: Sequence,
  engine: EngineVersion,
  count: number,
  id = '',
): string {
  const daemon = { ...machine.daemon, ...(id !== '' && { id }) }
  return stringify({
    engine: Number(engine),
    hosts: {
      host: {
        address: ADDRESS,
        interfaces: { ...INTERFACES, ...machine.interfaces },
        ...(machine.routes.length > 0 && { routes: machine.routes }),
        ...(machine.nameservers.length > 0 && { nameservers: machine.nameservers }),
      },
    },
    ...(Object.keys(daemon).length > 0 && { daemon }),
    // The look lets a container in the foreground come to its end.
    commands: [...commands.slice(0, count), ...(count > 0 ? ['docker ps'] : [])],
  })
}

export function setupOf({ machine }: Sequence): EngineSetup {
  return {
    address: ADDRESS,
    interfaces: new Map(Object.entries({ ...INTERFACES, ...machine.interfaces })),
    routes: machine.routes,
    nameservers: machine.nameservers,
    daemonArguments: Object.entries(machine.daemon).flatMap(([key, value]) => daemonArguments(key, value)),
  }
}

function daemonArguments(key: string, value: unknown): string[] {
  if (key === 'default-address-pools' && Array.isArray(value))
    return value.map(({ base, size }) => `--default-address-pool base=${base},size=${size}`)
  return [`--${key}=${value}`]
}
