/** What is typed on the hosts of one run, as a block an author would write. */
import { stringify } from 'yaml'
import type { EngineVersion } from '../../src/version.ts'
import type { EngineSetup } from '../engine/dockerd.ts'
import { LAN } from './lan.ts'

export interface Scene {
  readonly name: string
  /** Engines it can run on; all where absent. */
  readonly engines?: readonly EngineVersion[]
  /** Settings as in daemon.json, the same on each host. */
  readonly daemon: Readonly<Record<string, unknown>>
  /** How many hosts there are: `host`, `host2`; commands for the second have `[host2]` in front. */
  readonly hosts: 1 | 2
  readonly commands: readonly string[]
}

export const HOSTS = [
  { name: 'host', address: '198.51.100.10' },
  { name: 'host2', address: '198.51.100.11' },
] as const

export function blockOf({ daemon, hosts, commands }: Scene, engine: EngineVersion, id: string): string {
  const machines = HOSTS.slice(0, hosts).map(({ name, address }) => [
    name,
    { address: `${address}/24`, nameservers: [LAN.router] },
  ])
  const settings = { ...daemon, ...(id !== '' && { id }) }
  return stringify({
    engine: Number(engine),
    hosts: Object.fromEntries(machines),
    ...(Object.keys(settings).length > 0 && { daemon: settings }),
    commands,
  })
}

export function setupOf({ daemon }: Scene, address: string): EngineSetup {
  return {
    address: `${address}/24`,
    interfaces: new Map(),
    routes: [],
    nameservers: [LAN.router],
    daemonArguments: Object.entries(daemon).map(([key, value]) => `--${key}=${value}`),
  }
}

/** `docker run` of a container that answers on ports 80 and 5000, and on 80 and 53 of UDP, and says so. */
export function box(name: string, flags = '', ports = '80 5000 80/udp 53/udp'): string {
  return `docker run ${['-d --name', name, flags, expose(ports), 'bb', serve(name, ports)].filter((w) => w !== '').join(' ')}`
}

/** What is run in a container that listens on these ports. */
export const serve = (name: string, ports: string): string => `/bin/prober serve ${name} ${ports}`

/** Flags that say what a container listens on. */
export const expose = (ports: string): string =>
  ports
    .split(' ')
    .map((port) => `--expose ${port}`)
    .join(' ')
