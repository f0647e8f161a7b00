/** Laws between what is read from one plan: trace, prints, figure and JSON say the same of one network. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawFigure } from '../../src/figure/draw.ts'
import { addressText, formatAddress, formatPrefix, formatSocket, prefixOf } from '../../src/net/index.ts'
import { sceneOf } from '../../src/picture/scene.ts'
import { planJson } from '../../src/plan/json.ts'
import type { PlanContainer, PlanNetwork } from '../../src/plan/plan.ts'
import { parseTraceRequest } from '../../src/trace/request.ts'
import type { Trace } from '../../src/trace/trace.ts'
import { tracePacket } from '../../src/trace/trace-packet.ts'
import { en } from '../../src/words/en.ts'
import { bridgeBlocks } from '../support/bridges.ts'
import { type Made, made, print } from '../support/made.ts'
import { settings } from '../support/plan.ts'
import { runs, seeds } from '../support/seeds.ts'

function trace({ plan }: Made, way: string): Trace {
  const request = parseTraceRequest(way, plan, { start: 0, end: 0 })
  if (!request.ok) throw new Error(`${way}: ${request.problem.message}`)
  return tracePacket(plan, request.request)
}

const running = ({ plan }: Made): readonly PlanContainer[] =>
  [...plan.containers.values()].filter(({ state }) => state === 'running')

const users = ({ plan }: Made): readonly PlanNetwork[] =>
  [...plan.networks.values()].filter(({ name }) => /^n\d$/.test(name))

/** What the figure of the datapath says of NAT: which networks lead into it, and its lines. */
function nat({ plan }: Made): {
  readonly masquerade: boolean
  readonly networks: readonly string[]
  readonly dnat: readonly string[]
} {
  const { boxes, edges } = drawFigure(plan, settings({ view: 'datapath' }), en)
  const box = boxes.find(({ kind }) => kind === 'nat')
  const lines = box?.lines.map(({ text }) => text) ?? []
  const joined = edges
    .filter(({ to, kind }) => to === box?.id && kind === 'masquerade')
    .map(({ from }) => from)
  return {
    masquerade: lines.includes('MASQUERADE'),
    networks: boxes
      .filter(({ id }) => joined.includes(id))
      .flatMap(({ lines: own }) => own[0]?.text.split(' ')[0] ?? []),
    dnat: lines.flatMap((text) => (text.startsWith('DNAT ') ? [text.slice(5)] : [])),
  }
}

/** What the picture of the datapath says of NAT for IPv4. */
function plumbing({ plan }: Made): {
  readonly sources: readonly string[]
  readonly rules: ReadonlySet<string>
} {
  const own = sceneOf(plan, settings({ view: 'datapath' }), en).hosts[0]?.plumbing
  return {
    sources: own?.sources.map(({ network }) => network) ?? [],
    rules: new Set(own?.dnat.flatMap(({ text }) => (text.includes('[') ? [] : oneByOne(text))) ?? []),
  }
}

/** `9000–9001/udp → 172.18.0.2:80-81` as two of one port. */
function oneByOne(text: string): readonly string[] {
  const [from = '', to = ''] = text.replace(' †', '').split(' → ')
  const [, at = '', first = '', , last = first, protocol = ''] =
    /^(.*:)?(\d+)([-–](\d+))?(\/udp)?$/.exec(from) ?? []
  const [, target = '', port = ''] = /^(.*):(\d+)/.exec(to) ?? []
  return Array.from(
    { length: Number(last) - Number(first) + 1 },
    (_, i) => `${at}${Number(first) + i}${protocol} → ${target}:${Number(port) + i}`,
  )
}

/** A DNAT rule as the picture writes it. */
function asDrawn(rule: string): string {
  const [, ip = ''] = / -d (\S+)\/32 /.exec(rule) ?? []
  const [, protocol = '', port = ''] = / -p (\S+) .*--dport (\d+) /.exec(rule) ?? []
  const [, to = ''] = /--to-destination (\S+)/.exec(rule) ?? []
  return `${ip === '' ? '' : `${ip}:`}${port}${protocol === 'tcp' ? '' : `/${protocol}`} → ${to}`
}

