import { describe, expect, it } from 'vitest'
import { addressText } from '../../src/net/index.ts'
import { dropOf, planOf, traceOf, way } from './ways.ts'

const HOSTS =
  'hosts: { n1: { address: 198.51.100.11/24 }, n2: { address: 198.51.100.12/24 }, n3: { address: 198.51.100.13/24 } }\n'

const SHOP = planOf(`${HOSTS}
swarm: true
networks:
  back: { ipam: { config: [{ subnet: 10.123.0.0/24 }] } }
  secret: { driver_opts: { encrypted: "" }, attachable: true }
  shut: { internal: true }
services:
  web:
    networks: [back]
    ports: ["8080:80"]
    deploy: { replicas: 2, placement: { constraints: [node.hostname != n1] } }
  db: { networks: [back, shut], deploy: { placement: { constraints: [node.hostname == n1] } } }
  rr: { networks: [back], deploy: { replicas: 2, endpoint_mode: dnsrr } }
  agent: { networks: [secret], ports: [{ target: 9, published: 9009, mode: host }], deploy: { mode: global } }
  idle: { networks: [back], ports: ["8082:80"], deploy: { placement: { constraints: [node.labels.x == y] } } }
`)

describe('services on an overlay', () => {
  const vip = addressText(SHOP.services.get('db')?.vips.get('back')?.address)
  const address = (container: string, network = 'back'): string =>
    addressText(SHOP.containers.get(container)?.endpoints.get(network)?.ipv4?.address)

  it('a service name is its VIP, IPVS leads to a task, VXLAN to its host (moby libnetwork/service_linux.go, drivers/overlay/encryption.go)', () => {
    const lb = addressText(SHOP.networks.get('back')?.endpoints.get('back-endpoint@n2')?.ipv4?.address)
    expect(way(SHOP, 'web.1 -> db:5432')).toEqual([
      `n2/container/web.1 resolve db = ${vip} (vip)`,
      `n2/container/web.1 send ${address('web.1')} > ${vip}:5432`,
      `n2/overlay/back bridge ${vip}`,
      `n2/overlay/back ipvs ${vip} > db.1 of 1`,
      `n2/overlay/back snat ${address('web.1')} > ${lb}`,
      `n2/overlay/back bridge ${address('db.1')}`,
      'n2/overlay/back vxlan 4097 198.51.100.12 > 198.51.100.11:4789',
      'n2/host forward 198.51.100.11:4789',
      'n1/host arrive 198.51.100.11:4789 at eth0',
      'n1/overlay/back unpack 4097 from n2',
      `n1/container/db.1 deliver ${address('db.1')}:5432`,
    ])
    expect(traceOf(SHOP, 'web.1 -> db').certainty).toBe('computed')
  })

  it('several tasks behind a VIP: which one is left to chance (moby libnetwork/service_linux.go: rr scheduler)', () => {
    expect(way(SHOP, 'db.1 -> web:80')).toContainEqual(expect.stringMatching(/ipvs .* > web\.1 of 2$/))
    expect(traceOf(SHOP, 'db.1 -> web:80').certainty).toBe('one-of-several')
  })

  it('endpoint mode dnsrr answers the addresses of the tasks (moby libnetwork/service_common.go: addEndpointNameResolution)', () => {
    const [first] = way(SHOP, 'db.1 -> rr')
    expect(first).toBe(`n1/container/db.1 resolve rr = ${address('rr.1')} ${address('rr.2')} (container)`)
    expect(way(SHOP, 'db.1 -> tasks.web')[0]).toBe(
      `n1/container/db.1 resolve tasks.web = ${address('web.1')} ${address('web.2')} (container)`,
    )
  })

  it('tasks on one host need no tunnel', () => {
    const plan = planOf('swarm: true\nservices: { a: {}, b: {} }')
    expect(way(plan, 'a.1 -> tasks.b:80').slice(1)).toEqual([
      `host/container/a.1 send ${addressText(plan.containers.get('a.1')?.endpoints.get('default')?.ipv4?.address)} > ${addressText(plan.containers.get('b.1')?.endpoints.get('default')?.ipv4?.address)}:80`,
      `host/overlay/default bridge ${addressText(plan.containers.get('b.1')?.endpoints.get('default')?.ipv4?.address)}`,
      `host/container/b.1 deliver ${addressText(plan.containers.get('b.1')?.endpoints.get('default')?.ipv4?.address)}:80`,
    ])
  })

  it('--opt encrypted wraps the tunnel in IPsec (moby libnetwork/drivers/overlay/encryption.go)', () => {
    expect(way(SHOP, 'agent.n1 -> 10.0.1.5')).toContainEqual(
      expect.stringMatching(/vxlan \d+ 198\.51\.100\.11 > 198\.51\.100\.13:4789 ipsec$/),
    )
  })

  it('a name of an overlay one is not on is unknown', () => {
    expect(dropOf(SHOP, 'agent.n1 -> db')).toBe('name-unknown')
  })

  it('the outside is reached by docker_gwbridge, masqueraded (moby libnetwork/default_gateway_linux.go)', () => {
    const gateway = addressText(
      SHOP.containers.get('db.1')?.endpoints.get('docker_gwbridge@n1')?.ipv4?.address,
    )
    expect(way(SHOP, 'db.1 -> outside')).toEqual([
      `n1/container/db.1 send ${gateway} > 203.0.113.5 via 172.18.0.1`,
      'n1/host/docker_gwbridge@n1 bridge 172.18.0.1',
      'n1/host forward 203.0.113.5',
      `n1/host masquerade ${gateway} > 198.51.100.11`,
      'outside deliver 203.0.113.5',
    ])
  })

  it('an internal overlay alone has no way out', () => {
    const plan = planOf(
      'swarm: true\nnetworks: { shut: { internal: true } }\nservices: { x: { networks: [shut] } }',
    )
    expect(dropOf(plan, 'x.1 -> outside')).toBe('no-route')
  })

  it('a host has no part in an overlay: its address is not reachable from the host', () => {
    expect(dropOf(SHOP, `n2 -> ${address('db.1')}`)).toBe('no-neighbour')
  })

  it('docker_gwbridge keeps its containers apart (moby libnetwork/default_gateway_linux.go: enable_icc false)', () => {
    const other = addressText(
      SHOP.networks.get('docker_gwbridge@n1')?.endpoints.get('gateway_agent.n1')?.ipv4?.address,
    )
    expect(dropOf(SHOP, `db.1 -> ${other}`)).toBe('icc')
  })
})

