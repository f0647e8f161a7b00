import { describe, expect, it } from 'vitest'
import { dropOf, planOf, traceOf, way } from './ways.ts'

const LAN = (mode: string) => `
hosts: { lab: { address: 192.168.56.10/24 } }
networks:
  lan:
    driver: macvlan
    driver_opts: { parent: eth0, macvlan_mode: ${mode} }
    ipam: { config: [{ subnet: 192.168.56.0/24, gateway: 192.168.56.1, ip_range: 192.168.56.128/25 }] }
services:
  m1: { networks: { lan: { ipv4_address: 192.168.56.128 } } }
  m2: { networks: { lan: { ipv4_address: 192.168.56.129 } } }
`

describe('macvlan and ipvlan', () => {
  const lan = planOf(LAN('bridge'))

  it('siblings reach each other in the kernel (Linux drivers/net/macvlan.c: macvlan_queue_xmit)', () => {
    expect(way(lan, 'm1 -> m2:80')).toEqual([
      'lab/container/m1 resolve m2 = 192.168.56.129 (container)',
      'lab/container/m1 send 192.168.56.128 > 192.168.56.129:80',
      'lab/host/lan bridge 192.168.56.129',
      'lab/container/m2 deliver 192.168.56.129:80',
    ])
  })

  it('the host and its own children cannot talk, in either direction (Linux drivers/net/macvlan.c)', () => {
    expect(dropOf(lan, 'm1 -> lab:22')).toBe('host-and-child')
    expect(dropOf(lan, 'lab -> m1:80')).toBe('host-and-child')
  })

  it('a machine of the link reaches a child at its own address, on every port', () => {
    expect(way(lan, 'client -> m1:12345')).toEqual([
      'outside send  > 192.168.56.128:12345',
      'lab/host/lan bridge 192.168.56.128',
      'lab/container/m1 deliver 192.168.56.128:12345',
    ])
  })

  it('the way out goes to the router of the link, not through the host (moby libnetwork/drivers/macvlan/macvlan_joinleave.go)', () => {
    expect(way(lan, 'm1 -> 203.0.113.5')).toEqual([
      'lab/container/m1 send 192.168.56.128 > 203.0.113.5 via 192.168.56.1',
      'lab/host/lan bridge 192.168.56.1',
      'outside deliver 203.0.113.5',
    ])
  })

  it('modes private and vepa keep siblings apart (Linux drivers/net/macvlan.c: MACVLAN_MODE_PRIVATE)', () => {
    expect(dropOf(planOf(LAN('private')), 'm1 -> m2')).toBe('macvlan-private')
    expect(dropOf(planOf(LAN('vepa')), 'm1 -> m2')).toBe('macvlan-private')
  })

  it('ipvlan l2 behaves the same towards its host (Linux drivers/net/ipvlan/ipvlan_core.c)', () => {
    const plan = planOf(`
hosts: { lab: { address: 192.168.56.10/24 } }
networks: { lan: { driver: ipvlan, driver_opts: { parent: eth0 }, ipam: { config: [{ subnet: 192.168.56.0/24, gateway: 192.168.56.1 }] } } }
services: { i1: { networks: { lan: { ipv4_address: 192.168.56.20 } } }, i2: { networks: { lan: { ipv4_address: 192.168.56.21 } } } }
`)
    expect(dropOf(plan, 'i1 -> lab')).toBe('host-and-child')
    expect(traceOf(plan, 'i1 -> i2:80').reached).toBe(true)
  })

  it('children of two hosts on one link reach each other', () => {
    const plan = planOf(`
hosts: { n1: { address: 192.168.56.11/24 }, n2: { address: 192.168.56.12/24 } }
commands:
  - "[n1] docker network create -d macvlan -o parent=eth0 --subnet 192.168.56.0/24 --gateway 192.168.56.1 --ip-range 192.168.56.64/26 lan"
  - "[n2] docker network create -d macvlan -o parent=eth0 --subnet 192.168.56.0/24 --gateway 192.168.56.1 --ip-range 192.168.56.128/26 lan"
  - "[n1] docker run -d --name m1 --network lan bb"
  - "[n2] docker run -d --name m2 --network lan bb"
`)
    expect(traceOf(plan, 'm1 -> 192.168.56.128:80')).toMatchObject({ reached: true, destination: 'm2' })
  })
})

describe('modes without a network of their own', () => {
  const plan = planOf(`
hosts: { lab: { address: 192.168.56.10/24 } }
networks: { a: {} }
services:
  web: { networks: [a] }
  hosty: { network_mode: host }
  side: { network_mode: "service:web" }
  lone: { network_mode: none }
`)

  it('host: a process of the host, which a client reaches at the host (moby libnetwork/drivers/host)', () => {
    expect(traceOf(plan, 'client -> hosty:80')).toMatchObject({ reached: true, destination: 'hosty' })
    expect(way(plan, 'hosty -> 172.18.0.2:80')).toEqual([
      'lab/host/a send 172.18.0.1 > 172.18.0.2:80',
      'lab/host/a bridge 172.18.0.2',
      'lab/container/web deliver 172.18.0.2:80',
    ])
  })

  it('container: shares the other’s stack, so it stays on lo (moby daemon/container_operations_unix.go)', () => {
    expect(way(plan, 'side -> web:80')).toEqual([
      'lab/container/web resolve web = 172.18.0.2 (container)',
      'lab/container/web loopback',
      'lab/container/web deliver 172.18.0.2:80',
    ])
    expect(traceOf(plan, 'side -> outside').reached).toBe(true)
    expect(traceOf(plan, 'side -> web:80').source).toBe('side')
  })

  it('none: nowhere to send to (moby libnetwork/drivers/null)', () => {
    expect(way(plan, 'lone -> outside')).toEqual(['lab/container/lone drop no-route 203.0.113.5'])
  })
})
