/** Random scenes: few networks and containers, so that their rules meet. */
import fc from 'fast-check'
import type { EngineVersion } from '../../src/version.ts'
import { expose, type Scene, serve } from './scene.ts'

interface Network {
  readonly internal: boolean
  readonly ipv6: boolean
  readonly subnet: boolean
  readonly options: readonly string[]
  readonly macvlan: string
}

interface Box {
  /** Numbers of networks; none: the default bridge. */
  readonly networks: readonly number[]
  readonly mode: '' | 'host' | 'none' | 'container'
  readonly ports: readonly string[]
  readonly alias: boolean
  readonly hostname: boolean
  /** Number of an earlier container, or -1. */
  readonly link: number
  readonly addHost: string
  readonly expose: boolean
}

/** `true` in so many of a hundred. */
const chance = (percent: number): fc.Arbitrary<boolean> => fc.nat({ max: 99 }).map((n) => n >= 100 - percent)
const seldom = <T>(percent: number, value: fc.Arbitrary<T>, otherwise: T): fc.Arbitrary<T> =>
  fc.tuple(chance(percent), value).map(([is, one]) => (is ? one : otherwise))

const bridgeOptions = (version: EngineVersion): fc.Arbitrary<readonly string[]> => {
  const options = [
    'enable_icc=false',
    'enable_icc=false',
    'enable_ip_masquerade=false',
    'host_binding_ipv4=127.0.0.1',
    ...(version >= '27' ? ['gateway_mode_ipv4=routed', 'gateway_mode_ipv4=nat-unprotected'] : []),
    ...(version >= '28' ? ['trusted_host_interfaces=eth0', 'gateway_mode_ipv6=routed'] : []),
  ]
  return seldom(
    45,
    fc.uniqueArray(fc.constantFrom(...options), {
      minLength: 1,
      maxLength: 2,
      selector: (o) => o.split('=')[0],
    }),
    [],
  )
}

const networkOf = (version: EngineVersion): fc.Arbitrary<Network> =>
  fc.record({
    internal: chance(20),
    ipv6: chance(25),
    subnet: chance(50),
    options: bridgeOptions(version),
    macvlan: seldom(10, fc.constantFrom('bridge', 'bridge', 'private', 'vepa'), ''),
  })

const PORTS = [
  '80',
  '81:80',
  '80/udp',
  '127.0.0.1:80',
  '198.51.100.10:80',
  '5000',
  '53/udp',
  '[::1]:80',
  '[::]:80',
  '0.0.0.0:80',
] as const

const box: fc.Arbitrary<Box> = fc.record({
  networks: fc.oneof(
    { weight: 15, arbitrary: fc.constant([]) },
    { weight: 60, arbitrary: fc.nat({ max: 7 }).map((n) => [n]) },
    { weight: 25, arbitrary: fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 2, maxLength: 3 }) },
  ),
  mode: seldom(12, fc.constantFrom('host', 'none', 'container', 'container'), ''),
  ports: seldom(65, fc.uniqueArray(fc.constantFrom(...PORTS), { minLength: 1, maxLength: 2 }), []),
  alias: chance(20),
  hostname: chance(10),
  link: seldom(20, fc.nat({ max: 5 }), -1),
  addHost: seldom(10, fc.constantFrom('extra:198.51.100.250', 'gate:host-gateway', 'six:fd00:1::2'), ''),
  expose: chance(70),
})

const PORTS_OPEN = '80 5000 80/udp 53/udp'

export function randomScene(version: EngineVersion): fc.Arbitrary<Scene> {
  return fc
    .record({
      proxy: chance(75),
      networks: fc.array(networkOf(version), { minLength: 1, maxLength: 4 }),
      boxes: fc.array(box, { minLength: 2, maxLength: 6 }),
    })
    .map(({ proxy, networks, boxes }) => ({
      name: 'random',
      daemon: proxy ? {} : { 'userland-proxy': false },
      hosts: 1,
      commands: [
        ...networks.map(createNetwork),
        ...boxes.flatMap((one, i) => createBox(one, i, networks, boxes)),
      ],
    }))
}

function createNetwork(network: Network, i: number): string {
  if (network.macvlan !== '') {
    const range = `198.51.100.${64 + 16 * i}/28`
    return `docker network create -d macvlan --subnet 198.51.100.0/24 --gateway 198.51.100.1 --ip-range ${range} -o parent=eth0 -o macvlan_mode=${network.macvlan} n${i}`
  }
  const flags = [
    ...(network.internal ? ['--internal'] : []),
    ...(network.subnet || network.ipv6 ? [`--subnet 10.${i + 1}.0.0/24`] : []),
    ...(network.ipv6 ? [`--ipv6 --subnet fd00:${i + 1}::/64`] : []),
    ...network.options.map((option) => `-o com.docker.network.bridge.${option}`),
  ]
  return ['docker network create', ...flags, `n${i}`].join(' ')
}

/** A second macvlan on the parent is refused up to 26, and what differs in refusals is another test's. */
function createBox(
  box: Box,
  i: number,
  networks: readonly Network[],
  boxes: readonly Box[],
): readonly string[] {
  const name = `c${i}`
  const keys = [...new Set(box.networks.map((n) => n % networks.length))]
  const sharing = (n: number): boolean => boxes[n]?.mode === 'container' && n > 0
  if (sharing(i) && !sharing(i - 1) && boxes[i - 1]?.mode !== 'none') {
    return [
      `docker run -d --name ${name} --network container:c${i - 1} bb /bin/prober serve ${name} 400${i} 400${i}/udp`,
    ]
  }
  if (box.mode === 'host')
    return [
      `docker run -d --name ${name} --network host ${expose(`400${i} 400${i}/udp`)} bb ${serve(name, `400${i} 400${i}/udp`)}`,
    ]
  const isNone = box.mode === 'none'
  const onDefault = keys.length === 0
  const linkable =
    box.link >= 0 &&
    box.link < i &&
    !isNone &&
    boxes[box.link]?.mode === '' &&
    (!onDefault || boxes[box.link]?.networks.length === 0)
  const [first] = keys
  const flags = [
    `--name ${name}`,
    ...(isNone ? ['--network none'] : onDefault ? [] : [`--network n${first}`]),
    ...(isNone ? [] : box.ports.map((port, n) => `-p ${portText(port, 8000 + 10 * i + n)}`)),
    ...(box.alias && !onDefault && !isNone ? ['--network-alias shared', `--network-alias al${i}`] : []),
    ...(box.hostname ? [`--hostname h${i}`] : []),
    ...(linkable ? [`--link c${box.link}:ln${i}`] : []),
    ...(box.addHost === '' ? [] : [`--add-host ${box.addHost}`]),
    ...(box.expose ? [expose(PORTS_OPEN)] : []),
  ].join(' ')
  const what = `bb ${serve(name, PORTS_OPEN)}`
  const more = isNone ? [] : keys.slice(1)
  if (more.length === 0) return [`docker run -d ${flags} ${what}`]
  return [
    `docker create ${flags} ${what}`,
    ...more.map((n) => `docker network connect n${n} ${name}`),
    `docker start ${name}`,
  ]
}

/** A port of the container, with a host port put in front: `127.0.0.1:80` becomes `127.0.0.1:8000:80`. */
function portText(port: string, published: number): string {
  const at = port.lastIndexOf(':')
  const inside = port.slice(at + 1)
  const ip = at < 0 || /^\d+$/.test(port.slice(0, at)) ? '' : `${port.slice(0, at)}:`
  return `${ip}${published}:${inside}`
}
