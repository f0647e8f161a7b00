import { describe, expect, it } from 'vitest'
import { asText } from '../support/as-text.ts'
import { lab, runMany } from './lab.ts'

const create = (...names: string[]): string => names.map((name) => `docker network create ${name}`).join('\n')

// moby libnetwork/ipamutils/utils.go: localScopeDefaultNetworks; libnetwork/ipams/defaultipam/address_space.go
describe('a subnet out of the default pools', () => {
  it('is 172.18.0.0/16 for the first network, since docker0 was before', () => {
    expect(lab('28', create('n1')).subnets('n1')).toEqual(['172.18.0.0/16'])
  })

  it('is refused for the 31st network', () => {
    const names = Array.from({ length: 31 }, (_, i) => `n${i + 1}`)
    expect(lab('28', create(...names)).error(30)).toBe(
      'all predefined address pools have been fully subnetted',
    )
    expect(lab('26', create(...names)).error(30)).toBe(
      'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
    )
    expect(lab('28', create(...names)).subnets('n30')).toEqual(['192.168.240.0/20'])
  })

  it('is that of a removed network at once from 27 on, and the next one before', () => {
    const body = `${create('n1', 'n2', 'n3')}\ndocker network rm n1\n${create('n4')}`
    expect(lab('27', body).subnets('n4')).toEqual(['172.18.0.0/16'])
    expect(lab('26', body).subnets('n4')).toEqual(['172.21.0.0/16'])
  })

  it('is burned up to 26 by a create that the driver refuses', () => {
    const body = `docker network create -o com.docker.network.bridge.name=averyverylongbridgename n1\n${create('n2')}`
    expect(lab('20', body).subnets('n2')).toEqual(['172.19.0.0/16'])
    expect(lab('28', body).subnets('n2')).toEqual(['172.18.0.0/16'])
  })

  it('is not burned by a create that is refused before IPAM', () => {
    const body = `docker network create bridge\n${create('n2')}`
    expect(lab('20', body).subnets('n2')).toEqual(['172.18.0.0/16'])
  })
})

// moby libnetwork/netutils/utils_linux.go: InferReservedNetworks, queryOnLinkRoutes
describe('conflicts with the host', () => {
  const first = (head: string, engine: '20' | '26' | '28' = '28'): readonly string[] =>
    lab(engine, `${head}\n---\n${create('n1')}`).subnets('n1')

  it('makes an on-link /24 unusable as a whole block', () => {
    expect(first('hosts: { h1: { interfaces: { wg0: 172.18.5.1/24 } } }')).toEqual(['172.19.0.0/16'])
    expect(first('hosts: { h1: { address: 172.18.5.1/24 } }', '26')).toEqual(['172.19.0.0/16'])
  })

  it('does not count a route via a gateway', () => {
    expect(
      first('hosts: { h1: { address: 198.51.100.11/24, routes: [172.18.0.0/16 via 198.51.100.1] } }'),
    ).toEqual(['172.18.0.0/16'])
  })

  it('counts a route to an interface', () => {
    expect(first('hosts: { h1: { routes: [172.18.3.0/24 dev eth0] } }')).toEqual(['172.19.0.0/16'])
  })

  it('counts a nameserver', () => {
    expect(first('hosts: { h1: { nameservers: [172.18.0.53] } }')).toEqual(['172.19.0.0/16'])
  })

  it('moves docker0 too', () => {
    const { subnets } = lab('28', 'hosts: { h1: { interfaces: { wg0: 172.17.9.1/24 } } }\n---\n')
    expect(subnets('bridge')).toEqual(['172.18.0.0/16'])
  })

  it('does not hinder an explicit subnet', () => {
    const body =
      'hosts: { h1: { address: 198.51.100.11/24 } }\n---\ndocker network create --subnet 198.51.100.0/24 lan'
    expect(lab('28', body).error(0)).toBeNull()
  })

  it('costs one block of 31 for 192.168.1.10/24 on the host', () => {
    const names = Array.from({ length: 30 }, (_, i) => `n${i + 1}`)
    const head = 'hosts: { h1: { address: 192.168.1.10/24 } }\n---\n'
    for (const engine of ['20', '26', '28'] as const) {
      const result = lab(engine, head + create(...names))
      expect(result.error(28)).toBeNull()
      expect(result.error(29)).not.toBeNull()
      expect(result.subnets('n15')).toEqual(['192.168.16.0/20'])
    }
  })
})

// moby daemon/config, libnetwork/ipams/defaultipam/address_space.go: newAddrSpace
describe('own default pools', () => {
  const head = `
    daemon:
      default-address-pools:
        - { base: 10.77.0.0/22, size: 24 }
        - { base: 10.66.0.0/23, size: 24 }
    ---`

  it('replace the built-in ones, sorted from 27 on and in order before', () => {
    expect(lab('28', `${head}\n${create('n1')}`).subnets('bridge')).toEqual(['10.66.0.0/24'])
    expect(lab('28', `${head}\n${create('n1')}`).subnets('n1')).toEqual(['10.66.1.0/24'])
    expect(lab('26', `${head}\n${create('n1')}`).subnets('bridge')).toEqual(['10.77.0.0/24'])
  })

  it('are exhausted after six networks, docker0 among them', () => {
    const result = lab('28', `${head}\n${create('n1', 'n2', 'n3', 'n4', 'n5', 'n6')}`)
    expect(result.subnets('n5')).toEqual(['10.77.3.0/24'])
    expect(result.error(5)).toBe('all predefined address pools have been fully subnetted')
  })

  it('keep the IPv6 pool of the engine from 27 on', () => {
    const withId = head.replace('daemon:', 'daemon:\n      id: f3684ac8-05ce-4bc8-b2ee-2bb9bbe96f0c')
    expect(lab('28', `${withId}\ndocker network create --ipv6 n1`).subnets('n1')).toEqual([
      '10.66.1.0/24',
      'fd51:e12f:e132::/64',
    ])
  })
})

