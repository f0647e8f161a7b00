import { describe, expect, it } from 'vitest'
import { dropOf, planOf, traceOf, way } from './ways.ts'

const LAB = planOf(`
engine: 28
hosts: { lab: { address: 192.168.56.10/24 } }
networks:
  back: { internal: true, ipam: { config: [{ subnet: 172.18.0.0/16 }] } }
  front: { ipam: { config: [{ subnet: 172.19.0.0/16 }] } }
  quiet:
    driver_opts: { com.docker.network.bridge.enable_icc: "false" }
    ipam: { config: [{ subnet: 172.20.0.0/16 }] }
services:
  db: { networks: { back: { ipv4_address: 172.18.0.2 } } }
  web:
    networks: { back: { ipv4_address: 172.18.0.3 }, front: { ipv4_address: 172.19.0.3, aliases: [shop] } }
    ports: ["8000:5000", "127.0.0.1:9000:90"]
  other: { networks: { front: { ipv4_address: 172.19.0.2 } } }
  q1: { networks: { quiet: { ipv4_address: 172.20.0.2 } }, ports: ["8001:80"] }
  q2: { networks: { quiet: { ipv4_address: 172.20.0.3 } } }
commands:
  - docker run -d --name c1 bb
  - docker run -d --name c2 --link c1:first bb
  - docker create --name idle --network front bb
`)

describe('on one bridge', () => {
  it('a name is answered by 127.0.0.11 and the bridge forwards by ARP (moby libnetwork/resolver.go)', () => {
    expect(way(LAB, 'web -> db:5432')).toEqual([
      'lab/container/web resolve db = 172.18.0.2 (container)',
      'lab/container/web send 172.18.0.3 > 172.18.0.2:5432',
      'lab/host/back bridge 172.18.0.2',
      'lab/container/db deliver 172.18.0.2:5432',
    ])
    expect(traceOf(LAB, 'web -> db:5432')).toMatchObject({
      source: 'web',
      destination: 'db',
      reached: true,
      certainty: 'computed',
    })
  })

  it('an alias and NAME.NETWORK resolve too (moby libnetwork/network.go: addSvcRecords, sandbox.go: ResolveName)', () => {
    expect(way(LAB, 'other -> shop')[0]).toBe('lab/container/other resolve shop = 172.19.0.3 (container)')
    expect(way(LAB, 'other -> web.front')[0]).toBe(
      'lab/container/other resolve web.front = 172.19.0.3 (container)',
    )
  })

  it('enable_icc=false drops what is not published or linked (moby libnetwork/drivers/bridge/setup_ip_tables_linux.go: setIcc)', () => {
    expect(dropOf(LAB, 'q2 -> q1:80')).toBe('icc')
  })

  it('the default bridge has no names (moby daemon/container_operations.go: buildSandboxOptions)', () => {
    expect(way(LAB, 'c1 -> c2')).toEqual(['lab/container/c1 drop name-on-default-bridge c2'])
    expect(traceOf(LAB, 'c1 -> 172.17.0.3').reached).toBe(true)
  })

  it('a link on the default bridge is a line of /etc/hosts (moby daemon/links/links.go)', () => {
    expect(way(LAB, 'c2 -> first:80')).toEqual([
      'lab/container/c2 hosts first = 172.17.0.2',
      'lab/container/c2 send 172.17.0.3 > 172.17.0.2:80',
      'lab/host/bridge bridge 172.17.0.2',
      'lab/container/c1 deliver 172.17.0.2:80',
    ])
  })

  it('a container that does not run is in no resolver', () => {
    expect(dropOf(LAB, 'web -> idle')).toBe('not-running')
    expect(dropOf(LAB, 'idle -> web')).toBe('not-running')
  })

  it('an address nobody has is not answered by ARP', () => {
    expect(dropOf(LAB, 'web -> 172.19.0.77:80')).toBe('no-neighbour')
  })

  it('a container reaches itself', () => {
    expect(way(LAB, 'web -> 172.19.0.3:5000')).toEqual([
      'lab/container/web loopback',
      'lab/container/web deliver 172.19.0.3:5000',
    ])
  })
})

