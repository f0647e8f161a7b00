import { describe, expect, it } from 'vitest'
import { planJson } from '../../src/plan/json.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import { printModel } from '../../src/print/print.ts'
import { readTopology } from '../../src/topology/read.ts'

const planOf = (engine: number, commands: readonly string[]): Plan => {
  const block = `engine: ${engine}\nhosts: { host: { address: 198.51.100.10/24 } }\ncommands:\n${commands.map((c) => `- ${JSON.stringify(c)}`).join('\n')}`
  const topology = readTopology(block, () => {})
  if (topology === null) throw new Error('not read')
  return planNetworks(topology, () => {})
}

const addresses = (plan: Plan): Record<string, string> => {
  const json = JSON.parse(JSON.stringify(planJson(plan, [])))
  const found: Record<string, string> = {}
  for (const network of Object.values<{ endpoints: Record<string, { ipv4: string; ipv6: string }> }>(
    json.networks,
  ))
    for (const [name, { ipv4, ipv6 }] of Object.entries(network.endpoints)) found[name] = ipv4 || ipv6
  return found
}

const subnets = (plan: Plan, network: string): unknown =>
  JSON.parse(JSON.stringify(planJson(plan, []))).networks[network].subnets

const configOf = (plan: Plan, network: string): unknown => {
  const topology = readTopology('engine: 29', () => {})
  if (topology === null) throw new Error('not read')
  const print = printModel('inspect', network, plan, topology)
  return print.ok ? JSON.parse(print.text)[0].IPAM.Config : print.message
}

const errors = (plan: Plan): (string | undefined)[] => plan.steps.map(({ error }) => error?.message)

describe('gatewayMadeUp: macvlan and ipvlan have the gateway that was given, or none, from 29 on', () => {
  for (const driver of ['macvlan', 'ipvlan']) {
    const commands = [
      `docker network create -d ${driver} --subnet 10.70.0.0/30 -o parent=eth0 lan`,
      'docker run -d --name c1 --network lan bb',
      'docker run -d --name c2 --network lan bb',
    ]
    it(`${driver}: a /30 holds two containers, and none has a way out`, () => {
      const plan = planOf(29, commands)
      expect(addresses(plan)).toEqual({ c1: '10.70.0.1/30', c2: '10.70.0.2/30' })
      expect(plan.containers.get('c1')?.defaultRoute).toBeNull()
    })
    it(`${driver}: one that is given is kept free, and is the default route`, () => {
      const given = commands.map((text) => text.replace('/30', '/24 --gateway 10.70.0.1'))
      const plan = planOf(29, given)
      expect(addresses(plan)).toEqual({ c1: '10.70.0.2/24', c2: '10.70.0.3/24' })
      expect(plan.containers.get('c1')?.defaultRoute).not.toBeNull()
    })
    it(`${driver}: before 29 the gateway takes the first address`, () => {
      expect(addresses(planOf(28, commands))).toEqual({ c1: '10.70.0.2/30' })
    })
  }
  it.each(['macvlan', 'ipvlan'])('%s: a /31 holds two, and inspect shows no gateway', (driver) => {
    const plan = planOf(29, [
      `docker network create -d ${driver} --subnet 10.75.0.0/31 -o parent=eth0 lan`,
      'docker run -d --name c1 --network lan bb',
      'docker run -d --name c2 --network lan bb',
    ])
    expect(addresses(plan)).toEqual({ c1: '10.75.0.0/31', c2: '10.75.0.1/31' })
    expect(configOf(plan, 'lan')).toEqual([{ Subnet: '10.75.0.0/31' }])
  })
  it('starts in the ip-range, with its first address', () => {
    const plan = planOf(29, [
      'docker network create -d macvlan --subnet 10.72.0.0/24 --ip-range 10.72.0.128/28 -o parent=eth0 lan',
      'docker run -d --name c1 --network lan bb',
    ])
    expect(addresses(plan)).toEqual({ c1: '10.72.0.128/24' })
  })
})

