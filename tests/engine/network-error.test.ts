import { describe, expect, it } from 'vitest'
import { lab } from './lab.ts'

const refusal = (command: string, engine: '20' | '26' | '27' | '28' = '28'): string | null =>
  lab(engine, command).error(0)

// moby daemon/network.go: createNetwork; libnetwork/controller.go: NewNetwork
describe('names of networks', () => {
  it('may hold almost anything', () => {
    for (const name of ['"a b"', '.x', 'a/b', 'container:x'])
      expect(refusal(`docker network create ${name}`)).toBeNull()
  })

  it('may not be empty', () => {
    expect(refusal('docker network create ""')).toBe('invalid name: name is empty')
  })

  it('may not be those of predefined networks', () => {
    for (const name of ['bridge', 'host', 'none', 'default']) {
      expect(refusal(`docker network create ${name}`)).toBe(
        `operation is not permitted on predefined ${name} network`,
      )
    }
  })

  it('are given once', () => {
    expect(lab('28', 'docker network create n1\ndocker network create n1').error(1)).toBe(
      'network with name n1 already exists',
    )
  })
})

// moby api/types/network/ipam.go: ValidateIPAM
describe('settings of subnets', () => {
  const of = (flags: string, engine: '20' | '26' | '28' = '28') =>
    refusal(`docker network create ${flags} n1`, engine)
  const config = (...items: string[]): string =>
    `invalid network config:\n${items.length === 1 ? items[0] : items.map((i) => `* ${i}`).join('\n')}`

  it('are checked before anything is allocated, from 25.0 on', () => {
    expect(of('--subnet 10.9.0.5/24')).toBe(config('invalid subnet 10.9.0.5/24: it should be 10.9.0.0/24'))
    expect(of('--subnet 10.9.0.0')).toBe(config('invalid subnet 10.9.0.0: invalid CIDR block notation'))
    expect(of('--subnet 10.24.0.0/24 --ip-range 10.24.0.0/16')).toBe(
      config('invalid ip-range 10.24.0.0/16: CIDR block is bigger than its parent subnet 10.24.0.0/24'),
    )
    expect(of('--subnet 10.24.0.0/24 --ip-range 10.24.0.5/28')).toBe(
      config('invalid ip-range 10.24.0.5/28: it should be 10.24.0.0/28'),
    )
  })

  it('are listed when several are wrong', () => {
    const result = lab(
      '28',
      `
      services: { web: { networks: [n1] } }
      networks:
        n1: { ipam: { config: [{ subnet: 10.9.0.5/24, gateway: 10.8.0.1 }] } }
      ---
      docker compose up -d`,
    )
    expect(result.error(0)).toContain(
      config(
        'invalid subnet 10.9.0.5/24: it should be 10.9.0.0/24',
        "invalid gateway 10.8.0.1: parent subnet 10.9.0.0/24 doesn't contain this address",
      ),
    )
  })

  it('keep their host bits in 20.10, where a range may be wider than its subnet', () => {
    expect(of('--subnet 10.9.0.5/24', '20')).toBeNull()
    expect(lab('20', 'docker network create --subnet 10.9.0.5/24 n1').subnets('n1')).toEqual(['10.9.0.5/24'])
    expect(of('--subnet 10.24.0.0/24 --ip-range 10.24.0.0/16', '20')).toBeNull()
    expect(of('--subnet 10.9.0.0', '20')).toBe('Invalid subnet 10.9.0.0 : invalid CIDR address: 10.9.0.0')
  })

  it('may not be multicast or link-local in IPv6', () => {
    // RULES 3.4; words of real 20.10.24, 26.1.5 and 28.5.2
    const added = 'failed to add IPv6 address'
    const words = (['20', '26', '28'] as const).map((engine) => [
      of('--ipv6 --subnet ff02:1::/64', engine),
      of('--ipv6 --subnet fe80::/80', engine),
    ])
    expect(words).toEqual([
      [
        `${added} ff02:1::1/64 to bridge: cannot assign requested address`,
        `${added} fe80::1/80 to bridge: file exists`,
      ],
      [
        `${added} ff02:1::1/64 to bridge: cannot assign requested address`,
        "clash with the Link-Local prefix 'fe80::/64'",
      ],
      [
        "multicast subnet 'ff02:1::1/64' is not allowed",
        "'fe80::1/80' clashes with the Link-Local prefix 'fe80::/64'",
      ],
    ])
    expect(of('--ipv6 --subnet fe80::/64')).toBeNull()
    expect(of('--ipv6 --subnet fd00::/64')).toBeNull()
  })

  it('are one a family on a bridge', () => {
    expect(of('--subnet 10.29.0.0/24 --subnet 10.30.0.0/24')).toBe(
      "bridge driver doesn't support multiple subnets",
    )
  })
})

