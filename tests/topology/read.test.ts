import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../src/problem/problem.ts'
import { readTopology } from '../../src/topology/read.ts'
import type { Topology } from '../../src/topology/topology.ts'

function read(source: string): { topology: Topology; problems: Problem[] } {
  const problems: Problem[] = []
  const topology = readTopology(source, (problem) => problems.push(problem))
  if (topology === null) throw new Error(problems.map((problem) => problem.message).join())
  return { topology, problems }
}
const good = (file: string): { topology: Topology; problems: Problem[] } =>
  read(readFileSync(join(import.meta.dirname, 'good', file), 'utf8'))
const value = <T>(located: { readonly value: T } | null | undefined): T | undefined => located?.value

describe('the fence language', () => {
  it.each(readdirSync(join(import.meta.dirname, 'good')))('reads good/%s without a problem', (file) => {
    expect(good(file).problems).toEqual([])
  })

  it('reads the short forms of compose', () => {
    const { topology } = good('compose-short.yaml')
    const web = topology.services.get('web')!
    expect(value(topology.name)).toBe('shop')
    expect(web.image).toBe('nginx:latest')
    expect([...web.networks!.keys()]).toEqual(['front', 'back'])
    expect(web.dependsOn.map((one) => one.value)).toEqual(['db'])
    expect(web.ports.map(({ span: _, ...port }) => port)).toEqual([
      {
        hostIp: '',
        published: { first: 8000, last: 8000 },
        target: { first: 5000, last: 5000 },
        protocol: 'tcp',
        mode: 'ingress',
      },
      {
        hostIp: '127.0.0.1',
        published: { first: 53, last: 53 },
        target: { first: 53, last: 53 },
        protocol: 'udp',
        mode: 'ingress',
      },
      {
        hostIp: '',
        published: { first: 9000, last: 9002 },
        target: { first: 9000, last: 9002 },
        protocol: 'tcp',
        mode: 'ingress',
      },
      { hostIp: '', published: null, target: { first: 3000, last: 3000 }, protocol: 'tcp', mode: 'ingress' },
    ])
    const back = topology.networks.get('back')!
    expect(back.internal).toBe(true)
    expect(value(back.ipam[0]?.subnet)).toBe('10.5.0.0/24')
    expect(value(back.ipam[0]?.auxAddresses.get('printer'))).toBe('10.5.0.9')
  })

  it('reads the long forms of compose', () => {
    const { topology } = good('compose-long.yaml')
    const web = topology.services.get('web')!
    const back = web.networks!.get('back')!
    expect(value(back.ipv4Address)).toBe('10.5.0.20')
    expect(value(back.ipv6Address)).toBe('fd00::20')
    expect(back.priority).toBe(1000)
    expect(back.gwPriority).toBe(1)
    expect(value(back.interfaceName)).toBe('eth9')
    expect(back.aliases.map((alias) => alias.value)).toEqual(['www', 'site'])
    expect(web.ports[0]).toMatchObject({
      hostIp: '127.0.0.1',
      published: { first: 8080, last: 8080 },
      mode: 'host',
    })
    expect(web.ports[1]).toMatchObject({ published: null, target: { first: 53, last: 53 }, protocol: 'udp' })
    expect(web.endpointMode).toBe('dnsrr')
    expect(value(topology.services.get('db')!.replicas)).toBe(2)
    expect(value(topology.networks.get('other')!.name)).toBe('real')
    expect(topology.networks.get('other')!.external).toBe(true)
    expect(value(topology.networks.get('back')!.driverOpts.get('com.docker.network.bridge.name'))).toBe('br0')
  })

  it('reads hosts, daemon, swarm and figure', () => {
    const { topology } = good('hosts.yaml')
    expect(topology.engine).toBe('27')
    expect(topology.hosts.map((host) => host.name)).toEqual(['node1', 'node2', 'node3'])
    const [node1, node2] = topology.hosts
    expect([...node1!.interfaces].map(([name, address]) => [name, address.value])).toEqual([
      ['wg0', '172.22.1.1/24'],
      ['wg1', ''],
      ['wg2', '10.90.0.1/24 10.91.0.1/24'],
    ])
    expect(node1!.routes).toHaveLength(3)
    expect(value(node2!.daemon?.bip)).toBe('10.0.9.1/24')
    expect(topology.daemon.userlandProxy).toBe(false)
    expect(topology.daemon.defaultAddressPools.map((pool) => [pool.base.value, pool.size.value])).toEqual([
      ['10.10.0.0/16', 24],
    ])
    expect(value(topology.swarm?.maskLength)).toBe(25)
    expect(topology.figure).toMatchObject({
      view: 'overlay',
      direction: 'down',
      hide: ['legend'],
      show: ['vips', 'macs'],
    })
  })

  it('reads commands one by one and as a script, with host and mark', () => {
    const { topology } = good('commands.yaml')
    expect(
      topology.commands.map(({ line: { text }, host, expectError }) => [
        text,
        value(host) ?? '',
        expectError,
      ]),
    ).toEqual([
      ['docker network create back', '', false],
      ['docker run -d --name web --network bridge nginx', 'node2', false],
      ['docker run -d --name web --network nowhere nginx', '', true],
      ['docker ps', 'node2', false],
      ['docker run -d --name db --network back redis', '', false],
      ['docker stop db', '', false],
    ])
  })

  it('marks the very letters of a value, also in a list inside a list', () => {
    const source = 'services:\n  web:\n    ports:\n      - "80:80"\n      - 99999:1\n'
    const { problems } = read(source)
    expect(problems.map(({ span }) => source.slice(span.start, span.end))).toEqual(['99999:1'])
  })

  it('reports all problems of a block at once', () => {
    const { problems } = read(
      'nmae: x\nengine: 1\nservices: { web: { prots: [], scale: x } }\nnetworks: { n: { ipam: { config: [{ subnet: y }] } } }',
    )
    expect(problems.map((problem) => problem.code).sort()).toEqual([
      'INVALID_NUMBER',
      'INVALID_SUBNET',
      'UNKNOWN_ENGINE',
      'UNKNOWN_KEY',
      'UNKNOWN_KEY',
    ])
  })

  it.each([
    ['28.5.2', '28'],
    ['"26.1"', '26'],
    ['v20.10.24', '20'],
    ['29', '29'],
  ])('takes engine %s as %s', (text, engine) => {
    expect(read(`engine: ${text}\nservices: { web: {} }`).topology.engine).toBe(engine)
  })

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: variables of compose
  it.each([
    ['"${A:-x}"', 'x'],
    ['"${A-x}"', 'x'],
    ['"a$$b"', 'a$b'],
    ['"${A:-${B:-deep}}"', 'deep'],
    ['"${A:+x}"', ''],
  ])(
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: variables of compose
    'replaces the variables of %s',
    (text, image) => {
      const { topology, problems } = read(`services: { web: { image: ${text} } }`)
      expect(topology.services.get('web')!.image).toBe(image)
      expect(problems).toEqual([])
    },
  )

  it('keeps numbers as they are written', () => {
    expect(read('services: { web: { image: 010.0 } }').topology.services.get('web')!.image).toBe('010.0')
    expect(
      read('services: { web: { ports: [22:22] } }').topology.services.get('web')!.ports[0],
    ).toMatchObject({
      published: { first: 22, last: 22 },
    })
  })

  it('gives one host called host when none is written', () => {
    const { topology } = read('services: { web: {} }')
    expect(topology.hosts.map((host) => host.name)).toEqual(['host'])
    expect(topology.hostsDeclared).toBe(false)
  })
})

