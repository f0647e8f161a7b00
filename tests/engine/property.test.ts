/** Laws that hold for whatever is typed: random commands, random projects, every release. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contains, formatAddress, formatSocket, lastValue, overlaps, prefixOf } from '../../src/net/index.ts'
import { addressesOf } from '../../src/plan/certainty.ts'
import { planJson } from '../../src/plan/json.ts'
import type { Plan, PlanNetwork } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import { readTopology } from '../../src/topology/read.ts'
import { ENGINE_VERSIONS } from '../../src/version.ts'
import { seeds } from '../support/seeds.ts'

const RUNS = 100

function planOf(block: string): Plan {
  const topology = readTopology(block, () => {})
  if (topology === null) throw new Error(block)
  return planNetworks(topology, () => {}, null, 'absent')
}

const engine = fc.constantFrom(...ENGINE_VERSIONS)
const network = fc.constantFrom('n1', 'n2', 'n3', 'bridge')
const container = fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5')
const octet = fc.integer({ min: 0, max: 20 })

const subnet = fc.oneof(
  fc.constant(''),
  fc
    .record({
      third: fc.integer({ min: 0, max: 2 }),
      length: fc.constantFrom(24, 28, 29, 30, 31, 32),
      gateway: fc.option(octet),
      range: fc.option(fc.constantFrom(29, 30)),
      aux: fc.array(octet, { maxLength: 2 }),
    })
    .map(({ third, length, gateway, range, aux }) =>
      [
        `--subnet 10.0.${third}.0/${length}`,
        ...(gateway === null ? [] : [`--gateway 10.0.${third}.${gateway}`]),
        ...(range === null ? [] : [`--ip-range 10.0.${third}.8/${range}`]),
        ...aux.map((one, i) => `--aux-address a${i}=10.0.${third}.${one}`),
      ].join(' '),
    ),
)
const driver = fc.constantFrom('', '', '', '--internal', '-d macvlan -o parent=eth0', '-d ipvlan', '--ipv6')
const wish = fc.oneof(
  fc.constant(''),
  fc.constant(''),
  fc.tuple(fc.integer({ min: 0, max: 2 }), octet).map(([third, last]) => `--ip 10.0.${third}.${last}`),
  fc.constantFrom('-p 80', '-p 8080:80', '-p 7000-7002:80'),
)

const command = fc.oneof(
  fc
    .record({ driver, subnet, network })
    .map((r) => `docker network create ${r.driver} ${r.subnet} ${r.network}`),
  fc
    .record({ wish, network, container })
    .map((r) => `docker run -d --name ${r.container} --network ${r.network} ${r.wish} bb`),
  fc
    .record({ wish, network, container })
    .map((r) => `docker create --name ${r.container} --network ${r.network} ${r.wish} bb`),
  fc
    .record({ action: fc.constantFrom('start', 'stop', 'restart', 'rm', 'rm -f', 'kill'), container })
    .map((r) => `docker ${r.action} ${r.container}`),
  fc
    .record({ action: fc.constantFrom('connect', 'disconnect'), network, container })
    .map((r) => `docker network ${r.action} ${r.network} ${r.container}`),
  network.map((name) => `docker network rm ${name}`),
)

const session = fc
  .record({ engine, commands: fc.array(command, { minLength: 5, maxLength: 40 }) })
  .map((r) =>
    [`engine: ${r.engine}`, 'commands:', ...r.commands.map((c) => `- ${JSON.stringify(c)}`)].join('\n'),
  )

/** What of a network must not be given out. */
function reservedOf(own: PlanNetwork): Set<string> {
  const reserved = new Set<string>()
  for (const subnet of own.subnets) {
    for (const address of [subnet.gateway, ...subnet.aux.values()])
      if (address !== null) reserved.add(formatAddress(address))
    const prefix = prefixOf(subnet)
    if (prefix.length < 31 || prefix.family === 6)
      reserved.add(formatAddress({ family: prefix.family, value: prefix.first }))
    if (prefix.length < 31) reserved.add(formatAddress({ family: prefix.family, value: lastValue(prefix) }))
  }
  return reserved
}

function checkNetwork(own: PlanNetwork): void {
  const given = new Set<string>()
  const reserved = reservedOf(own)
  for (const endpoint of own.endpoints.values()) {
    for (const cidr of addressesOf(endpoint)) {
      const address = formatAddress(cidr.address)
      expect(given.has(address), `${address} twice on ${own.key}`).toBe(false)
      given.add(address)
      expect(reserved.has(address) && cidr.address.family === 4, `${address} is reserved on ${own.key}`).toBe(
        false,
      )
      const subnets = own.subnets.map(prefixOf)
      expect(subnets.some((s) => contains(s, cidr.address) && s.length === cidr.length)).toBe(true)
    }
  }
  for (const subnet of own.subnets)
    if (subnet.gateway !== null) expect(contains(prefixOf(subnet), subnet.gateway)).toBe(true)
}

