/** What articles, bug reports and running engines showed, case by case: addresses, ways, refusals and warnings. */
import { describe, expect, it } from 'vitest'
import { planSource } from '../../src/compile.ts'
import { natRules } from '../../src/print/iptables.ts'
import { printModel } from '../../src/print/print.ts'
import { readTopology } from '../../src/topology/read.ts'
import { printTrace } from '../../src/trace/print.ts'
import { parseTraceRequest } from '../../src/trace/request.ts'
import { tracePacket } from '../../src/trace/trace-packet.ts'
import { asText } from '../support/as-text.ts'

const HOST = 'hosts: { host: { address: 198.51.100.10/24 } }'
const typed = (engine: number, commands: readonly string[], rest = HOST): string =>
  `engine: ${engine}\n${rest}\ncommands: ${JSON.stringify(commands)}`

function seen(block: string) {
  const { plan, problems } = planSource(block)
  if (plan === null) throw new Error(JSON.stringify(problems))
  const topology = readTopology(block, () => {})
  const text = asText(plan)
  return {
    plan,
    codes: problems.map(({ code }) => code),
    messages: problems.map(({ message }) => message),
    ip: (name: string): string => [...(text.containers.get(name)?.endpoints.values() ?? [])][0]?.ipv4 ?? '',
    state: (name: string): string => plan.containers.get(name)?.state ?? 'gone',
    /** The last hop but what is said below it, and how it ended. */
    way(question: string): string {
      const parsed = parseTraceRequest(question, plan, { start: 0, end: 0 })
      if (!parsed.ok) throw new Error(parsed.problem.message)
      return printTrace(tracePacket(plan, parsed.request))
    },
    print(kind: string, argument: string): string {
      const print = topology === null ? null : printModel(kind, argument, plan, topology)
      return print === null ? '' : print.ok ? print.text : print.message
    },
  }
}