describe('staticAddressNeedsGivenSubnet: any subnet takes a static address from 29 on', () => {
  const commands = [
    'docker network create n1',
    'docker run -d --name c1 --network n1 --ip 172.18.0.9 bb',
    'docker run -d --name c2 --network n1 --ip 10.1.1.1 bb',
    'docker run -d --name c3 --ip 172.17.0.99 bb',
    'docker create --name c4 bb',
    'docker start c4',
    'docker network connect --ip 172.18.0.5 n1 c4',
  ]
  it('of the subnet, and outside of it in the words of 29', () => {
    const plan = planOf(29, commands)
    expect(addresses(plan)).toMatchObject({ c1: '172.18.0.9/16', c4: '172.18.0.5/16' })
    expect(errors(plan)).toEqual([
      undefined,
      undefined,
      'invalid config for network n1: invalid endpoint settings:\nno configured subnet contains IP address 10.1.1.1',
      'invalid config for network bridge: invalid endpoint settings:\nuser-specified IP address is supported on user-defined networks only',
      undefined,
      undefined,
      undefined,
    ])
  })
  it('before 29 Docker refuses it', () => {
    expect(addresses(planOf(28, commands))).not.toHaveProperty('c1')
  })
})

describe('readsAddresses: the client of 29 reads addresses before the engine does', () => {
  it('a range with host bits is the block it lies in', () => {
    const plan = planOf(29, [
      'docker network create --subnet 10.10.0.0/24 --ip-range 10.10.0.9/29 n1',
      'docker run -d --name c1 --network n1 bb',
    ])
    expect(addresses(plan)).toEqual({ c1: '10.10.0.9/24' })
  })
  it('refuses what is no prefix or address, and drops a link-local address it cannot read', () => {
    const plan = planOf(29, [
      'docker network create --subnet 10.9.1.0 n1',
      'docker network create --subnet 10.9.1.0/33 n1',
      'docker run -d --name c1 --ip 10.9.1 bb',
      'docker network create --subnet 10.9.1.0/24 n2',
      'docker run -d --name c2 --network n2 --link-local-ip zz bb',
    ])
    expect(errors(plan)).toEqual([
      'netip.ParsePrefix("10.9.1.0"): no \'/\'',
      'netip.ParsePrefix("10.9.1.0/33"): prefix length out of range',
      'invalid argument "10.9.1" for "--ip" flag: failed to parse IP: "10.9.1"',
      undefined,
      undefined,
    ])
  })
})

describe('unspecifiedSubnetIsSize', () => {
  it('0.0.0.0/0 is the next default pool, 0.0.0.0/N a block of that size, and what fits none is refused', () => {
    const plan = planOf(29, [
      'docker network create --subnet 0.0.0.0/0 n1',
      'docker network create --subnet 0.0.0.0/24 n2',
      'docker network create --subnet 0.0.0.0/8 n3',
      'docker run -d --name c1 --network n1 bb',
      'docker run -d --name c2 --network n2 bb',
    ])
    expect(addresses(plan)).toEqual({ c1: '172.18.0.2/16', c2: '172.19.0.2/24' })
    expect(errors(plan)[2]).toBe('invalid address pool')
  })
})

describe('what inspect shows of a gateway that nobody wrote', () => {
  const create = ['docker network create --ipv6 --subnet 10.6.0.0/24 --subnet fd00:dead::/64 n']
  it('29 shows it, of both families', () => {
    expect(configOf(planOf(29, create), 'n')).toEqual([
      { Subnet: '10.6.0.0/24', Gateway: '10.6.0.1' },
      { Subnet: 'fd00:dead::/64', Gateway: 'fd00:dead::1' },
    ])
  })
  it('28 shows none', () => {
    expect(configOf(planOf(28, create), 'n')).toEqual([
      { Subnet: '10.6.0.0/24' },
      { Subnet: 'fd00:dead::/64' },
    ])
  })
})

describe('keepsUnusedIpv6Subnet', () => {
  it('29 drops an IPv6 subnet without --ipv6', () => {
    const commands = ['docker network create --subnet fd00:aaaa::/64 n1']
    expect(subnets(planOf(29, commands), 'n1')).toEqual(['172.18.0.0/16'])
    expect(subnets(planOf(28, commands), 'n1')).toEqual(['fd00:aaaa::/64', '172.18.0.0/16'])
  })
})