describe('between bridges', () => {
  it('a name of another network is unknown (moby libnetwork/network.go: ResolveName)', () => {
    expect(way(LAB, 'q1 -> web')).toEqual(['lab/container/q1 drop name-unknown web'])
  })

  it('an address of another bridge is dropped by isolation (moby libnetwork/drivers/bridge: DOCKER-ISOLATION-STAGE-2)', () => {
    expect(way(LAB, 'other -> 172.20.0.2:80')).toEqual([
      'lab/container/other send 172.19.0.2 > 172.20.0.2:80 via 172.19.0.1',
      'lab/host/front bridge 172.19.0.1',
      'lab/host/quiet drop isolation 172.20.0.2:80',
    ])
  })

  it('a published port is reached through docker-proxy, for chain DOCKER in nat returns from bridges (moby cmd/docker-proxy)', () => {
    expect(way(LAB, 'other -> lab:8001')).toEqual([
      'lab/container/other send 172.19.0.2 > 192.168.56.10:8001 via 172.19.0.1',
      'lab/host/front bridge 172.19.0.1',
      'lab/host/front proxy 192.168.56.10:8001 > 172.20.0.2:80',
      'lab/host/quiet bridge 172.20.0.2',
      'lab/container/q1 deliver 172.20.0.2:80',
    ])
  })

  it('without docker-proxy DNAT comes first and isolation drops the packet (moby libnetwork/drivers/bridge/port_mapping_linux.go)', () => {
    const plan = planOf(`
engine: 28
daemon: { userland-proxy: false }
hosts: { lab: { address: 192.168.56.10/24 } }
networks: { a: {}, b: {} }
services:
  web: { networks: [a], ports: ["8000:80"] }
  near: { networks: [a], depends_on: [web] }
  far: { networks: [b] }
`)
    expect(dropOf(plan, 'far -> lab:8000')).toBe('isolation')
    expect(way(plan, 'near -> lab:8000').slice(2)).toEqual([
      'lab/host/a dnat 192.168.56.10:8000 > 172.18.0.2:80',
      'lab/host/a forward 172.18.0.2:80',
      'lab/host/a bridge 172.18.0.2',
      'lab/container/web deliver 172.18.0.2:80',
    ])
  })

  it('gateway mode routed opens published ports at the container itself (moby libnetwork/drivers/bridge/bridge_linux.go: gwMode)', () => {
    const plan = planOf(`
networks:
  a: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } }
  routed:
    driver_opts: { com.docker.network.bridge.gateway_mode_ipv4: routed }
    ipam: { config: [{ subnet: 10.5.0.0/24 }] }
services:
  x: { networks: [a] }
  c5: { networks: [routed], ports: ["8085:80"] }
`)
    expect(traceOf(plan, 'x -> 10.5.0.2:80').reached).toBe(true)
    expect(dropOf(plan, 'x -> 10.5.0.2:81')).toBe('unpublished')
    expect(traceOf(plan, 'client -> 10.5.0.2:80').reached).toBe(true)
  })
})

