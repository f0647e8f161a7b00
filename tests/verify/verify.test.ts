import { describe, expect, it } from 'vitest'
import type { Plan } from '../../src/plan/plan.ts'
import { type Inspected, readInspect } from '../../src/verify/inspect.ts'
import { verifyPlan } from '../../src/verify/verify.ts'
import { attachment, container, endpoint, host, network, plan, SHOP } from '../support/plan.ts'

interface Box {
  readonly name: string
  readonly ipv4: string
  readonly ipv6?: string
  readonly mac?: string
}

/** One network as `docker network inspect` prints it; ids are made of the names. */
function networkJson(name: string, subnet: string, boxes: readonly Box[], part: object = {}): object {
  return {
    Name: name,
    Id: name.padEnd(64, '0'),
    Scope: 'local',
    Driver: 'bridge',
    EnableIPv6: false,
    IPAM: { Config: subnet === '' ? [] : subnet.split(' ').map((Subnet) => ({ Subnet })) },
    Internal: false,
    Attachable: false,
    Ingress: false,
    Containers: Object.fromEntries(
      boxes.map((box) => [
        `${Buffer.from(box.name).toString('hex')}`.padEnd(64, '0').slice(0, 64),
        { Name: box.name, IPv4Address: box.ipv4, IPv6Address: box.ipv6 ?? '', MacAddress: box.mac ?? '' },
      ]),
    ),
    Options: {},
    Labels: {},
    ...part,
  }
}

function inspected(...items: readonly object[]): Inspected {
  const reading = readInspect(JSON.stringify(items))
  if (!reading.ok) throw new Error(reading.message)
  return reading.value
}

const DB = { name: 'db', ipv4: '172.18.0.2/16' }
const WEB = { name: 'web', ipv4: '172.18.0.3/16' }
const bridge = networkJson('bridge', '172.17.0.0/16', [])
const shop = (boxes: readonly Box[] = [DB, WEB], part: object = {}): Inspected =>
  inspected(bridge, networkJson('mybridge', '172.18.0.0/16', boxes, part))

const codes = (planned: Plan, found: Inspected, complete = true): string[] =>
  verifyPlan(planned, found, { complete }).map(({ code, subject }) => `${code} ${subject}`)