// moby daemon/daemon.go: deriveULABaseNetwork
describe('IPv6 without a subnet', () => {
  it('is refused up to 26', () => {
    const result = lab('26', 'docker network create --ipv6 n1')
    expect(result.error(0)).toBe(
      'could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network',
    )
  })

  it('is one of several while the id of the engine is not known', () => {
    const known = 'daemon: { id: f3684ac8-05ce-4bc8-b2ee-2bb9bbe96f0c }\n---\n'
    const body = 'docker network create --ipv6 n1\ndocker run -d --name c1 --network n1 bb'
    const guessed = asText(lab('28', body).plan).networks.get('n1')
    expect([guessed?.certainty, guessed?.pin]).toEqual(['one-of-several', 'daemon.id'])
    expect(asText(lab('28', known + body).plan).networks.get('n1')?.certainty).toBe('computed')
    expect(lab('28', known + body).ip6('c1')).toBe('fd51:e12f:e132::2')
  })
})

// moby libnetwork/ipams/defaultipam/address_space.go: allocateSubnet; drivers/bridge: conflictsWithNetworks
describe('explicit subnets', () => {
  it('may not overlap any local network, whatever its driver', () => {
    const result = lab(
      '28',
      `docker network create --subnet 10.5.0.0/16 n1
       docker network create -d macvlan -o parent=eth0 --subnet 10.5.3.0/24 m1
       docker network create --subnet 172.17.4.0/24 n2`,
    )
    expect(result.error(1)).toBe('invalid pool request: Pool overlaps with other one on this address space')
    expect(result.error(2)).toBe('invalid pool request: Pool overlaps with other one on this address space')
  })

  it('are stepped over by the default pools', () => {
    const result = lab(
      '28',
      `docker network create --subnet 172.18.0.0/24 n1
       ${create('n2')}
       docker network create --subnet 172.20.128.0/17 n3
       ${create('n4')}`,
    )
    expect([result.subnets('n2'), result.subnets('n4')]).toEqual([['172.19.0.0/16'], ['172.21.0.0/16']])
  })

  it('with ranges pass IPAM, but two bridges may not overlap', () => {
    const result = lab(
      '28',
      `docker network create --subnet 10.5.0.0/16 n1
       docker network create --subnet 10.5.9.0/24 --ip-range 10.5.9.0/25 n2`,
    )
    expect(result.error(1)).toMatch(
      /^cannot create network .* conflicts with network .*: networks have overlapping IPv4$/,
    )
  })

  it('are accepted whatever their class', () => {
    for (const subnet of ['127.0.0.0/8', '224.0.0.0/24', '0.0.0.0/8', '169.254.0.0/16']) {
      expect(lab('28', `docker network create --subnet ${subnet} n1`).error(0)).toBeNull()
    }
  })

  it('of zeros ask for a size from 29 on', () => {
    const result = lab('29', 'docker network create --subnet 0.0.0.0/24 n1')
    expect(result.subnets('n1')).toEqual(['172.18.0.0/24'])
  })

  it('of IPv6 are stored without effect unless IPv6 is on', () => {
    const result = lab(
      '28',
      'docker network create --subnet fd00:aaaa::/64 n1\ndocker run -d --name c1 --network n1 bb',
    )
    expect(result.subnets('n1')).toEqual(['fd00:aaaa::/64', '172.18.0.0/16'])
    expect([result.ip('c1'), result.ip6('c1')]).toEqual(['172.18.0.2', ''])
    expect(lab('20', 'docker network create --subnet fd00:aaaa::/64 n1').subnets('n1')).toEqual([
      '172.18.0.0/16',
      'fd00:aaaa::/64',
    ])
  })
})

// moby libnetwork/ipams/defaultipam/allocator.go: newPoolData
describe('tiny subnets', () => {
  const fill = (subnet: string, engine: '20' | '28' = '28') =>
    lab(engine, `docker network create --subnet ${subnet} n1\n${runMany(6, 'n1')}`)

  it('/30 has room for one container', () => {
    const result = fill('10.0.0.0/30')
    expect([result.ip('c1'), result.ip('c2')]).toEqual(['10.0.0.2', ''])
    expect(result.error(2)).toMatch(
      /^failed to set up container networking: no available IPv4 addresses on this network's address pools: n1 \([0-9a-f]{64}\)$/,
    )
  })

  it('/29 has room for five', () => {
    const result = fill('10.0.0.0/29')
    expect([result.ip('c5'), result.ip('c6')]).toEqual(['10.0.0.6', ''])
  })

  it('/31 has its gateway at .0 and one container; 20.10 cannot make it', () => {
    const result = fill('10.0.0.0/31')
    expect([result.gateways('n1'), result.ip('c1'), result.ip('c2')]).toEqual([['10.0.0.0'], '10.0.0.1', ''])
    expect(fill('10.0.0.0/31', '20').error(0)).toBe(
      'failed to allocate gateway (): No available addresses on this pool',
    )
  })

  it('/32 has room for the gateway alone', () => {
    const result = fill('10.0.0.7/32')
    expect([result.gateways('n1'), result.ip('c1')]).toEqual([['10.0.0.7'], ''])
  })
})