describe('in and out of a host', () => {
  it('a client comes in by DNAT to the container on its gateway network (moby libnetwork/portmappers, iptables nat DOCKER)', () => {
    expect(way(LAB, 'client -> web:8000')).toEqual([
      'outside send  > 192.168.56.10:8000',
      'lab/host arrive 192.168.56.10:8000 at eth0',
      'lab/host dnat 192.168.56.10:8000 > 172.19.0.3:5000',
      'lab/host/front forward 172.19.0.3:5000',
      'lab/host/front bridge 172.19.0.3',
      'lab/container/web deliver 172.19.0.3:5000',
    ])
    expect(way(LAB, 'client -> lab:8000')).toEqual(way(LAB, 'client -> web'))
  })

  it('a port nobody publishes is closed, one bound to 127.0.0.1 as well for others', () => {
    expect(dropOf(LAB, 'client -> lab:9999')).toBe('port-closed')
    expect(dropOf(LAB, 'client -> lab:9000')).toBe('published-elsewhere')
    expect(traceOf(LAB, 'client -> lab:9000').effect).toBe('refused')
  })

  it('direct access to an unpublished port is dropped (moby 28 iptables filter: ! -i BRIDGE -o BRIDGE -j DROP)', () => {
    expect(dropOf(LAB, 'client -> other:80')).toBe('unpublished')
    expect(dropOf(LAB, 'client -> 172.19.0.3:5000')).toBe('unpublished')
  })

  // RULES 11.4. Rules of real engines: filter DOCKER `-d 10.1.0.2/32 ! -i BRIDGE -o BRIDGE -p tcp --dport 80 -j ACCEPT`
  // in 26.1.5; 28.5.2 has raw PREROUTING `-d 10.1.0.2/32 ! -i BRIDGE -j DROP` before it.
  it('direct access to a published port is open up to 27', () => {
    const block = (engine: string): string => `engine: ${engine}
networks:
  a:
    driver_opts: { com.docker.network.bridge.gateway_mode_ipv4: nat }
    ipam: { config: [{ subnet: 10.1.0.0/24 }] }
  r:
    driver_opts: { com.docker.network.bridge.gateway_mode_ipv4: routed }
    ipam: { config: [{ subnet: 10.5.0.0/24 }] }
services:
  x: { networks: { a: { ipv4_address: 10.1.0.2 } }, ports: ["8080:80"] }
  y: { networks: { r: { ipv4_address: 10.5.0.2 } }, ports: ["8085:80"] }
`
    const reached = (engine: string, request: string): boolean =>
      traceOf(planOf(block(engine)), request).reached
    expect(['20', '26', '27', '28'].map((engine) => reached(engine, 'client -> 10.1.0.2:80'))).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(dropOf(planOf(block('26')), 'client -> 10.1.0.2:81')).toBe('unpublished')
    // Modes of gateways are known from 27 on: before, r is an ordinary bridge.
    expect(['26', '28'].map((engine) => reached(engine, 'x -> 10.5.0.2:80'))).toEqual([false, true])
  })

  it('a packet to the outside leaves by the default route and is masqueraded (moby setup_ip_tables_linux.go: MASQUERADE)', () => {
    expect(way(LAB, 'web -> 203.0.113.5:443')).toEqual([
      'lab/container/web send 172.19.0.3 > 203.0.113.5:443 via 172.19.0.1',
      'lab/host/front bridge 172.19.0.1',
      'lab/host forward 203.0.113.5:443',
      'lab/host masquerade 172.19.0.3 > 192.168.56.10',
      'outside deliver 203.0.113.5:443',
    ])
  })

  it('enable_ip_masquerade=false keeps the source, and from 28 on drops the answer (moby internal/iptabler/endpoint.go: filterDirectAccess)', () => {
    const block =
      'networks: { a: { driver_opts: { com.docker.network.bridge.enable_ip_masquerade: "false" } } }\nservices: { x: { networks: [a] } }'
    const old = planOf(`engine: 26\n${block}`)
    expect(way(old, 'x -> outside')).not.toContainEqual(expect.stringContaining('masquerade'))
    expect(traceOf(old, 'x -> outside')).toMatchObject({ reached: true, seenAs: '172.18.0.2' })
    expect(traceOf(planOf(`engine: 28\n${block}`), 'x -> outside')).toMatchObject({ effect: 'timeout' })
    expect(dropOf(planOf(`engine: 28\n${block}`), 'x -> outside')).toBe('answer-dropped')
  })

  it('an internal network has no default route from 25.0 on (moby libnetwork/drivers/bridge/bridge_linux.go: Join)', () => {
    expect(way(LAB, 'db -> outside')).toEqual(['lab/container/db drop no-route 203.0.113.5'])
  })

  it('an internal network of 20.10 has one, and its rules drop the packet (moby 20.10 programChainRule, INTERNAL)', () => {
    const plan = planOf('engine: 20\nnetworks: { a: { internal: true } }\nservices: { x: { networks: [a] } }')
    expect(dropOf(plan, 'x -> 203.0.113.5')).toBe('internal')
  })

  it('a client does not get into an internal network', () => {
    expect(dropOf(LAB, 'client -> db:5432')).toBe('internal')
  })

  it('the host reaches containers on all its bridges, without isolation', () => {
    expect(way(LAB, 'lab -> db:5432')).toEqual([
      'lab/host/back send 172.18.0.1 > 172.18.0.2:5432',
      'lab/host/back bridge 172.18.0.2',
      'lab/container/db deliver 172.18.0.2:5432',
    ])
    expect(way(LAB, 'lab -> lab:8000')[1]).toBe('lab/host dnat 192.168.56.10:8000 > 172.19.0.3:5000')
  })

  it('a container reaches its host at the gateway where the host has no address', () => {
    const plan = planOf('networks: { a: {} }\nservices: { x: { networks: [a] } }')
    expect(way(plan, 'x -> host')).toEqual([
      'host/container/x send 172.18.0.2 > 172.18.0.1',
      'host/host/a bridge 172.18.0.1',
      'host/host/a deliver 172.18.0.1',
    ])
  })
})

describe('between two hosts without a swarm', () => {
  const two = planOf(`
hosts: { n1: { address: 198.51.100.11/24 }, n2: { address: 198.51.100.12/24 } }
commands:
  - "[n1] docker network create a"
  - "[n1] docker run -d --name cx --network a bb"
  - "[n2] docker network create b"
  - "[n2] docker run -d --name cy --network b -p 8080:80 bb"
`)
  it('a published port is the way in', () => {
    expect(way(two, 'cx -> n2:8080')).toEqual([
      'n1/container/cx send 172.18.0.2 > 198.51.100.12:8080 via 172.18.0.1',
      'n1/host/a bridge 172.18.0.1',
      'n1/host forward 198.51.100.12:8080',
      'n1/host masquerade 172.18.0.2 > 198.51.100.11',
      'n2/host arrive 198.51.100.12:8080 at eth0',
      'n2/host dnat 198.51.100.12:8080 > 172.18.0.2:80',
      'n2/host/b forward 172.18.0.2:80',
      'n2/host/b bridge 172.18.0.2',
      'n2/container/cy deliver 172.18.0.2:80',
    ])
  })
  it('a name of a bridge on another host is unknown', () => {
    expect(dropOf(two, 'cx -> cy')).toBe('name-unknown')
  })
})