describe('verifyPlan', () => {
  it('finds nothing where all is as planned', () => {
    expect(verifyPlan(SHOP, shop(), { complete: true })).toEqual([])
  })

  it('says which address differs, and what to write or to run', () => {
    expect(verifyPlan(SHOP, shop([DB, { name: 'web', ipv4: '172.18.0.9/16' }]))).toEqual([
      {
        code: 'IPV4_DIFFERS',
        severity: 'difference',
        subject: 'endpoint web on network mybridge',
        network: 'mybridge',
        endpoint: 'web',
        planned: '172.18.0.3/16',
        found: '172.18.0.9/16',
        advice:
          'in the block: ipv4_address: 172.18.0.9 for web on mybridge; or on the engine: docker network disconnect mybridge web, then docker network connect --ip 172.18.0.3 mybridge web',
      },
    ])
  })

  it.each<[string, Inspected, string[]]>([
    ['a network that is not there', inspected(bridge), ['NETWORK_MISSING network mybridge']],
    [
      'another subnet',
      inspected(bridge, networkJson('mybridge', '172.19.0.0/16', [DB, WEB])),
      ['SUBNETS_DIFFER network mybridge'],
    ],
    ['another driver', shop([DB, WEB], { Driver: 'macvlan' }), ['DRIVER_DIFFERS network mybridge']],
    ['a flag', shop([DB, WEB], { Internal: true }), ['FLAG_DIFFERS network mybridge']],
    [
      'a printed gateway',
      shop([DB, WEB], { IPAM: { Config: [{ Subnet: '172.18.0.0/16', Gateway: '172.18.0.254' }] } }),
      ['GATEWAY_DIFFERS network mybridge'],
    ],
    [
      'a range and auxiliary addresses',
      shop([DB, WEB], {
        IPAM: {
          Config: [
            { Subnet: '172.18.0.0/16', IPRange: '172.18.4.0/24', AuxiliaryAddresses: { r: '172.18.0.9' } },
          ],
        },
      }),
      ['IP_RANGE_DIFFERS network mybridge', 'AUX_ADDRESSES_DIFFER network mybridge'],
    ],
    ['a missing endpoint', shop([DB]), ['ENDPOINT_MISSING endpoint web on network mybridge']],
    [
      'an endpoint more',
      shop([DB, WEB, { name: 'spy', ipv4: '172.18.0.4/16' }]),
      ['ENDPOINT_UNPLANNED endpoint spy on network mybridge'],
    ],
    [
      'an IPv6 address',
      shop([DB, { ...WEB, ipv6: 'fd00::2/64' }]),
      ['IPV6_DIFFERS endpoint web on network mybridge'],
    ],
  ])('finds %s', (_, found, expected) => {
    const differences = verifyPlan(SHOP, found, { complete: true })
    expect(differences.map(({ code, subject }) => `${code} ${subject}`)).toEqual(expected)
    for (const { advice } of differences) expect(advice).not.toBe('')
  })

  it('notes networks the plan says nothing about, except host and none', () => {
    const others = [
      networkJson('other', '172.19.0.0/16', []),
      networkJson('host', '', [], { Driver: 'host' }),
    ]
    const found = shop()
    const more = inspected(...others)
    const differences = verifyPlan(SHOP, { ...found, networks: [...found.networks, ...more.networks] })
    expect(differences.map(({ code, severity, network: key }) => [code, severity, key])).toEqual([
      ['NETWORK_UNPLANNED', 'note', 'other'],
    ])
  })

  it("misses Docker's own networks only where all networks were inspected", () => {
    const found = inspected(networkJson('mybridge', '172.18.0.0/16', [DB, WEB]))
    expect(codes(SHOP, found, false)).toEqual([])
    expect(codes(SHOP, found, true)).toEqual(['NETWORK_MISSING network bridge'])
  })

  it('compares a MAC only where it is determined', () => {
    const planned = (mac: string) =>
      plan({
        networks: [
          network('a', {
            subnets: ['10.9.0.0/24'],
            endpoints: new Map([endpoint('web', '10.9.0.2/24', { mac })]),
          }),
        ],
      })
    const found = inspected(
      networkJson('a', '10.9.0.0/24', [{ name: 'web', ipv4: '10.9.0.2/24', mac: '6e:00:00:00:00:01' }]),
    )
    expect(codes(planned(''), found, false)).toEqual([])
    expect(codes(planned('02:42:0a:09:00:02'), found, false)).toEqual([
      'MAC_DIFFERS endpoint web on network a',
    ])
  })

  it('says how to take chance out of an address that Docker leaves to it', () => {
    const chance = endpoint('web', '10.9.0.2/24', {
      certainty: 'one-of-several',
      pin: 'write ipv4_address: 10.9.0.2',
    })
    const planned = plan({
      networks: [network('a', { subnets: ['10.9.0.0/24'], endpoints: new Map([chance]) })],
    })
    const found = inspected(networkJson('a', '10.9.0.0/24', [{ name: 'web', ipv4: '10.9.0.3/24' }]))
    expect(verifyPlan(planned, found)[0]?.advice).toBe(
      'Docker leaves it to chance; write ipv4_address: 10.9.0.2',
    )
  })

  it('knows the names Compose gives under a project the block does not name', () => {
    const labels = { 'com.docker.compose.network': 'mybridge', 'com.docker.compose.project': 'shop' }
    const network2 = networkJson(
      'shop_mybridge',
      '172.18.0.0/16',
      [
        { name: 'shop-db-1', ipv4: '172.18.0.2/16' },
        { name: 'shop_web_1', ipv4: '172.18.0.3/16' },
      ],
      { Labels: labels },
    )
    expect(codes(SHOP, inspected(bridge, network2))).toEqual([])
  })

  it('compares state, ports and gateways where docker inspect was given', () => {
    const box = (name: string, part: object) => ({
      Name: `/${name}`,
      Id: `${Buffer.from(name).toString('hex')}`.padEnd(64, '0'),
      State: { Status: 'running' },
      Config: { Image: name === 'web' ? 'chrch/web' : 'redis' },
      HostConfig: { NetworkMode: 'mybridge' },
      NetworkSettings: { Ports: {}, Networks: { mybridge: { IPAddress: '172.18.0.2', IPPrefixLen: 16 } } },
      ...part,
    })
    const published = {
      Ports: {
        '5000/tcp': [
          { HostIp: '0.0.0.0', HostPort: '8000' },
          { HostIp: '::', HostPort: '8000' },
        ],
      },
      Networks: { mybridge: { Gateway: '172.18.0.254' } },
    }
    const found = inspected(
      bridge,
      networkJson('mybridge', '172.18.0.0/16', [DB, WEB]),
      box('db', { State: { Status: 'exited' } }),
      box('web', { NetworkSettings: published }),
      box('spare', {}),
    )
    const gatewayed = new Map(
      [...SHOP.containers].map(([name, one]) => [
        name,
        { ...one, endpoints: new Map([['mybridge', attachment('', { gateway: '172.18.0.1' })]]) },
      ]),
    )
    expect(codes({ ...SHOP, containers: gatewayed }, found)).toEqual([
      'STATE_DIFFERS container db',
      'CONTAINER_GATEWAY_DIFFERS endpoint web on network mybridge',
      'CONTAINER_UNPLANNED container spare',
    ])
  })

  it("compares one host's engine with that host's part of the plan", () => {
    const on = (name: string, subnet: string) =>
      network(`back@${name}`, { name: 'back', host: name, subnets: [subnet] })
    const planned = plan({
      hosts: [host('one'), host('two')],
      networks: [on('one', '172.18.0.0/16'), on('two', '172.19.0.0/16')],
      containers: [container('web', { host: 'one' })],
    })
    const found = inspected(networkJson('back', '172.19.0.0/16', []))
    expect(verifyPlan(planned, found, { host: 'two' })).toEqual([])
    expect(verifyPlan(planned, found).map(({ code }) => code)).toEqual(['SUBNETS_DIFFER'])
  })

  it('knows tasks, load balancers and gateways of a swarm by their names in the plan', () => {
    const task = 'web.1.abcdefghijklmnopqrstuvwxy'
    const planned = plan({
      swarm: true,
      networks: [
        network('net1', {
          driver: 'overlay',
          scope: 'swarm',
          host: '',
          subnets: ['10.0.1.0/24'],
          endpoints: new Map([
            endpoint('web.1', '10.0.1.3/24', { kind: 'task' }),
            endpoint('net1-endpoint', '10.0.1.4/24', { kind: 'load-balancer', container: '' }),
          ]),
        }),
        network('docker_gwbridge', {
          subnets: ['172.18.0.0/16'],
          endpoints: new Map([
            endpoint('gateway_web.1', '172.18.0.3/16', { kind: 'gateway', container: 'web.1' }),
          ]),
        }),
      ],
    })
    const id = 'a'.repeat(64)
    const containers = (name: string, ipv4: string) => ({ [id]: { Name: name, IPv4Address: ipv4 } })
    const found = inspected(
      networkJson('net1', '10.0.1.0/24', [], {
        Driver: 'overlay',
        Scope: 'swarm',
        Containers: {
          ...containers(task, '10.0.1.3/24'),
          'lb-net1': { Name: 'net1-endpoint', IPv4Address: '10.0.1.4/24' },
        },
      }),
      networkJson('docker_gwbridge', '172.18.0.0/16', [], {
        Containers: containers('gateway_0123456789ab', '172.18.0.3/16'),
      }),
    )
    expect(codes(planned, found)).toEqual([])
  })
})
