import { describe, expect, it } from 'vitest'
import { lab, runMany } from './lab.ts'

// moby libnetwork/network.go: ipamAllocateVersion
describe('the gateway of a network', () => {
  it('is the lowest address of the subnet', () => {
    expect(lab('28', 'docker network create --subnet 10.5.0.0/16 n1').gateways('n1')).toEqual(['10.5.0.1'])
    expect(lab('28', 'docker network create --ipv6 --subnet fd00:dead::/64 n1').gateways('n1')).toEqual([
      'fd00:dead::1',
      '172.18.0.1',
    ])
  })

  it('is the lowest address of the range when there is one', () => {
    const of = (subnet: string, range: string) =>
      lab('28', `docker network create --subnet ${subnet} --ip-range ${range} n1\n${runMany(16, 'n1')}`)
    const middle = of('172.28.0.0/16', '172.28.5.0/24')
    expect([middle.gateways('n1'), middle.ip('c1')]).toEqual([['172.28.5.0'], '172.28.5.1'])
    expect(of('10.11.0.0/24', '10.11.0.0/28').gateways('n1')).toEqual(['10.11.0.1'])
    const end = of('10.12.0.0/24', '10.12.0.240/28')
    expect([end.gateways('n1'), end.ip('c1'), end.ip('c14'), end.ip('c15')]).toEqual([
      ['10.12.0.240'],
      '10.12.0.241',
      '10.12.0.254',
      '',
    ])
  })

  it('outside of the range leaves the whole range to containers', () => {
    const result = lab(
      '28',
      `docker network create --subnet 10.9.0.0/24 --ip-range 10.9.0.128/29 --gateway 10.9.0.1 n1
       ${runMany(9, 'n1')}`,
    )
    expect([result.ip('c1'), result.ip('c8'), result.ip('c9')]).toEqual(['10.9.0.128', '10.9.0.135', ''])
  })

  it('in the middle leaves the addresses below it to containers', () => {
    const result = lab(
      '28',
      `docker network create --subnet 10.8.0.0/24 --gateway 10.8.0.3 n1\n${runMany(3, 'n1')}`,
    )
    expect([result.ip('c1'), result.ip('c2'), result.ip('c3')]).toEqual(['10.8.0.1', '10.8.0.2', '10.8.0.4'])
  })

  it('must be free', () => {
    for (const gateway of ['10.27.0.0', '10.27.0.255']) {
      expect(lab('28', `docker network create --subnet 10.27.0.0/24 --gateway ${gateway} n1`).error(0)).toBe(
        `failed to allocate gateway (${gateway}): Address already in use`,
      )
    }
  })

  it('comes before auxiliary addresses', () => {
    expect(
      lab('28', 'docker network create --subnet 10.10.0.0/24 --aux-address r1=10.10.0.1 n1').error(0),
    ).toBe('failed to allocate secondary ip address (r1:10.10.0.1): Address already in use')
    const aux = lab(
      '28',
      `docker network create --subnet 10.9.0.0/24 --aux-address r1=10.9.0.2 --aux-address r2=10.9.0.4 n1\n${runMany(3, 'n1')}`,
    )
    expect([aux.ip('c1'), aux.ip('c2'), aux.ip('c3')]).toEqual(['10.9.0.3', '10.9.0.5', '10.9.0.6'])
  })

  it('for containers is the auxiliary address called DefaultGatewayIPv4', () => {
    const result = lab(
      '28',
      `docker network create --subnet 10.11.0.0/24 --aux-address DefaultGatewayIPv4=10.11.0.9 n1\n${runMany(1, 'n1')}`,
    )
    expect([result.gateways('n1'), result.route('c1'), result.ip('c1')]).toEqual([
      ['10.11.0.1'],
      'n1 via 10.11.0.9',
      '10.11.0.2',
    ])
  })

  // moby libnetwork/drivers/*: GetSkipGwAlloc
  it('is not reserved where none is needed, from 28 on', () => {
    const cases = [
      '-d macvlan --internal -o parent=eth0',
      '-d macvlan',
      '-d ipvlan -o parent=eth0 -o ipvlan_mode=l3',
      '--internal -o com.docker.network.bridge.gateway_mode_ipv4=isolated',
      '--internal -o com.docker.network.bridge.inhibit_ipv4=true',
    ]
    for (const flags of cases) {
      const body = `docker network create ${flags} --subnet 10.70.0.0/24 n1\n${runMany(1, 'n1')}`
      expect([flags, lab('28', body).ip('c1')]).toEqual([flags, '10.70.0.1'])
      expect([flags, lab('26', body).ip('c1')]).toEqual([flags, '10.70.0.2'])
    }
    const given = `docker network create -d macvlan --internal -o parent=eth0 --subnet 10.70.0.0/24 --gateway 10.70.0.1 n1\n${runMany(1, 'n1')}`
    expect(lab('28', given).ip('c1')).toBe('10.70.0.2')
  })
})

// moby libnetwork/drivers/bridge: internal networks have no gateway from 25.0 on
describe('an internal network', () => {
  const body = `docker network create --internal n1\n${runMany(1, 'n1')}`
  it('gives containers no default route from 25.0 on', () => {
    expect([lab('28', body).route('c1'), lab('28', body).gateways('n1')]).toEqual(['none', ['172.18.0.1']])
    expect(lab('20', body).route('c1')).toBe('n1 via 172.18.0.1')
  })
})

// moby daemon/daemon_unix.go: initBridgeDriver
describe('the default bridge', () => {
  const of = (daemon: string, engine: '26' | '28' = '28') =>
    lab(engine, `daemon: ${daemon}\n---\n${runMany(3, 'bridge')}\ndocker network create n1`)

  it('takes its subnet and gateway from bip, and the pools begin at 172.17', () => {
    const result = of('{ bip: 192.168.100.3/24 }')
    expect([result.subnets('bridge'), result.gateways('bridge')]).toEqual([
      ['192.168.100.0/24'],
      ['192.168.100.3'],
    ])
    expect([result.ip('c1'), result.ip('c2'), result.ip('c3')]).toEqual([
      '192.168.100.1',
      '192.168.100.2',
      '192.168.100.4',
    ])
    expect(result.subnets('n1')).toEqual(['172.17.0.0/16'])
  })

  it('takes a range from fixed-cidr, which is the subnet too when alone', () => {
    const both = of('{ bip: 10.20.0.1/16, fixed-cidr: 10.20.4.0/24 }')
    expect([both.subnets('bridge'), both.gateways('bridge'), both.ip('c1')]).toEqual([
      ['10.20.0.0/16'],
      ['10.20.0.1'],
      '10.20.4.0',
    ])
    const alone = of('{ fixed-cidr: 172.17.8.0/24 }')
    expect([alone.subnets('bridge'), alone.gateways('bridge'), alone.ip('c1')]).toEqual([
      ['172.17.8.0/24'],
      ['172.17.8.1'],
      '172.17.8.2',
    ])
  })

  it('makes IPv6 addresses from MACs up to 27', () => {
    const daemon = '{ ipv6: true, fixed-cidr-v6: "2001:db8:1::/64" }'
    expect([of(daemon, '26').ip6('c1'), of(daemon).ip6('c1')]).toEqual([
      '2001:db8:1::242:ac11:2',
      '2001:db8:1::2',
    ])
    const long = '{ ipv6: true, fixed-cidr-v6: "2001:db8:1::/96" }'
    expect(of(long, '26').ip6('c1')).toBe('2001:db8:1::2')
  })
})
