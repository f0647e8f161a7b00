/** Ways that were measured by sending packets on engines 20.10, 26.1, 28.5 and 29.7 (tests/ways does so again). */
import { describe, expect, it } from 'vitest'
import { dropOf, planOf, traceOf, way } from './ways.ts'

const HOST = 'hosts: { host: { address: 198.51.100.10/24, nameservers: [198.51.100.1] } }\n'
const block = (commands: readonly string[], head = ''): string =>
  `${HOST}${head}\ncommands:\n${commands.map((command) => `- ${JSON.stringify(command)}`).join('\n')}\n`

describe('the host’s own 127.0.0.1 never leaves it', () => {
  const commands = [
    'docker network create na',
    'docker run -d --name a1 --network na -p 8080:80 -p 127.0.0.1:8081:81 bb',
  ]
  const plan = planOf(block(commands))

  it('docker-proxy takes a published port, and the container sees the bridge', () => {
    expect(traceOf(plan, 'host -> 127.0.0.1:8080')).toMatchObject({ destination: 'a1', seenAs: '172.18.0.1' })
    expect(traceOf(plan, 'host -> localhost:8081')).toMatchObject({ destination: 'a1', effect: 'answered' })
    expect(traceOf(plan, 'host -> [::1]:8080')).toMatchObject({ destination: 'a1', seenAs: '172.18.0.1' })
  })

  it('a port nobody publishes there is refused', () => {
    expect(traceOf(plan, 'host -> 127.0.0.1:1234').effect).toBe('refused')
    expect(dropOf(plan, 'host -> 127.0.0.1:1234')).toBe('port-closed')
    expect(dropOf(plan, 'client -> host:8081')).toBe('published-elsewhere')
  })

  it('without docker-proxy the kernel leads IPv4 to the container, and nobody serves ::1', () => {
    const bare = planOf(block(commands, 'daemon: { userland-proxy: false }'))
    expect(traceOf(bare, 'host -> 127.0.0.1:8080')).toMatchObject({ destination: 'a1', seenAs: '172.18.0.1' })
    expect(traceOf(bare, 'host -> [::1]:8080').effect).toBe('refused')
  })

  it('localhost of a container is the container', () => {
    expect(way(plan, 'a1 -> localhost:80')).toEqual([
      'host/container/a1 hosts localhost = 127.0.0.1',
      'host/container/a1 loopback',
      'host/container/a1 deliver 127.0.0.1:80',
    ])
  })
})