function checkPlan(plan: Plan): void {
  const bridges = [...plan.networks.values()].filter((n) => n.driver === 'bridge')
  for (const own of plan.networks.values()) checkNetwork(own)
  for (const [i, a] of bridges.entries()) {
    for (const b of bridges.slice(i + 1)) {
      const meet = a.subnets.some((s) => b.subnets.some((t) => overlaps(prefixOf(s), prefixOf(t))))
      expect(meet, `${a.key} and ${b.key} overlap`).toBe(false)
    }
  }
  const ports = new Set<string>()
  for (const [name, own] of plan.containers) {
    if (own.state !== 'running') expect(own.endpoints.size).toBe(0)
    for (const [key, attachment] of own.endpoints) {
      expect(plan.networks.get(key)?.endpoints.get(name)?.ipv4).toEqual(attachment.ipv4)
    }
    const names = [...own.endpoints.values()].map((e) => e.interface)
    expect(new Set(names).size).toBe(names.length)
    for (const { ip, port, protocol } of own.ports) {
      const key = `${formatSocket(ip, port)}/${protocol}`
      expect(ports.has(key), `${key} twice`).toBe(false)
      ports.add(key)
    }
  }
}

for (const seed of seeds()) {
  const check = <T>(arbitrary: fc.Arbitrary<T>, law: (value: T) => void): void => {
    fc.assert(fc.property(arbitrary, law), { seed, numRuns: RUNS })
  }

  describe(`whatever is typed (seed ${seed})`, () => {
    it('no address is given twice, outside of its subnet or although reserved', () => {
      check(session, (block) => checkPlan(planOf(block)))
    })

    it('the same input gives the same plan', () => {
      check(session, (block) => {
        expect(JSON.stringify(planJson(planOf(block), []))).toBe(JSON.stringify(planJson(planOf(block), [])))
      })
    })

    it('stopping and starting everything keeps the laws', () => {
      check(session, (block) => {
        const names = ['c1', 'c2', 'c3', 'c4', 'c5']
        const again = ['stop', 'start', 'restart'].flatMap((verb) =>
          names.map((name) => `- docker ${verb} ${name}`),
        )
        checkPlan(planOf([block, ...again].join('\n')))
      })
    })

    it('removing everything gives everything back', () => {
      check(session, (block) => {
        const end = [
          ...['c1', 'c2', 'c3', 'c4', 'c5'].map((name) => `- docker rm -f ${name}`),
          ...['n1', 'n2', 'n3'].map((name) => `- docker network rm ${name}`),
        ]
        const plan = planOf([block, ...end].join('\n'))
        expect([[...plan.networks.keys()], plan.containers.size]).toEqual([['bridge'], 0])
        expect(plan.networks.get('bridge')?.endpoints.size).toBe(0)
      })
    })
  })

  const keys = ['alpha', 'beta', 'gamma', 'delta']
  const project = fc.record({
    engine,
    services: fc.array(
      fc.record({
        networks: fc.subarray(['n1', 'n2', 'n3']),
        dependsOn: fc.subarray(keys),
        replicas: fc.integer({ min: 1, max: 3 }),
        ip: fc.option(octet),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    subnet: fc.boolean(),
    order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
  })
  type Project = typeof project extends fc.Arbitrary<infer T> ? T : never

  /** Services in the given order; each depends only on those before it in the alphabet of `keys`. */
  function blockOf(
    { engine: release, services, subnet: fixed }: Project,
    order: readonly number[],
    comments: boolean,
  ): string {
    const remark = comments ? ['# a remark', ''] : []
    const lines = order.flatMap((index) => {
      const service = services[index]
      if (service === undefined) return []
      const depends = service.dependsOn.filter((key) => keys.indexOf(key) < index)
      const networks = service.networks.map((n) =>
        fixed && n === 'n1' && service.ip !== null && service.replicas === 1
          ? `${n}: { ipv4_address: 10.9.0.${service.ip} }`
          : `${n}: {}`,
      )
      return [
        ...remark,
        `  ${keys[index]}:${comments ? ' # and another' : ''}`,
        `    depends_on: [${depends.join(', ')}]`,
        `    deploy: { replicas: ${service.replicas} }`,
        ...(networks.length === 0 ? [] : [`    networks: { ${networks.join(', ')} }`]),
      ]
    })
    const n1 = fixed ? 'n1: { ipam: { config: [{ subnet: 10.9.0.0/24 }] } }' : 'n1: {}'
    const networks = [n1, 'n2: {}', 'n3: { internal: true }']
    const turned = order[0] === 0 ? networks : [...networks].reverse()
    return [
      `engine: ${release}`,
      ...remark,
      'services:',
      ...lines,
      `networks: { ${turned.join(', ')} }`,
    ].join('\n')
  }

  const comparable = (plan: Plan): string => JSON.stringify({ ...planJson(plan, []), problems: [] })

  describe(`whatever a project holds (seed ${seed})`, () => {
    it('no address is given twice, outside of its subnet or although reserved', () => {
      check(project, (one) => checkPlan(planOf(blockOf(one, [0, 1, 2, 3], false))))
    })

    it('comments and the order of its keys change nothing', () => {
      check(project, (one) => {
        expect(comparable(planOf(blockOf(one, one.order, true)))).toBe(
          comparable(planOf(blockOf(one, [0, 1, 2, 3], false))),
        )
      })
    })
  })
}
