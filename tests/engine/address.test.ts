import { describe, expect, it } from 'vitest'
import { lab, runMany } from './lab.ts'

const network = 'docker network create --subnet 10.9.0.0/24 n1\n'
const run = (name: string, flags = ''): string => `docker run -d --name ${name} --network n1 ${flags} bb\n`

// moby libnetwork/endpoint.go: assignAddressVersion; libnetwork/bitmap
describe('a dynamic address', () => {
  it('is the lowest free one, a freed one first', () => {
    const result = lab('28', `${network}${runMany(3, 'n1')}\ndocker rm -f c2\n${runMany(2, 'n1', 4)}`)
    expect([result.ip('c4'), result.ip('c5')]).toEqual(['10.9.0.3', '10.9.0.5'])
  })

  it('steps over static ones', () => {
    const result = lab('28', `${network}${run('s1', '--ip 10.9.0.3')}${runMany(2, 'n1')}`)
    expect([result.ip('c1'), result.ip('c2')]).toEqual(['10.9.0.2', '10.9.0.4'])
  })

  it('is held only while the container runs', () => {
    const result = lab('28', `${network}${runMany(2, 'n1')}\ndocker stop c1\n${run('c3')}docker start c1`)
    expect([result.ip('c3'), result.ip('c1')]).toEqual(['10.9.0.2', '10.9.0.4'])
  })

  it('is not reserved by docker create', () => {
    const result = lab(
      '28',
      `${network}docker create --name c1 --network n1 --ip 10.9.0.2 bb\n${run('c2')}docker start c1`,
    )
    expect(result.ip('c2')).toBe('10.9.0.2')
    expect(result.error(3)).toBe('failed to set up container networking: Address already in use')
    expect(result.plan.containers.get('c1')?.state).toBe('created')
  })

  it('is the lowest again after a restart', () => {
    const result = lab('28', `${network}${runMany(2, 'n1')}\ndocker rm -f c1\ndocker restart c2`)
    expect(result.ip('c2')).toBe('10.9.0.2')
  })

  it('is of the first subnet with room on macvlan', () => {
    const result = lab(
      '28',
      `docker network create -d macvlan -o parent=eth0 --subnet 10.1.0.0/30 --subnet 10.2.0.0/24 n1\n${runMany(3, 'n1')}`,
    )
    expect([result.ip('c1'), result.ip('c2'), result.ip('c3')]).toEqual(['10.1.0.2', '10.2.0.2', '10.2.0.3'])
  })

  it('is ::2 first, and one of each family on its own', () => {
    const result = lab(
      '28',
      `docker network create --ipv6 --subnet 10.6.0.0/24 --subnet fd00:dead::/64 n1
       ${run('c1')}${run('c2', '--ip6 fd00:dead::50')}${run('c3')}`,
    )
    expect([result.ip6('c1'), result.ip6('c2'), result.ip6('c3'), result.ip('c3')]).toEqual([
      'fd00:dead::2',
      'fd00:dead::50',
      'fd00:dead::3',
      '10.6.0.4',
    ])
  })
})