describe('of running engines', () => {
  it('127.0.0.1 of the host never leaves it', () => {
    const { way } = seen(
      typed(29, ['docker network create na', 'docker run -d --name a1 --network na -p 8080:80 bb']),
    )
    expect(way('host -> 127.0.0.1:8080')).toContain(
      'a1 eth0 (na): received at 172.18.0.2:80, from 172.18.0.1',
    )
    expect(way('host -> 127.0.0.1:1234')).toContain('not reached: connection refused')
  })
  it('a macvlan network cuts the host off its children, not off the LAN', () => {
    const lan =
      'docker network create -d macvlan --subnet 198.51.100.0/24 --gateway 198.51.100.1 --ip-range 198.51.100.64/27 -o parent=eth0 lan'
    const { way } = seen(
      typed(29, [lan, 'docker network create br', 'docker run -d --name b1 --network br bb']),
    )
    for (const question of ['b1 -> client:80', 'b1 -> 198.51.100.77:80', 'host -> client:80'])
      expect(way(question)).toMatch(/from 198\.51\.100\.10\nreached/)
  })
  it('a link opens no port where icc is false on a network of one’s own', () => {
    const quiet = 'docker network create -o com.docker.network.bridge.enable_icc=false quiet'
    const { way } = seen(
      typed(29, [
        quiet,
        'docker run -d --name q2 --network quiet bb',
        'docker run -d --name q3 --network quiet --link q2:two bb',
      ]),
    )
    expect(way('q3 -> two:80')).toContain('no answer until it times out')
  })
  it.each([28, 29])('routed has no port of the host in %i', (engine) => {
    const { way } = seen(
      typed(engine, [
        'docker network create -o com.docker.network.bridge.gateway_mode_ipv4=routed rt',
        'docker network create plain',
        'docker run -d --name r1 --network rt -p 8080:80 bb',
        'docker run -d --name p1 --network plain bb',
      ]),
    )
    expect(way('client -> 198.51.100.10:8080')).toContain('connection refused')
    expect(way('host -> 127.0.0.1:8080')).toContain('connection refused')
    expect(way('p1 -> 172.18.0.2:80')).toContain('received at 172.18.0.2:80, from 172.18.0.1')
  })
  it.each([28, 29])('nat-unprotected and trusted interfaces open ports in %i', (engine) => {
    const { way } = seen(
      typed(engine, [
        'docker network create -o com.docker.network.bridge.gateway_mode_ipv4=nat-unprotected un',
        'docker run -d --name u1 --network un bb',
        'docker network create -o com.docker.network.bridge.trusted_host_interfaces=eth0 tr',
        'docker run -d --name t1 --network tr -p 8080:80 bb',
      ]),
    )
    expect(way('client -> 172.18.0.2:5000')).toMatch(/\nreached/)
    expect(way('client -> 172.19.0.2:80')).toMatch(/\nreached/)
    expect(way('client -> 172.19.0.2:5000')).toContain('not reached')
  })
  it('without docker-proxy another bridge reaches a published port from 29 on', () => {
    const commands = [
      'docker network create na',
      'docker network create nb',
      'docker run -d --name a1 --network na -p 8080:80 bb',
      'docker run -d --name a2 --network na bb',
      'docker run -d --name b1 --network nb bb',
    ]
    const without = `${HOST}\ndaemon: { userland-proxy: false }`
    const ways = (engine: number) => seen(typed(engine, commands, without)).way
    expect(ways(29)('b1 -> host:8080')).toMatch(/\nreached/)
    for (const engine of [26, 28]) expect(ways(engine)('b1 -> host:8080')).toContain('not reached')
    for (const engine of [26, 28, 29]) {
      expect(ways(engine)('a2 -> host:8080')).toContain('received at 172.18.0.2:80, from 172.18.0.3')
      expect(ways(engine)('host -> 198.51.100.10:8080')).toContain('from 172.18.0.1\nreached')
    }
  })
  it('docker-proxy connects IPv6 to IPv6', () => {
    const { way } = seen(
      typed(29, [
        'docker network create --ipv6 --subnet 10.6.0.0/24 --subnet fd00:6::/64 six',
        'docker run -d --name s1 --network six -p 8080:80 bb',
        'docker run -d --name s2 --network six bb',
      ]),
    )
    for (const question of ['s2 -> [fd00:6::1]:8080', 'host -> [fd00:6::2]:80', 'host -> [::1]:8080'])
      expect(way(question)).toContain('received at [fd00:6::2]:80, from fd00:6::1\nreached')
  })
  it('a container in the sandbox of another has no name', () => {
    const { way } = seen(
      typed(29, [
        'docker network create na',
        'docker run -d --name base --network na bb',
        'docker run -d --name side --network container:base bb',
      ]),
    )
    expect(way('base -> side:4000')).toContain('the name is not resolved')
  })
  it('a restart of the engine stops those without a policy', () => {
    const { ip, state, codes } = seen(
      typed(28, [
        'docker run -d --name aa bb',
        'docker run -d --restart always --name bb bb',
        'systemctl restart docker',
        'docker run -d --name cc bb',
      ]),
    )
    expect([state('aa'), ip('bb'), ip('cc')]).toEqual(['exited', '172.17.0.2/16', '172.17.0.3/16'])
    expect(codes).toEqual(['STOPPED_BY_RESTART'])
  })
  it.each([20, 26, 28, 29])('%i: a network made anew is another one to a container that ran', (engine) => {
    const { state, messages } = seen(
      typed(engine, [
        'docker network create n',
        'docker run -d --name ca --network n bb',
        'docker stop ca',
        'docker network rm n',
        'docker network create n',
        'docker start ca',
      ]),
    )
    expect(state('ca')).toBe('exited')
    expect(messages[0]).toMatch(/network [0-9a-f]{64} not found$/)
  })
})

