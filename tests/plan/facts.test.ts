import { describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { printModel } from '../../src/print/print.ts'
import type { Topology } from '../../src/topology/topology.ts'
import { parseTraceRequest } from '../../src/trace/request.ts'
import { tracePacket } from '../../src/trace/trace-packet.ts'

/** Facts of a network that every consumer must have from the plan: the forms an author may write, and what comes of them. */
function made(engine: number, head: string, ...commands: readonly string[]) {
  const list = commands.map((command) => `- ${command.startsWith('{') ? command : JSON.stringify(command)}`)
  const compiled = compile(
    [`engine: ${engine}`, head, ...(list.length === 0 ? [] : ['commands:', ...list])].join('\n'),
    { figure: { view: 'datapath' } },
  )
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join('\n'))
  const { plan, topology, figure } = compiled
  return { plan, topology, boxes: figure.boxes.flatMap(({ lines }) => lines.map(({ text }) => text)) }
}

interface Made {
  readonly plan: Plan
  readonly topology: Topology
}

function print({ plan, topology }: Made, kind: string, argument = ''): string {
  const printed = printModel(kind, argument, plan, topology)
  return printed.ok ? printed.text : printed.message
}

function trace({ plan }: Made, way: string): { readonly reached: boolean; readonly last: unknown } {
  const request = parseTraceRequest(way, plan, { start: 0, end: 0 })
  if (!request.ok) throw new Error(request.problem.message)
  const { reached, hops } = tracePacket(plan, request.request)
  const last = hops.at(-1)
  return { reached, last: last?.kind === 'drop' ? last.reason : last?.kind }
}

/** As Go's ParseBool reads them. */
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False']
const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True']
const BRIDGE = 'com.docker.network.bridge'

describe('enable_icc', () => {
  const of = (value: string) =>
    made(
      28,
      '',
      `docker network create -o ${BRIDGE}.enable_icc=${value} back`,
      'docker run -d --name aa --network back i',
      'docker run -d --name bb --network back i',
    )
  it.each(FALSE)('%s keeps neighbours apart', (value) => {
    expect(trace(of(value), 'aa -> bb:80')).toEqual({ reached: false, last: 'icc' })
  })
  it.each(TRUE)('%s does not', (value) => {
    expect(trace(of(value), 'aa -> bb:80').reached).toBe(true)
  })
})

describe('enable_ip_masquerade', () => {
  const of = (value: string) =>
    made(
      28,
      '',
      `docker network create -o ${BRIDGE}.enable_ip_masquerade=${value} back`,
      'docker run -d --name aa --network back i',
    )
  it.each(FALSE)('%s: neither figure nor iptables nor trace has it', (value) => {
    const all = of(value)
    expect(all.boxes).not.toContain('MASQUERADE')
    expect(print(all, 'iptables')).not.toContain('-s 172.18.0.0/16')
    const request = parseTraceRequest('aa -> outside', all.plan, { start: 0, end: 0 })
    expect(
      request.ok && tracePacket(all.plan, request.request).hops.some((h) => h.kind === 'masquerade'),
    ).toBe(false)
  })
  it.each(TRUE)('%s: all of them do', (value) => {
    const all = of(value)
    expect(all.boxes).toContain('MASQUERADE')
    expect(print(all, 'iptables')).toContain('-s 172.18.0.0/16')
  })
  it('host_ipv4 names the source address instead', () => {
    const all = made(
      28,
      '',
      `docker network create -o com.docker.network.host_ipv4=198.51.100.7 back`,
      'docker run -d --name aa --network back i',
    )
    expect(print(all, 'iptables')).toContain(
      '-A POSTROUTING -s 172.18.0.0/16 ! -o br-<back> -j SNAT --to-source 198.51.100.7',
    )
  })
})

describe('gateway mode routed', () => {
  const of = (engine: number) =>
    made(
      engine,
      '',
      `docker network create -o ${BRIDGE}.gateway_mode_ipv4=routed back`,
      'docker run -d --name aa --network back -p 8080:80 i',
    )
  it.each([27, 28, 29])('in %i nothing is translated', (engine) => {
    const all = of(engine)
    expect(all.boxes.filter((text) => /MASQ|DNAT/.test(text))).toEqual([])
    expect(print(all, 'iptables')).not.toMatch(/172\.18\.0\.0|DNAT/)
    expect(all.plan.containers.get('aa')?.ports.filter(({ ip }) => ip.family === 4)).toEqual([])
  })
  it('is an unknown option before', () => {
    const all = of(26)
    expect(all.boxes).toContain('MASQUERADE')
    expect(print(all, 'iptables')).toMatch(/DNAT --to-destination 172\.18\.0\.2:80/)
  })
})

describe('a port bound to an address of one family', () => {
  const HOST = 'hosts: { h1: { address: 192.0.2.10/24 } }'
  it.each([20, 26, 27, 28, 29])('[::] takes no IPv4 packet in %i', (engine) => {
    const all = made(engine, HOST, 'docker run -d --name aa -p [::]:8080:80 i')
    expect(trace(all, 'client -> 192.0.2.10:8080').reached).toBe(false)
    expect(print(all, 'iptables')).not.toContain('8080')
    expect(all.boxes.filter((text) => text.startsWith('DNAT'))).toEqual([])
  })
})