describe('a static address', () => {
  it('outside of the range but inside the subnet is fine', () => {
    const result = lab(
      '28',
      `docker network create --subnet 172.28.0.0/16 --ip-range 172.28.5.0/24 n1\n${run('c1', '--ip 172.28.0.77')}`,
    )
    expect(result.ip('c1')).toBe('172.28.0.77')
  })

  it('in use is refused at start', () => {
    for (const [engine, message] of [
      ['28', 'failed to set up container networking: Address already in use'],
      ['26', 'Address already in use'],
    ] as const) {
      for (const address of ['10.9.0.1', '10.9.0.0', '10.9.0.255']) {
        expect(lab(engine, network + run('c1', `--ip ${address}`)).error(1)).toBe(message)
      }
    }
  })

  // moby daemon/container_operations.go: validateEndpointSettings
  it('on a network without a subnet of the user is refused', () => {
    const message =
      'user specified IP address is supported only when connecting to networks with user configured subnets'
    const body = `docker network create n1\n${run('c1', '--ip 172.18.0.9')}`
    expect(lab('28', body).error(1)).toBe(
      `invalid config for network n1: invalid endpoint settings:\n${message}`,
    )
    expect(lab('28', body).plan.containers.has('c1')).toBe(false)
    expect(lab('20', body).error(1)).toBe(message)
    expect(lab('20', body).plan.containers.get('c1')?.state).toBe('created')
  })

  it('on the default bridge is refused, and lost by 20.10', () => {
    const body = 'docker run -d --name c1 --ip 172.17.0.9 bb'
    expect(lab('28', body).error(0)).toBe(
      'invalid config for network bridge: invalid endpoint settings:\n' +
        '* user specified IP address is supported on user defined networks only\n' +
        '* user specified IP address is supported only when connecting to networks with user configured subnets',
    )
    expect(lab('20', body).ip('c1')).toBe('172.17.0.2')
  })

  it('outside of the subnet is refused', () => {
    const body = network + run('c1', '--ip 10.8.0.9')
    expect(lab('28', body).error(1)).toBe(
      'invalid config for network n1: invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 10.8.0.9',
    )
    expect(lab('20', body).error(1)).toBe(
      "Invalid address 10.8.0.9: It does not belong to any of this network's subnets",
    )
  })

  it('that is no address is refused', () => {
    const body = network + run('c1', '--ip 10.9.0.300')
    expect(lab('28', body).error(1)).toContain('invalid IPv4 address: 10.9.0.300')
    expect(lab('20', body).error(1)).toBe('invalid IPv4 address: 10.9.0.300')
  })
})

// moby libnetwork/ipams/defaultipam/address_space.go (moby issue 46756)
it('two macvlan networks of one subnet with two ranges share its addresses', () => {
  const result = lab(
    '28',
    `hosts: { h1: { interfaces: { wg0: "", wg1: "" } } }
     ---
     docker network create -d macvlan --subnet 10.80.0.0/24 --ip-range 10.80.0.0/25 -o parent=eth0 m1
     docker network create -d macvlan --subnet 10.80.0.0/24 --ip-range 10.80.0.128/25 -o parent=wg0 m2
     docker network create -d macvlan --subnet 10.80.0.0/24 -o parent=wg1 m3
     docker run -d --name c1 --network m1 bb
     docker run -d --name c2 --network m2 bb
     docker run -d --name c3 --network m2 --ip 10.80.0.2 bb`,
  )
  expect([result.gateways('m1'), result.gateways('m2')]).toEqual([['10.80.0.1'], ['10.80.0.128']])
  expect([result.ip('c1'), result.ip('c2')]).toEqual(['10.80.0.2', '10.80.0.129'])
  expect(result.error(2)).toBe('invalid pool request: Pool overlaps with other one on this address space')
  expect(result.error(5)).toBe('failed to set up container networking: Address already in use')
})

// moby libnetwork/netutils/utils.go: GenerateMACFromIP; drivers/bridge, drivers/macvlan
describe('a MAC', () => {
  it('follows from the IPv4 address up to 27 on bridge and macvlan, and is random from 28 on', () => {
    expect(lab('27', network + run('c1')).mac('c1')).toBe('02:42:0a:09:00:02')
    expect(lab('28', network + run('c1')).mac('c1')).toBe('')
    const macvlan = 'docker network create -d macvlan -o parent=eth0 --subnet 10.9.0.0/24 n1\n'
    expect(lab('26', macvlan + run('c1')).mac('c1')).toBe('02:42:0a:09:00:02')
    const ipvlan = 'docker network create -d ipvlan -o parent=eth0 --subnet 10.9.0.0/24 n1\n'
    expect(lab('26', ipvlan + run('c1')).mac('c1')).toBe('')
  })

  it('of the user wins, unless it is multicast', () => {
    expect(lab('28', network + run('c1', '--mac-address 02:42:00:00:00:99')).mac('c1')).toBe(
      '02:42:00:00:00:99',
    )
    const refused = lab('28', network + run('c1', '--mac-address 01:42:00:00:00:99') + run('c2'))
    expect(refused.error(1)).toMatch(/MAC to "01:42:00:00:00:99": cannot assign requested address$/)
    expect(refused.ip('c2')).toBe('10.9.0.2')
  })
})