describe('the routing mesh', () => {
  const ingress = (container: string): string =>
    addressText(SHOP.containers.get(container)?.endpoints.get('ingress')?.ipv4?.address)

  it('leads from any node to a task on any node (moby libnetwork/service_linux.go: programIngress)', () => {
    const vip = addressText(SHOP.services.get('web')?.vips.get('ingress')?.address)
    expect(way(SHOP, 'client -> n1:8080')).toEqual([
      'outside send  > 198.51.100.11:8080',
      'n1/host arrive 198.51.100.11:8080 at eth0',
      'n1/host dnat 198.51.100.11:8080 > 172.18.0.2:8080',
      'n1/host/docker_gwbridge@n1 bridge 172.18.0.2',
      `n1/ingress/ingress ipvs ${vip} > web.1 of 2`,
      'n1/ingress/ingress snat  > 10.0.0.2',
      `n1/overlay/ingress bridge ${ingress('web.1')}`,
      'n1/overlay/ingress vxlan 4096 198.51.100.11 > 198.51.100.12:4789',
      'n1/host forward 198.51.100.12:4789',
      'n2/host arrive 198.51.100.12:4789 at eth0',
      'n2/overlay/ingress unpack 4096 from n1',
      `n2/container/web.1 dnat ${ingress('web.1')}:8080 > ${ingress('web.1')}:80`,
      `n2/container/web.1 deliver ${ingress('web.1')}:80`,
    ])
    expect(traceOf(SHOP, 'client -> n1:8080').certainty).toBe('one-of-several')
  })

  it('a client that names the service means its published port at a node', () => {
    expect(way(SHOP, 'client -> web')).toEqual(way(SHOP, 'client -> n1:8080'))
  })

  it('works from inside a container too', () => {
    expect(traceOf(SHOP, 'agent.n3 -> n1:8080')).toMatchObject({ reached: true, destination: 'web.1' })
  })

  it('without a running task the packet is dropped', () => {
    expect(dropOf(SHOP, 'client -> n1:8082')).toBe('no-task')
    expect(dropOf(SHOP, 'db.1 -> idle')).toBe('no-task')
  })

  it('a port in host mode is open only where a task runs (moby daemon/cluster/executor/container/container.go: portBindings)', () => {
    expect(traceOf(SHOP, 'client -> n2:9009')).toMatchObject({ reached: true, destination: 'agent.n2' })
    expect(way(SHOP, 'client -> n2:9009')[2]).toMatch(
      /^n2\/host dnat 198\.51\.100\.12:9009 > 172\.18\.0\.\d+:9$/,
    )
  })
})

describe('plain containers on an attachable overlay', () => {
  const plan = planOf(`${HOSTS}
commands:
  - "[n1] docker swarm init --advertise-addr 198.51.100.11"
  - "[n2] docker swarm join --token SWMTKN-1-x 198.51.100.11:2377"
  - "[n1] docker network create -d overlay --attachable net1"
  - "[n1] docker run -d --name c1 --network net1 bb"
  - "[n2] docker run -d --name c2 --network net1 -p 8000:80 bb"
`)
  it('reach each other by name through the tunnel', () => {
    expect(way(plan, 'c1 -> c2:80')).toEqual([
      'n1/container/c1 resolve c2 = 10.0.1.4 (container)',
      'n1/container/c1 send 10.0.1.2 > 10.0.1.4:80',
      'n1/overlay/net1 bridge 10.0.1.4',
      'n1/overlay/net1 vxlan 4097 198.51.100.11 > 198.51.100.12:4789',
      'n1/host forward 198.51.100.12:4789',
      'n2/host arrive 198.51.100.12:4789 at eth0',
      'n2/overlay/net1 unpack 4097 from n1',
      'n2/container/c2 deliver 10.0.1.4:80',
    ])
  })
  it('are published on docker_gwbridge of their own host only', () => {
    expect(way(plan, 'client -> n2:8000')[2]).toBe('n2/host dnat 198.51.100.12:8000 > 172.18.0.3:80')
    expect(dropOf(plan, 'client -> n1:8000')).toBe('port-closed')
  })
})