describe('print=iptables', () => {
  it.each([
    [20, ['443', '80']],
    [26, ['443', '80']],
    [27, ['80', '443']],
    [28, ['80', '443']],
    [29, ['80', '443']],
  ])('%i lists ports in the order in which the engine publishes them', (engine, order) => {
    const all = made(engine, '', 'docker run -d --name aa -p 8443:443 -p 8080:80 i')
    const targets = [...print(all, 'iptables').matchAll(/DNAT --to-destination 172\.17\.0\.2:(\d+)/g)]
    expect(targets.map(([, port]) => port)).toEqual(order)
  })
})

describe('print=inspect', () => {
  const config = (all: Made, network = 'back'): { Subnet: string; Gateway?: string }[] =>
    JSON.parse(print(all, 'inspect', network))[0].IPAM.Config
  const given = 'docker network create --ipv6 --subnet 10.5.0.0/24 back'
  it('has the gateway of the subnet that was chosen, not of the one that was given', () => {
    const [v4, v6] = config(made(28, 'daemon: { id: aaaa }', given))
    expect(v4).toEqual({ Subnet: '10.5.0.0/24' })
    expect(v6?.Gateway).toMatch(/^fd.*::1$/)
  })
  it('does not look at the words of other commands', () => {
    const all = made(
      28,
      'daemon: { id: aaaa }',
      given,
      '{ run: docker network create --subnet 10.5.0.0/24 --gateway=10.5.0.1 other, expect: error }',
    )
    expect(config(all)[0]).toEqual({ Subnet: '10.5.0.0/24' })
  })
  it('fills it in in 29', () => {
    expect(config(made(29, '', 'docker network create --subnet 10.5.0.0/24 back'))).toEqual([
      { Subnet: '10.5.0.0/24', Gateway: '10.5.0.1' },
    ])
  })
  it('says that a network has no IPv4', () => {
    const all = made(28, 'daemon: { id: aaaa }', 'docker network create --ipv4=false --ipv6 back')
    expect(JSON.parse(print(all, 'inspect', 'back'))[0]).toMatchObject({
      EnableIPv4: false,
      EnableIPv6: true,
    })
  })
})

describe('each family by itself', () => {
  it('a declared IPv4 address beside a chance IPv6 one has no mark', () => {
    const { plan } = made(
      28,
      `
name: app
networks: { back: { enable_ipv6: true, ipam: { config: [{ subnet: 10.5.0.0/24 }, { subnet: "fd00:5::/64" }] } } }
services:
  aa: { networks: { back: { ipv4_address: 10.5.0.11 } } }
  bb: { networks: { back: {} } }`,
    )
    const { ipv4, ipv6 } = plan.networks.get('app_back')!.endpoints.get('app-aa-1')!
    expect([ipv4?.certainty, ipv6?.certainty]).toEqual(['declared', 'one-of-several'])
  })
})

describe('print=inspect of a range', () => {
  it('has IPRange beside the subnet it is of, and auxiliary addresses', () => {
    const all = made(
      28,
      '',
      'docker network create --subnet 10.5.0.0/24 --ip-range 10.5.0.128/25 --gateway 10.5.0.254 --aux-address r1=10.5.0.9 back',
    )
    expect(JSON.parse(print(all, 'inspect', 'back'))[0].IPAM.Config).toEqual([
      {
        Subnet: '10.5.0.0/24',
        IPRange: '10.5.0.128/25',
        Gateway: '10.5.0.254',
        AuxiliaryAddresses: { r1: '10.5.0.9' },
      },
    ])
  })
})

describe('the datapath of an internal network', () => {
  it('has no NAT, and no way out', () => {
    const all = made(
      28,
      '',
      'docker network create --internal back',
      'docker run -d --name aa --network back -p 8080:80 i',
    )
    expect(all.boxes.filter((text) => /NAT|MASQ/.test(text))).toEqual([])
  })
})

describe('a port chosen among those that chance has left', () => {
  const head = (last: string) => `
name: app
networks: { back: { ipam: { config: [{ subnet: 10.5.0.0/24 }] } } }
services:
  aa: { networks: { back: { ipv4_address: 10.5.0.11 } }, ports: ["7000-7001:80"] }
  bb: { networks: { back: { ipv4_address: 10.5.0.12 } }, ports: ["7000-7001:80"] }
commands: [docker compose up -d, ${last}, 'docker run -d --name cc -p 7000-7002:80 nginx']`
  const of = (last: string) =>
    made(28, head(last))
      .plan.containers.get('cc')
      ?.ports.map(({ port, certainty }) => `${port} ${certainty}`)[0]
  it('is left to chance too', () => {
    expect(of('docker stop app-aa-1')).toBe('7000 one-of-several')
  })
  it('is not where all of them are taken, or all are free', () => {
    expect(of('docker ps')).toBe('7002 computed')
    expect(of('docker stop app-aa-1 app-bb-1')).toBe('7000 computed')
  })
})