describe('drivers', () => {
  it('that do not exist are plugins not found', () => {
    expect(refusal('docker network create -d nosuch n1')).toBe('plugin "nosuch" not found')
  })

  it('host and null have one network each', () => {
    expect(refusal('docker network create -d host n1')).toBe('only one instance of "host" network is allowed')
    expect(refusal('docker network create -d null n1')).toBe('only one instance of "null" network is allowed')
  })

  it('overlay needs a swarm', () => {
    expect(refusal('docker network create -d overlay n1')).toMatch(/^This node is not a swarm manager\./)
  })

  // moby libnetwork/drivers/bridge/bridge_linux.go: parseNetworkOptions, checkConflict
  it('bridge reads its options', () => {
    expect(refusal('docker network create -o com.docker.network.driver.mtu=xyz n1')).toBe(
      'failed to parse com.docker.network.driver.mtu value: xyz (strconv.Atoi: parsing "xyz": invalid syntax)',
    )
    expect(refusal('docker network create -o com.docker.network.bridge.enable_icc=perhaps n1')).toBe(
      'failed to parse com.docker.network.bridge.enable_icc value: perhaps (strconv.ParseBool: parsing "perhaps": invalid syntax)',
    )
    expect(refusal('docker network create -o com.docker.network.bridge.name=docker0 n1')).toMatch(
      /networks have same bridge name$/,
    )
    expect(refusal('docker network create -o com.docker.network.bridge.name=docker0 n1', '20')).toBeNull()
  })
})