describe('macvlan and ipvlan on the LAN', () => {
  it('cut the host off from the children alone', () => {
    const plan = planOf(
      block([
        'docker network create -d macvlan --subnet 198.51.100.0/24 --gateway 198.51.100.1 --ip-range 198.51.100.64/27 -o parent=eth0 lan',
        'docker network create br',
        'docker run -d --name b1 --network br bb',
        'docker run -d --name v1 --network lan bb',
      ]),
    )
    expect(traceOf(plan, 'b1 -> client:80')).toMatchObject({ effect: 'answered', seenAs: '198.51.100.10' })
    expect(traceOf(plan, 'host -> client:80').reached).toBe(true)
    expect(dropOf(plan, 'b1 -> 198.51.100.64:80')).toBe('host-and-child')
    expect(traceOf(plan, 'v1 -> 172.18.0.2:80').effect).toBe('unreachable')
  })

  it('another host of the LAN reaches a child', () => {
    const plan = planOf(`
hosts: { aa: { address: 192.168.0.2/24 }, bb: { address: 192.168.0.3/24 } }
commands:
  - "[aa] docker network create -d macvlan --subnet 192.168.0.0/24 --gateway 192.168.0.1 -o parent=eth0 mv"
  - "[bb] docker network create -d macvlan --subnet 192.168.0.0/24 --gateway 192.168.0.1 -o parent=eth0 mv"
  - "[aa] docker run -d --net mv --ip 192.168.0.4 --name web nginx"
`)
    expect(traceOf(plan, 'bb -> 192.168.0.4')).toMatchObject({ reached: true, destination: 'web' })
    expect(dropOf(plan, 'aa -> 192.168.0.4')).toBe('host-and-child')
  })

  it('nobody outside knows an ipvlan l3 subnet, whose children know each other', () => {
    const plan = planOf(
      block([
        'docker network create -d ipvlan --subnet 10.1.214.0/24 --subnet 10.1.215.0/24 -o parent=eth0 -o ipvlan_mode=l3 l3',
        'docker run -d --name one --network l3 --ip 10.1.214.10 bb',
        'docker run -d --name two --network l3 --ip 10.1.215.10 bb',
      ]),
    )
    expect(traceOf(plan, 'one -> 10.1.215.10:80')).toMatchObject({ reached: true, destination: 'two' })
    expect(way(plan, 'one -> 10.1.215.10:80')).not.toContainEqual(expect.stringContaining('bridge'))
    expect(traceOf(plan, 'client -> 10.1.214.10:80').effect).toBe('unreachable')
    expect(dropOf(plan, 'one -> client:80')).toBe('no-way-back')
  })

  it('a VLAN is another LAN', () => {
    const plan = planOf(
      block([
        'docker network create -d macvlan --subnet 10.50.0.0/24 --gateway 10.50.0.1 -o parent=eth0.50 vlan',
        'docker run -d --name w1 --network vlan bb',
      ]),
    )
    expect(traceOf(plan, 'client -> w1:80').effect).toBe('unreachable')
  })
})

describe('filters of a bridge', () => {
  it('an internal network does not even reach what others publish at its own gateway', () => {
    const plan = planOf(
      block([
        'docker network create --internal inner',
        'docker network create outer',
        'docker run -d --name i1 --network inner bb',
        'docker run -d --name o1 --network outer -p 8002:80 bb',
      ]),
    )
    expect(dropOf(plan, 'i1 -> 172.18.0.1:8002')).toBe('internal')
    expect(dropOf(plan, 'i1 -> 172.18.0.1:9')).toBe('port-closed')
  })

  it('icc=false drops neighbour discovery with the rest (28.5.2, seeds 6102 and 6204 of test:ways)', () => {
    const plan = planOf(
      block([
        'docker network create --ipv6 --subnet fd00:1::/64 -o com.docker.network.bridge.enable_icc=false n0',
        'docker run -d --name c0 --network n0 bb',
        'docker run -d --name c1 --network n0 bb',
      ]),
    )
    expect(traceOf(plan, 'c0 -> [fd00:1::3]:80').effect).toBe('unreachable')
    expect(traceOf(plan, 'c0 -> [fd00:1::3]:80/udp').effect).toBe('timeout')
    expect(traceOf(plan, 'c0 -> 172.18.0.3:80').effect).toBe('timeout')
  })
  it('icc=false holds against a link on a network of one’s own', () => {
    const plan = planOf(
      block([
        'docker network create -o com.docker.network.bridge.enable_icc=false quiet',
        'docker run -d --name q2 --network quiet bb',
        'docker run -d --name q3 --network quiet --link q2:two bb',
      ]),
    )
    expect(traceOf(plan, 'q3 -> two:80')).toMatchObject({ effect: 'timeout' })
    expect(way(plan, 'q3 -> two:80')[0]).toContain('two = 172.18.0.2')
  })

  it('routed: nothing listens on the host, and another bridge masquerades', () => {
    const plan = planOf(
      block([
        'docker network create -o com.docker.network.bridge.gateway_mode_ipv4=routed rt',
        'docker network create plain',
        'docker run -d --name r1 --network rt -p 8080:80 bb',
        'docker run -d --name p1 --network plain bb',
      ]),
    )
    expect(traceOf(plan, 'client -> 198.51.100.10:8080').effect).toBe('refused')
    expect(traceOf(plan, 'host -> 127.0.0.1:8080').effect).toBe('refused')
    expect(dropOf(plan, 'host -> 127.0.0.1:8080')).toBe('routed-only')
    expect(traceOf(plan, 'p1 -> 172.18.0.2:80')).toMatchObject({ reached: true, seenAs: '172.18.0.1' })
  })

  it('isolated: the host is not on the bridge', () => {
    const plan = planOf(
      block([
        'docker network create --internal -o com.docker.network.bridge.gateway_mode_ipv4=isolated iso',
        'docker run -d --name s1 --network iso bb',
      ]),
    )
    expect(traceOf(plan, 'host -> 172.18.0.1:80').reached).toBe(false)
  })

  it('nat-unprotected and trusted interfaces open the containers’ own addresses', () => {
    const plan = planOf(
      block([
        'docker network create -o com.docker.network.bridge.gateway_mode_ipv4=nat-unprotected un',
        'docker run -d --name u1 --network un bb',
        'docker network create -o com.docker.network.bridge.trusted_host_interfaces=eth0 tr',
        'docker run -d --name t1 --network tr -p 8080:80 bb',
      ]),
    )
    expect(traceOf(plan, 'client -> 172.18.0.2:5000').reached).toBe(true)
    expect(traceOf(plan, 'client -> 172.19.0.2:80').reached).toBe(true)
    expect(dropOf(plan, 'client -> 172.19.0.2:5000')).toBe('unpublished')
  })

  it('up to 27 the LAN reaches a published port at the container’s own address on its gateway network alone', () => {
    const plan = planOf(
      block(
        [
          'docker network create aa',
          'docker network create bb',
          'docker create --name multi --network aa -p 8080:80 bb',
          'docker network connect bb multi',
          'docker start multi',
        ],
        'engine: 26',
      ),
    )
    expect(traceOf(plan, 'client -> 172.18.0.2:80').reached).toBe(true)
    expect(dropOf(plan, 'client -> 172.19.0.2:80')).toBe('unpublished')
  })
})

