import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatContainerCreate, formatNetworkCreate } from '../../src/command/format.ts'
import { type ParsedCommand, parseCommand } from '../../src/command/parse.ts'
import {
  type ContainerCreate,
  type NetworkCreate,
  NO_NAME_SETTINGS,
  type Operation,
} from '../../src/engine/operation.ts'
import { englishOf } from '../../src/problem/say.ts'
import { writtenAt } from '../../src/problem/written.ts'
import { rulesOf } from '../../src/rules/index.ts'
import type { EngineVersion } from '../../src/version.ts'
import { seeds } from '../support/seeds.ts'

const parse = (text: string, engine: EngineVersion = '28'): ParsedCommand =>
  parseCommand({ line: writtenAt(text, 0), span: { start: 0, end: text.length } }, rulesOf(engine))
function operations(text: string, engine: EngineVersion = '28'): readonly Operation[] {
  const parsed = parse(text, engine)
  if (parsed.kind === 'refused') throw new Error(parsed.refusal.message)
  return parsed.operations
}
const json = <T>(file: string): T[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as T[]

describe('what a real client refuses', () => {
  const refusals = json<{ engine: EngineVersion; command: string; message: string }>('client-refusals.json')
  it('was recorded of three releases', () => {
    expect(new Set(refusals.map((refusal) => refusal.engine))).toEqual(new Set(['20', '26', '28']))
  })
  it.each(refusals)('$engine: $command', ({ engine, command, message }) => {
    const parsed = parse(command, engine)
    expect(parsed.kind).toBe('refused')
    if (parsed.kind === 'refused') expect(parsed.refusal.message).toBe(message)
  })
})

describe('what a real client accepts', () => {
  it.each(json<{ engine: EngineVersion; command: string }>('recorded-commands.json'))(
    '$engine: $command',
    ({ engine, command }) => {
      const parsed = parse(command, engine)
      expect(parsed.kind).toBe('accepted')
      if (parsed.kind === 'accepted') expect(parsed.warnings).toEqual([])
    },
  )
})

describe('programs beside docker', () => {
  it.each([
    'iptables -F',
    'sudo iptables -t nat -I POSTROUTING -j ACCEPT',
    'ip6tables -P FORWARD ACCEPT',
    'iptables --append DOCKER-USER -j DROP',
    'nft flush ruleset',
    'nft -f rules.nft',
    'ip link del docker0',
    'ip link set docker0 down',
    'ip route add 10.0.0.0/8 via 198.51.100.1',
    'ip -6 r a default via fd00::1',
    'ip addr add 10.0.0.1/24 dev eth0',
    'ip netns exec x iptables -F',
    'bridge fdb add 02:42:ac:11:00:02 dev vxlan0',
    'brctl delif docker0 veth1',
    'ifconfig eth0 down',
    'route del default',
    'arp -d 172.17.0.2',
    'ipvsadm -C',
    'sysctl -w net.ipv4.ip_forward=0',
    'sysctl net.ipv4.ip_forward=0',
    'rm -rf /var/lib/docker',
    'rm -rf /',
    'rm daemon.json',
    'rm -f ./compose.yaml',
    'rm shop/docker-compose.yml',
    'rm compose.override.yaml',
    'rm .env',
    'rm -rf *',
    'rm -rf .',
    'mv compose.yaml old.yaml',
    "sed -i 's/nginx/httpd/' compose.yaml",
    'mv daemon.json /etc/docker/daemon.json',
    "sed -i 's/a/b/' /etc/docker/daemon.json",
    'echo 0 > /proc/sys/net/ipv4/ip_forward',
    'echo "{}" | sudo tee /etc/docker/daemon.json',
    'systemctl stop docker',
    'systemctl restart firewalld',
    'service ufw stop',
    'nsenter -t 1 -n iptables -F',
    "sh -c 'iptables -F'",
    "bash -c 'cd x && docker network create n'",
    'ssh host2 docker run -d nginx',
  ])('%s changes the machine, and is refused', (text) => {
    const parsed = parse(text)
    expect(parsed.kind).toBe('refused')
    if (parsed.kind === 'refused') expect(parsed.refusal.code).toBe('UNSUPPORTED_COMMAND')
  })
  it.each([
    'iptables -t nat -S',
    'iptables -nvL DOCKER-USER',
    'iptables -C FORWARD -j DROP',
    'ip6tables-save',
    'nft list ruleset',
    'ip a',
    'ip -d link show type bridge',
    'ip route get 10.0.0.1',
    'ip r',
    'ip neigh',
    'ip monitor route',
    'ip netns exec x ip addr',
    'bridge fdb show',
    'brctl show',
    'ifconfig eth0',
    'route -n',
    'arp -n',
    'ipvsadm -ln',
    'sysctl net.ipv4.ip_forward',
    'rm -rf demo',
    'rm -f notes.txt *.log',
    'cp compose.yaml backup.yaml',
    'tee compose.yaml',
    "sed 's/a/b/' compose.yaml",
    'cat /etc/docker/daemon.json',
    'ls /proc/sys/net > list.txt',
    'mkdir -p site/html',
    'systemctl status firewalld',
    'nsenter -t 1 -n ip addr',
    "sh -c 'ip addr'",
    'ssh host2 docker ps',
    'watch docker ps',
  ])('%s only looks', (text) => {
    expect(operations(text).map(({ op }) => op)).toEqual(['look'])
  })
})

describe('shell forms', () => {
  it.each([
    ['sudo docker ps', 'look'],
    ['sudo -E docker run nginx', 'container-create'],
    ['DOCKER_HOST=x docker stop web', 'container-stop'],
    ['docker container run -d nginx', 'container-create'],
    ['docker -H tcp://x:2375 network rm back', 'network-rm'],
    ['docker network ls | grep back', 'look'],
    ['docker update --restart no web', 'container-update'],
    ['docker update --memory 1g web', 'look'],
    ['docker swarm update --task-history-limit 1', 'look'],
    ['iptables-save -t nat | grep DOCKER', 'look'],
    ["docker inspect -f '{{.Name}}' web", 'look'],
    ['docker run -d nginx > /dev/null 2>&1', 'container-create'],
    ['docker stop web || true', 'container-stop'],
    ['docker run -d nginx # the web server', 'container-create'],
    ['docker run -d \\\n  nginx', 'container-create'],
    ['ip addr show docker0', 'look'],
    ['curl -s http://localhost:8000', 'look'],
    ['docker run --help', 'look'],
    ['docker compose -p e1 -f e1.yaml up -d', 'compose-up'],
    ['docker-compose down -t 0', 'compose-down'],
    ['docker stack deploy -c a.yml shop || docker stack deploy -c b.yml shop', 'stack-deploy'],
  ])('%s', (text, op) => {
    expect(operations(text).map((operation) => operation.op)).toEqual([op])
  })
  it('runs both sides of && and of ;', () => {
    const both = ['network-create', 'container-create']
    expect(operations('docker network create a && docker run nginx').map(({ op }) => op)).toEqual(both)
    expect(operations('docker network create a; docker run nginx').map(({ op }) => op)).toEqual(both)
  })
  it('leaves what follows the image to the container', () => {
    expect(operations('docker run -d nginx --network none -p x')).toMatchObject([
      { networkMode: 'default', ports: [] },
    ])
  })
  it('reads quoted names whole', () => {
    expect(operations('docker network create "a b"')).toMatchObject([{ name: 'a b' }])
    expect(operations("docker network create ''")).toMatchObject([{ name: '' }])
  })
  it.each(['-dit', '-d -i -t', '--detach --interactive --tty', '-dit=true'])('reads %s', (flags) => {
    expect(operations(`docker run ${flags} --name web nginx`)).toMatchObject([
      { name: 'web', image: 'nginx' },
    ])
  })
  it('marks the wrong word and not one that contains it', () => {
    const text = 'docker run --name my--nam -d --nam=x nginx'
    const parsed = parse(text)
    expect(parsed.kind).toBe('refused')
    if (parsed.kind !== 'refused') return
    expect(text.slice(parsed.refusal.at?.start ?? 0)).toBe('--nam=x nginx')
    expect(englishOf(parsed.refusal.hint!)).toBe('Did you mean "--name"?')
  })
  it('drops the address on the default bridge on 20 only, as its client does', () => {
    expect(operations('docker run --ip 172.17.0.9 nginx', '20')).toMatchObject([
      { endpoints: [{ ipv4: '' }] },
    ])
    expect(operations('docker run --ip 172.17.0.9 nginx', '26')).toMatchObject([
      { endpoints: [{ ipv4: '172.17.0.9' }] },
    ])
  })
})

const word = fc.stringMatching(/^[a-z][a-z0-9_.-]{1,8}$/)
const ip = fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `10.5.${a}.${b}`)
const range = fc.integer({ min: 1, max: 65000 }).map((first) => ({ first, last: first }))
const endpoint = fc.record({
  network: word,
  ipv4: fc.oneof(fc.constant(''), ip),
  ipv6: fc.constantFrom('', 'fd00::9'),
  mac: fc.constantFrom('', '02:42:ac:11:00:02'),
  aliases: fc.uniqueArray(word, { maxLength: 2 }),
  linkLocalIps: fc.constant<string[]>([]),
  gwPriority: fc.integer({ min: -3, max: 3 }),
  interfaceName: fc.constantFrom('', 'eth7'),
  links: fc.constant<string[]>([]),
})
const labelPairs = fc.uniqueArray(fc.tuple(word, fc.constantFrom('', 'x', 'a b')), {
  selector: ([key]) => key,
  maxLength: 2,
})
const container: fc.Arbitrary<ContainerCreate> = fc
  .record({
    name: fc.oneof(fc.constant(''), word),
    hostname: fc.constantFrom('', 'h'),
    endpoints: fc.uniqueArray(endpoint, { minLength: 1, maxLength: 3, selector: (one) => one.network }),
    ports: fc.array(
      fc.record({
        hostIp: fc.constantFrom('', '127.0.0.1', '::1'),
        published: fc.oneof(fc.constant(null), range),
        target: range,
        protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'sctp' as const),
      }),
      { maxLength: 2 },
    ),
    publishAll: fc.boolean(),
    autoRemove: fc.boolean(),
    start: fc.boolean(),
    labels: labelPairs,
  })
  .map((some) => ({
    op: 'container-create' as const,
    restart: 'no' as const,
    foreground: false,
    image: 'nginx',
    networkMode: some.endpoints[0]!.network,
    expose: [],
    links: [],
    names: NO_NAME_SETTINGS,
    mac: '',
    compose: null,
    dependsOn: [],
    ...some,
    labels: new Map(some.labels),
  }))