describe('of pages and reports', () => {
  it('docker run --rm in the foreground has ended', () => {
    const { ip, plan } = seen(
      typed(
        28,
        [
          'docker network create app-net',
          'docker run -d --name web --network app-net nginx',
          'docker run --rm --network app-net busybox nslookup web',
          'docker run -d --name api --network app-net nginx',
        ],
        '',
      ),
    )
    expect(ip('api')).toBe('172.18.0.3/16')
    expect([...plan.containers.keys()]).toEqual(['web', 'api'])
  })
  it('localhost is who asks', () => {
    const { way } = seen(
      typed(28, [
        'docker run -d -p 8080:80 --name web1 nginx',
        'docker run -d -p 127.0.0.1:8081:80 --name web2 nginx',
      ]),
    )
    expect(way('host -> localhost:8081')).toContain('web2 eth0 (bridge): received')
    expect(way('client -> host:8081')).toContain('decided by: -p 127.0.0.1:8081:80')
    expect(way('web1 -> localhost:80')).toContain('web1: received at 127.0.0.1:80')
  })
  it('an alias is of its network', () => {
    const networks =
      'networks: { aa: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } }, bb: { ipam: { config: [{ subnet: 10.2.0.0/24 }] } } }'
    const { way } = seen(`${networks}
services:
  two: { image: i, networks: { aa: { aliases: [onlya], ipv4_address: 10.1.0.20 }, bb: { aliases: [onlyb], ipv4_address: 10.2.0.20 } } }
  one: { image: i, networks: { aa: { ipv4_address: 10.1.0.10 }, bb: { ipv4_address: 10.2.0.10 } } }
  three: { image: i, networks: { aa: { ipv4_address: 10.1.0.30 } } }`)
    expect(way('three -> onlyb')).toContain('the name is not resolved')
    expect(way('one -> onlyb')).toContain('onlyb is 10.2.0.20')
    expect(way('one -> onlya')).toContain('onlya is 10.1.0.20')
  })
  it('extra_hosts are in /etc/hosts', () => {
    const { way, print } = seen(`${HOST}
services: { web: { image: nginx, extra_hosts: ["host.docker.internal:host-gateway", "db.example:10.1.2.3"] } }`)
    expect(print('hosts', 'web')).toMatch(/172\.17\.0\.1\thost\.docker\.internal\n10\.1\.2\.3\tdb\.example/)
    expect(way('web -> host.docker.internal')).toContain('received at 172.17.0.1')
    expect(way('web -> db.example')).toContain('received at 10.1.2.3')
  })
  it('a link is in /etc/hosts on the default bridge, and of its network elsewhere', () => {
    const { way, print } = seen(
      typed(28, [
        'docker run -d --name redis redis',
        'docker run -d --name web --link redis:db nginx',
        'docker network create --subnet 172.25.0.0/16 n1',
        'docker network create --subnet 172.26.0.0/24 n2',
        'docker run -d --name cc4 --network n1 --link cc5:c5 busybox',
        'docker run -d --name cc5 --network n1 busybox',
        'docker network connect --link cc5:foo n2 cc4',
        'docker network connect n2 cc5',
        'docker network disconnect n1 cc5',
      ]),
    )
    expect(print('hosts', 'web')).toContain('172.17.0.2\tdb <id of redis> redis')
    expect(way('cc4 -> foo')).toContain('foo is 172.26.0.3')
    expect(way('cc4 -> c5')).toContain('the name is not resolved')
  })
  it('default-gateway is the route of docker0', () => {
    const daemon =
      'daemon: { bip: 192.168.1.1/24, fixed-cidr: 192.168.1.0/25, default-gateway: 192.168.1.254 }'
    expect(seen(typed(28, ['docker run -d --name c1 nginx'], daemon)).print('ip-route', 'c1')).toContain(
      'default via 192.168.1.254',
    )
  })
  it('a child on one host is a machine of the LAN to another', () => {
    const mv =
      'docker network create -d macvlan --subnet 192.168.0.0/24 --gateway 192.168.0.1 -o parent=eth0 mv'
    const hosts = 'hosts: { aa: { address: 192.168.0.2/24 }, bb: { address: 192.168.0.3/24 } }'
    const { way } = seen(
      typed(
        28,
        [`[aa] ${mv}`, `[bb] ${mv}`, '[aa] docker run -d --net mv --ip 192.168.0.4 --name web nginx'],
        hosts,
      ),
    )
    expect(way('bb -> 192.168.0.4')).toMatch(/\nreached/)
    expect(way('aa -> 192.168.0.4')).toContain('not reached')
  })
  it('the sandbox of ingress is called ingress-sbox', () => {
    const { print } = seen(typed(28, ['docker swarm init']))
    for (const network of ['ingress', 'docker_gwbridge'])
      expect(Object.keys(JSON.parse(print('inspect', network))[0].Containers)).toEqual(['ingress-sbox'])
  })
  it('rules of 29 do not return, and its filter has no isolation chains', () => {
    const { plan, way } = seen(
      typed(29, [
        'docker network create kamal',
        'docker run -d --network kamal --name proxy -p 80:80 -p 443:443 img',
        'docker run -d --name other alpine',
      ]),
    )
    expect(natRules(plan, 'host').filter((line) => line.includes('RETURN'))).toEqual([])
    expect(way('other -> 172.18.0.2')).toContain(
      'iptables -t raw: -A PREROUTING -d 172.18.0.2/32 ! -i br-<kamal> -j DROP',
    )
  })
  it.each([
    [
      'a static address beside a dynamic one',
      `networks: { net: { ipam: { config: [{ subnet: 172.30.0.0/24 }] } } }
services: { first: { image: i, networks: { net: { ipv4_address: 172.30.0.2 } } }, second: { image: i, networks: [net] } }`,
      ['FAILS_BY_CHANCE', 'ADDRESS_BY_CHANCE'],
    ],
    [
      'a port of an internal network',
      typed(
        28,
        [
          'docker network create --internal testnet',
          'docker run -d --name testcon --net testnet -p 127.0.0.1:8080:80 nginx',
        ],
        '',
      ),
      ['NOT_PUBLISHED'],
    ],
    [
      'a compose file that is not there',
      typed(28, ['docker network create shared', 'docker compose -p project1 -f p1/compose.yaml up -d'], ''),
      ['COMPOSE_FILE_NOT_FOUND'],
    ],
    [
      'what is done and does nothing',
      typed(
        28,
        [
          'docker network create nn',
          'docker run -d -P --name redis --network nn redis',
          'docker network create --subnet 2001:db8::/64 v6off',
          'systemctl restart docker',
        ],
        '',
      ),
      ['EXPOSED_PORTS_UNKNOWN', 'IPV6_SUBNET_UNUSED', 'STOPPED_BY_RESTART'],
    ],
    [
      'renames and clean-ups',
      typed(
        28,
        [
          'docker run -d --name c1 nginx',
          'docker rename c1 c2',
          'docker stop c2',
          'docker container prune -f',
          'docker system prune -f',
        ],
        '',
      ),
      [],
    ],
    [
      'docker_gwbridge moved by the recipe of many pages',
      typed(28, [
        'docker swarm init',
        'docker network disconnect -f docker_gwbridge gateway_ingress-sbox',
        'docker network rm docker_gwbridge',
        'docker network create --subnet=172.20.0.0/20 --gateway 172.20.0.1 -o com.docker.network.bridge.enable_icc=false -o com.docker.network.bridge.name=docker_gwbridge docker_gwbridge',
      ]),
      [],
    ],
  ])('check tells of %s', (_, block, codes) => {
    expect(seen(block).codes).toEqual(codes)
  })
  it('one that shares a sandbox loses its network when the other is started anew', () => {
    const { way, codes } = seen(`services:
  vpn: { image: vpn, ports: ["6687:6687"] }
  app: { image: app, network_mode: "service:vpn" }
commands: [docker restart vpn]`)
    expect(codes).toEqual(['SANDBOX_LOST'])
    expect(way('app -> outside')).toContain('docker restart app')
    expect(way('client -> host:6687')).not.toContain('app')
  })
})