describe('docker-proxy and the kernel', () => {
  const commands = [
    'docker network create na',
    'docker network create nb',
    'docker run -d --name a1 --network na -p 8080:80 bb',
    'docker run -d --name a2 --network na bb',
    'docker run -d --name b1 --network nb bb',
  ]
  const bare = (engine: number) =>
    planOf(block(commands, `engine: ${engine}\ndaemon: { userland-proxy: false }`))

  it('without docker-proxy a neighbour keeps its own source, and the host has the bridge’s', () => {
    expect(traceOf(bare(29), 'a2 -> host:8080').seenAs).toBe('172.18.0.3')
    expect(traceOf(bare(29), 'a1 -> host:8080').seenAs).toBe('172.18.0.1')
    expect(traceOf(bare(29), 'host -> 198.51.100.10:8080').seenAs).toBe('172.18.0.1')
  })

  it('and a container of another bridge gets through from 29 on', () => {
    expect(dropOf(bare(28), 'b1 -> host:8080')).toBe('isolation')
    expect(traceOf(bare(29), 'b1 -> host:8080')).toMatchObject({ reached: true, seenAs: '172.18.0.1' })
  })

  it('from 29 on the kernel translates for a container of another bridge, with docker-proxy too', () => {
    const kinds = (engine: number) =>
      traceOf(planOf(block(commands, `engine: ${engine}`)), 'b1 -> host:8080').hops.map((hop) => hop.kind)
    expect(kinds(28)).toContain('proxy')
    expect(kinds(29)).toContain('dnat')
  })

  it('a packet’s answer that leaves by another interface does not come back', () => {
    const plan = planOf(
      block([
        'docker network create -d macvlan --subnet 198.51.100.0/24 --gateway 198.51.100.1 --ip-range 198.51.100.96/28 -o parent=eth0 lan',
        'docker network create aa',
        'docker create --name c0 --network aa -p 8000:80 bb',
        'docker network connect lan c0',
        'docker start c0',
      ]),
    )
    expect(dropOf(plan, 'client -> host:8000')).toBe('no-way-back')
  })

  it('IPv6 goes to IPv6', () => {
    const plan = planOf(
      block([
        'docker network create --ipv6 --subnet 10.6.0.0/24 --subnet fd00:6::/64 six',
        'docker run -d --name s1 --network six -p 8080:80 bb',
        'docker run -d --name s2 --network six bb',
      ]),
    )
    expect(traceOf(plan, 's2 -> [fd00:6::1]:8080')).toMatchObject({ destination: 's1', seenAs: 'fd00:6::1' })
    expect(way(plan, 's2 -> [fd00:6::1]:8080')).toContainEqual(
      'host/host/six proxy [fd00:6::1]:8080 > [fd00:6::2]:80',
    )
    expect(traceOf(plan, 'host -> [fd00:6::2]:80').seenAs).toBe('fd00:6::1')
    expect(traceOf(plan, 'host -> [::1]:8080').seenAs).toBe('fd00:6::1')
  })
})