const network: fc.Arbitrary<NetworkCreate> = fc
  .record({
    name: fc.oneof(word, fc.constantFrom('a b', "it's", '$x', 'ü')),
    driver: fc.constantFrom('bridge', 'overlay', 'macvlan'),
    scope: fc.constantFrom('' as const, 'local' as const, 'swarm' as const),
    internal: fc.boolean(),
    attachable: fc.boolean(),
    ingress: fc.boolean(),
    ipv4: fc.constantFrom(null, true, false),
    ipv6: fc.constantFrom(null, true, false),
    options: fc.uniqueArray(fc.tuple(word, fc.constantFrom('', 'x', 'a b')), {
      selector: ([key]) => key,
      maxLength: 2,
    }),
    labels: labelPairs,
    subnet: fc.boolean(),
  })
  .map(({ options, subnet, labels, ...some }) => ({
    op: 'network-create' as const,
    ...some,
    labels: new Map(labels),
    options: new Map(options),
    subnets: subnet
      ? [
          {
            subnet: '10.5.0.0/16',
            ipRange: '10.5.1.0/24',
            gateway: '10.5.0.1',
            auxAddresses: new Map([['r', '10.5.0.9']]),
          },
        ]
      : [],
  }))
/** What is asked, wherever it was written. */
const withoutOrigins = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutOrigins)
  if (value === null || typeof value !== 'object' || value instanceof Map) return value
  const fields = Object.entries(value).filter(([key]) => key !== 'origins' && key !== 'origin')
  return Object.fromEntries(fields.map(([key, field]) => [key, withoutOrigins(field)]))
}
describe('a printed command', () => {
  for (const seed of seeds()) {
    const options = { seed, numRuns: 300 }
    const same = <T extends Operation>(one: fc.Arbitrary<T>, print: (operation: T) => string): void => {
      fc.assert(
        fc.property(one, (operation) => {
          expect(operations(print(operation)).map(withoutOrigins)).toEqual([operation])
        }),
        options,
      )
    }
    it(`is read as what was printed (seed ${seed})`, () => {
      same(network, formatNetworkCreate)
      same(container, (one) => formatContainerCreate(one, rulesOf('28'), []).join('\n'))
    })
  }
})