const LAWS: Readonly<Record<string, (all: Made) => void>> = {
  'a network is masqueraded in trace, iptables and datapath, or in none': (all) => {
    const rules = print(all, 'iptables')
    const { networks, masquerade } = nat(all)
    const { sources } = plumbing(all)
    let any = false
    for (const network of all.plan.networks.values()) {
      const v4 = network.subnets.find(({ address, used }) => used && address.family === 4)
      if (v4 === undefined) continue
      const rule = rules.includes(`-A POSTROUTING -s ${formatPrefix(prefixOf(v4))} ! -o `)
      const v6 = network.ipv6 && network.policy.ipv6.source !== null
      // The default bridge is drawn only where something is on it.
      if (network.name !== 'bridge' || network.endpoints.size > 0) {
        any ||= rule || v6
        expect(networks.includes(network.name), `figure: ${network.name}`).toBe(rule || v6)
        expect(sources.includes(network.key), `picture: ${network.name}`).toBe(rule || v6)
      }
      for (const container of running(all)) {
        if (container.defaultRoute?.network !== network.key) continue
        const { hops } = trace(all, `${container.name} -> 203.0.113.99`)
        expect(
          hops.some(({ kind }) => kind === 'masquerade'),
          `trace: ${container.name} on ${network.name}`,
        ).toBe(rule)
      }
    }
    expect(masquerade).toBe(any)
  },

  'a published port is in plan, JSON, iptables and datapath, and one that is not is in none': (all) => {
    const json = JSON.parse(JSON.stringify(planJson(all.plan, [])))
    const rules = print(all, 'iptables').split('\n')
    const { dnat } = nat(all)
    const drawn = new Set<string>()
    let translated = 0
    for (const container of all.plan.containers.values()) {
      const own = json.containers[container.name].ports.map((port: { host: string }) => port.host)
      expect(own).toEqual(container.ports.map(({ ip, port }) => formatSocket(ip, port)))
      const network = all.plan.networks.get(container.defaultRoute?.network ?? '')
      const ip = container.endpoints.get(network?.key ?? '')?.ipv4?.address
      for (const port of container.ports) {
        const target = `--to-destination ${addressText(ip)}:${port.target}`
        const rule = rules.filter(
          (text) =>
            port.ip.family === 4 &&
            text.includes(` -p ${port.protocol} `) &&
            text.includes(`--dport ${port.port} `) &&
            text.endsWith(target) &&
            text.includes(' -d ') === (port.ip.value !== 0n) &&
            (port.ip.value === 0n || text.includes(` -d ${formatAddress(port.ip)}/32 `)),
        )
        expect(rule.length, `${container.name} ${formatSocket(port.ip, port.port)}`).toBe(
          port.ip.family === 4 ? 1 : 0,
        )
        translated += rule.length
        const v6 = container.endpoints.get(network?.key ?? '')?.ipv6 ?? null
        const isDrawn =
          rule.length === 1 || (port.ip.family === 6 && v6 !== null && network?.policy.ipv6.filtered === true)
        if (isDrawn) drawn.add(`${container.name}:${port.target}`)
      }
    }
    const translations = rules.filter((text) => text.includes('-j DNAT'))
    expect(translations.length).toBe(translated)
    expect(plumbing(all).rules, 'picture').toEqual(new Set(translations.map(asDrawn)))
    expect(new Set(dnat.map((text) => text.split(' → ')[1]?.replace(/\/udp$/, '')))).toEqual(drawn)
  },

  'a port of the host is taken by the container that publishes it there, and by no other': (all) => {
    for (const number of [8080, 8081, 8082, 9000, 9001]) {
      const owner = running(all).find(({ ports }) =>
        ports.some(
          ({ ip, port, protocol }) =>
            ip.family === 4 &&
            (ip.value === 0n || formatAddress(ip) === '192.0.2.10') &&
            port === number &&
            protocol === 'tcp',
        ),
      )
      const way = trace(all, `client -> 192.0.2.10:${number}`)
      expect(way.destination, `port ${number}`).toBe(owner?.name ?? '')
      if (owner === undefined) expect(way.hops.at(-1)?.kind).toBe('drop')
    }
  },

  'a gateway that inspect shows is the one that ip route uses, and the addresses are those of ip addr': (
    all,
  ) => {
    for (const network of users(all)) {
      const shown = JSON.parse(print(all, 'inspect', network.key))[0]
      expect(shown.EnableIPv6).toBe(network.ipv6)
      const gateways: string[] = shown.IPAM.Config.map(({ Gateway }: { Gateway?: string }) => Gateway ?? '')
      for (const container of running(all)) {
        const own = container.endpoints.get(network.key)
        if (own === undefined) continue
        const listed = Object.values<{ Name: string; IPv4Address: string; IPv6Address: string }>(
          shown.Containers,
        ).find(({ Name }) => Name === container.name)
        const addr = print(all, 'ip-addr', container.name)
        for (const text of [listed?.IPv4Address, listed?.IPv6Address])
          if (text !== undefined && text !== '') expect(addr).toContain(` ${text} `)
        const via = /^default via (\S+)/m.exec(print(all, 'ip-route', container.name))?.[1]
        const [gateway] = gateways.filter((text) => text.includes('.'))
        if (container.defaultRoute?.network === network.key && gateway !== undefined && via !== undefined)
          expect(via).toBe(gateway)
        expect(via === undefined, `${container.name} has a default route`).toBe(
          container.defaultRoute === null,
        )
      }
    }
  },

  'neighbours of one bridge reach each other unless its policy says no': (all) => {
    for (const network of users(all)) {
      const [a, b] = running(all).filter(({ endpoints }) => endpoints.has(network.key))
      if (a === undefined || b === undefined) continue
      const way = trace(all, `${a.name} -> ${addressText(b.endpoints.get(network.key)?.ipv4?.address)}:5999`)
      expect(way.reached, network.name).toBe(network.policy.icc)
    }
  },
}

describe('laws between consumers of a plan', () => {
  for (const [law, holds] of Object.entries(LAWS))
    for (const seed of seeds())
      it(`${law} (seed ${seed})`, () => {
        fc.assert(
          fc.property(bridgeBlocks, (block) => holds(made(block))),
          { seed, numRuns: runs(50) },
        )
      })
})