describe('names', () => {
  it('an alias belongs to its network', () => {
    const plan = planOf(`
networks: { aa: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } }, bb: { ipam: { config: [{ subnet: 10.2.0.0/24 }] } } }
services:
  two: { image: alpine, networks: { aa: { aliases: [onlya], ipv4_address: 10.1.0.20 }, bb: { aliases: [onlyb], ipv4_address: 10.2.0.20 } } }
  one: { image: alpine, networks: { aa: { ipv4_address: 10.1.0.10 }, bb: { ipv4_address: 10.2.0.10 } } }
  three: { image: alpine, networks: { aa: { ipv4_address: 10.1.0.30 } } }
`)
    expect(dropOf(plan, 'three -> onlyb')).toBe('name-unknown')
    expect(way(plan, 'one -> onlyb')[0]).toBe('host/container/one resolve onlyb = 10.2.0.20 (container)')
    expect(way(plan, 'one -> onlya')[0]).toBe('host/container/one resolve onlya = 10.1.0.20 (container)')
  })

  it('extra hosts are lines of /etc/hosts', () => {
    const plan = planOf(`${HOST}services:
  web: { image: nginx, extra_hosts: ["host.docker.internal:host-gateway", "db.example:10.1.2.3"] }
  map: { image: nginx, extra_hosts: { db.example: 10.1.2.4 } }`)
    expect(way(plan, 'web -> host.docker.internal')[0]).toBe(
      'host/container/web hosts host.docker.internal = 172.17.0.1',
    )
    expect(way(plan, 'web -> db.example')[1]).toContain('> 10.1.2.3')
    expect(way(plan, 'map -> db.example')[1]).toContain('> 10.1.2.4')
  })

  it('a link belongs to the network it was made for', () => {
    const plan = planOf(`
commands:
  - docker network create --subnet 172.25.0.0/16 n1
  - docker network create --subnet 172.26.0.0/24 n2
  - docker run -d --name cc4 --network n1 --link cc5:c5 busybox
  - docker run -d --name cc5 --network n1 busybox
  - docker network connect --link cc5:foo n2 cc4
  - docker network connect n2 cc5
  - docker network disconnect n1 cc5
`)
    expect(way(plan, 'cc4 -> foo')[0]).toContain('foo = 172.26.0.3')
    expect(dropOf(plan, 'cc4 -> c5')).toBe('name-unknown')
  })

  it('links of a project are names', () => {
    const plan = planOf('services:\n  web: {}\n  cat: { links: ["web:frontend"] }')
    expect(traceOf(plan, 'cat -> frontend').destination).toBe('web')
  })

  it('a container in another’s sandbox has no name, one in host mode asks as the host does', () => {
    const plan = planOf(
      block([
        'docker network create na',
        'docker run -d --name base --network na bb',
        'docker run -d --name side --network container:base bb',
        'docker run -d --name hm --network host bb',
      ]),
    )
    expect(dropOf(plan, 'base -> side:4000')).toBe('name-unknown')
    expect(traceOf(plan, 'base -> 127.0.0.1:4000').reached).toBe(true)
    expect(dropOf(plan, 'hm -> base:80')).toBe('name-unknown')
    expect(traceOf(plan, 'client -> host:4002').effect).toBe('refused')
  })

  it('a task has its id in its name', () => {
    const plan = planOf(
      'swarm: true\nhosts: { n1: { address: 192.0.2.1/24 } }\nservices: { api: {}, web: {} }',
    )
    expect(dropOf(plan, 'api.1 -> web.1:80')).toBe('name-unknown')
    expect(traceOf(plan, 'api.1 -> tasks.web:80').destination).toBe('web.1')
  })
})

