import { describe, expect, it } from 'vitest'
import { addressText } from '../../src/net/index.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { printTrace } from '../../src/trace/print.ts'
import { parseTraceRequest } from '../../src/trace/request.ts'
import { tracePacket } from '../../src/trace/trace-packet.ts'
import { planOf } from './ways.ts'

const PLANS: Readonly<Record<string, Plan>> = {
  'one host': planOf(`
hosts: { lab: { address: 192.168.56.10/24, interfaces: { wg0: 10.8.0.1/24 } } }
networks:
  front: {}
  back: { internal: true }
  six: { enable_ipv6: true, ipam: { config: [{ subnet: 10.66.0.0/24 }, { subnet: "fd00:66::/64" }] } }
  quiet: { driver_opts: { com.docker.network.bridge.enable_icc: "false" } }
  lan: { driver: macvlan, driver_opts: { parent: eth0 }, ipam: { config: [{ subnet: 192.168.56.0/24, gateway: 192.168.56.1, ip_range: 192.168.56.128/25 }] } }
  l3: { driver: ipvlan, driver_opts: { parent: wg0, ipvlan_mode: l3 }, ipam: { config: [{ subnet: 10.99.0.0/24 }] } }
services:
  web: { networks: [front, back, six], ports: ["8000:80", "[::]:8001:81", "127.0.0.1:8002:82"] }
  db: { networks: [back] }
  cache: { networks: [quiet, lan] }
  other: { networks: [quiet] }
  edge: { networks: [l3] }
  hosty: { network_mode: host }
  side: { network_mode: "service:web" }
  alone: { network_mode: none }
commands:
  - docker run -d --name plain -p 9000:90 bb
  - docker create --name idle bb
`),
  swarm: planOf(`
hosts: { n1: { address: 198.51.100.11/24 }, n2: { address: 198.51.100.12/24 }, n3: {} }
swarm: true
networks: { front: {}, back: { internal: true, attachable: true }, wide: { ipam: { config: [{ subnet: 10.7.0.0/24 }, { subnet: 10.8.0.0/24 }] } } }
services:
  web: { networks: [front, back], ports: ["8080:80"], deploy: { replicas: 4 } }
  rr: { networks: [back, wide], deploy: { replicas: 2, endpoint_mode: dnsrr } }
  mon: { networks: [front], ports: [{ target: 9, published: 9009, mode: host }], deploy: { mode: global } }
  wait: { networks: [front], deploy: { placement: { constraints: [node.labels.x == y] } } }
  none: { networks: [front], deploy: { replicas: 0 } }
commands:
  - docker run -d --name plain --network back bb
  - "[n2] docker run -d --name local -p 80:80 bb"
`),
}

function endsOf(plan: Plan): readonly string[] {
  const addresses = [...plan.networks.values()].flatMap((n) => [
    ...n.subnets.map(({ gateway }) => addressText(gateway)),
    ...[...n.endpoints.values()].flatMap((e) => [e.ipv4, e.ipv6]).map((own) => addressText(own?.address)),
  ])
  return [
    ...plan.containers.keys(),
    ...plan.services.keys(),
    ...plan.hosts.map((h) => h.name),
    'client',
    'outside',
    '203.0.113.5',
    ...new Set(addresses.filter((a) => a !== '')),
  ]
}

describe('whatever is asked', () => {
  it.each(Object.entries(PLANS))('every way ends, and names only things of the plan: %s', (_name, plan) => {
    const ends = endsOf(plan)
    const wrong: string[] = []
    const hosts = new Set(['', ...plan.hosts.map((h) => h.name)])
    let count = 0
    for (const from of ends) {
      for (const to of ends) {
        for (const port of ['', ':8080']) {
          const text = `${from} -> ${to.includes(':') && port !== '' ? `[${to}]` : to}${port}`
          const parsed = parseTraceRequest(text, plan, { start: 0, end: 0 })
          if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.message}`)
          const trace = tracePacket(plan, parsed.request)
          const note = (ok: boolean, what: string): void => {
            if (!ok) wrong.push(`${text}: ${what}`)
          }
          note(trace.hops.at(-1)?.kind === (trace.reached ? 'deliver' : 'drop'), 'ends otherwise')
          // One that arrives and is not answered has both.
          const ended = trace.hops.filter((h) => h.kind === 'deliver' || h.kind === 'drop')
          note(ended.length === 1 || (ended.length === 2 && !trace.reached), 'ends twice')
          note(trace.reached === (trace.effect === 'answered'), `effect ${trace.effect}`)
          for (const hop of trace.hops) {
            note(hosts.has(hop.host), `host ${hop.host}`)
            note(hop.container === '' || plan.containers.has(hop.container), `container ${hop.container}`)
            note(hop.network === '' || plan.networks.has(hop.network), `network ${hop.network}`)
          }
          note(!/undefined|null|NaN/.test(printTrace(trace)), 'prints badly')
          count++
        }
      }
    }
    expect(wrong).toEqual([])
    expect(count).toBeGreaterThan(1000)
  })
})
