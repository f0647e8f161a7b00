/** Prints that were held beside running engines (tests/ways does so again). */
import { describe, expect, it } from 'vitest'
import { planNetworks } from '../../src/plan/plan-networks.ts'
import { printModel } from '../../src/print/print.ts'
import { readTopology } from '../../src/topology/read.ts'

function printed(block: string, kind: string, argument = ''): string {
  const topology = readTopology(block, () => {})
  if (topology === null) throw new Error(block)
  const print = printModel(
    kind,
    argument,
    planNetworks(topology, () => {}),
    topology,
  )
  if (!print.ok) throw new Error(print.message)
  return print.text
}

describe('print=hosts', () => {
  it('has links of the default bridge and extra hosts', () => {
    const block = `
commands:
  - docker run -d --name redis redis
  - docker run -d --name web --link redis:db --add-host extra:10.1.2.3 --add-host gate:host-gateway nginx`
    const lines = printed(block, 'hosts', 'web').split('\n')
    expect(lines).toContain('172.17.0.2\tdb <id of redis> redis')
    expect(lines).toContain('10.1.2.3\textra')
    expect(lines).toContain('172.17.0.1\tgate')
  })
})

describe('print=resolv-conf', () => {
  it('has what the container was given, and 127.0.0.11 on a network of one’s own', () => {
    const block = `
commands:
  - docker network create n
  - docker run -d --name own --network n --dns 192.0.2.9 --dns-search example.test bb
  - docker run -d --name plain --dns 192.0.2.9 --dns-search example.test --dns-option timeout:3 bb`
    expect(printed(block, 'resolv-conf', 'own').split('\n')).toEqual([
      'nameserver 127.0.0.11',
      'search example.test',
      'options ndots:0',
    ])
    expect(printed(block, 'resolv-conf', 'plain').split('\n')).toEqual([
      'nameserver 192.0.2.9',
      'search example.test',
      'options timeout:3',
    ])
  })
})

describe('print=inspect', () => {
  it('calls the sandbox of the routing mesh by its name', () => {
    const block = 'hosts: { host: { address: 192.168.10.5/24 } }\ncommands: [docker swarm init]'
    expect(Object.keys(JSON.parse(printed(block, 'inspect', 'ingress'))[0].Containers)).toEqual([
      'ingress-sbox',
    ])
    expect(Object.keys(JSON.parse(printed(block, 'inspect', 'docker_gwbridge'))[0].Containers)).toEqual([
      'ingress-sbox',
    ])
  })

  it('has the options of the default bridge', () => {
    expect(JSON.parse(printed('services: { a: {} }', 'inspect', 'bridge'))[0].Options).toMatchObject({
      'com.docker.network.bridge.enable_icc': 'true',
      'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
      'com.docker.network.driver.mtu': '1500',
    })
  })
})

describe('print=iptables', () => {
  it('without docker-proxy translates for the host first, and for a container to itself once', () => {
    const block = `
engine: 28
daemon: { userland-proxy: false }
commands:
  - docker network create -o com.docker.network.bridge.name=bridge1 --subnet 192.0.2.0/24 --gateway 192.0.2.1 bridge1
  - docker run -d --network bridge1 -p 8080:80 -p 127.0.0.1:8081:80 --name c1 busybox`
    expect(
      printed(block, 'iptables')
        .split('\n')
        .filter((line) => /POSTROUTING -|DNAT/.test(line)),
    ).toEqual([
      '-A POSTROUTING -o bridge1 -m addrtype --src-type LOCAL -j MASQUERADE',
      '-A POSTROUTING -s 192.0.2.0/24 ! -o bridge1 -j MASQUERADE',
      '-A POSTROUTING -o docker0 -m addrtype --src-type LOCAL -j MASQUERADE',
      '-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE',
      '-A POSTROUTING -s 192.0.2.2/32 -d 192.0.2.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE',
      '-A DOCKER -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.2:80',
      '-A DOCKER -d 127.0.0.1/32 -p tcp -m tcp --dport 8081 -j DNAT --to-destination 192.0.2.2:80',
    ])
  })

  it('has an IPv6 table from 27 on', () => {
    const block = (engine: number) => `
engine: ${engine}
commands:
  - docker network create --ipv6 --subnet fd00:6::/64 -o com.docker.network.bridge.name=six six
  - docker run -d --network six -p 8080:80 --name c1 busybox`
    expect(printed(block(28), 'ip6tables')).toContain('-A POSTROUTING -s fd00:6::/64 ! -o six -j MASQUERADE')
    expect(printed(block(26), 'ip6tables')).not.toContain('DOCKER')
  })
})

describe('print=compose of commands', () => {
  it('keeps the order on the default bridge, joined sandboxes, links and names', () => {
    const text = printed(
      `
commands:
  - docker run -d --name d1 bb
  - docker run -d --name d2 --link d1:db bb
  - docker run -d --name d3 --dns 192.0.2.9 --dns-search example.test --add-host extra:10.1.2.3 bb
  - docker network create u
  - docker run -d --name u1 --network u bb
  - docker run -d --name cj --network container:u1 bb`,
      'compose',
    )
    const again = readTopology(text, () => {})
    if (again === null) throw new Error(text)
    const plan = planNetworks(again, () => {})
    expect(text).toContain('network_mode: service:u1')
    expect(again.services.get('d3')).toMatchObject({
      dependsOn: [{ value: 'd2' }],
      dns: [{ value: '192.0.2.9' }],
      dnsSearch: [{ value: 'example.test' }],
      extraHosts: [{ value: 'extra:10.1.2.3' }],
    })
    expect([...plan.containers.keys()].sort()).toEqual(['cj', 'd1', 'd2', 'd3', 'u1'])
  })
})