// moby libnetwork/drivers/macvlan/macvlan_network.go, ipvlan/ipvlan_network.go
describe('macvlan and ipvlan', () => {
  const hosts = 'hosts: { h1: { interfaces: { wg0: "" } } }\n---\n'
  const of = (body: string, engine: '20' | '26' | '27' | '28' = '28') => lab(engine, hosts + body)

  it('take their subnet from the same pools as bridge', () => {
    expect(of('docker network create -d macvlan -o parent=eth0 n1').subnets('n1')).toEqual(['172.18.0.0/16'])
  })

  it('need a parent that exists, or a VLAN on one', () => {
    const refusals = (parent: string) =>
      of(`docker network create -d macvlan -o parent=${parent} n1`).error(0)
    expect(refusals('wg0')).toBeNull()
    expect(refusals('eth0.50')).toBeNull()
    expect(refusals('eth0.4095')).toBe('vlan id must be between 1-4094, received: 4095')
    expect(refusals('eth9.50')).toBe('-o parent interface was not found on the host: eth9')
    expect(refusals('eth0.x')).toBe('unable to parse a valid vlan id from: x (ex. eth0.10 for vlan 10)')
    expect(refusals('eth0.1.2')).toMatch(/instead received eth0\.1\.2$/)
    expect(refusals('nosuch0')).toBe('invalid subinterface vlan name nosuch0, example formatting is eth0.10')
    expect(refusals('lo')).toBe('loopback interface is not a valid macvlan parent link')
  })

  it('without a parent are internal', () => {
    const result = of('docker network create -d macvlan n1')
    expect(result.plan.networks.get('n1')?.internal).toBe(true)
  })

  it('share a parent from 27 on with macvlan, never with ipvlan', () => {
    const two = (driver: string): string =>
      `docker network create -d ${driver} -o parent=wg0 n1\ndocker network create -d ${driver} -o parent=wg0 n2`
    expect(of(two('macvlan')).error(1)).toBeNull()
    expect(of(two('macvlan'), '26').error(1)).toMatch(
      /^network dm-[0-9a-f]{12} is already using parent interface wg0$/,
    )
    expect(of(two('ipvlan')).error(1)).toMatch(
      /^network di-[0-9a-f]{12} is already using parent interface wg0$/,
    )
    const passthru = `docker network create -d macvlan -o parent=wg0 n1
      docker network create -d macvlan -o parent=wg0 -o macvlan_mode=passthru n2`
    expect(of(passthru).error(1)).toMatch(/^cannot use mode passthru/)
  })

  it('know their modes', () => {
    expect(of('docker network create -d macvlan -o parent=wg0 -o macvlan_mode=nosuch n1').error(0)).toBe(
      "requested macvlan mode 'nosuch' is not valid, 'bridge' mode is the macvlan driver default",
    )
    expect(of('docker network create -d ipvlan -o parent=wg0 -o ipvlan_mode=nosuch n1').error(0)).toBe(
      "requested ipvlan mode 'nosuch' is not valid, 'l2' mode is the ipvlan driver default",
    )
    const l3s = 'docker network create -d ipvlan -o parent=wg0 -o ipvlan_mode=l3s n1'
    expect([of(l3s).error(0), of(l3s, '20').error(0)]).toEqual([null, expect.stringContaining("'l3s'")])
  })

  it('in l3 mode route to the interface', () => {
    const result = of(
      `docker network create -d ipvlan -o parent=wg0 -o ipvlan_mode=l3 --subnet 10.1.0.0/24 n1
       docker run -d --name c1 --network n1 bb
       docker network create -d ipvlan -o parent=eth0 --subnet 10.2.0.0/24 n2
       docker run -d --name c2 --network n2 bb`,
    )
    expect([result.route('c1'), result.route('c2')]).toEqual(['n1 via ', 'n2 via 10.2.0.1'])
  })
})

// moby libnetwork/network.go: delete; daemon/network.go: deleteNetwork
describe('removing a network', () => {
  it('is refused while containers run on it', () => {
    const body = 'docker network create n1\ndocker run -d --name c1 --network n1 bb\ndocker network rm n1'
    expect(lab('28', body).error(2)).toMatch(
      /^error while removing network: network n1 has active endpoints \(name:"c1" id:"[0-9a-f]{12}"\)$/,
    )
    expect(lab('26', body).error(2)).toMatch(
      /^error while removing network: network n1 id [0-9a-f]{64} has active endpoints$/,
    )
  })

  it('is done when its containers have stopped', () => {
    const body =
      'docker network create n1\ndocker run -d --name c1 --network n1 bb\ndocker stop c1\ndocker network rm n1\ndocker start c1'
    expect(lab('28', body).error(3)).toBeNull()
    expect(lab('28', body).error(4)).toMatch(
      /^failed to set up container networking: network [0-9a-f]{64} not found$/,
    )
  })

  it('is refused for predefined networks and unknown ones', () => {
    expect(refusal('docker network rm bridge')).toBe('bridge is a pre-defined network and cannot be removed')
    expect(refusal('docker network rm nosuch')).toBe('network nosuch not found')
  })

  it('by prune leaves those in use', () => {
    const result = lab(
      '28',
      'docker network create n1\ndocker network create n2\ndocker run -d --name c1 --network n2 bb\ndocker network prune -f',
    )
    expect([...result.plan.networks.keys()]).toEqual(['bridge', 'n2'])
  })
})