describe('what a container listens on', () => {
  const plan = planOf(
    block([
      'docker network create na',
      'docker run -d --name web --network na --expose 80 -p 8443:443 bb',
      'docker run -d --name cat --network na bb',
      'docker run -d --name hm --network host --expose 9100 bb',
    ]),
  )

  it('is what it exposes and publishes, where it says so', () => {
    expect(traceOf(plan, 'cat -> web:80').reached).toBe(true)
    expect(traceOf(plan, 'cat -> web:443').reached).toBe(true)
    expect(traceOf(plan, 'cat -> web:81')).toMatchObject({ effect: 'refused' })
    expect(traceOf(plan, 'web -> cat:81').reached).toBe(true)
  })

  it('opens the host’s port in host mode', () => {
    expect(traceOf(plan, 'client -> host:9100').destination).toBe('hm')
    expect(traceOf(plan, 'client -> host:9101').effect).toBe('refused')
  })
})

it('a container whose partner was restarted has no network', () => {
  const plan = planOf(`${HOST}services:
  vpn: { image: vpn, ports: ["6687:6687"] }
  app: { image: app, network_mode: "service:vpn" }
commands: [docker restart vpn]`)
  expect(traceOf(plan, 'app -> outside')).toMatchObject({ reached: false, effect: 'unreachable' })
  expect(traceOf(plan, 'client -> host:6687').destination).toBe('vpn')
})

describe('what processes of a host listen on', () => {
  const plan = planOf(`
hosts: { host: { address: 198.51.100.10/24, listens: [22, 53/udp, "127.0.0.1:5432", 8000-8010] } }
commands:
- docker network create n
- docker run -d --name web --network n --add-host host.docker.internal:host-gateway bb
`)
  it('takes packets of containers, of the LAN and of the host itself', () => {
    for (const question of ['client -> host:22', 'host -> localhost:22', 'web -> host.docker.internal:8005'])
      expect(traceOf(plan, question).effect).toBe('answered')
    expect(traceOf(plan, 'client -> host:53/udp').effect).toBe('answered')
    expect(traceOf(plan, 'client -> host:53').effect).toBe('refused')
  })
  it('on one address it is nowhere else', () => {
    expect(traceOf(plan, 'host -> 127.0.0.1:5432').effect).toBe('answered')
    const lost = traceOf(plan, 'web -> host.docker.internal:5432')
    expect(lost.effect).toBe('refused')
    expect(lost.hops.at(-1)).toMatchObject({ reason: 'port-closed', rule: 'listens: 127.0.0.1:5432' })
  })
  it('is read with care', () => {
    expect(() => planOf('hosts: { host: { listens: [ssh, 70000, "x:22"] } }\ncommands: [docker ps]')).toThrow(
      /INVALID_PORT.*INVALID_PORT.*INVALID_PORT/,
    )
  })
})
