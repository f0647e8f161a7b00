import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { planSource } from '../../src/compile.ts'
import { type Printed, printModel } from '../../src/print/print.ts'
import type { EngineVersion } from '../../src/version.ts'

/** What real engines and containers showed (BusyBox tools), of a few sessions in each of three releases. */
interface Recording {
  readonly engine: EngineVersion
  readonly name: string
  readonly daemon: readonly string[]
  readonly commands: readonly { readonly run: string; readonly ok: boolean }[]
  readonly containers: Readonly<
    Record<
      string,
      {
        readonly hostname: string
        readonly routes: readonly string[]
        readonly routes6: readonly string[]
        readonly etc_hosts: readonly string[]
        readonly resolv_conf: readonly string[]
        readonly interfaces: Readonly<
          Record<string, { readonly mac: string; readonly addrs: readonly string[]; readonly mtu: number }>
        >
      }
    >
  >
  readonly nat: readonly string[]
  /** Name of each network by its bridge device, which is called by a random id. */
  readonly bridges: Readonly<Record<string, string>>
}

const recordings = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded.json'), 'utf8')) as Recording[]

function plannedOf(recording: Recording) {
  const [, , prefix] = recording.daemon
  const planned = planSource(
    stringify({
      engine: recording.engine,
      ...(prefix === undefined ? {} : { daemon: { ipv6: true, 'fixed-cidr-v6': prefix } }),
      hosts: { n1: { address: '198.51.100.11/24', nameservers: ['10.255.255.53'] } },
      commands: recording.commands.map(({ run, ok }) => (ok ? run : { run, expect: 'error' })),
    }),
  )
  if (planned.plan === null || planned.topology === null) throw new Error('no plan')
  return { plan: planned.plan, topology: planned.topology }
}

const trimmed = (lines: readonly string[]): string[] => lines.map((line) => line.trimEnd())
function linesOf(printed: Printed): string[] {
  if (!printed.ok) throw new Error(printed.message)
  return printed.text === '' ? [] : printed.text.split('\n')
}

/** Addresses, MTU and MAC of each interface in the output of `ip addr`. */
function interfacesIn(
  lines: readonly string[],
): Record<string, { addrs: string[]; mtu: number; mac: string }> {
  const found: Record<string, { addrs: string[]; mtu: number; mac: string }> = {}
  let at = ''
  for (const line of lines) {
    const head = /^\S+: (\w+)@if<n>: .* mtu (\d+) /.exec(line)
    if (head !== null) {
      at = head[1] ?? ''
      found[at] = { addrs: [], mtu: Number(head[2]), mac: '' }
    } else if (/^\S/.test(line)) at = ''
    const here = found[at]
    if (here === undefined) continue
    const mac = /link\/ether (\S+)/.exec(line)?.[1]
    if (mac !== undefined) here.mac = mac
    const address = /inet6? (\S+) /.exec(line)?.[1]
    if (address !== undefined && !address.startsWith('fe80')) here.addrs.push(address)
  }
  return found
}

describe.each(recordings.map((recording) => [`${recording.engine} ${recording.name}`, recording] as const))(
  'a session on %s',
  (_, recording) => {
    const { plan, topology } = plannedOf(recording)
    const print = (kind: string, name: string): string[] => linesOf(printModel(kind, name, plan, topology))

    it.each(Object.entries(recording.containers))('%s shows what it showed', (name, container) => {
      const hosts = print('hosts', name).map((line) => line.replace(`<id of ${name}>`, container.hostname))
      expect(print('ip-route', name)).toEqual(trimmed(container.routes))
      // Some kernels and versions of BusyBox list the multicast routes of the local table as well.
      const routes6 = trimmed(container.routes6).filter((line) => !line.startsWith('multicast '))
      expect(print('ip-6-route', name)).toEqual(routes6)
      expect(hosts).toEqual(trimmed(container.etc_hosts))
      expect(print('resolv-conf', name)).toEqual(trimmed(container.resolv_conf))
      const shown = interfacesIn(print('ip-addr', name))
      const real = Object.entries(container.interfaces).map(([key, { mac, addrs, mtu }]) => {
        const random = shown[key]?.mac === '<random>'
        const own = addrs.filter((address) => !address.startsWith('fe80'))
        return [key, { addrs: own, mtu, mac: random ? '<random>' : mac }]
      })
      expect(shown).toEqual(Object.fromEntries(real))
    })

    it('the host has these NAT rules', () => {
      const real = recording.nat.map((rule) =>
        rule.replace(/br-[0-9a-f]{12}/g, (device) => `br-<${recording.bridges[device]}>`),
      )
      expect(print('iptables', 'n1')).toEqual(real)
    })
  },
)