describe('one cause is one problem', () => {
  it('a port without the variable it requires, whose message is shown as written', () => {
    const { problems } = read('services: { web: { ports: ["80:$' + '{X:?need $' + '{PASSWORD}}"] } }')
    expect(problems.map(({ message }) => message)).toEqual([
      'required variable X is missing a value: need $' + '{PASSWORD}',
    ])
  })
})

it('reads a protocol as compose does: exposed in any case, and an empty one as none', () => {
  const { topology, problems } = read(
    'services: { web: { expose: ["70/TCP", "71/Udp"], ports: [{ target: 80, published: "80", protocol: "" }] } }',
  )
  const web = topology.services.get('web')
  expect(problems).toEqual([])
  expect(web?.expose.map(value)).toEqual(['70/tcp', '71/udp'])
  expect(web?.ports.map(({ protocol }) => protocol)).toEqual(['tcp'])
})

it.each([
  [2, 3, ['CONFLICTING_OPTIONS']],
  [0, 3, ['CONFLICTING_OPTIONS']],
  [2, 2, []],
])('scale: %i beside deploy.replicas: %i, as compose takes it', (scale, replicas, codes) => {
  const { problems } = read(
    `services: { web: { image: nginx, scale: ${scale}, deploy: { replicas: ${replicas} } } }`,
  )
  expect(problems.map(({ code }) => code)).toEqual(codes)
})
